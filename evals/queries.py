"""Measures what each query costs as a ledger grows: `python -m evals.queries [--sizes 10000 100000 1000000] [--ledgers FOLDER]`.

Each size is a ledger of GENERATED articles (`evals.filling`); so many stories are drawn, and every query of the design is asked about each
with a page of 50, in a warm process whose caches do not hold the story yet; lists of the whole ledger are asked a page at a time, pages
drawn at random. Process time is counted, so that other work on the machine does not show; a database on a server would hide in it.
The exit status is 1 where a median is over 100 ms or a 95th percentile over 300 ms.
"""

import argparse
import datetime as dt
import random
import statistics
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from evals.filling import LEAST, fill, multiply
from evals.growth import spent, stock_of
from evals.load import percentile
from evals.run import data_folder

from reportedly.api import Desk, Question
from reportedly.ledger import open_ledger
from reportedly.model import Clocks, Filters, Holdings
from reportedly.query.listing import stories_of, totals_of
from reportedly.tasks.inspection import draft_of

PAGE = 50
_MEDIAN, _MOST = 0.1, 0.3  # seconds wanted
_DRAFT = "Police said on Monday that 12 people were killed. The mayor denied it."
_WORDS = ("police", "killed", "president", "army", "talks", "court", "oil", "hospital", "minister", "attack")

Ask = Callable[[str, random.Random], object]


def asks_of(desk: Desk, documents: int, claims: int) -> dict[str, Ask]:
    """Every query: one about a story by its id, or a page of a list."""
    day = dt.date(2012, 6, 1)

    def of(story: str, **more: object) -> Question:
        return Question(filters=Filters(story=story, limit=PAGE), **more)  # type: ignore[arg-type] # clocks

    def page(chance: random.Random, rows: int, **more: object) -> Question:
        return Question(filters=Filters(limit=PAGE, offset=chance.randrange(max(1, rows - PAGE)), **more))  # type: ignore[arg-type] # filters

    return {
        "figures of a story": lambda story, _: desk.figures(of(story)),
        "figures as of a day": lambda story, _: desk.figures(of(story, clocks=Clocks(as_of=day))),
        "statements of a story": lambda story, _: desk.statements(of(story)),
        "timeline of a story": lambda story, _: desk.timeline(of(story)),
        "actors of a story": lambda story, _: desk.actors(of(story)),
        "changes of a story": lambda story, _: desk.changes(day, day + dt.timedelta(days=3650), of(story)),
        "claims of a story": lambda story, _: desk.claims(of(story)),
        "check of a story": lambda story, _: desk.check(draft_of(_DRAFT), of(story)),
        "search in a story": lambda story, chance: desk.search(chance.choice(_WORDS), of(story)),
        "stories": lambda _, chance: desk.stories(page(chance, documents)),
        "claims": lambda _, chance: desk.claims(page(chance, claims)),
        "claims of a speaker": lambda _, chance: desk.claims(page(chance, 1, speaker=chance.choice(_WORDS))),
        "claims of a measure": lambda _, chance: desk.claims(page(chance, 1, measure="killed")),
        "actors": lambda _, chance: desk.actors(page(chance, 500)),
        "problems": lambda _, chance: desk.problems(page(chance, 1)),
        "search": lambda _, chance: desk.search(chance.choice(_WORDS), page(chance, 1)),
    }


def draw(desk: Desk, stories: int, samples: int, chance: random.Random) -> list[str]:
    """Ids of stories, each as likely as any other, whatever its size."""
    places = [Filters(limit=1, offset=chance.randrange(stories)) for _ in range(samples)]
    return [stories_of(desk.library, place, Clocks()).rows[0].id for place in places]


def measure(path: Path, samples: int) -> dict[str, list[float]]:
    """Seconds of process time that each query takes, so many times each."""
    chance = random.Random(1)  # noqa: S311 - a draw for a measurement
    with Desk(path, lagging=True) as desk:
        documents, claims, stories = totals_of(desk.library)
        drawn = draw(desk, stories, samples, chance)
        found: dict[str, list[float]] = {}
        for name, ask in asks_of(desk, documents, claims).items():
            ask(drawn[0], chance)  # tables and models that a warm process has read
            desk.library.shut()
            found[name] = []
            for story in drawn:
                found[name].append(spent(lambda: ask(story, chance))[0])  # noqa: B023 - called at once
                desk.library.shut()
        return found


def report(size: int, found: dict[str, list[float]]) -> bool:
    """Print the figures of one size; whether all are as wanted."""
    print(f"{size} claims, generated")
    for name, seconds in found.items():
        print(f"  {name:22} p50 {1000 * statistics.median(seconds):6.0f} ms   p95 {1000 * percentile(seconds, 0.95):6.0f} ms")
    return all(statistics.median(s) <= _MEDIAN and percentile(s, 0.95) <= _MOST for s in found.values())


def filled(folder: Path, size: int, stock: Holdings) -> Path:
    """The ledger of a size in a folder, made where it is not there."""
    path = folder / f"claims-{size}.db"
    if not path.exists():
        with open_ledger(path, create=True) as store:
            held = fill(store, stock, min(size, LEAST), lambda words: print(words, flush=True))
            if held < size:
                multiply(store, size, lambda words: print(words, flush=True))
    return path


def main() -> int:
    """Fill, ask, print, for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--samples", type=int, default=40)
    parser.add_argument("--stock", type=int, default=2_000)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "reportedly-stock.db")
    parser.add_argument("--ledgers", type=Path, help="a folder in which the ledgers stay; none stay otherwise")
    arguments = parser.parse_args()
    if not (data_folder() / "corpora").is_dir():
        print("no evaluation data: nothing measured")
        return 0
    stock = stock_of(data_folder(), arguments.stock, arguments.cache)
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.ledgers or Path(temporary)
        sizes: Sequence[int] = arguments.sizes
        good = [report(size, measure(filled(folder, size, stock), arguments.samples)) for size in sizes]
    return int(not all(good))


if __name__ == "__main__":
    raise SystemExit(main())
