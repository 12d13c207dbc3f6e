"""Records to JSON rows and back: the same names at the command line, in Python, over HTTP and MCP.

A record becomes a dict of its fields in their order, with these exceptions (design section 3): an `Interval` is
`{"from", "to", "text", "start", "end", "against", "granularity", "basis"}`; a field named `span` is spread into `start, end, text`;
a claim's `content`, `cue` and `source` are one span, a list of spans where the text is broken, or null; numbers are decimal strings.
"""

import dataclasses
import datetime as dt
import functools
import types
import typing
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from reportedly.model.claim import Claim
from reportedly.model.document import Article
from reportedly.model.interval import Interval
from reportedly.model.span import Span

Row = dict[str, Any]
R = TypeVar("R")

_PLAIN = frozenset({str, int, float, bool, type(None)})  # what is its own JSON value
_BROKEN = ("content", "cue", "source")  # a claim's parts that may stand in pieces


def row_of(record: object) -> Row:
    """The JSON row of a record.

    Args:
        record: any dataclass of `model/`.

    Returns:
        A dict that `json.dumps` takes as it is.
    """
    row = _encode(record)
    if not isinstance(row, dict):
        raise TypeError(type(record).__name__)
    return row


def record_of(kind: type[R], row: Mapping[str, Any]) -> R:
    """The record of a JSON row that `row_of` made; unknown names are ignored, missing ones take their default.

    Args:
        kind: the record's class.
        row: the row.

    Returns:
        The record.

    Raises:
        ValueError: a field has the wrong shape, or one without a default is missing.
    """
    try:
        return typing.cast("R", _decode_record(kind, row))
    except (TypeError, KeyError, ArithmeticError) as error:
        message = f"no {kind.__name__}: {error}"
        raise ValueError(message) from error


def article_row(article: Article, text: str) -> Row:
    """The row that `reportedly read` prints for an article.

    Args:
        article: the article.
        text: its document's text.

    Returns:
        The row. `text` is what the report says under its headline: the words of its passages joined by newlines, without the headline
        over the first of them, which stands under `title`; where there is nothing else, the headline.
    """
    headed = next((place for place, p in enumerate(article.passages) if p.role != "headline"), 0)

    def dated(interval: Interval | None, evidence: str | None) -> Row | None:
        if interval is None:
            return None
        words = interval.words.text if interval.words else None
        return {"from": interval.first, "to": interval.last, "text": words, "evidence": evidence}

    return {
        "document": article.document,
        "article": article.number,
        "kind": article.kind,
        "spans": [{"start": p.start, "end": p.end, "role": p.role} for p in article.passages],
        "title": article.title,
        "outlet": article.outlet,
        "byline": article.byline,
        "dateline": article.dateline,
        "credits": list(article.credits),
        "published": dated(article.published, article.published_evidence),
        "updated": dated(article.updated, None),
        "published_on_page": dated(article.published_on_page, None),
        "language": article.language,
        "corrections": [_encode(span) for span in article.corrections],
        "text": "\n".join(text[p.start : p.end] for p in article.passages[headed:]),
    }


def decimal_text(number: Decimal) -> str:
    """A decimal in plain digits, without exponent or trailing zeros after the point: `15000`, `7.8`."""
    plain = format(number, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _encode(value: object) -> Any:  # noqa: ANN401, PLR0911 - one return for each kind of JSON value
    if type(value) in _PLAIN:
        return value
    if isinstance(value, tuple | list):
        return [v if type(v) in _PLAIN else _encode(v) for v in value]
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, Interval):
        words = value.words
        return {
            "from": value.first,
            "to": value.last,
            "text": words.text if words else None,
            "start": words.start if words else None,
            "end": words.end if words else None,
            "against": value.against,
            "granularity": value.granularity,
            "basis": value.basis,
        }
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _encode_record(value)
    if isinstance(value, Mapping):
        return {str(k): _encode(v) for k, v in value.items()}
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def _encode_record(record: Any) -> Row:  # noqa: ANN401 - any dataclass
    row: Row = {}
    broken = _BROKEN if isinstance(record, Claim) else ()
    kind: type = type(record)
    for name in _field_names(kind):
        value = getattr(record, name)
        if type(value) in _PLAIN:
            row[name] = value
        elif name == "span" and isinstance(value, Span):
            row |= {"start": value.start, "end": value.end, "text": value.text}
        elif name in broken:
            pieces = [_encode(span) for span in value]
            row[name] = pieces if len(pieces) > 1 else pieces[0] if pieces else None
        else:
            row[name] = _encode(value)
    return row


@functools.cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _decode_record(kind: type, row: Mapping[str, Any]) -> object:
    if kind is Interval:
        return _decode_interval(row)
    values: dict[str, Any] = {}
    hints = _hints(kind)
    for field in dataclasses.fields(kind):
        if field.name == "span" and hints["span"] is Span:
            values["span"] = _decode_record(Span, row)
        elif field.name in row:
            values[field.name] = _decode(hints[field.name], row[field.name])
    return kind(**values)


def _decode_interval(row: Mapping[str, Any]) -> Interval:
    words = None
    if row.get("text") is not None and row.get("start") is not None:
        words = Span(start=row["start"], end=row["end"], text=row["text"])
    return Interval(
        first=row["from"],
        last=row["to"],
        words=words,
        against=row.get("against"),
        granularity=row.get("granularity"),
        basis=row.get("basis"),
    )


def _decode(hint: Any, value: Any) -> Any:  # noqa: ANN401, PLR0911 - hints and JSON values are of every type
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        inner = [h for h in typing.get_args(hint) if h is not type(None)]
        return None if value is None else _decode(inner[0], value) if len(inner) == 1 else value
    if origin is tuple:
        kinds = typing.get_args(hint)
        if value is None:
            return ()
        if isinstance(value, Mapping):
            value = [value]
        if len(kinds) == 2 and kinds[1] is Ellipsis:  # noqa: PLR2004 - tuple[X, ...]
            return tuple(_decode(kinds[0], v) for v in value)
        return tuple(_decode(k, v) for k, v in zip(kinds, value, strict=True))
    if hint is Decimal:
        return Decimal(str(value))
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _decode_record(hint, value)
    return value
