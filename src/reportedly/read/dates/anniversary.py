"""Bounds an undated report by an anniversary that it keeps: what it recalls is dated elsewhere in it, and the years are counted."""

import datetime as dt
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportedly.language.pages.page_lines import line_pattern
from reportedly.language.tables import load_table
from reportedly.language.times.arithmetic import month_of, shift
from reportedly.language.times.finding import TimeExpression, find_times
from reportedly.language.times.words import any_of
from reportedly.model import Interval, Span, span_of
from reportedly.read.layout.areas import Area
from reportedly.read.layout.cohesion import everyday_words
from reportedly.read.layout.paragraphs import Paragraph

_SENTENCE_END = re.compile(
    r"(?:(?<=[^\W\d_]{3})|(?<=\d\d)|(?<=[\u201d\"\u2019)]))[.!?][\"\u201d\u2019)]*\s+(?=[\"\u201c\u2018(]?[A-Z0-9])|[\r\n]+"
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_EVENT_MOST = 160  # characters
_SHARED_LEAST, _SHARE = 3, 0.6  # words of what is recalled that the dated sentence has too, and which share of them
_STEM = 5  # letters by which forms of one word agree: "deployed", "deployment"
_NEAR = ("day", "time", "week")  # grains of the dates that an anniversary's own sentence may name: those around its day
_EVE, _WEEK = 1, 6  # days before and after an anniversary's day in which it is reported
_YEARS_MOST = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Anniversary:
    """An anniversary that a report keeps.

    Attributes:
        first: the first day on which it may have been published.
        last: the last such day.
        words: the words that tell of it.
    """

    first: dt.date
    last: dt.date
    words: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recalled:
    """What an anniversary recalls: its sentence, its place and words, and how many years ago it was."""

    sentence: tuple[int, int]
    start: int
    end: int
    years: int
    words: Span


def find_anniversary(text: str, area: Area) -> Anniversary | None:
    """The anniversary that dates a report.

    Args:
        text: the document's text.
        area: the report's area.

    Returns:
        The days around the anniversary where the event's day is known, its whole month where only that is; None where the report
        keeps none, where nothing in it dates what is recalled, or where its sentences date it differently. What is recalled is dated
        by the words that name it ("the first anniversary of the June 3, 2030, quake"), else by another sentence that has most of its
        words, three at least, and a month or day with its year.
    """
    paragraphs = [part.paragraph for part in area.parts if part.role != "caption"]
    if not any(_trigger().search(text, paragraph.start, paragraph.end) for paragraph in paragraphs):
        return None  # as nearly always
    sentences = [one for paragraph in paragraphs for one in _sentences(text, paragraph)]
    found = [anniversary for sentence in sentences for anniversary in _kept(text, sentence, sentences)]
    days = {(one.first, one.last) for one in found}
    return found[0] if len(days) == 1 else None


def narrow(interval: Interval | None, anniversary: Anniversary | None) -> Interval | None:
    """The part of an interval of publication that an anniversary leaves; the interval as it was where they contradict each other."""
    if anniversary is None:
        return interval
    first_day, last_day = (interval.first_day, interval.last_day) if interval else (None, None)
    first, last = max(first_day or anniversary.first, anniversary.first), min(last_day or anniversary.last, anniversary.last)
    if first > last:
        return interval
    return Interval(first=first.isoformat(), last=last.isoformat(), words=anniversary.words, basis="inferred")


def _kept(text: str, sentence: tuple[int, int], sentences: Sequence[tuple[int, int]]) -> Iterator[Anniversary]:
    """The anniversaries that a sentence keeps on its report's own day and that the report dates, one for each date of the event."""
    for recalled in _recalled(text, sentence):
        own = _dates(text, recalled.start, recalled.end)
        others = () if own else (date for other in sentences if other != sentence for date in _dating(text, other, recalled))
        for date in own or others:
            first, last = _days(date, recalled.years)
            yield Anniversary(first=first, last=last, words=recalled.words)


def _recalled(text: str, sentence: tuple[int, int]) -> Iterator[_Recalled]:
    """What a sentence recalls on the day of an anniversary; nothing where the anniversary lies ahead or belongs to another time."""
    words = text[slice(*sentence)]
    if not _trigger().search(words) or _pattern("ahead").search(words):
        return
    for form in _forms():
        for match in form.finditer(words):
            start = sentence[0] + match.end()
            stop = _pattern("ends").search(text, start, min(sentence[1], start + _EVENT_MOST))
            end = stop.start() if stop else min(sentence[1], start + _EVENT_MOST)
            times = find_times(text, *sentence)
            elsewhere = any(not (start <= time.span.start < end) and not _is_near(time) for time in times)
            is_told = line_pattern("past").search(f"{text[sentence[0] : start]} {text[end : sentence[1]]}")
            if is_told and not elsewhere:
                span = span_of(text, sentence[0] + match.start(), end)
                yield _Recalled(sentence=sentence, start=start, end=end, years=_years(match["years"]), words=span)
                return


def _is_near(time: TimeExpression) -> bool:
    """Whether an expression of time may name the day of the report itself: "on Thursday", "today"; lengths of time tell nothing."""
    if time.kind in ("duration", "set"):
        return True
    return time.relative and not time.anaphoric and time.month is None and time.granularity in _NEAR


def _dates(text: str, start: int, end: int) -> list[TimeExpression]:
    """The months and days with their years in a stretch."""
    times = find_times(text, start, end)
    return [time for time in times if time.year and time.month and time.interval and not (time.relative or time.direction or time.ahead)]


def _dating(text: str, sentence: tuple[int, int], recalled: _Recalled) -> list[TimeExpression]:
    """The dates of a sentence that speaks of what is recalled."""
    event = _content(text[recalled.start : recalled.end])
    shared = event & _content(text[slice(*sentence)])
    if len(shared) < _SHARED_LEAST or len(shared) < _SHARE * len(event):
        return []
    dates = _dates(text, *sentence)
    return dates if len(dates) == 1 else []


def _days(date: TimeExpression, years: int) -> tuple[dt.date, dt.date]:
    """The days on which the anniversary of a date is reported."""
    day = date.interval.first_day if date.interval else None
    if day is None:
        raise ValueError(date)
    day = shift(day, years, "year")
    if date.day is None:
        return month_of(day.year, day.month)
    return day - dt.timedelta(days=_EVE), day + dt.timedelta(days=_WEEK)


def _content(words: str) -> frozenset[str]:
    """Stems of the words that tell of something, names among them."""
    everyday = everyday_words()
    return frozenset(word.casefold()[:_STEM] for word in _WORD.findall(words) if word[0].isupper() or word.casefold() not in everyday)


def _sentences(text: str, paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    start = paragraph.start
    for stop in _SENTENCE_END.finditer(text, paragraph.start, paragraph.end):
        yield start, stop.end()
        start = stop.end()
    yield start, paragraph.end


def _years(word: str) -> int:
    counts = load_table("anniversaries")["counts"]
    word = word.casefold()
    known = counts["words"].get(word) or counts["ordinals"].get(word)
    return min(int(known or re.sub(r"\D", "", word)), _YEARS_MOST)


@functools.cache
def _forms() -> tuple[re.Pattern[str], ...]:
    table = load_table("anniversaries")
    counts = rf"(?P<years>\d{{1,3}}|{any_of(tuple(table['counts']['words']))})"
    ordinals = rf"(?P<years>\d{{1,3}}(?:st|nd|rd|th)|{any_of(tuple(table['counts']['ordinals']))})"
    patterns = (pattern.replace("<COUNT>", counts).replace("<NTH>", ordinals) for pattern in table["forms"]["patterns"])
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


@functools.cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load_table("anniversaries")[name]["pattern"], re.IGNORECASE)


@functools.cache
def _trigger() -> re.Pattern[str]:
    return re.compile(load_table("anniversaries")["trigger"]["pattern"], re.IGNORECASE)
