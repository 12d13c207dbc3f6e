"""The best labels of words under learned transitions, and how sure the model is of them: a linear-chain conditional random field.

Source: J. Lafferty, A. McCallum and F. Pereira, "Conditional Random Fields" (2001); the best path is Viterbi's, the marginals come from the
forward-backward recursions. Every line is a chain of its own. All lines of an article go through the recursions together, so the number of
array operations is that of the longest line's words; each line's numbers are its own, whatever lines lie beside it.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

_TINY = 1e-300


@dataclass(frozen=True, slots=True, kw_only=True)
class Transitions:
    """What the field has learned about neighbouring labels; logarithms of unnormalised odds.

    Attributes:
        between: labels x labels, from the row's to the column's.
        start: of a line's first label.
        end: of a line's last label.
    """

    between: Scores
    start: Scores
    end: Scores

    def __post_init__(self) -> None:
        """Check the shapes.

        Raises:
            ValueError: the three do not fit one another.
        """
        labels = len(self.start)
        if self.between.shape != (labels, labels) or self.end.shape != (labels,):
            raise ValueError(f"transitions of shapes {self.between.shape}, {self.start.shape} and {self.end.shape} do not fit")

    @classmethod
    def of(cls, between: npt.ArrayLike, start: npt.ArrayLike, end: npt.ArrayLike) -> Self:
        """Transitions of anything that numpy reads as numbers."""
        return cls(between=np.asarray(between, float), start=np.asarray(start, float), end=np.asarray(end, float))


def best_path(scores: npt.NDArray[np.floating], line_starts: Integers, transitions: Transitions) -> Integers:
    """The labels of the best path through every line.

    Args:
        scores: words x labels, the encoder's.
        line_starts: the first word of each line, ascending, the first being 0.
        transitions: of the model.

    Returns:
        One label a word; of equal paths the one with the lower label at the latest word where they differ.
    """
    if not len(scores):
        return np.empty(0, np.int64)
    reached = _forward(scores.astype(float), _Lines.of(line_starts, len(scores)), transitions)
    final = np.zeros(len(scores), bool)
    final[np.append(line_starts[1:], len(scores)) - 1] = True
    last = (reached[final] + transitions.end).argmax(1)
    before = (reached[:, :, None] + transitions.between).argmax(1).tolist()  # best label of a word, by the label that follows it
    path = np.empty(len(scores), np.int64)
    ends = [*line_starts[1:].tolist(), len(scores)]
    for start, end, label in zip(line_starts.tolist(), ends, last.tolist(), strict=True):
        path[end - 1] = at = label
        for word in range(end - 2, start - 1, -1):
            path[word] = at = before[word][at]
    return path


@dataclass(frozen=True, slots=True, kw_only=True)
class PathWeights:
    """The weights of all paths through every line, summed from either side; each row sums to 1.

    Attributes:
        ahead: words x labels, of the paths from the line's start to the label at the word, both included.
        behind: words x labels, of the paths from the label at the word to the line's end, both included.
        odds: words x labels, the probability of the label at the word.
        line_starts: the first word of each line.
    """

    ahead: Scores
    behind: Scores
    odds: Scores
    line_starts: Integers

    @classmethod
    def of(cls, scores: npt.NDArray[np.floating], line_starts: Integers, transitions: Transitions) -> Self:
        """The weights of all paths.

        Args:
            scores: words x labels, the encoder's.
            line_starts: the first word of each line, ascending, the first being 0.
            transitions: of the model.
        """
        if not len(scores):
            empty = np.empty(scores.shape)
            return cls(ahead=empty, behind=empty, odds=empty, line_starts=line_starts)
        potentials = np.exp(scores - scores.max(1, keepdims=True))
        lines = _Lines.of(line_starts, len(scores))
        between = np.exp(transitions.between - transitions.between.max())
        ahead = _chain(potentials, lines, between, np.exp(transitions.start - transitions.start.max()))
        behind = _chain(potentials[::-1], lines.reversed(), between.T, np.exp(transitions.end - transitions.end.max()))[::-1]
        joint = ahead * behind / np.maximum(potentials, _TINY)  # both hold the word's own potential
        return cls(ahead=ahead, behind=behind, odds=joint / np.maximum(joint.sum(1, keepdims=True), _TINY), line_starts=line_starts)

    def following(self, transitions: Transitions, label: int, next_label: int) -> Scores:
        """For each word the probability that `next_label` follows where the word has `label`; 0 at the end of a line.

        What is known of a whole line is a chain as well, so the probability of a stretch of labels is the product of such steps.
        """
        found = np.zeros(len(self.odds))
        if len(found) > 1:
            onward = np.exp(transitions.between[label] - transitions.between[label].max()) * self.behind[1:]
            found[:-1] = onward[:, next_label] / np.maximum(onward.sum(1), _TINY)
            found[self.line_starts[1:] - 1] = 0.0
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lines:
    """Lines by falling length: `heads` are their first words, `running[t]` how many have more than t words."""

    heads: Integers
    running: tuple[int, ...]
    starts: Integers
    total: int

    @classmethod
    def of(cls, line_starts: Integers, total: int) -> Self:
        lengths = np.diff(np.append(line_starts, total))
        order = np.argsort(-lengths, kind="stable")
        longest = int(lengths[order[0]])
        running = np.searchsorted(-lengths[order], -np.arange(longest), side="left")
        return cls(heads=line_starts[order], running=tuple(running.tolist()), starts=line_starts, total=total)

    def reversed(self) -> Self:
        """The lines of the same words read backwards."""
        ends = np.append(self.starts[1:], self.total)
        return type(self).of((self.total - ends)[::-1], self.total)


def _forward(scores: Scores, lines: _Lines, transitions: Transitions) -> Scores:
    """Words x labels: the score of the best path that ends in the label at the word."""
    reached = scores.copy()
    state = scores[lines.heads] + transitions.start
    reached[lines.heads] = state
    turned = transitions.between.T[None]
    for step in range(1, len(lines.running)):
        words = lines.heads[: lines.running[step]] + step
        state = (state[: len(words), None, :] + turned).max(2) + scores[words]
        reached[words] = state
    return reached


def _chain(potentials: Scores, lines: _Lines, between: Scores, start: Scores) -> Scores:
    """Words x labels: the weight of all paths that end in the label at the word, scaled to sum to 1 so that long lines do not vanish."""
    weights = np.empty_like(potentials)
    state = potentials[lines.heads] * start
    weights[lines.heads] = state = state / state.sum(1, keepdims=True)
    for step in range(1, len(lines.running)):
        words = lines.heads[: lines.running[step]] + step
        state = (state[: len(words)] @ between) * potentials[words]
        weights[words] = state = state / state.sum(1, keepdims=True)
    return weights
