"""What is large is read in a process beside the desk: the same answers, and the desk goes on where there is no such process."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from reportedly import workers
from reportedly.api import Correction, Desk, Question
from reportedly.model import Reading, Settings
from reportedly.tasks.inspection import draft_of
from reportedly.web import answers as answering
from reportedly.web import making
from reportedly.web.answers import Answers, NoneBesideError, Shelf
from reportedly.web.app import make_app
from reportedly.web.asking import Standpoint
from reportedly.web.beside import Beside, BesideDiedError, Thrift
from reportedly.web.config import Serving
from reportedly.web.making import checked, story_from
from reportedly.web.views.story import StoryPage, StoryPages

HERE = "http://localhost"
PLAIN = Standpoint().question()
DRAFT = "The coast guard said on Monday that 26 people were killed and 900 were missing."


def process_of(_: Answers) -> int:
    """The process that this is called in."""
    return os.getpid()


def end_here(_: Answers) -> None:
    """The process is ended as by a machine without memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def never(_: Answers) -> None:
    """An answer that takes longer than anybody waits."""
    threading.Event().wait()


def fail_here(answers: Answers) -> None:
    """An answer that cannot be made."""
    answers.desk.rows(Standpoint().question(story="no story is called so"))


def _not_read() -> int:
    raise AttributeError("no such class here")


class Unreadable:
    """What the process hands over and nobody can read."""

    def __reduce__(self) -> tuple[Callable[[], int], tuple[()]]:
        """How it is carried over."""
        return _not_read, ()


def hand_over_riddle(_: Answers) -> Unreadable:
    """An answer that cannot be read where it arrives."""
    return Unreadable()


def stories_held(answers: Answers) -> int:
    """How many stories there are."""
    return len(answers.desk.holdings().links.stories)


@pytest.fixture
def beside(ledger: Path) -> Iterator[Beside]:
    """The process of a ledger of its own."""
    with Desk(ledger) as desk:
        settings = desk.settings
    found = Beside(ledger, settings)
    yield found
    found.close()


def test_another_process_answers_and_ends_with_the_desk(beside: Beside, ledger: Path) -> None:
    """What a function makes of the ledger comes back from one process, asked by several threads; closed, it is gone, and may begin anew."""
    before = threading.active_count()
    made: list[int] = []
    threads = [threading.Thread(target=lambda: made.append(beside.ask(process_of))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 1
    assert made[0] != os.getpid()
    with Desk(ledger) as desk:
        assert beside.ask(stories_held) == len(desk.holdings().links.stories)
    beside.close()
    assert threading.active_count() == before
    with pytest.raises(ProcessLookupError):
        os.kill(made[0], 0)
    assert beside.ask(process_of) != made[0]


def test_a_process_that_took_much_and_is_not_needed_ends(ledger: Path) -> None:
    """Left alone it is gone by itself, and the next question begins another; one that took little stays."""
    with Desk(ledger) as desk:
        settings = desk.settings
    before = threading.active_count()
    greedy = Beside(ledger, settings, Thrift(quiet=0.01, room=0))
    made = []
    for _ in range(2):
        made.append(greedy.ask(process_of))
        for thread in threading.enumerate():
            if thread.name == "beside":  # it sees the process off
                thread.join(60)
        assert greedy._running is None  # noqa: SLF001 - as above
        with pytest.raises(ProcessLookupError):
            os.kill(made[-1], 0)
    assert made[0] != made[1]
    greedy.close()
    assert threading.active_count() == before
    frugal = Beside(ledger, settings, Thrift(quiet=0.01, room=1 << 40))
    first = frugal.ask(process_of)
    assert [frugal.ask(process_of) for _ in range(3)] == [first] * 3
    frugal.close()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the machine tells only what outlives exec")
def test_the_memory_of_who_began_a_process_is_not_its_own() -> None:
    """A small process that a large one began has taken little."""
    small = "from reportedly.web.beside import largest; print(largest())"
    large = (
        f"import subprocess, sys; held = b'x' * (600 << 20); print(subprocess.check_output([sys.executable, '-c', {small!r}], text=True))"
    )
    told = int(subprocess.run([sys.executable, "-c", large], check=True, capture_output=True, text=True).stdout)
    assert 0 < told < 400 << 20


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with pages that are called as modules; they write a file beside it when they are run."""
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    found = tmp_path / "pages"
    found.mkdir()
    for name in ("struct", "pickle"):
        (found / f"{name}.py").write_text(f"open({str(tmp_path / 'run')!r}, 'w').close()\n", encoding="utf-8")
    monkeypatch.chdir(found)
    return found


def test_nothing_is_imported_from_the_current_folder(beside: Beside, pages: Path) -> None:
    """A page that is called as a module is not run by the process beside the desk, and the environment stays as it was."""
    assert beside.ask(process_of) != os.getpid()
    assert not (pages.parent / "run").exists()
    assert "PYTHONSAFEPATH" not in os.environ


def test_workers_import_nothing_from_the_current_folder(pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is it by processes that extract, where they are begun anew, the later ones as little as the first."""
    monkeypatch.setitem(sys.modules, "numpy", sys.modules.get("numpy", sys))  # so that they are
    readings = [Reading(document=None, text="", articles=(), problems=())] * 20
    assert len(list(workers.extract_all(readings, model="rules", workers=2))) == 20
    assert not (pages.parent / "run").exists()
    assert "PYTHONSAFEPATH" not in os.environ


def test_a_process_that_somebody_asks_is_not_let_go(beside: Beside) -> None:
    """It offers to go while a question is on its way: the question is answered by the same process."""
    first = beside.ask(process_of)
    running = beside._running  # noqa: SLF001 - what it offers is made here
    assert running is not None
    running.waiting[-7] = Future()
    beside._let_go(running)  # noqa: SLF001 - as above
    assert beside.ask(process_of) == first
    del running.waiting[-7]


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 40)), max_size=60))
def test_what_is_kept_never_passes_its_bounds(puts: list[tuple[int, int]]) -> None:
    """Five answers and a hundred bytes at most; the newest is there unless it is too large by itself; what is left was asked for last."""
    shelf = Shelf(5, 100)
    order: list[int] = []
    for place, size in puts:
        shelf.put(place, (place,), size)
        order = [other for other in order if other != place] + [place] * (size <= 100)
        assert len(shelf) <= 5
        assert shelf.bytes <= 100
        kept = [other for other in order if shelf.get(other) is not None]
        assert kept == order[len(order) - len(kept) :]
        assert len(shelf) == len(kept)


def test_an_answer_that_is_too_large_drives_out_no_other() -> None:
    """Only an older one to the same question goes with it."""
    shelf = Shelf(5, 100)
    for place in (1, 2):
        shelf.put(place, (place,), 40)
    shelf.put(2, (2,), 101)
    shelf.put(3, (3,), 101)
    assert (shelf.get(1), shelf.get(2), shelf.get(3), shelf.bytes) == ((1,), None, None, 40)


def test_answers_are_kept_by_their_size(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large answer drives out those that were asked for longest ago; one that cannot be written down is kept as well."""
    with Desk(ledger) as desk:
        answers = Answers(desk)
        monkeypatch.setattr(answers, "_kept", Shelf(most_bytes=10_000))
        story = desk.holdings().links.stories[0].id
        made: list[str] = []

        def ask(name: str, answer: str) -> str:
            def make(_: Desk) -> str:
                made.append(name)
                return answer

            return answers.ask(name, make, story=story)

        ask("small", "x" * 4_000)
        ask("small", "x" * 4_000)
        ask("large", "x" * 8_000)
        ask("large", "x" * 8_000)
        ask("small", "x" * 4_000)
        assert made == ["small", "large", "small"]
        assert answering.weigh("x" * 8_000) > 8_000
        assert answering.weigh(lambda: None) == answering.weigh(threading.Lock()) > 0


def test_what_fails_there_is_made_here(beside: Beside) -> None:
    """Who asks for what cannot be made there, or cannot be handed over, is told to make it themselves."""
    with pytest.raises(NoneBesideError):
        beside.ask(fail_here)
    with pytest.raises(NoneBesideError):
        beside.ask(lambda _: 0)
    assert beside.ask(process_of) != os.getpid()


def test_a_process_that_is_killed_is_told_of_and_another_begins(beside: Beside) -> None:
    """The question at hand is told that it died; the next is answered."""
    first = beside.ask(process_of)
    with pytest.raises(BesideDiedError):
        beside.ask(end_here)
    assert beside.ask(process_of) not in (first, os.getpid())


def test_what_cannot_be_read_ends_the_process_and_lets_nobody_wait(beside: Beside) -> None:
    """An answer that does not unpack is told of as if the process had died; the next question begins another."""
    first = beside.ask(process_of)
    with pytest.raises(BesideDiedError):
        beside.ask(hand_over_riddle)
    assert beside.ask(process_of) not in (first, os.getpid())
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


def test_a_process_that_goes_by_other_settings_answers_nothing(ledger: Path) -> None:
    """Settings that were changed after the desk was opened are not those of half of its pages."""
    other = Beside(ledger, Settings(policy="latest"))
    for _ in range(2):
        with pytest.raises(NoneBesideError):
            other.ask(process_of)
    other.close()


def test_a_large_story_looks_as_it_does_without_the_process(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of each kind about a story that counts as large are those that the desk makes by itself."""
    with Desk(ledger) as desk:
        story = max(desk.holdings().links.stories, key=lambda story: len(story.articles)).id
    pages = [
        f"/stories/{story}",
        f"/stories/{story}/brief",
        f"/queue?story={story}",
        f"/lives?story={story}",
        f"/primaries?story={story}",
        "/queue",
    ]
    rows = [f"/api/v1/{kind}?story={story}&limit=3&offset=1" for kind in ("figures", "statements", "timeline", "lives", "queue")]
    rows += [f"/exports/file?format={form}&story={story}" for form in ("ucdp-style", "timelinejs")]
    rows += ["/api/v1/stories?story=nowhere", "/api/v1/figures?story=nowhere", f"/api/v1/figures/none/rests?story={story}"]

    def read() -> list[tuple[int, str]]:
        with TestClient(make_app(Serving(ledger=ledger, pace=10_000)), base_url=HERE) as browser:
            browser.get("/sign-in")
            browser.cookies.clear()
            answers = [browser.get(address) for address in pages + rows]
            answers.append(browser.post("/api/v1/check", json={"text": DRAFT, "story": story}))
        return [(answer.status_code, answer.text.split("<main", 1)[-1].split('name="csrf"')[0]) for answer in answers]

    without = read()
    monkeypatch.setattr(answering, "LARGE", 1)
    assert read() == without
    assert sum(status == 404 for status, _ in without) == 3


def test_an_answer_from_beside_is_kept_until_the_story_changes(beside: Beside, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is asked for again is the very same; a correction about the story makes another, which shows it."""
    monkeypatch.setattr(answering, "LARGE", 1)
    with Desk(ledger) as desk:
        answers = Answers(desk, beside)
        story = desk.holdings().links.stories[0].id

        def ask() -> StoryPage:
            return answers.ask_beside(story_from, story, Standpoint(), None, StoryPages(), story=story)

        page = ask()
        assert ask() is page
        claim = next(c.claim.id for c in desk.holdings(Question(filters=PLAIN.filters)).of_story(story).claims if c.claim.figures)
        desk.judge(Correction(kind="reject", targets=(claim,), by="me", reason="no"))
        assert ask().card.claims == page.card.claims - 1


def test_a_list_of_a_whole_large_ledger_is_made_only_for_who_insists(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The queue, the lives and what is at second hand ask for a story first, and give all to whoever wants all."""
    with TestClient(make_app(Serving(ledger=ledger, pace=10_000)), base_url=HERE) as browser:
        story = browser.get("/api/v1/stories").json()["rows"][0]["story"]
        small = {page: browser.get(page).text for page in ("/queue", "/lives", "/primaries")}
        monkeypatch.setattr(making, "LONG", 1)
        for page, before in small.items():
            asked = browser.get(page).text
            assert "Choose a story" in asked
            assert f'href="{page}?whole=yes"' in asked
            for words in (f"story={story}", "whole=yes"):
                assert "Choose a story" not in browser.get(f"{page}?{words}").text
            assert "Choose a story" not in before


def test_a_draft_is_kept_nowhere(beside: Beside, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is only made beside the desk is made anew when it is asked for again."""
    monkeypatch.setattr(answering, "LARGE", 1)
    with Desk(ledger) as desk:
        answers = Answers(desk, beside)
        reading, question = draft_of(DRAFT), Standpoint().question()
        first, second = (answers.make_beside(checked, reading, question) for _ in range(2))
        assert first == second == desk.check(reading, question)
        assert first is not second


def test_who_waits_for_it_is_let_go_when_the_desk_closes(beside: Beside) -> None:
    """A question at hand ends with the process, at once, and is not made here instead; the next begins another."""
    beside.ask(process_of)
    told: list[BaseException | None] = []

    def wait() -> None:
        try:
            beside.ask(never)
        except BesideDiedError as error:
            told.append(error)

    waiting = threading.Thread(target=wait)
    waiting.start()
    while beside._running is None or not beside._running.waiting:  # noqa: SLF001 - until it was asked
        time.sleep(0.01)
    beside.close()
    waiting.join(60)
    assert len(told) == 1
    assert beside.ask(process_of) != os.getpid()
