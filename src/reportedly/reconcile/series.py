"""Builds the series: what counts the same thing, each principal's running count, and low, best and high by a policy."""

from collections.abc import Iterable, Sequence

from reportedly.model import Clocks, Entry, Holdings, Interval, Series, group_id, interval_text
from reportedly.reconcile.arithmetic import imply
from reportedly.reconcile.bounds import Bounds, Trust, form_bounds
from reportedly.reconcile.clocks import day_text, lookup_at
from reportedly.reconcile.figure_disputes import find_figure_disputes
from reportedly.reconcile.keys import Group, Strict, find_measured, find_unmeasured
from reportedly.reconcile.lookup import Lookup
from reportedly.reconcile.policies import Policy, load_policy
from reportedly.reconcile.running import Stand, stand
from reportedly.reconcile.tallies import Tally


def build_series(holdings: Holdings, clocks: Clocks, policy: str | Policy) -> list[Series]:
    """All series of some holdings, as the clocks show them.

    Args:
        holdings: a ledger's rows, or those of one story.
        clocks: as of when.
        policy: a policy, its name, or the path of a user's own file. It changes bounds, never entries.

    Returns:
        Series by story, measure and key; those with the most entries first within a measure. Entries in order of cut-off.

    Raises:
        BadPolicyError: nobody defined the policy.
        BadDateError: `clocks.recorded_before` is no moment.
    """
    rule = policy if isinstance(policy, Policy) else load_policy(policy)
    return list(lookup_at(holdings, clocks).once(series_of, clocks, rule))


def series_of(lookup: Lookup, clocks: Clocks, policy: Policy) -> tuple[Series, ...]:
    """All series of what the clocks show, as `build_series` gives them.

    Args:
        lookup: over the holdings as the clocks show them.
        clocks: those clocks.
        policy: the policy.
    """
    measured = lookup.once(measured_series_of, clocks, policy)
    others = form_series(lookup, lookup.once(find_unmeasured), clocks, policy)
    return tuple(sorted((*measured, *others), key=_order))


def measured_series_of(lookup: Lookup, clocks: Clocks, policy: Policy) -> tuple[Series, ...]:
    """The series of measures of the table: nothing that is counted without one tells anything of them, nor they of it.

    Args:
        lookup: over the holdings as the clocks show them.
        clocks: those clocks.
        policy: the policy.
    """
    return tuple(imply(form_series(lookup, lookup.once(find_measured), clocks, policy)))


def form_series(lookup: Lookup, groups: Iterable[Group], clocks: Clocks, policy: Policy) -> list[Series]:
    """The series of some groups, without what other series imply.

    Args:
        lookup: over the holdings as the clocks show them.
        groups: of those holdings.
        clocks: those clocks.
        policy: the policy.
    """
    found = [_series(lookup, group, clocks, policy) for group in groups]
    return sorted(found, key=_order)


def _order(row: Series) -> tuple[str, str, str, int, str]:
    return row.story, row.measure, row.share, -len(row.entries), row.id


def series_order(strict: Strict, tallies: Sequence[Tally]) -> tuple[str, str, str, int, str]:
    """A sort key: the order of the series of some tallies among all series."""
    return strict.story, strict.measure, strict.share, -len(tallies), _series_id(tallies)


def _series_id(tallies: Iterable[Tally]) -> str:
    return group_id("n", sorted({mention.reference for found in tallies for mention in found.mentions}))


def _series(lookup: Lookup, group: Group, clocks: Clocks, policy: Policy) -> Series:
    strict, aspects = group.strict, group.aspects
    stands = stand(group.tallies)
    if policy.covers(strict.measure, aspects.counted):
        bounds = form_bounds(stands, policy, trust_in(lookup, strict.story))
    else:
        bounds = Bounds(why=f"{policy.name} does not cover this series.")
    mentions = [mention for found in group.tallies for mention in found.mentions]
    return Series(
        id=_series_id(group.tallies),
        story=strict.story,
        event=strict.background or aspects.event,
        measure=strict.measure,
        counted=strict.other or aspects.counted,
        unit=strict.unit,
        population=aspects.population,
        place=aspects.place,
        status=strict.status,
        share=strict.share,
        as_of=day_text(clocks),
        policy=policy.name,
        low=bounds.low,
        best=bounds.best,
        high=bounds.high,
        open_high=bounds.open_high,
        why=bounds.why,
        outlets=len({mention.carrier for mention in mentions}),
        utterances=len({lookup.utterance_of(mention.stored.claim.id) for mention in mentions if mention.speakers}),
        principals=len({mention.principal for mention in mentions if mention.principal}),
        disputes=find_figure_disputes(lookup, strict, group.tallies),
        entries=tuple(_entry(lookup, found, bounds, clocks) for found in stands),
    )


def _entry(lookup: Lookup, found: Stand, bounds: Bounds, clocks: Clocks) -> Entry:
    tallied, first = found.tally, found.tally.first
    claims = dict.fromkeys(mention.stored.claim.id for mention in tallied.mentions)
    speakers = dict.fromkeys(name for mention in tallied.mentions for name in mention.speakers)
    return Entry(
        claims=tuple(claims),
        said=tallied.said,
        cut_off=tallied.cut_off,
        published=first.published,
        speakers=tuple(speakers),
        principal=first.principal,
        low=tallied.quantity.low,
        high=tallied.quantity.high,
        qualifier=tallied.quantity.qualifier,
        words=first.figure.span.text,
        standing=found.standing,
        origin=found.origin,
        outlets=tuple(sorted({mention.outlet for mention in tallied.mentions})),
        via=first.stored.claim.via,
        known_from=_known_from(lookup, tallied, clocks),
        note=found.note or _outside(found, bounds),
    )


def _outside(found: Stand, bounds: Bounds) -> str | None:
    """Why a standing figure does not count towards the bounds."""
    if found.standing != "current" or not bounds.inside or any(other.tally.first is found.tally.first for other in bounds.inside):
        return None
    if found.tally.quantity.vague:
        return "words that bound no number"
    return f"last own figure ({interval_text(found.reaches.cut_off)})"


def _known_from(lookup: Lookup, tallied: Tally, clocks: Clocks) -> str | None:
    """The name of the report that alone brought a figure, where it was published after the day asked for."""
    if clocks.as_of is None or any(_published_by(mention.published, clocks) for mention in tallied.mentions):
        return None
    return lookup.holdings.documents[tallied.first.stored.document].name


def _published_by(published: Interval | None, clocks: Clocks) -> bool:
    day = published.last_day if published else None
    return day is not None and clocks.as_of is not None and day <= clocks.as_of


def trust_in(lookup: Lookup, story: str) -> Trust:
    """The person's ranking for a story, named by its id or by words of its title, and all grades."""
    settings = lookup.holdings.settings
    title = lookup.titles.get(story, "").casefold()
    ranking: Sequence[str] = ()
    for words in sorted(settings.ranking):
        if words in (story, story.removeprefix("s:")) or (title and all(word in title for word in words.casefold().split())):
            ranking = settings.ranking[words]
            break
    return Trust(ranking=tuple(ranking), reliabilities=settings.reliabilities)
