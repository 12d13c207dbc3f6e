"""Copies, versions and the lives of numbers, on reports written for it: from files to what a reader is shown."""

import json
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reportedly.api import Desk, Question
from reportedly.model import Figure, Filters, Interval, Life, Span
from reportedly.query.lineage import changes_between

WIRE = """The night ferry Solvei sank off Tarnvik early on Tuesday after striking a reef, and {opening}

At least 47 people were killed, the Norwegian coast guard said on Tuesday. The vessel had left Tarnvik shortly after midnight with a full
deck of lorries and capsized within minutes, according to the harbour log, while two fishing boats picked survivors out of the water.

Divers were to go down to the wreck on Wednesday. The owner, Solvei Lines, declined to comment on the number of lorries on board, and the
port was closed to all traffic while the search went on along the northern shore of the fjord."""

OPENING = "rescuers searched the fjord for hours{}."
EDITS = ("", " in rain", " through the night", " in the dark", " without a pause", " at low tide")
OWN = """The wards of Tarnvik filled before dawn on Tuesday, after the night ferry Solvei had struck a reef off the town and sunk.

At least 47 people were killed when the ferry Solvei sank, the Tarnvik hospital said on Tuesday. Divers from Tarnvik waited at the quay
for the wreck of the Solvei to be marked, and lorries from the ferry drifted in the fjord.

Our reporter saw eleven ambulances leave the port of Tarnvik for the northern shore."""
TOLL = """At least {toll} people were killed when a mine collapsed in Korvald on Monday, the Norwegian police said on Monday.

Rescue teams from three towns dug through the night with their hands and with borrowed excavators, while families waited behind a rope at
the gate of the pit and a priest read out the names of those who had been brought up alive before midnight.

The mine had been inspected in spring. {more}"""
MORE = (
    "The company said nothing.",
    "The company said that it would open its books.",
    "The company said that it would open its books. Schools stayed closed.",
    "The company said that it would open its books. Schools stayed closed. A vigil was planned.",
)


def save(folder: Path, name: str, text: str, **sidecar: str) -> None:
    """Save a page with its sidecar, a paragraph a line."""
    (folder / f"{name}.txt").write_text(re.sub(r"(?<!\n)\n(?!\n)", " ", text), encoding="utf-8")
    (folder / f"{name}.meta.json").write_text(json.dumps(sidecar), encoding="utf-8")


@pytest.fixture
def heap(tmp_path: Path) -> Path:
    """A folder for pages."""
    folder = tmp_path / "heap"
    folder.mkdir()
    return folder


def killed(desk: Desk) -> list[Any]:
    """The series of the dead, the fullest first."""
    return sorted(desk.figures(Question(filters=Filters(measure="killed"))), key=lambda series: -len(series.entries))


def test_eighteen_outlets_with_one_wire_story_and_one_reporter_are_two_principals(heap: Path, tmp_path: Path) -> None:
    """Seventeen outlets run one wire story with light edits, one asks a hospital itself: 18 outlets, 2 principals, 2 origins."""
    for number in range(17):
        text = WIRE.format(opening=OPENING.format(EDITS[number % len(EDITS)]))
        save(heap, f"{number:02}", text, publisher=f"Paper {number}", published="2024-03-05", title="Ferry sinks off Tarnvik")
    save(heap, "17", OWN, publisher="Tarnvik Tidende", published="2024-03-05", title="Ferry Solvei sinks off Tarnvik")
    with Desk(tmp_path / "ferry.db", create=True) as desk:
        desk.add([heap], model="rules")
        held = desk.holdings()
        series = killed(desk)[0]
        primaries = desk.primaries(Question())
    assert len(held.links.stories) == 1
    assert (series.outlets, series.principals) == (18, 2)
    assert sorted(len(entry.outlets) for entry in series.entries) == [1, 17]
    assert [len(row.outlets) for row in primaries if row.principal == "Norway" and "47" in row.text] == [17]


def test_a_page_rewritten_four_times_is_versions_of_one_page(heap: Path, tmp_path: Path) -> None:
    """As the toll rises from 10 to 12 the page is one outlet's, each version in the place of the one before."""
    for hour, (toll, more) in enumerate(zip((10, 11, 11, 12), MORE, strict=True), 8):
        text = TOLL.format(toll=toll, more=more)
        stamp = f"2024-05-06T{hour:02}:00:00+02:00"
        save(
            heap,
            str(hour),
            text,
            publisher="Fjord Times",
            published=stamp,
            url="https://fjord.example/mine",
            title="Mine collapses in Korvald",
        )
    with Desk(tmp_path / "mine.db", create=True) as desk:
        desk.add([heap], model="rules")
        links = desk.holdings().links
        series = killed(desk)[0]
    assert {link.kind for link in links.copies} == {"version"}
    assert len(links.copies) == 6
    assert series.outlets == 1
    assert [(str(entry.low), entry.standing) for entry in series.entries if entry.standing == "current"] == [("12", "current")]


def figure(low: int, *, qualifier: Any = "exact", measure: str = "killed", **more: Any) -> Figure:
    """A figure."""
    return Figure(span=Span(start=0, end=1, text="x"), low=Decimal(low), high=Decimal(low), qualifier=qualifier, measure=measure, **more)


SINCE = Interval(first="2024-01-01", last=None)


@pytest.mark.parametrize(
    ("first", "later", "named", "changes"),
    [
        (figure(900, qualifier="about"), figure(900), True, ("qualifier lost",)),
        (figure(900, measure="killed_or_injured"), figure(900), True, ("composite collapsed",)),
        (figure(9_960), figure(10_000), True, ("rounded",)),
        (figure(10_000), figure(9_960), True, None),
        (figure(1_500), figure(2_000), True, None),
        (figure(900, window=SINCE), figure(900), True, ("window lost",)),
        (figure(900, population="Norway"), figure(900), True, ("population widened",)),
        (figure(900), figure(900), False, ("attribution dropped",)),
        (figure(900, status="suspected"), figure(900, status="confirmed"), True, ("suspected made confirmed",)),
        (figure(900), figure(900, measure="injured"), True, None),
        (figure(900, population="Norway"), figure(900, population="Sweden"), True, None),
        (figure(900), figure(900), True, ()),
    ],
)
def test_what_becomes_of_a_number_on_its_way(first: Figure, later: Figure, named: bool, changes: tuple[str, ...] | None) -> None:  # noqa: FBT001
    """Each change is told by its name, and what is no retelling is none."""
    assert changes_between(first, later, attributed=True, still_attributed=named) == changes


def lives_of(heap: Path, ledger: Path, first: str, later: str) -> Sequence[Life]:
    """The lives of numbers in two outlets' reports of one storm, a day apart."""
    more = "Boats lay on the quays of Nordhavn, roofs in its streets, and the storm Edda moved on to the north over open sea."
    save(heap, "a", first + more, publisher="Coast Herald", published="2024-11-05", title="Storm Edda hits Nordhavn")
    save(heap, "b", later + more, publisher="Hill Echo", published="2024-11-06", title="Storm Edda hits Nordhavn")
    with Desk(ledger, create=True) as desk:
        desk.add([heap], model="rules")
        return desk.lives(Question())


def test_a_number_lives_on_in_later_reports(heap: Path, tmp_path: Path) -> None:
    """The first report's "about 1,240 killed or injured" is another outlet's "1,240 killed": one life, with what was lost."""
    first = "The storm Edda hit Nordhavn. About 1,240 people were killed or injured, the Norwegian health ministry said on Tuesday.\n\n"
    later = "The storm Edda left Nordhavn without power. The Norwegian health ministry said on Tuesday that 1,240 people were killed.\n\n"
    lives = lives_of(heap, tmp_path / "storm.db", first, later)
    assert [(life.measure, life.outlets) for life in lives] == [("killed_or_injured", ("Coast Herald", "Hill Echo"))]
    assert [telling.changes for telling in lives[0].tellings] == [(), ("qualifier lost", "composite collapsed")]


def test_own_words_of_two_persons_hand_nothing_on(heap: Path, tmp_path: Path) -> None:
    """A minister's "about 1,200" the day after a spokesman's "over 1,200" is her own word and no retelling of his."""
    first = "The storm Edda hit Nordhavn. Over 1,200 people were injured, Norwegian army spokesman Pal Rye said on Tuesday.\n\n"
    later = "The storm Edda left Nordhavn. About 1,200 people were injured, Norwegian Defence Minister Ida Moe said on Wednesday.\n\n"
    assert lives_of(heap, tmp_path / "storm.db", first, later) == []
