"""Reads WARC files, packed or not, record by record, so that memory does not grow with the file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import IO

from reportedly.model import Reading, Sidecar
from reportedly.read.archives.archives import LeftOut, leave_out, shown_name
from reportedly.read.archives.http_message import HttpMessage, parse_message
from reportedly.read.assembly import failed
from reportedly.read.files.formats import Format, container_of, format_of_media, sniff_format
from reportedly.read.files.members import BYTES_MOST, DAMAGE, Member, ReadMember, read_most

_LINE_MOST = 65_536  # bytes of a header's line
_FIELDS_MOST = 1_000
_BLOCK = 1 << 20
_READ = frozenset({"response", "resource", "conversion"})
_VERSION = re.compile(rb"WARC/\d\.\d+\s*")
_OK = 200
_NO_PAGE = re.compile(r"https?://[^/]+/robots\.txt(?:\?.*)?|(?:dns|urn|metadata|filedesc|warcinfo):.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcRecord:
    """A record's header.

    Attributes:
        fields: its named fields, names in lower case; the first of each name.
        length: bytes of its block.
    """

    fields: dict[str, str]
    length: int

    @property
    def kind(self) -> str:
        """Its type, such as `response`."""
        return self.fields.get("warc-type", "").casefold()

    @property
    def address(self) -> str:
        """What it is a record of; brackets that some programs put around it are left out."""
        return self.fields.get("warc-target-uri", "").strip("<>")


class WarcDamageError(Exception):
    """The bytes are no WARC records from here on."""


def read_warc(member: Member, stream: IO[bytes], read: ReadMember) -> Iterator[Reading]:
    """The documents of a WARC file, in its order; each page's address and the time of its capture come as a sidecar.

    Args:
        member: the file.
        stream: its bytes, unpacked.
        read: reads a page.

    Yields:
        A reading a captured page, named `file!20310502101112/address`, the timestamp as web archives write it. Requests, metadata,
        redirects, and pictures, styles and scripts give none; their number is told at the end, as are pages that answered with an
        error. `bad-archive` where the file is cut or damaged, after what stands before.

    Source: ISO 28500:2017, WARC file format 1.1.
    """
    left_out = LeftOut(archive=member.name)
    read_records = 0
    try:
        while (record := next_record(stream)) is not None:
            read_records += 1
            if record.kind in _READ and not _NO_PAGE.fullmatch(record.address) and record.length <= BYTES_MOST:
                yield from _read_record(member, record, exactly(stream, record.length), left_out, read)
            else:
                if record.kind in _READ and record.length > BYTES_MOST:
                    leave_out(left_out, "too-large", record.address)
                skip(stream, record.length)
    except (WarcDamageError, *DAMAGE) as error:
        message = f"it is cut or damaged after {read_records:,} records ({error}); what stands before was read"
        yield failed(member.name, "bad-archive", message)
    yield from left_out.readings()


def next_record(stream: IO[bytes]) -> WarcRecord | None:
    """The header of the next record, the stream standing at its block; None at the end.

    Raises:
        WarcDamageError: there is no record.
    """
    line = stream.readline(_LINE_MOST)
    while line in (b"\r\n", b"\n"):
        line = stream.readline(_LINE_MOST)
    if not line.strip(b"\0\r\n"):
        return None
    if not _VERSION.fullmatch(line):
        raise WarcDamageError("no record begins where one should")
    fields: dict[str, str] = {}
    name = ""
    for _ in range(_FIELDS_MOST):
        line = stream.readline(_LINE_MOST)
        if line in (b"\r\n", b"\n"):
            break
        if not line.endswith(b"\n"):
            raise WarcDamageError("a record's header is cut")
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if text[:1] in (" ", "\t") and name:
            fields[name] += " " + text.strip()
            continue
        name, _, value = text.partition(":")
        name = name.strip().casefold()
        fields.setdefault(name, value.strip())
    length = fields.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 16):  # noqa: PLR2004 - a petabyte
        raise WarcDamageError("a record does not say how long it is")
    return WarcRecord(fields=fields, length=int(length))


def exactly(stream: IO[bytes], length: int) -> bytes:
    """So many bytes.

    Raises:
        WarcDamageError: there are fewer.
    """
    content = read_most(stream, length)
    if len(content) < length:
        raise WarcDamageError("the last record is cut")
    return content


def skip(stream: IO[bytes], length: int) -> None:
    """Pass over so many bytes.

    Raises:
        WarcDamageError: there are fewer.
    """
    while length:
        block = stream.read(min(length, _BLOCK))
        if not block:
            raise WarcDamageError("the last record is cut")
        length -= len(block)


def _read_record(member: Member, record: WarcRecord, block: bytes, left_out: LeftOut, read: ReadMember) -> Iterator[Reading]:
    message = _message(record, block)
    name = f"{_stamp(record)}/{shown_name(record.address)}"
    if message is None:
        yield failed(f"{member.name}!{name}", "bad-record", "this record holds no answer of a web server and was left out")
        return
    if message.status != _OK:
        if message.status >= 400:  # noqa: PLR2004 - errors; what lies between are redirects and answers without a page
            leave_out(left_out, "error-page", record.address)
        return
    content, fault = message.body()
    if fault:
        yield failed(f"{member.name}!{name}", "bad-record", f"{fault}; it was left out")
        return
    kind = _kind(message.media_type, content)
    if kind is None:
        leave_out(left_out, "unsupported-format", record.address)
        return
    inner = member.inner(name, BytesIO(content), kind)
    noted = Sidecar(url=record.address or None, fetched=record.fields.get("warc-date") or None)
    yield from read(replace(inner, sidecar=noted, charset=message.charset))


def _message(record: WarcRecord, block: bytes) -> HttpMessage | None:
    """The answer in a record's block; a resource without HTTP is its own body."""
    if record.kind == "response" and record.address.casefold().startswith(("http:", "https:")):
        return parse_message(block)
    return HttpMessage(status=_OK, fields={"content-type": record.fields.get("content-type", "")}, raw=block)


def _kind(media_type: str, content: bytes) -> Format | None:
    """The format of an answer, by its media type, and by its bytes where servers are vague; None for what is no page."""
    kind = format_of_media(media_type)
    if kind == "feed":
        return "feed" if sniff_format(content) == "feed" else "html"
    if kind is None and media_type in ("", "application/octet-stream", "unk", "no-type"):
        kind = container_of(content[:512]) or sniff_format(content)
        return kind if kind in ("pdf", "html", "feed") else None
    return kind


def _stamp(record: WarcRecord) -> str:
    """The time of capture in 14 digits, as web archives write it into addresses."""
    digits = re.sub(r"\D", "", record.fields.get("warc-date", ""))[:14]
    return digits.ljust(14, "0")
