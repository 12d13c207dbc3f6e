"""Eight bits for weights and activations.

Weights are signed, symmetric, with a scale for each output (or row of a table). Activations are unsigned with one scale and one zero for
all channels of a product's input, measured on text, so that no window changes another's scores. Channels far larger than the rest are
evened out first: what enters a product is divided by a factor a channel and the product's weights are multiplied by it.

Sources: B. Jacob et al., "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference" (2018), section
2.1; G. Xiao et al., "SmoothQuant" (2023), equation 4.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from reportedly.extract.training.parameters import Floats, Layer, Linear, Parameters

_SIGNED = 127
_UNSIGNED = 255
_LEAST = 1e-8  # a scale below this would divide by nothing
_MOVED = 0.75  # share of a channel's size that moves into the weights; of 0.3 to 1, what left the least error on a trained tagger
_SMALLEST_CHANNEL = 1e-3

Signed = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """How an input is cut into 256 levels.

    Attributes:
        scale: width of a level.
        zero: the level of 0.
        factors: what each channel is divided by before; None where they are taken as they are.
    """

    scale: float
    zero: int
    factors: Floats | None = None

    @classmethod
    def spanning(cls, low: float, high: float) -> Self:
        """The levels from `low` to `high`, 0 being one of them."""
        low, high = min(low, 0.0), max(high, 0.0)
        scale = max((high - low) / _UNSIGNED, _LEAST)
        return cls(scale=scale, zero=round(-low / scale))


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """What the channels of an input were seen to hold: least and greatest value of each."""

    low: Floats
    high: Floats

    def __or__(self, other: "Range") -> "Range":
        """The range that spans both."""
        return Range(low=np.minimum(self.low, other.low), high=np.maximum(self.high, other.high))

    def levels(self, factors: Floats | None) -> Levels:
        """One cut for all channels, each divided by its factor where there are any."""
        divisors = np.float32(1) if factors is None else factors
        cut = Levels.spanning(float((self.low / divisors).min()), float((self.high / divisors).max()))
        return replace(cut, factors=factors)

    @property
    def size(self) -> Floats:
        """The greatest absolute value of each channel."""
        return np.maximum(np.abs(self.low), np.abs(self.high))


def quantised_columns(weight: Floats) -> tuple[Signed, Floats]:
    """A map's weights, inputs x outputs, and the scale of each output."""
    rows, scale = quantised_rows(weight.T)
    return np.ascontiguousarray(rows.T), scale


def quantised_rows(table: Floats) -> tuple[Signed, Floats]:
    """A table's rows and the scale of each."""
    scale = np.maximum(np.abs(table).max(axis=1) / _SIGNED, _LEAST).astype(np.float32)
    return np.rint(table / scale[:, None]).astype(np.int8), scale


def even_out(parameters: Parameters, ranges: Mapping[str, Range]) -> tuple[Parameters, dict[str, Levels]]:
    """How the inputs of all products are quantised, with large channels evened out.

    What attention brings together is linear in its values, so the factors of that product go into the value's map and cost nothing. The
    input of the narrowing product, four times as wide as the others, is taken as it is: evening it out costs pace and brings no span.

    Args:
        parameters: of the tagger.
        ranges: what enters each product, by `LAYER.PRODUCT`.

    Returns:
        The tagger's weights, other by those factors, and the levels by product.
    """
    layers, entries = [], {}
    for number, layer in enumerate(parameters.layers):
        maps = {
            "attend": (layer.query, layer.key, layer.value),
            "attended": (layer.attended,),
            "widen": (layer.widen,),
            "narrow": (layer.narrow,),
        }
        for product, linears in maps.items():
            seen = ranges[f"{number}.{product}"]
            entries[f"{number}.{product}"] = seen.levels(None if product == "narrow" else _factors(seen, linears))
        layers.append(_fold_into_value(layer, entries, f"{number}.attended"))
    return replace(parameters, layers=tuple(layers)), entries


def _factors(seen: Range, linears: tuple[Linear, ...]) -> Floats:
    """Equation 4 of SmoothQuant, with a geometric mean of 1."""
    weight = np.max([np.abs(linear.weight).max(axis=1) for linear in linears], axis=0)
    size = np.maximum(seen.size, _SMALLEST_CHANNEL) ** _MOVED
    factors = size / np.maximum(weight, _SMALLEST_CHANNEL) ** (1 - _MOVED)
    even: Floats = (factors / np.exp(np.log(factors).mean())).astype(np.float32)
    return even


def _fold_into_value(layer: Layer, entries: dict[str, Levels], name: str) -> Layer:
    levels = entries[name]
    if levels.factors is None:
        return layer
    entries[name] = replace(levels, factors=None)
    return replace(layer, value=layer.value.leaving(levels.factors), attended=layer.attended.entered_by(levels.factors))
