"""Texts as sets of numbered word 5-grams, and the pairs of such sets that have much in common."""

import functools
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from reportedly.resolve.reports import words_of
from reportedly.resolve.weights import word_weight

Numbers = NDArray[np.uint64]

GRAM = 5
"""Words in a shingle."""

_TELLING = 1.5  # weight of its words together from which a shingle tells of a text: no phrase that many texts have
_HITS = 4  # shingles that a candidate must share of those looked up; more hits make fewer candidates, the same pairs pass
_FEW = 80  # telling shingles up to which all of a text are its sample
_LEAST = 12  # telling shingles below which a text is told by all that it has
_EVERY = np.uint64(4)  # one telling shingle in so many is in a longer text's sample
_SHARE = 0.15  # of the smaller sample that two texts share at least where one repeats half of the other
_MULTIPLIER, _MIXER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)  # odd numbers of splitmix64 (Steele et al., OOPSLA 2014)
_HALF, _MORE = np.uint64(32), np.uint64(29)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shingles:
    """A text as its distinct word 5-grams.

    Attributes:
        numbers: all of them as 64-bit numbers, ascending, the same on every machine. Two 5-grams share a number once in 10^19, so a set
            of them stands for the words.
        sample: some of them, ascending, by which the text is found again: every fourth by its number, all where they are few, of those
            that tell of this text by the table of common words; the text alone decides.
    """

    numbers: Numbers
    sample: Numbers

    @property
    def sampled(self) -> int:
        """How many it would have in its sample were it long: texts of any lengths are compared by that."""
        return int(np.count_nonzero(self.sample % _EVERY == 0))


@functools.lru_cache(maxsize=1 << 10)
def shingle(text: str) -> Shingles:
    """The distinct word 5-grams of a text.

    Args:
        text: the text.

    Returns:
        Its shingles; one for a text of fewer than five words, none for one of none.
    """
    words = words_of(text)
    numbers = np.fromiter(map(_number, words), dtype=np.uint64, count=len(words))
    weights = np.fromiter(map(word_weight, words), dtype=np.float64, count=len(words))
    grams = max(1, len(words) - GRAM + 1) if words else 0
    width = min(GRAM, len(words))
    mixed: Numbers = np.zeros(grams, dtype=np.uint64)
    told = np.zeros(grams, dtype=np.float64)
    for place in range(width):
        mixed = (mixed ^ numbers[place : place + grams]) * _MULTIPLIER
        mixed ^= mixed >> _HALF
        told += weights[place : place + grams]
    mixed = (mixed ^ (mixed >> _MORE)) * _MIXER
    found = np.unique(mixed)
    telling = np.unique(mixed[told >= _TELLING])
    return Shingles(numbers=found, sample=_sample(telling if len(telling) >= _LEAST else found))


def common(one: Numbers, other: Numbers) -> int:
    """How many shingles two texts have in common."""
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    places = np.searchsorted(longer, shorter)
    places[places == len(longer)] = 0
    return int(np.count_nonzero(longer[places] == shorter)) if len(longer) else 0


def near_enough(both: int, one: int, other: int) -> bool:
    """Whether two texts that share so many of their samples may share half of the shorter's shingles.

    A text that has half of another's has on average half of its sample; fewer than a seventh happens by boilerplate alone.

    Args:
        both: how many both have in their samples.
        one: `Shingles.sampled` of one.
        other: the same of the other.
    """
    return both >= max(1, _SHARE * min(one, other))


def similar_pairs(sets: Sequence[Numbers], *, share: float, least: int) -> Iterator[tuple[int, int]]:
    """Pairs of texts that may have much in common: every pair that has, and few that have not.

    Shingles that stand in one text alone join nothing and are put aside. A text can only be the shorter of a pair if enough of its
    shingles are left; then a partner must have some of the rarest ones among them, for the rest is too few (prefix filtering: Chaudhuri,
    Ganti and Kaushik, ICDE 2006; Bayardo, Ma and Srikant, WWW 2007). Rarity orders the work only; no pair depends on it.

    Args:
        sets: the shingles of each text, as `shingle` gives them.
        share: share of the shorter text's shingles that a pair has in common at least.
        least: number of them at least; texts with the same shingles pass all the same.

    Yields:
        Places of the two in `sets`, the lesser first, each pair once, in no order.
    """
    yield from _equal_pairs(sets, least)
    sizes = np.fromiter(map(len, sets), dtype=np.int64, count=len(sets))
    if not sizes.sum():
        return
    numbers, owners = np.concatenate(sets), np.repeat(np.arange(len(sets), dtype=np.int32), sizes)
    order = np.argsort(numbers, kind="stable")
    numbers, owners = numbers[order], owners[order]
    starts = np.flatnonzero(np.concatenate(([True], numbers[1:] != numbers[:-1])))
    counts = np.diff(np.append(starts, len(numbers)))
    shared = counts > 1
    starts, counts = starts[shared], counts[shared]
    terms = np.repeat(
        np.arange(len(starts), dtype=np.int64), counts
    )  # the shared shingles, numbered anew, once for each text they stand in
    texts = owners[np.repeat(starts, counts) + _ranks(counts)]
    by_text = np.lexsort((terms, counts[terms], texts))  # each text's shared shingles together, the rarest first
    terms, bounds = terms[by_text], np.searchsorted(texts[by_text], np.arange(len(sets) + 1))
    for text in range(len(sets)):
        held = int(bounds[text + 1] - bounds[text])
        needed = max(least, int(np.ceil(share * sizes[text])))
        if held < needed:
            continue
        hits = min(_HITS, needed)
        wanted = terms[bounds[text] : bounds[text] + held - needed + hits]
        met = np.concatenate([owners[starts[term] : starts[term] + counts[term]] for term in wanted])
        partners, times = np.unique(met, return_counts=True)
        longer = (sizes[partners] > sizes[text]) | ((sizes[partners] == sizes[text]) & (partners > text))
        for partner in partners[(times >= hits) & longer].tolist():
            yield min(text, partner), max(text, partner)


def _sample(numbers: Numbers) -> Numbers:
    return numbers if len(numbers) <= _FEW else numbers[numbers % _EVERY == 0]


def _equal_pairs(sets: Sequence[Numbers], least: int) -> Iterator[tuple[int, int]]:
    """Pairs of texts too short for the count that have the same shingles."""
    alike: dict[bytes, list[int]] = defaultdict(list)
    for place, numbers in enumerate(sets):
        if 0 < len(numbers) < least:
            alike[numbers.tobytes()].append(place)
    for places in alike.values():
        yield from combinations(places, 2)


def _ranks(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """For runs of these lengths, each member's place in its run."""
    ends = np.cumsum(counts)
    return np.arange(ends[-1] if len(ends) else 0, dtype=np.int64) - np.repeat(ends - counts, counts)


@functools.lru_cache(maxsize=1 << 16)  # the words of some thousand articles; names are without end
def _number(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
