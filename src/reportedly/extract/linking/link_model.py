"""The small learned model that scores which tagged spans belong together; a few hundred numbers, run with numpy."""

import functools
import hashlib
import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from reportedly.extract.linking.link_features import Features, Names, between_names, free_features

Numbers = npt.NDArray[np.float64]
WEIGHTS = "link_weights.json"

_FIRST = 1_024


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PairScorer:
    """A linear model with one hidden layer beside it: scores of candidates, of which the highest is chosen.

    Attributes:
        names: the features, in the order of the columns; what is not among them counts nothing.
        direct: a weight a feature.
        hidden: features x units.
        bias: one a unit.
        out: one a unit.
    """

    names: tuple[str, ...]
    direct: Numbers
    hidden: Numbers
    bias: Numbers
    out: Numbers

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Self:
        """The scorer that a JSON object describes."""
        return cls(names=tuple(content["names"]), **{k: np.array(content[k], float) for k in ("direct", "hidden", "bias", "out")})

    def rows(self) -> dict[str, Any]:
        """The JSON object, numbers rounded to what makes no difference."""
        arrays = {k: np.round(getattr(self, k), 4).tolist() for k in ("direct", "hidden", "bias", "out")}
        return {"names": list(self.names), **arrays}

    def matrix(self, candidates: Sequence[Features]) -> Numbers:
        """Candidates x features."""
        columns = _columns(self.names)
        rows = np.zeros((len(candidates), len(self.names)))
        for row, found in zip(rows, candidates, strict=True):
            for name, value in found.items():
                if name in columns:
                    row[columns[name]] = value
        return rows

    def scores(self, candidates: Sequence[Features]) -> Numbers:
        """One score a candidate; their differences are log odds.

        Args:
            candidates: what holds of each.
        """
        return self.score_matrix(self.matrix(candidates))

    def score_matrix(self, rows: Numbers) -> Numbers:
        """Likewise, of a matrix of candidates x features."""
        scores: Numbers = np.tanh(rows @ self.hidden + self.bias) @ self.out + rows @ self.direct
        return scores


class Sums:
    """What a scorer makes of groups of features before its last step; a group is worked out once, for all pairs that have it.

    A group is a row of a table. The rows of a pair are added one after the other, so its score is the same whatever it is asked with.

    Args:
        scorer: the scorer.

    Attributes:
        names: the row of some truths.
        between: the row of what is true of two spans for what stands between them, by the number that `between` gives.
        free: the row of a number of free characters between two spans.
    """

    def __init__(self, scorer: PairScorer) -> None:
        self._weights = dict(zip(scorer.names, np.column_stack([scorer.hidden, scorer.direct]), strict=True))
        self._bias, self._out = scorer.bias, scorer.out
        self._table = np.zeros((_FIRST, len(scorer.bias) + 1))
        self._taken = 0
        self._adding = threading.Lock()
        self.names: Mapping[Names, int] = _Rows(lambda names: self._add(dict.fromkeys(names, 1.0)))
        self.between: Mapping[int, int] = _Rows(lambda code: self._add(dict.fromkeys(between_names(code), 1.0)))
        self.free: Mapping[int, int] = _Rows(lambda free: self._add(free_features(free)))

    def scores(self, rows: Sequence[Sequence[int]]) -> list[float]:
        """One score a pair; see `PairScorer.scores`.

        Args:
            rows: of each pair, as many for one as for another.
        """
        if not rows:
            return []
        sums = self._table[np.array(rows)].sum(1)
        scores: list[float] = ((np.tanh(sums[:, :-1] + self._bias) * self._out).sum(1) + sums[:, -1]).tolist()
        return scores

    def _add(self, found: Features) -> int:
        with self._adding:
            row = self._taken
            if row == len(self._table):
                self._table = np.concatenate([self._table, np.zeros_like(self._table)])
            for name, value in found.items():
                if name in self._weights:
                    self._table[row] += value * self._weights[name]
            self._taken += 1
            return row


class _Rows(dict[Any, int]):
    """Rows by what they are of; one that is not known is made."""

    def __init__(self, make: Callable[[Any], int]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, of: Any) -> int:  # noqa: ANN401 - names or a number
        return self.setdefault(of, self._make(of))


@functools.lru_cache(maxsize=8)
def _columns(names: tuple[str, ...]) -> dict[str, int]:
    return {name: column for column, name in enumerate(names)}


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkModel:
    """Both choices of linking.

    Attributes:
        cue: scores the cues that may report a content.
        source: scores the sources that a cue may have, and that it has none.
    """

    cue: PairScorer
    source: PairScorer


@functools.lru_cache(maxsize=8)
def sums_of(model: LinkModel) -> tuple[Sums, Sums]:
    """What a model's scorers make of groups of features: of cues, and of sources."""
    return Sums(model.cue), Sums(model.source)


@functools.cache
def load_link_model() -> LinkModel:
    """The model that ships with the package."""
    content = json.loads(_weights())
    return LinkModel(cue=PairScorer.of(content["cue"]), source=PairScorer.of(content["source"]))


@functools.cache
def link_digest() -> str:
    """Twelve hexadecimal digits of SHA-256 over the weights."""
    return hashlib.sha256(_weights()).hexdigest()[:12]


def _weights() -> bytes:
    return resources.files("reportedly.extract.linking").joinpath(WEIGHTS).read_bytes()
