"""Reads a written brief back: its sources, and the quotations of each line with the numbers that it cites."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportedly.errors import UnreadableError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = ("li", "p", "tr", "div")
_CITE = "#source-"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSource:
    """An entry of a brief's list of sources.

    Attributes:
        number: its number.
        claim: the claim's id.
        passage: the words it gives.
    """

    number: int
    claim: str
    passage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenBrief:
    """A brief as a reader has it.

    Attributes:
        sources: its sources.
        lines: each line that cites a source: its words, and the numbers.
    """

    sources: tuple[WrittenSource, ...]
    lines: tuple[tuple[str, tuple[int, ...]], ...]


def read_brief(path: Path) -> WrittenBrief:
    """A brief from its HTML or JSON file.

    Raises:
        UnreadableError: it cannot be read, or is no brief.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableError(path, error.strerror or str(error)) from error
    brief = _of_json(content) if content.lstrip().startswith(b"{") else _of_html(content)
    if brief is None:
        raise UnreadableError(path, "it is no brief; `brief --format html` or `--format json` writes one")
    return brief


def _of_json(content: bytes) -> WrittenBrief | None:
    try:
        record = json.loads(content)
        sources = [WrittenSource(number=s["number"], claim=s["claim"], passage=s["passage"]) for s in record["sources"]]
        lines = [line for name, value in record.items() if name != "sources" for line in _lines(value)]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return WrittenBrief(sources=tuple(sources), lines=tuple(lines))


def _lines(value: Any) -> Iterator[tuple[str, tuple[int, ...]]]:  # noqa: ANN401 - any JSON value
    if isinstance(value, list):
        for inner in value:
            yield from _lines(inner)
    elif isinstance(value, dict):
        words = value.get("text") if isinstance(value.get("text"), str) else f"“{value['words']}”" if "words" in value else None
        if words is not None and value.get("numbers"):
            yield words, tuple(value["numbers"])
        for inner in value.values():
            yield from _lines(inner)


def _of_html(content: bytes) -> WrittenBrief | None:
    from lxml import etree, html  # noqa: PLC0415 - only wanted here

    try:
        page = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return None
    listed = [part for part in page.iter("ol") if part.get("class") == "sources"]
    if not listed:
        return None
    sources = [_source(row) for part in listed for row in part.iterchildren("li")]
    blocks = [block for block in page.iter(*_BLOCKS) if not any(up in listed for up in block.iterancestors())]
    found = ((_own_words(block), _cited(block)) for block in blocks)
    return WrittenBrief(sources=tuple(s for s in sources if s), lines=tuple(line for line in found if line[1]))


def _source(row: "HtmlElement") -> WrittenSource | None:
    number = row.get("id", "").removeprefix("source-")
    claims = [part for part in row.iterchildren("span") if part.get("class") == "id"]
    if not number.isdecimal() or not claims:
        return None
    words = (row.text or "") + "".join(str(child.tail or "") for child in row if child not in claims)
    start, end = words.find("“"), words.rfind("”")
    return WrittenSource(number=int(number), claim=str(claims[0].text_content()).strip(), passage=words[start + 1 : end])


def _own_words(block: "HtmlElement") -> str:
    """The words of a block but for those of blocks inside it and of its citations."""
    parts = [block.text or ""]
    for child in block:
        if child.tag not in (*_BLOCKS, "sup"):
            parts.append(_own_words(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _cited(block: "HtmlElement") -> tuple[int, ...]:
    numbers = []
    for link in block.iter("a"):
        inner = next(up for up in link.iterancestors() if up.tag in _BLOCKS)
        number = (link.get("href") or "").removeprefix(_CITE)
        if inner is block and number.isdecimal():
            numbers.append(int(number))
    return tuple(dict.fromkeys(numbers))
