"""Finds words in the texts of a SQLite ledger, and the documents and claims that words mean."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from sqlalchemy import Connection, select

from reportedly.ledger import fts, schema
from reportedly.ledger.anchors import decode_text
from reportedly.ledger.choosing import chosen
from reportedly.ledger.codec import read_article, read_claim, read_document
from reportedly.ledger.loading import load_documents
from reportedly.ledger.lookup import Named
from reportedly.ledger.searching import Match, find_match, hit_of, read_terms
from reportedly.model import Article, Claim, Document, Hit


def search_ledger(connection: Connection, words: str, limit: int, within: Collection[str] | None = None) -> Iterator[Hit]:
    """Passages that hold all the words, best first, one a document.

    Args:
        connection: a connection, inside a transaction.
        words: what is asked: words, a "quoted phrase", prefix*.
        limit: at most so many.
        within: ids of the documents looked into; None looks into all.
    """
    terms = read_terms(words)
    left = limit if terms else 0
    texts = schema.texts.c
    wanted = None if within is None else _numbers(connection, within)
    for number, rank in fts.find_texts(connection, terms) if left > 0 else ():
        if wanted is not None and number not in wanted:
            continue
        digest, content = connection.execute(select(texts.digest, texts.content).where(texts.number == number)).one()
        text = decode_text(content) or ""
        match = find_match(text, terms)
        for document in _documents_of(connection, digest) if match else ():
            if left > 0 and match and (within is None or document.id in within):
                yield _hit(connection, document, text, match, rank)
                left -= 1
        if left <= 0:
            return


def _numbers(connection: Connection, documents: Collection[str]) -> set[int]:
    """The numbers of the texts of some documents."""
    query = select(schema.texts.c.number).join(schema.documents, schema.documents.c.text == schema.texts.c.digest)
    return {row.number for row in chosen(connection, query, schema.documents.c.id, sorted(documents))}


def _documents_of(connection: Connection, text: str) -> list[Document]:
    columns = schema.documents.c
    query = select(columns.payload, columns.name, columns.read_at).where(columns.text == text).order_by(columns.id)
    return sorted((read_document(*row) for row in connection.execute(query)), key=lambda d: (d.name, d.id))


def _hit(connection: Connection, document: Document, text: str, match: Match, rank: float) -> Hit:
    """A hit with the article and the claim around it; only claims with an anchor there are read."""
    claims, articles, anchors = schema.claims.c, schema.articles.c, schema.anchors.c
    there = select(anchors.claim).where(anchors.document == document.id, anchors.start <= match.start, anchors.end > match.start)
    covering = select(claims.payload, claims.id).where(claims.document == document.id, claims.id.in_(there))
    around: list[Claim] = [read_claim(payload, document.name, k) for payload, k in connection.execute(covering)]
    payloads = connection.execute(select(articles.payload).where(articles.document == document.id)).scalars()
    found: list[Article] = [read_article(payload, document.name) for payload in payloads]
    return hit_of(document, text, match, rank, (found, around))


def named_documents(connection: Connection) -> list[Named]:
    """Every document with all the names that it was met under."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for document, name in connection.execute(select(schema.names.c.document, schema.names.c.name)):
        names[document].add(name)
    return [Named(document=d, names=frozenset(names[d.id])) for d in load_documents(connection).values()]
