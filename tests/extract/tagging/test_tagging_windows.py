import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.extract.tagging.windows import BOUNDS, plan_windows

LINES = st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=30), min_size=1, max_size=8)


@given(LINES, st.integers(0, 3), st.one_of(st.none(), st.integers(4, 10)))
def test_every_word_is_labelled_once_and_no_window_is_too_large(lines: list[list[int]], context: int, first: int | None) -> None:
    """The windows follow one another over all words, each within its capacity with what it sees beside."""
    capacity = 24
    counts = np.array([count for line in lines for count in line])
    starts = np.cumsum([0, *(len(line) for line in lines[:-1])])
    windows = plan_windows(counts, starts, capacity, context, first)
    assert [w.start for w in windows] == [0, *(w.end for w in windows[:-1])]
    assert windows[-1].end == len(counts)
    for w in windows:
        assert w.left <= w.start < w.end <= w.right
        assert counts[w.left : w.right].sum() + BOUNDS <= capacity


def test_windows_end_at_lines_where_that_leaves_them_a_third_full() -> None:
    """Lines stay together; a line that would leave a window nearly empty is cut."""
    counts = np.ones(30, np.int64)
    assert [w.end for w in plan_windows(counts, np.array([0, 6, 12]), 12)] == [6, 12, 22, 30]


def test_word_larger_than_a_window_is_refused() -> None:
    """Nothing is cut off in silence."""
    with pytest.raises(ValueError, match="too small"):
        plan_windows(np.array([9]), np.array([0]), 10)


def test_no_words_make_no_window() -> None:
    """An empty article gives nothing to run."""
    assert plan_windows(np.empty(0, np.int64), np.empty(0, np.int64), 16) == ()
