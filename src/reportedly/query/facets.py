"""Facets of a search over claims: what it asks for and gives, and how it is answered from rows that are all at hand."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reportedly.model import Clocks, Holdings, StoredClaim, carrier_name

FACETS = ("story", "principal", "speaker", "stance", "form", "measure", "outlet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a search asks for.

    Attributes:
        words: what must all occur in a claim's own words or its speakers' names; empty finds everything.
        chosen: facet -> chosen value.
        clocks: as of when; `recorded_before` is not looked at.
        offset: how many claims stand on earlier pages.
        limit: how many are shown.
        choices: how many choices of a facet are given at most.
    """

    words: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    clocks: Clocks = field(default_factory=Clocks)
    offset: int = 0
    limit: int = 50
    choices: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A speaker across documents, and for whom it speaks."""

    name: str
    principal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClaim:
    """A claim in its first appearance, who carried it and who speaks."""

    stored: StoredClaim
    outlet: str
    speakers: tuple[Speaker, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClaims:
    """What a search found.

    Attributes:
        claims: one page, newest said first.
        total: how many there are.
        counts: facet -> value -> how many claims have it, what the other facets leave; the chosen value first, then the commonest.
    """

    claims: tuple[FoundClaim, ...]
    total: int
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Aspects:
    """What a claim offers each facet."""

    claim: FoundClaim
    values: Mapping[str, tuple[str, ...]]


def find_in(held: Holdings, wanted: Wanted) -> FoundClaims:
    """A page of the claims that fit, with the choices of every facet.

    Args:
        held: the rows that the clocks let see.
        wanted: what is asked for.
    """
    aspects = [_aspects(held, stored) for stored in _unique(held.claims) if _holds(stored, wanted.words)]
    chosen = {name: value for name, value in wanted.chosen.items() if name in FACETS}
    fitting = [one for one in aspects if all(value in one.values[name] for name, value in chosen.items())]
    found = sorted((one.claim for one in fitting), key=_newest, reverse=True)
    return FoundClaims(
        claims=tuple(found[wanted.offset : wanted.offset + wanted.limit]),
        total=len(found),
        counts={name: _choices(aspects, chosen, name, wanted.choices) for name in FACETS},
    )


def _newest(found: FoundClaim) -> tuple[str, str]:
    last = found.stored.claim.said.last_day if found.stored.claim.said else None
    return last.isoformat() if last else "", found.stored.claim.id


def _unique(claims: Iterable[StoredClaim]) -> list[StoredClaim]:
    """Each claim in its first appearance."""
    return list({stored.claim.id: stored for stored in reversed(list(claims))}.values())[::-1]


def _holds(stored: StoredClaim, words: str) -> bool:
    """Whether a claim's own words, its translation or its speakers' names hold all words; marks of phrase and prefix are for texts."""
    claim = stored.claim
    spans = (*claim.content, *claim.cue, *claim.source)
    translated = [claim.translation.text] if claim.translation else []
    text = " ".join([*(span.text for span in spans), *claim.speakers, *translated]).casefold()
    return all(word in text for word in words.casefold().replace('"', " ").replace("*", " ").split())


def _aspects(held: Holdings, stored: StoredClaim) -> _Aspects:
    claim = stored.claim
    speakers = _speakers(held, stored)
    outlet = carrier_name(held.articles[stored.article], held.documents[stored.document])
    values = {
        "story": tuple(story.id for story in held.links.stories if stored.article in story.articles),
        "principal": tuple(dict.fromkeys(speaker.principal for speaker in speakers)),
        "speaker": tuple(dict.fromkeys(speaker.name for speaker in speakers)),
        "stance": (claim.stance,),
        "form": (claim.form,),
        "measure": tuple(dict.fromkeys(figure.measure for figure in claim.figures)),
        "outlet": (outlet,),
    }
    return _Aspects(claim=FoundClaim(stored=stored, outlet=outlet, speakers=speakers), values=values)


def _speakers(held: Holdings, stored: StoredClaim) -> tuple[Speaker, ...]:
    """Each speaker as known across documents, and whom they speak for."""
    if stored.claim.form == "narration":
        return ()
    actors = {actor.id: actor for actor in held.links.actors}
    found = []
    for name in stored.claim.speakers:
        actor = actors.get(held.links.actor_of.get((*stored.article, name), ""))
        found.append(Speaker(name=actor.name, principal=actor.principal or actor.name) if actor else Speaker(name=name, principal=name))
    return tuple(dict.fromkeys(found))


def _choices(aspects: Sequence[_Aspects], chosen: Mapping[str, str], name: str, most: int) -> dict[str, int]:
    """A facet's choices, counted over what the other facets leave."""
    others = {other: value for other, value in chosen.items() if other != name}
    counts: Counter[str] = Counter()
    for one in aspects:
        if all(value in one.values[other] for other, value in others.items()):
            counts.update(one.values[name])
    order: Callable[[str], tuple[bool, int, str]] = lambda value: (value != chosen.get(name), -counts[value], value)  # noqa: E731 - typed
    return {value: counts[value] for value in sorted(counts, key=order)[:most]}
