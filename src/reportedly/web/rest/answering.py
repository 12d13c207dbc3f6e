"""How the API answers: one envelope, an ETag from the ledger's revision, one shape of errors in its document."""

import hashlib
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import Any

from fastapi import FastAPI, Request
from fastapi.openapi.utils import get_openapi
from starlette.responses import JSONResponse, Response

from reportedly import __version__
from reportedly.model import Filters, Row, row_of
from reportedly.query.listing import Page
from reportedly.web.answers import Answers
from reportedly.web.making import listed_rows, story_of
from reportedly.web.rest.asked import Paged
from reportedly.web.rest.schemas import Schema, Schemas, reference

SCHEMAS = Schemas()
"""The records of all routes; a route names its own when it is declared."""

_FAILURE: Schema = {
    "type": "object",
    "description": "What went wrong; every error has this shape.",
    "properties": {
        "error": {
            "type": "object",
            "properties": {
                "status": {"type": "integer"},
                "code": {"type": "string"},
                "message": {"type": "string", "description": "One sentence for people."},
                "place": {"anyOf": [{"type": "string"}, {"type": "null"}], "description": "The part of the request that was wrong."},
            },
            "required": ["status", "code", "message", "place"],
            "additionalProperties": False,
        }
    },
    "required": ["error"],
    "additionalProperties": False,
}
_FAILURES = {
    "400": "The request makes no sense.",
    "401": "No token, or none that is known.",
    "403": "The token's role does not allow it.",
    "404": "No such thing in this ledger.",
    "405": "No such method here.",
    "409": "Several things are meant, or somebody else changed it since.",
    "413": "Too large.",
    "422": "A part of the request is wrong.",
    "429": "Too many requests.",
    "503": "The ledger cannot be used now.",
}


def rows_of(kind: type) -> dict[int | str, dict[str, Any]]:
    """The documented answer of a route that gives pages of a kind of row."""
    return _documented(200, "A page of rows.", SCHEMAS.page(kind)) | {304: {"description": "Nothing changed since the ETag."}}


def one_of(kind: type, status: int = 200) -> dict[int | str, dict[str, Any]]:
    """The documented answer of a route that gives one record."""
    found = _documented(status, "The record.", SCHEMAS.add(kind))
    return found | ({304: {"description": "Nothing changed since the ETag."}} if status == 200 else {})  # noqa: PLR2004 - found


def _documented(status: int, words: str, schema: Schema) -> dict[int | str, dict[str, Any]]:
    return {status: {"description": words, "content": {"application/json": {"schema": schema}}}}


def answer_rows(request: Request, answers: Answers, asked: Paged, make: Callable[[], Sequence[object]]) -> Response:
    """A page of rows.

    Args:
        request: for the ETag.
        answers: the desk's answers; what `make` asks is kept under the address.
        asked: which page.
        make: works out all rows.
    """

    def page() -> Row:
        rows = make()
        return _enveloped(answers, asked, len(rows), [row_of(row) for row in rows[asked.offset : asked.offset + asked.limit]])

    return answer_one(request, answers, page)


def answer_page(request: Request, answers: Answers, asked: Paged, make: Callable[[Filters], Page[Any]]) -> Response:
    """A page of rows of which only those shown are worked out.

    Args:
        request: for the ETag.
        answers: the desk's answers.
        asked: which page.
        make: works out the page that filters ask for.
    """

    def page() -> Row:
        found = make(_filters(asked))
        return _enveloped(answers, asked, found.total, [row_of(row) for row in found.rows])

    return answer_one(request, answers, page)


def answer_list(request: Request, answers: Answers, asked: Paged, kind: str, *more: Hashable) -> Response:
    """A page of a list that is worked out as a whole, where it is large beside the desk.

    Args:
        request: for the ETag.
        answers: the desk's answers.
        asked: which page.
        kind: which list, as `web.making.listed` names it.
        more: what else it is asked.
    """

    def page() -> Row:
        question = replace(asked.question(), filters=_filters(asked))
        found = answers.ask_beside(listed_rows, kind, question, *more, story=story_of(question))
        return _enveloped(answers, asked, found.total, found.rows)

    return answer_one(request, answers, page)


def _filters(asked: Paged) -> Filters:
    return replace(asked.question().filters, limit=asked.limit, offset=asked.offset)


def _enveloped(answers: Answers, asked: Paged, total: int, rows: Sequence[Row]) -> Row:
    return {"revision": answers.revision, "total": total, "limit": asked.limit, "offset": asked.offset, "rows": rows}


def answer_one(request: Request, answers: Answers, make: Callable[[], Row]) -> Response:
    """An answer with its ETag, or none where the asker holds it already (RFC 9110, section 13.1.2)."""
    with answers.still():
        tag = f'W/"{answers.revision}-{_digest(request, answers)}"'
        headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Authorization, Cookie"}
        held = request.headers.get("if-none-match", "")
        if held == "*" or tag in [one.strip() for one in held.split(",")]:
            return Response(status_code=304, headers=headers)
        return JSONResponse(make(), headers=headers)


def _digest(request: Request, answers: Answers) -> str:
    """What tells an answer from others of its revision."""
    asked = f"{__version__} {answers.moment} {request.url.path}?{request.url.query}"
    return hashlib.sha256(asked.encode()).hexdigest()[:16]


def document_api(app: FastAPI) -> None:
    """Complete the OpenAPI document: the records, the one error, the token."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            whole = get_openapi(title="reportedly", version=__version__, summary=app.summary, description=_INTRODUCTION, routes=app.routes)
            parts = whole.setdefault("components", {})
            parts["schemas"] = {**parts.get("schemas", {}), **SCHEMAS.found, "Failure": _FAILURE}
            for unused in ("HTTPValidationError", "ValidationError"):
                parts["schemas"].pop(unused, None)
            parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
            whole["security"] = [{"token": []}, {}]
            for methods in whole["paths"].values():
                for operation in methods.values():
                    _complete(operation)
            app.openapi_schema = whole
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


_INTRODUCTION = (
    "The records of the data dictionary over HTTP. Lists come in pages; an `ETag` holds as long as the ledger's revision does. "
    "Bound to this machine alone the API asks for no token; elsewhere send `Authorization: Bearer TOKEN`."
)


def _complete(operation: dict[str, Any]) -> None:
    for status, words in _FAILURES.items():
        content = {"application/json": {"schema": reference("Failure")}}
        operation["responses"][status] = {"description": words, "content": content}
    for parameter in operation.get("parameters", ()):
        schema = parameter["schema"]
        kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
        if len(kinds) == 1:  # an address has no null: what is not asked for is left out
            parameter["schema"] = {**{k: v for k, v in schema.items() if k not in ("anyOf", "default")}, **kinds[0]}
