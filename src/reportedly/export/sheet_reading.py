"""Reads a coding sheet back that a person has filled in."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from reportedly.export.tables import LIST

SheetStyle = Literal["ucdp-style", "airwars-style"]

_NEEDED = ("claim_ids", "coder", "status")
_STATE = ("revision", "as_of", "published_by")
_MARKS: Mapping[SheetStyle, str] = {"ucdp-style": "code_status", "airwars-style": "grade_proposed"}
"""By which column a sheet's manner is known."""
_STATUSES = ("proposed", "accepted", "rejected", "changed")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedRow:
    """A row of a coding sheet.

    Attributes:
        id: what names the row: its first cell.
        claims: ids of the claims it rests on.
        coder: who coded it; empty where nobody signed.
        status: proposed, accepted, rejected or changed.
        style: in whose manner the sheet is; None where its columns are those of neither.
        cells: all cells by column.
        clocks: revision, as of and published by, as the sheet notes them; empty where it does not.
    """

    id: str
    claims: tuple[str, ...]
    coder: str
    status: str
    style: SheetStyle | None = None
    cells: Mapping[str, str] = field(default_factory=dict)
    clocks: tuple[str, str, str] = ("", "", "")


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
        yield CodedRow(
            id=row[names[0]] or "",
            claims=claims,
            coder=(row["coder"] or "").strip(),
            status=status,
            style=next((style for style, column in _MARKS.items() if column in names), None),
            cells={name: row[name] or "" for name in names if name not in _STATE},
            clocks=(_cell(row, "revision"), _cell(row, "as_of"), _cell(row, "published_by")),
        )


def _cell(row: Mapping[str, str], name: str) -> str:
    return (row.get(name) or "").strip()
