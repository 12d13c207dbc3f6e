"""The timeline of a large story comes from the outlines of its documents and is that of all rows."""

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from reportedly.api import Correction, Desk, Question
from reportedly.ledger import make_judgement, schema
from reportedly.model import Clocks, Filters, TimelineEntry
from reportedly.query import gists
from reportedly.query.gists import Gists
from reportedly.reconcile import summing
from reportedly.tasks import care


@contextmanager
def all_outlined() -> Iterator[None]:
    """Outlines are kept and read of the smallest part."""
    with patch.object(summing, "LARGE", 0), patch.object(gists, "LARGE", 0):
        yield


def relink(desk: Desk) -> None:
    """Have all links made anew, and what lists show of them."""
    desk.store.mend()
    desk.relink()


@pytest.fixture(scope="module")
def outlined(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of the examples with outlines of all their documents."""
    path = Path(shutil.copy(filled, tmp_path_factory.mktemp("outlined") / "outlined.db"))
    with all_outlined(), Desk(path) as desk:
        relink(desk)
    return path


@pytest.fixture(scope="module")
def desk(outlined: Path) -> Iterator[Desk]:
    """A desk of that ledger."""
    with all_outlined(), Desk(outlined) as desk:
        yield desk


@pytest.fixture(scope="module")
def stories(desk: Desk) -> list[str]:
    """Ids of its stories."""
    return [story.id for story in desk.holdings().links.stories]


def from_all_rows(desk: Desk, question: Question) -> list[TimelineEntry]:
    """The timeline without outlines."""
    with patch.object(Gists, "unfolding", return_value=None):
        return desk.timeline(question)


days = st.none() | st.dates(dt.date(2019, 12, 1), dt.date(2025, 12, 31))
asked_clocks = st.builds(Clocks, as_of=days, published_by=days)
asked_filters = st.builds(Filters, first=days, last=days, limit=st.integers(1, 30), offset=st.integers(0, 20))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filters=asked_filters, clocks=asked_clocks)
def test_outlines_answer_as_all_rows_whatever_the_clocks(desk: Desk, stories: list[str], filters: Filters, clocks: Clocks) -> None:
    """Every page of every story, on any day, between any days."""
    for story in stories:
        question = Question(filters=replace(filters, story=story), clocks=clocks)
        assert desk.timeline(question) == from_all_rows(desk, question)


def test_there_are_stories_that_outlines_answer_for(desk: Desk, stories: list[str]) -> None:
    """Else nothing was compared above; their first page is not empty."""
    answered = [story for story in stories if desk.library.gists.unfolding(story, Clocks()) is not None]
    assert answered
    assert any(desk.timeline(Question(filters=Filters(story=story, limit=5))) for story in answered)


def test_on_a_server_outlines_answer_alike(outlined: Path, stories: list[str], postgres: Any) -> None:
    """The ledger taken to PostgreSQL as it is: the same pages, from outlines there as well."""
    name = postgres.make_database()
    care.transfer(outlined, postgres.url(name))
    with all_outlined():
        with Desk(outlined) as desk, Desk(postgres.url(name)) as other:
            for story in stories:
                question = Question(filters=Filters(story=story, limit=20), clocks=Clocks(as_of=dt.date(2025, 12, 1)))
                assert other.timeline(question) == desk.timeline(question)
                assert (other.library.gists.unfolding(story, Clocks()) is None) is (desk.library.gists.unfolding(story, Clocks()) is None)
        assert [row.condition for row in care.examine(postgres.url(name), deep=True) if row.check == "summaries"] == ["sound"]
    postgres.drop_database(name)


def test_a_judgement_shows_in_the_next_page(outlined: Path, tmp_path: Path) -> None:
    """A claim that a person dates otherwise moves, one that is rejected goes, and what is undone comes back."""
    path = Path(shutil.copy(outlined, tmp_path / "judged.db"))
    with all_outlined(), Desk(path) as desk:
        stored = next(s for s in desk.claims(Question()) if s.claim.happened is not None and s.claim.happened.first)
        story = next(s.id for s in desk.holdings().links.stories if stored.article in s.articles)
        question = Question(filters=Filters(story=story, limit=50))
        before = desk.timeline(question)
        changes = {"happened": {"from": "1899-01-01", "to": "1899-01-01"}}
        moved = desk.judge(Correction(kind="amend", targets=(stored.claim.id,), by="me", reason="", changes=changes))
        after = desk.timeline(question)
        assert stored.claim.id in after[0].claims
        assert after == from_all_rows(desk, question)
        desk.judge(Correction(kind="reject", targets=(stored.claim.id,), by="me", reason=""))
        assert desk.timeline(question) == from_all_rows(desk, question)
        assert not any(stored.claim.id in entry.claims for entry in desk.timeline(question))
        for judgement in (*desk.store.holdings().judgements,):
            desk.undo(judgement.id)
        assert desk.timeline(question) == before
        assert moved.kind == "amend"


def test_what_was_asked_before_a_judgement_is_linked_is_asked_again_after(outlined: Path, tmp_path: Path) -> None:
    """A desk that answers meanwhile keeps no page, and no state of the story, of before: to link raises no revision here."""
    path = Path(shutil.copy(outlined, tmp_path / "lagging.db"))
    with all_outlined(), Desk(path) as desk, Desk(path, lagging=True) as reader:
        stored = next(s for s in desk.claims(Question()) if s.claim.happened is not None and s.claim.happened.first)
        story = next(s.id for s in desk.holdings().links.stories if stored.article in s.articles)
        question = Question(filters=Filters(story=story, limit=50))
        changes = {"happened": {"from": "1899-01-01", "to": "1899-01-01"}}
        correction = Correction(kind="amend", targets=(stored.claim.id,), by="me", reason="", changes=changes)
        desk.store.judge(make_judgement(desk.store, correction))
        assert reader.timeline(question) == from_all_rows(reader, question)
        revision, state = reader.library.revision, reader.library.state(story)
        desk.relink()
        assert reader.library.revision == revision
        assert reader.library.state(story) != state
        assert stored.claim.id in reader.timeline(question)[0].claims
        assert reader.timeline(question) == from_all_rows(reader, question)


def test_a_document_that_goes_takes_its_outline_along(outlined: Path, tmp_path: Path) -> None:
    """None of its words is left, linked or not, and the next page is that of the rows that stayed."""
    path = Path(shutil.copy(outlined, tmp_path / "removed.db"))
    with all_outlined(), Desk(path) as desk:
        stored = desk.claims(Question())[0]
        story = next(s.id for s in desk.holdings().links.stories if stored.article in s.articles and len(s.articles) > 1)
        desk.store.remove(desk.store.find_document(stored.document), "wrong page")
        other = next(s.id for s in desk.holdings().links.stories if s.id == story or stored.article not in s.articles)
        with desk.store.engine.connect() as connection:
            query = select(func.count()).where(schema.outlines.c.document == stored.document)
            assert connection.execute(query).scalar_one() == 0
        desk.relink()
        question = Question(filters=Filters(story=other, limit=50))
        assert desk.timeline(question) == from_all_rows(desk, question)


def test_a_ledger_without_outlines_is_answered_from_all_rows(filled: Path, stories: list[str]) -> None:
    """As one that an earlier version linked, or a small one."""
    with patch.object(gists, "LARGE", 0), Desk(filled) as desk:
        assert all(desk.library.gists.unfolding(story, Clocks()) is None for story in stories)
        assert any(desk.timeline(Question(filters=Filters(story=story, limit=5))) for story in stories)


def test_doctor_tells_an_outline_that_is_not_what_the_claims_give(outlined: Path, tmp_path: Path) -> None:
    """A changed one is found and one that is missing, a ledger of an earlier version's linking is sound, and mending makes all anew."""
    path = Path(shutil.copy(outlined, tmp_path / "sick.db"))

    def conditions() -> list[str]:
        return [row.condition for row in care.examine(path, deep=True) if row.check == "summaries"]

    with all_outlined():
        assert conditions() == ["sound"]
        with Desk(path) as desk, desk.store.engine.begin() as connection:
            connection.execute(text("UPDATE outlines SET content = zeroblob(40) WHERE document = (SELECT min(document) FROM outlines)"))
        assert conditions() == ["broken"]
        care.mend(path)
        assert conditions() == ["sound"]
        with Desk(path) as desk, desk.store.engine.begin() as connection:
            several = "SELECT min(document) FROM outlines GROUP BY part HAVING count(*) > 1 LIMIT 1"
            connection.execute(text(f"DELETE FROM outlines WHERE document = ({several})"))
        assert conditions() == ["broken"]
        with Desk(path) as desk, desk.store.engine.begin() as connection:
            connection.execute(text("DELETE FROM outlines"))
        assert conditions() == ["sound"]
