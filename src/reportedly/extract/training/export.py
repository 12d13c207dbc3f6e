"""Writes a trained tagger as the files that run: an ONNX graph with weights of eight bits and its specification."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime

from reportedly.extract.tagging.inputs import WindowInput, window_inputs
from reportedly.extract.tagging.specification import SPECIFICATION, WEIGHTS, Specification, weights_digest
from reportedly.extract.tagging.vocabulary import Vocabulary
from reportedly.extract.tagging.words import read_words
from reportedly.extract.training.graph import encoder_graph
from reportedly.extract.training.parameters import Parameters
from reportedly.extract.training.quantising import Range, even_out

LARGEST = 25_000_000
"""Bytes: a model ships inside the package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How a tagger is to be run, as its training fixed it.

    Attributes:
        window: most pieces in a window, the two that bound it included.
        context: pieces of neighbouring words on either side, within the window.
        floats: whether its products are of floats, and only the weights are kept in eight bits.
        configuration: digest of the training's configuration; None where the tagger was not trained.
        beside: the model that ships with the package and reads with it; None for none.
        share: of that model's scores in the mixture.
    """

    window: int
    context: int = 0
    floats: bool = False
    configuration: str | None = None
    beside: str | None = None
    share: float = 0.0


def export_tagger(
    arrays: Mapping[str, npt.NDArray[np.float32]], texts: Iterable[str], vocabulary: Path, folder: Path, run: Run
) -> Specification:
    """Write a trained tagger.

    Args:
        arrays: its weights, by the names of `encoder.Tagger`.
        texts: articles like those that it will read; the ranges of activations of eight bits are measured on them. Some fifty are enough.
        vocabulary: the file of its encoder's pieces.
        folder: where its files are written; the specification last, so that a folder with one is whole.
        run: how it is to be run.

    Returns:
        What was written beside the weights.

    Raises:
        ValueError: a weight is missing, there is no text to measure on, or the file would be larger than `LARGEST`.
    """
    parameters = Parameters.of(arrays)
    graph = encoder_graph(parameters, window=run.window, packed=True) if run.floats else _in_eight_bits(parameters, texts, vocabulary, run)
    content = graph.SerializeToString(deterministic=True)
    if len(content) > LARGEST:
        raise ValueError(f"the model takes {len(content)} bytes, more than {LARGEST}")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SPECIFICATION).unlink(missing_ok=True)
    (folder / WEIGHTS).write_bytes(content)
    specification = Specification(
        name=folder.name,
        transitions=parameters.transitions,
        window=run.window,
        context=run.context,
        layers=len(parameters.layers),
        weights=weights_digest(folder / WEIGHTS),
        configuration=run.configuration,
        beside=run.beside,
        share=run.share,
    )
    (folder / SPECIFICATION).write_text(json.dumps(specification.rows(), indent=1) + "\n", encoding="utf-8")
    return specification


def _in_eight_bits(parameters: Parameters, texts: Iterable[str], vocabulary: Path, run: Run) -> onnx.ModelProto:
    pieces = Vocabulary.read(vocabulary)
    inputs = (window for text in texts for window in window_inputs(read_words(text), pieces, run.window, run.context))
    evened, entries = even_out(parameters, measure_ranges(parameters, inputs, run.window))
    return encoder_graph(evened, window=run.window, entries=entries)


def measure_ranges(parameters: Parameters, inputs: Iterable[WindowInput], window: int) -> dict[str, Range]:
    """What enters each product over some windows.

    Args:
        parameters: of the tagger.
        inputs: the windows.
        window: most pieces in a window.

    Returns:
        The range of each channel, by the product's name.

    Raises:
        ValueError: there is no window.
    """
    session = session_of(encoder_graph(parameters, window=window))
    names = [output.name for output in session.get_outputs()][1:]
    found: dict[str, Range] = {}
    for one in inputs:
        values = session.run(names, {"pieces": one.pieces[None], "features": one.features[None]})
        for name, value in zip(names, values, strict=True):
            seen = Range(low=value.min(axis=(0, 1)), high=value.max(axis=(0, 1)))
            found[name] = found[name] | seen if name in found else seen
    if not found:
        raise ValueError("there is no text to measure the ranges of activations on")
    return found


def session_of(model: onnx.ModelProto) -> onnxruntime.InferenceSession:
    """A session of a model in memory, on one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
