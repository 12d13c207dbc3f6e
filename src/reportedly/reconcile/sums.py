"""Decides whether counts can have the values that are said of them: intervals, and sums that are no more than, or just, a whole.

Bounds are narrowed until they rest (a whole is no less than its parts' least, a part no more than what the others leave of the whole). An
empty interval then proves that no values hold. Where every sum is "no more than", the least values that are left are a solution, so the
answer is exact; where a sum must be reached, values are filled up until one is found. What neither proof settles is told as unsettled.
The narrowing is bounds consistency for linear constraints (Marriott and Stuckey, "Programming with Constraints", MIT Press 1998, ch. 3).
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Range = tuple[Decimal, Decimal | None]
"""Least and greatest value; None where open above. No count is less than nought."""

Answer = Literal["possible", "impossible", "unsettled"]

_ROUNDS = 50  # of narrowing: chains of sums are short
_TRIES = 200  # of filling up
_NOUGHT = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """The parts of a whole, which nothing is in twice.

    Attributes:
        parts: the variables that are added.
        whole: the variable that they are no more than.
        exact: whether they are all of it.
    """

    parts: tuple[Hashable, ...]
    whole: Hashable
    exact: bool = False


def settle(ranges: Mapping[Hashable, Range], sums: Sequence[Sum]) -> Answer:
    """Whether some values lie in all ranges and keep all sums.

    Args:
        ranges: by variable; one without a range may be anything from nought.
        sums: what holds between the variables.

    Returns:
        `possible` where values were found, `impossible` where there are none, `unsettled` where the search was given up.
    """
    held = dict(ranges)
    for each in sums:
        for variable in (*each.parts, each.whole):
            held.setdefault(variable, (_NOUGHT, None))
    narrowed = _narrow(held, sums)
    if narrowed is None:
        return "impossible"
    return "possible" if _fill(narrowed, sums, [_TRIES]) else "unsettled"


def _narrow(ranges: Mapping[Hashable, Range], sums: Sequence[Sum]) -> dict[Hashable, Range] | None:
    """The ranges without the values that a sum alone rules out; None where nothing is left of one."""
    held = dict(ranges)
    for _ in range(_ROUNDS):
        before = dict(held)
        for each in sums:
            for variable, found in _implied(held, each):
                low, high = held[variable]
                low = max(low, found[0])
                high = found[1] if high is None else high if found[1] is None else min(high, found[1])
                held[variable] = low, high
        if any(high is not None and low > high for low, high in held.values()):
            return None
        if held == before:
            break
    return held


def _implied(held: Mapping[Hashable, Range], each: Sum) -> list[tuple[Hashable, Range]]:
    """What one sum says of the range of each of its variables."""
    lows = [held[part][0] for part in each.parts]
    highs = [held[part][1] for part in each.parts]
    low, high = held[each.whole]
    least, most = sum(lows, _NOUGHT), _total(highs)
    found: list[tuple[Hashable, Range]] = [(each.whole, (least, most if each.exact else None))]
    for place, part in enumerate(each.parts):
        others = _total([*highs[:place], *highs[place + 1 :]])
        needed = max(_NOUGHT, low - others) if each.exact and others is not None else _NOUGHT
        found.append((part, (needed, None if high is None else high - (least - lows[place]))))
    return found


def _total(highs: Sequence[Decimal | None]) -> Decimal | None:
    bounded = [high for high in highs if high is not None]
    return sum(bounded, _NOUGHT) if len(bounded) == len(highs) else None


def _fill(ranges: Mapping[Hashable, Range], sums: Sequence[Sum], tries: list[int]) -> bool:
    """Whether the least values keep all sums, or do when parts of a sum that is not reached are filled up, one after another."""
    if any(_missing(ranges, each) < 0 for each in sums):
        return False
    short = next((each for each in sums if each.exact and _missing(ranges, each) > 0), None)
    if short is None:
        return True
    for part in short.parts:
        low, high = ranges[part]
        tries[0] -= 1
        raised = low + _missing(ranges, short)
        raised = raised if high is None else min(raised, high)
        if tries[0] < 0 or raised <= low:
            continue
        narrowed = _narrow({**ranges, part: (raised, high)}, sums)
        if narrowed is not None and _fill(narrowed, sums, tries):
            return True
    return False


def _missing(ranges: Mapping[Hashable, Range], each: Sum) -> Decimal:
    return ranges[each.whole][0] - sum((ranges[part][0] for part in each.parts), _NOUGHT)
