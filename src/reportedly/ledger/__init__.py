"""Where a ledger is kept: schema, migrations, store, search, judgements. SQLAlchemy is imported when a ledger is opened."""

from pathlib import Path
from typing import TYPE_CHECKING

from reportedly.ledger.correcting import make_judgement
from reportedly.ledger.memory import MemoryStore
from reportedly.ledger.moments import Clock, now

if TYPE_CHECKING:
    from reportedly.ledger.parcel import Parcel as Parcel  # for the types of those who hold one
    from reportedly.ledger.sqlite import SqliteStore as SqliteStore

__all__ = ["PATIENCE", "MemoryStore", "make_judgement", "open_ledger"]

PATIENCE = 20.0
"""How long a ledger that another process holds is waited for, in seconds."""


def open_ledger(path: Path, *, create: bool, patience: float = PATIENCE, clock: Clock = now) -> "SqliteStore":
    """Open a ledger's file.

    Args:
        path: the file.
        create: whether to make it where there is none.
        patience: how long to wait for another process, in seconds.
        clock: tells the time of what is recorded, aware UTC.

    Returns:
        The store; close it, or use it in a `with` statement.

    Raises:
        NoLedgerError: there is none and `create` is false.
        NotALedgerError: the file is something else.
        NewerLedgerError: a newer version wrote it.
        LedgerBusyError: another process holds it.
        NoSpaceError: the disk is full.
        UnreadableError: it cannot be read, or not be made.
    """
    from reportedly.ledger.opening import open_engine  # noqa: PLC0415 - SQLAlchemy is slow to import
    from reportedly.ledger.sqlite import SqliteStore  # noqa: PLC0415 - likewise

    return SqliteStore(open_engine(path, create=create, patience=patience), path, clock)
