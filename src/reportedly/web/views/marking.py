"""Marks spans inside a text: cut at every edge, so that spans may overlap, and every piece knows all that it belongs to."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text inside which nothing begins or ends.

    Attributes:
        text: its characters.
        kinds: what it belongs to, in the order of the marks.
        opens: which of these begin here.
        link: where it leads; None where nowhere.
        start: its first character in the text, in code points.
    """

    text: str
    kinds: tuple[str, ...]
    opens: tuple[str, ...]
    link: str | None
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedSpan:
    """A span to be marked.

    Attributes:
        start: first character, in code points.
        end: one past the last.
        kind: what it is: content, cue, source, figure ...
        link: where it leads; None where nowhere.
    """

    start: int
    end: int
    kind: str
    link: str | None = None


def mark(text: str, within: tuple[int, int], spans: Iterable[MarkedSpan]) -> tuple[Piece, ...]:
    """The pieces of a stretch of text.

    Args:
        text: the whole text.
        within: first character of the stretch and one past its last.
        spans: what is marked; what lies outside the stretch is passed over, of spans that lead somewhere the shortest wins.

    Returns:
        Pieces that put together give the stretch.
    """
    first, last = within
    inside = [span for span in spans if span.start < last and span.end > first and span.start < span.end]
    edges = sorted({first, last, *(max(first, s.start) for s in inside), *(min(last, s.end) for s in inside)})
    return tuple(_piece(text, (a, b), inside) for a, b in itertools.pairwise(edges))


def _piece(text: str, within: tuple[int, int], spans: Sequence[MarkedSpan]) -> Piece:
    first, last = within
    here = [span for span in spans if span.start <= first and span.end >= last]
    links = sorted((span.end - span.start, span.link) for span in here if span.link)
    return Piece(
        text=text[first:last],
        kinds=tuple(dict.fromkeys(span.kind for span in here)),
        opens=tuple(dict.fromkeys(span.kind for span in here if span.start == first)),
        link=links[0][1] if links else None,
        start=first,
    )
