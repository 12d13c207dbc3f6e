"""What a process remembers of large stories: links are those of a rebuild whatever happened since it was remembered."""

import random
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from reportedly import pipeline
from reportedly.api import Desk
from reportedly.ledger import open_ledger
from reportedly.ledger.documents import excerpts, keeping
from reportedly.ledger.judgements.judging import Stored
from reportedly.ledger.links import linking, parts, written
from reportedly.ledger.links.changes import Change
from reportedly.ledger.store import LedgerStore
from reportedly.model import Actor, Correction, Extraction, Part, Reading
from reportedly.resolve import mentions, remembering
from reportedly.resolve.reports import Report
from reportedly.tasks import care

Made = tuple[Reading, list[Extraction]]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything counts as large."""
    monkeypatch.setattr(keeping, "LEAST", 0)
    monkeypatch.setattr(remembering, "_LEAST", 0)
    monkeypatch.setattr(written, "_LEAST", 0)


def linked_anew(store: LedgerStore) -> bool:
    """Link what waits; whether the links, and the actors that are united, are those of a rebuild."""
    pipeline.relink(store)
    held = pipeline.united(store.holdings())
    told = store.united([actor.id for actor in store.holdings().links.actors])
    return held.links == pipeline.resolve(held) and {actor.id: actor for actor in told.values()} == {a.id: a for a in held.links.actors}


def read_again(page: Made, extractor: str) -> Made:
    """A page as a newer extractor has it, which finds one claim less."""
    reading, extractions = page
    first = next((place for place, extraction in enumerate(extractions) if extraction.claims), 0)
    fewer = [
        Extraction(claims=extraction.claims[1:] if place == first else extraction.claims, extractor=extractor)
        for place, extraction in enumerate(extractions)
    ]
    return reading, fewer


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(seed=st.integers(0, 1_000), most=st.sampled_from([0, 60, 60_000]))
def test_links_are_those_of_a_rebuild_whatever_happened_since(pages: list[Made], tmp_path: Path, seed: int, most: int) -> None:
    """Pages come one by one, are read again here and by others, judged and removed: after each the links are those made from nothing."""
    path, numbers = tmp_path / "kept.db", random.Random(seed)
    order = numbers.sample(pages, len(pages))
    with pytest.MonkeyPatch.context() as patch, open_ledger(path, create=True) as other:
        patch.setattr(keeping, "MOST", most)
        patch.setattr(remembering, "_MOST", most)
        patch.setattr(written, "_MOST", most)
        with Desk(path) as desk:
            for page in order[:-3]:
                desk.store.put(*page)
            assert linked_anew(desk.store)
            for page in order[-3:-1]:
                desk.store.put(*page)
                assert linked_anew(desk.store)
            claims = desk.store.holdings().claims
            desk.judge(Correction(kind="reject", targets=(numbers.choice(claims).claim.id,), by="me", reason="no claim"))
            assert linked_anew(desk.store)
            other.put(*read_again(order[0], "newer"))
            pipeline.relink(other)
            desk.store.put(*order[-1])
            assert linked_anew(desk.store)
            other.put(*read_again(order[1], "newer"))
            gone = order[2][0].document
            assert gone is not None
            desk.remove(gone.name, "not ours")
            assert linked_anew(desk.store)
        sound = {row.check: row.condition for row in care.examine(path, deep=True)}
        assert (sound["links"], sound["summaries"]) == ("sound", "sound")
    for file in tmp_path.glob("kept.db*"):
        file.unlink()


def test_one_more_article_is_looked_at_by_itself(pages: list[Made], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the others of its story no row is read, nor what each says of its actors gathered, nor are links that stay compared, again."""
    known: list[int] = []
    gathered: list[str] = []
    load, gather = excerpts.load_stored, mentions._mentions  # noqa: SLF001 - what is asked of each article

    def loaded(connection: Connection, documents: Collection[str], **more: Collection[str]) -> Stored:
        known.append(len(set(documents).difference(more["known"])))
        return load(connection, documents, **more)

    def asked(report: Report, aliases: dict[str, str]) -> Iterator[mentions.Mention]:
        gathered.append(report.key[0])
        return gather(report, aliases)

    told: list[str] = []
    change = linking.change_links

    def changed(old: Part, new: Sequence[Part]) -> tuple[Change, list[Actor], list[Actor]]:
        told.append(old.id)
        return change(old, new)

    monkeypatch.setattr(parts, "change_links", changed)
    monkeypatch.setattr(keeping, "load_stored", loaded)
    monkeypatch.setattr(mentions, "_mentions", asked)
    with open_ledger(tmp_path / "one.db", create=True) as store:
        filled_with(store, pages[:-1])
        known.clear()
        gathered.clear()
        store.put(*pages[-1])
        pipeline.relink(store)
    assert sum(known) <= 2  # the page that came: for its marks, and with its part
    assert len(gathered) == 1
    assert len(told) == 1


def filled_with(store: LedgerStore, pages: Sequence[Made]) -> None:
    """Put pages into a ledger, and link it."""
    for page in pages:
        store.put(*page)
    pipeline.relink(store)


def test_what_was_removed_is_not_kept(pages: list[Made], tmp_path: Path) -> None:
    """A document that is taken out of the ledger is not held by the process either."""
    with open_ledger(tmp_path / "gone.db", create=True) as store:
        filled_with(store, pages)
        gone = pages[0][0].document
        assert gone is not None
        store.remove(gone, "not ours")
        pipeline.relink(store)
        assert gone.id not in store.kept_rows.documents


def test_what_others_removed_is_not_kept(pages: list[Made], tmp_path: Path) -> None:
    """A document that another process took out and linked goes from this one's memory with its next linking, however it links."""
    path = tmp_path / "gone.db"
    gone = pages[0][0].document
    assert gone is not None
    with open_ledger(path, create=True) as store, open_ledger(path, create=False) as other:
        filled_with(store, pages[:-1])
        assert gone.id in store.kept_rows.documents
        other.remove(gone, "not ours")
        pipeline.relink(other)
        store.put(*pages[-1])
        pipeline.relink(store)
        assert gone.id not in store.kept_rows.documents
        remembered = pipeline._REMEMBERED[store]  # noqa: SLF001 - what the process holds
        assert gone.id not in remembered.documents
        assert remembered.documents


def test_what_was_erased_and_put_back_counts_once(pages: list[Made], tmp_path: Path) -> None:
    """Another store erases a document and puts it back while this one links only others: counts stay those of the claims."""
    path = tmp_path / "back.db"
    back = pages[0][0].document
    assert back is not None
    with open_ledger(path, create=True) as store, open_ledger(path, create=False) as other:
        filled_with(store, pages[:-1])
        other.remove(back, "not ours")
        other.put(*read_again(pages[0], "newer"), forced=True)
        added = store.put(*pages[-1])
        assert added is not None
        last = pages[-1][0].document
        assert last is not None
        pipeline.relink(store, {last.id})
        pipeline.relink(store)
    sound = {row.check: row.condition for row in care.examine(path, deep=True)}
    assert (sound["links"], sound["summaries"]) == ("sound", "sound")


def test_what_is_kept_is_counted_once(pages: list[Made], tmp_path: Path) -> None:
    """Documents kept again weigh what they weigh, and nothing where all are forgotten."""
    with open_ledger(tmp_path / "twice.db", create=True) as store:
        for page in pages:
            store.put(*page)
        identities = sorted(store.holdings().documents)
        store.holdings_kept(identities)
        once = store.kept_rows._weight  # noqa: SLF001 - what is counted
        store.kept_rows._keep(dict(store.kept_rows._kept))  # noqa: SLF001 - as another thread would
        assert store.kept_rows._weight == once > 0  # noqa: SLF001 - as above
        store.kept_rows.forget(identities)
        assert store.kept_rows._weight == 0  # noqa: SLF001 - as above
