"""The figures of a recipe's runs, one by one and on the mean: `python -m evals.seeds [--recipe NAME] [--seeds N ...] [--together]`.

Each run is read from where training keeps it, written as the package would run it, and put through the whole extractor over PolNeAR's
dev part; the scorer that comes with the data scores it. Runs that are not finished are named and left out. `--together` adds the run
with the mean of their weights, `--beside default --share 0.167` a model that ships and reads with each (decision 46). Needs the extra
`train`.
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
from reportedly.extract.training.runs import WEIGHTS, Finished, Workshop, mean_of

_COLUMNS = [(reading, part) for reading in ("exact", "exact_in_sentences") for part in ("source", "cue", "content")]
_HEAD = "seed  source  cue  content | in sentences | alpha | relation figures"


def finished_run(workshop: Workshop, read: Recipe, seed: int) -> Finished | None:
    """One run of a recipe; None where it is not finished."""
    if not (workshop.folder(workshop.configuration(read, seed)) / WEIGHTS).is_file():
        return None
    return workshop.finish(read, seed)


def figures_of(workshop: Workshop, finished: Finished, gold: Path) -> list[float]:
    """The figures of one run, or of a mean of some."""
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
    parser.add_argument("--together", action="store_true", help="the run with the mean of their weights, too")
    parser.add_argument("--beside", help="a model that ships and reads with each")
    parser.add_argument("--share", type=float, default=0.0, help="of that model's scores, above 0 and below 1")
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
    if arguments.beside:
        recipe = replace(recipe, runtime=replace(recipe.runtime, beside=arguments.beside, share=arguments.share))
    print(_HEAD)
    found, runs = [], []
    for seed in arguments.seeds:
        run = finished_run(workshop, recipe, seed)
        if run is None:
            print(f"{seed:>4}  not trained", flush=True)
            continue
        runs.append(run)
        found.append(figures_of(workshop, run, gold))
        print(f"{seed:>4}  {_row(found[-1])}", flush=True)
    if arguments.together and runs:
        print(f" all  {_row(figures_of(workshop, mean_of(runs), gold))}", flush=True)
    if found:
        print(f"mean  {_row([sum(column) / len(found) for column in zip(*found, strict=True)])}")
    return 0


def _row(figures: list[float]) -> str:
    return "  ".join(f"{figure:.1f}" for figure in figures)


if __name__ == "__main__":
    sys.exit(main())
