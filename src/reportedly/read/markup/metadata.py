"""What a saved page says of itself in metadata elements, JSON-LD and microdata."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from reportedly.read.layout.furniture import markup_fields

_ARTICLE_TYPES = re.compile(r"Article|BlogPosting|LiveBlog|Report|WebPage|Review|Recipe")
_DATES = {"original_date": True, "extensive_search": False}  # htmldate, which trafilatura asks: its guess is not used
_PUBLISHED = re.compile(r"\b(?:published|pubdate|datepublished|post-date|publish-date|publication-date)\b", re.IGNORECASE)

_STAMP_MOST = 100  # characters; what is longer is no date


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMetadata:
    """What a page says of itself beside its text.

    Attributes:
        title: its title; None where it gives none, as for the next.
        site: the site's name.
        url: its own address.
        author: who wrote it.
        published: all it says of when it was published, as given, best first.
        updated: the same for its last change.
    """

    title: str | None = None
    site: str | None = None
    url: str | None = None
    author: str | None = None
    published: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()


def read_metadata(tree: Any) -> PageMetadata:  # noqa: ANN401 - lxml's elements
    """What a page says of itself.

    Args:
        tree: the page's root element; it is not changed.

    Returns:
        JSON-LD comes first, then metadata elements by the table `furniture.toml`, then microdata; title, site, address and author
        are completed by what trafilatura finds.
    """
    found = _found(tree)
    metas = _metas(tree)
    linked = _linked_data(tree)
    canonical = next((link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical" and link.get("href")), None)
    title = linked.get("headline") or metas.get("og:title") or metas.get("twitter:title")
    published = [linked.get("datePublished"), *(metas.get(name) for name in markup_fields("published")), *_microdata(tree)]
    updated = [linked.get("dateModified"), *(metas.get(name) for name in markup_fields("updated"))]
    return PageMetadata(
        title=(html.unescape(title) if title else None) or found.title or None,  # JSON-LD often holds entities twice encoded
        site=metas.get("og:site_name") or linked.get("publisher") or found.sitename or None,
        url=canonical or metas.get("og:url") or found.url or None,
        author=linked.get("author") or found.author or None,
        published=tuple(words for words in published if words and len(words) <= _STAMP_MOST),
        updated=tuple(words for words in updated if words and len(words) <= _STAMP_MOST),
    )


def _found(tree: Any) -> Any:  # noqa: ANN401 - trafilatura's record
    """What trafilatura finds; nothing where it or htmldate trips over what a page says, such as a day with an offset of 99 hours."""
    from trafilatura import extract_metadata  # noqa: PLC0415 - slow to load

    try:
        return extract_metadata(tree, date_config=_DATES)
    except (ValueError, AttributeError, TypeError, OverflowError):
        return SimpleNamespace(title=None, sitename=None, url=None, author=None)


def _metas(tree: Any) -> dict[str, str]:  # noqa: ANN401 - lxml's elements
    """The metadata elements' contents by name, in small letters; the first of a name counts."""
    metas: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and element.get("content", "").strip():
            metas.setdefault(name.casefold(), element.get("content").strip())
            if element.get("itemprop"):  # beside a name of its own
                metas.setdefault(element.get("itemprop").casefold(), element.get("content").strip())
    return metas


def _microdata(tree: Any) -> Iterator[str]:  # noqa: ANN401 - lxml's elements
    """The dates of publication that stand in the page's own elements (HTML Standard, 5 Microdata; the `time` element)."""
    for element in tree.iter("time", "span", "p", "div", "abbr"):
        named = (element.get("itemprop") or "").casefold() == "datepublished"
        marked = element.tag == "time" and (element.get("pubdate") is not None or _PUBLISHED.search(element.get("class") or ""))
        if named or marked:
            words = element.get("content") or element.get("datetime") or " ".join("".join(element.itertext()).split())
            if words and words.strip():
                yield words.strip()


def _linked_data(tree: Any) -> dict[str, str]:  # noqa: ANN401 - lxml's elements
    """The strings that describe the article in the page's JSON-LD, publisher and authors by their names."""
    for script in tree.iter("script"):
        if script.get("type") != "application/ld+json" or not script.text:
            continue
        try:
            nodes = _nodes(json.loads(script.text, strict=False))
        except (ValueError, RecursionError):
            continue  # broken JSON-LD is common, and the page says the same elsewhere
        for node in nodes:
            if _ARTICLE_TYPES.search(str(node.get("@type", ""))) and node.get("datePublished"):
                values = {**node, **{role: "; ".join(_names(node.get(role))) for role in ("publisher", "author")}}
                return {key: value for key, value in values.items() if isinstance(value, str) and value.strip()}
    return {}


def _names(value: Any) -> list[str]:  # noqa: ANN401 - what JSON holds
    """The names of persons and organisations, given as strings or as nodes, alone or in a list."""
    values = value if isinstance(value, list) else [value]
    names = (one.get("name") if isinstance(one, dict) else one for one in values)
    return [name.strip() for name in names if isinstance(name, str) and name.strip()]


def _nodes(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - what JSON holds
    if isinstance(value, list):
        return [node for inner in value for node in _nodes(inner)]
    if not isinstance(value, dict):
        return []
    return [value, *_nodes(value.get("@graph", []))]
