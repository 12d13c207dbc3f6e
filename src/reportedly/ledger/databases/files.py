"""A ledger in a SQLite file: opened, made, told from other files, copied."""

import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from reportedly.errors import NoLedgerError, NotALedgerError, UnreadableError
from reportedly.ledger import schema
from reportedly.ledger.databases.database import WRITES
from reportedly.ledger.databases.making import create_schema
from reportedly.model import Place

_MODE = 0o644  # less the user's umask: as any file of theirs, and never to be written by others
_OWN = 0o600
_PAGES = 1 << 12  # copied at a time
_PAUSE = 0.02
"""Seconds between two tries of what SQLite refuses at once where another process is about to write."""


@dataclass(frozen=True, slots=True)
class FileDatabase:
    """A SQLite file; see `database.Database` for what each method promises.

    Attributes:
        path: the file, absolute.
        engine: an engine on it.
        identity: which file it is: device and inode.
        patience: how long to wait for another process, in seconds.
    """

    path: Path
    engine: Engine
    identity: tuple[int, int]
    patience: float

    @property
    def place(self) -> Place:
        """The file."""
        return Place(self.path, None)

    def find_version(self) -> int | None:
        """See `Database`."""
        with self.engine.connect() as connection:
            application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
            tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
            if application == 0 and tables == 0:
                return None
            if application != schema.APPLICATION:
                raise NotALedgerError(self.path)
            return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())

    def make(self) -> None:
        """See `Database`."""
        self._run("PRAGMA journal_mode = WAL")
        with self.engine.execution_options(**{WRITES: True}).begin() as connection:
            if connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one() == 0:
                create_schema(connection)
                self.stamp(connection)

    def stamp(self, connection: Connection) -> None:
        """In the file's own header."""
        connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION}")
        connection.exec_driver_sql(f"PRAGMA user_version = {schema.SCHEMA}")

    def check_place(self) -> None:
        """SQLite in WAL mode goes on with a file that is gone, and what it writes is lost with it."""
        try:
            found = _identity(self.path)
        except FileNotFoundError:
            found = None
        if found != self.identity:
            raise UnreadableError(self.path, "the file was removed or replaced while it was open; start again")

    def back_up(self) -> str:
        """A copy beside the file, by SQLite's backup, which other processes do not disturb."""
        copy = _free_name(self.path.with_name(f"{self.path.name}.before-schema-{schema.SCHEMA}"))
        unfinished = copy.with_name(f"{copy.name}.unfinished")
        try:
            os.close(os.open(unfinished, os.O_CREAT | os.O_WRONLY, _OWN))
            unfinished.chmod(stat.S_IMODE(self.path.stat().st_mode))  # who may not read the ledger may not read its copy
            with closing(self.engine.raw_connection()) as raw, closing(sqlite3.connect(unfinished)) as target:
                raw.driver_connection.backup(target, pages=_PAGES)  # type: ignore[union-attr] # SQLAlchemy types the driver loosely
            unfinished.replace(copy)
        finally:
            unfinished.unlink(missing_ok=True)
        return str(copy)

    def tidy(self) -> bool:
        """The write-ahead log still holds pages as they were: bring it into the file, as far as readers let it.

        Where another process brings it in just then, SQLite does nothing and says so: it is asked again, or what was removed would stay.
        """
        return self._run("PRAGMA wal_checkpoint(TRUNCATE)", lambda row: row[0] == 0)

    def faults(self, connection: Connection) -> Iterator[str]:
        """SQLite's own checks of its pages, its indexes, the word index, and of references between tables."""
        for (words,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if words != "ok":
                yield str(words)
        for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"row {row} of {table} refers to a row of {parent} that is not there"

    def _run(self, statement: str, is_done: Callable[[tuple[Any, ...]], bool] = lambda _: True) -> bool:
        """Run what is not possible inside a transaction; its own patience does not hold where it is refused at once.

        Args:
            statement: gives one row.
            is_done: whether the row says that it was done; else it is asked for again while there is patience.

        Returns:
            Whether it was done.
        """
        until = time.monotonic() + self.patience
        with closing(self.engine.raw_connection()) as raw:
            while True:
                try:
                    done = is_done(raw.cursor().execute(statement).fetchone())
                except sqlite3.OperationalError as error:
                    if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() >= until:
                        raise
                    done = False
                if done or time.monotonic() >= until:
                    return done
                time.sleep(_PAUSE)


def open_file(path: Path, *, create: bool, patience: float) -> FileDatabase:
    """The database of a file, which is made, empty, where it is missing.

    Args:
        path: the file.
        create: whether to make it.
        patience: how long to wait for another process, in seconds.

    Raises:
        NoLedgerError: there is none and `create` is false.
        NotALedgerError: it is no regular file.
        UnreadableError: it is a folder.
        OSError: it cannot be read, or not be made.
    """
    path = path.absolute()
    _check_file(path, create=create)
    return FileDatabase(path, make_engine(path, patience), _identity(path), patience)


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def make_engine(path: Path, patience: float) -> Engine:
    """An engine whose transactions begin when SQLAlchemy says so and not when the driver likes."""
    database, query = str(path), {}
    if _is_frozen(path):
        database, query = f"file:{quote(os.fsencode(path))}", {"mode": "ro", "immutable": "1", "uri": "true"}
    url = URL.create("sqlite", database=database, query=query)
    engine = create_engine(url, connect_args={"timeout": patience, "isolation_level": None})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _is_frozen(path: Path) -> bool:
    """Whether a ledger lies where nothing may be written and nobody is writing: SQLite then reads it without locks."""
    log = Path(f"{path}-wal")
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    return not writable and not (log.exists() and log.stat().st_size)


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")  # a removed text is gone from the file as well
    cursor.execute("PRAGMA synchronous = NORMAL")  # in WAL mode a power cut may take the newest transactions, never tear one
    cursor.execute("PRAGMA cache_size = -32768")  # KiB: what adding touches of a large ledger's indexes stays at hand
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITES) else "BEGIN")


def _check_file(path: Path, *, create: bool) -> None:
    """Look at the path before SQLite does, which would make a file of any name."""
    try:
        kind = path.stat().st_mode
    except FileNotFoundError:
        if not create:
            raise NoLedgerError(path) from None
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, _MODE))
        return
    if stat.S_ISDIR(kind):
        raise UnreadableError(path, "it is a folder")
    if not stat.S_ISREG(kind):
        raise NotALedgerError(path)
    with path.open("rb") as file:  # a message of our own where it may not be read
        file.read(1)


def _free_name(path: Path) -> Path:
    """A name that no file has: a copy never takes the place of an older one."""
    found, number = path, 1
    while found.exists():
        number += 1
        found = path.with_name(f"{path.name}-{number}")
    return found
