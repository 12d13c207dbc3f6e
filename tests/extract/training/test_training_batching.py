"""Batches of an epoch."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.extract.tagging.decoding import Transitions
from reportedly.extract.tagging.labels import LABELS
from reportedly.extract.tagging.vocabulary import Vocabulary
from reportedly.extract.training.batching import Batch, Example, encode, form_batch, plan_epoch
from reportedly.extract.training.configuration import BatchSettings
from reportedly.extract.training.corpus import TrainingArticle
from reportedly.extract.training.measures import exact_f1, initial_transitions

SETTINGS = BatchSettings(capacity=24, pieces=60)


def _batches(examples: tuple[Example, ...], vocabulary: Vocabulary, seed: int, settings: BatchSettings = SETTINGS) -> list[Batch]:
    plan = plan_epoch(examples, range(len(examples)), random.Random(seed), settings)
    return [form_batch(examples, items, vocabulary) for items in plan]


@pytest.mark.parametrize("context", [0, 4])
def test_every_word_is_scored_once_an_epoch(marked: tuple[Example, ...], vocabulary: Vocabulary, context: int) -> None:
    """However the windows are cut, each word of each article is in exactly one batch, with its own label and its own first piece."""
    settings = BatchSettings(capacity=24, pieces=60, context=context)
    seen = []
    for batch in _batches(marked, vocabulary, 5, settings):
        rows = list(zip(batch.examples.tolist(), batch.positions.tolist(), strict=True))
        seen += rows
        for row, label, (window, place) in zip(rows, batch.labels, batch.places.T, strict=True):
            example = marked[row[0]]
            assert example.labels is not None
            assert label == example.labels[row[1]]
            assert batch.pieces[window, place] == example.pieces[example.bounds[row[1]]]
            assert batch.features[window, place].tolist() == example.features[row[1]].tolist()
    assert sorted(seen) == [(n, word) for n, example in enumerate(marked) for word in range(len(example.words))]


def test_batches_keep_their_size(marked: tuple[Example, ...], vocabulary: Vocabulary) -> None:
    """No batch holds more pieces than it may, padding included, and windows never more than theirs."""
    for batch in _batches(marked, vocabulary, 1):
        assert batch.pieces.size <= SETTINGS.pieces
        assert batch.lengths.max() == batch.pieces.shape[1] <= SETTINGS.capacity


def test_chains_end_with_lines(marked: tuple[Example, ...], vocabulary: Vocabulary) -> None:
    """Chains tile the words of a batch, and none holds words of two lines or articles."""
    for batch in _batches(marked, vocabulary, 2):
        assert batch.chain_lengths.sum() == len(batch.labels)
        for start, length in zip(batch.chain_starts, batch.chain_lengths, strict=True):
            words = slice(start, start + length)
            example = marked[batch.examples[start]]
            lines = np.searchsorted(example.words.line_starts, batch.positions[words], side="right")
            assert len(set(lines)) == len(set(batch.examples[words])) == 1
            assert np.array_equal(np.diff(batch.positions[words]), np.ones(length - 1))


@given(st.integers(0, 1000))
def test_epoch_is_the_same_for_the_same_seed(marked: tuple[Example, ...], seed: int) -> None:
    """The order of the data comes from the seed alone."""
    first, again = (plan_epoch(marked, range(len(marked)), random.Random(seed), SETTINGS) for _ in range(2))
    assert first == again


def test_unmarked_articles_have_chains_that_nobody_marked(vocabulary: Vocabulary) -> None:
    """An article without labels takes part in batches and is told apart there; one without words is passed over."""
    articles = [
        TrainingArticle(name=text, text=text, spans=spans) for text, spans in (("Nobody knew.", None), ("", None), ("He left.", ()))
    ]
    (batch,) = _batches(encode(articles, vocabulary), vocabulary, 0, BatchSettings())
    marks = dict(zip(batch.examples[batch.chain_starts].tolist(), batch.marked.tolist(), strict=True))
    assert marks == {0: False, 2: True}


def test_gold_labels_score_full_marks(marked: tuple[Example, ...]) -> None:
    """Scores that favour the labels that people gave find every span; scores that favour nothing find none."""
    flat = Transitions.of(np.zeros((len(LABELS), len(LABELS))), np.zeros(len(LABELS)), np.zeros(len(LABELS)))
    right = [10 * np.eye(len(LABELS), dtype=np.float32)[example.labels] for example in marked]
    assert exact_f1(marked, right, flat) == {"source": 100, "cue": 100, "content": 100}
    assert exact_f1(marked, [np.zeros_like(rows) for rows in right], flat) == {"source": 0, "cue": 0, "content": 0}


def test_first_transitions_come_from_the_labels(marked: tuple[Example, ...]) -> None:
    """What never follows is unlikely from the start: a content begins before it goes on."""
    known = initial_transitions(marked, len(LABELS))
    outside, begin, inside = (LABELS.index(label) for label in ("O", "B-Content", "I-Content"))
    assert known.between[begin, inside] > known.between[begin, outside] == known.between[begin, begin]
    assert known.between[outside, outside] > known.between[outside, inside]
    assert np.allclose(np.exp(known.between).sum(1), 1)
    assert np.isclose(np.exp(known.start).sum(), 1)
