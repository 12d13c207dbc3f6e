"""Content codings: the bodies of web servers' answers without their packing, each within a bound of memory.

Gzip and deflate come with Python; Brotli and Zstandard come with the extra `formats`.

Source: RFC 9110, 8.4.1; RFC 7932 (Brotli); RFC 8878 (Zstandard).
"""

import importlib
import zlib
from collections.abc import Callable
from functools import partial
from io import BytesIO

from reportedly.read.files.members import BYTES_MOST

_TOO_LONG = f"its body unpacks to more than {BYTES_MOST:,} bytes"
_DAMAGED = "its body cannot be unpacked"
_STEP = 1 << 20

Unpacked = tuple[bytes, str | None]
"""Bytes, and what is wrong with them; None where nothing is."""


def unpack(packed: bytes, coding: str) -> Unpacked:
    """A body without a coding.

    Args:
        packed: the body as it was sent. Bytes that were unpacked before they were kept are taken as they are.
        coding: the coding's name, in lower case.

    Returns:
        The body; empty where its coding is not known, cannot be read here, or is damaged.
    """
    if coding in ("", "identity", "none"):
        return packed, None
    if coding not in _CODINGS:
        return b"", f"its body is packed as {coding[:20]!r}, which is not read"
    try:
        content, fault = _CODINGS[coding](packed)
    except ImportError:
        return b"", f"its body is packed as {coding!r}, which only the extra reads: pip install 'reportedly[formats]'"
    return (packed, None) if fault == _DAMAGED and packed.lstrip()[:1] == b"<" else (content, fault)


def _zlib(packed: bytes, windows: tuple[int, ...]) -> Unpacked:
    for window in windows:
        machine = zlib.decompressobj(window)
        try:
            content = machine.decompress(packed, BYTES_MOST)
        except zlib.error:
            continue
        return (b"", _TOO_LONG) if machine.unconsumed_tail else (content, None)
    return b"", _DAMAGED


def _brotli(packed: bytes) -> Unpacked:
    brotli = importlib.import_module("brotli")
    machine, content = brotli.Decompressor(), bytearray()
    try:
        content += machine.process(packed, output_buffer_limit=_STEP)
        while len(content) <= BYTES_MOST and (more := machine.process(b"", output_buffer_limit=_STEP)):
            content += more
    except brotli.error:
        return b"", _DAMAGED
    if not content and not machine.is_finished():
        return b"", _DAMAGED
    return (b"", _TOO_LONG) if len(content) > BYTES_MOST else (bytes(content), None)


def _zstandard(packed: bytes) -> Unpacked:
    zstandard = importlib.import_module("zstandard")
    try:
        with zstandard.ZstdDecompressor().stream_reader(BytesIO(packed), read_across_frames=True) as stream:
            content: bytes = stream.read(BYTES_MOST + 1)
    except zstandard.ZstdError:
        return b"", _DAMAGED
    return (b"", _TOO_LONG) if len(content) > BYTES_MOST else (content, None)


_CODINGS: dict[str, Callable[[bytes], Unpacked]] = {
    "gzip": partial(_zlib, windows=(31,)),
    "x-gzip": partial(_zlib, windows=(31,)),
    "deflate": partial(_zlib, windows=(15, -15)),  # some servers send it without its wrapping
    "br": _brotli,
    "zstd": _zstandard,
}
