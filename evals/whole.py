"""The whole way, from files to a ledger: `python -m evals.whole [--articles 300] [--grown 50000] [--model rules]`.

Articles of the evaluation data (where there is none, of the examples) are read, extracted, stored and linked in one process; printed are
what each stage costs an article in processor time, articles a second, bytes of the ledger a claim, and two profiles, looked at every few
milliseconds of processor time: the share in which each function of ours, with what it calls outside, was at work, and the share in which it
or whatever it called was.

Then a ledger is grown to `--grown` articles GENERATED from the claims of these (`evals.growth`), made in a process of their own. Printed
are the memory held by the process that stores, and by the largest of those that link, after every so many, and what storing and linking
cost (`evals.curve`); the run fails where memory over the last fifth of the way is more than 1.1 times that over the first, or the cost more
than 1.5 times. With `--ledger` the curve is that of a ledger which `python -m evals.growth --ledger` grew, up to so many articles, and none
is grown.
"""

import argparse
import contextlib
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
from pathlib import Path
from types import FrameType
from typing import TypeVar

from evals.curve import Made, curve_of, elsewhere, grow, is_flat, read_curve
from evals.engine_sources import article_rows, lay_out
from evals.growth import generated, sources_of

from reportedly import pipeline
from reportedly.ledger import open_ledger
from reportedly.model import Holdings
from reportedly.read import read_stream
from reportedly.workers import make_extractor

T = TypeVar("T")

_OURS = f"{os.sep}reportedly{os.sep}"
_LOOK = 0.005  # seconds of processor time between two looks
_SHOWN = 15
_SHOWN_UNDER = 60
_MILLION, _DAY = 1_000_000, 86_400
PRICES = (0.04, 0.08)
"""Assumed, in dollars: an hour of one processor of a rented machine, and a gigabyte of block storage for a month."""


class Stages:
    """Processor time by stage, and a profile of all of them."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.looks: Counter[str] = Counter()
        self.under: Counter[str] = Counter()

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
        names = []
        while frame is not None:
            if _OURS in frame.f_code.co_filename:
                module = frame.f_code.co_filename.rpartition(_OURS)[2].removesuffix(".py")
                names.append(f"{module}: {frame.f_code.co_qualname}")
            frame = frame.f_back
        self.looks.update(names[:1])
        self.under.update(set(names))


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
    print("with all that it calls:")
    for name, number in stages.under.most_common(_SHOWN_UNDER):
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


def grow_from(ledger: Path, count: int) -> int:
    """Grow a ledger, in a process that holds nothing else, from the claims of another; 1 where memory grew.

    Args:
        ledger: the other one.
        count: how many articles.
    """

    def make() -> Iterator[Made]:
        with open_ledger(ledger, create=False) as store:
            stock = store.holdings()
        print(f"grown, of articles generated from these {len(stock.documents)}:", flush=True)
        yield from generated(sources_of(stock), 0, count)

    return int(not is_flat(grow(ledger.with_name("grown.db"), elsewhere(make), count), count))


def judge_curve(ledger: Path, count: int) -> int:
    """Print the curve of a ledger that was grown before, up to so many articles; 1 where memory grew."""
    points = [point for point in read_curve(curve_of(ledger)) if point.articles <= count]
    print("\n".join(map(str, points)) or f"nothing is known of how {ledger} grew")
    return int(not points or not is_flat(points, count))


def main() -> int:
    """Measure, grow, print; 1 where memory grew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--grown", type=int, default=50_000)
    parser.add_argument("--model", default="rules")
    parser.add_argument("--ledger", type=Path, help="a ledger that evals.growth grew: its curve is judged, and none is grown")
    parser.add_argument("--grow-from", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if "OPENBLAS_NUM_THREADS" not in os.environ:  # as the command line sets it; it is read when numpy is imported
        words = [sys.executable, "-m", "evals.whole", *sys.argv[1:]]
        return subprocess.run(words, check=False, env=os.environ | {"OPENBLAS_NUM_THREADS": "1"}).returncode
    if arguments.grow_from:
        return grow_from(arguments.grow_from, arguments.grown)
    with tempfile.TemporaryDirectory() as temporary:
        if arguments.articles:
            measure(Path(temporary), arguments.articles, arguments.model)
        if not arguments.grown:
            return 0
        if arguments.ledger:
            return judge_curve(arguments.ledger, arguments.grown)
        words = [sys.executable, "-m", "evals.whole", "--grow-from", str(Path(temporary) / "whole.db"), "--grown", str(arguments.grown)]
        return subprocess.run(words, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
