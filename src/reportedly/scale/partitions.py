"""Partitions: what reading and extracting a batch gave, as a Parquet file that any machine can hand to the one that holds the ledger.

A row is a reading with its extractions, each record as the JSON row of `model.rows`; the text is UTF-8 with lone surrogates kept. A
partition's name is a digest of its rows without the moment of reading, so that the same batch read twice gives the same name.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from reportedly.extras import load_extra
from reportedly.ledger.codec import decode
from reportedly.model import Article, Claim, Document, Extraction, Problem, Reading, Row, row_of

_CONTENT = ("document", "text", "articles", "problems", "extractions")
_BUFFERED = 8_000_000  # characters of text held before they are written: a crawl may have any number of pages
_ROWS = 16  # read back at once

Made = tuple[Reading, list[Extraction]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a partition holds.

    Attributes:
        digest: of its rows' content; its name.
        documents: ids of its documents, in their order.
        characters: of all texts.
        loose: why some files gave no document.
    """

    digest: str
    documents: tuple[str, ...]
    characters: int
    loose: tuple[Problem, ...]


def write_partition(made: Iterable[Made], out: IO[bytes]) -> Tally:
    """Write readings with their extractions.

    Args:
        made: them; taken as they are written, so that memory does not grow with their number.
        out: where to.

    Returns:
        What was written.
    """
    arrow, parquet = load_extra("pyarrow", "engine"), load_extra("pyarrow.parquet", "engine")
    schema = arrow.schema(
        [
            ("id", arrow.string()),
            ("name", arrow.string()),
            ("read_at", arrow.string()),
            ("document", arrow.string()),
            ("text", arrow.binary()),
            ("articles", arrow.string()),
            ("problems", arrow.string()),
            ("extractions", arrow.string()),
        ]
    )
    sha, rows, held = hashlib.sha256(), list[Row](), 0
    documents, loose, characters = list[str](), list[Problem](), 0
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        for reading, extractions in made:
            row = _row(reading, extractions)
            _feed(sha, row)
            rows.append(row)
            held += len(reading.text)
            characters += len(reading.text)
            if reading.document is None:
                loose += reading.problems
            else:
                documents.append(reading.document.id)
            if held > _BUFFERED:
                writer.write_table(arrow.Table.from_pylist(rows, schema=schema))
                rows, held = [], 0
        writer.write_table(arrow.Table.from_pylist(rows, schema=schema))
    return Tally(digest=sha.hexdigest(), documents=tuple(documents), characters=characters, loose=tuple(loose))


def read_partition(stream: IO[bytes]) -> Iterator[Made]:
    """The readings of a partition with their extractions, in the order in which they were written."""
    for row in _rows(stream):
        yield _reading(row), [_extraction(e) for e in json.loads(row["extractions"])]


def partition_digest(stream: IO[bytes]) -> str | None:
    """The digest of a partition's rows as they are now; None where the file is damaged."""
    arrow = load_extra("pyarrow", "engine")
    sha = hashlib.sha256()
    try:
        for row in _rows(stream):
            _feed(sha, row)
    except (arrow.ArrowException, OSError, KeyError):
        return None
    return sha.hexdigest()


def _rows(stream: IO[bytes]) -> Iterator[Row]:
    parquet = load_extra("pyarrow.parquet", "engine")
    for batch in parquet.ParquetFile(stream).iter_batches(batch_size=_ROWS):
        yield from batch.to_pylist()


def _feed(sha: Any, row: Row) -> None:  # noqa: ANN401 - hashlib names no type
    for name in _CONTENT:
        value = row[name]
        content = b"" if value is None else value if isinstance(value, bytes) else value.encode()
        sha.update(len(content).to_bytes(8, "big") + content)


def _row(reading: Reading, extractions: Sequence[Extraction]) -> Row:
    document = None
    if reading.document is not None:
        document = row_of(reading.document)
        document["read_at"] = ""
    return {
        "id": reading.document.id if reading.document else None,
        "name": reading.document.name.encode("utf-8", "backslashreplace").decode() if reading.document else None,
        "read_at": reading.document.read_at if reading.document else None,
        "document": None if document is None else json.dumps(document),
        "text": reading.text.encode("utf-8", "surrogatepass"),
        "articles": json.dumps([row_of(article) for article in reading.articles]),
        "problems": json.dumps([row_of(problem) for problem in reading.problems]),
        "extractions": json.dumps([row_of(extraction) for extraction in extractions]),
    }


def _reading(row: Row) -> Reading:
    document = None
    if row["document"] is not None:
        document = decode(Document, json.loads(row["document"]) | {"read_at": row["read_at"]})
    return Reading(
        document=document,
        text=row["text"].decode("utf-8", "surrogatepass"),
        articles=tuple(decode(Article, article) for article in json.loads(row["articles"])),
        problems=tuple(decode(Problem, problem) for problem in json.loads(row["problems"])),
    )


def _extraction(row: Row) -> Extraction:
    return Extraction(
        claims=tuple(decode(Claim, claim) for claim in row["claims"]),
        problems=tuple(decode(Problem, problem) for problem in row["problems"]),
        extractor=row["extractor"],
    )
