"""Reads a few documents of a ledger with all that belongs to them, at a cost that does not grow with the ledger."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Connection, select

from reportedly.ledger import schema
from reportedly.ledger.codec import read_article, read_claim, read_document
from reportedly.ledger.databases.choosing import chosen
from reportedly.ledger.documents.addresses import texts_akin
from reportedly.ledger.documents.loading import load_judgements, no_collecting
from reportedly.ledger.documents.siblings import siblings
from reportedly.ledger.judgements.anchors import decode_text
from reportedly.ledger.judgements.judging import Stored, apply_judgements, order
from reportedly.ledger.revisions import read_revision
from reportedly.model import Document, Holdings, StoredClaim


def load_some(
    connection: Connection, documents: Collection[str], claims: Collection[str] | None = None, *, bare: Collection[str] = ()
) -> Holdings:
    """What the ledger holds of some documents, judgements applied, without links and problems.

    Args:
        connection: a connection, inside a transaction.
        documents: their ids; one that the ledger lacks is passed over.
        claims: ids of the claims that are wanted; where people judged, the others come as well. None takes all.
        bare: ids of those of the documents of which neither the text nor the passages of the articles are wanted; where people judged,
            these come all the same.
    """
    return apply_judgements(load_stored(connection, documents, claims, bare=bare))


def load_stored(
    connection: Connection,
    documents: Collection[str],
    claims: Collection[str] | None = None,
    *,
    bare: Collection[str] = (),
    known: Collection[str] = (),
) -> Stored:
    """What the ledger holds of some documents, judgements not applied, without links and problems; see `load_some`.

    Of documents that are `known` already nothing is read but what people judged.
    """
    ids = sorted(documents)
    saved = siblings(connection, ids)  # a judgement of one saving of a page holds for the others
    readings: dict[str, set[str]] = defaultdict(set)
    for row in chosen(connection, select(schema.readings), schema.readings.c.document, sorted(saved)):
        readings[row.document].add(row.text)
    texts = {text for several in readings.values() for text in several}
    judgements, arrived = load_judgements(connection, texts=texts)
    texts_of = {k: frozenset(v) for k, v in readings.items()}
    quiet = all(judgement.text_digest is None for judgement in judgements)
    without = frozenset(bare) if quiet else frozenset[str]()
    with no_collecting():
        wanted = sorted(set(ids).difference(known))
        read = _documents(connection, wanted)
        held = Holdings(
            documents=read,
            articles={
                (row.document, row.number): read_article(row.payload, read[row.document].name, bare=row.document in without)
                for row in chosen(connection, select(schema.articles), schema.articles.c.document, wanted)
            },
            texts=_texts(connection, sorted({document.text_digest for document in read.values() if document.id not in without})),
            claims=tuple(sorted(_claims(connection, read, claims if quiet else None), key=order)),
            judgements=judgements,
            revision=read_revision(connection),
        )
    akin = texts_akin(((k, url, name) for k, (url, name) in saved.items()), texts_of)
    return Stored(holdings=held, texts_of=texts_of, arrived=arrived, akin=akin)


def _documents(connection: Connection, ids: Sequence[str]) -> dict[str, Document]:
    rows = chosen(connection, select(schema.documents), schema.documents.c.id, ids)
    return {row.id: read_document(row.payload, row.name, row.read_at) for row in sorted(rows, key=lambda row: row.id)}


def _texts(connection: Connection, digests: Sequence[str]) -> dict[str, str]:
    query = select(schema.texts.c.digest, schema.texts.c.content)
    return {row.digest: decode_text(row.content) or "" for row in chosen(connection, query, schema.texts.c.digest, digests)}


def _claims(connection: Connection, documents: dict[str, Document], wanted: Collection[str] | None) -> Iterator[StoredClaim]:
    columns = schema.claims.c
    query = select(columns.id, columns.document, columns.payload, columns.extractor, columns.recorded)
    place, values = (columns.document, sorted(documents)) if wanted is None else (columns.id, sorted(wanted))
    names = {identity: document.name for identity, document in documents.items()}
    for identity, document, payload, extractor, recorded in chosen(connection, query, place, values):
        if document in names:
            claim = read_claim(payload, names[document], identity)
            yield StoredClaim(claim=claim, document=document, extractor=extractor, recorded=recorded)
