"""Stretches of a document's text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """Characters `start` to `end` of a document's text, with what stands there.

    Attributes:
        start: first character, counted in code points from 0.
        end: one past the last character; `start < end` but for the empty span of an empty text.
        text: the characters; `document_text[start:end] == text` always.
    """

    start: int
    end: int
    text: str

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Whether all of `other` lies inside."""
        return self.start <= other.start and other.end <= self.end


def span_of(text: str, start: int, end: int) -> Span:
    """The span of `text` from `start` to `end`, in code points."""
    return Span(start=start, end=end, text=text[start:end])
