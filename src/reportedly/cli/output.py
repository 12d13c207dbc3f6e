"""Prints rows: a table for people, JSON, JSON Lines or CSV."""

import csv
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportedly.cli.options import Format
from reportedly.model import Row

if TYPE_CHECKING:
    from rich.console import RenderableType


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table for people.

    Attributes:
        title: its head.
        cell: what of a row stands in it.
        width: most characters of a line in it; None leaves it to the terminal.
        right: whether numbers stand at its right edge.
    """

    title: str
    cell: Callable[[Row], str]
    width: int | None = None
    right: bool = False


def chosen_format(asked: Format | None) -> Format:
    """The format asked for, else a table on a terminal and JSON Lines in a pipe."""
    return asked or (Format.TABLE if sys.stdout.isatty() else Format.JSONL)


def emit(rows: Iterable[Row], columns: Sequence[Column], form: Format | None, *, empty: str = "nothing found") -> None:
    """Print rows.

    Args:
        rows: JSON rows of one kind.
        columns: what a table shows of them.
        form: how to print them.
        empty: what a table says where there are none.
    """
    chosen = chosen_format(form)
    if chosen is Format.JSONL:
        for row in rows:
            print_line(row)
    elif chosen is Format.JSON:
        sys.stdout.write(json.dumps(list(rows), ensure_ascii=False, indent=1) + "\n")
    elif chosen is Format.CSV:
        _print_csv(list(rows))
    else:
        _print_table(list(rows), columns, empty)


def print_line(row: Row) -> None:
    """One JSON object on a line."""
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def print_rich(renderable: "RenderableType") -> None:
    """Something for people, on standard output."""
    from rich.console import Console  # noqa: PLC0415 - slow to import, and only a table needs it

    Console(file=sys.stdout, highlight=False).print(renderable)


def _print_table(rows: list[Row], columns: Sequence[Column], empty: str) -> None:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - slow to import
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    if not rows:
        sys.stderr.write(empty + "\n")
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column.title, justify="right" if column.right else "left", max_width=column.width, overflow="fold")
    for row in rows:
        table.add_row(*(Text(column.cell(row)) for column in columns))
    print_rich(table)


def _print_csv(rows: list[Row]) -> None:
    if not rows:
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    names = list(rows[0])
    writer.writerow(names)
    for row in rows:
        writer.writerow([_flat(row.get(name)) for name in names])


def _flat(value: Any) -> str:  # noqa: ANN401 - any JSON value
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
