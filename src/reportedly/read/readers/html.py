"""Reads HTML: the page's title and its article's text, a paragraph a line."""

import re
from collections.abc import Sequence
from typing import Any

from reportedly.model import Problem, Reading, Sidecar, digest
from reportedly.read.assembly import TEXT_MOST, Source, failed, make_reading
from reportedly.read.dates.stamps import date_page
from reportedly.read.files.decoding import decode
from reportedly.read.files.saved_pages import noted
from reportedly.read.layout.cohesion import topic_words
from reportedly.read.layout.headings import clean_title, title_key
from reportedly.read.markup.blocks import Block
from reportedly.read.markup.main_text import find_main_text
from reportedly.read.markup.metadata import read_metadata
from reportedly.read.markup.page_heads import add_heads
from reportedly.read.page import Markup
from reportedly.read.readers.paywall import paywall_problems
from reportedly.read.readers.text import encoding_problems

_BYTES_MOST = 4 * TEXT_MOST  # bytes of a page that is parsed; the largest news pages have a few million
_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page must declare its encoding (HTML Standard, 4.2.5.4)
_TAGS_MOST = 50_000  # the largest news pages have some ten thousand, and each costs up to half a millisecond
_TAG = re.compile(r"<[A-Za-z]")
_HEAD_LINES = 5  # of the text in which the title may stand already
_ALIKE = 0.5  # share of the title's longer words that a heading of the page must have to stand in its place
_BLANKS = re.compile(r"[^\S\n]+")
_NEAR = 8  # blocks above and below a headline in which its date may stand


def read_html(
    content: bytes, name: str, sidecar: Sidecar | None = None, problems: tuple[Problem, ...] = (), *, charset: str | None = None
) -> Reading:
    """The reading of a saved page.

    Args:
        content: the file's bytes, unpacked.
        name: the document's name.
        sidecar: what was noted when it was saved; None where nothing was.
        problems: what could not be used so far.
        charset: the encoding that the server declared; None where that is not known, and the page's own declaration counts.

    Returns:
        A reading whose text is the title on the first line and then the article's paragraphs and headings, a line each.
    """
    if not content.strip():
        return failed(name, "empty-file", "the file is empty; nothing was read from it", *problems)
    if len(content) > _BYTES_MOST:
        message = f"the page has {len(content):,} bytes, more than {_BYTES_MOST:,}; nothing was read from it"
        return failed(name, "too-large", message, *problems)
    declared = _CHARSET.search(content[:_HEAD])
    decoded = decode(content, charset or (declared[1].decode("ascii") if declared else None))
    if decoded.text is None:
        return failed(name, "binary-file", "the file is no text; nothing was read from it", *problems)
    if (tags := len(_TAG.findall(decoded.text))) > _TAGS_MOST:
        return failed(name, "too-large", f"the page has {tags:,} tags, more than {_TAGS_MOST:,}; nothing was read from it", *problems)
    text, markup = extract_page(decoded.text)
    markup = noted(markup, decoded.text)
    if not text:
        return failed(name, "no-text", "the page holds no text of an article; nothing was read from it", *problems)
    source = Source(
        name=name,
        text=text,
        bytes_digest=digest(content),
        media_type="text/html",
        sidecar=sidecar,
        markup=markup,
        problems=(*problems, *encoding_problems(decoded, name), *paywall_problems(decoded.text, text, name)),
    )
    return make_reading(source)


def extract_page(markup: str) -> tuple[str, Markup]:
    """The text of a page and what its markup says; an empty text where the page holds none.

    Args:
        markup: the page's source.

    Returns:
        The title and the article's blocks with the lines that tell of it, joined by line feeds, as `find_main_text` and `add_heads`
        choose them; and the markup's fields, dated by markup and by what the page prints around its article. The same source gives
        the same text always.
    """
    from lxml import etree  # noqa: PLC0415 - slow to load
    from trafilatura import load_html  # noqa: PLC0415 - likewise

    try:
        tree = load_html(markup)
        if tree is None:
            return "", Markup()
        metadata = read_metadata(tree)
        headings = _headings(tree)
        blocks, places = find_main_text(tree)
    except (etree.LxmlError, ValueError, AttributeError, TypeError, RecursionError):  # what the libraries raise on broken markup
        return "", Markup()
    dates = date_page(metadata.published, metadata.updated, _around(blocks, places), metadata.url)
    fields = Markup(
        title=metadata.title,
        site=metadata.site,
        url=metadata.url,
        published=dates.published,
        updated=dates.updated,
        author=metadata.author,
        dated_by=dates.evidence,
    )
    lines = [blocks[place].text for place in add_heads(blocks, places)]
    return (_text(fields.title, lines, headings) if lines else ""), fields


def _around(blocks: Sequence[Block], places: Sequence[int]) -> list[str]:
    """The lines about a page's headline and the first lines of its article, which say who wrote it and when."""
    if not places:
        return []
    heads = [place for place, block in enumerate(blocks) if block.tag == "h1" and place <= places[0] + _NEAR]
    first = heads[-1] if heads else places[0]
    return [block.text for block in blocks[max(0, min(first, places[0]) - _NEAR) : max(first, places[0]) + _NEAR]]


def _text(title: str | None, lines: list[str], headings: list[str]) -> str:
    """The lines under the title, which is the page's own heading where one says what the title says; printed once."""
    heading = clean_title(_BLANKS.sub(" ", title).strip())[0] if title else ""
    words = topic_words(heading)
    own = next((one for one in headings if len(words & topic_words(one)) > _ALIKE * len(words)), heading)
    above = next((place for place, line in enumerate(lines[:_HEAD_LINES]) if title_key(line) in (title_key(own), title_key(heading))), None)
    if above is not None or not own:
        return "\n".join(lines)
    return "\n".join([own, *lines])


def _headings(tree: Any) -> list[str]:  # noqa: ANN401 - lxml's elements
    """The page's headings of the first rank, in page order."""
    headings = (" ".join("".join(element.itertext()).split()) for element in tree.iter("h1"))
    return [words for words in headings if words]
