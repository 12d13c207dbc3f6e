"""Any records of the ledger as one flat table, by the types of their fields: for data frames and for looking at.

Intervals become two days, pieces of text their words, records of one kind inside a record its columns with a prefix; several records inside
one (the entries of a series) are a table of their own, see `inner_kinds`.
"""

import dataclasses
import datetime as dt
import json
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reportedly.export.matter import words_of
from reportedly.export.tables import Cell, Column, Kind, Table, first_day, last_day
from reportedly.model import Interval, Span

Reads = Callable[[Any], Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A column with how its cell is read off a record."""

    column: Column
    read: Reads


def record_table(name: str, kind: type, records: Sequence[object], before: Mapping[str, Sequence[str]] | None = None) -> Table:
    """Records of one class as a table.

    Args:
        name: the table's name.
        kind: the records' class.
        records: the records, a row each.
        before: columns of text that stand before those of the records, a cell a record.
    """
    made = list(_columns(kind, "", lambda record: record))
    first = before or {}
    rows = tuple(
        (*(cells[number] for cells in first.values()), *(one.read(record) for one in made)) for number, record in enumerate(records)
    )
    return Table(name=name, columns=(*(Column(name=key) for key in first), *(one.column for one in made)), rows=rows)


def inner_kinds(kind: type) -> dict[str, type]:
    """The fields of a class that hold several records, with the class of these."""
    found: dict[str, type] = {}
    for name, hint in typing.get_type_hints(kind).items():
        inner = _repeated(_bare(hint))
        if isinstance(inner, type) and dataclasses.is_dataclass(inner) and inner not in (Span, Interval):
            found[name] = inner
    return found


def _columns(kind: type, prefix: str, of: Callable[[Any], Any]) -> Iterator[_Made]:
    hints = typing.get_type_hints(kind)
    several = inner_kinds(kind)
    for field in dataclasses.fields(kind):
        if field.name not in several:
            yield from _field(prefix + field.name, _bare(hints[field.name]), _getter(of, field.name))


def _getter(of: Callable[[Any], Any], name: str) -> Callable[[Any], Any]:
    def read(record: Any) -> Any:  # noqa: ANN401 - any record
        inner = of(record)
        return None if inner is None else getattr(inner, name)

    return read


def _field(name: str, hint: Any, of: Callable[[Any], Any]) -> Iterator[_Made]:  # noqa: ANN401 - a hint is of any type
    if hint is Interval:
        yield _made(f"{name}_from", "day", lambda record: first_day(of(record)))
        yield _made(f"{name}_to", "day", lambda record: last_day(of(record)))
    elif hint is Span:
        yield _made(name, "text", lambda record: None if of(record) is None else of(record).text)
    elif _repeated(hint) is Span:
        yield _made(name, "text", lambda record: words_of(of(record) or ()) or None)
    elif isinstance(hint, type) and dataclasses.is_dataclass(hint):
        yield from _columns(hint, f"{name}_", of)
    else:
        kind, read = _plain(hint)
        yield _made(name, kind, lambda record: None if of(record) is None else read(of(record)))


def _made(name: str, kind: Kind, read: Reads) -> _Made:
    return _Made(column=Column(name=name, kind=kind), read=read)


def _plain(hint: Any) -> tuple[Kind, Reads]:  # noqa: ANN401 - a hint is of any type
    """The kind of a column for a hint that is no record, and how its cell is read off the value."""
    numbers: Mapping[Any, tuple[Kind, Reads]] = {
        bool: ("flag", bool),
        int: ("count", int),
        float: ("number", lambda value: Decimal(str(value))),
        Decimal: ("number", lambda value: value),
        dt.date: ("day", lambda value: value),
    }
    if hint in numbers:
        return numbers[hint]
    if typing.get_origin(hint) is tuple:
        return "texts", lambda value: tuple(map(_word, value))
    return "text", _word


def _word(value: object) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(_word(part) for part in value if part is not None)
    return json.dumps(dict(value), ensure_ascii=False, default=str) if isinstance(value, Mapping) else str(value)


def _bare(hint: Any) -> Any:  # noqa: ANN401 - a hint is of any type
    """A hint without its None."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        inner = [part for part in typing.get_args(hint) if part is not type(None)]
        return inner[0] if len(inner) == 1 else str
    return hint


def _repeated(hint: Any) -> Any:  # noqa: ANN401 - a hint is of any type
    """What a tuple of any length holds; None for anything else."""
    arguments = typing.get_args(hint)
    return arguments[0] if typing.get_origin(hint) is tuple and len(arguments) > 1 and arguments[-1] is Ellipsis else None
