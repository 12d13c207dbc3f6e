"""Brings the moments of a story together that tell the same: of one time, in like words, as one utterance, or by a common act."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

from reportedly.model import ArticleKey, StoredClaim
from reportedly.reconcile.centrality import word_number
from reportedly.reconcile.content import content_words, jaccard
from reportedly.reconcile.lookup import Lookup
from reportedly.reconcile.moments import WEEK, Kind, Moment
from reportedly.reconcile.periods import Period

_ALIKE = 0.4  # share of content words that makes two sentences of one time tell the same
_HEADLINE = 0.25  # the same where one is a headline of the other's article: it has few words

_WORTH = 4  # moments of one date that are worth an index of those around it


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What a moment is compared by.

    Attributes:
        kind: the moment's kind.
        words: numbers of the content words of its claim.
        article: where it stands.
        in_body: whether that is an article's body.
        period: its date, as days.
        utterance: what stands for its act of speech; None for none that is known.
        event: what stands for its event; None for none.
        acts: what stands for each act of the claim with its agent.
    """

    kind: Kind
    words: frozenset[int]
    article: ArticleKey
    in_body: bool
    period: Period
    utterance: Hashable | None
    event: Hashable | None
    acts: frozenset[Hashable]


def side_of(moment: Moment, lookup: Lookup) -> Side:
    """What a moment is compared by.

    Args:
        moment: the moment.
        lookup: over the holdings that it is of.
    """
    stored, links = moment.stored, lookup.holdings.links
    claim = stored.claim
    return Side(
        kind=moment.kind,
        words=frozenset(map(word_number, content_words(lookup.words_of(stored)))),
        article=stored.article,
        in_body=claim.part == "body",
        period=(moment.when.first, moment.when.last),
        utterance=links.utterance_of.get(claim.id),
        event=links.event_of.get(claim.id),
        acts=frozenset((act.act, act.agent) for act in claim.acts if act.agent),
    )


def principals_of(stored: StoredClaim, lookup: Lookup) -> frozenset[str | None]:
    """Whose word a claim is."""
    return frozenset(voice.principal for voice in lookup.voices(stored, None))


def merge(sides: Sequence[Side], principals: Callable[[Collection[int]], Mapping[int, frozenset[str | None]]]) -> list[list[int]]:
    """Moments by what they tell: linked pairs and their chains.

    Args:
        sides: a story's moments, earliest published first.
        principals: tells whose words some of them are, by their places; asked once at most, for the few that hang on it.

    Returns:
        Places in `sides`, a list a group; groups in the order of their first.
    """
    parent = list(range(len(sides)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = place = parent[parent[place]]
        return place

    def join(one: int, other: int) -> None:
        first, second = root(one), root(other)
        parent[max(first, second)] = min(first, second)

    open_pairs = list[tuple[int, int]]()
    for one, other in _links(sides, near_periods(side.period for side in sides), open_pairs):
        join(one, other)
    open_pairs = [(one, other) for one, other in open_pairs if root(one) != root(other)]
    spoken = principals({place for pair in open_pairs for place in pair}) if open_pairs else {}
    for one, other in open_pairs:
        if spoken[one] == spoken[other]:
            join(one, other)
    groups: dict[int, list[int]] = defaultdict(list)
    for place in range(len(sides)):
        groups[root(place)].append(place)
    return list(groups.values())


def _links(
    sides: Sequence[Side], near: Mapping[Period, Collection[Period]], open_pairs: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Pairs of one time that tell the same: likely ones are found by what they have in common, only words are compared with all others.

    Those that do if they are one principal's words are noted among `open_pairs`.
    """
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
    headed = ((head, place) for place, side in enumerate(sides) for head in heads.get(side.article, ()) if head != place)
    yield from _likely(
        sides, near, chain(chain.from_iterable(combinations(together, 2) for together in common.values()), headed), open_pairs
    )


def _likely(
    sides: Sequence[Side],
    near: Mapping[Period, Collection[Period]],
    pairs: Iterable[tuple[int, int]],
    open_pairs: list[tuple[int, int]],
) -> Iterator[tuple[int, int]]:
    """Those of some pairs that are of one time and tell the same; see `_links`."""
    for one, other in pairs:
        first, second = sides[one], sides[other]
        if second.period in near[first.period] or first.period in near[second.period]:
            same = _tell_the_same(first, second)
            if same:
                yield one, other
            elif same is None:
                open_pairs.append((one, other))


def _in_like_words(one: frozenset[int], other: frozenset[int]) -> bool:
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

    def __init__(self, sides: Sequence[Side], places: Sequence[int]) -> None:
        self._sides, self._places = sides, places
        self._holding: dict[int, int] = defaultdict(int)
        for bit, place in enumerate(places):
            for word in sides[place].words:
                self._holding[word] |= 1 << bit

    def in_like_words(self, words: frozenset[int]) -> Iterator[int]:
        """The moments that have two fifths (`_ALIKE`) of their content words and of some others in common with these."""
        size = len(words)
        found = self._sharing(words, least_shared(size)) if size else 0
        while found:
            least = found & -found
            found ^= least
            place = self._places[least.bit_length() - 1]
            if _in_like_words(words, self._sides[place].words):
                yield place

    def _sharing(self, words: frozenset[int], least: int) -> int:
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


def may_belong(one: Side, other: Side) -> bool:
    """Whether two moments of one time are linked, or would be if they were one principal's words."""
    return _in_like_words(one.words, other.words) or _tell_the_same(one, other) is not False


def least_shared(size: int) -> int:
    """How many of so many content words another moment has at least, if they are in like words."""
    return (2 * size + 4) // 5


def _tell_the_same(one: Side, other: Side) -> bool | None:
    """Whether two claims of one time tell the same: in like words, as one utterance, or by a common act.

    None where they do if they are one principal's words.
    """
    headline = one.in_body != other.in_body and one.article == other.article
    if jaccard(one.words, other.words) >= (_HEADLINE if headline else _ALIKE):
        return True
    if one.utterance is not None and one.utterance == other.utterance:
        return one.kind == other.kind
    if one.event is None or one.event != other.event or one.acts.isdisjoint(other.acts):
        return False
    return None if "said" in (one.kind, other.kind) else True


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


def near_periods(periods: Iterable[Period]) -> dict[Period, set[Period]]:
    """For each period those that hold it: itself, and a few days around a day; none for one without a first day."""
    dates = {period: _stretch(period) for period in set(periods)}
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


def _stretch(period: Period) -> _Stretch:
    first, last = (dt.date.fromisoformat(day) if day else None for day in period)
    days = (last - first).days if first and last else None
    return _Stretch(first=first, last=last, brief=days if days is not None and days < WEEK else None)


def _holds(wider: _Stretch, date: _Stretch) -> bool:
    if wider.first is None or date.first is None:
        return False
    return wider.first <= date.first and (wider.last is None if date.last is None else wider.last is None or date.last <= wider.last)
