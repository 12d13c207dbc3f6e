"""The curve of a growing ledger: what storing and linking an article costs, and what the process that does it holds of memory.

`evals.growth` and `evals.whole` grow ledgers by it. Points are printed as they come and appended to a file beside the ledger, so that one
long run serves both, and one that was broken off goes on; a process that went on is a run of its own there.
"""

import contextlib
import json
import multiprocessing
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar, TypeVarTuple
from unittest import mock

from sqlalchemy import func, select

from reportedly import pipeline
from reportedly.api import Silent
from reportedly.ledger import open_ledger, schema
from reportedly.ledger.store import LedgerStore
from reportedly.model import Extraction, Reading
from reportedly.offshoots import in_offshoot
from reportedly.pipeline import Intake

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
Made = tuple[Reading, list[Extraction]]

EVERY = 2_000
"""Articles between two points."""

FLAT = 1.1
"""Times the memory over the first fifth of the way that is held over the last at most."""

TIMES = 1.5
"""Times what an article costs over the first fifth of the way that one costs over the last at most."""

_PAGE = os.sysconf("SC_PAGE_SIZE")
_KILO = 1 << 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A ledger at one moment of its growth.

    Attributes:
        run: the process that grew it, by number and start.
        articles: how many it holds.
        cost: milliseconds of processor time that storing and linking one took, since the point before.
        memory: bytes that the process holds.
        size: bytes of the ledger.
        apart: bytes that the largest offshoot held which linked since the point before.
    """

    run: str
    articles: int
    cost: float
    memory: int
    size: int
    apart: int = 0

    def __str__(self) -> str:
        """A line of a report."""
        held, linking, file = self.memory / 2**20, self.apart / 2**20, self.size / 2**20
        cost = f"{self.articles:7} articles: {self.cost:5.1f} ms to store and link one"
        return f"{cost}; {held:5.0f} MB held, up to {linking:5.0f} where it links; ledger of {file:6.0f} MB"


def grow(path: Path, articles: Iterable[Made], count: int) -> list[Point]:
    """Bring a ledger up to so many articles, linked as the command line links them; every point is printed and kept.

    Args:
        path: the ledger, made where it is not there.
        articles: those that it lacks.
        count: how many it has then.

    Returns:
        The points of all runs that grew it.
    """
    run = f"{os.getpid()} {time.time():.0f}"
    with open_ledger(path, create=True) as store, watched() as apart:
        intake, done, took = Intake(store, Silent()), documents_in(store), 0.0
        if not done:
            curve_of(path).unlink(missing_ok=True)  # of another ledger of that name
        for number, (reading, extractions) in enumerate(articles, done + 1):
            took += spent(lambda: intake.take(reading, extractions))[0]  # noqa: B023 - called at once
            if number % EVERY and number != count:
                continue
            took += spent(intake.finish)[0]
            size = sum(file.stat().st_size for file in path.parent.glob(f"{path.name}*") if file != curve_of(path))
            point = Point(
                run=run, articles=number, cost=1000 * took / (number - done), memory=memory(), size=size, apart=max(apart, default=0)
            )
            done, took = number, 0.0
            apart.clear()
            print(point, flush=True)
            with curve_of(path).open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(asdict(point)) + "\n")
    return read_curve(curve_of(path))


def curve_of(ledger: Path) -> Path:
    """Where the points of a ledger are kept."""
    return ledger.with_name(f"{ledger.name}.curve.jsonl")


def read_curve(path: Path) -> list[Point]:
    """The points of a file, in their order; none where it is not there."""
    return [Point(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def is_flat(points: Sequence[Point], most: int) -> bool:
    """Print what the longest run, up to so many articles, held and took over its last fifth beside its first; whether that stayed level."""
    runs = [list(several) for _, several in groupby((p for p in points if p.articles <= most), key=lambda point: point.run)]
    longest = max(runs, key=len, default=[])
    fifth = max(1, len(longest) // 5)
    first, last = longest[:fifth], longest[-fifth:]
    level = True
    for what, unit, limit, value in _WATCHED:
        before, after = (statistics.mean(map(value, some)) if some else 0.0 for some in (first, last))
        if before:
            good = after <= limit * before
            level = level and good
            print(f"{what}: {before:.1f} {unit} over the first fifth, {after:.1f} over the last, ", end="")
            print(f"{after / before:.2f} times over {len(longest)} points; wanted at most {limit}: {'good' if good else 'TOO MUCH'}")
    return level


_WATCHED: tuple[tuple[str, str, float, Callable[[Point], float]], ...] = (
    ("memory held", "MB", FLAT, lambda point: point.memory / 2**20),
    ("memory of the largest that linked", "MB", FLAT, lambda point: point.apart / 2**20),
    ("to store and link an article", "ms", TIMES, lambda point: point.cost),
)


def elsewhere(make: Callable[[], Iterator[T]]) -> Iterator[T]:
    """What another process makes, one after the other, so that neither this one nor the sums of those that it begins hold what it takes."""
    here, there = multiprocessing.Pipe(duplex=False)
    between = os.fork()
    if not between:
        if not os.fork():
            here.close()
            _hand_over(there, make)
        os._exit(0)
    there.close()  # so that its end is seen if it dies
    os.waitpid(between, 0)
    while (made := here.recv()) is not None:
        yield made[0]


def _hand_over(given: Connection, make: Callable[[], Iterator[T]]) -> None:
    with contextlib.suppress(BrokenPipeError):  # nobody wants more
        for made in make():
            given.send((made,))
        given.send(None)


def documents_in(store: LedgerStore) -> int:
    """How many documents a ledger holds."""
    with store.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(schema.documents)).scalar_one()


def spent(deed: Callable[[], T]) -> tuple[float, T]:
    """Seconds of process time that something takes, here and in processes that began and ended for it, and what it gives."""
    started = _processed()
    found = deed()
    return _processed() - started, found


def _processed() -> float:
    below = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + below.ru_utime + below.ru_stime


@contextlib.contextmanager
def watched() -> Iterator[list[int]]:
    """Gives a list to which every offshoot that links meanwhile adds the bytes that it held at most."""
    held: list[int] = []

    def noted(work: Callable[[*Ts], int], *given: *Ts) -> int | None:
        with tempfile.TemporaryDirectory() as folder:
            told = Path(folder) / "bytes"
            number = in_offshoot(_weighed, told, work, given)
            if told.exists():
                held.append(int(told.read_text(encoding="ascii")))
            return number

    with mock.patch.object(pipeline, "in_offshoot", noted):
        yield held


def _weighed(told: Path, work: Callable[[*Ts], int], given: tuple[*Ts]) -> int:
    """A piece of work in an offshoot, and a file that tells how many bytes of memory it held at most."""
    number = work(*given)
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines())
    told.write_text(str(int(lines["VmHWM"].split()[0]) * _KILO), encoding="ascii")  # what getrusage(2) tells counts the process above too
    return number


def memory() -> int:
    """Bytes of memory that this process holds now."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE
