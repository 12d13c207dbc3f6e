"""Asks a web server for one page: at a public address, within limits of size and time, following nothing."""

import http.client
import re
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

from reportedly import __version__
from reportedly.read.fetch.addresses import is_public

PRODUCT = "reportedly"
"""The program's name in robots.txt."""

Admits = Callable[[str], bool]
"""Whether an address of the network may be asked."""

_HEADERS = {
    "User-Agent": f"{PRODUCT}/{__version__}",
    "Accept": "text/html,application/xhtml+xml,application/pdf,application/rss+xml,application/atom+xml,text/plain;q=0.8,*/*;q=0.5",
    "Accept-Encoding": "gzip, identity;q=0.5",
    "Connection": "close",
}
_UNSAFE = re.compile(r"[\0-\x20\x7f]")
_URL_MOST = 8_000  # characters
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """What a request may cost.

    Attributes:
        bytes_most: bytes of a body, as sent.
        seconds_most: seconds from the first connection to the last byte.
        redirects_most: redirects that are followed.
        delay: seconds between two requests to one host; what its robots.txt asks for counts where it is more.
    """

    bytes_most: int = 16_000_000
    seconds_most: float = 60.0
    redirects_most: int = 8
    delay: float = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered.

    Attributes:
        url: the address asked for.
        ip: the network address that was asked.
        status: the status code.
        reason: the words after it.
        header: the header's fields, in order.
        body: the body as sent, chunks joined, its content coding kept.
    """

    url: str
    ip: str
    status: int
    reason: str
    header: tuple[tuple[str, str], ...]
    body: bytes

    def field(self, name: str) -> str | None:
        """The first field of a name; None where there is none."""
        return next((value for given, value in self.header if given.casefold() == name), None)


class FetchError(Exception):
    """A page that was not fetched."""


class RefusedAddressError(FetchError):
    """A page that lies, or is said to lie, at an address that is not asked."""


class _Pinned(http.client.HTTPConnection):
    """A connection over a socket that is open already, so that a name is not resolved a second time."""

    def __init__(self, host: str, port: int, connected: socket.socket) -> None:
        super().__init__(host, port)
        self.sock = connected

    def connect(self) -> None:
        """It is."""


def checked_url(url: str) -> SplitResult:
    """An address split into its parts, its fragment left out and other characters than ASCII encoded.

    Raises:
        RefusedAddressError: it is no address of a web page, or holds a user's name.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii") if not _is_literal(parts.hostname) else parts.hostname or ""
    except ValueError:
        raise RefusedAddressError("it is no address of a web page") from None
    if parts.scheme not in _PORTS or not host or len(url) > _URL_MOST or _UNSAFE.search(host):
        raise RefusedAddressError("it is no address of a web page")
    if parts.username is not None or parts.password is not None:
        raise RefusedAddressError("it holds a user's name or password")
    shown = f"[{host}]" if ":" in host else host
    where = shown if port in (None, _PORTS[parts.scheme]) else f"{shown}:{port}"
    safe = "%/:=&?~+!$,;'@()*[]-._"
    return SplitResult(parts.scheme, where, quote(parts.path or "/", safe=safe), quote(parts.query, safe=safe), "")


def ask(url: str, limits: FetchLimits, admits: Admits = is_public) -> Answer:
    """Ask for one page.

    Args:
        url: its address, `http` or `https`.
        limits: what it may cost.
        admits: which network addresses may be asked. Every address of the host's name must be admitted; the first that answers is asked,
            and it alone, whatever the name says a moment later.

    Returns:
        The answer, whatever its status; redirects are the caller's.

    Raises:
        RefusedAddressError: the address or what its name stands for is not asked.
        FetchError: there was no whole answer within the limits.
    """
    parts = checked_url(url)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    connected, ip = _connect(host, port, limits, admits)
    late = threading.Event()
    open_sockets = [connected]
    watch = threading.Timer(limits.seconds_most, _cut, (open_sockets, late))
    watch.daemon = True
    watch.start()
    try:
        if parts.scheme == "https":
            connected = ssl.create_default_context().wrap_socket(connected, server_hostname=host, do_handshake_on_connect=False)
            open_sockets.append(connected)
            connected.do_handshake()
        answer = _exchange(parts, _Pinned(host, port, connected), limits, ip)
    except (OSError, http.client.HTTPException, ValueError) as error:
        if late.is_set():
            raise FetchError(f"it did not come within {limits.seconds_most:g} seconds") from None
        raise FetchError(f"the connection failed: {error or type(error).__name__}") from None
    else:
        if late.is_set():  # a body whose length was not announced looks whole when the connection ends
            raise FetchError(f"it did not come within {limits.seconds_most:g} seconds")
        return answer
    finally:
        watch.cancel()
        with suppress(OSError):
            connected.close()


def _connect(host: str, port: int, limits: FetchLimits, admits: Admits) -> tuple[socket.socket, str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"the name {host!r} cannot be resolved: {error}") from None
    refused = [str(place[0]) for *_, place in found if not admits(str(place[0]))]
    if refused:
        raise RefusedAddressError(f"{host!r} stands for {refused[0]}, which is no address of the public internet")
    fault: OSError | None = None
    for family, kind, protocol, _, place in found:
        connected = socket.socket(family, kind, protocol)
        connected.settimeout(limits.seconds_most)
        try:
            connected.connect(place)
        except OSError as error:
            connected.close()
            fault = error
            continue
        return connected, str(place[0])
    raise FetchError(f"the connection failed: {fault}")


def _exchange(parts: SplitResult, connection: http.client.HTTPConnection, limits: FetchLimits, ip: str) -> Answer:
    connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""), headers={"Host": parts.netloc, **_HEADERS})
    response = connection.getresponse()
    body = response.read(limits.bytes_most + 1)
    if len(body) > limits.bytes_most:
        raise FetchError(f"it has more than {limits.bytes_most:,} bytes")
    if response.length:  # what was announced and did not come
        raise FetchError("the answer is cut")
    header = tuple((name, " ".join(value.split())) for name, value in response.getheaders())
    return Answer(url=parts.geturl(), ip=ip, status=response.status, reason=response.reason, header=header, body=body)


def _cut(open_sockets: list[socket.socket], late: threading.Event) -> None:
    """End a connection that lasts too long, whatever it waits for."""
    late.set()
    for connected in open_sockets:
        with suppress(OSError):
            connected.shutdown(socket.SHUT_RDWR)


def _is_literal(host: str | None) -> bool:
    return host is not None and ":" in host
