"""Compares the reader with plain trafilatura on saved pages: `python -m evals.pages_bootstrap`.

Prints, over the pages of the article-extraction benchmark, F1 of what `read` gives, of trafilatura as it comes and in its precise setting,
and of the blocks alone with the two thresholds of `main_text.Completion` chosen on the other folds; the paired bootstrap interval of
the difference to trafilatura as it comes (pages drawn with replacement); and how many pages a second each does. The scorer's own
`runs` counts, so the figures are its own, unrounded.
"""

import gzip
import importlib.util
import itertools
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean
from types import ModuleType

from evals.run import data_folder

from reportedly.model import article_row
from reportedly.read.markup.main_text import Completion, complete, first_choice
from reportedly.read.readers.html import read_html

Score = tuple[float | None, float | None]  # precision, None where nothing was found; recall, None where there is nothing to find
DRAWS, SEED, FOLDS = 10_000, 20, 5
GRID = [Completion(twins=twins, linked=linked) for twins, linked in itertools.product((0.05, 0.2, 0.5, 0.8), (0.6, 0.8, 0.95))]


def score(scorer: ModuleType, truth: str, text: str) -> Score:
    """Precision and recall of a page's text over runs of words."""
    gold, mine = scorer.runs(truth), scorer.runs(text)
    common = (gold & mine).total()
    return (common / mine.total() if mine else None, common / gold.total() if gold else None)


def f1(scores: Sequence[Score]) -> float:
    """F1 from the mean precision and the mean recall of some pages."""
    precision = mean(p for p, _ in scores if p is not None)
    recall = mean(r for _, r in scores if r is not None)
    return 2 * precision * recall / (precision + recall)


def interval(mine: Sequence[Score], theirs: Sequence[Score]) -> tuple[float, float]:
    """The middle 95 per cent of F1's difference over pages drawn with replacement."""
    draw = random.Random(SEED)  # noqa: S311 - a resampling, no secret
    differences = []
    for _ in range(DRAWS):
        pages = draw.choices(range(len(mine)), k=len(mine))
        differences.append(f1([mine[page] for page in pages]) - f1([theirs[page] for page in pages]))
    differences.sort()
    return differences[int(0.025 * DRAWS)], differences[int(0.975 * DRAWS)]


def cross_validated(scorer: ModuleType, truths: Sequence[str], pages: Sequence[bytes]) -> list[Score]:
    """Scores of the blocks alone, each page's with the thresholds that are best on the folds without it."""
    from trafilatura import load_html  # noqa: PLC0415 - slow to load

    tried: list[list[Score]] = [[] for _ in GRID]
    for truth, page in zip(truths, pages, strict=True):
        blocks, chosen = first_choice(load_html(page))
        for scores, completion in zip(tried, GRID, strict=True):
            scores.append(score(scorer, truth, "\n".join(blocks[place].text for place in complete(blocks, chosen, completion))))
    order = list(range(len(pages)))
    random.Random(SEED).shuffle(order)  # noqa: S311 - a shuffle, no secret
    found: dict[int, Score] = {}
    for fold in range(FOLDS):
        rest = [page for place, page in enumerate(order) if place % FOLDS != fold]
        best = max(tried, key=lambda scores: f1([scores[page] for page in rest]))
        found |= {page: best[page] for page in order[fold::FOLDS]}
    return [found[page] for page in range(len(pages))]


def systems() -> dict[str, Callable[[bytes], str]]:
    """What is compared, each from a page's bytes to its article's text."""
    import trafilatura  # noqa: PLC0415 - slow to load

    def read(page: bytes) -> str:
        reading = read_html(page, "page.html")
        return "\n".join(article_row(one, reading.text)["text"] for one in reading.articles if one.kind != "teaser")

    return {
        "read": read,
        "trafilatura": lambda page: trafilatura.extract(page, include_comments=False) or "",
        "trafilatura, precise": lambda page: trafilatura.extract(page, include_comments=False, favor_precision=True) or "",
    }


def main() -> int:
    """Measure and print."""
    folder = data_folder() / "corpora" / "pages"
    if not folder.is_dir():
        print(f"no evaluation data at {folder}: nothing measured")
        return 0
    scorer = _scorer(data_folder() / "score" / "pages.py")
    gold = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    pages = [gzip.decompress((folder / f"{name}.html.gz").read_bytes()) for name in gold]
    truths = [entry.get("articleBody", "") for entry in gold.values()]
    scores: dict[str, list[Score]] = {name: [] for name in systems()}
    spent = dict.fromkeys(scores, 0.0)
    for page, truth in zip(pages, truths, strict=True):
        for name, system in systems().items():
            started = time.process_time()
            text = system(page)
            spent[name] += time.process_time() - started
            scores[name].append(score(scorer, truth, text))
    scores["blocks, thresholds cross-validated"] = cross_validated(scorer, truths, pages)
    for name, found in scores.items():
        low, high = interval(found, scores["trafilatura"])
        pace = f"{len(pages) / spent[name]:6.1f} pages/s" if name in spent else ""
        print(f"{name:36} F1 {f1(found):.4f}  minus trafilatura's {low:+.4f} to {high:+.4f}  {pace}")
    return 0


def _scorer(path: Path) -> ModuleType:
    """The scorer, as a module."""
    spec = importlib.util.spec_from_file_location("pages_scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer at {path}")
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(path.parent))  # it imports a module that stands beside it
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    raise SystemExit(main())
