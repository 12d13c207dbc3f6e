"""Runs: whoever does the work and whatever dies, the ledger is the one that `add` fills."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from reportedly import pipeline
from reportedly.api import Silent
from reportedly.errors import EngineStuckError, NoEngineError
from reportedly.ledger import MemoryStore
from reportedly.model import Added, Problem, Reading
from reportedly.scale import Run, run_all, sources
from reportedly.scale.engines import Engine, EngineFaultError, SerialEngine
from reportedly.scale.sources import Batch
from reportedly.scale.work_folder import Done
from reportedly.scale.working import Task
from reportedly.workers import make_extractor


class Dying:
    """An engine that stops after every so many batches; with none it stops at once.

    Args:
        after: how many batches a round does.
    """

    def __init__(self, after: int) -> None:
        self.after = after
        self.done = 0

    def run(self, batches: Sequence[Batch], task: Task) -> Iterator[Done]:
        """Some of the batches."""
        for done in SerialEngine().run(batches[: self.after], task):
            self.done += 1
            yield done
        if len(batches) > self.after:
            raise EngineFaultError("a process was ended")


class Watched:
    """An engine that counts what it is given, and hands the results out from the last to the first."""

    def __init__(self) -> None:
        self.given = 0

    def run(self, batches: Sequence[Batch], task: Task) -> Iterator[Done]:
        """All batches, the last first."""
        self.given += len(batches)
        yield from SerialEngine().run(batches[::-1], task)


def run_into(
    store: MemoryStore, places: Sequence[Path], folder: Path, engine: Engine, *, keep: bool = False
) -> tuple[Added, list[Problem]]:
    """One run; what was new, and the problems of reading."""
    intake = pipeline.Intake(store, Silent())
    version = make_extractor("rules").version
    run = Run(places=[str(place) for place in places], model="rules", extractor=version, folder=str(folder), keep=keep)
    problems = list(run_all(run, engine, store, intake))
    return intake.finish(), problems


@pytest.fixture
def many(reports: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The reports with more files, in six batches or more."""
    monkeypatch.setattr(sources, "_FILES_MOST", 9)
    for number in range(40):
        (reports / f"note-{number:02}.txt").write_text(f"Police said {number + 2} people were held in Varn.\n", encoding="utf-8")
    return reports


@pytest.fixture
def undisturbed(many: Path) -> tuple[MemoryStore, Added, list[Problem]]:
    """What `add` makes of the reports in one process."""
    store, problems = MemoryStore(), list[Problem]()

    def noted() -> Iterator[Reading]:
        for reading in pipeline.read([many]):
            problems.extend(reading.problems)
            yield reading

    return store, pipeline.add(noted(), make_extractor("rules"), store, Silent()), problems


Undisturbed = tuple[MemoryStore, Added, list[Problem]]


def test_ledger_counts_and_problems_are_those_of_add(many: Path, undisturbed: Undisturbed, tmp_path: Path) -> None:
    """The same digest, links and counts, and problems in the same order, though batches come back in another."""
    plain, added, problems = undisturbed
    store = MemoryStore()
    assert run_into(store, [many], tmp_path / "work", Watched()) == (added, problems)
    assert store.digest() == plain.digest()
    assert store.holdings().links == plain.holdings().links
    assert added.documents == 49


@pytest.mark.parametrize("after", [1, 2])
def test_engine_that_dies_again_and_again_changes_nothing(many: Path, undisturbed: Undisturbed, tmp_path: Path, after: int) -> None:
    """As long as each round gets on, the run goes on with what is left."""
    store, engine = MemoryStore(), Dying(after)
    assert run_into(store, [many], tmp_path / "work", engine) == undisturbed[1:]
    assert store.digest() == undisturbed[0].digest()


def test_engine_that_never_gets_on_is_given_up(many: Path, tmp_path: Path) -> None:
    """The error names files that are left and what the engine said."""
    with pytest.raises(EngineStuckError, match=r"a process was ended.* 51 files are left: .*report-1\.txt"):
        run_into(MemoryStore(), [many], tmp_path / "work", Dying(0))


def test_run_that_was_killed_goes_on_where_it_stopped(many: Path, undisturbed: Undisturbed, tmp_path: Path) -> None:
    """What workers left is used by the next run, into whatever ledger."""
    with pytest.raises(EngineStuckError):
        run_into(MemoryStore(), [many], tmp_path / "work", StoppingAfter(2), keep=True)
    store, engine = MemoryStore(), Watched()
    assert run_into(store, [many], tmp_path / "work", engine) == undisturbed[1:]
    assert store.digest() == undisturbed[0].digest()
    whole = Watched()
    run_into(MemoryStore(), [many], tmp_path / "elsewhere", whole)
    assert engine.given == whole.given - 2


class StoppingAfter(Dying):
    """An engine that does some batches and then nothing more."""

    def run(self, batches: Sequence[Batch], task: Task) -> Iterator[Done]:
        """Some of the batches in the first round, none later."""
        wanted, self.after = self.after, 0
        yield from SerialEngine().run(batches[:wanted], task)
        raise EngineFaultError("the machine is gone")


def test_partition_merged_twice_adds_nothing(many: Path, undisturbed: Undisturbed, tmp_path: Path) -> None:
    """With the partitions still there nothing is extracted, and the ledger stays as it was."""
    store, engine = MemoryStore(), Watched()
    run_into(store, [many], tmp_path / "work", engine, keep=True)
    revision, given = store.revision, engine.given
    again, problems = run_into(store, [many], tmp_path / "work", engine, keep=True)
    assert (again.added, again.claims, again.problems, again.documents) == (0, 0, 0, 49)
    assert problems == undisturbed[2]
    assert (store.revision, engine.given) == (revision, given)


def test_partitions_go_once_the_ledger_holds_them(many: Path, undisturbed: Undisturbed, tmp_path: Path) -> None:
    """Marks stay, so that the same command does nothing again; into an empty ledger it does all of it."""
    store, engine = MemoryStore(), Watched()
    run_into(store, [many], tmp_path / "work", engine)
    assert not list((tmp_path / "work" / "parts").iterdir())
    given = engine.given
    again, problems = run_into(store, [many], tmp_path / "work", engine)
    assert (again.documents, again.added, problems, engine.given) == (49, 0, undisturbed[2], given)
    empty = MemoryStore()
    run_into(empty, [many], tmp_path / "work", engine)
    assert empty.digest() == store.digest()
    assert engine.given > given


def test_damaged_partition_is_made_again(many: Path, undisturbed: Undisturbed, tmp_path: Path) -> None:
    """Whatever a disk did to it, and a mark whose partition is gone counts for nothing."""
    run_into(MemoryStore(), [many], tmp_path / "work", SerialEngine(), keep=True)
    parts = sorted((tmp_path / "work" / "parts").iterdir())
    parts[0].write_bytes(parts[0].read_bytes()[:-20])
    parts[1].write_bytes(parts[2].read_bytes())
    parts[2].unlink()
    store = MemoryStore()
    assert run_into(store, [many], tmp_path / "work", SerialEngine()) == undisturbed[1:]
    assert store.digest() == undisturbed[0].digest()


def test_half_a_mark_counts_for_nothing(many: Path, undisturbed: Undisturbed, tmp_path: Path) -> None:
    """A machine that loses its power may leave a mark empty or cut off: its batch is done again."""
    run_into(MemoryStore(), [many], tmp_path / "work", SerialEngine())
    marks = sorted((tmp_path / "work" / "marks").iterdir())
    marks[0].write_bytes(b"")
    marks[1].write_bytes(marks[1].read_bytes()[:20])
    marks[2].write_bytes(b"{}")
    assert run_into(MemoryStore(), [many], tmp_path / "work", SerialEngine()) == undisturbed[1:]


def test_short_batches_are_handed_out_last(many: Path, tmp_path: Path) -> None:
    """The shortest eighth comes at the end; all others keep the order of the files."""
    for number in range(5):
        (many / f"long-{number}.jsonl").write_text(json.dumps({"id": "a", "text": "A ferry sank.\n" * (number + 1)}), encoding="utf-8")
    engine = Handed()
    run_into(MemoryStore(), [many], tmp_path / "work", engine)
    places = [batch.sources[0].place for batch in engine.batches]
    short = len(places) // 8
    assert short
    assert places[:-short] == sorted(places[:-short])
    assert max(batch.size for batch in engine.batches[-short:]) <= min(batch.size for batch in engine.batches[:-short])


class Handed(SerialEngine):
    """An engine that remembers what it was given first."""

    def __init__(self) -> None:
        self.batches: tuple[Batch, ...] = ()

    def run(self, batches: Sequence[Batch], task: Task) -> Iterator[Done]:
        """All batches."""
        self.batches = self.batches or tuple(batches)
        yield from super().run(batches, task)


def test_manifest_tells_which_batches_are_done(many: Path, tmp_path: Path) -> None:
    """A row a batch, with its files, its partition and its documents."""
    run_into(MemoryStore(), [many], tmp_path / "work", SerialEngine())
    (file,) = (tmp_path / "work" / "runs").iterdir()
    rows = json.loads(file.read_text())
    assert sum(len(row["sources"]) for row in rows) == 51
    assert sum(len(row["done"]["documents"]) for row in rows) == 49
    assert [p["code"] for row in rows for p in row["done"]["loose"]] == ["empty-file", "unsupported-format"]


class Older(SerialEngine):
    """An engine whose workers have another version."""

    def run(self, batches: Sequence[Batch], task: Task) -> Iterator[Done]:
        """All batches, signed by another extractor."""
        for done in super().run(batches, task):
            yield Done(**{name: getattr(done, name) for name in Done.__slots__} | {"extractor": "rules 0.0"})


def test_workers_of_another_version_are_refused(many: Path, tmp_path: Path) -> None:
    """Nothing of theirs comes into the ledger."""
    store = MemoryStore()
    with pytest.raises(NoEngineError, match=r"rules 0\.0"):
        run_into(store, [many], tmp_path / "work", Older())
    assert not store.holdings().documents
