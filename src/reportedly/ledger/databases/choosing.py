"""Chooses rows by many values of one column, a batch at a time: databases take only so many in one statement."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, Text, cast, delete, func, literal, or_, select
from sqlalchemy.dialects import postgresql

_BATCH = 500
"""Values in one `IN (...)`."""


def chosen(connection: Connection, query: Select[Any], column: ColumnElement[Any], values: Sequence[object]) -> Iterator[Any]:
    """The rows of a query in which a column has one of some values."""
    for some in batched(values):
        yield from connection.execute(query.where(column.in_(some)))


def among(connection: Connection, column: ColumnElement[Any], ids: Collection[str]) -> ColumnElement[bool]:
    """Whether a column of ids has one of some, however many; they travel as one value."""
    wanted = json.dumps(sorted(ids))
    if connection.dialect.name == "sqlite":
        return column.in_(select(func.json_each(wanted).table_valued("value").c.value))
    return column.in_(select(func.json_array_elements_text(cast(literal(wanted, Text), postgresql.JSON))))


def batched(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Values, as many at a time as go into one statement."""
    for start in range(0, len(values), _BATCH):
        yield values[start : start + _BATCH]


def drop_rows(connection: Connection, table: Table, column: ColumnElement[Any], values: Iterable[object]) -> None:
    """Delete the rows of a table in which a column has one of some values."""
    for some in batched(list(values)):
        connection.execute(delete(table).where(column.in_(some)))


def begins(column: ColumnElement[str], starts: Iterable[str]) -> ColumnElement[bool]:
    """Whether a column begins with one of some words; told by ranges, so that an index serves."""
    return or_(*((column >= start) & (column < f"{start}\U0010ffff") for start in starts))


def is_sound(words: str) -> bool:
    """Whether any database takes words as they are; no id, name or title of ours holds others but escaped."""
    return "\0" not in words and not any("\ud800" <= sign <= "\udfff" for sign in words)
