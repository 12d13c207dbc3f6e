"""Extracts in several processes: each loads its models once, and results come back in the order of the documents."""

import itertools
import multiprocessing
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportedly import pipeline
from reportedly.errors import CannotRunError, ReportedlyError, WorkerDiedError
from reportedly.model import ModelName, Problem, Reading, Row

if TYPE_CHECKING:
    from reportedly.model.ports import Extractor

AHEAD = 4  # documents a worker that are read before they are wanted: enough to keep all busy, few enough to keep in memory

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
    pool = ProcessPoolExecutor(workers, mp_context=_context(), initializer=_prepare, initargs=(model,))
    try:
        yield from _ordered(pool, readings, workers * AHEAD)
    except BrokenProcessPool as error:
        raise WorkerDiedError from error
    finally:
        pool.shutdown(cancel_futures=True)


def _context() -> multiprocessing.context.BaseContext:
    """How processes are started: copied while this one is still small and has no threads, else begun anew."""
    copied = "numpy" not in sys.modules and "fork" in multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("fork" if copied else "spawn")


def _ordered(pool: ProcessPoolExecutor, readings: Iterable[Reading], ahead: int) -> Iterator[Extracted]:
    """Hand documents out as workers are free, and take the results in order."""
    waiting: deque[Future[Extracted | str]] = deque()
    source = iter(readings)
    pool.submit(_start)  # processes begin to load while the first document is being read
    while True:
        waiting.extend(pool.submit(_work, reading) for reading in itertools.islice(source, ahead - len(waiting)))
        if not waiting:
            return
        result = waiting.popleft().result()
        if isinstance(result, str):
            raise CannotRunError(result)
        yield result


def _start() -> None:
    """Nothing: a task for which processes are started."""


def _prepare(model: ModelName) -> None:
    """Make a worker's extractor."""
    global _extractor  # noqa: PLW0603 - a process has one, and its tasks find it nowhere else
    _extractor = make_extractor(model)


def _work(reading: Reading) -> Extracted | str:
    """Extract a document; what ends the run comes back as its words, for not every exception passes between processes."""
    assert _extractor is not None  # noqa: S101 - `_prepare` ran first
    try:
        return extract_document(reading, _extractor)
    except ReportedlyError as error:
        return str(error)
