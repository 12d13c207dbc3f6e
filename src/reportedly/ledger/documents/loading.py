"""Reads what a ledger holds, now or before a revision, from the tables into records."""

import gc
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlalchemy import Connection, literal, select

from reportedly.ledger import schema
from reportedly.ledger.codec import decode, read_article, read_claim, read_document
from reportedly.ledger.databases.choosing import chosen
from reportedly.ledger.documents.addresses import texts_akin
from reportedly.ledger.documents.entry import sort_problems
from reportedly.ledger.judgements.anchors import decode_text
from reportedly.ledger.judgements.judging import Stored, order
from reportedly.ledger.links.linking import load_links
from reportedly.ledger.revisions import read_revision
from reportedly.model import Article, ArticleKey, Document, Holdings, Judgement, Links, Problem, StoredClaim

_NEVER = (1 << 31) - 1
"""A revision that no ledger reaches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A stored payload.

    Attributes:
        document: id of the document it belongs to.
        key: what names it within the document: the document's id, an article's number, a claim's id.
        payload: JSON text.
        extractor: who made it.
        recorded: revision in which it arrived.
    """

    document: str
    key: str
    payload: str
    extractor: str
    recorded: int


def load(connection: Connection, before: int | None) -> Stored:
    """What the ledger holds, judgements not applied.

    Args:
        connection: a connection, inside a transaction, so that all rows are of one moment.
        before: only what it held before this revision; None asks for all of it. Links are those of now, so that an earlier
            state has none: they are made anew from it.

    Returns:
        Documents by id, claims in the order of `judging.order`, judgements by their moment.
    """
    newest = read_revision(connection)
    until = _NEVER if before is None or before > newest else before
    documents = load_documents(connection, until)
    judgements, arrived = load_judgements(connection, until)
    with no_collecting():
        holdings = Holdings(
            documents=documents,
            articles=_articles(connection, until, documents),
            texts=_texts(connection, documents.values()),
            claims=tuple(load_claims(connection, until, documents)),
            links=load_links(connection) if until == _NEVER else Links(),
            judgements=judgements,
            problems=load_problems(connection, until),
            revision=min(newest, until - 1),
        )
    texts_of = load_readings(connection)
    akin = texts_akin(((d.id, d.url, d.name) for d in documents.values()), texts_of)
    return Stored(holdings=holdings, texts_of=texts_of, arrived=arrived, akin=akin)


def load_documents(connection: Connection, until: int = _NEVER) -> dict[str, Document]:
    """The documents by id, each under the least name it had."""
    names: dict[str, str] = {}
    for row in connection.execute(select(schema.names).where(schema.names.c.recorded < until)):
        names[row.document] = min(names.get(row.document, row.name), row.name)
    table = schema.documents.c
    read_at = {k: at for k, at in connection.execute(select(table.id, table.read_at))}  # noqa: C416 - dict() takes a result for a mapping
    rows = _kept(connection, "documents", until)
    return {r.document: read_document(r.payload, names[r.document], read_at[r.document]) for r in rows if r.document in names}


def load_claims(connection: Connection, until: int, documents: dict[str, Document]) -> list[StoredClaim]:
    """The claims of some documents as extracted, in the order of `judging.order`."""
    found = [
        StoredClaim(
            claim=read_claim(row.payload, documents[row.document].name, row.key),
            document=row.document,
            extractor=row.extractor,
            recorded=row.recorded,
        )
        for row in _kept(connection, "claims", until, documents)
    ]
    return sorted(found, key=order)


def load_problems(connection: Connection, until: int = _NEVER) -> tuple[Problem, ...]:
    """The stored problems, by document, place and code."""
    rows = connection.execute(select(schema.problems.c.payload).where(schema.problems.c.recorded < until)).scalars()
    return sort_problems(decode(Problem, json.loads(payload)) for payload in rows)


def load_readings(connection: Connection) -> dict[str, frozenset[str]]:
    """Document id -> digests of every text that it was read as."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for document, text in connection.execute(select(schema.readings)):
        found[document].add(text)
    return {document: frozenset(texts) for document, texts in found.items()}


def _articles(connection: Connection, until: int, documents: dict[str, Document]) -> dict[ArticleKey, Article]:
    rows = _kept(connection, "articles", until, documents)
    found = {(r.document, int(r.key)): read_article(r.payload, documents[r.document].name) for r in rows}
    return dict(sorted(found.items()))


def _texts(connection: Connection, documents: Iterable[Document]) -> dict[str, str]:
    """Texts by digest; one whose bytes were damaged is empty, which `verify` reports."""
    wanted = {document.text_digest for document in documents}
    rows = connection.execute(select(schema.texts.c.digest, schema.texts.c.content).order_by(schema.texts.c.digest))
    return {digest: decode_text(content) or "" for digest, content in rows if digest in wanted}


def load_texts(connection: Connection) -> dict[str, str]:
    """Every stored text by its digest, whatever document was read as it."""
    return {
        digest: decode_text(content) or "" for digest, content in connection.execute(select(schema.texts.c.digest, schema.texts.c.content))
    }


def load_judgements(
    connection: Connection, until: int = _NEVER, texts: Collection[str] | None = None
) -> tuple[tuple[Judgement, ...], dict[str, int]]:
    """The judgements by their moment, those taken back marked, and the revisions in which they came.

    Args:
        connection: a connection.
        until: only those of earlier revisions.
        texts: only those about claims of these texts, by their digests, and those about names; None takes all.
    """
    table = schema.judgements
    query = select(table).where(table.c.recorded < until)
    if texts is None:
        rows = list(connection.execute(query))
    else:
        rows = [*connection.execute(query.where(table.c.text.is_(None))), *chosen(connection, query, table.c.text, sorted(texts))]
    taken = select(schema.undone.c.judgement).where(schema.undone.c.recorded < until)
    gone = {row.judgement for row in chosen(connection, taken, schema.undone.c.judgement, [row.id for row in rows])}
    found = [decode(Judgement, json.loads(row.payload)) for row in rows]
    marked = (replace(j, undone=True) if j.id in gone else j for j in found)
    return tuple(sorted(marked, key=lambda j: (j.at, j.id))), {row.id: row.recorded for row in rows}


def _kept(connection: Connection, kind: str, until: int, documents: dict[str, Document] | None = None) -> Iterator[Kept]:
    """Rows of a kind that stood before a revision, by document and key."""
    rows = [*_present(connection, kind), *(_replaced(connection, kind, until) if until != _NEVER else ())]
    for row in rows:
        if row.recorded < until and (documents is None or row.document in documents):
            yield row


def _present(connection: Connection, kind: str) -> Iterator[Kept]:
    table = schema.metadata.tables[kind]
    key = table.c[schema.KEYS[kind]]
    owner = table.c.id if kind == "documents" else table.c.document
    extractor = table.c.extractor if "extractor" in table.c else literal("")
    query = select(owner, key, table.c.payload, extractor, table.c.recorded).order_by(owner, key)
    for document, name, payload, by, recorded in connection.execute(query):
        yield Kept(document=document, key=str(name), payload=payload, extractor=by, recorded=recorded)


def _replaced(connection: Connection, kind: str, until: int) -> Iterator[Kept]:
    past = schema.past.c
    query = select(past.document, past.key, past.payload, past.extractor, past.recorded).where(past.kind == kind, past.gone >= until)
    for document, name, payload, by, recorded in connection.execute(query):
        yield Kept(document=document, key=name, payload=payload, extractor=by, recorded=recorded)


@contextmanager
def no_collecting() -> Iterator[None]:
    """Keep the cycle collector from walking the growing heap of records again and again: they form no cycles."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
