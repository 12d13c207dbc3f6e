"""What linking costs by when it is done: `python -m evals.engine_links [--articles 240] [--every 64]`.

Articles of the evaluation data (where there is none, generated ones) are extracted once and stored in a ledger in several ways: linked all
at once at the end; after every so many, as `add` does beside workers; the same with the articles shuffled; and at the end, but in groups
that a join of all their marks by Daft found. Printed are processor time for each article and whether the links are the same; 1 where not.
"""

import argparse
import importlib.util
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from evals.engine_sources import article_rows, lay_out

from reportedly import pipeline
from reportedly.api import Silent
from reportedly.ledger import open_ledger
from reportedly.ledger.store import LedgerStore
from reportedly.model import Extraction, Links, Reading
from reportedly.scale import link_in_blocks
from reportedly.workers import make_extractor

Made = tuple[Reading, list[Extraction]]
Link = Callable[[LedgerStore], Callable[[], int]]

_NEVER = sys.maxsize


class Timed:
    """Counts the processor time of linking.

    Args:
        link: links what is not linked.
    """

    def __init__(self, link: Callable[[], int]) -> None:
        self._link = link
        self.seconds = 0.0
        self.calls = 0

    def __call__(self) -> int:
        """Link."""
        started = time.process_time()
        again = self._link()
        self.seconds += time.process_time() - started
        self.calls += 1
        return again


def fill(path: Path, made: Sequence[Made], every: int, link: Link) -> tuple[Timed, Links]:
    """Store and link articles.

    Args:
        path: of a new ledger.
        made: the articles, in the order in which they come.
        every: after how many they are linked at the earliest.
        link: what links a ledger.

    Returns:
        What linking took, and the links.
    """
    with open_ledger(path, create=True) as store:
        timed = Timed(link(store))
        intake = pipeline.Intake(store, Silent(), every=every, link=timed)
        for reading, extractions in made:
            intake.take(reading, extractions)
        intake.finish()
        return timed, pipeline.united(store.holdings()).links


def compare(folder: Path, count: int, every: int) -> bool:
    """Fill in all ways and print; whether the links are the same."""
    extractor = make_extractor("rules")
    root = lay_out(folder / "archive", list(article_rows(count)))
    made = [(reading, extractor.extract(reading.text, reading.articles)) for reading in pipeline.read([root])]
    shuffled = random.Random(1).sample(made, len(made))  # noqa: S311 - no secret
    plain: Link = lambda store: partial(pipeline.relink, store)  # noqa: E731 - as short as its use
    ways: list[tuple[str, Sequence[Made], int, Link]] = [
        ("at once, at the end", made, _NEVER, plain),
        (f"beside, every {every}", made, every, plain),
        (f"beside, every {every}, shuffled", shuffled, every, plain),
    ]
    if importlib.util.find_spec("daft"):
        ways.append((f"at the end, groups by Daft, {every} at once", made, _NEVER, lambda store: partial(link_in_blocks, store, every)))
    fill(folder / "first.db", made[:every], _NEVER, plain)  # tables are loaded before anything is timed
    first: Links | None = None
    same = True
    for number, (name, articles, often, link) in enumerate(ways):
        timed, links = fill(folder / f"{number}.db", articles, often, link)
        first = first or links
        same &= links == first
        print(
            f"{name:44} {1000 * timed.seconds / len(made):6.1f} ms an article, {timed.calls:3} times; "
            f"links {'the same' if links == first else 'OTHERS'}",
            flush=True,
        )
    return same


def main() -> int:
    """Read the options and compare; 1 where links differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=240)
    parser.add_argument("--every", type=int, default=pipeline.LINK_BESIDE)
    arguments = parser.parse_args()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory() as temporary:
        return int(not compare(Path(temporary), arguments.articles, arguments.every))


if __name__ == "__main__":
    sys.exit(main())
