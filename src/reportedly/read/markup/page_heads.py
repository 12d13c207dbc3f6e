"""The lines of a page that are no part of an article's text and tell of it: bylines, dates, clock times of live items, corrections."""

import re
from collections.abc import Collection, Sequence

from reportedly.read.layout.areas import Line, label_lines
from reportedly.read.layout.headings import is_byline, is_date_line
from reportedly.read.layout.paragraphs import cut_paragraphs
from reportedly.read.markup.blocks import Block

_NEAR = 8  # blocks around an article in which such lines stand
_FOLLOWS = 3  # blocks between the line that heads an item and the item's text
_HEADINGS = frozenset(("h2", "h3", "h4"))
_HEADING_WORDS = 2
_ITEMS_LEAST = 2
_TIME = re.compile(r"\d[:.]\d\d|\d ?[ap]\.?m", re.IGNORECASE)  # "an hour ago" stands over teasers too
_BESIDE = frozenset(("correction", "signoff"))


def add_heads(blocks: Sequence[Block], places: Sequence[int]) -> list[int]:
    """The places of an article's blocks with those of the lines that tell of it.

    Args:
        blocks: all blocks of the page, in order.
        places: places of the article's blocks, in order.

    Returns:
        The places in order, with: between the page's heading and the article, bylines and dates; within it, bylines and clock times
        that text of the article follows, and the headings beside them, so that a page of several reports or items can be split; under
        it, notes of correction and sign-offs.
    """
    if not places:
        return []
    top = next((place for place in range(places[0], max(-1, places[0] - 2 * _NEAR), -1) if blocks[place].tag == "h1"), None)
    start = max(0, places[0] - _FOLLOWS) if top is None else top + 1
    end = min(len(blocks), places[-1] + 1 + _NEAR)
    lines = {place: line for place in range(start, end) if (line := _line(blocks[place])) is not None}
    chosen = set(places)
    above = {place for place in range(start, places[0]) if top is not None and place in lines and _signs(lines[place])}
    under = {place for place in range(places[-1] + 1, end) if place in lines and lines[place].label in _BESIDE}
    return sorted(chosen | above | under | _within(blocks, lines, chosen, range(start, places[-1])))


def _within(blocks: Sequence[Block], lines: dict[int, Line], chosen: Collection[int], places: range) -> set[int]:
    """Places of the lines that head reports or items within an article's stretch, and of the headings beside them."""
    clocks = {place for place in places if place in lines and _is_clock(lines[place]) and _is_followed(blocks, chosen, place)}
    if len(clocks) < _ITEMS_LEAST:
        clocks = set()
    bylines = {place for place in places if place in lines and is_byline(lines[place].paragraph) and _is_followed(blocks, chosen, place)}
    marks = clocks | bylines
    near = {place + shift for place in marks for shift in (-2, -1, 1, 2)}
    headings = {place for place in near if place in places and _is_heading(blocks[place]) and _is_followed(blocks, chosen, place)}
    return marks | headings


def _is_followed(blocks: Sequence[Block], chosen: Collection[int], place: int) -> bool:
    """Whether prose of the article stands close behind."""
    return any(behind in chosen and blocks[behind].is_prose for behind in range(place + 1, min(len(blocks), place + 2 + _FOLLOWS)))


def _is_heading(block: Block) -> bool:
    return block.tag in _HEADINGS and block.words >= _HEADING_WORDS


def _is_clock(line: Line) -> bool:
    return line.label == "clock" and bool(_TIME.search(line.plain))


def _signs(line: Line) -> bool:
    return is_byline(line.paragraph) or is_date_line(line.paragraph)


def _line(block: Block) -> Line | None:
    return next(iter(label_lines(cut_paragraphs(block.text)[:1])), None)
