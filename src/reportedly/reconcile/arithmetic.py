"""The arithmetic between series: design section 5, 'Arithmetic'.

killed + injured <= killed_or_injured; parts, and what is narrower, <= total; confirmed + probable + suspected = all. From these follow
bounds that no one has said; they stand in fields of their own.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from reportedly.language.gazetteer import country_of
from reportedly.language.naming.states import region_of, state_of
from reportedly.model import Rule, Series
from reportedly.reconcile.measures import are_apart, class_counted, halves_of, only_grows, status_parts, summed_in

_FIELDS = ("event", "counted", "population", "place")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """Series that add up to no more than another at the same time.

    Attributes:
        rule: why.
        parts: series of which nothing is counted in two.
        whole: the series that they are no more than.
        exact: whether the parts are all that the whole holds, where one principal gives them for one cut-off.
    """

    rule: Rule
    parts: tuple[Series, ...]
    whole: Series
    exact: bool = False


def imply(rows: Sequence[Series]) -> list[Series]:
    """The series with the bounds that others imply, where these say more than what is stated.

    Args:
        rows: series of one policy and clock.

    Returns:
        The same series in the same order.
    """
    lows: dict[str, list[Decimal]] = {}
    highs: dict[str, list[Decimal]] = {}
    for part, whole, _ in relations(rows):  # one by one: what parts add up to nobody has said, and no brief prints it
        if part.low is not None and (only_grows(whole.measure) or _newest(part) == _newest(whole)):
            lows.setdefault(whole.id, []).append(part.low)
        if whole.high is not None and not whole.open_high and _newest(part) <= _newest(whole):
            highs.setdefault(part.id, []).append(whole.high)
    return [_implied(row, lows.get(row.id, []), highs.get(row.id, [])) for row in rows]


def find_bonds(rows: Sequence[Series]) -> Iterator[Bond]:
    """What the tables know to hold between series: `relations` by whole, with the parts that may be added together.

    Wholes that nothing bounds from above, and parts that nothing bounds from below, are left out.
    """
    parts: dict[tuple[Rule, str], list[Series]] = defaultdict(list)
    known: dict[str, Series] = {}
    for part, whole, rule in relations(rows):
        if _stands(part) and (_stands(whole) or rule == "statuses make all"):
            parts[rule, whole.id].append(part)
            known[whole.id] = whole
    for (rule, identity), fitting in parts.items():
        for family in _families(fitting):
            exact = rule == "statuses make all" and {"confirmed", "suspected"} <= {row.status for row in family}
            yield Bond(rule=rule, parts=tuple(family), whole=known[identity], exact=exact)


def _stands(row: Series) -> bool:
    return any(entry.standing == "current" for entry in row.entries)


def relations(rows: Sequence[Series]) -> Iterator[tuple[Series, Series, Rule]]:
    """Pairs of series of which the first can be no greater than the second at one time; only where it fits one such second of a measure."""
    shelves = _Shelves(rows)
    ways: tuple[tuple[Rule, Callable[[Series], Sequence[Series]]], ...] = (
        ("half within composite", shelves.composites),
        ("part within total", shelves.totals),
        ("subset within total", shelves.wider),
        ("statuses make all", shelves.of_all_statuses),
    )
    for rule, near in ways:
        for row in rows:
            found = [whole for whole in near(row) if whole is not row]
            if len({whole.measure for whole in found}) == len(found):  # a half of two composites is bound to each of them
                yield from ((row, whole, rule) for whole in found)


class _Shelves:
    """The totals among some series, by what is asked of them, so that the work grows with the rows and not with their square.

    Args:
        rows: all series.
    """

    def __init__(self, rows: Sequence[Series]) -> None:
        self._measures: dict[tuple[str, str], list[Series]] = defaultdict(list)
        self._composites: dict[tuple[str, str], list[Series]] = defaultdict(list)
        self._exactly: dict[tuple[str | None, ...], list[Series]] = defaultdict(list)
        for row in rows:
            if row.share == "total" and row.measure != "other":
                self._measures[row.story, row.measure].append(row)
                self._exactly[_kind(row, _fields(row))].append(row)
                for half in (*halves_of(row.measure), *summed_in(row.measure)):
                    self._composites[row.story, half].append(row)

    def composites(self, row: Series) -> list[Series]:
        """The totals of composites, and of casualties, that a total of one of their halves fits."""
        near = self._composites.get((row.story, row.measure), ()) if row.share == "total" else ()
        return [whole for whole in near if _comparable(row, whole)]

    def totals(self, row: Series) -> list[Series]:
        """The totals that a part fits."""
        near = self._measures.get((row.story, row.measure), ()) if row.share == "part" else ()
        return [whole for whole in near if _comparable(row, whole)]

    def wider(self, row: Series) -> list[Series]:
        """The totals of the very same event that count more than people of a class, of one side, in one place.

        Sums of money and weights are told of parts and wholes without saying so, and have none.
        """
        if row.share != "total" or row.event is None or class_counted(row.measure) is None:
            return []
        fields = _fields(row)
        left_open = {
            tuple(value if keep else None for value, keep in zip(fields, kept, strict=True)) for kept in product((True, False), repeat=3)
        }
        return [whole for wide in sorted(left_open - {fields}, key=str) for whole in self._exactly.get(_kind(row, wide), ())]

    def of_all_statuses(self, row: Series) -> list[Series]:
        """The totals of all cases that the cases of one status are among."""
        near = self._measures.get((row.story, row.measure), ()) if row.share == "total" and row.status in status_parts() else ()
        return [whole for whole in near if whole.status is None and _alike(row, whole)]


def _fields(row: Series) -> tuple[str | None, ...]:
    """Class, population and place; the class that a measure counts anyhow is none."""
    return None if row.counted == class_counted(row.measure) else row.counted, row.population, row.place


def _kind(row: Series, fields: tuple[str | None, ...]) -> tuple[str | None, ...]:
    return row.story, row.event, row.measure, row.unit, row.status, *fields


def _families(rows: Sequence[Series]) -> list[list[Series]]:
    """Series that may be added, as large as can be, in the order of the rows."""
    families: list[list[Series]] = []
    for row in rows:
        homes = [family for family in families if all(_apart(row, other) for other in family)]
        for family in homes:
            family.append(row)
        if not homes:
            families.append([row])
    return families


def _apart(one: Series, other: Series) -> bool:
    """Whether nothing can be counted in both of two series of one whole."""
    if one.measure != other.measure:
        return one.measure not in halves_of(other.measure) and other.measure not in halves_of(one.measure)
    if one.status != other.status and None not in (one.status, other.status):
        return True
    return are_apart(one.counted, other.counted) or _other_people(one.population, other.population) or _other_place(one.place, other.place)


def _other_people(one: str | None, other: str | None) -> bool:
    """Whether two populations are those of two states."""
    return one is not None and other is not None and one != other and state_of(one) == one and state_of(other) == other


def _other_place(one: str | None, other: str | None) -> bool:
    """Whether two places lie in two states, or are two parts of a federation."""
    if one is None or other is None or one == other:
        return False
    states = country_of(one), country_of(other)
    return (None not in states and states[0] != states[1]) or (region_of(one) is not None and region_of(other) is not None)


def _implied(row: Series, lows: Sequence[Decimal], highs: Sequence[Decimal]) -> Series:
    low, high = max(lows, default=None), min(highs, default=None)
    new_low = low if low is not None and (row.low is None or low > row.low) else None
    new_high = high if high is not None and (row.high is None or row.open_high or high < row.high) else None
    return replace(row, implied_low=new_low, implied_high=new_high)


def _comparable(one: Series, other: Series) -> bool:
    """Whether two series count in one story, unit and status, and no field is given differently in both."""
    return one.status == other.status and _alike(one, other)


def _alike(one: Series, other: Series) -> bool:
    if (one.story, one.unit) != (other.story, other.unit) or one.measure == "other":
        return False
    pairs = ((getattr(one, name), getattr(other, name)) for name in _FIELDS)
    return all(mine is None or theirs is None or mine == theirs for mine, theirs in pairs)


def _newest(row: Series) -> dt.date:
    days = [entry.cut_off.last_day for entry in row.entries if entry.standing == "current" and entry.cut_off]
    return max((day for day in days if day), default=dt.date.min)
