"""Tells how well a sentence stands for what reports tell of a period: its closeness to their centroid.

Words weigh by how rare they are among the story's moments; the centroid of a period is the sum of its moments' unit vectors (Radev et al.,
"Centroid-based summarization of multiple documents", 2004; for timelines Gholipour Ghalandari and Ifrim, ACL 2020).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence

Vector = Mapping[str, float]


class Centrality:
    """Centroids over groups of sentences.

    Args:
        words: the content words of each sentence.
        groups: the group that each belongs to, in the same order.
    """

    def __init__(self, words: Sequence[frozenset[str]], groups: Sequence[Hashable]) -> None:
        self._vectors: dict[frozenset[str], Vector] = {}
        found = Counter(word for several in words for word in several)
        self._rarity = {word: math.log1p(len(words) / count) for word, count in found.items()}
        sums: dict[Hashable, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for several, group in zip(words, groups, strict=True):
            for word, weight in self._vector(several).items():
                sums[group][word] += weight
        self._centroids = {group: _unit(vector) for group, vector in sums.items()}

    def of(self, words: frozenset[str], group: Hashable) -> float:
        """Closeness of a sentence to the centroid of a group, 0 to 1."""
        centroid = self._centroids.get(group, {})
        return sum(weight * centroid.get(word, 0.0) for word, weight in self._vector(words).items())

    def _vector(self, words: frozenset[str]) -> Vector:
        if words not in self._vectors:
            self._vectors[words] = _unit({word: self._rarity.get(word, 0.0) for word in sorted(words)})
        return self._vectors[words]


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {word: weight / length for word, weight in vector.items()} if length else {}
