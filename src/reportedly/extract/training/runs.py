"""Runs by their names: what each learns from, the runs that come before it, and the folder that keeps it."""

import contextlib
import fcntl
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from importlib import resources
from pathlib import Path

import torch

from reportedly.errors import UnreadableError
from reportedly.extract.tagging.labels import LABELS
from reportedly.extract.tagging.tagger import MODELS, VOCABULARY
from reportedly.extract.tagging.vocabulary import Vocabulary
from reportedly.extract.training.batching import Example, encode
from reportedly.extract.training.configuration import BatchSettings, Configuration, Recipe, parse_run, read_recipe
from reportedly.extract.training.corpus import TrainingArticle, digest_of, read_marked, read_unlabelled
from reportedly.extract.training.encoder import Tagger
from reportedly.extract.training.export import Run as RuntimeShape
from reportedly.extract.training.export import export_tagger
from reportedly.extract.training.loop import CHECKPOINT, Material, Pace, Run
from reportedly.extract.training.measures import exact_f1, initial_transitions
from reportedly.extract.training.optimising import mean_state
from reportedly.extract.training.scoring import SoftLabels, mean_labels, score_examples, soft_labels, teacher_scores, transitions_of
from reportedly.extract.training.weights import State, build_tagger, keep_inner, keep_layers, load_state, published_state, save_state

WEIGHTS = "weights.safetensors"
CONFIGURATION = "configuration.json"

_CALIBRATED = 50  # articles on which the export measures the ranges of activations
_FREQUENCY_WEIGHT = 0.3  # of the train part's transitions when nothing is learned yet: what decoded best without a learned chain


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A finished run.

    Attributes:
        recipe: of the run.
        configuration: of the run; a mean of several seeds has that of the first.
        digest: of its configuration; a mean's is that of the digests of all.
        state: the weights, by the names of `encoder.Tagger`.
    """

    recipe: Recipe
    configuration: Configuration
    digest: str
    state: State

    def tagger(self) -> Tagger:
        """The tagger with the run's weights."""
        return build_tagger(self.state, weights=self.configuration.encoder.weights, dropout=0.0)

    @property
    def windows(self) -> BatchSettings:
        """The windows in which the tagger reads when it is used."""
        runtime = self.recipe.runtime
        return replace(self.configuration.batches, capacity=runtime.window, context=runtime.context)


class Workshop:
    """Trains runs, each after those it needs, and keeps them.

    Args:
        corpora: the folder of the corpora.
        cache: a folder with one folder a run, named by the digest of its configuration.
        pace: bounds of the runs.
    """

    def __init__(self, corpora: Path, cache: Path, pace: Pace) -> None:
        self._corpora, self._cache, self._pace = corpora, cache, pace

    def configuration(self, recipe: Recipe, seed: int) -> Configuration:
        """The whole configuration of a run: with the digests of its data and of the runs that it needs.

        Raises:
            BadSettingsError: a recipe that it needs is none.
            UnreadableError: the corpora are not there.
        """
        configuration = recipe.with_seed(seed)
        parents = tuple(self._ancestor(words).digest for words in configuration.ancestors)
        marked, unlabelled = self._articles(configuration)
        return replace(configuration, parents=parents, data=digest_of((*marked, *unlabelled)))

    def folder(self, configuration: Configuration) -> Path:
        """The folder of a run."""
        return self._cache / configuration.digest

    def finish(self, recipe: Recipe, seed: int) -> Finished | None:
        """Train a run to its end, and before it those that it needs; what is finished already is only read.

        Returns:
            The finished run; None where the time was up before.

        Raises:
            BadSettingsError: a recipe that it needs is none, or asks for layers that there are not.
            UnreadableError: corpora or published weights are not there.
        """
        configuration = self.configuration(recipe, seed)
        folder = self.folder(configuration)
        if not (folder / WEIGHTS).is_file():
            ancestors = []
            for words in configuration.ancestors:
                name, ancestor_seed = parse_run(words)
                finished = self.finish(read_recipe(name), ancestor_seed)
                if finished is None:
                    return None
                ancestors.append(finished)
            self._pace.tell(f"{recipe.name}:{seed} in {folder}")
            with _alone(folder):
                if not self._train(configuration, folder, ancestors):
                    return None
        return Finished(recipe=recipe, configuration=configuration, digest=configuration.digest, state=load_state(folder / WEIGHTS))

    def measure(self, finished: Finished) -> dict[str, float]:
        """F1 of exact spans on the dev part, by part of an attribution, in the windows that the tagger is used with."""
        tagger = finished.tagger()
        dev = self._dev[:: finished.windows.every]
        return exact_f1(dev, score_examples(tagger, dev, self.vocabulary, finished.windows), transitions_of(tagger.chain))

    def export(self, finished: Finished, folder: Path) -> None:
        """Write the run's tagger as the files that the package runs.

        Raises:
            ValueError: the model would be too large to ship.
        """
        texts = [article.text for article in self._marked[:: max(1, len(self._marked) // _CALIBRATED)]]
        arrays = {name: weight.numpy() for name, weight in finished.state.items()}
        runtime = finished.recipe.runtime
        shape = RuntimeShape(**asdict(runtime), configuration=finished.digest)
        with resources.as_file(resources.files(MODELS).joinpath(VOCABULARY)) as vocabulary:
            export_tagger(arrays, texts, vocabulary, folder, shape)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The pieces of the encoders."""
        with resources.as_file(resources.files(MODELS).joinpath(VOCABULARY)) as path:
            return Vocabulary.read(path)

    @cached_property
    def _dev(self) -> tuple[Example, ...]:
        return encode(read_marked(self._corpora / "polnear" / "dev"), self.vocabulary)

    @cached_property
    def _marked(self) -> tuple[TrainingArticle, ...]:
        return read_marked(self._corpora / "polnear" / "train")

    def _articles(self, configuration: Configuration) -> tuple[tuple[TrainingArticle, ...], tuple[TrainingArticle, ...]]:
        """The marked and the unlabelled articles of a run."""
        unlabelled = read_unlabelled(self._corpora, configuration.distillation.unlabelled)
        return self._marked[:: configuration.batches.every], unlabelled[:: configuration.batches.every]

    def _ancestor(self, words: str) -> Configuration:
        name, seed = parse_run(words)
        return self.configuration(read_recipe(name), seed)

    def _train(self, configuration: Configuration, folder: Path, ancestors: Sequence[Finished]) -> bool:
        """Train a run in its folder, from its checkpoint where there is one; whether it is finished."""
        (folder / CONFIGURATION).write_text(configuration.as_json() + "\n", encoding="utf-8")
        marked, unlabelled = (encode(articles, self.vocabulary) for articles in self._articles(configuration))
        started, teachers = (ancestors[0], ancestors[1:]) if configuration.encoder.start else (None, ancestors)
        taught = self._teach(marked + unlabelled, teachers, configuration.distillation.temperature)
        tagger = self._begin(configuration, started, marked)
        dev = self._dev[:: configuration.batches.every]
        material = Material(vocabulary=self.vocabulary, marked=marked, unlabelled=unlabelled, dev=dev, taught=taught)
        run = Run(configuration, material, tagger, folder, self._pace)
        if not run.train():
            return False
        save_state(run.state(), folder / WEIGHTS)
        (folder / CHECKPOINT).unlink(missing_ok=True)
        return True

    def _teach(self, examples: tuple[Example, ...], teachers: Sequence[Finished], temperature: float) -> SoftLabels | None:
        """What teachers say of articles; None without teachers."""
        taught = []
        for teacher in teachers:
            self._pace.tell(f"{teacher.recipe.name}:{teacher.configuration.seed} reads {len(examples)} articles")
            tagger, folder = teacher.tagger(), self.folder(teacher.configuration)
            scores = teacher_scores(tagger, examples, self.vocabulary, teacher.windows, folder)
            taught.append(soft_labels(examples, scores, tagger.chain, temperature))
        return mean_labels(taught) if taught else None

    def _begin(self, configuration: Configuration, started: Finished | None, marked: Sequence[Example]) -> Tagger:
        """The tagger that a run begins with."""
        encoder = configuration.encoder
        state = started.state if started else published_state(encoder.weights, self._cache / "published")
        try:
            kept = keep_inner(keep_layers(state, encoder.layers), encoder.inner)
            tagger = build_tagger(kept, weights=encoder.weights, dropout=encoder.dropout)
        except ValueError as problem:
            raise UnreadableError(self._cache, str(problem)) from problem
        if not started:
            begin_chain(tagger, marked)
        return tagger


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold a run's folder, so that no second process trains in it; the system lets go of it however the process ends.

    Raises:
        UnreadableError: another process holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise UnreadableError(folder, "another process trains there") from problem
        yield


def mean_of(runs: Sequence[Finished]) -> Finished:
    """The mean of several runs of one recipe.

    Raises:
        ValueError: they have different weights.
    """
    if len(runs) == 1:
        return runs[0]
    digest = hashlib.sha256(" ".join(run.digest for run in runs).encode()).hexdigest()
    return replace(runs[0], digest=digest, state=mean_state([run.state for run in runs]))


def begin_chain(tagger: Tagger, marked: Sequence[Example]) -> None:
    """Let the chain begin with what the labels of marked articles tell of neighbours."""
    known = initial_transitions(marked, len(LABELS))
    with torch.no_grad():
        tagger.chain.transitions.copy_(_FREQUENCY_WEIGHT * torch.from_numpy(known.between))
        tagger.chain.start.copy_(_FREQUENCY_WEIGHT * torch.from_numpy(known.start))
