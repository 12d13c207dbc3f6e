"""Where a ledger is kept: schema, migrations, store, search, judgements, over SQLite and PostgreSQL.

SQLAlchemy is imported when a ledger is opened.
"""

from typing import TYPE_CHECKING

from reportedly.ledger.judgements.correcting import make_judgement
from reportedly.ledger.memory import MemoryStore
from reportedly.ledger.moments import PATIENCE, Clock, now
from reportedly.model import Place, PlaceLike

if TYPE_CHECKING:
    from reportedly.ledger.bundles.parcel import Parcel as Parcel  # for the types of those who hold one
    from reportedly.ledger.store import LedgerStore as LedgerStore

__all__ = ["PATIENCE", "MemoryStore", "make_judgement", "open_ledger"]


def open_ledger(where: PlaceLike, *, create: bool, patience: float = PATIENCE, clock: Clock = now) -> "LedgerStore":
    """Open a ledger.

    Args:
        where: its file, or the address of its PostgreSQL database (`postgresql://user@host/name`).
        create: whether to make it where there is none.
        patience: how long to wait for another process, in seconds.
        clock: tells the time of what is recorded, aware UTC.

    Returns:
        The store; close it, or use it in a `with` statement.

    Raises:
        BadPlaceError: it is the address of something else.
        NoLedgerError: there is none and `create` is false.
        NotALedgerError: it is something else.
        NewerLedgerError: a newer version wrote it.
        OlderLedgerError: it is on a server and an older version wrote it.
        LedgerBusyError: another process holds it.
        NoSpaceError: the disk is full.
        UnreachableError: its server does not answer.
        UnreadableError: it cannot be read, or not be made.
    """
    from reportedly.ledger.databases.opening import open_database  # noqa: PLC0415 - SQLAlchemy is slow to import
    from reportedly.ledger.store import LedgerStore  # noqa: PLC0415 - likewise

    return LedgerStore(open_database(Place.of(where), create=create, patience=patience), clock)
