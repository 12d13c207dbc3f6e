"""Incidents: the happening of one day that an article tells of, by its own words, so that another of its kind is another story."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from reportedly.language.tables import load_table
from reportedly.language.times.finding import TimeExpression, find_times
from reportedly.model import Interval
from reportedly.resolve.reports import Report

ANY = "any"
"""The kind of a happening of which only the harm is told."""

_OPENING = 2_500  # characters of an article in which its own incident is told
_APART = 12  # words between a date and what it dates
_SINCE = 45  # days before the publication beyond which a date is of something set beside, not of the article's own
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[\"\u201c\u2018(]?[A-Z0-9])|\n+")
_WORD = re.compile(r"\w+(?:['\u2019.-]\w+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A happening of one day.

    Attributes:
        kind: what sort (a row of the table), `any` where only its harm is told.
        day: the civil day.
    """

    kind: str
    day: dt.date


def find_incident(reports: Sequence[Report]) -> Incident | None:
    """The incident that an article tells of: the first in its opening with a day of its own.

    Args:
        reports: the article; or the items of a live page, of which the earliest dated tells it.

    Returns:
        The incident; None where the opening gives no day to any.
    """
    return next((found for report in reports if (found := next(find_told(report.text[:_OPENING], report.published), None))), None)


def differ(one: Incident | None, other: Incident | None) -> bool:
    """Whether two articles tell of two incidents of one kind: their days lie further apart than one situation of the kind explains."""
    if one is None or other is None or not _comparable(one, other):
        return False
    kind = one.kind if one.kind != ANY else other.kind
    longest: int = load_table("incidents")["sequences"].get(kind, 1)
    return abs((one.day - other.day).days) > longest


def coincide(one: Incident | None, other: Incident | None) -> bool:
    """Whether two articles tell of incidents of one kind on one day."""
    return one is not None and other is not None and _comparable(one, other) and one.day == other.day


def _comparable(one: Incident, other: Incident) -> bool:
    return one.kind == other.kind or ANY in (one.kind, other.kind)


def kinds_told(words: str) -> set[str]:
    """The kinds of the happenings that some words name; `any` and what is done about one are none."""
    return {_kinds()[match.group(1)] for match in _telling().finditer(words.lower())} - {"", ANY}


def find_told(text: str, published: Interval | None) -> Iterator[Incident]:
    """The happenings of one day that a text tells of, in its order.

    Args:
        text: the text.
        published: when its article was; without that nothing is found.
    """
    newest = published.last_day if published else None
    if published is None or newest is None:
        return
    for sentence in _SENTENCE.split(text):
        times = [time for time in find_times(sentence, 0, len(sentence), against=published) if _one_day(time)]
        if times:
            yield from _dated(sentence, times, newest)


def _dated(sentence: str, times: Sequence[TimeExpression], newest: dt.date) -> Iterator[Incident]:
    told = list(_told(sentence))
    for time in times:
        day = time.interval.first_day if time.interval else None
        if day is None or not -1 <= (newest - day).days <= _SINCE or not told:
            continue
        kind, apart = min(((kind, _between(sentence, place, time)) for kind, place in told), key=lambda pair: pair[1])
        if kind and apart <= _APART:
            kinds = [other for other, _ in told if other and other != ANY]
            yield Incident(kind=kinds[0] if kind == ANY and kinds else kind, day=day)


def _one_day(time: TimeExpression) -> bool:
    interval = time.interval
    if time.kind != "date" or interval is None or time.direction in ("until", "before", "by", "since", "after"):
        return False
    return interval.first_day is not None and interval.first_day == interval.last_day


def _told(sentence: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The words that tell of a happening, with its kind, and those of what is done about one, with none."""
    for match in _telling().finditer(sentence.lower()):
        yield _kinds()[match.group(1)], match


def _between(sentence: str, place: re.Match[str], time: TimeExpression) -> int:
    first, last = sorted(((place.start(), place.end()), (time.span.start, time.span.end)))
    return len(_WORD.findall(sentence[first[1] : last[0]]))


@cache
def _kinds() -> Mapping[str, str]:
    table = load_table("incidents")
    kinds = dict.fromkeys(table["procedures"]["words"], "")
    for section in ("verbs", "nouns"):
        for kind, words in table[section].items():
            if kind != "source":
                kinds |= dict.fromkeys(words, kind)
    return kinds


@cache
def _telling() -> re.Pattern[str]:
    words = sorted(_kinds(), key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, words))})s?\b")
