"""A run: sources to batches, batches to partitions by an engine, partitions to the ledger, each exactly once.

What is done is told by the marks in the work folder and by the ledger itself, never by the memory of a process: a run that was killed
anywhere goes on where it stopped, and a partition that is merged again adds nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from reportedly.errors import EngineStuckError, NoEngineError
from reportedly.interleaving import AT_ONCE, side_by_side
from reportedly.model import ModelName, Problem, digest, row_of
from reportedly.model.ports import Holding
from reportedly.pipeline import Intake
from reportedly.read import reader_version
from reportedly.scale.engines import Engine, EngineFaultError
from reportedly.scale.partitions import partition_digest, read_partition
from reportedly.scale.sources import Batch, cut_batches, list_sources
from reportedly.scale.work_folder import Done, WorkFolder
from reportedly.scale.working import Task
from reportedly.workers import BUNDLED

_WAVE = 512  # batches handed to an engine at once: ten minutes of work for a few processes, and little to hold in memory
_SHORT = 8  # one batch in so many is handed out last: those that are shortest
_TRIES = 3  # rounds in which nothing was done before a run is given up


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a run reads, and how.

    Attributes:
        places: paths and addresses.
        model: what claims are extracted by.
        extractor: name and version of that model's extractor here; workers must have the same.
        folder: place of the work folder.
        keep: whether partitions stay in it when they are in the ledger.
    """

    places: Sequence[str]
    model: ModelName
    extractor: str
    folder: str
    keep: bool = False


def run_all(run: Run, engine: Engine, store: Holding, intake: Intake) -> Iterator[Problem]:
    """Read and extract everything, and store it.

    Args:
        run: what.
        engine: who does the work.
        store: the ledger; a batch that it holds is not worked on again.
        intake: what fills it.

    Yields:
        What could not be used in reading, in the order of the sources, of each place in turn, a wave of batches at a time.

    Raises:
        EngineStuckError: its workers die again and again.
        NoEngineError: it is not there, or its workers are of another version.
        NoObjectsError: an object store cannot be reached.
    """
    folder = WorkFolder(run.folder)
    together = [[place] for place in run.places] if len(run.places) <= AT_ONCE else [run.places]
    batches = side_by_side([cut_batches(list_sources(places), (reader_version(), run.extractor)) for places in together])
    while wave := tuple(islice(batches, _WAVE)):
        yield from _run_wave(wave, run, engine, _Merging(folder, store, intake, run))


class _Merging:
    """Stores partitions, and remembers what of them the manifest and the user are told."""

    def __init__(self, folder: WorkFolder, store: Holding, intake: Intake, run: Run) -> None:
        self.folder = folder
        self._store = store
        self._intake = intake
        self._run = run
        self.merged: dict[str, Done] = {}
        self.problems: dict[str, tuple[Problem, ...]] = {}

    def take(self, done: Done) -> bool:
        """Store a batch that an earlier run did, or count it where the ledger holds all of it; False where it must be done again."""
        if self.folder.holds(done.partition):
            return self.merge(done)
        if not all(self._store.holds(document, done.extractor) for document in done.documents):
            return False
        self._store.put_problems(done.loose)
        self._intake.pass_over(len(done.documents), "", done.characters)
        self.merged[done.key], self.problems[done.key] = done, done.loose
        return True

    def merge(self, done: Done) -> bool:
        """Store a batch's partition; False where it is damaged or gone.

        Raises:
            NoEngineError: its worker is of another version.
        """
        self._check(done)
        try:
            with self.folder.opened(done.partition) as stream:
                whole = partition_digest(stream) == done.partition
            if not whole:
                self.folder.drop(done.partition)
                return False
            problems: list[Problem] = []
            with self.folder.opened(done.partition) as stream:
                made = read_partition(stream)
                while some := list(islice(made, BUNDLED)):
                    self._intake.take_all(some)
                    problems += (problem for reading, _ in some for problem in reading.problems)
        except FileNotFoundError:
            return False
        self.merged[done.key], self.problems[done.key] = done, tuple(problems)
        return True

    def _check(self, done: Done) -> None:
        here = (reader_version(), self._run.extractor)
        if (done.reader, done.extractor) != here:
            message = f"a worker has another version, {done.reader} with {done.extractor}; here it is {here[0]} with {here[1]}"
            raise NoEngineError(message)


def _run_wave(wave: Sequence[Batch], run: Run, engine: Engine, merging: _Merging) -> Iterator[Problem]:
    name = digest("\n".join(batch.key for batch in wave).encode())[:16]
    task = Task(model=run.model, folder=run.folder, start=str(Path.cwd()))
    left = {batch.key: batch for batch in wave}
    for key in tuple(left):
        done = merging.folder.done(key)
        if done is not None and merging.take(done):
            del left[key]
    if left:
        merging.folder.note_run(name, _manifest(wave, merging.merged))
        _work_off(left, engine, task, merging)
        merging.folder.note_run(name, _manifest(wave, merging.merged))
    if not run.keep:
        for done in merging.merged.values():
            merging.folder.drop(done.partition)
    for batch in wave:
        yield from merging.problems[batch.key]


def _work_off(left: dict[str, Batch], engine: Engine, task: Task, merging: _Merging) -> None:
    """Have batches done until none is left, whatever dies meanwhile.

    Raises:
        EngineStuckError: rounds went by in which nothing was done.
    """
    idle = 0
    while left:
        before, fault = len(left), ""
        try:
            for done in engine.run(_short_ones_last(tuple(left.values())), task):
                if done.key in left and merging.merge(done):
                    del left[done.key]
        except EngineFaultError as error:
            fault = str(error)
        idle = 0 if len(left) < before else idle + 1
        if left and idle >= _TRIES:
            raise EngineStuckError([source.place for batch in left.values() for source in batch.sources], fault)


def _short_ones_last(batches: Sequence[Batch]) -> tuple[Batch, ...]:
    """Batches in the order in which they are handed out: as they come, but the shortest at the end.

    So no worker is left with a long one when the others are done. All others keep their order: what lies together is often of one story,
    which is linked fewer times where its articles come together.

    Source: R. L. Graham, Bounds on multiprocessing timing anomalies (1969): the shorter what comes last, the more evenly all end.
    """
    short = {batch.key for batch in sorted(batches, key=lambda batch: batch.size)[: len(batches) // _SHORT]}
    return tuple(sorted(batches, key=lambda batch: batch.key in short))


def _manifest(wave: Sequence[Batch], merged: Mapping[str, Done]) -> list[object]:
    """A run's manifest: a row a batch."""
    return [
        {
            "batch": batch.key,
            "sources": [source.place for source in batch.sources],
            "done": row_of(merged[batch.key]) if batch.key in merged else None,
        }
        for batch in wave
    ]
