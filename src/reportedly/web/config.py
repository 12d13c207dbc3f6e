"""What a running desk is told at its start."""

import ipaddress
from dataclasses import dataclass

from reportedly.model import PlaceLike

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """How a ledger is served.

    Attributes:
        ledger: the ledger's file, or the address of its database; it is made where it is missing.
        host: the address to listen at.
        port: the port to listen at.
        closed: whether a token is asked for; beyond loopback it always is.
        largest_upload: bytes of one request at most.
        longest_draft: characters of a draft to be checked at most.
        pace: requests a second that one visitor may make for long; ten times as many at once.
        patience: seconds after which a signed-in browser must sign in again.
    """

    ledger: PlaceLike
    host: str = "127.0.0.1"
    port: int = 8000
    closed: bool = False
    largest_upload: int = 64 * MEBIBYTE
    longest_draft: int = 200_000
    pace: float = 50.0
    patience: int = 12 * 3600

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return is_loopback(self.host)

    @property
    def asks_token(self) -> bool:
        """Whether a visitor must show a token."""
        return self.closed or not self.loopback


def is_loopback(host: str) -> bool:
    """Whether a name or address is this machine's own."""
    bare = host.strip("[]")
    if bare == "localhost":
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False
