"""Answers the small questions that every part of `reconcile` asks of the holdings: who, through whom, in which story."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar, cast

from reportedly.model import (
    Actor,
    Article,
    ArticleKey,
    Clocks,
    Event,
    Holdings,
    Interval,
    Origin,
    StatementMember,
    StoredClaim,
    Story,
    carrier_name,
    group_id,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One principal's part in a claim.

    Attributes:
        principal: canonical name; None where nobody is named or the article itself speaks.
        speakers: the canonical names that speak for it, in the claim's order.
    """

    principal: str | None
    speakers: tuple[str, ...]


class Lookup:
    """Maps over one state of the holdings, each built when it is first asked for.

    Args:
        holdings: what the clocks show.
        clocks: those clocks; they date what is made of it.
    """

    def __init__(self, holdings: Holdings, clocks: Clocks | None = None) -> None:
        self.holdings = holdings
        self.clocks = clocks or Clocks()
        self._made: dict[tuple[Hashable, ...], object] = {}

    def once(self, make: Callable[..., T], *asked: Any) -> T:  # noqa: ANN401 - whatever `make` takes
        """What a function makes of this state of the holdings, made when it is first asked for.

        Args:
            make: takes this lookup and what was asked, and changes neither; its result is changed by nobody.
            asked: hashable.
        """
        key = (make, *asked)
        if key not in self._made:
            self._made[key] = make(self, *asked)
        return cast("T", self._made[key])

    @cached_property
    def stories(self) -> dict[ArticleKey, tuple[Story, ...]]:
        """The stories of each article, sorted by id."""
        found: dict[ArticleKey, list[Story]] = defaultdict(list)
        for story in self.holdings.links.stories:
            for key in story.articles:
                found[key].append(story)
        return {key: tuple(sorted(stories, key=lambda story: story.id)) for key, stories in found.items()}

    @cached_property
    def titles(self) -> dict[str, str]:
        """Titles of the stories by id."""
        return {story.id: story.title for story in self.holdings.links.stories}

    @cached_property
    def denied_figures(self) -> tuple[StoredClaim, ...]:
        """Claims that deny something and hold a figure."""
        return tuple(stored for stored in self.holdings.claims if stored.claim.stance == "denies" and stored.claim.figures)

    @cached_property
    def number_disputes(self) -> dict[str, tuple[StatementMember, ...]]:
        """For each claim that supports a statement, the members of that statement that deny its number."""
        found: dict[str, tuple[StatementMember, ...]] = defaultdict(tuple)
        for statement in self.holdings.links.statements:
            about = [m for m in statement.members if m.position == "denies" and (m.aspect == "figure" or m.concerns_figure)]
            for member in statement.members if about else ():
                if member.position == "supports":
                    found[member.claim] += tuple(about)
        return found

    @cached_property
    def events(self) -> dict[str, Event]:
        """Events by id."""
        return {event.id: event for event in self.holdings.links.events}

    @cached_property
    def origins(self) -> dict[str, Origin]:
        """Origins by id."""
        return {origin.id: origin for origin in self.holdings.links.origins}

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """Actors by id."""
        return {actor.id: actor for actor in self.holdings.links.actors}

    @cached_property
    def actor_by_name(self) -> dict[str, Actor]:
        """Actors by each of their names that no other actor bears."""
        bearers: dict[str, set[str]] = defaultdict(set)
        for actor in self.holdings.links.actors:
            for name in (actor.name, *actor.names, *actor.stands_for):
                bearers[name].add(actor.id)
        return {name: self.actors[next(iter(ids))] for name, ids in bearers.items() if len(ids) == 1}

    @cached_property
    def claims(self) -> dict[str, tuple[StoredClaim, ...]]:
        """Appearances of each claim by its id, earliest published first."""
        found: dict[str, list[StoredClaim]] = defaultdict(list)
        for stored in self.holdings.claims:
            found[stored.claim.id].append(stored)
        for appearances in found.values():
            if len(appearances) > 1:
                appearances.sort(key=self.age)
        return {name: tuple(appearances) for name, appearances in found.items()}

    def article_of(self, stored: StoredClaim) -> Article | None:
        """The article that a claim stands in; None where the ledger lost it."""
        return self.holdings.articles.get(stored.article)

    def published_of(self, stored: StoredClaim) -> Interval | None:
        """When the claim's article was published; None where not even a bound is known."""
        article = self.article_of(stored)
        return article.published if article else None

    def outlet_of(self, stored: StoredClaim) -> str:
        """Who carried a claim: the article's outlet, else the document's publisher, else a name that says that nothing tells."""
        return carrier_name(self.article_of(stored), self.holdings.documents[stored.document])

    def said_by(self, stored: StoredClaim) -> dt.date | None:
        """The day by which a claim had been said: the end of `said`, else of its article's publication; None where nothing bounds it."""
        return said_by(stored, self.published_of(stored))

    def carrier_of(self, stored: StoredClaim) -> str:
        """What tells outlets apart: the outlet's name, else the document's id, for two unnamed pages may bear one file name."""
        article, document = self.article_of(stored), self.holdings.documents[stored.document]
        return (article.outlet if article else None) or document.publisher or document.id

    def stories_of(self, stored: StoredClaim) -> tuple[str, ...]:
        """Ids of the stories of a claim's article; an article that was put into none forms a nameless one of its own."""
        found = self.stories.get(stored.article, ())
        return tuple(story.id for story in found) or ("",)

    def actor_of(self, stored: StoredClaim, name: str) -> Actor | None:
        """The actor that a name in a claim refers to; None where it was not resolved."""
        found = self.holdings.links.actor_of.get((stored.document, stored.claim.article, name))
        return self.actors.get(found) if found else self.actor_by_name.get(name)

    def name_of(self, stored: StoredClaim, name: str) -> str:
        """The canonical name, across documents, of somebody named in a claim."""
        actor = self.actor_of(stored, name)
        return actor.name if actor else name

    def principal_of(self, stored: StoredClaim, name: str) -> str:
        """For whom somebody named in a claim speaks; one whose principal is unknown speaks for itself."""
        actor = self.actor_of(stored, name)
        if actor:
            return actor.principal or actor.name
        told = dict(zip(stored.claim.speakers, stored.claim.principals, strict=False))
        return told.get(name) or name

    def origin_of(self, reference: str, claim: str) -> str:
        """The origin of a claim's figure (`id#k`), else of the claim, else one of its own."""
        known = self.holdings.links.origin_of
        return known.get(reference) or known.get(claim) or group_id("o", [reference])

    def part_of(self, origin: str, reference: str, principal: str | None) -> str:
        """The origin of one principal's part in a joint figure; where narration repeats the figure, by the sentence it repeats.

        Args:
            origin: id of the joint figure's origin.
            reference: the figure, `id#k`.
            principal: the principal.
        """
        known = self.holdings.links.origin_of
        members = self.origins[origin].members if origin in self.origins else ()
        found = (known.get(f"{name}@{principal}") for name in (reference, *members))
        return next((part for part in found if part), None) or group_id("o", [f"{origin} {principal}"])

    def voices(self, stored: StoredClaim, origin: str | None) -> tuple[Voice, ...]:
        """Who puts a claim forward, one voice a principal, in the claim's order.

        A speaker who passes on another principal's assessment is no further principal: the origin's own wins, except in a
        joint statement, whose every principal speaks.

        Args:
            stored: the claim.
            origin: id of the origin it descends from; None where that was not asked.

        Returns:
            At least one voice; narration that repeats nothing, and agentless claims, have the principal None.
        """
        if stored.claim.form == "narration":
            return self._behind(origin)
        known = self.origins.get(origin or "")
        behind = known.principal if known else None
        speakers = tuple(dict.fromkeys(self.name_of(stored, name) for name in stored.claim.speakers))
        if not speakers:
            return (Voice(principal=behind, speakers=()),)
        spoken: dict[str, list[str]] = defaultdict(list)
        for name in stored.claim.speakers:
            spoken[self.principal_of(stored, name)].append(self.name_of(stored, name))
        if behind and len(spoken) == 1:
            return (Voice(principal=behind, speakers=speakers),)
        return tuple(Voice(principal=principal, speakers=tuple(dict.fromkeys(names))) for principal, names in spoken.items())

    def _behind(self, origin: str | None) -> tuple[Voice, ...]:
        """Whose word an article's own voice repeats: its origin's principal, or each principal of a joint statement there."""
        known = self.origins.get(origin or "")
        if known is None or known.principal:
            return (Voice(principal=known.principal if known else None, speakers=()),)
        for claim in sorted(name.partition("#")[0] for name in known.members):
            for stored in self.claims.get(claim, ())[:1]:
                if stored.claim.form != "narration" and stored.claim.speakers:
                    return tuple(Voice(principal=voice.principal, speakers=()) for voice in self.voices(stored, None))
        return (Voice(principal=None, speakers=()),)

    def utterance_of(self, claim: str) -> str:
        """Id of the act of speech that a claim retells; its own where it retells none that is known."""
        return self.holdings.links.utterance_of.get(claim, claim)

    def words_of(self, stored: StoredClaim) -> str:
        """A claim's content as printed, its pieces joined."""
        return " ".join(span.text for span in stored.claim.content)

    def age(self, stored: StoredClaim) -> tuple[str, str, int, str]:
        """A sort key: earliest published first, undated last, then by document and place so that any order of rows gives one."""
        published = self.published_of(stored)
        return (published.last or "~") if published else "~", stored.document, stored.claim.start, stored.claim.id


def said_by(stored: StoredClaim, published: Interval | None) -> dt.date | None:
    """The day by which a claim had been said: the end of `said`, else of its article's publication; None where nothing bounds it."""
    said = stored.claim.said
    if said is not None and said.last_day is not None:
        return said.last_day
    return published.last_day if published else None
