"""Comparisons: which part of a claim is about an event of the past that the article only sets beside its own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from reportedly.language.tables import load_table
from reportedly.language.times.finding import TimeExpression, find_times
from reportedly.model import Claim, Interval, Span, parse_day

_EDGES = ' ,;:\u2014\u2013()."\u201c\u201d'  # what is left off around the words that name an event
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_BEFORE = 2  # words between a date and the noun behind it that it still belongs to ("1987 Andean quake")
_BEHIND = 4  # words between a noun and the date behind it ("earthquake in Japan in 2011")
_APART = 6  # words between a superlative and the date that it reaches back to ("deadliest at sea since 1999")
_DATE_ONLY = 3  # words of a clause that is no more than its date ("In March 2011")


@dataclass(frozen=True, slots=True, kw_only=True)
class PastEvent:
    """An event of the past as some words name it.

    Attributes:
        noun: what it was ("earthquake"); empty where only a comparing word says that it was one of the same kind.
        happened: when.
        words: the clause that names it.
        start: first character of the stretch about it, in the document.
        end: one past the last.
    """

    noun: str
    happened: Interval
    words: str
    start: int
    end: int

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from other past events: when it began and what it was."""
        return self.happened.first or "", self.noun


def find_past_events(claim: Claim, before: str, against: Interval | None) -> list[PastEvent]:
    """The events of the past that a claim brings in, each with the stretch of the content about it.

    Args:
        claim: the claim.
        before: the ISO day before which an event is past to its story.
        against: when the article was published, for relative dates.

    Returns:
        The events in text order; a clause that goes on about one ("that killed 600") lies inside its stretch.
    """
    return [event for span in claim.content for event in _in_span(span, before, against)]


def opening_of(text: str) -> str:
    """The first sentence of a text, in small letters."""
    return _SENTENCE.split(text.strip(), maxsplit=1)[0].lower()


def opens_with(opening: str, event: PastEvent) -> bool:
    """Whether a first sentence names the event by its year and noun, not as something to compare with."""
    year = (event.happened.first or event.happened.last or "")[:4]
    place = opening.find(year)
    return bool(year and event.noun) and place >= 0 and event.noun in opening and not _compares(opening[:place])


def reaches_on(words: str) -> bool:
    """Whether the words of a date only say from when on something holds ("since World War Two")."""
    return words.lower().split()[:1] in [[word] for word in load_table("comparisons")["superlatives"]["from"]]


@lru_cache(maxsize=1 << 15)
def _times_in(words: str, against: Interval | None) -> tuple[TimeExpression, ...]:
    """The times that some words name: a claim is looked at again whenever its story grows."""
    return tuple(find_times(words, 0, len(words), against=against))


def _in_span(span: Span, before: str, against: Interval | None) -> Iterator[PastEvent]:
    dated = _times_in(span.text, against)
    times = [reached for time in dated if _past(reached := _reaching_back(span.text, time), before)]
    clauses = _clauses(span.text, dated)
    found: list[PastEvent] = []
    for place, (start, end) in enumerate(clauses):
        time = next((time for time in times if start <= time.span.start < end), None)
        if time is None or time.interval is None:
            if found and found[-1].end == span.start + start and _goes_on(span.text[start:end]):
                found[-1] = _stretched(found[-1], span.start + end)
            continue
        bare = len(span.text[start:end].split()) <= _DATE_ONLY and place + 1 < len(clauses)
        stop = clauses[place + 1][1] if bare else end
        words = span.text[start:stop]
        compares = _compares(span.text[:end]) or _tops(span.text, time)
        noun = _dated_noun(words, time.span.start - start, time.span.end - start, bare=bare)
        if compares and not noun:
            noun = _noun(words) or (_noun(span.text[clauses[place - 1][0] : start]) if place else "")
        if noun or compares:
            found.append(
                PastEvent(noun=noun, happened=time.interval, words=words.strip(_EDGES), start=span.start + start, end=span.start + stop)
            )
    yield from found


def _past(time: TimeExpression, before: str) -> bool:
    if time.kind != "date" or time.interval is None or time.interval.last is None or time.direction in ("until", "before", "by"):
        return False
    return time.interval.last[:10] < before


def _reaching_back(text: str, time: TimeExpression) -> TimeExpression:
    """A date that a superlative reaches back to ("the deadliest since 1999") is that of the event set beside, no open stretch since."""
    interval = time.interval
    if interval is None or interval.first is None or interval.last is not None or not _tops(text, time):
        return time
    return replace(time, interval=replace(interval, last=_end_of(interval)))


def _end_of(interval: Interval) -> str:
    """The last day of the year, month or day that an interval begins with."""
    first = interval.first or ""
    kept = {"year": 4, "month": 7}.get(interval.granularity or "day", 10)
    return parse_day(first[:kept], last=True).isoformat()


def _tops(text: str, time: TimeExpression) -> bool:
    """Whether a superlative stands a few words before a date, with only "since" or "in" to link them."""
    table = load_table("comparisons")["superlatives"]
    words = text[: time.span.start].lower().split()[-_APART:] + time.span.text.lower().split()
    places = [place for place, word in enumerate(words) if word in table["words"]]
    return bool(places) and any(word in table["linking"] for word in words[places[-1] + 1 :])


def _clauses(text: str, times: Sequence[TimeExpression]) -> list[tuple[int, int]]:
    """Where the clauses lie; a date is never broken, nor cut off from its noun by the comma that closes it ("the Oct. 7, 2015, raid")."""
    kept = [
        match.end()
        for match in _breaks().finditer(text)
        if not any(
            time.span.start < match.start() < time.span.end or ("," in time.span.text and match.start() == time.span.end) for time in times
        )
    ]
    return [(start, end) for start, end in pairwise([0, *kept, len(text)]) if start < end]


def _goes_on(words: str) -> bool:
    return words.lower().startswith(tuple(load_table("comparisons")["continuing"]["words"]))


def _compares(words: str) -> bool:
    lower = f" {words.lower()} "
    return any(f" {phrase} " in lower for phrase in load_table("comparisons")["comparing"]["words"])


def _dated_noun(words: str, start: int, end: int, *, bare: bool) -> str:
    """The noun that the date at `start` to `end` belongs to ("2011 earthquake", "attack on Oct. 7"), or nothing."""
    for match in _nouns().finditer(words.lower()):
        between = words[end : match.start()] if match.start() >= end else words[match.end() : start]
        if bare or len(between.split()) <= (_BEFORE if match.start() >= end else _BEHIND):
            return match.group(1)
    return ""


def _noun(words: str) -> str:
    match = _nouns().search(words.lower())
    return match.group(1) if match else ""


@cache
def _breaks() -> re.Pattern[str]:
    words = "|".join(load_table("comparisons")["breaking"]["words"])
    return re.compile(rf"[,;:\u2014\u2013()]\s+|[.!?]\s+(?=[^\W\d_a-z]|[\"\u201c])|\s+(?=(?:{words})\s)")


@cache
def _nouns() -> re.Pattern[str]:
    words: Sequence[str] = load_table("comparisons")["events"]["words"]
    return re.compile(rf"\b({'|'.join(sorted(words, key=len, reverse=True))})s?\b")


def _stretched(event: PastEvent, end: int) -> PastEvent:
    return PastEvent(noun=event.noun, happened=event.happened, words=event.words, start=event.start, end=end)
