"""Stands before every route: whose host name, how often, how large, from which site; and the headers of every answer.

It is plain ASGI (https://asgi.readthedocs.io, version 3), so that it sees a request before anything of it is read.
"""

import logging
import threading
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reportedly.web.access import crosses_sites
from reportedly.web.config import Serving, is_loopback
from reportedly.web.failures import answer_failure

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_LOG = logging.getLogger(__name__)
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_BURST = 10  # times the pace that may come at once
_MOST_VISITORS = 10_000  # whose pace is remembered


class Buckets:
    """How many requests each visitor may still make: a leaking bucket each.

    Args:
        pace: requests a second.
    """

    def __init__(self, pace: float) -> None:
        self._pace = pace
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def take(self, visitor: str) -> bool:
        """Whether a visitor may make one more request now."""
        now = time.monotonic()
        with self._lock:
            if len(self._left) > _MOST_VISITORS:
                self._left.clear()
            left, at = self._left.get(visitor, (self._pace * _BURST, now))
            left = min(self._pace * _BURST, left + (now - at) * self._pace)
            self._left[visitor] = (max(0.0, left - 1), now)
            return left >= 1


class Guard:
    """The first thing that a request meets.

    Args:
        app: what comes next.
        serving: the limits.
    """

    def __init__(self, app: ASGIApp, serving: Serving) -> None:
        self._app = app
        self._serving = serving
        self._buckets = Buckets(serving.pace)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through or answer it here."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = self._refusal(scope, headers)
        sealed = _Sealed(send)
        if refused is not None:
            status, message = refused
            answer = answer_failure(Request(scope), status, message)
            if status == 429:  # noqa: PLR2004 - too many requests
                answer.headers["Retry-After"] = "1"
            await answer(scope, receive, sealed)
            return
        try:
            await self._app(scope, self._counted(receive), sealed)
        except Exception:
            _LOG.exception("%s %s failed", scope["method"], scope["path"])
            if sealed.begun:
                raise
            await answer_failure(Request(scope), 500, "something went wrong here; the desk's own log says what")(scope, receive, sealed)

    def _refusal(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        host = headers.get("host", "")
        if self._serving.loopback and not is_loopback(_bare(host)):
            return 400, "this desk answers to localhost alone"  # a page elsewhere whose name was bent to this machine
        client = scope.get("client")
        if not scope["path"].startswith("/static/") and not self._buckets.take(client[0] if client else ""):
            return 429, "too many requests; wait a moment"
        length = headers.get("content-length", "0")
        if not length.isdecimal():
            return 400, "the request's length is no number"
        if int(length) > self._serving.largest_upload:
            return 413, self._too_large()
        if scope["method"] not in _SAFE and crosses_sites(headers):
            return 403, "a change must come from a page of this desk"
        return None

    def _too_large(self) -> str:
        return f"a request may hold {self._serving.largest_upload // (1 << 20)} MiB at most"

    def _counted(self, receive: Receive) -> Receive:
        seen = 0

        async def count() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._serving.largest_upload:
                raise HTTPException(413, self._too_large())
            return message

        return count


class _Sealed:
    """Sends an answer with our headers."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
        await self._send(message)


def _bare(host: str) -> str:
    """A host without its port."""
    return host[: host.index("]") + 1] if host.startswith("[") and "]" in host else host.partition(":")[0]
