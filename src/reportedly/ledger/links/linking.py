"""Links as rows of one table, a kind and an id each, so that only those that differ are written."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from reportedly.ledger import schema
from reportedly.ledger.codec import decode, json_text, read_json
from reportedly.ledger.links.changes import Change, Row, anew, compare, write
from reportedly.ledger.links.written import links_beside
from reportedly.ledger.revisions import EVERYTHING, Turn, parts_written
from reportedly.model import Actor, ArticleDate, CopyLink, Event, Links, Origin, Part, Statement, Story, row_of

_RECORDS = ("actors", "stories", "events", "origins", "statements")
_MAPPINGS = ("event_of", "origin_of", "utterance_of")


def links_rows(links: Links) -> Iterator[tuple[str, str, str]]:
    """The rows of links: kind, id and payload of each, no two of one kind and id."""
    for kind in _RECORDS:
        yield from ((kind, record.id, json_text(row_of(record))) for record in getattr(links, kind))
    for kind in _MAPPINGS:
        yield from ((kind, key, json_text(value)) for key, value in getattr(links, kind).items())
    yield from (("copies", json_text([c.first, c.second, c.kind]), json_text(row_of(c))) for c in links.copies)
    yield from (("actor_of", json_text(key), json_text(value)) for key, value in links.actor_of.items())
    yield from (("dates", json_text(date.article), json_text(row_of(date))) for date in links.dates)
    yield from (("superseded", key, json_text(value)) for key, value in links.superseded.items())


def read_links(rows: Iterable[tuple[str, str, str]]) -> Links:
    """The links of rows (kind, id, payload), records sorted by id."""
    found: dict[str, list[tuple[str, Any]]] = {}
    for kind, key, payload in rows:
        plain = payload[:1] == '"' and "\\" not in payload  # most are ids, which say what they say
        found.setdefault(kind, []).append((key, payload[1:-1] if plain else read_json(payload)))

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
    change, _, _ = compare_links(turn.connection, {"": links}, None)
    write(turn.connection, change)
    turn.links = turn.links or bool(change.left or change.come)
    for table in (schema.side_keys, schema.traits, schema.sides, schema.united, schema.members, schema.parts):
        write(turn.connection, anew(table))
    recorded = turn.revision if turn.links else turn.revision - 1
    write(turn.connection, anew(schema.unlinked, [{"document": EVERYTHING, "recorded": recorded}]))
    parts_written(turn.connection)
    turn.linked = True


def compare_links(
    connection: Connection, parts: Mapping[str, Links], gone: Collection[str] | None
) -> tuple[Change, list[Actor], list[Actor]]:
    """What makes the rows of some parts those of others.

    Args:
        connection: a connection, inside a transaction.
        parts: part -> its links.
        gone: parts whose rows go; None for all.

    Returns:
        The change; the actors of parts that go and those that come, without those that stay as they are.
    """
    rows = (
        {"kind": kind, "id": key, "payload": payload, "part": part}
        for part, links in parts.items()
        for kind, key, payload in links_rows(links)
    )
    change, went = compare(connection, schema.links, rows, None if gone is None else sorted(gone))
    return change, _actors(went), _actors(change.come)


def change_links(old: Part, new: Sequence[Part]) -> tuple[Change, list[Actor], list[Actor]]:
    """As `compare_links`, where it is known what is stored: what puts some parts in the place of one, which is among them.

    Args:
        old: the part as it is stored.
        new: the parts that come in its place.
    """
    same = next(part for part in new if part.id == old.id)
    went = links_beside(old.links, same.links)
    came = [links_beside(same.links, old.links) if part is same else part.links for part in new]
    come = [
        {"kind": kind, "id": key, "payload": payload, "part": part.id}
        for part, links in zip(new, came, strict=True)
        for kind, key, payload in links_rows(links)
    ]
    left = [(kind, key) for kind, key, _ in links_rows(went)]
    change = Change(table=schema.links, by=("kind", "id"), left=left, come=come)
    return change, [*went.actors], [actor for links in came for actor in links.actors]


def _actors(rows: Iterable[Row]) -> list[Actor]:
    return [decode(Actor, json.loads(row["payload"])) for row in rows if row["kind"] == "actors"]
