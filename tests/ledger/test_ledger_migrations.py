"""Ledgers of every schema there was are brought to this one: nothing is lost, a copy is kept, and what fails changes nothing."""

import json
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Connection, MetaData, Table, create_engine, insert, select, text

from reportedly import pipeline
from reportedly.errors import NoSpaceError
from reportedly.ledger import make_judgement, open_ledger
from reportedly.ledger.databases.migrating import upgrade
from reportedly.ledger.schema import APPLICATION, SCHEMA
from reportedly.ledger.store import LedgerStore
from reportedly.ledger.summaries.tallies import faults
from reportedly.model import Correction
from reportedly.tasks import care

if TYPE_CHECKING:
    from tests.ledger.conftest import Press
else:
    Press = Any

OLDER = range(1, SCHEMA)
_LINKED_ANEW = 4
"""The schema from which on links are carried over."""

_MADE_ANEW = ("links", "members", "pages", "marks", "unlinked")
"""Tables that an earlier version filled otherwise."""


@pytest.fixture
def full(tmp_path: Path, press: Press) -> Iterator[LedgerStore]:
    """A ledger of this version with two names of one document, an older extraction, a judgement in force and one undone."""
    with open_ledger(tmp_path / "full.db", create=True) as store:
        store.put(*press.report("b.txt"))
        store.put(*press.report("a.txt"))
        store.put(*press.report("other.txt", "The harbour was calm, the mayor said.", ()))
        store.put(*press.report("b.txt", extractor="rules/2"))
        claims = store.holdings().claims
        for number, stored in enumerate(claims):
            correction = Correction(kind="amend", targets=(stored.claim.id,), by="Ann", reason="map", changes={"place": f"Lake {number}"})
            store.judge(make_judgement(store, correction))
        store.undo(store.holdings().judgements[0].id, by="Ann", reason="typing")
        pipeline.relink(store)
        yield store


def make_older(path: Path, version: int, full: LedgerStore) -> None:
    """The file that an older version would have written of the same: its tables, filled with what they had."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection, full.engine.connect() as source:
        upgrade(connection, f"{version:04d}")
        made = MetaData()
        made.reflect(connection, only=lambda name, _: not name.startswith("words"))
        there = MetaData()
        there.reflect(source, only=lambda name, _: not name.startswith("words"))
        for table in made.sorted_tables:
            if table.name != "alembic_version" and (version >= _LINKED_ANEW or table.name not in _MADE_ANEW):
                carry(source, connection, there.tables[table.name], table)
        for number, tokens in source.execute(text("SELECT rowid, tokens FROM words")).all():
            connection.execute(text("INSERT INTO words(rowid, tokens) VALUES (:n, :t)"), {"n": number, "t": tokens})
        connection.execute(text("UPDATE meta SET value = :v WHERE key = 'schema'"), {"v": str(version)})
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
        connection.exec_driver_sql(f"PRAGMA user_version = {version}")
    engine.dispose()


def carry(source: Connection, target: Connection, there: Table, here: Table) -> None:
    """Copy the rows of a table, those columns that both have."""
    columns = [there.c[column.name] for column in here.columns]
    rows = [dict(row) for row in source.execute(select(*columns)).mappings()]
    if rows:
        target.execute(insert(here), rows)


@pytest.mark.parametrize("version", OLDER)
def test_an_older_ledger_is_brought_up_with_all_it_holds(tmp_path: Path, full: LedgerStore, version: int) -> None:
    """Documents, names, earlier states, judgements, search and, after linking, links: as in a ledger that was always of this schema."""
    path = tmp_path / "old.db"
    make_older(path, version, full)
    with open_ledger(path, create=False) as store:
        assert store.digest() == full.digest()
        assert store.holdings().judgements == full.holdings().judgements
        assert store.holdings(recorded_before=3).claims == full.holdings(recorded_before=3).claims
        assert [hit.document for hit in store.search("harbour", limit=5)] == ["other.txt"]
        assert all(row.holds for row in store.verify())
        assert store.links_outdated() is (version < _LINKED_ANEW)
        pipeline.relink(store)
        assert store.holdings().links == full.holdings().links
        assert store.catalogue.ask(faults) == []
    assert [row.check for row in care.examine(path) if row.condition == "broken"] == []


@pytest.mark.parametrize("version", OLDER)
def test_the_copy_is_the_ledger_as_it_was(tmp_path: Path, full: LedgerStore, version: int) -> None:
    """Every table and row of it; a second migration of a ledger of that name keeps the first one's copy."""
    path = tmp_path / "old.db"
    make_older(path, version, full)
    with closing(sqlite3.connect(path)) as connection:
        before = list(connection.iterdump())
    made = care.migrate(path)
    assert (made.before, made.after) == (version, SCHEMA)
    assert made.copy == str(tmp_path / f"old.db.before-schema-{SCHEMA}")
    with closing(sqlite3.connect(made.copy)) as connection:
        assert list(connection.iterdump()) == before
    assert care.migrate(path).copy is None
    assert json.loads(json.dumps([row.what for row in care.examine(path) if row.check == "copies"]))[0].endswith(f"before-schema-{SCHEMA}")
    path.unlink()
    make_older(path, version, full)
    assert care.migrate(path).copy == str(tmp_path / f"old.db.before-schema-{SCHEMA}-2")


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, full: LedgerStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is cut short after its last step: the file is that of before, and the next opening does it."""
    path = tmp_path / "old.db"
    make_older(path, 1, full)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("reportedly.ledger.databases.migrating.note_schema", fail)
        with pytest.raises(NoSpaceError):
            open_ledger(path, create=False)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    with open_ledger(path, create=False) as store:
        assert store.digest() == full.digest()


def test_who_may_not_read_the_ledger_may_not_read_its_copy(tmp_path: Path, full: LedgerStore) -> None:
    """The copy has the rights of the file."""
    path = tmp_path / "old.db"
    make_older(path, OLDER[0], full)
    path.chmod(0o600)
    copy = care.migrate(path).copy
    assert copy is not None
    assert stat.S_IMODE(Path(copy).stat().st_mode) == 0o600


def test_a_copy_that_does_not_fit_leaves_the_ledger_alone(tmp_path: Path, full: LedgerStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fills while the copy is written: no migration, and no half of a copy."""
    path = tmp_path / "old.db"
    make_older(path, 2, full)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(NoSpaceError):
        open_ledger(path, create=False)
    assert sorted(p.name for p in tmp_path.glob("old.db*")) == ["old.db"]
    assert [row.what for row in care.examine(path)][1] == f"the ledger has schema 2, this version {SCHEMA}"
