"""Links as rows of one table, a kind and an id each, so that only those that differ are written."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from reportedly.ledger import schema
from reportedly.ledger.choosing import chosen, everything
from reportedly.ledger.codec import decode, json_text
from reportedly.ledger.revisions import EVERYTHING, Turn
from reportedly.ledger.uniting import drop_sides
from reportedly.model import Actor, ArticleDate, CopyLink, Event, Links, Origin, Statement, Story, row_of

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
    rows |= {("dates", json_text(date.article)): json_text(row_of(date)) for date in links.dates}
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
        dates=tuple(sorted(records("dates", ArticleDate), key=lambda date: date.article)),
        actor_of=mapping("actor_of", of_key=lambda key: tuple(json.loads(key))),
        superseded=mapping("superseded", of_value=tuple),
    )


def load_links(connection: Connection) -> Links:
    """The stored links."""
    return read_links(connection.execute(select(schema.links.c.kind, schema.links.c.id, schema.links.c.payload)))


def store_links(turn: Turn, links: Links) -> None:
    """Make the stored rows those of `links`, in no parts, so that the next linking makes all anew; the revision rises where any differ."""
    replace_rows(turn, {"": links}, None)
    drop_sides(turn.connection)
    for table in (schema.members, schema.unlinked, schema.parts):
        turn.connection.execute(delete(table))
    turn.connection.execute(insert(schema.unlinked), {"document": EVERYTHING})
    turn.linked = True


def replace_rows(turn: Turn, parts: Mapping[str, Links], gone: Collection[str] | None) -> tuple[list[Actor], list[Actor]]:
    """Make the rows of some parts those of others; the revision rises where any differ.

    Args:
        turn: the transaction.
        parts: part -> its links.
        gone: parts whose rows go; None for all.

    Returns:
        The actors of parts that went and those that came; without those that stayed as they are.
    """
    columns, connection = schema.links.c, turn.connection
    new: dict[tuple[str, str], tuple[str, str]] = {}
    for part, links in parts.items():
        new |= {pair: (payload, part) for pair, payload in links_rows(links).items()}
    query = select(columns.kind, columns.id, columns.payload, columns.part)
    old: dict[tuple[str, str], tuple[str, str]] = {}
    for row in everything(connection, query) if gone is None else chosen(connection, query, columns.part, sorted(gone)):
        old[row.kind, row.id] = row.payload, row.part
    left = [pair for pair in old if old[pair] != new.get(pair)]
    come = [pair for pair in new if new[pair] != old.get(pair)]
    if left:
        going = [{"of": kind, "key": key} for kind, key in left]
        connection.execute(delete(schema.links).where(columns.kind == bindparam("of"), columns.id == bindparam("key")), going)
    if come:
        rows = [{"kind": kind, "id": key, "payload": new[kind, key][0], "part": new[kind, key][1]} for kind, key in come]
        connection.execute(insert(schema.links), rows)
    turn.links = turn.links or bool(left or come)
    return _actors(old[pair][0] for pair in left if pair[0] == "actors"), _actors(new[pair][0] for pair in come if pair[0] == "actors")


def _actors(payloads: Iterable[str]) -> list[Actor]:
    return [decode(Actor, json.loads(payload)) for payload in payloads]
