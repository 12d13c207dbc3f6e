"""Brings the moments of a story together that tell the same: of one time, in like words, as one utterance, or by a common act."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations

from reportedly.model import ArticleKey
from reportedly.reconcile.content import content_words, jaccard
from reportedly.reconcile.lookup import Lookup
from reportedly.reconcile.moments import WEEK, Kind, Moment

_ALIKE = 0.4  # share of content words that makes two sentences of one time tell the same
_HEADLINE = 0.25  # the same where one is a headline of the other's article: it has few words

_WORTH = 4  # moments of one date that are worth an index of those around it

Period = tuple[str | None, str | None]


def merge(order: Sequence[Moment], lookup: Lookup) -> list[list[int]]:
    """The moments by what they tell: linked pairs and their chains.

    Args:
        order: a story's moments, earliest published first.
        lookup: over the holdings that they are of.

    Returns:
        Places in `order`, a list a group; groups in the order of their first.
    """
    sides = [_Side(moment, lookup) for moment in order]
    parent = list(range(len(order)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = place = parent[parent[place]]
        return place

    for one, other in _links(sides, _neighbours(order)):
        first, second = root(one), root(other)
        parent[max(first, second)] = min(first, second)
    groups: dict[int, list[int]] = defaultdict(list)
    for place in range(len(order)):
        groups[root(place)].append(place)
    return list(groups.values())


class _Side:
    """What a moment is compared by.

    Args:
        moment: the moment.
        lookup: over the holdings.
    """

    def __init__(self, moment: Moment, lookup: Lookup) -> None:
        claim, links = moment.stored.claim, lookup.holdings.links
        self._lookup, self._moment = lookup, moment
        self.kind: Kind = moment.kind
        self.words = content_words(lookup.words_of(moment.stored))
        self.article: ArticleKey = moment.stored.article
        self.in_body = claim.part == "body"
        self.period: Period = (moment.when.first, moment.when.last)
        self.utterance = links.utterance_of.get(claim.id)
        self.event = links.event_of.get(claim.id)
        self.acts = frozenset((act.act, act.agent) for act in claim.acts if act.agent)

    @cached_property
    def principals(self) -> frozenset[str | None]:
        """Whose word it is."""
        return frozenset(voice.principal for voice in self._lookup.voices(self._moment.stored, None))


def _links(sides: Sequence[_Side], near: Mapping[Period, Collection[Period]]) -> Iterator[tuple[int, int]]:
    """Pairs of one time that tell the same: likely ones are found by what they have in common, only words are compared with all others."""
    places: dict[Period, list[int]] = defaultdict(list)
    common: dict[Hashable, list[int]] = defaultdict(list)
    heads: dict[ArticleKey, list[int]] = defaultdict(list)
    for place, side in enumerate(sides):
        places[side.period].append(place)
        if not side.in_body:
            heads[side.article].append(place)
        if side.utterance is not None:
            common["utterance", side.utterance].append(place)
        for act in side.acts if side.event is not None else ():
            common[side.event, act].append(place)
    for period, here in places.items():
        around = [place for wider in near[period] for place in places[wider]]
        if len(here) < _WORTH:
            yield from ((one, other) for one in here for other in around if _in_like_words(sides[one].words, sides[other].words))
        else:
            index = _Index(sides, around)
            yield from ((one, other) for one in here for other in index.in_like_words(sides[one].words))
    likely = chain.from_iterable(combinations(together, 2) for together in common.values())
    headed = ((head, place) for place, side in enumerate(sides) for head in heads.get(side.article, ()) if head != place)
    for one, other in chain(likely, headed):
        first, second = sides[one], sides[other]
        if (second.period in near[first.period] or first.period in near[second.period]) and _tell_the_same(first, second):
            yield one, other


def _in_like_words(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sets of content words have two fifths (`_ALIKE`) of all in common; in whole numbers, for the pairs are many."""
    both = len(one & other)
    return both > 0 and 5 * both >= 2 * (len(one) + len(other) - both)


class _Index:
    """Some moments, to be searched by words.

    Each word has the set of moments that hold it, as the bits of a whole number; adding such sets up bit by bit counts for all moments at
    once how many words they share with another.

    Args:
        sides: all moments.
        places: some of them.
    """

    def __init__(self, sides: Sequence[_Side], places: Sequence[int]) -> None:
        self._sides, self._places = sides, places
        self._holding: dict[str, int] = defaultdict(int)
        for bit, place in enumerate(places):
            for word in sides[place].words:
                self._holding[word] |= 1 << bit

    def in_like_words(self, words: frozenset[str]) -> Iterator[int]:
        """The moments that have two fifths (`_ALIKE`) of their content words and of some others in common with these."""
        size = len(words)
        found = self._sharing(words, (2 * size + 4) // 5) if size else 0
        while found:
            least = found & -found
            found ^= least
            place = self._places[least.bit_length() - 1]
            if _in_like_words(words, self._sides[place].words):
                yield place

    def _sharing(self, words: frozenset[str], least: int) -> int:
        """The moments that hold at least so many of some words, as bits; `digits[k]` has the bits of value 2 ** k of their counts."""
        digits: list[int] = []
        for word in words:
            carried = self._holding.get(word, 0)
            for k, digit in enumerate(digits):
                if not carried:
                    break
                digits[k], carried = digit ^ carried, digit & carried
            if carried:
                digits.append(carried)
        more, same = 0, (1 << len(self._places)) - 1
        for k in reversed(range(max(len(digits), least.bit_length()))):
            digit = digits[k] if k < len(digits) else 0
            if least >> k & 1:
                same &= digit
            else:
                more |= same & digit
                same &= ~digit
        return more | same


def _tell_the_same(one: _Side, other: _Side) -> bool:
    """Whether two claims of one time tell the same: in like words, as one utterance, or by a common act; of two words one principal's."""
    headline = one.in_body != other.in_body and one.article == other.article
    if jaccard(one.words, other.words) >= (_HEADLINE if headline else _ALIKE):
        return True
    if one.utterance is not None and one.utterance == other.utterance:
        return one.kind == other.kind
    if one.event is None or one.event != other.event or one.acts.isdisjoint(other.acts):
        return False
    return "said" not in (one.kind, other.kind) or one.principals == other.principals


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """The date of a moment.

    Attributes:
        first: its first day.
        last: its last day.
        brief: its length in days beyond the first; None for one of a week or more.
    """

    first: dt.date | None
    last: dt.date | None
    brief: int | None


def _neighbours(order: Sequence[Moment]) -> dict[Period, set[Period]]:
    """For each date those that hold it: itself, and a few days around a day; none for one without a first day."""
    dates = {(moment.when.first, moment.when.last): _stretch(moment) for moment in order}
    around: dict[dt.date, set[Period]] = defaultdict(set)
    for period, date in dates.items():
        if date.first is not None and date.brief is not None:
            for day in range(date.brief + 1):
                around[date.first + dt.timedelta(days=day)].add(period)
    near: dict[Period, set[Period]] = {}
    for period, date in dates.items():
        wider = around[date.first] if date.first is not None and date.brief is not None else set()
        near[period] = {other for other in wider | {period} if _holds(dates[other], date)}
    return near


def _stretch(moment: Moment) -> _Stretch:
    when, days = moment.when, moment.days
    return _Stretch(first=when.first_day, last=when.last_day, brief=days if days < WEEK else None)


def _holds(wider: _Stretch, date: _Stretch) -> bool:
    if wider.first is None or date.first is None:
        return False
    return wider.first <= date.first and (wider.last is None if date.last is None else wider.last is None or date.last <= wider.last)
