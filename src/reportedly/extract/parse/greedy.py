"""Reads the trees of paragraphs with a pipeline's own parser, all of them side by side.

spaCy's loop over a parser's steps gives up the interpreter's lock and takes it again for many of the calls inside, which costs more than
its sums. Here the same steps are taken from outside, with the lock held: the same states, scores and moves. Source of the method: M.
Honnibal and M. Johnson, "An Improved Non-monotonic Transition System for Dependency Parsing" (2015).
"""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from spacy.language import Language
from spacy.pipeline import DependencyParser
from spacy.tokens import Doc as SpacyDoc

COMPONENT = "parser"
_TILE = 8  # rows are made up to a multiple, so that each goes through the product in the same way whatever stands beside it


class GreedyParser:
    """Reads trees.

    Args:
        parser: of a pipeline.

    Raises:
        ValueError: the parser keeps several trees in view, or is built in another way than those of spaCy's small English pipeline.
    """

    def __init__(self, parser: Any) -> None:  # noqa: ANN401 - spaCy declares no types for what is asked of it
        model = parser.model
        if parser.cfg["beam_width"] != 1 or not model.attrs.get("has_upper") or model.attrs.get("unseen_classes"):
            raise ValueError(model.name)
        self._parser = parser
        output = model.layers[-1]
        self._weights = np.ascontiguousarray(output.get_param("W").T)
        self._bias = output.get_param("b")

    @classmethod
    def of(cls, pipeline: Language) -> Self | None:
        """That of a pipeline; None where it has none, or another than is known here."""
        component = pipeline.get_pipe(COMPONENT) if COMPONENT in pipeline.pipe_names else None
        if not isinstance(component, DependencyParser):
            return None
        try:
            return cls(component)
        except ValueError:
            return None

    def set(self, docs: Sequence[SpacyDoc]) -> None:
        """Give paragraphs their trees; their words have vectors, and none is empty."""
        parser = self._parser
        batch = parser.moves.init_batch(docs)
        steps = parser.model.predict(docs)
        features, hidden, advance = steps.get_token_ids, steps.state2vec.predict, parser.transition_states
        states = [state for state in batch if not state.is_final()]
        rows = np.zeros((len(states) + -len(states) % _TILE, len(self._weights)), np.float32)
        while states:
            count = len(states)
            rows[:count] = hidden(features(states))
            scores = rows[: count + -count % _TILE] @ self._weights
            scores += self._bias
            states = advance(states, scores[:count])
        parser.set_annotations(docs, batch)
