"""Who published, who wrote, whose copy it is."""

import json

import pytest

from reportedly.model import Article
from reportedly.read import read_stream
from reportedly.read.layout.dateline import find_dateline
from reportedly.read.layout.headings import clean_title

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


@pytest.mark.parametrize(
    ("line", "byline", "outlet"),
    [
        ("By Ida Holm, The Harbour Lantern", "Ida Holm", "The Harbour Lantern"),
        ("By Ida Holm and Jo Moss, Coast Echo", "Ida Holm and Jo Moss", "Coast Echo"),
        ("By Ida Holm for Brel Lantern", "Ida Holm", "Brel Lantern"),
        ("By Ida Holm of the Brel Lantern", "Ida Holm", "Brel Lantern"),
        ("By Ida Holm | Coast Echo", "Ida Holm", "Coast Echo"),
        ("By Ida Holm / Coast Echo", "Ida Holm", "Coast Echo"),
        ("By Ida Holm, Staff Writer", "Ida Holm, Staff Writer", None),
        ("By Ida Holm, Jo Moss", "Ida Holm, Jo Moss", None),
        ("By Ida Holm, The Hague", "Ida Holm, The Hague", None),
    ],
)
def test_a_byline_names_the_writer_s_outlet_though_no_table_has_it(line: str, byline: str, outlet: str | None) -> None:
    """By the place where it stands and by how such names are made; another writer, a job or a place is no outlet."""
    article = _read(f"Ferry sinks\n\n{line}\n\n{_BODY}\n")
    assert (article.byline, article.outlet) == (byline, outlet)


_FRONT = (
    "Brel Lantern\nNews | Opinion | Culture | Log in\n\n"
    f"Ferry sinks off Aland\n\n{_BODY}\n\nSource link\n\nBees late in Pell\n\nPELL (UPI) — {_BODY}\n\nSource link\n"
)


@pytest.mark.parametrize(
    ("publisher", "outlets"),
    [("Brel Lantern", ["Brel Lantern", "Brel Lantern"]), ("Daily Heap", [None, "UPI"]), (None, [None, "UPI"])],
)
def test_a_masthead_that_the_sidecar_confirms_is_the_outlet_of_all_reports_under_it(
    publisher: str | None, outlets: list[str | None]
) -> None:
    """An agency in a dateline is then whose copy it is; without either of the two nothing is concluded."""
    (reading,) = read_stream(json.dumps({"id": "a", "text": _FRONT, "publisher": publisher}).encode(), "x.jsonl")
    assert [article.outlet for article in reading.articles] == outlets
    assert [article.credits for article in reading.articles] == [(), ("UPI",)]
    assert [article.title for article in reading.articles] == ["Ferry sinks off Aland", "Bees late in Pell"]
