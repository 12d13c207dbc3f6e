"""Takes out of a ledger what another ledger needs to hold the same."""

import json
from collections.abc import Collection

from sqlalchemy import Connection, select
from sqlalchemy.engine import Row

from reportedly.ledger import schema
from reportedly.ledger.bundles.parcel import Carried, Parcel, Tombstone
from reportedly.ledger.codec import decode, read_article, read_claim, read_document
from reportedly.ledger.documents.entering import version_kept
from reportedly.ledger.documents.entry import Entry
from reportedly.ledger.documents.loading import load_readings
from reportedly.ledger.judgements.anchors import decode_text
from reportedly.ledger.judgements.deciding import read_undone
from reportedly.ledger.revisions import read_revision
from reportedly.model import Judgement, Problem, digest

_ID_LENGTH = 16


def pack(connection: Connection, wanted: Collection[str] | None) -> Parcel:
    """What a ledger hands over.

    Args:
        connection: a connection, inside a transaction.
        wanted: ids of the documents; None takes all. Judgements go along that are about their texts, or about names.

    Returns:
        The parcel, without a bundle's digest.
    """
    readings = load_readings(connection)
    documents = tuple(
        _carried(connection, row, readings)
        for row in connection.execute(select(schema.documents).order_by(schema.documents.c.id)).all()
        if wanted is None or row.id in wanted
    )
    digests = {text for carried in documents for text in carried.texts}
    texts = {row.digest: decode_text(row.content) or "" for row in connection.execute(select(schema.texts)) if row.digest in digests}
    undone = read_undone(connection)
    made = [decode(Judgement, json.loads(payload)) for payload in connection.execute(select(schema.judgements.c.payload)).scalars()]
    concerned = [j for j in sorted(made, key=lambda j: j.id) if wanted is None or j.text_digest is None or j.text_digest in digests]
    return Parcel(
        ledger=ledger_id(connection),
        revision=read_revision(connection),
        digest="",
        documents=documents,
        texts=dict(sorted(texts.items())),
        judgements=tuple((j, undone.get(j.id)) for j in concerned),
        removed=read_tombstones(connection) if wanted is None else (),
    )


def read_tombstones(connection: Connection) -> tuple[Tombstone, ...]:
    """What stays of the documents that were removed, by id."""
    stones = schema.tombstones
    return tuple(
        Tombstone(document=row.document, bytes=row.bytes, text=row.text, name=row.name, reason=row.reason, at=row.at)
        for row in connection.execute(select(stones).order_by(stones.c.document))
    )


def ledger_id(connection: Connection) -> str:
    """A ledger's id: `l:` and a hash of the moment it was made."""
    created = connection.execute(select(schema.meta.c.value).where(schema.meta.c.key == "created")).scalar_one()
    return "l:" + digest(created.encode())[:_ID_LENGTH]


def _carried(connection: Connection, row: Row[tuple[object, ...]], readings: dict[str, frozenset[str]]) -> Carried:
    names = frozenset(connection.execute(select(schema.names.c.name).where(schema.names.c.document == row.id)).scalars())
    version = version_kept(row)
    text = connection.execute(select(schema.texts.c.content).where(schema.texts.c.digest == row.text)).scalar_one()
    articles, claims, problems = schema.articles.c, schema.claims.c, schema.problems.c
    found = connection.execute(select(claims.id, claims.payload, claims.extractor).where(claims.document == row.id).order_by(claims.id))
    pages = connection.execute(select(articles.payload).where(articles.document == row.id).order_by(articles.number)).scalars()
    told = connection.execute(select(problems.payload).where(problems.document == row.id).order_by(problems.id)).scalars()
    entry = Entry(
        document=read_document(row.payload, version.name, row.read_at),
        text=decode_text(text) or "",
        articles=tuple(read_article(payload, version.name) for payload in pages),
        claims={k: (read_claim(payload, version.name, k), by) for k, payload, by in found},
        problems=tuple(decode(Problem, json.loads(payload)) for payload in told),
        version=version,
    )
    return Carried(entry=entry, names=names, texts=readings.get(row.id, frozenset({row.text})))
