"""Reads JSON Lines: a document a line, its field `text` being the text."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import IO, Any

from reportedly.model import Problem, Reading, digest
from reportedly.read.assembly import Source, failed, make_reading
from reportedly.read.files.sidecar import make_sidecar

_KEPT_MOST = 10_000  # lines without a record whose problems are kept until a record comes; the rest is counted
_REASONS_MOST = 3
_OF_LINE = re.compile(r" and was left out.*| \(.*?\)|;.*")
_LINE_MOST = 64_000_000  # bytes of a line; what is longer is no record of a page


def read_records(stream: IO[bytes], name: str) -> Iterator[Reading]:
    """The documents of some lines.

    Args:
        stream: the lines' bytes, unpacked.
        name: the file's name, for problems; a document's name is its record's `id`.

    Yields:
        A reading a record, in order; one without a document for a line that is no record, or a single one for the whole file where
        none of its lines is.
    """
    unusable: list[Reading] | None = []  # what is wrong with the lines before the first record; None once there is one
    more = 0
    for number, line in enumerate(_lines(stream), start=1):
        words = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not words.strip():
            continue
        reading = _read_line(words, f"{name}, line {number}")
        if unusable is None:
            yield reading
        elif _is_record(reading):
            yield from unusable
            if more:
                yield failed(name, "bad-record", f"{more:,} more lines before line {number:,} are no records and were left out")
            yield reading
            unusable = None
        elif len(unusable) < _KEPT_MOST:
            unusable.append(reading)
        else:
            more += 1
    if unusable is not None:
        yield _without_records(name, unusable, more)


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """The lines; of one that is too long only the first bytes, so that it never fills the memory."""
    while line := stream.readline(_LINE_MOST + 1):
        yield line
        while len(line) > _LINE_MOST and not line.endswith(b"\n"):
            line = stream.readline(_LINE_MOST + 1)


def _is_record(reading: Reading) -> bool:
    """Whether a line was a record with a text, though perhaps an empty one."""
    return reading.document is not None or all(problem.code != "bad-record" for problem in reading.problems)


def _without_records(name: str, unusable: list[Reading], more: int) -> Reading:
    """What is said of a file none of whose lines is a record: how many are wrong in which way, by the first ones."""
    if not unusable:
        return failed(name, "empty-file", "the file is empty; nothing was read from it")
    if len(unusable) == 1:
        return unusable[0]
    faults = Counter(_reason(reading.problems[-1]) for reading in unusable).most_common(_REASONS_MOST)
    reasons = "; ".join(f"{count:,}: {reason}" for reason, count in faults)
    message = f"none of its {len(unusable) + more:,} lines is a record with a text, nothing was read from it ({reasons})"
    return failed(name, "bad-record", message)


def _reason(problem: Problem) -> str:
    """A problem's message without what is of its line alone."""
    return _OF_LINE.sub("", problem.message)


def _read_line(line: bytes, place: str) -> Reading:
    if len(line) > _LINE_MOST:
        return failed(place, "too-large", f"the record has more than {_LINE_MOST:,} bytes; nothing was read from it")
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return failed(place, "bad-record", f"the line is no JSON and was left out: {error}")
    return read_record(record, place)


def read_record(record: Any, place: str) -> Reading:  # noqa: ANN401 - what JSON holds
    """The reading of one record.

    Args:
        record: a mapping with `id`, `text` and any field of a sidecar; anything else gives the problem `bad-record`.
        place: where it stands, for problems.
    """
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
