import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.errors import AmbiguousIdError, UnknownIdError
from reportedly.model import (
    Actor,
    Article,
    ArticleKey,
    Claim,
    Clocks,
    Correction,
    Document,
    Figure,
    Filters,
    Hit,
    Holdings,
    Interval,
    JudgementKind,
    Links,
    Problem,
    Role,
    StoredClaim,
    Story,
    span_of,
)
from reportedly.query.selection import (
    PASSAGE,
    actor_rows,
    check_names,
    claims_that_fit,
    documents_named,
    falls_between,
    find_claim,
    find_story,
    hits_that_fit,
    in_page,
    narrow,
    newest_of,
    passage_around,
    problems_that_fit,
    shown,
    story_rows,
    undated_but_old,
)

TEXT = "First paragraph.\nThe police said three people died.\nLast paragraph."
PAGE, OTHER = "d:aa", "d:bb"


def on(day: str | None) -> Interval | None:
    return Interval(first=day, last=day) if day else None


def article(number: int, day: str | None, *, title: str | None = None) -> Article:
    return Article(document="page.txt", number=number, kind="article", passages=(), title=title, published=on(day))


def claim(identity: str, number: int = 0, **fields: object) -> Claim:
    start = TEXT.index("three people died")
    parts = {"content": (span_of(TEXT, start, start + 17),), "speakers": ("Police",), "said": on("2024-11-12")} | fields
    return Claim(document="page.txt", article=number, id=identity, **parts)  # type: ignore[arg-type]


def holdings(articles: dict[ArticleKey, Article], claims: list[StoredClaim], **links: object) -> Holdings:
    names = {PAGE: "folder/page.txt", OTHER: "other/page.txt"}
    return Holdings(
        documents={
            key: Document(id=key, name=name, text_digest="t", bytes_digest="b", media_type="text/plain") for key, name in names.items()
        },
        articles=articles,
        texts={"t": TEXT},
        claims=tuple(claims),
        links=Links(**links),  # type: ignore[arg-type]
    )


def stored(identity: str, number: int = 0, *, document: str = PAGE, **fields: object) -> StoredClaim:
    return StoredClaim(claim=claim(identity, number, **fields), document=document)


@given(st.lists(st.integers()), st.integers(0, 9), st.none() | st.integers(0, 9))
def test_pages_of_a_list_join_to_the_list(rows: list[int], offset: int, limit: int | None) -> None:
    """What stands before the offset, in the page and after it is the whole list."""
    page = in_page(rows, Filters(offset=offset, limit=limit))
    assert rows[:offset] + page + ([] if limit is None else rows[offset + limit :]) == rows


STORIES = (
    Story(id="s:1234", title="Ferry sinks off Norway", articles=((PAGE, 0),)),
    Story(id="s:1299", title="Ferry company in court", articles=((PAGE, 1),)),
    Story(id="s:77", title="Airliner crashes", articles=((OTHER, 0),)),
)


@pytest.mark.parametrize("words", ["s:1234", "1234", "s:123", "ferry sinks", "NORWAY ferry"])
def test_a_story_has_many_names(words: str) -> None:
    """An id, its start with or without the kind, or words of the title in any order and case."""
    assert find_story(holdings({}, [], stories=STORIES), words).id == "s:1234"


def test_a_story_that_is_none_or_several_is_refused() -> None:
    """Several are listed with their titles; none is named by the words."""
    held = holdings({}, [], stories=STORIES)
    with pytest.raises(UnknownIdError, match="zeppelin"):
        find_story(held, "zeppelin")
    with pytest.raises(AmbiguousIdError, match=r"s:1234 \(Ferry sinks off Norway\), s:1299 \(Ferry company in court\)"):
        find_story(held, "ferry")


def test_narrowing_keeps_the_story_s_rows() -> None:
    """Only the articles and claims of the story are left; without a story all are."""
    held = holdings(
        {(PAGE, 0): article(0, None), (OTHER, 0): article(0, None)}, [stored("c:1"), stored("c:2", document=OTHER)], stories=STORIES
    )
    assert narrow(held, None) is held
    left = narrow(held, "airliner")
    assert ([c.claim.id for c in left.claims], list(left.articles)) == (["c:2"], [(OTHER, 0)])


ARTICLES = {
    (PAGE, 0): article(0, "2024-11-12", title="Dated"),
    (PAGE, 1): article(1, None, title="Undated"),
    (PAGE, 2): article(2, "2024-11-20", title="Later"),
    (OTHER, 0): article(0, None, title="Alone"),
}


@pytest.mark.parametrize(
    ("clocks", "found"),
    [
        (Clocks(as_of=dt.date(2024, 11, 20)), {(PAGE, 1)}),
        (Clocks(as_of=dt.date(2024, 11, 19)), set()),
        (Clocks(published_by=dt.date(2024, 11, 20)), {(PAGE, 1)}),
        (Clocks(as_of=dt.date(2024, 11, 20), published_by=dt.date(2024, 11, 12)), set()),
        (Clocks(), set()),
        (Clocks(recorded_before=9), set()),
    ],
)
def test_an_undated_article_is_as_old_as_its_page(clocks: Clocks, found: set[ArticleKey]) -> None:
    """It is taken to be old once the newest dated article of its page had appeared; a page without a date tells nothing."""
    assert undated_but_old(ARTICLES, newest_of(ARTICLES), clocks) == found


def test_an_article_with_an_open_end_is_undated() -> None:
    """A lower bound alone does not say by when an article had appeared."""
    since = Article(document="page.txt", number=1, kind="article", passages=(), published=Interval(first="2024-10-01", last=None))
    articles = {(PAGE, 0): ARTICLES[PAGE, 0], (PAGE, 1): since}
    assert undated_but_old(articles, newest_of(articles), Clocks(as_of=dt.date(2024, 11, 12))) == {(PAGE, 1)}


def test_stories_list_old_undated_articles_and_none_without_claims() -> None:
    """An undated article is listed under the title that its own words give, though what it says stays hidden."""
    story = Story(id="s:1", title="Later", articles=((PAGE, 0), (PAGE, 1), (PAGE, 2), (OTHER, 0)))
    whole = holdings(ARTICLES, [stored("c:1", 1), stored("c:2", 2)], stories=(story,))
    seen = holdings({}, [], stories=())
    assert [(r.article, r.title) for r in story_rows(seen, whole, {(PAGE, 1), (PAGE, 0)})] == [(1, "Undated")]
    assert [(r.article, r.title) for r in story_rows(whole, whole)] == [(1, "Later"), (2, "Later")]
    assert story_rows(seen, whole) == []


def test_claims_fit_by_speaker_measure_and_days() -> None:
    """A speaker is found by the words of the claim, by its actor's name and by whom it speaks for."""
    figure = Figure(span=span_of(TEXT, 0, 5), low=None, high=None, qualifier="vague", measure="killed")
    claims = [stored("c:1", figures=(figure,)), stored("c:2", speakers=("Kari Hansen",), said=on("2024-11-14")), stored("c:3", said=None)]
    actor = Actor(id="a:1", name="Nordland police", kind="body", principal="Norway", names=("Police",))
    held = holdings(ARTICLES, claims, actors=(actor,), actor_of={(PAGE, 0, "Police"): "a:1"})

    def found(**filters: object) -> list[str]:
        return [c.claim.id for c in claims_that_fit(held, Filters(**filters))]  # type: ignore[arg-type]

    assert found() == ["c:1", "c:2", "c:3"]
    assert found(speaker="police") == found(speaker="nordland") == found(speaker="NORWAY") == ["c:1", "c:3"]
    assert found(measure="killed") == ["c:1"]
    assert found(first=dt.date(2024, 11, 13)) == ["c:2"]
    assert found(last=dt.date(2024, 11, 13)) == ["c:1"]


DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2020, 3, 1))


@given(st.tuples(DAYS, DAYS).map(sorted), st.none() | DAYS, st.none() | DAYS)
def test_an_interval_falls_between_days_it_shares_one_with(ends: list[dt.date], first: dt.date | None, last: dt.date | None) -> None:
    """The question's days and the interval's are compared with both ends included."""
    interval = Interval(first=ends[0].isoformat(), last=ends[1].isoformat())
    shares = (first is None or ends[1] >= first) and (last is None or ends[0] <= last)
    assert falls_between(interval, Filters(first=first, last=last)) == shares


def test_nothing_undated_falls_between_days() -> None:
    """What has no date is left out as soon as days are asked for."""
    assert falls_between(None, Filters())
    assert not falls_between(None, Filters(first=dt.date(2020, 1, 1)))


def test_documents_of_one_file_name_are_all_named() -> None:
    """A path names one page, a bare file name every page saved under it."""
    held = holdings({}, [])
    assert documents_named(held, "folder/page.txt") == documents_named(held, PAGE) == {PAGE}
    assert documents_named(held, "page.txt") == {PAGE, OTHER}
    assert documents_named(held, "none.txt") == set()


def hit(number: int | None) -> Hit:
    return Hit(document="folder/page.txt", article=number, claim=None, start=0, end=1, text="F", rank=1.0)


@pytest.mark.parametrize(
    ("clocks", "numbers"),
    [
        (Clocks(), [0, 1, 2, None]),
        (Clocks(as_of=dt.date(2024, 11, 12)), [0]),
        (Clocks(published_by=dt.date(2024, 11, 30)), [0, 2]),
        (Clocks(recorded_before=5), [0, 1, 2]),
    ],
)
def test_hits_stand_in_articles_that_had_been_published(clocks: Clocks, numbers: list[int | None]) -> None:
    """Under a day's clock no passage of a later or an undated article is shown, nor of a page outside any article."""
    hits = [hit(0), hit(1), hit(2), hit(None), hit(7)]
    assert [h.article for h in hits_that_fit(hits, holdings(ARTICLES, []), clocks)] == numbers


def test_actors_under_a_clock_bear_no_later_name_or_role() -> None:
    """A name or an office that only later articles give is left out, and a last date that lies ahead too."""
    roles = (Role(name="minister", first="2024-01-01", last="2025-06-01"), Role(name="president", first="2025-01-01", last=None))
    actor = Actor(
        id="a:1",
        name="A. Moe",
        kind="person",
        principal=None,
        names=("A. Moe", "President Moe"),
        roles=roles,
        claims=("c:1", "c:2"),
        evidence=("A. Moe = President Moe: one name",),
    )
    spoken = {(PAGE, 0, "A. Moe"): "a:1", (PAGE, 2, "President Moe"): "a:1"}
    held = holdings({(PAGE, 0): ARTICLES[PAGE, 0]}, [stored("c:1")], actors=(actor,), actor_of=spoken)
    (row,) = actor_rows(held, Filters(), Clocks(as_of=dt.date(2024, 12, 1)))
    assert (row.names, row.roles, row.claims) == (("A. Moe",), (("minister", "2024-01-01", "2024-01-01"),), ("c:1",))
    assert row.evidence == ()
    (row,) = actor_rows(held, Filters(), Clocks())
    assert (row.names, len(row.roles), row.evidence) == (("A. Moe", "President Moe"), 2, ("A. Moe = President Moe: one name",))
    assert actor_rows(held, Filters(speaker="nobody"), Clocks()) == []


def test_names_of_a_judgement_are_those_of_actors() -> None:
    """A name that no actor bears is refused; ids of claims pass; a grade takes principals and outlets too."""
    actor = Actor(id="a:1", name="A. Moe", kind="person", principal="Norway", names=("A. Moe", "Moe"))
    outlet = replace(ARTICLES[PAGE, 0], outlet="Coast Herald")
    held = holdings({(PAGE, 0): outlet}, [], actors=(actor,))

    def check(kind: JudgementKind, *names: str) -> None:
        check_names(held, Correction(kind=kind, targets=names, by="Ann", reason=""))

    check("merge", "A. Moe", "Moe", "c:12")
    check("grade", "Norway", "Coast Herald", "Moe")
    with pytest.raises(UnknownIdError, match=r"no actor 'B\. Moe'"):
        check("merge", "A. Moe", "B. Moe")
    with pytest.raises(UnknownIdError, match=r"no actor or outlet 'B\. Moe'"):
        check("grade", "B. Moe")
    with pytest.raises(UnknownIdError, match="no actor 'Norway'"):
        check("split", "A. Moe", "Norway")


def test_problems_are_chosen_by_path_or_file_name() -> None:
    """A problem without a document belongs to none."""
    problems = [Problem(code="x", message="m", document=name) for name in ("a/one.txt", "b/one.txt", None)]
    assert problems_that_fit(problems, None) == problems
    assert problems_that_fit(problems, "a/one.txt") == problems[:1]
    assert problems_that_fit(problems, "one.txt") == problems[:2]


def test_a_claim_is_found_by_the_start_of_its_id() -> None:
    """One appearance is given; a start that fits several claims lists them."""
    held = holdings(ARTICLES, [stored("c:12ab"), stored("c:12ab", document=OTHER), stored("c:12cd")])
    assert find_claim(held, "c:12a").claim.id == find_claim(held, "12ab").claim.id == "c:12ab"
    with pytest.raises(AmbiguousIdError, match="c:12ab, c:12cd"):
        find_claim(held, "c:12")
    with pytest.raises(UnknownIdError):
        find_claim(held, "c:99")


def test_a_shown_claim_stands_in_its_paragraph() -> None:
    """The passage is the paragraph around the claim's words."""
    found = shown(holdings(ARTICLES, [stored("c:1")]), "c:1")
    assert found.passage.text == "The police said three people died."
    assert (found.title, found.origin, found.companions) == ("Dated", None, ())


@given(st.text("ab \n", max_size=3 * PASSAGE), st.data())
def test_a_passage_holds_the_claim_and_is_bounded(text: str, data: st.DataObject) -> None:
    """Whatever the text, the passage is a part of it around the claim, at most `PASSAGE` characters on either side."""
    text = "x" + text
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    passage = passage_around(text, claim("c:1", content=(span_of(text, start, end),)))
    assert text[passage.start : passage.end] == passage.text
    assert passage.start <= start < end <= passage.end
    assert max(start - passage.start, passage.end - end) <= PASSAGE
