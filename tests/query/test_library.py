"""Parts and summaries answer as all rows of a ledger do: every question, the old way and the new."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import PropertyMock, patch

import pytest

from reportedly.api import Correction, Desk, Question
from reportedly.errors import AmbiguousIdError, UnknownIdError
from reportedly.ledger.summaries.catalogue import PartRead
from reportedly.model import Clocks, Filters, Holdings, group_id
from reportedly.query.counting import find_claims
from reportedly.query.facets import Wanted
from reportedly.query.library import Library
from reportedly.query.listing import (
    claims_of,
    copies_of,
    days_of,
    documents_of,
    hits_of,
    sources_of,
    stories_of,
    story_rows_of,
    totals_of,
)
from reportedly.tasks.coding import queue
from reportedly.tasks.inspection import contradictions, rests_of, unclocked

DAYS = (dt.date(2020, 1, 9), dt.date(2024, 11, 13), dt.date(2024, 11, 18))
CLOCKS = [
    Clocks(),
    *(Clocks(as_of=day) for day in DAYS),
    Clocks(published_by=DAYS[1]),
    Clocks(as_of=DAYS[1], published_by=DAYS[1]),
    Clocks(recorded_before=5),
]
FILTERS = [
    Filters(),
    Filters(limit=7, offset=3),
    Filters(speaker="police"),
    Filters(speaker="TEHRAN"),
    Filters(speaker="é"),
    Filters(speaker="none"),
    Filters(measure="killed", limit=4),
    Filters(first=dt.date(2020, 1, 9), last=dt.date(2020, 1, 11)),
    Filters(document="01-wire.txt"),
]


@contextmanager
def whole() -> Iterator[None]:
    """The old way: every question reads all rows."""
    with patch.object(Library, "by_parts", new_callable=PropertyMock, return_value=False):
        yield


def both(ask: Callable[[], object]) -> None:
    """Hold the new answer to the old one, or the new refusal to the old."""
    new = _told(ask)
    with whole():
        old = _told(ask)
    assert new == old


def _sources(library: Library, filters: Filters, clocks: Clocks) -> object:
    held, claims, total = sources_of(library, filters, clocks)
    return held.documents, held.articles, claims, total


def _told(ask: Callable[[], object]) -> object:
    try:
        return ask()
    except (UnknownIdError, AmbiguousIdError) as error:
        return type(error), str(error)


def _alike(held: Holdings) -> Holdings:
    """What a reader sees of a story's rows; texts, problems and judgements of other pages come with all rows alone."""
    texts = {document.text_digest for document in held.documents.values()}
    judgements = tuple(made for made in held.judgements if made.text_digest is None or made.text_digest in texts)
    return replace(held, texts={k: text for k, text in held.texts.items() if k in texts}, problems=(), judgements=judgements)


@pytest.fixture(scope="module")
def desk(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A ledger of the examples in which people judged."""
    path = tmp_path_factory.mktemp("library") / "judged.db"
    path.write_bytes(filled.read_bytes())
    with Desk(path) as desk:
        claims = [stored for stored in desk.claims(Question()) if stored.claim.figures]
        spoken = next(stored.claim for stored in claims[4:] if stored.claim.speakers)
        desk.judge(Correction(kind="reject", targets=(claims[0].claim.id,), by="me", reason="not said"))
        desk.judge(Correction(kind="accept", targets=(claims[1].claim.id,), by="me", reason="read"))
        desk.judge(Correction(kind="amend", targets=(claims[2].claim.id,), by="me", reason="", changes={"stance": "denies"}))
        content = {"start": claims[3].claim.start, "end": claims[3].claim.start + 9}
        desk.judge(Correction(kind="add", targets=(claims[3].document,), by="me", reason="", changes={"content": content}))
        desk.judge(Correction(kind="grade", targets=(spoken.speakers[0],), by="me", reason="", changes={"reliability": "B"}))
        yield desk


@pytest.mark.parametrize("clocks", CLOCKS, ids=str)
@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_lists_of_the_whole_ledger_are_the_same(desk: Desk, clocks: Clocks, filters: Filters) -> None:
    """Stories, claims, documents, hits and what the desk's front pages show, page by page, with how many there are."""
    library, question = desk.library, Question(filters=filters, clocks=clocks)
    both(lambda: story_rows_of(library, filters, clocks))
    both(lambda: claims_of(library, filters, clocks))
    both(lambda: documents_of(library, filters, clocks))
    both(lambda: stories_of(library, filters, clocks))
    both(lambda: sorted(copies_of(library, replace(filters, limit=None, offset=0), clocks)[0].rows, key=str))
    both(lambda: _sources(library, filters, clocks))
    both(lambda: desk.actors(question))
    both(lambda: hits_of(library, "the", filters, clocks))
    both(lambda: desk.problems(question))


@pytest.mark.parametrize("clocks", CLOCKS[:-1], ids=str)
@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ("", {}),
        ("ferry", {}),
        ("", {"stance": "denies"}),
        ("the", {"measure": "killed", "form": "indirect"}),
        ("", {"outlet": "Northern Wire"}),
        ("", {"speaker": "police"}),
        ("", {"principal": "Iran", "story": "s:none"}),
        ('of "the', {"principal": "Norway"}),
    ],
)
def test_a_search_with_facets_finds_the_same(desk: Desk, clocks: Clocks, words: str, chosen: dict[str, str]) -> None:
    """Claims, their number, and every facet with its counts; on the first page and the third."""
    for offset in (0, 10):
        wanted = Wanted(words=words, chosen=chosen, clocks=clocks, offset=offset, limit=5)
        both(lambda wanted=wanted: find_claims(desk.library, wanted))  # type: ignore[misc]


@pytest.mark.parametrize("clocks", CLOCKS, ids=str)
@pytest.mark.parametrize("filters", [FILTERS[0], FILTERS[1], FILTERS[2], FILTERS[7]], ids=str)
def test_questions_about_no_story_in_particular_are_answered_the_same(desk: Desk, clocks: Clocks, filters: Filters) -> None:
    """Figures, statements, the timeline and the queue, story by story from the parts and from all rows."""
    question = Question(filters=filters, clocks=clocks)
    both(lambda: desk.figures(question))
    both(lambda: desk.statements(question))
    both(lambda: desk.timeline(question))
    both(lambda: queue(desk, question))


@pytest.mark.parametrize("clocks", [CLOCKS[0], CLOCKS[2], CLOCKS[-1]], ids=str)
@pytest.mark.parametrize("filters", [FILTERS[0], FILTERS[1], FILTERS[2]], ids=str)
def test_what_reaches_across_stories_is_answered_the_same(desk: Desk, clocks: Clocks, filters: Filters) -> None:
    """Changes, lives and second-hand origins of the whole ledger, part by part and from all rows."""
    question = Question(filters=filters, clocks=clocks)
    both(lambda: desk.changes(DAYS[0], DAYS[2], question))
    both(lambda: desk.lives(question))
    both(lambda: desk.primaries(question))


@pytest.mark.parametrize("clocks", [CLOCKS[0], CLOCKS[2], CLOCKS[4]], ids=str)
@pytest.mark.parametrize("filters", [*FILTERS[1:], Filters(limit=1, document="no such page")], ids=str)
def test_lists_of_a_story_are_the_same(desk: Desk, clocks: Clocks, filters: Filters) -> None:
    """A story's articles, claims, actors and hits, page by page and by every filter, from summaries and from all of its rows."""
    for story in sorted(desk.holdings().links.stories, key=lambda found: -len(found.articles))[:3]:
        for limit in (None, 4):
            asked = replace(filters, story=story.id, limit=limit)
            both(lambda f=asked: story_rows_of(desk.library, f, clocks))  # type: ignore[misc]
            both(lambda f=asked: claims_of(desk.library, f, clocks))  # type: ignore[misc]
            both(lambda f=asked: desk.actors(Question(filters=f, clocks=clocks)))  # type: ignore[misc]
            both(lambda f=asked: hits_of(desk.library, "the", f, clocks))  # type: ignore[misc]
            both(lambda f=asked: desk.search("said", Question(filters=f, clocks=clocks)))  # type: ignore[misc]


def test_what_is_asked_of_no_story_is_what_its_stories_answer(desk: Desk) -> None:
    """The stories' own figures and statements stand in it one story after the other, and all entries of their timelines."""
    figures, statements = desk.figures(Question()), desk.statements(Question())
    for story in desk.holdings().links.stories:
        question = Question(filters=Filters(story=story.id))
        assert [row for row in figures if row.story == story.id] == desk.figures(question)
        assert [row for row in statements if row.story == story.id] == desk.statements(question)
        assert {*desk.timeline(question)} <= {*desk.timeline(Question())}
    assert figures == sorted(figures, key=lambda row: row.story)


def test_totals_and_days_are_the_same(desk: Desk) -> None:
    """What the front page says of the ledger."""
    both(lambda: totals_of(desk.library))
    both(lambda: days_of(desk.library))


@pytest.mark.parametrize("clocks", CLOCKS, ids=str)
def test_every_question_about_a_story_is_answered_the_same(desk: Desk, clocks: Clocks) -> None:
    """Each query with a story filter, for every story, from its part and from all rows."""
    with whole():
        stories = [story.id for story in desk.holdings().links.stories]
    for story in stories:
        question = Question(filters=Filters(story=story, limit=50), clocks=clocks)
        asks: list[Callable[[], object]] = [
            lambda q=question: _alike(desk.holdings(q)),  # type: ignore[misc]
            lambda q=question: _alike(unclocked(desk, q)),  # type: ignore[misc]
            lambda q=question: (desk.figures(q), desk.statements(q), desk.timeline(q), desk.actors(q)),  # type: ignore[misc]
            lambda q=question: desk.changes(DAYS[1], DAYS[2], q),  # type: ignore[misc]
            lambda q=question: (desk.lives(q), desk.primaries(q), desk.stories(q), desk.claims(q)),  # type: ignore[misc]
            lambda q=question: (contradictions(desk, q), rests_of(desk, q), queue(desk, q)),  # type: ignore[misc]
            lambda q=question: desk.search("the", q),  # type: ignore[misc]
            lambda q=question: desk.brief(q),  # type: ignore[misc]
        ]
        for ask in asks:
            both(ask)


@pytest.mark.parametrize("words", ["", "s:", "ferry", "Iran", "e", "s", "nothing like it", "\udcff", "s:0", "%", "\\"])
def test_words_mean_the_same_story(desk: Desk, words: str) -> None:
    """An id, the start of one and words of a title lead to one story or to the same refusal."""
    both(lambda: desk.rows(Question(filters=Filters(story=words))).links.stories[0].id)


def test_an_id_that_a_story_had_alone_leads_to_it(desk: Desk) -> None:
    """The id of a story of one article leads to the story that it has become a part of."""
    story = max(desk.holdings().links.stories, key=lambda found: len(found.articles))
    for key in story.articles:
        question = Question(filters=Filters(story=group_id("s", [f"{key[0]}#{key[1]}"])))
        assert desk.rows(question).links.stories[0].id == story.id


def test_a_claim_in_its_passage_is_the_same(desk: Desk) -> None:
    """Every claim, by its id, is shown alike; and so are starts of ids."""
    with whole():
        ids = [stored.claim.id for stored in desk.claims(Question())]
    for identity in [*ids, ids[0][:5], "c:", "zz", ids[0][2:]]:
        both(lambda words=identity: desk.show(words))  # type: ignore[misc]


def test_a_write_elsewhere_leaves_a_story_as_it_was(ledger: Path) -> None:
    """Accepting a claim makes the rows of its own part new, and those of another part stay the very same."""
    with Desk(ledger) as desk:
        one, other, *_ = (story.id for story in desk.holdings().links.stories)
        claim = desk.claims(Question(filters=Filters(story=one)))[0].claim.id
        states = desk.library.state(one), desk.library.state(other)
        desk.judge(Correction(kind="accept", targets=(claim,), by="me", reason=""))
        assert desk.library.state(one) != states[0]
        assert desk.library.state(other) == states[1]


def test_who_counts_over_columns_is_not_disturbed_by_a_newer_state(ledger: Path, tmp_path: Path) -> None:
    """Columns that a reader holds keep their rows and pairs together while others, of a larger ledger, are made."""
    page = tmp_path / "more.txt"
    page.write_text("OSLO, Nov. 12, 2024 - Police said on Tuesday that 3 people were killed in a fire.\n", encoding="utf-8")
    with Desk(ledger) as desk:
        before = desk.library.columns()
        held = len(before.rows["claim"]), {name: len(rows) for name, (rows, _) in before.pairs.items()}
        desk.add([page])
        after = desk.library.columns()
        assert len(after.rows["claim"]) > held[0]
        assert (len(before.rows["claim"]), {name: len(rows) for name, (rows, _) in before.pairs.items()}) == held


def test_two_who_ask_for_one_part_at_once_read_it_once(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second waits for the first; where the first fails, the second reads it itself."""
    with Desk(ledger) as desk:
        library, catalogue = desk.library, desk.library.store.catalogue
        part = catalogue.find_story(desk.stories(Question())[0].story).part
        read, begun, go_on, calls = catalogue.read_part, threading.Event(), threading.Event(), []

        def slowly(identity: str) -> PartRead | None:
            calls.append(identity)
            begun.set()
            go_on.wait(60)
            if len(calls) == 1:
                raise OSError("the first fails")
            return read(identity)

        monkeypatch.setattr(catalogue, "read_part", slowly)
        with ThreadPoolExecutor(3) as threads:
            first = threads.submit(library.part, part)
            begun.wait(60)
            others = [threads.submit(library.part, part) for _ in range(2)]
            go_on.set()
            assert isinstance(first.exception(60), OSError)
            found = [other.result(60) for other in others]
        assert len(calls) == 2
        assert None not in found
        assert found[0] is found[1]


def test_the_state_of_a_story_is_told_without_its_rows(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is that of the rows when they are read, the same to another library, and another when a speaker's name is judged."""
    with Desk(ledger) as desk, Desk(ledger) as other:
        story = desk.stories(Question())[0].story
        with monkeypatch.context() as patched:
            patched.setattr(desk.library.store.catalogue, "read_part", None)
            state = desk.library.state(story)
        held = desk.library.rows(story)
        assert desk.library.state(story) == other.library.state(story) == state
        first, second, *_ = sorted({actor.name for actor in held.links.actors})
        desk.judge(Correction(kind="merge", targets=(first, second), by="me", reason=""))
        assert desk.library.state(story) == other.library.state(story) != state
