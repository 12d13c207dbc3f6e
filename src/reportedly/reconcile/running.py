"""Keeps each principal's running count inside a series: design section 5, 'Series'."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reportedly.model import Interval, Standing, parse_day
from reportedly.reconcile.measures import only_grows
from reportedly.reconcile.tallies import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where a tally stands in its principal's running count.

    Attributes:
        tally: the tally.
        standing: current, history, restatement or withdrawn.
        note: why, where that does not show; else None.
        origin: id of its origin; a restatement goes back to that of the figure it restates, unless it has that of an older one itself.
        reaches: the newest tally of the same principal that states the same bounds again; the tally itself where none does.
    """

    tally: Tally
    standing: Standing
    note: str | None
    origin: str
    reaches: Tally


def stand(tallies: Iterable[Tally]) -> list[Stand]:
    """The standing of each tally of one series.

    Args:
        tallies: the series'.

    Returns:
        One stand a tally, in order of cut-off. A principal has several current ones only where their order is unknown.
    """
    voices: dict[str, list[Tally]] = defaultdict(list)
    stands: list[Stand] = []
    for tally in sorted(tallies, key=lambda tally: tally.order):
        if all(mention.withdrawn for mention in tally.mentions):
            stands.append(_stand(tally, "withdrawn", tally.first.withdrawn))
        elif all(mention.superseded for mention in tally.mentions):
            stands.append(_stand(tally, "history", "a later version of the page stands in its place"))
        else:
            voices[tally.first.voice].append(tally)
    for voice in sorted(voices):
        stands += _count(voices[voice])
    return sorted(stands, key=lambda found: found.tally.order)


def _stand(tally: Tally, standing: Standing, note: str | None = None) -> Stand:
    return Stand(tally=tally, standing=standing, note=note, origin=tally.first.origin, reaches=tally)


def _count(tallies: Sequence[Tally]) -> list[Stand]:
    """One principal's running count, from tallies in order of cut-off."""
    current: list[Stand] = []
    past: list[Stand] = []
    for tally in tallies:
        fresh = _stand(tally, "current")
        restated = [found for found in current if tally.quantity.rounds(found.tally.quantity)]
        if not current:
            current = [fresh]
        elif restated:
            current = [_again(found, tally) for found in current]
            known = any(found.tally.first.origin == fresh.origin for found in (*past, *current))
            past.append(replace(fresh, standing="restatement", origin=fresh.origin if known else restated[-1].origin))
        elif not tally.dated and any(found.tally.dated for found in current):
            past.append(replace(fresh, standing="history", note="undated, so it replaces no dated figure"))
        elif _order_unknown(tally, current[-1].tally):
            kept, wider = _split(current, tally)
            past += wider
            current = [*kept, fresh]
        else:
            past += [replace(found, standing="history") for found in current]
            current = [fresh]
    return past + current


def _again(found: Stand, tally: Tally) -> Stand:
    """A standing figure after one that contains it: the same bounds, dated, show that it still stood then."""
    return replace(found, reaches=tally) if tally.dated and tally.quantity.equals(found.tally.quantity) else found


def _split(current: Sequence[Stand], tally: Tally) -> tuple[list[Stand], list[Stand]]:
    """Of figures whose order with `tally` is unknown, those that say something else, and those that only round it."""
    origin = tally.first.origin
    wider = [replace(found, standing="restatement", origin=origin) for found in current if found.tally.quantity.rounds(tally.quantity)]
    return [found for found in current if not found.tally.quantity.rounds(tally.quantity)], wider


def _order_unknown(one: Tally, other: Tally) -> bool:
    """Whether neither cut-off nor publication says which of two came first (what is said on one day is ordered by publication)."""
    a, b = one.cut_off, other.cut_off
    if a is None or b is None:
        return one.dated == other.dated
    if one.dated != other.dated or (a.first, a.last) != (b.first, b.last):
        return False
    if one.first.reference.partition("#")[0] == other.first.reference.partition("#")[0]:
        return not only_grows(one.first.figure.measure)  # "from 413 to 443": of a count that only grows the greater is the later
    return not (_before(one.first.published, other.first.published) or _before(other.first.published, one.first.published))


def _before(one: Interval | None, other: Interval | None) -> bool:
    """Whether all of one lies before all of the other; times are compared where both give one of a kind, else days."""
    last, first = (one.last if one else None), (other.first if other else None)
    if last is None or first is None:
        return False
    if "T" in last and "T" in first:
        ended, began = dt.datetime.fromisoformat(last), dt.datetime.fromisoformat(first)
        if (ended.tzinfo is None) == (began.tzinfo is None):
            return ended < began
    return parse_day(last, last=True) < parse_day(first)
