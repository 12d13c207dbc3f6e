"""Takes another ledger's parcel in, all of it or nothing; merging A into B and B into A give the same content records."""

from dataclasses import dataclass, replace

from sqlalchemy import insert, select

from reportedly.ledger import schema
from reportedly.ledger.bundles.parcel import Carried, Parcel, outlasts
from reportedly.ledger.documents.entering import enter, enter_name, enter_problems, enter_reading, enter_text, is_removed
from reportedly.ledger.documents.entry import Entry, Succession, Version, removed_before
from reportedly.ledger.documents.erasing import keep_tombstone
from reportedly.ledger.judgements.deciding import enter_judgement, enter_undoing
from reportedly.ledger.revisions import Turn
from reportedly.model import Merged, Problem


@dataclass(slots=True, kw_only=True)
class _Tally:
    """What a merge did so far."""

    documents: int = 0
    claims: int = 0
    judgements: int = 0
    undone: int = 0
    waiting: int = 0
    removed: int = 0


def merge(turn: Turn, parcel: Parcel, by: str, reason: str) -> Merged:
    """Take a parcel in.

    A document that was removed here or there goes and stays away, whoever still had it. One whose text is neither in the parcel nor here
    waits: its page has to be added first, and so do judgements of it; the parcel can be taken in again then.

    Args:
        turn: the transaction.
        parcel: what another ledger handed over.
        by: who takes it in.
        reason: why.

    Returns:
        What was new, and what waits.
    """
    tally = _Tally()
    for stone in parcel.removed:
        tally.removed += keep_tombstone(turn, stone)
    brought = [("document", carried.entry.document.id) for carried in parcel.documents if _take(turn, parcel, carried, tally)]
    known = set(turn.connection.execute(select(schema.texts.c.digest)).scalars())
    known |= set(turn.connection.execute(select(schema.tombstones.c.text)).scalars())  # judgements of a removed text stay
    for judgement, undoing in parcel.judgements:
        if judgement.text_digest is not None and judgement.text_digest not in known:
            tally.waiting += 1
            continue
        new = enter_judgement(turn, replace(judgement, undone=False))
        tally.judgements += new
        if undoing is not None:
            tally.undone += enter_undoing(turn, judgement, undoing.by, undoing.reason)
        if new:
            brought.append(("judgement", judgement.id))
    if turn.content or turn.links:
        _note(turn, parcel, (by, reason), brought)
    return Merged(
        ledger=parcel.ledger,
        documents=len(parcel.documents),
        added=tally.documents,
        claims=tally.claims,
        judgements=tally.judgements,
        undone=tally.undone,
        waiting=tally.waiting,
        removed=tally.removed,
    )


def _take(turn: Turn, parcel: Parcel, carried: Carried, tally: _Tally) -> bool:
    """Enter one document; whether it was new here."""
    entry, document = carried.entry, carried.entry.document
    if is_removed(turn.connection, document.id):
        enter_problems(turn, [removed_before(document)], None)
        return False
    if not carried.complete:
        held = turn.connection.execute(select(schema.documents.c.id).where(schema.documents.c.id == document.id)).first()
        if held is None:
            tally.waiting += 1
            message = "a bundle without texts knows this document, whose text is not here; add the page, then take the bundle in again"
            enter_problems(turn, [Problem(code="text-not-held", message=message, document=document.name)], None)
        return False
    documents, claims, _ = enter(turn, entry, forced=False, rule=_rule)
    tally.documents, tally.claims = tally.documents + documents, tally.claims + claims
    for name in sorted(carried.names):
        enter_name(turn, document.id, name)
    for text in sorted(carried.texts & parcel.texts.keys()):
        enter_text(turn.connection, text, parcel.texts[text])
        enter_reading(turn.connection, document.id, text)
    return documents > 0


def _rule(entry: Entry, old: Version, old_at: str) -> Succession:
    return outlasts(entry.version, old, entry.document.read_at, old_at)


def _note(turn: Turn, parcel: Parcel, signed: tuple[str, str], brought: list[tuple[str, str]]) -> None:
    """Keep where it came from: the import itself, and each document and judgement that it brought."""
    by, reason = signed
    row = {"ledger": parcel.ledger, "revision": parcel.revision, "bundle": parcel.digest, "by": by, "reason": reason}
    made = turn.connection.execute(insert(schema.imports), row | {"recorded": turn.revision}).inserted_primary_key
    if made is not None and brought:
        rows = [{"import": made.number, "kind": kind, "key": key} for kind, key in brought]
        turn.connection.execute(insert(schema.carried), rows)
