"""Reads the forms that name a time of day, with a date or without."""

import datetime as dt
import re

from reportedly.language.times.terms import Clock, Term, fixed
from reportedly.language.times.words import table

Match = re.Match[str]
_FROM_GMT = re.compile(r"(?:GMT|UTC)([+\-−–])(\d\d?)(?::?(\d\d))?")


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
    return _clock_term(match, hour, int(match["minute"] or 0), _zone(match))


def read_clock24(match: Match) -> Term | None:
    """`1430 GMT`, `16:00 local time`, `5:30 Kyiv time`, `at 14:30`."""
    return _clock_term(match, int(match["hour"]), int(match["minute"]), _zone(match))


def read_clock_range(match: Match) -> Term | None:
    """`between 5 and 7 p.m.`: of a day, whatever its zone."""
    hour = int(match["hour"]) % 12 + (12 if match["half"][0] in "pP" else 0)
    return _clock_term(match, hour, int(match["minute"] or 0), None)


def read_oclock(match: Match) -> Term | None:
    """`three o'clock in the morning`; without a part of the day the hour may be either."""
    hour = int(match["hour"]) if match["hour"] else _hour(match["word"])
    later = match["part"] in {"afternoon", "evening"} or match["night"]
    return _clock_term(match, hour % 12 + (12 if later else 0), 0, None)


def read_half_past(match: Match) -> Term | None:
    """`half past five`, `quarter to six in the evening`."""
    side = match["side"].casefold().removeprefix("a ")
    minutes = {"half past": 30, "quarter past": 15, "quarter to": -15}[side]
    later = 12 if match["part"] in {"afternoon", "evening"} else 0
    hour, minute = divmod((_hour(match["word"]) % 12 + later) * 60 + minutes, 60)
    return _clock_term(match, hour % 24, minute, None)


def read_clock_word(match: Match) -> Term | None:
    """`noon`, `midnight GMT`."""
    return _clock_term(match, 0 if match["word"] == "midnight" else 12, 0, match["zone"])


def _clock_term(match: Match, hour: int, minute: int, zone: str | None) -> Term:
    clock = Clock(hour=hour, minute=minute, zone=zone)
    return Term(start=match.start(), end=match.end(), form="clock", kind="time", granularity="time", clock=clock, resolve=fixed(None))


def _hour(word: str) -> int:
    return int(table("clock", "hours").index(word)) + 1


def _zone(match: Match) -> str | None:
    """The zone printed, as a name of the table or an ISO offset; None where it is none that the table knows."""
    groups = match.groupdict()
    zone, place = groups.get("zone"), groups.get("place")
    if zone and (offset := _FROM_GMT.fullmatch(zone)):
        hours, minutes = int(offset[2]), int(offset[3] or 0)
        return f"{'+' if offset[1] == '+' else '-'}{hours:02}:{minutes:02}"
    return zone or (place if place in table("zones", "places") else None)


def _offset(words: str | None) -> str | None:
    if words is None or words == "Z":
        return words
    return words if ":" in words else f"{words[:3]}:{words[3:]}"
