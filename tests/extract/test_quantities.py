"""Ranges, bounds and units of quantities, from raw text."""

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.extract.figures.quantities import find_quantities

Reading = tuple[str, str | None, str | None, str]


def readings(text: str) -> list[Reading]:
    return [(text[q.start : q.end], _plain(q.low), _plain(q.high), q.qualifier) for q in find_quantities(text)]


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else str(int(number))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at least 47", ("at least 47", "47", None, "at_least")),
        ("more than 10,000", ("more than 10,000", "10000", None, "more_than")),
        ("up to 50", ("up to 50", None, "50", "up_to")),
        ("as many as 50", ("as many as 50", None, "50", "up_to")),
        ("fewer than 50", ("fewer than 50", None, "50", "fewer_than")),
        ("nearly 600", ("nearly 600", "600", "600", "nearly")),
        ("some 15,000", ("some 15,000", "15000", "15000", "about")),
        ("a couple thousand", ("a couple thousand", "2000", "2000", "about")),
        ("10,000-12,000", ("10,000-12,000", "10000", "12000", "range")),
        ("about 10,000-12,000", ("about 10,000-12,000", "10000", "12000", "range")),
        ("between 10 and 12 thousand", ("between 10 and 12 thousand", "10000", "12000", "range")),
        ("10 to 12 million", ("10 to 12 million", "10000000", "12000000", "range")),
        ("$2 billion to $3 billion", ("$2 billion to $3 billion", "2000000000", "3000000000", "range")),
        ("between $62 and $68", ("between $62 and $68", "62", "68", "range")),
        ("seven or eight", ("seven or eight", "7", "8", "range")),
        ("ranging from 9 to 4", ("9 to 4", "4", "9", "range")),
        ("dozens", ("dozens", None, None, "vague")),
        ("at least several hundred", ("at least several hundred", None, None, "vague")),
        ("12 or more", ("12 or more", "12", None, "at_least")),
        ("~40", ("~40", "40", "40", "about")),
    ],
)
def test_bounds_and_ranges(text: str, expected: Reading) -> None:
    """The two sides of a number as a coder notes them."""
    assert readings(text) == [expected]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("the toll rose from 5 to 7", ["5", "7"]),
        ("it rose by 1, to 16", ["1", "16"]),
        ("prices rose by 1 to 4 percent", ["1"]),
        ("it fell by 12 to 83 percent", ["12", "83"]),
        ("sales fell 7% to $3 billion", ["7", "3000000000"]),
        ("between the two towns and 12 villages", ["2", "12"]),
        ("12 dead and 30 hurt", ["12", "30"]),
    ],
)
def test_numbers_of_a_change_stay_apart(text: str, values: list[str]) -> None:
    """A rise is two figures and no range."""
    assert [low for _, low, _, _ in readings(text)] == values


def test_a_conversion_has_the_bound_of_what_it_converts() -> None:
    """`more than 100 km (60 miles)`."""
    assert readings("more than 100 km (60 miles)") == [
        ("more than 100 km", "100", None, "more_than"),
        ("60 miles", "60", None, "more_than"),
    ]


@given(
    st.integers(1, 10**7),
    st.integers(1, 10**7),
    st.sampled_from(["{}-{} people", "{} to {} people", "between {} and {} people", "{}–{} people"]),
)
def test_a_range_is_read_back(one: int, other: int, form: str) -> None:
    """Every form of a range, whatever its ends, with grouped digits."""
    low, high = sorted((one + 10_000, other + 20_000))
    text = form.format(f"{low:,}", f"{high:,}")
    expected = [(str(low), str(high), "range")] if low < high else None
    if expected is not None:
        assert [(a, b, c) for _, a, b, c in readings(text)] == expected


PIECES = [*"0123456789,.-–$%£ abmk()/:", "at least ", " to ", "between ", " and ", "million", "dozens", "one", "10,000"]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_bounds_hold_whatever_the_text(text: str) -> None:
    """Low is never above high, quantities lie apart and inside the text."""
    quantities = find_quantities(text)
    for quantity in quantities:
        assert 0 <= quantity.start <= quantity.number_start < quantity.number_end <= quantity.end <= len(text)
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high
    assert all(a.number_end <= b.number_start for a, b in itertools.pairwise(quantities))
