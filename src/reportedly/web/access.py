"""Who a visitor is, what they may do, and whether a change came from a page of ours."""

import functools
import getpass
import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException

from reportedly.web.config import Serving
from reportedly.web.tokens import ROLES, Role, Token, TokenFile

COOKIE = "reportedly_session"
_BEARER = "bearer "
_MOST_SESSIONS = 10_000
_LONGEST_NAME = 200  # characters of a name that is remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who asks.

    Attributes:
        name: the token's name; where no token is asked for this machine's user.
        role: what they may do; None for a stranger who has yet to sign in.
        session: the id of their browser's session; None for a program.
        csrf: what a form of ours carries for this session; empty for a program.
        fresh: whether the session is new, so that the browser must be given it.
        signed: who signed last in this browser, where no token is asked for; only what a field that people see begins with.
    """

    name: str
    role: Role | None
    session: str | None = None
    csrf: str = ""
    fresh: bool = False
    signed: str = ""

    @property
    def suggested(self) -> str:
        """What stands in a field for a name until it is changed; nobody is taken for them before they send it."""
        return self.signed or self.name

    def may(self, role: Role) -> bool:
        """Whether they may do what asks for `role`."""
        return self.role is not None and ROLES.index(self.role) >= ROLES.index(role)


class Access:
    """Tells visitors apart.

    Args:
        serving: whether tokens are asked for, and how long a session lasts.
        tokens: the ledger's tokens.
    """

    def __init__(self, serving: Serving, tokens: TokenFile) -> None:
        self._serving = serving
        self._tokens = tokens
        self._key = secrets.token_bytes(32)
        self._sessions: dict[str, tuple[str, float]] = {}
        self._names: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def visitor(self, request: Request) -> Visitor:
        """Who makes a request.

        Raises:
            HTTPException: a token was shown that is none.
        """
        shown = request.headers.get("authorization", "")
        if shown[: len(_BEARER)].casefold() == _BEARER:
            token = self._tokens.find(shown[len(_BEARER) :].strip())
            if token is None:
                raise HTTPException(401, "this token is not known here", {"WWW-Authenticate": "Bearer"})
            return Visitor(name=token.name, role=token.role)
        known = request.cookies.get(COOKIE, "")
        session = known if self._is_ours(known) else self._new_session()
        signed = self._signed_in(session)
        name, role, before = (signed.name, signed.role, "") if signed else ("", None, "")
        if not self._serving.asks_token:
            name, role, before = _user(), "admin", self._names.get(session, "")
        return Visitor(name=name, role=role, session=session, csrf=self._csrf(session), fresh=session != known, signed=before)

    def sign_in(self, secret: str) -> str | None:
        """A new session for who shows a token; None where the token is none."""
        token = self._tokens.find(secret.strip())
        if token is None:
            return None
        session = self._new_session()
        now = time.monotonic()
        with self._lock:
            self._sessions = {key: held for key, held in self._sessions.items() if held[1] > now}
            if len(self._sessions) < _MOST_SESSIONS:
                self._sessions[session] = (token.digest, now + self._serving.patience)
        return session

    def sign_out(self, session: str | None) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(session or "", None)

    def remember(self, visitor: Visitor, name: str) -> None:
        """Keep the name that somebody signed with, so that this browser's next form has it (WCAG 2.2, 3.3.7 Redundant Entry)."""
        if visitor.session is None or not 0 < len(name) <= _LONGEST_NAME or self._serving.asks_token:
            return
        with self._lock:
            self._names[visitor.session] = name
            self._names.move_to_end(visitor.session)
            while len(self._names) > _MOST_SESSIONS:
                self._names.popitem(last=False)

    def check_form(self, visitor: Visitor, given: str) -> None:
        """Hold a change to a form of ours.

        Raises:
            HTTPException: the form is not of this visitor's session.
        """
        if visitor.session is not None and not hmac.compare_digest(visitor.csrf.encode(), given.encode()):
            raise HTTPException(403, "this form is no longer valid; load its page again and repeat the change")

    def _signed_in(self, session: str) -> Token | None:
        with self._lock:
            digest, until = self._sessions.get(session, ("", 0.0))
        return self._tokens.by_digest(digest) if digest and until > time.monotonic() else None

    def _new_session(self) -> str:
        """A random name with our seal on it, so that nobody can plant one of theirs in a browser."""
        name = secrets.token_urlsafe(24)
        return f"{name}.{self._seal('session', name)}"

    def _is_ours(self, session: str) -> bool:
        name, _, seal = session.partition(".")
        return bool(name) and hmac.compare_digest(seal.encode(), self._seal("session", name).encode())

    def _csrf(self, session: str) -> str:
        return self._seal("form", session)

    def _seal(self, purpose: str, words: str) -> str:
        return hmac.new(self._key, f"{purpose} {words}".encode(), hashlib.sha256).hexdigest()[:32]


@functools.cache
def _user() -> str:
    """The name of this machine's user."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "desk"


def crosses_sites(headers: Headers) -> bool:
    """Whether a browser says that a request comes from another site's page (Fetch Metadata, and Origin where it is older)."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and origin.split("://")[-1] != headers.get("host", "")
