"""Pages fetched from the web: what was asked for and what came."""

from dataclasses import dataclass

from reportedly.model.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One page that was asked for.

    Attributes:
        url: its address as it was listed.
        address: the address that gave it, after redirects; None where nothing was given.
        status: the server's status code; None where there was no answer.
        media_type: what the server says it is; None where it says nothing.
        size: bytes of its body as sent; 0 where nothing came.
        digest: SHA-256 of its body as sent, hexadecimal; None where nothing came.
        fetched: when it came, aware UTC in ISO form; None where nothing came.
        file: the WARC file that holds its bytes and header; None where nothing was saved.
        held: whether the file held it before, so that it was not asked for again.
        problems: why it was not fetched.
    """

    url: str
    address: str | None = None
    status: int | None = None
    media_type: str | None = None
    size: int = 0
    digest: str | None = None
    fetched: str | None = None
    file: str | None = None
    held: bool = False
    problems: tuple[Problem, ...] = ()
