"""Search finds the same texts in memory, in a file and on a server, whatever is asked; only their order may differ."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.ledger import MemoryStore, open_ledger

if TYPE_CHECKING:
    from tests.ledger.conftest import AnyStore, Press, Ticking
else:
    AnyStore = Press = Ticking = Any

WORDS = ("coast", "guard", "coastal", "guards", "The", "12,000", "naïve", "朝鮮", "х'єв", "a", "%", "_", "\\", "don't", "U.S.")
PIECES = st.sampled_from(WORDS)
TEXTS = st.lists(PIECES, max_size=12).map(" ".join)
QUESTIONS = st.lists(
    st.one_of(
        PIECES,
        PIECES.map(lambda word: f"{word[:3]}*"),
        st.lists(PIECES, min_size=1, max_size=3).map(lambda words: f'"{" ".join(words)}"'),
        st.lists(PIECES, min_size=1, max_size=2).map(lambda words: f'"{" ".join(words)[:-1]}"*'),
    ),
    min_size=1,
    max_size=3,
).map(" ".join)


@pytest.fixture(scope="module")
def report() -> list[int]:
    """The number of the last report, so that each text is another document."""
    return [0]


@pytest.fixture
def stores(tmp_path: Path, database: Callable[[], str], clock: Ticking) -> Iterator[list[AnyStore]]:
    """An empty ledger of each kind."""
    with open_ledger(tmp_path / "alike.db", create=True) as file, open_ledger(database(), create=False) as server:
        yield [MemoryStore(clock), file, server]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(texts=st.lists(TEXTS, min_size=1, max_size=4), questions=st.lists(QUESTIONS, min_size=4, max_size=4))
def test_every_kind_of_store_finds_the_same(
    stores: list[AnyStore], press: Press, report: list[int], texts: list[str], questions: list[str]
) -> None:
    """Words, phrases, prefixes and their mixtures over texts of few words, which pile up, so that every question meets some."""
    for text in texts:
        report[0] += 1
        for store in stores:
            store.put(*press.report(f"{report[0]}.txt", f"{text} {report[0]}", ()))
    for question in questions:
        found = [{(hit.document, hit.start, hit.end) for hit in store.search(question, limit=1_000)} for store in stores]
        assert found[0] == found[1] == found[2]
