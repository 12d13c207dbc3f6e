"""Dates the items of a live page: their clock times, laid along the page's day over midnight."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportedly.language.pages.page_lines import line_pattern
from reportedly.model import Interval, span_of
from reportedly.read.dates.published import Dated, stamp_in
from reportedly.read.layout.areas import Area
from reportedly.read.page import Page

_DAY = 24 * 60  # minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stamp:
    """What an item's clock says: the day where printed, and the time."""

    day: dt.date | None
    time: dt.time | None


def date_items(text: str, items: Sequence[Area], page: Page) -> list[Dated]:
    """When each item of a live page was written.

    Args:
        text: the document's text.
        items: the items in page order, newest or oldest first.
        page: what is known of the page.

    Returns:
        A date an item, in the items' order: the printed day, else the page's day counted over midnight along the times. An item
        without a clock gets the interval between its neighbours; without any day, nothing.
    """
    stamps = [_read(text, item) for item in items]
    newest_first = _falls(stamps)
    anchor = page.updated or page.noted or page.stated
    days = _lay(stamps, anchor.last_day if anchor else None, newest_first=newest_first)
    against = anchor.last if anchor else None
    dated = [_moment(text, item, stamp, day, against) for item, stamp, day in zip(items, stamps, days, strict=True)]
    return [one if one.published else _between(dated, place, days) for place, one in enumerate(dated)]


def time_order(text: str, items: Sequence[Area], page: Page) -> list[int]:
    """The places of a live page's items in time order.

    Args:
        text: the document's text.
        items: the items in page order, newest or oldest first.
        page: what is known of the page.

    Returns:
        The places, the oldest item's first: by their dates where all have one, else along the way that the page runs, which its clock
        times show without any day.
    """
    order = list(range(len(items)))
    if _falls([_read(text, item) for item in items]):
        order.reverse()
    moments = [dated.published.first if dated.published else None for dated in date_items(text, items, page)]
    return sorted(order, key=lambda place: moments[place] or "") if all(moments) else order


def clock_end(plain: str) -> int:
    """Where the clock's words end in a line that holds the item's headline too."""
    match = line_pattern("clock_time").search(plain)
    return match.end() if match else 0


def _read(text: str, item: Area) -> _Stamp:
    if item.clock is None:
        return _Stamp(day=None, time=None)
    stamp = stamp_in(text, item.clock.start, item.clock.end)
    return _Stamp(day=stamp.first_day if stamp else None, time=_time_in(item.clock.plain))


def _time_in(plain: str) -> dt.time | None:
    match = line_pattern("clock_time").search(plain)
    if not match:
        return None
    if match["word"]:
        return dt.time(12 if match["word"].casefold() == "noon" else 0)
    hour, minute = int(match["hour"] or match["h24"]), int(match["minute"] or match["m24"] or 0)
    if match["half"]:
        hour = hour % 12 + 12 * (match["half"].casefold() == "p")
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004 - a day's hours, an hour's minutes


def _falls(stamps: Sequence[_Stamp]) -> bool:
    """Whether the page runs from the newest item to the oldest: most steps are shorter back in time than forward, over midnight too."""
    minutes = [60 * stamp.time.hour + stamp.time.minute for stamp in stamps if stamp.time]
    back = sum((later - earlier) % _DAY > _DAY / 2 for earlier, later in pairwise(minutes))
    return back >= len(minutes) - 1 - back


def _lay(stamps: Sequence[_Stamp], anchor: dt.date | None, *, newest_first: bool) -> list[dt.date | None]:
    """The day of each item, counted from the newest one's, which is the page's; a printed day corrects the count."""
    order = list(range(len(stamps))) if newest_first else list(range(len(stamps)))[::-1]
    days: list[dt.date | None] = [None] * len(stamps)
    day, last = anchor, None
    for place in order:
        stamp = stamps[place]
        if stamp.day:
            day = stamp.day
        elif day and stamp.time and last and stamp.time > last:
            day -= dt.timedelta(days=1)  # going back in time, the clock rose: midnight lies between
        days[place] = day
        last = stamp.time or last
    return days


def _moment(text: str, item: Area, stamp: _Stamp, day: dt.date | None, against: str | None) -> Dated:
    if day is None or item.clock is None or (stamp.time is None and stamp.day is None):
        return Dated()
    moment = f"{day.isoformat()}T{stamp.time.isoformat('minutes')}" if stamp.time else day.isoformat()
    interval = Interval(
        first=moment,
        last=moment,
        words=span_of(text, item.clock.start, item.clock.end),
        against=None if stamp.day else against,
        granularity="time" if stamp.time else "day",
        basis="words",
    )
    return Dated(published=interval, evidence="text", on_page=interval)


def _between(dated: Sequence[Dated], place: int, days: Sequence[dt.date | None]) -> Dated:
    """An item without a clock: between its neighbours, and no later than the page's newest day."""
    near = [dated[at].published for at in (place - 1, place + 1) if 0 <= at < len(dated)]
    moments = sorted(moment for interval in near if interval and (moment := interval.first))
    known = [day for day in days if day]
    if not moments or not known:
        return Dated()
    last = moments[-1] if len(moments) > 1 else max(known).isoformat()
    return Dated(published=Interval(first=moments[0], last=last, basis="inferred"), evidence="inferred")
