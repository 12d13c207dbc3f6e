"""Pages of lists under the clocks, found by counts of days: on a file and on a server the same, and one after the other the whole list."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reportedly.api import Desk
from reportedly.ledger.summaries.seen_stories import summaries_seen, titles_seen
from reportedly.model import Clocks, Filters, Holdings
from reportedly.query.library import Library
from reportedly.query.listing import claims_of, days_of, documents_of, hits_of, sources_of, stories_of, story_rows_of
from reportedly.tasks import care

SIZE = 4
FAR = 10_000

Rows = Callable[[Library, Filters, Clocks], tuple[list[Any], int]]


@pytest.fixture(scope="module")
def file(filled: Path) -> Iterator[Desk]:
    """A ledger of the examples."""
    with Desk(filled) as desk:
        yield desk


@pytest.fixture(scope="module")
def server(filled: Path, postgres: Any) -> Iterator[Desk]:
    """The same on a server."""
    place = postgres.url(postgres.make_database())
    care.transfer(filled, place)
    with closing(Desk(place)) as desk:
        yield desk


def clocks_of(desk: Desk) -> list[Clocks]:
    """No clock, and each of the clocks on the first, the middle and the last day, and on days of two minds."""
    told = [dt.date.fromisoformat(day) for day in days_of(desk.library)]
    days = [told[0] - dt.timedelta(days=1), told[0], told[len(told) // 2], told[-1]]
    alone = [clocks for day in days for clocks in (Clocks(as_of=day), Clocks(published_by=day), Clocks(as_of=day, published_by=day))]
    return [Clocks(), *alone, Clocks(as_of=days[1], published_by=days[3]), Clocks(as_of=days[3], published_by=days[2])]


def claims(library: Library, filters: Filters, clocks: Clocks) -> tuple[list[Any], int]:
    """Claims by id and place."""
    page = claims_of(library, filters, clocks)
    return [(stored.document, stored.claim.id) for stored in page.rows], page.total


def documents(library: Library, filters: Filters, clocks: Clocks) -> tuple[list[Any], int]:
    """Documents by id."""
    page = documents_of(library, filters, clocks)
    return [document.id for document in page.rows], page.total


def sources(library: Library, filters: Filters, clocks: Clocks) -> tuple[list[Any], int]:
    """Documents as the list of sources has them, the last day first."""
    held, _, total = sources_of(library, filters, clocks)
    days = days_in(held)
    order = sorted(held.documents.values(), key=lambda document: (days.get(document.id, ""), document.name), reverse=True)
    return [document.id for document in order], total


def days_in(held: Holdings) -> dict[str, str]:
    """The day of the newest article of each document."""
    days: dict[str, str] = {}
    for (document, _), article in held.articles.items():
        last = article.published.last_day if article.published else None
        days[document] = max(days.get(document, ""), last.isoformat() if last else "")
    return days


def articles(library: Library, filters: Filters, clocks: Clocks) -> tuple[list[Any], int]:
    """Articles by story, with its title."""
    page = story_rows_of(library, filters, clocks)
    return list(page.rows), page.total


def stories(library: Library, filters: Filters, clocks: Clocks) -> tuple[list[Any], int]:
    """Stories, that of the newest report first."""
    page = stories_of(library, filters, clocks)
    return list(page.rows), page.total


LISTS = [claims, documents, sources, articles, stories]


@pytest.mark.parametrize("ask", LISTS, ids=lambda ask: ask.__name__)
def test_pages_under_the_clocks_are_the_list(file: Desk, ask: Rows) -> None:
    """Page by page, also past the end, with how many rows there are; without a clock, by one, by both on a day and on two."""
    for clocks in clocks_of(file):
        whole, total = ask(file.library, Filters(), clocks)
        assert total == len(whole)
        pages: list[Any] = []
        for offset in (*range(0, total + 1, SIZE), FAR):
            rows, told = ask(file.library, Filters(limit=SIZE, offset=offset), clocks)
            assert told == total, (clocks, offset)
            pages += rows
        assert pages == whole, clocks


@pytest.mark.parametrize("ask", LISTS, ids=lambda ask: ask.__name__)
def test_pages_on_a_server_are_those_of_the_file(file: Desk, server: Desk, ask: Rows) -> None:
    """The same rows in the same order, and as many of them."""
    for clocks in clocks_of(file):
        total = ask(file.library, Filters(limit=1), clocks)[1]
        for filters in (Filters(), Filters(limit=SIZE), Filters(limit=SIZE, offset=max(0, total - 2)), Filters(limit=SIZE, offset=FAR)):
            assert ask(server.library, filters, clocks) == ask(file.library, filters, clocks), (clocks, filters)


def test_a_search_in_a_story_on_a_server_finds_what_the_file_finds(file: Desk, server: Desk) -> None:
    """A word, a phrase and a beginning, in each story: the same passages of the same documents, and none of another story."""
    filters = Filters(limit=50)
    for story in stories_of(file.library, Filters(), Clocks()).rows:
        within = replace(filters, story=story.id)
        for words in ("the", '"said on"', "sa*", "nobodysaidthis"):
            found = [
                {(hit.document, hit.start, hit.end) for hit in hits_of(desk.library, words, within, Clocks()).rows}
                for desk in (file, server)
            ]
            assert found[0] == found[1], (story.title, words)
            assert len({document for document, _, _ in found[1]}) <= story.articles


def test_stories_with_a_headline_by_a_day_need_no_rows(file: Desk) -> None:
    """By the last day their titles and what else lists say of them come from one question each; by a day before all others none does."""
    ids = [story.id for story in stories_of(file.library, Filters(), Clocks()).rows]
    last = dt.date.fromisoformat(days_of(file.library)[-1])
    told = file.store.catalogue.ask(lambda connection: titles_seen(connection, Clocks(as_of=last), ids))
    assert told
    assert told.items() <= {row.id: row.title for row in stories_of(file.library, Filters(), Clocks(as_of=last)).rows}.items()
    early = Clocks(published_by=dt.date(1900, 1, 1))
    assert file.store.catalogue.ask(lambda connection: titles_seen(connection, early, ids)) == {}
    whole = {row.id: row for row in stories_of(file.library, Filters(), Clocks(as_of=last)).rows}
    seen = file.store.catalogue.ask(lambda connection: summaries_seen(connection, Clocks(as_of=last), ids))
    assert seen.keys() == told.keys()
    assert seen.items() <= whole.items()
    assert file.store.catalogue.ask(lambda connection: summaries_seen(connection, early, ids)) == {}
