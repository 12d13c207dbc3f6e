"""Builds the timeline: dated claims of one day and happening merged, in the articles' own words."""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from reportedly.model import Clocks, Holdings, Interval, Stance, StoredClaim, TimelineEntry
from reportedly.reconcile.clocks import visible
from reportedly.reconcile.content import content_words, jaccard, passage_of
from reportedly.reconcile.lookup import Lookup
from reportedly.reconcile.series import build_series

Grain = Literal["day", "week", "month"]
Kind = Literal["happened", "said", "figure"]
Bucket = tuple[str | None, str | None]

_NO_EVENT: frozenset[Stance] = frozenset({"doubts", "declines", "predicts", "warns", "demands", "pledges"})
_ALIKE = 0.4  # share of content words that makes two sentences of one day tell the same
_WEEK = 7  # days: a longer stretch dates no single utterance or figure
_FRESH = 3  # days between a happening and a report for which it is news
_WORTH: dict[Kind, float] = {"happened": 1.0, "figure": 0.8, "said": 0.5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A claim with one date that it has.

    Attributes:
        stored: the claim.
        kind: whether the date is that of the happening, of the utterance, or of a figure's turning point.
        when: the date.
        story: the story's id.
    """

    stored: StoredClaim
    kind: Kind
    when: Interval
    story: str


def build_timeline(holdings: Holdings, clocks: Clocks, *, grain: Grain = "day") -> list[TimelineEntry]:
    """The timeline as the clocks show it.

    Args:
        holdings: a ledger's rows, or those of one story.
        clocks: as of when.
        grain: `day` keeps each date as printed; `week` (Monday to Sunday) and `month` bring shorter ones together.

    Returns:
        Entries by date, of equals the weightiest first; undated claims have none.

    Raises:
        BadDateError: `clocks.recorded_before` is no moment.
    """
    lookup = Lookup(visible(holdings, clocks))
    buckets: dict[tuple[str, Bucket], list[Moment]] = defaultdict(list)
    for moment in [*_happenings(lookup), *_turning_points(lookup)]:
        buckets[moment.story, _bucket(moment.when, grain)].append(moment)
    found = [_entry(lookup, bucket, group) for (_, bucket), moments in buckets.items() for group in _merge(lookup, moments)]
    return sorted(found, key=lambda entry: (entry.date or entry.to or "", entry.to or "~", -entry.weight, entry.claims))


def _happenings(lookup: Lookup) -> Iterator[Moment]:
    """Claims that say when something happened, and utterances that words date."""
    for stored in lookup.holdings.claims:
        article = lookup.article_of(stored)
        if stored.claim.stance in _NO_EVENT or (article and article.kind == "teaser"):
            continue
        happened, said = stored.claim.happened, stored.claim.said
        for story in lookup.stories_of(stored):
            if happened is not None and (happened.first or happened.last):
                yield Moment(stored=stored, kind="happened", when=happened, story=story)
            elif stored.claim.cue and said is not None and said.basis != "published" and _days(said) < _WEEK:
                yield Moment(stored=stored, kind="said", when=said, story=story)


def _turning_points(lookup: Lookup) -> Iterator[Moment]:
    """The claims that gave a running count another value, at the day it counts up to."""
    for row in build_series(lookup.holdings, Clocks(), "widest"):
        for entry in row.entries:
            if entry.standing in ("current", "history") and entry.cut_off and _days(entry.cut_off) < _WEEK:
                stored = lookup.claims[entry.claims[0]][0]
                if stored.claim.happened is None:
                    yield Moment(stored=stored, kind="figure", when=entry.cut_off, story=row.story)


def _days(interval: Interval) -> int:
    first, last = interval.first_day, interval.last_day
    return (last - first).days if first and last else _WEEK


def _bucket(when: Interval, grain: Grain) -> Bucket:
    first, last = when.first_day, when.last_day
    if grain == "day" or first is None or last is None:
        return first.isoformat() if first else None, last.isoformat() if last else None
    start = first - dt.timedelta(days=first.weekday()) if grain == "week" else first.replace(day=1)
    end = start + dt.timedelta(days=6) if grain == "week" else (start + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return start.isoformat(), max(end, last).isoformat()


def _merge(lookup: Lookup, moments: Sequence[Moment]) -> list[list[Moment]]:
    """Moments of one date by what they tell: linked pairs and their chains, whatever the rows' order."""
    order = sorted({(m.stored.document, m.stored.claim.id): m for m in reversed(moments)}.values(), key=lambda m: lookup.age(m.stored))
    words = [content_words(lookup.words_of(moment.stored)) for moment in order]
    parent = list(range(len(order)))

    def root(place: int) -> int:
        while parent[place] != place:
            place = parent[place]
        return place

    for one in range(len(order)):
        for other in range(one):
            if jaccard(words[one], words[other]) >= _ALIKE or _same_happening(lookup, order[one].stored, order[other].stored):
                parent[max(root(one), root(other))] = min(root(one), root(other))
    groups: dict[int, list[Moment]] = defaultdict(list)
    for place, moment in enumerate(order):
        groups[root(place)].append(moment)
    return list(groups.values())


def _same_happening(lookup: Lookup, one: StoredClaim, other: StoredClaim) -> bool:
    """Whether two claims of one date retell one utterance, or tell of one event by a common act."""
    spoken = lookup.holdings.links.utterance_of
    if one.claim.id in spoken and spoken[one.claim.id] == spoken.get(other.claim.id):
        return True
    of_event = lookup.holdings.links.event_of
    event = of_event.get(one.claim.id)
    acts = {(act.act, act.agent) for act in one.claim.acts} & {(act.act, act.agent) for act in other.claim.acts}
    return event is not None and event == of_event.get(other.claim.id) and bool(acts)


def _entry(lookup: Lookup, bucket: Bucket, group: Sequence[Moment]) -> TimelineEntry:
    claims = [moment.stored for moment in group]
    principals = dict.fromkeys(
        voice.principal for stored in claims for voice in lookup.voices(stored, lookup.origin_of("", stored.claim.id)) if voice.principal
    )
    documents = sorted({lookup.holdings.documents[stored.document].name for stored in claims})
    return TimelineEntry(
        date=bucket[0],
        to=bucket[1],
        text=passage_of(lookup.holdings, _spokesman(lookup, claims)),
        weight=_weight(lookup, group, len(documents), len(principals)),
        claims=tuple(dict.fromkeys(stored.claim.id for stored in claims)),
        documents=tuple(documents),
        principals=tuple(principals),
    )


def _spokesman(lookup: Lookup, claims: Sequence[StoredClaim]) -> StoredClaim:
    """The claim whose words share most with the others'; of equals the one published first."""
    words = {id(stored): content_words(lookup.words_of(stored)) for stored in claims}

    def shared(stored: StoredClaim) -> float:
        return sum(jaccard(words[id(stored)], words[id(other)]) for other in claims if other is not stored)

    return min(claims, key=lambda stored: (-round(shared(stored), 6), lookup.age(stored)))


def _weight(lookup: Lookup, group: Sequence[Moment], documents: int, principals: int) -> float:
    """How much speaks for showing a group: documents, principals, mentions, and whether it was news when it was reported."""
    fresh = sum(_fresh(lookup, moment) for moment in group) / len(group)
    mentions = documents + 0.5 * principals + 0.5 * math.log2(1 + len(group)) + fresh
    precise = 1 / (1 + math.log2(1 + min(min(_days(moment.when), 366) for moment in group)) / 4)
    return round(mentions * precise * max(_WORTH[moment.kind] for moment in group), 3)


def _fresh(lookup: Lookup, moment: Moment) -> bool:
    """Whether a report followed within days of what it tells."""
    published = lookup.published_of(moment.stored)
    last, reported = moment.when.last_day, published.last_day if published else None
    return last is not None and reported is not None and abs((reported - last).days) <= _FRESH
