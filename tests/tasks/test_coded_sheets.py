"""Coding sheets that come back with cells changed: amendments in the coder's name, and what is left with the reason."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reportedly.api import Correction, Desk, Question
from reportedly.model import Clocks, SheetTaken
from reportedly.tasks.coded_sheets import take_sheet
from reportedly.tasks.coding import history
from reportedly.tasks.handover import export

Cells = dict[str, str]


@pytest.fixture
def desk(ledger: Path) -> Iterator[Desk]:
    """A desk over the example reports that a test may change."""
    with Desk(ledger) as opened:
        yield opened


def exported(desk: Desk, **clocks: Any) -> list[Cells]:
    """The rows of a sheet in the UCDP style."""
    content = export(desk, Question(clocks=Clocks(**clocks)), "ucdp-style")["ucdp-style.csv"]
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def came_back(desk: Desk, folder: Path, rows: list[Cells], by: str = "Bo") -> SheetTaken:
    """Write the sheet as a coder leaves it, and take it in."""
    path = folder / "sheet.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return take_sheet(desk, path, by=by)


def row_with(rows: list[Cells], **cells: str) -> Cells:
    return next(row for row in rows if all(row[name] == value for name, value in cells.items()))


def bounds(desk: Desk, identity: str) -> tuple[Decimal | None, Decimal | None]:
    found = next(series for series in desk.figures(Question(policy="ucdp-style")) if series.id == identity)
    return found.low, found.high


def test_a_changed_bound_is_amended_where_one_origin_states_it(desk: Desk, tmp_path: Path) -> None:
    """Every report of that origin is amended in the coder's name, once, and each amendment can be undone."""
    rows = exported(desk)
    row = row_with(rows, low="11", high="11")
    row |= {"low": "12", "high": "12", "status": "changed", "coder": "Ann"}
    taken = came_back(desk, tmp_path, rows)
    assert (taken.amended, taken.conflicts) == (len(row["claim_ids"].split("; ")), ())
    assert bounds(desk, row["id"]) == (Decimal(12), Decimal(12))
    deeds = history(desk)
    assert {(deed.by, deed.deed) for deed in deeds} == {("Ann", "amend")}
    assert f"row {row['id']}" in deeds[0].reason
    assert came_back(desk, tmp_path, rows).amended == 0
    for deed in deeds:
        assert deed.judgement is not None
        desk.undo(deed.judgement, by="Bo")
    assert bounds(desk, row["id"]) == (Decimal(11), Decimal(11))


def test_an_emptied_bound_is_open_and_not_nought(desk: Desk, tmp_path: Path) -> None:
    """Where a coder says that a number is not known, the figure has no such bound, and its words say "up to"."""
    rows = exported(desk)
    row = row_with(rows, low="16", high="16")
    row |= {"low": "", "status": "changed"}
    assert came_back(desk, tmp_path, rows).amended == 1
    figure = next(f for f in desk.show(row["claim_ids"]).claim.figures if f.measure == "killed")
    assert (figure.low, figure.high, figure.qualifier) == (None, Decimal(16), "up_to")


def test_days_and_places_go_to_every_claim_of_the_row(desk: Desk, tmp_path: Path) -> None:
    """The event is said to have happened then and there by all claims that the row rests on."""
    rows = exported(desk)
    row = row_with(rows, low="25", high="26")
    row |= {"date_start": "2024-11-11", "where_coordinates": "Vestfjord", "status": "changed"}
    claims = row["claim_ids"].split("; ")
    assert came_back(desk, tmp_path, rows).amended == len(claims)
    for claim in (desk.show(identity).claim for identity in claims):
        assert claim.happened is not None
        assert (claim.happened.first, claim.happened.last, claim.place) == ("2024-11-11", "2024-11-12", "Vestfjord")


def test_what_no_claim_says_is_listed_with_the_reason(desk: Desk, tmp_path: Path) -> None:
    """A single value, a bound of two origins, a word for a number, a side that no act names: nothing is amended."""
    rows = exported(desk)
    row = row_with(rows, low="176")
    row |= {"best": "175", "low": "175", "high": "many", "side_a": "Iran", "number_of_sources": "9", "status": "changed"}
    taken = came_back(desk, tmp_path, rows)
    why = {conflict.cell: conflict.why for conflict in taken.conflicts}
    assert set(why) == {"best", "low", "high", "side_a", "number_of_sources"}
    assert "formed from the claims" in why["best"]
    assert "origins state it" in why["low"]
    assert why["high"] == "it is no number"
    assert taken.amended == 0
    assert history(desk) == []


def test_the_coders_own_columns_stay_in_the_sheet(desk: Desk, tmp_path: Path) -> None:
    """Codes that the ledger has no field for are no conflict; a row in which nothing else is changed says so."""
    rows = exported(desk)
    rows[0] |= {"type_of_violence": "3", "code_status": "Clear", "status": "changed"}
    assert [conflict.cell for conflict in came_back(desk, tmp_path, rows).conflicts] == [""]


def test_nobody_is_overwritten_who_judged_since_the_export(desk: Desk, tmp_path: Path) -> None:
    """A claim that another person amended after the sheet was exported is left, and its conflict says who did what."""
    rows = exported(desk)
    row = row_with(rows, low="16", high="16")
    desk.judge(Correction(kind="amend", targets=(row["claim_ids"],), by="Kari", reason="", changes={"stance": "estimates"}))
    row |= {"low": "17", "high": "17", "status": "changed", "coder": "Ann"}
    taken = came_back(desk, tmp_path, rows)
    assert taken.amended == 0
    assert "Kari did amend" in taken.conflicts[0].why
    assert [deed.by for deed in history(desk)] == ["Kari"]


def test_a_sheet_of_an_earlier_day_is_held_to_that_day(desk: Desk, tmp_path: Path) -> None:
    """The row is formed again as of the sheet's own day, so that what came later is not taken for a change."""
    rows = exported(desk, as_of=dt.date(2024, 11, 13))
    row = next(row for row in rows if row["low"])
    row |= {"where_coordinates": "Vestfjord", "status": "changed"}
    taken = came_back(desk, tmp_path, rows)
    assert (taken.conflicts, taken.amended) == ((), len(row["claim_ids"].split("; ")))


def test_a_sheet_that_does_not_say_its_revision_is_not_guessed_at(desk: Desk, tmp_path: Path) -> None:
    """Without the revision a changed cell cannot be told from a changed ledger."""
    rows = exported(desk)
    rows[0] |= {"low": "1", "status": "changed", "revision": ""}
    taken = came_back(desk, tmp_path, rows)
    assert (taken.amended, len(taken.conflicts)) == (0, 1)
    assert "which revision" in taken.conflicts[0].why
