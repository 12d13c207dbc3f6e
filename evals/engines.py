"""Engines from files to a ledger: `python -m evals.engines [--articles 1000] [--model rules] [--engine NAME ...] [--folder FOLDER]`.

The same articles, as pages in folders, a Parquet table and crawls in WARC files, go into a ledger by two processes of this machine, by
Daft, and by Ray on a cluster of two workers; the ledgers must be the same by digest and by links. The pace of two workers is compared with
two separate runs of one process over the halves, at the same time, right before and after: the ratio is their mean time to the engine's.
Each line says what its processes used, those that used a second or more, and how long each of them had nothing to do.
Then one of the workers is killed in the middle: a process under Daft, a whole machine of the cluster under Ray; the ledger must be the
same. An engine that is not installed is named and left out.

With `--engine` (local, daft, ray) only some are run. With `--folder` articles and what was found stay there: a later call with another
engine holds its ledgers to those of the calls before, and the last lines give the verdict on all that were run.
"""

import argparse
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from compileall import compile_dir
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals.engine_sources import article_rows, lay_out
from evals.processes import Took, Watch, descendants
from evals.run import PROGRAM

import reportedly
from reportedly.api import Desk
from reportedly.extras import load_extra
from reportedly.model import digest, row_of

ENGINES = ("local", "daft", "ray")
WANTED = 0.85  # of the pace of two separate runs
_WAIT = 0.2  # seconds between two looks at how far a run is
_LARGE, _SHOWN = 1.0, 0.05  # seconds of processors from which a process is named by itself, and from which others are named at all
_IDLE, _QUIET, _SETTLING = 0.1, 3, 120.0  # seconds of processors that a cluster at rest uses in one, in how many of them, until when


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a run gave.

    Attributes:
        content: digest of the ledger.
        links: digest of its links.
        pace: of two separate runs over the halves; None where a worker was killed.
    """

    content: str
    links: str
    pace: float | None

    def equals(self, other: "Found") -> bool:
        """Whether the ledgers are the same."""
        return (self.content, self.links) == (other.content, other.links)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What all runs share.

    Attributes:
        folder: where ledgers are made.
        places: the two halves of the articles.
        model: what claims are extracted by.
    """

    folder: Path
    places: tuple[Path, Path]
    model: str

    def ledger(self, name: str) -> Path:
        """Where a run's ledger is."""
        return self.folder / f"{name}.db"

    def start(self, name: str, places: Sequence[Path], *options: str) -> "subprocess.Popen[bytes]":
        """Start `reportedly add`."""
        ledger = ["--ledger", str(self.ledger(name))]
        words = [*PROGRAM, "add", *map(str, places), *ledger, "--model", self.model, *options]
        return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def halves(self) -> Took:
        """Two separate runs of one process, each over one half."""
        names = ("half-one", "half-two")
        self._clear(*names)
        with Watch() as watch:
            running = [self.start(name, [place]) for name, place in zip(names, self.places, strict=True)]
            for process in running:
                finish(process)
        return watch.took

    def fill(self, name: str, *options: str, disturb: Callable[["subprocess.Popen[bytes]"], None] | None = None) -> Took:
        """One run over both halves.

        Args:
            name: the ledger's.
            options: of `add`.
            disturb: what happens meanwhile; None for nothing.
        """
        self._clear(name)
        with Watch() as watch:
            running = self.start(name, self.places, *options)
            if disturb is not None:
                disturb(running)
            finish(running)
        return watch.took

    def found(self, name: str, pace: float | None) -> Found:
        """What a run gave."""
        with Desk(self.ledger(name)) as desk:
            links = json.dumps(row_of(desk.holdings().links), default=sorted)
            return Found(content=desk.store.digest(), links=digest(links.encode("utf-8", "surrogatepass")), pace=pace)

    def _clear(self, *names: str) -> None:
        for name in names:
            for left in self.folder.glob(f"{name}.db*"):
                shutil.rmtree(left) if left.is_dir() else left.unlink()

    def wait_for(self, name: str, batches: int, running: "subprocess.Popen[bytes]") -> None:
        """Wait until so many batches are done."""
        marks = Path(f"{self.ledger(name)}.work") / "marks"
        while running.poll() is None and not (marks.is_dir() and len(list(marks.iterdir())) >= batches):
            time.sleep(_WAIT)


def finish(process: "subprocess.Popen[bytes]") -> None:
    """Wait for a run.

    Raises:
        SystemExit: it failed.
    """
    _, error = process.communicate()
    if process.returncode:
        raise SystemExit(f"add ended with {process.returncode}: {error.decode()[-2000:]}")


@contextmanager
def ray_cluster() -> Iterator[Any]:
    """A Ray cluster on this machine: a head that works on nothing, and two workers of one processor each, with processes of their own."""
    cluster = load_extra("ray.cluster_utils", "engine").Cluster(
        initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False}
    )
    try:
        for _ in range(2):
            cluster.add_node(num_cpus=1)
        cluster.wait_for_nodes()
        settle()
        yield cluster
    finally:
        cluster.shutdown()


def settle() -> None:
    """Wait until what was started is at rest: a cluster stands before it is given work, and its daemons take seconds to begin."""
    before, quiet, until = used(), 0, time.monotonic() + _SETTLING
    while quiet < _QUIET and time.monotonic() < until:
        time.sleep(1)
        now = used()
        quiet = quiet + 1 if now - before < _IDLE else 0
        before = now


def used() -> float:
    """Seconds of processors that processes below this one used."""
    ticks = sum(int(fields[11]) + int(fields[12]) for _, fields in descendants(os.getpid()))
    return ticks / os.sysconf("SC_CLK_TCK")


def kill_process(words: str) -> None:
    """End a process that this one or those it started have started, by words of its command line.

    Raises:
        SystemExit: there is none.
    """
    for pid, _ in descendants(os.getpid()):
        if words in Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode():
            os.kill(pid, signal.SIGKILL)
            return
    raise SystemExit(f"no process with {words} in its command line was found")


class Comparison:
    """Prints each run, and keeps what it gave; a run of one engine stands between separate runs before and after it.

    Args:
        bench: what they share.
        lost_after: batches after which a worker is killed.
    """

    def __init__(self, bench: Bench, lost_after: int) -> None:
        self.bench = bench
        self._lost_after = lost_after
        self._kept = bench.places[0].with_name(f"found-{bench.model}.json")
        rows = json.loads(self._kept.read_text()) if self._kept.is_file() else {}
        self.found = {name: Found(**row) for name, row in rows.items()}
        self._before: Took | None = None

    def compare(self, name: str, *options: str) -> None:
        """One engine, and the separate runs before and after it."""
        if self._before is None:
            self._before = self._separate()
        took = self.bench.fill(name, *options)
        after = self._separate()
        clock, processor = (self._before.clock + after.clock) / 2, (self._before.processor + after.processor) / 2
        self._before = after
        pace = clock / took.clock
        self._keep(name, took, pace, f"pace {pace:.2f} (of processors {processor / took.processor:.2f})")

    def disturb(self, name: str, what: str, disturb: Callable[[], None], *options: str) -> None:
        """One engine that loses a worker."""

        def later(running: "subprocess.Popen[bytes]") -> None:
            self.bench.wait_for(name, self._lost_after, running)
            disturb()

        self._keep(name, self.bench.fill(name, *options, disturb=later), None, what)

    def verdict(self) -> bool:
        """Print whether each ledger is the first one's and each pace what is wanted; whether all is well."""
        first, well = next(iter(self.found.values()), None), True
        for name, one in self.found.items():
            same, quick = first is not None and one.equals(first), one.pace is None or one.pace >= WANTED
            pace = "" if one.pace is None else f"; pace {one.pace:.2f}, wanted {WANTED}: {'met' if quick else 'NOT MET'}"
            print(f"verdict {name:14} ledger {one.content[:12]}, links {one.links[:12]}: {'the same' if same else 'ANOTHER'}{pace}")
            well &= same and quick
        return well

    def _separate(self) -> Took:
        took = self.bench.halves()
        print(f"{'separate':14} {spent(took)}: one process for each half: {budget(took)}", flush=True)
        return took

    def _keep(self, name: str, took: Took, pace: float | None, said: str) -> None:
        self.found[name] = self.bench.found(name, pace)
        self._kept.write_text(json.dumps({name: asdict(one) for name, one in self.found.items()}, indent=1))
        memory = f"largest process {took.largest / 1e6:.0f} MB"
        print(f"{name:14} {spent(took)}: {budget(took)}; {memory}; {said}; ledger {self.found[name].content[:12]}", flush=True)


def spent(took: Took) -> str:
    """A run's times in words."""
    return f"{took.clock:6.1f} s, {took.processor:6.1f} s of processors"


def budget(took: Took) -> str:
    """What each of a run's larger processes used of that, and how long it had nothing to do."""
    large = [share for share in took.shares if share.processor >= _LARGE]
    rest = took.processor - sum(share.processor for share in large)
    named = [f"{share.processor:.1f} (idle {share.idle:.1f})" for share in large]
    return ", ".join([*named, f"others {rest:.1f}"] if rest >= _SHOWN else named)


def compare_engines(comparison: Comparison, engines: Sequence[str]) -> None:
    """Run engines, those that are installed, undisturbed and with a worker killed."""
    if "local" in engines:
        comparison.compare("local", "--workers", "2")
    for name in ("daft", "ray"):
        if name in engines and importlib.util.find_spec(name) is None:
            print(f"{name:14} left out: not installed")
    if "daft" in engines and importlib.util.find_spec("daft"):
        options = ("--engine", "daft", "--workers", "2")
        comparison.compare("daft", *options)
        comparison.disturb("daft-killed", "a worker process killed", lambda: kill_process("daft.execution.udf_worker"), *options)
    if "ray" in engines and importlib.util.find_spec("ray"):
        with ray_cluster() as cluster:

            def lose_machine() -> None:
                cluster.remove_node(min(cluster.worker_nodes, key=lambda node: str(node.unique_id)), allow_graceful=False)

            options = ("--engine", "ray", "--address", str(cluster.address))
            comparison.compare("ray", *options)
            comparison.disturb("ray-killed", "one of two machines killed", lose_machine, *options)


def run(folder: Path, arguments: argparse.Namespace) -> bool:
    """Lay out, run, print; whether all is well."""
    places = (folder / f"articles-{arguments.articles}" / "one", folder / f"articles-{arguments.articles}" / "two")
    if not places[1].is_dir():
        rows = list(article_rows(arguments.articles))
        for place, half in zip(places, (rows[::2], rows[1::2]), strict=True):
            lay_out(place, half)
    compile_dir(str(Path(reportedly.__file__).parent), quiet=1)  # an installed package comes compiled
    comparison = Comparison(Bench(folder=folder, places=places, model=arguments.model), arguments.lost_after)
    compare_engines(comparison, arguments.engine or ENGINES)
    return comparison.verdict()


def main() -> int:
    """Read the options and run; 1 where a ledger is another or a pace below what is wanted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--model", default="rules")
    parser.add_argument("--engine", action="append", choices=ENGINES, help="only this one; may be given again")
    parser.add_argument("--folder", type=Path, help="where articles, ledgers and what was found stay")
    parser.add_argument("--lost-after", type=int, default=10, help="batches after which a worker is killed")
    arguments = parser.parse_args()
    if importlib.util.find_spec("pyarrow") is None:
        print("pyarrow is not installed: nothing measured")
        return 0
    if arguments.folder:
        arguments.folder.mkdir(parents=True, exist_ok=True)
        return int(not run(arguments.folder, arguments))
    with tempfile.TemporaryDirectory() as temporary:
        return int(not run(Path(temporary), arguments))


if __name__ == "__main__":
    sys.exit(main())
