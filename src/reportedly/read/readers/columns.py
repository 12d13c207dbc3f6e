"""Tells which column of a table holds what, and makes records of its rows."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from typing import Any, Literal

_TABLE = tomllib.loads(resources.files("reportedly.read.readers").joinpath("columns.toml").read_text(encoding="utf-8"))
_FIELDS: dict[str, list[str]] = {name: names for name, names in _TABLE["fields"].items() if name != "source"}
_SIGNS = re.compile(r"[\W_]+")
_NUMERIC = re.compile(
    r"\s*(?P<one>\d{1,2})(?P<sign>[./-])(?P<two>\d{1,2})(?P=sign)(?P<year>(?:19|20)\d\d)(?P<rest>(?:[ T,].*)?)\s*", re.DOTALL
)
_MONTHS = 12

DayOrder = Literal["day first", "month first", "unknown"]


def choose_columns(names: Iterable[str]) -> dict[str, str]:
    """Which of some columns hold a record's fields.

    Args:
        names: the columns' names as they stand in the table.

    Returns:
        The field to the column's name, the likelier of two by the order of `columns.toml`; a field that no column holds is missing.
    """
    plain = {_SIGNS.sub("", name).casefold(): name for name in reversed([*names])}
    found = {field: next((plain[known] for known in ways if known in plain), None) for field, ways in _FIELDS.items()}
    return {field: name for field, name in found.items() if name is not None}


def names_of(field: str) -> Sequence[str]:
    """By which names a field's column is known."""
    return _FIELDS[field]


def make_record(row: Mapping[str, Any], columns: Mapping[str, str], name: str, order: DayOrder) -> dict[str, Any]:
    """A row as a record, its days in ISO order where the order is known.

    Args:
        row: the row's cells by column.
        columns: as `choose_columns` gives them.
        name: the document's name where the row has no id.
        order: in which order the column of days writes them.
    """
    cells = {field: _cell(row.get(column)) for field, column in columns.items()}
    record = {field: value for field, value in cells.items() if value is not None and (not isinstance(value, str) or value.strip())}
    for field in ("published", "fetched"):
        if isinstance(words := record.get(field), str):
            record[field] = in_iso(words, order)
    return {"id": name, **record}


def _cell(value: Any) -> Any:  # noqa: ANN401 - what JSON holds
    """A cell; of an object, as of a source with its id, the name."""
    return value.get("name") if isinstance(value, Mapping) else value


def order_of(days: Iterable[Any]) -> DayOrder:
    """In which order a column writes numeric days: told by a number above twelve in any of its rows, or by dots between them."""
    for words in days:
        match = _NUMERIC.fullmatch(words) if isinstance(words, str) else None
        if match and (int(match["one"]) > _MONTHS or match["sign"] == "."):
            return "day first"
        if match and int(match["two"]) > _MONTHS:
            return "month first"
    return "unknown"


def in_iso(words: str, order: DayOrder) -> str:
    """A numeric day in ISO order; other words, and a day whose order nothing tells, as they are."""
    match = _NUMERIC.fullmatch(words)
    if not match or (order == "unknown" and match["one"] != match["two"]):
        return words
    day, month = (match["two"], match["one"]) if order == "month first" else (match["one"], match["two"])
    return f"{match['year']}-{int(month):02d}-{int(day):02d}{match['rest'].rstrip()}"


def is_ambiguous(words: Any, order: DayOrder) -> bool:  # noqa: ANN401 - any cell
    """Whether a day may be read in two ways and nothing in its column tells which."""
    match = _NUMERIC.fullmatch(words) if isinstance(words, str) else None
    return bool(match) and order == "unknown" and match is not None and match["one"] != match["two"]
