"""Tells how well a sentence stands for what reports tell of a period: its closeness to the centroids of the period and of the story.

Words weigh by how rare they are among the story's moments; the centroid of a period is the sum of its moments' unit vectors (Radev et al.,
"Centroid-based summarization of multiple documents", 2004; for timelines Gholipour Ghalandari and Ifrim, ACL 2020).
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint64]
    Places = NDArray[np.int64]
    Weights = NDArray[np.float64]


@lru_cache(maxsize=1 << 17)
def word_number(word: str) -> int:
    """The number that stands for a word, or for an id, wherever it is met: eight bytes of its BLAKE2b digest."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def word_numbers(words: Iterable[str]) -> list[int]:
    """The numbers of some words, in order."""
    return sorted(map(word_number, words))


class Centrality:
    """Centroids of a story and of each of its periods.

    Args:
        words: the numbers of the content words of each sentence, one sentence after the other.
        counts: how many words each sentence has.
        periods: the number of the period that each sentence tells of.
    """

    def __init__(self, words: "Numbers", counts: "Places", periods: "Places") -> None:
        import numpy as np  # noqa: PLC0415 - heavy, and only wanted here

        self._known, places, found = np.unique(words, return_inverse=True, return_counts=True)
        self._rarity = np.log1p(len(counts) / found)
        weights = _unit(self._rarity[places], np.repeat(np.arange(len(counts)), counts), len(counts))
        whole: Weights = np.bincount(places, weights, len(self._known)).astype(np.float64)
        self._whole = _unit(whole, np.zeros(len(whole), dtype=np.int64), 1)
        self._periods, owners = np.unique(periods, return_inverse=True)
        cells = np.repeat(owners, counts) * len(self._known) + places
        self._cells, inside = np.unique(cells, return_inverse=True)
        sums: Weights = np.bincount(inside, weights, len(self._cells)).astype(np.float64)
        self._centroids = _unit(sums, self._cells // max(len(self._known), 1), len(self._periods))

    def closeness(self, sentences: Sequence[Sequence[int]], periods: Sequence[int]) -> list[float]:
        """Closeness of sentences to the centroid of a period plus that to the story's, 0 to 2.

        Args:
            sentences: the numbers of the content words of each.
            periods: the number of the period that each is held to.
        """
        import numpy as np  # noqa: PLC0415

        if not len(self._known):
            return [0.0] * len(sentences)
        rows = np.repeat(np.arange(len(sentences)), [len(words) for words in sentences])
        words = np.array([word for several in sentences for word in several], dtype=np.uint64)
        places, known = _find(self._known, words)
        weights = _unit(np.where(known, self._rarity[places], 0.0), rows, len(sentences))
        held_to, there = _find(self._periods, np.array(periods, dtype=np.int64))
        cells, inside = _find(self._cells, held_to[rows] * len(self._known) + places)
        centroids = np.where(known & there[rows] & inside, self._centroids[cells], 0.0)
        close: list[float] = np.bincount(rows, weights * (centroids + self._whole[places]), len(sentences)).tolist()
        return close


def _unit(weights: "Weights", rows: "Places", many: int) -> "Weights":
    """Weights that make each row's vector one of length one; a row without any has none."""
    import numpy as np  # noqa: PLC0415

    lengths = np.sqrt(np.bincount(rows, weights * weights, many))
    return weights / np.where(lengths > 0, lengths, 1.0)[rows]


def _find(known: "NDArray[np.uint64] | Places", wanted: "NDArray[np.uint64] | Places") -> "tuple[Places, NDArray[np.bool_]]":
    """Where values stand in sorted ones, and whether they do; those that do not have any place."""
    import numpy as np  # noqa: PLC0415

    places = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return places, known[places] == wanted
