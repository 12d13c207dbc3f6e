"""What taking in others' work did: a coded sheet that comes back, another ledger's bundle."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetConflict:
    """A cell, or a whole row, of a coded sheet that was not applied.

    Attributes:
        row: the row's id.
        cell: the column; empty where the whole row was left.
        value: what stands there now.
        why: one sentence.
        claims: ids of the claims that the row rests on.
    """

    row: str
    cell: str
    value: str
    why: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTaken:
    """What taking in a coded sheet did.

    Attributes:
        rows: rows of the sheet.
        accepted: claims that were newly accepted.
        rejected: claims that were newly rejected.
        amended: claims that were newly amended, by rows that say `changed`.
        conflicts: what of such rows was not applied, and why.
        unknown: ids of claims that this ledger does not hold.
    """

    rows: int
    accepted: int
    rejected: int
    amended: int
    conflicts: tuple[SheetConflict, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What taking in another ledger's bundle did, each counting only what is new.

    Attributes:
        ledger: id of the ledger that the bundle came from.
        documents: documents in the bundle.
        added: documents that were new.
        claims: claims that were new.
        judgements: judgements that were new.
        undone: judgements that were taken back by it.
        waiting: documents and judgements that wait for a text which neither the bundle nor this ledger has.
        removed: documents that the other ledger had removed, and that went from this one for it.
    """

    ledger: str
    documents: int
    added: int
    claims: int
    judgements: int
    undone: int
    waiting: int
    removed: int = 0
