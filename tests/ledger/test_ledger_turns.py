"""Writers take turns: turns are short, whoever has time stands in the queue, what others did meanwhile is neither lost nor overwritten."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Connection, func, select

from reportedly import pipeline
from reportedly.errors import LedgerBusyError
from reportedly.ledger import open_ledger, schema
from reportedly.ledger.links import parts
from reportedly.ledger.links.written import WrittenParts
from reportedly.ledger.store import LedgerStore
from reportedly.model import Actor, Judgement, Links, Part
from reportedly.resolve import unite
from reportedly.resolve.settling import uniter

if TYPE_CHECKING:
    from tests.ledger.conftest import Press
else:
    Press = Any


@pytest.fixture
def other(shared: LedgerStore) -> Iterator[LedgerStore]:
    """Another process's store on the same ledger."""
    with open_ledger(shared.place, create=False, patience=0.2) as store:
        yield store


class Busy:
    """A database that is held by somebody else the first few times that it is to be written to.

    Args:
        times: how often.
        meanwhile: what the others do each time.
        begin: begins to write when it is free.
    """

    def __init__(self, times: int, meanwhile: Callable[[int], object], begin: Callable[[], AbstractContextManager[Connection]]) -> None:
        self.left = times
        self.tried = 0
        self._meanwhile = meanwhile
        self._begin = begin

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Begin to write."""
        self.tried += 1
        if self.left:
            self.left -= 1
            self._meanwhile(self.left)
            raise LedgerBusyError("the ledger")
        with self._begin() as connection:
            yield connection


def test_adding_stands_in_the_queue_while_others_get_on(
    shared: LedgerStore, other: LedgerStore, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three times others are quicker, and each time the revision rises: the fourth time it is written; a correction waits less."""

    def write(number: int) -> None:
        other.put(*press.report(f"{number}.txt", f"Text {number}.", ()))

    busy = Busy(3, write, shared._writing.begin)  # noqa: SLF001 - in place of a server that others use
    monkeypatch.setattr(shared, "_writing", busy)
    assert shared.put(*press.report()) == (1, 2, 0)
    assert (busy.tried, len(shared.holdings().documents)) == (4, 4)
    busy.left = 1
    judgement = Judgement(id="j:1", kind="reject", targets=("c:1",), by="Ann", at="2024-01-01T00:00:00+00:00", reason="no claim")
    with pytest.raises(LedgerBusyError):
        shared.judge(judgement)
    assert busy.tried == 5


def test_a_queue_in_which_nothing_moves_is_left(shared: LedgerStore, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever holds the ledger does nothing: said at the second time, and nothing written."""
    busy = Busy(9, lambda _: None, shared._writing.begin)  # noqa: SLF001 - as above
    monkeypatch.setattr(shared, "_writing", busy)
    with pytest.raises(LedgerBusyError, match="locked by another process"):
        shared.put(*press.report())
    assert (busy.tried, shared.revision) == (2, 0)


def part_of(document: str, *actors: Actor) -> Part:
    """A part of one article."""
    return Part(id=f"n:{document}", articles=((document, 0),), links=Links(actors=actors))


def test_what_changes_while_it_is_linked_stays_to_be_linked(shared: LedgerStore, other: LedgerStore, press: Press) -> None:
    """Between reading and writing, one of the documents is extracted anew and another comes: both wait, that which stayed does not."""
    for number in range(2):
        shared.put(*press.report(f"{number}.txt", f"Text {number}.", ()))
    changed = shared.unlinked()
    assert changed is not None
    ids = {shared.find_document(f"{number}.txt").id for number in range(2)}
    assert changed == ids
    other.put(*press.report("1.txt", "Text 1.", (), extractor="rules/2"))
    other.put(*press.report("2.txt", "Text 2.", ()))
    assert shared.put_parts([part_of(document) for document in sorted(ids)], (), frozenset(), changed)
    assert shared.unlinked() == frozenset(other.find_document(f"{number}.txt").id for number in (1, 2))
    assert shared.links_outdated()
    pipeline.relink(shared)
    assert not shared.links_outdated()


def test_what_comes_while_everything_is_linked_anew_stays_to_be_linked(shared: LedgerStore, other: LedgerStore, press: Press) -> None:
    """All links are made again, and a document comes meanwhile: it waits."""
    shared.put(*press.report("0.txt", "Text 0.", ()))
    shared.mend()
    assert shared.unlinked() is None
    own = shared.find_document("0.txt").id
    other.put(*press.report("1.txt", "Text 1.", ()))
    assert shared.put_parts([part_of(own)], (), None, frozenset({own}))
    assert shared.unlinked() == frozenset({other.find_document("1.txt").id})


def test_a_document_that_is_removed_while_it_is_linked_does_not_come_back(shared: LedgerStore, other: LedgerStore, press: Press) -> None:
    """Its part is not put, and what lists show has no word of it."""
    shared.put(*press.report())
    document = shared.find_document("ferry.txt")
    assert shared.unlinked() == frozenset({document.id})
    other.remove(document, "asked for")
    assert not shared.put_parts([part_of(document.id)], (), frozenset(), frozenset({document.id}))
    with shared.engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(schema.members)).scalar_one() == 0


@pytest.mark.parametrize("overtaken", [0, 1, 9])
def test_who_is_overtaken_works_it_out_again(
    shared: LedgerStore, other: LedgerStore, overtaken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others link parts with the same people in between, once or each time: all actors are united as from nothing."""
    made: list[Actor] = []

    def put(store: LedgerStore, number: int) -> None:
        actors = tuple(
            Actor(id=f"a:{number}{place}@n:{number}", name=name, kind="person", principal=principal, names=(name,))
            for place, (name, principal) in enumerate(
                (("Sergei Petrov", "Russia"), ("Petrov", "Russia"), (f"Ivan {'IV'[number % 2]}", None))
            )
        )
        made.extend(actors)
        part = Part(id=f"n:{number}", articles=((f"d:{number}", 0),), links=Links(actors=actors))
        assert store.put_parts([part], (), frozenset(), frozenset({f"d:{number}"}), unite=uniter(()))

    rounds = iter(range(1, overtaken + 1))
    prepare = parts.prepare_parts

    def overtake(connection: Connection, linked: parts.Linked, written: WrittenParts | None = None) -> parts.Prepared | None:
        prepared = prepare(connection, linked, written)
        monkeypatch.setattr("reportedly.ledger.link_store.prepare_parts", prepare)
        for number in rounds:
            put(other, number)
            monkeypatch.setattr("reportedly.ledger.link_store.prepare_parts", overtake)
            break
        return prepared

    monkeypatch.setattr("reportedly.ledger.link_store.prepare_parts", overtake)
    put(shared, 0)
    links = unite(Links(actors=tuple(made), actor_of={("d:1", 0, one.id): one.id for one in made}), ())
    wanted = {one.id: one for one in links.actors}
    assert shared.united([one.id for one in made]) == {one: wanted[united] for (_, _, one), united in links.actor_of.items()}
    assert len(made) == 3 * (1 + min(overtaken, 3))
