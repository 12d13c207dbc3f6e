"""What a ledger on a PostgreSQL server must stand, and how its address is read."""

import os
import ssl
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from reportedly.errors import (
    BadPlaceError,
    LedgerBusyError,
    MissingExtraError,
    NewerLedgerError,
    NoLedgerError,
    NoSpaceError,
    NotALedgerError,
    OlderLedgerError,
    UnreachableError,
    UnreadableError,
)
from reportedly.ledger import open_ledger
from reportedly.ledger.databases.faults import naming_faults
from reportedly.ledger.databases.making import create_schema
from reportedly.ledger.databases.migrating import upgrade
from reportedly.ledger.databases.servers import ServerDatabase, _for_pg8000, open_server
from reportedly.ledger.schema import SCHEMA
from reportedly.ledger.store import LedgerStore
from reportedly.model import Place

if TYPE_CHECKING:
    from tests.ledger.conftest import Press
else:
    Press = Any

Address = Callable[[], str]


def shape(connection: Connection) -> list[Any]:
    """Everything about the tables of a database: columns with type and collation, keys, references, indexes."""
    columns = connection.execute(
        text(
            "SELECT table_name, column_name, data_type, is_nullable, collation_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name <> 'alembic_version' ORDER BY 1, 2"
        )
    ).all()
    indexes = connection.execute(text("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1")).all()
    references = connection.execute(text("SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint ORDER BY 1")).all()
    return [*columns, *indexes, *references]


def test_a_fresh_ledger_on_a_server_equals_a_migrated_one(postgres: Any) -> None:
    """Every table, index and constraint, made at once or by the migrations from the first, is the same."""
    names = [postgres.make_database(), postgres.make_database()]
    shapes = []
    for name, make in zip(names, (create_schema, upgrade), strict=True):
        engine = create_engine(postgres.url(name).replace("postgresql:", "postgresql+pg8000:"))
        with engine.begin() as connection:
            make(connection)
            shapes.append(shape(connection))
        engine.dispose()
        postgres.drop_database(name)
    for one, other in zip(*shapes, strict=True):
        assert one == other


def test_a_database_of_something_else_is_left_alone(postgres: Any) -> None:
    """Other tables, none at all, another encoding, a name that is not there: each said, nothing made."""
    other = postgres.make_database()
    address = postgres.url(other)
    with pytest.raises(NoLedgerError, match="reportedly add"):
        open_ledger(address, create=False)
    postgres.run("CREATE TABLE bookmarks (url TEXT)", other)
    for create in (True, False):
        with pytest.raises(NotALedgerError):
            open_ledger(address, create=create)
    postgres.run("CREATE TABLE meta (key TEXT, value TEXT)", other)
    with pytest.raises(NotALedgerError):
        open_ledger(address, create=True)
    assert postgres.run("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", other) == [[2]]
    postgres.drop_database(other)
    with pytest.raises(UnreadableError, match="createdb"):
        open_ledger(address, create=True)
    postgres.run("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    with pytest.raises(UnreadableError, match="LATIN1"):
        open_ledger(postgres.url("latin"), create=True)


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    """Nobody at the port: said in a line, the password kept out of it."""
    with pytest.raises(UnreachableError, match=r"postgresql://ann:\*\*\*@127.0.0.1:1/news cannot be reached") as raised:
        open_ledger("postgresql://ann:secret@127.0.0.1:1/news", create=False)
    assert "secret" not in str(raised.value)


def test_newer_and_older_ledgers_on_a_server(database: Address, postgres: Any, press: Press) -> None:
    """A newer one is refused; an older one is brought up only where somebody says so, for others may be using it."""
    from reportedly.tasks import care  # noqa: PLC0415 - beside its use

    address = database()
    name = address.rpartition("/")[2]
    postgres.run("UPDATE meta SET value = '99' WHERE key = 'schema'", name)
    with pytest.raises(NewerLedgerError, match=f"schema 99, newer than {SCHEMA}"):
        open_ledger(address, create=True)
    postgres.run(f"UPDATE meta SET value = '{SCHEMA - 1}' WHERE key = 'schema'", name)
    with pytest.raises(OlderLedgerError, match="pg_dump"):
        open_ledger(address, create=True)
    with pytest.raises(OlderLedgerError, match="migrate --yes"):
        care.migrate(address)
    (_, checkup) = care.examine(address)
    assert (checkup.check, checkup.condition, checkup.remedy) == ("schema", "broken", "reportedly migrate")
    made = care.migrate(address, agreed=True)
    assert (made.before, made.after, made.copy) == (SCHEMA - 1, SCHEMA, None)
    with open_ledger(address, create=False) as store:
        assert store.put(*press.report()) == (1, 2, 0)


def test_who_writes_waits_for_who_writes_and_readers_for_nobody(database: Address, press: Press) -> None:
    """While another process is in the middle of writing, writing waits and then says so; reading goes on."""
    address = database()
    with open_ledger(address, create=False) as other, open_ledger(address, create=False, patience=0.2) as store:
        store.put(*press.report())
        with other._turn():  # noqa: SLF001 - another process in the middle of a document
            with pytest.raises(LedgerBusyError, match="locked by another process"):
                store.put(*press.report("other.txt", "Another text.", ()))
            assert len(store.holdings().documents) == 1
        assert store.put(*press.report("other.txt", "Another text.", ())) == (1, 0, 0)


def test_readers_see_one_moment_and_compile_nothing(database: Address) -> None:
    """Every connection reads a snapshot, cannot write, and does not compile queries, which takes longer than a page of a list."""
    with open_ledger(database(), create=False) as store, store.engine.connect() as connection:
        names = ("transaction_isolation", "transaction_read_only", "jit")
        found = [connection.exec_driver_sql(f"SHOW {name}").scalar() for name in names]
        assert found == ["repeatable read", "on", "off"]


def write_while_it_stops(store: LedgerStore, postgres: Any) -> None:
    """Be in the middle of a document while the server crashes."""
    with store._turn() as turn:  # noqa: SLF001 - inside of it
        turn.connection.exec_driver_sql("DELETE FROM anchors")
        postgres.stop()
        turn.connection.exec_driver_sql("DELETE FROM claims")


def test_a_server_that_stops_in_the_middle_leaves_whole_documents(database: Address, postgres: Any, press: Press) -> None:
    """It crashes inside a document: an error that says what to do; when it is back the same store goes on, nothing half-written."""
    with open_ledger(database(), create=False) as store:
        store.put(*press.report())
        before = (store.digest(), store.revision)
        with pytest.raises(UnreachableError, match="goes on where it stopped"):
            write_while_it_stops(store, postgres)
        with pytest.raises(UnreachableError):
            store.holdings()
        postgres.start()
        assert (store.digest(), store.revision) == before
        assert store.put(*press.report("other.txt", "Another text.", ())) == (1, 0, 0)
        assert all(row.holds for row in store.verify())


def test_names_and_addresses_of_any_length_are_kept(database: Address, press: Press) -> None:
    """A name and an address longer than an index of PostgreSQL takes, which a record of a stranger may have."""
    name, url = "n" * 9_000, "https://example.org/?" + "".join(f"{n:x}" for n in range(3_000))
    with open_ledger(database(), create=False) as store:
        assert store.put(*press.report(name, url=url)) == (1, 2, 0)
        assert store.put(*press.report(name, url=url)) == (0, 0, 0)
        store.put(*press.report(name[1:], "Another text.", ()))
        assert store.find_document(name).url == url
        assert {d.name for d in store.holdings().documents.values()} == {name, name[1:]}


def test_words_of_any_number_and_length_are_found(database: Address, press: Press) -> None:
    """More different words than a `tsvector` takes, and words longer than a lexeme: found like any others."""
    many = " ".join(f"w{n:06d}" for n in range(120_000))
    long = "x" * 700
    with open_ledger(database(), create=False) as store:
        store.put(*press.report("many.txt", f"{many} the harbour burnt", ()))
        store.put(*press.report("long.txt", f"A {long}y word and {long}z.", ()))
        assert [hit.document for hit in store.search('w000001 "harbour burnt"', limit=5)] == ["many.txt"]
        assert [hit.document for hit in store.search("w0999*", limit=5)] == ["many.txt"]
        assert store.search('"burnt harbour"', limit=5) == []
        for question, found in ((f"{long}y", 1), (f"{long}q", 0), (f"{long}*", 1), (f'"{long}y word"', 1), (f'"{long}z word"', 0)):
            assert len(store.search(question, limit=5)) == found


def test_more_texts_than_are_ranked_are_found(database: Address, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest are ranked and come first; the others follow, each once."""
    monkeypatch.setattr("reportedly.ledger.search.tsvectors._RANKED", 3)
    with open_ledger(database(), create=False) as store:
        for number in range(8):
            store.put(*press.report(f"{number}.txt", f"Report {number} of the ferry.", ()))
        assert sorted(hit.document for hit in store.search("ferry", limit=20)) == [f"{n}.txt" for n in range(8)]
        assert {hit.document for hit in store.search("ferry", limit=3)} == {"5.txt", "6.txt", "7.txt"}


def test_threads_share_a_store_on_a_server(database: Address, press: Press) -> None:
    """Four threads put and read at once; each document is there once, and revisions have no gap."""

    def work(number: int) -> None:
        for k in range(4):
            store.put(*press.report(f"{k}.txt", f"Report {k}: at least 47 people drowned.", ()))
            store.put(*press.report(f"{number}-{k}.txt", f"Report {number} {k}.", ()))
            store.holdings()

    with open_ledger(database(), create=False, patience=30) as store:
        threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(store.holdings().documents) == store.revision == 20


def test_a_removed_text_is_not_in_the_database_any_more(database: Address, press: Press) -> None:
    """No table holds a word of it, and no dead row is left for whoever looks into the pages."""
    with open_ledger(database(), create=False) as store:
        store.put(*press.report("keep.txt", "The harbour is calm.", ()))
        store.put(*press.report("secret.txt"))
        store.remove(store.find_document("secret.txt"), "court order")
        store.tidy()
        with store.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM words WHERE tokens LIKE '%drowned%'")).scalar() == 0
            for table in ("texts", "claims", "anchors", "words"):
                pages = connection.execute(text(f"SELECT pg_relation_size('{table}')")).scalar_one()
                if table in ("claims", "anchors"):
                    assert pages == 0
        assert [hit.document for hit in store.search("harbour", limit=2)] == ["keep.txt"]


def test_who_began_to_read_since_a_removal_is_not_waited_for(database: Address, press: Press) -> None:
    """A reader that sees the ledger as it is now keeps none of the removed words."""
    with open_ledger(database(), create=False) as store, open_ledger(store.place, create=False, patience=0) as other:
        store.put(*press.report("secret.txt"))
        other.remove(other.find_document("secret.txt"), "court order")
        with store.engine.connect() as reader:
            assert reader.exec_driver_sql("SELECT count(*) FROM documents").scalar_one() == 0
            other.tidy()


class SaidError(Exception):
    """What a driver raises."""


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        ("53100", NoSpaceError, "no space left"),
        ("53300", UnreachableError, "too many clients"),
        ("57P01", UnreachableError, "too many clients"),
        ("08006", UnreachableError, "too many clients"),
        ("28P01", UnreadableError, "too many clients"),
        ("42501", UnreadableError, "too many clients"),
        ("25006", UnreadableError, "only follows another"),
        ("40P01", LedgerBusyError, "locked by another process"),
        ("58030", UnreadableError, "disk reports an error"),
        ("XX001", UnreadableError, "reports damage"),
    ],
)
def test_faults_of_a_server_have_names(code: str, kind: type[Exception], words: str) -> None:
    """By PostgreSQL's codes, as both drivers give them: pg8000 as fields of the message, psycopg as an attribute."""
    place = Place.of("postgresql://ann:secret@host/news")
    other = SaidError("too many clients")
    other.sqlstate = code  # type: ignore[attr-defined]
    for original in (SaidError({"C": code, "M": "too many clients"}), other):
        with pytest.raises(kind, match=words), naming_faults(place):
            raise DBAPIError("SELECT 1", None, original)


def test_a_mistake_of_ours_is_no_fault_of_the_server() -> None:
    """A broken constraint is raised as it is."""
    with pytest.raises(DBAPIError), naming_faults(Place.of("postgresql://host/news")):
        raise DBAPIError("SELECT 1", None, SaidError({"C": "23505", "M": "duplicate key"}))


@pytest.mark.parametrize("words", ["mysql://ann@host/news", "http://host/news", "postgresql://ann@host:port/news"])
def test_addresses_of_something_else_are_refused(words: str) -> None:
    """Another kind of database, a page, and a port that is none."""
    with pytest.raises(BadPlaceError, match="postgresql://user@host/name"):
        open_ledger(words, create=True)


@pytest.mark.parametrize(
    ("words", "file", "name"),
    [
        ("news.db", "news.db", "news.db"),
        ("/a/b/news.db", "/a/b/news.db", "news.db"),
        ("sqlite:////a/news.db", "/a/news.db", "news.db"),
        ("postgresql://ann:x@host:5433/news?sslmode=require", None, "host-5433-news"),
        ("postgres://host/news", None, "host-news"),
        ("postgresql+psycopg:///news", None, "news"),
    ],
)
def test_a_place_is_a_file_or_a_database(words: str, file: str | None, name: str) -> None:
    """Paths as ever; addresses in SQLAlchemy's and libpq's spelling; a name for files of ours, without password."""
    place = Place.of(words)
    assert (place.file, place.name) == (None if file is None else Path(file), name)
    assert Place.of(place) is place


def arguments_of(words: str) -> tuple[str, dict[str, Any]]:
    """What the driver is told, as an address with the password and as further words."""
    url, arguments = _for_pg8000(make_url(words))
    return url.render_as_string(hide_password=False), arguments


def test_an_address_is_read_as_libpq_reads_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Sockets, encryption, and password from the environment or the password file; what is written out wins."""
    for name in ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE", "PGSSLMODE"):
        monkeypatch.delenv(name, raising=False)
    kept = tmp_path / "pgpass"
    kept.write_text("# ours\nhost:5432:news:ann:a\\:b\n*:*:*:bo:c\\\\d\n")
    monkeypatch.setenv("PGPASSFILE", str(kept))
    assert arguments_of("postgresql://ann@host/news")[0] == "postgresql://ann:a%3Ab@host:5432/news"
    assert arguments_of("postgresql://bo@other/news")[0] == "postgresql://bo:c%5Cd@other:5432/news"
    assert arguments_of("postgresql://eve@host/news")[0] == "postgresql://eve@host:5432/news"
    url, arguments = arguments_of("postgresql://ann:x@/news?host=/run/postgresql&port=5433")
    assert arguments["unix_sock"] == "/run/postgresql/.s.PGSQL.5433"
    assert url.startswith("postgresql://ann:x@")
    assert "ssl_context" not in arguments
    open_to_any = arguments_of("postgresql://ann:x@host/news?sslmode=require")[1]["ssl_context"]
    assert (open_to_any.verify_mode, open_to_any.check_hostname) == (ssl.CERT_NONE, False)
    strict = arguments_of("postgresql://ann:x@host/news?sslmode=verify-full")[1]["ssl_context"]
    assert (strict.verify_mode, strict.check_hostname) == (ssl.CERT_REQUIRED, True)
    monkeypatch.setenv("PGPASSWORD", "y")
    monkeypatch.setenv("PGHOST", "there")
    monkeypatch.setenv("PGUSER", "cy")
    monkeypatch.setenv("PGPORT", "5444")
    assert arguments_of("postgresql:///news")[0] == "postgresql://cy:y@there:5444/news"
    monkeypatch.setenv("PGPASSFILE", os.devnull + "/none")
    monkeypatch.delenv("PGPASSWORD")
    assert arguments_of("postgresql:///news")[0] == "postgresql://cy@there:5444/news"


def test_a_driver_that_is_missing_is_named() -> None:
    """The extra that brings it is said."""
    with pytest.raises(MissingExtraError, match=r"reportedly\[postgres\]"):
        open_server(Place.of("postgresql+asyncsome://host/news"), patience=1)


def test_a_server_has_its_own_faults(database: Address, postgres: Any) -> None:
    """An index that does not count, as one that was being made when the server stopped, is found."""
    address = database()
    found = open_server(Place.of(address), patience=1)
    assert isinstance(found, ServerDatabase)
    with closing(found.engine.raw_connection()), found.engine.connect() as connection:
        assert list(found.faults(connection)) == []
    name = address.rpartition("/")[2]
    postgres.run("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_claims_document_start'::regclass", name)
    with found.engine.connect() as connection:
        assert [fault for fault in found.faults(connection) if "ix_claims_document_start" in fault]
    found.engine.dispose()
    postgres.run("UPDATE pg_index SET indisvalid = true WHERE indexrelid = 'ix_claims_document_start'::regclass", name)


def test_a_server_whose_disk_fills_leaves_nothing_half_written(database: Address, postgres: Any, press: Press) -> None:
    """The server finds no room in the middle of a document: said, and nothing of it is there; when there is room it goes on."""
    address = database()
    name = address.rpartition("/")[2]
    full = "BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END"
    postgres.run(f"CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ {full} $$", name)
    with open_ledger(address, create=False) as store:
        store.put(*press.report("other.txt", "Another text.", ()))
        before = (store.digest(), store.revision)
        postgres.run("CREATE TRIGGER full_disk BEFORE INSERT ON anchors EXECUTE FUNCTION full_disk()", name)
        with pytest.raises(NoSpaceError, match="no space left to write"):
            store.put(*press.report())
        assert (store.digest(), store.revision) == before
        postgres.run("DROP FUNCTION full_disk CASCADE", name)
        assert store.put(*press.report()) == (1, 2, 0)
        assert all(row.holds for row in store.verify())
