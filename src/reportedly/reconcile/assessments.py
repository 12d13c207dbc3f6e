"""Assesses statements: what supports them and, apart from that, who disputes them. Design section 5, 'Assessment of a statement'."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from reportedly.language.acts import implied_acts
from reportedly.model import Assessment, Clocks, Dispute, Holdings, Stance, Statement, Support
from reportedly.reconcile.clocks import day_text, lookup_at
from reportedly.reconcile.lookup import Lookup
from reportedly.reconcile.positions import Standpoint, latest_positions, parties_of, standpoints_of

# Words in one of these stances put nothing forward: feared, predicted, declined, asked for.
_PUTS_NOTHING_FORWARD: frozenset[Stance] = frozenset({"doubts", "declines", "predicts", "warns", "demands", "pledges"})
_CONCEDES: frozenset[Stance] = frozenset({"asserts", "confirms"})


def assess_statements(holdings: Holdings, clocks: Clocks) -> list[Assessment]:
    """What the ledger supports of each statement as the clocks show it.

    Args:
        holdings: a ledger's rows, or those of one story.
        clocks: as of when.

    Returns:
        Assessments by story: acknowledged and disputed ones first, then those with the most positions. Left out is what nobody who is
        named puts forward or denies by then.

    Raises:
        BadDateError: `clocks.recorded_before` is no moment.
    """
    return list(lookup_at(holdings, clocks).once(assessments_of, clocks))


def assessments_of(lookup: Lookup, clocks: Clocks) -> tuple[Assessment, ...]:
    """What is supported of what the clocks show, as `assess_statements` gives it.

    Args:
        lookup: over the holdings as the clocks show them.
        clocks: those clocks; they date the rows.
    """
    found = [_assess(lookup, statement, clocks) for statement in lookup.holdings.links.statements]
    return tuple(sorted((row for row in found if row.support != "none" or row.disputes), key=_rank))


def _rank(row: Assessment) -> tuple[str, bool, bool, int, str]:
    contested = bool(row.disputes) or row.support == "acknowledged"
    return row.story, not contested, row.support != "corroborated", -len(row.positions), row.statement


def _assess(lookup: Lookup, statement: Statement, clocks: Clocks) -> Assessment:
    standpoints = standpoints_of(lookup, statement)
    latest = latest_positions(standpoints)
    standing = [s for s in standpoints if _puts_forward(s) and _stands(s, latest)]
    conceded = _concessions(lookup, statement, standpoints, standing)
    return Assessment(
        story=statement.story,
        event=statement.event,
        statement=statement.id,
        text=statement.text,
        as_of=day_text(clocks),
        support=_support(standpoints, standing, conceded),
        principals=tuple(dict.fromkeys(s.position.principal for s in standing if s.position.principal)),
        acknowledged_by=conceded,
        disputes=_disputes(standpoints, latest),
        positions=tuple(s.position for s in standpoints),
    )


def _puts_forward(standpoint: Standpoint) -> bool:
    """Whether somebody who is named puts the statement forward; unattributed narration is nobody."""
    position = standpoint.position
    return position.principal is not None and position.position == "supports" and position.stance not in _PUTS_NOTHING_FORWARD


def _stands(standpoint: Standpoint, latest: Mapping[str, Standpoint]) -> bool:
    """Whether its principal has not gone over to denying since."""
    newest = latest.get(standpoint.position.principal or "")
    return newest is not None and newest.position.position == "supports"


def _support(standpoints: Sequence[Standpoint], standing: Sequence[Standpoint], conceded: Sequence[tuple[str, str]]) -> Support:
    if conceded:
        return "acknowledged"
    if not standing:
        return "withdrawn" if any(_puts_forward(s) for s in standpoints) else "none"
    together: dict[str, set[str | None]] = defaultdict(set)
    for standpoint in standing:
        together[standpoint.utterance].add(standpoint.position.principal)
    apart = (_separate(one, other) and not together[one.utterance] & together[other.utterance] for one, other in combinations(standing, 2))
    return "corroborated" if any(apart) else "alleged"


def _separate(one: Standpoint, other: Standpoint) -> bool:
    """Whether two words are two acts of speech, of which neither descends from the other's origin.

    They corroborate one another where no principal has a part in both: a sentence that puts Kyiv and Seoul together may have rolled
    in the very word of Seoul that it would corroborate.
    """
    return one.utterance != other.utterance and one.origin != other.origin


def _concessions(
    lookup: Lookup, statement: Statement, standpoints: Sequence[Standpoint], standing: Sequence[Standpoint]
) -> tuple[tuple[str, str], ...]:
    """The parties that concede the statement, each with its earliest claim that does.

    A party concedes what it had denied or would not speak of before, whatever the act. Else it concedes by saying what tells against
    it: where the act is a success for its agent, the agent's own word tells nothing against it and only another party's does; where
    it is not, the agent's own word concedes, and so does what another party *confirms*; what the other side merely asserts is an
    accusation. What nobody had put to a party before (a meeting it announces itself) it does not concede, unless it confirms it.
    """
    agents, patients = _roles(lookup, statement)
    found: dict[str, str] = {}
    for standpoint in standing:
        principal, stance = standpoint.position.principal, standpoint.position.stance
        if principal is None or not standpoint.position.party or stance not in _CONCEDES:
            continue
        against = principal not in agents if statement.serves_agent else principal not in patients - agents
        turned = _turned(standpoints, standpoint)
        if turned or (against and _put_to(standpoints, standpoint)) or (stance == "confirms" and not statement.serves_agent):
            found.setdefault(principal, standpoint.stored.claim.id)
    return tuple(found.items())


def _turned(standpoints: Sequence[Standpoint], said: Standpoint) -> bool:
    """Whether a party had denied before, or declined to say, what it says now, through whichever of its actors."""
    own = [s for s in standpoints[: standpoints.index(said)] if s.position.principal == said.position.principal]
    return any(s.position.position == "denies" or s.position.stance == "declines" for s in own)


def _put_to(standpoints: Sequence[Standpoint], said: Standpoint) -> bool:
    """Whether somebody who is no party had put it forward before a party said it."""
    return any(_puts_forward(s) and not s.position.party for s in standpoints[: standpoints.index(said)])


def _roles(lookup: Lookup, statement: Statement) -> tuple[frozenset[str], frozenset[str]]:
    """The parties that do the statement's act, and those it is done to, by the acts of its claims."""
    parties = parties_of(lookup, statement)
    agents: set[str] = set()
    patients: set[str] = set()
    for member in statement.members:
        for stored in lookup.claims.get(member.claim, ())[:1]:
            for act in stored.claim.acts:
                if statement.act in (act.act, *implied_acts(act.act)):
                    agents |= {lookup.principal_of(stored, act.agent)} if act.agent else set()
                    patients |= {lookup.principal_of(stored, act.patient)} if act.patient else set()
    return frozenset(agents & parties), frozenset(patients & parties)


def _disputes(standpoints: Sequence[Standpoint], latest: Mapping[str, Standpoint]) -> tuple[Dispute, ...]:
    """The principals whose latest position denies, sorted."""
    denying = {principal: found for principal, found in latest.items() if found.position.position == "denies"}
    return tuple(
        Dispute(
            actor=principal,
            what=standpoint.member.aspect,
            how=standpoint.member.how or "denies",
            said=standpoint.position.said,
            claim=standpoint.position.claim,
        )
        for principal in sorted(denying)
        for standpoint in (_plainest(standpoints, denying[principal]),)
    )


def _plainest(standpoints: Sequence[Standpoint], last: Standpoint) -> Standpoint:
    """A principal's express denial, where its last word only asserts the contrary and the denial is of that very day."""
    own = [found for found in standpoints if found.position.principal == last.position.principal and found.member.how == "denies"]
    day = _day(last)
    express = [found for found in own if day is not None and _day(found) == day]
    return express[-1] if express and last.member.how != "denies" else last


def _day(standpoint: Standpoint) -> dt.date | None:
    said = standpoint.position.said
    return said.last_day if said else None
