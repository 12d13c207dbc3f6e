"""Ids that depend on content alone, so that reading a page twice adds nothing and any order gives the same ledger."""

import hashlib
from collections.abc import Iterable

from reportedly.model.span import Span

_LENGTH = 16  # hexadecimal digits: 64 bits, a collision expected past 4 billion ids


def digest(content: bytes) -> str:
    """SHA-256 of `content`, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def text_digest(text: str) -> str:
    """SHA-256 of a text in UTF-8; lone surrogates, which a broken page may hold, are kept."""
    return digest(text.encode("utf-8", "surrogatepass"))


def document_id(bytes_digest: str, url: str | None, publisher: str | None) -> str:
    """The id of one appearance of some bytes: `d:` and 16 hexadecimal digits."""
    return "d:" + _short(bytes_digest, url or "", publisher or "")


def claim_id(of_text: str, content: Iterable[Span], cue: Iterable[Span], source: Iterable[Span]) -> str:
    """The id of a claim, from the digest of its text and its spans: `c:` and 16 hexadecimal digits."""
    pieces = [
        f"{name}{span.start}-{span.end}" for name, spans in (("content", content), ("cue", cue), ("source", source)) for span in spans
    ]
    return "c:" + _short(of_text, *pieces)


def group_id(prefix: str, members: Iterable[str]) -> str:
    """The id of a group: its kind's prefix and the least digest of its members."""
    return f"{prefix}:" + min(_short(member) for member in members)


def _short(*parts: str) -> str:
    return digest("\x1f".join(parts).encode("utf-8", "surrogatepass"))[:_LENGTH]
