"""Links as rows of one table, a kind and an id each, so that only those that differ are written."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from reportedly.ledger import schema
from reportedly.ledger.codec import decode, json_text
from reportedly.ledger.revisions import Turn
from reportedly.model import Actor, CopyLink, Event, Links, Origin, Statement, Story, row_of

_RECORDS = ("actors", "stories", "events", "origins", "statements")
_MAPPINGS = ("event_of", "origin_of", "utterance_of")

Rows = dict[tuple[str, str], str]
"""Kind and id -> payload."""


def links_rows(links: Links) -> Rows:
    """The rows of links."""
    rows: Rows = {}
    for kind in _RECORDS:
        rows |= {(kind, record.id): json_text(row_of(record)) for record in getattr(links, kind)}
    for kind in _MAPPINGS:
        rows |= {(kind, key): json_text(value) for key, value in getattr(links, kind).items()}
    rows |= {("copies", json_text([c.first, c.second, c.kind])): json_text(row_of(c)) for c in links.copies}
    rows |= {("actor_of", json_text(key)): json_text(value) for key, value in links.actor_of.items()}
    rows |= {("superseded", key): json_text(value) for key, value in links.superseded.items()}
    return rows


def read_links(rows: Iterable[tuple[str, str, str]]) -> Links:
    """The links of rows (kind, id, payload), records sorted by id."""
    found: dict[str, list[tuple[str, Any]]] = {}
    for kind, key, payload in rows:
        found.setdefault(kind, []).append((key, json.loads(payload)))

    def mapping(kind: str, of_key: Callable[[str], Any] = str, of_value: Callable[[Any], Any] = str) -> dict[Any, Any]:
        return {of_key(key): of_value(value) for key, value in sorted(found.get(kind, ()))}

    def records(kind: str, record: type) -> Any:  # noqa: ANN401 - a tuple of that record
        return tuple(decode(record, row) for _, row in sorted(found.get(kind, ()), key=lambda pair: pair[0]))

    return Links(
        actors=records("actors", Actor),
        stories=records("stories", Story),
        events=records("events", Event),
        origins=records("origins", Origin),
        statements=records("statements", Statement),
        event_of=mapping("event_of"),
        origin_of=mapping("origin_of"),
        utterance_of=mapping("utterance_of"),
        copies=records("copies", CopyLink),
        actor_of=mapping("actor_of", of_key=lambda key: tuple(json.loads(key))),
        superseded=mapping("superseded", of_value=tuple),
    )


def load_links(connection: Connection) -> Links:
    """The stored links."""
    return read_links(connection.execute(select(schema.links)))


def store_links(turn: Turn, links: Links) -> None:
    """Make the stored rows those of `links`; the revision rises where any differ."""
    new = links_rows(links)
    old: Rows = {(kind, key): payload for kind, key, payload in turn.connection.execute(select(schema.links))}
    gone = [pair for pair in old if old[pair] != new.get(pair)]
    come = [pair for pair in new if new[pair] != old.get(pair)]
    columns = schema.links.c
    for kind, key in gone:
        turn.connection.execute(delete(schema.links).where(columns.kind == kind, columns.id == key))
    if come:
        rows = [{"kind": kind, "id": key, "payload": new[kind, key]} for kind, key in come]
        turn.connection.execute(insert(schema.links), rows)
    turn.links = bool(gone or come)
    turn.linked = True
