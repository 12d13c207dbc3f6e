"""JSON Schemas of the records, made from the records themselves, so that no list of fields is kept twice.

They say what `model.rows.row_of` writes: an interval is `{from, to, text ...}`, a field named `span` is spread into `start, end, text`,
a claim's content, cue and source are one span, a list of spans or null, and numbers are decimal strings.
"""

import dataclasses
import datetime as dt
import inspect
import types
import typing
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from reportedly.model import Claim, Interval, Span
from reportedly.model.meanings import field_meanings

Schema = dict[str, Any]

_PLACE = "#/components/schemas/"
_PLAIN: Mapping[type, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    Decimal: {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"},
    dt.date: {"type": "string", "format": "date"},
}
_NULL: Schema = {"type": "null"}
_BROKEN = ("content", "cue", "source")


def reference(name: str) -> Schema:
    """A reference to a schema by its name."""
    return {"$ref": _PLACE + name}


class Schemas:
    """The schemas of some records and of all records inside them."""

    def __init__(self) -> None:
        self.found: dict[str, Schema] = {}

    def add(self, kind: type) -> Schema:
        """The schema of a record, kept under its name; a reference to it."""
        if kind.__name__ not in self.found:
            self.found[kind.__name__] = {}  # so that a record that holds itself ends here
            self.found[kind.__name__] = _interval() if kind is Interval else self._record(kind)
        return reference(kind.__name__)

    def page(self, kind: type) -> Schema:
        """The schema of a page of rows of a kind."""
        name = f"{kind.__name__}Page"
        self.found[name] = {
            "type": "object",
            "description": "A page of rows.",
            "properties": {
                "revision": {"type": "integer", "description": "The ledger's revision that the answer is of."},
                "total": {"type": "integer", "description": "How many rows there are on all pages."},
                "limit": {"type": "integer"},
                "offset": {"type": "integer"},
                "rows": {"type": "array", "items": self.add(kind)},
            },
            "required": ["revision", "total", "limit", "offset", "rows"],
            "additionalProperties": False,
        }
        return reference(name)

    def _record(self, kind: type) -> Schema:
        meanings = field_meanings(kind)
        hints = typing.get_type_hints(kind)
        properties: dict[str, Schema] = {}
        for field in dataclasses.fields(kind):
            if field.name == "span" and hints[field.name] is Span:
                properties |= self._record(Span)["properties"]
                continue
            schema = self._broken() if kind is Claim and field.name in _BROKEN else self._of(hints[field.name])
            properties[field.name] = {**schema, "description": meanings.get(field.name, "")}
        first = (inspect.getdoc(kind) or "").split("\n\n")[0]
        return _object(properties, first)

    def _broken(self) -> Schema:
        span = self.add(Span)
        return {"anyOf": [span, {"type": "array", "items": span}, _NULL]}

    def _of(self, hint: Any) -> Schema:  # noqa: ANN401, PLR0911 - any type of a field, one return for each sort
        origin, inner = typing.get_origin(hint), typing.get_args(hint)
        if isinstance(hint, type) and hint in _PLAIN:
            return dict(_PLAIN[hint])
        if isinstance(hint, type) and dataclasses.is_dataclass(hint):
            return self.add(hint)
        if origin is typing.Literal:
            return {"enum": list(inner)}
        if origin in (typing.Union, types.UnionType):
            return {"anyOf": [_NULL if part is types.NoneType else self._of(part) for part in inner]}
        if origin is tuple and len(inner) == 2 and inner[1] is Ellipsis:  # noqa: PLR2004 - tuple[X, ...]
            return {"type": "array", "items": self._of(inner[0])}
        if origin is tuple:
            return {"type": "array", "prefixItems": [self._of(part) for part in inner], "minItems": len(inner), "maxItems": len(inner)}
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return {"type": "object", "additionalProperties": self._of(inner[1])}
        return {}


def _object(properties: dict[str, Schema], description: str) -> Schema:
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _interval() -> Schema:
    words: Schema = {"anyOf": [{"type": "string"}, _NULL]}
    place: Schema = {"anyOf": [{"type": "integer"}, _NULL]}
    names = {"from": words, "to": words, "text": words, "start": place, "end": place}
    return _object({**names, "against": words, "granularity": words, "basis": words}, (inspect.getdoc(Interval) or "").split("\n\n")[0])
