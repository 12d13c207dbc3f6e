"""Reads what the user names: files, folders, archives of lines, standard input."""

import gzip
import io
import json
import os
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from reportedly.model import Problem, Reading
from reportedly.read.assembly import failed
from reportedly.read.html import read_html
from reportedly.read.json_lines import read_records
from reportedly.read.sidecar import SUFFIX, load_sidecar, sidecar_path
from reportedly.read.text import read_text

Format = Literal["text", "html", "jsonl"]

_FORMATS: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_BYTES_MOST = 256_000_000  # bytes of one document, unpacked: what fits into memory several times over
_SNIFFED = 2048
_GZIP = b"\x1f\x8b"


def read_paths(paths: Sequence[Path]) -> Iterator[Reading]:
    """The documents in some files and folders.

    Args:
        paths: files and folders, the latter searched through all their folders in sorted order; hidden files, links to folders and
            the sidecars of files are passed over.

    Yields:
        A reading a document, as the paths are given. What cannot be read gives a reading without a document and a problem:
        `no-such-file`, `unreadable`, `unsupported-format`, `lone-sidecar`, `empty-file`, `binary-file`, `no-text`, `too-large`,
        `bad-record`.
    """
    for path in paths:
        for file, problem in _walk(path):
            if problem:
                yield Reading(document=None, text="", problems=(problem,))
            else:
                yield from _read_file(file, named=file == path)


def read_stream(content: bytes, name: str) -> Iterator[Reading]:
    """The documents in some bytes that came without a file, as from standard input.

    Args:
        content: the bytes, perhaps compressed by gzip.
        name: the document's name, such as `-`; its ending tells the format where it has one, else the bytes do.

    Yields:
        A reading a document.
    """
    plain, problem = _unpacked(content, name)
    if problem:
        yield Reading(document=None, text="", problems=(problem,))
        return
    kind = format_of(Path(name)) or sniff_format(plain)
    if kind == "jsonl":
        yield from read_records(io.BytesIO(plain), name)
    else:
        yield read_html(plain, name) if kind == "html" else read_text(plain, name)


def format_of(path: Path) -> Format | None:
    """The format that a file's ending names, `.gz` left aside; None where it names none that is read."""
    suffixes = [suffix.casefold() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return _FORMATS.get(suffixes[-1]) if suffixes else None


def sniff_format(content: bytes) -> Format:
    """The format that bytes show: JSON Lines where the first line is a record, HTML where markup opens, else plain text."""
    head = content[:_SNIFFED].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"{"):
        try:
            record = json.loads(content.lstrip(b"\xef\xbb\xbf").split(b"\n", 1)[0])
        except (ValueError, RecursionError):
            record = None  # a text that opens with a brace
        if isinstance(record, dict) and "text" in record:
            return "jsonl"
    marks = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")
    return "html" if head.startswith(marks) or (head.startswith(b"<") and b"<html" in head) else "text"


def _walk(path: Path) -> Iterator[tuple[Path, Problem | None]]:
    """The files of a path in sorted order, with a problem in place of what cannot be listed."""
    try:
        if not path.exists():
            yield path, _problem("no-such-file", path, "there is no such file or folder")
        elif path.is_dir():
            yield from _walk_folder(path)
        elif path.name.endswith(SUFFIX):
            yield from _walk_sidecar(path)
        else:
            yield path, None
    except (OSError, ValueError) as error:  # a path too long, or one with a NUL
        yield path, _problem("unreadable", path, f"it cannot be read: {error}")


def _walk_folder(folder: Path) -> Iterator[tuple[Path, Problem | None]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield folder, _problem("unreadable", folder, f"the folder cannot be read: {error.strerror}")
        return
    for entry in entries:
        file = folder / entry.name
        if entry.name.startswith("."):
            continue
        if entry.name.endswith(SUFFIX):
            yield from _walk_sidecar(file)
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk_folder(file)
        elif not entry.is_dir():
            yield file, None


def _walk_sidecar(path: Path) -> Iterator[tuple[Path, Problem | None]]:
    """Nothing for a sidecar, which is read with its file; a problem where it lies alone."""
    name = path.name.removesuffix(SUFFIX)
    usual = (path.with_name(name + ending + packed) for ending in _FORMATS for packed in ("", ".gz"))
    if any(file.is_file() for file in usual):
        return
    try:
        with os.scandir(path.parent) as entries:
            beside = any(entry.name != path.name and sidecar_path(path.with_name(entry.name)) == path for entry in entries)
    except OSError as error:
        yield path, _problem("unreadable", path, f"the folder cannot be read: {error.strerror}")
        return
    if not beside:
        yield path, _problem("lone-sidecar", path, f"it notes what is known of {name}.*, but no such file lies beside it; it was left out")


def _read_file(path: Path, *, named: bool) -> Iterator[Reading]:
    """The documents of one file; one that the user named is read whatever its ending."""
    name = str(path)
    kind = format_of(path)
    if kind is None and not named:
        problem = _problem("unsupported-format", path, "files of this kind are not read; it was left out")
        yield Reading(document=None, text="", problems=(problem,))
        return
    try:
        if kind == "jsonl":
            with _open(path) as lines:
                yield from read_records(lines, name)
        else:
            yield _read_one(path, name, kind)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        code = "bad-gzip" if isinstance(error, gzip.BadGzipFile | EOFError | zlib.error) else "unreadable"
        yield failed(name, code, f"it cannot be read: {reason}")


def _read_one(path: Path, name: str, kind: Format | None) -> Reading:
    with _open(path) as file:
        content = file.read(_BYTES_MOST + 1)
    if len(content) > _BYTES_MOST:
        return failed(name, "too-large", f"it has more than {_BYTES_MOST:,} bytes unpacked; nothing was read from it")
    sidecar, problems = load_sidecar(path, name)
    html = (kind or sniff_format(content)) == "html"
    return read_html(content, name, sidecar, problems) if html else read_text(content, name, sidecar, problems)


def _open(path: Path) -> io.BufferedIOBase:
    """The file, unpacked where its first bytes are gzip's."""
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
    return gzip.open(path, "rb") if packed else path.open("rb")


def _unpacked(content: bytes, name: str) -> tuple[bytes, Problem | None]:
    if not content.startswith(_GZIP):
        return content, None
    try:
        plain = gzip.GzipFile(fileobj=io.BytesIO(content)).read(_BYTES_MOST + 1)
    except (OSError, EOFError, zlib.error) as error:
        return b"", Problem(code="bad-gzip", message=f"it cannot be unpacked: {error}", document=name)
    if len(plain) > _BYTES_MOST:
        return b"", Problem(code="too-large", message=f"it has more than {_BYTES_MOST:,} bytes unpacked; nothing was read", document=name)
    return plain, None


def _problem(code: str, path: Path, message: str) -> Problem:
    return Problem(code=code, message=message, document=str(path))
