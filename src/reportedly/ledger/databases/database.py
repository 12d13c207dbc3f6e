"""What differs between the kinds of database that hold a ledger: a SQLite file and a PostgreSQL server."""

from collections.abc import Iterator
from typing import Protocol

from sqlalchemy import Connection, Engine

from reportedly.model import Place

WRITES = "reportedly_writes"
"""Execution option of connections that mean to write: they take the one write lock at once, so that two never wait for each other."""


class Database(Protocol):
    """A database that holds a ledger, or will."""

    @property
    def engine(self) -> Engine:
        """Gives connections; a transaction of one with the option `WRITES` is the only one that writes."""
        ...

    @property
    def place(self) -> Place:
        """Where it is."""
        ...

    def find_version(self) -> int | None:
        """The version of the ledger's schema; None where there is no table yet, as an interrupted creation leaves it.

        Raises:
            NotALedgerError: the tables are those of something else.
        """
        ...

    def make(self) -> None:
        """Make the tables in one transaction; where another process came first, nothing."""
        ...

    def stamp(self, connection: Connection) -> None:
        """Say what the database is, and what schema it has, beside what `meta` says."""
        ...

    def check_place(self) -> None:
        """See that what is open is still what the place means: a file may be removed or replaced while programs hold it open.

        Raises:
            UnreadableError: it is not.
        """
        ...

    def back_up(self) -> str:
        """Keep a copy of the ledger as it is; where it lies. Empty where that is not ours to do."""
        ...

    def tidy(self) -> bool:
        """After a removal: leave nothing of what was removed where the database keeps what it no longer shows.

        Returns:
            Whether nothing is left; not where others read the ledger as it was for longer than one waits.
        """
        ...

    def faults(self, connection: Connection) -> Iterator[str]:
        """What the database itself finds wrong with how the ledger is stored, in words."""
        ...
