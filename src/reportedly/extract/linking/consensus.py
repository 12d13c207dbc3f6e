"""Chooses an article's attributions among those of several readings of it, and the words of each part among all that are likely.

The best path of labels is the best single reading, yet often one of many that differ a little; the attributions that do best on the average
over readings drawn from the model are others. Which attributions stand is a vote of the readings; where each of their parts begins and
ends is read from the exact probabilities of spans. Minimum Bayes risk decoding (V. Goel and W. Byrne, "Minimum Bayes-risk automatic
speech recognition", 2000), with the measure by which attributions count as the same: half of the content, and some of the source.
"""

import bisect
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportedly.extract.attribution.layout import Range
from reportedly.extract.linking.linking import Link, Linker
from reportedly.extract.tagging.labels import PARTS, Part
from reportedly.extract.tagging.tagger import LikelySpan, Marks

_OVERLAP = 0.5  # Jaccard of characters from which two contents are the same
_EXACT = 1.0  # weight of the very spans beside the attribution as a whole
_BEST = 0.1  # votes that the best reading counts more than one drawn
_RULES = 0.3  # votes of the rules, likewise
_ENOUGH = 0.42  # mean of the share for the attribution and the chance of its spans from which it stands
_SURPLUS = 0.02  # what a word more that is likely in a part than in none is worth beside the chance of the very span

# Log odds that a span is what people mark: a constant, a weight of the model's own log odds, and one of rules that find the very span.
# Logistic regression on PolNeAR's dev part; runs with other seeds give the same to 0.03. The models are surer than they should be.
_CALIBRATION: Mapping[Part, tuple[float, float, float]] = {
    "source": (-0.66, 0.69, 0.99),
    "cue": (-0.71, 0.67, 0.91),
    "content": (-0.65, 0.80, 1.07),
}

Place = tuple[Part, Range]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An attribution of some readings.

    Attributes:
        link: its parts.
        whole: share of the readings that hold the same attribution, perhaps in other words.
        exact: the mean chance of its parts to be the very spans that people mark.
        best: whether the best reading holds it.
        ruled: whether the rules find the same attribution.
    """

    link: Link
    whole: float
    exact: float
    best: bool
    ruled: bool

    @property
    def rank(self) -> float:
        """How much speaks for it against others that stand in its way."""
        return self.whole + _EXACT * self.exact + _BEST * self.best + _RULES * self.ruled

    @property
    def weight(self) -> float:
        """How much speaks for it against saying nothing."""
        return (self.whole + self.exact + _BEST * self.best + _RULES * self.ruled) / 2


def agree(text: str, marks: Marks, ruled: Sequence[Link] = ()) -> list[Link]:
    """The attributions that readings of a paragraph agree on.

    Args:
        text: the paragraph.
        marks: its readings and likely spans; the best reading counts only as a candidate where others were drawn.
        ruled: what the rules find in it, which counts as some more readings.

    Returns:
        Attributions with content, none of which share a word of content or cue with another, in text order.
    """
    linker = Linker(text)
    if not marks.drawn or (not marks.best and not any(marks.drawn)):
        return [found for found in linker.link([marks.best])[0] if found.content]
    chances = _chances(marks.likely, ruled)
    candidates = sorted(
        _candidates(linker, marks, ruled, chances), key=lambda c: (-c.rank, c.link.content, c.link.cue or (), c.link.source or ())
    )
    page = _Page.of(text)
    chosen = []
    for candidate in candidates:
        if candidate.weight >= _ENOUGH and page.has_room(candidate.link):
            page.take(candidate.link)
            chosen.append(candidate.link)
    return sorted(_reworded(text, chosen, marks.likely, chances), key=lambda found: (found.cue or found.content[0], found.content))


def _order(found: Link) -> tuple[tuple[Range, ...], Range | tuple[()], Range | tuple[()]]:
    return found.content, found.cue or (), found.source or ()


def _chances(likely: Sequence[LikelySpan], ruled: Sequence[Link]) -> dict[Place, float]:
    """How likely each likely span is what people mark, for what the model and the rules say of it."""
    agreed = {place for found in ruled for place in _places(found)}
    chances = {}
    for span in likely:
        constant, weight, by_rules = _CALIBRATION[span.part]
        probability = min(max(span.probability, 1e-4), 1 - 1e-4)
        place = span.part, (span.start, span.end)
        odds = constant + weight * math.log(probability / (1 - probability)) + by_rules * (place in agreed)
        chances[place] = 1 / (1 + math.exp(-odds))
    return chances


def _candidates(linker: Linker, marks: Marks, ruled: Sequence[Link], chances: Mapping[Place, float]) -> Iterator[Candidate]:
    """Each attribution of any reading with its share of the drawn ones."""
    readings = {id(reading): reading for reading in (marks.best, *marks.drawn)}  # a tagger's equal ones are one object
    held = dict.fromkeys(readings, 0)
    for number, reading in enumerate(marks.drawn):
        held[id(reading)] |= 1 << number
    votes: dict[Link, int] = {}
    first: set[Link] = set()
    for reading, links in zip(readings.values(), linker.link(list(readings.values())), strict=True):
        for found in links:
            if found.content and (found.cue or found.source):
                votes[found] = votes.get(found, 0) | held[id(reading)]
            if reading is marks.best and found.content:
                first.add(found)
    shares, near = _shares(votes, len(marks.drawn)), _Near.of(ruled)
    for found in votes:
        yield Candidate(
            link=found,
            whole=shares[found],
            exact=_exact(found, chances),
            best=found in first,
            ruled=any(is_same(found, other) for other in near.over(found)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Near:
    """Attributions by where their contents begin."""

    starts: Sequence[int]
    links: Sequence[Link]
    longest: int

    @classmethod
    def of(cls, links: Sequence[Link]) -> "_Near":
        ordered = sorted((found for found in links if found.content), key=_order)
        longest = max((found.content[-1][1] - found.content[0][0] for found in ordered), default=0)
        return cls(starts=[found.content[0][0] for found in ordered], links=ordered, longest=longest)

    def over(self, found: Link) -> Sequence[Link]:
        """Those whose contents may lie over another's."""
        low = bisect.bisect_left(self.starts, found.content[0][0] - self.longest)
        return self.links[low : bisect.bisect_left(self.starts, found.content[-1][1])]


def _shares(votes: Mapping[Link, int], count: int) -> dict[Link, float]:
    """For each attribution the share of the readings that hold the same; only those whose contents lie over one another are compared."""
    ordered = sorted(votes, key=lambda found: found.content[0][0])
    voted = [votes[found] for found in ordered]
    held = list(voted)
    for one, link in enumerate(ordered):
        end = link.content[-1][1]
        for other in range(one + 1, len(ordered)):
            beside = ordered[other]
            if beside.content[0][0] >= end:
                break
            gives, takes = held[other] | voted[one] != held[other], held[one] | voted[other] != held[one]
            if (gives or takes) and _is_alike(link.content, beside.content):
                if takes and _names_same(beside, link):
                    held[one] |= voted[other]
                if gives and _names_same(link, beside):
                    held[other] |= voted[one]
    return {found: readings.bit_count() / count for found, readings in zip(ordered, held, strict=True)}


def _exact(found: Link, chances: Mapping[Place, float]) -> float:
    """The mean chance of content, cue and source, each as far as there is one."""
    by_part: dict[Part, list[float]] = {}
    for part, piece in _places(found):
        by_part.setdefault(part, []).append(chances.get((part, piece), 0.0))
    return sum(sum(each) / len(each) for each in by_part.values()) / len(by_part)


def _places(found: Link) -> Iterator[Place]:
    """The spans of an attribution with their parts."""
    for piece in found.content:
        yield "content", piece
    if found.cue:
        yield "cue", found.cue
    if found.source:
        yield "source", found.source


def is_same(gold: Link, found: Link) -> bool:
    """Whether an attribution counts as another: the contents share half of their characters, and the sources, where it has one, a word."""
    return _names_same(gold, found) and _is_alike(gold.content, found.content)


def _names_same(gold: Link, found: Link) -> bool:
    if not gold.source:
        return True
    return found.source is not None and gold.source[0] < found.source[1] and found.source[0] < gold.source[1]


def _is_alike(gold: Sequence[Range], found: Sequence[Range]) -> bool:
    shared = total = 0
    for a, b in gold:
        total += b - a
        for c, d in found:
            if a < d and c < b:
                shared += min(b, d) - max(a, c)
    for c, d in found:
        total += d - c
    return shared >= _OVERLAP * (total - shared)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """The characters that chosen attributions take, by part."""

    taken: Mapping[Part, bytearray]

    @classmethod
    def of(cls, text: str) -> "_Page":
        return cls(taken={part: bytearray(len(text)) for part in PARTS})

    def has_room(self, found: Link) -> bool:
        """Whether it shares no word of content or cue with those that stand, and no content holds another's cue or source."""
        for part, (start, end) in _places(found):
            others = PARTS if part == "content" else ("content", "cue") if part == "cue" else ("content",)
            if any(1 in self.taken[other][start:end] for other in others):
                return False
        return True

    def take(self, found: Link) -> None:
        for part, (start, end) in _places(found):
            self.taken[part][start:end] = b"\1" * (end - start)


def _reworded(text: str, chosen: Sequence[Link], likely: Sequence[LikelySpan], chances: Mapping[Place, float]) -> list[Link]:
    """The chosen attributions, each part in the words that are likeliest among those that leave the others alone."""
    shelves = {part: _Shelf.of([span for span in likely if span.part == part], chances) for part in PARTS}
    places = {place for found in chosen for place in _places(found)}
    taken = bytearray(len(text))
    for _, (start, end) in places:
        taken[start:end] = b"\1" * (end - start)
    put: dict[Place, Range] = {}
    for part, (start, end) in sorted(places, key=lambda place: (-shelves[place[0]].worth(place), place)):
        taken[start:end] = bytes(end - start)
        put[part, (start, end)] = new = shelves[part].best((part, (start, end)), taken)
        taken[new[0] : new[1]] = b"\1" * (new[1] - new[0])
    return [
        found._replace(
            content=tuple(sorted(put["content", piece] for piece in found.content)),
            cue=put["cue", found.cue] if found.cue else None,
            source=put["source", found.source] if found.source else None,
        )
        for found in chosen
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shelf:
    """The likely spans of one part, by their starts."""

    spans: Sequence[tuple[Range, float]]
    worths: Mapping[Range, float]
    longest: int

    @classmethod
    def of(cls, likely: Sequence[LikelySpan], chances: Mapping[Place, float]) -> "_Shelf":
        worths = {(s.start, s.end): chances[s.part, (s.start, s.end)] + _SURPLUS * s.surplus for s in likely}
        return cls(spans=sorted(worths.items()), worths=worths, longest=max((end - start for start, end in worths), default=0))

    def worth(self, place: Place) -> float:
        """What a span is worth; one that is not likely nothing."""
        return self.worths.get(place[1], 0.0)

    def best(self, place: Place, taken: bytearray) -> Range:
        """The span of the same part that is worth most among those over a span that stand on free characters."""
        part, (start, end) = place
        found, worth = (start, end), self.worth(place)
        at = bisect.bisect_left(self.spans, ((start - self.longest, 0), 0.0))
        while at < len(self.spans) and self.spans[at][0][0] < end:
            (low, high), value = self.spans[at]
            shared = min(end, high) - max(start, low)
            alike = shared >= _OVERLAP * (max(end, high) - min(start, low)) if part == "content" else shared > 0
            if alike and value > worth and 1 not in taken[low:high]:
                found, worth = (low, high), value
            at += 1
        return found
