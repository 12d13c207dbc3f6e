"""Names what went wrong in the database or on the disk in the words of `errors.py`."""

import errno
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, TimeoutError  # noqa: A004 - of SQLAlchemy's pool

from reportedly.errors import CannotRunError, LedgerBusyError, NoSpaceError, NotALedgerError, UnreachableError, UnreadableError
from reportedly.model import Place

_LEAST_SPACE = 1 << 20
"""A disk with fewer bytes free is full for our purposes: SQLite's shared memory grows by 32 KiB, a file system keeps some back."""

Fault = Callable[[Place, str], CannotRunError]
"""Makes an error of a ledger's place and what the database said."""

_FAULTS: tuple[tuple[str, Fault], ...] = (
    ("SQLITE_FULL", lambda place, _: NoSpaceError(place)),
    ("SQLITE_BUSY", lambda place, _: LedgerBusyError(place)),
    ("SQLITE_LOCKED", lambda place, _: LedgerBusyError(place)),
    ("SQLITE_PROTOCOL", lambda place, _: LedgerBusyError(place)),
    ("SQLITE_SCHEMA", lambda place, _: LedgerBusyError(place)),
    ("SQLITE_NOTADB", lambda place, _: NotALedgerError(place)),
    ("SQLITE_CORRUPT", lambda place, _: UnreadableError(place, "the file is damaged; restore it from a backup")),
    (
        "SQLITE_READONLY_DBMOVED",
        lambda place, _: UnreadableError(place, "the file was removed or moved meanwhile"),
    ),
    ("SQLITE_READONLY", lambda place, _: UnreadableError(place, "it may not be written")),
    ("SQLITE_CANTOPEN", lambda place, _: UnreadableError(place, "its folder does not let a database be opened")),
    ("SQLITE_PERM", lambda place, _: UnreadableError(place, "permission denied")),
    ("SQLITE_AUTH", lambda place, _: UnreadableError(place, "permission denied")),
    ("SQLITE_IOERR", lambda place, _: NoSpaceError(place) if _is_full(place) else UnreadableError(place, "the disk reports an error")),
    ("3D000", lambda place, said: UnreadableError(place, f"{said}; make it with createdb")),
    ("28", UnreadableError),
    ("42501", UnreadableError),
    ("25006", lambda place, _: UnreadableError(place, "it may not be written: the server only follows another")),
    ("53100", lambda place, _: NoSpaceError(place)),
    ("53", UnreachableError),
    ("55P03", lambda place, _: LedgerBusyError(place)),
    ("40", lambda place, _: LedgerBusyError(place)),
    ("57", UnreachableError),
    ("08", UnreachableError),
    ("58", lambda place, said: UnreadableError(place, f"the server's disk reports an error: {said}")),
    ("XX", lambda place, said: UnreadableError(place, f"the server reports damage: {said}; restore it from a backup")),
)
"""Beginnings of SQLite's result code names (https://www.sqlite.org/rescode.html) and of PostgreSQL's error codes (its
documentation, appendix A), and what they mean to a user; the first that fits decides."""


@contextmanager
def naming_faults(place: Place) -> Iterator[None]:
    """Raise what the database reports as an error of ours; what is no fault of file, disk or server passes as it is.

    Args:
        place: where the ledger is.

    Raises:
        CannotRunError: one of its kinds.
    """
    try:
        yield
    except TimeoutError as error:
        raise LedgerBusyError(place) from error
    except (DBAPIError, sqlite3.Error) as error:
        code, said = _report_of(error)
        for beginning, fault in _FAULTS:
            if code.startswith(beginning):
                raise fault(place, said) from error
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoSpaceError(place) from error
        said = error.strerror or str(error)
        raise (UnreadableError(place, said) if place.file is not None else UnreachableError(place, said)) from error


def _report_of(error: DBAPIError | sqlite3.Error) -> tuple[str, str]:
    """The code that a driver gives for what went wrong, and its words; `08` for a connection that was never made or broke."""
    original = error.orig if isinstance(error, DBAPIError) else error
    name = getattr(original, "sqlite_errorname", None)
    if name is not None:
        return str(name), ""
    fields = original.args[0] if original is not None and original.args else ""
    if isinstance(fields, dict):  # pg8000 gives the fields of the server's message
        return str(fields.get("C", "")), str(fields.get("M", ""))
    code = getattr(original, "sqlstate", None)
    said = str(original).strip().partition("\n")[0].partition(" (timeout")[0]
    lost = getattr(error, "connection_invalidated", False) or type(original).__name__ in ("InterfaceError", "OperationalError")
    return (str(code), said) if code else ("08" if lost else "", said)


def _is_full(place: Place) -> bool:
    return place.file is not None and shutil.disk_usage(place.file.absolute().parent).free < _LEAST_SPACE
