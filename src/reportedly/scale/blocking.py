"""Blocking: which documents of a large load hang together, found by a join of their marks, so that each group is linked once.

Linking what comes in batches finds the neighbours of each article in the ledger; a story that comes in ten batches is linked ten times, so
that where much is linked again more is waited for (`pipeline.Intake`). When many documents wait, a dataframe joins all their marks (pairs
of names and words, samples of 5-grams, texts) with one another and counts what each two articles share; those that share enough are
grouped, and the ledger is linked group by group. What is of one part is still decided by `resolve` alone, which looks into the whole
ledger for every group: a group that is too small or too large costs time and changes nothing.

Source: blocking as in Christen, Data Matching (2012), chapter 4.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from reportedly import pipeline
from reportedly.extras import load_extra
from reportedly.model import Page
from reportedly.model.ports import Neighbourhood, Store

_READ = 250  # documents whose marks are made at once
_KINDS = 3  # what a mark is of, in its lowest bits: pairs of names, shingles, texts
_SHINGLES = 1

Shared = tuple[int, int, int, int]
"""Two pages by number, the kind of what they share, and how much of it."""


class Linked(Neighbourhood, Store, Protocol):
    """A ledger that can be linked by neighbourhoods."""


def link_in_blocks(store: Linked, most: int = pipeline.LINK_EVERY) -> int:
    """Link what a load left unlinked, group by group where it is large.

    Args:
        store: the ledger.
        most: documents that are linked at once.

    Returns:
        How many articles that had not changed were linked again.

    Raises:
        MissingExtraError: Daft is not installed.
    """
    again, wanted = 0, store.unlinked()
    if wanted is not None and len(wanted) > most:
        pages = [page for start in range(0, len(wanted), _READ) for page in _pages(store, sorted(wanted)[start : start + _READ])]
        for documents in batches(find_blocks(pages, wanted), most):
            again += pipeline.relink(store, documents)
    if store.links_outdated():
        again += pipeline.relink(store)
    return again


def find_blocks(pages: Sequence[Page], documents: Collection[str]) -> list[tuple[str, ...]]:
    """Documents that may hang together.

    Args:
        pages: their articles' marks.
        documents: their ids, those of documents without articles as well.

    Returns:
        The groups, each sorted, in the order of their first documents; a document whose articles share nothing is one by itself.
    """
    from reportedly.resolve.shingles import near_enough  # noqa: PLC0415 - workers import this room and link nothing

    parent = {document: document for document in documents}

    def root(document: str) -> str:
        while parent[document] != document:
            parent[document] = document = parent[parent[document]]
        return document

    for one, other, kind, many in shared_marks(pages):
        first, second = pages[one], pages[other]
        if kind != _SHINGLES or near_enough(many, first.sampled, second.sampled):
            low, high = sorted((root(first.article[0]), root(second.article[0])))
            parent[high] = low
    groups: dict[str, list[str]] = {}
    for document in sorted(documents):
        groups.setdefault(root(document), []).append(document)
    return [tuple(group) for group in groups.values()]


def shared_marks(pages: Sequence[Page]) -> Iterator[Shared]:
    """What each two pages share, by a join of their marks with themselves; pairs that share nothing are not made.

    Raises:
        MissingExtraError: Daft is not installed.
    """
    daft = load_extra("daft", "engine")
    numbers, marks = list[int](), list[int]()
    for number, page in enumerate(pages):
        found = _marks(page)
        marks += found
        numbers += [number] * len(found)
    if not marks:
        return
    mark, one, other = daft.col("mark"), daft.col("one"), daft.col("other")
    left = daft.from_pydict({"mark": marks, "one": numbers})
    right = daft.from_pydict({"mark": marks, "other": numbers})
    met = left.join(right, on="mark").where(one < other).select(one, other, (mark % _KINDS).alias("kind"), mark)
    for row in met.groupby("one", "other", "kind").agg(mark.count().alias("many")).iter_rows():
        yield row["one"], row["other"], row["kind"], row["many"]


def batches(blocks: Iterable[Sequence[str]], most: int) -> Iterator[frozenset[str]]:
    """Groups together in batches of at most so many documents; a group that is larger comes in several of its own."""
    batch: list[str] = []
    for block in blocks:
        if batch and len(batch) + len(block) > most:
            yield frozenset(batch)
            batch = []
        batch += block
        while len(batch) > most:
            yield frozenset(batch[:most])
            batch = batch[most:]
    if batch:
        yield frozenset(batch)


def _pages(store: Linked, documents: Sequence[str]) -> Iterator[Page]:
    """The marks of some documents' articles, without what only the decision itself needs."""
    from reportedly.resolve.neighbours import Marked  # noqa: PLC0415 - as above
    from reportedly.resolve.reports import gather_reports  # noqa: PLC0415

    for page in Marked(gather_reports(store.holdings_of(documents))).pages:
        yield replace(page, features="")


def _marks(page: Page) -> list[int]:
    return [number * _KINDS + kind for kind, numbers in enumerate((page.names, page.shingles, page.texts)) for number in numbers]
