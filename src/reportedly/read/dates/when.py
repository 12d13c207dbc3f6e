"""Reads the dates that stand in sidecars, markup, front matter and addresses: words that are nothing but a date."""

import datetime as dt
import email.utils
import re

from reportedly.language.times.finding import find_times
from reportedly.model import Granularity, Interval, Span

_ISO = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)(?:[T ](?P<time>\d\d:\d\d(?::\d\d)?)(?:\.\d+)?\s?(?P<zone>Z|[+-]\d\d:?\d\d)?)?")
_PART = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2]))?")
_PATH = re.compile(r"[/-](?P<year>(?:19|20)\d\d)[/-]?(?P<month>0[1-9]|1[0-2]|[a-z]{3})[/-]?(?P<day>0[1-9]|[12]\d|3[01])(?=[/._-]|$)")
_HALF = re.compile(
    r"(?P<day>.*?\d)(?:[\s,]|\bat\b)+(?P<hour>\d{1,2})(?P<minute>:[0-5]\d)?(?P<second>:[0-5]\d)?(?:\.\d+)?\s*"
    r"(?P<half>[ap])\.?m\b\.?,?\s*(?P<zone>.*)",
    re.IGNORECASE | re.DOTALL,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def parse_when(words: str, span: Span | None = None) -> Interval | None:
    """The day or moment that some words name.

    Args:
        words: an ISO date or timestamp (with a blank or a `T`), a month or year, an RFC 2822 date, or a date as written in English.
        span: where the words stand in the document's text; None where they stand beside it.

    Returns:
        The interval, to the second where the words say so; None where they name no day, month or year.
    """
    words = words.strip().strip("'\"`")
    match = _ISO.fullmatch(words)
    if match:
        return _stamp(match["day"], match["time"], match["zone"], span)
    part = _PART.fullmatch(words)
    if part:
        return _part(int(part["year"]), int(part["month"]) if part["month"] else None, span)
    half = _HALF.fullmatch(words)
    if half:
        return _in_halves(half, span) or _written(words, span)
    return _mail_date(words, span) or _written(words, span)


def date_in_address(address: str) -> Interval | None:
    """The day in an address or a file's name, such as `https://example.org/2016/06/29/title` or `/2016-06-29-title.txt`; None for none."""
    match = _PATH.search(address.casefold())
    if not match:
        return None
    month = match["month"]
    number = int(month) if month.isdigit() else _MONTHS.index(month) + 1 if month in _MONTHS else 0
    try:
        day = dt.date(int(match["year"]), number, int(match["day"])).isoformat()
    except ValueError:
        return None
    return Interval(first=day, last=day, granularity="day", basis="words")


def _stamp(day: str, time: str | None, zone: str | None, span: Span | None) -> Interval | None:
    try:
        dt.date.fromisoformat(day)
        if time:
            dt.time.fromisoformat(time)
    except ValueError:
        return None
    moment = day
    granularity: Granularity = "day"
    if time and (zone or time.strip("0:")):  # midnight without a zone is a day that some program wrote out
        moment, granularity = f"{day}T{time}{_offset(zone)}", "time"
    return Interval(first=moment, last=moment, words=span, granularity=granularity, basis="words")


def _offset(zone: str | None) -> str:
    """A zone as ISO 8601 has it; nothing for one that there is none of."""
    if zone is None or zone == "Z":
        return "" if zone is None else "+00:00"
    offset = f"{zone[:3]}:{zone[-2:]}"
    try:
        dt.time.fromisoformat(f"00:00{offset}")
    except ValueError:
        return ""
    return offset


def _in_halves(match: re.Match[str], span: Span | None) -> Interval | None:
    """A day with a time of a clock of twelve hours, as programs of spreadsheets write it; the day alone where there is no such time."""
    found = parse_when(match["day"])
    if found is None or found.granularity != "day" or found.first is None or found.first != found.last:
        return None
    hour = int(match["hour"])
    if not 1 <= hour <= 12:  # noqa: PLR2004 - hours of half a day
        return Interval(first=found.first, last=found.last, words=span, granularity="day", basis="words")
    hour = hour % 12 + (12 if match["half"] in "pP" else 0)
    day = dt.date.fromisoformat(found.first)
    clock = f"{hour:02d}{match['minute'] or ':00'}{match['second'] or ':00'}"
    return _mail_date(f"{day.day} {_MONTHS[day.month - 1]} {day.year} {clock} {match['zone']}", span)


def _part(year: int, month: int | None, span: Span | None) -> Interval | None:
    if not 1900 <= year <= 2100:  # noqa: PLR2004 - years of news
        return None
    first = dt.date(year, month or 1, 1)
    after = dt.date(year + (month in (None, 12)), 1 if month in (None, 12) else month + 1, 1)
    granularity: Granularity = "month" if month else "year"
    last = after - dt.timedelta(days=1)
    return Interval(first=first.isoformat(), last=last.isoformat(), words=span, granularity=granularity, basis="words")


def _mail_date(words: str, span: Span | None) -> Interval | None:
    try:
        moment = email.utils.parsedate_to_datetime(words)
    except (ValueError, IndexError, TypeError, OverflowError):  # what the library raises for words that are no such date
        return None
    stamp = moment.isoformat(timespec="seconds")
    return Interval(first=stamp, last=stamp, words=span, granularity="time", basis="words")


def _written(words: str, span: Span | None) -> Interval | None:
    found = [time for time in find_times(words, 0, len(words)) if time.interval and time.year]
    if not found or not found[0].interval:
        return None
    interval = found[0].interval
    granularity = interval.granularity
    if granularity == "time" and "T" not in (interval.first or ""):
        granularity = "day"  # the clock stands apart from the day
    return Interval(first=interval.first, last=interval.last, words=span, granularity=granularity, basis="words")
