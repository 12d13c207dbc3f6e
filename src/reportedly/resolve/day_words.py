"""Day words: the sentences of an article that name a day by its weekday alone ("on Thursday"), and the day they mean."""

import datetime as dt
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportedly.language.tables import load_table
from reportedly.language.times.finding import TimeExpression, find_times
from reportedly.model import Claim, Interval
from reportedly.resolve.reports import Report, words_of
from reportedly.resolve.weights import word_weight

_STOP = re.compile(r"(?<=[^\W\d_]{3})[.!?][\"\u201d\u2019)]*\s+|(?<=\d)[.!?][\"\u201d\u2019)]*\s+(?=[A-Z\"\u201c])|[\r\n]+")
_MOST = 60_000  # characters of an article that are searched
_SHARED, _SHARE = 6, 0.6  # content words that two sentences about one happening have in common at least, and which share of all of theirs


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySentence:
    """A sentence with the one weekday in it.

    Attributes:
        start: its first character in the document's text.
        end: one past its last.
        words: its words that tell something, the weekday left out.
        weekday: the weekday, Monday 0.
        day: the day it means in its article; None where the article's own day is not known.
    """

    start: int
    end: int
    words: frozenset[str]
    weekday: int
    day: dt.date | None

    def holds(self, claim: Claim) -> bool:
        """Whether a claim is put forward in it."""
        return any(span.start < self.end and span.end > self.start for span in (*claim.content, *claim.cue))


def day_sentences(report: Report, text: str) -> tuple[DaySentence, ...]:
    """The sentences of an article that hold exactly one date, a bare weekday that does not lie ahead; in text order.

    Args:
        report: the article.
        text: its document's text.

    Returns:
        The sentences; weekdays are resolved against the article's publication where that is one day.
    """
    published = report.published
    against = published if published and published.first_day == published.last_day else None
    return _found(text, tuple((part.start, part.end) for part in report.article.passages if part.role != "caption"), against)


@functools.lru_cache(maxsize=4096)  # a story's articles are looked at again whenever one comes to it
def _found(text: str, stretches: tuple[tuple[int, int], ...], against: Interval | None) -> tuple[DaySentence, ...]:
    found: list[DaySentence] = []
    left = _MOST
    for start, stop in stretches:
        if left <= 0:
            break
        end = min(stop, start + left)
        left -= end - start
        times = find_times(text, start, end, against=against)
        found.extend(_sentences(text, (start, end), [time for time in times if time.kind == "date"]))
    return tuple(found)


def words_alike(one: DaySentence, other: DaySentence) -> bool:
    """Whether two sentences tell of one happening, by the words they share."""
    both = one.words & other.words
    return len(both) >= _SHARED and len(both) / len(one.words | other.words) >= _SHARE


def _sentences(text: str, stretch: tuple[int, int], times: Sequence[TimeExpression]) -> Iterator[DaySentence]:
    start, stop = stretch
    for end in (*(mark.end() for mark in _STOP.finditer(text, start, stop)), stop):
        here = [time for time in times if start <= time.span.start < end]
        if len(here) == 1 and (weekday := _bare_weekday(here[0])) is not None:
            name = words_of(here[0].span.text)[-1]
            words = frozenset(word for word in words_of(text[start:end]) if word != name and word_weight(word) > 0)
            yield DaySentence(start=start, end=end, words=words, weekday=weekday, day=_one_day(here[0].interval))
        start = end


def _bare_weekday(time: TimeExpression) -> int | None:
    """The weekday of "Thursday" or "on Thursday"; None for any other words of time."""
    told = time.relative and not (time.anaphoric or time.ahead or time.direction or time.month or time.day)
    *before, _ = time.span.text.casefold().split()
    return time.weekday if told and before in ([], *([word] for word in load_table("day_words")["bare"]["before"])) else None


def _one_day(interval: Interval | None) -> dt.date | None:
    return interval.first_day if interval and interval.first_day == interval.last_day else None
