"""Prints rows: a table for people, JSON, JSON Lines or CSV."""

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportedly.cli.options import Format
from reportedly.model import Row

if TYPE_CHECKING:
    from rich.console import Console, JustifyMethod, RenderableType

_WIDE = 100  # characters; a narrower terminal cannot keep to the columns' least widths without cutting words off
_STEERING = {code: " " for code in (*range(32), *range(127, 160)) if code != ord("\n")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table for people.

    Attributes:
        title: its head.
        cell: what of a row stands in it.
        width: most characters of a line in it; None leaves it to the terminal.
        least: fewest characters of a line in it, where the terminal is wide enough; None leaves it to the terminal.
        right: whether numbers stand at its right edge.
        once: whether a cell stays empty where this and every `once` column before it repeat the row above.
    """

    title: str
    cell: Callable[[Row], str]
    width: int | None = None
    least: int | None = None
    right: bool = False
    once: bool = False


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


def print_whole(text: str) -> None:
    """A text as it is, no line end changed and no character replaced: UTF-8, half a surrogate pair as its three bytes."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))


def print_rich(renderable: "RenderableType") -> None:
    """Something for people, on standard output."""
    _console().print(renderable)


def _console() -> "Console":
    from rich.console import Console  # noqa: PLC0415 - slow to import, and only people's forms need it

    return Console(file=sys.stdout, highlight=False)


def _print_table(rows: list[Row], columns: Sequence[Column], empty: str) -> None:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - slow to import
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    if not rows:
        sys.stderr.write(f"{empty}\n" if empty else "")
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    wide = _console().width >= _WIDE
    for column in columns:
        side: JustifyMethod = "right" if column.right else "left"
        least = column.least if wide else None
        table.add_column(column.title, justify=side, min_width=least, max_width=column.width, overflow="fold")
    for cells in _cells(rows, columns):
        table.add_row(*map(Text, cells))
    print_rich(table)


def _cells(rows: Sequence[Row], columns: Sequence[Column]) -> Iterator[list[str]]:
    """The words of each row's cells; what the row above says already is left out of `once` columns."""
    above: list[str] = []
    for row in rows:
        cells = [printable(column.cell(row)) for column in columns]
        same = True
        shown = []
        for place, (column, words) in enumerate(zip(columns, cells, strict=True)):
            same = same and (not column.once or above[place : place + 1] == [words])
            shown.append("" if column.once and same else words)
        above = cells
        yield shown


def printable(text: str) -> str:
    """A page's words for a terminal, character for character: what would steer it (escapes, carriage returns) is a blank."""
    return text.translate(_STEERING)


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
