"""Reads lists of documents as people keep them: a spreadsheet saved as CSV, a list in JSON; a document a row."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from reportedly.model import Problem, Reading
from reportedly.read.assembly import failed
from reportedly.read.files.decoding import decode
from reportedly.read.readers.columns import DayOrder, choose_columns, is_ambiguous, make_record, names_of, order_of
from reportedly.read.readers.json_lines import read_record
from reportedly.read.readers.text import encoding_problems

_DELIMITERS = ",;\t|"
_CELL_MOST = 64_000_000  # characters of a cell; Python's own limit of 131,072 is less than a long report
_COLUMNS_SHOWN = 12
_LISTS = ("articles", "items", "documents", "results", "data", "stories", "records", "docs")  # keys under which services answer with a list


def read_csv(content: bytes, name: str, problems: tuple[Problem, ...] = ()) -> Iterator[Reading]:
    """The documents of a table in CSV, whatever signs part its cells.

    Args:
        content: the file's bytes, unpacked.
        name: the file's name; a document's name is its cell `id`, else `file!row-N`, counted as a spreadsheet counts.
        problems: what could not be used so far.

    Yields:
        A reading a row, in order. `bad-table` where no column holds texts, or the table is broken from some row on.

    Source: RFC 4180; columns by the table `columns.toml`.
    """
    decoded = decode(content)
    if decoded.text is None or not decoded.text.strip():
        code, message = ("empty-file", "the file is empty") if not content.strip() else ("binary-file", "the file is no text")
        yield failed(name, code, f"{message}; nothing was read from it", *problems)
        return
    noted = (*problems, *encoding_problems(decoded, name))
    csv.field_size_limit(_CELL_MOST)
    lines = decoded.text.removeprefix("\ufeff")
    skipped = lines.partition("\n")[0].strip().casefold().startswith("sep=")  # what Excel writes to name the delimiter
    lines = lines.partition("\n")[2] if skipped else lines
    reader = csv.reader(io.StringIO(lines, newline=""), delimiter=_delimiter(lines))
    rows: list[dict[str, str]] = []
    fault = None
    header: list[str] = []
    try:
        header = next(reader, [])
        rows.extend(dict(zip(header, cells, strict=False)) for cells in reader)
    except csv.Error as error:
        fault = failed(name, "bad-table", f"it is broken from row {reader.line_num + skipped} on ({error}); what stands before was read")
    yield from _read_rows(rows, header, name, noted, first=2 + skipped)
    if fault is not None:
        yield fault


def read_json(content: bytes, name: str, problems: tuple[Problem, ...] = ()) -> Iterator[Reading]:
    """The documents of a list in JSON, or of an object that holds one, or one record.

    Args:
        content: the file's bytes, unpacked.
        name: the file's name; a document's name is its field `id`, else `file!N`, counted from 1.
        problems: what could not be used so far.

    Yields:
        A reading a record, in order. `unsupported-format` for JSON that holds no texts, such as a program's settings.
    """
    decoded = decode(content)
    try:
        value = json.loads((decoded.text or "").removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        yield failed(name, "bad-record", f"the file is no JSON, nothing was read from it: {error}", *problems)
        return
    if isinstance(value, dict):
        listed = next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)
        value = [value] if listed is None else listed
    rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    header = list(dict.fromkeys(str(key) for row in rows for key in row))
    if "text" not in choose_columns(header):
        message = f"it is no list of records with a text ({_known('text')}); it was left out"
        yield failed(name, "unsupported-format", message, *problems)
        return
    yield from _read_rows(rows, header, name, problems, first=1, row_word="")


def _read_rows(
    rows: Sequence[Mapping[str, Any]],
    header: Sequence[str],
    name: str,
    problems: tuple[Problem, ...],
    *,
    first: int,
    row_word: str = "row-",
) -> Iterator[Reading]:
    columns = choose_columns(header)
    if "text" not in columns:
        shown = ", ".join(map(repr, header[:_COLUMNS_SHOWN])) + (", ..." if len(header) > _COLUMNS_SHOWN else "")
        message = f"no column holds texts (it would be called {_known('text')}); its columns are {shown}; nothing was read from it"
        yield failed(name, "bad-table", message, *problems)
        return
    if problems:
        yield Reading(document=None, text="", problems=problems)
    order = order_of(row.get(columns.get(field, "")) for field in ("published", "fetched") for row in rows)
    for number, row in enumerate(rows, start=first):
        if not any(isinstance(value, str) and value.strip() for value in row.values()):
            continue  # blank rows stand at the end of many sheets
        place = f"{name}!{row_word}{number}"
        yield _read_row(row, columns, place, order)


def _read_row(row: Mapping[str, Any], columns: Mapping[str, str], place: str, order: DayOrder) -> Reading:
    record = make_record(row, columns, place, order)
    record.setdefault("text", "")
    unclear = {field: words for field in ("published", "fetched") if is_ambiguous(words := record.get(field), order)}
    for field in unclear:
        del record[field]
    reading = read_record(record, place)
    found = tuple(
        Problem(
            code="bad-sidecar",
            message=f"{place}: {field} {words!r} may be two days, by whether the day or the month stands first; it was left out. "
            "Written as 2025-03-10 it is clear",
            document=str(record["id"]),
        )
        for field, words in unclear.items()
    )
    return replace(reading, problems=(*reading.problems, *found)) if found else reading


def _known(field: str) -> str:
    *names, last = names_of(field)[:5]
    return f"{', '.join(names)} or {last}"


def _delimiter(text: str) -> str:
    """The sign that stands most often in the first line, outside quotation marks."""
    head = text.partition("\n")[0].split('"')[::2]
    return max(_DELIMITERS, key=lambda sign: sum(part.count(sign) for part in head))
