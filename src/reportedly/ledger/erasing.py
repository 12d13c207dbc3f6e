"""Takes a document out of the tables: its text and all that quotes it goes, its digest and a tombstone stay."""

from sqlalchemy import delete, insert, select

from reportedly.errors import UnknownIdError
from reportedly.ledger import fts, schema
from reportedly.ledger.revisions import Turn

_OF_DOCUMENT = (schema.anchors, schema.claims, schema.articles, schema.problems, schema.past, schema.names, schema.readings)


def erase(turn: Turn, document: str, reason: str) -> None:
    """Erase a document.

    Args:
        turn: the transaction.
        document: its id.
        reason: why, for the tombstone.

    Raises:
        UnknownIdError: the ledger has no such document.
    """
    connection, documents = turn.connection, schema.documents.c
    kept = connection.execute(select(schema.documents).where(documents.id == document)).one_or_none()
    if kept is None:
        raise UnknownIdError("document", document)
    texts = set(connection.execute(select(schema.readings.c.text).where(schema.readings.c.document == document)).scalars())
    for table in _OF_DOCUMENT:
        connection.execute(delete(table).where(table.c.document == document))
    connection.execute(delete(schema.documents).where(documents.id == document))
    for text in sorted(texts):
        _erase_text(turn, text)
    stone = {"document": document, "bytes": kept.bytes, "text": kept.text, "name": kept.name, "reason": reason}
    connection.execute(insert(schema.tombstones), stone | {"at": turn.at, "recorded": turn.revision})
    turn.content = True
    turn.touched.add(document)


def _erase_text(turn: Turn, digest: str) -> None:
    """Erase a text that no document is or was read as any more."""
    readings, texts = schema.readings.c, schema.texts.c
    if turn.connection.execute(select(readings.document).where(readings.text == digest)).first() is not None:
        return
    number = turn.connection.execute(select(texts.number).where(texts.digest == digest)).scalar_one()
    fts.drop_text(turn.connection, number)
    turn.connection.execute(delete(schema.texts).where(texts.number == number))
