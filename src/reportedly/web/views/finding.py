"""Search over claims and texts, with facets."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.api import Desk
from reportedly.model import Hit, Holdings, StoredClaim, carrier_name, interval_text
from reportedly.web.asking import Standpoint
from reportedly.web.views.claim import speaker_words, words_of

PAGE = 50  # claims on one page
_MOST_CHOICES = 12  # choices of a facet
MOST_HITS = 30

FACETS = ("story", "principal", "speaker", "stance", "form", "measure", "outlet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice of a facet.

    Attributes:
        value: what an address says for it.
        words: what a reader sees.
        claims: how many of the claims found have it.
        chosen: whether it is chosen.
    """

    value: str
    words: str
    claims: int
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A claim in the list.

    Attributes:
        id: the claim's id.
        speaker: who says it.
        principal: for whom; None where that is the speaker, or unknown.
        stance: what they do with it.
        said: when, in words.
        words: its content.
        figures: its figures as printed, each with its measure.
        outlet: who carried it.
        day: the end of `said`, for order.
    """

    id: str
    speaker: str
    principal: str | None
    stance: str
    said: str
    words: str
    figures: tuple[tuple[str, str], ...]
    outlet: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """What a search found.

    Attributes:
        claims: one page of claims, newest said first.
        total: how many there are.
        facets: the choices of each facet.
        hits: passages of texts that hold the words, one a document.
        documents: name -> id, of the documents in `hits`.
    """

    claims: tuple[Found, ...]
    total: int
    facets: Mapping[str, tuple[Choice, ...]]
    hits: tuple[Hit, ...]
    documents: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Aspects:
    """What a claim offers each facet: values with their words."""

    stored: StoredClaim
    values: Mapping[str, Mapping[str, str]]


def search_page(desk: Desk, words: str, chosen: Mapping[str, str], standpoint: Standpoint, offset: int) -> SearchPage:
    """Search claims and texts.

    Args:
        desk: the ledger's desk.
        words: what must occur, all of it; empty finds everything.
        chosen: facet -> chosen value.
        standpoint: as of when.
        offset: how many claims stand on earlier pages.
    """
    held = desk.holdings(standpoint.question())
    aspects = [_aspects(held, stored) for stored in _unique(held.claims) if _holds(stored, words)]
    fitting = [one for one in aspects if all(value in one.values[name] for name, value in chosen.items())]
    facets = {name: _choices(aspects, chosen, name) for name in FACETS}
    found = sorted((_found(one) for one in fitting), key=lambda row: (row.day, row.id), reverse=True)
    hits = tuple(desk.search(words, standpoint.question(limit=MOST_HITS))) if words.strip() else ()
    return SearchPage(
        claims=tuple(found[offset : offset + PAGE]),
        total=len(found),
        facets=facets,
        hits=hits,
        documents={document.name: document.id for document in held.documents.values()},
    )


def _unique(claims: Iterable[StoredClaim]) -> list[StoredClaim]:
    """Each claim in its first appearance."""
    return list({stored.claim.id: stored for stored in reversed(list(claims))}.values())[::-1]


def _holds(stored: StoredClaim, words: str) -> bool:
    """Whether a claim's own words, or its speakers' names, hold all words; marks of phrase and prefix are for texts alone."""
    claim = stored.claim
    spans = (*claim.content, *claim.cue, *claim.source)
    text = " ".join([*(span.text for span in spans), *claim.speakers]).casefold()
    return all(word in text for word in words.casefold().replace('"', " ").replace("*", " ").split())


def _aspects(held: Holdings, stored: StoredClaim) -> _Aspects:
    claim = stored.claim
    names = _names(held, stored)
    outlet = carrier_name(held.articles[stored.article], held.documents[stored.document])
    stories = {story.id: story.title for story in held.links.stories if stored.article in story.articles}
    values: dict[str, dict[str, str]] = {
        "story": stories,
        "principal": {principal: principal for _, principal in names},
        "speaker": {speaker: speaker for speaker, _ in names},
        "stance": {claim.stance: claim.stance},
        "form": {claim.form: claim.form},
        "measure": {figure.measure: figure.measure.replace("_", " ") for figure in claim.figures},
        "outlet": {outlet: outlet},
    }
    return _Aspects(stored=stored, values=values)


def _names(held: Holdings, stored: StoredClaim) -> list[tuple[str, str]]:
    """Each speaker as known across documents, and whom they speak for."""
    if stored.claim.form == "narration":
        return []
    actors = {actor.id: actor for actor in held.links.actors}
    found = []
    for name in stored.claim.speakers:
        actor = actors.get(held.links.actor_of.get((*stored.article, name), ""))
        found.append((actor.name, actor.principal or actor.name) if actor else (name, name))
    return list(dict.fromkeys(found))


def _choices(aspects: Sequence[_Aspects], chosen: Mapping[str, str], name: str) -> tuple[Choice, ...]:
    """A facet's choices, counted over what the other facets leave."""
    others = {other: value for other, value in chosen.items() if other != name}
    counts: Counter[str] = Counter()
    words: dict[str, str] = {}
    for one in aspects:
        if all(value in one.values[other] for other, value in others.items()):
            counts.update(one.values[name].keys())
            words.update(one.values[name])
    order: Callable[[str], tuple[bool, int, str]] = lambda value: (value != chosen.get(name), -counts[value], value)  # noqa: E731 - typed
    first = sorted(counts, key=order)[:_MOST_CHOICES]
    return tuple(Choice(value=v, words=words[v], claims=counts[v], chosen=v == chosen.get(name)) for v in first)


def _found(one: _Aspects) -> Found:
    claim = one.stored.claim
    outlet = next(iter(one.values["outlet"]))
    speaker = speaker_words(claim, outlet)
    last = claim.said.last_day if claim.said else None
    principal = next(iter(one.values["principal"]), None)
    return Found(
        id=claim.id,
        speaker=speaker,
        principal=principal if principal != speaker else None,
        stance=claim.stance,
        said=interval_text(claim.said),
        words=words_of(claim),
        figures=tuple((figure.measure.replace("_", " "), figure.span.text) for figure in claim.figures),
        outlet=outlet,
        day=last.isoformat() if last else "",
    )
