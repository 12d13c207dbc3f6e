"""The figures of a recipe's runs, one by one and on the mean: `python -m evals.seeds [--recipe NAME] [--seeds N ...]`.

Each run is read from where training keeps it, written as the package would run it, and put through the whole extractor over PolNeAR's
dev part; the scorer that comes with the data scores it. Runs that are not finished are named and left out. Needs the extra `train`.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import replace
from importlib import resources
from pathlib import Path

from evals.run import data_folder

from reportedly import pipeline
from reportedly.extract import ClaimExtractor
from reportedly.extract.tagging.tagger import MODELS, VOCABULARY, Tagger
from reportedly.extract.training.__main__ import CACHE
from reportedly.extract.training.configuration import Recipe, read_recipe, recipe_names
from reportedly.extract.training.loop import Pace
from reportedly.extract.training.runs import WEIGHTS, Workshop

_COLUMNS = [(reading, part) for reading in ("exact", "exact_in_sentences") for part in ("source", "cue", "content")]
_HEAD = "seed  source  cue  content | in sentences | alpha | relation figures"


def figures_of(workshop: Workshop, read: Recipe, seed: int, gold: Path) -> list[float] | None:
    """The figures of one run; None where it is not finished."""
    if not (workshop.folder(workshop.configuration(read, seed)) / WEIGHTS).is_file():
        return None
    finished = workshop.finish(read, seed)
    if finished is None:
        return None
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        workshop.export(finished, folder / "model")
        with resources.as_file(resources.files(MODELS).joinpath(VOCABULARY)) as vocabulary:
            tagger = Tagger.read(folder / "model", vocabulary)
        rows = folder / "out.jsonl"
        _extract(ClaimExtractor(model="accurate", tagger=tagger), sorted(gold.glob("*.txt")), rows)
        command = [sys.executable, str(data_folder() / "score" / "attribution.py"), str(gold), str(rows)]
        scores = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return [
        *(scores[reading][part]["f1"] for reading, part in _COLUMNS),
        scores["alpha"],
        scores["relation"]["f1"],
        scores["figures"]["f1"],
    ]


def _extract(extractor: ClaimExtractor, paths: list[Path], out: Path) -> None:
    with out.open("w", encoding="utf-8") as stream:
        for reading in pipeline.read(paths):
            for row in pipeline.claim_rows(extractor.extract(reading.text, reading.articles)):
                stream.write(json.dumps(row) + "\n")


def main() -> int:
    """Print a row for each run and their mean; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recipe", default="accurate", choices=recipe_names(), help="a recipe")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3], help="its seeds")
    parser.add_argument("--eight-bits", action="store_true", help="cut activations into eight bits, too, whatever the recipe says")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where training keeps its runs (default %(default)s)")
    arguments = parser.parse_args()
    gold = data_folder() / "corpora" / "polnear" / "dev"
    if not gold.is_dir():
        print(f"no articles in {gold}: nothing measured")
        return 0
    workshop = Workshop(data_folder() / "corpora", arguments.cache.expanduser(), Pace())
    recipe = read_recipe(arguments.recipe)
    if arguments.eight_bits:
        recipe = replace(recipe, runtime=replace(recipe.runtime, floats=False))
    print(_HEAD)
    found = []
    for seed in arguments.seeds:
        figures = figures_of(workshop, recipe, seed, gold)
        print(f"{seed:>4}  " + ("not trained" if figures is None else _row(figures)), flush=True)
        found += [figures] if figures is not None else []
    if found:
        print(f"mean  {_row([sum(column) / len(found) for column in zip(*found, strict=True)])}")
    return 0


def _row(figures: list[float]) -> str:
    return "  ".join(f"{figure:.1f}" for figure in figures)


if __name__ == "__main__":
    sys.exit(main())
