"""An undated report that keeps an anniversary was published around it."""

import json

import pytest

from reportedly.read import read_stream

_LEAD = "Divers laid a wreath on the water off Aland on Thursday as families {} since the ferry Borealis sank in the northern strait."
_DATED = "The guard said in October 2030 that the ferry Borealis had sunk in the northern strait with 40 people aboard."


def _bounds(*paragraphs: str, **sidecar: str) -> tuple[str | None, str | None] | None:
    text = "\n\n".join(["Families remember ferry", *paragraphs]) + "\n"
    (reading,) = read_stream(json.dumps({"id": "a", "text": text, **sidecar}).encode(), "x.jsonl")
    (article,) = reading.articles
    assert article.published is None or article.published_evidence == "inferred"
    return (article.published.first, article.published.last) if article.published else None


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [("marked one year", "2031-10-01", "2031-10-31"), ("marked exactly 12 years", "2042-10-01", "2042-10-31")],
)
def test_another_sentence_dates_what_is_recalled(words: str, first: str, last: str) -> None:
    """Where only the month is known, the whole month of the anniversary remains."""
    assert _bounds(_LEAD.format(words), _DATED) == (first, last)


def test_what_is_recalled_may_carry_its_own_day() -> None:
    """A report of an anniversary comes out between its eve and the week after."""
    lead = "Families on Thursday marked the second anniversary of the June 3, 2029, sinking of the ferry off Aland, and wept."
    assert _bounds(lead) == ("2031-06-02", "2031-06-09")


def test_the_day_of_saving_cuts_the_bound() -> None:
    """Both hold at once."""
    assert _bounds(_LEAD.format("marked one year"), _DATED, fetched="2031-10-20") == ("2031-10-01", "2031-10-20")


def test_an_anniversary_that_contradicts_the_page_is_dropped() -> None:
    """The page was saved before it."""
    assert _bounds(_LEAD.format("marked one year"), _DATED, fetched="2031-02-01") == ("2030-10-01", "2031-02-01")


@pytest.mark.parametrize(
    "words",
    ["will mark one year", "prepared to mark one year", "last June marked one year", "marked nearly two years", "spoke, five years"],
)
def test_an_anniversary_ahead_past_or_rounded_dates_nothing(words: str) -> None:
    """Then the report's own day may be another one; what it mentions bounds it from below alone."""
    assert _bounds(_LEAD.format(words), _DATED) == ("2030-10-01", None)


def test_a_dated_sentence_on_something_else_dates_nothing() -> None:
    """It shares too few words with what is recalled."""
    assert _bounds(_LEAD.format("marked one year"), "The guard said in October 2030 that a ferry needed repairs.") == ("2030-10-01", None)


def test_sentences_that_date_it_differently_date_nothing() -> None:
    """No choice is made between them."""
    assert _bounds(_LEAD.format("marked one year"), _DATED, _DATED.replace("October 2030", "August 2030")) == ("2030-10-01", None)


def test_a_caption_keeps_no_anniversary_of_the_report() -> None:
    """A file photo was taken at another one."""
    caption = "Families mark the first anniversary of the June 3, 2029, sinking they remembered at the quay. (AP Photo/Ida Holm)"
    body = "The coast guard said that 12 people had been pulled from the water after the ferry went down off the island."
    assert _bounds(body, caption, body) is None
