"""Draws label paths from what a model thinks possible, so that later steps see more than the best one.

Forward filtering, backward sampling (C. K. Carter and R. Kohn, "On Gibbs sampling for state space models", 1994). The random numbers
are fixed ones that depend on a word's distance to its line's end alone: the same line gives the same paths, whatever stands beside it.
"""

import functools

import numpy as np
import numpy.typing as npt

from reportedly.extract.tagging.decoding import Integers, PathWeights, Scores, Steps, Transitions

_SEED = 20_240_601


def sample_paths(weights: PathWeights, transitions: Transitions, count: int) -> Integers:
    """Paths drawn by their probability, independently of one another.

    Args:
        weights: of all paths.
        transitions: of the model.
        count: how many.

    Returns:
        Labels, count x words.
    """
    words = len(weights.ahead)
    if not words:
        return np.zeros((count, 0), np.int64)
    steps = Steps.of(weights.line_starts, words, backward=True)
    last = steps.bounds[1]
    ahead = weights.ahead[steps.order]
    random = np.concatenate([_fixed(block, count) for block in range(-(-len(steps.bounds) // _BLOCK))])
    numbers = np.repeat(random[: len(steps.bounds) - 1], np.diff(steps.bounds), axis=0)
    between = np.exp(transitions.between - transitions.between.max()).T
    final = np.exp(transitions.end - transitions.end.max())
    found = np.empty((words, count), np.int64)
    found[:last] = state = _drawn(ahead[:last, None, :] * final, numbers[:last])[:, 0]
    drawn = _drawn(ahead[last:, None, :] * between, numbers[last:])  # whatever label follows
    labels, paths = np.arange(words)[:, None] * between.shape[0] * count, np.arange(count)
    for begin, end in steps.further():
        places = (labels[begin - last : end - last] + state[: end - begin] * count) + paths
        found[begin:end] = state = drawn.take(places)
    return np.ascontiguousarray(steps.placed(found).T)


def _drawn(odds: Scores, numbers: Scores) -> Integers:
    """The label that each path takes at a word, by the label that follows it.

    Args:
        odds: words x following labels x labels, in any scale.
        numbers: words x paths, from 0 to 1.

    Returns:
        Words x following labels x paths.
    """
    heights = odds.cumsum(2)
    drawn = numbers[:, None, :] * heights[:, :, -1:]
    found = np.zeros(drawn.shape, np.int64)
    for label in range(heights.shape[2] - 1):
        found += heights[:, :, label, None] <= drawn
    return found


_BLOCK = 256


@functools.lru_cache(maxsize=64)
def _fixed(block: int, count: int) -> npt.NDArray[np.float64]:
    """Numbers from 0 to 1, words of a block x paths."""
    return np.random.default_rng((_SEED, block)).random((_BLOCK, count))
