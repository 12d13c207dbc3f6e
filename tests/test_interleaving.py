"""Places that are read side by side: all of each, in its order, one of each in turn."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly import interleaving
from reportedly.interleaving import AT_ONCE, side_by_side


def numbered(sizes: list[int]) -> list[Iterator[tuple[int, int]]]:
    """Streams of so many things each, each thing with its stream's number and its own."""
    return [iter([(stream, number) for number in range(size)]) for stream, size in enumerate(sizes)]


def test_one_of_each_comes_in_turn() -> None:
    """A stream at its end is left out, and the others go on."""
    assert list(side_by_side(numbered([1, 3, 2]))) == [(0, 0), (1, 0), (2, 0), (1, 1), (2, 1), (1, 2)]


@given(sizes=st.lists(st.integers(0, 5), max_size=AT_ONCE))
def test_all_of_each_comes_in_its_order(sizes: list[int]) -> None:
    """Nothing is lost, nothing comes twice; what is the third of a stream comes before the fourth of any."""
    found = list(side_by_side(numbered(sizes)))
    assert sorted(found) == [(stream, number) for stream, size in enumerate(sizes) for number in range(size)]
    assert [number for _, number in found] == sorted(number for _, number in found)


def test_many_streams_come_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more are open at once than are bearable."""
    monkeypatch.setattr(interleaving, "AT_ONCE", 2)
    assert list(side_by_side(numbered([2, 1, 2]))) == [(0, 0), (0, 1), (1, 0), (2, 0), (2, 1)]
