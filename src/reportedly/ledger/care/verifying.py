"""Re-reads every stored text and holds every claim's spans and anchors to it; makes the ledger's digest."""

import dataclasses
import json
from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection, select

from reportedly.ledger import schema
from reportedly.ledger.care.digesting import digest_records
from reportedly.ledger.documents.loading import load_documents
from reportedly.ledger.judgements.anchors import Anchor, check_claim, check_text, decode_text
from reportedly.model import Document, VerifyRow

_Anchors = dict[str, dict[tuple[int, int], Anchor]]


def verify_ledger(connection: Connection) -> Iterator[VerifyRow]:
    """Every anchor of every claim, with whether it holds; and each text that is not what its digest says.

    Args:
        connection: a connection, inside a transaction.

    Yields:
        Rows by document name. A text that is damaged or gone gives a row of part `text` and no claim that does not hold.
    """
    texts = schema.texts.c
    for document in sorted(load_documents(connection).values(), key=lambda d: (d.name, d.id)):
        content = connection.execute(select(texts.content).where(texts.digest == document.text_digest)).scalar_one_or_none()
        broken = check_text(document.text_digest, content, document.name)
        if broken:
            yield broken
        yield from _verify_claims(connection, document, decode_text(content) or "")


def _verify_claims(connection: Connection, document: Document, text: str) -> Iterator[VerifyRow]:
    claims = schema.claims.c
    anchors = _anchors(connection, document.id)
    query = select(claims.id, claims.payload).where(claims.document == document.id).order_by(claims.start, claims.id)
    for claim, payload in connection.execute(query):
        row = {**json.loads(payload), "id": claim, "document": document.name}
        yield from check_claim(row, text, anchors.get(claim, {}))


def _anchors(connection: Connection, document: str) -> _Anchors:
    found: defaultdict[str, dict[tuple[int, int], Anchor]] = defaultdict(dict)
    columns = schema.anchors.c
    fields = [columns[field.name] for field in dataclasses.fields(Anchor)]
    for row in connection.execute(select(columns.claim, *fields).where(columns.document == document)).mappings():
        anchor = Anchor(**{name: row[name] for name in row if name != "claim"})
        found[row["claim"]][anchor.start, anchor.end] = anchor
    return found


def digest_ledger(connection: Connection) -> str:
    """The digest of the content records: see `digesting`."""
    return digest_records(_records(connection))


def _records(connection: Connection) -> Iterator[tuple[str, ...]]:
    documents, articles, claims = schema.documents.c, schema.articles.c, schema.claims.c
    for row in connection.execute(select(documents.id, documents.name, documents.extractor, documents.payload)):
        yield "document", *row
    for document, number, payload in connection.execute(select(articles.document, articles.number, articles.payload)):
        yield "article", document, str(number), payload
    for row in connection.execute(select(claims.document, claims.id, claims.extractor, claims.payload)):
        yield "claim", *row
    gone = set(connection.execute(select(schema.undone.c.judgement)).scalars())
    for judgement, payload in connection.execute(select(schema.judgements.c.id, schema.judgements.c.payload)):
        yield "judgement", judgement, payload, str(judgement in gone)
