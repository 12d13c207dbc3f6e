"""Decides which tallies count the same thing: design section 5, 'Series'.

A key has a strict part (story, background event, measure, unit, status, share, and what a measure `other` counts) and an open part
(event, class counted, population, place, period) of which the words often leave something out. The rule for what is left out:

1. The place of the story's own event, and the one state that a story's figures of a measure name as place, are the whole of it: such
   a place, and a population equal to it, count as left open. Any other place makes a part, hence a key of its own.
2. A population says whose people or things are counted wherever they are, so a place tells keys apart only where no population is.
3. A person measure without a class counts people, unless it has an origin or a stated number in common with one other class.
4. A figure that leaves another field open joins the only series that it fits with; where it fits several that do not fit one another,
   it stands alone. For population, place and period it must besides share an origin or a stated number with that series, lest a
   country's whole toll join the two foreigners among it.
5. Of a count that only grows no later total is less than half an earlier one (`chains.py`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from reportedly.language.naming.names import state_of
from reportedly.model import Share, Status
from reportedly.reconcile.chains import split_chains
from reportedly.reconcile.lookup import Lookup
from reportedly.reconcile.measures import class_counted, class_of_figure
from reportedly.reconcile.mentions import Mention, find_mentions
from reportedly.reconcile.sharing import Numbers
from reportedly.reconcile.tallies import Tally, most_printed, tally

UNMEASURED = "other"
"""The measure of figures that count what no table names."""

OPEN = ("event", "counted", "population", "place", "period")


@dataclass(frozen=True, slots=True, kw_only=True)
class Strict:
    """What never differs inside a series.

    Attributes:
        story: the story's id.
        background: id of the comparison's event; None for the story's own events.
        measure: what is measured.
        other: for the measure `other`, what is counted or the verb; else None.
        noun: for the measure `other`, the noun; else None.
        verb: for the measure `other`, the verb: the people aboard and the people freed are not one count; else None.
        unit: UCUM code or currency; None for a plain count.
        status: confirmed, probable, suspected, presumed or None.
        share: total, additional, part or period.
    """

    story: str
    background: str | None
    measure: str
    other: str | None
    noun: str | None
    verb: str | None
    unit: str | None
    status: Status | None
    share: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspects:
    """What the words may leave open; None where they do.

    Attributes:
        event: id of the event.
        counted: class of what is counted.
        population: whose people or things.
        place: where.
        period: first day of a closed window, for figures of a period.
    """

    event: str | None = None
    counted: str | None = None
    population: str | None = None
    place: str | None = None
    period: str | None = None

    def fits(self, other: "Aspects") -> bool:
        """Whether no field is given differently in both."""
        pairs = zip(self.given, other.given, strict=True)
        return all(mine is None or theirs is None or mine == theirs for mine, theirs in pairs)

    @property
    def given(self) -> tuple[str | None, ...]:
        """The fields in the order of `OPEN`."""
        return self.event, self.counted, self.population, self.place, self.period


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Tallies that count the same thing.

    Attributes:
        strict: what they have in common.
        aspects: what any of them says of event, class, population, place and period, as printed most.
        tallies: in order of cut-off.
    """

    strict: Strict
    aspects: Aspects
    tallies: tuple[Tally, ...]


def find_groups(lookup: Lookup) -> tuple[Group, ...]:
    """The figures that may enter a series, by what they count.

    Args:
        lookup: over the holdings as the clocks show them.

    Returns:
        Groups that share no tally, in an order that does not depend on the rows'.
    """
    return (*lookup.once(find_measured), *lookup.once(find_unmeasured))


def find_measured(lookup: Lookup) -> tuple[Group, ...]:
    """Those of the groups that a measure of the table counts."""
    return _groups(lookup, measured=True)


def find_unmeasured(lookup: Lookup) -> tuple[Group, ...]:
    """Those of the groups that count what no table names."""
    return _groups(lookup, measured=False)


def _groups(lookup: Lookup, *, measured: bool) -> tuple[Group, ...]:
    kinds = lookup.once(_kinds, measured).items()
    return tuple(group for strict, tallies in kinds for group in group_tallies(strict, tallies))


def find_kinds(lookup: Lookup) -> Mapping[Strict, tuple[Tally, ...]]:
    """The figures that may enter a series, by what never differs inside one; in order of cut-off.

    Args:
        lookup: over the holdings as the clocks show them.

    Returns:
        In an order that does not depend on the rows'. Two states with the same tallies of a kind have the same series of it.
    """
    return {**lookup.once(_kinds, True), **lookup.once(_kinds, False)}  # noqa: FBT003 - `measured`


def _kinds(lookup: Lookup, measured: bool) -> Mapping[Strict, tuple[Tally, ...]]:  # noqa: FBT001 - `once` takes no names
    """Those of measures of the table, or the others."""
    kinds: dict[Strict, list[Tally]] = defaultdict(list)
    for found in tally(find_mentions(lookup, lambda figure: (figure.measure != UNMEASURED) is measured)):
        kinds[_strict(found)].append(found)
    return {strict: tuple(kinds[strict]) for strict in sorted(kinds, key=str)}


def _strict(found: Tally) -> Strict:
    figure, first = found.first.figure, found.first
    unmeasured = figure.measure == UNMEASURED
    return Strict(
        story=first.story,
        background=first.event if first.background else None,
        measure=figure.measure,
        other=(class_of_figure(figure) or figure.verb) if unmeasured else None,
        noun=figure.counted.casefold() if unmeasured and figure.counted else None,
        verb=figure.verb if unmeasured else None,
        unit=figure.unit,
        status=figure.status,
        share=figure.share,
    )


def group_tallies(strict: Strict, tallies: Sequence[Tally]) -> list[Group]:
    """The tallies of one kind by what they count.

    Args:
        strict: the kind.
        tallies: in order of cut-off.
    """
    printed = _classed([(found, _printed(found)) for found in tallies], strict.measure)
    if len(printed) == 1:  # most kinds; there is nothing to tell apart
        return [Group(strict=strict, aspects=printed[0][1], tallies=tuple(tallies))]
    states = {aspects.place for _, aspects in printed if aspects.place and state_of(aspects.place) == aspects.place}
    wholes = (states if len(states) == 1 else set()) | {found.first.site for found in tallies if found.first.site}
    cells: dict[Aspects, list[tuple[Tally, Aspects]]] = defaultdict(list)
    for found, aspects in printed:
        cells[_keyed(aspects, wholes)].append((found, aspects))
    joined = _join({key: [found for found, _ in rows] for key, rows in cells.items()})
    return [group for keys in joined for group in _group(strict, [row for key in keys for row in cells[key]])]


def _classed(rows: Sequence[tuple[Tally, Aspects]], measure: str) -> list[tuple[Tally, Aspects]]:
    """The rows, those of a person measure without a class in the class that they belong to."""
    default = class_counted(measure)
    if default is None:
        return list(rows)
    sorts: dict[str, list[Tally]] = defaultdict(list)
    for found, aspects in rows:
        if aspects.counted:
            sorts[aspects.counted].append(found)
    classes = {name: Numbers(sorts[name]) for name in sorted(sorts)}

    def counted(found: Tally, aspects: Aspects) -> str:
        if aspects.counted:
            return aspects.counted
        alike = [name for name, numbers in classes.items() if numbers.hold(found)]
        return alike[0] if len(alike) == 1 else default

    return [(found, replace(aspects, counted=counted(found, aspects))) for found, aspects in rows]


def _group(strict: Strict, rows: Sequence[tuple[Tally, Aspects]]) -> Iterator[Group]:
    aspects_of = {id(found): aspects for found, aspects in rows}
    for chain in split_chains(sorted((found for found, _ in rows), key=lambda found: found.order)):
        aspects = {name: most_printed(getattr(aspects_of[id(found)], name) for found in chain) for name in OPEN}
        yield Group(strict=strict, aspects=Aspects(**aspects), tallies=chain)


def _printed(found: Tally) -> Aspects:
    """What a tally's mentions say; what one retelling leaves out another supplies."""
    mentions = found.mentions
    return Aspects(
        event=most_printed(m.event for m in mentions),
        counted=most_printed(class_of_figure(m.figure) for m in mentions),
        population=most_printed(m.figure.population for m in mentions),
        place=most_printed(m.figure.place or m.stored.claim.place for m in mentions),
        period=most_printed(_period(found, m) for m in mentions),
    )


def _period(found: Tally, mention: Mention) -> str | None:
    """The first day of a closed period that a figure is limited to; None for a count without one.

    A stretch that holds the day of the event only dates the event ("the quake that killed 52 last week"), and one beside a noun of
    number only dates the word ("the toll rose to 27 on Friday"): it takes a verb to say that so many were killed in that time.
    """
    figure, window = mention.figure, mention.figure.window
    if figure.share == "period":
        return (window.first if window else None) or (found.cut_off.last if found.cut_off else None)
    if window is None or window.last is None or figure.basis != "during" or figure.verb is None:
        return None
    return None if mention.meets_event else window.first


def _keyed(aspects: Aspects, wholes: Collection[str]) -> Aspects:
    """The aspects by which figures are told apart."""
    population = None if aspects.population in wholes else aspects.population
    place = None if population is not None or aspects.place in wholes else aspects.place
    return replace(aspects, population=population, place=place)


def _join(cells: Mapping[Aspects, Sequence[Tally]]) -> list[tuple[Aspects, ...]]:
    """Which cells form one series: those that fit only with one another."""
    order = sorted(cells, key=str)
    near: dict[Aspects, set[Aspects]] = {aspects: {aspects} for aspects in order}
    numbers = {aspects: Numbers(cells[aspects]) for aspects in order}
    for one, other in combinations(order, 2):
        if one.fits(other) and _belong(one, other, numbers):
            near[one].add(other)
            near[other].add(one)
    sure = {aspects for aspects in order if all(a.fits(b) for a, b in combinations(near[aspects], 2))}
    joined: list[tuple[Aspects, ...]] = []
    left = set(order)
    for aspects in order:
        if aspects in left:
            component = _component(aspects, near, sure)
            alike = all(a.fits(b) for a, b in combinations(component, 2))
            parts = [tuple(sorted(component, key=str))] if alike else [(single,) for single in sorted(component, key=str)]
            joined += parts
            left -= component
    return joined


def _component(start: Aspects, near: Mapping[Aspects, set[Aspects]], sure: set[Aspects]) -> set[Aspects]:
    found, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for other in near[here] - found if here in sure else set():
            if other in sure:
                found.add(other)
                waiting.append(other)
    return found


def _belong(one: Aspects, other: Aspects, numbers: Mapping[Aspects, Numbers]) -> bool:
    """Whether what one leaves open may be taken from the other."""
    alike = (one.population, one.place, one.period) == (other.population, other.place, other.period)
    return alike or numbers[one].meet(numbers[other])
