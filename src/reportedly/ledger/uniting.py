"""The actors that cross parts, as rows: by side (a name with its principal) what uniting needs, and which sides are one."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from reportedly.ledger import schema
from reportedly.ledger.choosing import chosen, drop_rows
from reportedly.ledger.codec import decode, json_text
from reportedly.model import Actor, Role, Side, Trait, United, digest

_LENGTH = 16  # hexadecimal digits of a trait's digest, as of any id


class StoredSides:
    """The sides of a ledger; see `model.sides.Sides` for what each method promises.

    Args:
        connection: a connection, inside the transaction that writes the parts.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._left: set[str] = set()  # actors that sides which are gone were united in

    def sides(self, ids: Collection[str]) -> dict[str, Side]:
        """Some sides by their ids."""
        columns = schema.sides.c
        query = select(columns.id, columns.name, columns.principal, columns.payload)
        return {row.id: _side(row) for row in chosen(self._connection, query, columns.id, sorted(ids))}

    def sharing(self, keys: Collection[int], most: int | None = None) -> dict[int, frozenset[str]]:
        """Ids of the sides that leave each of some keys."""
        columns = schema.side_keys.c
        found: dict[int, set[str]] = defaultdict(set)
        if most is None:
            for row in chosen(self._connection, select(columns.key, columns.side), columns.key, sorted(keys)):
                found[row.key].add(row.side)
        else:
            query = select(columns.side).where(columns.key == bindparam("wanted")).limit(bindparam("most"))
            for key in sorted(keys):
                found[key].update(self._connection.execute(query, {"wanted": key, "most": most}).scalars())
        return {key: frozenset(several) for key, several in found.items() if several}

    def fellows(self, ids: Collection[str]) -> dict[str, str]:
        """For all sides that are united with some, the id of the actor that they are."""
        columns = schema.sides.c
        united = {row[0] for row in chosen(self._connection, select(columns.united), columns.id, sorted(ids))}
        rows = chosen(self._connection, select(columns.id, columns.united), columns.united, sorted(united))
        return {row.id: row.united for row in rows}

    def put_sides(self, sides: Mapping[str, Side | None], traits: Mapping[Trait, int]) -> None:
        """Put sides in the place of those of the same ids, and count traits up or down."""
        connection, columns = self._connection, schema.sides.c
        old = {row.id: row for row in chosen(connection, select(columns.id, columns.payload, columns.united), columns.id, sorted(sides))}
        self._left.update(row.united for key, row in old.items() if sides[key] is None)
        rows = {key: _side_row(key, side) for key, side in sides.items() if side is not None}
        drop_rows(connection, schema.sides, columns.id, sorted(old.keys() - rows.keys()))
        if come := [rows[key] | {"united": ""} for key in sorted(rows.keys() - old.keys())]:
            connection.execute(insert(schema.sides), come)
        changed = [
            {"which": key, "new": rows[key]["payload"]}
            for key in sorted(rows.keys() & old.keys())
            if rows[key]["payload"] != old[key].payload
        ]
        if changed:
            connection.execute(update(schema.sides).where(columns.id == bindparam("which")).values(payload=bindparam("new")), changed)
        self._put_keys(sides)
        self._count(traits)

    def _put_keys(self, sides: Mapping[str, Side | None]) -> None:
        connection, table = self._connection, schema.side_keys
        new = {(key, side) for side, found in sides.items() if found is not None for key in found.keys}
        old = {(row.key, row.side) for row in chosen(connection, select(table), table.c.side, sorted(sides))}
        if gone := sorted(old - new):
            matches = (table.c.key == bindparam("old"), table.c.side == bindparam("of"))
            connection.execute(delete(table).where(*matches), [{"old": key, "of": side} for key, side in gone])
        if come := sorted(new - old):
            connection.execute(insert(table), [{"key": key, "side": side} for key, side in come])

    def _count(self, traits: Mapping[Trait, int]) -> None:
        connection, table = self._connection, schema.traits
        changes = {(side, kind, _short(value)): (value, change) for (side, kind, value), change in traits.items() if change}
        sides = sorted({side for side, _, _ in changes})
        old = {(row.side, row.kind, row.digest): row.many for row in chosen(connection, select(table), table.c.side, sides)}
        counts = {key: old.get(key, 0) + change for key, (_, change) in changes.items()}
        matches = [table.c[name] == bindparam(f"old_{name}") for name in ("side", "kind", "digest")]
        places = {key: {"old_side": key[0], "old_kind": key[1], "old_digest": key[2]} for key in sorted(changes)}
        if gone := [places[key] for key in places if key in old and counts[key] <= 0]:
            connection.execute(delete(table).where(*matches), gone)
        if kept := [places[key] | {"new": counts[key]} for key in places if key in old and counts[key] > 0]:
            connection.execute(update(table).where(*matches).values(many=bindparam("new")), kept)
        come = [key for key in places if key not in old and counts[key] > 0]
        if come:
            names = ("side", "kind", "digest")
            rows = [{**dict(zip(names, key, strict=True)), "value": changes[key][0], "many": counts[key]} for key in come]
            connection.execute(insert(table), rows)

    def put_united(self, actors: Sequence[United]) -> None:
        """Put actors in the place of those that their sides were united in."""
        connection, columns = self._connection, schema.sides.c
        of_side = {side: actor.id for actor in actors for side in actor.sides}
        before = {row.id: row.united for row in chosen(connection, select(columns.id, columns.united), columns.id, sorted(of_side))}
        moved = [{"which": side, "new": of_side[side]} for side in sorted(of_side) if before.get(side) != of_side[side]]
        if moved:
            connection.execute(update(schema.sides).where(columns.id == bindparam("which")).values(united=bindparam("new")), moved)
        rows = {actor.id: _united_row(actor) for actor in actors}
        table = schema.united
        old = {
            row.id: row for row in chosen(connection, select(table), table.c.id, sorted(rows.keys() | set(before.values()) | self._left))
        }
        left = [key for key in sorted(old) if key not in rows or dict(old[key]._mapping) != rows[key]]  # noqa: SLF001 - public by its documentation
        drop_rows(connection, table, table.c.id, left)
        if come := [rows[key] for key in sorted(rows) if key not in old or key in left]:
            connection.execute(insert(table), come)


def drop_sides(connection: Connection) -> None:
    """Take out all sides, before they are made anew."""
    for table in (schema.side_keys, schema.traits, schema.sides, schema.united):
        connection.execute(delete(table))


def read_united(connection: Connection, actors: Collection[str]) -> dict[str, Actor]:
    """The actors across parts that actors of parts are; see `store.LedgerStore.united`."""
    links = schema.links.c
    payloads = chosen(connection, select(links.id, links.payload).where(links.kind == "actors"), links.id, sorted(actors))
    parts = {row.id: decode(Actor, json.loads(row.payload)) for row in payloads}
    of_actor = {key: side_id(actor.name, actor.principal or "") for key, actor in parts.items()}
    columns = schema.sides.c
    united = {
        row.id: row.united for row in chosen(connection, select(columns.id, columns.united), columns.id, sorted({*of_actor.values()}))
    }
    is_united = {key: united.get(side, "") for key, side in of_actor.items()}
    claims: dict[str, set[str]] = defaultdict(set)
    for key, actor in parts.items():
        claims[is_united[key]].update(actor.claims)
    made = read_actors(connection, {key: claims[key] for key in united.values()})
    return {key: made.get(is_united[key], parts[key]) for key in sorted(parts)}


def read_actors(connection: Connection, claims: Mapping[str, Iterable[str]]) -> dict[str, Actor]:
    """Actors across parts by their ids.

    Args:
        connection: a connection, inside a transaction.
        claims: actor -> the claims that its record is to name.
    """
    columns, table = schema.sides.c, schema.united
    heads = {row.id: row for row in chosen(connection, select(table), table.c.id, sorted(claims))}
    query = select(columns.id, columns.united, columns.name, columns.principal, columns.payload)
    sides: dict[str, list[tuple[str, Side]]] = defaultdict(list)
    for row in chosen(connection, query, columns.united, sorted(heads)):
        sides[row.united].append((row.id, _side(row)))
    traits = _read_traits(connection, [key for several in sides.values() for key, _ in several])
    return {key: _actor(heads[key], sides[key], traits, claims[key]) for key in heads}


def side_id(name: str, principal: str) -> str:
    """The id of a side: `w:` and 16 hexadecimal digits."""
    return f"w:{_short(name, principal)}"


def _read_traits(connection: Connection, sides: Iterable[str]) -> dict[str, dict[str, list[str]]]:
    columns = schema.traits.c
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in chosen(connection, select(columns.side, columns.kind, columns.value), columns.side, sorted(sides)):
        found[row.side][row.kind].append(row.value)
    return found


def _actor(head: Any, sides: Sequence[tuple[str, Side]], traits: Mapping[str, Mapping[str, list[str]]], claims: Iterable[str]) -> Actor:  # noqa: ANN401 - a row of `united`
    told: dict[str, set[str]] = defaultdict(set)
    for key, _ in sides:
        for kind, values in traits.get(key, {}).items():
            told[kind].update(values)
    reasons = tuple(json.loads(head.reasons))
    return Actor(
        id=head.id,
        name=head.name,
        kind=head.kind,
        principal=head.principal,
        names=tuple(sorted({name for _, side in sides for name in side.names})),
        roles=_roles(told["role"]),
        stands_for=tuple(sorted(told["stands_for"])),
        claims=tuple(sorted(claims)),
        evidence=(*reasons, *sorted(told["evidence"] - set(reasons))),
    )


def _roles(values: Iterable[str]) -> tuple[Role, ...]:
    """Each office once, from the first to the last day on which any part gives it."""
    found: dict[str, list[tuple[str | None, str | None]]] = defaultdict(list)
    for value in values:
        name, first, last = json.loads(value)
        found[name].append((first, last))
    return tuple(
        Role(
            name=name,
            first=min((first for first, _ in found[name] if first), default=None),
            last=max((last for _, last in found[name] if last), default=None),
        )
        for name in sorted(found)
    )


def _side(row: Any) -> Side:  # noqa: ANN401 - a row of `sides`
    actors, kinds, names, offices = json.loads(row.payload)
    return Side(name=row.name, principal=row.principal, actors=actors, kinds=kinds, names=names, offices=offices)


def _side_row(key: str, side: Side) -> dict[str, Any]:
    counts = (dict(sorted(several.items())) for several in (side.kinds, side.names, side.offices))
    return {"id": key, "name": side.name, "principal": side.principal, "payload": json_text([side.actors, *counts])}


def _united_row(actor: United) -> dict[str, Any]:
    return {"id": actor.id, "name": actor.name, "kind": actor.kind, "principal": actor.principal, "reasons": json_text(actor.reasons)}


def _short(*words: str) -> str:
    return digest("\x1f".join(words).encode("utf-8", "surrogatepass"))[:_LENGTH]
