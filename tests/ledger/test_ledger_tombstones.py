"""What a bundle says of documents that were removed: they go and stay away wherever it is taken in, and no word of them travels."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reportedly.ledger import make_judgement, open_ledger
from reportedly.ledger.bundles.bundling import bundle_bytes, read_bundle
from reportedly.ledger.bundles.packing import read_tombstones
from reportedly.ledger.bundles.parcel import Tombstone
from reportedly.ledger.store import LedgerStore
from reportedly.model import Correction, Merged

if TYPE_CHECKING:
    from tests.ledger.conftest import Press, Say, Ticking
else:
    Press = Say = Ticking = Any

Ledgers = Callable[[str], LedgerStore]
SECRET = "The witness lives in Kestrel Lane, the clerk said.\n"


@pytest.fixture
def ledgers(tmp_path: Path, clock: Ticking, press: Press, say: Say, request: pytest.FixtureRequest) -> Ledgers:
    """Makes ledgers by name, each with the same two pages."""

    def make(name: str) -> LedgerStore:
        made = open_ledger(tmp_path / f"{name}.db", create=True, clock=clock)
        request.addfinalizer(made.close)
        made.put(*press.report("ferry.txt"))
        made.put(*press.report("witness.txt", SECRET, (say("The witness lives in Kestrel Lane", "said", "the clerk"),)))
        return made

    return make


def hand_over(giver: LedgerStore, taker: LedgerStore, path: Path, *, texts: bool = True) -> Merged:
    path.write_bytes(bundle_bytes(giver.pack(), texts=texts))
    return taker.merge(read_bundle(path, taker.texts()), by="Bo", reason="joint desk")


def stones(store: LedgerStore) -> tuple[Tombstone, ...]:
    with store._look() as connection:  # noqa: SLF001 - no use case asks for them
        return read_tombstones(connection)


def remove(store: LedgerStore, reason: str) -> None:
    store.remove(store.find_document("witness.txt"), reason)


@pytest.mark.parametrize("texts", [True, False])
def test_a_removed_document_goes_wherever_the_bundle_does(ledgers: Ledgers, tmp_path: Path, *, texts: bool) -> None:
    """The other ledger erases text and claims, says so, keeps the tombstone, and does not take the page again."""
    one, other = ledgers("one"), ledgers("other")
    remove(one, "court order")
    merged = hand_over(one, other, tmp_path / "x.zip", texts=texts)
    assert merged.removed == 1
    assert SECRET not in other.texts().values()
    assert [d.name for d in other.holdings().documents.values()] == ["ferry.txt"]
    assert (stones(other), other.digest()) == (stones(one), one.digest())
    assert [deed.reason for deed in other.history() if deed.deed == "remove"] == ["court order"]
    assert hand_over(one, other, tmp_path / "y.zip").removed == 0
    assert b"Kestrel" not in (tmp_path / "other.db").read_bytes()


def test_no_word_of_it_travels(ledgers: Ledgers, tmp_path: Path) -> None:
    """The bundle holds digests, name and reason."""
    one = ledgers("one")
    remove(one, "court order")
    path = tmp_path / "x.zip"
    path.write_bytes(bundle_bytes(one.pack(), texts=True))
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name).decode() for name in archive.namelist()}
    assert "court order" in members["removed.jsonl"]
    assert not any("Kestrel" in content for content in members.values())


def test_merging_with_removals_is_the_same_from_either_side(ledgers: Ledgers, tmp_path: Path) -> None:
    """One desk removed a page that the other judged: A into B is B into A, in content, judgements and tombstones."""
    pairs = {side: (ledgers(f"a{side}"), ledgers(f"b{side}")) for side in "12"}
    judged = None
    for one, other in pairs.values():
        claim = next(c.claim.id for c in other.holdings().claims if c.claim.document == "witness.txt")
        judged = judged or make_judgement(other, Correction(kind="accept", targets=(claim,), by="Ann", reason="heard"))
        other.judge(judged)
        one.remove(one.find_document("witness.txt"), "court order")
    (a1, b1), (a2, b2) = pairs.values()
    hand_over(a1, b1, tmp_path / "1.zip")
    hand_over(b2, a2, tmp_path / "2.zip")
    assert b1.digest() == a2.digest()
    assert [j.id for j in b1.holdings().judgements] == [j.id for j in a2.holdings().judgements]
    assert [(s.document, s.text, s.reason) for s in stones(b1)] == [(s.document, s.text, s.reason) for s in stones(a2)]


def test_of_two_removals_the_older_stays(ledgers: Ledgers, tmp_path: Path) -> None:
    """Both desks removed the page: whoever takes in the other's bundle ends with the earlier tombstone."""
    one, other = ledgers("one"), ledgers("other")
    remove(one, "court order")
    remove(other, "printed by mistake")
    hand_over(one, other, tmp_path / "x.zip")
    hand_over(other, one, tmp_path / "y.zip")
    assert stones(one) == stones(other)
    assert [stone.reason for stone in stones(one)] == ["court order"]


def test_part_of_a_ledger_tells_of_no_removal(ledgers: Ledgers) -> None:
    """Whoever asks for a story's documents gets these alone."""
    one = ledgers("one")
    remove(one, "court order")
    assert one.pack({one.find_document("ferry.txt").id}).removed == ()
