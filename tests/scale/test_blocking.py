"""Blocking: a join of marks groups what hangs together, and linking group by group gives the links of a rebuild."""

import importlib.util
import random
from pathlib import Path

import pytest

from reportedly import pipeline
from reportedly.ledger import open_ledger
from reportedly.model import Page
from reportedly.scale.blocking import batches, find_blocks, link_in_blocks, shared_marks
from reportedly.workers import make_extractor

needs_daft = pytest.mark.skipif(importlib.util.find_spec("daft") is None, reason="daft is not installed: it comes with the extra `engine`")


def page(document: str, names: set[int], shingles: set[int] | None = None, texts: set[int] | None = None) -> Page:
    """The marks of a document's only article."""
    found = frozenset(shingles or ())
    return Page(article=(document, 0), names=frozenset(names), shingles=found, sampled=len(found), texts=frozenset(texts or ()))


@needs_daft
def test_pairs_are_those_that_share_a_mark_of_one_kind() -> None:
    """The same number as a name and as a shingle is not shared; what two share is counted by kind."""
    pages = [page("a", {1, 2, 3}, {9}), page("b", {2, 3, 4}, {9, 8}), page("c", {9}, None, {1}), page("d", set(), None, {1})]
    assert sorted(shared_marks(pages)) == [(0, 1, 0, 2), (0, 1, 1, 1), (2, 3, 2, 1)]
    assert list(shared_marks([page("a", set())])) == []


@needs_daft
def test_documents_are_grouped_by_what_they_share() -> None:
    """Through others too; a few shingles of many are boilerplate; a document without articles is one by itself."""
    pages = [page("a", {1}), page("b", {1, 2}), page("c", {2}), page("d", set(), {*range(40)}), page("e", set(), {39, *range(100, 140)})]
    assert find_blocks(pages, {*"abcdef"}) == [("a", "b", "c"), ("d",), ("e",), ("f",)]


def test_batches_hold_whole_groups_where_they_can() -> None:
    """None is larger than it may be, none is empty, and nothing is lost."""
    blocks = [("a", "b"), ("c",), ("d", "e", "f", "g", "h"), ("i", "j")]
    found = list(batches(blocks, 3))
    assert found[0] == frozenset("abc")
    assert all(0 < len(batch) <= 3 for batch in found)
    assert sorted(document for batch in found for document in batch) == [*"abcdefghij"]


@needs_daft
@pytest.mark.parametrize("most", [2, 5])
def test_links_are_those_of_a_rebuild(examples: Path, tmp_path: Path, most: int) -> None:
    """However small the batches, and in whatever order the pages came."""
    extractor = make_extractor("rules")
    readings = list(pipeline.read([examples / "ferry", examples / "flight-752"]))
    random.Random(most).shuffle(readings)
    with open_ledger(tmp_path / "blocks.db", create=True) as store:
        for reading in readings:
            store.put(reading, extractor.extract(reading.text, reading.articles))
        link_in_blocks(store, most)
        assert not store.links_outdated()
        held = pipeline.united(store.holdings())
    assert held.links == pipeline.resolve(held)
