"""Measures what one more article costs in a large ledger beside an empty one: `python -m evals.adding --ledgers FOLDER [--postgresql]`.

The same GENERATED articles (`evals.growth`) are added one by one, each by an `add` of its own in a warm process, to three ledgers in turn,
so that whatever else the machine does meets all alike: one that was empty; one that holds what stands in the articles' own stories and
nothing else; and a copy of a large one (`evals.queries --ledgers` fills it), in which the same stories stand. Their claims are known
before, so that what the ledger does is seen alone; what extraction takes of each is measured too, and added in a table of its own. In
an empty ledger the first articles have nobody to be linked with, which the ledger of the stories evens out.

Processor time counts, that of a PostgreSQL server's processes included; the clock is printed as well. The exit status is 1 where the median
of an article in the large ledger is over 1.5 times that in the ledger of its stories, or in the empty one.
"""

import argparse
import itertools
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from evals.curve import Made
from evals.filling import LEAST, settle
from evals.growth import generated, name_of, sources_of, stock_of
from evals.load import percentile
from evals.postgres import Server, kept_server
from evals.queries import carried, filled, over_ledgers
from evals.run import data_folder
from sqlalchemy import select

from reportedly import pipeline
from reportedly.api import Silent
from reportedly.ledger import open_ledger, schema
from reportedly.ledger.store import LedgerStore
from reportedly.model import DEFAULT_MODEL, Article, Extraction, Holdings, PlaceLike
from reportedly.model.ports import Extractor
from reportedly.workers import make_extractor

EMPTY, OWN, LARGE = "empty", "own stories", "large"
_TIMES = 1.5
"""What an article may cost in the large ledger beside the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What adding an article took, in seconds.

    Attributes:
        processor: of this process and of the server.
        clock: until it was stored and linked.
    """

    processor: float
    clock: float


class Known:
    """An extractor that was told what it would find.

    Args:
        made: articles with their claims.
    """

    version = "generated"

    def __init__(self, made: Sequence[Made]) -> None:
        self._found = {reading.text: extractions for reading, extractions in made}

    def extract(self, text: str, articles: Sequence[Article]) -> list[Extraction]:  # noqa: ARG002 - of the port
        """The claims of a text."""
        return self._found[text]


def new_articles(stock: Holdings, base: Path, count: int) -> list[Made]:
    """So many generated articles of names that a ledger lacks, those that are generated next."""
    with open_ledger(base, create=False) as store, store.engine.connect() as connection:
        held = set(connection.execute(select(schema.documents.c.name)).scalars())
    sources = sources_of(stock)
    lacking = (number for number in itertools.count() if name_of(sources, number) not in held)
    return [made for number in itertools.islice(lacking, count) for made in generated(sources, number, number + 1)]


def fellows_of(base: Path, made: Sequence[Made]) -> list[Made]:
    """The articles of a ledger that hang together with some others once these are added to a copy of it."""
    ids = [reading.document.id for reading, _ in made if reading.document]
    members = schema.members.c
    parts = select(members.part).where(members.document.in_(ids))
    with tempfile.TemporaryDirectory() as temporary:
        trial = Path(shutil.copy(base, Path(temporary) / "trial.db"))
        with open_ledger(trial, create=False) as store:
            settle(store)
            pipeline.add([reading for reading, _ in made], Known(made), store, Silent())
            with store.engine.connect() as connection:
                near = set(connection.execute(select(members.document).where(members.part.in_(parts))).scalars())
            return sources_of(store.holdings_of(near.difference(ids)))


def add_in_turn(
    stores: Mapping[str, LedgerStore], made: Sequence[Made], served: Callable[[], float] = lambda: 0.0
) -> dict[str, list[Spent]]:
    """What adding each article took in each ledger.

    Args:
        stores: the ledgers by name.
        made: the articles.
        served: seconds of processor time that a server took until now.

    Raises:
        AssertionError: a ledger had one of them.
    """
    extractor: Extractor = Known(made)
    found: dict[str, list[Spent]] = {name: [] for name in stores}
    for reading, _ in made:
        for name, store in stores.items():
            began = time.process_time() + served(), time.perf_counter()
            added = pipeline.add([reading], extractor, store, Silent())
            clock = time.perf_counter() - began[1]
            found[name].append(Spent(processor=time.process_time() + served() - began[0], clock=clock))
            if added.added != 1:
                raise AssertionError(f"the {name} ledger had {reading.document and reading.document.name}")
    return found


def time_extraction(made: Sequence[Made]) -> list[Spent]:
    """What extracting each article takes, in a warm process."""
    extractor = make_extractor(DEFAULT_MODEL)
    extractor.extract(made[0][0].text, made[0][0].articles)
    found = []
    for reading, _ in made:
        began = time.process_time(), time.perf_counter()
        extractor.extract(reading.text, reading.articles)
        found.append(Spent(processor=time.process_time() - began[0], clock=time.perf_counter() - began[1]))
    return found


def report(heading: str, found: Mapping[str, Sequence[Spent]]) -> bool:
    """Print the figures; whether adding to the large ledger costs no more than is wanted."""
    print(f"{heading}\n{'ms an article':16}{'processor':>24}{'clock':>24}\n{'':16}" + f"{'p50':>8}{'p95':>8}{'mean':>8}" * 2)
    for name, spent in found.items():
        figures = (figure for kind in ("processor", "clock") for figure in _figures([getattr(each, kind) for each in spent]))
        print(f"{name:16}" + "".join(f"{1000 * figure:8.1f}" for figure in figures))
    good = True
    for other in (EMPTY, OWN):
        times = _ratios(found[LARGE], found[other])
        good = good and times[0] <= _TIMES
        print(f"large beside {other}: {times[0]:.2f} times at the median, {times[1]:.2f} in all, by processor; {times[2]:.2f} by the clock")
    print(f"{'within' if good else 'OVER'} {_TIMES} times\n", flush=True)
    return good


def _figures(seconds: Sequence[float]) -> tuple[float, float, float]:
    return statistics.median(seconds), percentile(seconds, 0.95), statistics.mean(seconds)


def _ratios(some: Sequence[Spent], others: Sequence[Spent]) -> tuple[float, float, float]:
    """Times the median by processor, the sum by processor, the median by the clock."""
    (middle, _, mean), (middle_clock, _, _) = (_figures([getattr(s, kind) for s in some]) for kind in ("processor", "clock"))
    (other, _, other_mean), (other_clock, _, _) = (_figures([getattr(s, kind) for s in others]) for kind in ("processor", "clock"))
    return middle / other, mean / other_mean, middle_clock / other_clock


def _with(extraction: Sequence[Spent], adding: Sequence[Spent]) -> list[Spent]:
    return [Spent(processor=e.processor + a.processor, clock=e.clock + a.clock) for e, a in zip(extraction, adding, strict=True)]


@contextmanager
def files(folder: Path, large: Path) -> Iterator[dict[str, PlaceLike]]:
    """The places of three ledgers in files; the large one is a copy, and all go afterwards."""
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        here = Path(temporary)
        yield {EMPTY: here / "empty.db", OWN: here / "own.db", LARGE: Path(shutil.copy(large, here / "large.db"))}


@contextmanager
def databases(server: Server, large: str) -> Iterator[dict[str, PlaceLike]]:
    """The same on a server."""
    names: list[str] = []
    try:
        names += [server.make_database(), server.make_database(), server.make_database(large)]
        yield {kind: server.url(name) for kind, name in zip((EMPTY, OWN, LARGE), names, strict=True)}
    finally:
        for name in names:
            server.drop_database(name)


def measure(
    places: Mapping[str, PlaceLike], fellows: Sequence[Made], made: Sequence[Made], served: Callable[[], float]
) -> dict[str, list[Spent]]:
    """What adding each article took in each of three ledgers, which are made ready before."""
    with ExitStack() as stack:
        stores = {name: stack.enter_context(open_ledger(place, create=name != LARGE)) for name, place in places.items()}
        pipeline.add([reading for reading, _ in fellows], Known(fellows), stores[OWN], Silent())
        settle(stores[LARGE])
        return add_in_turn(stores, made, served)


def main() -> int:
    """Fill, add, print, on each kind of database."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=1_000_000, help="claims of the large ledger")
    parser.add_argument("--articles", type=int, default=40)
    return over_ledgers(parser, "evals.adding", _add_all)


def _add_all(folder: Path, arguments: argparse.Namespace) -> Iterator[bool]:
    stock = stock_of(data_folder(), arguments.stock, arguments.cache)
    base, large = (filled(folder, size, lambda: stock) for size in (min(LEAST, arguments.size), arguments.size))
    made = new_articles(stock, base, arguments.articles)
    fellows = fellows_of(base, made)
    extraction = time_extraction(made)
    print(f"{len(made)} articles, {len(fellows)} others in their stories; large: {arguments.size} claims, generated", file=sys.stderr)
    with files(folder, large) as places:
        yield from _report_both("SQLite", measure(places, fellows, made, lambda: 0.0), extraction)
    if arguments.postgresql:
        with kept_server(folder / "server") as server, databases(server, carried(large, arguments.size, server)) as places:
            yield from _report_both("PostgreSQL", measure(places, fellows, made, server.processor), extraction)


def _report_both(heading: str, found: Mapping[str, Sequence[Spent]], extraction: Sequence[Spent]) -> Iterator[bool]:
    yield report(f"{heading}, extracted before", found)
    report(f"{heading}, extraction by {DEFAULT_MODEL} with it", {name: _with(extraction, spent) for name, spent in found.items()})


if __name__ == "__main__":
    raise SystemExit(main())
