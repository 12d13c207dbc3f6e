"""Weighs claims by what they do to the bounds of their series: which is worth a person's look first."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reportedly.model import Clocks, Holdings, Move, group_id
from reportedly.reconcile.bounds import Bounds, form_bounds
from reportedly.reconcile.clocks import lookup_at
from reportedly.reconcile.keys import Group, find_groups
from reportedly.reconcile.lookup import Lookup
from reportedly.reconcile.policies import Policy, load_policy
from reportedly.reconcile.running import stand
from reportedly.reconcile.series import trust_in
from reportedly.reconcile.tallies import Tally


def weigh_claims(holdings: Holdings, clocks: Clocks, policy: str | Policy) -> Mapping[str, tuple[Move, ...]]:
    """How each claim's rejection would move the bounds of the series that it enters.

    A claim whose number another report of the same origin carries too moves nothing. What a rejection would change of the grouping of
    series itself is left aside.

    Args:
        holdings: a ledger's rows, or those of one story.
        clocks: as of when.
        policy: how low and high are formed.

    Returns:
        By the claim's id the series whose low or high would move, the most moved first; claims that move nothing are left out.

    Raises:
        BadPolicyError: nobody defined the policy.
    """
    rule = policy if isinstance(policy, Policy) else load_policy(policy)
    return lookup_at(holdings, clocks).once(_weigh, rule)


def _weigh(lookup: Lookup, rule: Policy) -> Mapping[str, tuple[Move, ...]]:
    moves: dict[str, list[Move]] = {}
    for group in lookup.once(find_groups):
        if rule.covers(group.strict.measure, group.aspects.counted):
            for claim, move in _moves(lookup, group, rule):
                moves.setdefault(claim, []).append(move)
    return {claim: tuple(sorted(found, key=lambda move: (-move.effect, move.series))) for claim, found in moves.items()}


def _moves(lookup: Lookup, group: Group, rule: Policy) -> Iterator[tuple[str, Move]]:
    """Each claim that alone carries a number of a series, with what its loss would do."""
    mentions = [mention for found in group.tallies for mention in found.mentions]
    series = group_id("n", sorted({mention.reference for mention in mentions}))
    whole = _bounds(lookup, group, rule)
    for claim in sorted({mention.stored.claim.id for mention in mentions}):
        kept = tuple(left for left in (_without(found, claim) for found in group.tallies) if left is not None)
        if len(kept) == len(group.tallies):
            continue
        bounds = _bounds(lookup, replace(group, tallies=kept), rule)
        if (bounds.low, bounds.high) != (whole.low, whole.high):
            yield (
                claim,
                Move(
                    series=series,
                    story=group.strict.story,
                    measure=group.strict.measure,
                    low=whole.low,
                    high=whole.high,
                    low_without=bounds.low,
                    high_without=bounds.high,
                ),
            )


def _without(found: Tally, claim: str) -> Tally | None:
    kept = tuple(mention for mention in found.mentions if mention.stored.claim.id != claim)
    return found if len(kept) == len(found.mentions) else replace(found, mentions=kept) if kept else None


def _bounds(lookup: Lookup, group: Group, rule: Policy) -> Bounds:
    return form_bounds(stand(group.tallies), rule, trust_in(lookup, group.strict.story))
