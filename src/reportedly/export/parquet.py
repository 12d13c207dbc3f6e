"""Tables as Apache Parquet, with the types that readers expect: lists, days, decimals."""

import io
from decimal import Decimal
from typing import TYPE_CHECKING

from reportedly.export.tables import Cell, Table

if TYPE_CHECKING:
    import pyarrow as pa

_DIGITS, _PLACES = 38, 6  # of a decimal128; a figure beyond is kept as far as its places go, and one too long is not known


def arrow_table(table: Table) -> "pa.Table":
    """A table as an Arrow table."""
    import pyarrow as pa  # noqa: PLC0415 - heavy, and of the extra `export`

    kinds = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "number": pa.decimal128(_DIGITS, _PLACES),
        "count": pa.int64(),
        "day": pa.date32(),
        "flag": pa.bool_(),
    }
    arrays = [pa.array([_cell(row[k]) for row in table.rows], type=kinds[column.kind]) for k, column in enumerate(table.columns)]
    return pa.table(arrays, names=[column.name for column in table.columns])


def parquet_bytes(table: Table) -> bytes:
    """A table as the bytes of a Parquet file."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - heavy

    out = io.BytesIO()
    pq.write_table(arrow_table(table), out)
    return out.getvalue()


def _cell(cell: Cell) -> object:
    if isinstance(cell, Decimal):
        whole = cell.adjusted() + 1
        return round(cell, _PLACES) if whole <= _DIGITS - _PLACES else None
    if isinstance(cell, str):
        return _storable(cell)
    return [_storable(part) for part in cell] if isinstance(cell, tuple) else cell


def _storable(words: str) -> str:
    """UTF-8 knows no half of a surrogate pair, which a broken page may hold; it becomes the replacement character."""
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
