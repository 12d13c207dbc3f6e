"""The gist of a story answers as all of its rows do."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.api import Correction, Desk, Question
from reportedly.model import Clocks, Filters
from reportedly.query import gists
from reportedly.query.gists import Gists
from reportedly.reconcile import build_series
from reportedly.reconcile.gists import build_measured_series, cut_events
from reportedly.reconcile.measures import bound_to

PAGES = (
    """Blast at Varda harbour kills 12

VARDA, March 3, 2024 (Northern Wire) - The interior ministry and the Red Cross said on Sunday that 12 people were killed in the blast at \
Varda harbour.

Governor Ilse Brandt said 30 people were injured at Varda harbour.
""",
    """Varda harbour blast toll

VARDA, March 4, 2024 (Coast Daily) - Twelve people were killed in the blast at Varda harbour on Sunday, and 30 people were injured.

The army denied that 12 people were killed at Varda harbour. The interior ministry said 15 people were killed in the blast at Varda harbour.
""",
    """Varda harbour blast: ministry counts dead

VARDA, March 5, 2024 (Coast Daily) - The interior ministry said on Tuesday that 10 people were killed in the blast at Varda harbour.

The Red Cross said 40 people were killed or injured in the blast at Varda harbour. Governor Ilse Brandt said 31 people were injured.

Correction: An earlier version of this article said that 12 people were killed in the blast.
""",
)
"""One story with a joint statement, narration, a denial of a figure and a correction."""

MEASURES = (None, "killed", "injured", "deployed", "missing", "other")


@contextmanager
def all_rows() -> Iterator[None]:
    """Answers from all rows of a story."""
    with patch.object(Gists, "rows", return_value=None), patch.object(Gists, "measured", return_value=None):
        yield


@pytest.fixture(scope="module")
def desk(filled: Path) -> Iterator[Desk]:
    """The ledger of the examples, of whose every story a gist is read."""
    with patch.object(gists, "LARGE", 0), Desk(filled) as desk:
        yield desk


@pytest.fixture(scope="module")
def stories(desk: Desk) -> list[str]:
    """Ids of its stories."""
    return [story.id for story in desk.holdings().links.stories]


def same(desk: Desk, question: Question) -> None:
    """Hold figures and statements from the gist to those from all rows."""
    new = desk.figures(question), desk.statements(question)
    with all_rows():
        assert new == (desk.figures(question), desk.statements(question))


days = st.none() | st.dates(dt.date(2019, 12, 1), dt.date(2025, 12, 31))
asked_clocks = st.builds(Clocks, as_of=days, published_by=days)
asked_filters = st.builds(
    Filters,
    measure=st.sampled_from(MEASURES),
    speaker=st.sampled_from([None, "police", "a"]),
    limit=st.none() | st.integers(1, 6),
    offset=st.integers(0, 2),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filters=asked_filters, clocks=asked_clocks)
def test_a_gist_answers_as_all_rows_whatever_the_clocks(desk: Desk, stories: list[str], filters: Filters, clocks: Clocks) -> None:
    """Figures and statements of every story, on any day, by measure and speaker, page by page."""
    for story in stories:
        same(desk, Question(filters=replace(filters, story=story), clocks=clocks))


def test_joint_statements_denials_and_corrections_are_in_the_gist(tmp_path: Path) -> None:
    """A story that has them all is answered alike on every day, and its gists are what answers."""
    pages = [tmp_path / f"{number}.txt" for number in range(len(PAGES))]
    for path, words in zip(pages, PAGES, strict=True):
        path.write_text(words, encoding="utf-8")
    with patch.object(gists, "LARGE", 0), Desk(tmp_path / "varda.db", create=True) as desk:
        desk.add(pages)
        (story,) = (found.id for found in desk.holdings().links.stories)
        for clocks in (Clocks(), *(Clocks(as_of=dt.date(2024, 3, day), published_by=dt.date(2024, 3, day)) for day in range(2, 7))):
            for measure in MEASURES:
                same(desk, Question(filters=Filters(story=story, measure=measure), clocks=clocks))
        assert desk.library.gists.rows(story, Clocks(), None) is not None
        assert desk.library.gists.rows(story, Clocks(), frozenset(MEASURES[1:3])) is not None
        killed = desk.figures(Question(filters=Filters(story=story, measure="killed")))
        assert killed[0].disputes
        assert {entry.principal for entry in killed[0].entries} >= {"Ministry of the Interior", "Red Cross"}


def test_series_of_measures_are_those_of_all_series(desk: Desk, stories: list[str]) -> None:
    """What counts by a measure of the table is the same whether what counts without one is asked as well or not."""
    for story in stories:
        rows = desk.rows(Question(filters=Filters(story=story)))
        every = build_series(rows, Clocks(), "widest")
        assert build_measured_series(rows, Clocks(), "widest") == [row for row in every if row.measure != "other"]


@pytest.mark.parametrize(
    ("measures", "present", "bound"),
    [
        ({"killed"}, {"killed", "injured", "killed_or_injured", "cost"}, {"killed", "injured", "killed_or_injured"}),
        ({"casualties"}, {"killed", "casualties", "missing"}, {"casualties", "killed", "injured"}),
        ({"cost"}, {"killed", "cost"}, {"cost"}),
        ({"missing"}, {"missing", "killed_or_missing", "killed", "injured", "killed_or_injured"}, None),
    ],
)
def test_measures_are_bound_by_arithmetic(measures: set[str], present: set[str], bound: set[str] | None) -> None:
    """A composite brings its halves, a half its composites, and what is bound to these comes along; None stands for all there are."""
    assert bound_to(measures, present) == (bound or present)


def test_gists_answer_for_stories_and_are_less_than_their_rows(desk: Desk, stories: list[str]) -> None:
    """There are stories of which both gists answer, and none holds a claim that its story does not."""
    answered = 0
    for story in stories:
        whole = {(stored.document, stored.claim.id) for stored in desk.rows(Question(filters=Filters(story=story))).claims}
        found = [desk.library.gists.rows(story, Clocks(), asked) for asked in (frozenset(MEASURES[1:5]), None)]
        for rows in found:
            assert rows is None or {(stored.document, stored.claim.id) for stored in rows.claims} <= whole
        answered += all(rows is not None for rows in found)
    assert answered


def test_a_small_story_has_no_gist(filled: Path, stories: list[str]) -> None:
    """Stories below the least number of claims are read whole."""
    with patch.object(gists, "LARGE", 10_000), Desk(filled) as desk:
        assert all(desk.library.gists.rows(story, Clocks(), frozenset(MEASURES[1:5])) is None for story in stories)


def test_a_judgement_shows_in_the_next_answer(ledger: Path) -> None:
    """A figure that a person rejects is gone from the gist, and there again when that is taken back."""
    with patch.object(gists, "LARGE", 0), Desk(ledger) as desk:
        stored = next(s for s in desk.claims(Question()) if any(f.measure == "killed" for f in s.claim.figures))
        story = next(s.id for s in desk.holdings().links.stories if stored.article in s.articles)
        question = Question(filters=Filters(story=story, measure="killed"))
        before = desk.figures(question)
        made = desk.judge(Correction(kind="reject", targets=(stored.claim.id,), by="me", reason=""))
        assert desk.figures(question) != before
        same(desk, question)
        desk.undo(made.id)
        assert desk.figures(question) == before


def test_an_event_dated_by_claims_that_are_not_at_hand_sends_to_all_rows(desk: Desk, stories: list[str]) -> None:
    """Where a hidden claim belongs to an event whose own date no visible claim at hand gives, the gist does not answer."""
    clocks = Clocks(as_of=dt.date(2025, 12, 31))
    sent_away = 0
    for story in stories:
        rows = desk.library.gists.rows(story, Clocks(), frozenset(MEASURES[1:5]))
        if rows is not None:
            undated = replace(rows, links=replace(rows.links, events=tuple(replace(event, happened=None) for event in rows.links.events)))
            hidden = {claim for event in rows.links.events for claim in event.claims}
            assert cut_events(rows, frozenset(), clocks) is not None
            sent_away += cut_events(undated, hidden, clocks) is None
    assert sent_away
