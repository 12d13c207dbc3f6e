"""HTML: the title and the article's text a paragraph a line, and what the markup says."""

import pytest

from reportedly.model import Reading, Sidecar
from reportedly.read import read_stream
from reportedly.read.readers.html import read_html

_BODY = "".join(
    f"<p>{sentence}</p>"
    for sentence in (
        "The coast guard said on Monday that 12 people had been pulled from the water after the ferry went down off the island.",
        "A spokeswoman for the shipping line, Maria Lindqvist, said the vessel had carried 48 passengers and a crew of nine.",
        "Divers were to go down to the wreck on Tuesday, according to the harbour master, if the wind allowed it.",
    )
)
_MENU = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"


def _page(head: str = "", body: str = _BODY) -> bytes:
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>Ferry sinks off Aland | The Gazette</title>{head}</head>"
        f"<body>{_MENU}<article><h1>Ferry sinks off Aland</h1>{body}</article><footer>Copyright The Gazette</footer></body></html>"
    ).encode()


def _only(content: bytes, sidecar: Sidecar | None = None) -> Reading:
    return read_html(content, "page.html", sidecar)


def test_the_text_is_the_title_and_the_paragraphs_a_line_each() -> None:
    """Menu and footer are no part of it."""
    lines = _only(_page()).text.split("\n")
    assert lines[0] == "Ferry sinks off Aland"
    assert [line[:11] for line in lines[1:]] == ["The coast g", "A spokeswom", "Divers were"]


def test_reading_a_page_twice_gives_the_same_text() -> None:
    """A text is made once and for good."""
    assert _only(_page()).text == _only(_page()).text


def test_markup_gives_date_site_and_address() -> None:
    """The date carries its zone; the evidence is named."""
    head = (
        "<meta property='og:site_name' content='The Gazette'><link rel='canonical' href='https://gazette.example/ferry'>"
        "<meta property='article:published_time' content='2031-05-02T10:11:12+03:00'>"
        "<meta property='article:modified_time' content='2031-05-03'>"
    )
    reading = _only(_page(head))
    (article,) = reading.articles
    assert article.outlet == "The Gazette"
    assert article.published is not None
    assert article.published.first == "2031-05-02T10:11:12+03:00"
    assert article.published_evidence == "markup"
    assert article.updated is not None
    assert article.updated.first == "2031-05-03"
    assert reading.document is not None
    assert reading.document.url == "https://gazette.example/ferry"


def test_linked_data_is_read_and_broken_linked_data_passed_over() -> None:
    """The headline there may hold entities encoded twice."""
    head = (
        '<script type="application/ld+json">{broken</script><script type="application/ld+json">'
        '{"@graph": [{"@type": "NewsArticle", "headline": "Ferry &#8216;sinks&#8217; off Aland", "datePublished": "2031-05-02", '
        '"publisher": {"name": "Reuters"}}]}</script>'
    )
    (article,) = _only(_page(head)).articles
    assert article.outlet == "Reuters"
    assert article.published is not None
    assert article.published.first == "2031-05-02"


def test_a_sidecar_wins_and_what_the_page_says_is_kept() -> None:
    """The page's own date stands beside the sidecar's."""
    head = "<meta property='article:published_time' content='2031-05-02'>"
    (article,) = _only(_page(head), Sidecar(published="2031-05-04", publisher="UPI")).articles
    assert article.outlet == "UPI"
    assert article.published is not None
    assert article.published_on_page is not None
    assert (article.published.first, article.published_on_page.first) == ("2031-05-04", "2031-05-02")


def test_a_declared_encoding_is_used_where_the_bytes_are_not_utf_8() -> None:
    """No guess is needed, so there is no problem."""
    content = _page().replace(b"utf-8", b"iso-8859-1").replace(b"Lindqvist", "Lindqvistå".encode("latin-1"))
    reading = _only(content)
    assert "Lindqvistå" in reading.text
    assert not reading.problems


@pytest.mark.parametrize(
    "content", [b"<html><body></body></html>", b"<html><head><script>var a=1;</script></head></html>", b"<!DOCTYPE html>"]
)
def test_a_page_without_text_gives_a_problem(content: bytes) -> None:
    """Nothing is read from it, and the message says so."""
    reading = read_html(content, "page.html")
    assert reading.document is None
    assert [problem.code for problem in reading.problems] == ["no-text"]


def test_a_page_beyond_all_measure_is_not_parsed() -> None:
    """Parsing would cost memory without bound."""
    reading = _only(b"<html>" + b"<p>a</p>" * 1_100_000)
    assert [problem.code for problem in reading.problems] == ["too-large"]


def test_standard_input_shows_by_its_first_bytes_that_it_is_a_page() -> None:
    """No file name tells."""
    (reading,) = read_stream(_page(), "-")
    assert reading.document is not None
    assert reading.document.media_type == "text/html"


def test_writers_and_agencies_that_the_markup_names_are_told_apart() -> None:
    """Who wrote a report and whose copy it is are two things; a line of its own wins."""
    head = (
        "<meta property='og:site_name' content='The Gazette'><script type='application/ld+json'>"
        '{"@type": "NewsArticle", "headline": "Ferry sinks off Aland", "datePublished": "2031-05-02", '
        '"author": [{"@type": "Person", "name": "Maria Lindqvist"}, {"@type": "Organization", "name": "Associated Press"}]}</script>'
    )
    (article,) = _only(_page(head)).articles
    assert (article.outlet, article.byline, article.credits) == ("The Gazette", "Maria Lindqvist", ("Associated Press",))
    (signed,) = _only(_page(head, f"<p>By Matti Aalto</p>{_BODY}")).articles
    assert signed.byline == "Matti Aalto"


@pytest.mark.parametrize("offset", ["+99:00", "-24:00"])
def test_a_stamp_with_an_offset_that_there_is_none_of_costs_no_page(offset: str) -> None:
    """The libraries that read metadata trip over it; the article, its day and what else the page says of itself are read."""
    stamp = f"2031-05-02T10:00:00{offset}"
    head = f'<meta property="article:published_time" content="{stamp}"><meta property="og:site_name" content="Morden Post">'
    body = "<h1>Ferry sinks off Morden</h1>" + "<p>At least 12 people drowned when the ferry sank, the coast guard said on Friday.</p>" * 3
    reading = _only(f"<html><head>{head}</head><body><article>{body}</article></body></html>".encode())
    assert not reading.problems
    (article,) = reading.articles
    assert article.outlet == "Morden Post"
    assert article.published is not None
    assert article.published.first == "2031-05-02T10:00:00"


_FREE = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'


@pytest.mark.parametrize("page", [_page(head=_FREE), _page(body=f"{_BODY}<p>Subscribe to continue reading. Already a subscriber?</p>")])
def test_a_page_that_stops_at_a_paywall_is_read_and_says_so(page: bytes) -> None:
    """By its markup or by what it prints; what is there is read."""
    reading = _only(page)
    assert [problem.code for problem in reading.problems] == ["for-subscribers"]
    assert reading.articles


def test_a_whole_report_is_no_stub_whatever_its_markup_says() -> None:
    """Who is signed in saves all of it, under the same mark."""
    assert _only(_page(head=_FREE, body=5 * _BODY)).problems == ()


def test_the_view_of_a_reader_gives_the_address_of_its_page() -> None:
    """A browser's reader view keeps no metadata but a link to the page."""
    link = '<a class="domain reader-domain" href="https://post.example/2031/03/08/ferry">post.example</a>'
    head = f"<html><head><title>Ferry sinks off Aland</title></head><body><div class='header'>{link}</div>"
    reading = _only(f"{head}<div>{_BODY}</div></body></html>".encode())
    assert reading.document is not None
    assert reading.document.url == "https://post.example/2031/03/08/ferry"
    assert reading.articles[0].published is not None
    assert (reading.articles[0].published.first, reading.articles[0].published_evidence) == ("2031-03-08", "url")
