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
    """

    folder: Path
    port: int

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

    def drop_database(self, name: str) -> None:
        """Take a database away, whoever is still connected."""
        self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def start(self) -> None:
        """Start it; it answers afterwards."""
        settings = (*_FAST, f"port={self.port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={self.folder}")
        words = " ".join(f"-c {setting}" for setting in settings)
        self._control("start", "-l", str(self.folder / "log"), "-o", words)

    def stop(self) -> None:
        """Stop it at once, as a crash would."""
        self._control("stop", "-m", "immediate")

    def _control(self, deed: str, *words: str) -> None:
        _run("pg_ctl", deed, "-D", str(self.folder / "data"), "-w", "-s", *words)


@contextlib.contextmanager
def running_server() -> Iterator[Server]:
    """A new, empty server, stopped and gone afterwards.

    Raises:
        FileNotFoundError: PostgreSQL is not installed.
    """
    folder = Path(tempfile.mkdtemp(prefix="reportedly-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _unprivileged())
        _run("initdb", "-D", str(folder / "data"), "-A", "trust", "-U", _USER, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        server = Server(folder, _free_port())
        server.start()
        try:
            yield server
        finally:
            with contextlib.suppress(subprocess.CalledProcessError):  # a test may have stopped it
                server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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
