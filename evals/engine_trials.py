"""Engines beside one another: `python -m evals.engine_trials [--articles 200] [--rounds 1] [--engines pool,daft,...]`.

Each reads and extracts the same files in the same batches with two workers (`--model rules`), and leaves partitions; storing and linking
are no part of it. Each run is a process of its own, in turn, with one of a pool of processes before and after it; the ratio is the pool's
time to its own, by the clock and of the processors, daemons and start-up included. An engine that is not installed is named and left out.
"""

import argparse
import importlib.util
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from evals.engine_sources import article_rows, lay_out
from evals.processes import Took, run_watched

from reportedly.extras import load_extra
from reportedly.scale.daft_engine import DaftEngine, run_frame
from reportedly.scale.engines import answer, batch_text, read_answer
from reportedly.scale.ray_engine import RayEngine
from reportedly.scale.sources import Batch, cut_batches, list_sources
from reportedly.scale.work_folder import Done
from reportedly.scale.working import Task

WORKERS = 2
_NEEDS = {"pool": (), "daft": ("daft",), "ray": ("ray",), "daft on ray": ("daft", "ray"), "ray data": ("ray",), "spark": ("pyspark",)}


def by_pool(batches: Sequence[Batch], task: Task) -> Iterator[Done]:
    """A pool of processes of the standard library."""
    with ProcessPoolExecutor(WORKERS) as pool:
        yield from map(read_answer, pool.map(partial(answer, task=task), map(batch_text, batches)))


def by_daft(batches: Sequence[Batch], task: Task) -> Iterator[Done]:
    """A user function of Daft in processes of its native runner."""
    return DaftEngine(WORKERS).run(batches, task)


def by_ray(batches: Sequence[Batch], task: Task) -> Iterator[Done]:
    """Tasks of Ray."""
    return RayEngine(None, WORKERS).run(batches, task)


def by_daft_on_ray(batches: Sequence[Batch], task: Task) -> Iterator[Done]:
    """The same user function on Daft's Ray runner."""
    daft, ray = load_extra("daft", "engine"), load_extra("ray", "engine")
    ray.init(address="local", num_cpus=WORKERS, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    daft.set_runner_ray(noop_if_initialized=True)
    yield from run_frame(daft, batches, task, WORKERS)


def by_ray_data(batches: Sequence[Batch], task: Task) -> Iterator[Done]:
    """A pool of actors under Ray Data."""
    ray, data = load_extra("ray", "engine"), load_extra("ray.data", "engine")

    class Worker:
        def __call__(self, rows: Any) -> Any:  # noqa: ANN401 - columns of a batch
            return {"done": [answer(str(batch), task) for batch in rows["batch"]]}

    ray.init(address="local", num_cpus=WORKERS, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    data.DataContext.get_current().enable_progress_bars = False
    rows = data.from_items([{"batch": batch_text(batch)} for batch in batches], override_num_blocks=len(batches))
    made = rows.map_batches(Worker, batch_size=1, compute=data.ActorPoolStrategy(size=WORKERS))
    for row in made.iter_rows():
        yield read_answer(row["done"])


def by_spark(batches: Sequence[Batch], task: Task) -> Iterator[Done]:
    """A map over a resilient data set of PySpark, on this machine."""
    os.environ["PYSPARK_PYTHON"] = sys.executable  # else its workers take whatever python3 is first on the path
    session = (
        load_extra("pyspark.sql", "none").SparkSession.builder.master(f"local[{WORKERS}]").config("spark.ui.enabled", "false").getOrCreate()
    )
    texts = session.sparkContext.parallelize([batch_text(batch) for batch in batches], len(batches))
    yield from map(read_answer, texts.map(partial(answer, task=task)).collect())
    session.stop()


ENGINES: dict[str, Callable[[Sequence[Batch], Task], Iterator[Done]]] = {
    "pool": by_pool,
    "daft": by_daft,
    "ray": by_ray,
    "daft on ray": by_daft_on_ray,
    "ray data": by_ray_data,
    "spark": by_spark,
}


def lacking(name: str) -> str | None:
    """What an engine needs and this machine has not; None where nothing."""
    missing = [module for module in _NEEDS[name] if importlib.util.find_spec(module) is None]
    if name == "spark" and not missing and shutil.which("java") is None:
        missing = ["java"]
    return ", ".join(missing) or None


def run_one(name: str, source: Path) -> None:
    """One engine over all files, in this process; prints the seconds until the first batch was done, and the names of all partitions."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        batches = list(cut_batches(list_sources([str(source)]), ["trial"]))
        partitions, first = [], 0.0
        for done in ENGINES[name](batches, Task(model="rules", folder=folder)):
            first = first or time.perf_counter() - started
            partitions.append(done.partition)
    print(first)
    print(*sorted(partitions))


def try_one(name: str, source: Path) -> tuple[Took, float, str]:
    """One engine in a process of its own: what it took, its first batch, its partitions."""
    took, printed = run_watched([sys.executable, "-m", "evals.engine_trials", "--one", name, "--source", str(source)])
    first, partitions = printed.splitlines()[-2:]
    return took, float(first), partitions


def main() -> int:
    """Run all engines in turn and print the table; 1 where one gave something else."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--source", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        run_one(arguments.one, arguments.source)
        return 0
    wanted = [name for name in arguments.engines.split(",") if name != "pool"]
    for name in wanted:
        if lacking(name):
            print(f"{name:12} left out: {lacking(name)} not installed")
    with tempfile.TemporaryDirectory() as temporary:
        source = lay_out(Path(temporary) / "archive", list(article_rows(arguments.articles)))
        before, first, partitions = try_one("pool", source)
        print(f"{'pool':12} {before.clock:6.1f} s, {before.processor:6.1f} s of processors, first batch after {first:4.1f} s", flush=True)
        same = True
        for name in [name for name in wanted if not lacking(name)]:
            clocks, processors = [], []
            for _ in range(arguments.rounds):
                took, first, made = try_one(name, source)
                after, _, _ = try_one("pool", source)
                clocks.append((before.clock + after.clock) / 2 / took.clock)
                processors.append((before.processor + after.processor) / 2 / took.processor)
                same &= made == partitions
                before = after
            print(
                f"{name:12} {took.clock:6.1f} s, {took.processor:6.1f} s of processors, first batch after {first:4.1f} s, "
                f"all processes {took.together / 1e9:.1f} GB; pace beside the pool {statistics.median(clocks):.2f} by the clock, "
                f"{statistics.median(processors):.2f} of processors; {'the same partitions' if made == partitions else 'OTHER PARTITIONS'}",
                flush=True,
            )
    return int(not same)


if __name__ == "__main__":
    raise SystemExit(main())
