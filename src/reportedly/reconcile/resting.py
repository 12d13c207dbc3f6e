"""Shows what the bounds of a series rest on: the same bounds without each principal, without each outlet, under each policy."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from reportedly.model import Clocks, Holdings, group_id
from reportedly.reconcile.bounds import Bounds, form_bounds
from reportedly.reconcile.clocks import lookup_at
from reportedly.reconcile.keys import Group, find_groups
from reportedly.reconcile.lookup import Lookup
from reportedly.reconcile.mentions import Mention
from reportedly.reconcile.policies import Policy, load_policy, policy_names
from reportedly.reconcile.running import stand
from reportedly.reconcile.series import trust_in
from reportedly.reconcile.tallies import Tally

RestKind = Literal["without principal", "without outlet", "under policy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """The bounds of a series as one thing would leave them.

    Attributes:
        kind: what is otherwise: a principal left out, an outlet left out, or another policy.
        name: the principal, outlet or policy.
        low: lower bound; None where nothing bounds it below.
        best: the policy's single value; None where it allows none.
        high: upper bound; None where there is none.
        open_high: whether a figure that counts is open above.
        moved: whether any of these differs from what they are with everything under the policy asked for.
        why: one sentence on the single value.
    """

    kind: RestKind
    name: str
    low: Decimal | None
    best: Decimal | None
    high: Decimal | None
    open_high: bool
    moved: bool
    why: str


def rest_on(
    holdings: Holdings, clocks: Clocks, policy: str | Policy, series: Collection[str] | None = None
) -> Mapping[str, tuple[Rest, ...]]:
    """What low and high of each series rest on.

    Args:
        holdings: a ledger's rows, or those of one story.
        clocks: as of when.
        policy: the policy asked for; principals and outlets are left out under it.
        series: ids of the series that are asked about; None asks about all.

    Returns:
        By the series' id as `build_series` gives it: principals, then outlets, then policies, each by name. A number that an outlet
        alone carried is gone without it, and what it had replaced stands again.

    Raises:
        BadPolicyError: nobody defined the policy.
    """
    rule = policy if isinstance(policy, Policy) else load_policy(policy)
    lookup = lookup_at(holdings, clocks)
    groups = lookup.once(find_groups)
    named = ((_identity(group), group) for group in groups)
    return {name: tuple(_rests(lookup, group, rule)) for name, group in named if series is None or name in series}


def _identity(group: Group) -> str:
    return group_id("n", sorted({mention.reference for found in group.tallies for mention in found.mentions}))


def _rests(lookup: Lookup, group: Group, rule: Policy) -> Iterator[Rest]:
    mentions = [mention for found in group.tallies for mention in found.mentions]
    whole = _bounds(lookup, group, rule)
    for name in sorted({mention.principal for mention in mentions if mention.principal}):
        yield _rest("without principal", name, _bounds(lookup, _without(group, _spoken_by(name)), rule), whole)
    for name in sorted({mention.outlet for mention in mentions}):
        yield _rest("without outlet", name, _bounds(lookup, _without(group, _carried_by(name)), rule), whole)
    for name in policy_names():
        other = load_policy(name)
        if other.covers(group.strict.measure, group.aspects.counted):
            yield _rest("under policy", name, _bounds(lookup, group, other), whole)


def _spoken_by(principal: str) -> Callable[[Mention], bool]:
    return lambda mention: mention.principal == principal


def _carried_by(outlet: str) -> Callable[[Mention], bool]:
    return lambda mention: mention.outlet == outlet


def _without(group: Group, gone: Callable[[Mention], bool]) -> Group:
    kept = [(found, tuple(mention for mention in found.mentions if not gone(mention))) for found in group.tallies]
    tallies = tuple(_of(found, mentions) for found, mentions in kept if mentions)
    return replace(group, tallies=tallies)


def _of(found: Tally, mentions: tuple[Mention, ...]) -> Tally:
    return found if mentions == found.mentions else replace(found, mentions=mentions)


def _bounds(lookup: Lookup, group: Group, rule: Policy) -> Bounds:
    if not rule.covers(group.strict.measure, group.aspects.counted):
        return Bounds(why=f"{rule.name} does not cover this series.")
    return form_bounds(stand(group.tallies), rule, trust_in(lookup, group.strict.story))


def _rest(kind: RestKind, name: str, bounds: Bounds, whole: Bounds) -> Rest:
    moved = (bounds.low, bounds.best, bounds.high, bounds.open_high) != (whole.low, whole.best, whole.high, whole.open_high)
    return Rest(
        kind=kind,
        name=name,
        low=bounds.low,
        best=bounds.best,
        high=bounds.high,
        open_high=bounds.open_high,
        moved=moved,
        why=bounds.why,
    )
