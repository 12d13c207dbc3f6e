"""A PostgreSQL server that tests and evaluations start themselves, in a folder of its own, and databases on it."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pg8000.native import Connection  # type: ignore[import-untyped]

_USER = "tester"
_NOT_ROOT = ("postgres", "nobody")
"""Users that a server runs as where root starts it: PostgreSQL refuses root."""

_FAST = ("fsync=off", "full_page_writes=off", "autovacuum=off", "max_connections=200", "shared_buffers=64MB")
"""Settings of a server whose data nobody misses after a power cut; killing a client or the server itself loses nothing by them."""

LARGE = ("shared_buffers=1GB", "work_mem=64MB", "maintenance_work_mem=512MB", "max_wal_size=8GB", "random_page_cost=1.1")
"""What a server of a million claims is given besides, as `docs/sharing.md` advises; of two settings of one name the later holds."""

_ENDED = slice(13, 15)
"""Where `/proc/PID/stat` tells the time of processes that ended, user's and system's, counted behind the name (proc_pid_stat(5))."""


def find_program(name: str) -> str | None:
    """The path of one of PostgreSQL's programs, wherever the machine keeps them; None where it is not installed."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return shutil.which(name) or next((str(path) for path in debian), None)


@dataclass(frozen=True, slots=True)
class Server:
    """A running server.

    Attributes:
        folder: its data, log and socket.
        port: where it listens, on this machine alone.
        settings: what it is started with, beside what all are.
    """

    folder: Path
    port: int
    settings: tuple[str, ...] = ()

    def url(self, database: str) -> str:
        """The address of a database."""
        return f"postgresql://{_USER}@127.0.0.1:{self.port}/{database}"

    def run(self, statement: str, database: str = "postgres") -> list[list[Any]]:
        """Run a statement outside any transaction; its rows."""
        with contextlib.closing(Connection(_USER, host="127.0.0.1", port=self.port, database=database)) as connection:
            return list(connection.run(statement) or ())

    def make_database(self, template: str = "template0") -> str:
        """A new database; its name."""
        name = f"ledger_{uuid.uuid4().hex[:12]}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def empty_databases(self) -> Generator[str, None, None]:
        """The address of an empty database, again and again: what was made in it goes when the next is asked for."""
        name = self.make_database()
        try:
            while True:
                yield self.url(name)
                self.run("DROP SCHEMA public CASCADE", name)
                self.run("CREATE SCHEMA public", name)
        finally:
            self.drop_database(name)

    def has_database(self, name: str) -> bool:
        """Whether there is a database of a name."""
        return bool(self.run(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))  # noqa: S608 - our own name

    def drop_database(self, name: str) -> None:
        """Take a database away, whoever is still connected."""
        self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def start(self) -> None:
        """Start it; it answers afterwards."""
        here = (f"port={self.port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={self.folder}")
        settings = (*_FAST, *self.settings, *here)
        words = " ".join(f"-c {setting}" for setting in settings)
        self._control("start", "-l", str(self.folder / "log"), "-o", words)

    def stop(self, mode: str = "immediate") -> None:
        """Stop it: at once, as a crash would, or in another of `pg_ctl`'s modes."""
        self._control("stop", "-m", mode)

    def processor(self) -> float:
        """Seconds of processor time that its processes took; Linux tells those that run in nanoseconds, those that ended in hundredths."""
        main = (self.folder / "data" / "postmaster.pid").read_text(encoding="ascii").split()[0]
        children = Path(f"/proc/{main}/task/{main}/children").read_text(encoding="ascii").split()
        ended = Path(f"/proc/{main}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[_ENDED]
        return sum(map(_processor_of, (main, *children))) / 1e9 + sum(map(int, ended)) / os.sysconf("SC_CLK_TCK")

    def _control(self, deed: str, *words: str) -> None:
        _run("pg_ctl", deed, "-D", str(self.folder / "data"), "-w", "-s", *words)


@contextlib.contextmanager
def kept_server(folder: Path) -> Iterator[Server]:
    """A server for large ledgers whose data stay in a folder: made where it is not there, started and stopped where it does not run.

    Raises:
        FileNotFoundError: PostgreSQL is not installed.
    """
    folder = folder.absolute()
    if port := _port_of(folder):
        yield Server(folder, port, LARGE)
        return
    if not (folder / "data" / "PG_VERSION").exists():
        folder.mkdir(parents=True, exist_ok=True)
        _make(folder)
    server = Server(folder, _free_port(), LARGE)
    server.start()
    try:
        yield server
    finally:
        server.stop("fast")


@contextlib.contextmanager
def running_server() -> Iterator[Server]:
    """A new, empty server, stopped and gone afterwards.

    Raises:
        FileNotFoundError: PostgreSQL is not installed.
    """
    folder = Path(tempfile.mkdtemp(prefix="reportedly-pg-"))
    try:
        _make(folder)
        server = Server(folder, _free_port())
        server.start()
        try:
            yield server
        finally:
            with contextlib.suppress(subprocess.CalledProcessError):  # a test may have stopped it
                server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make(folder: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(folder, _unprivileged())
    _run("initdb", "-D", str(folder / "data"), "-A", "trust", "-U", _USER, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")


def _port_of(folder: Path) -> int | None:
    """Where the server of a folder listens; None where it does not run."""
    try:
        process, _, _, port, *_ = (folder / "data" / "postmaster.pid").read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return None
    return int(port) if Path(f"/proc/{process}").exists() else None


def _processor_of(process: str) -> int:
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text(encoding="ascii").split()[0])
    except OSError:  # it ended meanwhile
        return 0


def _run(name: str, *words: str) -> None:
    program = find_program(name)
    if program is None:
        raise FileNotFoundError(name)
    before = []
    if os.geteuid() == 0:
        user = _unprivileged()
        before = ["setpriv", f"--reuid={user}", "--regid=" + _group_of(user), "--clear-groups"]
    subprocess.run([*before, program, *words], check=True, stdout=subprocess.DEVNULL, cwd="/")


def _unprivileged() -> str:
    import pwd  # noqa: PLC0415 - not on every system

    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in _NOT_ROOT if name in names)


def _group_of(user: str) -> str:
    import pwd  # noqa: PLC0415 - likewise

    return str(pwd.getpwnam(user).pw_gid)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
