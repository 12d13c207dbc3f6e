from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.model import Qualifier
from reportedly.reconcile.quantity import Quantity

_BOUNDS = st.none() | st.integers(0, 10**6).map(Decimal)


def quantity(low: int | None, high: int | None, qualifier: Qualifier = "exact") -> Quantity:
    return Quantity(low=None if low is None else Decimal(low), high=None if high is None else Decimal(high), qualifier=qualifier)


@pytest.mark.parametrize(
    ("mine", "theirs", "rounds"),
    [
        (quantity(10_000, None, "more_than"), quantity(15_000, 15_000), True),
        (quantity(15_000, 15_000), quantity(10_000, None, "more_than"), False),
        (quantity(10_000, 12_000, "range"), quantity(10_000, 10_000), True),
        (quantity(12_000, 12_000, "about"), quantity(11_960, 11_960), True),
        (quantity(11_960, 11_960), quantity(12_000, 12_000, "about"), False),
        (quantity(12_000, 12_000), quantity(11_960, 11_960), True),
        (quantity(80, 80), quantity(77, 77), False),
        (quantity(80, 80, "about"), quantity(77, 77), True),
        (quantity(13_000, 13_000, "about"), quantity(15_000, 15_000), False),
    ],
)
def test_only_the_coarser_figure_rounds_the_finer(mine: Quantity, theirs: Quantity, rounds: bool) -> None:  # noqa: FBT001 - the table's last column
    """'About 12,000' rounds 11,960 and 'more than 10,000' holds 15,000; never the other way, and a small new count is none."""
    assert mine.rounds(theirs) is rounds


@given(_BOUNDS, _BOUNDS, _BOUNDS, _BOUNDS)
def test_two_figures_that_hold_each_other_are_equal(a: Decimal | None, b: Decimal | None, c: Decimal | None, d: Decimal | None) -> None:
    """Containing goes both ways between equal bounds alone."""
    one, other = Quantity(low=a, high=b), Quantity(low=c, high=d)
    assert (one.contains(other) and other.contains(one)) == one.equals(other)


def test_a_vague_word_agrees_with_no_number() -> None:
    """'Dozens' bounds nothing, so it is the same number as none."""
    assert not quantity(None, None, "vague").agrees(quantity(12, 12))


def test_open_bounds_agree_on_a_stated_number_only() -> None:
    """'More than 10,000' and '10,000' state the same number; 'more than 10,000' and '15,000' do not."""
    floor = quantity(10_000, None, "more_than")
    assert floor.agrees(quantity(10_000, 10_000))
    assert not floor.agrees(quantity(15_000, 15_000))
