"""Finds what the outlet says in its own voice: sentences with a figure, or with an event and its date or place."""

import functools
from collections.abc import Iterator, Sequence

from reportedly.extract.attribution.layout import Layout, Range, meets
from reportedly.extract.parse.tokens import Token
from reportedly.language.tables import load_table

_JOINTS = {"SCONJ", "CCONJ", "ADP", "PART", "DET", "PUNCT", "SPACE"}
_FINITE = {"VBD", "VBZ", "VBP", "MD"}


def find_narration(layout: Layout, taken: Sequence[Range], figures: Sequence[Range] | None, times: Sequence[Range]) -> Iterator[Range]:
    """What a paragraph says in nobody's name.

    Args:
        layout: the paragraph.
        taken: the ranges that its attributions take.
        figures: places of its figures; None where none were looked for, then numerals stand for them.
        times: places of its dates and times.

    Yields:
        Contents in text order, one a stretch of a sentence that no attribution covers, without the final stop; only those
        that hold a figure, or a finite event verb with a date or place.
    """
    for first, last in layout.sentences():
        if layout.text[: layout.doc[last - 1].idx + 1].endswith("?"):
            continue
        for run in _free(layout, first, last, taken):
            start, end = _without_joints(layout, *run, first)
            piece = layout.cover(start, end)
            if piece is None:
                continue
            counted = _numerals(layout, start, end) if figures is None else meets(figures, piece)
            if counted or (_has_event(layout, start, end) and (meets(times, piece) or _has_place(layout, start, end))):
                yield piece


def unheld_figures(layout: Layout, contents: Sequence[Range], parts: Sequence[Range], figures: Sequence[Range]) -> Iterator[Range]:
    """What else the outlet must say for no figure to stay without a claim: the words of a source or cue, or a question.

    Args:
        layout: the paragraph.
        contents: every content of the paragraph, narration among them.
        parts: the ranges that its attributions take, sources and cues among them.
        figures: places of its figures.

    Yields:
        Contents in text order, each once.
    """
    given: set[Range] = set()
    for figure in figures:
        if meets(contents, figure):
            continue
        part = min((p for p in parts if meets([p], figure)), key=lambda p: p[1] - p[0], default=None)
        piece = part or _sentence_at(layout, figure[0])
        if piece is not None and piece not in given:
            given.add(piece)
            yield piece


def _sentence_at(layout: Layout, place: int) -> Range | None:
    for first, last in layout.sentences():
        if layout.doc[first].idx <= place < layout.doc[last - 1].idx + len(layout.doc[last - 1].text):
            return layout.cover(*_without_joints(layout, first, last, first))
    return None


def _free(layout: Layout, first: int, last: int, taken: Sequence[Range]) -> Iterator[tuple[int, int]]:
    """The token runs of a sentence that no attribution touches."""
    if first >= last:
        return
    begin, end = layout.doc[first].idx, layout.doc[last - 1].idx + len(layout.doc[last - 1].text)
    near = [(a, b) for a, b in taken if a < end and begin < b]
    if not near:
        yield first, last
        return
    start = first
    for token in layout.doc[first:last]:
        if meets(near, (token.idx, token.idx + len(token.text))):
            if start < token.i:
                yield start, token.i
            start = token.i + 1
    if start < last:
        yield start, last


def _without_joints(layout: Layout, first: int, last: int, begun: int) -> tuple[int, int]:
    """A stretch without what tied it to the words around it; `begun` is its sentence's first token."""
    while first < last and _ties(layout.doc[first], begun):
        first += 1
    while first < last and layout.quoted[last - 1] < 0 and layout.doc[last - 1].pos_ in _JOINTS and layout.doc[last - 1].dep_ != "prt":
        last -= 1
    return first, last


def _ties(token: Token, begun: int) -> bool:
    """Whether a stretch does not begin with a token: a conjunction, a subordinator inside the sentence, a mark."""
    return token.dep_ == "cc" or (token.i > begun and token.pos_ == "SCONJ") or token.is_punct or token.is_space


def _numerals(layout: Layout, first: int, last: int) -> bool:
    counting = _words("numbers", "lemmas")
    return any(t.like_num or t.lemma_.lower() in counting for t in layout.doc[first:last])


def _has_event(layout: Layout, first: int, last: int) -> bool:
    return any(_is_event(token) for token in layout.doc[first:last])


def _is_event(token: Token) -> bool:
    if token.pos_ != "VERB" or token.lemma_.lower() in _words("states", "lemmas"):
        return False
    helped = any(c.dep_ in {"aux", "auxpass"} and c.lower_ != "to" for c in token.children)
    return token.tag_ in _FINITE or helped


def _has_place(layout: Layout, first: int, last: int) -> bool:
    prepositions = _words("places", "prepositions")
    return any(token.dep_ == "pobj" and token.pos_ == "PROPN" and token.head.lower_ in prepositions for token in layout.doc[first:last])


@functools.cache
def _words(section: str, name: str) -> frozenset[str]:
    return frozenset(load_table("narration")[section][name])
