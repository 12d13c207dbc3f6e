"""What a model says of itself beside its weights: `tagger.json`."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from reportedly.errors import BrokenModelError, NoModelError
from reportedly.extract.tagging.decoding import Transitions
from reportedly.extract.tagging.labels import LABELS

FORMAT = 1
WEIGHTS = "model.onnx"
SPECIFICATION = "tagger.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Specification:
    """How a model was made and how it is to be run.

    Attributes:
        name: of its folder.
        transitions: of the conditional random field over its labels.
        window: most pieces that the encoder sees at once, the two that bound a window included.
        context: pieces of neighbouring words that a window sees on either side beside those it labels.
        layers: of the encoder.
        weights: SHA-256 of the weights' file, in hexadecimal digits.
        configuration: SHA-256 of the training's configuration; None where the model was not trained.
        beside: the model that ships with the package whose scores are mixed into its own; None for its own alone.
        share: of that model in the mixture, above 0 and below 1; 0 where there is none.
    """

    name: str
    transitions: Transitions
    window: int
    context: int
    layers: int
    weights: str
    configuration: str | None
    beside: str | None = None
    share: float = 0.0

    def __post_init__(self) -> None:
        """Check the share.

        Raises:
            ValueError: it is not that of a mixture, or there is nothing to be mixed.
        """
        if not (0 < self.share < 1 if self.beside else self.share == 0):
            raise ValueError(f"a share of {self.share} with the model {self.beside!r} beside is no mixture")

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The specification of the model in a folder.

        Raises:
            NoModelError: there is no such folder, or a file of it is missing.
            BrokenModelError: the specification cannot be read, or is of another version of the format.
        """
        for path in (folder / SPECIFICATION, folder / WEIGHTS):
            if not path.is_file():
                raise NoModelError(folder.name, path)
        path = folder / SPECIFICATION
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            if content["format"] != FORMAT or tuple(content["labels"]) != LABELS:
                raise BrokenModelError(path, f"format {content['format']!r} with labels {content['labels']!r} is not this version's")
            return cls(
                name=folder.name,
                transitions=Transitions.of(content["transitions"], content["start"], content["end"]),
                window=int(content["window"]),
                context=int(content["context"]),
                layers=int(content["layers"]),
                weights=str(content["weights"]),
                configuration=content["configuration"],
                beside=content.get("beside"),
                share=float(content.get("share", 0)),
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BrokenModelError(path, repr(error)) from error

    def rows(self) -> dict[str, Any]:
        """The content of the file."""
        return {
            "format": FORMAT,
            "labels": list(LABELS),
            "transitions": self.transitions.between.tolist(),
            "start": self.transitions.start.tolist(),
            "end": self.transitions.end.tolist(),
            "window": self.window,
            "context": self.context,
            "layers": self.layers,
            "weights": self.weights,
            "configuration": self.configuration,
            **({"beside": self.beside, "share": self.share} if self.beside else {}),
        }


def weights_digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
