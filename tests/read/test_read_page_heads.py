"""Saved pages of several reports or items: the lines that head them are kept, so that they can be split."""

from reportedly.model import Reading
from reportedly.read.readers.html import read_html

_SEA = (
    "The coast guard said on Monday that 12 people had been pulled from the water after the ferry went down off the island.",
    "A spokeswoman for the shipping line, Maria Lindqvist, said the vessel had carried 48 passengers and a crew of nine.",
    "Divers were to go down to the wreck on Tuesday, according to the harbour master, if the wind allowed it.",
)
_WARDS = (
    "The ministry of health in Tarvia said on Friday that three hospitals in the north had run out of oxygen.",
    "Doctors in Norholm told reporters that patients had been moved by bus during the night.",
)


def _paragraphs(lines: tuple[str, ...]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def _read(body: str) -> Reading:
    menu, foot = "<nav><a href='/'>Home</a></nav>", "<footer>Imprint</footer>"
    page = f"<html><head><title>Tarvia | Gazette</title></head><body>{menu}{body}{foot}</body></html>"
    return read_html(page.encode(), "page.html")


def test_the_clock_times_of_a_live_page_s_items_are_kept() -> None:
    """Each heads an item, with its headline; the items come in time order."""
    posts = zip(
        ("2 May 2031 08:44", "2 May 2031 07:10", "1 May 2031 23:05"),
        ("Fourteen safe", "Vessel carried 48", "Divers wait"),
        _SEA,
        strict=True,
    )
    body = "".join(f"<div class='post'><time>{time}</time><h2>{head}</h2><p>{line}</p></div>" for time, head, line in posts)
    articles = _read(f"<main><h1>Ferry disaster: live updates</h1><p>Updated 2 May 2031</p>{body}</main>").articles
    assert [(article.kind, article.title) for article in articles] == [
        ("item", "Divers wait"),
        ("item", "Vessel carried 48"),
        ("item", "Fourteen safe"),
    ]
    assert [article.published.first for article in articles if article.published] == [
        "2031-05-01T23:05",
        "2031-05-02T07:10",
        "2031-05-02T08:44",
    ]


def test_the_headlines_and_bylines_of_a_tag_page_s_reports_are_kept() -> None:
    """Each report has its own date and writer."""
    body = (
        f"<main><h1>Tag: Tarvia</h1><article><h2>Ferry sinks off Aland</h2><p>By Matti Aalto, May 2, 2031</p>{_paragraphs(_SEA)}</article>"
        f"<article><h2>Hospitals run out of oxygen</h2><p>By Ida Holm, May 1, 2031</p>{_paragraphs(_WARDS)}</article></main>"
    )
    articles = _read(body).articles
    assert [(article.title, article.byline) for article in articles] == [
        ("Ferry sinks off Aland", "Matti Aalto"),
        ("Hospitals run out of oxygen", "Ida Holm"),
    ]
    assert [article.published.first for article in articles if article.published] == ["2031-05-02", "2031-05-01"]


def test_byline_and_correction_are_kept_beside_the_article() -> None:
    """They are no part of its text."""
    note = "Correction: An earlier version of this article said 52 passengers were on board. The ferry carried 48."
    head = "<h1>Ferry sinks off Aland</h1><p class='byline'>By Matti Aalto</p>"
    reading = _read(f"<article>{head}{_paragraphs(_SEA)}</article><div class='note'><em>{note}</em></div>")
    (article,) = reading.articles
    assert article.byline == "Matti Aalto"
    assert [one.text for one in article.corrections] == [note]
    assert [reading.text[p.start : p.end] for p in article.passages if p.role == "body"] == list(_SEA)


def test_times_over_teasers_make_no_live_page() -> None:
    """How long ago is written over other stories too, and a single time heads nothing."""
    teaser = "<div><span>3 hours ago</span><h3>Harbour board to inspect all ferries</h3></div>"
    body = f"<article><h1>Ferry sinks off Aland</h1>{_paragraphs(_SEA[:2])}{teaser}{teaser}<p>{_SEA[2]}</p></article>"
    assert [article.kind for article in _read(body).articles if article.kind != "teaser"] == ["article"]
