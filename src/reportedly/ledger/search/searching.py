"""Questions to a ledger's texts, apart from the index that answers them: what is asked for, and where in a text it stands."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportedly.ledger.search.tokens import places_of, words_and_places, words_of
from reportedly.model import Article, Claim, Document, Hit, Span

PASSAGE = 300
"""Longest passage shown around a match, in characters."""

_LONG = 200_000
_REMEMBERED = 20_000

_TERM = re.compile(r'"([^"]*)"?(\*?)|([^\s"]+)')


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Words that must stand one after the other.

    Attributes:
        words: normalised.
        prefix: whether the last is only the beginning of a word.
    """

    words: tuple[str, ...]
    prefix: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Where a text holds all terms, closest together.

    Attributes:
        start: first character of the first word, in code points.
        end: one past the last word, where all lie within a passage; else one past the first term.
        times: how often the terms occur in what was looked at.
    """

    start: int
    end: int
    times: int


def read_terms(question: str) -> list[Term]:
    """The terms of a question: words, a "quoted phrase", prefix*; each once, in the order asked. Other signs mean nothing."""
    found: dict[Term, None] = {}
    for match in _TERM.finditer(question):
        quoted, star, plain = match.groups()
        words = words_of(plain if quoted is None else quoted)
        prefix = bool(star) or (plain if quoted is None else quoted).endswith("*")
        if words:
            found[Term(words=tuple(words), prefix=prefix)] = None
    return list(found)


class Matches:
    """Where texts hold terms, remembered: a text never changes under its digest."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, tuple[Term, ...]], Match | None] = {}

    def find(self, digest: str, text: str, terms: Sequence[Term]) -> Match | None:
        """As `find_match`, of a text by its digest."""
        key = digest, tuple(terms)
        if key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = find_match(text, terms)
        return self._known.get(key)


def find_match(text: str, terms: Sequence[Term]) -> Match | None:
    """Where a text holds all terms, the places nearest to one another first; None where it does not hold them all.

    Of a text too long to be a report the beginning is looked at, and the rest only where the terms are not there.
    """
    cut = text.rfind(" ", 0, _LONG) if len(text) > _LONG else -1
    return (_match(text[:cut], terms) if cut > 0 else None) or _match(text, terms)


def _match(text: str, terms: Sequence[Term]) -> Match | None:
    word = terms[0].words[0] if len(terms) == 1 and len(terms[0].words) == 1 else ""
    if word.isascii() and word.isalpha():
        found = places_of(text, word, whole=not terms[0].prefix)
        return Match(start=found[0][0], end=found[0][1], times=len(found)) if found else None
    words, spans = words_and_places(text)
    places = [_places(words, term) for term in terms]
    if not places or not all(places):
        return None
    rarest = min(places, key=len)
    windows = (_window(anchor, places) for anchor in rarest)
    first, last, opening = min(windows, key=lambda window: (window[1] - window[0], window[0]))
    start, end = spans[first][0], spans[last][1]
    if end - start > PASSAGE:
        end = spans[opening][1]
    return Match(start=start, end=end, times=sum(map(len, places)))


def _places(words: Sequence[str], term: Term) -> list[tuple[int, int]]:
    """First and last word, by number, of each occurrence of a term."""
    *body, last = term.words
    length = len(body)
    if term.prefix:
        ends = [at for at, word in enumerate(words) if word.startswith(last)]
    else:
        ends = [at for at, word in enumerate(words) if word == last]
    return [(at - length, at) for at in ends if at >= length and (not body or list(words[at - length : at]) == body)]


def _window(anchor: tuple[int, int], places: Sequence[Sequence[tuple[int, int]]]) -> tuple[int, int, int]:
    """First and last token of a window over one occurrence of each term near `anchor`, and the last token of its first term."""
    chosen = []
    for occurrences in places:
        at = bisect_left(occurrences, anchor)
        near = occurrences[max(0, at - 1) : at + 1]
        chosen.append(min(near, key=lambda place: abs(place[0] - anchor[0])))
    opening = min(chosen)
    return opening[0], max(last for _, last in chosen), opening[1]


def passage_around(text: str, start: int, end: int) -> str:
    """A stretch of at most 300 characters around a match, cut at the ends of its paragraph or between words."""
    room = max(0, PASSAGE - (end - start))
    low = max(text.rfind("\n", 0, start) + 1, start - room // 3)
    high = min(_line_end(text, end), low + PASSAGE)
    low = max(text.rfind("\n", 0, start) + 1, min(low, high - PASSAGE))
    if low > 0 and text[low - 1] != "\n":
        space = text.find(" ", low, start)
        low = space + 1 if space >= 0 else low
    if high < len(text) and text[high] not in "\n ":
        space = text.rfind(" ", end, high)
        high = space if space >= 0 else high
    return text[low:high].strip()


def _line_end(text: str, place: int) -> int:
    found = text.find("\n", place)
    return found if found >= 0 else len(text)


def hit_of(document: Document, text: str, match: Match, rank: float, around: tuple[Iterable[Article], Iterable[Claim]]) -> Hit:
    """A match as an answer.

    Args:
        document: the document.
        text: its text.
        match: where the words stand.
        rank: how good it is, greater is better.
        around: the document's articles and claims.

    Returns:
        The hit, with the shortest claim whose content, else whose cue or source, covers the place.
    """
    articles, claims = around[0], list(around[1])
    holding = [a.number for a in articles if any(p.start <= match.start < p.end for p in a.passages)]
    content = [c for c in claims if _covers(c.content, match.start)]
    around_it = content or [c for c in claims if _covers((*c.cue, *c.source), match.start)]
    least = min(around_it, key=lambda c: (sum(s.end - s.start for s in c.content), c.id), default=None)
    return Hit(
        document=document.name,
        article=min(holding, default=None),
        claim=least.id if least else None,
        start=match.start,
        end=match.end,
        text=passage_around(text, match.start, match.end),
        rank=rank,
    )


def _covers(spans: Iterable[Span], place: int) -> bool:
    return any(span.start <= place < span.end for span in spans)
