"""Numerals are read back as they were written, in every form, and in time that grows with the text alone."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.language.numerals.numbers import find_numerals

ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"))


def below_thousand(number: int, joiner: str) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{ONES[hundreds]} hundred"] if hundreds else []
    if rest:
        tens, ones = divmod(rest, 10)
        small = ONES[rest] if rest < 20 else TENS[tens] + (f"-{ONES[ones]}" if ones else "")
        words.append(joiner + small if words else small)
    return " ".join(words)


def in_words(number: int, joiner: str = "") -> str:
    if number == 0:
        return "zero"
    parts = []
    for scale, name in SCALES:
        count, number = divmod(number, scale)
        if count:
            parts.append(f"{below_thousand(count, joiner)} {name}")
    if number:
        parts.append(below_thousand(number, joiner))
    return " ".join(parts)


def in_lakhs(number: int) -> str:
    head, tail = str(number)[:-3], str(number)[-3:]
    pairs: list[str] = []
    while head:
        head, pair = head[:-2], head[-2:]
        pairs.insert(0, pair)
    return ",".join([*pairs, tail])


def only(text: str) -> Decimal | None:
    numerals = find_numerals(text)
    assert [text[n.start : n.end] for n in numerals] == [text.strip()]
    return numerals[0].value


@given(st.integers(0, 10**15 - 1), st.sampled_from(["", "and "]))
def test_a_cardinal_in_words_is_read_back(number: int, joiner: str) -> None:
    """Any whole number below a thousand trillion, with and without `and`."""
    assert only(in_words(number, joiner)) == number


@given(st.integers(0, 10**15))
def test_digits_are_read_back_plain_and_grouped(number: int) -> None:
    """`15000`, `15,000`."""
    assert only(str(number)) == number
    assert only(f"{number:,}") == number


@given(st.integers(100_000, 10**9))
def test_lakh_grouping_is_read_back(number: int) -> None:
    """`12,34,567` as it is written in India."""
    assert only(in_lakhs(number)) == number


@given(
    st.decimals(Decimal("0.1"), Decimal(999), places=1),
    st.sampled_from([("million", 10**6), ("bn", 10**9), ("K", 1000), ("lakh", 10**5), ("crore", 10**7)]),
)
def test_a_number_with_a_magnitude_is_read_back(mantissa: Decimal, magnitude: tuple[str, int]) -> None:
    """`1.2 million`, `1.2bn`, `10K`, `2.1 lakh`."""
    word, scale = magnitude
    text = f"{mantissa}{'' if len(word) <= 2 else ' '}{word}"
    assert only(text) == mantissa * scale


@given(st.integers(1, 60), st.sampled_from([2, 3, 4, 5, 8, 10, 16, 100]))
def test_a_fraction_with_a_slash_is_read_back(above: int, below: int) -> None:
    """`3/4` is three quarters; `9/4` and the like are no fraction."""
    numerals = find_numerals(f"{above}/{below} of them")
    if above < below:
        assert [n.value for n in numerals] == [Decimal(above) / below]
        assert numerals[0].ratio
    else:
        assert [n.value for n in numerals] == [above, below]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a couple thousand", 2000),
        ("a dozen", 12),
        ("half a dozen", 6),
        ("two dozen", 24),
        ("half a million", 500_000),
        ("a quarter of a million", 250_000),
        ("two and a half million", 2_500_000),
        ("3½", Decimal("3.5")),
        ("1 1/2", Decimal("1.5")),
        ("4 hundred million", 400_000_000),
        ("two hundred and fifty thousand", 250_000),
        ("1.2×10⁶", 1_200_000),
        ("3 x 10^5", 300_000),
        ("tenfold", 10),
        ("1\u00a0300\u00a0000", 1_300_000),
    ],
)
def test_words_for_fixed_numbers_have_their_value(text: str, value: Decimal) -> None:
    """Groups, halves, powers and thin spaces."""
    assert only(text) == value


@pytest.mark.parametrize("text", ["dozens", "hundreds of thousands", "several hundred", "a few", "tens of millions", "multiple"])
def test_vague_words_have_no_value(text: str) -> None:
    """They keep their word and give no number."""
    assert only(text) is None


def test_and_does_not_join_two_numbers() -> None:
    """`between one hundred and two hundred` is two numerals."""
    assert [n.value for n in find_numerals("between one hundred and two hundred")] == [100, 200]


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.2m tonnes", 1_200_000), ("the wall is 37m long", 37), ("€5m.", 5_000_000), ("a 10K run", 10), ("10K troops", 10_000)],
)
def test_an_ambiguous_letter_is_a_magnitude_only_where_things_are_counted(text: str, value: int) -> None:
    """`m` is a million before a counted noun or behind money, metres elsewhere."""
    assert [n.value for n in find_numerals(text)][-1:] == [value]


@given(st.text(max_size=80))
def test_a_numeral_has_its_characters(text: str) -> None:
    """Whatever the text, numerals lie inside it, in order, and apart."""
    numerals = find_numerals(text)
    edges = [edge for n in numerals for edge in (n.start, n.end)]
    assert edges == sorted(edges)
    assert all(0 <= n.start < n.end <= len(text) for n in numerals)


@pytest.mark.parametrize("unit", ["1", "111,", "one hundred and ", "hundreds of ", "1/2"])
def test_the_time_grows_with_the_length_alone(unit: str) -> None:
    """A hundred thousand characters of one pattern take no more than seconds."""
    started = time.perf_counter()
    find_numerals(unit * (100_000 // len(unit)))
    assert time.perf_counter() - started < 8
