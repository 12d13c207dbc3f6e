"""Changes of tables: worked out on a snapshot, before the writers' lock is taken, and written under it in few statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, delete, insert, or_, select

from reportedly.ledger.databases.choosing import chosen

Row = Mapping[str, Any]

_BATCH = 200
"""Rows deleted in one statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to become of the rows of one table.

    Attributes:
        table: the table.
        by: the columns by which rows are deleted.
        left: the values of these columns in the rows that go; None for all rows.
        come: the rows that come afterwards.
    """

    table: Table
    by: tuple[str, ...] = ()
    left: Sequence[tuple[Any, ...]] | None = ()
    come: Sequence[Row] = ()


def compare(connection: Connection, table: Table, rows: Iterable[Row], parts: Sequence[str] | None) -> tuple[Change, list[Row]]:
    """What makes the rows of some parts others; those that stay as they are are not written again, for a large part changes in few.

    Rows that are there are looked at one after the other, and none is kept that stays: a large part has hundreds of thousands.

    Args:
        connection: a connection, inside a transaction.
        table: the table, which has a column `part`.
        rows: what is to be there.
        parts: ids of the parts whose rows go; None for all.

    Returns:
        The change, and the rows of these parts that go.
    """
    names, by = list(table.c.keys()), tuple(column.name for column in table.primary_key)
    places = [names.index(name) for name in by]
    new: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for row in rows:
        values = tuple([row[name] for name in names])
        new[tuple([values[place] for place in places])] = values
    query: Select[Any] = select(table)
    found: Iterable[Any] = chosen(connection, query, table.c.part, parts) if parts is not None else connection.execute(query)
    left: list[tuple[Any, ...]] = []
    went: list[Row] = []
    for old in found:
        key = tuple([old[place] for place in places])
        if new.get(key) == tuple(old):
            del new[key]
        else:
            left.append(key)
            went.append(dict(zip(names, old, strict=True)))
    return Change(table=table, by=by, left=left, come=[dict(zip(names, values, strict=True)) for values in new.values()]), went


def anew(table: Table, rows: Sequence[Row] = ()) -> Change:
    """The change that leaves nothing of a table but some rows."""
    return Change(table=table, left=None, come=rows)


def write(connection: Connection, change: Change) -> None:
    """Carry a change out, in the transaction at hand."""
    table = change.table
    if change.left is None:
        connection.execute(delete(table))
    elif change.left:
        for start in range(0, len(change.left), _BATCH):
            connection.execute(delete(table).where(_is_one(table, change.by, change.left[start : start + _BATCH])))
    if change.come:
        connection.execute(insert(table), change.come)


def _is_one(table: Table, by: Sequence[str], keys: Sequence[tuple[Any, ...]]) -> ColumnElement[bool]:
    """Whether a row is one of some; keys of several columns are written out, for SQLite seeks no tuples of a list in an index."""
    if len(by) == 1:
        return table.c[by[0]].in_([key[0] for key in keys])
    return or_(*(and_(*(table.c[name] == value for name, value in zip(by, key, strict=True))) for key in keys))
