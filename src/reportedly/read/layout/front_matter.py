"""Front matter: the fields that a site generator or a re-posting site writes over a page, between two rules."""

import html
import re
from dataclasses import dataclass
from itertools import takewhile

from reportedly.model import Span, span_of
from reportedly.read.layout.furniture import front_fields

_FENCE = re.compile(r"\s*---[ \t]*(?:\r\n|[\r\n])")
_CLOSE = re.compile(r"(?:\r\n|[\r\n])---[ \t]*(?=\r\n|[\r\n]|$)")
_FIELD = re.compile(r"^(?P<name>[A-Za-z_][\w-]*):[ \t]*(?P<value>.*)$", re.MULTILINE)
_NEXT = re.compile(r"\r\n|[\r\n]")
_MOST = 20_000  # characters; what is longer is no front matter


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What front matter says.

    Attributes:
        end: one past its last character in the text; 0 where the text has none.
        title: the page's title; None where it gives none, as for every field here.
        published: the words that say when the page was published.
        updated: the words that say when it was last changed.
        url: the address it came from.
        author: who wrote it.
    """

    end: int = 0
    title: str | None = None
    published: Span | None = None
    updated: Span | None = None
    url: str | None = None
    author: str | None = None


def read_front_matter(text: str) -> FrontMatter:
    """The front matter at the head of a text; an empty one where there is none."""
    opening = _FENCE.match(text.removeprefix("\ufeff"))
    if not opening:
        return FrontMatter()
    head = text[:_MOST]
    closing = _CLOSE.search(head, opening.end() - 1)
    fields = _fields(head, opening.end(), closing.start()) if closing else {}
    if not closing or not fields:
        return FrontMatter()
    title, url, author = (_first(fields, front_fields(kind)) for kind in ("title", "url", "author"))
    return FrontMatter(
        end=closing.end(),
        title=html.unescape(title.text) if title else None,
        published=_first(fields, front_fields("published")),
        updated=_first(fields, front_fields("updated")),
        url=html.unescape(url.text) if url else None,
        author=author.text if author else None,
    )


def _first(fields: dict[str, Span], names: tuple[str, ...]) -> Span | None:
    return next((fields[name] for name in names if name in fields and fields[name].text[:1].isalnum()), None)


def _fields(text: str, start: int, end: int) -> dict[str, Span]:
    """The fields by name; a value that runs over indented lines is joined by spaces, its span being the first line's."""
    fields: dict[str, Span] = {}
    for match in _FIELD.finditer(text, start, end):
        value, first = match["value"].strip(), match.start("value")
        if value.rstrip(" >|-"):
            quoted = value[0] in "\"'" and value[-1] == value[0] and len(value) > 1
            first += quoted
            fields.setdefault(match["name"].casefold(), span_of(text, first, first + len(value) - 2 * quoted))
        else:
            lines = [line.strip() for line in takewhile(lambda line: line[:1].isspace(), _NEXT.split(text[match.end() : end])[1:])]
            words = " ".join(line for line in lines if line.strip("->| ")).removeprefix("- ").strip("'\"")
            fields.setdefault(match["name"].casefold(), Span(start=first, end=first, text=words))
    return {name: span for name, span in fields.items() if span.text}
