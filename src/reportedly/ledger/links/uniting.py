"""Reads the actors that cross parts from rows: by side (a name with its principal) what is told of it, and which sides are one."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from reportedly.ledger import schema
from reportedly.ledger.codec import decode, read_json
from reportedly.ledger.databases.choosing import among, chosen
from reportedly.model import Actor, Role, Side, digest

_LENGTH = 16  # hexadecimal digits of a trait's digest, as of any id


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
        sides[row.united].append((row.id, read_side(row.name, row.principal, row.payload)))
    traits = _read_traits(connection, [key for several in sides.values() for key, _ in several])
    return {key: _actor(heads[key], sides[key], traits, claims[key]) for key in heads}


def side_of(payload: str) -> str:
    """The id of the side of an actor of a part, by the payload of its row."""
    row = read_json(payload)
    return side_id(row["name"], row["principal"] or "")


def read_named(connection: Connection, sides: Collection[str], names: Collection[str]) -> dict[str, Actor]:
    """The actors across parts that bear some names, or stand for them, by their ids; without their claims.

    Args:
        connection: a connection, inside a transaction.
        sides: ids of sides; only their actors are looked at.
        names: the names.
    """
    wanted, traits = frozenset(names), schema.traits.c
    one, other, heads = schema.sides.alias("one"), schema.sides.alias("other"), schema.united.c
    query = (
        select(other.c.id, other.c.united, other.c.payload, heads.name)
        .join_from(one, other, other.c.united == one.c.united)
        .join(schema.united, heads.id == one.c.united)
        .where(among(connection, one.c.id, sides))
    )
    of_side: dict[str, str] = {}
    found: set[str] = set()
    for side, actor, payload, name in connection.execute(query):
        of_side[side] = actor
        if name in wanted or not wanted.isdisjoint(read_json(payload)[2]):
            found.add(actor)
    stands = select(traits.side, traits.value).where(traits.kind == "stands_for", among(connection, traits.side, of_side))
    found |= {of_side[side] for side, value in connection.execute(stands) if value in wanted}
    return read_actors(connection, dict.fromkeys(sorted(found), ()))


def side_id(name: str, principal: str) -> str:
    """The id of a side: `w:` and 16 hexadecimal digits."""
    return f"w:{short_digest(name, principal)}"


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


def read_side(name: str, principal: str, payload: str) -> Side:
    """A side as its row has it; its keys are left out."""
    actors, kinds, names, offices = json.loads(payload)
    return Side(name=name, principal=principal, actors=actors, kinds=kinds, names=names, offices=offices)


def short_digest(*words: str) -> str:
    """A digest of some words, as short as an id's."""
    return digest("\x1f".join(words).encode("utf-8", "surrogatepass"))[:_LENGTH]
