"""Finds the smallest sets of claims that cannot all hold: design section 5, 'Arithmetic'."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from reportedly.model import Clocks, Entry, Holdings, Series
from reportedly.reconcile.arithmetic import relations
from reportedly.reconcile.measures import only_grows
from reportedly.reconcile.series import build_series

Rule = Literal["half within composite", "part within total", "no less later"]

_REASONS: dict[Rule, str] = {
    "half within composite": "one half of a composite is no more than the whole at the same or a later time",
    "part within total": "a part is no more than its total at the same or a later time",
    "no less later": "a count that only grows is no less at a later time",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """A smallest set of claims that cannot all hold.

    Attributes:
        rule: which rule of arithmetic they break.
        story: the story's id.
        claims: ids of the claims, the first of each figure, in the rule's order.
        series: ids of the series.
        why: one sentence with the printed words.
    """

    rule: Rule
    story: str
    claims: tuple[str, ...]
    series: tuple[str, ...]
    why: str


def find_contradictions(holdings: Holdings, clocks: Clocks) -> list[Contradiction]:
    """The smallest sets of claims that cannot all hold, as the clocks show them.

    Args:
        holdings: a ledger's rows, or those of one story.
        clocks: as of when.

    Returns:
        Pairs of figures that stand, or of which one replaced the other in a running count, in the series' order.
    """
    rows = build_series(holdings, clocks, "widest")
    pairs = [*_exceeding(rows), *(found for row in rows for found in _falling(row))]
    return sorted(pairs, key=lambda found: (found.story, found.rule, found.claims))


def _exceeding(rows: Sequence[Series]) -> Iterator[Contradiction]:
    for less, more, rule in relations(rows):
        for one in _standing(less):
            for other in _standing(more):
                if _above(one, other) and _no_later(one, other):
                    yield _contradiction(rule, (less, one), (more, other))


def _falling(row: Series) -> Iterator[Contradiction]:
    if row.share != "total" or not only_grows(row.measure):
        return
    for one in row.entries:
        for other in _standing(row):
            replaced = one.standing == "history" and one.principal == other.principal and one.note is None
            if (one.standing == "current" or replaced) and one is not other and _above(one, other) and _earlier(one, other):
                yield _contradiction("no less later", (row, one), (row, other))


def _standing(row: Series) -> list[Entry]:
    return [entry for entry in row.entries if entry.standing == "current"]


def _above(one: Entry, other: Entry) -> bool:
    """Whether all that one allows is more than all that the other allows; hedged numbers need a tenth between them."""
    if one.low is None or other.high is None:
        return False
    hedged = "about" in (one.qualifier, other.qualifier) or "nearly" in (one.qualifier, other.qualifier)
    return one.low > other.high * (Decimal("1.1") if hedged else 1)


def _no_later(one: Entry, other: Entry) -> bool:
    """Whether one certainly counts up to no later a day than the other."""
    return one.cut_off == other.cut_off or _earlier(one, other)


def _earlier(one: Entry, other: Entry) -> bool:
    last = one.cut_off.last_day if one.cut_off else None
    first = other.cut_off.first_day if other.cut_off else None
    return last is not None and first is not None and last < first


def _contradiction(rule: Rule, one: tuple[Series, Entry], other: tuple[Series, Entry]) -> Contradiction:
    words = [f"“{entry.words}” ({row.measure.replace('_', ' ')}, {entry.principal or 'unattributed'})" for row, entry in (one, other)]
    return Contradiction(
        rule=rule,
        story=one[0].story,
        claims=(one[1].claims[0], other[1].claims[0]),
        series=tuple(dict.fromkeys((one[0].id, other[0].id))),
        why=f"{words[0]} and {words[1]} cannot both hold: {_REASONS[rule]}.",
    )
