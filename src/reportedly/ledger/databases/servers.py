"""A ledger in a PostgreSQL database that many machines share: opened, made, told from other databases.

One writer writes at a time, as in a SQLite file: each writing transaction begins by taking one advisory lock, which the server gives back
when the transaction ends, however it ends. So no two writers ever wait for each other in a circle, none overwrites what it did not
see, and revisions have no gap; extraction, which takes the time, stays outside the lock. Readers take no lock: each transaction of theirs
sees one moment (PostgreSQL's documentation, 13.2.2 and 13.3.5).
"""

import getpass
import importlib.util
import os
import ssl
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from reportedly.errors import BadPlaceError, MissingExtraError, NotALedgerError, UnreadableError
from reportedly.ledger import schema
from reportedly.ledger.databases.database import WRITES
from reportedly.ledger.databases.making import create_schema
from reportedly.model import Place

_DRIVER = "pg8000"
_PORT = 5432
_LOCK = 0x5250_544C
"""Key of the advisory lock of those who write: "RPTL" in ASCII; each database has its own."""

_AS_A_RULE = (
    "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; "
    "SET SESSION jit = off; SET SESSION parallel_setup_cost = 10000"
)
"""Readers see one moment; and a page of a list is read in less time than compiling its query takes (PostgreSQL's documentation, 32.2), or
than it takes to start processes that help (15.1)."""

_TO_WRITE = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE"
_AT_ONCE = 32
"""Connections of one process beyond the first few, which are closed when they are idle."""

_HELD = tuple(dict.fromkeys((*schema.metadata.tables, "words")))
"""Tables in which rows go when a document does, or change when what is left is linked anew."""

_NEXT = "SELECT mod(pg_snapshot_xmax(pg_current_snapshot())::text::numeric, 4294967296)::text"
"""The first transaction that is still to come, as `xid` counts them; what is committed before is seen by whoever begins from now on."""

_READERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND usesysid IS NOT NULL AND age(backend_xmin) > age(%s::xid)"
)
"""Who may see rows as they were before a transaction: VACUUM passes over what they see (PostgreSQL's documentation, 25.1 and 28.2.3)."""

_PAUSE = 0.05
"""Seconds between two looks at who reads."""

_CHECKS = (
    (
        "SELECT conname FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid WHERE NOT convalidated AND pg_table_is_visible(t.oid)",
        "the constraint {} was never checked",
    ),
    (
        "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE NOT i.indisvalid AND pg_table_is_visible(c.oid)",
        "the index {} is not valid; REINDEX makes it anew",
    ),
)
"""What asks PostgreSQL's catalogue for names, and what each name found means."""


@dataclass(frozen=True, slots=True)
class ServerDatabase:
    """A PostgreSQL database; see `database.Database` for what each method promises.

    Attributes:
        place: its address.
        engine: an engine on it.
        patience: how long to wait for another process, in seconds.
    """

    place: Place
    engine: Engine
    patience: float

    def find_version(self) -> int | None:
        """See `Database`."""
        with self.engine.connect() as connection:
            encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
            if encoding != "UTF8":
                raise UnreadableError(self.place, f"its encoding is {encoding}; make it with createdb --encoding=UTF8")
            tables = set(connection.exec_driver_sql("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").scalars())
            if not tables:
                return None
            kind = schema.meta.select().with_only_columns(schema.meta.c.value)
            if "meta" not in tables or connection.execute(kind.where(schema.meta.c.key == "kind")).scalar() != schema.KIND:
                raise NotALedgerError(self.place)
            return int(connection.execute(kind.where(schema.meta.c.key == "schema")).scalar_one())

    def make(self) -> None:
        """See `Database`."""
        with self.engine.execution_options(**{WRITES: True}).begin() as connection:
            if connection.exec_driver_sql("SELECT to_regclass('meta')").scalar() is None:
                create_schema(connection)

    def stamp(self, connection: Connection) -> None:
        """What `meta` says is enough."""

    def check_place(self) -> None:
        """A database that is dropped takes its connections with it."""

    def back_up(self) -> str:
        """A server's copies are made by whoever runs it, with pg_dump."""
        return ""

    def tidy(self) -> bool:
        """Rows that nobody can see any more stay in a table's pages until they are vacuumed."""
        with closing(self.engine.raw_connection()) as raw:
            raw.rollback()
            _set_alone(raw, alone=True)
            try:
                cursor = raw.cursor()
                alone = _wait_for_readers(cursor, time.monotonic() + self.patience)
                cursor.execute(f"VACUUM {', '.join(_HELD)}")
            finally:
                _set_alone(raw, alone=False)
        return alone

    def faults(self, connection: Connection) -> Iterator[str]:
        """References and keys hold by PostgreSQL's own constraints: a constraint or an index that does not count is a fault."""
        for query, words in _CHECKS:
            for name in connection.exec_driver_sql(query).scalars():
                yield words.format(name)


def open_server(place: Place, *, patience: float) -> ServerDatabase:
    """The database of an address, whose server is asked once.

    Args:
        place: the address.
        patience: how long to wait for another process that writes, in seconds.

    Raises:
        BadPlaceError: it is no address.
        MissingExtraError: the driver is not installed.
    """
    try:
        url = make_url(place.url or "")
    except (ArgumentError, ValueError):
        raise BadPlaceError(str(place)) from None
    driver = url.get_driver_name() if "+" in url.drivername else _DRIVER
    if importlib.util.find_spec(driver) is None:
        raise MissingExtraError("postgres", driver)
    url, arguments = _for_pg8000(url) if driver == _DRIVER else (url, {})
    engine = create_engine(url.set(drivername=f"postgresql+{driver}"), connect_args=arguments, pool_pre_ping=True, max_overflow=_AT_ONCE)
    engine.dialect.use_insertmanyvalues_wo_returning = True  # many rows in one statement, where this driver sends one each
    wait = f"SELECT set_config('lock_timeout', '{max(1, int(patience * 1000))}', true), pg_advisory_xact_lock({_LOCK})"

    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITES):
            connection.exec_driver_sql(f"{_TO_WRITE}; {wait}")

    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", begin)
    return ServerDatabase(place, engine, patience)


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.cursor().execute(_AS_A_RULE)
    connection.commit()


def _wait_for_readers(cursor: DBAPICursor, until: float) -> bool:
    """Wait until nobody may see rows as they were; whether that came before the moment `until` of the monotonic clock."""
    cursor.execute(_NEXT)
    following = cursor.fetchone()
    while True:
        cursor.execute(_READERS, following)
        found = cursor.fetchone()
        alone = found is not None and found[0] == 0
        if alone or time.monotonic() >= until:
            return alone
        time.sleep(_PAUSE)


def _set_alone(connection: PoolProxiedConnection, *, alone: bool) -> None:
    """Let each statement stand alone, as is needed for what cannot run inside a transaction; or no longer."""
    driver: Any = connection.driver_connection
    driver.autocommit = alone


def _for_pg8000(url: URL) -> tuple[URL, dict[str, Any]]:
    """What libpq reads of an address and of the machine, in this driver's words: sockets, encryption, password, user."""
    query = {key: value if isinstance(value, str) else value[-1] for key, value in url.query.items()}
    host = url.host or query.pop("host", "") or os.environ.get("PGHOST", "")
    port = url.port or int(query.pop("port", "") or os.environ.get("PGPORT", "") or _PORT)
    user = url.username or query.pop("user", "") or os.environ.get("PGUSER", "") or getpass.getuser()
    database = url.database or os.environ.get("PGDATABASE", "") or user
    arguments: dict[str, Any] = {"application_name": query.pop("application_name", "reportedly")}
    if host.startswith("/"):
        arguments["unix_sock"] = f"{host}/.s.PGSQL.{port}"
    context = _encryption(query.pop("sslmode", os.environ.get("PGSSLMODE", "prefer")), query.pop("sslrootcert", None))
    if context is not None:
        arguments["ssl_context"] = context
    password = url.password or query.pop("password", "") or os.environ.get("PGPASSWORD") or _kept_password(host, port, database, user)
    made = URL.create(url.drivername, user, password or None, host or "localhost", port, database, query)
    return made, arguments


def _encryption(mode: str, root: str | None) -> ssl.SSLContext | bool | None:
    """How the way to the server is encrypted, by libpq's names (PostgreSQL's documentation, 34.19); None leaves it open."""
    if mode in ("disable", "allow", "prefer"):
        return None
    context = ssl.create_default_context(cafile=root)
    context.check_hostname = mode == "verify-full"
    if mode == "require" and root is None:
        context.verify_mode = ssl.CERT_NONE
    return context


def _kept_password(host: str, port: int, database: str, user: str) -> str | None:
    """The password of the first line of libpq's password file that fits (34.16): host:port:database:user:password."""
    path = Path(os.environ.get("PGPASSFILE", Path.home() / ".pgpass"))
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    wanted = ("localhost" if host.startswith("/") else host, str(port), database, user)
    for line in lines:
        *given, password = line.replace("\\:", "\0").split(":", 4)
        if len(given) == len(wanted) and all(g.replace("\0", ":") in ("*", w) for g, w in zip(given, wanted, strict=True)):
            return password.replace("\0", ":").replace("\\\\", "\\")
    return None
