"""Cuts the words of long spans down to short quotations, and makes them whole again from the text that they stand in."""

from collections.abc import Mapping
from typing import Any

from reportedly.model import digest

LONGEST_QUOTE = 120
"""Characters of a quotation in a bundle without texts."""

Json = Any


def clip(value: Json) -> Json:
    """A JSON value in which no span quotes more than `LONGEST_QUOTE` characters; one that was cut bears its words' `sha256`.

    A span is whatever has a start, an end and a text.
    """
    return each_span(value, _cut)


def restore(value: Json, text: str) -> Json:
    """A JSON value with every cut quotation as it stands in the text.

    Raises:
        ValueError: other words stand there.
    """

    def whole(span: dict[str, Any]) -> dict[str, Any]:
        expected = span.get("sha256")
        if expected is None:
            return span
        words = text[span["start"] : span["end"]]
        if _digest(words) != expected:
            raise ValueError(f"at {span['start']} to {span['end']} stand other words than the bundle quotes")
        return {name: words if name == "text" else inner for name, inner in span.items() if name != "sha256"}

    return each_span(value, whole)


def _cut(span: dict[str, Any]) -> dict[str, Any]:
    words = span["text"]
    return span if len(words) <= LONGEST_QUOTE else {**span, "text": words[: LONGEST_QUOTE - 1] + "…", "sha256": _digest(words)}


def _digest(words: str) -> str:
    return digest(words.encode("utf-8", "surrogatepass"))


def each_span(value: Any, change: Any) -> Any:  # noqa: ANN401 - any JSON value, and a function of its spans
    """A JSON value with every span in it changed; a span is whatever has a start, an end and a text."""
    if isinstance(value, list | tuple):
        return [each_span(inner, change) for inner in value]
    if not isinstance(value, Mapping):
        return value
    walked = {name: each_span(inner, change) for name, inner in value.items()}
    is_span = isinstance(walked.get("start"), int) and isinstance(walked.get("end"), int) and isinstance(walked.get("text"), str)
    return change(walked) if is_span else walked
