"""Finds who disputes a figure: by a position on a number, or by denying the figure itself."""

from collections.abc import Iterator, Sequence

from reportedly.model import SeriesDispute, StatementMember, StoredClaim
from reportedly.reconcile.keys import Strict
from reportedly.reconcile.lookup import Lookup
from reportedly.reconcile.measures import class_of_figure
from reportedly.reconcile.positions import later
from reportedly.reconcile.quantity import quantity_of
from reportedly.reconcile.tallies import Tally


def find_figure_disputes(lookup: Lookup, strict: Strict, tallies: Sequence[Tally]) -> tuple[SeriesDispute, ...]:
    """Who disputes a series' figures, each principal once, by its latest word.

    Args:
        lookup: over the holdings as the clocks show them.
        strict: the strict part of the series' key.
        tallies: the series' figures.

    Returns:
        Disputes sorted by who disputes.
    """
    latest: dict[str, tuple[StoredClaim, SeriesDispute]] = {}
    for stored, dispute in [*_denied_figures(lookup, strict, tallies), *_positions(lookup, tallies)]:
        held = latest.get(dispute.actor)
        if held is None or later(lookup, stored, held[0]):
            latest[dispute.actor] = stored, dispute
    return tuple(latest[actor][1] for actor in sorted(latest))


def _denied_figures(lookup: Lookup, strict: Strict, tallies: Sequence[Tally]) -> Iterator[tuple[StoredClaim, SeriesDispute]]:
    """Claims that deny a figure of this series."""
    classes = {class_of_figure(mention.figure) for tally in tallies for mention in tally.mentions} | {None}
    for stored in lookup.denied_figures:
        if strict.story not in lookup.stories_of(stored):
            continue
        for figure in stored.claim.figures:
            same = (figure.measure, figure.unit, figure.status) == (strict.measure, strict.unit, strict.status)
            if same and class_of_figure(figure) in classes and any(quantity_of(figure).agrees(t.quantity) for t in tallies):
                yield from _disputes(
                    lookup, stored, StatementMember(claim=stored.claim.id, position="denies", aspect="figure", how="denies")
                )


def _positions(lookup: Lookup, tallies: Sequence[Tally]) -> Iterator[tuple[StoredClaim, SeriesDispute]]:
    """Members of a statement that deny its number, where a figure of this series supports the statement."""
    for claim in sorted({mention.stored.claim.id for tally in tallies for mention in tally.mentions}):
        for member in lookup.number_disputes.get(claim, ()):
            for stored in lookup.claims.get(member.claim, ())[:1]:
                yield from _disputes(lookup, stored, member)


def _disputes(lookup: Lookup, stored: StoredClaim, member: StatementMember) -> Iterator[tuple[StoredClaim, SeriesDispute]]:
    for voice in lookup.voices(stored, None):
        if voice.principal:
            yield (
                stored,
                SeriesDispute(
                    actor=voice.principal, what=member.aspect, how=member.how or "denies", said=stored.claim.said, claim=stored.claim.id
                ),
            )
