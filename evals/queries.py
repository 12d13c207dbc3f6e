"""Measures what each query costs as a ledger grows: `python -m evals.queries [--sizes 10000 100000 1000000] [--postgresql]`.

Each size is a ledger of GENERATED articles (`evals.filling`); so many stories are drawn, and every query of the design is asked about each
with a page of 50, in a warm process whose caches do not hold the story yet; lists of the whole ledger are asked a page at a time, pages
and days drawn at random. Of a SQLite file the process time counts, so that other work on the machine does not show; of a PostgreSQL server,
which works in processes of its own, the time on the clock; of processor time that of the server's processes is printed with ours. With
`--ledgers` the files stay in a folder, the server's data in its subfolder `server`, and a second run measures at once. The exit status is 1
where a median is over 100 ms or a 95th percentile over 300 ms.
"""

import argparse
import datetime as dt
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from evals.filling import LEAST, carry, fill, multiply
from evals.growth import stock_of
from evals.load import percentile
from evals.postgres import Server, kept_server
from evals.run import data_folder
from evals.threads import with_one_thread

from reportedly.api import Desk, Question
from reportedly.ledger import open_ledger
from reportedly.model import Clocks, Filters, Holdings, PlaceLike
from reportedly.query.library import Library
from reportedly.query.listing import days_of, documents_of, sources_of, stories_of, totals_of
from reportedly.tasks import care
from reportedly.tasks.inspection import draft_of

PAGE = 50
_MEDIAN, _MOST = 0.1, 0.3  # seconds wanted
_WANTED = "100 ms at the median and 300 at the 95th percentile"
_DRAFT = "Police said on Monday that 12 people were killed. The mayor denied it."
_WORDS = ("police", "killed", "president", "army", "talks", "court", "oil", "hospital", "minister", "attack")

Ask = Callable[[str, random.Random], object]
ClockName = Literal["processor", "clock"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a question took.

    Attributes:
        processor: seconds of this process, and of the server's where there is one.
        clock: seconds until the answer was there.
    """

    processor: float
    clock: float


def asks_of(desk: Desk, documents: int, claims: int) -> dict[str, Ask]:
    """Every query: one about a story by its id, or a page of a list."""
    day = dt.date(2012, 6, 1)
    days = [dt.date.fromisoformat(each) for each in days_of(desk.library)]

    def of(story: str, **more: object) -> Question:
        return Question(filters=Filters(story=story, limit=PAGE), **more)  # type: ignore[arg-type] # clocks

    def page(chance: random.Random, rows: int, **more: object) -> Question:
        return Question(filters=Filters(limit=PAGE, offset=chance.randrange(max(1, rows - PAGE)), **more))  # type: ignore[arg-type] # filters

    def known(chance: random.Random, rows: int) -> Question:
        """A page of what had been said by one of the days: the further back it lies, the fewer rows there are to draw from."""
        place = chance.randrange(len(days))
        return replace(page(chance, rows * place // (2 * len(days))), clocks=Clocks(as_of=days[place]))

    def listed(pages: Callable[[Library, Filters, Clocks], object], question: Question) -> object:
        return pages(desk.library, question.filters, question.clocks)

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
        "documents": lambda _, chance: documents_of(desk.library, page(chance, documents).filters, Clocks()),
        "sources": lambda _, chance: sources_of(desk.library, page(chance, documents).filters, Clocks()),
        "claims as of a day": lambda _, chance: desk.claims(known(chance, claims)),
        "articles as of a day": lambda _, chance: desk.stories(known(chance, documents)),
        "stories as of a day": lambda _, chance: listed(stories_of, known(chance, documents)),
        "documents as of a day": lambda _, chance: listed(documents_of, known(chance, documents)),
        "sources as of a day": lambda _, chance: listed(sources_of, known(chance, documents)),
    }


def draw(desk: Desk, stories: int, samples: int, chance: random.Random) -> list[str]:
    """Ids of stories, each as likely as any other, whatever its size."""
    places = [Filters(limit=1, offset=chance.randrange(stories)) for _ in range(samples)]
    return [stories_of(desk.library, place, Clocks()).rows[0].id for place in places]


def measure(place: PlaceLike, samples: int, served: Callable[[], float] = lambda: 0.0) -> dict[str, list[Spent]]:
    """What each query takes, so many times each; `served` tells the processor time that a server took until now."""
    chance = random.Random(1)  # noqa: S311 - a draw for a measurement
    with Desk(place, lagging=True) as desk:
        documents, claims, stories = totals_of(desk.library)
        drawn = draw(desk, stories, samples, chance)
        found: dict[str, list[Spent]] = {}
        for name, ask in asks_of(desk, documents, claims).items():
            ask(drawn[0], chance)  # tables and models that a warm process has read
            found[name] = []
            for story in drawn:
                desk.library.shut()
                began = time.process_time() + served(), time.perf_counter()
                ask(story, chance)
                clock = time.perf_counter() - began[1]
                found[name].append(Spent(processor=time.process_time() + served() - began[0], clock=clock))
        return found


def report(heading: str, found: Mapping[str, Sequence[Spent]], clock: ClockName) -> bool:
    """Print the figures of one ledger, with a verdict a query by one of the two ways to tell time, and one for all by both.

    Returns:
        Whether all are as wanted, by that way.
    """
    print(f"{heading}\n{'ms':22} {'processor':>16} {'clock':>16}\n{'':22} {'p50':>8}{'p95':>8} {'p50':>8}{'p95':>8}")
    over: dict[ClockName, list[str]] = {kind: [] for kind in get_args(ClockName)}
    for name, spent in found.items():
        told = {kind: [getattr(each, kind) for each in spent] for kind in over}
        middle = {kind: (statistics.median(seconds), percentile(seconds, 0.95)) for kind, seconds in told.items()}
        for kind, (median, most) in middle.items():
            over[kind] += [] if median <= _MEDIAN and most <= _MOST else [name]
        figures = " ".join("".join(f"{1000 * figure:8.0f}" for figure in middle[kind]) for kind in over)
        print(f"{name:22} {figures}  {'OVER' if name in over[clock] else 'within'}")
    for kind, late in over.items():
        print(f"by {kind}: " + (f"OVER {_WANTED}: {', '.join(late)}" if late else f"every query within {_WANTED}"))
    print(f"{'OVER' if over[clock] else 'WITHIN'}: {heading}, by {clock}\n", flush=True)
    return not over[clock]


def filled(folder: Path, size: int, stock: Callable[[], Holdings]) -> Path:
    """The ledger of a size in a folder, made where it is not there: filled up to `LEAST` claims, copied beyond."""
    path = folder / f"claims-{size}.db"
    if not path.exists():
        making = folder / f"claims-{size}.part.db"
        base = filled(folder, LEAST, stock) if size > LEAST else None
        if base:
            shutil.copy(base, making)
        with open_ledger(making, create=True) as store:
            if base:
                multiply(store, size, lambda words: print(words, file=sys.stderr, flush=True))
            else:
                fill(store, stock(), size, lambda words: print(words, file=sys.stderr, flush=True))
        making.replace(path)
    return path


def carried(path: Path, size: int, server: Server) -> str:
    """The name of the database that holds the ledger of a size, carried there where it is not, brought up where it is older."""
    name = f"claims_{size}"
    if not server.has_database(name):
        making = server.make_database()
        carry(path, server.url(making))
        server.run(f"ALTER DATABASE {making} RENAME TO {name}")
    care.migrate(server.url(name), agreed=True)
    return name


def ask_all(folder: Path, arguments: argparse.Namespace) -> Iterator[bool]:
    """Whether the queries of each size, on each kind of database, are as quick as wanted."""
    stock = cache(lambda: stock_of(data_folder(), arguments.stock, arguments.cache))
    paths = {size: filled(folder, size, stock) for size in arguments.sizes}
    for size, path in paths.items():
        yield report(f"{size} claims, generated, SQLite", measure(path, arguments.samples), "processor")
    if arguments.postgresql:
        with kept_server(folder / "server") as server:
            for size, path in paths.items():
                place = server.url(carried(path, size, server))
                yield report(f"{size} claims, generated, PostgreSQL", measure(place, arguments.samples, server.processor), "clock")


def over_ledgers(parser: argparse.ArgumentParser, module: str, verdicts: Callable[[Path, argparse.Namespace], Iterator[bool]]) -> int:
    """Run a measurement over generated ledgers, with the options that all such have.

    Args:
        parser: its other options.
        module: the program as `python -m` names it.
        verdicts: measures, in a folder that holds the ledgers.

    Returns:
        The exit status: 0 where every verdict is true, and where there is no evaluation data.
    """
    parser.add_argument("--stock", type=int, default=2_000, help="articles that all others are generated from")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "reportedly-stock.db")
    parser.add_argument("--ledgers", type=Path, help="a folder in which the ledgers stay; none stay otherwise")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL server as well, which this starts")
    arguments = parser.parse_args()
    with_one_thread(module)
    if not (data_folder() / "corpora").is_dir():
        print("no evaluation data: nothing measured")
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.ledgers or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        return int(not all(list(verdicts(folder, arguments))))


def main() -> int:
    """Fill, ask, print, for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--samples", type=int, default=40)
    return over_ledgers(parser, "evals.queries", ask_all)


if __name__ == "__main__":
    raise SystemExit(main())
