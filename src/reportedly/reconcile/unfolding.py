"""Draws up a large story's timeline from outlines, a page at a time: only the claims of the entries at hand are read.

Which claims are moments, how rare their words are, what they have in common and how much the reports make of a period, outlines tell of all
claims alike. Entries come by date, so a page takes the groups of its periods, and of the groups elsewhere those with a sentence of its own.
"""

import datetime as dt
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

from reportedly.model import Clocks, Holdings, Interval, StoredClaim, TimelineEntry
from reportedly.reconcile.centrality import Centrality, word_number, word_numbers
from reportedly.reconcile.clocks import lookup_at
from reportedly.reconcile.content import content_words
from reportedly.reconcile.lookup import Lookup
from reportedly.reconcile.merging import Side, least_shared, may_belong, merge, near_periods, principals_of
from reportedly.reconcile.moments import Kind, date_of, find_turns, moment_of
from reportedly.reconcile.outlines import BODY, HAPPENED, LEADS, SAID, Outlines, number_of
from reportedly.reconcile.periods import LONG, Period, number_of_period, period_of, weight_of
from reportedly.reconcile.timeline import Telling, entries_of, in_days, narrowest, once, share_out, timeline_order

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from reportedly.reconcile.outlines import Column

    Places = NDArray[np.int64]

ClaimKey = tuple[str, str]
"""A document's id and a claim's."""

Read = Callable[[Collection[ClaimKey]], Holdings | None]
"""Gives the rows of some claims with all that entries of a timeline show of them, before the clocks; None where it cannot."""

_FAR = 1 << 30  # a number beyond all days
_FULL = (1 << 32) - 1
_KINDS: tuple[Kind, ...] = ("happened", "said", "figure")


class _NotAtHandError(Exception):
    """What outlines lack; all rows are to be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A claim that gave a running count another value.

    Attributes:
        claim: its document's id and its own.
        when: the day that it counts up to.
    """

    claim: ClaimKey
    when: Interval


def turns_of(gist: Holdings, clocks: Clocks) -> tuple[Turn, ...]:
    """Where the counts of a story turned.

    Args:
        gist: the claims with a figure of any measure of the table, and what they rest on.
        clocks: as of when.
    """
    return lookup_at(gist, clocks).once(_turns)


def _turns(lookup: Lookup) -> tuple[Turn, ...]:
    found = ((stored, in_days(when, "day")) for stored, when, _ in find_turns(lookup))
    return tuple(Turn(claim=(stored.document, stored.claim.id), when=when) for stored, when in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """What moments are compared by.

    Attributes:
        words: numbers of the words of their claims, one moment after the other.
        word_ends: where those of each moment end, before them 0.
        acts: what stands for the acts of all rows.
        act_ends: where those of each moment end.
        rows: flags, event, act of speech and number of acts of each moment.
    """

    words: list[int]
    word_ends: list[int]
    acts: list[int]
    act_ends: list[int]
    rows: list[tuple[int, int, int, int]]


class Unfolding:
    """A story's timeline, by day, of which nothing but the moments is known at first.

    Args:
        outlines: of all documents of the story, and maybe of others.
        story: the story's id.
        clocks: as of when; not before a moment of recording.
        turns: where its counts turned by then.
        read: gives rows.
    """

    def __init__(self, outlines: Outlines, story: str, clocks: Clocks, turns: Sequence[Turn], read: Read) -> None:
        self._outlines, self._story, self._clocks, self._read = outlines, story, clocks, read
        self._articles = _Articles(outlines, story, clocks)
        self._turned: dict[ClaimKey, Interval] = {}
        self._find_moments(turns)
        self._numbers: list[int] = (self._first.astype("int64") << 32 | self._last).tolist()
        self._within: dict[int, tuple[int, list[int]]] = {}  # a moment -> the period of its group, and the group
        self._held: dict[ClaimKey, tuple[Lookup, StoredClaim]] = {}
        self._lock = threading.Lock()

    def page(self, count: int, wanted: Callable[[Interval], bool]) -> list[TimelineEntry] | None:
        """The first entries by date.

        Args:
            count: how many at most.
            wanted: which dates are asked for.

        Returns:
            In the order of `timeline_order`; None where only all rows of the story tell.
        """
        with self._lock:  # what was read for one page is let go of for the next
            try:
                return self._page(count, wanted)
            except _NotAtHandError:
                return None

    def _page(self, count: int, wanted: Callable[[Interval], bool]) -> list[TimelineEntry]:
        periods = [number for number in sorted(set(self._numbers), key=_in_order) if wanted(_interval(number))]
        target = count
        while True:
            chosen, taken = list[list[int]](), set[int]()
            for number in periods:
                if len(chosen) >= target:
                    break
                chosen += self._groups_of(number)
                taken.add(number)
            entries = self._entries(chosen, taken)
            if len(entries) >= count or len(taken) == len(periods):
                return sorted(entries, key=timeline_order)[:count]
            target = max(2 * target, len(chosen) + count)

    def _find_moments(self, turns: Sequence[Turn]) -> None:
        """The rows that are moments, earliest published first."""
        import numpy as np  # noqa: PLC0415 - heavy, and only wanted for large parts

        columns, owners = self._outlines.columns, self._outlines.owners("rows")
        articles = self._outlines.shifted("article", "rows", "articles")
        first, last = columns["first"].astype(np.int64), columns["last"].astype(np.int64)
        known = self._articles.known[articles]
        seen = self._articles.sees(articles, columns["by"])
        here = seen & (columns["flags"] & (HAPPENED | SAID) > 0) & (first > 0) & (first <= known)
        kinds = np.where(columns["flags"] & HAPPENED > 0, 0, 1)
        if turns:
            documents = self._outlines.documents
            places = {(documents[o], c.decode()): row for row, (o, c) in enumerate(zip(owners, columns["claim"].tolist(), strict=True))}
            for turn in turns:
                row, begun, ended = places.get(turn.claim), turn.when.first_day, turn.when.last_day
                if row is None or begun is None or here[row] or not seen[row] or begun.toordinal() > known[row]:
                    continue  # a caption has no row
                here[row], kinds[row], first[row], last[row] = True, 2, begun.toordinal(), ended.toordinal() if ended else 0
                self._turned[turn.claim] = turn.when
        rows = np.flatnonzero(here)
        ids = np.array(self._outlines.documents, dtype="S18")[owners[rows]] if len(rows) else np.array([], dtype="S18")
        order = np.lexsort((columns["claim"][rows], columns["start"][rows], ids, columns["published"][articles[rows]]))
        self._rows: Places = rows[order]
        self._first, self._last, self._kinds = first[self._rows], last[self._rows], kinds[self._rows].tolist()
        self._owner = owners[self._rows].tolist()
        self._claim: list[str] = [claim.decode() for claim in columns["claim"][self._rows].tolist()]
        self._sentence = columns["sentence"][self._rows]
        self._article = columns["number"][articles[self._rows]].tolist()

    @cached_property
    def _central(self) -> Centrality:
        words, counts = self._words("printed")
        return Centrality(words, counts, self._first << 32 | self._last)

    def _words(self, name: str) -> "tuple[NDArray[np.uint64], Places]":
        """Numbers of the words, or the printed words, of each moment, one after the other; and how many each has."""
        import numpy as np  # noqa: PLC0415

        columns = self._outlines.columns
        every = columns[name]
        counts = every[self._rows].astype(np.int64)
        starts = (np.cumsum(every) - every)[self._rows]
        places = np.repeat(starts - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
        return columns["vocabulary"][self._outlines.shifted(f"{name}_of", name, "vocabulary")[places]], counts

    @cached_property
    def _compared(self) -> "_Compared":
        """What all moments are compared by, as plain lists, of which single values are had sooner than of columns."""
        import numpy as np  # noqa: PLC0415

        columns, (words, counts) = self._outlines.columns, self._words("words")
        return _Compared(
            words=words.tolist(),
            word_ends=[0, *np.cumsum(counts).tolist()],
            acts=columns["acts_of"].tolist(),
            act_ends=np.cumsum(columns["acts"])[self._rows].tolist(),
            rows=list(zip(*(columns[name][self._rows].tolist() for name in ("flags", "event", "utterance", "acts")), strict=True)),
        )

    def _side(self, place: int) -> Side:
        """What a moment is compared by."""
        known = self._compared
        flags, event, utterance, acts = known.rows[place]
        end = known.act_ends[place]
        return Side(
            kind=_KINDS[self._kinds[place]],
            words=frozenset(known.words[known.word_ends[place] : known.word_ends[place + 1]]),
            article=(self._outlines.documents[self._owner[place]], self._article[place]),
            in_body=bool(flags & BODY),
            period=_period(self._numbers[place]),
            utterance=utterance or None,
            event=event or None,
            acts=frozenset(known.acts[end - acts : end]),
        )

    @cached_property
    def _near(self) -> "Mapping[int, Places]":
        """For each period those that a moment of it may hang together with: those that hold it, and those that it holds."""
        import numpy as np  # noqa: PLC0415

        numbers = {_period(number): number for number in set(self._numbers)}
        either: dict[int, set[int]] = {number: set() for number in numbers.values()}
        for period, others in near_periods(numbers).items():
            for other in others:
                either[numbers[period]].add(numbers[other])
                either[numbers[other]].add(numbers[period])
        return {number: np.array(sorted(others), dtype=np.int64) for number, others in either.items()}

    @cached_property
    def _holding(self) -> "tuple[NDArray[np.uint64], Places]":
        """Numbers of words of claims, in order, each time with the moment that has it."""
        import numpy as np  # noqa: PLC0415

        words, counts = self._words("words")
        order = np.argsort(words, kind="stable")
        return words[order], np.repeat(np.arange(len(counts)), counts)[order]

    def _kin(self, place: int, side: Side) -> Iterator[int]:
        """The moments that belong together with one, or would if they were one principal's words.

        Of its words it shares with each so many that one of the rarest is among them; else both have utterance, act or article in common.
        """
        import numpy as np  # noqa: PLC0415

        words, holders = self._holding
        asked = np.array(sorted(side.words), dtype=np.uint64)
        begins, ends = np.searchsorted(words, asked), np.searchsorted(words, asked, side="right")
        rarest = np.argsort(ends - begins, kind="stable")[: len(asked) - least_shared(len(asked)) + 1]
        found = [holders[begins[k] : ends[k]] for k in rarest]
        for column, value in zip(self._common, (side.utterance, side.event if side.acts else None, None), strict=True):
            if value is not None or column is self._common[-1]:
                found.append(np.flatnonzero(column == column[place]))
        others = np.unique(np.concatenate(found))
        numbers = self._first[others] << 32 | self._last[others]
        for other in others[np.isin(numbers, self._near[self._numbers[place]])].tolist():
            if other not in self._within and may_belong(side, self._side(other)):
                yield other

    @cached_property
    def _common(self) -> "tuple[Column, Column, Column]":
        """Acts of speech, events and articles of the moments."""
        columns = self._outlines.columns
        articles = self._outlines.shifted("article", "rows", "articles")
        return columns["utterance"][self._rows], columns["event"][self._rows], articles[self._rows]

    def _groups_of(self, number: int) -> list[list[int]]:
        """The groups of a period: those of whose dates it is the narrowest."""
        places = [place for place, own in enumerate(self._numbers) if own == number]
        self._merge(places)
        groups = {group[0]: group for held, group in (self._within[place] for place in places) if held == number}
        return list(groups.values())

    def _merge(self, places: Sequence[int]) -> None:
        """Find the groups that some moments belong to."""
        sides: dict[int, Side] = {}
        waiting = [place for place in places if place not in self._within]
        while waiting:
            place = waiting.pop()
            if place not in sides:
                sides[place] = self._side(place)
                waiting += [other for other in self._kin(place, sides[place]) if other not in sides]
        members = sorted(sides)
        for group in merge([sides[place] for place in members], partial(self._principals, members)):
            found = [members[k] for k in group]
            when = narrowest([_interval(self._numbers[place]) for place in found])
            held = next(self._numbers[place] for place in found if _interval(self._numbers[place]) == when)
            self._within.update(dict.fromkeys(found, (held, found)))

    def _entries(self, chosen: Sequence[list[int]], taken: Collection[int]) -> list[TimelineEntry]:
        """The entries of the groups of some periods."""
        import numpy as np  # noqa: PLC0415

        entries = self._told(chosen)
        sentences = np.array([word_number(entry.text) for entry in entries], dtype=np.uint64)
        known = {place for group in chosen for place in group}
        again = [place for place in np.flatnonzero(np.isin(self._sentence, sentences)).tolist() if place not in known]
        self._merge(again)
        others = {group[0]: group for number, group in (self._within[place] for place in again) if number not in taken}
        periods = {_period(number) for number in taken}
        left = [entry for entry in once([*entries, *self._told(list(others.values()))]) if (entry.date, entry.to) in periods]
        return share_out(left, self._articles.weights(periods))

    def _told(self, groups: Sequence[list[int]]) -> list[TimelineEntry]:
        """An entry a group, not yet weighed beside others."""
        if not groups:
            return []
        self._hold([place for group in groups for place in group])
        tellings = [[self._telling(place) for place in group] for group in groups]
        lookup = tellings[0][0][0]
        return entries_of(lookup, [[telling for _, telling in group] for group in tellings], self._central)

    def _key(self, place: int) -> ClaimKey:
        """The claim of a moment."""
        return self._outlines.documents[self._owner[place]], self._claim[place]

    def _hold(self, places: Collection[int]) -> None:
        """Have the claims of some moments at hand."""
        keys = set(map(self._key, places))
        if keys <= self._held.keys() and len({id(self._held[key][0]) for key in keys}) <= 1:
            return
        rows = self._read(keys)
        if rows is None:
            raise _NotAtHandError
        lookup = lookup_at(rows, self._clocks)
        self._held = {(stored.document, stored.claim.id): (lookup, stored) for stored in lookup.holdings.claims}
        if not keys <= self._held.keys():  # the ledger was written meanwhile
            raise _NotAtHandError

    def _telling(self, place: int) -> tuple[Lookup, Telling]:
        key = self._key(place)
        lookup, stored = self._held[key]
        turned = _KINDS[self._kinds[place]] == "figure"
        dated: tuple[Kind, Interval] | None = ("figure", self._turned[key]) if turned else date_of(lookup, stored)
        if dated is None or number_of_period(period_of(in_days(dated[1], "day"))) != self._numbers[place]:
            raise _NotAtHandError  # it was judged, and is not linked yet
        kind, when = dated
        row, columns = self._rows[place], self._outlines.columns
        sentence = self._outlines.sentence(row)
        leads = bool(columns["flags"][row] & LEADS)
        moment = moment_of(lookup, (stored, kind, in_days(when, "day")), self._story, leads=leads)
        return lookup, Telling(moment=moment, sentence=sentence, words=word_numbers(content_words(sentence)))

    def _principals(self, members: Sequence[int], places: Collection[int]) -> Mapping[int, frozenset[str | None]]:
        """Whose words some of a few moments are, by their places among these."""
        self._hold([members[place] for place in places])
        return {place: principals_of(stored, lookup) for place in places for lookup, stored in [self._held[self._key(members[place])]]}


class _Articles:
    """What the clocks show of a story's articles, and how much its reports make of a period.

    Args:
        outlines: of all its documents.
        story: the story's id.
        clocks: as of when.
    """

    def __init__(self, outlines: Outlines, story: str, clocks: Clocks) -> None:
        import numpy as np  # noqa: PLC0415 - heavy, and only wanted for large parts

        self._outlines = outlines
        self._day = outlines.columns["day"].astype(np.int64)
        self._by, self._said = (day.toordinal() if day else None for day in (clocks.published_by, clocks.as_of))
        self._here = outlines.columns["story"] == np.uint64(number_of(story))
        kept = self._here.copy()
        day = min((day for day in (self._by, self._said) if day is not None), default=None)
        if day is not None:
            speaking = self.sees(np.arange(len(self._day)), outlines.columns["said"])
            kept &= speaking | ((self._day > 0) & (self._day <= day))
        newest = int(self._day[kept].max(initial=0))
        self.known = np.where(self._day > 0, self._day, newest or _FAR)

    def sees(self, articles: "Column", by: "Column") -> "NDArray[np.bool_]":
        """Whether the clocks let see claims in some articles that had been said by some days, 0 standing for unknown ones."""
        seen: NDArray[np.bool_] = self._here[articles]
        if self._said is not None:
            seen = seen & (by > 0) & (by <= self._said)
        if self._by is not None:
            published = self._day[articles]
            seen = seen & (published > 0) & (published <= self._by)
        return seen

    def weights(self, periods: Collection[Period]) -> Mapping[Period, float]:
        """How much the reports make of each of some periods, as `weigh_periods` tells it."""
        import numpy as np  # noqa: PLC0415

        columns = self._outlines.columns
        articles = self._outlines.shifted("period_article", "periods", "articles")
        numbers = columns["period_first"].astype(np.int64) << 32 | columns["period_last"]
        wanted = np.array([number_of_period(period) for period in periods], dtype=np.int64)
        rows = np.flatnonzero(self.sees(articles, columns["period_by"]) & np.isin(numbers, wanted))
        told: dict[int, list[tuple[int, int]]] = {}
        owners = self._outlines.owners("periods")[rows].tolist()
        for number, owner, day in zip(numbers[rows].tolist(), owners, self._day[articles[rows]].tolist(), strict=True):
            told.setdefault(number, []).append((owner, day))
        return {_period(number): _weight(number & _FULL, several) for number, several in told.items()}


def _weight(last: int, told: Sequence[tuple[int, int]]) -> float:
    """The weight of a period by the documents that name it and the days of their articles, one a claim."""
    gaps = [day - last for _, day in told if day and last]
    return weight_of(
        len({owner for owner, _ in told}), len({day for _, day in told}), sum(gap > 0 for gap in gaps), sum(gap > LONG for gap in gaps)
    )


@lru_cache(maxsize=1 << 14)
def _period(number: int) -> Period:
    first, last = (dt.date.fromordinal(day).isoformat() if day else None for day in (number >> 32, number & _FULL))
    return first, last


def _interval(number: int) -> Interval:
    first, last = _period(number)
    return Interval(first=first, last=last)


def _in_order(number: int) -> tuple[int, int]:
    """A sort key: by first day, then by last, an open end last."""
    return number >> 32, number & _FULL or _FAR
