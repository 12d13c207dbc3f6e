from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.model import Level
from reportedly.reconcile import krippendorff_alpha

# The worked example of Krippendorff (2011), part E: four observers, twelve units, values 1 to 5, some missing.
OBSERVERS = {
    "A": (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    "B": (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    "C": (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    "D": (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
}
UNITS = [{name: row[k] for name, row in OBSERVERS.items() if row[k] is not None} for k in range(12)]


@pytest.mark.parametrize(("level", "alpha"), [("nominal", ".743"), ("ordinal", ".815"), ("interval", ".849"), ("ratio", ".797")])
def test_alpha_is_that_of_the_paper(level: Level, alpha: str) -> None:
    """The published worked example comes out at every level of measurement."""
    assert krippendorff_alpha(UNITS, level) == Decimal(alpha)


def test_alpha_of_two_coders_of_nominal_data_is_that_of_the_paper() -> None:
    """Part B of the same paper: two observers, ten units of zeros and ones, .095."""
    first, second = (0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0)
    assert krippendorff_alpha([{"A": a, "B": b} for a, b in zip(first, second, strict=True)], "nominal") == Decimal(".095")


def test_alpha_is_undefined_where_nothing_varies_or_nothing_can_be_compared() -> None:
    """One value throughout, one coder, or nothing at all."""
    assert krippendorff_alpha([{"A": "x", "B": "x"}] * 5, "nominal") is None
    assert krippendorff_alpha([{"A": "x"}, {"B": "y"}], "nominal") is None
    assert krippendorff_alpha([], "interval") is None


def test_figures_that_are_no_numbers_are_a_mistake() -> None:
    """Words have no distance."""
    with pytest.raises(TypeError):
        krippendorff_alpha([{"A": "x", "B": "y"}], "interval")


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2), st.sampled_from(["nominal", "ordinal", "interval", "ratio"]))
def test_alpha_is_one_only_where_all_agree(pairs: list[tuple[int, int]], level: Any) -> None:
    """It is 1 for coders who agree throughout, less otherwise, and the same whoever comes first."""
    units = [{"A": a, "B": b} for a, b in pairs]
    alpha = krippendorff_alpha(units, level)
    if alpha is not None:
        assert (alpha == 1) == all(a == b for a, b in pairs) or alpha > Decimal(".999")
    assert alpha == krippendorff_alpha([{"A": b, "B": a} for a, b in pairs], level)
