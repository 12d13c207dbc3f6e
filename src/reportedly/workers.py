"""Extracts in several processes: each loads its models once, and results come back in the order of the documents."""

import contextlib
import functools
import gc
import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import TYPE_CHECKING, Generic, TypeVar

from reportedly import pipeline
from reportedly.errors import CannotRunError, ReportedlyError, WorkerDiedError
from reportedly.model import Extraction, ModelName, Problem, Reading, Row

if TYPE_CHECKING:
    from reportedly.model.ports import Extractor

R = TypeVar("R")
T = TypeVar("T")

AHEAD = 128  # documents a worker that are read before they are wanted: enough to keep all busy while this process links what came
_HELD_AHEAD = 4_000_000  # characters of their texts, if there is a document for each worker: few enough to keep in memory
BUNDLED = 8  # documents that are handed over together at most: this process is asked for more less often while it is busy linking
_COLLECTED = (50_000, 20, 50)  # objects made between two searches for cycles: articles make many objects and few cycles
_BEHIND = 3  # steps of priority: a worker leaves its processor to the process that stores and links whenever that has something to do
_SHARE = 400  # a bundle has at most one part in so many of the characters held ahead: long documents go one by one

_SAFE_PATH = "PYTHONSAFEPATH"
_starting = threading.Lock()  # held while the environment is another for a moment

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


@functools.cache
def collect_seldom() -> None:
    """Have this process look for cycles of objects seldom: with a parser's objects in memory each search costs, and finds little."""
    gc.set_threshold(*_COLLECTED)


@functools.cache
def give_way() -> None:
    """Once, in a process that only works for another on the same machine: leave the processor to that, for which all wait in the end."""
    with contextlib.suppress(AttributeError, OSError):  # Windows has no such steps
        os.nice(_BEHIND)


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
        handed = (Handed.of(pool.submit(_work, bundle, extract_document), bundle) for bundle in bundles_of(readings, _HELD_AHEAD // _SHARE))
        yield from chain.from_iterable(_ordered(handed, workers))


def extract_new(
    readings: Iterable[Reading], held: Callable[[Reading], bool], *, model: ModelName, workers: int
) -> Iterator[list[tuple[Reading, list[Extraction] | None]]]:
    """The claims of documents that a ledger does not hold, as records.

    Args:
        readings: the documents, read while earlier ones are extracted.
        held: whether the ledger holds one, so that it need not be extracted; asked in this process.
        model: which model makes them.
        workers: how many processes, two or more.

    Yields:
        Each document with its extractions, None for one that is held, in the documents' order, those together that a worker was handed.

    Raises:
        CannotRunError: a worker died, or a model is missing or broken.
    """
    taken: deque[Reading] = deque()

    def handed(pool: ProcessPoolExecutor) -> Iterator["Handed[list[Extraction] | None]"]:
        for bundle in bundles_of(readings, _HELD_AHEAD // _SHARE):
            taken.extend(bundle)
            wanted = [None if held(reading) else reading for reading in bundle]
            yield Handed.of(pool.submit(_work, wanted, _extractions) if any(wanted) else _nothing(len(wanted)), bundle)

    with _pool(model, workers) as pool:
        for found in _ordered(handed(pool), workers):
            yield [(taken.popleft(), extractions) for extractions in found]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed(Generic[T]):
    """Documents that were handed over.

    Attributes:
        future: what each of them gives, or what ends the run, in words.
        documents: how many there are.
        characters: of all their texts.
    """

    future: "Future[list[T] | str]"
    documents: int
    characters: int

    @classmethod
    def of(cls, future: "Future[list[T] | str]", bundle: Sequence[Reading]) -> "Handed[T]":
        """Documents with what becomes of them."""
        return cls(future=future, documents=len(bundle), characters=sum(len(reading.text) for reading in bundle))


def bundles_of(readings: Iterable[Reading], most: int) -> Iterator[list[Reading]]:
    """Documents in their order, short ones some together.

    Args:
        readings: the documents.
        most: characters beyond which no further one comes to a bundle.
    """
    bundle: list[Reading] = []
    for reading in readings:
        bundle.append(reading)
        if len(bundle) == BUNDLED or sum(len(each.text) for each in bundle) > most:
            yield bundle
            bundle = []
    if bundle:
        yield bundle


@contextmanager
def _pool(model: ModelName, workers: int) -> Iterator[ProcessPoolExecutor]:
    """Processes with their extractors, which begin to load while the first document is being read."""
    context = _context()
    with installed_only() if isinstance(context, Spawning) else contextlib.nullcontext():  # its locks begin the tracker of resources
        pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_prepare, initargs=(model,))
    try:
        pool.submit(_start)
        yield pool
    except BrokenProcessPool as error:
        raise WorkerDiedError from error
    finally:
        pool.shutdown(cancel_futures=True)


def _context() -> multiprocessing.context.BaseContext:
    """How processes are started: copied while this one is still small and has no threads, else begun anew."""
    small = "numpy" not in sys.modules and threading.active_count() == 1
    copied = small and "fork" in multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("fork") if copied else Spawning()


@contextmanager
def installed_only() -> Iterator[None]:
    """Have interpreters that are begun meanwhile import nothing from the current folder: among pages may lie a file `struct.py`."""
    with _starting:
        before = os.environ.get(_SAFE_PATH)
        os.environ[_SAFE_PATH] = before or "1"  # an empty one says nothing
        try:
            yield
        finally:
            if before is None:
                del os.environ[_SAFE_PATH]
            else:
                os.environ[_SAFE_PATH] = before


class _Spawned(SpawnProcess):
    """A process that is begun anew and imports nothing from the current folder."""

    def start(self) -> None:
        """Begin it; a pool does so whenever it is handed work."""
        with installed_only():
            super().start()


class Spawning(SpawnContext):
    """Processes that are begun anew and import nothing from the current folder."""

    Process = _Spawned


def _ordered(handed: Iterator[Handed[T]], workers: int) -> Iterator[list[T]]:
    """Hand documents out as workers are free, and take the results in order, those of documents that were handed over together in a list.

    Args:
        handed: hands out the next documents when it is asked for them.
        workers: how many there are.
    """
    waiting: deque[Handed[T]] = deque()
    documents, characters, more = 0, 0, True
    while True:
        while more and documents < workers * AHEAD and (characters < _HELD_AHEAD or len(waiting) < workers):
            given = next(handed, None)
            if given is None:
                more = False
            else:
                waiting.append(given)
                documents += given.documents
                characters += given.characters
        if not waiting:
            return
        first = waiting.popleft()
        documents -= first.documents
        characters -= first.characters
        result = first.future.result()
        if isinstance(result, str):
            raise CannotRunError(result)
        yield result


def _start() -> None:
    """Nothing: a task for which processes are started."""


def _prepare(model: ModelName) -> None:
    """Make a worker's extractor."""
    collect_seldom()
    give_way()
    global _extractor  # noqa: PLW0603 - a process has one, and its tasks find it nowhere else
    _extractor = make_extractor(model)


def _work(bundle: Sequence[R], extract: "Callable[[R, Extractor], T]") -> list[T] | str:
    """Extract documents; what ends the run comes back as its words, for not every exception passes between processes."""
    assert _extractor is not None  # noqa: S101 - `_prepare` ran first
    try:
        return [extract(reading, _extractor) for reading in bundle]
    except ReportedlyError as error:
        return str(error)


def _extractions(reading: Reading | None, extractor: "Extractor") -> list[Extraction] | None:
    return None if reading is None else extractor.extract(reading.text, reading.articles)


def _nothing(count: int) -> Future[list[list[Extraction] | None] | str]:
    """The results of so many documents that nobody need extract."""
    future: Future[list[list[Extraction] | None] | str] = Future()
    future.set_result([None] * count)
    return future
