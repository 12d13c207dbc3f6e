"""Which spans a model finds likely, and how likely each is: exactly, over all paths of its line.

A span is a begin label, the inside labels that follow it, and another label behind. Given a line, its labels form a chain whose steps
`PathWeights.following` tells, so a span's probability is a product of steps, and no path needs to be drawn.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reportedly.extract.tagging.decoding import PathWeights, Transitions
from reportedly.extract.tagging.labels import OUTSIDE, PARTS, begin_label, inside_label

LEAST = 0.02
"""Spans less likely than this are not looked at."""

_LONGEST = 400  # words; the longest content that PolNeAR's coders marked in one line has fewer

Scores = npt.NDArray[np.float64]


class LikelyStretch(NamedTuple):
    """A span in words; a tuple, for an article has thousands.

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
        first_step, step = (weights.following(transitions, label, inside).tolist() for label in (begin, inside))
        surplus = np.concatenate([[0.0], np.cumsum(odds[:, begin] + odds[:, inside] - odds[:, OUTSIDE])]).tolist()
        places = np.flatnonzero(odds[:, begin] > least)
        for first, opening in zip(places.tolist(), odds[places, begin].tolist(), strict=True):
            for after, probability in _ends(opening, first, first_step[first], step, least):
                yield LikelyStretch(number, first, after, probability, surplus[after] - surplus[first])


def _ends(opening: float, first: int, onward: float, step: Sequence[float], least: float) -> Iterator[tuple[int, float]]:
    """Where a span may end, and how likely it is to: word after word, until none further can be likely enough.

    Args:
        opening: the probability that it begins at its first word.
        first: that word.
        onward: the probability that it goes on behind the first word.
        step: likewise behind each further word.
        least: see `likely_stretches`.
    """
    inside = 1.0  # the probability that it reaches the word
    for after in range(first + 1, min(first + _LONGEST, len(step)) + 1):
        reached = opening * inside
        if reached <= least:
            return
        if reached * (1.0 - onward) > least:
            yield after, reached * (1.0 - onward)
        inside *= onward
        onward = step[after] if after < len(step) else 0.0
