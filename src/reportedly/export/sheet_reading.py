"""Reads a coding sheet back that a person has filled in."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from reportedly.export.tables import LIST

_NEEDED = ("claim_ids", "coder", "status")
_STATUSES = ("proposed", "accepted", "rejected", "changed")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedRow:
    """A row of a coding sheet.

    Attributes:
        id: what names the row: its first cell.
        claims: ids of the claims it rests on.
        coder: who coded it; empty where nobody signed.
        status: proposed, accepted, rejected or changed.
    """

    id: str
    claims: tuple[str, ...]
    coder: str
    status: str


def read_sheet(words: str) -> list[CodedRow]:
    """The rows of a sheet, in its order.

    Raises:
        ValueError: it is no coding sheet, or a row has a status that is none.
    """
    reader = csv.DictReader(io.StringIO(words, newline=""), strict=True)
    try:
        return list(_rows(reader))
    except csv.Error as error:
        raise ValueError(f"line {reader.line_num} is no CSV: {error}") from error


def _rows(reader: "csv.DictReader[str]") -> Iterator[CodedRow]:
    names = reader.fieldnames or ()
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise ValueError(f"it is no coding sheet: it has no column {missing[0]}")
    for row in reader:
        status = (row["status"] or "proposed").strip()
        if status not in _STATUSES:
            raise ValueError(f"line {reader.line_num}: status is {status!r}; it may be {', '.join(_STATUSES)}")
        claims = tuple(claim.strip() for claim in (row["claim_ids"] or "").split(LIST.strip()) if claim.strip())
        yield CodedRow(id=row[names[0]] or "", claims=claims, coder=(row["coder"] or "").strip(), status=status)
