"""Coding sheets from made series: what is filled in, and what is left to a person."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from reportedly.export import ExportMatter, Table, airwars_sheet, csv_text, read_sheet, ucdp_sheet
from reportedly.export.sheet_amending import Edit, changes_of, read_edits, sheet_bases
from reportedly.model import (
    Act,
    Article,
    Claim,
    Clocks,
    Document,
    Entry,
    Event,
    Figure,
    Holdings,
    Interval,
    Links,
    Series,
    SeriesDispute,
    StoredClaim,
    span_of,
)

TEXT = "The ministry said the rebels had shelled the market, killing at least four civilians."


def day(words: str) -> Interval:
    return Interval(first=words, last=words)


def act(agent: str | None, patient: str | None) -> Act:
    return Act(span=span_of(TEXT, 29, 36), act="shell", agent=agent, patient=patient)


def claim(identity: str, *acts: Act) -> StoredClaim:
    made = Claim(document="page.txt", article=0, id=identity, content=(span_of(TEXT, 18, len(TEXT)),), speakers=("Ministry",), acts=acts)
    return StoredClaim(claim=made, document="d:1")


def entry(claim_id: str, principal: str | None, low: int | None, high: int | None) -> Entry:
    return Entry(
        claims=(claim_id,), said=day("2025-03-02"), cut_off=day("2025-03-02"), published=day("2025-03-02"), speakers=("Ministry",),
        principal=principal, low=None if low is None else Decimal(low), high=None if high is None else Decimal(high),
        qualifier="exact", words="four", standing="current", origin="o:1", outlets=("Herald",),
    )  # fmt: skip


def series(*entries: Entry, **fields: Any) -> Series:
    lows, highs = [e.low for e in entries], [e.high for e in entries]
    given: dict[str, Any] = {
        "id": "n:1", "story": "s:1", "event": "e:1", "measure": "killed", "counted": "civilians", "unit": None, "population": None,
        "place": None, "status": None, "share": "total", "as_of": None, "policy": "airwars-style",
        "low": min((n for n in lows if n is not None), default=None), "best": None,
        "high": None if None in highs else max(n for n in highs if n is not None), "open_high": None in highs, "why": "", "outlets": 1,
        "utterances": 1, "principals": 1, "disputes": (), "entries": entries,
    }  # fmt: skip
    return Series(**(given | fields))


def matter(rows: list[Series], claims: list[StoredClaim], happened: Interval | None = None) -> ExportMatter:
    event = Event(id="e:1", story="s:1", parent=None, label="shelled", place="Vest", happened=happened, background=False, claims=("c:1",))
    article = Article(
        document="page.txt", number=0, kind="article", passages=(), title="Shelling", outlet="Herald", published=day("2025-03-02")
    )
    document = Document(id="d:1", name="page.txt", text_digest="t", bytes_digest="b", media_type="text/plain")
    holdings = Holdings(
        documents={"d:1": document}, articles={("d:1", 0): article}, texts={"t": TEXT}, claims=tuple(claims), links=Links(events=(event,))
    )
    return ExportMatter(
        holdings=holdings, clocks=Clocks(), policy="airwars-style", series=tuple(rows), statements=(), timeline=(), actors=(), program="r"
    )


def only(table: Table) -> dict[str, Any]:
    """The one row of a table by its columns."""
    (row,) = table.rows
    return {column.name: cell for column, cell in zip(table.columns, row, strict=True)}


@pytest.mark.parametrize(
    ("principals", "disputes", "grade"),
    [
        (("Army",), (), "weak"),
        ((None,), (), "weak"),
        (("Army", "Red Cross"), (), "fair"),
        (("Army", "Red Cross"), (SeriesDispute(actor="Rebels", what="responsibility", how="denies", said=None, claim="c:2"),), "contested"),
    ],
)
def test_a_grade_is_proposed_and_a_person_sets_it(principals: tuple[str | None, ...], disputes: Any, grade: str) -> None:
    """By how many principals put a toll forward and whether anybody disputes it; the column of the grade itself is empty."""
    entries = [entry("c:1", name, 4, None) for name in principals]
    row = only(airwars_sheet(matter([series(*entries, disputes=disputes)], [claim("c:1")])))
    assert (row["grade_proposed"], row["grade"]) == (grade, None)
    assert row["grade_why"]


def test_an_airwars_row_joins_killed_and_injured_of_one_event() -> None:
    """Minimum and maximum of each; an open end stays open, a number nobody gives is empty and not 0."""
    killed = series(entry("c:1", "Army", 4, None), entry("c:2", "Red Cross", 7, 7))
    row = only(airwars_sheet(matter([killed], [claim("c:1"), claim("c:2")], day("2025-03-01"))))
    assert (row["civilian_deaths_min"], row["civilian_deaths_max"], row["civilian_deaths_open_above"]) == (Decimal(4), None, True)
    assert (row["civilian_injuries_min"], row["civilian_injuries_max"], row["civilian_injuries_open_above"]) == (None, None, None)
    assert (row["incident_date_from"], row["location"], row["sources"]) == (dt.date(2025, 3, 1), "Vest", 1)
    injured = series(entry("c:1", "Army", 9, 9), id="n:2", measure="injured")
    both = only(airwars_sheet(matter([killed, injured], [claim("c:1"), claim("c:2")])))
    assert (both["civilian_deaths_min"], both["civilian_injuries_max"]) == (Decimal(4), Decimal(9))


def test_soldiers_and_parts_are_no_row_of_the_airwars_sheet() -> None:
    """Only totals of civilians are."""
    rows = [series(entry("c:1", "Army", 4, 4), counted="soldiers"), series(entry("c:1", "Army", 4, 4), share="part")]
    assert airwars_sheet(matter(rows, [claim("c:1")])).rows == ()


@pytest.mark.parametrize(
    ("acts", "sides"),
    [
        ((("Rebels", "Market traders"),), ("Rebels", "Market traders")),
        ((("Rebels", None),), (None, None)),
        ((("Rebels", "Army"), ("Army", "Rebels")), (None, None)),
        ((), (None, None)),
    ],
)
def test_sides_are_those_of_an_act_that_names_both(
    acts: tuple[tuple[str | None, str | None], ...], sides: tuple[str | None, str | None]
) -> None:
    """An act with one name, or acts that disagree who did it, leave the columns to the coder."""
    row = only(ucdp_sheet(matter([series(entry("c:1", "Army", 4, 4))], [claim("c:1", *(act(*names) for names in acts))])))
    assert (row["side_a"], row["side_b"]) == sides
    assert (row["deaths_civilians"], row["deaths_a"], row["deaths_unknown"]) == ("4", None, None)


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("2025-03-01", "2025-03-01", 1),
        ("2025-03-01", "2025-03-03", 2),
        ("2025-03-03", "2025-03-09", 3),
        ("2025-03-01", "2025-03-31", 4),
        ("2025-01-01", "2025-12-31", 5),
        ("2024-01-01", "2025-12-31", None),
        (None, "2025-03-01", None),
    ],
)
def test_the_precision_of_a_date_is_how_long_it_may_be(first: str | None, last: str, code: int | None) -> None:
    """A day, a few, a week, a month, a year; an open end or more than a year has no code."""
    row = only(ucdp_sheet(matter([series(entry("c:1", "Army", 4, 4))], [claim("c:1")], Interval(first=first, last=last))))
    assert row["date_prec"] == code


@pytest.mark.parametrize(
    ("low", "high", "words"), [(4, 4, "4"), (4, 16, "4-16"), (4, None, "4+"), (None, 16, "up to 16"), (None, None, None)]
)
def test_a_range_is_written_as_a_person_writes_it(low: int | None, high: int | None, words: str | None) -> None:
    """Of the civilians of a row; nothing where nothing bounds it."""
    assert only(ucdp_sheet(matter([series(entry("c:1", "Army", low, high))], [claim("c:1")])))["deaths_civilians"] == words


def test_a_sheet_s_claims_come_back_apart() -> None:
    """Whatever blanks a spreadsheet left around them."""
    (row,) = read_sheet("id,claim_ids,coder,status\r\nn:1,c:1;  c:2 ; , Ann ,accepted\r\n")
    assert (row.id, row.claims, row.coder, row.status) == ("n:1", ("c:1", "c:2"), "Ann", "accepted")


def counting(identity: str, low: int | None, high: int | None) -> StoredClaim:
    """A claim with one figure of people killed."""
    stored = claim(identity, act("Rebels", "Army"))
    figure = Figure(
        span=span_of(TEXT, 64, 84), low=None if low is None else Decimal(low), high=None if high is None else Decimal(high),
        qualifier="exact", measure="killed",
    )  # fmt: skip
    return replace(stored, claim=replace(stored.claim, figures=(figure,)))


def came_back(given: ExportMatter, **cells: str) -> tuple[dict[str, Edit], dict[str, str]]:
    """What one row of the Airwars sheet changes, and the reasons against the rest."""
    (basis,) = sheet_bases(given, "airwars-style").values()
    (row,) = read_sheet(csv_text(airwars_sheet(given)))
    edits: dict[str, Edit] = {}
    conflicts = read_edits(replace(row, cells={**row.cells, **cells}), basis, edits)
    return edits, {conflict.cell: conflict.why for conflict in conflicts}


def test_a_maximum_that_nobody_stated_is_filled_in_on_its_claim() -> None:
    """The figure is bounded above from then on; other fields of it stay."""
    stored = counting("c:1", 4, None)
    edits, conflicts = came_back(matter([series(entry("c:1", "Army", 4, None))], [stored]), civilian_deaths_max="9")
    assert conflicts == {}
    (figure,) = changes_of(stored, edits["c:1"])["figures"]
    assert (figure["low"], figure["high"], figure["qualifier"], figure["measure"]) == ("4", "9", "range", "killed")


def test_a_nought_for_what_nobody_told_is_refused() -> None:
    """An empty cell that comes back as 0 says that nobody was hurt, which no report does."""
    given = matter([series(entry("c:1", "Army", 4, None))], [counting("c:1", 4, None)])
    edits, conflicts = came_back(given, civilian_deaths_max="0", civilian_injuries_min="0")
    assert edits == {}
    assert "0 stands where the reports give no number" in conflicts["civilian_deaths_max"]
    assert "0 stands where" in conflicts["civilian_injuries_min"]


def test_bounds_that_cross_are_refused() -> None:
    """A coder's minimum above the maximum that stands makes no figure."""
    stored = counting("c:1", 4, 4)
    edits, _ = came_back(matter([series(entry("c:1", "Army", 4, 4))], [stored]), civilian_deaths_min="7")
    with pytest.raises(ValueError, match="at least 7 and at most 4"):
        changes_of(stored, edits["c:1"])


def test_a_side_is_changed_on_the_acts_that_name_it() -> None:
    """Other acts and sides of the claims stay as they are."""
    given = matter([series(entry("c:1", "Army", 4, 4))], [counting("c:1", 4, 4)])
    (basis,) = sheet_bases(given, "ucdp-style").values()
    (row,) = read_sheet(csv_text(ucdp_sheet(given)))
    edits: dict[str, Edit] = {}
    assert not list(read_edits(replace(row, cells={**row.cells, "side_a": "Vest Front"}), basis, edits))
    assert [(a["agent"], a["patient"]) for a in changes_of(basis.group.claims[0], edits["c:1"])["acts"]] == [("Vest Front", "Army")]
