"""Pages from templates: everything is escaped; only our own pictures and marked texts are passed through as they are."""

import functools
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, Response

from reportedly import __version__
from reportedly.model import Interval, Place, decimal_text, interval_text
from reportedly.web.access import COOKIE, Visitor
from reportedly.web.asking import Standpoint
from reportedly.web.config import Serving
from reportedly.web.keys import KEYS, QUEUE

_SHORT_ID = 10  # characters
_OPENING = ("“", '"', "«", "\u2018")
_CLOSING = ("”", '"', "»", "\u2019")
_DOUBLE = ("“", "”", '"')

SECTIONS: Sequence[tuple[str, Sequence[tuple[str, str]]]] = (
    ("Stories", (("/", "Stories"), ("/lives", "Lives of numbers"))),
    ("Search", (("/search", "Search"),)),
    ("Actors", (("/actors", "Actors"),)),
    ("Sources", (("/sources", "Documents"), ("/primaries", "At second hand alone"), ("/problems", "Problems"))),
    ("Drafts", (("/check", "Check a draft"), ("/watch", "Watch a printed text"))),
    ("Coding", (("/queue", "Queue"), ("/codings", "Double codings"), ("/judgements", "Corrections"))),
    ("Add pages", (("/add", "Saved pages"), ("/import", "Bundles and coded sheets"))),
    ("Hand over", (("/exports", "Exports"), ("/infobox", "Infobox"))),
)
"""The desk's pages by section: the section's name, then address and name of each page; the first is the section's own."""

_WITHIN = {"/stories/": "Stories", "/claims/": "Search", "/documents/": "Sources", "/jobs/": "Add pages", "/codings/": "Coding"}
_SILENT = frozenset({"form", "part", "principals"})


@functools.cache
def templates() -> Environment:
    """Our templates. Nothing in them is marked safe but the SVG that `brief.picture` draws, which escapes what it prints."""
    environment = Environment(
        loader=PackageLoader("reportedly.web", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {
        "days": interval_text,
        "number": number_text,
        "plain": plain,
        "short": lambda words: words[:_SHORT_ID],
        "filename": lambda name: PurePath(name).name,
        "many": many,
        "thousands": "{:,}".format,
        "joined": joined,
        "picture": Markup,
        "when": when_attribute,
        "changed": changed,
        "quoted": quoted,
        "lit": lit,
    }
    return environment


def number_text(number: Decimal | None) -> str:
    """A number with its thousands set apart; a dash where there is none."""
    if number is None:
        return "\u2013"
    whole, point, rest = decimal_text(number).partition(".")
    return f"{int(whole):,}{point}{rest}"


def plain(code: str) -> str:
    """A code in words: `killed_or_missing` -> `killed or missing`."""
    return code.replace("_", " ")


def many(number: int, noun: str, nouns: str | None = None) -> str:
    """A number with its noun."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def joined(names: list[str] | tuple[str, ...]) -> str:
    """Names in a row: `A`, `A and B`, `A, B and C`."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def quoted(words: str) -> str:
    """Words in quotation marks, unless they stand in some already; in single ones where they quote somebody themselves."""
    if words[:1] in _OPENING and words[-1:] in _CLOSING:
        return words
    return f"\u2018{words}\u2019" if any(sign in words for sign in _DOUBLE) else f"“{words}”"


def lit(text: str, words: str) -> Markup:
    """A text whose words that begin like one of the words searched for are marked; the text is escaped."""
    sought = [word for word in re.findall(r"\w+", words) if len(word) > 1]
    if not sought:
        return escape(text)
    pieces = re.split(rf"\b((?:{'|'.join(map(re.escape, sought))})\w*)", text, flags=re.IGNORECASE)
    return Markup("").join(Markup("<mark>{}</mark>").format(piece) if place % 2 else escape(piece) for place, piece in enumerate(pieces))


def changed(changes: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a judgement changed: a field and its new value in words; fields that only fill a new record are left out."""
    return [(plain(name), words) for name, value in changes.items() if name not in _SILENT and (words := _value_words(value))]


def _value_words(value: Any) -> str:  # noqa: ANN401 - any JSON value
    if isinstance(value, list):
        return "; ".join(filter(None, map(_value_words, value)))
    if not isinstance(value, Mapping):
        return "none" if value is None else plain(str(value))
    if "measure" in value:
        bounds = " to ".join(dict.fromkeys(str(value.get(end) or "open") for end in ("low", "high")))
        return f"“{value.get('text', '')}”: {plain(str(value['measure']))}, {bounds}"
    if "from" in value:
        return interval_text(Interval(first=value["from"], last=value["to"]))
    if "by" in value:
        return f"{value.get('text', '')} (by {value['by']})"
    return f"“{value['text']}”" if "text" in value else ", ".join(f"{key}: {inner}" for key, inner in value.items())


def when_attribute(interval: Interval | None) -> str:
    """The last day of an interval for a machine, or nothing."""
    day = interval.last_day if interval else None
    return day.isoformat() if day else ""


def render(request: Request, name: str, context: Mapping[str, Any], *, status: int = 200) -> HTMLResponse:
    """A page.

    Args:
        request: what was asked.
        name: the template.
        context: what it shows; `standpoint` goes with the reader from page to page.
        status: HTTP status.
    """
    serving: Serving = request.app.state.serving
    visitor: Visitor = request.state.visitor
    frame = {
        "standpoint": Standpoint(),
        "visitor": visitor,
        "path": request.url.path,
        "sections": SECTIONS,
        "keys": KEYS,
        "queue_keys": QUEUE,
        "section": section_of(request.url.path),
        "ledger": Place.of(serving.ledger).name,
        "asks_token": serving.asks_token,
        "revision": request.app.state.answers.revision,
        "version": __version__,
        "words": "",
    }
    answer = HTMLResponse(templates().get_template(name).render({**frame, **context}), status)
    if visitor.fresh and visitor.session:
        give_session(request, answer, visitor.session)
    return answer


def section_of(path: str) -> str:
    """The name of the section that a page belongs to; empty for a page of none."""
    near = next((name for start, name in _WITHIN.items() if path.startswith(start)), None)
    return near or next((section for section, pages in SECTIONS for address, _ in pages if address == path), "")


def give_session(request: Request, answer: Response, session: str) -> None:
    """Let a browser keep its session; no script reads it and no other site's page sends it."""
    secure = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
    answer.set_cookie(COOKIE, session, httponly=True, samesite="strict", secure=secure, path="/")


def error_page(status: int, title: str, message: str) -> HTMLResponse:
    """A page that says what went wrong; it needs neither ledger nor visitor."""
    page = templates().get_template("failure.html")
    return HTMLResponse(page.render(status=status, title=title, message=message, version=__version__), status)
