"""Tells whether tallies have an origin or a stated number in common, without comparing each with each."""

from collections.abc import Sequence
from decimal import Decimal

from reportedly.reconcile.tallies import Tally


class Numbers:
    """The origins and numbers of some tallies.

    Args:
        tallies: the tallies.

    Attributes:
        origins: ids of their origins.
        stated: the numbers that they name.
        stretches: those of them that name two, least and greatest.
    """

    def __init__(self, tallies: Sequence[Tally]) -> None:
        self._tallies = tallies
        self.origins = {found.first.origin for found in tallies}
        self.stated = {number for found in tallies for number in found.quantity.stated}
        bounded = [(found.quantity.low, found.quantity.high) for found in tallies]
        closed = {(low, high) for low, high in bounded if low is not None and high is not None}
        self.stretches = [(low, high) for low, high in closed if low < high]

    def hold(self, found: Tally) -> bool:
        """Whether some tally descends from the same origin as another, or its quantity agrees with the other's (`Quantity.agrees`)."""
        if found.first.origin in self.origins or not self.stated.isdisjoint(found.quantity.stated):
            return True
        low, high = found.quantity.low, found.quantity.high
        if low is None or high is None:
            return False
        return self._around(low, high) or (low < high and self._inside(low, high))

    def meet(self, other: "Numbers") -> bool:
        """Whether some tally here and some there have an origin or a number in common."""
        if not self.origins.isdisjoint(other.origins) or not self.stated.isdisjoint(other.stated):
            return True
        return (bool(self.stretches) or bool(other.stretches)) and any(other.hold(found) for found in self._tallies)

    def _around(self, low: Decimal, high: Decimal) -> bool:
        return any(first <= low and high <= last for first, last in self.stretches)

    def _inside(self, low: Decimal, high: Decimal) -> bool:
        bounded = ((found.quantity.low, found.quantity.high) for found in self._tallies)
        return any(first is not None and last is not None and low <= first and last <= high for first, last in bounded)
