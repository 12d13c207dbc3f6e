"""Between which days an undated report was published, as far as the dates it mentions allow."""

import datetime as dt
from collections.abc import Iterable, Sequence

from reportedly.language.time_context import lies_ahead
from reportedly.language.times import TimeExpression, find_times
from reportedly.model import Interval, Span
from reportedly.read.paragraphs import Paragraph

_BACKWARD = (None, "since", "after")  # directions of mentions whose first day has come by the time of writing
_READ = 60_000  # characters of a report that are searched for dates
_YEARS_AHEAD = 3  # how long after the newest year it mentions a report may have been written, where only a weekday tells


def mentions_of(text: str, prose: Iterable[Paragraph]) -> list[TimeExpression]:
    """The expressions of time in the first 60,000 characters of a report's running text, in text order."""
    found: list[TimeExpression] = []
    left = _READ
    for paragraph in prose:
        end = min(paragraph.end, paragraph.start + left)
        found += find_times(text, paragraph.start, end)
        left -= end - paragraph.start
        if left <= 0:
            break
    return found


def earliest_day(text: str, mentions: Sequence[TimeExpression]) -> tuple[dt.date, Span] | None:
    """The latest day that had surely come when the report was written, with the words that say so; None where none does.

    Only dates that print their year count, and only those that the words do not place ahead ("by 2030", "will ... in 2026").
    """
    best: tuple[dt.date, Span] | None = None
    for mention in mentions:
        day = _past_day(text, mention)
        if day and (best is None or day > best[0]):
            best = day, mention.span
    return best


def bound(lower: tuple[dt.date, Span] | None, last: Interval | None) -> Interval | None:
    """The interval of publication: from a mention, to when the page was saved or changed; None where neither bounds it."""
    first_day, last_day = (lower[0] if lower else None), (last.last_day if last else None)
    if first_day and last_day and first_day > last_day:
        first_day = None  # a date ahead that no word gave away
    if first_day is None and last_day is None:
        return None
    return Interval(
        first=first_day.isoformat() if first_day else None,
        last=last_day.isoformat() if last_day else None,
        words=lower[1] if lower and first_day else None,
        basis="inferred",
    )


def infer_year(
    month: int, day: int, weekday: int | None, newest: dt.date | None, last: dt.date | None
) -> tuple[dt.date | None, dt.date | None]:
    """The year that a dateline leaves out.

    Args:
        month: the dateline's month.
        day: its day.
        weekday: the weekday by which the lead calls the day of the dateline, Monday 0; None where it names none.
        newest: the latest day that had come by then, from the report's own mentions; None where it mentions none.
        last: a day by which the report was there; None where unknown.

    Returns:
        The first and the last day that remain: the same day twice where weekday and mentions leave one year, else the bounds;
        None where a bound is unknown.
    """
    if newest is None and last is None:
        return None, None
    oldest = newest or dt.date((last.year if last else 1) - _YEARS_AHEAD, 1, 1)
    candidates = [
        date for year in range(oldest.year, oldest.year + _YEARS_AHEAD + 1) if (date := _date(year, month, day)) and date >= oldest
    ]
    candidates = [date for date in candidates if last is None or date <= last]
    fitting = [date for date in candidates if weekday is not None and date.weekday() == weekday]
    if len(fitting) == 1 and newest:
        return fitting[0], fitting[0]
    if not candidates:
        return None, None
    return (candidates[0] if newest else None), (candidates[-1] if last else None)


def _past_day(text: str, mention: TimeExpression) -> dt.date | None:
    if mention.year is None or mention.relative or mention.ahead or mention.direction not in _BACKWARD or mention.interval is None:
        return None
    bare = mention.month is None and mention.span.text.strip().isdigit()  # "the 2026 World Cup", "Agenda 2030"
    return None if bare or lies_ahead(text, mention.span.start) else mention.interval.first_day


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None  # 29 February
