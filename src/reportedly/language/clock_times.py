"""Reads the forms that name a time of day, with a date or without."""

import datetime as dt
import re

from reportedly.language.time_terms import Clock, Term, fixed

Match = re.Match[str]


def read_iso_time(match: Match) -> Term | None:
    """`2025-10-24T09:30:00+09:00`."""
    clock = Clock(hour=int(match["hour"]), minute=int(match["minute"]), zone=_offset(match["offset"]))
    day = dt.date(int(match["year"]), int(match["month_number"]), int(match["day"]))
    if clock.hour > 23 or clock.minute > 59:  # noqa: PLR2004 - a clock has 24 hours of 60 minutes
        return None
    return Term(
        start=match.start(),
        end=match.end(),
        form="iso_time",
        kind="time",
        granularity="time",
        clock=clock,
        resolve=fixed((day, day)),
        year=day.year,
        month=day.month,
        day=day.day,
    )


def read_clock(match: Match) -> Term | None:
    """`8 p.m. ET`, `10:02 PM`."""
    hour = int(match["hour"]) % 12 + (12 if match["half"][0] in "pP" else 0)
    return _clock_term(match, hour, int(match["minute"] or 0), match["zone"])


def read_clock24(match: Match) -> Term | None:
    """`1430 GMT`, `16:00 local time`."""
    return _clock_term(match, int(match["hour"]), int(match["minute"]), match["zone"])


def read_clock_word(match: Match) -> Term | None:
    """`noon`, `midnight GMT`."""
    return _clock_term(match, 0 if match["word"] == "midnight" else 12, 0, match["zone"])


def _clock_term(match: Match, hour: int, minute: int, zone: str | None) -> Term:
    clock = Clock(hour=hour, minute=minute, zone=zone)
    return Term(start=match.start(), end=match.end(), form="clock", kind="time", granularity="time", clock=clock, resolve=fixed(None))


def _offset(words: str | None) -> str | None:
    if words is None or words == "Z":
        return words
    return words if ":" in words else f"{words[:3]}:{words[3:]}"
