"""Moments: claims with a date that a timeline can show."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from reportedly.language.acts import is_act
from reportedly.model import ArticleKey, Interval, Stance, StoredClaim
from reportedly.reconcile.lookup import Lookup
from reportedly.reconcile.policies import load_policy
from reportedly.reconcile.series import measured_series_of

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
    opening = {key: _opening(lookup, key) for key in lookup.holdings.articles}
    found: dict[tuple[str, str, str], Moment] = {}
    for stored, kind, when, story in (*_happenings(lookup), *_turning_points(lookup)):
        claim = stored.claim
        known = _last(lookup.published_of(stored)) or newest
        to_come = known is not None and when.first_day is not None and when.first_day > known
        if when.first is None or claim.part == "caption" or to_come:
            continue
        event = lookup.events.get(lookup.holdings.links.event_of.get(claim.id, ""))
        found.setdefault(
            (story, stored.document, claim.id),
            Moment(
                stored=stored,
                kind=kind,
                when=when,
                story=story,
                leads=claim.part != "body" or claim.start < opening.get(stored.article, 0),
                acts=any(is_act(act.act) and act.reality == "actual" for act in claim.acts[:1]),
                past=bool(event and event.background),
            ),
        )
    return list(found.values())


def span_days(interval: Interval) -> int:
    """Days from the first to the last day; those of a year where an end is open."""
    first, last = interval.first_day, interval.last_day
    return (last - first).days if first and last else 366


def _opening(lookup: Lookup, key: ArticleKey) -> int:
    """The place in the text up to which an article's opening reaches."""
    bodies = [passage.start for passage in lookup.holdings.articles[key].passages if passage.role == "body"]
    return min(bodies, default=0) + _LEAD


def _happenings(lookup: Lookup) -> Iterator[tuple[StoredClaim, Kind, Interval, str]]:
    """Claims that say when something happened, and utterances that words date."""
    for stored in lookup.holdings.claims:
        article = lookup.article_of(stored)
        if stored.claim.stance in NO_EVENT or (article and article.kind == "teaser"):
            continue
        happened, said = stored.claim.happened, stored.claim.said
        for story in lookup.stories_of(stored):
            if happened is not None and (happened.first or happened.last):
                yield stored, "happened", happened, story
            elif stored.claim.cue and said is not None and said.basis != "published" and span_days(said) < WEEK:
                yield stored, "said", said, story


def _turning_points(lookup: Lookup) -> Iterator[tuple[StoredClaim, Kind, Interval, str]]:
    """The claims that gave a running count another value, at the day it counts up to; figures of no measure turn nothing."""
    for row in lookup.once(measured_series_of, lookup.clocks, load_policy("widest")):
        for entry in row.entries:
            if entry.standing in ("current", "history") and entry.cut_off and span_days(entry.cut_off) < WEEK:
                stored = lookup.claims[entry.claims[0]][0]
                if stored.claim.happened is None:
                    yield stored, "figure", entry.cut_off, row.story


def _last(published: Interval | None) -> dt.date | None:
    return published.last_day if published else None
