"""What a ledger's file must stand: other files, other versions, other processes, full disks, interruptions."""

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

import reportedly.ledger.documents.entering
from reportedly.errors import LedgerBusyError, NewerLedgerError, NoLedgerError, NoSpaceError, NotALedgerError, UnreadableError
from reportedly.ledger import open_ledger
from reportedly.ledger.databases.faults import naming_faults
from reportedly.ledger.schema import APPLICATION, SCHEMA
from reportedly.ledger.store import LedgerStore
from reportedly.model import Links, Place

if TYPE_CHECKING:
    from tests.ledger.conftest import Press
else:
    Press = Any


def test_a_ledger_survives_being_closed(ledger_path: Path, press: Press) -> None:
    """What was put is there when the file is opened again, and not where it was not to be made."""
    with pytest.raises(NoLedgerError, match="reportedly add"):
        open_ledger(ledger_path, create=False)
    assert not ledger_path.exists()
    with open_ledger(ledger_path, create=True) as store:
        store.put(*press.report())
        digest = store.digest()
    with open_ledger(ledger_path, create=False) as again:
        assert again.digest() == digest
        assert again.put(*press.report()) == (0, 0, 0)


def test_a_file_that_is_no_ledger_is_left_alone(tmp_path: Path) -> None:
    """A text, another program's database, and a device: each refused, none changed."""
    garbage = tmp_path / "notes.txt"
    garbage.write_text("Dear diary, " * 500)
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    for path in (garbage, other):
        before = path.read_bytes()
        for create in (True, False):
            with pytest.raises(NotALedgerError, match=path.name):
                open_ledger(path, create=create)
        assert path.read_bytes() == before
    with pytest.raises(NotALedgerError):
        open_ledger(Path(os.devnull), create=True)


def test_a_newer_ledger_is_refused(ledger_path: Path, press: Press) -> None:
    """A file of schema 99 says so and stays as it is."""
    with open_ledger(ledger_path, create=True) as store:
        store.put(*press.report())
    with closing(sqlite3.connect(ledger_path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(NewerLedgerError, match=f"schema 99, newer than {SCHEMA}"):
        open_ledger(ledger_path, create=True)


def test_an_empty_file_is_no_ledger_yet(ledger_path: Path, press: Press) -> None:
    """What a creation that was killed leaves behind becomes a ledger where one may be made."""
    ledger_path.touch()
    with pytest.raises(NoLedgerError):
        open_ledger(ledger_path, create=False)
    with open_ledger(ledger_path, create=True) as store:
        assert store.put(*press.report()) == (1, 2, 0)


def test_paths_that_cannot_be_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder, a folder that is missing, a file in place of a folder, and a file nobody lets us read."""
    (tmp_path / "file").write_text("x")
    for path in (tmp_path, tmp_path / "missing" / "l.db", tmp_path / "file" / "l.db"):
        with pytest.raises(UnreadableError, match="cannot read"):
            open_ledger(path, create=True)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(UnreadableError, match="Permission denied"):
        open_ledger(tmp_path / "new.db", create=True)


def test_a_file_is_made_with_the_permissions_of_the_user(ledger_path: Path) -> None:
    """The umask holds, nobody else may write, nothing is executable."""
    before = os.umask(0o002)
    try:
        open_ledger(ledger_path, create=True).close()
    finally:
        os.umask(before)
    assert stat.S_IMODE(ledger_path.stat().st_mode) == 0o644


def test_a_ledger_where_nothing_may_be_written_is_read(ledger_path: Path, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a read-only folder it answers, and says that it cannot be written."""
    path = ledger_path.with_name("odd name? #1.db")
    with open_ledger(path, create=True) as store:
        store.put(*press.report())
    monkeypatch.setattr(os, "access", lambda *_: False)
    with open_ledger(path, create=False) as store:
        assert len(store.holdings().claims) == 2
        assert store.search("ferry", limit=1)
        with pytest.raises(UnreadableError, match="may not be written"):
            store.put(*press.report("other.txt", "Another text.", ()))


class StoppedError(BaseException):
    """Stands for Ctrl-C."""


@pytest.mark.parametrize("step", ["enter_text", "enter_name", "_enter_articles", "_enter_claims", "enter_problems"])
def test_an_interrupted_put_leaves_nothing_of_its_document(
    sqlite: LedgerStore, press: Press, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Whichever step is cut short, what came before stands whole, and `put` completes the ledger afterwards."""
    sqlite.put(*press.report())
    before = (sqlite.digest(), sqlite.revision)

    def stop(*_: object, **__: object) -> None:
        raise StoppedError

    with monkeypatch.context() as patch:
        patch.setattr(reportedly.ledger.documents.entering, step, stop)
        with pytest.raises(StoppedError):
            sqlite.put(*press.report("other.txt", "The ferry was old.", ()))
    assert (sqlite.digest(), sqlite.revision) == before
    assert not sqlite.search("old", limit=1)
    assert sqlite.put(*press.report("other.txt", "The ferry was old.", ())) == (1, 0, 0)
    assert all(row.holds for row in sqlite.verify())


def test_a_ledger_that_another_process_holds_is_busy(sqlite: LedgerStore, press: Press, ledger_path: Path) -> None:
    """Writing waits and then says so; reading goes on."""
    sqlite.put(*press.report())
    with closing(sqlite3.connect(ledger_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerBusyError, match="locked by another process"):
            sqlite.put(*press.report("other.txt", "Another text.", ()))
        assert len(sqlite.holdings().documents) == 1
        other.execute("ROLLBACK")
    assert sqlite.put(*press.report("other.txt", "Another text.", ())) == (1, 0, 0)


def test_a_reader_sees_one_moment(sqlite: LedgerStore, press: Press) -> None:
    """What is put while anchors are verified is not half seen."""
    sqlite.put(*press.report())
    rows = sqlite.verify()
    next(rows)
    sqlite.put(*press.report("other.txt", "The ferry sank at dawn. " + press.report()[0].text))
    assert len(list(rows)) == 6
    assert len(list(sqlite.verify())) == 14


@contextmanager
def small_disk(store: LedgerStore, spare: int) -> Iterator[None]:
    """A disk that has room for a few more pages of the ledger."""

    def limit(connection: sqlite3.Connection, *_: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + spare}")

    store.close()
    event.listen(store.engine, "connect", limit)
    yield
    event.remove(store.engine, "connect", limit)
    store.close()


def test_a_full_disk_leaves_nothing_half_written(sqlite: LedgerStore, press: Press) -> None:
    """A text too long for the disk is refused, whole; when there is room it goes on."""
    sqlite.put(*press.report())
    before = (sqlite.digest(), sqlite.revision)
    long = press.report("long.txt", "The ferry sank at dawn. " * 20_000, ())
    with small_disk(sqlite, 4):
        with pytest.raises(NoSpaceError, match="no space left"):
            sqlite.put(*long)
        assert (sqlite.digest(), sqlite.revision) == before
    assert sqlite.put(*long) == (1, 0, 0)
    assert all(row.holds for row in sqlite.verify())


@pytest.mark.parametrize(("number", "kind"), [(28, NoSpaceError), (122, NoSpaceError), (13, UnreadableError), (5, UnreadableError)])
def test_faults_of_the_system_have_names(ledger_path: Path, number: int, kind: type[Exception]) -> None:
    """ENOSPC and EDQUOT are a full disk, EACCES and EIO a path that cannot be read."""
    with pytest.raises(kind), naming_faults(Place.of(ledger_path)):
        raise OSError(number, os.strerror(number))


def test_a_mistake_of_ours_is_no_fault_of_the_disk(sqlite: LedgerStore) -> None:
    """A broken constraint is raised as it is, not dressed up as the user's trouble."""
    with pytest.raises(IntegrityError), naming_faults(sqlite.place), sqlite.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO names VALUES ('d:none', 'x', 1)")


def test_a_damaged_file_is_named(ledger_path: Path, press: Press) -> None:
    """Pages overwritten behind our back: an error of ours, no traceback of the driver."""
    with open_ledger(ledger_path, create=True) as store:
        store.put(*press.report())
    content = bytearray(ledger_path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    ledger_path.write_bytes(content)
    with pytest.raises(UnreadableError, match="damaged"), open_ledger(ledger_path, create=False) as store:
        store.holdings()


def test_verify_finds_a_text_that_was_changed_in_the_file(sqlite: LedgerStore, press: Press, ledger_path: Path) -> None:
    """One letter of a stored text: the text is named, and the anchors that it moved."""
    sqlite.put(*press.report())
    with closing(sqlite3.connect(ledger_path)) as connection, connection:
        connection.execute("UPDATE texts SET content = CAST(replace(content, 'drowned', 'sneezed') AS BLOB)")
    failed = [row for row in sqlite.verify() if not row.holds]
    assert failed[0].part == "text"
    assert {(row.part, row.found) for row in failed[1:]} >= {("content", "At least 47 people sneezed")}
    with closing(sqlite3.connect(ledger_path)) as connection, connection:
        connection.execute("UPDATE texts SET content = x'ff'")
    assert not any(row.holds for row in sqlite.verify())


def test_verify_holds_the_stored_quotes_too(sqlite: LedgerStore, press: Press, ledger_path: Path) -> None:
    """An anchor whose prefix no longer stands before it does not hold."""
    sqlite.put(*press.report())
    with closing(sqlite3.connect(ledger_path)) as connection, connection:
        connection.execute("UPDATE anchors SET prefix = 'x' WHERE part = 'cue'")
    assert {row.part for row in sqlite.verify() if not row.holds} == {"cue"}


def test_a_removed_text_is_gone_from_the_file(ledger_path: Path, press: Press) -> None:
    """After `remove` and `tidy` no byte of text, claims, anchors or word index is left in the ledger's files."""
    with open_ledger(ledger_path, create=True) as store:
        store.put(*press.report("keep.txt", "The harbour is calm.", ()))
        store.put(*press.report("secret.txt"))
        store.put(*press.report("secret.txt", extractor="rules/2", said=()))
        store.remove(store.find_document("secret.txt"), "court order")
        store.tidy()
        everything = b"".join(path.read_bytes() for path in ledger_path.parent.iterdir())
        assert b"drowned" not in everything
        assert b"overloaded" not in everything
        assert b"court order" in everything
        assert b"harbour" in everything
        assert [hit.document for hit in store.search("harbour", limit=2)] == ["keep.txt"]


def test_threads_share_a_store(ledger_path: Path, press: Press) -> None:
    """Four threads put and read at once; each document is there once, and revisions have no gap."""

    def work(number: int) -> None:
        for k in range(5):
            store.put(*press.report(f"{k}.txt", f"Report {k}: at least 47 people drowned.", ()))
            store.put(*press.report(f"{number}-{k}.txt", f"Report {number} {k}.", ()))
            store.holdings()

    with open_ledger(ledger_path, create=True, patience=30) as store:
        threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(store.holdings().documents) == store.revision == 25


def hold_for_writing(path: Path) -> sqlite3.Connection:
    """What another process does that is about to make the ledger of an empty file."""
    path.touch()
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    return other


def test_one_that_makes_a_ledger_waits_for_another_that_does(ledger_path: Path) -> None:
    """SQLite refuses a change of the journal at once where another has begun to write: it is asked for again."""
    with closing(hold_for_writing(ledger_path)) as other:
        release = threading.Timer(0.2, other.rollback)
        release.start()
        with open_ledger(ledger_path, create=True, patience=30) as store:
            assert store.revision == 0
        release.join()


def test_one_that_makes_a_ledger_waits_no_longer_than_it_may(ledger_path: Path) -> None:
    """Where the other never ends, it is said that the ledger is locked."""
    with closing(hold_for_writing(ledger_path)), pytest.raises(LedgerBusyError, match="locked by another process"):
        open_ledger(ledger_path, create=True, patience=0.1)


ADDER = """
import sys
from reportedly.ledger import open_ledger
from reportedly.model import *

def reading(n):
    text = f"Report {n}: a ferry sank."
    content = text.encode()
    document = Document(id=document_id(digest(content), None, None), name=f"{n}.txt", text_digest=text_digest(text),
                        bytes_digest=digest(content), media_type="text/plain", reader="text/1")
    return Reading(document=document, text=text)

with open_ledger(sys.argv[1], create=True, patience=30) as store:
    for n in range(int(sys.argv[2]), int(sys.argv[3])):
        store.put(reading(n), [])
"""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_processes_make_and_fill_a_ledger_at_once(ledger_path: Path, kind: str, request: pytest.FixtureRequest) -> None:
    """Both create it, both add documents of which half are the same: each is there once."""
    place = str(ledger_path)
    if kind == "postgresql":
        server = request.getfixturevalue("postgres")
        place = server.url(server.make_database())
    ranges = [("0", "40"), ("20", "60")]
    running = [subprocess.Popen([sys.executable, "-c", ADDER, place, *r], stderr=subprocess.PIPE) for r in ranges]
    errors = [process.communicate(timeout=60)[1].decode() for process in running]
    assert [process.returncode for process in running] == [0, 0], errors
    with open_ledger(place, create=False) as store:
        assert len(store.holdings().documents) == store.revision == 60
        assert len(store.search("ferry", limit=100)) == 60


def test_a_killed_process_leaves_a_ledger_that_add_completes(ledger_path: Path) -> None:
    """SIGKILL at a moment of its own choosing: whole documents only, and the rest can be added."""
    process = subprocess.Popen([sys.executable, "-c", ADDER, str(ledger_path), "0", "100000"], stderr=subprocess.DEVNULL)
    log = Path(f"{ledger_path}-wal")
    while not log.exists() or log.stat().st_size < 1_000_000:  # the tables alone take a quarter of that
        assert process.poll() is None
    process.kill()
    process.communicate()
    with open_ledger(ledger_path, create=True, patience=5) as store:
        held = store.holdings()
        names = {d.name for d in held.documents.values()}
        assert names == {f"{n}.txt" for n in range(len(names))}
        assert names
        assert set(held.texts) == {d.text_digest for d in held.documents.values()}
        assert all(row.holds for row in store.verify())


def test_an_unchanged_ledger_is_read_once(sqlite: LedgerStore, press: Press) -> None:
    """Holdings are kept until the revision rises, by whoever."""
    sqlite.put(*press.report())
    first = sqlite.holdings()
    assert sqlite.holdings() is first
    with open_ledger(sqlite.place, create=False) as other:
        other.put_links(Links(utterance_of={"c:1": "u:1"}))
    assert sqlite.holdings().links.utterance_of == {"c:1": "u:1"}


def test_the_file_says_what_it_is(sqlite: LedgerStore, ledger_path: Path) -> None:
    """SQLite's own header fields and the journal mode."""
    assert sqlite.revision == 0
    with closing(sqlite3.connect(ledger_path)) as connection:
        pragmas = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version", "journal_mode")]
    assert pragmas == [APPLICATION, SCHEMA, "wal"]
