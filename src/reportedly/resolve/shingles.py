"""Texts as sets of numbered word 5-grams, and the pairs of such sets that have much in common."""

import functools
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from reportedly.resolve.reports import words_of

Numbers = NDArray[np.uint64]

GRAM = 5
"""Words in a shingle."""

_HITS = 4  # shingles that a candidate must share of those looked up; more hits make fewer candidates, the same pairs pass
_FEW = 80  # shingles up to which all of a text are its sample
_EVERY = np.uint64(4)  # one shingle in so many is in a longer text's sample
_SHARE = 0.15  # of the smaller sample that two texts share at least where one repeats half of the other
_MULTIPLIER, _MIXER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)  # odd numbers of splitmix64 (Steele et al., OOPSLA 2014)
_HALF, _MORE = np.uint64(32), np.uint64(29)


def shingle(text: str) -> Numbers:
    """The distinct word 5-grams of a text as numbers.

    Args:
        text: the text.

    Returns:
        64-bit numbers in ascending order, the same on every machine; one for a text of fewer than five words, none for one of none. Two
        5-grams share a number once in 10^19, so a set of them stands for the words.
    """
    numbers = np.fromiter(map(_number, words_of(text)), dtype=np.uint64)
    grams = max(1, len(numbers) - GRAM + 1) if len(numbers) else 0
    width = min(GRAM, len(numbers))
    mixed: Numbers = np.zeros(grams, dtype=np.uint64)
    for place in range(width):
        mixed = (mixed ^ numbers[place : place + grams]) * _MULTIPLIER
        mixed ^= mixed >> _HALF
    mixed = (mixed ^ (mixed >> _MORE)) * _MIXER
    return np.unique(mixed)


def common(one: Numbers, other: Numbers) -> int:
    """How many shingles two texts have in common."""
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    places = np.searchsorted(longer, shorter)
    places[places == len(longer)] = 0
    return int(np.count_nonzero(longer[places] == shorter)) if len(longer) else 0


def sample(numbers: Numbers) -> Numbers:
    """Some of a text's shingles by which it is found again: every fourth by its number, all where they are few; the texts alone decide."""
    return numbers if len(numbers) <= _FEW else numbers[numbers % _EVERY == 0]


def near_enough(both: int, one: int, other: int) -> bool:
    """Whether two texts with so many sampled shingles in common, of so many each, may share half of the shorter's shingles.

    A text that has half of another's has on average half of its sample; fewer than a seventh happens by boilerplate alone.
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


@functools.lru_cache(maxsize=1 << 19)
def _number(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
