"""Makes attributions of tagged spans: which cue reports each content, and whom each cue names.

Every content has one cue and every cue one source or none; contents share cues (a broken quotation) and cues share sources ("He said A and
added B"). The choices are made by a small learned model over pairs of spans, then set right together: a cue without content takes the
one that costs least. Source: PolNeAR's scheme of attribution (Newell et al., LREC 2018); Pareti, "A database of attribution
relations" (LREC 2012), for the parts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reportedly.extract.layout import Range
from reportedly.extract.link_features import (
    Features,
    Scene,
    between_features,
    set_scene,
    shared_features,
)
from reportedly.extract.link_model import LinkModel, load_link_model
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


def link(text: str, spans: Sequence[TaggedSpan], model: LinkModel | None = None) -> list[Link]:
    """Link the tagged spans of a paragraph.

    Args:
        text: the paragraph.
        spans: its spans, offsets in it; none overlap.
        model: which model chooses; None takes the package's.

    Returns:
        The attributions in the order of their cues, then contents without a cue, then sources without a cue. Every span is in at
        least one of them.
    """
    scene = set_scene(text, spans)
    model = model or load_link_model()
    cue_of = _cues_of_contents(scene, model)
    source_of = _sources_of_cues(scene, model)
    found = [
        Link(content=_ranges(scene, [c for c in cue_of if cue_of[c] == cue]), cue=_range(scene, cue), source=_range(scene, source_of[cue]))
        for cue in scene.places("cue")
    ]
    bare = [content for content, cue in cue_of.items() if cue is None]
    taken = {place for place in source_of.values() if place is not None}
    for content in bare:
        source = _nearest(scene, content)
        taken |= {source} if source is not None else set()
        found.append(Link(content=_ranges(scene, [content]), cue=None, source=_range(scene, source)))
    found += [Link(content=(), cue=None, source=_range(scene, place)) for place in scene.places("source") if place not in taken]
    return found


def _cues_of_contents(scene: Scene, model: LinkModel) -> dict[int, int | None]:
    """For each content the place of its cue; None in a paragraph without cues."""
    odds: dict[int, dict[int, float]] = {}
    for content in scene.places("content"):
        cues = candidates(scene, content, "cue")
        scores = model.cue.scores([cue_candidate(scene, content, cue) for cue in cues]) if len(cues) > 1 else np.zeros(len(cues))
        odds[content] = dict(zip(cues, scores.tolist(), strict=True))
    chosen = {content: max(scores, key=lambda cue: scores[cue], default=None) for content, scores in odds.items()}
    for cue in scene.places("cue"):
        if cue not in chosen.values():
            _give_content(cue, chosen, odds)
    return chosen


def _give_content(cue: int, chosen: dict[int, int | None], odds: dict[int, dict[int, float]]) -> None:
    """Give a cue without content the piece of another's several that costs the model's choice least, where it costs little."""
    owners = list(chosen.values())
    costs = {
        content: scores[other] - scores[cue]
        for content, scores in odds.items()
        if cue in scores and (other := chosen[content]) is not None and owners.count(other) > 1
    }
    best = min(costs, key=lambda content: costs[content], default=None)
    if best is not None and costs[best] < _COST:
        chosen[best] = cue


def _sources_of_cues(scene: Scene, model: LinkModel) -> dict[int, int | None]:
    """For each cue the place of its source; None where it names nobody."""
    found: dict[int, int | None] = {}
    for cue in scene.places("cue"):
        sources = candidates(scene, cue, "source")
        rows = [source_candidate(scene, cue, source) for source in sources]
        best = int(np.argmax(model.source.scores([*rows, no_source(scene, cue)]))) if sources else 0
        found[cue] = sources[best] if best < len(sources) else None
    return found


def candidates(scene: Scene, place: int, part: str) -> list[int]:
    """The places of the nearest spans of a part on either side of a span, in text order."""
    places = [other for other, span in enumerate(scene.spans) if span.part == part]
    return [*[p for p in places if p < place][-NEAREST:], *[p for p in places if p > place][:NEAREST]]


def cue_candidate(scene: Scene, content: int, cue: int) -> Features:
    """What holds of a content with a cue that may report it."""
    return {**between_features(scene, content, cue), **scene.own[content], **scene.own[cue], **shared_features(scene, content, cue)}


def source_candidate(scene: Scene, cue: int, source: int) -> Features:
    """What holds of a cue with a source that it may have."""
    return {**between_features(scene, cue, source), **scene.own[cue], **scene.own[source]}


def no_source(scene: Scene, cue: int) -> Features:
    """What holds of a cue that names nobody."""
    same = any(scene.begun[place] == scene.begun[cue] for place in scene.places("source"))
    own = {f"nobody: {name}": value for name, value in scene.own[cue].items()}
    return {"nobody": 1.0, **own, **({"nobody: source in sentence": 1.0} if same else {})}


def _nearest(scene: Scene, content: int) -> int | None:
    """The source nearest to a content without a cue."""
    span = scene.spans[content]
    return min(
        scene.places("source"),
        key=lambda place: (max(scene.spans[place].start - span.end, span.start - scene.spans[place].end), place),
        default=None,
    )


def _range(scene: Scene, place: int | None) -> Range | None:
    return None if place is None else (scene.spans[place].start, scene.spans[place].end)


def _ranges(scene: Scene, places: Sequence[int]) -> tuple[Range, ...]:
    return tuple((scene.spans[place].start, scene.spans[place].end) for place in places)
