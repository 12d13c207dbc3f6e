"""Incremental linking: a ledger that grew article by article has the links that a rebuild from nothing makes."""

import random
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from reportedly import pipeline
from reportedly.api import Desk
from reportedly.ledger import open_ledger
from reportedly.model import Correction, Extraction, Holdings, Links, Reading
from reportedly.resolve import neighbours

Made = tuple[Reading, list[Extraction]]


def links_of(path: Path, batches: Sequence[Sequence[Made]]) -> tuple[Links, Links]:
    """The links of a ledger filled in batches, linked after each, and those made of it anew; the actors that it keeps united are those."""
    with open_ledger(path, create=True) as store:
        for batch in batches:
            for reading, extractions in batch:
                store.put(reading, extractions)
            pipeline.relink(store)
        stored = store.holdings()
        held = pipeline.united(stored)
        told = store.united([actor.id for actor in stored.links.actors])
        assert {actor.id: actor for actor in told.values()} == {actor.id: actor for actor in held.links.actors}
        assert {where: told[actor].id for where, actor in stored.links.actor_of.items()} == held.links.actor_of
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()
    return held.links, pipeline.resolve(held)


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_of_adding_gives_what_a_rebuild_gives(pages: list[Made], tmp_path: Path, data: st.DataObject) -> None:
    """In any order and in batches of any size, the links are those made from nothing."""
    order = data.draw(st.permutations(pages))
    cut = data.draw(st.integers(0, len(order) - 3))
    batches = [order[:cut], *([page] for page in order[cut:])]
    grown, anew = links_of(tmp_path / "grown.db", batches)
    assert grown == anew
    assert len(anew.stories) > 1


def test_a_removed_page_leaves_the_links_of_those_that_stay(pages: list[Made], tmp_path: Path) -> None:
    """Taking a page out relinks what it stood with: the links are those of a ledger that never had it."""
    order = random.Random(3).sample(pages, len(pages))
    without, _ = links_of(tmp_path / "without.db", [order[1:]])
    with open_ledger(tmp_path / "less.db", create=True) as store:
        for reading, extractions in order:
            store.put(reading, extractions)
        pipeline.relink(store)
        gone = order[0][0].document
        assert gone is not None
        store.remove(gone, "not ours")
        changed = store.unlinked()
        pipeline.relink(store)
        assert changed == frozenset({gone.id})
        assert pipeline.united(store.holdings()).links == without
        assert store.unlinked() == frozenset()


def test_one_more_article_reads_only_what_is_near_it(pages: list[Made], tmp_path: Path) -> None:
    """The part of the other situation is neither read nor written when a page is added."""
    with open_ledger(tmp_path / "near.db", create=True) as store:
        for reading, extractions in pages[:-1]:
            store.put(reading, extractions)
        pipeline.relink(store)
        before = {story.id: story for story in store.holdings().links.stories}
        reading, extractions = pages[-1]
        store.put(reading, extractions)
        read: list[int] = []
        whole = store.holdings_kept
        store.holdings_kept = lambda documents: read.append(len(documents or ())) or whole(documents)  # type: ignore[method-assign, func-returns-value]
        pipeline.relink(store)
        after = {story.id: story for story in store.holdings().links.stories}
    assert read[0] == 1
    assert read[1] < len(pages)
    assert any(before[story] == after[story] for story in before.keys() & after.keys())


@pytest.mark.parametrize("linked", [0, 4])
def test_pages_that_came_together_are_linked_group_by_group(
    pages: list[Made], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, linked: int
) -> None:
    """Those of different situations are read and written apart, each once, and the links are those made from nothing."""
    monkeypatch.setattr(neighbours, "_READ", 2)
    monkeypatch.setattr(neighbours, "_LOOKED", 1)
    monkeypatch.setattr(neighbours, "_LINKED", 1)
    order = random.Random(5).sample(pages, len(pages))
    with open_ledger(tmp_path / "groups.db", create=True) as store:
        for reading, extractions in order[:linked]:
            store.put(reading, extractions)
        pipeline.relink(store)
        for reading, extractions in order[linked:]:
            store.put(reading, extractions)
        written: list[Collection[str]] = []
        whole = store.put_parts
        store.put_parts = lambda *given, **more: written.append(given[3]) or whole(*given, **more)  # type: ignore[method-assign, func-returns-value]
        pipeline.relink(store)
        held = pipeline.united(store.holdings())
    stories = len({story.id for story in held.links.stories})
    assert held.links == pipeline.resolve(held)
    assert sum(map(len, written)) == len(pages) - linked
    assert 1 < len(written) <= stories


def test_pages_that_a_person_joined_are_linked_together(pages: list[Made], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where claims were merged, no group is taken for all that hangs together: the links are those made from nothing."""
    monkeypatch.setattr(neighbours, "_LINKED", 1)
    with open_ledger(tmp_path / "joined.db", create=True) as store:
        for reading, extractions in pages:
            store.put(reading, extractions)
        pipeline.relink(store)
        stories = store.holdings().links.stories
        keys = [story.articles[0] for story in stories]
        claims = {stored.article: stored.claim.id for stored in store.holdings().claims}
        first, second = [claims[key] for key in keys if key in claims][:2]
    with Desk(tmp_path / "joined.db") as desk:
        desk.judge(Correction(kind="merge", targets=(first, second), by="me", reason="one happening"))
        assert desk.store.outdate_links("another") == len(pages)
        pipeline.relink(desk.store)
        held = pipeline.united(desk.store.holdings())
    assert held.links == pipeline.resolve(held)


def test_what_another_process_links_meanwhile_is_not_lost(pages: list[Made], tmp_path: Path) -> None:
    """A page that another process adds and links between reading and writing stays, and the links are those of all pages."""
    path = tmp_path / "two.db"
    everything, _ = links_of(tmp_path / "all.db", [pages])
    with open_ledger(path, create=True) as store, open_ledger(path, create=False) as other:
        for reading, extractions in pages[:-2]:
            store.put(reading, extractions)
        pipeline.relink(store)
        store.put(*pages[-2])
        whole = store.holdings_kept
        came: list[bool] = []

        def meanwhile(documents: Collection[str]) -> Holdings:
            held = whole(documents)
            if not came:
                came.append(True)
                other.put(*pages[-1])
                pipeline.relink(other)
            return held

        store.holdings_kept = meanwhile  # type: ignore[method-assign]
        pipeline.relink(store)
        assert came
        assert not store.links_outdated()
        assert pipeline.united(store.holdings()).links == everything


def test_no_statement_of_adding_and_linking_reads_a_whole_table(pages: list[Made], tmp_path: Path) -> None:
    """Each statement that one more article runs finds its rows by an index, but for the few tables that hold no rows by article."""
    ran: list[tuple[str, Any]] = []
    small = {"unlinked", "judgements", "undone"}
    newest = "ORDER BY revisions.revision DESC"  # read from its end, as far as its limit of one row
    with open_ledger(tmp_path / "plan.db", create=True) as store:
        for reading, extractions in pages[:-1]:
            store.put(reading, extractions)
        pipeline.relink(store)

        def note(_connection: object, _cursor: object, statement: str, parameters: Any, _context: object, many: bool) -> None:  # noqa: FBT001 - SQLAlchemy's signature
            ran.append((statement, parameters[0] if many else parameters))

        event.listen(store.engine, "before_cursor_execute", note)
        store.put(*pages[-1])
        pipeline.relink(store)
        event.remove(store.engine, "before_cursor_execute", note)
        with store.engine.connect() as connection:
            plans = [
                (statement, row[3])
                for statement, parameters in ran
                if statement.split(maxsplit=1)[0] in ("SELECT", "UPDATE", "DELETE")
                for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            ]
    scans = {
        (statement, plan)
        for statement, plan in plans
        if plan.startswith("SCAN") and plan.split()[1] not in small and newest not in statement
    }
    assert len(plans) > 20
    assert not scans
