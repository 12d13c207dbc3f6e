"""Live pages: items headed by clock times, dated along the page's day."""

import json

from reportedly.model import Reading
from reportedly.read import read_stream


def _read(text: str, **sidecar: str) -> Reading:
    (reading,) = read_stream(json.dumps({"id": "live", "text": text, **sidecar}).encode(), "x.jsonl")
    return reading


_PAGE = (
    "The Latest on the ferry off Aland (all times local):\n\n"
    "1:10 a.m.\n\nThe coast guard says 14 people have been pulled from the water.\n\n___\n\n"
    "12:20 a.m.\n\nThe owners say the vessel carried 48 passengers.\n\nContinue reading the main story\n\n___\n\n"
    "11:40 p.m.\n\nA ferry has gone down off the island, the coast guard says.\n"
)


def test_each_clock_time_heads_an_item() -> None:
    """The introduction is no item, nor are the rules between."""
    reading = _read(_PAGE, published="2031-05-02")
    assert [article.kind for article in reading.articles] == ["item"] * 3
    assert not any(reading.text[p.start : p.end].startswith("The Latest") for article in reading.articles for p in article.passages)


def test_times_are_laid_along_the_page_s_day_over_midnight() -> None:
    """Newest first: the clock that rises going down lies on the day before; the items are numbered in time order."""
    reading = _read(_PAGE, published="2031-05-02")
    moments = [article.published.first for article in reading.articles if article.published]
    assert moments == ["2031-05-01T23:40", "2031-05-02T00:20", "2031-05-02T01:10"]
    assert [article.number for article in reading.articles] == [0, 1, 2]
    assert {article.published_evidence for article in reading.articles} == {"text"}


def test_without_a_day_the_items_have_no_date() -> None:
    """A time of day alone bounds nothing."""
    assert [article.published for article in _read(_PAGE).articles] == [None] * 3


def test_oldest_first_counts_on_over_midnight() -> None:
    """The page's day is that of its newest item, at the foot."""
    items = ("11 p.m.", "A ferry has gone down.", "11:30 p.m.", "Boats are out, the guard says.", "12:15 a.m.", "Twelve people are safe.")
    text = "\n\n".join(items)
    moments = [article.published.first for article in _read(text, published="2031-05-02").articles if article.published]
    assert moments == ["2031-05-01T23:00", "2031-05-01T23:30", "2031-05-02T00:15"]


def test_a_line_with_day_time_and_headline_heads_an_item() -> None:
    """The printed day needs no page; the headline is the rest of the line; the agency behind the words is credited."""
    text = (
        "* May 2, 2031 08:44 Fourteen people safe off Aland\n  \n  The coast guard said that 14 people had been saved. - *AFP*\n"
        "* May 1, 2031 23:05 Ferry goes down\n  \n  A ferry went down off the island, the guard said.\n  \n  - *Reuters*\n"
    )
    second, first = _read(text).articles
    assert (first.title, second.title) == ("Fourteen people safe off Aland", "Ferry goes down")
    assert first.published is not None
    assert first.published.first == "2031-05-02T08:44"
    assert (first.credits, second.credits) == (("AFP",), ("Reuters",))


def test_an_item_whose_head_is_missing_lies_between_its_neighbours() -> None:
    """It stands above the first rule of a page that runs newest first."""
    text = "Ferries carry most of the island's visitors in the summer months.\n\n___\n\n" + _PAGE.split("\n\n", maxsplit=1)[1]
    reading = _read(text, published="2031-05-02")
    first = reading.articles[-1]
    assert first.kind == "item"
    assert first.published is not None
    assert (first.published.first, first.published.last) == ("2031-05-02T01:10", "2031-05-02")
    assert first.published_evidence == "inferred"


def test_a_correction_stands_with_the_item_it_corrects() -> None:
    """It may withdraw a figure of that item alone."""
    text = _PAGE.replace("48 passengers.", "48 passengers.\n\n___\n\nThis item has been corrected to remove a count of the dead.")
    assert [len(article.corrections) for article in _read(text).articles] == [0, 1, 0]


def test_a_time_within_a_report_makes_no_live_page() -> None:
    """One clock alone heads nothing."""
    text = "Ferry sinks\n\n1:10 p.m.\n\nThe coast guard said on Monday that 12 people had been pulled from the water off Aland.\n"
    assert [article.kind for article in _read(text).articles] == ["article"]


def test_without_a_day_the_clock_times_alone_order_the_items() -> None:
    """A page that runs newest first is turned round, over midnight too."""
    reading = _read(_PAGE)
    assert [reading.text[article.passages[-1].start :][:9] for article in reading.articles] == ["A ferry h", "The owner", "The coast"]


def test_the_report_over_a_live_page_s_items_is_dated_by_the_line_under_them() -> None:
    """Its own line says only when it was last changed."""
    text = (
        "# Ferry off Aland: live updates\n\nUpdated - May 3, 2031 08:44 am\n\n"
        "The coast guard said on Thursday that 12 people had been pulled from the water after the ferry went down off Aland.\n\n"
        "The owners said the vessel had carried 48 passengers and a crew of nine when it left the harbour of Mariehamn.\n\n"
        "* May 3, 2031 08:44 Fourteen people safe\n\n  The coast guard said that 14 people had been saved.\n\n"
        "* May 2, 2031 23:05 Ferry goes down\n\n  A ferry went down off the island, the guard said.\n\n"
        "Published - May 2, 2031 10:56 pm\n\nRead Comments\n"
    )
    report = next(article for article in _read(text).articles if article.kind == "article")
    assert report.published is not None
    assert report.published.first is not None
    assert report.updated is not None
    assert report.updated.first is not None
    assert (report.published.first[:10], report.updated.first[:10]) == ("2031-05-02", "2031-05-03")
