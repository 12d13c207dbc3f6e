"""The tagger: paragraphs of an article to spans of source, cue and content."""

import bisect
import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from reportedly.errors import BrokenModelError, NoModelError
from reportedly.extract.tagging.decoding import PathWeights, Transitions, best_path
from reportedly.extract.tagging.encoder import Encoder, OnnxEncoder
from reportedly.extract.tagging.inputs import window_inputs
from reportedly.extract.tagging.labels import PARTS, Part, label_spans
from reportedly.extract.tagging.likely import LikelyStretch, likely_stretches
from reportedly.extract.tagging.sampling import sample_paths
from reportedly.extract.tagging.specification import Specification
from reportedly.extract.tagging.vocabulary import Vocabulary
from reportedly.extract.tagging.words import Words, read_words

MODELS = "reportedly.extract.tagging.models"
VOCABULARY = "vocabulary.txt"

Scores = npt.NDArray[np.float32]


class TaggedSpan(NamedTuple):
    """A part of an attribution as the tagger marks it; a tuple, for readings hold thousands.

    Attributes:
        part: which part it is.
        start: offset of its first character in its paragraph, code points.
        end: offset after its last.
        score: how sure the model is, 0 to 1: the mean over the span's words of the probability of being in such a part.
    """

    part: Part
    start: int
    end: int
    score: float


class LikelySpan(NamedTuple):
    """A span that the model finds likely, whether or not it marks it; a tuple, likewise.

    Attributes:
        part: which part it is.
        start: offset of its first character in its paragraph, code points.
        end: offset after its last.
        probability: that exactly these words are such a part.
        surplus: how many more of its words are expected in such a part than in none.
    """

    part: Part
    start: int
    end: int
    probability: float
    surplus: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What a tagger makes of a paragraph.

    Attributes:
        best: the spans of its best reading, in text order.
        drawn: readings drawn by how likely the model finds them, each its spans in text order.
        likely: every span that the model finds likely.
    """

    best: tuple[TaggedSpan, ...]
    drawn: tuple[tuple[TaggedSpan, ...], ...] = ()
    likely: tuple[LikelySpan, ...] = ()


class Tagger:
    """Marks sources, cues and contents.

    Two taggers may read together: then scores and transitions are the weighted means of both, so that the weight of a path of labels is the
    product of theirs (G. Hinton, "Training products of experts by minimizing contrastive divergence", 2002).

    Args:
        specification: of the model.
        vocabulary: of its encoder.
        encoder: runs it.
        beside: the tagger whose scores are mixed into its own by the share that the specification tells; None for its own alone.
    """

    def __init__(self, specification: Specification, vocabulary: Vocabulary, encoder: Encoder, beside: "Tagger | None" = None) -> None:
        self.specification = specification
        self._vocabulary = vocabulary
        self._encoder = encoder
        self._beside = beside

    @functools.cached_property
    def transitions(self) -> Transitions:
        """Those that its labels are decoded by."""
        own = self.specification.transitions
        return own if self._beside is None else own.mixed(self._beside.transitions, self.specification.share)

    @functools.cached_property
    def weights(self) -> str:
        """What its scores depend on: the first digits of its weights' digest and, behind a plus, of those that are mixed in."""
        own = self.specification.weights[:12]
        return own if self._beside is None else f"{own}+{self._beside.weights}"

    @classmethod
    def load(cls, name: str) -> "Tagger":
        """A model that ships with the package; every process loads it once.

        Args:
            name: "default" or "accurate".

        Raises:
            NoModelError: there is no such model.
            BrokenModelError: its files do not fit one another or cannot be read.
        """
        return _load(name)

    @classmethod
    def read(cls, folder: Path, vocabulary: Path) -> Self:
        """The model in a folder, with the one that ships beside it where its specification names one.

        Args:
            folder: holds its weights and specification.
            vocabulary: the file of its encoder's pieces.

        Raises:
            NoModelError: there is no such model.
            BrokenModelError: its files do not fit one another or cannot be read.
        """
        specification = Specification.read(folder)
        try:
            pieces = Vocabulary.read(vocabulary)
        except FileNotFoundError as error:
            raise NoModelError(folder.name, vocabulary) from error
        except (OSError, ValueError) as error:
            raise BrokenModelError(vocabulary, str(error)) from error
        beside = Tagger.load(specification.beside) if specification.beside else None
        return cls(specification, pieces, OnnxEncoder(folder, specification), beside)

    def tag(self, paragraphs: Sequence[str]) -> list[tuple[TaggedSpan, ...]]:
        """The spans of an article's paragraphs.

        Args:
            paragraphs: all of one article's, in order; what the model sees of one reaches over its neighbours.

        Returns:
            For each paragraph its spans, in text order; they never overlap, and never run over a line's end.
        """
        return [marks.best for marks in self.draw(paragraphs, 0)]

    def draw(self, paragraphs: Sequence[str], count: int) -> list[Marks]:
        """What an article's paragraphs hold: the best reading, some drawn by how likely the model finds them, and all likely spans.

        Args:
            paragraphs: all of one article's, in order.
            count: how many readings are drawn.

        Returns:
            One entry a paragraph. The same paragraphs give the same readings.
        """
        words = read_words("\n".join(paragraphs))
        if not len(words):
            return [Marks(best=(), drawn=((),) * count) for _ in paragraphs]
        scores, transitions = self.score(words), self.transitions
        weights = PathWeights.of(scores, words.line_starts, transitions)
        paths = best_path(scores, words.line_starts, transitions)[None]
        if count:
            paths = np.concatenate([paths, sample_paths(weights, transitions, count)])
        begins = np.concatenate([[0], np.cumsum([len(p) + 1 for p in paragraphs])])
        likely = _likely_spans(likely_stretches(weights, transitions), words, begins)
        columns = zip(likely, _readings(paths, weights.odds, words, begins), strict=True)
        return [Marks(best=best, drawn=tuple(drawn), likely=spans) for spans, (best, *drawn) in columns]

    def score(self, words: Words) -> Scores:
        """The scores of an article's words: the encoder's, and those of the tagger beside it by its share.

        Args:
            words: of the whole article.

        Returns:
            Words x labels; each word's are those of its first piece.
        """
        inputs = window_inputs(words, self._vocabulary, self.specification.window, self.specification.context)
        own = np.concatenate([self._encoder.scores(window.pieces, window.features)[window.places] for window in inputs])
        if self._beside is None:
            return own
        share = np.float32(self.specification.share)
        return (1 - share) * own + share * self._beside.score(words)


@functools.cache
def _load(name: str) -> Tagger:
    models = resources.files(MODELS)
    with resources.as_file(models.joinpath(name)) as folder, resources.as_file(models.joinpath(VOCABULARY)) as vocabulary:
        return Tagger.read(folder, vocabulary)


def _readings(
    paths: npt.NDArray[np.int64], odds: npt.NDArray[np.float64], words: Words, begins: npt.NDArray[np.int64]
) -> list[list[tuple[TaggedSpan, ...]]]:
    """The spans that paths of labels draw: of each paragraph each path's, equal ones as one object.

    Args:
        paths: paths x words.
        odds: words x labels.
        words: of the whole article.
        begins: the paragraphs' first characters and one past the last's.
    """
    count, length = paths.shape
    spans = label_spans(paths.reshape(-1), (np.arange(count)[:, None] * length + words.line_starts).reshape(-1))
    path = spans[:, 1] // length
    spans[:, 1:] -= (path * length)[:, None]
    _, places, numbers = np.unique(spans @ [1, len(PARTS), len(PARTS) * (length + 1)], return_index=True, return_inverse=True)
    rows = spans[places]
    homes = np.searchsorted(begins, words.starts[rows[:, 1]], side="right") - 1
    starts, ends = words.starts[rows[:, 1]] - begins[homes], words.ends[rows[:, 2] - 1] - begins[homes]
    columns = (rows[:, 0].tolist(), starts.tolist(), ends.tolist(), _span_scores(rows, odds).tolist())
    made = [TaggedSpan(PARTS[part], start, end, score) for part, start, end, score in zip(*columns, strict=True)]
    held: list[list[list[int]]] = [[[] for _ in paths] for _ in begins[1:]]
    for home, reading, number in zip(homes[numbers].tolist(), path.tolist(), numbers.tolist(), strict=True):
        held[home][reading].append(number)
    return [_spans_of(of_one, made) for of_one in held]


def _spans_of(readings: Sequence[Sequence[int]], made: Sequence[TaggedSpan]) -> list[tuple[TaggedSpan, ...]]:
    """The spans of a paragraph's readings, by their numbers."""
    known: dict[tuple[int, ...], tuple[TaggedSpan, ...]] = {}
    found = []
    for numbers in map(tuple, readings):
        if numbers not in known:
            known[numbers] = tuple([made[number] for number in numbers])
        found.append(known[numbers])
    return found


def _likely_spans(stretches: Iterable[LikelyStretch], words: Words, begins: npt.NDArray[np.int64]) -> list[tuple[LikelySpan, ...]]:
    """The likely spans in characters, by paragraph; `begins` as above."""
    found: list[list[LikelySpan]] = [[] for _ in begins[1:]]
    bounds, starts, ends = begins.tolist(), words.starts.tolist(), words.ends.tolist()
    for one in stretches:
        start, end = starts[one.first], ends[one.after - 1]
        home = bisect.bisect_right(bounds, start) - 1
        at = bounds[home]
        found[home].append(LikelySpan(PARTS[one.part], start - at, end - at, one.probability, one.surplus))
    return [tuple(here) for here in found]


def _span_scores(spans: npt.NDArray[np.int64], odds: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """For each span the mean over its words of the probability of its part's labels, begin or inside."""
    sums = np.zeros((len(odds) + 1, len(PARTS)))
    np.cumsum(odds[:, 1::2] + odds[:, 2::2], axis=0, out=sums[1:])
    part, first, after = spans.T
    scores: npt.NDArray[np.float64] = np.clip((sums[after, part] - sums[first, part]) / (after - first), 0.0, 1.0)
    return scores
