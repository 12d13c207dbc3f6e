"""Forms low, best and high of a series by a policy: design section 5, 'Low, best, high'."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reportedly.model import interval_text
from reportedly.reconcile.policies import Policy
from reportedly.reconcile.quantity import Quantity
from reportedly.reconcile.running import Stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a policy makes of a series' standing figures.

    Attributes:
        low: None where nothing bounds it below.
        best: None unless the policy's rule allows one.
        high: greatest stated bound; None where there is none.
        open_high: whether a figure that counts is open above.
        why: one sentence.
        inside: the figures that count.
    """

    low: Decimal | None = None
    best: Decimal | None = None
    high: Decimal | None = None
    open_high: bool = False
    why: str
    inside: tuple[Stand, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Whom a person trusts: from the settings.

    Attributes:
        ranking: names of actors or principals for this story, most trusted first; empty ranks nobody.
        reliabilities: name -> grade A to F.
    """

    ranking: tuple[str, ...]
    reliabilities: Mapping[str, str]


def form_bounds(stands: Sequence[Stand], policy: Policy, trust: Trust) -> Bounds:
    """Low, best and high over the standing figures.

    Args:
        stands: a series' figures with their standing.
        policy: whose figures count, and how best is formed.
        trust: the person's ranking and grades.

    Returns:
        The bounds; low <= best <= high where present, and a `why` that names what best rests on.
    """
    current = [_read(stand, policy) for stand in stands if stand.standing == "current"]
    bounded = [stand for stand in current if not stand.tally.quantity.vague]
    if not bounded:
        return _by_words(current)
    screened, remark = _screen(bounded, policy, trust)
    if not screened:
        return Bounds(why=f"No standing figure is of a source graded {' or '.join(policy.reliable)}.")
    inside = _reaching(screened, policy)
    numbers = sorted(number for stand in inside for number in stand.tally.quantity.stated)
    if policy.best == "least":
        least = min((stand for stand in inside), key=lambda stand: stand.tally.quantity.stated)
        number = numbers[0]
        return Bounds(low=number, best=number, high=number, why=f"The least standing figure: {_cite(least)}.{remark}", inside=tuple(inside))
    best, why = _best(inside, policy, trust)
    return Bounds(
        low=None if any(stand.tally.quantity.low is None for stand in inside) else numbers[0],
        best=best,
        high=numbers[-1],
        open_high=any(stand.tally.quantity.high is None for stand in inside),
        why=why + remark,
        inside=tuple(inside),
    )


def _by_words(current: Sequence[Stand]) -> Bounds:
    """Where only vague words stand: the greatest number that one of them says is reached, else nothing."""
    told = [stand for stand in current if stand.tally.quantity.low is not None]
    if not told:
        return Bounds(why="No standing figure bounds the number." if current else "No figure stands.")
    most = max(told, key=lambda stand: stand.tally.quantity.stated)
    low = most.tally.quantity.low
    return Bounds(low=low, high=low, open_high=True, why=f"Only a word bounds the number: {_cite(most)}.", inside=(most,))


def _read(stand: Stand, policy: Policy) -> Stand:
    """A vague word as the policy's table has it; the entry itself keeps its open bounds."""
    words = stand.tally.first.figure.span.text.casefold().split()
    number = next((policy.vague[word] for word in words if word in policy.vague), None)
    if number is None or not stand.tally.quantity.vague:
        return stand
    return replace(stand, tally=replace(stand.tally, quantity=Quantity(low=number, high=number, qualifier="about")))


def _screen(stands: Sequence[Stand], policy: Policy, trust: Trust) -> tuple[list[Stand], str]:
    """The figures of reliable sources, and a remark where nobody has graded any."""
    if not policy.reliable:
        return list(stands), ""
    if not trust.reliabilities:
        return list(stands), " Unscreened: no source's reliability is set."

    def grade(stand: Stand) -> str | None:
        names = (*stand.tally.first.speakers, stand.tally.first.principal or "", stand.tally.first.outlet)
        return next((trust.reliabilities[name] for name in names if name in trust.reliabilities), None)

    return [stand for stand in stands if grade(stand) in policy.reliable], ""


def _reaching(stands: Sequence[Stand], policy: Policy) -> list[Stand]:
    """The figures whose cut-off reaches the newest; another principal's older figure stands outside, unless a newest one only rounds it.

    Who says "more than 25" a day after another's 26 has no other count.
    """
    if policy.reach == "all":
        return list(stands)
    last = max((stand.reaches.day or dt.date.min for stand in stands), default=dt.date.min)
    newest = [stand for stand in stands if (stand.reaches.day or dt.date.min) == last]
    if policy.reach == "last":
        return newest
    begins = [stand.reaches.cut_off.first_day for stand in newest if stand.reaches.cut_off and stand.reaches.dated]
    reached = min((day for day in begins if day), default=last)
    inside = [stand for stand in stands if (stand.reaches.day or dt.date.min) >= reached]
    rounded = [stand for stand in stands if any(_merely_rounds(new, stand) for new in newest)]
    return [stand for stand in stands if any(stand is kept for kept in (*inside, *rounded))]


def _merely_rounds(newer: Stand, older: Stand) -> bool:
    mine, theirs = newer.tally.quantity, older.tally.quantity
    return older.tally.dated and theirs.point is not None and not mine.equals(theirs) and mine.rounds(theirs)


def _best(inside: Sequence[Stand], policy: Policy, trust: Trust) -> tuple[Decimal | None, str]:
    """The best number, or None, and the sentence that says why."""
    if policy.best == "none":
        return None, "This policy gives a range and no best."
    ranked = _ranked(inside, trust)
    if ranked is not None:
        number = ranked.tally.quantity.point
        return number, f"By this story's ranking of sources: {_cite(ranked)}{_unless_point(number)}."
    if len(inside) == 1:
        number = inside[0].tally.quantity.point
        return number, f"One running count stands alone: {_cite(inside[0])}{_unless_point(number)}."
    for stand in inside:
        number = stand.tally.quantity.point
        if number is not None and all(other is stand or _same(other.tally.quantity, stand.tally.quantity) for other in inside):
            return number, f"All {len(inside)} standing figures agree after rounding with {_cite(stand)}."
    several = "; ".join(_cite(stand) for stand in inside)
    return None, f"{len(inside)} standing figures do not agree, and no ranking of sources is set: {several}."


def _same(other: Quantity, mine: Quantity) -> bool:
    """Whether another figure rounds this one; an open bound that begins at the number itself agrees with it too."""
    return other.rounds(mine)


def _ranked(inside: Sequence[Stand], trust: Trust) -> Stand | None:
    """The standing figure of the most trusted source that has exactly one."""
    for name in trust.ranking:
        found = [stand for stand in inside if name in (stand.tally.first.principal, *stand.tally.first.speakers, stand.tally.first.voice)]
        if len(found) == 1:
            return found[0]
    return None


def _cite(stand: Stand) -> str:
    """A figure in a sentence: whose, the printed words, its date."""
    return f"{stand.tally.first.voice}, “{stand.tally.first.figure.span.text}” ({interval_text(stand.tally.cut_off)})"


def _unless_point(number: Decimal | None) -> str:
    return "" if number is not None else ", which names no single number"
