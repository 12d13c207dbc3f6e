"""Puts spans back on a text's own characters."""

import dataclasses
from typing import Any, TypeVar

from reportedly.model import Span, span_of

R = TypeVar("R")


def reanchored(record: R, text: str) -> R:
    """A record with every span in it read anew from a text.

    Args:
        record: any dataclass of the model.
        text: the document's text.

    Returns:
        The same record with spans at the same places.
    """
    changes = {field.name: _anew(getattr(record, field.name), text) for field in dataclasses.fields(record)}  # type: ignore[arg-type]
    return dataclasses.replace(record, **changes)  # type: ignore[type-var]


def _anew(value: Any, text: str) -> Any:  # noqa: ANN401 - a field's value is of any type
    if isinstance(value, Span):
        return span_of(text, value.start, value.end)
    if isinstance(value, tuple):
        return tuple(_anew(one, text) for one in value)
    return reanchored(value, text) if dataclasses.is_dataclass(value) and not isinstance(value, type) else value
