"""What every kind of store does."""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from reportedly.errors import AmbiguousIdError, BadDateError, UnknownIdError
from reportedly.model import (
    Actor,
    ArticleDate,
    ArticleKey,
    CopyLink,
    Event,
    Extraction,
    Interval,
    Links,
    Origin,
    Problem,
    Span,
    Statement,
    StatementMember,
    Story,
)

if TYPE_CHECKING:
    from tests.ledger.conftest import AnyStore, Press, Say, Ticking
else:
    AnyStore = Press = Say = Ticking = Any


def test_put_counts_only_what_is_new(store: AnyStore, press: Press) -> None:
    """A document counts once, however often it comes; its revision stands still."""
    assert store.put(*press.report()) == (1, 2, 0)
    revision = store.revision
    assert store.put(*press.report()) == (0, 0, 0)
    assert store.revision == revision == 1
    assert len(store.holdings().claims) == 2


def test_holdings_give_back_what_was_put(store: AnyStore, press: Press) -> None:
    """Document, article, claims and text come back as they went in."""
    reading, extractions = press.report(publisher="AP", sidecar=press.sidecar(publisher="AP", title="Ferry"), title="Ferry")
    store.put(reading, extractions)
    held = store.holdings()
    document = reading.document
    assert document is not None
    assert held.documents == {document.id: document}
    assert held.articles == {(document.id, 0): reading.articles[0]}
    assert held.texts == {document.text_digest: reading.text}
    assert tuple(stored.claim for stored in held.claims) == extractions[0].claims
    assert {(stored.document, stored.extractor, stored.recorded) for stored in held.claims} == {(document.id, "rules/1", 1)}


def test_same_file_from_two_paths_is_one_document_under_the_lesser_name(store: AnyStore, press: Press) -> None:
    """Both names find it; claims and article carry the lesser one."""
    store.put(*press.report("z/ferry.txt"))
    assert store.put(*press.report("a/ferry.txt")) == (0, 0, 0)
    held = store.holdings()
    assert [d.name for d in held.documents.values()] == ["a/ferry.txt"]
    assert {c.claim.document for c in held.claims} == {a.document for a in held.articles.values()} == {"a/ferry.txt"}
    assert store.find_document("z/ferry.txt") == store.find_document("a/ferry.txt")


def test_same_bytes_of_another_publisher_are_a_second_document_of_one_text(store: AnyStore, press: Press) -> None:
    """Two outlets, one text, each with the claims."""
    assert store.put(*press.report("one.txt", publisher="AP")) == (1, 2, 0)
    assert store.put(*press.report("two.txt", publisher="UPI")) == (1, 2, 0)
    held = store.holdings()
    assert (len(held.documents), len(held.texts), len(held.claims)) == (2, 1, 4)
    assert len({c.claim.id for c in held.claims}) == 2


def test_problems_are_kept_once_also_of_no_document(store: AnyStore, press: Press) -> None:
    """An unreadable file leaves its problem, and only one however often it is read."""
    assert store.put(press.failed(), []) == (0, 0, 1)
    assert store.put(press.failed(), []) == (0, 0, 0)
    reading, extractions = press.report()
    odd = Problem(code="no-date", message="the article gives no date", document="ferry.txt", start=0, end=9)
    extraction = replace(extractions[0], problems=(odd,))
    assert store.put(reading, [extraction]) == (1, 2, 1)
    assert store.put(reading, [extraction]) == (0, 0, 0)
    assert [p.code for p in store.problems()] == ["empty-file", "no-date"]


def test_a_text_with_nul_and_lone_surrogates_is_kept(store: AnyStore, press: Press, say: Say) -> None:
    r"""'A\x00B \ud800 said the ferry \u0301 sank \U0001f6a2' comes back, verifies and is found, under a name that is no UTF-8."""
    text = "A\x00B \ud800 said the ferry \u0301 sank \U0001f6a2 off C:\\u0041\x00"
    store.put(
        *press.report("bad\udcff\\n\x00.txt", text, (say("the ferry \u0301 sank \U0001f6a2 off C:\\u0041\x00", "said", "A\x00B \ud800"),))
    )
    held = store.holdings()
    assert list(held.texts.values()) == [text]
    assert held.claims[0].claim.source[0].text == "A\x00B \ud800"
    assert store.find_document("bad\udcff\\n\x00.txt").name == "bad\udcff\\n\x00.txt"
    assert [row.holds for row in store.verify()] == [True] * 3
    assert [hit.start for hit in store.search("ferry sank", limit=5)] == [text.index("ferry")]


def test_verify_covers_every_span_of_every_claim(store: AnyStore, press: Press) -> None:
    """Content, cue and source of two claims and the figure of one."""
    store.put(*press.report())
    rows = list(store.verify())
    assert sorted(row.part for row in rows) == ["content", "content", "cue", "cue", "figure", "source", "source"]
    assert all(row.holds for row in rows)


def test_verify_names_a_span_that_says_something_else(store: AnyStore, press: Press) -> None:
    """A claim whose content is said to be other words than stand there does not hold."""
    reading, extractions = press.report()
    first, second = extractions[0].claims
    wrong = replace(first, content=(replace(first.content[0], text="at least 74 people drowned"),))
    store.put(reading, [Extraction(claims=(wrong, second), extractor="rules/1")])
    failed = [row for row in store.verify() if not row.holds]
    assert [(row.part, row.found) for row in failed] == [("content", "At least 47 people drowned")]


def test_newer_extractor_replaces_claims_and_keeps_the_old_state(store: AnyStore, press: Press, say: Say) -> None:
    """After a newer version only its claims stand; `recorded_before` still shows what was held."""
    store.put(*press.report())
    before = store.holdings()
    newer = (say("At least 47 people drowned", "said", "the coast guard"), say("The ferry sank at dawn"))
    assert store.put(*press.report(said=newer, extractor="rules/2")) == (0, 1, 0)
    now = store.holdings()
    assert [c.claim.content[0].text for c in now.claims] == ["The ferry sank at dawn", "At least 47 people drowned"]
    assert {c.extractor for c in now.claims} == {"rules/2"}
    earlier = store.holdings(recorded_before=2)
    assert [c.claim for c in earlier.claims] == [c.claim for c in before.claims]
    assert earlier.revision == 1
    assert [row.holds for row in store.verify()] == [True] * 4


def test_a_claim_that_a_newer_extractor_finds_again_keeps_its_revision(store: AnyStore, press: Press) -> None:
    """Only what differs arrives anew."""
    store.put(*press.report())
    store.put(*press.report(extractor="rules/2"))
    assert {(c.recorded, c.extractor) for c in store.holdings().claims} == {(1, "rules/2")}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (1, 2, 0)])
def test_which_of_two_sidecars_holds_does_not_depend_on_order(fresh: Callable[[], AnyStore], press: Press, order: tuple[int, ...]) -> None:
    """The reading with a sidecar wins, then the lesser name; a later reading of one name is an update."""
    readings = [
        press.report("a.txt"),
        press.report("b.txt", sidecar=press.sidecar(published="2024-06-01"), published="2024-06-01"),
        press.report("c.txt", sidecar=press.sidecar(published="2024-06-02"), published="2024-06-02"),
    ]
    store = fresh()
    for number in order:
        store.put(*readings[number])
    (document,) = store.holdings().documents.values()
    assert (document.name, document.published) == ("a.txt", "2024-06-01")
    store.put(*press.report("b.txt", sidecar=press.sidecar(published="2023-06-01"), published="2023-06-01"))
    (document,) = store.holdings().documents.values()
    assert document.published == "2023-06-01"


def test_is_current_says_whether_put_would_add_anything(store: AnyStore, press: Press) -> None:
    """What is held under this name by this extractor need not be extracted; anything else must."""
    reading, extractions = press.report()
    document = reading.document
    assert document is not None
    assert not store.is_current(reading, "rules/1")
    store.put(reading, extractions)
    assert store.is_current(reading, "rules/1")
    assert store.holds(document.id, "rules/1")
    assert not store.holds(document.id, "rules/2")
    assert not store.is_current(reading, "rules/2")
    assert not store.is_current(press.report("other.txt")[0], "rules/1")
    assert not store.is_current(press.failed(), "rules/1")
    assert not store.holds("d:0000", "rules/1")


def test_digest_does_not_depend_on_the_order_of_adding(fresh: Callable[[], AnyStore], press: Press) -> None:
    """Ten documents, some under two names or of two publishers, in five orders, give one digest; another text gives another."""
    reports = [
        press.report(f"{n % 7}-{n}.txt", f"Report {n % 6}: at least 47 people drowned.", (), publisher=None if n % 2 else "AP")
        for n in range(10)
    ]
    chance = random.Random(7)
    digests = set()
    for _ in range(5):
        store = fresh()
        for reading, extractions in chance.sample(reports, len(reports)):
            store.put(reading, extractions)
        digests.add(store.digest())
    assert len(digests) == 1
    store.put(*press.report())
    assert store.digest() not in digests


def test_both_kinds_of_store_have_the_same_digest(press: Press, kinds: tuple[AnyStore, AnyStore]) -> None:
    """The same documents in memory and in a file are the same ledger."""
    for store in kinds:
        store.put(*press.report("b.txt"))
        store.put(*press.report("a.txt"))
        store.put(*press.report("c.txt", "Nobody was hurt.", ()))
    assert kinds[0].digest() == kinds[1].digest()
    assert kinds[0].holdings() == kinds[1].holdings()


def test_digest_leaves_out_time_and_links(store: AnyStore, press: Press) -> None:
    """When a document was read and what was found across documents is no content."""
    store.put(*press.report(read_at="2020-01-01T00:00:00+00:00"))
    before = store.digest()
    store.put_links(Links(utterance_of={"c:1": "u:1"}))
    assert store.digest() == before


def some_links() -> Links:
    """Links of every kind."""
    one: ArticleKey = ("d:1", 0)
    two: ArticleKey = ("d:2", 1)
    return Links(
        actors=(Actor(id="a:1", name="Owner", kind="person", principal=None, names=("Owner", "the own\x00er")),),
        actor_of={("d:1", 0, "Owner"): "a:1", ("d:2", 1, "the \ud800"): "a:1"},
        copies=(CopyLink(first=one, second=two, kind="copy", containment=0.875, evidence="same wire"),),
        stories=(Story(id="s:1", title="Ferry", articles=(one, two)),),
        events=(
            Event(
                id="e:1",
                story="s:1",
                parent=None,
                label="sank",
                place=None,
                happened=Interval(first="2024-06-01", last=None),
                background=False,
                claims=("c:1",),
            ),
        ),
        event_of={"c:1": "e:1"},
        origins=(Origin(id="o:1", principal="Owner", members=("c:1", "c:1#0"), outlets=("AP",), utterances=1),),
        origin_of={"c:1": "o:1", "c:1#0": "o:1"},
        utterance_of={"c:1": "u:1"},
        statements=(
            Statement(
                id="p:1",
                story="s:1",
                event=None,
                text="it sank",
                act="sink",
                parties=(),
                serves_agent=False,
                members=(StatementMember(claim="c:1", position="denies", how="denies"),),
            ),
        ),
        superseded={"c:1": two},
        dates=(
            ArticleDate(
                article=two,
                published=Interval(first="2024-06-02", last="2024-06-08", basis="inferred"),
                evidence=("cites",),
                rests_on=(one,),
            ),
        ),
    )


def test_links_come_back_and_raise_the_revision_only_where_they_differ(store: AnyStore, press: Press) -> None:
    """Links of every kind come back equal; the same links again change nothing; fewer take the place of more."""
    store.put(*press.report())
    assert store.links_outdated()
    store.put_links(some_links())
    assert store.holdings().links == some_links()
    assert not store.links_outdated()
    revision = store.revision
    store.put_links(some_links())
    assert store.revision == revision == 2
    store.put_links(Links())
    assert store.holdings().links == Links()
    assert store.revision == 3


def test_links_are_outdated_after_each_change_of_content(store: AnyStore, press: Press) -> None:
    """An interrupted run shows: content came, links did not. An empty ledger's links are those it has."""
    assert not store.links_outdated()
    store.put(*press.report())
    store.put_links(Links())
    assert not store.links_outdated()
    store.put(*press.report("other.txt", "Another text.", ()))
    assert store.links_outdated()


def test_recorded_before_takes_a_revision_or_a_moment(store: AnyStore, press: Press, clock: Ticking) -> None:
    """What came on 2 January is not there before that day; the name it had then is the name it has."""
    store.put(*press.report("z.txt"))
    clock.now = clock.now.replace(day=2, hour=9)
    store.put(*press.report("a.txt"))
    store.put(*press.report("other.txt", "Another text.", ()))
    store.put_links(some_links())
    earlier = store.holdings(recorded_before="2025-01-02")
    assert [d.name for d in earlier.documents.values()] == ["z.txt"]
    assert earlier == store.holdings(recorded_before=2)
    assert earlier.links == Links()
    assert store.holdings(recorded_before="2025-01-02T10:00:00+09:00") == earlier
    assert len(store.holdings(recorded_before="2025-01-03").documents) == 2
    assert store.holdings(recorded_before=99) == store.holdings()
    for beyond in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:00-10:00"):
        with pytest.raises(BadDateError):
            store.holdings(recorded_before=beyond)
    assert store.holdings(recorded_before=1).documents == {}
    with pytest.raises(BadDateError, match="recorded_before"):
        store.holdings(recorded_before="soon")


def test_time_never_runs_back(store: AnyStore, press: Press, clock: Ticking) -> None:
    """A clock set back a year: what came later stays later."""
    store.put(*press.report())
    clock.now = clock.now.replace(year=2024)
    store.put(*press.report("other.txt", "Another text.", ()))
    assert store.holdings(recorded_before="2024-06-01").documents == {}
    assert len(store.holdings(recorded_before="2025-01-01T00:00:01").documents) == 2


def test_remove_erases_text_and_claims_and_leaves_a_tombstone(store: AnyStore, press: Press) -> None:
    """Gone from holdings, search, problems and every earlier state; adding it again gives a problem unless forced."""
    store.put(*press.report())
    store.put(*press.report(extractor="rules/2", said=()))
    document = store.find_document("ferry.txt")
    store.remove(document, "the family asked")
    held = store.holdings()
    assert (held.documents, held.texts, held.claims, held.articles) == ({}, {}, (), {})
    assert store.search("ferry", limit=5) == []
    assert store.holdings(recorded_before=2).claims == ()
    with pytest.raises(UnknownIdError):
        store.remove(document, "again")
    assert store.put(*press.report()) == (0, 0, 1)
    assert [p.code for p in store.problems()] == ["removed-before"]
    assert store.put(*press.report()) == (0, 0, 0)
    assert store.put(*press.report(), forced=True) == (1, 2, 0)
    assert store.put(*press.report()) == (0, 0, 0)


def test_remove_leaves_a_text_that_another_document_shares(store: AnyStore, press: Press) -> None:
    """One publisher's appearance goes, the other's stays whole."""
    store.put(*press.report("one.txt", publisher="AP"))
    store.put(*press.report("two.txt", publisher="UPI"))
    store.remove(store.find_document("one.txt"), "withdrawn")
    held = store.holdings()
    assert [d.name for d in held.documents.values()] == ["two.txt"]
    assert len(held.claims) == 2
    assert [hit.document for hit in store.search("ferry", limit=5)] == ["two.txt"]


def test_find_document_by_id_name_or_title(store: AnyStore, press: Press) -> None:
    """An exact name beats a beginning; what fits several or none is said."""
    store.put(*press.report("news/ferry.txt", title="Ferry sinks"))
    store.put(*press.report("news/ferry.txt.old", "Another text.", ()))
    found = store.find_document("news/ferry.txt")
    assert found.name == "news/ferry.txt"
    for words in (found.id, found.id[:8], "ferry.txt", "ferry sinks"):
        assert store.find_document(words) == found
    with pytest.raises(AmbiguousIdError, match="fits 2"):
        store.find_document("news/")
    for words in ("nowhere.txt", "", "d:"):
        with pytest.raises(UnknownIdError):
            store.find_document(words)


def test_find_claim_by_the_start_of_its_id(store: AnyStore, press: Press) -> None:
    """With or without `c:`; an unknown start, an empty one and one that is no id are refused."""
    store.put(*press.report())
    store.put(*press.report("copy.txt", publisher="AP"))
    (first, *_) = store.all_claims()
    for words in (first.claim.id, first.claim.id[:7], first.claim.id[2:8]):
        assert store.find_claim(words).claim.id == first.claim.id
    for words in ("c:ffffffffffff", "", "c:", "%"):
        with pytest.raises(UnknownIdError):
            store.find_claim(words)


def test_claims_are_in_page_order(store: AnyStore, press: Press) -> None:
    """By document id, then by place, whatever order they were extracted in."""
    reading, extractions = press.report()
    backwards = Extraction(claims=tuple(reversed(extractions[0].claims)), extractor="rules/1")
    store.put(reading, [backwards])
    store.put(*press.report("copy.txt", publisher="AP"))
    places = [(c.document, c.claim.start) for c in store.holdings().claims]
    assert places == sorted(places)


def test_spans_of_one_text_that_are_the_same_are_one_claim(store: AnyStore, press: Press) -> None:
    """An extractor that gives a claim twice adds it once."""
    reading, extractions = press.report()
    assert store.put(reading, extractions * 2) == (1, 2, 0)


def test_a_document_without_articles_is_held(store: AnyStore, press: Press) -> None:
    """A page of teasers has nothing to extract and is not extracted again."""
    reading, _ = press.report(said=())
    bare = replace(reading, articles=())
    assert store.put(bare, []) == (1, 0, 0)
    assert store.is_current(bare, "rules/1")
    assert bare.document is not None
    assert store.holds(bare.document.id, "rules/1")


def test_evidence_is_verified(store: AnyStore, press: Press, say: Say) -> None:
    """Words of evidence are verified like any other span."""
    span = Span(start=0, end=9, text="The ferry")
    store.put(*press.report(said=(say("The ferry sank at dawn", evidence=(span,)),)))
    assert {row.part for row in store.verify()} == {"content", "evidence"}
