"""Shelves: a story's rows taken off a shelf answer as the whole ledger's rows do."""

from dataclasses import replace
from pathlib import Path

from reportedly.api import Desk, Question
from reportedly.model import Filters
from reportedly.pipeline import resolve
from reportedly.query.selection import actor_rows, find_story
from reportedly.query.shelves import Shelves
from reportedly.reconcile import assess_statements, build_series, build_timeline


def test_a_shelf_answers_as_the_whole_ledger_does(filled: Path) -> None:
    """Series, statements, timeline and claims of each story are the same from its shelf and from all rows narrowed to it."""
    with Desk(filled) as desk:
        held, clocks = desk.holdings(), Question().clocks
        shelves = Shelves(held)
        for story in held.links.stories:
            whole, shelf = held.of_story(story.id), shelves.story(story.id)
            assert (shelf.documents, shelf.articles, shelf.claims) == (whole.documents, whole.articles, whole.claims)
            assert shelf.links.origins == whole.links.origins
            assert shelf.links.copies == whole.links.copies
            assert build_series(shelf, clocks, "widest") == build_series(whole, clocks, "widest")
            assert assess_statements(shelf, clocks) == assess_statements(whole, clocks)
            assert build_timeline(shelf, clocks, grain="day") == build_timeline(whole, clocks, grain="day")
            spoken = [replace(row, evidence=()) for row in actor_rows(whole, Filters(), clocks)]
            assert [replace(row, evidence=()) for row in actor_rows(shelf, Filters(), clocks)] == spoken
            assert shelves.story(story.id) is shelf


def test_a_story_is_found_by_an_id_that_it_had_before_it_grew(filled: Path) -> None:
    """The id of a story of any one of its articles leads to the story."""
    with Desk(filled) as desk:
        held = desk.holdings()
        story = max(held.links.stories, key=lambda found: len(found.articles))
        for key in story.articles:
            alone = replace(held, articles={key: held.articles[key]}, claims=tuple(c for c in held.claims if c.article == key))
            (before,) = resolve(replace(alone, documents={key[0]: held.documents[key[0]]})).stories
            assert find_story(held, before.id) == story
