"""What one printed figure says of a number, and how two of them compare: design section 5, 'Series'."""

import functools
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from reportedly.language.tables import load_table
from reportedly.model import Figure, Qualifier

_HEDGED: frozenset[Qualifier] = frozenset({"about", "nearly"})
_FINE = Decimal(100)  # an unhedged number rounds another only where its last two digits are noughts: 80 after 77 is a new count


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """The bounds of a figure with the words' own caution.

    Attributes:
        low: lower bound; None where open. A vague word has one only where its meaning gives it ("multiple": two or more).
        high: upper bound; None where open or vague.
        qualifier: how the words bound the number.
    """

    low: Decimal | None
    high: Decimal | None
    qualifier: Qualifier = "exact"

    @property
    def vague(self) -> bool:
        """Whether it names no number ("dozens", "multiple")."""
        return self.qualifier == "vague" or (self.low is None and self.high is None)

    @property
    def point(self) -> Decimal | None:
        """The one number it names; None for a range, an open bound or a vague word."""
        return self.low if self.low == self.high else None

    @property
    def stated(self) -> tuple[Decimal, ...]:
        """The numbers it names, least first."""
        return _numbers(self.low, self.high)

    def equals(self, other: "Quantity") -> bool:
        """Whether both have the same bounds."""
        return (self.low, self.high) == (other.low, other.high)

    def contains(self, other: "Quantity") -> bool:
        """Whether every value that `other` allows is allowed here; an open bound reaches all the way."""
        below = self.low is None or (other.low is not None and self.low <= other.low)
        above = self.high is None or (other.high is not None and other.high <= self.high)
        return below and above

    def rounds(self, other: "Quantity") -> bool:
        """Whether this equals `other` rounded to this one's digits, or its bound contains `other`; never the other way."""
        if self.contains(other):
            return True
        mine, theirs = self.point, other.point
        if mine is None or theirs is None or mine == 0:
            return False
        step = _step(mine)
        if self.qualifier not in _HEDGED and step < _FINE:
            return False
        return (theirs / step).to_integral_value(ROUND_HALF_UP) * step == mine

    def agrees(self, other: "Quantity") -> bool:
        """Whether they share a stated number, or one is a finite stretch that holds the other; vague words agree with none."""
        if set(self.stated) & set(other.stated):
            return True
        bounds = (self.low, self.high, other.low, other.high)
        if any(bound is None for bound in bounds):
            return False
        return self.contains(other) or other.contains(self)


@functools.lru_cache(maxsize=1 << 14)  # asked of every pair of figures that may count alike
def _numbers(low: Decimal | None, high: Decimal | None) -> tuple[Decimal, ...]:
    return tuple(sorted({number for number in (low, high) if number is not None}))


def quantity_of(figure: Figure) -> Quantity:
    """The quantity that a figure states, with the least number that a vague word allows."""
    low = figure.low
    if low is None and figure.high is None:
        low = next((_least()[word] for word in figure.span.text.casefold().split() if word in _least()), None)
    return Quantity(low=low, high=figure.high, qualifier=figure.qualifier)


@functools.cache
def _least() -> dict[str, Decimal]:
    return {word: Decimal(number) for word, number in load_table("least_numbers")["least"]["words"].items()}


def _step(number: Decimal) -> Decimal:
    """The place value of the last digit of `number` that is not nought: 1000 for 15,000; a fraction's own last place."""
    return Decimal(1).scaleb(int(number.normalize().as_tuple().exponent))
