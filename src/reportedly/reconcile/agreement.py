"""Agreement of coders: Krippendorff's alpha for any number of coders, missing values and four levels of measurement.

Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", University of Pennsylvania, 2011; and the same author's
"Content Analysis: An Introduction to Its Methodology", 4th ed., SAGE 2018, chapter 12.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from reportedly.model import Level

Value = Hashable
Coincidences = Mapping[tuple[Value, Value], Fraction]

_LEAST = 2  # values that a unit needs to say anything of agreement
_PLACES = Decimal("0.001")


def krippendorff_alpha(units: Sequence[Mapping[str, Value]], level: Level) -> Decimal | None:
    """Krippendorff's alpha: 1 - observed / expected disagreement.

    Args:
        units: for each unit, each coder's value; who did not code it is left out. Values of the levels ordinal, interval and ratio are
            numbers (int or Decimal), ratios not negative.
        level: how far two values are from each other: `nominal` 0 or 1, `ordinal` by ranks, `interval` the difference, `ratio` the
            difference over the sum, each squared.

    Returns:
        Alpha to three places; None where no two values can be compared or none varies, which leaves it undefined.
    """
    pairable = [list(unit.values()) for unit in units if len(unit) >= _LEAST]
    coincidences = _coincide(pairable)
    totals: dict[Value, Fraction] = {}
    for (one, _), weight in coincidences.items():
        totals[one] = totals.get(one, Fraction(0)) + weight
    apart = _distance(level, totals)
    expected = sum((totals[a] * totals[b] * apart(a, b) for a in totals for b in totals), Fraction(0))
    if not expected:
        return None
    observed = sum((weight * apart(a, b) for (a, b), weight in coincidences.items()), Fraction(0))
    alpha = 1 - (sum(totals.values()) - 1) * observed / expected
    return (Decimal(alpha.numerator) / Decimal(alpha.denominator)).quantize(_PLACES)


def _coincide(units: Sequence[Sequence[Value]]) -> Coincidences:
    """The coincidence matrix: each ordered pair of two coders' values of a unit, weighed by 1 / (values of the unit - 1)."""
    found: dict[tuple[Value, Value], Fraction] = {}
    for values in units:
        weight = Fraction(1, len(values) - 1)
        for i, one in enumerate(values):
            for j, other in enumerate(values):
                if i != j:
                    found[one, other] = found.get((one, other), Fraction(0)) + weight
    return found


def _distance(level: Level, totals: Mapping[Value, Fraction]) -> Callable[[Value, Value], Fraction]:
    """The squared difference of two values at a level of measurement."""
    if level == "nominal":
        return lambda a, b: Fraction(a != b)
    if level == "ordinal":
        return _by_rank(totals)
    if level == "interval":
        return lambda a, b: (_number(a) - _number(b)) ** 2

    def ratio(a: Value, b: Value) -> Fraction:
        one, other = _number(a), _number(b)
        return Fraction(0) if one == other else ((one - other) / (one + other)) ** 2

    return ratio


def _by_rank(totals: Mapping[Value, Fraction]) -> Callable[[Value, Value], Fraction]:
    ordered = sorted(totals, key=_number)

    def apart(a: Value, b: Value) -> Fraction:
        first, last = sorted((ordered.index(a), ordered.index(b)))
        between = sum((totals[value] for value in ordered[first : last + 1]), Fraction(0))
        return (between - (totals[a] + totals[b]) / 2) ** 2

    return apart


def _number(value: Value) -> Fraction:
    if not isinstance(value, int | Decimal | Fraction):
        raise TypeError(type(value).__name__)
    return Fraction(value)
