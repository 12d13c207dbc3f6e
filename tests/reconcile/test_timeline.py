import datetime as dt
from typing import Any

from reportedly.model import Clocks, Interval
from reportedly.reconcile import build_timeline


def test_two_reports_of_one_day_and_happening_are_one_entry(newsroom: Any) -> None:
    """Near-duplicate sentences of one date merge; another happening of that date does not."""
    day = Interval(first="2025-03-02", last="2025-03-02", granularity="day")
    claims = []
    for outlet, words in (("Post", "The harbour bridge collapsed at dawn"), ("Herald", "At dawn the old harbour bridge collapsed")):
        page = newsroom.report(outlet, outlet=outlet, published="2025-03-03")
        claims.append(newsroom.claim(page, words, happened=day))
    newsroom.claim("Post", "Ministers met in the capital", happened=day)
    first, second = build_timeline(newsroom.holdings(), Clocks())
    assert (first.date, first.to, set(first.claims), first.documents) == ("2025-03-02", "2025-03-02", set(claims), ("Herald", "Post"))
    assert first.weight > second.weight
    assert first.text in {"The harbour bridge collapsed at dawn.", "At dawn the old harbour bridge collapsed."}


def test_what_is_only_expected_is_no_event(newsroom: Any) -> None:
    """A prediction has a date and has not happened."""
    page = newsroom.report("page", published="2025-03-03")
    newsroom.claim(page, "The bridge will reopen", by="Mayor", stance="predicts", happened=Interval(first="2025-06-01", last="2025-06-01"))
    assert build_timeline(newsroom.holdings(), Clocks()) == []


def test_an_undated_claim_has_no_place_on_the_timeline(newsroom: Any) -> None:
    """No words say when it was said or happened."""
    page = newsroom.report("page", published="2025-03-03")
    newsroom.claim(page, "The bridge was old", by="Mayor", said=Interval(first=None, last="2025-03-03", basis="published"))
    assert build_timeline(newsroom.holdings(), Clocks()) == []


def test_a_figures_turning_point_is_an_entry(newsroom: Any) -> None:
    """A new count on its day belongs to the story's course."""
    page = newsroom.report("page", published="2025-03-03")
    newsroom.claim(page, "It counts 52 dead", by="Ministry", said="2025-03-02", figures=[newsroom.figure("52", 52, 52)])
    assert [(entry.date, entry.text) for entry in build_timeline(newsroom.holdings(), Clocks())] == [("2025-03-02", "It counts 52 dead.")]


def test_a_coarser_grain_brings_days_together(newsroom: Any) -> None:
    """Two days of one week are one entry by week, their month one by month."""
    page = newsroom.report("page", published="2025-03-09")
    for day in ("2025-03-04", "2025-03-06"):
        newsroom.claim(page, "Rescuers searched the collapsed bridge", happened=Interval(first=day, last=day))
    assert [(e.date, e.to) for e in build_timeline(newsroom.holdings(), Clocks(), grain="week")] == [("2025-03-03", "2025-03-09")]
    assert [(e.date, e.to) for e in build_timeline(newsroom.holdings(), Clocks(), grain="month")] == [("2025-03-01", "2025-03-31")]


def test_the_clock_hides_later_events(newsroom: Any) -> None:
    """What was said after the day asked for is not there."""
    page = newsroom.report("page", published="2025-03-09")
    newsroom.claim(page, "The bridge collapsed", happened=Interval(first="2025-03-02", last="2025-03-02"))
    assert build_timeline(newsroom.holdings(), Clocks(as_of=dt.date(2025, 3, 8))) == []
