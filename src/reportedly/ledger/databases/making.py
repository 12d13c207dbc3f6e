"""Makes the tables of a new ledger, and notes in it what it is."""

import datetime as dt

from sqlalchemy import Connection, insert, select, update

from reportedly.ledger import schema
from reportedly.ledger.search import fts


def create_schema(connection: Connection) -> None:
    """Make the tables of this version in an empty database, as the migrations would."""
    schema.metadata.create_all(connection)
    fts.create_index(connection)
    connection.execute(insert(schema.alembic_version), {"version_num": schema.HEAD})
    note_schema(connection)


def note_schema(connection: Connection) -> None:
    """Say in `meta` what this is, and what schema it has."""
    columns = schema.meta.c
    known = connection.execute(select(columns.key)).first() is not None
    if known:
        connection.execute(update(schema.meta).where(columns.key == "schema"), {"value": str(schema.SCHEMA)})
        return
    created = dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
    rows = {"kind": schema.KIND, "schema": str(schema.SCHEMA), "created": created}
    rows |= dict.fromkeys(("revision", "changed", "linked", "parts"), "0")
    connection.execute(insert(schema.meta), [{"key": key, "value": value} for key, value in rows.items()])
