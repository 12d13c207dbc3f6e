"""When a saved page was published: its markup's stamp, brought to the page's own day, or the date that it prints beside its headline."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from reportedly.language.pages.page_lines import line_pattern
from reportedly.language.times.finding import find_times
from reportedly.model import DateEvidence, Interval
from reportedly.read.dates.when import date_in_address, parse_when

_OLDEST = 1990  # no news page is older, and programs write 1970 or the year 1 where they know nothing
_LINE_MOST = 200  # characters of a line that says what was done when
_BARE_MOST = 110  # characters of a line that prints a date and does not say of what
_PIECES = re.compile(r"\s[|/•·]\s|[|\n]|;\s*")  # "Published: ... | Updated: ..."
_ORDINAL_STOP = re.compile(r"(?<=\b\d)\. (?=[A-Z])|(?<=\b\d\d)\. (?=[A-Z])")  # "25. September 2018"
_NOON = 12
_NEAR = dt.timedelta(days=1)  # by which the day of a moment differs from zone to zone


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedDate:
    """A date that a page prints.

    Attributes:
        day: the day.
        moment: the day or moment as an interval has it, with the zone where one is printed.
        says: what its line says was done then; None where it says nothing.
    """

    day: dt.date
    moment: str
    says: Literal["published", "updated"] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDates:
    """What a page tells of its dates.

    Attributes:
        published: an ISO date or timestamp; None where nothing says, as for the next.
        updated: the same for its last change.
        evidence: where `published` came from.
    """

    published: str | None = None
    updated: str | None = None
    evidence: DateEvidence = "markup"


def date_page(stated: Sequence[str], changed: Sequence[str], lines: Sequence[str], address: str | None) -> PageDates:
    """The dates of a saved page.

    Args:
        stated: what its markup says of its publication, best first.
        changed: what its markup says of its last change, best first.
        lines: the lines that stand around its headline and under its article.
        address: its address; None where unknown.

    Returns:
        The first stamp of the markup that names a possible day. A stamp is often in UTC though the page is of another place: where the
        page prints, or its address has, the day before or after, that day is its own. Without a stamp the date printed as that of
        publication counts, else the one that the address has too, else the only one.
    """
    stamp, update = _first(stated), _first(changed)
    printed = [date for line in lines for date in _printed(line, stamp.first_day if stamp else None)]
    in_address = date_in_address(address) if address else None
    own = in_address.first_day if in_address else None
    updated = update.first if update else next((date.moment for date in printed if date.says == "updated"), None)
    if stamp:
        return PageDates(published=_own_day(stamp, update, printed, own), updated=updated)
    found = _choose(printed, own)
    return PageDates(published=found.moment if found else None, updated=updated, evidence="text")


def _first(words: Sequence[str]) -> Interval | None:
    """The first of some stamps that names a day a page may be from."""
    intervals = (parse_when(one) for one in words)
    return next((one for one in intervals if one and one.granularity in ("day", "time") and (one.first or "") >= str(_OLDEST)), None)


def _printed(line: str, around: dt.date | None) -> Iterator[PrintedDate]:
    """The dates in a line: full ones, and those without a year that are of a known day or the days about it."""
    if len(line) > _LINE_MOST:
        return
    apart = line_pattern("glued_year").sub(lambda year: f"{year[0]} ", line)
    for piece in _PIECES.split(_ORDINAL_STOP.sub(" ", apart)):
        changed, told = (bool(line_pattern(name).search(piece)) for name in ("updated", "published"))
        says: Literal["published", "updated"] | None = "updated" if changed and not told else "published" if told else None
        if says is None and len(line) > _BARE_MOST:
            continue
        for time in find_times(piece, 0, len(piece)):
            if not (time.month and time.day):
                continue
            if time.year and not time.relative and time.interval and time.interval.first_day:
                yield PrintedDate(day=time.interval.first_day, moment=time.interval.first or "", says=says)
            elif not time.year and around and (day := _near_day(time.month, time.day, around)):
                yield PrintedDate(day=day, moment=day.isoformat(), says=says)


def _near_day(month: int, day: int, around: dt.date) -> dt.date | None:
    """The day of a month and day without a year where it is a known day or one beside it; None where it is another."""
    days = (around + shift * _NEAR for shift in (-1, 0, 1))
    return next((one for one in days if (one.month, one.day) == (month, day)), None)


def _own_day(stamp: Interval, update: Interval | None, printed: Sequence[PrintedDate], address: dt.date | None) -> str | None:
    """The stamp, or the page's own day where the page shows that it is the day before or after the stamp's."""
    day = stamp.first_day
    if day is None or stamp.first is None or stamp.granularity == "day":
        return stamp.first
    near = [date for date in printed if abs(date.day - day) <= _NEAR]
    own = [date for date in near if date.says != "updated"]
    if any(date.day == day for date in own):
        return stamp.first
    if own:
        return next((date.moment for date in own if date.says == "published"), own[0].moment)
    if update and update.first_day == day and update.first and update.first >= stamp.first and near and all(d.day < day for d in near):
        return near[0].day.isoformat()  # what was changed on the day before the stamp's was published no later
    if not near and address and abs(address - day) == _NEAR and (_hour(stamp.first) < _NOON) == (address < day):
        return address.isoformat()
    return stamp.first


def _hour(moment: str) -> int:
    return int(moment[11:13])


def _choose(printed: Sequence[PrintedDate], address: dt.date | None) -> PrintedDate | None:
    """The date of publication among those printed; None where none is surely it."""
    told = [date for date in printed if date.says == "published"]
    open_ones = [date for date in printed if date.says is None]
    agreeing = [date for date in (*told, *open_ones) if date.day == address]
    if told or agreeing:
        return (agreeing or told)[0]
    return open_ones[0] if len({date.day for date in open_ones}) == 1 else None
