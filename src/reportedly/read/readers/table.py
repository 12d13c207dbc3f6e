"""Reads tables of documents in Apache Parquet: a document a row, its column `text` being the text."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import IO, Any

from reportedly.errors import MissingExtraError
from reportedly.extras import load_extra
from reportedly.model import Reading
from reportedly.read.assembly import failed
from reportedly.read.files.members import seekable
from reportedly.read.readers.json_lines import read_record

COLUMNS = ("id", "text", "url", "title", "publisher", "published", "fetched")
"""The columns that are read: those of a JSON Lines record; others are passed over."""

GROUP_MOST = 2 << 30
"""Bytes of a row group, unpacked; writers make them of 128 MB or a million rows."""

_ROWS = 8  # held in memory at once: a row may be as large as the largest document


def read_table(stream: IO[bytes], name: str, groups: Sequence[int] | None = None) -> Iterator[Reading]:
    """The documents of a table.

    Args:
        stream: the file's bytes.
        name: the file's name, for problems; a document's name is its row's `id`.
        groups: which of its row groups, from 0; None reads all.

    Yields:
        A reading a row, in order; `too-large` in the place of a row group that would not fit into memory. `bad-table` where the file is
        damaged or has no columns `id` and `text`, `missing-extra` where the library is not installed.

    Source: Apache Parquet format, file and row group metadata.
    """
    try:
        arrow, parquet = load_extra("pyarrow", "engine"), load_extra("pyarrow.parquet", "engine")
    except MissingExtraError:
        message = "Parquet files are read with pyarrow, which is not installed: pip install 'reportedly[engine]'"
        yield failed(name, "missing-extra", message)
        return
    with seekable(stream) as whole:
        try:
            file = parquet.ParquetFile(whole)
            columns = [column for column in COLUMNS if column in file.schema_arrow.names]
            lacking = [column for column in ("id", "text") if column not in columns]
            if lacking:
                message = f"it has no column {' and no column '.join(lacking)}; nothing was read from it"
                yield failed(name, "bad-table", message)
                return
            wanted = range(file.metadata.num_row_groups) if groups is None else groups
            yield from _read_groups(file, name, wanted, columns)
        except (arrow.ArrowException, OSError) as error:
            yield failed(name, "bad-table", f"it is cut or damaged ({_first_line(error)}); what stands before was read")


def count_groups(stream: IO[bytes]) -> int:
    """How many row groups a table has; 1 for one that cannot be read, which its reading then tells."""
    try:
        arrow, parquet = load_extra("pyarrow", "engine"), load_extra("pyarrow.parquet", "engine")
    except MissingExtraError:
        return 1
    try:
        return max(1, int(parquet.ParquetFile(stream).metadata.num_row_groups))
    except (arrow.ArrowException, OSError):
        return 1


def _read_groups(file: Any, name: str, groups: Sequence[int], columns: Sequence[str]) -> Iterator[Reading]:  # noqa: ANN401 - pyarrow has no types
    for group in groups:
        first = 1 + sum(file.metadata.row_group(before).num_rows for before in range(group))
        size = file.metadata.row_group(group).total_byte_size
        if size > GROUP_MOST:
            yield failed(name, "too-large", f"its row group {group} has {size:,} bytes unpacked, more than {GROUP_MOST:,}; it was left out")
            continue
        for batch in file.iter_batches(batch_size=_ROWS, row_groups=[group], columns=columns):
            for row in batch.to_pylist():
                yield read_record({key: _plain(value) for key, value in row.items() if value is not None}, f"{name}, row {first}")
                first += 1


def _plain(value: Any) -> Any:  # noqa: ANN401 - a cell is of any type
    """A cell as JSON would hold it: days and moments as ISO text."""
    return value.isoformat() if isinstance(value, dt.date) else value


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
