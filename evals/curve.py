"""The curve of a growing ledger: what storing and linking an article costs, and what the process that does it holds of memory.

`evals.growth` and `evals.whole` grow ledgers by it. Points are printed as they come and appended to a file beside the ledger, so that one
long run serves both, and one that was broken off goes on; a process that went on is a run of its own there.
"""

import json
import multiprocessing
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from sqlalchemy import func, select

from reportedly.api import Silent
from reportedly.ledger import open_ledger, schema
from reportedly.ledger.store import LedgerStore
from reportedly.model import Extraction, Reading
from reportedly.pipeline import Intake

T = TypeVar("T")
Made = tuple[Reading, list[Extraction]]

EVERY = 2_000
"""Articles between two points."""

FLAT = 1.25
"""Times the memory at a fifth of the way that is held at the end at most."""

_PAGE = os.sysconf("SC_PAGE_SIZE")
_LAST = 3  # points at the end of which the highest counts: what a process holds goes up and down


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A ledger at one moment of its growth.

    Attributes:
        run: the process that grew it, by number and start.
        articles: how many it holds.
        cost: milliseconds of processor time that storing and linking one took, since the point before.
        memory: bytes that the process holds.
        size: bytes of the ledger.
    """

    run: str
    articles: int
    cost: float
    memory: int
    size: int

    def __str__(self) -> str:
        """A line of a report."""
        held, file = self.memory / 2**20, self.size / 2**20
        return f"{self.articles:7} articles: {self.cost:5.1f} ms to store and link one; {held:5.0f} MB held, ledger of {file:6.0f} MB"


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
    with open_ledger(path, create=True) as store:
        intake, done, took = Intake(store, Silent()), documents_in(store), 0.0
        if not done:
            curve_of(path).unlink(missing_ok=True)  # of another ledger of that name
        for number, (reading, extractions) in enumerate(articles, done + 1):
            took += spent(lambda: intake.take(reading, extractions))[0]  # noqa: B023 - called at once
            if number % EVERY and number != count:
                continue
            took += spent(intake.finish)[0]
            size = sum(file.stat().st_size for file in path.parent.glob(f"{path.name}*") if file != curve_of(path))
            point = Point(run=run, articles=number, cost=1000 * took / (number - done), memory=memory(), size=size)
            done, took = number, 0.0
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
    """Print how memory went in the longest run, up to so many articles; whether it stayed flat."""
    runs = [list(several) for _, several in groupby((p for p in points if p.articles <= most), key=lambda point: point.run)]
    held = [point.memory for point in max(runs, key=len, default=[])]
    if not held:
        return True
    early, late = held[max(0, len(held) // 5 - 1)], max(held[-_LAST:])
    print(f"memory: {late / 2**20:.0f} MB at the end, {late / early:.2f} times what it was at a fifth of the way, over {len(held)} points")
    return late <= FLAT * early


def elsewhere(make: Callable[[], Iterator[T]]) -> Iterator[T]:
    """What another process makes, one after the other, so that this one does not hold what it is made of."""
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_hand_over, args=(there, make), daemon=True)
    process.start()
    there.close()  # so that its end is seen if it dies
    while (made := here.recv()) is not None:
        yield made[0]
    process.join()


def _hand_over(given: Connection, make: Callable[[], Iterator[T]]) -> None:
    for made in make():
        given.send((made,))
    given.send(None)


def documents_in(store: LedgerStore) -> int:
    """How many documents a ledger holds."""
    with store.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(schema.documents)).scalar_one()


def spent(deed: Callable[[], T]) -> tuple[float, T]:
    """Seconds of process time that something takes, and what it gives."""
    started = time.process_time()
    found = deed()
    return time.process_time() - started, found


def memory() -> int:
    """Bytes of memory that this process holds now."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE
