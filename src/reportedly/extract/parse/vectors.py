"""The vectors of words in their surroundings that a pipeline's tagger and parser read, made with what does not change kept.

spaCy's English pipelines make them in two stages: each word's own vector, from its spelling and shape; then layers that mix it with its
neighbours'. The first stage is half of the work and the same wherever the word stands, so it is done once a word. The numbers are those
that the pipeline makes by itself, bit by bit. Source of the network: "MultiHashEmbed" and "MaxoutWindowEncoder" in spaCy's documentation of
model architectures.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self, cast

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc as SpacyDoc
from thinc.api import Model, chain

Floats = npt.NDArray[np.float32]

COMPONENT = "tok2vec"
_MOST = 32_768  # words kept, 13 MB of vectors
_FIRST = 4_096
_TILE = 48  # rows are made up to a multiple, so that each goes through a product in the same way whatever stands beside it
_MIXING = "expand_window>>maxout>>layernorm>>dropout"
_SMALL = np.float32(1e-8)  # what the normalisation adds to a variance


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A layer that mixes a word with its two neighbours: the largest of several linear maps, normalised, added to what came in.

    Attributes:
        weights: (3 x width) x (maps x width), all columns of one map together.
        bias: maps x width.
        scale: width; of the normalisation.
        shift: width; of the normalisation.
    """

    weights: Floats
    bias: Floats
    scale: Floats
    shift: Floats

    @classmethod
    def of(cls, model: Model[Any, Any]) -> Self:
        """The layer of one of the network's own.

        Raises:
            ValueError: it is built in another way.
        """
        if model.name != f"residual({_MIXING})":
            raise ValueError(model.name)
        window, maxout, norm = model.layers[0].layers[0], *model.layers[0].layers[1].layers[0].layers
        weights, bias, scale, shift = (cast("Floats", part) for part in (*_parameters(maxout, "W", "b"), *_parameters(norm, "G", "b")))
        width, maps, inputs = weights.shape
        if window.attrs["window_size"] != 1 or inputs != 3 * width:
            raise ValueError(window.attrs["window_size"])
        return cls(
            weights=np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(maps * width, inputs).T),
            bias=np.ascontiguousarray(bias.T.reshape(-1)),
            scale=scale,
            shift=shift,
        )

    def mix(self, rows: Floats) -> None:
        """Add to each row what the layer makes of it and its neighbours; rows that stand before the first and after the last are zeros."""
        width = rows.shape[1]
        seen = np.zeros((len(rows), 3 * width), np.float32)
        seen[1:, :width] = rows[:-1]
        seen[:, width : 2 * width] = rows
        seen[:-1, 2 * width :] = rows[1:]
        mapped = seen @ self.weights
        mapped += self.bias
        largest = mapped[:, :width].copy()
        for start in range(width, mapped.shape[1], width):
            np.maximum(largest, mapped[:, start : start + width], out=largest)
        largest -= largest.mean(axis=1, keepdims=True)
        variance = (largest * largest).sum(axis=1, keepdims=True) / np.float32(width) + _SMALL
        largest *= variance**-0.5
        largest *= self.scale
        largest += self.shift
        rows += largest


def _parameters(model: Model[Any, Any], *names: str) -> list[Any]:
    return [model.get_param(name) for name in names]


class WordVectors:
    """Makes the vectors of paragraphs.

    Args:
        model: the network of the pipeline's component.

    Raises:
        ValueError: the network is built in another way than those of spaCy's small English pipeline.
    """

    def __init__(self, model: Model[Any, Any]) -> None:
        try:
            embedding, mixing = model.layers
            features, _, hashed, mixed, _ = embedding.layers
            self._columns = features.attrs["columns"]
            self._pad = mixing.attrs["pad"]
            self._layers = [Layer.of(layer) for layer in mixing.layers[0].layers]
        except (ValueError, KeyError, IndexError, AttributeError) as error:
            raise ValueError(model.name) from error
        self._own: Model[Any, Any] = chain(hashed.layers[0], mixed.layers[0])
        self._numbers: dict[bytes, int] = {}
        self._table = np.zeros((_FIRST, model.get_dim("nO")), np.float32)

    @classmethod
    def of(cls, pipeline: Language) -> "WordVectors | None":
        """Those of a pipeline; None where it has none that later components share, or others than are known here."""
        if COMPONENT not in pipeline.pipe_names:
            return None
        try:
            return cls(pipeline.get_pipe(COMPONENT).model)  # type: ignore[attr-defined]
        except ValueError:
            return None

    def set(self, docs: Sequence[SpacyDoc]) -> None:
        """Give paragraphs the vectors of their words, where the pipeline's later components look for them."""
        rows_of = [cast("npt.NDArray[np.uint64]", doc.to_array(self._columns)) for doc in docs]
        row_bytes = f"V{len(self._columns) * 8}"  # a word's row as one piece of bytes: a third of the memory of a tuple
        keys: list[bytes] = [key for of_one in rows_of for key in of_one.view(row_bytes).ravel().tolist()]
        if not keys:
            return
        own = self._own_vectors(keys)
        counts = [len(doc) for doc in docs]
        places = np.arange(len(keys)) + np.repeat(self._pad * np.arange(1, len(docs) + 1), counts)
        needed = len(keys) + self._pad * (len(docs) + 1)
        rows = np.zeros((needed + -needed % _TILE, own.shape[1]), np.float32)
        rows[places] = own
        for layer in self._layers:
            layer.mix(rows)
        vectors = rows[places]
        for doc, (start, end) in zip(docs, itertools.pairwise(itertools.accumulate(counts, initial=0)), strict=True):
            doc.tensor = vectors[start:end]

    def _own_vectors(self, keys: Iterable[bytes]) -> Floats:
        """Of each word the vector that is its own."""
        numbers = self._numbers
        new = [key for key in dict.fromkeys(keys) if key not in numbers]
        if len(numbers) + len(new) > _MOST:
            numbers.clear()
            new = list(dict.fromkeys(keys))
        if new:
            start, end = len(numbers), len(numbers) + len(new)
            if end > len(self._table):
                grown = np.zeros((max(end, 2 * len(self._table)), self._table.shape[1]), np.float32)
                grown[:start] = self._table[:start]
                self._table = grown
            self._table[start:end] = self._own.predict(np.frombuffer(b"".join(new), np.uint64).reshape(len(new), -1))
            numbers.update(zip(new, range(start, end), strict=True))
        found: Floats = self._table[[numbers[key] for key in keys]]
        return found
