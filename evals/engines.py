"""Engines from files to a ledger: `python -m evals.engines [--articles 1000] [--model rules]`.

The same articles, as pages in folders, a Parquet table and crawls in WARC files, go into a ledger by two processes of this machine, by
Daft, and by Ray on a cluster of two workers; the ledgers must be the same by digest and by links. The pace of two workers is compared with
two separate runs of one process over the halves, at the same time, right before and after: the ratio is their mean time to the engine's.
Then one of the workers is killed in the middle: a process under Daft, a whole machine of the cluster under Ray; the ledger must be the
same. An engine that is not installed is named and left out.
"""

import argparse
import importlib.util
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.engine_sources import article_rows, lay_out
from evals.processes import Took, Watch, descendants
from evals.run import PROGRAM

from reportedly.api import Desk
from reportedly.extras import load_extra
from reportedly.model import Links

WANTED = 0.85  # of the pace of two separate runs
_WAIT = 0.2  # seconds between two looks at how far a run is


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A ledger that a run filled.

    Attributes:
        took: what the run took.
        digest: the ledger's.
        links: the ledger's.
    """

    took: Took
    digest: str
    links: Links

    def equals(self, other: "Filled") -> bool:
        """Whether the ledgers are the same."""
        return (self.digest, self.links) == (other.digest, other.links)


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

    def start(self, name: str, places: Sequence[Path], *options: str) -> "subprocess.Popen[bytes]":
        """Start `reportedly add`."""
        ledger = ["--ledger", str(self.folder / f"{name}.db")]
        words = [*PROGRAM, "add", *map(str, places), *ledger, "--model", self.model, *options]
        return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def halves(self) -> Took:
        """Two separate runs of one process, each over one half."""
        with Watch() as watch:
            running = [self.start(f"half-{time.monotonic_ns()}", [place]) for place in self.places]
            for process in running:
                finish(process)
        return watch.took

    def fill(self, name: str, *options: str, disturb: Callable[["subprocess.Popen[bytes]"], None] | None = None) -> Filled:
        """One run over both halves.

        Args:
            name: the ledger's.
            options: of `add`.
            disturb: what happens meanwhile; None for nothing.
        """
        with Watch() as watch:
            running = self.start(name, self.places, *options)
            if disturb is not None:
                disturb(running)
            finish(running)
        with Desk(self.folder / f"{name}.db") as desk:
            return Filled(took=watch.took, digest=desk.store.digest(), links=desk.holdings().links)

    def wait_for(self, name: str, batches: int, running: "subprocess.Popen[bytes]") -> None:
        """Wait until so many batches are done."""
        marks = self.folder / f"{name}.db.work" / "marks"
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
        yield cluster
    finally:
        cluster.shutdown()


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
    """Prints each run beside the separate runs before and after it."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.before = bench.halves()
        self.plain: Filled | None = None
        self.failed = False

    def compare(self, name: str, *options: str) -> None:
        """One engine, and the separate runs after it."""
        filled = self.bench.fill(name, *options)
        after = self.bench.halves()
        clock, processor = (self.before.clock + after.clock) / 2, (self.before.processor + after.processor) / 2
        self._print(name, filled, f"pace {clock / filled.took.clock:.2f} (of processors {processor / filled.took.processor:.2f})")
        self.failed |= clock / filled.took.clock < WANTED
        self.before = after

    def disturb(self, name: str, what: str, disturb: Callable[["subprocess.Popen[bytes]"], None], *options: str) -> None:
        """One engine that loses a worker."""
        self._print(name, self.bench.fill(name, *options, disturb=disturb), what)

    def _print(self, name: str, filled: Filled, said: str) -> None:
        self.plain = self.plain or filled
        same = filled.equals(self.plain)
        self.failed |= not same
        verdict = f"ledger {filled.digest[:12]} {'the same' if same else 'ANOTHER'}"
        print(f"{name:14} {spent(filled.took)}, largest process {filled.took.largest / 1e6:.0f} MB; {said}; {verdict}", flush=True)


def spent(took: Took) -> str:
    """A run's times in words."""
    return f"{took.clock:6.1f} s, {took.processor:6.1f} s of processors"


def compare_engines(bench: Bench, lost_after: int) -> bool:
    """All engines that are installed; whether each gave the same ledger at the pace that is wanted.

    Args:
        bench: what they share.
        lost_after: batches after which a worker is killed.
    """
    comparison = Comparison(bench)
    print(f"{'separate':14} {spent(comparison.before)}: one process for each half")
    comparison.compare("local", "--workers", "2")
    if importlib.util.find_spec("daft"):
        comparison.compare("daft", "--engine", "daft", "--workers", "2")

        def lose_process(running: "subprocess.Popen[bytes]") -> None:
            bench.wait_for("daft-killed", lost_after, running)
            kill_process("daft.execution.udf_worker")

        comparison.disturb("daft-killed", "a worker process killed", lose_process, "--engine", "daft", "--workers", "2")
    else:
        print("daft           left out: not installed")
    if importlib.util.find_spec("ray"):
        with ray_cluster() as cluster:
            options = ("--engine", "ray", "--address", str(cluster.address))
            comparison.compare("ray", *options)

            def lose_machine(running: "subprocess.Popen[bytes]") -> None:
                bench.wait_for("ray-killed", lost_after, running)
                cluster.remove_node(min(cluster.worker_nodes, key=lambda node: str(node.unique_id)), allow_graceful=False)

            comparison.disturb("ray-killed", "one of two machines killed", lose_machine, *options)
    else:
        print("ray            left out: not installed")
    return not comparison.failed


def main() -> int:
    """Lay out, run, print; 1 where a ledger is another or a pace below what is wanted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--model", default="rules")
    parser.add_argument("--lost-after", type=int, default=10, help="batches after which a worker is killed")
    arguments = parser.parse_args()
    if importlib.util.find_spec("pyarrow") is None:
        print("pyarrow is not installed: nothing measured")
        return 0
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    rows = list(article_rows(arguments.articles))
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        places = (lay_out(folder / "one", rows[::2]), lay_out(folder / "two", rows[1::2]))
        return int(not compare_engines(Bench(folder=folder, places=places, model=arguments.model), arguments.lost_after))


if __name__ == "__main__":
    sys.exit(main())
