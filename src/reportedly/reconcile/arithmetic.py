"""The arithmetic between series: design section 5, 'Arithmetic'.

killed <= killed_or_injured; part <= total. From these follow bounds that no one has said; they stand in fields of their own.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from reportedly.model import Series
from reportedly.reconcile.measures import halves_of, only_grows

Relation = Literal["half within composite", "part within total"]


def imply(rows: Sequence[Series]) -> list[Series]:
    """The series with the bounds that others imply, where these say more than what is stated.

    Args:
        rows: series of one policy and clock.

    Returns:
        The same series in the same order.
    """
    lows: dict[str, list[Decimal]] = {}
    highs: dict[str, list[Decimal]] = {}
    for less, more, _ in relations(rows):
        if less.low is not None and (only_grows(more.measure) or _newest(less) == _newest(more)):
            lows.setdefault(more.id, []).append(less.low)
        if more.high is not None and not more.open_high and _newest(less) <= _newest(more):
            highs.setdefault(less.id, []).append(more.high)
    return [_implied(row, lows.get(row.id, []), highs.get(row.id, [])) for row in rows]


def relations(rows: Sequence[Series]) -> Iterator[tuple[Series, Series, Relation]]:
    """Pairs of series of which the first can be no greater than the second; only where the first fits one such second."""
    composites: dict[tuple[str, str], list[Series]] = defaultdict(list)  # by story and measure, so that the work grows with the rows
    totals: dict[tuple[str, str], list[Series]] = defaultdict(list)
    for row in rows:
        if row.share == "total":
            totals[row.story, row.measure].append(row)
            for half in halves_of(row.measure):
                composites[row.story, half].append(row)
    for less in rows:
        if less.share == "total":
            wholes = [row for row in composites.get((less.story, less.measure), ()) if _comparable(less, row)]
            if len(wholes) == 1:
                yield less, wholes[0], "half within composite"
        if less.share == "part":
            same = [row for row in totals.get((less.story, less.measure), ()) if _comparable(less, row)]
            if len(same) == 1:
                yield less, same[0], "part within total"


def _implied(row: Series, lows: Sequence[Decimal], highs: Sequence[Decimal]) -> Series:
    low, high = max(lows, default=None), min(highs, default=None)
    new_low = low if low is not None and (row.low is None or low > row.low) else None
    new_high = high if high is not None and (row.high is None or row.open_high or high < row.high) else None
    return replace(row, implied_low=new_low, implied_high=new_high)


def _comparable(one: Series, other: Series) -> bool:
    """Whether two series count in one story, unit and status, and no field is given differently in both."""
    if (one.story, one.unit, one.status) != (other.story, other.unit, other.status) or one.measure == "other":
        return False
    pairs = ((one.event, other.event), (one.counted, other.counted), (one.population, other.population), (one.place, other.place))
    return all(mine is None or theirs is None or mine == theirs for mine, theirs in pairs)


def _newest(row: Series) -> dt.date:
    days = [entry.cut_off.last_day for entry in row.entries if entry.standing == "current" and entry.cut_off]
    return max((day for day in days if day), default=dt.date.min)
