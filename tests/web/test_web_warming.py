"""Large stories are had ready: when the desk opens, and again when they have changed."""

import threading
from pathlib import Path

import pytest

from reportedly.api import Correction, Desk, Question
from reportedly.query import library
from reportedly.web import warming
from reportedly.web.answers import Answers
from reportedly.web.warming import Warming

PAGE = "LIMA, Jan. 2, 2001 - Officials in Lima said that 40 llamas were vaccinated.\n"


def test_a_large_story_is_asked_for_again_only_when_it_changed(ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stories with many claims, those with most first; none for what is written elsewhere, one for a judgement about it."""
    monkeypatch.setattr(warming, "LARGE", 10)
    monkeypatch.setattr(warming, "_MOST", 2)
    asked: list[str] = []
    with Desk(ledger) as desk:
        counts = {s.id: len(desk.holdings().of_story(s.id).claims) for s in desk.holdings().links.stories}
        ready = Warming(desk.library, asked.append)
        ready.look()
        assert asked == sorted(counts, key=lambda story: (-counts[story], story))[:2]
        (tmp_path / "late.txt").write_text(PAGE, encoding="utf-8")
        desk.add([tmp_path / "late.txt"])
        ready.look()
        assert len(asked) == 2
        claim = desk.holdings().of_story(asked[0]).claims[0].claim.id
        desk.judge(Correction(kind="amend", targets=(claim,), by="me", reason="", changes={"stance": "doubts"}))
        ready.look()
        assert asked[2:] == asked[:1]


def test_small_stories_are_left_to_their_readers(ledger: Path) -> None:
    """Of the examples none is large."""
    asked: list[str] = []
    with Desk(ledger) as desk:
        Warming(desk.library, asked.append).look()
    assert asked == []


def test_it_works_beside_the_readers_and_ends_when_told(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begun, it asks by itself; told of a change it looks again; closed, it is gone."""
    monkeypatch.setattr(warming, "LARGE", 1)
    monkeypatch.setattr(warming, "_REST", 0.0)
    came, before = threading.Event(), threading.active_count()
    with Desk(ledger) as desk:
        ready = Warming(desk.library, lambda _: came.set())
        ready.start()
        assert came.wait(60)
        ready.changed()
        ready.close()
        assert threading.active_count() == before
        ready.changed()
        ready.start()  # a desk may be opened again
        ready.close()
        assert threading.active_count() == before


def test_an_answer_about_a_story_outlasts_its_rows(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of a story that make room for those of others leave what was made of them; a change of the story does not."""
    monkeypatch.setattr(library, "MOST_CLAIMS", 0)
    made: list[str] = []
    with Desk(ledger) as desk:
        answers = Answers(desk)
        stories = [story.id for story in desk.holdings().links.stories]
        for _ in range(2):
            for story in stories:
                answers.ask("figures", lambda desk, story=story: made.append(desk.library.rows(story) and story), story=story)  # type: ignore[misc]
        assert made == stories
        claim = desk.claims(Question())[0].claim.id
        desk.judge(Correction(kind="amend", targets=(claim,), by="me", reason="", changes={"stance": "doubts"}))
        touched = next(story for story in stories if any(c.claim.id == claim for c in desk.library.rows(story).claims))
        for story in stories:
            answers.ask("figures", lambda _, story=story: made.append(story), story=story)  # type: ignore[misc]
        assert made == [*stories, touched]
