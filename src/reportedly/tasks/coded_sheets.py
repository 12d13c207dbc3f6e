"""Coding sheets that come back: what a person decided in them becomes judgements in the coder's name."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reportedly.api import Correction, Desk, Question
from reportedly.errors import BadJudgementError, UnreadableError
from reportedly.model import Clocks, Judgement, Row, SheetConflict, SheetTaken, StoredClaim, parse_day

if TYPE_CHECKING:
    from reportedly.export import CodedRow
    from reportedly.export.sheet_amending import Edit, SheetBasis

__all__ = ["take_sheet"]

Verdict = Literal["accept", "reject"]

_VERDICTS: Mapping[str, Verdict] = {"accepted": "accept", "rejected": "reject"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who takes a sheet in, and what stands in the reason of each judgement.

    Attributes:
        by: who judges where a row names no coder.
        reason: why, beside the sheet's name and row.
        name: the sheet's name.
    """

    by: str
    reason: str
    name: str

    def of(self, row: "CodedRow") -> str:
        """Who judges by a row."""
        return row.coder or self.by

    def why(self, row: str) -> str:
        """The reason of a judgement by a row."""
        return f"coding sheet {self.name}, row {row}{f': {self.reason}' if self.reason else ''}"


@dataclass(slots=True, kw_only=True)
class _Taking:
    """A sheet on its way in.

    Attributes:
        desk: the ledger's desk.
        signature: who takes it in.
        counts: judgements made, by kind.
        conflicts: what was not applied.
    """

    desk: Desk
    signature: Signature
    counts: Counter[str] = field(default_factory=Counter)
    conflicts: list[SheetConflict] = field(default_factory=list)


def take_sheet(desk: Desk, path: Path, *, by: str, reason: str = "", name: str | None = None) -> SheetTaken:
    """Take in a coding sheet that a person has filled in.

    The claims of rows that say `accepted` or `rejected` are judged so. Rows that say `changed` are held to the same rows as they were
    exported, by the revision and days that the sheet notes, and what was changed is amended on the claims. A cell that says nothing of a
    claim, or a claim that somebody else judged since the export, is left and listed.

    Args:
        desk: the ledger's desk.
        path: the sheet, as `export` wrote it but for the coder's cells.
        by: who judges where a row names no coder.
        reason: why, beside the sheet's name and row.
        name: the sheet's name; None takes the file's.

    Returns:
        What was new; a judgement that its coder has made already is not made again.

    Raises:
        UnreadableError: the file is no coding sheet; nothing of it was taken in.
    """
    from reportedly.export import read_sheet  # noqa: PLC0415 - only wanted here

    try:
        rows = read_sheet(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise UnreadableError(path, f"it is no bundle, and as a coding sheet: {error}") from error
    taking = _Taking(desk=desk, signature=Signature(by=by, reason=reason, name=name or path.name))
    held = desk.holdings()
    known = {stored.claim.id for stored in desk.store.all_claims()} | {stored.claim.id for stored in held.claims}
    _amend(taking, [row for row in rows if row.status == "changed"])
    _judge(taking, rows, known)
    return SheetTaken(
        rows=len(rows),
        accepted=taking.counts["accept"],
        rejected=taking.counts["reject"],
        amended=taking.counts["amend"],
        conflicts=tuple(taking.conflicts),
        unknown=tuple(sorted({claim for row in rows for claim in row.claims} - known)),
    )


def _judge(taking: _Taking, rows: Sequence["CodedRow"], known: set[str]) -> None:
    """Accept and reject the claims of rows that say so."""
    done = {(j.kind, target, j.by) for j in taking.desk.holdings().judgements if j.in_force for target in j.targets}
    for row in rows:
        kind = _VERDICTS.get(row.status)
        signed = taking.signature.of(row)
        for claim in row.claims if kind else ():
            if kind and claim in known and (kind, claim, signed) not in done:
                taking.desk.judge(Correction(kind=kind, targets=(claim,), by=signed, reason=taking.signature.why(row.id)))
                done.add((kind, claim, signed))
                taking.counts[kind] += 1


def _amend(taking: _Taking, rows: Sequence["CodedRow"]) -> None:
    """Amend the claims of rows that say `changed`, those of one state of the ledger and one coder together."""
    groups: dict[tuple[str, tuple[str, str, str], str], list[CodedRow]] = defaultdict(list)
    for row in rows:
        groups[row.style or "", row.clocks, taking.signature.of(row)].append(row)
    for (style, clocks, coder), found in groups.items():
        try:
            question = _question(style, clocks, taking.desk.revision)
        except ValueError as error:
            taking.conflicts += [_left(row, str(error)) for row in found]
            continue
        _amend_group(taking, found, coder, question)


def _question(style: str, clocks: tuple[str, str, str], revision: int) -> Question:
    """What a sheet was exported by.

    Raises:
        ValueError: it does not say, or says what cannot be.
    """
    number, as_of, published_by = clocks
    if not style or not number.isdecimal() or int(number) > revision:
        raise ValueError("the sheet does not say which revision of this ledger it was exported from; export it anew")
    days = [parse_day(day) if day else None for day in (as_of, published_by)]
    before = int(number) + 1 if int(number) < revision else None
    return Question(clocks=Clocks(as_of=days[0], published_by=days[1], recorded_before=before), policy=style)


def _amend_group(taking: _Taking, rows: Sequence["CodedRow"], coder: str, question: Question) -> None:
    from reportedly.export.sheet_amending import changed_cells, read_edits  # noqa: PLC0415 - only wanted here

    bases = _bases(taking.desk, question)
    edits: dict[str, Edit] = {}
    row_of_claim: dict[str, str] = {}
    for row in rows:
        basis = bases.get(row.id)
        if basis is None or basis.cells["claim_ids"] != row.cells["claim_ids"]:
            taking.conflicts.append(_left(row, "this ledger never had such a row with such claims; export the sheet anew"))
            continue
        if not changed_cells(row, basis) and basis.cells["status"] != "changed":
            taking.conflicts.append(_left(row, "no cell of it that the ledger fills is changed"))
        taking.conflicts += read_edits(row, basis, edits)
        row_of_claim |= {claim: row.id for claim in row.claims if claim not in row_of_claim}
    claims = {stored.claim.id: stored for basis in bases.values() for stored in basis.group.claims}
    others = _judged_since(taking, question, coder)
    for identity, edit in edits.items():
        _amend_claim(taking, claims[identity], edit, (coder, row_of_claim[identity]), others)


def _bases(desk: Desk, question: Question) -> Mapping[str, "SheetBasis"]:
    """The sheet's rows as they were exported."""
    from reportedly.export import ExportMatter  # noqa: PLC0415 - only wanted here
    from reportedly.export.sheet_amending import sheet_bases  # noqa: PLC0415

    policy = question.policy
    matter = ExportMatter(
        holdings=desk.holdings(question),
        clocks=question.clocks,
        policy=policy or "",
        series=tuple(desk.figures(question)),
        statements=(),
        timeline=(),
        actors=(),
        program="",
    )
    return sheet_bases(matter, "ucdp-style" if policy == "ucdp-style" else "airwars-style")


def _judged_since(taking: _Taking, question: Question, coder: str) -> Mapping[str, str]:
    """Claim id -> who else judged it, or took a judgement back, since the sheet was exported."""
    before = question.clocks.recorded_before
    if not isinstance(before, int):
        return {}
    own = f"coding sheet {taking.signature.name}, row "
    deeds = (deed for deed in taking.desk.store.history() if deed.revision >= before and deed.coding is None)
    return {
        target: f"{deed.by or 'somebody'} did {deed.deed} in revision {deed.revision}"
        for deed in deeds
        if not (deed.by == coder and deed.reason.startswith(own))
        for target in deed.targets
    }


def _amend_claim(taking: _Taking, stored: StoredClaim, edit: "Edit", signed: tuple[str, str], others: Mapping[str, str]) -> None:
    from reportedly.export.sheet_amending import UnfitError, changes_of  # noqa: PLC0415 - only wanted here

    coder, row = signed
    identity = stored.claim.id
    if identity in others:
        taking.conflicts.append(_of_claim(row, identity, f"it changed since the export: {others[identity]}"))
        return
    try:
        changes: Row = changes_of(stored, edit)
        if any(j.changes == changes for j in _amendments(taking.desk, identity, coder)):
            return
        taking.desk.judge(Correction(kind="amend", targets=(identity,), by=coder, reason=taking.signature.why(row), changes=changes))
    except (UnfitError, BadJudgementError) as error:
        taking.conflicts.append(_of_claim(row, identity, str(error)))
    else:
        taking.counts["amend"] += 1


def _amendments(desk: Desk, claim: str, coder: str) -> Iterator[Judgement]:
    return (j for j in desk.holdings().judgements if j.in_force and j.kind == "amend" and j.by == coder and claim in j.targets)


def _left(row: "CodedRow", why: str) -> SheetConflict:
    return SheetConflict(row=row.id, cell="", value="", why=why, claims=row.claims)


def _of_claim(row: str, claim: str, why: str) -> SheetConflict:
    return SheetConflict(row=row, cell="", value="", why=why, claims=(claim,))
