"""Runs a tagger in PyTorch over articles, and keeps what a teacher says of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from reportedly.extract.tagging.decoding import Transitions
from reportedly.extract.tagging.labels import LABELS
from reportedly.extract.tagging.vocabulary import Vocabulary
from reportedly.extract.training.batching import Batch, Example, cut_example, form_batch, group_items
from reportedly.extract.training.chain import Chain, Layout, marginals
from reportedly.extract.training.configuration import BatchSettings
from reportedly.extract.training.corpus import digest_of
from reportedly.extract.training.encoder import Tagger

Scores = npt.NDArray[np.float32]

_TOGETHER = 64  # articles whose marginals are computed at once
_PART = 64  # articles whose scores are written at once


def run_tagger(tagger: Tagger, batch: Batch) -> Tensor:
    """The scores of a batch's words, words x labels."""
    arrays = (batch.pieces, batch.features, batch.lengths, batch.places)
    scores: Tensor = tagger(*(torch.from_numpy(array) for array in arrays))
    return scores


def score_examples(tagger: Tagger, examples: Sequence[Example], vocabulary: Vocabulary, settings: BatchSettings) -> list[Scores]:
    """The scores of every word of every article, words x labels each, in windows as at run time."""
    found = [np.zeros((len(example.words), len(LABELS)), np.float32) for example in examples]
    items = [item for n, example in enumerate(examples) for item in cut_example(example, n, settings)]
    items.sort(key=lambda item: item.pieces)
    training = tagger.training
    tagger.eval()
    with torch.no_grad():
        for group in group_items(items, settings.pieces):
            batch = form_batch(examples, group, vocabulary)
            rows = run_tagger(tagger, batch).numpy()
            bounds = np.cumsum([item.window.end - item.window.start for item in group])[:-1]
            for item, scores in zip(group, np.split(rows, bounds), strict=True):
                found[item.example][item.window.start : item.window.end] = scores
    tagger.train(training)
    return found


def transitions_of(chain: Chain) -> Transitions:
    """A chain's scores as the decoder takes them."""
    return Transitions.of(*(weight.detach().numpy() for weight in (chain.transitions, chain.start, chain.end)))


@dataclass(frozen=True, slots=True, kw_only=True)
class SoftLabels:
    """What teachers say of a collection of articles, all their words in one row.

    Attributes:
        words: distribution of each word's label, words x labels.
        pairs: over the labels of the word before and the word, words x labels x labels; zero where a line begins.
        offsets: of each article, its first word.
    """

    words: npt.NDArray[np.float16]
    pairs: npt.NDArray[np.float16]
    offsets: npt.NDArray[np.int64]

    def of(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """The distributions of a batch's words and pairs."""
        rows = self.offsets[batch.examples] + batch.positions
        return torch.from_numpy(self.words[rows]).float(), torch.from_numpy(self.pairs[rows]).float()


def mean_labels(taught: Sequence[SoftLabels]) -> SoftLabels:
    """The mean of several teachers' distributions."""
    words, pairs = ([getattr(labels, name) for labels in taught] for name in ("words", "pairs"))
    return SoftLabels(words=_mean(words), pairs=_mean(pairs), offsets=taught[0].offsets)


def _mean(arrays: Sequence[npt.NDArray[np.float16]]) -> npt.NDArray[np.float16]:
    total = arrays[0].astype(np.float32)
    for array in arrays[1:]:
        total += array
    total /= len(arrays)
    return total.astype(np.float16)


def soft_labels(examples: Sequence[Example], scores: Sequence[Scores], chain: Chain, temperature: float) -> SoftLabels:
    """The distributions that scores and a chain stand for.

    Args:
        examples: the articles.
        scores: of each one's words, words x labels.
        chain: scores of neighbours.
        temperature: all scores are divided by it.
    """
    lengths = np.array([len(example.words) for example in examples])
    words = np.zeros((int(lengths.sum()), len(LABELS)), np.float16)
    pairs = np.zeros((*words.shape, len(LABELS)), np.float16)
    offsets = np.cumsum(lengths) - lengths
    for group in _groups([n for n in range(len(examples)) if lengths[n]]):
        begins = offsets[group] - offsets[group[0]]
        starts = np.concatenate([begin + examples[n].words.line_starts for begin, n in zip(begins, group, strict=True)])
        rows = slice(int(offsets[group[0]]), int(offsets[group[-1]] + lengths[group[-1]]))
        together = torch.from_numpy(np.concatenate([scores[n] for n in group]))
        layout = Layout.of(starts, np.diff(np.append(starts, len(together))))
        own, neighbours = marginals(together, chain, layout, temperature=temperature)
        words[rows], pairs[rows] = own.numpy(), neighbours.numpy()
    return SoftLabels(words=words, pairs=pairs, offsets=offsets)


def _groups(places: list[int]) -> Iterator[list[int]]:
    return (places[n : n + _TOGETHER] for n in range(0, len(places), _TOGETHER))


def teacher_scores(
    tagger: Tagger, examples: Sequence[Example], vocabulary: Vocabulary, settings: BatchSettings, folder: Path
) -> list[Scores]:
    """A teacher's scores of articles, computed once and kept in its folder.

    They are written by parts as they come, so that a process that ends goes on where it stopped: a large teacher reads for hours.

    Args:
        tagger: the teacher.
        examples: the articles.
        vocabulary: of the encoder.
        settings: its windows.
        folder: of the teacher's run.
    """
    digest = digest_of(example.article for example in examples)
    path = folder / f"scores-{digest[:16]}-{settings.capacity}-{settings.context}.npy"
    if path.is_file():
        rows = np.load(path)
    else:
        parts = [path.with_name(f"{path.stem}.{begin}.npy") for begin in range(0, len(examples), _PART)]
        for part, begin in zip(parts, range(0, len(examples), _PART), strict=True):
            if not part.is_file():
                scores = score_examples(tagger, examples[begin : begin + _PART], vocabulary, settings)
                _write_whole(part, np.concatenate(scores))
        rows = np.concatenate([np.load(part) for part in parts])
        _write_whole(path, rows)
        for part in parts:
            part.unlink()
    return np.split(rows, np.cumsum([len(example.words) for example in examples])[:-1])


def _write_whole(path: Path, rows: Scores) -> None:
    partial = path.with_name(f".{path.name}")
    np.save(partial, rows)
    partial.replace(path)
