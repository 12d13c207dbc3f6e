"""Writes what was fetched into a WARC file: bytes, header and digest, so that every later step can be repeated."""

import datetime as dt
import gzip
import hashlib
import io
import os
import uuid
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from reportedly import __version__
from reportedly.read.archives.warc import WarcDamageError, next_record, skip
from reportedly.read.fetch.web_client import Answer
from reportedly.read.files.formats import PACKED
from reportedly.read.files.members import DAMAGE

_ERRORS = 400  # status codes from which an answer is no page
_BLOCK = 1 << 16


class _Packed(io.RawIOBase):
    """One gzip member of a file, unpacked; knows where in the file it ends."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._machine = zlib.decompressobj(31)

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - a writable buffer of any kind
        """Unpack as much as fits."""
        while not self._machine.eof:
            packed = self._machine.unconsumed_tail or self._raw.read(_BLOCK)
            if not packed:
                return 0
            found = self._machine.decompress(packed, len(buffer))
            if found:
                buffer[: len(found)] = found
                return len(found)
        return 0

    def end(self) -> int:
        """Where the next member begins.

        Raises:
            EOFError: this one is cut.
        """
        while not self._machine.eof:
            packed = self._machine.unconsumed_tail or self._raw.read(_BLOCK)
            if not packed:
                raise EOFError("a record is cut")
            self._machine.decompress(packed, _BLOCK)
        return self._raw.tell() - len(self._machine.unused_data)


class WarcFile:
    """A WARC file that pages are added to; each record packed by itself where the file's name ends in `.gz`.

    Args:
        path: the file; it is made where there is none. A record that an interrupted run left cut at its end is cut off.

    Raises:
        OSError: it cannot be read or written.
        ValueError: it is no WARC file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._packed = path.suffix.casefold() in PACKED
        self.addresses: set[str] = set()
        whole = self._scan() if path.exists() else 0
        if path.exists() and whole < path.stat().st_size:
            os.truncate(path, whole)

    def _scan(self) -> int:
        """Note the addresses of the pages that the file holds; the number of its bytes that are whole records."""
        place = 0
        with self.path.open("rb") as raw:
            while True:
                raw.seek(place)
                try:
                    end = self._pass_record(raw)
                except (WarcDamageError, *DAMAGE):
                    if place == 0 and self.path.stat().st_size:
                        raise ValueError(f"{self.path} is no WARC file") from None
                    return place
                if end is None:
                    return place
                place = end

    def _pass_record(self, raw: IO[bytes]) -> int | None:
        """Pass over a record and note its address; where the next begins, or None at the end."""
        packed = _Packed(raw)
        stream: IO[bytes] = io.BufferedReader(packed) if self._packed else raw
        record = next_record(stream)
        if record is None:
            return None
        head = stream.read(min(record.length, 64))
        skip(stream, record.length - len(head))
        skip(stream, 4)
        status = head.split(b" ", 2)[1:2]
        if record.kind == "response" and status and status[0].isdigit() and int(status[0]) < _ERRORS:
            self.addresses.add(record.address)
        return packed.end() if self._packed else raw.tell()

    def add(self, answers: Sequence[Answer], moment: dt.datetime) -> None:
        """Add the answers that one page took, redirects first, all or none of them.

        Raises:
            OSError: they cannot be written; the file is as it was.
        """
        records = [] if self.path.exists() else [_record("warcinfo", _INFO, {"Content-Type": "application/warc-fields"}, moment)]
        records += [_response(answer, moment) for answer in answers]
        content = b"".join(gzip.compress(record, mtime=0) if self._packed else record for record in records)
        before = self.path.stat().st_size if self.path.exists() else 0
        try:
            with self.path.open("ab") as file:
                file.write(content)
        except BaseException:
            if self.path.exists():
                os.truncate(self.path, before)
            raise
        self.addresses |= {answer.url for answer in answers if answer.status < _ERRORS}


_INFO = f"software: reportedly/{__version__}\r\nformat: WARC File Format 1.1\r\n".encode()


def payload_digest(body: bytes) -> str:
    """SHA-256 of a body, hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def _response(answer: Answer, moment: dt.datetime) -> bytes:
    """The record of an answer. Its chunks are joined, and so its `Transfer-Encoding` bears another name, as crawlers write it."""
    lines = [f"HTTP/1.1 {answer.status} {answer.reason}".rstrip()]
    for name, value in answer.header:
        lines.append(f"{'X-Crawler-' if name.casefold() == 'transfer-encoding' else ''}{name}: {value}")
    head = "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")
    fields = {
        "WARC-Target-URI": answer.url,
        "WARC-IP-Address": answer.ip,
        "WARC-Payload-Digest": f"sha256:{payload_digest(answer.body)}",
        "WARC-Block-Digest": f"sha256:{payload_digest(head + answer.body)}",
        "Content-Type": "application/http;msgtype=response",
    }
    return _record("response", head + answer.body, fields, moment)


def _record(kind: str, block: bytes, fields: dict[str, str], moment: dt.datetime) -> bytes:
    """A record (ISO 28500:2017, 4 and 5)."""
    named = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>",
        "WARC-Date": moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        **fields,
        "Content-Length": str(len(block)),
    }
    header = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"WARC/1.1\r\n{header}\r\n".encode() + block + b"\r\n\r\n"
