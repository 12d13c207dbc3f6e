"""Chooses an article's attributions among those of several readings of it: what most readings agree on, in the words most of them mark.

The best path of labels is the best single reading, yet often one of many that differ a little; the attributions that do best on the average
over readings drawn from the model are others. Minimum Bayes risk decoding (V. Goel and W. Byrne, "Minimum Bayes-risk automatic speech
recognition", 2000), with the measure by which attributions count as the same: half of the content, and some of the source.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reportedly.extract.layout import Range
from reportedly.extract.linking import Link, link
from reportedly.extract.tagging.tagger import TaggedSpan

_OVERLAP = 0.5  # Jaccard of characters from which two contents are the same
_EXACT = 0.5  # weight of the very spans beside the attribution as a whole
_BEST = 0.1  # votes that the best reading counts more than one drawn
_RULES = 0.3  # votes of the rules, likewise
_ENOUGH = 0.55  # mean of the shares for the attribution and for its spans from which it stands
_SLACK = 0.05  # share of votes within which two forms of one attribution are as good


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An attribution of some readings.

    Attributes:
        link: its parts.
        whole: share of the readings that hold the same attribution, perhaps in other words.
        parts: for content, cue and source the mean share of the readings that mark the very span; None where it has none.
        best: whether the best reading holds it.
        ruled: whether the rules find the same attribution.
    """

    link: Link
    whole: float
    parts: tuple[float | None, float | None, float | None]
    best: bool
    ruled: bool

    @property
    def exact(self) -> float:
        """The mean share of its parts."""
        shares = [share for share in self.parts if share is not None]
        return sum(shares) / len(shares)

    @property
    def rank(self) -> float:
        """How much speaks for it against others that stand in its way."""
        return self.whole + _EXACT * self.exact + _BEST * self.best + _RULES * self.ruled

    @property
    def weight(self) -> float:
        """How much speaks for it against saying nothing."""
        return (self.whole + self.exact + _BEST * self.best + _RULES * self.ruled) / 2


def agree(text: str, readings: Sequence[Sequence[TaggedSpan]], ruled: Sequence[Link] = ()) -> list[Link]:
    """The attributions that readings of a paragraph agree on.

    Args:
        text: the paragraph.
        readings: its readings, the best one first; that one counts only as a candidate where there are others.
        ruled: what the rules find in it, which counts as some more readings.

    Returns:
        Attributions with content, none of which share a word of content or cue with another, in text order.
    """
    best, drawn = readings[0], readings[1:]
    if not drawn or (not best and not any(drawn)):
        return [found for found in link(text, best) if found.content] if best else []
    candidates = sorted(_candidates(text, best, drawn, ruled), key=lambda c: (-c.rank, c.link.content))
    chosen: list[Link] = []
    for candidate in candidates:
        if candidate.weight >= _ENOUGH and not any(_clash(candidate.link, other) for other in chosen):
            form = candidate.link if candidate.best else _common_form(candidate, candidates, chosen)
            chosen.append(form)
    return sorted(chosen, key=lambda found: (found.cue or found.content[0], found.content))


def _candidates(text: str, best: Sequence[TaggedSpan], drawn: Sequence[Sequence[TaggedSpan]], ruled: Sequence[Link]) -> Iterator[Candidate]:
    """Each attribution of any reading with its shares of the drawn ones."""
    voters: dict[tuple[TaggedSpan, ...], int] = {tuple(best): 0}
    for number, reading in enumerate(drawn):
        voters[tuple(reading)] = voters.get(tuple(reading), 0) | 1 << number
    votes: dict[Link, int] = {}
    marks: dict[tuple[int, Range], int] = {}
    for reading, held in voters.items():
        for found in link(text, reading) if reading else ():
            if found.content and (found.cue or found.source):
                votes[found] = votes.get(found, 0) | held
                for mark in _marks(found):
                    marks[mark] = marks.get(mark, 0) | held
    first = {found for found in link(text, best) if found.content} if best else set()
    for found in votes:
        same = 0
        for other, held in votes.items():
            if same | held != same and is_same(other, found):
                same |= held
        yield Candidate(
            link=found,
            whole=same.bit_count() / len(drawn),
            parts=_shares(found, marks, len(drawn)),
            best=found in first,
            ruled=any(is_same(found, other) for other in ruled),
        )


def _marks(found: Link) -> Iterator[tuple[int, Range]]:
    """The spans of an attribution with the number of their part."""
    yield from ((0, piece) for piece in found.content)
    if found.cue:
        yield 1, found.cue
    if found.source:
        yield 2, found.source


def _shares(found: Link, marks: Mapping[tuple[int, Range], int], count: int) -> tuple[float | None, float | None, float | None]:
    content = sum(marks[0, piece].bit_count() for piece in found.content) / len(found.content) / count
    cue = marks[1, found.cue].bit_count() / count if found.cue else None
    source = marks[2, found.source].bit_count() / count if found.source else None
    return content, cue, source


def is_same(gold: Link, found: Link) -> bool:
    """Whether an attribution counts as another: the contents share half of their characters, and the sources, where it has one, a word."""
    if gold.source and not (found.source and _meet((gold.source,), (found.source,))):
        return False
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in gold.content for c, d in found.content)
    total = sum(b - a for a, b in (*gold.content, *found.content)) - shared
    return shared >= _OVERLAP * total


def _clash(one: Link, other: Link) -> bool:
    """Whether two attributions cannot both stand: they share words of content or cue, or one's content holds the other's cue or source."""
    frame, others = _frame(one), _frame(other)
    cues = bool(one.cue and other.cue and _meet((one.cue,), (other.cue,)))
    return cues or _meet(one.content, other.content) or _meet(one.content, others) or _meet(other.content, frame)


def _frame(found: Link) -> tuple[Range, ...]:
    return tuple(piece for piece in (found.cue, found.source) if piece)


def _meet(one: Sequence[Range], other: Sequence[Range]) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


def _common_form(candidate: Candidate, candidates: Sequence[Candidate], chosen: Sequence[Link]) -> Link:
    """An attribution with each part as most readings mark it, among the forms of it that as many readings support."""
    forms = [
        other
        for other in candidates
        if other.whole >= candidate.whole - _SLACK and is_same(other.link, candidate.link) and is_same(candidate.link, other.link)
    ]
    content, cue, source = (max(forms, key=lambda form: form.parts[part] or 0.0).link for part in range(3))
    mixed = replace(content, cue=cue.cue, source=source.source)
    torn = _meet(mixed.content, _frame(mixed)) or (mixed.cue and mixed.source and _meet((mixed.cue,), (mixed.source,)))
    return candidate.link if torn or any(_clash(mixed, other) for other in chosen) else mixed
