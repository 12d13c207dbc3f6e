import datetime as dt
from dataclasses import replace
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.model import ArticleDate, ArticleKey, Interval, Story
from reportedly.resolve.actors import join_actors
from reportedly.resolve.copies import find_copies
from reportedly.resolve.precedence import Bound
from reportedly.resolve.publication import Days, date_articles, settle
from reportedly.resolve.reports import gather_reports

QUOTE = "“We shall rebuild the harbour stone by stone before winter,”"
CLOSED = "The harbour of Varda was closed after an oil spill that killed 40 seals"


def dates_of(desk: Any) -> dict[ArticleKey, ArticleDate]:
    holdings = desk.holdings()
    reports = gather_reports(holdings)
    story = Story(id="s:1", title="", articles=tuple(sorted(holdings.articles)))
    copies = find_copies(reports)
    cast = join_actors(reports, [story], holdings.settings, ())
    return {date.article: date for date in date_articles(reports, holdings.text_of, [story], copies, cast)}


def days(date: ArticleDate) -> tuple[str | None, str | None]:
    return date.published.first, date.published.last


def file_quote(desk: Any, outlet: str, day: str | None, lead: str, **more: Any) -> str:
    text = f"{lead}\n{QUOTE} Kari Hansen said{more.pop('when', '')}."
    document: str = desk.article(text, outlet=outlet, day=day)
    desk.claim(document, QUOTE, by=["Kari Hansen"], source="Kari Hansen", principals=("Norway",), **more)
    return document


def test_a_quotation_came_after_it_was_spoken(desk: Any) -> None:
    """An undated article that quotes word for word what another dates was published no earlier; nothing tells how much later."""
    file_quote(desk, "Fjord Times", "2021-03-03", "A mayor speaks.", said=desk.on("2021-03-02"))
    late = file_quote(desk, "Sund Post", None, "Varda looks back.")
    date = dates_of(desk)[late, 0]
    assert days(date) == ("2021-03-02", None)
    assert date.evidence == ("quotes what was said on 2021-03-02, as Fjord Times tells",)
    assert date.published.basis == "inferred"


def test_a_weekday_dates_the_week_that_follows(desk: Any) -> None:
    """Where the quotation's weekday is that of the dated one, the undated article lies within the week from it."""
    file_quote(desk, "Fjord Times", "2021-03-03", "A mayor speaks.", said=desk.on("2021-03-02"))
    late = file_quote(desk, "Sund Post", None, "Varda looks back.", when=" on Tuesday")
    assert days(dates_of(desk)[late, 0]) == ("2021-03-02", "2021-03-08")


def test_another_weekday_tells_no_week(desk: Any) -> None:
    """A weekday that is not that of the dated utterance bounds nothing; the quotation alone does."""
    file_quote(desk, "Fjord Times", "2021-03-03", "A mayor speaks.", said=desk.on("2021-03-02"))
    late = file_quote(desk, "Sund Post", None, "Varda looks back.", when=" on Friday")
    assert days(dates_of(desk)[late, 0]) == ("2021-03-02", None)


def test_words_of_another_speaker_are_no_quotation(desk: Any) -> None:
    """The same words from another mouth are another utterance."""
    file_quote(desk, "Fjord Times", "2021-03-03", "A mayor speaks.", said=desk.on("2021-03-02"))
    text = f"{QUOTE} Ole Berg said."
    document = desk.article(text, outlet="Sund Post", day=None)
    desk.claim(document, QUOTE, by=["Ole Berg"], source="Ole Berg", principals=("Norway",))
    assert dates_of(desk) == {}


def file_news(desk: Any, outlet: str, day: str | None, citing: str | None = None) -> str:
    text = f"{CLOSED}, {citing} reported." if citing else f"{CLOSED}, and the coast guard was called."
    document: str = desk.article(text, outlet=outlet, day=day)
    figures = (desk.figure(document, "40", 40, counted="seals"),)
    desk.claim(document, CLOSED, by=[citing] if citing else (), source=citing, figures=figures)
    return document


def test_who_cites_a_report_came_after_it(desk: Any) -> None:
    """An undated article that cites what another opens with is no older, and an undated one that is cited no younger."""
    file_news(desk, "Fjord Times", "2021-03-03")
    late = file_news(desk, "Sund Post", None, "Fjord Times")
    assert days(dates_of(desk)[late, 0]) == ("2021-03-03", None)


def test_who_is_cited_came_before(desk: Any) -> None:
    """The date of the article that cites bounds an undated one from above."""
    early = file_news(desk, "Fjord Times", None)
    file_news(desk, "Sund Post", "2021-03-05", "Fjord Times")
    date = dates_of(desk)[early, 0]
    assert days(date) == (None, "2021-03-05")
    assert date.evidence == ("Sund Post cites what the report of Fjord Times opens with",)


def test_two_reports_that_may_be_meant_bound_nothing(desk: Any) -> None:
    """Where an outlet opened with it twice, nothing tells which report is cited."""
    file_news(desk, "Fjord Times", "2021-03-03")
    file_news(desk, "Fjord Times", "2021-03-07")
    late = file_news(desk, "Sund Post", None, "Fjord Times")
    assert (late, 0) not in dates_of(desk)


def test_an_order_passes_from_article_to_article(desk: Any) -> None:
    """Who cites an undated report came after whatever that report came after."""
    file_quote(desk, "Fjord Times", "2021-03-03", "A mayor speaks.", said=desk.on("2021-03-02"))
    text = f"{CLOSED}, and the coast guard was called.\n{QUOTE} Kari Hansen said."
    middle = desk.article(text, outlet="Sund Post", day=None)
    desk.claim(middle, CLOSED)
    desk.claim(middle, QUOTE, by=["Kari Hansen"], source="Kari Hansen", principals=("Norway",))
    last = desk.article(f"{CLOSED}, the Sund Post reported.", outlet="Varda News", day=None)
    desk.claim(last, CLOSED, by=["Sund Post"], source="the Sund Post")
    assert days(dates_of(desk)[last, 0])[0] == "2021-03-02"


HAPPENED = "A ferry with 70 passengers ran aground off the Varda lighthouse {} during heavy snow, the harbour office said."


@pytest.mark.parametrize(("when", "found"), [("on Tuesday", ("2021-03-02", "2021-03-08")), ("last Tuesday", None), ("on Friday", None)])
def test_a_happening_is_dated_by_its_weekday(desk: Any, when: str, found: tuple[str, str] | None) -> None:
    """A bare weekday of what a dated article tells too gives the week; "last Tuesday" and other days do not."""
    desk.article(HAPPENED.format("on Tuesday"), outlet="Fjord Times", day="2021-03-03")
    late = desk.article(HAPPENED.format(when).replace("during", "in"), outlet="Sund Post", day=None)
    date = dates_of(desk).get((late, 0))
    assert (days(date) if date else None) == found


def test_a_happening_that_comes_again_dates_nothing(desk: Any) -> None:
    """Where two dated articles mean two days by the same words, none is taken."""
    desk.article(HAPPENED.format("on Tuesday"), outlet="Fjord Times", day="2021-03-03")
    desk.article(HAPPENED.format("on Tuesday"), outlet="Varda News", day="2021-03-10")
    desk.article(HAPPENED.format("on Tuesday"), outlet="Sund Post", day=None)
    assert dates_of(desk) == {}


def test_a_printed_date_is_never_moved(desk: Any) -> None:
    """Articles that print their day get no other, whatever others tell."""
    file_news(desk, "Fjord Times", "2021-03-09")
    file_news(desk, "Sund Post", "2021-03-05", "Fjord Times")
    assert dates_of(desk) == {}


def test_a_contradiction_leaves_the_article_as_it_was(desk: Any) -> None:
    """An article whose own bounds exclude what others tell keeps its own."""
    file_news(desk, "Fjord Times", "2021-03-09")
    document = file_news(desk, "Sund Post", None, "Fjord Times")
    own = Interval(first=None, last="2021-03-05", basis="inferred")
    desk.articles[document, 0] = replace(desk.articles[document, 0], published=own, published_evidence="inferred")
    assert dates_of(desk) == {}


KEYS: list[ArticleKey] = [("d:a", 0), ("d:b", 0), ("d:c", 0), ("d:d", 0)]
DAY = st.integers(0, 20).map(lambda n: dt.date(2021, 3, 1) + dt.timedelta(days=n))


@st.composite
def bounds_of(draw: st.DrawFn) -> Bound:
    article, by = draw(st.permutations(KEYS))[:2]
    order: Literal["after", "before"] | None = draw(st.sampled_from(("after", "before", None)))
    first = draw(st.none() | DAY) if order is None else None
    return Bound(article=article, by=by, order=order, first=first, last=draw(st.none() | DAY) if order is None else None, evidence="")


@given(st.lists(bounds_of(), max_size=8), st.randoms(use_true_random=False), st.lists(st.none() | DAY, min_size=4, max_size=4))
def test_dates_are_the_same_for_every_order_of_evidence(bounds: list[Bound], random: Any, printed: list[dt.date | None]) -> None:
    """The fixed point does not depend on the order of bounds, never widens an article's own days, and never leaves it without a day."""
    own = {key: Days(first=day, last=day) for key, day in zip(KEYS, printed, strict=True)}
    shuffled = random.sample(bounds, len(bounds))
    found = settle(own, bounds)
    assert found == settle(own, shuffled)
    for key, day in found.items():
        assert not day.is_empty
        assert day.within(own[key].first, own[key].last) == day
