"""Writes what people decide into the tables, in the transaction at hand, and reads it back as an audit log."""

import json
from collections.abc import Collection, Iterator

from sqlalchemy import Connection, insert, select

from reportedly.ledger import schema
from reportedly.ledger.care.digesting import judgement_text
from reportedly.ledger.codec import decode, json_text
from reportedly.ledger.databases.choosing import chosen
from reportedly.ledger.documents.siblings import siblings
from reportedly.ledger.judgements.conflicts import Since, check_unseen
from reportedly.ledger.judgements.history import Undoing, deeds_of, newest_first
from reportedly.ledger.revisions import EVERYTHING, NO_DOCUMENT, Turn
from reportedly.ledger.summaries.summing import touch_parts
from reportedly.model import Deed, Judgement

_ABOUT_CLAIMS = frozenset({"add", "reject", "amend"})


def enter_judgement(turn: Turn, judgement: Judgement, seen: int | None = None) -> bool:
    """Append a judgement, with its undoing where it comes undone; one that is there already adds nothing.

    Args:
        turn: the transaction.
        judgement: the judgement.
        seen: revision that its maker looked at; None does not look whether others judged the same since.

    Returns:
        Whether it was new.

    Raises:
        ConflictError: others judged the same since.
    """
    columns = schema.judgements.c
    new = turn.connection.execute(select(columns.id).where(columns.id == judgement.id)).first() is None
    if new:
        if seen is not None:
            check_unseen(judgement, seen, _since(turn.connection, seen, judgement))
        row = {"id": judgement.id, "kind": judgement.kind, "at": judgement.at, "text": judgement.text_digest}
        turn.connection.execute(insert(schema.judgements), row | {"payload": judgement_text(judgement), "recorded": turn.revision})
        _changed(turn, judgement)
    if judgement.undone:
        enter_undoing(turn, judgement, judgement.by, judgement.reason)
    return new


def undo_judgement(turn: Turn, identity: str, signed: tuple[str, str], seen: int | None = None) -> None:
    """Take back a judgement that the ledger holds.

    Args:
        turn: the transaction.
        identity: the judgement's id.
        signed: who takes it back, and why.
        seen: revision that they looked at; None does not look whether others judged the same since.

    Raises:
        ConflictError: others judged the same since, or took this back.
    """
    payload = turn.connection.execute(select(schema.judgements.c.payload).where(schema.judgements.c.id == identity)).scalar_one()
    judgement = decode(Judgement, json.loads(payload))
    if seen is not None:
        check_unseen(judgement, seen, _since(turn.connection, seen, judgement))
    enter_undoing(turn, judgement, *signed)


def enter_undoing(turn: Turn, judgement: Judgement, by: str, reason: str) -> bool:
    """Note that a judgement is taken back; whether that was new."""
    column = schema.undone.c.judgement
    if turn.connection.execute(select(column).where(column == judgement.id)).first() is not None:
        return False
    turn.connection.execute(insert(schema.undone), {"judgement": judgement.id, "by": by, "reason": reason, "recorded": turn.revision})
    _changed(turn, judgement)
    return True


def _changed(turn: Turn, judgement: Judgement) -> None:
    """The revision rises; links are outdated of the documents that the judgement is about, and all of them by a merge or split."""
    if not judgement.bears_on_links:
        turn.links = True
        touch_parts(turn, _pages(turn, judgement))
        return
    turn.content = True
    if judgement.kind in _ABOUT_CLAIMS and judgement.text_digest is not None:
        turn.touched.update(_pages(turn, judgement))
        turn.touched.add(NO_DOCUMENT)  # where its text is gone, no link depends on it
    else:
        turn.touched.add(EVERYTHING)


def _pages(turn: Turn, judgement: Judgement) -> Collection[str]:
    """Ids of the documents that were read as the text that a judgement is about, and of the same pages saved again."""
    if judgement.text_digest is None:
        return ()
    readings = schema.readings.c
    readers = turn.connection.execute(select(readings.document).where(readings.text == judgement.text_digest)).scalars().all()
    return siblings(turn.connection, readers)


def _since(connection: Connection, seen: int, judgement: Judgement) -> Since:
    judgements, undone, claims = schema.judgements.c, schema.undone.c, schema.claims.c
    made = connection.execute(select(judgements.payload, judgements.recorded).where(judgements.recorded > seen))
    gone = connection.execute(
        select(judgements.payload, undone.recorded, undone.by).join_from(schema.undone, schema.judgements).where(undone.recorded > seen)
    )
    read = connection.execute(select(claims.id, claims.recorded).where(claims.recorded > seen, claims.id.in_(list(judgement.targets))))
    return Since(
        judged=[(decode(Judgement, json.loads(payload)), revision) for payload, revision in made],
        undone=[(decode(Judgement, json.loads(payload)), revision, by) for payload, revision, by in gone],
        read={row.id: row.recorded for row in read},
    )


def read_undone(connection: Connection) -> dict[str, Undoing]:
    """How judgements were taken back, by the judgement's id."""
    return {
        row.judgement: Undoing(by=row.by, reason=row.reason, revision=row.recorded) for row in connection.execute(select(schema.undone))
    }


def read_history(connection: Connection, target: str | None = None) -> list[Deed]:
    """Deeds of people, the newest first.

    Args:
        connection: a connection, inside a transaction.
        target: deeds that cannot concern a claim or name that begins so may be left out; None asks for all.
    """
    columns, revisions = schema.judgements.c, schema.revisions.c
    undone = read_undone(connection)
    query = select(columns.id, columns.payload, columns.recorded)
    if target is not None:
        query = query.where(columns.payload.contains(json_text(target)[1:-1], autoescape=True))
    rows = connection.execute(query).all()
    judged = [(decode(Judgement, json.loads(row.payload)), row.recorded, undone.get(row.id)) for row in rows]
    numbers = sorted({gone.revision for _, _, gone in judged if gone is not None})
    moments = [(row.revision, row.at) for row in chosen(connection, select(revisions.revision, revisions.at), revisions.revision, numbers)]
    return newest_first([*deeds_of(judged, moments), *_removals(connection), *_imports(connection)])


def _removals(connection: Connection) -> Iterator[Deed]:
    for stone in connection.execute(select(schema.tombstones)):
        yield Deed(revision=stone.recorded, at=stone.at, by="", deed="remove", judgement=None, targets=(stone.name,), reason=stone.reason)


def _imports(connection: Connection) -> Iterator[Deed]:
    imports, revisions = schema.imports, schema.revisions
    query = select(imports, revisions.c.at).join(revisions, revisions.c.revision == imports.c.recorded)
    for row in connection.execute(query):
        yield Deed(
            revision=row.recorded,
            at=row.at,
            by=row.by,
            deed="import",
            judgement=None,
            targets=(row.ledger,),
            reason=row.reason,
            changes={"revision": row.revision, "bundle": row.bundle},
        )
