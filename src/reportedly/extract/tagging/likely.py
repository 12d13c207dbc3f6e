"""Which spans a model finds likely, and how likely each is: exactly, over all paths of its line.

A span is a begin label, the inside labels that follow it, and another label behind. Given a line, its labels form a chain whose steps
`PathWeights.following` tells, so a span's probability is a product of steps, and no path needs to be drawn.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reportedly.extract.tagging.decoding import PathWeights, Transitions
from reportedly.extract.tagging.labels import OUTSIDE, PARTS, begin_label, inside_label

LEAST = 0.02
"""Spans less likely than this are not looked at."""

_LONGEST = 400  # words; the longest content that PolNeAR's coders marked in one line has fewer

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyStretch:
    """A span in words.

    Attributes:
        part: number of its part in `PARTS`.
        first: its first word.
        after: the word after its last.
        probability: that exactly these words are such a part.
        surplus: how many more of its words are expected in such a part than in none.
    """

    part: int
    first: int
    after: int
    probability: float
    surplus: float


def likely_stretches(weights: PathWeights, transitions: Transitions, least: float = LEAST) -> Iterator[LikelyStretch]:
    """The spans that a model finds likely.

    Args:
        weights: of all paths.
        transitions: of the model.
        least: probability from which a span is given.

    Yields:
        The spans by part, then in text order.
    """
    odds = weights.odds
    for number, part in enumerate(PARTS):
        begin, inside = begin_label(part), inside_label(part)
        first_step, step = (weights.following(transitions, label, inside) for label in (begin, inside))
        surplus = np.concatenate([[0.0], np.cumsum(odds[:, begin] + odds[:, inside] - odds[:, OUTSIDE])])
        for first in np.flatnonzero(odds[:, begin] > least).tolist():
            steps = step[first : first + _LONGEST].copy()
            steps[0] = first_step[first]
            reached = odds[first, begin] * np.concatenate([[1.0], np.cumprod(steps[:-1])])
            chances = reached * (1.0 - steps)
            for further in np.flatnonzero(chances > least).tolist():
                after = first + further + 1
                yield LikelyStretch(
                    part=number,
                    first=first,
                    after=after,
                    probability=float(chances[further]),
                    surplus=float(surplus[after] - surplus[first]),
                )
