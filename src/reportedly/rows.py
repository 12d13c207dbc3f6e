"""Answers as Python has them: rows that are records, data frames, and something to look at in a notebook."""

import html
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from reportedly.errors import MissingExtraError
from reportedly.export.record_tables import inner_kinds, record_table
from reportedly.export.tables import Table, cells_as_text
from reportedly.model import Row, row_of

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped]
    import polars as pl

R = TypeVar("R")

_MOST_SHOWN = 20  # rows in a notebook
_LONGEST_CELL = 160  # characters in a notebook


class Rows(Sequence[R], Generic[R]):
    """The rows of an answer: a sequence of records that is also a data frame.

    Args:
        name: what the rows are ("figures").
        kind: the records' class.
        records: the records.
        before: columns that stand before those of the records in a frame, a text a record.
    """

    def __init__(self, name: str, kind: type[R], records: Sequence[R], before: Mapping[str, Sequence[str]] | None = None) -> None:
        self.name = name
        self.kind = kind
        self._records = tuple(records)
        self._before = {key: tuple(cells) for key, cells in (before or {}).items()}

    def __len__(self) -> int:
        """Number of rows."""
        return len(self._records)

    def __iter__(self) -> Iterator[R]:
        """The records in order."""
        return iter(self._records)

    @overload
    def __getitem__(self, place: int) -> R: ...

    @overload
    def __getitem__(self, place: slice) -> "Rows[R]": ...

    def __getitem__(self, place: int | slice) -> "R | Rows[R]":
        """A record, or some of the rows."""
        if isinstance(place, slice):
            return Rows(self.name, self.kind, self._records[place], {key: cells[place] for key, cells in self._before.items()})
        return self._records[place]

    def to_rows(self) -> list[Row]:
        """The rows as the command line prints them with `--format json`."""
        return [row_of(record) for record in self._records]

    def to_arrow(self) -> Any:  # noqa: ANN401 - an Arrow table; pyarrow tells no types
        """The rows as an Arrow table, typed also where there is none.

        Raises:
            MissingExtraError: pyarrow is missing.
        """
        from reportedly.export import arrow_table  # noqa: PLC0415 - only wanted here

        try:
            return arrow_table(self._table())
        except ImportError as error:
            raise MissingExtraError("export", "pyarrow") from error

    def to_pandas(self) -> "pd.DataFrame":
        """The rows as a pandas frame.

        Raises:
            MissingExtraError: pyarrow or pandas is missing.
        """
        try:
            frame: pd.DataFrame = self.to_arrow().to_pandas()
        except ImportError as error:
            raise MissingExtraError("export", "pandas") from error
        return frame

    def to_polars(self) -> "pl.DataFrame":
        """The rows as a Polars frame.

        Raises:
            MissingExtraError: pyarrow or Polars is missing.
        """
        try:
            import polars as pl  # noqa: PLC0415 - of the user's own
        except ImportError as error:
            raise MissingExtraError("export", "polars") from error
        frame = pl.from_arrow(self.to_arrow())
        if not isinstance(frame, pl.DataFrame):
            raise TypeError(type(frame).__name__)
        return frame

    @property
    def inner(self) -> tuple[str, ...]:
        """The fields that hold rows of their own, for `unnest`."""
        return tuple(inner_kinds(self.kind))

    def unnest(self, name: str) -> "Rows[object]":
        """The rows inside one field of all rows, each with the place of the row it stands in.

        Args:
            name: the field: the `entries` of series, the `positions` of statements, the `tellings` of lives.

        Raises:
            KeyError: it holds no rows.
        """
        kind = inner_kinds(self.kind)[name]
        found = [(place, inner) for place, record in enumerate(self._records) for inner in getattr(record, name)]
        first = {f"{self.name}_{key}": [str(getattr(self._records[place], key)) for place, _ in found] for key in self._keys()}
        return Rows(name, kind, [inner for _, inner in found], first)

    def _keys(self) -> tuple[str, ...]:
        """What names a row among the others."""
        names = set(getattr(self.kind, "__dataclass_fields__", ()))
        return tuple(key for key in ("id", "statement", "story") if key in names)[:1]

    def _table(self, most: int | None = None) -> Table:
        return record_table(self.name, self.kind, self._records[:most], {key: cells[:most] for key, cells in self._before.items()})

    def __repr__(self) -> str:
        """How many rows of what."""
        return f"<{len(self):,} {self.name}>"

    def _repr_html_(self) -> str:
        """A table for a notebook; every word of a page is escaped."""
        table = self._table(_MOST_SHOWN)
        used = [number for number in range(len(table.columns)) if any(row[number] not in (None, ()) for row in table.rows)]
        head = "".join(f'<th scope="col">{html.escape(table.columns[number].name)}</th>' for number in used)
        body = "".join(f"<tr>{''.join(f'<td>{_shown(cells[number])}</td>' for number in used)}</tr>" for cells in cells_as_text(table))
        left = f", the first {_MOST_SHOWN} of them" if len(self) > _MOST_SHOWN else ""
        caption = f"{len(self):,} {html.escape(self.name)}{left}"
        return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _shown(cell: str) -> str:
    words = " ".join(cell.split())
    return html.escape(words if len(words) <= _LONGEST_CELL else words[: _LONGEST_CELL - 1] + "…")
