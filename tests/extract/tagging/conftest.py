"""A tiny tagger with random weights, written by the project's own export."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from reportedly.extract.tagging.labels import LABELS
from reportedly.extract.tagging.words import LINES, QUOTATIONS, SHAPES

LETTERS = "abcdefghijklmnopqrstuvwxyz"
PIECES = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", *LETTERS, *(f"##{letter}" for letter in LETTERS), "said", "the", ".", ",", '"', "“", "”")
HIDDEN, INNER, PLACES = 64, 128, 96

TEXTS = (
    "“We saw smoke over the harbour,” said Mara Quill, who keeps the lighthouse.\nThe port office declined to comment.",
    "Officials in Vell said that 12 boats had left.\n\nNobody knew why.",
    "It rained.",
)

Arrays = dict[str, npt.NDArray[np.float32]]


def random_arrays(seed: int, layers: int) -> Arrays:
    """Weights of a tagger by the names of the trained encoder."""
    numbers = np.random.default_rng(seed)

    def drawn(*shape: int) -> npt.NDArray[np.float32]:
        return numbers.normal(scale=0.3, size=shape).astype(np.float32)

    arrays = {
        "pieces.weight": drawn(len(PIECES), HIDDEN),
        "positions.weight": drawn(PLACES, HIDDEN),
        "segment": drawn(HIDDEN),
        "head.weight": drawn(len(LABELS), HIDDEN),
        "head.bias": drawn(len(LABELS)),
        "chain.transitions": drawn(len(LABELS), len(LABELS)),
        "chain.start": drawn(len(LABELS)),
        "chain.end": drawn(len(LABELS)),
        "embedded_norm.weight": 1 + drawn(HIDDEN),
        "embedded_norm.bias": drawn(HIDDEN),
    }
    for number, size in enumerate((SHAPES, QUOTATIONS, LINES)):
        arrays[f"features.{number}.weight"] = drawn(size, HIDDEN)
    for layer in range(layers):
        sizes = {"query": HIDDEN, "key": HIDDEN, "value": HIDDEN, "attended": HIDDEN, "widen": INNER, "narrow": HIDDEN}
        for name, size in sizes.items():
            arrays[f"layers.{layer}.{name}.weight"] = drawn(size, INNER if name == "narrow" else HIDDEN)
            arrays[f"layers.{layer}.{name}.bias"] = drawn(size)
        for name in ("attended_norm", "norm"):
            arrays[f"layers.{layer}.{name}.weight"] = 1 + drawn(HIDDEN)
            arrays[f"layers.{layer}.{name}.bias"] = drawn(HIDDEN)
    return arrays


@pytest.fixture(scope="session")
def arrays() -> Callable[[int, int], Arrays]:
    """Makes random weights of a seed and a number of layers."""
    return random_arrays


@pytest.fixture(scope="session")
def vocabulary_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pieces of the tiny tagger."""
    path = tmp_path_factory.mktemp("vocabulary") / "vocabulary.txt"
    path.write_text("\n".join(PIECES) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory, vocabulary_file: Path) -> Path:
    """A tiny model as the export writes it; tests that break it work on a copy."""
    pytest.importorskip("onnx", reason="writing models needs the extra `train`")
    from reportedly.extract.training.export import Run, export_tagger  # noqa: PLC0415 - needs onnx

    folder = tmp_path_factory.mktemp("models") / "tiny"
    export_tagger(random_arrays(3, 2), TEXTS, vocabulary_file, folder, Run(window=48, configuration="f" * 64))
    return folder
