import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from reportedly.model import Act, Clocks, Interval, Span
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


def on_page(newsroom: Any, text: str, words: str, day: str = "2025-03-02", **more: Any) -> str:
    """A claim whose words stand inside a printed text of its own page."""
    page = newsroom.report(f"page-{len(newsroom.texts)}", published=more.pop("published", "2025-03-03"), **more.pop("article", {}))
    newsroom.texts[page] = ""
    identity = newsroom.claim(page, words, happened=Interval(first=day, last=day), **more)
    newsroom.texts[page] = text
    start = text.index(words)
    stored = newsroom.claims[-1]
    span = Span(start=start, end=start + len(words), text=words)
    newsroom.claims[-1] = replace(stored, claim=replace(stored.claim, content=(span,), cue=()))
    return str(identity)


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("It rained. But two days later, Gen. A. Berg left. Snow fell.", "two days later", "But two days later, Gen. A. Berg left."),
        ("VARDA, March 3 (Wire) \u2014 The old bridge fell at dawn. It rained.", "The old bridge fell", "The old bridge fell at dawn."),
        ("VARDA, March 3 \u2014 The mayor on Sunday shut it.", "on Sunday shut it", "The mayor on Sunday shut it."),
        ("\u201cIt fell,\u201d the mayor said on Sunday. It rained.", "It fell", "\u201cIt fell,\u201d the mayor said on Sunday."),
    ],
)  # fmt: skip
def test_an_entry_is_a_whole_sentence(newsroom: Any, text: str, words: str, sentence: str) -> None:
    """A fragment gives way to the sentence around it, without the dateline; an abbreviation ends none."""
    on_page(newsroom, text, words)
    assert [entry.text for entry in build_timeline(newsroom.holdings(), Clocks())] == [sentence]


def test_a_headline_and_its_lead_are_one_entry(newsroom: Any) -> None:
    """The lead, which names its day, tells what the headline says; the sentence is the lead's."""
    text = "Old bridge falls at dawn\n\nThe old bridge of Varda fell at dawn on Sunday."
    lead = on_page(newsroom, text, "The old bridge of Varda fell at dawn on Sunday")
    head = newsroom.claim("page-0", "Old bridge falls at dawn", by="Mayor", said="2025-03-02", part="headline")
    newsroom.texts["page-0"] = text
    stored = newsroom.claims[-1]
    newsroom.claims[-1] = replace(
        stored, claim=replace(stored.claim, content=(Span(start=0, end=24, text=text[:24]),), cue=(Span(start=0, end=3, text="Old"),))
    )
    (entry,) = build_timeline(newsroom.holdings(), Clocks())
    assert set(entry.claims) == {lead, head}
    assert entry.text == "The old bridge of Varda fell at dawn on Sunday."


def test_captions_and_what_is_still_to_come_have_no_place(newsroom: Any) -> None:
    """A credit line tells no event, and the bridge has not reopened yet."""
    on_page(newsroom, "The mayor at the bridge on Sunday.", "The mayor at the bridge", part="caption")
    on_page(newsroom, "The bridge reopens in June.", "The bridge reopens", day="2025-06-01")
    assert build_timeline(newsroom.holdings(), Clocks()) == []


def test_a_sentence_that_tells_of_two_days_is_shown_once(newsroom: Any) -> None:
    """Under the day that more speaks for."""
    text = "The police counted 26 dead on Monday, one fewer than on Friday."
    page = newsroom.report("page", published="2025-03-03")
    for words, day in (("The police counted 26 dead on Monday", "2025-03-03"), ("one fewer than on Friday", "2025-02-28")):
        newsroom.texts[page] = ""
        newsroom.claim(page, words, happened=Interval(first=day, last=day))
        at, stored = text.index(words), newsroom.claims[-1]
        span = Span(start=at, end=at + len(words), text=words)
        newsroom.claims[-1] = replace(stored, claim=replace(stored.claim, id=f"c:{at}", content=(span,)))
    newsroom.texts[page] = text
    assert [(entry.date, entry.text) for entry in build_timeline(newsroom.holdings(), Clocks())] == [("2025-03-03", text)]


def test_an_act_weighs_more_than_a_word(newsroom: Any) -> None:
    """A dated happening with an act of the table comes before an utterance of that day."""
    page = newsroom.report("page", published="2025-03-03")
    attack = Act(span=Span(start=0, end=5, text="Rebel"), act="attack", agent="Rebels")
    newsroom.claim(page, "Rebels attacked the port", acts=(attack,), happened=Interval(first="2025-03-02", last="2025-03-02"))
    newsroom.claim(page, "Ministers are concerned", by="Ministry", said="2025-03-02")
    first, second = build_timeline(newsroom.holdings(), Clocks())
    assert (first.text, second.text) == ("Rebels attacked the port.", "Ministers are concerned.")
    assert first.weight > second.weight


def test_a_day_that_reports_come_back_to_weighs_more(newsroom: Any) -> None:
    """The collapse, still named a month later, goes before a day that only its own reports name, however many these are."""
    for number, outlet in enumerate(("Post", "Herald", "Star")):
        page = newsroom.report(outlet, outlet=outlet, published="2025-03-20")
        newsroom.claim(page, f"The mayor opened market number {number}", happened=Interval(first="2025-03-20", last="2025-03-20"))
    for day in ("2025-03-03", "2025-04-20"):
        page = newsroom.report(day, published=day)
        newsroom.claim(page, "The old bridge collapsed", happened=Interval(first="2025-03-02", last="2025-03-02"))
    weights = {entry.date: entry.weight for entry in build_timeline(newsroom.holdings(), Clocks())}
    assert weights["2025-03-02"] > weights["2025-03-20"]


def test_a_day_is_told_by_the_sentence_closest_to_all_that_is_told_of_it(newsroom: Any) -> None:
    """Of one day the entry that shares its words with others outweighs one that shares none."""
    day = Interval(first="2025-03-02", last="2025-03-02")
    page = newsroom.report("page", published="2025-03-03")
    newsroom.claim(page, "Bakers sold buns", happened=day)
    newsroom.claim(page, "The bridge collapsed in the storm", happened=day)
    newsroom.claim(page, "The storm took roofs beyond the bridge and flooded a quay", happened=day)
    entries = sorted(build_timeline(newsroom.holdings(), Clocks()), key=lambda entry: -entry.weight)
    assert [entry.text for entry in entries][-1] == "Bakers sold buns."


def test_a_month_weighs_less_than_a_day_named_as_often(newsroom: Any) -> None:
    """A precise date tells more."""
    page = newsroom.report("page", published="2025-04-03")
    newsroom.claim(page, "The bridge collapsed", happened=Interval(first="2025-03-02", last="2025-03-02"))
    newsroom.claim(page, "Ferries were late", happened=Interval(first="2025-03-01", last="2025-03-31"))
    weights = {entry.to: entry.weight for entry in build_timeline(newsroom.holdings(), Clocks())}
    assert weights["2025-03-02"] > weights["2025-03-31"] > 0
