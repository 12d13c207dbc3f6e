"""Units, currencies and denominators become codes."""

import pytest

from reportedly.extract.figures.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "unit", "per"),
    [
        ("12 per cent", "%", None),
        ("12%", "%", None),
        ("$5 billion", "USD", None),
        ("A$5", "AUD", None),
        ("EUR50m", "EUR", None),
        ("5 million pounds", "GBP", None),
        ("5 pounds", "[lb_av]", None),
        ("25 km", "km", None),
        ("15-mile", "[mi_i]", None),
        ("800,000 barrels a day", "[bbl_us]", "d"),
        ("$3 per share", "USD", "{share}"),
        ("60 miles per hour", "[mi_i]/h", None),
        ("65-year-old", "a", None),
        ("two thirds", "1", None),
        ("magnitude 7.8", "{magnitude}", None),
        ("7.8-magnitude", "{magnitude}", None),
        ("63 cents", "{cent}", None),
    ],
)
def test_units_have_codes(text: str, unit: str, per: str | None) -> None:
    """UCUM for measures, ISO 4217 for money, the denominator apart."""
    quantities = find_quantities(text)
    assert [(text[q.start : q.end], q.unit, q.per) for q in quantities] == [(text, unit, per)]


def test_a_day_earlier_is_no_denominator() -> None:
    """ "21 tonnes a day earlier" is a weight on another day, "21 tonnes a day" a rate."""
    assert [(q.unit, q.per) for q in find_quantities("21 tonnes a day earlier")] == [("t", None)]
    assert [(q.unit, q.per) for q in find_quantities("21 tonnes a day")] == [("t", "d")]


@pytest.mark.parametrize("text", ["12 in all", "5 people", "40 men", "6 a side"])
def test_words_that_only_look_like_units_are_none(text: str) -> None:
    """`in` and `m` are units only glued to digits."""
    assert [q.unit for q in find_quantities(text)] == [None]
