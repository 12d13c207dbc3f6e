"""What the encoder is fed: the pieces of each window of an article, with the features of their words."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reportedly.extract.tagging.vocabulary import Vocabulary
from reportedly.extract.tagging.windows import plan_windows
from reportedly.extract.tagging.words import LINES, QUOTATIONS, SHAPES, Words

FEATURES = SHAPES * QUOTATIONS * LINES
"""How many feature numbers there are."""

Integers = npt.NDArray[np.int64]
Short = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowInput:
    """One window as the encoder sees it.

    Attributes:
        pieces: numbers of its pieces, the two that bound it included.
        features: the feature number of each.
        places: for each word whose scores are taken from this window, the place of its first piece.
    """

    pieces: Short
    features: Short
    places: Integers


def feature_numbers(shape: Integers, quotation: Integers, line: Integers) -> Integers:
    """The three features of words as one number below `FEATURES`."""
    return (shape * QUOTATIONS + quotation) * LINES + line


def window_inputs(words: Words, vocabulary: Vocabulary, capacity: int, context: int) -> Iterator[WindowInput]:
    """The windows of an article.

    Args:
        words: of the whole article.
        vocabulary: of the encoder.
        capacity: most pieces in a window, the two that bound it included.
        context: pieces of neighbouring words on either side, within the capacity.

    Yields:
        The windows, in order; each word's scores come from exactly one.

    Raises:
        ValueError: the capacity leaves no room for a word.
    """
    numbers, counts = vocabulary.cut(words.forms)
    begins = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=begins[1:])
    pieces = np.empty(len(numbers) + 2, np.int32)  # room for a window's bounds around any stretch
    pieces[1:-1] = numbers
    features = np.zeros(len(numbers) + 2, np.int32)
    features[1:-1] = np.repeat(feature_numbers(words.shape, words.quotation, words.line), counts)
    for window in plan_windows(counts, words.line_starts, capacity, context):
        first, after = int(begins[window.left]), int(begins[window.right]) + 2
        seen, marks = pieces[first:after].copy(), features[first:after].copy()
        seen[0], seen[-1] = vocabulary.classify, vocabulary.separate
        marks[0] = marks[-1] = 0
        yield WindowInput(pieces=seen, features=marks, places=begins[window.start : window.end] - (first - 1))
