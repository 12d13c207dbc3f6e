"""The labels of words: begin, inside and outside (BIO) of the three parts of an attribution.

Source: L. A. Ramshaw and M. P. Marcus, "Text Chunking using Transformation-Based Learning" (1995), for the scheme; the parts are those of
S. Pareti, "Attribution: A Computational Approach" (2015).
"""

from typing import Literal

import numpy as np
import numpy.typing as npt

Part = Literal["source", "cue", "content"]

PARTS: tuple[Part, ...] = ("source", "cue", "content")
LABELS: tuple[str, ...] = ("O", *(f"{prefix}-{part.capitalize()}" for part in PARTS for prefix in "BI"))
"""O, B-Source, I-Source, B-Cue, I-Cue, B-Content, I-Content: the order of every matrix of scores."""

OUTSIDE = 0


def begin_label(part: Part) -> int:
    """The label of a part's first word."""
    return 1 + 2 * PARTS.index(part)


def inside_label(part: Part) -> int:
    """The label of a part's further words."""
    return 2 + 2 * PARTS.index(part)


def label_spans(labels: npt.NDArray[np.int64], line_starts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The spans that labels draw.

    A span begins at a begin label, at an inside label of another part than the word before, and at every line; it runs while the inside
    labels of its part follow.

    Args:
        labels: one label a word.
        line_starts: the first word of each line, ascending.

    Returns:
        One row a span, in text order: number of its part in `PARTS`, first word, word after the last.
    """
    if not len(labels):
        return np.empty((0, 3), np.int64)
    kind = (labels + 1) // 2
    fresh = np.ones(len(labels), bool)
    fresh[1:] = kind[1:] != kind[:-1]
    fresh |= labels % 2 == 1
    fresh[line_starts] = True
    bounds = np.append(np.flatnonzero(fresh), len(labels))
    first, after = bounds[:-1], bounds[1:]
    marked = kind[first] != OUTSIDE
    spans: npt.NDArray[np.int64] = np.stack([kind[first] - 1, first, after], axis=1)[marked]
    return spans
