import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from reportedly.model import ArticleDate, Clocks, Interval, Span
from reportedly.reconcile import build_series, redate, visible

WEEK = Interval(first="2025-03-03", last="2025-03-09", basis="inferred")


@pytest.fixture
def dated(newsroom: Any) -> Any:
    """A newsroom whose undated page others date to a week."""
    newsroom.report("page")
    newsroom.more["dates"] = (
        ArticleDate(article=("page", 0), published=WEEK, evidence=("quotes what was said on 2025-03-03",), rests_on=()),
    )
    return newsroom


def test_claims_of_an_undated_page_are_said_by_the_date_that_others_give_it(dated: Any) -> None:
    """A clock shows them from the last day of the interval on, and not before."""
    claim = dated.claim("page", "The bridge is closed", by="The mayor")
    held = redate(dated.holdings())
    assert held.claims[0].claim.said == Interval(first=None, last="2025-03-09", basis="published")
    assert held.articles["page", 0].published_evidence == "inferred"
    for day, seen in ((8, []), (9, [claim])):
        assert [s.claim.id for s in visible(held, Clocks(as_of=dt.date(2025, 3, day))).claims] == seen


def test_what_words_date_keeps_its_day(dated: Any) -> None:
    """Only the end of an utterance that reaches beyond the publication is brought to it."""
    dated.claim("page", "The bridge is closed", by="The mayor", said="2025-03-02")
    dated.claim("page", "The road is closed", by="The mayor", said=Interval(first="2025-03-01", last="2025-03-31", basis="words"))
    first, second = (stored.claim.said for stored in redate(dated.holdings()).claims)
    assert first == Interval(first="2025-03-02", last="2025-03-02")
    assert second == Interval(first="2025-03-01", last="2025-03-09", basis="words")


def test_stored_records_stay_as_they_were_read(dated: Any) -> None:
    """The date lies beside the article: the holdings that went in are the same afterwards, and doing it twice changes nothing."""
    dated.claim("page", "The bridge is closed", by="The mayor")
    held = dated.holdings()
    once = redate(held)
    assert held.articles["page", 0].published is None
    assert held.claims[0].claim.said is None
    assert redate(once) == once


def test_a_series_enters_the_figure_under_the_date_that_others_give(dated: Any) -> None:
    """An undated page's count takes its place in the series of its principal."""
    dated.claim("page", "12 people were killed", by="The mayor", figures=[dated.figure("12 people", 12, 12)])
    late = dated.report("late", published="2025-03-20")
    dated.claim(late, "15 people were killed", by="The mayor", figures=[dated.figure("15 people", 15, 15)])
    series = build_series(redate(dated.holdings()), Clocks(), "widest")
    assert [(entry.published.last, int(entry.low or 0)) for one in series for entry in one.entries if entry.published] == [
        ("2025-03-09", 12),
        ("2025-03-20", 15),
    ]


def test_without_such_dates_nothing_is_copied(newsroom: Any) -> None:
    """Ledgers whose articles all print their date are passed on as they are."""
    newsroom.report("page", published="2025-03-02")
    held = newsroom.holdings()
    assert redate(held) is held


def test_words_count_from_the_narrower_date(dated: Any) -> None:
    """ "On Thursday" of a page that may be from any day of a month is any Thursday of five weeks; of a page from one week it is one."""
    words = "The bridge fell on Thursday"
    start = words.index("Thursday")
    wide = Interval(
        first="2025-02-27", last="2025-03-27", words=Span(start=start, end=len(words), text="Thursday"), granularity="day", basis="words"
    )
    dated.claim("page", words, by="The mayor", said=wide, happened=wide)
    claim = redate(dated.holdings()).claims[0].claim
    assert claim.said == claim.happened == replace(wide, last="2025-03-06")
