"""Builds the timeline: dated claims of one day and happening merged, in sentences of the articles.

Which periods matter, the story's reports tell by coming back to them (`periods.py`); what of a period is told first, the number of those
who report it and its closeness to all that is told of the period and the story (`centrality.py`).
"""

import dataclasses
import datetime as dt
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from reportedly.model import Clocks, Holdings, Interval, StoredClaim, TimelineEntry
from reportedly.reconcile.centrality import Centrality, word_numbers
from reportedly.reconcile.clocks import lookup_at
from reportedly.reconcile.content import content_words
from reportedly.reconcile.lookup import Lookup
from reportedly.reconcile.merging import merge, principals_of, side_of
from reportedly.reconcile.moments import Kind, Moment, find_moments
from reportedly.reconcile.periods import Period, number_of_period, period_of, weigh_periods
from reportedly.reconcile.sentences import reads_badly, sentence_of

Grain = Literal["day", "week", "month"]

_FRESH = 3  # days between a happening and a report for which it is news
_WORTH: dict[Kind, float] = {"happened": 1.0, "figure": 0.8, "said": 0.5}
_LEADING = 0.5  # what a place at the head of an article adds
_ACTING = 0.5  # what an act of the table adds
_FLOOR = 0.01  # of closeness: a sentence of words that no other shares is still told
_YEAR = 366  # days: a longer period, or an open one, dates no less than this
_WHOLE_DAY = (0, len("2025-10-24"))
_ASIDE = 0.4  # what is left of the weight of an event that the story only compares itself with


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A moment in the sentence that tells it.

    Attributes:
        moment: the moment, its date brought to the grain that is asked for.
        sentence: the printed sentence.
        words: the numbers of its content words, in order.
    """

    moment: Moment
    sentence: str
    words: Sequence[int]


def build_timeline(holdings: Holdings, clocks: Clocks, *, grain: Grain = "day") -> list[TimelineEntry]:
    """The timeline as the clocks show it.

    Args:
        holdings: a ledger's rows, or those of one story.
        clocks: as of when.
        grain: `day` keeps each date as printed; `week` (Monday to Sunday) and `month` bring shorter ones together.

    Returns:
        Entries by date, of equals the weightiest first; claims without a first day have none.

    Raises:
        BadDateError: `clocks.recorded_before` is no moment.
    """
    return list(lookup_at(holdings, clocks).once(_timeline, grain))


def _timeline(lookup: Lookup, grain: Grain) -> tuple[TimelineEntry, ...]:
    stories: dict[str, list[Telling]] = defaultdict(list)
    for moment in find_moments(lookup):
        widened = dataclasses.replace(moment, when=in_days(moment.when, grain))
        stories[moment.story].append(telling_of(lookup, widened))
    weights = weigh_periods(lookup, lambda when: in_days(when, grain))
    found: list[TimelineEntry] = []
    for story, unordered in stories.items():
        tellings = sorted(unordered, key=lambda telling: lookup.age(telling.moment.stored))
        groups = _merged(lookup, [telling.moment for telling in tellings])
        entries = entries_of(lookup, [[tellings[place] for place in group] for group in groups], _centrality(tellings))
        found += share_out(once(entries), weights.get(story, {}))
    return tuple(sorted(found, key=timeline_order))


def _merged(lookup: Lookup, moments: Sequence[Moment]) -> list[list[int]]:
    """The moments of a story, earliest published first, by what they tell: their places, a list a group."""

    def principals(places: Collection[int]) -> Mapping[int, frozenset[str | None]]:
        return {place: principals_of(moments[place].stored, lookup) for place in places}

    return merge([side_of(moment, lookup) for moment in moments], principals)


def telling_of(lookup: Lookup, moment: Moment) -> Telling:
    """A moment in the sentence that tells it."""
    sentence = sentence_of(lookup, moment.stored)
    return Telling(moment=moment, sentence=sentence, words=word_numbers(content_words(sentence)))


def timeline_order(entry: TimelineEntry) -> tuple[str, str, float, tuple[str, ...]]:
    """A sort key: by date, of equals the weightiest first."""
    return entry.date or "", entry.to or "~", -entry.weight, entry.claims


def _centrality(tellings: Sequence[Telling]) -> Centrality:
    """Centroids of a story, and of each of its periods."""
    import numpy as np  # noqa: PLC0415 - heavy, and only wanted here

    return Centrality(
        np.array([word for telling in tellings for word in telling.words], dtype=np.uint64),
        np.array([len(telling.words) for telling in tellings], dtype=np.int64),
        np.array([number_of_period(period_of(telling.moment.when)) for telling in tellings], dtype=np.int64),
    )


def share_out(entries: Sequence[TimelineEntry], weights: Mapping[Period, float]) -> list[TimelineEntry]:
    """Entries with their period's weight: the first of a period in full, others in proportion to what speaks for them.

    Args:
        entries: all those of some periods of a story.
        weights: of the periods.
    """
    most: dict[Period, float] = defaultdict(float)
    for entry in entries:
        most[entry.date, entry.to] = max(most[entry.date, entry.to], entry.weight)

    def weight(entry: TimelineEntry) -> float:
        period = entry.date, entry.to
        return round(weights.get(period, 1.0) * _precision(period) * entry.weight / (most[period] or 1.0), 3)

    return [dataclasses.replace(entry, weight=weight(entry)) for entry in entries]


def _precision(period: Period) -> float:
    """One for a day, less for a longer period, least for an open one."""
    first, last = period
    days = (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days if first and last else _YEAR
    return 1 / (1 + math.log2(1 + min(days, _YEAR)) / 4)


def once(entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """A story's entries, a sentence that tells of two days under the weightier alone, of equals the later; not yet shared out."""
    best: dict[str, TimelineEntry] = {}
    for entry in entries:
        held = best.get(entry.text)
        if held is None or (entry.weight, entry.date or "", entry.claims) > (held.weight, held.date or "", held.claims):
            best[entry.text] = entry
    return list(best.values())


def in_days(when: Interval, grain: Grain) -> Interval:
    """A date as the grain has it, in whole days."""
    if grain == "day" and len(when.first or "") in _WHOLE_DAY and len(when.last or "") in _WHOLE_DAY:
        return when
    first, last = when.first_day, when.last_day
    if grain != "day" and first is not None and last is not None:
        begin = first - dt.timedelta(days=first.weekday()) if grain == "week" else first.replace(day=1)
        end = begin + dt.timedelta(days=6) if grain == "week" else (begin + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        first, last = begin, max(end, last)
    return dataclasses.replace(when, first=first.isoformat() if first else None, last=last.isoformat() if last else None)


def entries_of(lookup: Lookup, groups: Sequence[Sequence[Telling]], central: Centrality) -> list[TimelineEntry]:
    """One entry a group with what speaks for it inside its period: who reports it, and how close its sentence is to what is told there.

    Args:
        lookup: over the holdings that the moments are of.
        groups: those that tell the same, earliest published first.
        central: the centroids of their story.
    """
    dates = [narrowest([telling.moment.when for telling in group]) for group in groups]
    periods = [number_of_period(period_of(when)) for when, group in zip(dates, groups, strict=True) for _ in group]
    close = iter(central.closeness([telling.words for group in groups for telling in group], periods))
    return [_entry(lookup, group, when, [next(close) for _ in group]) for group, when in zip(groups, dates, strict=True)]


def narrowest(dates: Iterable[Interval]) -> Interval:
    """The date that says most of when something was."""
    return min(dates, key=lambda when: (when.last is None, _length(when), when.first or "", when.last or ""))


def _entry(lookup: Lookup, group: Sequence[Telling], when: Interval, close: Sequence[float]) -> TimelineEntry:
    claims = [telling.moment.stored for telling in group]
    principals = dict.fromkeys(
        voice.principal for stored in claims for voice in lookup.voices(stored, lookup.origin_of("", stored.claim.id)) if voice.principal
    )
    documents = sorted({lookup.holdings.documents[stored.document].name for stored in claims})
    told, closest = _sentence(lookup, group, close)
    spoken = _salience(lookup, [telling.moment for telling in group], len(documents), len(principals))
    return TimelineEntry(
        date=when.first,
        to=when.last,
        text=told.sentence,
        weight=spoken * (_FLOOR + closest),
        claims=tuple(dict.fromkeys(stored.claim.id for stored in claims)),
        documents=tuple(documents),
        principals=tuple(principals),
    )


def _length(when: Interval) -> int:
    first, last = when.first_day, when.last_day
    return (last - first).days if first and last else 0


def _sentence(lookup: Lookup, group: Sequence[Telling], close: Sequence[float]) -> tuple[Telling, float]:
    """The sentence that reads best alone, with its closeness to its period and its story.

    Of equals one that tells a happening, in the body, most like all that is told, published first.
    """

    def order(place: int) -> tuple[object, ...]:
        moment, sentence = group[place].moment, group[place].sentence
        plain = (reads_badly(sentence), moment.kind == "said", not moment.acts, moment.stored.claim.part != "body")
        return *plain, -round(close[place], 6), lookup.age(moment.stored)

    found = min(range(len(group)), key=order)
    return group[found], close[found]


def _salience(lookup: Lookup, group: Sequence[Moment], documents: int, principals: int) -> float:
    """How much speaks for a group beside others of its period.

    Documents, principals and mentions; whether it was news when it was reported, stands at an article's head and tells of an act; less
    for mere words, and for what the story only compares itself with.
    """
    fresh = sum(_fresh(lookup, moment.stored, moment.when) for moment in group) / len(group)
    mentions = documents + 0.5 * principals + 0.5 * math.log2(1 + len(group)) + fresh
    mentions += _LEADING * any(moment.leads for moment in group) + _ACTING * any(moment.acts for moment in group)
    aside = _ASIDE if all(moment.past for moment in group) else 1.0
    return mentions * aside * max(_WORTH[moment.kind] for moment in group)


def _fresh(lookup: Lookup, stored: StoredClaim, when: Interval) -> bool:
    """Whether a report followed within days of what it tells."""
    published = lookup.published_of(stored)
    last, reported = when.last_day, published.last_day if published else None
    return last is not None and reported is not None and abs((reported - last).days) <= _FRESH
