"""Reads the files of word processors, DOCX and ODT: their running text, a paragraph a line."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reportedly.model import Problem, Reading, Sidecar, digest
from reportedly.read.archives.zip_archive import DAMAGED, directory_fault
from reportedly.read.assembly import TEXT_MOST, Source, failed, make_reading

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_PARTS = {"word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
          "content.xml": "application/vnd.oasis.opendocument.text"}  # fmt: skip
_PARAGRAPHS = frozenset((f"{_WORD}p", f"{_TEXT}p", f"{_TEXT}h"))
_CELLS = frozenset((f"{_WORD}tc", f"{_TABLE}table-cell"))
_ROWS = frozenset((f"{_WORD}tr", f"{_TABLE}table-row"))
_SIGNS = {f"{_WORD}noBreakHyphen": "-"} | dict.fromkeys(  # what stands for a character; `w:softHyphen` is seen at a line's end alone
    (f"{_WORD}tab", f"{_WORD}ptab", f"{_WORD}br", f"{_WORD}cr", f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"), " "
)
_LEFT_OUT = frozenset(  # what was struck out, notes, remarks: none of it is running text
    (f"{_WORD}del", f"{_WORD}moveFrom", f"{_WORD}txbxContent", f"{_WORD}instrText", f"{_TEXT}note", f"{_OFFICE}annotation",
     f"{_TEXT}tracked-changes", f"{_TEXT}sequence-decls")
)  # fmt: skip
_ENTITIES = tuple("<!ENTITY".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))  # ECMA-376, part 2, 8.1.4 forbids them
_BYTES_MOST = 4 * TEXT_MOST + 32_000_000  # bytes of the part that holds the text, unpacked
_DIRECTORY_MOST = 4_000_000  # bytes of the list of parts; files with hundreds of pictures have a hundred thousand
_DAMAGED = (*DAMAGED, KeyError, zlib.error, lzma.LZMAError)


def read_office(content: bytes, name: str, sidecar: Sidecar | None = None, problems: tuple[Problem, ...] = ()) -> Reading:
    """The reading of a word processor's file.

    Args:
        content: the file's bytes.
        name: the document's name.
        sidecar: what was noted when it was saved; None where nothing was.
        problems: what could not be used so far.

    Returns:
        A reading whose text is the paragraphs, a line each, a table's row on one line with bars between its cells; without notes,
        remarks and what is struck out as a tracked change. The file's own properties are not used: they tell who made the file and when,
        not who published it. `bad-archive` where it is damaged or locked by a password.

    Source: ECMA-376, part 1, 17.3 and 17.4; OpenDocument 1.3, part 3, 5 and 9.
    """
    try:
        found = _part(content)
    except _DAMAGED as error:
        message = f"it cannot be opened, as it is damaged or locked by a password; nothing was read from it ({error})"
        return failed(name, "bad-archive", message, *problems)
    if found is None:
        return failed(name, "unsupported-format", "it is no DOCX and no ODT, whatever its ending; it was left out", *problems)
    part, media_type = found
    if len(part) > _BYTES_MOST:
        return failed(name, "too-large", f"its text has more than {_BYTES_MOST:,} bytes; nothing was read from it", *problems)
    if any(mark in part for mark in _ENTITIES):
        return failed(name, "bad-archive", "it defines entities, which no word processor does; nothing was read from it", *problems)
    lines, fault = _paragraphs(part)
    text = "\n".join(lines)
    if fault:
        message = f"its text is cut or damaged, what stands before was read ({fault})"
        problems = (*problems, Problem(code="bad-archive", message=message, document=name))
    if not text:
        return failed(name, "no-text", "the file holds no text; nothing was read from it", *problems)
    return make_reading(
        Source(name=name, text=text, bytes_digest=digest(content), media_type=media_type, sidecar=sidecar, problems=problems)
    )


def _part(content: bytes) -> tuple[bytes, str] | None:
    """The part that holds the running text, one byte more than is read at most, and the file's media type; None where there is none.

    Raises:
        zipfile.BadZipFile: it is no ZIP file, or its directory is too large.
    """
    packed = io.BytesIO(content)
    if fault := directory_fault(packed, _DIRECTORY_MOST):
        raise zipfile.BadZipFile(fault)
    with zipfile.ZipFile(packed) as archive:
        names = set(archive.namelist())
        for name, media_type in _PARTS.items():
            if name in names:
                with archive.open(name) as stream:
                    return stream.read(_BYTES_MOST + 1), media_type
    return None


@dataclass(slots=True, kw_only=True)
class _Walk:
    """What the parser tells of a file, element by element, so that no tree is kept; lines are the paragraphs and rows so far."""

    lines: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    row: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    left_out: int = 0  # elements left out around the place
    cells: int = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002 - the parser's own signature
        """An element begins."""
        self.inside.append(tag)
        self.left_out += tag in _LEFT_OUT
        self.cells += tag in _CELLS
        if tag in _SIGNS and not self.left_out:
            self.words.append(_SIGNS[tag])

    def data(self, words: str) -> None:
        """Words stand here; in DOCX those of `w:t` are running text, in ODT those of every element of text."""
        if not self.left_out and self.inside and (self.inside[-1] == f"{_WORD}t" or self.inside[-1].startswith(_TEXT)):
            self.words.append(words)

    def end(self, tag: str) -> None:
        """An element ends; one that a broken file never closes ends with what is around it."""
        self.inside.pop()
        if tag in _PARAGRAPHS and not self.left_out:
            line = " ".join("".join(self.words).split())
            self.words.clear()
            if line:
                (self.row if self.cells else self.lines).append(line)
        self.left_out -= tag in _LEFT_OUT
        self.cells -= tag in _CELLS
        if tag in _ROWS and not self.cells and self.row:
            self.lines.append(" | ".join(self.row))
            self.row.clear()

    def close(self) -> list[str]:
        """The file has ended."""
        return [*self.lines, *([" | ".join(self.row)] if self.row else [])]


def _paragraphs(part: bytes) -> tuple[list[str], str | None]:
    """The paragraphs in order, white space brought to single blanks; and why they break off, None where they do not."""
    from lxml import etree  # noqa: PLC0415 - slow to load

    walk = _Walk()
    target: Any = walk  # lxml's stubs know names of elements as bytes too
    parser: Any = etree.XMLParser(target=target, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        parser.feed(part)
        parser.close()
    except etree.LxmlError as error:
        return walk.close(), str(error).partition("\n")[0]
    return walk.close(), None
