"""Makes attributions of tagged spans: which cue reports each content, and whom each cue names.

Every content has one cue and every cue one source or none; contents share cues (a broken quotation) and cues share sources ("He said A and
added B"). The choices are made by a small learned model over pairs of spans, then set right together: a cue without content takes the
one that costs least. Source: PolNeAR's scheme of attribution (Newell et al., LREC 2018); Pareti, "A database of attribution
relations" (LREC 2012), for the parts.
"""

import bisect
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportedly.extract.layout import Range
from reportedly.extract.link_features import Features, Scene, Stage, between_features, has_content_beyond, shared_features
from reportedly.extract.link_model import LinkModel, PairScorer, load_link_model
from reportedly.extract.tagging.labels import Part
from reportedly.extract.tagging.tagger import TaggedSpan

NEAREST = 5  # candidates on either side of a span; PolNeAR has none further off
_COST = 3.0  # log odds that a cue without content may cost the model's choice of another


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Parts of a paragraph that make one attribution, or what is left of one.

    Attributes:
        content: what is put forward, a piece a range, in text order; empty for a cue or source that nothing belongs to.
        cue: the words that report it; None for contents without one.
        source: who is reported; None where nobody is named.
    """

    content: tuple[Range, ...]
    cue: Range | None
    source: Range | None


class Linker:
    """Links readings of one paragraph; what it has worked out for a pair of spans serves every reading that holds them alike.

    Args:
        text: the paragraph.
        model: which model chooses; None takes the package's.
    """

    def __init__(self, text: str, model: LinkModel | None = None) -> None:
        self._model = model or load_link_model()
        self._stage = Stage(text)
        self._scores: dict[tuple[object, ...], float] = {}

    def link(self, spans: Sequence[TaggedSpan]) -> list[Link]:
        """Link the tagged spans of a reading.

        Args:
            spans: of the paragraph, offsets in it; none overlap.

        Returns:
            The attributions in the order of their cues, then contents without a cue, then sources without a cue. Every span is in at
            least one of them.
        """
        if not spans:
            return []
        scene = self._stage.set(spans)
        cue_of = self._cues_of_contents(scene)
        source_of = self._sources_of_cues(scene)
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
        found += [Link(content=(), cue=None, source=_range(scene, place)) for place in scene.places("source") if place not in taken]
        return found

    def _cues_of_contents(self, scene: Scene) -> dict[int, int | None]:
        """For each content the place of its cue; None in a paragraph without cues."""
        odds: dict[int, dict[int, float]] = {}
        for content in scene.places("content"):
            cues = candidates(scene, content, "cue")
            odds[content] = (
                dict(zip(cues, self._cue_scores(scene, content, cues), strict=True)) if len(cues) > 1 else dict.fromkeys(cues, 0.0)
            )
        chosen = {content: max(of_one, key=of_one.__getitem__, default=None) for content, of_one in odds.items()}
        owners = Counter(chosen.values())
        for cue in scene.places("cue"):
            if not owners[cue]:
                _give_content(cue, candidates(scene, cue, "content"), chosen, odds, owners)
        return chosen

    def _cue_scores(self, scene: Scene, content: int, cues: Sequence[int]) -> list[float]:
        keys = [("cue", content < cue, has_content_beyond(scene, content, cue), *scene.around(content, cue)) for cue in cues]
        return self._scored(self._model.cue, keys, lambda number: cue_candidate(scene, content, cues[number]))

    def _sources_of_cues(self, scene: Scene) -> dict[int, int | None]:
        """For each cue the place of its source; None where it names nobody."""
        found: dict[int, int | None] = {}
        for cue in scene.places("cue"):
            sources = candidates(scene, cue, "source")
            best = 0
            if sources:
                scores = self._source_scores(scene, cue, sources)
                best = max(range(len(scores)), key=scores.__getitem__)
            found[cue] = sources[best] if best < len(sources) else None
        return found

    def _source_scores(self, scene: Scene, cue: int, sources: Sequence[int]) -> list[float]:
        """Of each source, and last of none."""
        keys: list[tuple[object, ...]] = [("source", cue < source, *scene.around(cue, source)) for source in sources]
        keys.append(("nobody", source_in_sentence(scene, cue), *scene.around(cue, cue)))
        rows = lambda number: source_candidate(scene, cue, sources[number]) if number < len(sources) else no_source(scene, cue)  # noqa: E731
        return self._scored(self._model.source, keys, rows)

    def _scored(self, scorer: PairScorer, keys: Sequence[tuple[object, ...]], features: Callable[[int], Features]) -> list[float]:
        """The score of each candidate, those that are new worked out together."""
        new = [number for number, key in enumerate(keys) if key not in self._scores]
        if new:
            scores = scorer.scores([features(number) for number in new]).tolist()
            self._scores.update(zip((keys[number] for number in new), scores, strict=True))
        return [self._scores[key] for key in keys]


def link(text: str, spans: Sequence[TaggedSpan], model: LinkModel | None = None) -> list[Link]:
    """Link the tagged spans of a paragraph: a `Linker` for one reading."""
    return Linker(text, model).link(spans)


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
    at = bisect.bisect_left(places, place)
    behind = at + (at < len(places) and places[at] == place)
    return [*places[max(0, at - NEAREST) : at], *places[behind : behind + NEAREST]]


def cue_candidate(scene: Scene, content: int, cue: int) -> Features:
    """What holds of a content with a cue that may report it."""
    return {**between_features(scene, content, cue), **scene.own(content), **scene.own(cue), **shared_features(scene, content, cue)}


def source_candidate(scene: Scene, cue: int, source: int) -> Features:
    """What holds of a cue with a source that it may have."""
    return {**between_features(scene, cue, source), **scene.own(cue), **scene.own(source)}


def no_source(scene: Scene, cue: int) -> Features:
    """What holds of a cue that names nobody."""
    same = source_in_sentence(scene, cue)
    own = {f"nobody: {name}": value for name, value in scene.own(cue).items()}
    return {"nobody": 1.0, **own, **({"nobody: source in sentence": 1.0} if same else {})}


def source_in_sentence(scene: Scene, cue: int) -> bool:
    """Whether a source begins in the sentence in which a cue begins."""
    return scene.begun[cue] in scene.sourced


def _nearest(scene: Scene, content: int) -> int | None:
    """The source nearest to a content without a cue."""
    span = scene.spans[content]
    return min(
        candidates(scene, content, "source"),
        key=lambda place: (max(scene.spans[place].start - span.end, span.start - scene.spans[place].end), place),
        default=None,
    )


def _range(scene: Scene, place: int | None) -> Range | None:
    return None if place is None else (scene.spans[place].start, scene.spans[place].end)


def _ranges(scene: Scene, places: Sequence[int]) -> tuple[Range, ...]:
    return tuple((scene.spans[place].start, scene.spans[place].end) for place in places)
