"""Numbers are read back from every form they are written in, and what bounds them survives denial."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.extract.figures.figures import find_figures
from reportedly.extract.figures.quantities import Quantity, find_quantities
from reportedly.extract.parse.parsing import parse
from reportedly.language.numerals.qualifiers import bounds
from reportedly.language.tables import load_table
from reportedly.model import Article, Figure, Interval, Passage, Qualifier

BOUNDS: list[tuple[str, Qualifier]] = [
    (words, code)
    for code, listed in load_table("qualifiers")["leading"].items()
    if code in {"at_least", "more_than", "up_to", "fewer_than"}
    for words in listed
    if words not in load_table("qualifiers")["only_leading"]
]

SCALED = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "lakh": 10**5, "crore": 10**7, "dozen": 12, "hundred": 100}
GLUED = {"k": 10**3, "K": 10**3, "mn": 10**6, "bn": 10**9, "m": 10**6, "b": 10**9}
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

# How one number is printed: the words, with the value and the unit that a reader must get from them.
FORMS: list[Callable[[int], tuple[str, Decimal, str | None]]] = [
    lambda n: (f"{n} people", Decimal(n), None),
    lambda n: (f"{n:,} people", Decimal(n), None),
    lambda n: (f"{n}.5 million people", Decimal(n) * 10**6 + 500_000, None),
    lambda n: (f"{n} percent of them", Decimal(n), "%"),
    lambda n: (f"{n}%", Decimal(n), "%"),
    lambda n: (f"{n} per cent", Decimal(n), "%"),
    lambda n: (f"${n:,}", Decimal(n), "USD"),
    lambda n: (f"US${n} million", Decimal(n) * 10**6, "USD"),
    lambda n: (f"€{n}m", Decimal(n) * 10**6, "EUR"),
    lambda n: (f"{n} million dollars", Decimal(n) * 10**6, "USD"),
    lambda n: (f"{n:,} barrels", Decimal(n), "[bbl_us]"),
    lambda n: (f"{n:,} km", Decimal(n), "km"),
    lambda n: (f"{n} x 10^6 litres", Decimal(n) * 10**6, "L"),
    lambda n: (f"{n}×10{str(6).translate(SUPERSCRIPTS)} litres", Decimal(n) * 10**6, "L"),
    *[lambda n, w=w, v=v: (f"{n} {w} people", Decimal(n) * v, None) for w, v in SCALED.items()],
    *[lambda n, w=w, v=v: (f"{n}{w} people", Decimal(n) * v, None) for w, v in GLUED.items()],
]

PIECES = [
    "A man ",
    "was killed",
    " and ",
    "at least ",
    "12 ",
    "dozens ",
    "people ",
    "\n",
    "“",
    "’",
    "é",
    "no one ",
    "1.2m ",
    "$3 billion ",
    "he died",
    ". ",
]


def only(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, text
    return found[0]


def figures(text: str) -> list[Figure]:
    day = Interval(first="2025-10-24", last="2025-10-24")
    article = Article(document="page", number=0, kind="article", passages=(Passage(start=0, end=len(text), role="body"),), published=day)
    return [figure for paragraph in find_figures(parse(text, article)) for figure in paragraph]


@given(st.integers(2, 1899), st.sampled_from(FORMS))
def test_a_number_is_read_back_from_every_form(number: int, form: Callable[[int], tuple[str, Decimal, str | None]]) -> None:
    """Digits, groups, magnitudes in words and letters, powers, percentages, money and units."""
    words, value, unit = form(number)
    quantity = only(f"They counted {words}.")
    assert (quantity.low, quantity.high, quantity.unit, quantity.qualifier) == (value, value, unit, "exact")


@given(st.integers(2, 99), st.sampled_from(sorted(SCALED)), st.booleans())
def test_a_magnitude_behind_a_range_is_for_both_ends(low: int, scale: str, between: bool) -> None:  # noqa: FBT001 - a choice of form
    """`between 10 and 12 thousand`, `10 to 12 million`."""
    high = low + 2
    words = f"between {low} and {high} {scale}" if between else f"{low} to {high} {scale}"
    quantity = only(f"They counted {words} people.")
    assert (quantity.low, quantity.high) == (Decimal(low * SCALED[scale]), Decimal(high * SCALED[scale]))
    assert quantity.qualifier == "range"


@given(st.integers(2, 10**6), st.sampled_from(BOUNDS))
def test_a_bound_opens_one_side_alone(number: int, bound: tuple[str, Qualifier]) -> None:
    """Every row of the table, whatever the number: the other side stays the number."""
    words, code = bound
    quantity = only(f"There were {words} {number:,} people.")
    assert (quantity.low, quantity.high, quantity.qualifier) == (*bounds(Decimal(number), code), code)


@settings(max_examples=25, deadline=None)
@given(
    st.integers(20, 999), st.sampled_from(["at least", "more than", "no fewer than", "up to", "fewer than", "no more than", "as many as"])
)
def test_a_bound_survives_denial(number: int, words: str) -> None:
    """Denying that it happened turns no `at least` into an `at most`."""
    said = figures(f"The raid killed {words} {number} people.")
    denied = figures(f"The raid did not kill {words} {number} people.")
    assert [(f.low, f.high, f.qualifier, f.reality) for f in said] == [(said[0].low, said[0].high, said[0].qualifier, "actual")]
    assert [(f.low, f.high, f.qualifier, f.reality) for f in denied] == [(said[0].low, said[0].high, said[0].qualifier, "denied")]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join).filter(str.strip))
def test_no_figure_is_without_its_characters(text: str) -> None:
    """Whatever stands in a text, a figure's words are its characters, its bounds are in order and what it relates to stands before it."""
    for figure in (found := figures(text)):
        assert figure.span.text == text[figure.span.start : figure.span.end] != ""
        assert figure.low is None or figure.high is None or figure.low <= figure.high
        assert figure.of is None or 0 <= figure.of < len(found)


@pytest.mark.parametrize("words", ["no one was killed", "nobody was injured", "none were hurt"])
def test_nobody_is_nought(words: str) -> None:
    """Zero is a count like any other."""
    assert [(f.low, f.high) for f in figures(f"Officials said {words}.")] == [(Decimal(0), Decimal(0))]
