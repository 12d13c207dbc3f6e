"""Who published, who wrote, whose copy it is."""

import json

import pytest

from reportedly.model import Article
from reportedly.read import read_stream
from reportedly.read.dateline import find_dateline
from reportedly.read.headings import clean_title

_BODY = "The coast guard said that 12 people had been pulled from the water after the ferry went down off the island."


def _read(text: str, **sidecar: str) -> Article:
    (reading,) = read_stream(json.dumps({"id": "a", "text": text, **sidecar}).encode(), "x.jsonl")
    return reading.articles[0]


@pytest.mark.parametrize(
    ("text", "outlet", "byline", "credits"),
    [
        (f"Ferry sinks off Aland | WORLD\n\n{_BODY}\n", "WORLD", None, ()),
        (f"Ferry sinks off Aland\n\nMay 2, 2031 | By Ida Holm, DOD News\n\n{_BODY}\n", "DOD News", "Ida Holm", ()),
        (f"Ferry sinks\n\n{_BODY}\n\nHolm and Moss write for the AP.\n", "Associated Press", "Holm and Moss", ("Associated Press",)),
        (f"Ferry sinks\n\n{_BODY}\n\n(Reporting by Ida Holm; Editing by Jo Moss)\n", "Reuters", "Ida Holm", ("Reuters",)),
        (f"{_BODY}\n\n(Additional reporting by Per Lie; Writing by Ida Holm; Editing by Jo Moss)\n", "Reuters", "Ida Holm", ("Reuters",)),
        (f"{_BODY}\n\nThe AP contributed.\n\nFor the latest news, head to The Hill.\n", "The Hill", None, ("Associated Press",)),
        (f"Ferry sinks\n\n{_BODY}\n\n(AFP)\n", "AFP", None, ("AFP",)),
        (f"Ferry sinks\n\nBy Ida Holm, Coast Herald\n\n{_BODY}\n", "Coast Herald", "Ida Holm", ()),
        (f"Ferry sinks\n\nBy Ida Holm, Jo Moss and Per Lie\n\n{_BODY}\n", None, "Ida Holm, Jo Moss and Per Lie", ()),
        (f"Ferry sinks\n\nBREL (Northern Wire) — {_BODY}\n", "Northern Wire", None, ("Northern Wire",)),
        (f"Ferry sinks\n\n{_BODY}\n\nIda Holm\n\nIda is a staff reporter for the Gazette. She lives in Brel.\n", None, "Ida Holm", ()),
        (f"Ferry sinks\n\nBy\n\n[Ida Holm](https://x.example/ida)\n\n{_BODY}\n", None, "Ida Holm", ()),
    ],
)  # fmt: skip
def test_the_page_tells_outlet_writer_and_credits(text: str, outlet: str | None, byline: str | None, credits: tuple[str, ...]) -> None:  # noqa: A002 - the record's own word
    """From the title's suffix, the byline, a sign-off, a credit or the site's words about itself."""
    article = _read(text)
    assert (article.outlet, article.byline, article.credits) == (outlet, byline, credits)
    assert "contributed" not in text or not any("contributed" in text[p.start : p.end] for p in article.passages)


def test_a_sidecar_s_publisher_wins_and_its_bracket_is_a_credit() -> None:
    """Who published and who wrote are two things."""
    article = _read(f"Ferry sinks | WORLD\n\nOSLO (Reuters) - {_BODY}\n", publisher="NPR (AP text)")
    assert article.outlet == "NPR"
    assert article.credits == ("Reuters", "Associated Press")


def test_a_photographer_s_agency_is_no_credit_of_the_report() -> None:
    """The caption's agency took the picture."""
    article = _read(f"Ferry sinks\n\nDivers on the quay. File Photo by Ida Holm/UPI\n\n{_BODY}\n")
    assert (article.outlet, article.credits) == (None, ())


def test_the_address_names_the_outlet_where_nothing_else_does() -> None:
    """By the nearest domain that the table has."""
    assert _read(_BODY, url="https://edition.cnn.com/2031/ferry").outlet == "CNN"


@pytest.mark.parametrize(
    ("text", "words", "agency"),
    [
        ("SEOUL, Oct. 24 (UPI) — North of the river", "SEOUL, Oct. 24 (UPI)", "UPI"),
        ("SEOUL, South Korea — The guard", "SEOUL, South Korea", None),
        ("NEW YORK (Reuters) - Stocks fell", "NEW YORK (Reuters)", "Reuters"),
        ("Istanbul, Turkey (CNN) — The guard", "Istanbul, Turkey (CNN)", "CNN"),
        ("(CNN) — The guard", "(CNN)", "CNN"),
        ("QUITO, Ecuador—Two ships", "QUITO, Ecuador", None),
        ("OSLO/BREL The guard said", "OSLO/BREL", None),
        ("MANTA The guard said boats left Manta", "MANTA", None),
    ],
)
def test_a_dateline_is_found_at_the_head_of_a_report(text: str, words: str, agency: str | None) -> None:
    """With or without day, agency and dash; capitals alone need a sign that they name a place."""
    found = find_dateline(text, 0, len(text))
    assert found is not None
    assert (found.words.text, found.agency) == (words, agency)


@pytest.mark.parametrize(
    "text",
    [
        "NATO Secretary General Jo Moss said",
        "The guard - who was there - said",
        "UNICEF said",
        "Kim (62) — a tailor",
        "MANTA The guard",
        "",
    ],
)
def test_capitals_at_the_head_are_not_always_a_place(text: str) -> None:
    """A body's name is written in capitals too."""
    assert find_dateline(text, 0, len(text)) is None


@pytest.mark.parametrize(
    ("words", "title", "suffix"),
    [
        ("Ferry sinks off Aland | World | The Gazette", "Ferry sinks off Aland", "The Gazette"),
        ("Ferry sinks off Aland – NBCNews.com", "Ferry sinks off Aland", "NBCNews.com"),
        ("Ferry was overloaded – police", "Ferry was overloaded – police", None),
        ("Ferry sinks - The Gazette", "Ferry sinks", "The Gazette"),
        ("Ferry | Sport", "Ferry | Sport", None),
    ],
)
def test_the_site_s_name_is_taken_off_a_title(words: str, title: str, suffix: str | None) -> None:
    """Behind a stroke always, behind a dash only where it is a site's name."""
    assert clean_title(words, frozenset({"the gazette"})) == (title, suffix)
