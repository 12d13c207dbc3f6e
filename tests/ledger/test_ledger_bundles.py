"""Bundles: a ledger as one file, the same again in another, merged alike from either side, with or without texts."""

import json
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import reportedly.ledger.bundles.merging
from reportedly.errors import ConflictError, UnreadableError
from reportedly.ledger import make_judgement, open_ledger
from reportedly.ledger.bundles.bundling import bundle_bytes, read_bundle
from reportedly.ledger.bundles.clipping import LONGEST_QUOTE, clip, restore
from reportedly.ledger.store import LedgerStore
from reportedly.model import Correction, Judgement, JudgementKind, Merged

if TYPE_CHECKING:
    from tests.ledger.conftest import Press, Say, Ticking
else:
    Press = Say = Ticking = Any

Ledgers = Callable[[str], LedgerStore]
LONG = "The harbour master said that " + "the wreck lay on its side near the breakwater and " * 4 + "nobody was aboard.\n"


@pytest.fixture
def ledgers(tmp_path: Path, clock: Ticking, request: pytest.FixtureRequest) -> Ledgers:
    """Opens ledgers by name, and closes them."""

    def make(name: str) -> LedgerStore:
        made = open_ledger(tmp_path / f"{name}.db", create=True, clock=clock)
        request.addfinalizer(made.close)
        return made

    return make


def judge(store: LedgerStore, kind: JudgementKind, *targets: str, **fields: Any) -> Judgement:
    made = make_judgement(store, Correction(kind=kind, targets=targets, by="Ann", reason="map", **fields))
    store.judge(made)
    return made


def hand_over(giver: LedgerStore, taker: LedgerStore, path: Path, *, texts: bool = True) -> Merged:
    """Write a bundle and take it in."""
    path.write_bytes(bundle_bytes(giver.pack(), texts=texts))
    return taker.merge(read_bundle(path, taker.texts()), by="Bo", reason="joint desk")


@pytest.fixture
def full(ledgers: Ledgers, press: Press, say: Say) -> LedgerStore:
    """A ledger with everything: two names of one document, an older text, judgements in force, undone, of names and of a coding."""
    store = ledgers("full")
    store.put(*press.report("b/ferry.txt"))
    store.put(*press.report("a/ferry.txt"))
    store.put(*press.report("odd\udcff.txt", "A\x00B \ud800 said the ferry sank.", (say("the ferry sank", "said", "A\x00B \ud800"),)))
    long = say("the wreck lay on its side near the breakwater and " * 4 + "nobody was aboard", "said", "The harbour master")
    reading, extractions = press.report("wreck.txt", LONG, (long,), publisher="AP")
    store.put(reading, extractions)
    store.put_problems(press.failed().problems)
    toll, denial = (c.claim.id for c in store.holdings().claims if c.claim.document == "a/ferry.txt")
    judge(store, "amend", denial, changes={"place": "Lake Ufer"})
    store.undo(judge(store, "reject", toll).id, by="Cy", reason="heard it after all")
    judge(store, "add", "wreck.txt", changes={"content": {"start": 0, "end": len(LONG) - 1}})
    judge(store, "grade", "AP", changes={"reliability": "B"})
    judge(store, "accept", toll, coding="one")
    assert reading.document is not None
    newer = "Wreck\n\n" + LONG
    store.put(*press.report("wreck.txt", newer, (long,), publisher="AP", id=reading.document.id, reader="text/2"))
    return store


def test_a_bundle_makes_the_same_ledger_again(full: LedgerStore, ledgers: Ledgers, tmp_path: Path) -> None:
    """Documents, claims, judgements, undoings, older texts: equal by digest and in every answer; a second time nothing is new."""
    other = ledgers("other")
    merged = hand_over(full, other, tmp_path / "x.zip")
    assert (merged.documents, merged.added, merged.claims, merged.judgements, merged.undone, merged.waiting) == (3, 3, 4, 5, 1, 0)
    assert other.digest() == full.digest()
    mine, theirs = full.holdings(), other.holdings()
    assert [c.claim for c in mine.claims] == [c.claim for c in theirs.claims]
    assert mine.judgements == theirs.judgements
    assert mine.texts == theirs.texts
    assert mine.articles == theirs.articles
    assert other.texts() == full.texts()
    assert not [row for row in other.verify() if not row.holds]
    assert bundle_bytes(other.pack(), texts=True)[-200:] != b""
    revision = other.revision
    assert hand_over(full, other, tmp_path / "y.zip") == Merged(
        ledger=merged.ledger, documents=3, added=0, claims=0, judgements=0, undone=0, waiting=0
    )
    assert other.revision == revision


def test_a_bundle_says_where_it_came_from(full: LedgerStore, ledgers: Ledgers, tmp_path: Path) -> None:
    """The log of the ledger that took it in tells who did, from which ledger at which revision."""
    other = ledgers("other")
    merged = hand_over(full, other, tmp_path / "x.zip")
    deed = next(deed for deed in other.history() if deed.deed == "import")
    assert (deed.by, deed.reason, deed.targets, deed.changes["revision"]) == ("Bo", "joint desk", (merged.ledger,), full.revision)
    assert [d.by for d in other.history() if d.deed == "undo"] == ["Cy"]


def test_the_same_ledger_gives_the_same_bundle(full: LedgerStore) -> None:
    """Byte for byte, so that a bundle can be cited by its digest."""
    for texts in (True, False):
        assert bundle_bytes(full.pack(), texts=texts) == bundle_bytes(full.pack(), texts=texts)


def test_merging_is_the_same_from_either_side(ledgers: Ledgers, press: Press, say: Say, tmp_path: Path) -> None:
    """Two desks read one page with different versions and under different names, judge it differently: A into B is B into A."""

    def desks(suffix: str) -> tuple[LedgerStore, LedgerStore]:
        return ledgers(f"a{suffix}"), ledgers(f"b{suffix}")

    one, other = desks("")
    newer = (say("At least 47 people drowned", "said", "the coast guard"),)
    one.put(*press.report("one.txt", read_at="2025-01-01T00:00:00+00:00"))
    one.put(*press.report("only-one.txt", "Nothing happened, the mayor said.", (say("Nothing happened", "said", "the mayor"),)))
    other.put(*press.report("a-two.txt", said=newer, extractor="rules/2", read_at="2025-02-01T00:00:00+00:00"))
    toll, denial = (c.claim.id for c in one.holdings().claims if c.claim.document == "one.txt")
    judge(one, "reject", denial)
    shared = judge(one, "amend", toll, changes={"place": "Ufer"})
    other.judge(shared)
    other.undo(shared.id, by="Di", reason="no")
    judge(other, "amend", toll, changes={"stance": "estimates"})
    into = {}
    for suffix, (giver, taker) in {"1": (one, other), "2": (other, one)}.items():
        target = ledgers(f"target{suffix}")
        hand_over(taker, target, tmp_path / "base.zip")
        assert target.digest() == taker.digest()
        hand_over(giver, target, tmp_path / "more.zip")
        into[suffix] = target
    assert into["1"].digest() == into["2"].digest()
    first, second = into["1"].holdings(), into["2"].holdings()
    assert [c.claim for c in first.claims] == [c.claim for c in second.claims]
    assert first.judgements == second.judgements
    assert {d.name for d in first.documents.values()} == {"a-two.txt", "only-one.txt"}
    assert [c.extractor for c in first.claims if c.claim.document == "a-two.txt"] == ["rules/2"]


@pytest.mark.parametrize("sidecar", [True, False])
def test_of_two_readings_by_one_version_the_same_wins_from_either_side(
    ledgers: Ledgers,
    press: Press,
    tmp_path: Path,
    sidecar: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """The reading with a sidecar, else that under the least name."""
    one, other = ledgers("one"), ledgers("two")
    one.put(*press.report("b.txt", id="d:1", sidecar=press.sidecar(title="T") if sidecar else None, title="B"))
    other.put(*press.report("a.txt", id="d:1", title="A"))
    merged = []
    for suffix, order in {"x": (one, other), "y": (other, one)}.items():
        target = ledgers(suffix)
        for place, giver in enumerate(order):
            hand_over(giver, target, tmp_path / f"{suffix}{place}.zip")
        merged.append(target)
    assert merged[0].digest() == merged[1].digest()
    assert merged[0].holdings().documents["d:1"].title == ("B" if sidecar else "A")


def test_a_bundle_without_texts_holds_short_quotations_only(full: LedgerStore, tmp_path: Path) -> None:
    """No text, no quotation beyond the length; ids, spans and digests stay."""
    path = tmp_path / "short.zip"
    path.write_bytes(bundle_bytes(full.pack(), texts=False))
    with zipfile.ZipFile(path) as archive:
        assert "texts.jsonl" not in archive.namelist()
        whole = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "the wreck lay on its side" in whole
    assert "nobody was aboard" not in whole
    parcel = read_bundle(path, {})
    assert [carried.complete for carried in parcel.documents] == [False] * 3
    assert parcel.texts == {}


def test_a_bundle_without_texts_is_whole_where_the_texts_are(full: LedgerStore, ledgers: Ledgers, tmp_path: Path) -> None:
    """What waits for its text is told; once the pages are added the same bundle brings the rest, each quotation made whole."""
    other = ledgers("other")
    merged = hand_over(full, other, tmp_path / "x.zip", texts=False)
    assert (merged.added, merged.judgements, merged.waiting) == (0, 1, 3 + 4)
    assert {p.code for p in other.problems()} == {"text-not-held"}
    again = ledgers("again")
    for carried in full.pack().documents:
        with again._turn() as turn:  # noqa: SLF001 - the texts alone, as if the pages had been read by another version
            from reportedly.ledger.documents.entering import enter_text  # noqa: PLC0415

            for digest in carried.texts:
                enter_text(turn.connection, digest, full.texts()[digest])
    merged = hand_over(full, again, tmp_path / "y.zip", texts=False)
    assert merged.waiting == 0
    assert again.digest() == full.digest()
    assert not [row for row in again.verify() if not row.holds]


def test_part_of_a_ledger_goes_with_its_own_judgements(full: LedgerStore) -> None:
    """One document takes along what was judged of its text and of names."""
    wreck = full.find_document("wreck.txt").id
    parcel = full.pack({wreck})
    assert [carried.entry.document.id for carried in parcel.documents] == [wreck]
    assert sorted(j.kind for j, _ in parcel.judgements) == ["add", "grade"]
    assert len(parcel.texts) == 2


def test_what_was_removed_stays_away(full: LedgerStore, ledgers: Ledgers, tmp_path: Path) -> None:
    """A bundle does not bring back what this desk erased; that is told."""
    other = ledgers("other")
    hand_over(full, other, tmp_path / "x.zip")
    other.remove(other.find_document("wreck.txt"), "court order")
    assert hand_over(full, other, tmp_path / "y.zip").added == 0
    assert "removed-before" in {p.code for p in other.problems()}
    assert LONG not in other.texts().values()


def doctored(path: Path, name: str, change: Callable[[str], str], *, sign: bool) -> Path:
    """A bundle with a member changed, and the manifest made to fit it."""
    with zipfile.ZipFile(path) as archive:
        members = {info.filename: archive.read(info).decode() for info in archive.infolist()}
    members[name] = change(members[name])
    if sign:
        import hashlib  # noqa: PLC0415

        manifest = json.loads(members["manifest.json"])
        manifest["sha256"][name] = hashlib.sha256(members[name].encode()).hexdigest()
        members["manifest.json"] = json.dumps(manifest)
    other = path.with_name("doctored.zip")
    with zipfile.ZipFile(other, "w") as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return other


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("claims.jsonl", ("47 people", "74 people"), "does not say what its text says"),
        ("claims.jsonl", ('"id":"c:', '"id":"c:0'), "not the id of its spans"),
        ("texts.jsonl", ("47 people", "74 people"), "is another"),
        ("claims.jsonl", ('"stance"', '"stance'), "no whole bundle"),
        ("documents.jsonl", ('"names"', '"nomes"'), "no whole bundle"),
        ("manifest.json", ("bundle/1", "bundle/01"), "name of no bundle format"),
        ("manifest.json", ('"ledger"', '"leger"'), "no whole bundle"),
    ],
)
def test_a_doctored_bundle_is_refused(full: LedgerStore, tmp_path: Path, name: str, change: tuple[str, str], message: str) -> None:
    """Whatever was changed, even with a manifest made to fit, nothing of it is taken in."""
    path = tmp_path / "x.zip"
    path.write_bytes(bundle_bytes(full.pack(), texts=True))
    with pytest.raises(UnreadableError, match=message):
        read_bundle(doctored(path, name, lambda content: content.replace(*change, 1), sign=name != "manifest.json"), {})


def test_a_damaged_bundle_is_refused(full: LedgerStore, tmp_path: Path) -> None:
    """A member that is not what the manifest says."""
    path = tmp_path / "x.zip"
    path.write_bytes(bundle_bytes(full.pack(), texts=True))
    with pytest.raises(UnreadableError, match="not what the manifest says"):
        read_bundle(doctored(path, "claims.jsonl", lambda content: content[:-40], sign=False), {})


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"{}", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_bundle_is_refused(tmp_path: Path, content: bytes) -> None:
    """Empty, cut, JSON, an empty archive: a message and no traceback."""
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises(UnreadableError, match="no whole bundle"):
        read_bundle(path, {})
    with pytest.raises(UnreadableError):
        read_bundle(tmp_path / "none.zip", {})


def test_a_quotation_that_the_text_does_not_hold_is_refused() -> None:
    """A cut quotation is made whole only by the words it was cut from."""
    text = "x" * 300
    span = {"start": 10, "end": 210, "text": text[10:210]}
    cut = clip({"a": [span]})
    assert len(cut["a"][0]["text"]) == LONGEST_QUOTE
    assert restore(cut, text) == {"a": [span]}
    with pytest.raises(ValueError, match="other words"):
        restore(cut, "y" * 300)


def test_an_interrupted_merge_leaves_nothing(full: LedgerStore, ledgers: Ledgers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut short at its last step, the ledger is as it was; done again, it is whole."""
    other = ledgers("other")
    before = (other.digest(), other.revision)

    def stop(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(reportedly.ledger.bundles.merging, "_note", stop)
        with pytest.raises(RuntimeError):
            hand_over(full, other, tmp_path / "x.zip")
    assert (other.digest(), other.revision, other.history()) == (*before, [])
    hand_over(full, other, tmp_path / "x.zip")
    assert other.digest() == full.digest()


def test_of_two_people_at_once_one_is_told(full: LedgerStore, ledgers: Ledgers) -> None:
    """Sixteen threads on two connections judge one claim from what they saw: one is stored, the others are told who was first."""
    twin = ledgers("full")
    claim, seen = full.all_claims()[0].claim.id, full.revision

    def attempt(number: int) -> str:
        store = (full, twin)[number % 2]
        made = make_judgement(store, Correction(kind="accept", targets=(claim,), by=f"P{number}", reason=""))
        try:
            store.judge(made, seen=seen)
        except ConflictError as error:
            return str(error)
        return made.by

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(attempt, range(16)))
    stored = [j.by for j in full.holdings().judgements if j.kind == "accept" and j.coding is None and claim in j.targets]
    assert len(stored) == 1
    assert sorted(words for words in said if words.startswith("P")) == stored
    assert sum(f"{stored[0]} did accept on {claim}" in words for words in said) == 15
