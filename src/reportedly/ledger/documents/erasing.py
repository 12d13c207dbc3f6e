"""Takes a document out of the tables: its text and all that quotes it goes, its digest and a tombstone stay."""

from sqlalchemy import delete, insert, select

from reportedly.errors import UnknownIdError
from reportedly.ledger import schema
from reportedly.ledger.bundles.parcel import Tombstone
from reportedly.ledger.revisions import Turn, parts_written
from reportedly.ledger.search import fts
from reportedly.ledger.summaries.summing import touch_parts
from reportedly.ledger.summaries.tallies import forget_document
from reportedly.model import row_of

SUMMARIES = (schema.reports, schema.shown, schema.voices, schema.outlines)
"""What lists and timelines show of a document, in its own words."""

_OF_DOCUMENT = (schema.anchors, schema.claims, schema.articles, schema.problems, schema.past, schema.names, schema.readings, *SUMMARIES)


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
    forget_document(connection, document)
    parts_written(connection)
    touch_parts(turn, [document])
    for table in _OF_DOCUMENT:
        connection.execute(delete(table).where(table.c.document == document))
    connection.execute(delete(schema.documents).where(documents.id == document))
    for text in sorted(texts):
        _erase_text(turn, text)
    stone = {"document": document, "bytes": kept.bytes, "text": kept.text, "name": kept.name, "reason": reason}
    connection.execute(insert(schema.tombstones), stone | {"at": turn.at, "recorded": turn.revision})
    turn.content = True
    turn.touched.add(document)


def keep_tombstone(turn: Turn, stone: Tombstone) -> bool:
    """Keep another ledger's tombstone, and erase the document where this ledger still holds it.

    Of two tombstones of one document the older stays, so that either ledger ends with the same.

    Args:
        turn: the transaction.
        stone: what the other ledger kept.

    Returns:
        Whether a document went for it.
    """
    connection, table = turn.connection, schema.tombstones
    own = connection.execute(select(table).where(table.c.document == stone.document)).one_or_none()
    held = connection.execute(select(schema.documents.c.id).where(schema.documents.c.id == stone.document)).first() is not None
    if held:
        erase(turn, stone.document, stone.reason)
    elif own is not None and (own.at, own.name, own.reason) <= (stone.at, stone.name, stone.reason):
        return False
    connection.execute(delete(table).where(table.c.document == stone.document))
    connection.execute(insert(table), {**row_of(stone), "recorded": turn.revision})
    turn.content = True
    return held


def _erase_text(turn: Turn, digest: str) -> None:
    """Erase a text that no document is or was read as any more."""
    readings, texts = schema.readings.c, schema.texts.c
    if turn.connection.execute(select(readings.document).where(readings.text == digest)).first() is not None:
        return
    number = turn.connection.execute(select(texts.number).where(texts.digest == digest)).scalar_one()
    fts.drop_text(turn.connection, number)
    turn.connection.execute(delete(schema.texts).where(texts.number == number))
