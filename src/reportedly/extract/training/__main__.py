"""Trains a tagger by a recipe and writes it into the package: `python -m reportedly.extract.training --recipe default`.

Run it again after whatever ended it: it goes on from the last checkpoint.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import torch

from reportedly.errors import ReportedlyError
from reportedly.extract.tagging.tagger import MODELS
from reportedly.extract.training.configuration import read_recipe, recipe_names
from reportedly.extract.training.corpus import CORPORA, corpora_folder
from reportedly.extract.training.loop import Pace
from reportedly.extract.training.runs import Finished, Workshop, mean_of

CACHE = Path("~/.cache/reportedly/train")


def main(arguments: Sequence[str] | None = None) -> int:
    """Train what the command line asks for.

    Returns:
        The exit status: 0 done or stopped by --minutes, else that of the error.
    """
    options = _parser().parse_args(arguments)
    if options.threads:
        torch.set_num_threads(options.threads)
    torch.use_deterministic_algorithms(mode=True)
    torch.utils.deterministic.fill_uninitialized_memory = False  # nothing reads what it has not written
    try:
        return _train(options)
    except ReportedlyError as problem:
        _tell(str(problem))
        return problem.exit_status


def _train(options: argparse.Namespace) -> int:
    deadline = time.monotonic() + 60 * options.minutes if options.minutes else None
    workshop = Workshop(corpora_folder(options.data), options.cache.expanduser(), Pace(deadline=deadline, tell=_tell))
    recipe = read_recipe(options.recipe)
    finished: list[Finished] = []
    for seed in options.average or (options.seed,):
        run = workshop.finish(recipe, seed)
        if run is None:
            _tell("the time is up; the same command goes on from here")
            return 0
        finished.append(run)
    result = mean_of(finished)
    _tell("dev: " + " / ".join(f"{part} {value:.1f}" for part, value in workshop.measure(result).items()))
    if recipe.model and not options.no_export:
        with resources.as_file(resources.files(MODELS)) as models:
            workshop.export(result, models / recipe.model)
            _tell(f"written to {models / recipe.model}")
    return 0


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - the lines of progress


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reportedly.extract.training", description=__doc__)
    parser.add_argument("--recipe", required=True, choices=recipe_names(), help="what to train")
    parser.add_argument("--seed", type=int, default=1, help="order of the data, cuts and dropout (default 1)")
    parser.add_argument("--average", type=_seeds, help="seeds, as 1,2,3: train each, and write the mean of their weights")
    parser.add_argument("--data", type=Path, help=f"folder that holds corpora/ (default: {CORPORA}, else ../shared)")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where runs are kept (default %(default)s)")
    parser.add_argument("--minutes", type=float, help="stop with a checkpoint after so many")
    parser.add_argument("--threads", type=int, help="of the processor (default: all)")
    parser.add_argument("--no-export", action="store_true", help="train and measure only; write nothing into the package")
    return parser


def _seeds(words: str) -> tuple[int, ...]:
    return tuple(int(seed) for seed in words.split(","))


if __name__ == "__main__":
    sys.exit(main())
