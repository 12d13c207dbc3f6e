"""Tells which column of a table holds what, and makes records of its rows."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from typing import Any, Literal

_TABLE = tomllib.loads(resources.files("reportedly.read.readers").joinpath("columns.toml").read_text(encoding="utf-8"))
_FIELDS: dict[str, list[str]] = {name: names for name, names in _TABLE["fields"].items() if name != "source"}
_OWN: list[list[str]] = _TABLE["own"]["what"]
_SIGNS = re.compile(r"[\W_]+")
_NUMERIC = re.compile(
    r"\s*(?P<one>\d{1,2})(?P<sign>[./-])(?P<two>\d{1,2})(?P=sign)(?P<year>(?:19|20)\d\d)(?P<rest>(?:[ T,].*)?)\s*", re.DOTALL
)
_MONTHS = 12

DAYS = ("published", "fetched")
"""The fields that are days."""

DayOrder = Literal["day first", "month first", "unknown"]


def choose_columns(names: Iterable[str]) -> dict[str, str]:
    """Which of some columns hold a record's fields.

    Args:
        names: the columns' names as they stand in the table.

    Returns:
        The field to the column's name, the likelier of two by the order of `columns.toml`; a field that no column holds is missing.
    """
    plain = {_plain(name): name for name in reversed([*names])}
    found = {field: next((plain[known] for known in ways if known in plain), None) for field, ways in _FIELDS.items()}
    return {field: name for field, name in found.items() if name is not None}


def _plain(name: str) -> str:
    return _SIGNS.sub("", name).casefold()


def names_of(field: str) -> Sequence[str]:
    """By which names a field's column is known."""
    return _FIELDS[field]


def is_own_output(names: Iterable[str]) -> bool:
    """Whether a table's columns are those of an export of this program, or of what its commands print."""
    known = set(map(_plain, names))
    return any(known.issuperset(map(_plain, columns)) for columns in _OWN)


def make_record(row: Mapping[str, Any], columns: Mapping[str, str], name: str, orders: Mapping[str, DayOrder]) -> dict[str, Any]:
    """A row as a record: a text in several pieces as its paragraphs, its days in ISO order where the order is known.

    Args:
        row: the row's cells by column.
        columns: as `choose_columns` gives them.
        name: the document's name where the row has no id.
        orders: in which order each column of days writes them, by field.
    """
    cells = {field: _cell(row.get(column)) for field, column in columns.items()}
    record = {field: value for field, value in cells.items() if value is not None and (not isinstance(value, str) or value.strip())}
    if isinstance(parts := record.get("text"), list) and all(isinstance(part, str) for part in parts):
        record["text"] = "\n\n".join(parts)
    for field in DAYS:
        if isinstance(words := record.get(field), str):
            record[field] = in_iso(words, orders[field])
    return {"id": name, **record}


def _cell(value: Any) -> Any:  # noqa: ANN401 - what JSON holds
    """A cell; of an object, as of a source with its id, the name."""
    return value.get("name") if isinstance(value, Mapping) else value


def order_of(days: Iterable[Any]) -> DayOrder:
    """In which order a column writes numeric days: told by a number above twelve in any of its rows, or by dots between them.

    Returns:
        The order; `unknown` where nothing tells, or one row tells the one order and another row the other.
    """
    found: set[DayOrder] = set()
    dotted = False
    for words in days:
        match = _NUMERIC.fullmatch(words) if isinstance(words, str) else None
        if match:
            found.add(_shown(match))
            dotted = dotted or match["sign"] == "."
    found.discard("unknown")
    if not found and dotted:
        return "day first"
    return found.pop() if len(found) == 1 else "unknown"


def _shown(match: re.Match[str]) -> DayOrder:
    """In which order a numeric day stands, as far as it shows by itself."""
    first, second = int(match["one"]) > _MONTHS, int(match["two"]) > _MONTHS
    if first == second:
        return "unknown"
    return "day first" if first else "month first"


def in_iso(words: str, order: DayOrder) -> str:
    """A numeric day in ISO order; other words, and a day whose order nothing tells, as they are."""
    match = _NUMERIC.fullmatch(words)
    if not match or is_ambiguous(words, order):
        return words
    shown = _shown(match)
    month_first = (order if shown == "unknown" else shown) == "month first"
    day, month = (match["two"], match["one"]) if month_first else (match["one"], match["two"])
    return f"{match['year']}-{int(month):02d}-{int(day):02d}{match['rest'].rstrip()}"


def is_ambiguous(words: Any, order: DayOrder) -> bool:  # noqa: ANN401 - any cell
    """Whether a day may be read in two ways and nothing in it or in its column tells which."""
    match = _NUMERIC.fullmatch(words) if isinstance(words, str) else None
    if match is None or order != "unknown":
        return False
    first, second = sorted((int(match["one"]), int(match["two"])))
    return first < second <= _MONTHS
