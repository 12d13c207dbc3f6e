"""The whole way, from files to a ledger: `python -m evals.whole [--articles 300] [--grown 50000] [--model rules]`.

Articles of the evaluation data (where there is none, of the examples) are read, extracted, stored and linked in one process; printed are
what each stage costs an article in processor time, articles a second, bytes of the ledger a claim, and a profile: the share of the time in
which each function of ours, with what it calls outside, was at work, looked at every few milliseconds of processor time.

Then a ledger is grown to `--grown` articles GENERATED from the claims of these (`evals.growth`), made in a process of their own. Printed
are the memory held by the process that stores and links after every so many, and what storing and linking cost; the run fails where
the memory at the end is more than 1.25 times what it was at a fifth of the way.
"""

import argparse
import contextlib
import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import TypeVar

from evals.engine_sources import article_rows, lay_out
from evals.growth import Made, generated, sources_of

from reportedly import pipeline
from reportedly.api import Silent
from reportedly.ledger import open_ledger
from reportedly.ledger.store import LedgerStore
from reportedly.model import Holdings
from reportedly.pipeline import Intake
from reportedly.read import read_stream
from reportedly.workers import make_extractor

T = TypeVar("T")

FLAT = 1.25  # times the memory at a fifth of the way that is held at the end at most
_OURS = f"{os.sep}reportedly{os.sep}"
_LOOK = 0.005  # seconds of processor time between two looks
_SHOWN = 15
_MILLION, _DAY = 1_000_000, 86_400
PRICES = (0.04, 0.08)
"""Assumed, in dollars: an hour of one processor of a rented machine, and a gigabyte of block storage for a month."""
_EVERY = 1_000
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Stages:
    """Processor time by stage, and a profile of all of them."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.looks: Counter[str] = Counter()

    def take(self, stage: str, deed: Callable[[], T]) -> T:
        """Do something that belongs to a stage."""
        started = time.process_time()
        try:
            return deed()
        finally:
            self.seconds[stage] += time.process_time() - started

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Look every few milliseconds at what is being done."""
        before = signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, _LOOK, _LOOK)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)

    def _look(self, _: int, frame: FrameType | None) -> None:
        while frame is not None and _OURS not in frame.f_code.co_filename:
            frame = frame.f_back
        if frame is not None:
            module = frame.f_code.co_filename.rpartition(_OURS)[2].removesuffix(".py")
            self.looks[f"{module}: {frame.f_code.co_qualname}"] += 1


def measure(folder: Path, count: int, model: str) -> None:
    """Read, extract, store and link so many articles, and print what it cost.

    Args:
        folder: where to work.
        count: how many.
        model: what claims are extracted by.
    """
    root = lay_out(folder / "archive", list(article_rows(count)))
    path, stages, extractor = folder / "whole.db", Stages(), make_extractor(model)  # type: ignore[arg-type]
    for first in read_stream(b"Officials said six people were hurt in May.", "first.txt"):
        extractor.extract(first.text, first.articles)  # models and tables are loaded before anything is timed
    with open_ledger(path, create=True) as store:
        readings = iter(pipeline.read([root]))
        done = 0
        with stages.watched():
            while (reading := stages.take("read", lambda: next(readings, None))) is not None:
                found = stages.take("extract", lambda: extractor.extract(reading.text, reading.articles))
                stages.take("store", lambda: store.put(reading, found))  # noqa: B023
                done += 1
            stages.take("link", lambda: pipeline.relink(store))
        held = store.holdings()
    report(stages, held, done, path.stat().st_size)
    report_tables(path)


def report(stages: Stages, held: Holdings, done: int, size: int) -> None:
    """Print what the stages cost, and the profile."""
    total = sum(stages.seconds.values())
    characters = sum(len(text) for text in held.texts.values())
    print(
        f"{done} articles of {characters / max(1, done):,.0f} characters, {len(held.claims)} claims; {done / total:.1f} articles a second"
    )
    for stage in ("read", "extract", "store", "link"):
        print(f"  {stage:8} {1000 * stages.seconds[stage] / done:7.1f} ms an article   {100 * stages.seconds[stage] / total:5.1f} %")
    print(f"  ledger   {size / max(1, len(held.claims)):7.0f} bytes a claim, {size / max(1, done):.0f} an article")
    report_plan(stages, done, size)
    looks = stages.looks.total() or 1
    print("profile: share of the processor time, by function of ours with what it calls outside")
    for name, number in stages.looks.most_common(_SHOWN):
        print(f"  {100 * number / looks:5.1f} %  {name}")
    modules: Counter[str] = Counter()
    for name, number in stages.looks.items():
        modules[name.partition(":")[0]] += number
    print("by module: " + ", ".join(f"{name} {100 * number / looks:.1f} %" for name, number in modules.most_common(_SHOWN)), flush=True)


def report_tables(path: Path) -> None:
    """Print which tables take a ledger's bytes, their indexes with them, where SQLite can tell ("The DBSTAT Virtual Table")."""
    query = "SELECT s.tbl_name, SUM(d.pgsize) FROM dbstat d JOIN sqlite_master s ON s.name = d.name GROUP BY 1 ORDER BY 2 DESC"
    with closing(sqlite3.connect(path)) as connection, contextlib.suppress(sqlite3.OperationalError):
        rows = connection.execute(query).fetchall()
        total = sum(size for _, size in rows)
        print("ledger by table: " + ", ".join(f"{name} {100 * size / total:.1f} %" for name, size in rows[:_SHOWN]), flush=True)


def report_plan(stages: Stages, done: int, size: int) -> None:
    """Print what a million such articles a day take, at the prices named in `PRICES`."""
    seconds = {stage: stages.seconds[stage] / done * _MILLION for stage in stages.seconds}
    apart, here = seconds["read"] + seconds["extract"], seconds["store"] + seconds["link"]
    gigabytes = size / done * _MILLION / 1e9
    hours = (apart + here) / 3600
    print(f"a million such articles a day: {apart / _DAY:.2f} processors to read and extract, {here / _DAY:.2f} to store and link,")
    print(f"  {gigabytes:.0f} GB of ledger; {hours:.1f} hours of a processor at {PRICES[0]} are {hours * PRICES[0]:.2f} a day,")
    print(f"  a day's ledger at {PRICES[1]} a GB and month is {gigabytes * PRICES[1]:.2f} for every month it is kept")


def feed(given: Connection, stock: Holdings, count: int) -> None:
    """In a process of its own: make articles and hand them over."""
    for made in generated(sources_of(stock), 0, count):
        given.send(made)
    given.send(None)


def taken_from(stock: Holdings, count: int) -> Iterator[Made]:
    """Articles that another process makes."""
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=feed, args=(there, stock, count), daemon=True)
    process.start()
    there.close()  # so that its end is seen if it dies
    while (made := here.recv()) is not None:
        yield made
    process.join()


def grow(store: LedgerStore, articles: Iterator[Made], count: int) -> bool:
    """Store and link generated articles; whether memory stayed flat.

    Args:
        store: an empty ledger.
        articles: they.
        count: how many.
    """
    intake, held = Intake(store, Silent()), list[float]()
    started = time.process_time()
    for number, (reading, extractions) in enumerate(articles, 1):
        intake.take(reading, extractions)
        if number % _EVERY == 0:
            held.append(memory())
            spent, started = time.process_time() - started, time.process_time()
            print(
                f"  {number:7} articles: {held[-1] / 1e6:6.0f} MB held, {1000 * spent / _EVERY:6.1f} ms to store and link one", flush=True
            )
    intake.finish()
    early = held[max(0, len(held) // 5 - 1)] if held else 0.0
    flat = not held or max(held[-3:]) <= FLAT * early
    if held:
        print(f"{count} articles: {held[-1] / 1e6:.0f} MB at the end, {held[-1] / early:.2f} times what it was at a fifth of the way")
    return flat


def memory() -> float:
    """Bytes of memory that this process holds now."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE


def grow_from(ledger: Path, count: int) -> int:
    """Grow a ledger, in a process that holds nothing else, from the claims of another; 1 where memory grew.

    Args:
        ledger: the other one.
        count: how many articles.
    """
    with open_ledger(ledger, create=False) as store:
        stock = store.holdings()
    print(f"grown, of articles generated from these {len(stock.documents)}:", flush=True)
    articles = taken_from(stock, count)
    del stock
    with open_ledger(ledger.with_name("grown.db"), create=True) as store:
        return int(not grow(store, articles, count))


def main() -> int:
    """Measure, grow, print; 1 where memory grew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--grown", type=int, default=50_000)
    parser.add_argument("--model", default="rules")
    parser.add_argument("--grow-from", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.grow_from:
        return grow_from(arguments.grow_from, arguments.grown)
    with tempfile.TemporaryDirectory() as temporary:
        measure(Path(temporary), arguments.articles, arguments.model)
        if not arguments.grown:
            return 0
        words = [sys.executable, "-m", "evals.whole", "--grow-from", str(Path(temporary) / "whole.db"), "--grown", str(arguments.grown)]
        return subprocess.run(words, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
