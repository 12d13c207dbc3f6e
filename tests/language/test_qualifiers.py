"""Words that bound a number open the right side of it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.language.numerals.qualifiers import bounds, leading, trailing
from reportedly.language.tables import load_table
from reportedly.model import Qualifier

ONLY_BEHIND = {words: behind for words, behind in load_table("qualifiers")["only_leading"].items() if words != "source"}
ROWS = [(words, code) for code, listed in load_table("qualifiers")["leading"].items() if code != "source" for words in listed]


@pytest.mark.parametrize(("words", "code"), ROWS)
def test_each_row_of_the_table_is_found_before_a_number(words: str, code: Qualifier) -> None:
    """Every leading phrase, at a sentence's start and inside."""
    behind = ONLY_BEHIND.get(words, ["were"])[0]
    text = f"There {behind} {words} 40 people"
    found = leading(text, text.index("40"))
    assert found is not None
    assert found.qualifier == code
    assert text[found.start : found.end].strip().endswith(words)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("no fewer than 40", "at_least"),
        ("not fewer than 40", "at_least"),
        ("fewer than 40", "fewer_than"),
        ("no more than 40", "up_to"),
        ("not more than 40", "up_to"),
        ("more than 40", "more_than"),
        ("not exceeding 40", "up_to"),
        ("exceeding 40", "more_than"),
    ],
)
def test_a_bound_keeps_its_direction_under_negation(text: str, code: Qualifier) -> None:
    """`no fewer than` bounds below, `no more than` above."""
    found = leading(text, text.index("40"))
    assert found is not None
    assert found.qualifier == code
    assert found.start == 0


def test_an_open_bound_wins_over_a_hedge() -> None:
    """`at least some 40` is at least."""
    found = leading("at least some 40", 14)
    assert found is not None
    assert (found.qualifier, found.start) == ("at_least", 0)


@pytest.mark.parametrize(
    ("text", "code"),
    [("40 or more", "at_least"), ("40+", "more_than"), ("40 at most", "up_to"), ("40 or so", "about"), ("40-odd", "about")],
)
def test_a_bound_may_stand_behind(text: str, code: Qualifier) -> None:
    """`or more`, `+`, `at most`."""
    found = trailing(text, 2)
    assert found is not None
    assert found.qualifier == code


def test_a_word_that_is_no_qualifier_is_left_alone() -> None:
    """`plus Guam`, `took over 12 firms`."""
    assert trailing("14 states plus Guam", 9) is None
    assert leading("He took over 12 firms", 13) is None


def test_a_row_with_words_of_its_own_bounds_only_behind_them() -> None:
    """`climbed past 400`; in "the past 24 hours" and "half past 4" it is no bound."""
    climbed = leading("The toll climbed past 400", 22)
    assert climbed is not None
    assert climbed.qualifier == "more_than"
    assert leading("in the past 24 hours", 12) is None
    assert leading("at half past 4", 13) is None


@given(st.decimals(0, 10**9, places=0), st.sampled_from(["exact", "about", "nearly", "at_least", "more_than", "up_to", "fewer_than"]))
def test_low_is_never_above_high(value: Decimal, code: Qualifier) -> None:
    """And one side of every open bound is open."""
    low, high = bounds(value, code)
    assert (low is None) == (code in {"up_to", "fewer_than"})
    assert (high is None) == (code in {"at_least", "more_than"})
    assert low is None or high is None or low <= high
