"""Moments: claims with a date that a timeline can show."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from reportedly.language.acts import is_act
from reportedly.model import ArticleKey, Interval, Stance, StoredClaim
from reportedly.reconcile.keys import find_measured
from reportedly.reconcile.lookup import Lookup
from reportedly.reconcile.running import stand
from reportedly.reconcile.series import series_order

Kind = Literal["happened", "said", "figure"]

NO_EVENT: frozenset[Stance] = frozenset({"doubts", "declines", "predicts", "warns", "demands", "pledges"})
WEEK = 7  # days: a longer stretch dates no single utterance or figure
_LEAD = 400  # characters of an article's body that count as its opening


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A claim with one date that it has.

    Attributes:
        stored: the claim.
        kind: whether the date is that of the happening, of the utterance, or of a figure's turning point.
        when: the date; its first day is known.
        story: the story's id.
        leads: whether it stands in a headline or at the opening of its article.
        acts: whether it tells of an act of the table.
        past: whether it is about an event of the past that the story only compares itself with.
    """

    stored: StoredClaim
    kind: Kind
    when: Interval
    story: str
    leads: bool
    acts: bool
    past: bool

    @property
    def days(self) -> int:
        """Length of its date, in days beyond the first; that of a year where its end is open."""
        return span_days(self.when)


def find_moments(lookup: Lookup) -> list[Moment]:
    """What a timeline can show: what happened on a day that words name, what was said on one, and where a count turned.

    Left out are captions, teasers, what is only expected, asked for or still to come, and what has no first day.

    Args:
        lookup: over the holdings as the clocks show them.

    Returns:
        Moments, one a claim's appearance and story; a happening before an utterance before a figure.
    """
    newest = max((day for article in lookup.holdings.articles.values() if (day := _last(article.published))), default=None)
    found: dict[tuple[str, str, str], Moment] = {}
    for stored, kind, when, story in (*_happenings(lookup), *_turning_points(lookup)):
        known = _last(lookup.published_of(stored)) or newest
        to_come = known is not None and when.first_day is not None and when.first_day > known
        if when.first is None or stored.claim.part == "caption" or to_come:
            continue
        key = (story, stored.document, stored.claim.id)
        if key not in found:
            found[key] = moment_of(lookup, (stored, kind, when), story, leads=is_leading(lookup, stored))
    return list(found.values())


def is_leading(lookup: Lookup, stored: StoredClaim) -> bool:
    """Whether a claim stands in a headline or at the opening of its article."""
    return stored.claim.part != "body" or stored.claim.start < lookup.once(_openings).get(stored.article, 0)


def moment_of(lookup: Lookup, dated: tuple[StoredClaim, Kind, Interval], story: str, *, leads: bool) -> Moment:
    """A claim with one date that it has, and what a timeline weighs it by."""
    stored, kind, when = dated
    claim = stored.claim
    event = lookup.events.get(lookup.holdings.links.event_of.get(claim.id, ""))
    return Moment(
        stored=stored,
        kind=kind,
        when=when,
        story=story,
        leads=leads,
        acts=any(is_act(act.act) and act.reality == "actual" for act in claim.acts[:1]),
        past=bool(event and event.background),
    )


def span_days(interval: Interval) -> int:
    """Days from the first to the last day; those of a year where an end is open."""
    first, last = interval.first_day, interval.last_day
    return (last - first).days if first and last else 366


def date_of(lookup: Lookup, stored: StoredClaim) -> tuple[Kind, Interval] | None:
    """When a claim says that something happened, else when words say that it was uttered; None for what no timeline tells."""
    claim, article = stored.claim, lookup.article_of(stored)
    if claim.stance in NO_EVENT or (article and article.kind == "teaser"):
        return None
    happened, said = claim.happened, claim.said
    if happened is not None and (happened.first or happened.last):
        return "happened", happened
    if claim.cue and said is not None and said.basis != "published" and span_days(said) < WEEK:
        return "said", said
    return None


def find_turns(lookup: Lookup) -> tuple[tuple[StoredClaim, Interval, str], ...]:
    """The claims that gave a running count another value, at the day it counts up to; figures of no measure turn nothing.

    Args:
        lookup: over the holdings as the clocks show them.

    Returns:
        Claims with that day and their story, in the order of the series and their entries.
    """
    counts = [(group.strict, stand(group.tallies)) for group in lookup.once(find_measured)]
    found = []
    for strict, stands in sorted(counts, key=lambda count: series_order(count[0], [one.tally for one in count[1]])):
        for one in stands:
            if one.standing in ("current", "history") and one.tally.cut_off and span_days(one.tally.cut_off) < WEEK:
                stored = lookup.claims[one.tally.first.stored.claim.id][0]
                if stored.claim.happened is None:
                    found.append((stored, one.tally.cut_off, strict.story))
    return tuple(found)


def _openings(lookup: Lookup) -> Mapping[ArticleKey, int]:
    """The place in the text up to which each article's opening reaches."""
    return {key: _opening(lookup, key) for key in lookup.holdings.articles}


def _opening(lookup: Lookup, key: ArticleKey) -> int:
    """The place in the text up to which an article's opening reaches."""
    bodies = [passage.start for passage in lookup.holdings.articles[key].passages if passage.role == "body"]
    return min(bodies, default=0) + _LEAD


def _happenings(lookup: Lookup) -> Iterator[tuple[StoredClaim, Kind, Interval, str]]:
    """Claims that say when something happened, and utterances that words date."""
    for stored in lookup.holdings.claims:
        if dated := date_of(lookup, stored):
            for story in lookup.stories_of(stored):
                yield stored, *dated, story


def _turning_points(lookup: Lookup) -> Iterator[tuple[StoredClaim, Kind, Interval, str]]:
    for stored, when, story in find_turns(lookup):
        yield stored, "figure", when, story


def _last(published: Interval | None) -> dt.date | None:
    return published.last_day if published else None
