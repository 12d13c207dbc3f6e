"""Adds the pages of a folder one by one in random orders: `python -m evals.orders [--orders 10] [--seed 1] [PATH ...]`.

Pages are extracted once. After each order the links that grew page by page are compared with a rebuild from nothing and with those of the
first order; without paths the story sets of the evaluation data are taken. Prints one line an order; the exit status is 1 where any
differ.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from evals.run import data_folder

from reportedly import pipeline
from reportedly.ledger import open_ledger
from reportedly.model import Extraction, Holdings, Links, Reading
from reportedly.workers import make_extractor

Made = tuple[Reading, list[Extraction]]


def extracted(paths: Sequence[Path]) -> list[Made]:
    """The pages with their claims, by the rules."""
    extractor = make_extractor("rules")
    return [(reading, extractor.extract(reading.text, reading.articles)) for reading in pipeline.read(paths) if reading.document]


def grown(pages: Iterable[Made], folder: Path) -> tuple[Holdings, float]:
    """A ledger to which the pages were added one by one, linked after each, and the seconds of process time that linking took."""
    path = folder / "grown.db"
    seconds = 0.0
    with open_ledger(path, create=True) as store:
        for reading, extractions in pages:
            store.put(reading, extractions)
            started = time.process_time()
            pipeline.relink(store)
            seconds += time.process_time() - started
        held = pipeline.united(store.holdings())
    for file in folder.glob("grown.db*"):
        file.unlink()
    return held, seconds


def main() -> int:
    """Add, compare, print; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--orders", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    paths = arguments.paths or sorted(data_folder().glob("corpora/stories/*/*.txt"))
    if not paths:
        print("no pages: nothing measured")
        return 0
    pages, numbers = extracted(paths), random.Random(arguments.seed)  # noqa: S311 - repeatable on purpose
    first: Links | None = None
    same = True
    for order in range(1, arguments.orders + 1):
        numbers.shuffle(pages)
        with tempfile.TemporaryDirectory() as folder:
            held, seconds = grown(pages, Path(folder))
        anew = pipeline.resolve(held)
        first = first or anew
        alike = held.links == anew == first
        same &= alike
        stories = len(held.links.stories)
        print(f"order {order:2}: {len(pages)} pages, {stories} stories, {seconds:.1f} s of linking: {'the same' if alike else 'OTHERS'}")
    return 0 if same else 1


if __name__ == "__main__":
    raise SystemExit(main())
