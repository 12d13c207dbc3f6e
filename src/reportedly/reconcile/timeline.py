"""Builds the timeline: dated claims of one day and happening merged, in sentences of the articles."""

import dataclasses
import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from reportedly.model import Clocks, Holdings, Interval, StoredClaim, TimelineEntry
from reportedly.reconcile.clocks import visible
from reportedly.reconcile.content import content_words, jaccard
from reportedly.reconcile.lookup import Lookup
from reportedly.reconcile.moments import WEEK, Kind, Moment, find_moments
from reportedly.reconcile.sentences import reads_badly, sentence_of

Grain = Literal["day", "week", "month"]

_ALIKE = 0.4  # share of content words that makes two sentences of one time tell the same
_HEADLINE = 0.25  # the same where one is a headline of the other's article: it has few words
_FRESH = 3  # days between a happening and a report for which it is news
_WORTH: dict[Kind, float] = {"happened": 1.0, "figure": 0.8, "said": 0.5}
_LEADING = 0.5  # what a place at the head of an article adds
_ACTING = 0.5  # what an act of the table adds
_ASIDE = 0.4  # what is left of the weight of an event that the story only compares itself with


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
    lookup = Lookup(visible(holdings, clocks))
    stories: dict[str, list[Moment]] = defaultdict(list)
    for moment in find_moments(lookup):
        stories[moment.story].append(dataclasses.replace(moment, when=_widened(moment.when, grain)))
    found = [entry for moments in stories.values() for entry in _once(_entry(lookup, group) for group in _merge(lookup, moments))]
    return sorted(found, key=lambda entry: (entry.date or "", entry.to or "~", -entry.weight, entry.claims))


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
    first, last = when.first_day, when.last_day
    if grain != "day" and first is not None and last is not None:
        begin = first - dt.timedelta(days=first.weekday()) if grain == "week" else first.replace(day=1)
        end = begin + dt.timedelta(days=6) if grain == "week" else (begin + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        first, last = begin, max(end, last)
    return dataclasses.replace(when, first=first.isoformat() if first else None, last=last.isoformat() if last else None)


def _merge(lookup: Lookup, moments: Sequence[Moment]) -> list[list[Moment]]:
    """A story's moments by what they tell: linked pairs and their chains, whatever the rows' order."""
    order = sorted(moments, key=lambda moment: lookup.age(moment.stored))
    words = [content_words(lookup.words_of(moment.stored)) for moment in order]
    parent = list(range(len(order)))

    def root(place: int) -> int:
        while parent[place] != place:
            place = parent[place]
        return place

    for one, other in _at_one_time(order):
        if _tell_the_same(lookup, (order[one], order[other]), jaccard(words[one], words[other])):
            parent[max(root(one), root(other))] = min(root(one), root(other))
    groups: dict[int, list[Moment]] = defaultdict(list)
    for place, moment in enumerate(order):
        groups[root(place)].append(moment)
    return list(groups.values())


def _at_one_time(order: Sequence[Moment]) -> Iterator[tuple[int, int]]:
    """Pairs of which one date holds the other: of one date, or a few days around a day."""
    equal: dict[tuple[str | None, str | None], list[int]] = defaultdict(list)
    around: dict[dt.date, list[int]] = defaultdict(list)
    for place, moment in enumerate(order):
        equal[moment.when.first, moment.when.last].append(place)
        first = moment.when.first_day
        if first is not None and moment.days < WEEK:
            for day in range(moment.days + 1):
                around[first + dt.timedelta(days=day)].append(place)
    for place, moment in enumerate(order):
        first = moment.when.first_day
        near = set(equal[moment.when.first, moment.when.last])
        near |= set(around[first]) if first is not None and moment.days < WEEK else set()
        yield from ((place, other) for other in sorted(near) if other != place and _holds(order[other].when, moment.when))


def _holds(wider: Interval, when: Interval) -> bool:
    first, last = when.first_day, when.last_day
    begin, end = wider.first_day, wider.last_day
    if begin is None or first is None:
        return False
    return begin <= first and (end is None if last is None else end is None or last <= end)


def _tell_the_same(lookup: Lookup, pair: tuple[Moment, Moment], likeness: float) -> bool:
    """Whether two claims of one time tell the same: in like words, as one utterance, or by a common act; of two words one principal's."""
    one, other = pair[0].stored, pair[1].stored
    headline = one.article == other.article and (one.claim.part != "body") != (other.claim.part != "body")
    if likeness >= (_HEADLINE if headline else _ALIKE):
        return True
    spoken = lookup.holdings.links.utterance_of
    if one.claim.id in spoken and spoken[one.claim.id] == spoken.get(other.claim.id):
        return pair[0].kind == pair[1].kind
    of_event = lookup.holdings.links.event_of
    event = of_event.get(one.claim.id)
    acts = {(act.act, act.agent) for act in one.claim.acts if act.agent} & {(act.act, act.agent) for act in other.claim.acts}
    alike = all(moment.kind != "said" for moment in pair) or _principals(lookup, one) == _principals(lookup, other)
    return alike and event is not None and event == of_event.get(other.claim.id) and bool(acts)


def _principals(lookup: Lookup, stored: StoredClaim) -> frozenset[str | None]:
    return frozenset(voice.principal for voice in lookup.voices(stored, None))


def _entry(lookup: Lookup, group: Sequence[Moment]) -> TimelineEntry:
    claims = [moment.stored for moment in group]
    principals = dict.fromkeys(
        voice.principal for stored in claims for voice in lookup.voices(stored, lookup.origin_of("", stored.claim.id)) if voice.principal
    )
    documents = sorted({lookup.holdings.documents[stored.document].name for stored in claims})
    when = min((moment.when for moment in group), key=lambda when: (when.last is None, _length(when), when.first or "", when.last or ""))
    return TimelineEntry(
        date=when.first,
        to=when.last,
        text=_sentence(lookup, group),
        weight=_weight(lookup, group, len(documents), len(principals)),
        claims=tuple(dict.fromkeys(stored.claim.id for stored in claims)),
        documents=tuple(documents),
        principals=tuple(principals),
    )


def _length(when: Interval) -> int:
    first, last = when.first_day, when.last_day
    return (last - first).days if first and last else 0


def _sentence(lookup: Lookup, group: Sequence[Moment]) -> str:
    """The sentence that reads best alone; of equals one that tells a happening, in the body, most like the others, published first."""
    words = {id(moment): content_words(lookup.words_of(moment.stored)) for moment in group}
    sentences = {id(moment): sentence_of(lookup, moment.stored) for moment in group}

    def shared(moment: Moment) -> float:
        return sum(jaccard(words[id(moment)], words[id(other)]) for other in group if other is not moment)

    def order(moment: Moment) -> tuple[object, ...]:
        claim = moment.stored.claim
        plain = (reads_badly(sentences[id(moment)]), moment.kind == "said", not moment.acts, claim.part != "body")
        return *plain, -round(shared(moment), 6), lookup.age(moment.stored)

    return sentences[id(min(group, key=order))]


def _weight(lookup: Lookup, group: Sequence[Moment], documents: int, principals: int) -> float:
    """How much speaks for showing a group.

    Documents, principals and mentions; whether it was news when it was reported, stands at an article's head and tells of an act; less
    for a long stretch, for mere words, and for what the story only compares itself with.
    """
    fresh = sum(_fresh(lookup, moment.stored, moment.when) for moment in group) / len(group)
    mentions = documents + 0.5 * principals + 0.5 * math.log2(1 + len(group)) + fresh
    mentions += _LEADING * any(moment.leads for moment in group) + _ACTING * any(moment.acts for moment in group)
    precise = 1 / (1 + math.log2(1 + min(min(moment.days, 366) for moment in group)) / 4)
    aside = _ASIDE if all(moment.past for moment in group) else 1.0
    return round(mentions * precise * aside * max(_WORTH[moment.kind] for moment in group), 3)


def _fresh(lookup: Lookup, stored: StoredClaim, when: Interval) -> bool:
    """Whether a report followed within days of what it tells."""
    published = lookup.published_of(stored)
    last, reported = when.last_day, published.last_day if published else None
    return last is not None and reported is not None and abs((reported - last).days) <= _FRESH
