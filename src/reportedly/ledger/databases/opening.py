"""Opens a ledger: tells ours from others, older from newer, and makes a new one."""

from collections.abc import Iterator
from contextlib import contextmanager

from reportedly.errors import NewerLedgerError, NoLedgerError
from reportedly.ledger import schema
from reportedly.ledger.databases.database import Database
from reportedly.ledger.databases.faults import naming_faults
from reportedly.ledger.moments import PATIENCE
from reportedly.model import Place


def open_database(place: Place, *, create: bool, patience: float, migrate: bool = True) -> Database:
    """The database of a ledger, made where it is missing, brought to this version's schema where it is older.

    Args:
        place: where the ledger is.
        create: whether to make it where there is none.
        patience: how long to wait for another process, in seconds.
        migrate: whether an older one is brought up; else it is given as it is.

    Raises:
        NoLedgerError: there is none and `create` is false.
        NotALedgerError: it is something else.
        NewerLedgerError: a newer version wrote it.
        OlderLedgerError: it is on a server and an older version wrote it.
        LedgerBusyError: another process holds it.
        NoSpaceError: the disk is full.
        UnreachableError: its server does not answer.
        UnreadableError: it cannot be read, or not be made.
    """
    with naming_faults(place):
        database = _find(place, create=create, patience=patience)
        try:
            _check_ledger(database, create=create, migrate=migrate)
        except BaseException:
            database.engine.dispose()
            raise
    return database


@contextmanager
def opened(place: Place) -> Iterator[Database]:
    """The database of a ledger for as long as it is looked at, of whatever older schema.

    Args:
        place: where the ledger is.

    Raises:
        CannotRunError: as `open_database`.
    """
    database = open_database(place, create=False, patience=PATIENCE, migrate=False)
    try:
        yield database
    finally:
        database.engine.dispose()


def _find(place: Place, *, create: bool, patience: float) -> Database:
    if place.file is not None:
        from reportedly.ledger.databases.files import open_file  # noqa: PLC0415 - one kind of database needs nothing of the other

        return open_file(place.file, create=create, patience=patience)
    from reportedly.ledger.databases.servers import open_server  # noqa: PLC0415 - likewise

    return open_server(place, patience=patience)


def _check_ledger(database: Database, *, create: bool, migrate: bool) -> None:
    found = database.find_version()
    if found is None:
        if not create:
            raise NoLedgerError(database.place)
        database.make()
        found = database.find_version()
    if found is None or found > schema.SCHEMA:
        raise NewerLedgerError(database.place, str(found), str(schema.SCHEMA))
    if found < schema.SCHEMA and migrate:
        from reportedly.ledger.databases.migrating import migrate_unasked  # noqa: PLC0415 - Alembic is slow to import and rarely needed

        migrate_unasked(database, found)
