"""Shelves: the rows of a ledger sorted by story once, so that a question about one story costs what the story holds, not the ledger."""

import copy
import secrets
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from reportedly.model import Actor, ArticleKey, CopyLink, Holdings, Links, Origin, StoredClaim

K = TypeVar("K")
T = TypeVar("T")


class Shelves:
    """The rows of a ledger by story.

    Args:
        holdings: everything that a ledger, or a part of it, holds at one revision.

    Attributes:
        holdings: those rows.
        state: tells these rows from others.
        outside: the articles in no story that say anything, in order.
    """

    def __init__(self, holdings: Holdings) -> None:
        self.holdings = holdings
        self.state: Hashable = secrets.token_hex(8)
        self._stories: dict[str, Holdings] = {}
        self._loose: dict[ArticleKey, Holdings] = {}
        self._claims: dict[ArticleKey, list[StoredClaim]] = defaultdict(list)
        for stored in holdings.claims:
            self._claims[stored.article].append(stored)
        links = holdings.links
        self._copies: dict[ArticleKey, list[CopyLink]] = defaultdict(list)
        for link in links.copies:
            for key in {link.first, link.second}:
                self._copies[key].append(link)
        self._origins: dict[str, list[Origin]] = defaultdict(list)
        for origin in links.origins:
            for claim in {_claim(name) for name in origin.members}:
                self._origins[claim].append(origin)
        self._names: dict[ArticleKey, list[str]] = defaultdict(list)
        for document, number, name in links.actor_of:
            self._names[document, number].append(name)
        self._references: dict[str, list[str]] = defaultdict(list)
        for name in {*links.event_of, *links.origin_of}:
            self._references[_claim(name)].append(name)
        self._actors = {actor.id: actor for actor in links.actors}
        self._events = _by_story(links.events)
        self._statements = _by_story(links.statements)
        told = {key for story in links.stories for key in story.articles}
        self.outside = tuple(sorted(self._claims.keys() - told))

    def holds(self, identity: str) -> bool:
        """Whether a story, by its id, is among the rows."""
        return any(story.id == identity for story in self.holdings.links.stories)

    def at(self, revision: int) -> "Shelves":
        """The same rows, as they still are at a later revision."""
        if revision == self.holdings.revision:
            return self
        later = copy.copy(self)
        later.holdings = replace(self.holdings, revision=revision)
        return later

    def story(self, identity: str) -> Holdings:
        """The rows of one story: its articles with their documents, claims and links; actors with what they say in it.

        Args:
            identity: the story's id.
        """
        found = self._stories.get(identity)
        if found is None:
            self._stories[identity] = found = self._gather(identity)
        return found if found.revision == self.holdings.revision else replace(found, revision=self.holdings.revision)

    def loose(self, key: ArticleKey) -> Holdings:
        """The rows of one article in no story.

        Args:
            key: one of `outside`.
        """
        found = self._loose.get(key)
        if found is None:
            self._loose[key] = found = self._gather_loose(key)
        return found if found.revision == self.holdings.revision else replace(found, revision=self.holdings.revision)

    def _gather_loose(self, key: ArticleKey) -> Holdings:
        rows = self._rows((key,))
        ids = {stored.claim.id for stored in rows.claims}
        events = tuple(event for event in self._events.get("", ()) if not ids.isdisjoint(event.claims))
        told = (s for s in self._statements.get("", ()) if any(member.claim in ids for member in s.members))
        return replace(rows, links=replace(rows.links, events=events, statements=tuple(told)))

    def _gather(self, identity: str) -> Holdings:
        story = next(found for found in self.holdings.links.stories if found.id == identity)
        rows = self._rows(story.articles)
        events, statements = tuple(self._events.get(identity, ())), tuple(self._statements.get(identity, ()))
        return replace(rows, links=replace(rows.links, stories=(story,), events=events, statements=statements))

    def _rows(self, keys: Sequence[ArticleKey]) -> Holdings:
        """The rows of some articles, without what belongs to a story as a whole."""
        held = self.holdings
        claims = sorted((stored for key in keys for stored in self._claims.get(key, ())), key=_order)
        ids = {stored.claim.id for stored in claims}
        documents = {document for document, _ in keys}
        return replace(
            held,
            documents={document: held.documents[document] for document in sorted(documents)},
            articles={key: held.articles[key] for key in keys},
            claims=tuple(claims),
            links=replace(
                self._mappings(keys, ids),
                copies=tuple(sorted(_each(self._copies, keys), key=lambda link: (link.first, link.second))),
                origins=tuple(sorted(_each(self._origins, ids), key=lambda origin: origin.id)),
            ),
        )

    def _mappings(self, keys: Iterable[ArticleKey], ids: set[str]) -> Links:
        links = self.holdings.links
        references = [name for claim in sorted(ids) for name in self._references.get(claim, ())]
        actor_of = {(*key, name): links.actor_of[*key, name] for key in keys for name in self._names.get(key, ())}
        present = set(keys)
        return Links(
            actors=tuple(_within(self._actors[identity], ids) for identity in sorted(set(actor_of.values()))),
            actor_of=actor_of,
            event_of={name: links.event_of[name] for name in references if name in links.event_of},
            origin_of={name: links.origin_of[name] for name in references if name in links.origin_of},
            utterance_of={claim: links.utterance_of[claim] for claim in sorted(ids) if claim in links.utterance_of},
            superseded={claim: links.superseded[claim] for claim in sorted(ids) if claim in links.superseded},
            dates=tuple(date for date in links.dates if date.article in present),
        )


def with_united(links: Links, actors: Mapping[str, Actor]) -> Links:
    """The links of a part with actors that cross parts in the place of its own.

    Args:
        links: those of a part.
        actors: the actors across parts, by the ids of those of the part.
    """
    found = {actor.id: actors.get(actor.id, actor) for actor in links.actors}
    across = {actor.id: actor for actor in found.values()}
    return replace(
        links,
        actors=tuple(across[identity] for identity in sorted(across)),
        actor_of={where: found[identity].id for where, identity in links.actor_of.items() if identity in found},
    )


def _each(shelf: Mapping[K, Iterable[T]], keys: Iterable[K]) -> list[T]:
    """What lies under some keys, each thing once."""
    return list({id(found): found for key in keys for found in shelf.get(key, ())}.values())


def _by_story(rows: Iterable[T]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for row in rows:
        found[row.story].append(row)  # type: ignore[attr-defined]
    return found


def _within(actor: Actor, claims: set[str]) -> Actor:
    return replace(actor, claims=tuple(claim for claim in actor.claims if claim in claims))


def _claim(reference: str) -> str:
    return reference.partition("#")[0]


def _order(stored: StoredClaim) -> tuple[str, int, int, str]:
    return stored.document, stored.claim.start, stored.claim.end, stored.claim.id
