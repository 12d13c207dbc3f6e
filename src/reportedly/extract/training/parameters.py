"""The weights of a trained tagger as plain arrays, for the export."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from reportedly.extract.tagging.decoding import Transitions

Floats = npt.NDArray[np.float32]
Arrays = Mapping[str, Floats]
"""By the names of `encoder.Tagger`."""

_LAYER = "layers."


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """An affine map.

    Attributes:
        weight: inputs x outputs.
        bias: one an output.
    """

    weight: Floats
    bias: Floats

    @classmethod
    def of(cls, arrays: Arrays, name: str) -> Self:
        """The map of that name; PyTorch keeps outputs x inputs."""
        return cls(weight=np.ascontiguousarray(arrays[f"{name}.weight"].T), bias=arrays[f"{name}.bias"])

    def entered_by(self, factors: Floats) -> Self:
        """The same map of inputs that were divided by factors, one an input."""
        return type(self)(weight=self.weight * factors[:, None], bias=self.bias)

    def leaving(self, factors: Floats) -> Self:
        """A map whose outputs are divided by factors, one an output."""
        return type(self)(weight=self.weight / factors, bias=self.bias / factors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """A layer normalisation: gain and offset, one a hidden unit."""

    gain: Floats
    offset: Floats

    @classmethod
    def of(cls, arrays: Arrays, name: str) -> Self:
        """The normalisation of that name."""
        return cls(gain=arrays[f"{name}.weight"], offset=arrays[f"{name}.bias"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer of the encoder, in the order in which its parts are run."""

    query: Linear
    key: Linear
    value: Linear
    attended: Linear
    attended_norm: Norm
    widen: Linear
    narrow: Linear
    norm: Norm

    @classmethod
    def of(cls, arrays: Arrays, name: str) -> Self:
        """The layer of that name."""
        return cls(
            query=Linear.of(arrays, f"{name}.query"),
            key=Linear.of(arrays, f"{name}.key"),
            value=Linear.of(arrays, f"{name}.value"),
            attended=Linear.of(arrays, f"{name}.attended"),
            attended_norm=Norm.of(arrays, f"{name}.attended_norm"),
            widen=Linear.of(arrays, f"{name}.widen"),
            narrow=Linear.of(arrays, f"{name}.narrow"),
            norm=Norm.of(arrays, f"{name}.norm"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """All weights of a tagger.

    Attributes:
        pieces: pieces x hidden units.
        positions: places in a window x hidden units; what is the same at every place is in it.
        features: feature numbers x hidden units: the three features' embeddings summed.
        norm: of the embeddings.
        layers: first to last.
        head: to the labels.
        transitions: between the labels.
    """

    pieces: Floats
    positions: Floats
    features: Floats
    norm: Norm
    layers: tuple[Layer, ...]
    head: Linear
    transitions: Transitions

    @classmethod
    def of(cls, arrays: Arrays) -> Self:
        """The weights of a trained tagger.

        Raises:
            ValueError: a weight is missing, or the tagger is of a kind that the export does not know.
        """
        if "distances.weight" in arrays:
            raise ValueError("a tagger whose attention knows distances cannot be exported; distil it")
        try:
            return cls._read(arrays)
        except KeyError as error:
            raise ValueError(f"the tagger has no weight {error.args[0]}") from error

    @classmethod
    def _read(cls, arrays: Arrays) -> Self:
        shape, quotation, line = (arrays[f"features.{number}.weight"] for number in range(3))
        features = shape[:, None, None] + quotation[None, :, None] + line[None, None, :]
        count = len({name.split(".")[1] for name in arrays if name.startswith(_LAYER)})
        return cls(
            pieces=arrays["pieces.weight"],
            positions=arrays["positions.weight"] + arrays["segment"],
            features=features.reshape(-1, features.shape[-1]),
            norm=Norm.of(arrays, "embedded_norm"),
            layers=tuple(Layer.of(arrays, f"{_LAYER}{number}") for number in range(count)),
            head=Linear.of(arrays, "head"),
            transitions=Transitions.of(arrays["chain.transitions"], arrays["chain.start"], arrays["chain.end"]),
        )
