"""The small learned model that scores which tagged spans belong together; a few hundred numbers, run with numpy."""

import functools
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from reportedly.extract.link_features import Features

Numbers = npt.NDArray[np.float64]
WEIGHTS = "link_weights.json"


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
    return resources.files("reportedly.extract").joinpath(WEIGHTS).read_bytes()
