"""Names what went wrong in the database or on the disk in the words of `errors.py`."""

import errno
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from reportedly.errors import CannotRunError, LedgerBusyError, NoSpaceError, NotALedgerError, UnreadableError

_LEAST_SPACE = 1 << 20
"""A disk with fewer bytes free is full for our purposes: SQLite's shared memory grows by 32 KiB, a file system keeps some back."""

_FAULTS: tuple[tuple[str, Callable[[Path], CannotRunError]], ...] = (
    ("SQLITE_FULL", NoSpaceError),
    ("SQLITE_BUSY", LedgerBusyError),
    ("SQLITE_LOCKED", LedgerBusyError),
    ("SQLITE_NOTADB", NotALedgerError),
    ("SQLITE_CORRUPT", lambda path: UnreadableError(path, "the file is damaged; restore it from a backup")),
    ("SQLITE_READONLY", lambda path: UnreadableError(path, "it may not be written")),
    ("SQLITE_CANTOPEN", lambda path: UnreadableError(path, "its folder does not let a database be opened")),
    ("SQLITE_PERM", lambda path: UnreadableError(path, "permission denied")),
    ("SQLITE_AUTH", lambda path: UnreadableError(path, "permission denied")),
    ("SQLITE_IOERR", lambda path: NoSpaceError(path) if _is_full(path) else UnreadableError(path, "the disk reports an error")),
)
"""Beginnings of SQLite's result code names (https://www.sqlite.org/rescode.html) and what they mean to a user."""


@contextmanager
def naming_faults(path: Path) -> Iterator[None]:
    """Raise what the database reports as an error of ours; what is no fault of file or disk passes as it is.

    Args:
        path: the ledger's file.

    Raises:
        CannotRunError: one of its kinds.
    """
    try:
        yield
    except DBAPIError as error:
        name = getattr(error.orig, "sqlite_errorname", "")
        for beginning, fault in _FAULTS:
            if name.startswith(beginning):
                raise fault(path) from error
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoSpaceError(path) from error
        raise UnreadableError(path, error.strerror or str(error)) from error


def _is_full(path: Path) -> bool:
    return shutil.disk_usage(path.parent).free < _LEAST_SPACE
