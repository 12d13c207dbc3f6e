import multiprocessing
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly import workers
from reportedly.api import read_files
from reportedly.errors import CannotRunError, WorkerDiedError
from reportedly.model import Article, Extraction, Reading


class Naming:
    """An extractor that finds nothing, or ends where a text says so."""

    version = "naming"

    def extract(self, text: str, articles: Sequence[Article]) -> list[Extraction]:
        """Nothing; on "die" the process ends, on "fail" the run cannot go on."""
        if text == "die":
            os._exit(9)
        if text == "fail":
            raise CannotRunError("a model is missing")
        return [Extraction(claims=(), problems=(), extractor=self.version) for _ in articles]


def readings(*texts: str) -> Iterator[Reading]:
    """Documents without articles."""
    for text in texts:
        yield Reading(document=None, text=text, articles=(), problems=())


@pytest.mark.parametrize("number", [2, 3])
def test_output_is_the_same_for_any_number_of_workers(tmp_path: Path, number: int) -> None:
    """Rows and problems come in the order of the documents."""
    for name in "abcde":
        (tmp_path / f"{name}.txt").write_text(f"Officer {name.upper()} said {len(name) + 3} people were hurt.\n", encoding="utf-8")
    one = list(workers.extract_all(read_files([tmp_path]), model="rules", workers=1))
    assert [row["source"]["text"] for gave in one for row in gave.rows] == [f"Officer {name}" for name in "ABCDE"]
    assert list(workers.extract_all(read_files([tmp_path]), model="rules", workers=number)) == one


def test_worker_that_dies_ends_the_run_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is killed is told; nothing waits for it for ever."""
    monkeypatch.setattr(workers, "make_extractor", lambda _: Naming())
    monkeypatch.setattr(workers, "_context", lambda: multiprocessing.get_context("fork"))
    with pytest.raises(WorkerDiedError, match="worker process was ended"):
        list(workers.extract_all(readings("a", "die", "b"), model="rules", workers=2))


def test_error_of_a_worker_comes_back_as_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """What makes the run impossible in a worker makes it impossible here, in the same words."""
    monkeypatch.setattr(workers, "make_extractor", lambda _: Naming())
    monkeypatch.setattr(workers, "_context", lambda: multiprocessing.get_context("fork"))
    with pytest.raises(CannotRunError, match="a model is missing"):
        list(workers.extract_all(readings("fail"), model="rules", workers=2))


def test_documents_are_read_only_a_little_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long list of documents does not gather in memory while workers are busy."""
    monkeypatch.setattr(workers, "make_extractor", lambda _: Naming())
    monkeypatch.setattr(workers, "_context", lambda: multiprocessing.get_context("fork"))
    monkeypatch.setattr(workers, "AHEAD", 12)
    taken: list[int] = []

    def counted() -> Iterator[Reading]:
        for number, reading in enumerate(readings(*"a" * 100)):
            taken.append(number)
            yield reading

    found = workers.extract_all(counted(), model="rules", workers=2)
    next(found)
    assert len(taken) < 2 * workers.AHEAD + workers.BUNDLED
    assert len(list(found)) == 99


def test_large_documents_are_read_less_far_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits is bounded by its characters too, but for one document a worker."""
    monkeypatch.setattr(workers, "make_extractor", lambda _: Naming())
    monkeypatch.setattr(workers, "_context", lambda: multiprocessing.get_context("fork"))
    monkeypatch.setattr(workers, "_HELD_AHEAD", 10)
    taken: list[str] = []

    def counted() -> Iterator[Reading]:
        for reading in readings(*["a" * 50] * 6, *"b" * 30):
            taken.append(reading.text)
            yield reading

    found = workers.extract_all(counted(), model="rules", workers=2)
    next(found)
    assert len(taken) == 2
    assert len(list(found)) == 35


@given(sizes=st.lists(st.integers(0, 30), max_size=60), most=st.integers(0, 60))
def test_short_documents_are_handed_over_together(sizes: list[int], most: int) -> None:
    """Bundles keep the order; none has more than a few documents, and none takes a further one that is long enough already."""
    pages = list(readings(*("a" * size for size in sizes)))
    bundles = list(workers.bundles_of(iter(pages), most))
    assert [reading for bundle in bundles for reading in bundle] == pages
    assert all(len(bundle) <= workers.BUNDLED and length(bundle[:-1]) <= most for bundle in bundles)
    assert all(len(bundle) == workers.BUNDLED or length(bundle) > most for bundle in bundles[:-1])


def length(bundle: Sequence[Reading]) -> int:
    """The characters of some documents."""
    return sum(len(reading.text) for reading in bundle)


def test_documents_that_are_held_are_not_extracted(monkeypatch: pytest.MonkeyPatch) -> None:
    """They come back in their place without extractions, whatever the others do."""
    monkeypatch.setattr(workers, "make_extractor", lambda _: Naming())
    monkeypatch.setattr(workers, "_context", lambda: multiprocessing.get_context("fork"))
    pages = list(readings("a", "die", "b", "die"))
    bundles = list(workers.extract_new(iter(pages), lambda reading: reading.text == "die", model="rules", workers=2))
    found = [one for bundle in bundles for one in bundle]
    assert [(reading.text, extractions) for reading, extractions in found] == [("a", []), ("die", None), ("b", []), ("die", None)]
