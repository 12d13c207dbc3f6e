"""Takes a ledger whole to another database: every row as it stands, in one transaction there, so that all of it arrives or nothing.

Rows go as the databases keep them, and to a server by COPY (PostgreSQL's documentation, SQL COPY, text format), the quickest way in. Only
the index of words is of another form on each side: its tokens are the same.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table

from reportedly.errors import FilledLedgerError, UnreadableError
from reportedly.ledger import schema
from reportedly.ledger.care.verifying import digest_ledger
from reportedly.ledger.databases.database import WRITES, Database
from reportedly.ledger.revisions import read_revision
from reportedly.ledger.search import fts

_ROWS = 2_000
"""Rows read and written at once."""

_SPECIAL = re.compile(r"[\\\n\r\t]")
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}

Values = Sequence[Any]


def transfer(source: Database, target: Database) -> int:
    """Copy all rows of a ledger into an empty one; nobody can write to either meanwhile.

    Args:
        source: the ledger, of this version's schema.
        target: where it goes: a ledger without content, of the same schema.

    Returns:
        How many rows.

    Raises:
        FilledLedgerError: there is something in the other one already.
        UnreadableError: what arrived is not what was sent.
    """
    if source.place == target.place:
        raise FilledLedgerError(target.place)
    writing = {WRITES: True}
    with source.engine.execution_options(**writing).begin() as old, target.engine.execution_options(**writing).begin() as new:
        if read_revision(new):
            raise FilledLedgerError(target.place)
        new.exec_driver_sql("DELETE FROM meta")
        many = 0
        for table in schema.metadata.sorted_tables:
            if table is not schema.alembic_version:
                names = [column.name for column in table.columns]
                many += _write(new, table.name, names, _read(old, table.name, names))
        many += _write(new, "words", fts.columns(new), map(fts.row_maker(new), _read(old, "words", fts.columns(old)[:2])))
        _count_on(new)
        if digest_ledger(old) != digest_ledger(new):
            raise UnreadableError(target.place, "what arrived is not what was sent, and nothing of it was kept")
        return many


def _read(connection: Connection, table: str, names: Sequence[str]) -> Iterator[Values]:
    """The rows of a table as its database keeps them, never all at once in memory."""
    query = f"SELECT {_listed(names)} FROM {table}"  # noqa: S608 - our own words
    if connection.dialect.name != "postgresql":
        for some in connection.exec_driver_sql(query).partitions(_ROWS):
            yield from some
        return
    connection.exec_driver_sql(f"DECLARE moved NO SCROLL CURSOR FOR {query}")
    while some := connection.exec_driver_sql(f"FETCH FORWARD {_ROWS} FROM moved").all():
        yield from some
    connection.exec_driver_sql("CLOSE moved")


def _write(connection: Connection, table: str, names: Sequence[str], rows: Iterable[Values]) -> int:
    """Put rows into a table; how many there were."""
    many = 0
    copied = connection.dialect.driver == "pg8000"
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    entered = f"INSERT INTO {table} ({_listed(names)}) VALUES ({', '.join(mark for _ in names)})"  # noqa: S608 - our own words
    for some in _batches(rows):
        many += len(some)
        if copied:
            lines = "".join("\t".join(map(_copied, row)) + "\n" for row in some)
            cursor: Any = connection.connection.cursor()
            cursor.execute(f"COPY {table} ({_listed(names)}) FROM STDIN", stream=[lines])
        else:
            connection.exec_driver_sql(entered, [tuple(row) for row in some])
    return many


def _batches(rows: Iterable[Values]) -> Iterator[list[Values]]:
    left = iter(rows)
    while some := list(itertools.islice(left, _ROWS)):
        yield some


def _copied(value: Any) -> str:  # noqa: ANN401 - whatever a column holds
    """A value as COPY's text format has it."""
    if value is None:
        return r"\N"
    if isinstance(value, str):
        return _SPECIAL.sub(lambda found: _ESCAPES[found.group()], value)
    return f"\\\\x{bytes(value).hex()}" if isinstance(value, bytes | memoryview) else str(value)


def _count_on(connection: Connection) -> None:
    """Let a server number new rows after those that came with their numbers, and learn how many there are of what."""
    if connection.dialect.name != "postgresql":
        return
    for table in schema.metadata.sorted_tables:
        column = _numbered(table)
        if column is not None:
            sequence = f"pg_get_serial_sequence('{table.name}', '{column}')"
            connection.exec_driver_sql(f"SELECT setval({sequence}, max({column})) FROM {table.name} HAVING count(*) > 0")  # noqa: S608 - our own words
    connection.exec_driver_sql("ANALYZE")


def _numbered(table: Table) -> str | None:
    """The column of a table that the database numbers."""
    column = table.autoincrement_column
    return None if column is None else str(column.name)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
