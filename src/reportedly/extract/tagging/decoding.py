"""The best labels of words under learned transitions, and how sure the model is of them: a linear-chain conditional random field.

Source: J. Lafferty, A. McCallum and F. Pereira, "Conditional Random Fields" (2001); the best path is Viterbi's, the marginals come from the
forward-backward recursions. Every line is a chain of its own. All lines of an article go through the recursions together, so the number of
array operations is that of the longest line's words; each line's numbers are its own, whatever lines lie beside it.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self, TypeVar

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

_TINY = 1e-300

_Number = TypeVar("_Number", bound=np.generic)


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

    def mixed(self, other: "Transitions", share: float) -> "Transitions":
        """The mean of two fields' transitions, the other's taken by its share, 0 to 1."""
        own = 1 - share
        return Transitions(
            between=own * self.between + share * other.between,
            start=own * self.start + share * other.start,
            end=own * self.end + share * other.end,
        )


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
    reached = _forward(scores.astype(float), Steps.of(line_starts, len(scores)), transitions)
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
        scores = scores.astype(float)
        potentials = np.exp(scores - scores.max(1, keepdims=True))
        steps = Steps.of(line_starts, len(scores))
        back = Steps.of(line_starts, len(scores), backward=True)
        between = np.exp(transitions.between - transitions.between.max())
        ahead = _chain(potentials, steps, between, np.exp(transitions.start - transitions.start.max()))
        behind = _chain(potentials, back, between.T, np.exp(transitions.end - transitions.end.max()))
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
class Steps:
    """The words of lines by their distance to the line's start, or end, those of longer lines first: what a recursion takes at once.

    Attributes:
        order: the words, sorted so.
        bounds: where each distance begins among them, and one past the last.
    """

    order: Integers
    bounds: tuple[int, ...]

    @classmethod
    def of(cls, line_starts: Integers, total: int, *, backward: bool = False) -> Self:
        """The words of lines.

        Args:
            line_starts: the first word of each line, ascending, the first being 0.
            total: how many words there are.
            backward: whether distances are those to the line's end.
        """
        lengths = np.diff(np.append(line_starts, total))
        ranks = np.empty_like(lengths)
        ranks[np.argsort(-lengths, kind="stable")] = np.arange(len(lengths))
        distances = np.arange(total) - np.repeat(line_starts, lengths)
        if backward:
            distances = np.repeat(lengths, lengths) - 1 - distances
        order = np.lexsort((np.repeat(ranks, lengths), distances))
        return cls(order=order, bounds=(0, *np.cumsum(np.bincount(distances)).tolist()))

    def further(self) -> Iterator[tuple[int, int]]:
        """Where the words of each distance but the first stand, from and to."""
        return itertools.pairwise(self.bounds[1:])

    def placed(self, found: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
        """Rows in the sorted order in that of the text."""
        rows = np.empty_like(found)
        rows[self.order] = found
        return rows


def _forward(scores: Scores, steps: Steps, transitions: Transitions) -> Scores:
    """Words x labels: the score of the best path that ends in the label at the word."""
    reached = scores[steps.order]
    state = reached[: steps.bounds[1]]
    state += transitions.start
    turned = transitions.between.T[None]
    for begin, end in steps.further():
        best = (state[: end - begin, None, :] + turned).max(2)
        state = reached[begin:end]
        state += best
    return steps.placed(reached)


def _chain(potentials: Scores, steps: Steps, between: Scores, start: Scores) -> Scores:
    """Words x labels: the weight of all paths that end in the label at the word, scaled to sum to 1 so that long lines do not vanish."""
    weights = potentials[steps.order]
    state = weights[: steps.bounds[1]]
    state *= start
    state /= state.sum(1, keepdims=True)
    for begin, end in steps.further():
        summed = state[: end - begin] @ between
        state = weights[begin:end]
        state *= summed
        state /= state.sum(1, keepdims=True)
    return steps.placed(weights)
