"""Writes the encoder as an ONNX graph: in floats, with weights of eight bits, or with weights and activations of eight bits.

What makes it fast on one core, measured on ONNX Runtime: products of unsigned activations and signed weights of eight bits (three to four
times the pace of floats; weights of eight bits under float activations are slower than floats), separate additions and layer normalisations
(the fused operator takes seven times as long), plain `Gelu` (`BiasGelu` takes twice as long), attention as one operator (its parts write
every head's agreements to memory, and a model takes a tenth longer with them), and no padding.

Source of the quantisation: B. Jacob et al., "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference"
(2018), section 2.1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from reportedly.extract.training.parameters import Layer, Linear, Norm, Parameters
from reportedly.extract.training.quantising import Levels, quantised_columns, quantised_rows

HEAD_WIDTH = 32  # hidden units of one attention head in MiniLM
PRODUCTS = ("attend", "attended", "widen", "narrow")
"""The products of a layer by what enters them: query, key and value share their input."""

_OPSET = 21
_IR_VERSION = 10
_CONTRIBUTED = "com.microsoft"
_EPSILON = 1e-12  # of BERT's layer normalisation

Entries = Mapping[str, Levels | None]
"""For each product `LAYER.NAME` the levels of its input; None for the range of the batch at hand."""


def encoder_graph(parameters: Parameters, *, window: int, entries: Entries | None = None, packed: bool = False) -> onnx.ModelProto:
    """The encoder with its head.

    Inputs are `pieces` and `features`, windows x pieces, 32 bits each; the output is `scores`, windows x pieces x labels.

    Args:
        parameters: of the tagger.
        window: most pieces in a window.
        entries: how the inputs of the products are quantised; None keeps all in floats. With the range of the batch at hand, neighbours
            in a batch change one another's scores: it is there to be compared with.
        packed: whether weights are kept in eight bits where the products are of floats; the runtime unpacks them as it loads the model.

    Returns:
        The model. In floats and not packed, every product's input is an output as well, named like its entry, so that ranges can be
        measured.
    """
    graph = _Graph(entries=entries, packed=packed)
    hidden = _embed(graph, parameters, window)
    for number, layer in enumerate(parameters.layers):
        hidden = _transform(graph, layer, hidden, str(number))
    labels = len(parameters.head.bias)
    graph.add("MatMul", [hidden, graph.keep("head.weight", parameters.head.weight)], "head")
    graph.add("Add", ["head", graph.keep("head.bias", parameters.head.bias)], "scores")
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT32, ["windows", "pieces"]) for name in ("pieces", "features")]
    outputs = [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["windows", "pieces", labels])]
    if entries is None and not packed:
        names = [f"{number}.{product}" for number in range(len(parameters.layers)) for product in PRODUCTS]
        outputs += [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["windows", "pieces", None]) for name in names]
    body = helper.make_graph(graph.nodes, "tagger", inputs, outputs, graph.kept)
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_CONTRIBUTED, 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=_IR_VERSION, producer_name="reportedly")


@dataclass(slots=True, kw_only=True)
class _Graph:
    """Nodes and constants as they come."""

    entries: Entries | None
    packed: bool
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    kept: list[TensorProto] = field(default_factory=list)

    def add(self, operator: str, inputs: Sequence[str], *outputs: str, **attributes: Any) -> str:  # noqa: ANN401 - as ONNX has them
        """Add a node; the name of its first output."""
        domain = attributes.pop("domain", "")
        self.nodes.append(helper.make_node(operator, inputs, outputs, domain=domain, **attributes))
        return outputs[0]

    def keep(self, name: str, values: npt.ArrayLike, kind: type[np.generic] = np.float32) -> str:
        """Add a constant; its name."""
        self.kept.append(numpy_helper.from_array(np.asarray(values, kind), name))
        return name

    def normalise(self, values: str, norm: Norm, name: str) -> str:
        """Add a layer normalisation."""
        constants = [self.keep(f"{name}.gain", norm.gain), self.keep(f"{name}.offset", norm.offset)]
        return self.add("LayerNormalization", [values, *constants], name, epsilon=_EPSILON)

    def product(self, values: str, maps: Mapping[str, Linear], name: str) -> list[str]:
        """Add affine maps of one input, which becomes `name` itself in floats; the names of their outputs."""
        if self.entries is None:
            self.add("Identity", [values], name)
            return [self._in_floats(name, linear, f"{name}.{part}") for part, linear in maps.items()]
        levels = self.entries[name]
        entry = [f"{name}.levels", f"{name}.scale", f"{name}.zero"]
        if levels is None:
            self.add("DynamicQuantizeLinear", [values], *entry)
        else:
            if levels.factors is not None:
                values = self.add("Mul", [values, self.keep(f"{name}.even", 1 / levels.factors)], f"{name}.evened")
                maps = {part: linear.entered_by(levels.factors) for part, linear in maps.items()}
            self.keep(f"{name}.scale", levels.scale)
            self.keep(f"{name}.zero", levels.zero, np.uint8)
            self.add("QuantizeLinear", [values, *entry[1:]], entry[0])
        return [self._in_levels(entry, linear, f"{name}.{part}") for part, linear in maps.items()]

    def _in_floats(self, values: str, linear: Linear, name: str) -> str:
        weight = self._unpacked(f"{name}.weight", linear) if self.packed else self.keep(f"{name}.weight", linear.weight)
        self.add("MatMul", [values, weight], f"{name}.product")
        return self.add("Add", [f"{name}.product", self.keep(f"{name}.bias", linear.bias)], f"{name}.out")

    def _unpacked(self, name: str, linear: Linear) -> str:
        """Weights of eight bits as floats; nothing else enters, so the runtime works them out once."""
        levels, scale = quantised_columns(linear.weight)
        self.add("Cast", [self.keep(f"{name}.levels", levels, np.int8)], f"{name}.cast", to=TensorProto.FLOAT)
        return self.add("Mul", [f"{name}.cast", self.keep(f"{name}.scale", scale)], name)

    def _in_levels(self, entry: Sequence[str], linear: Linear, name: str) -> str:
        weight, scale = quantised_columns(linear.weight)
        self.keep(f"{name}.weight", weight, np.int8)
        self.keep(f"{name}.scale", scale)
        self.keep(f"{name}.zero", np.zeros(len(scale)), np.int8)
        self.keep(f"{name}.bias", linear.bias)
        constants = [entry[1], f"{name}.scale", entry[2], f"{name}.zero", f"{name}.bias"]
        return self.add("MatMulIntegerToFloat", [entry[0], f"{name}.weight", *constants], f"{name}.out", domain=_CONTRIBUTED)


def _embed(graph: _Graph, parameters: Parameters, window: int) -> str:
    rows, scale = quantised_rows(parameters.pieces)
    graph.add("Gather", [graph.keep("pieces.table", rows, np.int8), "pieces"], "pieces.rows")
    graph.add("Gather", [graph.keep("pieces.scale", scale[:, None]), "pieces"], "pieces.scales")
    graph.add("Cast", ["pieces.rows"], "pieces.levels", to=TensorProto.FLOAT)
    graph.add("Mul", ["pieces.levels", "pieces.scales"], "pieces.embedded")
    graph.add("Gather", [graph.keep("features.table", parameters.features), "features"], "features.embedded")
    graph.add("Add", ["pieces.embedded", "features.embedded"], "embedded.marked")
    graph.add("Shape", ["pieces"], "length", start=1, end=2)
    graph.keep("places.table", parameters.positions[:window])
    graph.add("Slice", ["places.table", graph.keep("first", [0], np.int64), "length"], "places")
    graph.add("Add", ["embedded.marked", "places"], "embedded")
    return graph.normalise("embedded", parameters.norm, "embedded.norm")


def _transform(graph: _Graph, layer: Layer, hidden: str, name: str) -> str:
    context = _attend(graph, layer, hidden, f"{name}.attend")
    (attended,) = graph.product(context, {"map": layer.attended}, f"{name}.attended")
    graph.add("Add", [attended, hidden], f"{name}.attended.sum")
    attended = graph.normalise(f"{name}.attended.sum", layer.attended_norm, f"{name}.attended.norm")
    (wide,) = graph.product(attended, {"map": layer.widen}, f"{name}.widen")
    graph.add("Gelu", [wide], f"{name}.active")
    (narrow,) = graph.product(f"{name}.active", {"map": layer.narrow}, f"{name}.narrow")
    graph.add("Add", [narrow, attended], f"{name}.sum")
    return graph.normalise(f"{name}.sum", layer.norm, f"{name}.norm")


def _attend(graph: _Graph, layer: Layer, hidden: str, name: str) -> str:
    """Attention; the square root of a head's width divides the query's map already."""
    width = len(layer.query.bias)
    root = np.float32(HEAD_WIDTH**0.5)
    maps = {"query": Linear(weight=layer.query.weight / root, bias=layer.query.bias / root), "key": layer.key, "value": layer.value}
    outputs = graph.product(hidden, maps, name)
    heads = width // HEAD_WIDTH
    return graph.add("MultiHeadAttention", outputs, f"{name}.context", domain=_CONTRIBUTED, num_heads=heads, scale=1.0)
