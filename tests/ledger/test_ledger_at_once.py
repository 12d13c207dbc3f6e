"""Two processes at the same moment: making a ledger, bringing it up, leaving nothing of what was removed beside readers and others."""

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from reportedly.errors import LedgerBusyError, UntidyError
from reportedly.ledger import open_ledger
from reportedly.ledger.databases import files, migrating
from reportedly.ledger.databases.database import Database
from reportedly.ledger.databases.faults import naming_faults
from reportedly.ledger.databases.files import FileDatabase
from reportedly.ledger.databases.servers import ServerDatabase
from reportedly.ledger.schema import SCHEMA
from reportedly.ledger.store import LedgerStore
from reportedly.model import Place
from reportedly.tasks import care

if TYPE_CHECKING:
    from tests.ledger.conftest import Press
else:
    Press = Any

_PATIENCE = 30  # seconds: none of these tests needs them

_LOCK_BYTE = 121
"""Where in a log's shared memory whoever brings it into the file holds a lock (https://www.sqlite.org/walformat.html, 2.3.1)."""

EMPTIER = f"""
import fcntl, sys
with open(sys.argv[1], "r+b") as memory:
    fcntl.lockf(memory, fcntl.LOCK_EX, 1, {_LOCK_BYTE})
    print("held", flush=True)
    sys.stdin.read()
"""
"""A process that is bringing the log into the file, until nobody speaks to it any more."""


def both_at_once(deed: Callable[[], object]) -> list[object]:
    """What two threads give that do the same, or what went wrong in them."""
    found: list[object] = []

    def work() -> None:
        try:
            found.append(deed())
        except Exception as error:  # noqa: BLE001 - told to whoever asserts
            found.append(error)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def meet_in(monkeypatch: pytest.MonkeyPatch, where: object, name: str) -> None:
    """Let nobody go into a function before two are about to."""
    barrier, go_in = threading.Barrier(2, timeout=_PATIENCE), getattr(where, name)

    def together(*given: object) -> object:
        barrier.wait()
        return go_in(*given)

    monkeypatch.setattr(where, name, together)


@pytest.mark.parametrize("kind", [FileDatabase, ServerDatabase])
def test_two_that_find_no_ledger_make_one(
    ledger_path: Path, kind: type[Database], request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both saw that there is none before either made it: one makes it, the other finds it made, and both can use it."""
    place: Path | str = ledger_path
    if kind is ServerDatabase:
        server = request.getfixturevalue("postgres")
        place = server.url(server.make_database())
    meet_in(monkeypatch, kind, "make")

    def make() -> int:
        with open_ledger(place, create=True, patience=_PATIENCE) as store:
            return store.revision

    assert both_at_once(make) == [0, 0]
    assert [row.check for row in care.examine(place) if row.condition == "broken"] == []


def age(path: Path) -> None:
    """Let a ledger's file say that it is of the schema before."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (str(SCHEMA - 1),))
        connection.execute(f"PRAGMA user_version = {SCHEMA - 1}")


def test_two_that_find_an_older_ledger_keep_one_copy(ledger_path: Path, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both saw that it is older before either brought it up: one keeps a copy and does it, the other finds it done."""
    with open_ledger(ledger_path, create=True) as store:
        store.put(*press.report())
    age(ledger_path)
    meet_in(monkeypatch, migrating, "migrate")

    def read() -> int:
        with open_ledger(ledger_path, create=False, patience=_PATIENCE) as store:
            return len(store.holdings().documents)

    assert both_at_once(read) == [1, 1]
    assert [path.name for path in ledger_path.parent.glob("*.before-*")] == [f"{ledger_path.name}.before-schema-{SCHEMA}"]


def test_two_that_bring_up_a_server_find_it_done(postgres: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same on a server, where a person says so: both are told that it has this schema now."""
    address = postgres.url(postgres.make_database())
    open_ledger(address, create=True).close()
    postgres.run(f"UPDATE meta SET value = '{SCHEMA - 1}' WHERE key = 'schema'", address.rpartition("/")[2])
    meet_in(monkeypatch, migrating, "migrate")
    done = both_at_once(lambda: care.migrate(address, agreed=True).after)
    assert done == [SCHEMA, SCHEMA]
    assert [row.check for row in care.examine(address) if row.condition == "broken"] == []


def test_nobody_writes_between_the_copy_and_the_migration(ledger_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the copy is made another process that wants to write is refused: the copy lacks nothing that the ledger had."""
    open_ledger(ledger_path, create=True).close()
    age(ledger_path)
    tried: list[str] = []
    back_up = FileDatabase.back_up

    def beside(database: FileDatabase) -> str:
        with closing(sqlite3.connect(ledger_path, timeout=0, isolation_level=None)) as other:
            try:
                other.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                tried.append(error.sqlite_errorname)
        return back_up(database)

    monkeypatch.setattr(FileDatabase, "back_up", beside)
    open_ledger(ledger_path, create=False).close()
    assert tried == ["SQLITE_BUSY"]


def test_tidying_waits_for_another_that_empties_the_log(ledger_path: Path, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite leaves the log alone where another process is bringing it into the file: it is asked again, and nothing stays of the text."""
    with open_ledger(ledger_path, create=True, patience=_PATIENCE) as store:
        store.put(*press.report())
        memory, log = Path(f"{ledger_path}-shm"), Path(f"{ledger_path}-wal")
        with subprocess.Popen([sys.executable, "-c", EMPTIER, str(memory)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
            assert other.stdout is not None
            assert other.stdin is not None
            assert other.stdout.readline() == b"held\n"
            waited: list[int] = []

            def let_go(_: float) -> None:
                waited.append(log.stat().st_size)
                other.communicate(timeout=_PATIENCE)

            monkeypatch.setattr(files, "time", SimpleNamespace(monotonic=time.monotonic, sleep=let_go))
            store.remove(store.find_document("ferry.txt"), "asked for")
            store.tidy()
        assert len(waited) == 1
        assert waited[0] > 0
        assert log.stat().st_size == 0


def test_a_removal_goes_on_beside_a_reader(shared: LedgerStore, press: Press) -> None:
    """Somebody is reading while a document is removed: the removal is through, and the reader goes on to see its own moment."""
    shared.put(*press.report())
    with open_ledger(shared.place, create=False) as other, other.engine.connect() as reader:
        count = "SELECT count(*) FROM documents"
        assert reader.exec_driver_sql(count).scalar_one() == 1
        shared.remove(shared.find_document("ferry.txt"), "asked for")
        assert reader.exec_driver_sql(count).scalar_one() == 1
        assert shared.holdings().documents == {}


def test_words_that_stay_for_the_sake_of_a_reader_are_told_of(shared: LedgerStore, press: Press) -> None:
    """Who reads the ledger as it was keeps it in its files: said with what to do, and gone once that reader has gone."""
    shared.put(*press.report())
    with open_ledger(shared.place, create=False, patience=0) as other:
        with shared.engine.connect() as reader:
            assert reader.exec_driver_sql("SELECT count(*) FROM documents").scalar_one() == 1
            other.remove(other.find_document("ferry.txt"), "asked for")
            with pytest.raises(UntidyError, match=r"end that program, then run `reportedly doctor --mend`"):
                other.tidy()
        other.tidy()


@pytest.mark.parametrize("name", ["SQLITE_BUSY", "SQLITE_BUSY_RECOVERY", "SQLITE_BUSY_SNAPSHOT", "SQLITE_PROTOCOL", "SQLITE_SCHEMA"])
def test_what_others_do_to_the_file_is_told_as_such(ledger_path: Path, name: str) -> None:
    """Whatever SQLite calls it that another process was quicker: the ledger is locked, and it may be tried again."""
    error = sqlite3.OperationalError("told by SQLite")
    error.sqlite_errorname = name
    with pytest.raises(LedgerBusyError), naming_faults(Place.of(ledger_path)):
        raise error
