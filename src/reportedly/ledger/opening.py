"""Opens a ledger's file: tells ours from others, older from newer, and makes a new one."""

import datetime as dt
import os
import stat
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, insert, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from reportedly.errors import NewerLedgerError, NoLedgerError, NotALedgerError, UnreadableError
from reportedly.ledger import fts, schema
from reportedly.ledger.faults import naming_faults

WRITES = "reportedly_writes"
"""Execution option of connections that mean to write: they take the write lock at once, so that two never wait for each other."""

_MODE = 0o644  # less the user's umask: as any file of theirs, and never to be written by others


def open_engine(path: Path, *, create: bool, patience: float) -> Engine:
    """An engine on a ledger's file, made where it is missing, brought to this version's schema where it is older.

    Args:
        path: the file.
        create: whether to make it where there is none.
        patience: how long to wait for another process, in seconds.

    Raises:
        NoLedgerError: there is none and `create` is false.
        NotALedgerError: the file is something else.
        NewerLedgerError: a newer version wrote it.
        LedgerBusyError: another process holds it.
        NoSpaceError: the disk is full.
        UnreadableError: it cannot be read, or not be made.
    """
    path = path.absolute()
    with naming_faults(path):
        _check_file(path, create=create)
        engine = make_engine(path, patience)
        try:
            _check_ledger(engine, path, create=create)
        except BaseException:
            engine.dispose()
            raise
    return engine


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


def _check_ledger(engine: Engine, path: Path, *, create: bool) -> None:
    found = _read_version(engine, path)
    if found is None:
        if not create:
            raise NoLedgerError(path)
        _make(engine)
        found = _read_version(engine, path)
    if found is None or found > schema.SCHEMA:
        raise NewerLedgerError(path, str(found), str(schema.SCHEMA))
    if found < schema.SCHEMA:
        from reportedly.ledger.migrating import migrate  # noqa: PLC0415 - Alembic is slow to import and rarely needed

        migrate(engine, path)


def _read_version(engine: Engine, path: Path) -> int | None:
    """The schema's version; None for an empty database, such as an interrupted creation leaves."""
    with engine.connect() as connection:
        application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
        if application == 0 and tables == 0:
            return None
        if application != schema.APPLICATION:
            raise NotALedgerError(path)
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def _make(engine: Engine) -> None:
    """Create everything in one transaction; a second process that comes meanwhile finds it done."""
    _run(engine, "PRAGMA journal_mode = WAL")
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        if connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one() == 0:
            create_schema(connection)


def empty_log(engine: Engine) -> None:
    """Bring everything from the write-ahead log into the file itself, as far as readers let it."""
    _run(engine, "PRAGMA wal_checkpoint(TRUNCATE)")


def _run(engine: Engine, statement: str) -> None:
    """Run what is not possible inside a transaction."""
    with closing(engine.raw_connection()) as raw:
        raw.cursor().execute(statement)


def create_schema(connection: Connection) -> None:
    """Make the tables of this version in an empty database, as the migrations would."""
    schema.metadata.create_all(connection)
    connection.exec_driver_sql(fts.CREATE)
    connection.execute(insert(schema.alembic_version), {"version_num": schema.HEAD})
    stamp(connection)


def stamp(connection: Connection) -> None:
    """Say in the file what it is, and what schema it has."""
    connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION}")
    connection.exec_driver_sql(f"PRAGMA user_version = {schema.SCHEMA}")
    created = dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
    rows = {"kind": schema.KIND, "schema": str(schema.SCHEMA), "created": created, "revision": "0", "changed": "0", "linked": "0"}
    if connection.execute(select(func.count()).select_from(schema.meta)).scalar_one() == 0:
        connection.execute(insert(schema.meta), [{"key": key, "value": value} for key, value in rows.items()])
