"""Records to the text a ledger keeps and back, fast: the decoder of each class is put together once.

The rows are those of `model.rows`; a test holds that both decode alike. JSON text is pure ASCII, so that any database takes it,
whatever U+0000 or lone surrogates the records hold.
"""

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from reportedly.model import Article, Claim, Document, Interval, Row, Span, row_of

R = TypeVar("R")
Decoder = Callable[[Any], Any]

_PASSAGES = '"passages":['
_READ = json.JSONDecoder().raw_decode
_NO_CONTENT = ("name", "read_at")  # of a document: where and when it was met, not what it is


def json_text(value: object) -> str:
    """Compact JSON in ASCII, names in the order given."""
    return json.dumps(value, separators=(",", ":"))


def claim_text(claim: Claim) -> str:
    """What a ledger keeps of a claim beside its id and its document."""
    row = row_of(claim)
    del row["document"], row["id"]
    if row["translation"] is None:  # no extracted claim has one: only a judgement gives it
        del row["translation"]
    return json_text(row)


def article_text(article: Article) -> str:
    """What a ledger keeps of an article beside its document."""
    row = row_of(article)
    del row["document"]
    return json_text(row)


def document_text(document: Document) -> str:
    """What a document is, apart from where and when it was met."""
    row = row_of(document)
    for name in _NO_CONTENT:
        del row[name]
    return json_text(row)


def read_json(payload: str) -> Any:  # noqa: ANN401 - JSON
    """The value of a text that `json_text` made: without white space around it, for which `json.loads` looks first."""
    return _READ(payload)[0]


def read_claim(payload: str, document: str, identity: str) -> Claim:
    """The claim of a text that `claim_text` made."""
    row = read_json(payload)
    row["document"] = document
    row["id"] = identity
    return decode(Claim, row)


def read_article(payload: str, document: str, *, bare: bool = False) -> Article:
    """The article of a text that `article_text` made; a bare one without its passages, most of the text, which are not even parsed."""
    start = payload.find(_PASSAGES) + len(_PASSAGES) if bare else 0  # in a string the quotes would stand behind backslashes
    row = read_json(payload[:start] + payload[payload.index("]", start) :] if start >= len(_PASSAGES) else payload)
    row["document"] = document
    if bare:
        row["passages"] = ()
    return decode(Article, row)


def read_document(payload: str, name: str, read_at: str) -> Document:
    """The document of a text that `document_text` made."""
    row = read_json(payload)
    row["name"], row["read_at"] = name, read_at
    return decode(Document, row)


def decode(kind: type[R], row: Mapping[str, Any]) -> R:
    """The record of a row that `row_of` made; as `model.record_of`, without its checks."""
    return typing.cast("R", _record_decoder(typing.cast("type", kind))(row))


@functools.cache
def _record_decoder(kind: type) -> Decoder:
    if kind is Interval:
        return _interval
    if kind is Span:
        return _span
    hints = typing.get_type_hints(kind)
    spread = "span" in hints and hints["span"] is Span
    fields = [(f.name, _decoder(hints[f.name])) for f in dataclasses.fields(kind) if not (spread and f.name == "span")]
    plain = tuple(name for name, inner in fields if inner is None)
    rest = tuple((name, inner) for name, inner in fields if inner is not None)

    def read(row: Row) -> object:
        values = {name: row[name] for name in plain if name in row}
        for name, inner in rest:
            if name in row:
                values[name] = inner(row[name])
        if spread:
            values["span"] = _span(row)
        return kind(**values)

    return read


def _interval(row: Row) -> Interval:
    start = row["start"]
    return Interval(
        first=row["from"],
        last=row["to"],
        words=None if start is None else Span(start=start, end=row["end"], text=row["text"]),
        against=row["against"],
        granularity=row["granularity"],
        basis=row["basis"],
    )


def _span(row: Row) -> Span:
    return Span(start=row["start"], end=row["end"], text=row["text"])


def _decoder(hint: Any) -> Decoder | None:  # noqa: ANN401 - a hint is of any type
    """How values of a hint are decoded; None where JSON's value is the value."""
    origin = typing.get_origin(hint)
    arguments = typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        inner = [_decoder(h) for h in arguments if h is not type(None)]
        return _optional(inner[0]) if len(inner) == 1 and inner[0] else None
    if origin is tuple:
        return _sequence(arguments)
    if hint is Decimal:
        return Decimal
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _record_decoder(hint)
    return None


def _optional(inner: Decoder) -> Decoder:
    return lambda value: None if value is None else inner(value)


def _sequence(arguments: tuple[Any, ...]) -> Decoder:
    if arguments[-1] is not Ellipsis:
        inners = [_decoder(h) or _same for h in arguments]
        return lambda value: tuple(inner(v) for inner, v in zip(inners, value, strict=True))
    inner = _decoder(arguments[0])

    def read(value: Any) -> tuple[Any, ...]:  # noqa: ANN401 - JSON
        if not value:
            return ()
        if isinstance(value, dict):
            value = (value,)
        return tuple(value) if inner is None else tuple(map(inner, value))

    return read


def _same(value: Any) -> Any:  # noqa: ANN401 - JSON
    return value
