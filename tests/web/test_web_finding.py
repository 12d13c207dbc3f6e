"""The page of a search: claims a page at a time, the best passages of texts beside the first."""

from pathlib import Path

import pytest

from reportedly.api import Desk
from reportedly.web.answers import Answers
from reportedly.web.asking import Standpoint
from reportedly.web.views import finding
from reportedly.web.views.finding import search_page


@pytest.mark.parametrize("standpoint", [Standpoint(), Standpoint(as_of=None, policy="latest")], ids=["now", "by another policy"])
def test_the_best_passages_stand_beside_the_first_claims_and_more_when_asked(
    filled: Path, monkeypatch: pytest.MonkeyPatch, standpoint: Standpoint
) -> None:
    """Few passages at first, said to be not all; all of them in the same order when asked; none beside later claims."""
    with Desk(filled) as desk:
        every = search_page(desk, "ferry", {}, standpoint, 0, texts=True)
        monkeypatch.setattr(finding, "_PASSAGES", 2)
        first = search_page(desk, "ferry", {}, standpoint, 0)
        later = search_page(desk, "ferry", {}, standpoint, 5)
    assert (first.hits, first.more) == (every.hits[:2], True)
    assert len(every.hits) > len(first.hits)
    assert not every.more
    assert (later.hits, later.more, later.total) == ((), False, first.total)


def test_a_page_is_of_one_moment(ledger: Path, tmp_path: Path) -> None:
    """What is written while an answer is being made is for the next question, though the first asked several times."""
    page = tmp_path / "late.txt"
    page.write_text("OSLO, Nov. 12, 2024 - Police said on Tuesday that 3 people were killed in a fire.\n", encoding="utf-8")
    with Desk(ledger) as desk, Desk(ledger) as writer:
        answers = Answers(desk)

        def make(asked: Desk) -> tuple[int, int]:
            before = asked.library.revision
            writer.add([page])
            return before, asked.library.revision

        before, after = answers.ask("twice", make)
        assert before == after
        assert answers.revision > after
        assert answers.ask("twice", lambda asked: (asked.library.revision, 0))[0] == answers.revision


def test_an_answer_about_a_story_outlasts_what_is_written_elsewhere(ledger: Path, tmp_path: Path) -> None:
    """A page that was made for the same state of its story is not made again; one of the whole ledger is."""
    page = tmp_path / "late.txt"
    page.write_text("LIMA, Jan. 2, 2001 - Officials in Lima said that 40 llamas were vaccinated.\n", encoding="utf-8")
    made: list[str] = []
    with Desk(ledger) as desk:
        answers = Answers(desk)
        story = desk.holdings().links.stories[0].id
        for _ in range(2):
            answers.ask("story", lambda _: made.append("story"), story=story)
            answers.ask("ledger", lambda _: made.append("ledger"))
            if len(made) == 2:
                desk.add([page])
    assert made == ["story", "ledger", "ledger"]
