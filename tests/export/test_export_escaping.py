"""Words of a page can do nothing in the program that an export is opened with."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.export import ExportMatter, Table, arrow_table, csv_text, infobox, timeline_js
from reportedly.export.tables import Column
from reportedly.model import (
    Article,
    Claim,
    Clocks,
    Document,
    Entry,
    Holdings,
    Interval,
    Series,
    StoredClaim,
    TimelineEntry,
    claim_id,
    span_of,
    text_digest,
)

EVIL = "<script>alert(1)</script> }} [[File:x]] | name = {{delete}} '''b''' <ref>"
DAY = Interval(first="2025-01-02", last="2025-01-02")


def matter(words: str) -> ExportMatter:
    """One claim, its figure and its event, all in some words."""
    text = f"{words} was said."
    span = span_of(text, 0, len(text) - 1)
    document = Document(
        id="d:1", name=words, text_digest=text_digest(text), bytes_digest="b", media_type="text/plain", url=f"https://x.example/{words}"
    )
    identity = claim_id(document.text_digest, [span], [], [])
    claim = Claim(document=words, article=0, id=identity, content=(span,), speakers=(words,))
    entry = Entry(
        claims=(identity,), said=DAY, cut_off=DAY, published=DAY, speakers=(words,), principal=words, low=Decimal(4), high=None,
        qualifier="at_least", words=words, standing="current", origin="o:1", outlets=(words,), via=(words,),
    )  # fmt: skip
    series = Series(
        id="n:1", story="s:1", event=None, measure="killed", counted=words, unit=None, population=words, place=words, status=None,
        share="total", as_of=None, policy="widest", low=Decimal(4), best=None, high=None, open_high=True, why="", outlets=1, utterances=1,
        principals=1, disputes=(), entries=(entry,),
    )  # fmt: skip
    article = Article(document=words, number=0, kind="article", passages=(), title=words, outlet=words, published=DAY)
    event = TimelineEntry(
        date="2025-01-02", to="2025-01-02", text=words, weight=1.0, claims=(identity,), documents=(words,), principals=(words,)
    )
    return ExportMatter(
        holdings=Holdings(
            documents={"d:1": document},
            articles={("d:1", 0): article},
            texts={document.text_digest: text},
            claims=(StoredClaim(claim=claim, document="d:1"),),
        ),
        clocks=Clocks(),
        policy="widest",
        series=(series,),
        statements=(),
        timeline=(event,),
        actors=(),
        program="reportedly 0",
    )


def test_wikitext_holds_no_markup_of_a_page() -> None:
    """Only our own templates, lists and references are left; addresses cannot end a template."""
    words = infobox(matter(EVIL))
    assert words.count("{{") == 2
    assert words.count("}}") == 2
    assert words.count("<ref>") == words.count("</ref>") == 1
    assert "[[" not in words
    assert "<script" not in words
    assert "'''" not in words


def test_an_infobox_names_no_best_number() -> None:
    """The printed words, whose, as of when, with the quotation; nothing that no source said."""
    words = infobox(matter("at least four"))
    assert "“at least four” per at least four via at least four, as of 2025-01-02<ref>{{cite news" in words
    assert "best" not in words


def test_an_address_that_is_no_page_of_the_web_is_left_out() -> None:
    """A javascript: address never becomes a link."""
    bad = matter("x")
    document = next(iter(bad.holdings.documents.values()))
    assert "url=" in infobox(bad)
    object.__setattr__(document, "url", "javascript:alert(1)")
    assert "javascript" not in infobox(bad)


def test_a_timeline_s_html_is_escaped() -> None:
    """TimelineJS puts headline and text into the page as they are."""
    event = timeline_js(matter(EVIL))["events"][0]
    assert "<script" not in event["text"]["headline"] + event["text"]["text"]
    assert "&lt;script&gt;" in event["text"]["headline"]


def test_a_cell_is_no_formula() -> None:
    """Words that a spreadsheet would run begin with an apostrophe; numbers stay numbers."""
    table = Table(
        name="t",
        columns=(Column(name="words"), Column(name="number", kind="number"), Column(name="names", kind="texts")),
        rows=(("=1+1", Decimal(-5), ("@x", "y")), (None, None, ())),
    )
    assert list(csv.reader(io.StringIO(csv_text(table)))) == [["words", "number", "names"], ["'=1+1", "-5", "'@x; y"], ["", "", ""]]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=12), min_size=1, max_size=6))
def test_every_cell_of_csv_comes_back(cells: list[str]) -> None:
    """Whatever a cell holds, a reader of RFC 4180 gets it back, an apostrophe before it at most."""
    table = Table(name="t", columns=(Column(name="a"),), rows=tuple((cell,) for cell in cells))
    read = [row[0] if row else "" for row in csv.reader(io.StringIO(csv_text(table)))][1:]
    assert [cell.removeprefix("'") for cell in read] == [cell.removeprefix("'") for cell in cells]


def test_arrow_takes_what_pages_hold() -> None:
    """Half a surrogate pair, a number too long for a decimal, a day, a flag, a list: each is stored, or not known."""
    pytest.importorskip("pyarrow")
    kinds = (("text", "a\ud800"), ("number", Decimal("1e40")), ("number", Decimal("1.5")), ("day", dt.date(2025, 1, 2)), ("flag", True))
    table = Table(
        name="t",
        columns=(*(Column(name=str(k), kind=kind) for k, (kind, _) in enumerate(kinds)), Column(name="5", kind="texts")),  # type: ignore[arg-type]
        rows=((*(value for _, value in kinds), ("a", "b")),),
    )
    assert arrow_table(table).to_pylist() == [
        {"0": "a\ufffd", "1": None, "2": Decimal("1.500000"), "3": dt.date(2025, 1, 2), "4": True, "5": ["a", "b"]}
    ]
