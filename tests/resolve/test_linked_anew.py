"""Links of another version: a ledger that other tables linked has all its links made anew before it goes on, in batches of whole parts."""

from pathlib import Path

import pytest

from reportedly import pipeline
from reportedly.api import Silent
from reportedly.ledger import open_ledger
from reportedly.ledger.store import LedgerStore
from reportedly.model import Extraction, Reading
from reportedly.resolve import neighbours
from reportedly.tasks import care

Made = tuple[Reading, list[Extraction]]


class Told(Silent):
    """A progress that remembers of how many documents it was told that their links are made anew."""

    def __init__(self) -> None:
        self.documents = 0

    def relinking(self, documents: int) -> None:
        """The links of so many documents are made anew."""
        self.documents += documents


def fill(store: LedgerStore, pages: list[Made], *, linked: bool = True) -> None:
    """Put pages into a ledger."""
    for reading, extractions in pages:
        store.put(reading, extractions)
    if linked:
        pipeline.relink(store)


def test_a_ledger_that_other_tables_linked_is_linked_anew(pages: list[Made], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of which other tables found no mark have their marks, and their stories, after the next page is added; the user is told."""
    with open_ledger(tmp_path / "old.db", create=True) as store, monkeypatch.context() as older:
        older.setattr("reportedly.language.tables.linker_version", lambda: "0.0.9 (tables 000000000000)")
        older.setattr("reportedly.resolve.stories.belong", lambda _one, _other: False)
        older.setattr("reportedly.resolve.neighbours.keys_of", lambda _features: iter(()))
        fill(store, pages[:-1])
        apart = len(store.holdings().links.stories)
    told = Told()
    with open_ledger(tmp_path / "old.db", create=False) as store:
        intake = pipeline.Intake(store, told)
        intake.take(*pages[-1])
        intake.finish()
        held = pipeline.united(store.holdings())
        assert told.documents == len(pages) - 1
        assert len(held.links.stories) < apart
        assert held.links == pipeline.resolve(held)
        assert store.unlinked() == frozenset()
        again = Told()
        pipeline.Intake(store, again)
        assert again.documents == 0


def test_the_doctor_tells_links_of_another_version(pages: list[Made], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is advice and no damage, and mending makes it sound."""
    path = tmp_path / "old.db"

    def of_links() -> str:
        return next(row.condition for row in care.examine(path) if row.check == "links")

    with open_ledger(path, create=True) as store, monkeypatch.context() as older:
        older.setattr("reportedly.language.tables.linker_version", lambda: "0.0.9 (tables 000000000000)")
        fill(store, pages[:3])
    assert of_links() == "advice"
    care.mend(path)
    assert of_links() == "sound"


def test_many_documents_are_linked_in_batches_with_the_links_of_a_rebuild(
    pages: list[Made], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few are linked at once, a ledger of unlinked pages and one to be linked anew come to the links made from nothing."""
    monkeypatch.setattr(neighbours, "_AT_ONCE", 4)
    monkeypatch.setattr(neighbours, "_SEEDS", 1)
    with open_ledger(tmp_path / "many.db", create=True) as store:
        fill(store, pages, linked=False)
        assert len(store.unlinked() or ()) > 4
        pipeline.relink(store)
        held = pipeline.united(store.holdings())
        anew = pipeline.resolve(held)
        assert held.links == anew
        assert store.outdate_links("another") == len(pages)
        batches: list[int] = []
        whole = store.put_parts

        def counted(*given: object, **more: object) -> bool:
            batches.append(len(given[3]))  # type: ignore[arg-type]
            return whole(*given, **more)  # type: ignore[arg-type]

        store.put_parts = counted  # type: ignore[method-assign]
        neighbours.relink(store)
        assert sum(batches) == len(pages)
        assert len(batches) > 1
        assert pipeline.united(store.holdings()).links == anew


def test_links_of_this_version_stay(pages: list[Made], tmp_path: Path) -> None:
    """Nothing is outdated by asking again, and a ledger without links has none to make anew."""
    with open_ledger(tmp_path / "new.db", create=True) as store:
        assert store.outdate_links("one") == 0
        fill(store, pages[:2], linked=False)
        assert store.outdate_links("two") == 0
        pipeline.relink(store)
        revision = store.revision
        assert pipeline.outdate(store) == 0
        assert store.revision == revision
