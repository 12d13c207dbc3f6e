"""The day of a dateline, with the year that most datelines leave out."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportedly.language.pages.page_lines import line_pattern
from reportedly.language.times.finding import TimeExpression, find_times
from reportedly.model import Interval
from reportedly.read.dates.bounds import earliest_day, mentions_of
from reportedly.read.layout.areas import Area
from reportedly.read.layout.dateline import Dateline
from reportedly.read.page import Page

_YEARS_AHEAD = 3  # how long after the newest year it mentions a report may have been written, where only a weekday tells
_RECENT, _RECENT_LEAST = 4, 2  # a report that prints so many of the last years speaks of its own time, not of a ship built long ago


@dataclass(frozen=True, slots=True, kw_only=True)
class YearEvidence:
    """What tells the year of a day that is printed without it.

    Attributes:
        weekday: the weekday by which the lead calls the day, Monday 0; None where it names none.
        newest: the latest day that had come by then, from the report's own mentions; None where it mentions none.
        recent: whether the report's mentions are of its own years.
        noted: when the page that holds the report was published; None where unknown.
        last: a day by which the report was there; None where unknown.
    """

    weekday: int | None = None
    newest: dt.date | None = None
    recent: bool = False
    noted: dt.date | None = None
    last: dt.date | None = None


def date_dateline(text: str, area: Area, dateline: Dateline, page: Page) -> Interval | None:
    """The day that a dateline gives.

    Args:
        text: the document's text.
        area: the report's area.
        dateline: its dateline.
        page: what is known of the page.

    Returns:
        The day; where the year is left out and nothing fixes it, the interval that remains; None where the dateline has no day or
        nothing bounds its year.
    """
    for time in find_times(text, dateline.words.start, dateline.words.end):
        if time.month and time.day:
            if time.year and time.interval:
                return Interval(first=time.interval.first, last=time.interval.last, words=time.span, granularity="day", basis="words")
            return _in_some_year(time, _evidence(text, area, page))
    return None


def date_posted(text: str, area: Area, page: Page) -> Interval | None:
    """The day of a line beside a report that says when it was published and leaves the year out ("Posted Nov. 18, 8:19 PM").

    Args:
        text: the document's text.
        area: the report's area.
        page: what is known of the page.

    Returns:
        As for a dateline; but a weekday that the report names may be any of the week before.
    """
    for paragraph in area.beside:
        if line_pattern("posted").fullmatch(paragraph.plain) and line_pattern("published").search(paragraph.plain):
            for time in find_times(text, paragraph.start, paragraph.end):
                if time.month and time.day and not time.year:
                    return _in_some_year(time, replace(_evidence(text, area, page), weekday=None))
    return None


def _in_some_year(time: TimeExpression, evidence: YearEvidence) -> Interval | None:
    """A day that is printed without its year: the day, or the stretch that remains; None where nothing bounds its year."""
    if not (time.month and time.day):
        return None
    first_day, last_day = infer_year(time.month, time.day, evidence)
    if first_day is None and last_day is None:
        return None
    fixed = first_day == last_day
    return Interval(
        first=first_day.isoformat() if first_day else None,
        last=last_day.isoformat() if last_day else None,
        words=time.span,
        granularity="day" if fixed else None,
        basis="words" if fixed else "inferred",
    )


def infer_year(month: int, day: int, evidence: YearEvidence) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day that a day without its year may be.

    Args:
        month: the month, 1 to 12.
        day: the day of the month.
        evidence: what tells the year.

    Returns:
        The same day twice where one year remains: the latest by the day after the page was published, or the one that fits weekday
        and recent mentions; else the bounds, None where there is none.
    """
    if evidence.noted:
        by = evidence.noted + dt.timedelta(days=1)  # the place may be a day ahead of the page
        dates = [date for year in (by.year, by.year - 1) if (date := _date(year, month, day)) and date <= by]
        return (dates[0], dates[0]) if dates else (None, None)
    newest, last = evidence.newest, evidence.last
    if newest is None:
        dates = [date for year in (last.year, last.year - 1) if (date := _date(year, month, day)) and date <= last] if last else []
        return None, dates[0] if dates else None
    dates = [date for year in range(newest.year, newest.year + _YEARS_AHEAD + 1) if (date := _date(year, month, day)) and date >= newest]
    dates = [date for date in dates if last is None or date <= last]
    fitting = [date for date in dates if date.weekday() == evidence.weekday]
    if evidence.recent and len(fitting) == 1:
        return fitting[0], fitting[0]
    return (dates[0], dates[-1] if last else None) if dates else (None, None)


def _evidence(text: str, area: Area, page: Page) -> YearEvidence:
    mentions = mentions_of(text, area.prose)
    newest = earliest_day(text, mentions)
    year = newest[0].year if newest else 0
    printed = {mention.year for mention in mentions if mention.year and year - _RECENT < mention.year <= year}
    return YearEvidence(
        weekday=lead_weekday(text, area),
        newest=newest[0] if newest else None,
        recent=len(printed) >= _RECENT_LEAST,
        noted=page.newest.last_day if page.newest else None,
        last=page.fetched.last_day if page.fetched else None,
    )


def lead_weekday(text: str, area: Area) -> int | None:
    """The weekday that the lead names as the day of its news; None where it names none, or several."""
    lead = area.prose[0]
    days = {time.weekday for time in _bare_weekdays(find_times(text, lead.start, lead.end))}
    return days.pop() if len(days) == 1 else None


def _bare_weekdays(times: Sequence[TimeExpression]) -> list[TimeExpression]:
    return [time for time in times if time.weekday is not None and time.day is None and time.relative and not time.ahead]


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None  # 29 February
