"""Between which days an undated report was published, as far as the dates it mentions allow."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from reportedly.language.pages.page_lines import line_pattern
from reportedly.language.times.context import lies_ahead
from reportedly.language.times.finding import TimeExpression, find_times
from reportedly.model import Interval, Span
from reportedly.read.layout.paragraphs import Paragraph

_BACKWARD = (None, "since", "after")  # directions of mentions whose first day has come by the time of writing
_STOP = re.compile(r"(?<=[a-z\d]{2})[.!?][\"\u201d\u2019]?\s|[\n\r;]")
_AROUND = 240  # characters of a sentence on either side of a date
_READ = 60_000  # characters of a report that are searched for dates


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

    Only dates that print their year count, and only those that their sentence places behind: "signed in June 2024", "since 2022", but
    neither "by 2030" nor "the election in 2026".
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


def _past_day(text: str, mention: TimeExpression) -> dt.date | None:
    """The first day of a date that had come by the time of writing: its year is printed, and its sentence speaks of the past alone."""
    if mention.year is None or mention.relative or mention.ahead or mention.direction not in _BACKWARD or mention.interval is None:
        return None
    if mention.month is None and not mention.span.text[:1].isalpha():
        return None  # "the 2026 World Cup", "the '20s"
    sentence = _sentence(text, mention.span)
    behind = line_pattern("past").search(sentence) and not line_pattern("not_yet").search(sentence)
    return mention.interval.first_day if behind and not lies_ahead(text, mention.span.start) else None


def _sentence(text: str, span: Span) -> str:
    """The words between the stops around a span, typographic apostrophes as the patterns have them."""
    before = _STOP.split(text[max(0, span.start - _AROUND) : span.start])[-1]
    after = _STOP.split(text[span.end : span.end + _AROUND], maxsplit=1)[0]
    return f"{before} {after}".replace("'", "\u2019")
