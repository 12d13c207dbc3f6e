"""Reads lists of documents as people keep them: a spreadsheet saved as CSV, a list in JSON; a document a row."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportedly.model import Problem, Reading, Sidecar
from reportedly.read.assembly import failed
from reportedly.read.files.decoding import decode
from reportedly.read.readers.columns import DAYS, DayOrder, choose_columns, is_ambiguous, is_own_output, make_record, names_of, order_of
from reportedly.read.readers.json_lines import read_record
from reportedly.read.readers.text import encoding_problems

BYTES_MOST = 64_000_000
"""Bytes of a list, unpacked: what fits into memory several times over as rows."""

ROWS_MOST = 500_000
"""Rows of a list that are read."""

_DELIMITERS = ",;\t|"
_NO_SIGN = "\uffff"  # no character: in a table of one column each line is one cell
_LINE_END = re.compile(r"\r|\n")
_TABBED = re.compile(r"\.tsv(?:\.\w+)?$", re.IGNORECASE)
_BESIDE = ("publisher", "published", "fetched")  # what of a sidecar can hold for every row
_CELL_MOST = 64_000_000  # characters of a cell; Python's own limit of 131,072 is less than a long report
_COLUMNS_SHOWN = 12
_LISTS = ("articles", "items", "documents", "results", "data", "stories", "records", "docs")  # keys under which services answer with a list


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """What all rows of a list share.

    Attributes:
        name: the file's name.
        columns: the column of each field.
        orders: the order of day and month of each field that is a day.
        beside: what was noted of the whole list when it was saved.
        row_word: what stands before a row's number in a document's name.
    """

    name: str
    columns: Mapping[str, str]
    orders: Mapping[str, DayOrder]
    beside: Mapping[str, str]
    row_word: str


Row = tuple[int, Any]  # its number, and its cells by column; anything else is no record


def read_csv(content: bytes, name: str, problems: tuple[Problem, ...] = (), sidecar: Sidecar | None = None) -> Iterator[Reading]:
    """The documents of a table in CSV, whatever signs part its cells.

    Args:
        content: the file's bytes, unpacked.
        name: the file's name; a document's name is its cell `id`, else `file!row-N`, counted as a spreadsheet counts.
        problems: what could not be used so far.
        sidecar: what was noted when it was saved; its publisher and days hold for rows that have none.

    Yields:
        A reading a row, in order. `bad-table` where no column holds texts, the table is broken from some row on, or a row has more cells
        than there are columns; `unsupported-format` for what this program wrote, `too-large` for more than 64 MB or 500,000 rows.

    Source: RFC 4180; columns by the table `columns.toml`.
    """
    if fault := _too_large(content, name, problems):
        yield fault
        return
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
    reader = csv.reader(io.StringIO(lines, newline=""), delimiter=_delimiter(lines, name), strict=True)
    header: list[str] = []
    rows: list[Row] = []
    faults: list[Reading] = []
    number = first = 1 + skipped
    try:
        header = next(reader, [])
        for number, cells in enumerate(reader, start=first + 1):
            _take(cells, number, header, name, rows, faults)
            if len(rows) + len(faults) >= ROWS_MOST:
                faults.extend(_left_over(reader, number, name))
                break
    except csv.Error as error:
        broken = f"it is broken from row {number + 1} on ({error}); what stands before was read"
        faults.append(failed(name, "bad-table", broken))
    yield from _read_rows(rows, header, name, noted, sidecar, row_word="row-")
    yield from faults


def _left_over(reader: Iterator[Sequence[str]], number: int, name: str) -> Iterator[Reading]:
    """A problem where more rows than are read have words in them."""
    if any(any(map(str.strip, cells)) for cells in reader):
        yield failed(name, "too-large", _too_many(number))


def _too_many(number: int) -> str:
    return f"it has more than {ROWS_MOST:,} rows; those after row {number:,} were left out"


def _take(cells: Sequence[str], number: int, header: Sequence[str], name: str, rows: list[Row], faults: list[Reading]) -> None:
    """Take a row of a table, or note why it cannot be; blank ones stand at the end of many sheets."""
    if not any(map(str.strip, cells)):
        return
    surplus = sum(bool(cell.strip()) for cell in cells[len(header) :])
    if not surplus:
        rows.append((number, dict(zip(header, cells, strict=False))))
    else:
        message = (
            f"row {number} has {surplus:,} more cells with words than there are columns, as where a comma stands outside quotation marks; "
            "it was left out"
        )
        faults.append(failed(f"{name}!row-{number}", "bad-table", message))


def read_json(content: bytes, name: str, problems: tuple[Problem, ...] = (), sidecar: Sidecar | None = None) -> Iterator[Reading]:
    """The documents of a list in JSON, or of an object that holds one, or one record.

    Args:
        content: the file's bytes, unpacked.
        name: the file's name; a document's name is its field `id`, else `file!N`, counted from 1.
        problems: what could not be used so far.
        sidecar: what was noted when it was saved; its publisher and days hold for records that have none.

    Yields:
        A reading a record, in order. `unsupported-format` for JSON that holds no texts, such as a program's settings, or that this program
        wrote; `too-large` for more than 64 MB or 500,000 records.
    """
    if fault := _too_large(content, name, problems):
        yield fault
        return
    decoded = decode(content)
    try:
        value = json.loads((decoded.text or "").removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        yield failed(name, "bad-record", f"the file is no JSON, nothing was read from it: {error}", *problems)
        return
    if isinstance(value, dict):
        listed = None if _has_text(value) else next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)
        value = [value] if listed is None else listed
    rows = [(number, row) for number, row in enumerate(value, start=1) if not _is_blank(row)] if isinstance(value, list) else []
    header = list(dict.fromkeys(str(key) for _, row in rows if isinstance(row, dict) for key in row))
    if "text" not in choose_columns(header) and not is_own_output(header):
        message = f"it is no list of records with a text ({_known('text')}); it was left out"
        yield failed(name, "unsupported-format", message, *problems)
        return
    yield from _read_rows(rows[:ROWS_MOST], header, name, problems, sidecar, row_word="")
    if len(rows) > ROWS_MOST:
        yield failed(name, "too-large", _too_many(rows[ROWS_MOST - 1][0]))


def _too_large(content: bytes, name: str, problems: tuple[Problem, ...]) -> Reading | None:
    if len(content) <= BYTES_MOST:
        return None
    message = f"the list has {len(content):,} bytes, more than {BYTES_MOST:,}; nothing was read from it"
    return failed(name, "too-large", message, *problems)


def _has_text(record: Mapping[str, Any]) -> bool:
    """Whether an object is an article itself, so that a list in it is a part of it."""
    value = record.get(choose_columns(record).get("text", ""))
    return isinstance(value, str) or (isinstance(value, list) and bool(value) and all(isinstance(part, str) for part in value))


def _is_blank(row: Any) -> bool:  # noqa: ANN401 - what JSON holds
    """Whether nothing stands in a record."""
    cells = row.values() if isinstance(row, dict) else (row,)
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def _read_rows(
    rows: Sequence[Row], header: Sequence[str], name: str, problems: tuple[Problem, ...], sidecar: Sidecar | None, *, row_word: str
) -> Iterator[Reading]:
    if is_own_output(header):
        yield failed(name, "unsupported-format", "it is an export of this program, no list of articles; it was left out", *problems)
        return
    columns = choose_columns(header)
    if "text" not in columns:
        shown = ", ".join(map(repr, header[:_COLUMNS_SHOWN])) + (", ..." if len(header) > _COLUMNS_SHOWN else "")
        message = f"no column holds texts (it would be called {_known('text')}); its columns are {shown}; nothing was read from it"
        yield failed(name, "bad-table", message, *problems)
        return
    if problems:
        yield Reading(document=None, text="", problems=problems)
    records = [row for _, row in rows if isinstance(row, dict)]
    noted = {field: getattr(sidecar, field) for field in _BESIDE} if sidecar else {}
    listed = _List(
        name=name,
        columns=columns,
        orders={field: order_of(row.get(columns.get(field, "")) for row in records) for field in DAYS},
        beside={field: value for field, value in noted.items() if value is not None},
        row_word=row_word,
    )
    for number, row in rows:
        yield _read_row(row, number, listed)


def _read_row(row: Any, number: int, listed: _List) -> Reading:  # noqa: ANN401 - what JSON holds
    place = f"{listed.name}!{listed.row_word}{number}"
    if not isinstance(row, dict):
        return read_record(row, place)
    record = {**listed.beside, **make_record(row, listed.columns, place, listed.orders)}
    record.setdefault("text", "")
    unclear = {field: words for field in DAYS if is_ambiguous(words := record.get(field), listed.orders[field])}
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


def _delimiter(text: str, name: str) -> str:
    """The sign that stands most often in the first line, outside quotation marks; where none does, one that no text holds."""
    head = _LINE_END.split(text, maxsplit=1)[0].split('"')[::2]
    counts = {sign: sum(part.count(sign) for part in head) for sign in _DELIMITERS}
    if counts["\t"] and _TABBED.search(name):
        return "\t"
    likeliest = max(counts, key=lambda sign: counts[sign])
    return likeliest if counts[likeliest] else _NO_SIGN
