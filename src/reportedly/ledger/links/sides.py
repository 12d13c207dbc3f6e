"""A draft of the sides of a ledger: read from its rows, changed in memory, written as changes of tables when it is the writer's turn."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, select

from reportedly.ledger import schema
from reportedly.ledger.codec import json_text
from reportedly.ledger.databases.choosing import chosen
from reportedly.ledger.links.changes import Change, anew
from reportedly.ledger.links.uniting import read_side, short_digest
from reportedly.model import Side, Trait, United

_TABLES = (schema.side_keys, schema.traits, schema.sides, schema.united)


class DraftSides:
    """The sides of a ledger with changes that are not written yet; see `model.ports.Sides` for what each method promises.

    Args:
        connection: a connection, inside a transaction that need not be a writing one.
        empty: whether to begin without any side, whatever the ledger has.
    """

    def __init__(self, connection: Connection, *, empty: bool = False) -> None:
        self._connection = connection
        self._empty = empty
        self._read: dict[str, dict[str, Any] | None] = {}
        self._put: dict[str, Side | None] = {}
        self._put_keys: dict[int, set[str]] = defaultdict(set)
        self._traits: Counter[Trait] = Counter()
        self._actors: dict[str, United] = {}

    def sides(self, ids: Collection[str]) -> dict[str, Side]:
        """Some sides by their ids."""
        found: dict[str, Side] = {}
        rows = self._rows(ids)
        for key in ids:
            if key in self._put:
                side = self._put[key]
                if side is not None:
                    found[key] = replace(side, keys=frozenset())
            elif (row := rows.get(key)) is not None:
                found[key] = read_side(row["name"], row["principal"], row["payload"])
        return found

    def sharing(self, keys: Collection[int], most: int | None = None) -> dict[int, frozenset[str]]:
        """Ids of the sides that leave each of some keys."""
        found = {key: {side for side in sides if side not in self._put} for key, sides in self._sharing_of_old(keys, most).items()}
        for key in keys:
            found.setdefault(key, set()).update(self._put_keys.get(key, ()))
        return {key: frozenset(sides if most is None else sorted(sides)[:most]) for key, sides in found.items() if sides}

    def _sharing_of_old(self, keys: Collection[int], most: int | None) -> dict[int, set[str]]:
        columns = schema.side_keys.c
        found: dict[int, set[str]] = defaultdict(set)
        if self._empty:
            return found
        if most is None:
            for row in chosen(self._connection, select(columns.key, columns.side), columns.key, sorted(keys)):
                found[row.key].add(row.side)
            return found
        query = select(columns.side).where(columns.key == bindparam("wanted")).limit(bindparam("most"))
        for key in sorted(keys):  # any of those that changed may be among the first
            found[key].update(self._connection.execute(query, {"wanted": key, "most": most + len(self._put)}).scalars())
        return found

    def fellows(self, ids: Collection[str]) -> dict[str, str]:
        """For all sides that are united with some, the id of the actor that they are."""
        united = {row["united"] for row in self._rows(ids).values() if row and row["united"]}
        columns = schema.sides.c
        rows = () if self._empty else chosen(self._connection, select(columns.id, columns.united), columns.united, sorted(united))
        return {row.id: row.united for row in rows if self._put.get(row.id, row) is not None}

    def put_sides(self, sides: Mapping[str, Side | None], traits: Mapping[Trait, int]) -> None:
        """Put sides in the place of those of the same ids, and count traits up or down."""
        for key, side in sides.items():
            before = self._put.get(key)
            for number in before.keys if before else ():
                self._put_keys[number].discard(key)
            self._put[key] = side
            for number in side.keys if side else ():
                self._put_keys[number].add(key)
        for trait, change in traits.items():  # a Counter keeps what it has when it is given less than nothing
            self._traits[trait] += change

    def put_united(self, actors: Sequence[United]) -> None:
        """Put actors in the place of those that their sides were united in."""
        self._actors |= {actor.id: actor for actor in actors}

    def changes(self) -> list[Change]:
        """What of the tables becomes otherwise by all that was put."""
        of_side = {side: actor.id for actor in self._actors.values() for side in actor.sides}
        rows = self._rows(self._put.keys() | of_side.keys())
        new = {key: self._row_now(key, rows.get(key), of_side) for key in sorted(self._put.keys() | of_side.keys())}
        sides = {key: row for key, row in new.items() if row is not None}
        if self._empty:
            come = {"sides": [*sides.values()], "side_keys": self._keys_now(), "traits": self._traits_now({})}
            come["united"] = [_united_row(actor) for _, actor in sorted(self._actors.items())]
            return [anew(table, come[table.name]) for table in _TABLES]
        same = {key for key, row in sides.items() if row == rows.get(key)}
        left = [(key,) for key, row in new.items() if rows.get(key) is not None and key not in same]
        come_sides = [row for key, row in sides.items() if key not in same]
        before = {row["united"] for key in new if (row := rows.get(key)) and (key in of_side or new[key] is None)}
        return [
            Change(table=schema.sides, by=("id",), left=left, come=come_sides),
            self._change_of_keys(),
            self._change_of_traits(),
            self._change_of_united(before),
        ]

    def _row_now(self, key: str, row: Mapping[str, Any] | None, of_side: Mapping[str, str]) -> dict[str, Any] | None:
        """A side's row as it is to be; None where there is none any more."""
        united = of_side.get(key, row["united"] if row else "")
        if key not in self._put:
            return {**row, "united": united} if row else None
        side = self._put[key]
        if side is None:
            return None
        counts = (dict(sorted(several.items())) for several in (side.kinds, side.names, side.offices))
        payload = json_text([side.actors, *counts])
        return {"id": key, "name": side.name, "principal": side.principal, "payload": payload, "united": united}

    def _keys_now(self) -> list[dict[str, Any]]:
        return [{"key": number, "side": key} for key, side in sorted(self._put.items()) if side for number in sorted(side.keys)]

    def _change_of_keys(self) -> Change:
        table = schema.side_keys
        new = {(row["key"], row["side"]) for row in self._keys_now()}
        old = {(row.key, row.side) for row in chosen(self._connection, select(table), table.c.side, sorted(self._put))}
        come = [{"key": number, "side": key} for number, key in sorted(new - old)]
        return Change(table=table, by=("key", "side"), left=sorted(old - new), come=come)

    def _traits_now(self, old: Mapping[tuple[str, str, str], int]) -> list[dict[str, Any]]:
        """The rows of the traits whose counts change, those that are left of them."""
        rows = []
        for (side, kind, value), change in sorted(self._traits.items()):
            short = short_digest(value)
            if (many := old.get((side, kind, short), 0) + change) > 0 and change:
                rows.append({"side": side, "kind": kind, "digest": short, "value": value, "many": many})
        return rows

    def _change_of_traits(self) -> Change:
        table = schema.traits
        touched = {(side, kind, short_digest(value)) for (side, kind, value), change in self._traits.items() if change}
        sides = sorted({side for side, _, _ in touched})
        old = {(row.side, row.kind, row.digest): row.many for row in chosen(self._connection, select(table), table.c.side, sides)}
        return Change(table=table, by=("side", "kind", "digest"), left=sorted(touched & old.keys()), come=self._traits_now(old))

    def _change_of_united(self, before: set[str]) -> Change:
        table = schema.united
        rows = {key: _united_row(actor) for key, actor in self._actors.items()}
        found = chosen(self._connection, select(table), table.c.id, sorted(rows.keys() | before))
        old = {row.id: dict(row._mapping) for row in found}  # noqa: SLF001 - public by its documentation
        left = [(key,) for key in sorted(old) if old[key] != rows.get(key)]
        come = [rows[key] for key in sorted(rows) if rows[key] != old.get(key)]
        return Change(table=table, by=("id",), left=left, come=come)

    def _rows(self, ids: Collection[str]) -> dict[str, dict[str, Any] | None]:
        """Rows of `sides` by their ids as the ledger has them; each is read once."""
        missing = [] if self._empty else sorted(set(ids) - self._read.keys())
        table = schema.sides
        self._read |= dict.fromkeys(missing)
        for row in chosen(self._connection, select(table), table.c.id, missing):
            self._read[row.id] = dict(row._mapping)  # noqa: SLF001 - public by its documentation
        return {key: self._read.get(key) for key in ids}


def _united_row(actor: United) -> dict[str, Any]:
    return {"id": actor.id, "name": actor.name, "kind": actor.kind, "principal": actor.principal, "reasons": json_text(actor.reasons)}
