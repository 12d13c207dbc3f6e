"""Reads HTML: the page's title and its article's text, a paragraph a line."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from reportedly.model import Problem, Reading, Sidecar, digest
from reportedly.read.assembly import TEXT_MOST, Source, failed, make_reading
from reportedly.read.decoding import decode
from reportedly.read.headings import clean_title, title_key
from reportedly.read.page import Markup
from reportedly.read.text import encoding_problems

_BYTES_MOST = 4 * TEXT_MOST  # bytes of a page that is parsed; the largest news pages have a few million
_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page must declare its encoding (HTML Standard, 4.2.5.4)
_BLANKS = re.compile(r"[^\S\n]+")
_DATES = {"original_date": True, "extensive_search": False}  # htmldate: what the markup states, no guess from the text
_ARTICLE_TYPES = re.compile(r"Article|BlogPosting|LiveBlog|Report|WebPage")


class HtmlReader:
    """Makes a document of a saved page; implements `model.ports.Reader`."""

    def read(self, content: bytes, name: str, sidecar: Sidecar | None) -> Iterator[Reading]:
        """The document in `content`; problems travel inside, nothing raises for bad input."""
        yield read_html(content, name, sidecar)


def read_html(content: bytes, name: str, sidecar: Sidecar | None = None, problems: tuple[Problem, ...] = ()) -> Reading:
    """The reading of a saved page.

    Args:
        content: the file's bytes, unpacked.
        name: the document's name.
        sidecar: what was noted when it was saved; None where nothing was.
        problems: what could not be used so far.

    Returns:
        A reading whose text is the title on the first line and then the article's paragraphs and headings, a line each.
    """
    if not content.strip():
        return failed(name, "empty-file", "the file is empty; nothing was read from it", *problems)
    if len(content) > _BYTES_MOST:
        message = f"the page has {len(content):,} bytes, more than {_BYTES_MOST:,}; nothing was read from it"
        return failed(name, "too-large", message, *problems)
    declared = _CHARSET.search(content[:_HEAD])
    decoded = decode(content, declared[1].decode("ascii") if declared else None)
    if decoded.text is None:
        return failed(name, "binary-file", "the file is no text; nothing was read from it", *problems)
    text, markup = extract_page(decoded.text)
    if not text:
        return failed(name, "no-text", "the page holds no text of an article; nothing was read from it", *problems)
    source = Source(
        name=name,
        text=text,
        bytes_digest=digest(content),
        media_type="text/html",
        sidecar=sidecar,
        markup=markup,
        problems=(*problems, *encoding_problems(decoded, name)),
    )
    return make_reading(source)


def extract_page(markup: str) -> tuple[str, Markup]:
    """The text of a page and what its markup says; an empty text where the page holds none.

    Args:
        markup: the page's source.

    Returns:
        The title and the paragraphs, joined by line feeds, as trafilatura finds them; and the markup's fields. The same source
        gives the same text always.
    """
    from lxml import etree  # noqa: PLC0415 - slow to load
    from trafilatura import bare_extraction, load_html  # noqa: PLC0415 - likewise

    try:
        tree = load_html(markup)
        if tree is None:
            return "", Markup()
        fields = _fields(tree)
        found: Any = bare_extraction(tree, include_comments=False, date_extraction_params=_DATES, with_metadata=True)
    except (etree.LxmlError, ValueError, AttributeError, TypeError, RecursionError):  # what the libraries raise on broken markup
        return "", Markup()
    if found is None or not found.text:
        return "", fields
    fields = _completed(fields, found)
    return _text(fields.title, found.text), fields


def _text(title: str | None, body: str) -> str:
    """The title's line and the body's lines, blanks brought to one; no second line for a title that opens the body."""
    lines = [line for raw in body.splitlines() if (line := _BLANKS.sub(" ", raw).strip())]
    if title:
        heading = clean_title(_BLANKS.sub(" ", title).strip())[0]
        if not any(title_key(line) == title_key(heading) for line in lines[:3]):
            lines.insert(0, heading)
    return "\n".join(lines)


def _completed(fields: Markup, found: Any) -> Markup:  # noqa: ANN401 - trafilatura's record has no types
    """The markup's own fields, completed by what trafilatura and htmldate found in it."""
    return Markup(
        title=fields.title or found.title or None,
        site=fields.site or found.sitename or None,
        url=fields.url or found.url or None,
        published=fields.published or found.date or None,
        updated=fields.updated,
        author=fields.author or found.author or None,
    )


def _fields(tree: Any) -> Markup:  # noqa: ANN401 - lxml's elements
    """What metadata elements and JSON-LD say."""
    metas: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and element.get("content", "").strip():
            metas.setdefault(name.casefold(), element.get("content").strip())
    linked = _linked_data(tree)
    canonical = next((link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical" and link.get("href")), None)
    title = linked.get("headline") or metas.get("og:title") or metas.get("twitter:title")
    return Markup(
        title=html.unescape(title) if title else None,  # JSON-LD often holds entities twice encoded
        site=metas.get("og:site_name") or linked.get("publisher"),
        url=canonical or metas.get("og:url"),
        published=linked.get("datePublished") or metas.get("article:published_time") or metas.get("datepublished") or metas.get("date"),
        updated=linked.get("dateModified") or metas.get("article:modified_time") or metas.get("datemodified"),
    )


def _linked_data(tree: Any) -> dict[str, str]:  # noqa: ANN401 - lxml's elements
    """The strings that describe the article in the page's JSON-LD, the publisher by name."""
    for script in tree.iter("script"):
        if script.get("type") != "application/ld+json" or not script.text:
            continue
        try:
            nodes = _nodes(json.loads(script.text))
        except (ValueError, RecursionError):
            continue  # broken JSON-LD is common, and the page says the same elsewhere
        for node in nodes:
            if _ARTICLE_TYPES.search(str(node.get("@type", ""))) and node.get("datePublished"):
                publisher = node.get("publisher")
                named = publisher.get("name") if isinstance(publisher, dict) else publisher
                values = {**node, "publisher": named}
                return {key: value for key, value in values.items() if isinstance(value, str) and value.strip()}
    return {}


def _nodes(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - what JSON holds
    if isinstance(value, list):
        return [node for inner in value for node in _nodes(inner)]
    if not isinstance(value, dict):
        return []
    return [value, *_nodes(value.get("@graph", []))]
