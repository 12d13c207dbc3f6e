"""Weighs the days and longer periods of a story by how its reports come back to them.

What an expert's timeline lists are the days that reports name again, above all those that are still named long after (Tran et al.,
"Balancing novelty and salience", ECIR 2015; Gholipour Ghalandari and Ifrim, ACL 2020, where counts come close to the best ranking). A day
that is named only while it lasts is one of publication more than one of the story.
"""

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping

from reportedly.model import Claim, Interval
from reportedly.reconcile.lookup import Lookup

Period = tuple[str | None, str | None]
"""First and last day, ISO; None where open."""

LONG = 7
"""Days after which a day that is still named has become part of the story."""


def period_of(when: Interval) -> Period:
    """The days of an interval, without hours."""
    first, last = when.first_day, when.last_day
    return first.isoformat() if first else None, last.isoformat() if last else None


def number_of_period(period: Period) -> int:
    """One number for a period, of those of its first and its last day (`date.toordinal`); 0 stands for an open end."""
    first, last = (dt.date.fromisoformat(day).toordinal() if day else 0 for day in period)
    return first << 32 | last


def weigh_periods(lookup: Lookup, widen: Callable[[Interval], Interval]) -> Mapping[str, Mapping[Period, float]]:
    """How much the reports of each story make of each period that they name.

    The weight is the sum of four logarithms of counts: of the documents that name the period, of the days on which these were published,
    of the claims published after it that do, and of those published more than a week after it. How often one report repeats a period on
    its own day tells nothing.

    Args:
        lookup: over the holdings as the clocks show them.
        widen: brings an interval to the grain that is asked for.

    Returns:
        By story the weight of each period that is named there; without unit, greater is more.
    """
    counts: dict[tuple[str, Period], Counter[str]] = defaultdict(Counter)
    documents: dict[tuple[str, Period], set[str]] = defaultdict(set)
    days: dict[tuple[str, Period], set[dt.date | None]] = defaultdict(set)
    for stored in lookup.holdings.claims:
        published = lookup.published_of(stored)
        reported = published.last_day if published else None
        for period in dict.fromkeys(period_of(widen(when)) for when in named_times(stored.claim)):
            for story in lookup.stories_of(stored):
                counts[story, period].update(_counts(period, reported))
                documents[story, period].add(stored.document)
                days[story, period].add(reported)
    found: dict[str, dict[Period, float]] = defaultdict(dict)
    for (story, period), named in documents.items():
        late = counts[story, period]
        found[story][period] = weight_of(len(named), len(days[story, period]), late["after"], late["long after"])
    return found


def weight_of(documents: int, days: int, after: int, long_after: int) -> float:
    """The weight of a period: the sum of the logarithms of four counts; see `weigh_periods`."""
    return sum(map(math.log1p, (documents, days, after, long_after)))


def _counts(period: Period, reported: dt.date | None) -> Iterator[str]:
    """What a claim that names a period counts as, in a report of a day."""
    if reported is not None and period[1] is not None:
        gap = (reported - dt.date.fromisoformat(period[1])).days
        if gap > 0:
            yield "after"
        if gap > LONG:
            yield "long after"


def named_times(claim: Claim) -> Iterator[Interval]:
    """The times that a claim's words name, ends open or not: of what happened, of the saying, of what its figures count."""
    for when in (claim.happened, claim.said, *(figure.window for figure in claim.figures)):
        if when is not None and when.basis != "published" and (when.first or when.last):
            yield when
