"""Finds the documents that are the same page as some others, saved again."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from reportedly.ledger import schema
from reportedly.ledger.databases.choosing import chosen


def siblings(connection: Connection, documents: Collection[str]) -> dict[str, tuple[str | None, str]]:
    """The documents with the address of one of some others or, without one, its name.

    Args:
        connection: a connection, inside a transaction.
        documents: their ids.

    Returns:
        Address and name by the document's id, those asked for among them.
    """
    columns = schema.documents.c
    query = select(columns.id, columns.url, columns.name)
    own = list(chosen(connection, query, columns.id, sorted(documents)))
    addresses = sorted({row.url for row in own if row.url})
    names = sorted({row.name for row in own if not row.url})
    found = {row.id: (row.url, row.name) for row in (*own, *chosen(connection, query, columns.url, addresses))}
    return found | {row.id: (row.url, row.name) for row in chosen(connection, query, columns.name, names) if not row.url}
