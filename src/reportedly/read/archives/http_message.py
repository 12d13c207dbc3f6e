"""HTTP answers as they stand in archives: status, header, and the body with its transfer and content codings undone."""

import re
from dataclasses import dataclass

from reportedly.read.files.codings import unpack

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})\b[^\r\n]*")
_HEADER_MOST = 1_000_000  # bytes
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpMessage:
    """An answer.

    Attributes:
        status: its status code.
        fields: its header, names in lower case; the last of each name.
        raw: its body as it was sent.
    """

    status: int
    fields: dict[str, str]
    raw: bytes

    @property
    def media_type(self) -> str:
        """The body's media type without parameters, in lower case; empty where none is given."""
        return self.fields.get("content-type", "").partition(";")[0].strip().casefold()

    @property
    def charset(self) -> str | None:
        """The body's encoding; None where none is given."""
        match = _CHARSET.search(self.fields.get("content-type", ""))
        return match[1] if match else None

    def body(self) -> tuple[bytes, str | None]:
        """The body without its codings, and what is wrong with it; None where nothing is."""
        content = _dechunked(self.raw) if self.fields.get("transfer-encoding", "").casefold() == "chunked" else self.raw
        for coding in reversed(self.fields.get("content-encoding", "").casefold().split(",")):
            content, fault = unpack(content, coding.strip())
            if fault:
                return b"", fault
        return content, None


def parse_message(block: bytes) -> HttpMessage | None:
    """The answer that some bytes hold; None where they hold none.

    Args:
        block: status line, header and body.

    Source: RFC 9112, 2 and 4.
    """
    match = _STATUS.match(block)
    if not match:
        return None
    ends = [(place, len(mark)) for mark in (b"\r\n\r\n", b"\n\n") if (place := block.find(mark, 0, _HEADER_MOST)) >= 0]
    if not ends:
        return None
    place, length = min(ends)
    fields: dict[str, str] = {}
    for line in block[match.end() : place].decode("latin-1").splitlines():
        name, found, value = line.partition(":")
        if found:
            fields[name.strip().casefold()] = value.strip()
    return HttpMessage(status=int(match[1]), fields=fields, raw=block[place + length :])


def _dechunked(raw: bytes) -> bytes:
    """A body without its chunks' sizes; the body itself where it has none, since some programs undo them and keep the header."""
    pieces: list[bytes] = []
    place = 0
    while True:
        end = raw.find(b"\r\n", place, place + 1024)
        size = raw[place:end].partition(b";")[0].strip() if end >= 0 else b""
        if not re.fullmatch(rb"[0-9A-Fa-f]{1,8}", size):
            return b"".join(pieces) if pieces else raw
        count = int(size, 16)
        if not count:
            return b"".join(pieces)
        pieces.append(raw[end + 2 : end + 2 + count])
        place = end + 2 + count + 2
