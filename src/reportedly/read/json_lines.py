"""Reads JSON Lines: a document a line, its field `text` being the text."""

import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from reportedly.model import Problem, Reading, Sidecar, digest
from reportedly.read.assembly import Source, failed, make_reading
from reportedly.read.sidecar import make_sidecar

_LINE_MOST = 64_000_000  # bytes of a line; what is longer is no record of a page


class JsonLinesReader:
    """Makes a document of every line; implements `model.ports.Reader`."""

    def read(self, content: bytes, name: str, sidecar: Sidecar | None) -> Iterator[Reading]:  # noqa: ARG002 - records carry their own
        """The documents in `content`, one a line; a bad line gives a problem and the rest goes on."""
        yield from read_records(io.BytesIO(content), name)


def read_records(lines: Iterable[bytes], name: str) -> Iterator[Reading]:
    """The documents of some lines.

    Args:
        lines: the lines, as a binary file gives them.
        name: the file's name, for problems; a document's name is its record's `id`.

    Yields:
        A reading a record, in order; one without a document for a line that is no record.
    """
    found = False
    for number, line in enumerate(lines, start=1):
        words = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if words.strip():
            found = True
            yield _read_line(words, f"{name}, line {number}")
    if not found:
        yield failed(name, "empty-file", "the file is empty; nothing was read from it")


def _read_line(line: bytes, place: str) -> Reading:
    if len(line) > _LINE_MOST:
        return failed(place, "too-large", f"the record has {len(line):,} bytes, more than {_LINE_MOST:,}; nothing was read from it")
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return failed(place, "bad-record", f"the line is no JSON and was left out: {error}")
    fault = _fault(record)
    if fault:
        return failed(place, "bad-record", f"the record {fault} and was left out")
    name, text = str(record["id"]), record["text"]
    if not text.strip():
        return failed(name, "empty-file", f"the record ({place}) has an empty text; nothing was read from it")
    sidecar, problems = make_sidecar(record, name, place)
    source = Source(
        name=name,
        text=text,
        bytes_digest=digest(text.encode("utf-8", "surrogatepass")),
        media_type="text/plain",
        sidecar=sidecar,
        problems=(*problems, *_surrogates(text, name)),
    )
    return make_reading(source)


def _fault(record: Any) -> str | None:  # noqa: ANN401 - what JSON holds
    """What makes a value no record; None for a record."""
    if not isinstance(record, dict):
        return "is no object"
    if not isinstance(record.get("id"), str | int) or isinstance(record["id"], bool) or record["id"] == "":
        return "has no `id`"
    return None if isinstance(record.get("text"), str) else "has no `text`"


def _surrogates(text: str, name: str) -> tuple[Problem, ...]:
    """A problem where the text holds halves of characters, which escapes in JSON may leave."""
    if any("\ud800" <= char <= "\udfff" for char in text):
        return (
            Problem(
                code="bad-encoding",
                message="the text holds halves of characters (lone surrogates); they are kept as they are",
                document=name,
            ),
        )
    return ()
