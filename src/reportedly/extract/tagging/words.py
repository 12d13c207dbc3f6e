"""Words of a text and what the encoder's pieces do not tell of them: letter case, quotation marks, lines.

The encoder's vocabulary knows lower case only and drops line breaks, so three small features are added to the embedding of every piece.
A model is trained on exactly these words and features: a change here wants a new model.
"""

import functools
import re
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]

_WORD = re.compile(r"\w+|[^\w\s]")
_BREAK = re.compile(r"\n")
_QUOTE = re.compile(r"[\"“”]")


class Shape(IntEnum):
    """How a word is written."""

    LOWER = 0
    TITLE = 1
    UPPER = 2
    MIXED = 3
    NUMBER = 4
    MARK = 5
    LETTER = 6  # one capital letter


class Quotation(IntEnum):
    """Where a word stands to double quotation marks; every line begins outside."""

    OUTSIDE = 0
    INSIDE = 1
    OPENING = 2
    CLOSING = 3


class Line(IntEnum):
    """Where a word stands in its line."""

    INSIDE = 0
    FIRST = 1
    LAST = 2
    ONLY = 3


SHAPES = 8  # rows of the encoder's table; one is spare
QUOTATIONS = 4
LINES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a text, in order; every array has one entry a word.

    Attributes:
        forms: the words as written.
        starts: offset of the first character of each, code points.
        ends: offset after its last.
        shape: `Shape`.
        quotation: `Quotation`.
        line: `Line`.
        line_starts: the first word of each line that has words, ascending.
    """

    forms: tuple[str, ...]
    starts: Integers
    ends: Integers
    shape: Integers
    quotation: Integers
    line: Integers
    line_starts: Integers

    def __len__(self) -> int:
        """How many words there are."""
        return len(self.forms)


def read_words(text: str) -> Words:
    r"""The words of a text with their features.

    A word is a run of letters, digits and underscores, or one other character that is no space. Lines end at `\n`.
    """
    forms = tuple(_WORD.findall(text))
    starts = np.fromiter((m.start() for m in _WORD.finditer(text)), np.int64, len(forms))
    lengths = np.fromiter(map(len, forms), np.int64, len(forms))
    line_starts = _line_starts(text, starts)
    return Words(
        forms=forms,
        starts=starts,
        ends=starts + lengths,
        shape=np.fromiter(map(word_shape, forms), np.int64, len(forms)),
        quotation=_quotation(text, starts, line_starts),
        line=_places_in_line(len(forms), line_starts),
        line_starts=line_starts,
    )


@functools.lru_cache(maxsize=1 << 16)
def word_shape(form: str) -> Shape:
    """How a word is written."""
    if form.isdigit():
        return Shape.NUMBER
    if not form[0].isalnum():
        return Shape.MARK
    if form.islower():
        return Shape.LOWER
    if form.isupper():
        return Shape.UPPER if len(form) > 1 else Shape.LETTER
    if form[0].isupper() and form[1:].islower():
        return Shape.TITLE
    return Shape.MIXED


def _line_starts(text: str, starts: Integers) -> Integers:
    if not len(starts):
        return np.empty(0, np.int64)
    breaks = np.fromiter((m.start() for m in _BREAK.finditer(text)), np.int64)
    after = np.searchsorted(starts, breaks)
    return np.unique(np.append(0, after[after < len(starts)]))


def _quotation(text: str, starts: Integers, line_starts: Integers) -> Integers:
    """The state after each mark holds up to the next mark or the next line."""
    state = np.zeros(len(starts), np.int64)
    marks = [(m.start(), m.group()) for m in _QUOTE.finditer(text)]
    if not marks:
        return state
    at = np.searchsorted(starts, [offset for offset, _ in marks]).tolist()
    line_of = np.searchsorted(line_starts, at, side="right").tolist()
    ends = np.append(line_starts[1:], len(starts)).tolist()
    opened, line = False, 0
    for number, (word, (_, mark)) in enumerate(zip(at, marks, strict=True)):
        if line_of[number] != line:
            opened, line = False, line_of[number]
        opened = mark == "“" or (mark == '"' and not opened)
        closes = mark == "”" or (mark == '"' and not opened)
        state[word] = Quotation.CLOSING if closes else Quotation.OPENING
        if opened:
            following = at[number + 1] if number + 1 < len(at) else len(starts)
            state[word + 1 : min(following, ends[line - 1])] = Quotation.INSIDE
    return state


def _places_in_line(count: int, line_starts: Integers) -> Integers:
    place = np.full(count, int(Line.INSIDE), np.int64)
    if count:
        lasts = np.append(line_starts[1:], count) - 1
        place[lasts] = Line.LAST
        place[line_starts] = Line.FIRST
        place[line_starts[lasts == line_starts]] = Line.ONLY
    return place
