"""Anchors: what a claim's spans are held to, with words before and after, so that they can be found again in a changed text.

Prefix and suffix are those of the W3C Web Annotation Data Model's text quote selector.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reportedly.model import Claim, Row, Span, VerifyRow, text_digest

CONTEXT = 32
"""Characters kept on each side of a quote."""

_NAMES = {"figures": "figure", "acts": "act", "relays": "relay"}  # a row's list -> what one of it is called


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A stretch of a text that a claim rests on.

    Attributes:
        part: content, cue, source, figure, relay or evidence.
        index: its place among the claim's anchors of that part, from 0.
        start: first character in the text, in code points.
        end: one past the last.
        quote: what stands there.
        prefix: up to 32 characters before it.
        suffix: up to 32 characters after it.
    """

    part: str
    index: int
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str

    def agrees(self, text: str) -> bool:
        """Whether quote, prefix and suffix still stand in the text at their place."""
        before = text[max(0, self.start - CONTEXT) : self.start]
        return (before, text[self.start : self.end], text[self.end : self.end + CONTEXT]) == (self.prefix, self.quote, self.suffix)


def anchors_of(claim: Claim, text: str) -> list[Anchor]:
    """The anchors of a claim, in the order of its parts.

    Args:
        claim: the claim.
        text: the text that it was read from.
    """
    parts: list[tuple[str, list[Span]]] = [
        ("content", list(claim.content)),
        ("cue", list(claim.cue)),
        ("source", list(claim.source)),
        ("figure", [figure.span for figure in claim.figures]),
        ("relay", [span for relay in claim.relays for span in (relay.source, relay.cue) if span]),
        ("evidence", list(claim.evidence)),
    ]
    return [_anchor(part, index, span, text) for part, spans in parts for index, span in enumerate(spans)]


def _anchor(part: str, index: int, span: Span, text: str) -> Anchor:
    return Anchor(
        part=part,
        index=index,
        start=span.start,
        end=span.end,
        quote=span.text,
        prefix=text[max(0, span.start - CONTEXT) : span.start],
        suffix=text[span.end : span.end + CONTEXT],
    )


def check_claim(row: Row, text: str, anchors: Mapping[tuple[int, int], Anchor]) -> Iterator[VerifyRow]:
    """Every span of a claim, with whether the text says there what the ledger says it says.

    Args:
        row: the claim's row, `document` being the document's name.
        text: the stored text.
        anchors: the claim's stored anchors by (start, end).

    Yields:
        A row a span, in the order of the claim's fields.
    """
    for name, value in row.items():
        part = _NAMES.get(name, name)
        for start, end, quote in _spans(value):
            found = text[start:end]
            anchor = anchors.get((start, end))
            holds = found == quote and (anchor is None or anchor.agrees(text))
            yield VerifyRow(
                claim=row["id"],
                document=row["document"],
                part=part,
                start=start,
                end=end,
                holds=holds,
                found=None if holds else found,
            )


def check_text(digest: str, content: bytes | None, document: str) -> VerifyRow | None:
    """A row that does not hold where a stored text is gone or is no longer what its digest says; None where it is whole."""
    text = decode_text(content)
    if text is not None and text_digest(text) == digest:
        return None
    return VerifyRow(claim="", document=document, part="text", start=0, end=len(text or ""), holds=False, found=None)


def encode_text(text: str) -> bytes:
    """A text as a ledger keeps it: UTF-8 that also takes U+0000 and lone surrogates."""
    return text.encode("utf-8", "surrogatepass")


def decode_text(content: bytes | None) -> str | None:
    """The text of stored bytes; None where there are none or they were damaged."""
    if content is None:
        return None
    try:
        return content.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None


def _spans(value: Any) -> Iterator[tuple[int, int, str]]:  # noqa: ANN401 - any JSON value
    """Everything in a JSON value that has a start, an end and a text."""
    if isinstance(value, list):
        for inner in value:
            yield from _spans(inner)
    elif isinstance(value, dict):
        start, end, text = value.get("start"), value.get("end"), value.get("text")
        if isinstance(start, int) and isinstance(end, int) and isinstance(text, str):
            yield start, end, text
        for inner in value.values():
            yield from _spans(inner)
