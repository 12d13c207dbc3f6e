"""Shows what a PostgreSQL server makes of each query of lists and search: `python -m evals.plans postgresql://... [--slow 50]`.

The ledger is one that somebody filled, as `reportedly migrate --to` does from a file of `evals.queries --ledgers`. Of each query the time
on the server is printed, all its statements together, and of statements that take longer than `--slow` milliseconds the plan
(`EXPLAIN (ANALYZE, BUFFERS)`).
"""

import argparse
import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, event

from reportedly.ledger import open_ledger
from reportedly.ledger.store import LedgerStore
from reportedly.ledger.summaries import lists
from reportedly.model import Clocks, Filters

_DAY = Clocks(as_of=dt.date(2012, 6, 1))
_NOW = Clocks()
_TOOK = re.compile(r"Execution Time: ([\d.]+) ms")

Ask = Callable[[Connection], object]


def asks_of(store: LedgerStore) -> Mapping[str, Ask]:
    """Every query of lists, of a page in the middle of what there is."""
    totals = store.catalogue.ask(lists.count_totals)
    documents, _ = store.catalogue.ask(lambda c: lists.list_documents(c, _NOW, Filters(limit=50)))
    claims, _ = store.catalogue.ask(lambda c: lists.list_claims(c, _NOW, Filters(limit=50)))

    def page(rows: int, **more: str) -> Filters:
        return Filters(limit=50, offset=rows // 2, **more)  # type: ignore[arg-type] # a speaker or a measure

    return {
        "totals": lists.count_totals,
        "days": lists.list_days,
        "stories": lambda c: lists.list_stories(c, page(totals.stories)),
        "stories as of a day": lambda c: lists.list_stories_seen(c, _DAY, page(0)),
        "documents": lambda c: lists.list_documents(c, _NOW, page(totals.documents)),
        "documents as of a day": lambda c: lists.list_documents(c, _DAY, page(0)),
        "sources": lambda c: lists.list_sources(c, _NOW, page(totals.documents)),
        "articles": lambda c: lists.list_articles(c, _NOW, page(totals.documents)),
        "articles as of a day": lambda c: lists.list_articles(c, _DAY, page(0)),
        "claims": lambda c: lists.list_claims(c, _NOW, page(totals.claims)),
        "claims as of a day": lambda c: lists.list_claims(c, _DAY, page(0)),
        "claims of a speaker": lambda c: lists.list_claims(c, _NOW, page(0, speaker="police")),
        "claims of a measure": lambda c: lists.list_claims(c, _NOW, page(0, measure="killed")),
        "claims of documents": lambda c: lists.list_claims(c, _NOW, page(0), documents[:20]),
        "counts of claims": lambda c: lists.count_claims(c, _NOW, documents),
        "copies": lambda c: lists.list_copies(c, _NOW, page(0)),
        "newest days": lambda c: lists.newest_days(c, documents),
        "speakers": lambda c: lists.speakers_of(c, claims),
    }


class Listening:
    """Notes the statements that a store runs.

    Args:
        store: the store.
    """

    def __init__(self, store: LedgerStore) -> None:
        self._store = store
        self._ran: list[tuple[str, Any]] = []
        event.listen(store.engine, "before_cursor_execute", self._note)

    def _note(self, _connection: object, _cursor: object, *what: Any) -> None:  # noqa: ANN401 - SQLAlchemy's signature
        self._ran.append((what[0], what[1]))

    def explain(self, ask: Callable[[], object]) -> list[tuple[float, str]]:
        """What each statement of a query takes on the server, in milliseconds, with its plan."""
        self._ran.clear()
        ask()
        ran = [(words, values) for words, values in self._ran if words.startswith(("SELECT", "WITH"))]
        with self._store.engine.connect() as connection:
            plans = ["\n".join(connection.exec_driver_sql(f"EXPLAIN (ANALYZE, BUFFERS) {w}", v).scalars()) for w, v in ran]
        return [(float(found[1]), plan) for plan in plans if (found := _TOOK.search(plan))]


def main() -> None:
    """Explain every query, and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("ledger")
    options.add_argument("--slow", type=float, default=50.0, help="milliseconds from which on a plan is printed")
    options.add_argument("--words", nargs="+", default=["police", '"police said"', "kill*", "president army"], help="what is searched for")
    asked = options.parse_args()
    with open_ledger(asked.ledger, create=False) as store:
        asks: dict[str, Callable[[], object]] = {n: lambda a=a: store.catalogue.ask(a) for n, a in asks_of(store).items()}  # type: ignore[misc] # bound
        asks |= {f"search {words}": lambda words=words: store.search(words, limit=50) for words in asked.words}  # type: ignore[misc] # likewise
        listening = Listening(store)
        for name, ask in asks.items():
            took = listening.explain(ask)
            print(f"{name:28} {sum(time for time, _ in took):8.1f} ms on the server, {len(took)} statements")
            for _, plan in (found for found in took if found[0] > asked.slow):
                print("    " + plan.replace("\n", "\n    "))


if __name__ == "__main__":
    main()
