"""How well a tagger does on articles that people marked: F1 of spans with both ends right."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from reportedly.extract.tagging.decoding import Transitions, best_path
from reportedly.extract.tagging.labels import PARTS, label_spans
from reportedly.extract.training.batching import Example
from reportedly.extract.training.corpus import MarkedSpan


def exact_f1(examples: Sequence[Example], scores: Sequence[npt.NDArray[np.float32]], transitions: Transitions) -> dict[str, float]:
    """F1 of exact spans over all articles, for each part.

    Args:
        examples: articles that people marked.
        scores: of the labels of each one's words, words x labels.
        transitions: of the labels.

    Returns:
        By part, in per cent; 0 where nothing is right.
    """
    right, found, marked = (dict.fromkeys(PARTS, 0) for _ in range(3))
    for example, rows in zip(examples, scores, strict=True):
        predicted = predicted_spans(example, rows, transitions)
        gold = set(example.article.spans or ())
        for part in PARTS:
            right[part] += sum(span.part == part for span in predicted & gold)
            found[part] += sum(span.part == part for span in predicted)
            marked[part] += sum(span.part == part for span in gold)
    return {part: 200 * right[part] / max(1, found[part] + marked[part]) for part in PARTS}


def predicted_spans(example: Example, scores: npt.NDArray[np.float32], transitions: Transitions) -> set[MarkedSpan]:
    """The spans of an article's best labels."""
    words = example.words
    rows = label_spans(best_path(scores, words.line_starts, transitions), words.line_starts)
    return {
        MarkedSpan(part=PARTS[part], start=int(words.starts[first]), end=int(words.ends[after - 1])) for part, first, after in rows.tolist()
    }


def initial_transitions(examples: Sequence[Example], labels: int) -> Transitions:
    """What is known of neighbouring labels before anything is learned: the logarithm of their frequency, a tenth added to each count.

    Args:
        examples: articles that people marked.
        labels: how many there are.
    """
    between, start, end = (np.full(shape, 0.1) for shape in ((labels, labels), labels, labels))
    for example in examples:
        if example.labels is not None and len(example.labels):
            begins = example.words.line_starts
            inner = np.setdiff1d(np.arange(1, len(example.labels)), begins)
            np.add.at(between, (example.labels[inner - 1], example.labels[inner]), 1)
            np.add.at(start, example.labels[begins], 1)
            np.add.at(end, example.labels[np.append(begins[1:], len(example.labels)) - 1], 1)
    return Transitions(
        between=np.log(between / between.sum(1, keepdims=True)), start=np.log(start / start.sum()), end=np.log(end / end.sum())
    )
