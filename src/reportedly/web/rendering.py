"""Pages from templates: everything is escaped; only our own pictures and marked texts are passed through as they are."""

import functools
from collections.abc import Mapping
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from reportedly import __version__
from reportedly.model import Interval, decimal_text, interval_text
from reportedly.web.access import COOKIE, Visitor
from reportedly.web.asking import Standpoint
from reportedly.web.config import Serving

_SHORT_ID = 10  # characters


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
        "joined": joined,
        "picture": Markup,
        "when": when_attribute,
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
        "ledger": serving.ledger.name,
        "asks_token": serving.asks_token,
        "revision": request.app.state.answers.revision,
        "version": __version__,
        "words": "",
    }
    answer = HTMLResponse(templates().get_template(name).render({**frame, **context}), status)
    if visitor.fresh and visitor.session:
        give_session(request, answer, visitor.session)
    return answer


def give_session(request: Request, answer: Response, session: str) -> None:
    """Let a browser keep its session; no script reads it and no other site's page sends it."""
    secure = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
    answer.set_cookie(COOKIE, session, httponly=True, samesite="strict", secure=secure, path="/")


def error_page(status: int, title: str, message: str) -> HTMLResponse:
    """A page that says what went wrong; it needs neither ledger nor visitor."""
    page = templates().get_template("failure.html")
    return HTMLResponse(page.render(status=status, title=title, message=message, version=__version__), status)
