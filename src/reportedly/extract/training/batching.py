"""Articles as numbers, and the batches of an epoch: the same for the same seed, however often a run is stopped and started.

A batch holds no padding between words: its windows are padded to one length for the encoder, but the scored words of all windows stand in
one row, cut into chains. A chain is the part of one line that one window scores; labels of different lines do not depend on one another.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reportedly.extract.tagging.vocabulary import Vocabulary
from reportedly.extract.tagging.windows import BOUNDS, Window, plan_windows
from reportedly.extract.tagging.words import Words, read_words
from reportedly.extract.training.configuration import BatchSettings
from reportedly.extract.training.corpus import TrainingArticle, label_words

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

_JITTER = 30.0  # pieces; windows of about the same length change places between epochs


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An article as numbers.

    Attributes:
        article: the article.
        words: its words.
        pieces: numbers of all its pieces, in order.
        bounds: where each word's pieces begin in `pieces`, and the end of the last: words + 1 entries.
        features: shape, quotation and place in the line, words x 3.
        labels: of the words; None where nobody marked the article.
    """

    article: TrainingArticle
    words: Words
    pieces: Integers
    bounds: Integers
    features: Integers
    labels: Integers | None

    @property
    def counts(self) -> Integers:
        """How many pieces each word has."""
        return np.diff(self.bounds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A window of an example.

    Attributes:
        example: its place in the collection.
        window: of its words.
        pieces: in the window, without the two that bound it.
    """

    example: int
    window: Window
    pieces: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Windows that are learned from together.

    Attributes:
        pieces: windows x longest, padded with 0.
        features: windows x longest x 3; 0 for the pieces that are of no word.
        lengths: pieces of each window.
        places: for each scored word its window and its first piece there, 2 x words.
        chain_starts: the first word of each chain, ascending.
        chain_lengths: words of each chain.
        examples: of each scored word, its place in the collection.
        positions: of each scored word, its place in its article.
        labels: of each scored word; 0 where nobody marked the article.
        marked: of each chain, whether people marked its article.
    """

    pieces: Integers
    features: Integers
    lengths: Integers
    places: Integers
    chain_starts: Integers
    chain_lengths: Integers
    examples: Integers
    positions: Integers
    labels: Integers
    marked: npt.NDArray[np.bool_]


def encode(articles: Sequence[TrainingArticle], vocabulary: Vocabulary) -> tuple[Example, ...]:
    """Articles as numbers, in their order."""
    return tuple(_encode(article, vocabulary) for article in articles)


def _encode(article: TrainingArticle, vocabulary: Vocabulary) -> Example:
    words = read_words(article.text)
    pieces, counts = vocabulary.cut(words.forms)
    return Example(
        article=article,
        words=words,
        pieces=pieces,
        bounds=np.concatenate([[0], np.cumsum(counts)]),
        features=np.stack([words.shape, words.quotation, words.line], axis=1),
        labels=None if article.spans is None else label_words(words, article.spans),
    )


def plan_epoch(examples: Sequence[Example], chosen: Sequence[int], draw: random.Random, settings: BatchSettings) -> list[list[Item]]:
    """The batches of one epoch: windows of about the same length together, the batches in any order.

    Every article's first window is of another length each time, which moves the cuts behind it.

    Args:
        examples: the collection.
        chosen: places of the examples that take part.
        draw: where chance comes from.
        settings: sizes of windows and batches.
    """
    room = settings.capacity - BOUNDS - 2 * settings.context
    items = [item for place in chosen for item in cut_example(examples[place], place, settings, first=draw.randint(room // 3, room))]
    items.sort(key=lambda item: item.pieces + draw.random() * _JITTER)
    batches = group_items(items, settings.pieces)
    draw.shuffle(batches)
    return batches


def cut_example(example: Example, place: int, settings: BatchSettings, *, first: int | None = None) -> list[Item]:
    """The windows of one example.

    Args:
        example: the example.
        place: in its collection.
        settings: size of the windows.
        first: pieces of the first window, where it is to be smaller.
    """
    windows = plan_windows(example.counts, example.words.line_starts, settings.capacity, settings.context, first)
    return [Item(example=place, window=w, pieces=int(example.bounds[w.right] - example.bounds[w.left])) for w in windows]


def group_items(items: Sequence[Item], pieces: int) -> list[list[Item]]:
    """Neighbouring windows in batches of at most so many pieces, padding included; a window alone may be larger."""
    batches: list[list[Item]] = []
    longest = 0
    for item in items:
        length = item.pieces + BOUNDS
        if not batches or max(longest, length) * (len(batches[-1]) + 1) > pieces:
            batches.append([])
            longest = 0
        batches[-1].append(item)
        longest = max(longest, length)
    return batches


def form_batch(examples: Sequence[Example], items: Sequence[Item], vocabulary: Vocabulary) -> Batch:
    """The arrays of a batch."""
    longest = max(item.pieces for item in items) + BOUNDS
    pieces = np.zeros((len(items), longest), np.int64)
    features = np.zeros((len(items), longest, 3), np.int64)
    places, examples_of, positions, labels, starts, marked = [], [], [], [], [], []
    total = 0
    for row, item in enumerate(items):
        example, window = examples[item.example], item.window
        bounds = example.bounds[window.left : window.right + 1]
        pieces[row, : item.pieces + BOUNDS] = [vocabulary.classify, *example.pieces[bounds[0] : bounds[-1]], vocabulary.separate]
        features[row, 1 : item.pieces + 1] = np.repeat(example.features[window.left : window.right], np.diff(bounds), axis=0)
        scored = np.arange(window.start, window.end)
        places.append(np.stack([np.full(len(scored), row), 1 + example.bounds[scored] - bounds[0]]))
        examples_of.append(np.full(len(scored), item.example))
        positions.append(scored)
        labels.append(np.zeros(len(scored), np.int64) if example.labels is None else example.labels[scored])
        begins = example.words.line_starts
        begins = np.union1d(begins[(begins >= window.start) & (begins < window.end)], window.start)
        starts.append(total + begins - window.start)
        marked.append(np.full(len(begins), example.labels is not None))
        total += len(scored)
    chain_starts = np.concatenate(starts)
    return Batch(
        pieces=pieces,
        features=features,
        lengths=np.array([item.pieces + BOUNDS for item in items]),
        places=np.concatenate(places, axis=1),
        chain_starts=chain_starts,
        chain_lengths=np.diff(np.append(chain_starts, total)),
        examples=np.concatenate(examples_of),
        positions=np.concatenate(positions),
        labels=np.concatenate(labels),
        marked=np.concatenate(marked),
    )
