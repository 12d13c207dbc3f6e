"""Pages that are found by counts: one after the other they are the whole list, and the counts follow whatever is done to a ledger."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reportedly.api import Correction, Desk, Question
from reportedly.ledger.databases.database import WRITES
from reportedly.ledger.summaries.counted_pages import page_of_claims, page_of_said
from reportedly.ledger.summaries.tallies import faults, retally
from reportedly.model import Clocks, Filters
from reportedly.query.listing import Page, actors_of, claims_of, days_of, story_rows_of

CLAIMS = [
    Filters(),
    Filters(measure="killed"),
    Filters(measure="none"),
    Filters(speaker="a"),
    Filters(speaker="police"),
    Filters(speaker="É"),
]


@pytest.fixture(scope="module")
def desk(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A ledger of the examples."""
    path = tmp_path_factory.mktemp("pages") / "ledger.db"
    path.write_bytes(filled.read_bytes())
    with Desk(path) as desk:
        yield desk


def hold_pages(ask: Callable[[Filters], Page[Any]], filters: Filters, size: int) -> None:
    """Hold the pages of a list, and the number of its rows, to the list."""
    whole = ask(filters)
    pages: list[Any] = []
    for offset in range(0, len(whole.rows) + size, size):
        page = ask(replace(filters, limit=size, offset=offset))
        assert page.total == len(whole.rows)
        pages += page.rows
    assert pages == list(whole.rows)


@pytest.mark.parametrize("filters", CLAIMS, ids=str)
@pytest.mark.parametrize("size", [5, 60])
def test_pages_of_claims_are_the_list(desk: Desk, filters: Filters, size: int) -> None:
    """Of all claims, of a measure, and of speakers by words of their names; also past the end."""
    hold_pages(lambda asked: claims_of(desk.library, asked, Clocks()), filters, size)


@pytest.mark.parametrize("filters", [Filters(), Filters(speaker="police"), Filters(speaker="nobody of this name")], ids=str)
def test_pages_of_actors_and_articles_are_the_list(desk: Desk, filters: Filters) -> None:
    """Actors, those with the most claims first, and articles by story."""
    hold_pages(lambda asked: actors_of(desk.library, asked, Clocks()), filters, 7)
    hold_pages(lambda asked: story_rows_of(desk.library, asked, Clocks()), Filters(), 7)


def test_every_day_is_told_once(desk: Desk) -> None:
    """The days on which anything had been said, whatever parts have them."""
    days = days_of(desk.library)
    assert list(days) == sorted(set(days))
    assert len(days) > 1


def test_a_page_far_down_reads_no_more_than_its_bucket(desk: Desk) -> None:
    """What lies before a page is counted and not read; a speaker's page is read from a share of the documents, and is the same."""
    read: Sequence[tuple[str, str]] = desk.store.catalogue.ask(lambda connection: page_of_claims(connection, Filters(limit=1000))[0])
    for offset in range(0, len(read), 9):
        page = desk.store.catalogue.ask(lambda connection, at=offset: page_of_claims(connection, Filters(limit=2, offset=at)))  # type: ignore[misc]
        assert page == (list(read[offset : offset + 2]), len(read))
    assert desk.store.catalogue.ask(lambda connection: page_of_said(connection, Filters(limit=3, speaker="no such name"))) == ([], 0)


def test_counts_follow_what_is_done_to_a_ledger(ledger: Path, tmp_path: Path) -> None:
    """Pages that come, corrections, removals, counting anew: each leaves the counts those of the claims."""
    page = tmp_path / "more.txt"
    page.write_text("OSLO, Nov. 12, 2024 - Police and the army said on Tuesday that 3 people were killed in a fire.\n", encoding="utf-8")
    with Desk(ledger) as desk:

        def sound() -> bool:
            return desk.store.catalogue.ask(faults) == []

        assert sound()
        desk.add([page])
        assert sound()
        claims = [stored for stored in desk.claims(Question()) if stored.claim.figures and stored.claim.speakers]
        changes = {"speakers": ["Ann", "Bo"], "principals": [], "figures": []}
        desk.judge(Correction(kind="amend", targets=(claims[0].claim.id,), by="me", reason="", changes=changes))
        assert sound()
        desk.judge(Correction(kind="reject", targets=(claims[1].claim.id,), by="me", reason=""))
        assert sound()
        desk.remove(claims[2].claim.document, "asked for")
        assert sound()
        with desk.store.engine.execution_options(**{WRITES: True}).begin() as connection:
            before = claims_of(desk.library, Filters(limit=5), Clocks()).total
            retally(connection)
        assert sound()
        assert claims_of(desk.library, Filters(limit=5), Clocks()).total == before


def test_a_wrong_count_is_told(ledger: Path) -> None:
    """Of claims, of a measure, of a speaker: each in words."""
    with Desk(ledger) as desk:
        with desk.store.engine.execution_options(**{WRITES: True}).begin() as connection:
            connection.exec_driver_sql("UPDATE tallies SET many = many + 1 WHERE kind = 'measure' AND value = 'killed'")
            connection.exec_driver_sql("DELETE FROM spoken WHERE name = 'police'")
            connection.exec_driver_sql("INSERT INTO shared (claim, side) VALUES ('c:0', 'w:0')")
        told = desk.store.catalogue.ask(faults)
    assert [words for words in told if "measure killed" in words]
    assert [words for words in told if "c:0" in words]
