"""Chooses rows of a ledger: by story, speaker, measure, document and dates."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from reportedly.errors import AmbiguousIdError, UnknownIdError
from reportedly.model import ActorRow, Claim, Filters, Holdings, Problem, ShownClaim, Span, StoredClaim, Story, StoryRow, span_of

T = TypeVar("T")

PASSAGE = 500  # characters shown on either side of a claim, unless its paragraph ends before


def in_page(rows: Sequence[T], filters: Filters) -> list[T]:
    """The rows that a page of a list asks for."""
    end = None if filters.limit is None else filters.offset + filters.limit
    return list(rows[filters.offset : end])


def find_story(held: Holdings, words: str) -> Story:
    """The story that an id, the start of one, or words of its title name.

    Raises:
        UnknownIdError: none does.
        AmbiguousIdError: several do.
    """
    stories = held.links.stories
    found = [s for s in stories if s.id in (words, f"s:{words}")]
    found = found or [s for s in stories if s.id.startswith((words, f"s:{words}"))]
    asked = words.casefold().split()
    found = found or [s for s in stories if all(word in s.title.casefold() for word in asked)]
    return _only(found, "story", words, [f"{s.id} ({s.title})" for s in found])


def narrow(held: Holdings, story: str | None) -> Holdings:
    """The rows of the story that `story` names; all rows where it is None."""
    return held if story is None else held.of_story(find_story(held, story).id)


def story_rows(held: Holdings) -> list[StoryRow]:
    """Which article belongs to which story, for articles with something to see."""
    seen = {c.article for c in held.claims}
    return [
        StoryRow(document=held.documents[key[0]].name, article=key[1], story=story.id, title=story.title)
        for story in held.links.stories
        for key in story.articles
        if key in seen
    ]


def claims_that_fit(held: Holdings, filters: Filters) -> list[StoredClaim]:
    """Claims in page order that the filters let through."""
    return [c for c in held.claims if _fits(c, held, filters)]


def _fits(stored: StoredClaim, held: Holdings, filters: Filters) -> bool:
    claim = stored.claim
    if filters.measure and all(f.measure != filters.measure for f in claim.figures):
        return False
    if filters.document and filters.document not in (claim.document, stored.document):
        return False
    if filters.speaker:
        actors = {a.id: a for a in held.links.actors}
        ids = [held.links.actor_of.get((*stored.article, name), "") for name in claim.speakers]
        names = [*claim.speakers, *(f"{actors[i].name} {actors[i].principal}" for i in ids if i in actors)]
        if all(filters.speaker.casefold() not in name.casefold() for name in names):
            return False
    if filters.first is None and filters.last is None:
        return True
    last = claim.said.last_day if claim.said else None
    first = (claim.said.first_day or last) if claim.said else None
    return not (last is None or (filters.first and last < filters.first) or (filters.last and first is not None and first > filters.last))


def actor_rows(held: Holdings, filters: Filters) -> list[ActorRow]:
    """Actors that made a claim to be seen, the most claims first."""
    seen = {c.claim.id for c in held.claims}
    words = (filters.speaker or "").casefold()
    rows = [
        ActorRow(
            actor=actor.name,
            kind=actor.kind,
            principal=actor.principal,
            names=actor.names,
            roles=tuple((r.name, r.first, r.last) for r in actor.roles),
            stands_for=actor.stands_for,
            claims=tuple(c for c in actor.claims if c in seen),
        )
        for actor in held.links.actors
        if words in " ".join([actor.name, *actor.names, actor.principal or ""]).casefold()
    ]
    return sorted((r for r in rows if r.claims), key=lambda r: (-len(r.claims), r.actor))


def problems_that_fit(problems: Iterable[Problem], filters: Filters) -> list[Problem]:
    """Stored problems, of one document where the filters name it."""
    return [p for p in problems if filters.document is None or p.document == filters.document]


def find_claim(held: Holdings, words: str) -> StoredClaim:
    """The claim that an id or the start of one names.

    Raises:
        UnknownIdError: none does.
        AmbiguousIdError: several do.
    """
    found = {c.claim.id: c for c in held.claims if c.claim.id.startswith((words, f"c:{words}"))}
    return _only(list(found.values()), "claim", words, sorted(found))


def shown(held: Holdings, words: str) -> ShownClaim:
    """A claim inside its passage, with the other claims of its origin."""
    stored = find_claim(held, words)
    claim, article = stored.claim, held.articles[stored.article]
    reference = next((r for r in _references(claim) if r in held.links.origin_of), None)
    origin = held.links.origin_of.get(reference) if reference else None
    found = next((o for o in held.links.origins if o.id == origin), None)
    members = {m.partition("#")[0] for m in found.members} if found else set()
    actors = {a.id: a.name for a in held.links.actors}
    return ShownClaim(
        claim=claim,
        document=claim.document,
        outlet=article.outlet,
        title=article.title,
        published=article.published,
        story=next((s.id for s in held.links.stories if stored.article in s.articles), None),
        passage=passage_around(held.text_of(stored.document), claim),
        origin=origin,
        principal=found.principal if found else None,
        companions=tuple({c.claim.id: c.claim for c in held.claims if c.claim.id in members - {claim.id}}.values()),
        actors=tuple(actors.get(held.links.actor_of.get((*stored.article, s), ""), s) for s in claim.speakers),
    )


def _references(claim: Claim) -> list[str]:
    return [*(f"{claim.id}#{k}" for k in range(len(claim.figures))), claim.id]


def passage_around(text: str, claim: Claim) -> Span:
    """The paragraphs that a claim's spans touch, cut to `PASSAGE` characters on either side."""
    spans = [*claim.content, *claim.cue, *claim.source]
    first, last = min(s.start for s in spans), max(s.end for s in spans)
    start = max(text.rfind("\n", 0, first) + 1, first - PASSAGE)
    end = text.find("\n", last)
    return span_of(text, start, min(len(text) if end < 0 else end, last + PASSAGE))


def _only(found: Sequence[T], kind: str, words: str, candidates: Sequence[str]) -> T:
    if not found:
        raise UnknownIdError(kind, words)
    if len(found) > 1:
        raise AmbiguousIdError(kind, words, candidates)
    return found[0]
