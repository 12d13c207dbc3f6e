"""Runs the desk: binds its address, or refuses to."""

import socket
import sys
from collections.abc import Callable

import uvicorn

from reportedly.errors import UsageError
from reportedly.web.app import make_app
from reportedly.web.config import Serving
from reportedly.web.tokens import TokenFile, tokens_path

_MOST_AT_ONCE = 256  # requests; more are told to come again
_IDLE = 15  # seconds that a silent connection is kept
_LAST = 10  # seconds that a desk which is told to end waits for what it is answering
_TURN = 0.0005
"""Seconds that a thread keeps the interpreter while others want it: a page asks the database often, and waits so long each time."""


class NoTokenError(UsageError):
    """A desk that others could reach, without any token."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"{host} can be reached by others, and this ledger has no token; make one with `reportedly token add NAME --role read`"
        )


def serve(serving: Serving, ready: Callable[[str], None]) -> None:
    """Serve a ledger until the process is told to end.

    Args:
        serving: the ledger and the limits.
        ready: is told the desk's address once it is bound.

    Raises:
        NoTokenError: it would be open to others.
        CannotRunError: the ledger cannot be opened.
        OSError: the address cannot be bound.
    """
    if serving.asks_token and not TokenFile(tokens_path(serving.ledger)).tokens():
        raise NoTokenError(serving.host)
    app = make_app(serving)
    sys.setswitchinterval(_TURN)
    family = socket.AF_INET6 if ":" in serving.host else socket.AF_INET
    with socket.create_server((serving.host, serving.port), family=family, backlog=_MOST_AT_ONCE) as listener:
        shown = f"[{serving.host}]" if family == socket.AF_INET6 else serving.host
        ready(f"http://{shown}:{listener.getsockname()[1]}/")
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,  # whoever connects could claim to be anybody
            limit_concurrency=_MOST_AT_ONCE,
            timeout_keep_alive=_IDLE,
            timeout_graceful_shutdown=_LAST,
        )
        uvicorn.Server(config).run(sockets=[listener])
