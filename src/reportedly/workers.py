"""Extracts in several processes: each loads its models once, and results come back in the order of the documents."""

import multiprocessing
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from reportedly import pipeline
from reportedly.errors import CannotRunError, ReportedlyError, WorkerDiedError
from reportedly.model import Extraction, ModelName, Problem, Reading, Row

if TYPE_CHECKING:
    from reportedly.model.ports import Extractor

T = TypeVar("T")

AHEAD = 24  # documents a worker that are read before they are wanted: enough to keep all busy while this process links what came
_HELD_AHEAD = 4_000_000  # characters of their texts, if there is a document for each worker: few enough to keep in memory

_extractor: "Extractor | None" = None  # a worker's own, made once


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What a document gave, as the faces show it.

    Attributes:
        rows: its claims.
        problems: whatever could not be used of it.
    """

    rows: list[Row]
    problems: list[Problem]


def make_extractor(model: ModelName) -> "Extractor":
    """The extractor of a model, loaded when it is first used."""
    from reportedly.extract import ClaimExtractor  # noqa: PLC0415 - spaCy is heavy

    return ClaimExtractor(model=model)


def extract_document(reading: Reading, extractor: "Extractor") -> Extracted:
    """The claims of a document as rows, with its problems."""
    extractions = extractor.extract(reading.text, reading.articles)
    return Extracted(rows=pipeline.claim_rows(extractions), problems=pipeline.problems_of(reading, extractions))


def extract_all(readings: Iterable[Reading], *, model: ModelName, workers: int) -> Iterator[Extracted]:
    """The claims of documents.

    Args:
        readings: the documents, read while earlier ones are extracted.
        model: which model makes them.
        workers: how many processes; with one, this one does all.

    Yields:
        What each document gave, in the documents' order: the same for any number of workers.

    Raises:
        CannotRunError: a worker died, or a model is missing or broken.
    """
    if workers == 1:
        extractor = make_extractor(model)
        yield from (extract_document(reading, extractor) for reading in readings)
        return
    with _pool(model, workers) as pool:
        handed = ((pool.submit(_work, reading, extract_document), len(reading.text)) for reading in readings)
        yield from _ordered(handed, workers)


def extract_new(
    readings: Iterable[Reading], held: Callable[[Reading], bool], *, model: ModelName, workers: int
) -> Iterator[tuple[Reading, list[Extraction] | None]]:
    """The claims of documents that a ledger does not hold, as records.

    Args:
        readings: the documents, read while earlier ones are extracted.
        held: whether the ledger holds one, so that it need not be extracted; asked in this process.
        model: which model makes them.
        workers: how many processes, two or more.

    Yields:
        Each document with its extractions, None for one that is held, in the documents' order.

    Raises:
        CannotRunError: a worker died, or a model is missing or broken.
    """
    taken: deque[Reading] = deque()

    def handed(pool: ProcessPoolExecutor) -> Iterator[tuple[Future[list[Extraction] | str | None], int]]:
        for reading in readings:
            taken.append(reading)
            yield _nothing() if held(reading) else pool.submit(_work, reading, _extractions), len(reading.text)

    with _pool(model, workers) as pool:
        for found in _ordered(handed(pool), workers):
            yield taken.popleft(), found


@contextmanager
def _pool(model: ModelName, workers: int) -> Iterator[ProcessPoolExecutor]:
    """Processes with their extractors, which begin to load while the first document is being read."""
    pool = ProcessPoolExecutor(workers, mp_context=_context(), initializer=_prepare, initargs=(model,))
    try:
        pool.submit(_start)
        yield pool
    except BrokenProcessPool as error:
        raise WorkerDiedError from error
    finally:
        pool.shutdown(cancel_futures=True)


def _context() -> multiprocessing.context.BaseContext:
    """How processes are started: copied while this one is still small and has no threads, else begun anew."""
    copied = "numpy" not in sys.modules and "fork" in multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("fork" if copied else "spawn")


def _ordered(handed: Iterator[tuple[Future[T | str], int]], workers: int) -> Iterator[T]:
    """Hand documents out as workers are free, and take the results in order.

    Args:
        handed: hands out the next document, and tells how many characters it has, when it is asked for it.
        workers: how many there are.
    """
    waiting: deque[tuple[Future[T | str], int]] = deque()
    held, more = 0, True
    while True:
        while more and len(waiting) < workers * AHEAD and (held < _HELD_AHEAD or len(waiting) < workers):
            given = next(handed, None)
            if given is None:
                more = False
            else:
                waiting.append(given)
                held += given[1]
        if not waiting:
            return
        future, size = waiting.popleft()
        held -= size
        result = future.result()
        if isinstance(result, str):
            raise CannotRunError(result)
        yield result


def _start() -> None:
    """Nothing: a task for which processes are started."""


def _prepare(model: ModelName) -> None:
    """Make a worker's extractor."""
    global _extractor  # noqa: PLW0603 - a process has one, and its tasks find it nowhere else
    _extractor = make_extractor(model)


def _work(reading: Reading, extract: "Callable[[Reading, Extractor], T]") -> T | str:
    """Extract a document; what ends the run comes back as its words, for not every exception passes between processes."""
    assert _extractor is not None  # noqa: S101 - `_prepare` ran first
    try:
        return extract(reading, _extractor)
    except ReportedlyError as error:
        return str(error)


def _extractions(reading: Reading, extractor: "Extractor") -> list[Extraction] | None:
    return extractor.extract(reading.text, reading.articles)


def _nothing() -> Future[list[Extraction] | str | None]:
    """The result of a document that nobody need extract."""
    future: Future[list[Extraction] | str | None] = Future()
    future.set_result(None)
    return future
