"""Makes attributions of tagged spans: which cue reports each content, and whom each cue names.

Every content has one cue and every cue one source or none; contents share cues (a broken quotation) and cues share sources ("He said A and
added B"). The choices are made by a small learned model over pairs of spans, then set right together: a cue without content takes the
one that costs least. Source: PolNeAR's scheme of attribution (Newell et al., LREC 2018); Pareti, "A database of attribution
relations" (LREC 2012), for the parts.
"""

import bisect
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from reportedly.extract.attribution.layout import Range
from reportedly.extract.linking.link_features import Features, Names, Scene, Stage, between, between_features, nobody_names, shared_names
from reportedly.extract.linking.link_model import LinkModel, Sums, load_link_model, sums_of
from reportedly.extract.tagging.labels import Part
from reportedly.extract.tagging.tagger import TaggedSpan

NEAREST = 5  # candidates on either side of a span; PolNeAR has none further off
_COST = 3.0  # log odds that a cue without content may cost the model's choice of another


class Link(NamedTuple):
    """Parts of a paragraph that make one attribution, or what is left of one; a tuple, for readings make thousands and count them.

    Attributes:
        content: what is put forward, a piece a range, in text order; empty for a cue or source that nothing belongs to.
        cue: the words that report it; None for contents without one.
        source: who is reported; None where nobody is named.
    """

    content: tuple[Range, ...]
    cue: Range | None
    source: Range | None


class Linker:
    """Links readings of one paragraph; what it has worked out for spans serves every reading that holds them.

    Args:
        text: the paragraph.
        model: which model chooses; None takes the package's.
    """

    def __init__(self, text: str, model: LinkModel | None = None) -> None:
        self._cue_sums, self._source_sums = sums_of(model or load_link_model())
        self._stage = Stage(text)

    def link(self, readings: Sequence[Sequence[TaggedSpan]]) -> list[list[Link]]:
        """Link the tagged spans of some readings; the scores of all are worked out together.

        Args:
            readings: of each the spans of the paragraph, offsets in it; none of one reading overlap.

        Returns:
            Of each its attributions in the order of their cues, then contents without a cue, then sources without a cue. Every span
            is in at least one of them.
        """
        scenes = [self._stage.set(spans) for spans in readings]
        cues = [Choices.of_cues(scene, self._cue_sums) for scene in scenes]
        sources = [Choices.of_sources(scene, self._source_sums) for scene in scenes]
        cue_scores = iter(self._cue_sums.scores([row for choices in cues for row in choices.rows]))
        source_scores = iter(self._source_sums.scores([row for choices in sources for row in choices.rows]))
        return [
            _links(scene, _cues_of_contents(scene, of_cues, cue_scores), _sources_of_cues(of_sources, source_scores))
            for scene, of_cues, of_sources in zip(scenes, cues, sources, strict=True)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The choices of a reading: for each content its cue, or for each cue its source.

    Attributes:
        candidates: of each place the places that may be chosen, in text order.
        rows: what holds of each pair, in the same order; only of places where there is a choice. That of no source is the last of each.
    """

    candidates: Mapping[int, Sequence[int]]
    rows: Sequence[Sequence[int]]

    @classmethod
    def of_cues(cls, scene: Scene, sums: Sums) -> Self:
        """The choices of the cue of each content."""
        found, rows = {}, []
        all_cues = scene.places("cue")
        several = all_cues if len(all_cues) > 1 else ()  # one alone is no choice
        own = {place: (sums.names[scene.words(place)], sums.names[scene.sides(place)]) for place in several}
        for content in scene.places("content"):
            found[content] = cues = candidates(scene, content, "cue")
            if len(cues) > 1:
                mine = sums.names[scene.words(content)], sums.names[scene.sides(content)]
                for cue in cues:
                    code, free = between(scene, content, cue)
                    shared = sums.names[shared_names(scene, content, cue)]
                    rows.append((sums.between[code], sums.free[free], *mine, *own[cue], shared))
        return cls(candidates=found, rows=rows)

    @classmethod
    def of_sources(cls, scene: Scene, sums: Sums) -> Self:
        """The choices of the source of each cue."""
        found, rows = {}, []
        own = {place: (sums.names[scene.words(place)], sums.names[scene.sides(place)]) for place in scene.places("source")}
        nothing = sums.names[()]
        for cue in scene.places("cue"):
            found[cue] = sources = candidates(scene, cue, "source")
            if sources:
                words, sides = scene.words(cue), scene.sides(cue)
                mine = sums.names[words], sums.names[sides]
                for source in sources:
                    code, free = between(scene, cue, source)
                    rows.append((sums.between[code], sums.free[free], *mine, *own[source]))
                alone = sums.names[nobody_names(words)], sums.names[nobody_names(sides)]
                rows.append((sums.names[_nobody(scene, cue)], *alone, nothing, nothing, nothing))
        return cls(candidates=found, rows=rows)


def _links(scene: Scene, cue_of: Mapping[int, int | None], source_of: Mapping[int, int | None]) -> list[Link]:
    """The attributions of a reading, from the cue of each content and the source of each cue."""
    contents_of: dict[int | None, list[int]] = {}
    for content, cue in cue_of.items():
        contents_of.setdefault(cue, []).append(content)
    found = [
        Link(content=_ranges(scene, contents_of.get(cue, ())), cue=_range(scene, cue), source=_range(scene, source_of[cue]))
        for cue in scene.places("cue")
    ]
    taken = {place for place in source_of.values() if place is not None}
    for content in contents_of.get(None, ()):
        source = _nearest(scene, content)
        taken |= {source} if source is not None else set()
        found.append(Link(content=_ranges(scene, [content]), cue=None, source=_range(scene, source)))
    return found + [Link(content=(), cue=None, source=_range(scene, place)) for place in scene.places("source") if place not in taken]


def _cues_of_contents(scene: Scene, choices: Choices, scores: Iterator[float]) -> dict[int, int | None]:
    """For each content the place of its cue; None in a paragraph without cues."""
    odds: dict[int, dict[int, float]] = {}
    chosen: dict[int, int | None] = {}
    for content, cues in choices.candidates.items():
        odds[content] = of_one = dict(zip(cues, scores, strict=False)) if len(cues) > 1 else dict.fromkeys(cues, 0.0)
        chosen[content] = max(of_one, key=of_one.__getitem__, default=None)
    taken = set(chosen.values())
    idle = [cue for cue in scene.places("cue") if cue not in taken]
    owners = Counter(chosen.values()) if idle else Counter[int | None]()
    for cue in idle:
        _give_content(cue, candidates(scene, cue, "content"), chosen, odds, owners)
    return chosen


def _sources_of_cues(choices: Choices, scores: Iterator[float]) -> dict[int, int | None]:
    """For each cue the place of its source; None where it names nobody."""
    found: dict[int, int | None] = {}
    for cue, sources in choices.candidates.items():
        odds: dict[int | None, float] = dict(zip((*sources, None), scores, strict=False)) if sources else {}
        found[cue] = max(odds, key=odds.__getitem__, default=None)
    return found


def link(text: str, spans: Sequence[TaggedSpan], model: LinkModel | None = None) -> list[Link]:
    """Link the tagged spans of a paragraph: a `Linker` for one reading."""
    (found,) = Linker(text, model).link([spans])
    return found


def _give_content(
    cue: int, contents: Sequence[int], chosen: dict[int, int | None], odds: dict[int, dict[int, float]], owners: Counter[int | None]
) -> None:
    """Give a cue without content the piece of another's several that costs the model's choice least, where it costs little."""
    costs = {
        content: odds[content][other] - odds[content][cue]
        for content in contents
        if cue in odds[content] and (other := chosen[content]) is not None and owners[other] > 1
    }
    best = min(costs, key=costs.__getitem__, default=None)
    if best is not None and costs[best] < _COST:
        owners[chosen[best]] -= 1
        owners[cue] += 1
        chosen[best] = cue


def candidates(scene: Scene, place: int, part: Part) -> list[int]:
    """The places of the nearest spans of a part on either side of a span, in text order."""
    places = scene.places(part)
    if len(places) <= NEAREST:
        return [other for other in places if other != place]
    at = bisect.bisect_left(places, place)
    behind = at + (at < len(places) and places[at] == place)
    return [*places[max(0, at - NEAREST) : at], *places[behind : behind + NEAREST]]


def cue_candidate(scene: Scene, content: int, cue: int) -> Features:
    """What holds of a content with a cue that may report it."""
    shared = dict.fromkeys(shared_names(scene, content, cue), 1.0)
    return {**between_features(scene, content, cue), **scene.own(content), **scene.own(cue), **shared}


def source_candidate(scene: Scene, cue: int, source: int) -> Features:
    """What holds of a cue with a source that it may have."""
    return {**between_features(scene, cue, source), **scene.own(cue), **scene.own(source)}


def no_source(scene: Scene, cue: int) -> Features:
    """What holds of a cue that names nobody."""
    own = nobody_names((*scene.words(cue), *scene.sides(cue)))
    return dict.fromkeys((*_nobody(scene, cue), *own), 1.0)


def _nobody(scene: Scene, cue: int) -> Names:
    """That a cue names nobody, and whether a source begins in the sentence in which it begins."""
    in_sentence = scene.standings[cue].begun in scene.sourced
    return ("nobody", "nobody: source in sentence") if in_sentence else ("nobody",)


def _nearest(scene: Scene, content: int) -> int | None:
    """The source nearest to a content without a cue."""
    span = scene.standings[content].span
    others = {place: scene.standings[place].span for place in candidates(scene, content, "source")}
    return min(others, key=lambda place: (max(others[place].start - span.end, span.start - others[place].end), place), default=None)


def _range(scene: Scene, place: int | None) -> Range | None:
    if place is None:
        return None
    span = scene.standings[place].span
    return span.start, span.end


def _ranges(scene: Scene, places: Sequence[int]) -> tuple[Range, ...]:
    return tuple((scene.standings[place].span.start, scene.standings[place].span.end) for place in places)
