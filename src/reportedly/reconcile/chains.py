"""Keeps a count apart from others that only look alike: of what cannot be undone, no later total is less than half an earlier one."""

from collections.abc import Sequence
from decimal import Decimal

from reportedly.reconcile.measures import only_grows
from reportedly.reconcile.tallies import Tally

_FALL = Decimal("0.5")  # share of an earlier total below which a later one counts something else; corrections seldom take half away
_RISE = 100  # how many times an earlier total a later one may be; "250,000 a year" does not follow on 176


def split_chains(tallies: Sequence[Tally]) -> list[tuple[Tally, ...]]:
    """Tallies that count alike as chains in which no total falls by more than half.

    "A friend was killed", told a day after 290 dead, is no new toll. A principal may take back its own figure by as much as it likes.

    Args:
        tallies: totals with one key, in order of cut-off.

    Returns:
        The longest chain first, then the longest of what is left; each in order. A measure that may fall is one chain, and words
        that bound no number go with the first.
    """
    if not tallies or not only_grows(tallies[0].first.figure.measure) or tallies[0].first.figure.share != "total":
        return [tuple(tallies)]
    left = [found for found in tallies if not found.quantity.vague]
    chains: list[tuple[Tally, ...]] = []
    while left:
        chain = _longest(left)
        chains.append(tuple(chain))
        left = [found for found in left if all(found is not other for other in chain)]
    vague = [found for found in tallies if found.quantity.vague]
    first = sorted([*(chains[0] if chains else ()), *vague], key=lambda found: found.order)
    return [tuple(first), *chains[1:]]


def _longest(tallies: Sequence[Tally]) -> list[Tally]:
    """The longest chain; of equals the one that ends with the greater number."""
    best: list[tuple[int, Decimal, int | None]] = []  # length, last number, place of the one before
    for place, found in enumerate(tallies):
        before = [(best[other][0], best[other][1], other) for other in range(place) if _follows(found, tallies[other])]
        length, _, previous = max(before, default=(0, Decimal(0), None), key=lambda row: row[:2])
        best.append((length + 1, found.quantity.stated[-1], previous))
    last: int | None = max(range(len(best)), key=lambda each: (best[each][:2], -each))
    chain: list[Tally] = []
    while last is not None:
        chain.append(tallies[last])
        last = best[last][2]
    return chain[::-1]


def _follows(later: Tally, earlier: Tally) -> bool:
    mine, theirs = later.quantity.stated, earlier.quantity.stated
    own = later.first.principal is not None and later.first.principal == earlier.first.principal
    return (own or mine[-1] >= _FALL * theirs[0]) and mine[0] <= _RISE * max(theirs[-1], Decimal(1))
