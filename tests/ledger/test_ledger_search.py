"""Search: our own tokens, any question, the place of the match, in every kind of store."""

import itertools
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reportedly.ledger import open_ledger
from reportedly.ledger.search import finding
from reportedly.ledger.search.searching import PASSAGE, Matches, find_match, passage_around, read_terms
from reportedly.ledger.search.tokens import places_of, words_and_places, words_of

if TYPE_CHECKING:
    from tests.ledger.conftest import AnyStore, Press, Say
else:
    AnyStore = Press = Say = Any

ANY_TEXT = st.text(st.characters(codec=None, categories=None), max_size=80)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The U.S. sent 15,000 troops", ["the", "u", "s", "sent", "15000", "troops"]),
        ("10,000-12,000 or 7.8", ["10000", "12000", "or", "7", "8"]),
        ("Müller’s CAFÉ, cafe\u0301; ﬁne STRASSE straße", ["muller", "s", "cafe", "cafe", "fine", "strasse", "strasse"]),
        ("Київ, Кім Чен Ын", ["киів", "кім", "чен", "ын"]),
        ("北朝鮮 평양 हिन्दी", ["北", "朝", "鮮", "평양", "हिन्दी"]),
        ("“15,000” naïve—2,500", ["15000", "naive", "2500"]),
        ("１２３ troops—sent_on", ["123", "troops", "sent", "on"]),
        ("\x00 \ud800 🚢 —", []),
    ],
)
def test_words_are_normalised(text: str, words: list[str]) -> None:
    """Case, accents, widths and grouping commas do not matter; scripts without spaces give a word a character."""
    assert words_of(text) == words


@given(ANY_TEXT)
def test_every_word_has_its_place(text: str) -> None:
    """Places are disjoint, in order, and hold what is read there again as the same words."""
    words, places = words_and_places(text)
    assert all(start < end for start, end in places)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(places))
    for word, (start, end) in zip(words, places, strict=True):
        assert words_of(text[start:end]) == [word]
        assert all(unicodedata.category(c)[0] in "LNM" for c in word)


@given(ANY_TEXT)
def test_any_question_is_read(question: str) -> None:
    """Whatever is asked gives terms of words and nothing else."""
    assert all(term.words and all(term.words) for term in read_terms(question))


@given(st.text(max_size=600), st.integers(0, 599), st.integers(1, 400))
def test_a_passage_is_short_and_stands_in_the_text(text: str, start: int, length: int) -> None:
    """At most 300 characters, from the text as it is."""
    start = min(start, len(text))
    passage = passage_around(text, start, min(len(text), start + length))
    assert len(passage) <= max(PASSAGE, length)
    assert passage in text


@given(st.lists(st.sampled_from(["ship", "Ship", "shipped", "sank", "15,000", "naïve", "\n", "—"]), max_size=30), st.data())
def test_a_match_begins_and_ends_with_words_asked_for(pieces: list[str], data: st.DataObject) -> None:
    """Where a text holds two of its words, the match does too."""
    text = " ".join(pieces)
    words = words_of(text)
    asked = data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=2)) if words else ["ship"]
    match = find_match(text, read_terms(" ".join(asked)))
    assert (match is not None) == bool(words)
    if match:
        assert set(asked) <= set(words_of(text[match.start : match.end]))


REPORTS = {
    "ferry.txt": "The ferry sank at dawn. At least 1,200 people drowned, the coast guard said.\nThe coast was clear.",
    "bridge.txt": "A bridge fell in São Tomé. The guard of the coast road saw it.",
    "empty.txt": "",
    "kim.txt": "김정은 met 北朝鮮 officials (AND NOT others) on the coast*",
}


@pytest.fixture
def library(store: AnyStore, press: Press) -> AnyStore:
    """A ledger of four reports."""
    for name, text in REPORTS.items():
        store.put(*press.report(name, text, ()))
    return store


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("coast", {"ferry.txt", "bridge.txt", "kim.txt"}),
        ("COAST guard", {"ferry.txt", "bridge.txt"}),
        ('"coast guard"', {"ferry.txt"}),
        ('"guard coast', set()),
        ("draw*", set()),
        ("drow*", {"ferry.txt"}),
        ('"people drow"*', {"ferry.txt"}),
        ("1200", {"ferry.txt"}),
        ("1,200", {"ferry.txt"}),
        ("sao tome", {"bridge.txt"}),
        ("朝鮮", {"kim.txt"}),
        ("朝北", set()),
        ("정은", set()),
        ("AND", {"kim.txt"}),
        ("AND (", {"kim.txt"}),
        ("NEAR(coast guard)", set()),
        ("tokens:coast", set()),
        ("-coast ^ferry", {"ferry.txt"}),
        ('"', set()),
        ("*", set()),
        ("", set()),
        ("coast'; DROP TABLE claims; --", set()),
        (" ".join(["coast"] * 500 + [f"w{n}" for n in range(500)]), set()),
    ],
)
def test_search_finds_texts_that_hold_all_terms(library: AnyStore, question: str, names: set[str]) -> None:
    """Every term must occur; signs are never syntax."""
    assert {hit.document for hit in library.search(question, limit=10)} == names


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(question=ANY_TEXT)
def test_search_never_fails(library: AnyStore, question: str) -> None:
    """Any string gives results or none."""
    for hit in library.search(question, limit=3):
        assert find_match(REPORTS[hit.document], read_terms(question))


def test_a_hit_gives_place_passage_article_and_claim(store: AnyStore, press: Press, say: Say) -> None:
    """The nearest words of the question are the match; the claim is the one whose content holds it."""
    text = "Coast roads closed.\nThe ferry sank off the coast after a guard slept, Kim said.\n" + "Much else. " * 60
    store.put(*press.report("x.txt", text, (say("The ferry sank off the coast after a guard slept", "said", "Kim"),)))
    (hit,) = store.search("guard coast", limit=5)
    assert text[hit.start : hit.end] == "coast after a guard"
    assert hit.text == "The ferry sank off the coast after a guard slept, Kim said."
    assert hit.article == 0
    assert hit.claim == store.all_claims()[0].claim.id
    assert hit.rank > 0
    (source,) = store.search("kim", limit=5)
    assert source.claim == hit.claim
    (outside,) = store.search("roads", limit=5)
    assert outside.claim is None


def test_every_hit_of_a_long_page_has_the_claim_where_it_stands(store: AnyStore, press: Press, say: Say) -> None:
    """Claims of many hits are asked for together; each hit has its own, or none where none stands there."""
    for number in range(60):
        said = "The ferry sank" if number % 3 else "The harbour closed"
        text = f"Report {number}. The ferry sank, {number} sailors saw. The harbour closed, Kim said."
        store.put(*press.report(f"{number:02}.txt", text, (say(said, "said", "Kim"),)))
    own = {stored.claim.document: stored.claim.id for stored in store.all_claims()}
    hits = store.search("ferry", limit=60)
    assert len(hits) == 60
    assert all(hit.claim == (own[hit.document] if int(hit.document[:2]) % 3 else None) for hit in hits)


def test_hits_are_counted_with_the_page_of_them(tmp_path: Path, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words are counted up to the most that are counted, phrases a few beyond the page; a list that ends is counted exactly."""
    monkeypatch.setattr(finding, "_FURTHER", 3)
    with open_ledger(tmp_path / "counted.db", create=True) as store:
        for number in range(12):
            store.put(*press.report(f"{number:02}.txt", f"Report {number} of a coast guard.", ()))
        hits = store.search("guard", limit=12)
        assert store.search_counted("guard", limit=5, most=100) == (hits[:5], 12)
        assert store.search_counted("guard", limit=5, most=9) == (hits[:5], 9)
        assert store.search_counted("guard", limit=5, most=2) == (hits[:5], 5)
        phrase = store.search('"coast guard"', limit=12)
        assert store.search_counted('"coast guard"', limit=5, most=100) == (phrase[:5], 8)
        assert store.search_counted('"coast guard"', limit=20, most=100) == (phrase, 12)
        assert store.search_counted("nobody", limit=5, most=100) == ([], 0)
        assert store.search_counted("", limit=5, most=100) == ([], 0)


def test_words_far_apart_are_shown_at_the_first(store: AnyStore, press: Press) -> None:
    """Where no passage can hold both words the match is the earlier one, and the passage is cut between words."""
    text = "Before all that " + "much else went on, " * 20 + "the ferry sank; " + "nobody spoke of it, " * 30 + "until the harbour closed."
    store.put(*press.report("x.txt", text, ()))
    (hit,) = store.search("harbour ferry", limit=5)
    assert text[hit.start : hit.end] == "ferry"
    assert "ferry sank" in hit.text
    assert 200 < len(hit.text) <= PASSAGE
    assert text[text.index(hit.text) - 1] == text[text.index(hit.text) + len(hit.text)] == " "


def test_a_very_long_text_is_searched_to_its_end(store: AnyStore, press: Press) -> None:
    """A word that stands only past the beginning is found, and one at its edge is not cut in two."""
    text = "harbours " * 30_000 + "the ferry sank"
    store.put(*press.report("long.txt", text, ()))
    assert [hit.start for hit in store.search("ferry harbours", limit=1)] == [text.index("harbours the ferry")]
    assert [hit.start for hit in store.search("harbours", limit=1)] == [0]
    assert store.search("harbour", limit=1) == []


def test_search_gives_each_document_of_a_text_and_no_more_than_asked(store: AnyStore, press: Press) -> None:
    """Two outlets of one text are two hits, in the order of their names."""
    for outlet in ("AP", "UPI", "BBC"):
        store.put(*press.report(f"{outlet}.txt", publisher=outlet))
    assert [hit.document for hit in store.search("ferry", limit=10)] == ["AP.txt", "BBC.txt", "UPI.txt"]
    assert len(store.search("ferry", limit=2)) == 2
    assert store.search("ferry", limit=0) == []
    assert store.search("ferry", limit=-1) == []


def test_the_better_hit_comes_first(store: AnyStore, press: Press) -> None:
    """A short report that speaks of a ferry three times comes before a long one that names it once."""
    store.put(*press.report("a.txt", "The ferry. " + "Much else happened. " * 50, ()))
    store.put(*press.report("b.txt", "Ferry, ferry, ferry.", ()))
    store.put(*press.report("c.txt", "Nothing.", ()))
    hits = store.search("ferry", limit=10)
    assert [hit.document for hit in hits] == ["b.txt", "a.txt"]
    assert hits[0].rank > hits[1].rank


def test_a_text_that_was_read_otherwise_before_is_not_searched(fresh: Callable[[], AnyStore], press: Press) -> None:
    """After a newer reader only the newer text is found."""
    store = fresh()
    reading, extractions = press.report("a.txt", "An old menu. The ferry sank.", ())
    assert reading.document is not None
    store.put(reading, extractions)
    newer = press.report("a.txt", "The ferry sank.", (), id=reading.document.id, reader="text/2")
    store.put(*newer)
    assert store.search("menu", limit=5) == []
    assert [hit.start for hit in store.search("ferry", limit=5)] == [4]


@example(text="no\u00a0oil", word="oil", whole=True)
@example(text="İ\u00a0oil", word="oil", whole=True)
@given(
    text=st.text(st.sampled_from("oOiIlL \n\u00a0.,'\u2019-1é\u0301ﬁﬀ油İß"), max_size=60),
    word=st.sampled_from(["oil", "o", "il", "fi", "ff", "ss", "i"]),
    whole=st.booleans(),
)
def test_a_single_word_is_found_where_reading_every_word_finds_it(text: str, word: str, whole: bool) -> None:  # noqa: FBT001 - drawn
    """Passing over stretches that cannot hold a word loses none, whatever signs, spaces, accents and ligatures stand about it."""
    words, places = words_and_places(text)
    wanted = [place for found, place in zip(words, places, strict=True) if found == word or (not whole and found.startswith(word))]
    assert places_of(text, word, whole=whole) == wanted
    match = find_match(text, read_terms(word if whole else f"{word}*"))
    assert (match.start, match.end, match.times) == (*wanted[0], len(wanted)) if match else not wanted


def test_what_was_found_in_a_text_is_remembered_by_its_digest() -> None:
    """A text is read for a question once; another question, or another text, is another matter."""
    terms, others, known = read_terms("ferry sank"), read_terms("harbour"), Matches()
    first = known.find("one", "The ferry sank off the harbour.", terms)
    assert first == known.find("one", "", terms) == find_match("The ferry sank off the harbour.", terms)
    assert known.find("two", "The ferry came home.", terms) is None
    assert known.find("one", "The ferry sank off the harbour.", others) != first
