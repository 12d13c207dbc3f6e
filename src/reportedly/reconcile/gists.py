"""What may be told from the gist of a story: its claims with a measured figure or a position, and what these rest on."""

from collections.abc import Collection, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace

from reportedly.model import Clocks, Event, Holdings, Series, StoredClaim
from reportedly.reconcile.clocks import lookup_at
from reportedly.reconcile.corrections import takers_back
from reportedly.reconcile.lookup import Lookup
from reportedly.reconcile.policies import Policy, load_policy
from reportedly.reconcile.series import measured_series_of


def build_measured_series(gist: Holdings, clocks: Clocks, policy: str | Policy) -> list[Series]:
    """The series of a story that count something by a measure of the table, as `build_series` gives them from all of its rows.

    Args:
        gist: the rows of the story's gist, `cut_events` applied where a clock runs.
        clocks: as of when.
        policy: as for `build_series`.

    Raises:
        BadPolicyError: nobody defined the policy.
    """
    rule = policy if isinstance(policy, Policy) else load_policy(policy)
    return list(lookup_at(gist, clocks).once(measured_series_of, clocks, rule))


def speakers_open(gist: Holdings) -> bool:
    """Whether a claim has a speaker, or takes a figure back for somebody, whom its article does not resolve.

    Who that is, only all actors of the story can tell.
    """
    known = gist.links.actor_of
    return any(
        (*stored.article, name) not in known for stored in gist.claims for name in (*stored.claim.speakers, *takers_back(stored.claim))
    )


def open_roles(gist: Holdings) -> set[str]:
    """The agents and patients, in acts of claims with a position, whom their articles do not resolve; see `speakers_open`."""
    told = {member.claim for statement in gist.links.statements for member in statement.members}
    return {
        name
        for stored in gist.claims
        if stored.claim.id in told
        for name in _taking_part(stored)
        if (*stored.article, name) not in gist.links.actor_of
    }


def _taking_part(stored: StoredClaim) -> Iterator[str]:
    for act in stored.claim.acts:
        yield from filter(None, (act.agent, act.patient))


def cut_events(gist: Holdings, hidden: AbstractSet[str], clocks: Clocks) -> Holdings | None:
    """A gist whose events name the claims at hand alone, so that a clock narrows them as it narrows those of all rows.

    Args:
        gist: the rows of a story's gist.
        hidden: ids of the claims of the whole story of which the clock hides an appearance.
        clocks: as of when.

    Returns:
        The gist; None where claims that are not at hand decide when one of its events happened.
    """
    if not clocks.running:
        return gist
    at_hand = {stored.claim.id for stored in gist.claims}
    cut = replace(gist, links=replace(gist.links, events=tuple(_cut(event, at_hand) for event in gist.links.events)))
    seen = lookup_at(cut, clocks)
    asked = _events_asked(seen)
    whole = (event for event in gist.links.events if event.id in asked and not hidden.isdisjoint(event.claims))
    return cut if all(_keeps_its_date(seen, event) for event in whole) else None


def _cut(event: Event, at_hand: Collection[str]) -> Event:
    return replace(event, claims=tuple(claim for claim in event.claims if claim in at_hand))


def _events_asked(lookup: Lookup) -> set[str]:
    """The events whose date says something of a figure: those of figures with a window."""
    of_event = lookup.holdings.links.event_of
    return {
        of_event.get(f"{stored.claim.id}#{place}") or of_event.get(stored.claim.id, "")
        for stored in lookup.holdings.claims
        for place, figure in enumerate(stored.claim.figures)
        if figure.window is not None
    }


def _keeps_its_date(lookup: Lookup, event: Event) -> bool:
    """Whether a claim that is seen and at hand gives the event's own date, which then stands whatever else is seen."""
    dates = (stored.claim.happened for claim in event.claims for stored in lookup.claims.get(claim, ()))
    return event.happened is not None and event.happened in dates
