"""People's corrections: applied to what is read, never overwritten, taken back, and followed to a newer extraction."""

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from reportedly.errors import AmbiguousIdError, BadJudgementError, ConflictError, UnknownIdError
from reportedly.ledger import make_judgement
from reportedly.model import Correction, Figure, Judgement, JudgementKind, Reading

if TYPE_CHECKING:
    from tests.ledger.conftest import AnyStore, Press, Say
else:
    AnyStore = Press = Say = Any

FERRY = "The ferry sank at dawn. At least 47 people drowned, the coast guard said. The owner denied that the boat was overloaded.\n"


def correction(kind: JudgementKind, *targets: str, by: str = "Ann", **fields: Any) -> Correction:
    """A correction with its reason."""
    return Correction(kind=kind, targets=targets, by=by, reason="heard the tape", **fields)


def judge(store: AnyStore, kind: JudgementKind, *targets: str, **fields: Any) -> Judgement:
    """Make a judgement and store it."""
    asked = correction(kind, *targets, **fields)
    made = make_judgement(store, asked)
    store.judge(made, seen=asked.seen)
    return made


def contents(store: AnyStore) -> list[str]:
    """The words of the claims held."""
    return [stored.claim.content[0].text for stored in store.holdings().claims]


@pytest.fixture
def filled(store: AnyStore, press: Press) -> AnyStore:
    """A ledger with the ferry report: a toll, and a denial."""
    store.put(*press.report())
    return store


def test_reject_leaves_a_claim_out_until_it_is_undone(filled: AnyStore) -> None:
    """The toll goes, is still found by its id, and comes back; the judgement stays on record, marked."""
    toll = filled.holdings().claims[0].claim
    before = filled.holdings().claims
    made = judge(filled, "reject", toll.id)
    assert contents(filled) == ["that the boat was overloaded"]
    assert filled.find_claim(toll.id).claim == toll
    assert len(filled.all_claims()) == 2
    filled.undo(made.id[:9])
    assert filled.holdings().claims == before
    assert [j.undone for j in filled.holdings().judgements] == [True]


def test_amend_changes_the_fields_named_and_no_other(filled: AnyStore) -> None:
    """A stance, and a later amendment of it, win over what was extracted; the record as the person saw it is kept."""
    denial = filled.holdings().claims[1].claim
    made = judge(filled, "amend", denial.id, changes={"stance": "doubts", "place": "Lake Ufer"})
    judge(filled, "amend", denial.id[:10], changes={"stance": "declines"})
    now = filled.holdings().claims[1].claim
    assert now == replace(denial, stance="declines", place="Lake Ufer")
    assert json.loads(made.frozen)["stance"] == "denies"
    assert made.spans == denial.content
    assert filled.find_claim(denial.id).claim == now


def test_amended_spans_hold_the_words_of_the_text(filled: AnyStore, press: Press) -> None:
    """A span without its words gets them; one outside the text, or with other words, is refused."""
    denial = filled.holdings().claims[1].claim
    judge(filled, "amend", denial.id, changes={"source": {"start": 0, "end": 9}})
    assert filled.holdings().claims[1].claim.source == press.spans("The ferry", "The ferry")
    for piece in ({"start": 0, "end": 9999}, {"start": 0, "end": 9, "text": "A ferry"}, {"start": 3, "end": 3}, {"end": 3}, "The ferry"):
        with pytest.raises(BadJudgementError):
            judge(filled, "amend", denial.id, changes={"source": piece})


def test_add_puts_a_claim_into_every_appearance_of_the_text(filled: AnyStore, press: Press) -> None:
    """A claim that a person read stands in both outlets' documents, with an id from its spans, and is found."""
    filled.put(*press.report("copy.txt", publisher="AP"))
    made = judge(filled, "add", "ferry.txt", changes={"content": {"start": 0, "end": 22}, "speakers": ["Owner"], "stance": "confirms"})
    added = [c for c in filled.holdings().claims if c.claim.id == made.targets[0]]
    assert [(c.claim.content[0].text, c.claim.stance, c.extractor) for c in added] == [
        ("The ferry sank at dawn", "confirms", "judgement")
    ] * 2
    assert len({c.document for c in added}) == 2
    assert filled.find_claim(made.targets[0]).claim.speakers == ("Owner",)
    assert filled.holdings(recorded_before=3).claims == tuple(c for c in filled.all_claims())
    judge(filled, "reject", made.targets[0])
    assert made.targets[0] not in {c.claim.id for c in filled.holdings().claims}


def test_merge_and_split_are_passed_on(filled: AnyStore) -> None:
    """Of claims and of actors; they change no claim."""
    first, second = (c.claim.id for c in filled.holdings().claims)
    before = filled.holdings().claims
    judge(filled, "merge", first, second)
    judge(filled, "split", "Kim Jong Un", "Kim Yo Jong")
    assert [j.targets for j in filled.holdings().judgements] == [(first, second), ("Kim Jong Un", "Kim Yo Jong")]
    assert filled.holdings().claims == before


@pytest.mark.parametrize(
    ("kind", "targets", "changes", "message"),
    [
        ("amend", 1, {"stance": "shouts"}, "stance is 'shouts'; it may be asserts"),
        ("amend", 1, {"mood": "bad"}, "no field 'mood'"),
        ("amend", 1, {"id": "c:1"}, "no field 'id'"),
        ("amend", 1, {"figures": [{"low": "many"}]}, "Figure|Decimal|no Claim"),
        ("amend", 1, {"content": None}, "needs content"),
        ("amend", 1, {}, "needs changes"),
        ("reject", 1, {"stance": "denies"}, "takes no changes"),
        ("reject", 0, {}, "0 targets"),
        ("merge", 1, {}, "1 targets"),
        ("grade", 1, {"credibility": 7}, "credibility, one of 1, 2"),
        ("grade", 1, {"reliability": "A"}, "claims take credibility"),
        ("grade", 1, {}, "needs changes"),
        ("add", 0, {"stance": "denies"}, "needs a document"),
        ("add", 0, {"document": "ferry.txt", "stance": "denies"}, "content"),
    ],
)
def test_a_correction_that_does_not_fit_is_refused(
    filled: AnyStore, kind: JudgementKind, targets: int, changes: dict[str, Any], message: str
) -> None:
    """Each with its own message, and nothing stored."""
    ids = [c.claim.id for c in filled.holdings().claims][:targets]
    with pytest.raises(BadJudgementError, match=message):
        make_judgement(filled, correction(kind, *ids, changes=changes))
    assert filled.holdings().judgements == ()


def test_a_judgement_needs_a_name_and_a_claim_that_there_is(filled: AnyStore) -> None:
    """Nobody signs, nothing is meant, several are undone: each is refused."""
    (first, *_) = filled.holdings().claims
    with pytest.raises(BadJudgementError, match="nobody"):
        make_judgement(filled, correction("reject", first.claim.id, by=" "))
    with pytest.raises(UnknownIdError):
        make_judgement(filled, correction("reject", "c:ffffffff"))
    with pytest.raises(UnknownIdError):
        filled.undo("j:ffff")
    base = judge(filled, "reject", first.claim.id)
    filled.judge(replace(base, id="j:aa01"))
    filled.judge(replace(base, id="j:aa02"))
    with pytest.raises(AmbiguousIdError):
        filled.undo("j:aa")


def test_the_same_judgement_twice_is_one(filled: AnyStore) -> None:
    """Importing a judgement that is there adds nothing; one that comes undone is undone."""
    made = judge(filled, "reject", filled.holdings().claims[0].claim.id)
    revision = filled.revision
    filled.judge(made)
    assert filled.revision == revision
    filled.judge(replace(made, undone=True))
    assert len(filled.holdings().claims) == 2


def test_a_judgement_follows_its_claim_to_a_newer_extraction(filled: AnyStore, press: Press, say: Say) -> None:
    """The newer version cuts the denial one word shorter: the amendment holds for it, and merges name the new id."""
    toll, denial = (c.claim.id for c in filled.holdings().claims)
    judge(filled, "amend", denial, changes={"place": "Lake Ufer"})
    judge(filled, "merge", denial, toll)
    newer = (say("At least 47 people drowned", "said", "the coast guard"), say("the boat was overloaded", "denied", "The owner"))
    filled.put(*press.report(said=newer, extractor="rules/2"))
    shorter = filled.holdings().claims[1].claim
    assert (shorter.content[0].text, shorter.place) == ("the boat was overloaded", "Lake Ufer")
    assert filled.holdings().judgements[1].targets == (shorter.id, toll)
    assert filled.problems() == ()


@pytest.mark.parametrize(
    ("content", "source"),
    [("overloaded", "The owner"), ("that the boat was overloaded", "the coast guard")],
    ids=["less than half of the content", "another source"],
)
def test_a_judgement_that_fits_no_claim_is_kept_and_named(filled: AnyStore, press: Press, say: Say, content: str, source: str) -> None:
    """It stays, changes nothing, and is a problem with its place; the older version back, it holds again."""
    denial = filled.holdings().claims[1].claim
    judge(filled, "reject", denial.id)
    filled.put(*press.report(said=(say(content, "said", source),), extractor="rules/2"))
    assert contents(filled) == [content]
    (problem,) = filled.problems()
    assert (problem.code, problem.document) == ("unattached-judgement", "ferry.txt")
    assert (problem.start, problem.end) == (denial.start, denial.end)
    filled.put(*press.report(extractor="rules/3"))
    assert contents(filled) == ["At least 47 people drowned"]
    assert filled.problems() == ()


def test_a_judgement_follows_its_claim_to_a_newer_text(filled: AnyStore, press: Press, say: Say) -> None:
    """A newer reader makes another text of the same bytes: the claim with half the words in common is the one meant."""
    toll = filled.holdings().claims[0].claim
    judge(filled, "amend", toll.id, changes={"place": "Lake Ufer"})
    reading, _ = press.report()
    document = reading.document
    assert document is not None
    longer = "Ferry\n\n" + reading.text
    specs = (say("At least 47 people drowned", "said", "the coast guard"), say("The ferry sank at dawn"))
    again, extractions = press.report(text=longer, said=specs, id=document.id, bytes_digest=document.bytes_digest, reader="text/2")
    assert filled.put(again, extractions) == (0, 2, 0)
    assert {c.claim.content[0].text: c.claim.place for c in filled.holdings().claims} == {
        "At least 47 people drowned": "Lake Ufer",
        "The ferry sank at dawn": None,
    }


def test_a_judgement_that_was_stored_wrong_is_a_problem(filled: AnyStore, press: Press) -> None:
    """An imported amendment and addition that make no claim change nothing and are named."""
    toll = filled.holdings().claims[0].claim
    digest = next(iter(filled.holdings().texts))
    fields: dict[str, Any] = {"by": "Bo", "at": "2025-01-01T00:00:00+00:00", "reason": "", "text_digest": digest, "spans": toll.content}
    filled.judge(Judgement(id="j:1", kind="amend", targets=(toll.id,), changes={"figures": [{}]}, **fields))
    filled.judge(Judgement(id="j:2", kind="add", targets=("c:1",), changes={"content": None}, **fields))
    before = press.report()[1][0].claims
    assert tuple(c.claim for c in filled.holdings().claims) == before
    assert [p.code for p in filled.problems()] == ["bad-judgement", "bad-judgement"]


def test_a_judgement_of_a_removed_document_stays(filled: AnyStore) -> None:
    """Its claim is gone; it is named as unattached."""
    judge(filled, "reject", filled.holdings().claims[0].claim.id)
    filled.remove(filled.find_document("ferry.txt"), "withdrawn")
    assert [p.code for p in filled.problems()] == ["unattached-judgement"]
    assert len(filled.holdings().judgements) == 1


def test_judgements_are_part_of_the_digest(fresh: Callable[[], AnyStore], press: Press) -> None:
    """Two ledgers with the same judgements, one undone, made in either order, are equal; without the undoing they are not."""
    reading: Reading
    reading, extractions = press.report()
    one, other = fresh(), fresh()
    one.put(reading, extractions)
    first, second = (make_judgement(one, correction("reject", c.claim.id)) for c in one.holdings().claims)
    one.judge(first)
    one.judge(second)
    one.undo(first.id)
    other.judge(second)
    other.judge(first)
    other.put(reading, extractions)
    assert one.digest() != other.digest()
    other.undo(first.id)
    assert one.digest() == other.digest()
    assert one.holdings().claims[0].claim == other.holdings().claims[0].claim


def test_grades_are_stored_and_change_no_claim(filled: AnyStore) -> None:
    """A name takes a reliability, a claim a credibility; any other grade is refused; links need not be made anew."""
    before = filled.holdings().claims
    filled.put_links(filled.holdings().links)
    judge(filled, "grade", "AP", changes={"reliability": "B"})
    judge(filled, "grade", before[0].claim.id, changes={"credibility": 2})
    assert [dict(j.changes) for j in filled.holdings().judgements] == [{"reliability": "B"}, {"credibility": 2}]
    assert filled.holdings().claims == before
    assert not filled.links_outdated()
    for targets, changes in ((("AP",), {"reliability": "G"}), (("AP", before[0].claim.id), {"reliability": "B"}), (("AP",), {"mood": 1})):
        with pytest.raises(BadJudgementError, match="grade does not fit"):
            judge(filled, "grade", *targets, changes=changes)


def test_a_coding_changes_nothing_and_follows_its_claim(filled: AnyStore, press: Press, say: Say) -> None:
    """One coder's view neither rejects nor adds, and attaches to the newer extraction as any judgement does."""
    toll, denial = (c.claim.id for c in filled.holdings().claims)
    judge(filled, "reject", toll, coding="round one")
    judge(filled, "reject", denial, coding="round one")
    judge(filled, "add", "ferry.txt", coding="round one", changes={"content": {"start": 0, "end": 22}})
    assert [c.claim.id for c in filled.holdings().claims] == [toll, denial]
    newer = (say("At least 47 people drowned", "said", "the coast guard"), say("the boat was overloaded", "denied", "The owner"))
    filled.put(*press.report(said=newer, extractor="rules/2"))
    assert filled.holdings().judgements[1].targets == (filled.holdings().claims[1].claim.id,)
    for kind, name in (("merge", "round one"), ("grade", "round one"), ("accept", " ")):
        changes = {"credibility": 1} if kind == "grade" else {}
        with pytest.raises(BadJudgementError, match="double coding"):
            judge(filled, kind, toll, denial, coding=name, changes=changes)  # type: ignore[arg-type]


def test_nobody_overwrites_anybody_unseen(filled: AnyStore) -> None:
    """Who names the revision they saw is refused where somebody judged the same since, and told who; other claims are free."""
    toll, denial = (c.claim.id for c in filled.holdings().claims)
    seen = filled.revision
    made = judge(filled, "amend", denial, changes={"stance": "doubts"}, by="Bo", seen=seen)
    with pytest.raises(ConflictError, match=f"Bo did amend on {denial} in revision {seen + 1}"):
        judge(filled, "reject", denial, seen=seen)
    with pytest.raises(ConflictError, match="look again"):
        judge(filled, "merge", toll, denial, seen=seen)
    judge(filled, "reject", toll, seen=seen)
    assert [j.kind for j in filled.holdings().judgements] == ["amend", "reject"]
    now = filled.revision
    filled.undo(made.id, by="Cy", seen=now)
    with pytest.raises(ConflictError, match=f"Cy undid {made.id}"):
        judge(filled, "reject", denial, seen=now)
    with pytest.raises(ConflictError, match="Cy undid"):
        filled.undo(made.id, by="Di", seen=now)
    judge(filled, "reject", denial, seen=filled.revision)
    judge(filled, "accept", denial)  # who names no revision is not held up


def test_a_claim_read_anew_since_is_a_conflict(filled: AnyStore, press: Press, say: Say) -> None:
    """A newer extractor gave the claim another stance after the person looked."""
    denial = filled.holdings().claims[1].claim.id
    seen = filled.revision
    newer = say("that the boat was overloaded", "denied", "The owner", stance="doubts")
    filled.put(*press.report(said=(newer,), extractor="rules/2"))
    with pytest.raises(ConflictError, match=f"{denial} was read anew in revision {seen + 1}"):
        judge(filled, "accept", denial, seen=seen)


def test_coders_of_one_coding_are_no_conflict(filled: AnyStore) -> None:
    """Two coders are blind to each other; what is in force concerns both."""
    toll = filled.holdings().claims[0].claim.id
    seen = filled.revision
    judge(filled, "accept", toll, by="Ann", coding="one", seen=seen)
    judge(filled, "reject", toll, by="Bo", coding="one", seen=seen)
    with pytest.raises(ConflictError, match="Ann did accept"):
        judge(filled, "reject", toll, by="Ann", coding="one", seen=seen)
    judge(filled, "accept", toll, by="Cy", seen=seen)
    with pytest.raises(ConflictError, match="Cy did accept"):
        judge(filled, "reject", toll, by="Di", coding="one", seen=seen)


def test_the_audit_log_tells_who_did_what(filled: AnyStore) -> None:
    """Judgements, undoings and removals, the newest first, each with its revision, moment, name and reason."""
    toll = filled.holdings().claims[0].claim.id
    made = judge(filled, "reject", toll)
    filled.undo(made.id, by="Bo", reason="misheard")
    judge(filled, "grade", toll, changes={"credibility": 1}, by="Cy")
    filled.remove(filled.find_document("ferry.txt"), "withdrawn")
    deeds = filled.history()
    assert [(d.deed, d.by, d.targets, d.undone) for d in deeds] == [
        ("remove", "", ("ferry.txt",), False),
        ("grade", "Cy", (toll,), False),
        ("undo", "Bo", (toll,), False),
        ("reject", "Ann", (toll,), True),
    ]
    assert [d.reason for d in deeds] == ["withdrawn", "heard the tape", "misheard", "heard the tape"]
    assert [d.revision for d in deeds] == sorted({d.revision for d in deeds}, reverse=True)
    assert all(d.at for d in deeds)


AGAIN = "Updated at noon.\n\n" + FERRY.replace("denied that", "denied")


def saved_again(press: Press, say: Say, text: str = AGAIN, **fields: Any) -> Any:
    """The ferry report's page as it was saved later."""
    denial = say("the boat was overloaded", "denied", "The owner", stance="denies", speakers=("Owner",))
    number = "47" if "At least 47" in text else "49"
    toll = say(f"At least {number} people drowned", "said", "the coast guard", form="indirect")
    return press.report("later.txt", text, (toll, denial), **fields)


@pytest.mark.parametrize("address", ["https://x.example/ferry", None], ids=["by its address", "by its name"])
def test_a_judgement_holds_for_a_page_that_is_saved_again(store: AnyStore, press: Press, say: Say, address: str | None) -> None:
    """Other words around it and another text: the like claims are rejected and amended too, before or after it was saved."""
    store.put(*press.report("ferry.txt", url=address))
    toll, denial = (c.claim.id for c in store.holdings().claims)
    judge(
        store, "amend", denial, changes={"place": "Lake Ufer", "source": {"start": FERRY.index("owner"), "end": FERRY.index("owner") + 5}}
    )
    again, extractions = saved_again(press, say, url=address)
    assert again.document is not None
    store.put(replace(again, document=replace(again.document, name="later.txt" if address else "ferry.txt")), extractions)
    later = next(c for c in store.holdings().claims if c.claim.content[0].text == "the boat was overloaded")
    assert later.claim.place == "Lake Ufer"
    assert later.claim.source[0].start == AGAIN.index("owner")
    text = store.holdings().text_of(later.document)
    assert all(text[span.start : span.end] == span.text for span in later.claim.source)
    made = judge(store, "reject", denial)
    assert {c.claim.content[0].text for c in store.holdings().claims} == {"At least 47 people drowned"}
    store.undo(made.id)
    assert len(store.holdings().claims) == 4
    assert toll in {c.claim.id for c in store.holdings().claims}
    assert store.problems() == ()


def test_a_judgement_does_not_hold_for_another_toll_of_the_page(store: AnyStore, press: Press, say: Say) -> None:
    """The page saved again says 49: that is not the claim that was rejected; nor is the same words' claim on another page."""
    address = "https://x.example/ferry"
    store.put(*press.report("ferry.txt", url=address))
    judge(store, "reject", store.holdings().claims[0].claim.id)
    later, extractions = saved_again(press, say, AGAIN.replace("47", "49"), url=address)
    claim = extractions[0].claims[0]
    figure = Figure(span=claim.content[0], low=Decimal(49), high=None, qualifier="at_least", measure="killed")
    store.put(later, [replace(extractions[0], claims=(replace(claim, figures=(figure,)), *extractions[0].claims[1:]))])
    store.put(*press.report("elsewhere.txt", FERRY + "More.", url="https://y.example/other"))
    assert sorted(words for words in contents(store) if "drowned" in words) == ["At least 47 people drowned", "At least 49 people drowned"]


def test_an_amended_span_that_the_page_no_longer_holds_is_a_problem(store: AnyStore, press: Press, say: Say) -> None:
    """The words that a person marked are gone from the later saving: that claim stays as extracted, and it is told."""
    address = "https://x.example/ferry"
    store.put(*press.report("ferry.txt", url=address))
    denial = store.holdings().claims[1].claim.id
    cue = FERRY.index("sank at dawn")
    judge(store, "amend", denial, changes={"cue": {"start": cue, "end": cue + 12}})
    store.put(*saved_again(press, say, AGAIN.replace("sank at dawn", "sank early"), url=address))
    assert [p.code for p in store.problems()] == ["bad-judgement"]
    assert "sank at dawn" in store.problems()[0].message
