"""Runs a model's encoder on ONNX Runtime, one window at a time on one thread."""

import functools
import platform
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from reportedly.errors import BrokenModelError
from reportedly.extract.tagging.specification import SPECIFICATION, WEIGHTS, Specification, weights_digest

Short = npt.NDArray[np.int32]

_OUTPUTS = ["scores"]


class Encoder(Protocol):
    """Scores the labels of a window's pieces."""

    def scores(self, pieces: Short, features: Short) -> npt.NDArray[np.float32]:
        """The scores of every label.

        Args:
            pieces: numbers of the window's pieces, the two that bound it included.
            features: the feature number of each.

        Returns:
            Pieces x labels.
        """
        ...


class OnnxEncoder:
    """A model's encoder; loading checks that the weights are those that the specification names.

    Every window is a run of its own without padding: so its scores depend on nothing but its own pieces.

    Args:
        folder: of the model.
        specification: of the model.

    Raises:
        BrokenModelError: the weights are other ones, or cannot be run.
    """

    def __init__(self, folder: Path, specification: Specification) -> None:
        import onnxruntime  # noqa: PLC0415 - a tenth of a second that only tagging pays

        path = folder / WEIGHTS
        if weights_digest(path) != specification.weights:
            raise BrokenModelError(path, f"its digest is not the one in {SPECIFICATION}")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        if not sums_exactly():
            options.add_session_config_entry("session.x64quantprecision", "1")
        try:
            self._session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # the runtime's own exceptions share no narrower class
            raise BrokenModelError(path, str(error).splitlines()[0]) from error

    def scores(self, pieces: Short, features: Short) -> npt.NDArray[np.float32]:
        """See `Encoder.scores`."""
        found: npt.NDArray[np.float32] = self._session.run(_OUTPUTS, {"pieces": pieces[None], "features": features[None]})[0][0]
        return found


@functools.cache
def sums_exactly() -> bool:
    """Whether the processor adds products of eight bits in enough bits by itself; one that does not is told to, at half the pace.

    Among those of Intel's kind it is the ones with the instructions VNNI; a system that does not tell is taken to have none.
    """
    if platform.machine().lower() not in {"x86_64", "amd64"}:
        return True
    try:
        return "vnni" in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
