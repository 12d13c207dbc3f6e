"""A ledger taken whole to another kind of database and back: nothing is lost, and it goes on there as it would have gone on here."""

import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from reportedly import pipeline
from reportedly.errors import FilledLedgerError, NoLedgerError, UnreadableError
from reportedly.ledger import make_judgement, open_ledger, schema
from reportedly.ledger.store import LedgerStore
from reportedly.model import Correction, PlaceLike
from reportedly.tasks import care

if TYPE_CHECKING:
    from tests.ledger.conftest import Press
else:
    Press = Any

ODD = "The \t ferry\\sank.\r\nA \x00 and a \ud800 stand here; \\. and \\N too, the pilot said.\n"
"""Signs that mean something to COPY, to a terminal, or to nobody."""


@pytest.fixture
def here(tmp_path: Path, press: Press) -> Path:
    """A file with several extractions, odd signs, a judgement in force and one undone, a removal, problems, and what waits for linking."""
    path = tmp_path / "here.db"
    with open_ledger(path, create=True) as store:
        store.put(*press.report("ferry.txt", title="Odd\\name\t\x00", url="https://example.org/\\N"))
        store.put(*press.report("gone.txt", "A bridge fell, the mayor said.", ()))
        store.put(*press.report("odd\ttext.txt", ODD, ()))
        store.put(*press.report("ferry.txt", extractor="rules/2"))
        store.put(press.failed(), [])
        claim = store.holdings().claims[0].claim.id
        for place in ("Lake \\n One", "Lake Two"):
            correction = Correction(kind="amend", targets=(claim,), by="Ann", reason="map", changes={"place": place})
            store.judge(make_judgement(store, correction))
        store.undo(store.holdings().judgements[0].id, by="Ann", reason="typing")
        store.remove(store.find_document("gone.txt"), "asked for")
        pipeline.relink(store)
        store.put(*press.report("late.txt", "A harbour burnt, the mayor said.", ()))
    return path


def rows_of(store: LedgerStore) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but Alembic's."""
    tables = [table for table in schema.metadata.sorted_tables if table is not schema.alembic_version]
    with store.engine.connect() as connection:
        return {table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr) for table in tables}


def test_there_and_back_every_row_is_the_same(here: Path, tmp_path: Path, postgres: Any, press: Press) -> None:
    """A file to a server and to another file: all rows, digest, search and health; then documents can be added, numbered as before."""
    name = postgres.make_database()
    places: list[PlaceLike] = [here, postgres.url(name), tmp_path / "back.db"]
    for one, other in itertools.pairwise(places):
        done = care.transfer(one, other)
        assert done.rows > 50
    kept = []
    for place in places:
        assert [row for row in care.examine(place, deep=True) if row.condition == "broken"] == []
        with open_ledger(place, create=False) as store:
            found = [hit.document for words in ("harbour", '"stand here"', "ferr*") for hit in store.search(words, limit=5)]
            before = (rows_of(store), store.digest(), found)
            store.put(*press.report("new.txt", "One more text, the mayor said.", ()))
            pipeline.relink(store)
            kept.append((before, store.digest(), store.holdings().links))
    assert kept[0] == kept[1] == kept[2]
    postgres.drop_database(name)


def test_what_holds_something_is_not_written_over(here: Path, tmp_path: Path, press: Press) -> None:
    """Another ledger with content, and the ledger itself: refused, nothing changed; an empty one is filled."""
    other = tmp_path / "other.db"
    with open_ledger(other, create=True) as store:
        store.put(*press.report())
        digest = store.digest()
    for target in (other, here):
        with pytest.raises(FilledLedgerError, match="holds a ledger already"):
            care.transfer(here, target)
    with open_ledger(other, create=False) as store:
        assert store.digest() == digest
    open_ledger(tmp_path / "empty.db", create=True).close()
    assert care.transfer(here, tmp_path / "empty.db").to == str(tmp_path / "empty.db")
    with pytest.raises(NoLedgerError):
        care.transfer(tmp_path / "none.db", tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()


def test_a_transfer_that_fails_leaves_nothing(here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What arrived would be something else: said, no file is left, and other files of a like name stay."""
    (tmp_path / "there.db.notes").write_text("ours")
    monkeypatch.setattr("reportedly.ledger.databases.transferring.digest_ledger", lambda connection: str(id(connection)))
    with pytest.raises(UnreadableError, match="not what was sent"):
        care.transfer(here, tmp_path / "there.db")
    assert sorted(path.name for path in tmp_path.glob("there.db*")) == ["there.db.notes"]
