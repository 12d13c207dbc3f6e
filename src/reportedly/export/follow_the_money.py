"""A ledger as FollowTheMoney statements, one JSON object a line: who spoke, in which article, saying what.

Source: FollowTheMoney's statement model (https://followthemoney.tech/docs/statements/). An actor is a Person, PublicBody, Organization or
LegalEntity; an article is an Article; what an actor says in one is a Documentation that joins both; an event is an Event. Claims without a
named speaker join no two entities and are left out.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reportedly.export.matter import ExportMatter, words_of
from reportedly.model import Actor, ArticleKey, Event, Interval, StoredClaim

DATASET = "reportedly"

_SCHEMAS = {"person": "Person", "organisation": "Organization", "state": "PublicBody", "body": "PublicBody", "outlet": "Organization"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entity:
    """An entity of which statements are made.

    Attributes:
        id: its id.
        schema: its FollowTheMoney schema.
        seen: when it was first seen, ISO; None where unknown.
    """

    id: str
    schema: str
    seen: str | None = None


def statements_text(matter: ExportMatter) -> str:
    """The statements as JSON Lines, sorted by entity and property."""
    rows = sorted(set(_statements(matter)))
    return "".join(line + "\n" for _, _, line in rows)


def _statements(matter: ExportMatter) -> Iterator[tuple[str, str, str]]:
    spoken = [(stored, actor) for stored in matter.claims_by_id().values() for actor in matter.speakers_of(stored)]
    for actor in {actor.id: actor for _, actor in spoken}.values():
        yield from _actor(actor)
    for key in sorted({stored.article for stored, _ in spoken}):
        yield from _article(matter, key)
    for stored, actor in spoken:
        yield from _documentation(stored, actor)
    for event in matter.holdings.links.events:
        yield from _event(event)


def _actor(actor: Actor) -> Iterator[tuple[str, str, str]]:
    entity = _Entity(id=_id(actor.id), schema=_SCHEMAS.get(actor.kind, "LegalEntity"))
    yield from _values(entity, "name", [actor.name])
    yield from _values(entity, "alias", [name for name in actor.names if name != actor.name])
    yield from _values(entity, "weakAlias", actor.stands_for)
    yield from _values(entity, "summary", [role.name for role in actor.roles])


def _article(matter: ExportMatter, key: ArticleKey) -> Iterator[tuple[str, str, str]]:
    article, document = matter.holdings.articles[key], matter.holdings.documents[key[0]]
    entity = _Entity(id=_article_id(key), schema="Article", seen=document.fetched)
    yield from _values(entity, "title", [article.title])
    yield from _values(entity, "fileName", [document.name.rpartition("/")[2]])
    yield from _values(entity, "publisher", [article.outlet or document.publisher])
    yield from _values(entity, "sourceUrl", [document.url])
    yield from _values(entity, "author", [article.byline])
    yield from _values(entity, "publishedAt", [_day(article.published)])


def _documentation(stored: StoredClaim, actor: Actor) -> Iterator[tuple[str, str, str]]:
    claim = stored.claim
    entity = _Entity(id=f"{_id(claim.id)}-{_id(actor.id)}", schema="Documentation")
    yield from _values(entity, "entity", [_id(actor.id)])
    yield from _values(entity, "document", [_article_id(stored.article)])
    yield from _values(entity, "role", [claim.stance])
    yield from _values(entity, "date", [_day(claim.said)])
    told = f"{claim.translation.text} (translated by {claim.translation.by})" if claim.translation else None
    yield from _values(entity, "summary", [words_of(claim.content), told])
    yield from _values(entity, "recordId", [claim.id])


def _event(event: Event) -> Iterator[tuple[str, str, str]]:
    entity = _Entity(id=_id(event.id), schema="Event")
    yield from _values(entity, "name", [event.label])
    yield from _values(entity, "location", [event.place])
    first, last = (event.happened.first_day, event.happened.last_day) if event.happened else (None, None)
    yield from _values(entity, "startDate", [first.isoformat() if first else None])
    yield from _values(entity, "endDate", [last.isoformat() if last else None])
    yield from _values(entity, "recordId", [event.id])


def _values(entity: _Entity, name: str, values: Iterable[str | None]) -> Iterator[tuple[str, str, str]]:
    for value in values:
        words = " ".join((value or "").split())
        if words:
            key = f"{DATASET}.{entity.id}.{name}.{words}"
            row = {
                "id": hashlib.sha1(key.encode("utf-8", "replace"), usedforsecurity=False).hexdigest(),
                "entity_id": entity.id,
                "canonical_id": entity.id,
                "schema": entity.schema,
                "prop": name,
                "value": words,
                "dataset": DATASET,
                "external": False,
                "first_seen": entity.seen,
            }
            yield entity.id, name, json.dumps(row, sort_keys=True)


def _day(interval: Interval | None) -> str | None:
    """The last day that an interval names: nothing was said or published after it."""
    last = interval.last_day if interval else None
    return last.isoformat() if last else None


def _article_id(key: ArticleKey) -> str:
    return f"{_id(key[0])}-{key[1]}"


def _id(identity: str) -> str:
    """An id without the colon that FollowTheMoney's ids do not take."""
    return identity.replace(":", "-")
