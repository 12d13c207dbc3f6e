"""Tokens by which people and programs show who they are: kept as digests in a file beside the ledger.

A token is 256 random bits, so a plain SHA-256 of it cannot be searched through; no slow hash is needed as it is for passwords
(NIST SP 800-63B, section 5.1.2.2 on look-up secrets of 112 bits or more).
"""

import datetime as dt
import hashlib
import hmac
import json
import os
import secrets
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, get_args

from reportedly.errors import BadSettingsError, UnknownIdError, UsageError
from reportedly.model import Place, PlaceLike

Role = Literal["read", "code", "admin"]
"""What a visitor may do: read; correct claims as well; add pages and erase as well."""

ROLES: tuple[Role, ...] = get_args(Role)
_SECRET_BYTES = 32


class TokenExistsError(UsageError):
    """A name that has a token already."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r} has a token; revoke it first, or choose another name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What is kept of a token.

    Attributes:
        name: whose it is; it signs the corrections made with it.
        role: what it allows.
        digest: SHA-256 of the token, hexadecimal.
        created: when it was made, aware UTC in ISO form.
    """

    name: str
    role: Role
    digest: str
    created: str

    def allows(self, role: Role) -> bool:
        """Whether it allows what asks for `role`."""
        return ROLES.index(self.role) >= ROLES.index(role)


def tokens_path(ledger: PlaceLike) -> Path:
    """The file that holds a ledger's tokens: beside it or, for a database on a server, where the program was started."""
    place = Place.of(ledger)
    return place.beside(place.name + ".tokens")


class TokenFile:
    """The tokens of a ledger; a change of the file shows at the next look.

    Args:
        path: the file, which may be missing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[int, int] | None = None
        self._tokens: tuple[Token, ...] = ()

    def tokens(self) -> tuple[Token, ...]:
        """All tokens, by name.

        Raises:
            BadSettingsError: the file is no file of tokens.
        """
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return ()
        seen = (status.st_mtime_ns, status.st_size)
        if seen != self._seen:
            self._tokens, self._seen = self._read(), seen
        return self._tokens

    def find(self, secret: str) -> Token | None:
        """The token whose secret this is; None where there is none."""
        return self.by_digest(_digest(secret))

    def by_digest(self, digest: str) -> Token | None:
        """The token of a digest; None where it was revoked or never given."""
        found = [token for token in self.tokens() if hmac.compare_digest(token.digest, digest)]
        return found[0] if found else None

    def add(self, name: str, role: Role) -> str:
        """Give a token to a name.

        Returns:
            The secret, which is shown once and kept nowhere.

        Raises:
            TokenExistsError: the name has one.
            UsageError: the name is empty.
        """
        if not name.strip():
            raise UsageError("a token needs a name")
        if any(token.name == name for token in self.tokens()):
            raise TokenExistsError(name)
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        created = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        token = Token(name=name, role=role, digest=_digest(secret), created=created)
        self._write(sorted((*self.tokens(), token), key=lambda one: one.name))
        return secret

    def revoke(self, name: str) -> None:
        """Take a name's token back.

        Raises:
            UnknownIdError: the name has none.
        """
        kept = [token for token in self.tokens() if token.name != name]
        if len(kept) == len(self.tokens()):
            raise UnknownIdError("token", name)
        self._write(kept)

    def _read(self) -> tuple[Token, ...]:
        try:
            rows = json.loads(self.path.read_text(encoding="utf-8"))["tokens"]
            tokens = tuple(Token(**row) for row in rows)
        except (ValueError, KeyError, TypeError) as error:
            raise BadSettingsError(self.path, f"it is no file of tokens: {error}") from error
        if any(token.role not in ROLES for token in tokens):
            raise BadSettingsError(self.path, f"a role must be one of {', '.join(ROLES)}")
        return tokens

    def _write(self, tokens: list[Token]) -> None:
        """Put a new file in the old one's place in one step; nobody else may read it."""
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=self.path.name)  # 0600 from the start
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"tokens": [asdict(token) for token in tokens]}, file, indent=1)
        Path(name).replace(self.path)
        self._seen = None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
