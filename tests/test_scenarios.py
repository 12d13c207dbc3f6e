"""Situations as analysts meet them, each from written reports to the answers of a ledger."""

import datetime as dt
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from reportedly.api import Desk, Question, read_files
from reportedly.brief import render_brief
from reportedly.model import Assessment, Clocks, Series

Report = tuple[str, str, str, str]
"""Outlet, day of publication, headline, text."""

Heap = Callable[[Sequence[Report]], Desk]


@pytest.fixture
def heap(tmp_path: Path) -> Any:
    """Files reports with their sidecars and reads them into a ledger."""
    desks: list[Desk] = []

    def file(reports: Sequence[Report]) -> Desk:
        folder = tmp_path / "reports"
        folder.mkdir()
        for number, (outlet, day, title, text) in enumerate(reports):
            (folder / f"{number}.txt").write_text(f"{title}\n\n{text}\n", encoding="utf-8")
            sidecar = json.dumps({"publisher": outlet, "published": day, "title": title})
            (folder / f"{number}.meta.json").write_text(sidecar, encoding="utf-8")
        desk = Desk(tmp_path / "ledger.db", create=True)
        desk.add([folder])
        desks.append(desk)
        return desk

    yield file
    for desk in desks:
        desk.close()


def series(desk: Desk, measure: str, day: str | None = None) -> Series:
    """The only series of a measure."""
    (found,) = [row for row in desk.figures(asked(day)) if row.measure == measure]
    return found


def statement(desk: Desk, words: str, day: str | None = None) -> Assessment:
    """The only statement that holds some words."""
    (found,) = [row for row in desk.statements(asked(day)) if words in row.text]
    return found


def asked(day: str | None) -> Question:
    return Question(clocks=Clocks(as_of=dt.date.fromisoformat(day) if day else None))


def bounds(row: Series) -> list[int]:
    """Low, best and high, as far as there are any."""
    return [int(number) for number in (row.low, row.best, row.high) if number is not None]


def standings(row: Series) -> list[tuple[str, str]]:
    return [(entry.words, entry.standing) for entry in row.entries]


FEVER = "Clinics in the port of Lumo were full and nurses from the capital were sent to help, doctors there said."


def test_a_cumulative_count_whose_window_grew_is_a_later_count(heap: Heap) -> None:
    """Cases since one day, told a fortnight later, replace the earlier count and rival nobody."""
    desk = heap(
        [
            ("Harbour Post", "2025-03-04", "Fever spreads in the port of Lumo",
             f"The health ministry said on Tuesday that 140 people have been infected with the fever since 1 March. {FEVER}"),
            ("Daily Herald", "2025-03-19", "Fever still spreads in the port of Lumo",
             f"The health ministry said on Wednesday that 610 people have been infected with the fever since 1 March. {FEVER}"),
        ]
    )  # fmt: skip
    row = series(desk, "infected")
    assert standings(row) == [("140 people", "history"), ("610 people", "current")]
    assert bounds(row) == [610, 610, 610]
    assert series(desk, "infected", "2025-03-10").best == 140


def test_more_than_ten_thousand_a_year_after_fifteen_thousand_lowers_nothing(heap: Heap) -> None:
    """The bound of one principal holds its own earlier number, which stands."""
    desk = heap(
        [
            ("Harbour Post", "2024-10-20", "Georgia says Norway sent soldiers",
             "Georgia's intelligence agency said on Sunday that Norway has sent 15,000 soldiers to Iceland to fight at Vatnajokull."),
            ("Daily Herald", "2025-10-21", "Norway's soldiers in Iceland, a year later",
             "Georgia's intelligence agency said on Tuesday Norway has sent more than 10,000 soldiers to Iceland to fight at Vatnajokull."),
        ]
    )  # fmt: skip
    row = series(desk, "deployed")
    assert standings(row) == [("15,000 soldiers", "current"), ("more than 10,000 soldiers", "restatement")]
    assert bounds(row) == [15000, 15000, 15000]


def test_a_denial_of_responsibility_leaves_the_act_undisputed(heap: Heap) -> None:
    """Who denies that it was behind an attack does not say that there was none."""
    desk = heap(
        [
            ("Harbour Post", "2025-05-03", "Fuel depot burns in Orsk",
             "Ukraine attacked a fuel depot in Orsk on Friday, Russia's defence ministry said on Saturday. The depot burned for hours."),
            ("Daily Herald", "2025-05-04", "Ukraine denies role in attack on fuel depot",
             "Ukraine's army on Sunday denied responsibility for the attack on the fuel depot in Orsk."),
        ]
    )  # fmt: skip
    row = statement(desk, "attacked a fuel depot")
    assert row.support == "alleged"
    assert [(dispute.actor, dispute.what, dispute.how) for dispute in row.disputes] == [("Ukraine", "responsibility", "denies")]
    assert statement(desk, "attacked a fuel depot", "2025-05-03").disputes == ()


FERRY = "The ferry capsized in a storm off the port of Lumo shortly before midnight, and divers searched the wreck through the day."


def test_a_corrected_number_is_withdrawn(heap: Heap) -> None:
    """The number that a correction note takes back is shown and counts no more."""
    first = f"Police said on Sunday that 72 people were killed. {FERRY} Relatives waited at the quay for news of the missing."
    second = f"Police said on Sunday that 27 people were killed. {FERRY} Relatives waited at the quay for news of the missing."
    note = "Correction: An earlier version of this article said that 72 people were killed."
    desk = heap(
        [
            ("Harbour Post", "2025-06-01", "Ferry capsizes off Lumo", first),
            ("Harbour Post", "2025-06-02", "Ferry capsizes off Lumo", f"{second}\n\n{note}"),
        ]
    )
    row = series(desk, "killed")
    assert dict(standings(row))["72 people"] == "withdrawn"
    assert bounds(row) == [27, 27, 27]


MINE = "The shaft of the coal mine in Korva collapsed before dawn, and teams from three provinces dug through the rubble for days."


def test_a_toll_that_falls_is_a_revision_and_is_shown(heap: Heap) -> None:
    """A lower count by the same source replaces the higher one, which stays on record, and the change is a revision."""
    desk = heap(
        [
            ("Harbour Post", "2025-06-02", "Collapse of coal mine in Korva",
             f"The mining ministry said on Monday that 46 miners were killed. {MINE}"),
            ("Daily Herald", "2025-06-04", "Toll of coal mine collapse in Korva lowered",
             f"The mining ministry said on Wednesday that 41 miners were killed. {MINE} Some bodies had been counted twice."),
        ]
    )  # fmt: skip
    row = series(desk, "killed")
    assert standings(row) == [("46 miners", "history"), ("41 miners", "current")]
    assert bounds(row) == [41, 41, 41]
    changes = desk.changes(dt.date(2025, 6, 3), dt.date(2025, 6, 5), Question())
    assert [(c.kind, c.before, c.after) for c in changes if c.kind == "revision"] == [("revision", "46 miners", "41 miners")]


def test_two_strikes_by_one_side_never_meet(heap: Heap) -> None:
    """The strike that an army confirms and the one that it denies are two statements."""
    text = (
        "Israel struck Nabatieh on Sunday, Lebanon's health ministry said on Monday. Israel's army denied that it struck Nabatieh. "
        "Israel struck Tyre on Wednesday, Lebanon's health ministry said on Thursday. Israel's army confirmed that it struck Tyre."
    )
    desk = heap([("Harbour Post", "2025-02-07", "Air strikes on two towns in Lebanon", text)])
    assert statement(desk, "struck Nabatieh").support == "alleged"
    assert [dispute.actor for dispute in statement(desk, "struck Nabatieh").disputes] == ["Israel"]
    assert statement(desk, "struck Tyre").support == "acknowledged"
    assert statement(desk, "struck Tyre").disputes == ()


DRAFT = {
    "The interior ministry said on Wednesday that 52 people were killed.": "supported",
    "The interior ministry said that 40 people were killed.": "outdated",
    "The coast guard said 9,000 soldiers were deployed to the coast.": "qualifier_lost",
    "The army said 700 rebels were killed.": "composite_split",
    "The army said 52 people were killed.": "wrong_speaker",
    "The coast guard said that 2,000 soldiers were deployed.": "part_as_total",
    "The clinic of Lumo said that 17 patients were hospitalised.": "window_lost",
    "The rebels said they captured 300 policemen.": "disputed",
    "The interior ministry said that 99 people were killed.": "not_in_ledger",
}


def test_a_draft_gets_every_verdict_that_it_deserves(heap: Heap, tmp_path: Path) -> None:
    """One sentence of each kind, against three reports of one accident."""
    later = (
        f"The interior ministry said on Wednesday that 52 people were killed. {FERRY} The coast guard said about 9,000 soldiers were "
        "deployed to the coast. The army said 700 rebels were killed or wounded in fighting near the port. The coast guard said 2,000 of "
        "the soldiers were deployed to the islands. The clinic of Lumo said 17 patients were hospitalised in the past 24 hours. The rebels "
        "said they captured 300 policemen."
    )
    first = f"The interior ministry said on Monday that 40 people were killed. {FERRY}"
    desk = heap(
        [
            ("Harbour Post", "2025-03-03", "Ferry capsizes off the port of Lumo", first),
            ("Daily Herald", "2025-03-05", "Ferry off the port of Lumo: toll rises", later),
            ("Evening Star", "2025-03-06", "Ferry off the port of Lumo: army rejects claim",
             f"The army on Thursday denied that the rebels captured 300 policemen. {FERRY}"),
        ]
    )  # fmt: skip
    draft = tmp_path / "draft.txt"
    draft.write_text("\n\n".join(DRAFT), encoding="utf-8")
    (reading,) = read_files([draft])
    rows = desk.check(reading, Question())
    assert [row.verdict for row in rows] == list(DRAFT.values())
    assert all(row.claims for row in rows if row.verdict != "not_in_ledger")


def test_numbers_that_cannot_all_hold_are_shown_in_the_brief(heap: Heap) -> None:
    """Two counts and a later sum of both that is too small: three sources, none of whom another contradicts alone."""
    text = (
        f"The interior ministry said on Monday that 52 people were killed. {FERRY} The hospital of Lumo said on Monday that 40 people "
        "were injured. The coast guard said on Monday that 80 people were killed or injured."
    )
    desk = heap([("Harbour Post", "2025-06-02", "Ferry capsizes off Lumo: toll", text)])
    brief = render_brief(desk.brief(Question()), "md")
    assert "## What cannot all hold" in brief
    (line,) = [line for line in brief.splitlines() if "cannot all hold:" in line]
    assert all(words in line for words in ("52 people", "40 people", "80 people"))


def test_the_life_of_a_number_stands_in_the_brief(heap: Heap) -> None:
    """A bound that a second outlet drops is told beside the figure's table."""
    desk = heap(
        [
            (
                "Harbour Post",
                "2025-06-02",
                "Ferry capsizes off Lumo",
                f"Police said on Monday that at least 52 people were killed. {FERRY}",
            ),
            (
                "Daily Herald",
                "2025-06-03",
                "Ferry capsized off Lumo: 52 dead",
                f"Police said on Monday that 52 people were killed. {FERRY}",
            ),
        ]
    )
    brief = render_brief(desk.brief(Question()), "md")
    (line,) = [line for line in brief.splitlines() if "Life of a number" in line]
    assert "“at least 52 people” in Harbour Post" in line
    assert "“52 people” in Daily Herald, 2025-06-03 (qualifier lost)" in line
