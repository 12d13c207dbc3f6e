"""Finds the smallest sets of claims that cannot all hold: design section 5, 'Arithmetic'.

A standing figure is an interval for the count of its series on its day. What is said from below of a whole is its own figures and what
its parts, soldiers and civilians, killed and injured, add up to; a figure that stays below that cannot hold beside them. Each set that
is found so is put to `sums.settle`: it is shown only if no numbers at all fit it, and some fit whatever one of its claims is left out.
Two sources that give one count differently on one day are no set: they stand side by side in their series.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from reportedly.model import Clocks, Contradiction, Entry, Holdings, Rule, Series
from reportedly.reconcile.arithmetic import Bond, find_bonds
from reportedly.reconcile.clocks import lookup_at
from reportedly.reconcile.content import passage_of
from reportedly.reconcile.lookup import Lookup
from reportedly.reconcile.measures import only_grows
from reportedly.reconcile.policies import load_policy
from reportedly.reconcile.series import series_of
from reportedly.reconcile.sums import Range, Sum, settle

_REASONS: dict[Rule, str] = {
    "half within composite": "the halves of a composite are together no more than the whole at the same or a later time",
    "part within total": "parts are together no more than their total at the same or a later time",
    "subset within total": "what is counted of one class, side or place is no more than all that is counted there",
    "statuses make all": "confirmed, probable and suspected cases are together all cases",
    "no less later": "a count that only grows is no less at a later time",
    "old and additional within new": "an earlier number and what came to it are together no more than a later total",
}

Day = tuple[dt.date | None, dt.date | None]
"""First and last day on which a count may have been made; None where open."""

_MOST = 5  # claims in a set
_WIDTH = 40  # ways to add up to a whole that are followed, the greatest first
_DEPTH = 3  # bonds from a part to a whole of wholes
_HEDGE = Decimal("0.1")  # share of a number that "about" leaves open


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A figure that takes part.

    Attributes:
        row: its series.
        entry: the figure.
        place: its place among the entries.
    """

    row: Series
    entry: Entry
    place: int

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from others."""
        return self.row.id, self.place

    @property
    def day(self) -> Day:
        """The day that it counts up to, whatever words tell it."""
        cut_off = self.entry.cut_off
        return (cut_off.first_day if cut_off else None, cut_off.last_day if cut_off else None)

    @property
    def range(self) -> Range:
        """The values that its words allow; a hedged number allows a tenth more or less."""
        low, high = self.entry.low or Decimal(0), self.entry.high
        if self.entry.qualifier in ("about", "nearly"):
            low -= low * _HEDGE
        if self.entry.qualifier == "about" and high is not None:
            high += high * _HEDGE
        return low, high


@dataclass(frozen=True, slots=True, kw_only=True)
class _Support:
    """What speaks for a count from below.

    Attributes:
        least: the number that is reached.
        claims: the figures that reach it, in the order in which they are told.
        bonds: what adds them up.
    """

    least: Decimal
    claims: tuple[_Said, ...] = ()
    bonds: tuple[Bond, ...] = ()


def find_contradictions(holdings: Holdings, clocks: Clocks) -> list[Contradiction]:
    """The smallest sets of claims that cannot all hold, as the clocks show them.

    Args:
        holdings: a ledger's rows, or those of one story.
        clocks: as of when.

    Returns:
        Sets of figures that stand, or of which one replaced the other in a running count, by story, rule and claims.
    """
    lookup = lookup_at(holdings, clocks)
    return list(lookup.once(_contradictions, clocks))


def _contradictions(lookup: Lookup, clocks: Clocks) -> tuple[Contradiction, ...]:
    rows = lookup.once(series_of, clocks, load_policy("widest"))
    search = _Search(rows)
    found: dict[frozenset[tuple[str, int]], Contradiction] = {}
    for rule, claims, bonds in search.candidates():
        key = frozenset(said.key for said in claims)
        if key not in found and _smallest(claims, bonds, rule):
            found[key] = _contradiction(lookup, rule, claims, bonds)
    return tuple(sorted(found.values(), key=lambda each: (each.story, each.rule, each.claims)))


class _Search:
    """Looks for sets that may not hold.

    Args:
        rows: all series.
    """

    def __init__(self, rows: Sequence[Series]) -> None:
        self._rows = rows
        self._bonds: dict[str, list[Bond]] = defaultdict(list)
        for bond in find_bonds(rows):
            self._bonds[bond.whole.id].append(bond)

    def candidates(self) -> Iterator[tuple[Rule, tuple[_Said, ...], tuple[Bond, ...]]]:
        """Sets with the rule that they seem to break; small ones first inside a series."""
        for row in self._rows:
            standing = _standing(row)
            for said in standing:
                high = said.range[1]
                for support in self._supports(row, said.day, _DEPTH) if high is not None else ():
                    if support.bonds and len(support.claims) < _MOST and high is not None and support.least > high:
                        yield support.bonds[-1].rule, (*support.claims, said), support.bonds
            yield from _falling(row)
            for bond in self._bonds[row.id]:
                yield from _unreached(bond)
        yield from self._grown()

    def _supports(self, row: Series, day: Day, depth: int) -> list[_Support]:
        """What speaks for a count on a day from below, most first."""
        earlier = only_grows(row.measure)
        own = [said for said in _standing(row) if said.day == day or (earlier and _before(said.day, day))]
        found = [_Support(least=said.range[0], claims=(said,)) for said in own if said.range[0] > 0]
        for bond in self._bonds[row.id] if depth else ():
            ways = [[_Support(least=Decimal(0)), *self._supports(part, day, depth - 1)] for part in bond.parts]
            for chosen in product(*ways):
                claims = tuple(said for support in chosen for said in support.claims)
                if claims and len(claims) < _MOST:
                    inner = tuple(each for support in chosen for each in support.bonds)
                    least = sum((support.least for support in chosen), Decimal(0))
                    found.append(_Support(least=least, claims=claims, bonds=(*inner, bond)))
        return sorted(found, key=lambda support: (-support.least, len(support.claims)))[:_WIDTH]

    def _grown(self) -> Iterator[tuple[Rule, tuple[_Said, ...], tuple[Bond, ...]]]:
        """A principal's number, what it says has come to it since, and a later total that holds no room for both."""
        totals: dict[tuple[str, str, str | None, str | None, str | None], list[Series]] = defaultdict(list)
        for row in self._rows:
            if row.share == "total" and only_grows(row.measure):
                totals[_counting(row)].append(row)
        for row in self._rows:
            near = totals.get(_counting(row), ()) if row.share == "additional" else ()
            fitting = [total for total in near if _same_field(row.event, total.event) and _same_field(row.place, total.place)]
            if len(fitting) == 1:
                for more in _standing(row):
                    yield from _too_little(fitting[0], more)


def _counting(row: Series) -> tuple[str, str, str | None, str | None, str | None]:
    return row.story, row.measure, row.counted, row.population, row.status


def _same_field(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _too_little(total: Series, more: _Said) -> Iterator[tuple[Rule, tuple[_Said, ...], tuple[Bond, ...]]]:
    for old in _all(total):
        own = old.entry.principal is not None and old.entry.principal == more.entry.principal and _counts(old.entry)
        if own and _before(old.day, more.day):
            for new in _standing(total):
                later = new.day == more.day or _before(more.day, new.day)
                high = new.range[1]
                if later and new.key != old.key and high is not None and old.range[0] + more.range[0] > high:
                    yield "old and additional within new", (old, more, new), ()


def _falling(row: Series) -> Iterator[tuple[Rule, tuple[_Said, ...], tuple[Bond, ...]]]:
    """A count that only grows, and a later one below it: standing, or replaced in its own principal's count."""
    if row.share != "total" or not only_grows(row.measure):
        return
    for other in _standing(row):
        high = other.range[1]
        for one in _all(row) if high is not None else ():
            stands = one.entry.standing == "current" or (one.entry.principal == other.entry.principal and _counts(one.entry))
            if stands and high is not None and one.range[0] > high and _before(one.day, other.day):
                yield "no less later", (one, other), ()


def _unreached(bond: Bond) -> Iterator[tuple[Rule, tuple[_Said, ...], tuple[Bond, ...]]]:
    """A whole that is more than all its parts, as one principal gives them for one cut-off."""
    for whole in _standing(bond.whole) if bond.exact else ():
        own = [[said for said in _standing(part) if _told_together(said, whole)] for part in bond.parts]
        for parts in product(*own):
            highs = [said.range[1] for said in parts]
            bounded = [high for high in highs if high is not None]
            if len(bounded) == len(highs) and sum(bounded) < whole.range[0]:
                yield bond.rule, (*parts, whole), (bond,)


def _told_together(one: _Said, other: _Said) -> bool:
    return one.entry.principal is not None and (one.entry.principal, one.day) == (other.entry.principal, other.day)


def _all(row: Series) -> list[_Said]:
    return [_Said(row=row, entry=entry, place=place) for place, entry in enumerate(row.entries)]


def _standing(row: Series) -> list[_Said]:
    return [said for said in _all(row) if said.entry.standing == "current"]


def _counts(entry: Entry) -> bool:
    """Whether a figure stands or stood until its own principal's next."""
    return entry.standing == "current" or (entry.standing == "history" and entry.note is None)


def _before(one: Day, other: Day) -> bool:
    """Whether one day is certainly earlier than another."""
    return one[1] is not None and other[0] is not None and one[1] < other[0]


def _smallest(claims: Sequence[_Said], bonds: Sequence[Bond], rule: Rule) -> bool:
    """Whether no numbers fit all claims, and some fit any that are left without one."""
    if settle(*_system(claims, bonds, rule)) != "impossible":
        return False
    rest = ([said for said in claims if said is not left] for left in claims)
    return all(settle(*_system(few, bonds, rule)) == "possible" for few in rest)


def _system(claims: Sequence[_Said], bonds: Sequence[Bond], rule: Rule) -> tuple[dict[object, Range], list[Sum]]:
    """The counts that some claims are about, on the days of the claims, with what holds between them."""
    days = list(dict.fromkeys(said.day for said in claims))
    rows = {row.id: row for bond in bonds for row in (*bond.parts, bond.whole)} | {said.row.id: said.row for said in claims}
    ranges: dict[object, Range] = {}
    for said in claims:
        name = said.row.id, said.day
        low, high = ranges.get(name, (Decimal(0), None))
        highs = [each for each in (high, said.range[1]) if each is not None]
        ranges[name] = max(low, said.range[0]), min(highs, default=None)
    sums = [
        Sum(parts=((row.id, one),), whole=(row.id, other))
        for row in rows.values()
        for one in days
        for other in days
        if only_grows(row.measure) and row.share in ("total", "part") and _before(one, other)
    ]
    for bond in dict.fromkeys(bonds):
        told = {said.entry.principal for said in claims if said.row in (*bond.parts, bond.whole)}
        exact = bond.exact and len(told) == 1 and None not in told and len(days) == 1
        sums += [Sum(parts=tuple((part.id, day) for part in bond.parts), whole=(bond.whole.id, day), exact=exact) for day in days]
    if rule == "old and additional within new":
        sums += _growth(claims)
    return ranges, sums


def _growth(claims: Sequence[_Said]) -> list[Sum]:
    """Of what came to a number: the number before and what came are within each later total."""
    added = [said for said in claims if said.row.share == "additional"]
    others = [said for said in claims if said.row.share == "total"]
    return [
        Sum(parts=((old.row.id, old.day), (more.row.id, more.day)), whole=(new.row.id, new.day))
        for more in added
        for old in others
        for new in others
        if _before(old.day, more.day) and not _before(new.day, more.day)
    ]


def _contradiction(lookup: Lookup, rule: Rule, claims: Sequence[_Said], bonds: Sequence[Bond]) -> Contradiction:
    words = [f"“{said.entry.words}” ({_what(said.row)}, {said.entry.principal or 'unattributed'})" for said in claims]
    told = f"{', '.join(words[:-1])} and {words[-1]}"
    rules: tuple[Rule, ...] = tuple(dict.fromkeys((*(bond.rule for bond in bonds), rule)))
    reasons = "; ".join(_REASONS[each] for each in rules)
    ids = tuple(said.entry.claims[0] for said in claims)
    return Contradiction(
        rule=rule,
        story=claims[0].row.story,
        claims=ids,
        series=tuple(dict.fromkeys(said.row.id for said in claims)),
        passages=tuple(passage_of(lookup.holdings, lookup.claims[claim][0]) for claim in ids),
        why=f"{told} cannot {'both' if len(words) == 2 else 'all'} hold: {reasons}.",  # noqa: PLR2004 - a pair
    )


def _what(row: Series) -> str:
    """What a series counts, in few words."""
    share = "" if row.share == "total" else f"{row.share} of " if row.share == "part" else f"{row.share} "
    fields = (row.status, row.counted, row.measure.replace("_", " "), row.population, row.place)
    return share + " ".join(field for field in fields if field)
