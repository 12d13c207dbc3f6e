import itertools

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.extract.tagging.decoding import PathWeights, Transitions, best_path

LABELS = 3
LINES = st.lists(st.integers(1, 4), min_size=1, max_size=4)


def chains(seed: int, lengths: list[int]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64], Transitions]:
    numbers = np.random.default_rng(seed)
    transitions = Transitions.of(*(numbers.normal(size=shape) for shape in ((LABELS, LABELS), LABELS, LABELS)))
    return numbers.normal(size=(sum(lengths), LABELS)), np.cumsum([0, *lengths[:-1]]), transitions


def weighed(scores: npt.NDArray[np.float64], transitions: Transitions) -> dict[tuple[int, ...], float]:
    """The score of every path through a line."""
    return {
        path: float(
            transitions.start[path[0]]
            + transitions.end[path[-1]]
            + sum(scores[word, label] for word, label in enumerate(path))
            + sum(transitions.between[a, b] for a, b in itertools.pairwise(path))
        )
        for path in itertools.product(range(LABELS), repeat=len(scores))
    }


@given(st.integers(0, 2**32 - 1), LINES)
def test_best_path_is_the_best_of_all(seed: int, lengths: list[int]) -> None:
    """No path through a line scores higher than the one found."""
    scores, starts, transitions = chains(seed, lengths)
    path = best_path(scores, starts, transitions)
    for start, length in zip(starts, lengths, strict=True):
        paths = weighed(scores[start : start + length], transitions)
        assert paths[tuple(path[start : start + length].tolist())] == pytest.approx(max(paths.values()))


@given(st.integers(0, 2**32 - 1), LINES)
def test_marginals_are_sums_over_all_paths(seed: int, lengths: list[int]) -> None:
    """A label's probability is the share of the paths that hold it."""
    scores, starts, transitions = chains(seed, lengths)
    odds = PathWeights.of(scores, starts, transitions).odds
    for start, length in zip(starts, lengths, strict=True):
        expected = np.zeros((length, LABELS))
        for path, score in weighed(scores[start : start + length], transitions).items():
            expected[range(length), path] += np.exp(score)
        assert odds[start : start + length] == pytest.approx(expected / expected.sum(1, keepdims=True))


@given(st.integers(0, 2**32 - 1), LINES)
def test_lines_do_not_touch_one_another(seed: int, lengths: list[int]) -> None:
    """A line alone has the labels that it has among others."""
    scores, starts, transitions = chains(seed, lengths)
    together = best_path(scores, starts, transitions)
    alone = [best_path(scores[a : a + n], np.array([0]), transitions) for a, n in zip(starts, lengths, strict=True)]
    assert together.tolist() == np.concatenate(alone).tolist()


def test_long_line_keeps_its_marginals() -> None:
    """Probabilities of thousands of words neither vanish nor overflow."""
    scores, starts, transitions = chains(5, [3_000])
    odds = PathWeights.of(40 * scores, starts, transitions).odds
    assert odds.sum(1) == pytest.approx(np.ones(3_000))


def test_no_words_have_no_labels() -> None:
    """An empty article has neither path nor marginals."""
    empty, transitions = np.empty((0, LABELS)), chains(1, [1])[2]
    assert best_path(empty, np.empty(0, np.int64), transitions).shape == (0,)
    assert PathWeights.of(empty, np.empty(0, np.int64), transitions).odds.shape == (0, LABELS)


def test_transitions_must_fit() -> None:
    """Matrices of different numbers of labels are refused."""
    with pytest.raises(ValueError, match="do not fit"):
        Transitions.of(np.zeros((3, 3)), np.zeros(3), np.zeros(2))
