"""Draws label paths from what a model thinks possible, so that later steps see more than the best one.

Forward filtering, backward sampling (C. K. Carter and R. Kohn, "On Gibbs sampling for state space models", 1994). The random numbers
are fixed ones that depend on a word's distance to its line's end alone: the same line gives the same paths, whatever stands beside it.
"""

import functools

import numpy as np
import numpy.typing as npt

from reportedly.extract.tagging.decoding import Integers, PathWeights, Transitions

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
    ahead, line_starts = weights.ahead, weights.line_starts
    paths = np.zeros((count, len(ahead)), np.int64)
    if not len(ahead):
        return paths
    between = np.exp(transitions.between - transitions.between.max()).T
    final = np.exp(transitions.end - transitions.end.max())
    ends = np.append(line_starts[1:], len(ahead))
    order = np.argsort(line_starts - ends, kind="stable")
    lasts, lengths = ends[order] - 1, (ends - line_starts)[order]
    longest = int(lengths[0])
    odds = ahead[lasts][:, None, :] * final
    for step in range(longest):
        running = int(np.searchsorted(-lengths, -step, side="left"))
        words = lasts[:running] - step
        if step:
            odds = ahead[words][:, None, :] * between[paths[:, words + 1].T]
        heights = odds[:running].cumsum(2)
        drawn = _fixed(step // _BLOCK, count)[step % _BLOCK][None, :, None] * heights[:, :, -1:]
        paths[:, words] = (heights <= drawn).sum(2).clip(max=odds.shape[2] - 1).T
    return paths


_BLOCK = 256


@functools.lru_cache(maxsize=64)
def _fixed(block: int, count: int) -> npt.NDArray[np.float64]:
    """Numbers from 0 to 1, words of a block x paths."""
    return np.random.default_rng((_SEED, block)).random((_BLOCK, count))
