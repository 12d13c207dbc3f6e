"""Writes a document with its claims into the tables, in the transaction at hand."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlalchemy import Connection, Table, delete, insert, select, update
from sqlalchemy.engine import Row

from reportedly.ledger import schema
from reportedly.ledger.codec import article_text, claim_text, document_text, json_text
from reportedly.ledger.documents.entry import (
    Counts,
    Entry,
    Succession,
    Version,
    compare,
    entry_of,
    problem_id,
    problems_of,
    removed_before,
)
from reportedly.ledger.judgements.anchors import anchors_of, encode_text
from reportedly.ledger.revisions import NO_DOCUMENT, Turn
from reportedly.ledger.search import fts
from reportedly.model import Article, Claim, Extraction, Problem, Reading, row_of

Rule = Callable[[Entry, Version, str], Succession]


def enter_made(turn: Turn, reading: Reading, extractions: Sequence[Extraction], *, forced: bool = False) -> Counts:
    """Store what is new in a reading with its extractions; of one without a document its problems. See `enter`."""
    if reading.document is None:
        turn.touched.add(NO_DOCUMENT)
        return 0, 0, enter_problems(turn, problems_of(reading, extractions), None)
    return enter(turn, entry_of(reading.document, reading, extractions), forced=forced)


def enter(turn: Turn, entry: Entry, *, forced: bool, rule: Rule | None = None) -> Counts:
    """Store what is new in an entry.

    Args:
        turn: the transaction.
        entry: the document with all that was made of it.
        forced: whether a document that was removed comes back.
        rule: whether its version takes the place of the one kept, which was read at a moment; None takes `compare`.

    Returns:
        How many documents, claims and problems were new.
    """
    document = entry.document
    turn.touched.add(document.id)
    if is_removed(turn.connection, document.id):
        if not forced:
            return 0, 0, enter_problems(turn, [removed_before(document)], None)
        turn.connection.execute(delete(schema.tombstones).where(schema.tombstones.c.document == document.id))
    kept = turn.connection.execute(select(schema.documents).where(schema.documents.c.id == document.id)).one_or_none()
    if kept is not None:
        old = version_kept(kept)
        return _enter_again(turn, entry, rule(entry, old, kept.read_at) if rule else compare(entry.version, old), old)
    enter_text(turn.connection, document.text_digest, entry.text)
    turn.connection.execute(insert(schema.documents), _document_row(turn, entry) | {"name": document.name})
    turn.connection.execute(insert(schema.readings), {"document": document.id, "text": document.text_digest})
    enter_name(turn, document.id, document.name)
    _enter_articles(turn, document.id, entry.articles)
    _enter_claims(turn, entry, entry.claims)
    turn.content = True
    return 1, len(entry.claims), enter_problems(turn, entry.problems, document.id)


def enter_problems(turn: Turn, problems: Iterable[Problem], document: str | None) -> int:
    """Store problems that are not yet there; how many were new."""
    found = {problem_id(problem, document): problem for problem in problems}
    if not found:
        return 0
    column = schema.problems.c.id
    known = set(turn.connection.execute(select(column).where(column.in_(list(found)))).scalars())
    rows = [
        {"id": k, "document": document, "code": p.code, "payload": json_text(row_of(p)), "recorded": turn.revision}
        for k, p in found.items()
        if k not in known
    ]
    if rows:
        turn.connection.execute(insert(schema.problems), rows)
        turn.content = True
    return len(rows)


def is_removed(connection: Connection, document: str) -> bool:
    """Whether a document, by its id, was removed."""
    stones = schema.tombstones.c.document
    return connection.execute(select(stones).where(stones == document)).first() is not None


def version_kept(row: Row[tuple[object, ...]]) -> Version:
    """The version of a row of `documents`."""
    return Version(
        name=row.read_as,
        sidecar=json.loads(row.payload)["sidecar"] is not None,
        reader=row.reader,
        extractor=row.extractor,
        fingerprint=row.fingerprint,
    )


def _enter_again(turn: Turn, entry: Entry, succession: Succession, old: Version) -> Counts:
    """Another reading of a document that the ledger has: see `entry`."""
    document = entry.document
    new_claims = _replace(turn, entry) if succession == "replace" else 0
    if succession == "same" and entry.version.name < old.name:
        _update_document(turn, document.id, {"read_as": document.name})
    enter_name(turn, document.id, document.name)
    new_problems = 0 if succession == "keep" else enter_problems(turn, entry.problems, document.id)
    return 0, new_claims, new_problems


def _replace(turn: Turn, entry: Entry) -> int:
    """Put a newer reading in the place of the one kept, which goes to `past`; how many claims are new."""
    connection, document = turn.connection, entry.document
    enter_text(connection, document.text_digest, entry.text)
    row = _document_row(turn, entry)
    if not _bury(turn, schema.documents, document.id, {document.id: document_text(document)}):
        del row["recorded"]
    _update_document(turn, document.id, row)
    enter_reading(connection, document.id, document.text_digest)
    connection.execute(delete(schema.problems).where(schema.problems.c.document == document.id))
    _bury(turn, schema.articles, document.id, {str(a.number): article_text(a) for a in entry.articles})
    left = _column(connection, schema.articles, "number", document.id)
    _enter_articles(turn, document.id, [a for a in entry.articles if a.number not in left])
    before = _column(connection, schema.claims, "id", document.id)
    _bury(turn, schema.claims, document.id, {k: claim_text(claim) for k, (claim, _) in entry.claims.items()})
    left = _column(connection, schema.claims, "id", document.id)
    _enter_claims(turn, entry, {k: v for k, v in entry.claims.items() if k not in left})
    _resign(turn, document.id, {k: by for k, (_, by) in entry.claims.items() if k in left})
    return len(entry.claims.keys() - before)


def _bury(turn: Turn, table: Table, document: str, payloads: Mapping[str, str]) -> bool:
    """Move rows of a document whose payload is no longer so to `past`; whether there were any. A document's own row stays."""
    connection, key = turn.connection, table.c[schema.KEYS[table.name]]
    owner = table.c.id if table is schema.documents else table.c.document
    extractor = table.c.extractor if "extractor" in table.c else schema.documents.c.extractor
    query = select(key.label("key"), table.c.payload, table.c.recorded, extractor.label("extractor")).where(owner == document)
    if table is schema.articles:
        query = query.join(schema.documents, schema.documents.c.id == owner)
    changed = [row for row in connection.execute(query) if payloads.get(str(row.key)) != row.payload]
    if not changed:
        return False
    copies = [
        {"kind": table.name, "document": document, "key": str(r.key), "gone": turn.revision}
        | {"payload": r.payload, "extractor": r.extractor, "recorded": r.recorded}
        for r in changed
    ]
    connection.execute(insert(schema.past), copies)
    if table is schema.claims:
        gone = [row.key for row in changed]
        anchors = schema.anchors.c
        connection.execute(delete(schema.anchors).where(anchors.document == document, anchors.claim.in_(gone)))
    if table is not schema.documents:
        connection.execute(delete(table).where(owner == document, key.in_([row.key for row in changed])))
    turn.content = True
    return True


def _resign(turn: Turn, document: str, extractors: Mapping[str, str]) -> None:
    """Note the newest extractor of claims that it found as they were."""
    claims = schema.claims.c
    for claim, extractor in extractors.items():
        turn.connection.execute(update(schema.claims).where(claims.id == claim, claims.document == document).values(extractor=extractor))


def _column(connection: Connection, table: Table, name: str, document: str) -> set[object]:
    return set(connection.execute(select(table.c[name]).where(table.c.document == document)).scalars())


def enter_text(connection: Connection, digest: str, text: str) -> None:
    """Keep a text, once."""
    if connection.execute(select(schema.texts.c.number).where(schema.texts.c.digest == digest)).first() is None:
        made = connection.execute(insert(schema.texts), {"digest": digest, "content": encode_text(text)})
        key = made.inserted_primary_key
        if key is not None:
            fts.index_text(connection, key.number, text)


def enter_reading(connection: Connection, document: str, text: str) -> None:
    """Note that a document was read as a text that the ledger keeps."""
    pair = {"document": document, "text": text}
    if connection.execute(select(schema.readings).filter_by(**pair)).first() is None:
        connection.execute(insert(schema.readings), pair)


def enter_name(turn: Turn, document: str, name: str) -> None:
    """Note a name that a document was met under; the least one is its name."""
    names = schema.names.c
    known = set(turn.connection.execute(select(names.name).where(names.document == document)).scalars())
    if name in known:
        return
    turn.connection.execute(insert(schema.names), {"document": document, "name": name, "recorded": turn.revision})
    turn.content = True
    if known and name < min(known):
        _update_document(turn, document, {"name": name})


def _update_document(turn: Turn, document: str, values: Mapping[str, object]) -> None:
    turn.connection.execute(update(schema.documents).where(schema.documents.c.id == document), dict(values))
    turn.content = True


def _document_row(turn: Turn, entry: Entry) -> dict[str, object]:
    document = entry.document
    return {
        "id": document.id,
        "read_as": document.name,
        "read_at": document.read_at,
        "text": document.text_digest,
        "bytes": document.bytes_digest,
        "media_type": document.media_type,
        "url": document.url,
        "publisher": document.publisher,
        "published": document.published,
        "fetched": document.fetched,
        "title": document.title,
        "reader": document.reader,
        "extractor": entry.version.extractor,
        "fingerprint": entry.version.fingerprint,
        "payload": document_text(document),
        "recorded": turn.revision,
    }


def _enter_articles(turn: Turn, document: str, articles: Iterable[Article]) -> None:
    rows = [{"document": document, "number": a.number, "payload": article_text(a), "recorded": turn.revision} for a in articles]
    if rows:
        turn.connection.execute(insert(schema.articles), rows)
        turn.content = True


def _enter_claims(turn: Turn, entry: Entry, claims: Mapping[str, tuple[Claim, str]]) -> None:
    if not claims:
        return
    document = entry.document.id
    rows = [_claim_row(claim) | {"document": document, "extractor": by, "recorded": turn.revision} for claim, by in claims.values()]
    turn.connection.execute(insert(schema.claims), rows)
    anchors = [
        {"document": document, "claim": claim.id, "part": a.part, "index": a.index, "start": a.start, "end": a.end}
        | {"quote": a.quote, "prefix": a.prefix, "suffix": a.suffix}
        for claim, _ in claims.values()
        for a in anchors_of(claim, entry.text)
    ]
    turn.connection.execute(insert(schema.anchors), anchors)
    turn.content = True


def _claim_row(claim: Claim) -> dict[str, object]:
    return {
        "id": claim.id,
        "article": claim.article,
        "start": claim.start,
        "end": claim.end,
        "form": claim.form,
        "stance": claim.stance,
        "said_first": claim.said.first if claim.said else None,
        "said_last": claim.said.last if claim.said else None,
        "measures": _listed(figure.measure for figure in claim.figures),
        "speakers": _listed(claim.speakers),
        "payload": claim_text(claim),
    }


def _listed(words: Iterable[str]) -> str:
    r"""Words each once, a line each, with a line break on both sides, so that `LIKE '%\nword\n%'` finds one."""
    found = sorted(set(words))
    return "\n" + "\n".join(found) + "\n" if found else ""
