"""Writes what people decide into the tables, in the transaction at hand, and reads it back as an audit log."""

import json
from collections.abc import Iterator

from sqlalchemy import Connection, insert, select

from reportedly.ledger import schema
from reportedly.ledger.codec import decode
from reportedly.ledger.conflicts import Since, check_unseen
from reportedly.ledger.digesting import judgement_text
from reportedly.ledger.history import Undoing, deeds_of, newest_first
from reportedly.ledger.revisions import EVERYTHING, NO_DOCUMENT, Turn
from reportedly.ledger.siblings import siblings
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
        row = {"id": judgement.id, "kind": judgement.kind, "at": judgement.at, "payload": judgement_text(judgement)}
        turn.connection.execute(insert(schema.judgements), row | {"recorded": turn.revision})
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
        return
    turn.content = True
    if judgement.kind in _ABOUT_CLAIMS and judgement.text_digest is not None:
        readings = schema.readings.c
        readers = turn.connection.execute(select(readings.document).where(readings.text == judgement.text_digest)).scalars().all()
        turn.touched.update(siblings(turn.connection, readers))
        turn.touched.add(NO_DOCUMENT)  # where its text is gone, no link depends on it
    else:
        turn.touched.add(EVERYTHING)


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


def read_history(connection: Connection) -> list[Deed]:
    """Every deed of people, the newest first."""
    undone = read_undone(connection)
    rows = connection.execute(select(schema.judgements.c.id, schema.judgements.c.payload, schema.judgements.c.recorded)).all()
    judged = [(decode(Judgement, json.loads(row.payload)), row.recorded, undone.get(row.id)) for row in rows]
    moments = connection.execute(select(schema.revisions.c.revision, schema.revisions.c.at)).all()
    return newest_first([*deeds_of(judged, [(row.revision, row.at) for row in moments]), *_removals(connection), *_imports(connection)])


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
