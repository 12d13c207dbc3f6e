"""Fills a ledger with GENERATED articles until it holds so many claims, for what is measured at size.

Some thousands of claims come from `evals.growth`, put and linked as any others. The rest are copies of all their rows under other ids,
with their links, marks and summaries: reading costs what it would for other articles, and a million claims take minutes instead of hours.
Copies have the same actors, who speak in every one of them; texts do not answer to their digests, so that `verify` finds fault with them.
"""

import re
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from evals.growth import generated, sources_of

from reportedly import pipeline
from reportedly.language.tables import linker_version
from reportedly.ledger import open_ledger
from reportedly.ledger.databases.database import WRITES
from reportedly.ledger.revisions import note_linker
from reportedly.ledger.store import LedgerStore
from reportedly.ledger.summaries.lists import Totals, count_totals
from reportedly.ledger.summaries.tallies import retally
from reportedly.model import Holdings, Place, PlaceLike
from reportedly.tasks import care

BATCH = 500
"""Articles linked at once."""

LEAST = 50_000
"""Claims that are put and linked as any others; what goes beyond are copies."""

MOST_COPIES = 255

_ID = re.compile(r"\b([acdenops]:)([0-9a-f]{2})(?=[0-9a-f]{14}\b)")
_DIGEST = re.compile(r"\b([0-9a-f]{2})(?=[0-9a-f]{62}\b)")
_TABLES = (
    *("documents", "names", "readings", "articles", "claims", "anchors", "links", "members", "problems"),
    *("parts", "days", "stories", "reports", "shown", "voices"),
)
_NAMED = {"documents": ("name", "read_as"), "names": ("name",)}
_KEPT = {"voices": ("side",)}
_MARK = 3 << 40  # what tells the marks of copies apart; a multiple of the kinds of marks


def totals(store: LedgerStore) -> Totals:
    """What a ledger's lists know of it."""
    return store.catalogue.ask(count_totals)


def fill(store: LedgerStore, stock: Holdings, claims: int, tell: Callable[[str], None] = lambda _: None) -> int:
    """Put generated articles into a ledger until it holds at least so many claims; linked in batches, and not one by one.

    Args:
        store: the ledger, which holds nothing but generated articles of the same stock; it is filled up.
        stock: from `growth.stock_of`.
        claims: how many claims it is to hold.
        tell: is told how far it is.

    Returns:
        How many claims it holds.
    """
    sources = sources_of(stock)
    held = totals(store)
    while held.claims < claims:
        began = time.process_time()
        for reading, extractions in generated(sources, held.documents, held.documents + BATCH):
            store.put(reading, extractions)
        pipeline.relink(store)
        held = totals(store)
        tell(f"{held.claims} claims; {1000 * (time.process_time() - began) / BATCH:.0f} ms an article")
    return held.claims


def multiply(store: LedgerStore, claims: int, tell: Callable[[str], None] = lambda _: None) -> int:
    """Copy all rows of a ledger in a SQLite file, as often as it takes, until it holds at least so many claims.

    Args:
        store: the ledger, without copies.
        claims: how many claims it is to hold.
        tell: is told how far it is.

    Returns:
        How many claims it holds.

    Raises:
        ValueError: that would take more than `MOST_COPIES`.
    """
    held = totals(store)
    copies = -(-claims // held.claims) - 1
    if copies > MOST_COPIES or store.place.file is None:
        message = f"{held.claims} claims are too few to copy, or this is no file"
        raise ValueError(message)
    with closing(sqlite3.connect(store.place.file, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = -400000")
        connection.execute("PRAGMA synchronous = OFF")
        for copy in range(1, copies + 1):
            connection.execute("BEGIN")
            _copy_numbered(connection, copy)
            for table in _TABLES:
                _copy_rows(connection, table, copy)
            connection.execute("COMMIT")
            tell(f"{(copy + 1) * held.claims} claims")
        connection.execute("ANALYZE")
    with store.engine.execution_options(**{WRITES: True}).begin() as written:
        retally(written)
    return totals(store).claims


def settle(store: LedgerStore) -> None:
    """Link what a ledger's filling left unlinked; links of other tables count as if made by these, for millions of claims take hours."""
    with store.engine.execution_options(**{WRITES: True}).begin() as connection:
        note_linker(connection, linker_version())
    pipeline.relink(store)


def carry(path: Path, place: PlaceLike) -> None:
    """Put all rows of a SQLite ledger into a new one on a PostgreSQL server, and do what such a server does by itself after a while.

    Args:
        path: the ledger's file.
        place: the address of an empty database.
    """
    care.transfer(path, place)
    with open_ledger(Place.of(place), create=False) as store, closing(store.engine.raw_connection()) as raw:
        raw.rollback()
        driver: Any = raw.driver_connection
        driver.autocommit = True  # inside a transaction nothing is vacuumed
        raw.cursor().execute("VACUUM ANALYZE")
        driver.autocommit = False


def _copy_rows(connection: sqlite3.Connection, table: str, copy: int) -> None:
    """Copy the original rows of a table, which have the least row ids or, in a table without them, the least marks of a copy."""
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    if copy == 1:
        connection.execute(f"CREATE TEMP TABLE first_{table} AS SELECT * FROM {table}")  # noqa: S608 - our own names
    kept = [names.index(name) for name in _KEPT.get(table, ())]
    named = [names.index(name) for name in _NAMED.get(table, ())]
    rows = (_copied(row, copy, kept, named) for row in connection.execute(f"SELECT * FROM temp.first_{table}"))  # noqa: S608 - as above
    marks = ", ".join("?" for _ in names)
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - as above


def _copied(row: Sequence[Any], copy: int, kept: Sequence[int], named: Sequence[int]) -> tuple[Any, ...]:
    return tuple(
        f"copy {copy}/{value}" if at in named else _renumbered(value, copy) if isinstance(value, str) and at not in kept else value
        for at, value in enumerate(row)
    )


def _renumbered(words: str, copy: int) -> str:
    """Words in which every id and digest is another."""
    other = _ID.sub(lambda found: f"{found[1]}{int(found[2], 16) ^ copy:02x}", words)
    return _DIGEST.sub(lambda found: f"{int(found[1], 16) ^ copy:02x}", other) if len(words) >= 64 else other  # noqa: PLR2004 - a digest


def _copy_numbered(connection: sqlite3.Connection, copy: int) -> None:
    """Copy what is known by numbers: texts with their words, pages with their marks."""
    if copy == 1:
        for table in ("texts", "pages", "marks"):
            connection.execute(f"CREATE TEMP TABLE first_{table} AS SELECT * FROM {table}")  # noqa: S608 - as above
        connection.execute("CREATE TEMP TABLE first_words AS SELECT rowid AS number, tokens FROM words")
    for table in ("texts", "pages"):
        step = copy * connection.execute(f"SELECT max(number) FROM temp.first_{table}").fetchone()[0]  # noqa: S608 - as above
        first = connection.execute(f"SELECT * FROM temp.first_{table}")  # noqa: S608 - as above
        marks = ", ".join("?" for _ in first.description)
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", _shifted(first, step, copy))  # noqa: S608 - as above
        if table == "texts":
            connection.execute("INSERT INTO words(rowid, tokens) SELECT number + ?, tokens FROM temp.first_words", (step,))
        else:
            connection.execute("INSERT INTO marks SELECT mark + ?, page + ? FROM temp.first_marks", (copy * _MARK, step))


def _shifted(rows: Iterator[Sequence[Any]], step: int, copy: int) -> Iterator[tuple[Any, ...]]:
    for number, *rest in rows:
        yield (number + step, *(_renumbered(value, copy) if isinstance(value, str) else value for value in rest))
