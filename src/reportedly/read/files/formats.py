"""Which format some bytes are in: by a file's ending, by a media type, else by the bytes themselves."""

import json
import re
import tomllib
from importlib import resources
from pathlib import PurePath
from typing import Literal

Format = Literal["text", "html", "jsonl", "pdf", "mail", "feed", "warc", "wacz", "zip", "tar", "table", "csv", "json", "office"]

ENDINGS: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".pdf": "pdf",
    ".eml": "mail",
    ".mht": "mail",
    ".mhtml": "mail",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".xml": "feed",
    ".warc": "warc",
    ".wacz": "wacz",
    ".zip": "zip",
    ".tar": "tar",
    ".tgz": "tar",
    ".tbz2": "tar",
    ".txz": "tar",
    ".parquet": "table",
    ".csv": "csv",
    ".tsv": "csv",
    ".json": "json",
    ".docx": "office",
    ".odt": "office",
}
PACKED = (".gz", ".bz2", ".xz")
"""Endings of files that are packed as a whole; what stands before them tells the format."""

_NOT_READ = tomllib.loads(resources.files("reportedly.read.files").joinpath("not_read.toml").read_text(encoding="utf-8"))
_ADVICE: dict[str, str] = _NOT_READ["advice"]
_PASSED_OVER = frozenset(_NOT_READ["passed_over"]["names"])
_BEGINNINGS = tuple(_NOT_READ["passed_over"]["beginnings"])

_MEDIA: dict[str, Format] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "application/pdf": "pdf",
    "message/rfc822": "mail",
    "multipart/related": "mail",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "text/xml": "feed",
    "application/xml": "feed",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
}
_SNIFFED = 2048
_TAR_MARK = slice(257, 262)  # where a POSIX tar header says so
_ZIP_FIRST = slice(30, 100)  # where the name of a ZIP's first member stands, and its bytes behind it (APPNOTE 6.3.10, 4.3.7)
_OFFICE_FIRST = (b"[Content_Types].xml", b"word/", b"mimetypeapplication/vnd.oasis.opendocument.text")
_HEADER_LINE = re.compile(rb"[!-9;-~]{1,80}:[ \t]?[^\r\n]*")  # a field name and its value (RFC 5322, 2.2)
_MAIL_ONLY = re.compile(rb"^(?:received|return-path|message-id|mime-version|delivered-to|snapshot-content-location):", re.IGNORECASE)
_FEED_ROOT = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)


def format_of(name: str) -> Format | None:
    """The format that a file's ending names, `.gz` and the like left aside; None where it names none that is read.

    Args:
        name: the file's name or path.
    """
    suffixes = [suffix.casefold() for suffix in PurePath(name).suffixes]
    if suffixes and suffixes[-1] in PACKED:
        suffixes.pop()
    return ENDINGS.get(suffixes[-1]) if suffixes else None


def is_left_behind(name: str) -> bool:
    """Whether a program or the system leaves files of this name in a folder, unasked; nobody misses them, so nothing is said of them.

    Args:
        name: the file's own name.
    """
    return name.startswith((".", *_BEGINNINGS)) or name.casefold() in _PASSED_OVER


def not_read(name: str) -> str:
    """What is said of a file of a kind that is not read, with what to do where its kind may hold a report.

    Args:
        name: the file's name or path.
    """
    advice = _ADVICE.get(PurePath(name).suffix.casefold())
    return f"files of this kind are not read; it was left out{f' ({advice})' if advice else ''}"


def format_of_media(media_type: str) -> Format | None:
    """The format of a media type; None for one that is not read.

    Args:
        media_type: as a header gives it, parameters included.
    """
    return _MEDIA.get(media_type.partition(";")[0].strip().casefold())


def container_of(head: bytes) -> Format | None:
    """The format that the first bytes of a file show where it is no text; None for what has to be looked at whole.

    Args:
        head: the first bytes, 512 where there are as many.
    """
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "office" if head[_ZIP_FIRST].startswith(_OFFICE_FIRST) else "zip"
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(b"PAR1"):
        return "table"
    return "tar" if head[_TAR_MARK] == b"ustar" else None


def sniff_format(content: bytes) -> Format:
    """The format that bytes of text show.

    Args:
        content: all the bytes.

    Returns:
        JSON Lines where the first line is a record, HTML where markup opens, a feed or a mail where their first lines say so, else
        plain text.
    """
    head = content[:_SNIFFED].lstrip(b"\xef\xbb\xbf \t\r\n")
    lower = head.lower()
    if head.startswith(b"{"):
        try:
            record = json.loads(content.lstrip(b"\xef\xbb\xbf").split(b"\n", 1)[0])
        except (ValueError, RecursionError):
            record = None  # a text that opens with a brace
        if isinstance(record, dict) and "text" in record:
            return "jsonl"
    if head.startswith(b"<") and _FEED_ROOT.search(head) and b"<html" not in lower:
        return "feed"
    marks = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")
    if lower.startswith(marks) or (lower.startswith(b"<") and b"<html" in lower):
        return "html"
    return "mail" if _is_mail(head) else "text"


def _is_mail(head: bytes) -> bool:
    """Whether the first lines are a mail's header: nothing but fields, one of which only mails have."""
    lines = [line for line in head.replace(b"\r\n", b"\n").partition(b"\n\n")[0].split(b"\n")[:-1] if line[:1] not in b" \t"]
    return len(lines) > 1 and all(map(_HEADER_LINE.fullmatch, lines)) and any(map(_MAIL_ONLY.match, lines))
