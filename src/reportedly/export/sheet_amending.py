"""What a coder changed in a row of a coding sheet, as amendments of the claims that the row rests on.

A cell is held to the same cell of the row as it was exported. A bound is amended on the figures that state it, where one origin does; the
days and the place on every claim of the row; a side on the acts that name it. What cannot be said of a single claim is not applied, and
listed with the reason: a bound that several origins state or none does, a value formed by the policy, a 0 where nothing was known.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from reportedly.export.coding_sheets import Group, airwars_groups, airwars_sheet, largest, ucdp_groups, ucdp_sheet
from reportedly.export.matter import ExportMatter
from reportedly.export.sheet_reading import CodedRow, SheetStyle
from reportedly.export.tables import Table, cells_as_text
from reportedly.model import (
    Entry,
    Figure,
    Interval,
    Qualifier,
    Row,
    Series,
    SheetConflict,
    StoredClaim,
    decimal_text,
    parse_day,
    row_of,
)

End = Literal["low", "high"]

_BOUNDS: Mapping[str, tuple[str, End]] = {
    "low": ("killed", "low"),
    "high": ("killed", "high"),
    "civilian_deaths_min": ("killed", "low"),
    "civilian_deaths_max": ("killed", "high"),
    "civilian_injuries_min": ("injured", "low"),
    "civilian_injuries_max": ("injured", "high"),
}
_DAYS = (("date_start", "date_end"), ("incident_date_from", "incident_date_to"))
_PLACES = {"where_coordinates": "place", "location": "place", "country": "country"}
_SIDES: Mapping[str, Literal["agent", "patient"]] = {"side_a": "agent", "side_b": "patient"}
_CODERS = frozenset({"code_status", "event_clarity", "type_of_violence", "where_prec", "grade", "coder", "status"})
"""Columns that are the coder's own: they stay in the sheet."""
_FORMED = "this cell is formed from the claims: amend the claim that it comes from"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetBasis:
    """A row as it was exported, with what it was formed from.

    Attributes:
        cells: its cells as text, by column.
        group: the series and claims behind it.
    """

    cells: Mapping[str, str]
    group: Group


@dataclass(slots=True, kw_only=True)
class Edit:
    """What is amended of one claim.

    Attributes:
        fields: whole fields with their new values.
        bounds: place of a figure -> the ends that change.
        acts: place of an act -> the side that changes.
    """

    fields: Row = field(default_factory=dict)
    bounds: dict[int, dict[End, Decimal | None]] = field(default_factory=dict)
    acts: dict[int, Row] = field(default_factory=dict)


class UnfitError(ValueError):
    """A changed cell that cannot be applied, with the reason."""


def sheet_bases(matter: ExportMatter, style: SheetStyle) -> dict[str, SheetBasis]:
    """The rows of a sheet as they are formed from a ledger, by the row's id.

    Args:
        matter: the rows of the state that the sheet was exported from.
        style: in whose manner.
    """
    table: Table = ucdp_sheet(matter) if style == "ucdp-style" else airwars_sheet(matter)
    groups = ucdp_groups(matter) if style == "ucdp-style" else airwars_groups(matter)
    names = [column.name for column in table.columns]
    rows = (dict(zip(names, cells, strict=True)) for cells in cells_as_text(table))
    return {row[names[0]]: SheetBasis(cells=row, group=group) for row, group in zip(rows, groups, strict=True)}


def read_edits(row: CodedRow, basis: SheetBasis, edits: dict[str, Edit]) -> Iterator[SheetConflict]:
    """Gather what a row changes.

    Args:
        row: the row as it came back.
        basis: the same row as it was exported.
        edits: what is amended so far, by the claim's id; it grows.

    Yields:
        What cannot be applied, and why.
    """
    changed = changed_cells(row, basis)
    for name in changed:
        try:
            _take(name, row.cells, basis, edits)
        except UnfitError as error:
            yield SheetConflict(row=row.id, cell=name, value=changed[name], why=str(error), claims=row.claims)


def changed_cells(row: CodedRow, basis: SheetBasis) -> dict[str, str]:
    """The cells, by column, that say something else than when they were exported; the coder's own columns are none of them."""
    cells = {name: value for name, value in row.cells.items() if name not in _CODERS}
    return {name: value for name, value in cells.items() if value.strip() != basis.cells.get(name, "").strip()}


def _take(name: str, cells: Mapping[str, str], basis: SheetBasis, edits: dict[str, Edit]) -> None:
    value, claims = cells[name].strip(), basis.group.claims
    if name in _BOUNDS:
        measure, end = _BOUNDS[name]
        _bound(_number(value, basis.cells[name]), largest(basis.group.series, measure), end, (claims, edits))
    elif name in _PLACES:
        for stored in claims:
            _set(edits, stored, _PLACES[name], value or None)
    elif any(name in pair for pair in _DAYS):
        first, last = next(pair for pair in _DAYS if name in pair)
        happened = _interval(cells[first], cells[last])
        for stored in claims:
            _set(edits, stored, "happened", happened)
    elif name in _SIDES:
        _side(_SIDES[name], (basis.cells[name].strip(), value), claims, edits)
    else:
        raise UnfitError(_FORMED)


def _set(edits: dict[str, Edit], stored: StoredClaim, name: str, value: object) -> None:
    fields = edits.setdefault(stored.claim.id, Edit()).fields
    if fields.setdefault(name, value) != value:
        raise UnfitError(f"another row of the sheet gives the claim {stored.claim.id} another {name}")


def _number(words: str, exported: str) -> Decimal | None:
    """A cell's number; None where it is empty, which is not known.

    Raises:
        UnfitError: it is no number, or a 0 in a cell that said nothing.
    """
    if not words:
        return None
    try:
        number = Decimal(words.replace(",", ""))
    except InvalidOperation as error:
        raise UnfitError("it is no number") from error
    if not number.is_finite() or number < 0:
        raise UnfitError("it is no number of people")
    if number == 0 and not exported.strip():
        raise UnfitError("0 stands where the reports give no number; if a report says that there were none, add that claim")
    return number


def _interval(first: str, last: str) -> Row | None:
    try:
        start, end = (parse_day(words.strip()) if words.strip() else None for words in (first, last))
    except ValueError as error:
        raise UnfitError(str(error)) from error
    if start and end and start > end:
        raise UnfitError(f"{start} is after {end}")
    if start is None and end is None:
        return None
    return row_of(Interval(first=start.isoformat() if start else None, last=end.isoformat() if end else None))


def _bound(number: Decimal | None, series: Series | None, end: End, where: tuple[Sequence[StoredClaim], dict[str, Edit]]) -> None:
    """Change a bound on the figures that state it.

    Raises:
        UnfitError: no figure states it, or those of several origins do.
    """
    claims, edits = where
    if series is None:
        raise UnfitError("no report counts this; add the claim that does")
    old = series.low if end == "low" else series.high
    entries = [entry for entry in series.entries if entry.standing == "current" and _end_of(entry, end) == old]
    if not entries:
        raise UnfitError("no report states this bound by itself: it is formed by the policy")
    if len(entries) > 1:
        names = "; ".join(dict.fromkeys(entry.principal or ", ".join(entry.outlets) for entry in entries))
        raise UnfitError(f"{len(entries)} origins state it ({names}): amend the claim that you mean")
    stating = {stored.claim.id: stored for stored in claims if stored.claim.id in entries[0].claims}
    places = [
        (identity, place)
        for identity, stored in stating.items()
        for place, figure in enumerate(stored.claim.figures)
        if figure.measure == series.measure and (figure.low if end == "low" else figure.high) == old
    ]
    if not places:
        raise UnfitError("no figure of the row's claims states it in so many words")
    for identity, place in places:
        edits.setdefault(identity, Edit()).bounds.setdefault(place, {})[end] = number


def _end_of(entry: Entry, end: End) -> Decimal | None:
    return entry.low if end == "low" else entry.high


def _side(side: Literal["agent", "patient"], names: tuple[str, str], claims: Sequence[StoredClaim], edits: dict[str, Edit]) -> None:
    old, new = names
    if not old:
        raise UnfitError("no act in the claims names a side; amend the claim that does")
    for stored in claims:
        for place, act in enumerate(stored.claim.acts):
            if (act.agent if side == "agent" else act.patient) == old:
                edits.setdefault(stored.claim.id, Edit()).acts.setdefault(place, {})[side] = new or None


def changes_of(stored: StoredClaim, edit: Edit) -> Row:
    """The fields of a claim that an edit changes, as a judgement has them.

    Raises:
        UnfitError: a figure's lower bound would lie above its upper one.
    """
    changes: Row = dict(edit.fields)
    if edit.bounds:
        changes["figures"] = [_rebound(figure, edit.bounds.get(place, {})) for place, figure in enumerate(stored.claim.figures)]
    if edit.acts:
        changes["acts"] = [{**row_of(act), **edit.acts.get(place, {})} for place, act in enumerate(stored.claim.acts)]
    return changes


def _rebound(figure: Figure, ends: Mapping[End, Decimal | None]) -> dict[str, Any]:
    row = row_of(figure)
    if not ends:
        return row
    low, high = ends.get("low", figure.low), ends.get("high", figure.high)
    if low is not None and high is not None and low > high:
        raise UnfitError(f"“{figure.span.text}” would be at least {decimal_text(low)} and at most {decimal_text(high)}")
    bounds = {"low": None if low is None else decimal_text(low), "high": None if high is None else decimal_text(high)}
    return {**row, **bounds, "qualifier": _qualifier(low, high, figure.qualifier)}


def _qualifier(low: Decimal | None, high: Decimal | None, was: Qualifier) -> Qualifier:
    """What the words of a figure say by its new bounds; as before where that still fits."""
    fitting: Sequence[Qualifier]
    if low is None or high is None:
        fitting = ("vague",) if low is high else ("at_least", "more_than") if high is None else ("up_to", "fewer_than")
    else:
        fitting = ("exact", "about", "nearly") if low == high else ("range",)
    return was if was in fitting else fitting[0]
