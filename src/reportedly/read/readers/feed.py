"""Reads RSS and Atom files: a document an entry."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.entities import html5
from typing import Any

from reportedly.model import Problem, Reading, Sidecar, digest
from reportedly.read.archives.archives import shown_name
from reportedly.read.assembly import Source, failed, make_reading
from reportedly.read.files.decoding import decode
from reportedly.read.layout.headings import clean_title, title_key
from reportedly.read.markup.fragments import visible_text
from reportedly.read.page import Markup
from reportedly.read.readers.text import encoding_problems

_BYTES_MOST = 64_000_000
_ENTRIES_MOST = 100_000
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([A-Za-z0-9_.:-]{2,40})""")
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?(?:rss|feed|RDF)(?=[\s>/])")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_XML_OWN = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_CUT = re.compile(r"(?:\u2026|\.\.\.|\[(?:\u2026|\.\.\.)\]|(?:read|continue|more)\b[^.]{0,40})\s*[»→>]?\s*$", re.IGNORECASE)
_REPORT_LEAST = 60  # words from which a summary is a report of its own and no teaser to one


def read_feed(content: bytes, name: str, sidecar: Sidecar | None = None, problems: tuple[Problem, ...] = ()) -> Iterator[Reading]:
    """The entries of a feed, as documents.

    Args:
        content: the file's bytes, unpacked.
        name: the file's name.
        sidecar: what was noted when it was saved; its time holds for every entry, its other fields are the feed's own.
        problems: what could not be used so far.

    Yields:
        A reading an entry, in the feed's order, named `file!address`: title and text, a paragraph a line; published, updated, author,
        address and outlet as the entry states them, the outlet that an aggregator names before the feed's own title. Summaries that
        are cut or short are teasers. `unsupported-format` for XML that is no feed, `entities-left-out` where the file defines
        entities, which are never expanded.

    Source: RSS 2.0.11; RDF Site Summary 1.0 with its modules `content` and `dc`; RFC 4287 (Atom).
    """
    if len(content) > _BYTES_MOST:
        yield failed(
            name, "too-large", f"the feed has {len(content):,} bytes, more than {_BYTES_MOST:,}; nothing was read from it", *problems
        )
        return
    declared = _DECLARED.search(content[:1024])
    decoded = decode(content, declared[1].decode("ascii") if declared else None)
    root = _ROOT.search(decoded.text) if decoded.text else None
    if decoded.text is None or root is None:
        yield failed(name, "unsupported-format", "the file is no feed; it was left out", *problems)
        return
    noted = (*problems, *encoding_problems(decoded, name))
    if "<!ENTITY" in decoded.text[: root.start()]:
        message = "the feed defines entities of its own; they were not expanded"
        noted = (*noted, Problem(code="entities-left-out", message=message, document=name))
    tree = _parse(decoded.text[root.start() :])
    entries = [] if tree is None else [element for element in tree.iter() if _local(element) in ("item", "entry")]
    if not entries:
        yield failed(name, "no-text", "the feed has no entries; nothing was read from it", *noted)
        return
    if noted:
        yield Reading(document=None, text="", problems=noted)
    outlet = _feed_title(tree)
    for number, entry in enumerate(entries[:_ENTRIES_MOST]):
        yield _read_entry(entry, f"{name}!", number, outlet, sidecar)
    if len(entries) > _ENTRIES_MOST:
        yield failed(name, "too-large", f"the feed has {len(entries):,} entries; those after the first {_ENTRIES_MOST:,} were left out")


def _parse(markup: str) -> Any:  # noqa: ANN401 - lxml's elements
    """The feed's root; what stood before it, a document type with its entities, is not here any more."""
    from lxml import etree  # noqa: PLC0415 - slow to load

    known = _NAMED.sub(lambda m: m[0] if m[1] in _XML_OWN else html5.get(m[1], ""), markup)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, remove_comments=True)
    try:
        return etree.fromstring(known.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def _read_entry(entry: Any, prefix: str, number: int, outlet: str | None, sidecar: Sidecar | None) -> Reading:  # noqa: ANN401
    fields = _fields(entry)
    title = _line(fields.get("title"))
    markup = Markup(
        title=title,
        site=_line(fields.get("source")) or outlet,
        url=_link(entry) or _address(fields.get("guid") or fields.get("id")),
        published=fields.get("pubdate") or fields.get("published") or fields.get("date") or fields.get("issued") or fields.get("updated"),
        updated=fields.get("updated") or fields.get("modified"),
        author=_line(fields.get("creator") or fields.get("author")),
    )
    name = prefix + shown_name(markup.url or fields.get("guid") or fields.get("id") or str(number))
    full = visible_text(fields.get("encoded") or fields.get("content") or "")
    summary = visible_text(fields.get("description") or fields.get("summary") or "")
    body = full if len(full) >= len(summary) else summary
    text = _with_title(title, body)
    if not text:
        return failed(name, "no-text", "the entry holds no words; nothing was read from it")
    source = Source(
        name=name,
        text=text,
        bytes_digest=digest(text.encode("utf-8", "surrogatepass")),
        media_type="application/atom+xml" if _local(entry) == "entry" else "application/rss+xml",
        sidecar=Sidecar(fetched=sidecar.fetched) if sidecar and sidecar.fetched else None,
        markup=markup,
    )
    reading = make_reading(source)
    is_teaser = body is summary and (_CUT.search(body) is not None or len(body.split()) < _REPORT_LEAST)
    return replace(reading, articles=tuple(replace(a, kind="teaser") for a in reading.articles)) if is_teaser else reading


def _fields(entry: Any) -> dict[str, str]:  # noqa: ANN401 - lxml's elements
    """The entry's own fields by their local names in lower case, the first of each; markup inside one is kept as markup."""
    from lxml import etree  # noqa: PLC0415

    found: dict[str, str] = {}
    for child in entry:
        name = _local(child).casefold()
        if not name or name in found:
            continue
        if name == "source" and len(child):  # Atom's, which holds the metadata of the feed that an entry was taken from
            value = next((_words(inner) for inner in child if _local(inner) == "title"), "")
        elif name == "author" and len(child):
            value = next((_words(inner) for inner in child if _local(inner) == "name"), "")
        elif len(child):
            value = etree.tostring(child, encoding="unicode", with_tail=False)
        else:
            value = child.text or ""
        if value.strip():
            found[name] = value.strip()
    return found


def _feed_title(tree: Any) -> str | None:  # noqa: ANN401 - lxml's elements
    """The title of the feed itself: of its channel, or directly under its root."""
    for parent in (tree, *(child for child in tree if _local(child) == "channel")):
        for child in parent:
            if _local(child) == "title":
                return _line(_words(child))
    return None


def _link(entry: Any) -> str | None:  # noqa: ANN401 - lxml's elements
    """The address of the page that an entry stands for."""
    for child in entry:
        if _local(child) == "link" and child.get("rel", "alternate") == "alternate":
            address = _address(child.get("href") or child.text)
            if address:
                return address
    return None


def _address(words: str | None) -> str | None:
    address = (words or "").strip()
    return address if re.fullmatch(r"https?://\S{1,2000}", address) else None


def _with_title(title: str | None, body: str) -> str:
    """The title's line and the body's lines; no second line for a title that opens the body."""
    lines = body.split("\n") if body else []
    heading = clean_title(title)[0] if title else ""
    if heading and not any(title_key(line) == title_key(heading) for line in lines[:3]):
        lines.insert(0, heading)
    return "\n".join(lines)


def _line(words: str | None) -> str | None:
    """Words that may hold markup and line ends, as one line; None where there are none."""
    return " ".join(visible_text(words).split()) or None if words else None


def _words(element: Any) -> str:  # noqa: ANN401 - lxml's elements
    return "".join(element.itertext())


def _local(element: Any) -> str:  # noqa: ANN401 - lxml's elements
    """The name of an element without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
