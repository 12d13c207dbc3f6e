"""One shape for every error: JSON for programs, a page for readers, and never a trace."""

from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from reportedly.errors import (
    AmbiguousIdError,
    CannotRunError,
    ConflictError,
    LedgerBusyError,
    NoSpaceError,
    ReportedlyError,
    UnknownIdError,
    UnreadableError,
)
from reportedly.web.rendering import error_page

API = "/api/"

_STATUS: tuple[tuple[type[ReportedlyError], int], ...] = (
    (UnknownIdError, 404),
    (AmbiguousIdError, 409),
    (ConflictError, 409),
    (LedgerBusyError, 503),
    (NoSpaceError, 507),
    (UnreadableError, 422),
    (CannotRunError, 503),
    (ReportedlyError, 422),
)
_CODES = {
    400: "bad-request",
    401: "no-token",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    409: "ambiguous",
    412: "stale",
    413: "too-large",
    415: "unsupported-media-type",
    422: "bad-request",
    429: "too-many-requests",
    503: "unavailable",
    507: "no-space",
}


def failure_row(status: int, message: str, *, place: str | None = None) -> dict[str, dict[str, str | int | None]]:
    """The one shape of an error in the API."""
    return {"error": {"status": status, "code": _CODES.get(status, "failed"), "message": message, "place": place}}


def answer_failure(request: Request, status: int, message: str, *, place: str | None = None) -> Response:
    """An error for a program or a reader, by what was asked for."""
    if request.url.path.startswith(API):
        return JSONResponse(failure_row(status, message, place=place), status)
    return error_page(status, HTTPStatus(status).phrase, message)


def tell_failures(app: FastAPI) -> None:
    """Turn whatever a route raises into an answer."""

    @app.exception_handler(ReportedlyError)
    def ours(request: Request, error: ReportedlyError) -> Response:
        status = next(number for kind, number in _STATUS if isinstance(error, kind))
        return answer_failure(request, status, str(error))

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        return answer_failure(request, 422, f"{place}: {first['msg']}", place=place)

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        answer = answer_failure(request, error.status_code, str(error.detail))
        for name, value in (error.headers or {}).items():
            answer.headers[name] = value
        return answer
