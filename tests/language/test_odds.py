"""Shares told as so many of so many."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reportedly.language.numerals.numbers import find_numerals
from reportedly.language.numerals.odds import merge_odds
from reportedly.language.tables import load_table

DENOMINATORS = sorted(load_table("numbers")["odds"]["denominators"])


def values(text: str) -> list[Decimal | None]:
    return [numeral.value for numeral in merge_odds(text, find_numerals(text))]


@given(st.sampled_from(DENOMINATORS), st.integers(1, 999))
def test_so_many_in_so_many_is_one_share(below: int, above: int) -> None:
    """At a clause's start the two numbers are one fraction, whatever they are."""
    assume(above < below)
    assert values(f"{above} in {below:,} households is empty.") == [round(Decimal(above) / below, 6)]


@pytest.mark.parametrize(
    "text",
    [
        "They killed two in three attacks.",
        "They freed two out of three hostages.",
        "It was the one storm in five years.",
        "He was seen in one in 10 minutes.",
        "They held two in four villages.",
        "Six in five of them.",
    ],
)
def test_two_counts_stay_two(text: str) -> None:
    """A place, a time, a list of captives or a greater number behind which a smaller one stands makes no share."""
    assert len(values(text)) == 2


@given(st.text("on iut fe10 ,.", max_size=40))
def test_merged_numerals_keep_their_order(text: str) -> None:
    """No numeral overlaps another, and none is lost but by being one with the one before it."""
    plain, merged = find_numerals(text), merge_odds(text, find_numerals(text))
    assert [n.start for n in merged] == sorted({n.start for n in merged})
    assert {n.end for n in merged} <= {n.end for n in plain}
