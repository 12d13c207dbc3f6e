import itertools
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.extract.tagging.decoding import PathWeights, Transitions
from reportedly.extract.tagging.labels import LABELS, label_spans
from reportedly.extract.tagging.likely import LikelyStretch, likely_stretches

COUNT = len(LABELS)


def chains(seed: int, lengths: list[int]) -> tuple[PathWeights, Transitions, np.ndarray, np.ndarray]:
    numbers = np.random.default_rng(seed)
    transitions = Transitions.of(*(numbers.normal(size=shape) for shape in ((COUNT, COUNT), COUNT, COUNT)))
    for inside in (2, 4, 6):  # as in a trained model, an inside label hardly follows anything but its part
        transitions.start[inside] = -50.0
        transitions.between[[label for label in range(COUNT) if label not in {inside, inside - 1}], inside] = -50.0
    scores, starts = numbers.normal(size=(sum(lengths), COUNT)), np.cumsum([0, *lengths[:-1]])
    return PathWeights.of(scores, starts, transitions), transitions, scores, starts


@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_chance_of_a_span_is_the_share_of_the_paths_that_draw_it(seed: int, length: int) -> None:
    """The product of steps is the sum over all paths through the line, and so are the words that a part is expected to have."""
    weights, transitions, scores, starts = chains(seed, [length])
    shares: dict[tuple[int, int, int], float] = {}
    total = 0.0
    for path in itertools.product(range(COUNT), repeat=length):
        steps = sum(transitions.between[a, b] for a, b in itertools.pairwise(path))
        weight = float(np.exp(transitions.start[path[0]] + transitions.end[path[-1]] + scores[range(length), path].sum() + steps))
        total += weight
        for part, first, after in label_spans(np.array(path), starts).tolist():
            shares[part, first, after] = shares.get((part, first, after), 0.0) + weight
    expected = {span: share / total for span, share in shares.items() if share / total > 0.05}
    found = {(one.part, one.first, one.after): one.probability for one in likely_stretches(weights, transitions, 0.05)}
    assert found == pytest.approx(expected, abs=1e-6)


def test_spans_end_with_their_line() -> None:
    """No likely span runs over a line's end, and a line has the same ones alone and among others."""
    weights, transitions, scores, _ = chains(3, [5, 9, 2])
    together = [one for one in likely_stretches(weights, transitions) if 5 <= one.first < 14]
    assert all(one.after <= 14 for one in together)
    alone = likely_stretches(PathWeights.of(scores[5:14], np.array([0]), transitions), transitions)
    assert [(o.part, o.first, o.after) for o in together] == [(o.part, o.first + 5, o.after + 5) for o in alone]


def test_surplus_counts_words_expected_inside_more_than_outside() -> None:
    """A sure span of three words has three, one that is as likely as not has none."""
    transitions = Transitions.of(np.zeros((COUNT, COUNT)), np.zeros(COUNT), np.zeros(COUNT))
    scores = np.full((3, COUNT), -40.0)
    scores[[0, 1, 2], [5, 6, 6]] = 40.0
    (sure,) = likely_stretches(PathWeights.of(scores, np.array([0]), transitions), transitions)
    assert (sure.part, sure.first, sure.after) == (2, 0, 3)
    assert sure.probability == pytest.approx(1.0)
    assert sure.surplus == pytest.approx(3.0)
    scores = np.full((1, COUNT), -40.0)
    scores[0, [0, 1]] = 0.0
    (even,) = likely_stretches(PathWeights.of(scores, np.array([0]), transitions), transitions)
    assert isinstance(even, LikelyStretch)
    assert even.surplus == pytest.approx(0.0, abs=1e-9)


def test_long_line_takes_bounded_time() -> None:
    """A line of a hundred thousand words that is all content is read in seconds."""
    transitions = Transitions.of(np.zeros((COUNT, COUNT)), np.zeros(COUNT), np.zeros(COUNT))
    scores = np.zeros((100_000, COUNT))
    scores[:, 5:] = 2.0
    weights = PathWeights.of(scores, np.array([0]), transitions)
    started = time.thread_time()
    assert sum(1 for _ in likely_stretches(weights, transitions, 0.1))
    assert time.thread_time() - started < 20


def test_no_words_have_no_spans() -> None:
    """An empty text gives nothing."""
    transitions = Transitions.of(np.zeros((COUNT, COUNT)), np.zeros(COUNT), np.zeros(COUNT))
    assert list(likely_stretches(PathWeights.of(np.empty((0, COUNT)), np.empty(0, np.int64), transitions), transitions)) == []
