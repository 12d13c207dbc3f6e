"""Builds the timeline: dated claims of one day and happening merged, in sentences of the articles.

Which periods matter, the story's reports tell by coming back to them (`periods.py`); what of a period is told first, the number of those
who report it and its closeness to all that is told of the period and the story (`centrality.py`).
"""

import dataclasses
import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from reportedly.model import Clocks, Holdings, Interval, StoredClaim, TimelineEntry
from reportedly.reconcile.centrality import Centrality
from reportedly.reconcile.clocks import lookup_at
from reportedly.reconcile.content import content_words
from reportedly.reconcile.lookup import Lookup
from reportedly.reconcile.merging import merge
from reportedly.reconcile.moments import Kind, Moment, find_moments
from reportedly.reconcile.periods import Period, period_of, weigh_periods
from reportedly.reconcile.sentences import reads_badly, sentence_of

Grain = Literal["day", "week", "month"]

_FRESH = 3  # days between a happening and a report for which it is news
_WORTH: dict[Kind, float] = {"happened": 1.0, "figure": 0.8, "said": 0.5}
_LEADING = 0.5  # what a place at the head of an article adds
_ACTING = 0.5  # what an act of the table adds
_FLOOR = 0.01  # of closeness: a sentence of words that no other shares is still told
_WHOLE = "the whole story"
_YEAR = 366  # days: a longer period, or an open one, dates no less than this
_WHOLE_DAY = (0, len("2025-10-24"))
_ASIDE = 0.4  # what is left of the weight of an event that the story only compares itself with


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A moment in the sentence that tells it.

    Attributes:
        moment: the moment, its date brought to the grain that is asked for.
        sentence: the printed sentence.
        words: its content words.
    """

    moment: Moment
    sentence: str
    words: frozenset[str]


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
        sentence = sentence_of(lookup, moment.stored)
        widened = dataclasses.replace(moment, when=_widened(moment.when, grain))
        stories[moment.story].append(Telling(moment=widened, sentence=sentence, words=content_words(sentence)))
    weights = weigh_periods(lookup, lambda when: _widened(when, grain))
    found: list[TimelineEntry] = []
    for story, unordered in stories.items():
        tellings = sorted(unordered, key=lambda telling: lookup.age(telling.moment.stored))
        central = _centrality(tellings)
        groups = merge([telling.moment for telling in tellings], lookup)
        entries = _once(_entry(lookup, [tellings[place] for place in group], central) for group in groups)
        found += _share_out(entries, weights.get(story, {}))
    return tuple(sorted(found, key=timeline_order))


def timeline_order(entry: TimelineEntry) -> tuple[str, str, float, tuple[str, ...]]:
    """A sort key: by date, of equals the weightiest first."""
    return entry.date or "", entry.to or "~", -entry.weight, entry.claims


def _centrality(tellings: Sequence[Telling]) -> Centrality:
    """Centroids of a story, and of each of its periods."""
    words = [telling.words for telling in tellings]
    return Centrality([*words, *words], [*(period_of(telling.moment.when) for telling in tellings), *(_WHOLE for _ in tellings)])


def _share_out(entries: Sequence[TimelineEntry], weights: Mapping[Period, float]) -> list[TimelineEntry]:
    """Entries with their period's weight: the first of a period in full, others in proportion to what speaks for them."""
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


def _once(entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """A story's entries, a sentence that tells of two days under the weightier alone, of equals the later."""
    best: dict[str, TimelineEntry] = {}
    for entry in entries:
        held = best.get(entry.text)
        if held is None or (entry.weight, entry.date or "", entry.claims) > (held.weight, held.date or "", held.claims):
            best[entry.text] = entry
    return list(best.values())


def _widened(when: Interval, grain: Grain) -> Interval:
    """A date as the grain has it, in whole days."""
    if grain == "day" and len(when.first or "") in _WHOLE_DAY and len(when.last or "") in _WHOLE_DAY:
        return when
    first, last = when.first_day, when.last_day
    if grain != "day" and first is not None and last is not None:
        begin = first - dt.timedelta(days=first.weekday()) if grain == "week" else first.replace(day=1)
        end = begin + dt.timedelta(days=6) if grain == "week" else (begin + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        first, last = begin, max(end, last)
    return dataclasses.replace(when, first=first.isoformat() if first else None, last=last.isoformat() if last else None)


def _entry(lookup: Lookup, group: Sequence[Telling], central: Centrality) -> TimelineEntry:
    """One entry with what speaks for it inside its period: who reports it, and how close its sentence is to what is told there."""
    claims = [telling.moment.stored for telling in group]
    principals = dict.fromkeys(
        voice.principal for stored in claims for voice in lookup.voices(stored, lookup.origin_of("", stored.claim.id)) if voice.principal
    )
    documents = sorted({lookup.holdings.documents[stored.document].name for stored in claims})
    dates = [telling.moment.when for telling in group]
    when = min(dates, key=lambda when: (when.last is None, _length(when), when.first or "", when.last or ""))
    told, close = _sentence(lookup, group, central, period_of(when))
    spoken = _salience(lookup, [telling.moment for telling in group], len(documents), len(principals))
    return TimelineEntry(
        date=when.first,
        to=when.last,
        text=told.sentence,
        weight=spoken * (_FLOOR + close),
        claims=tuple(dict.fromkeys(stored.claim.id for stored in claims)),
        documents=tuple(documents),
        principals=tuple(principals),
    )


def _length(when: Interval) -> int:
    first, last = when.first_day, when.last_day
    return (last - first).days if first and last else 0


def _sentence(lookup: Lookup, group: Sequence[Telling], central: Centrality, period: Period) -> tuple[Telling, float]:
    """The sentence that reads best alone, with its closeness to its period and its story.

    Of equals one that tells a happening, in the body, most like all that is told, published first.
    """
    close = {id(telling): central.of(telling.words, period) + central.of(telling.words, _WHOLE) for telling in group}

    def order(telling: Telling) -> tuple[object, ...]:
        moment = telling.moment
        plain = (reads_badly(telling.sentence), moment.kind == "said", not moment.acts, moment.stored.claim.part != "body")
        return *plain, -round(close[id(telling)], 6), lookup.age(moment.stored)

    found = min(group, key=order)
    return found, close[id(found)]


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
