"""The training loop on a tiny encoder drawn by chance."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reportedly.extract.tagging.vocabulary import Vocabulary
from reportedly.extract.training.batching import Example, encode
from reportedly.extract.training.configuration import (
    AverageSettings,
    BatchSettings,
    Configuration,
    DistillationSettings,
    EncoderSettings,
    OptimiserSettings,
)
from reportedly.extract.training.corpus import TrainingArticle

torch = pytest.importorskip("torch", reason="PyTorch is installed for training only")
pytest.importorskip("safetensors", reason="safetensors is installed for training only")

from reportedly.extract.training import scoring  # noqa: E402
from reportedly.extract.training.encoder import Shape, Tagger  # noqa: E402
from reportedly.extract.training.loop import CHECKPOINT, Material, Pace, Run  # noqa: E402
from reportedly.extract.training.optimising import make_optimiser, mean_state, set_rates  # noqa: E402
from reportedly.extract.training.scoring import mean_labels, score_examples, soft_labels, teacher_scores  # noqa: E402

SHAPE = Shape(pieces=64, positions=32, hidden=24, inner=32, heads=2, layers=2)
CONFIGURATION = Configuration(
    encoder=EncoderSettings(dropout=0.1),
    batches=BatchSettings(capacity=32, pieces=160),
    optimiser=OptimiserSettings(epochs=5.0, rate=1e-2, head_rate=2e-2),
    average=AverageSettings(decay=0.5, begin=0.5),
    seed=11,
)


class KilledError(Exception):
    """Stands for a power cut."""


def _tagger(shape: Shape = SHAPE) -> Tagger:
    torch.manual_seed(5)
    return Tagger(shape, CONFIGURATION.encoder.dropout)


def _run(material: Material, folder: Path, configuration: Configuration = CONFIGURATION, pace: Pace | None = None) -> Run:
    folder.mkdir(exist_ok=True)
    return Run(configuration, material, _tagger(), folder, pace or Pace(tell=lambda _: None))


@pytest.fixture(scope="session")
def material(marked: tuple[Example, ...], vocabulary: Vocabulary) -> Material:
    """Marked articles, measured on themselves."""
    return Material(vocabulary=vocabulary, marked=marked, dev=marked)


def test_killed_run_ends_with_the_same_weights(material: Material, tmp_path: Path) -> None:
    """A run that is killed again and again, between checkpoints and right after them, gives the weights of one that was not."""
    whole = _run(material, tmp_path / "whole")
    assert whole.train()
    steps_left = resumed = 0

    def cut(line: str) -> None:
        nonlocal steps_left
        steps_left -= line.startswith("epoch")
        if not steps_left:
            raise KilledError

    while True:
        steps_left = 2 + resumed % 3
        every = 0.0 if resumed % 2 else 1e9  # each second attempt saves after every step but the one it dies in
        run = _run(material, tmp_path / "cut", pace=Pace(tell=cut, tell_every=1, checkpoint_every=every))
        try:
            assert run.train()
            break
        except KilledError:
            resumed += 1
            assert resumed < 60
    assert resumed > 2
    expected, found = whole.state(), run.state()
    assert all(torch.equal(expected[name], found[name]) for name in expected)


def test_run_stops_when_its_time_is_up(material: Material, tmp_path: Path) -> None:
    """A deadline ends a run after a whole step with a checkpoint, and the next start goes on behind it."""
    run = _run(material, tmp_path, pace=Pace(deadline=0.0, tell=lambda _: None))
    assert not run.train()
    assert run.step == 1
    assert (tmp_path / CHECKPOINT).is_file()
    again = _run(material, tmp_path, pace=Pace(deadline=0.0, tell=lambda _: None))
    assert not again.train()
    assert again.step == 2


def test_training_learns_what_it_is_shown(material: Material, tmp_path: Path) -> None:
    """On a dozen sentences that it may learn by heart the tagger finds nearly every span."""
    told: list[str] = []
    optimiser = replace(CONFIGURATION.optimiser, epochs=60.0)
    configuration = replace(CONFIGURATION, optimiser=optimiser, encoder=EncoderSettings(dropout=0.0))
    run = _run(material, tmp_path, configuration, Pace(tell=told.append))
    run.tagger.dropout = 0.0
    run.train()
    last = [line for line in told if "dev" in line][-1]
    assert all(float(value.split()[-1]) > 90 for value in last.split("dev ")[1].split(" / "))


def test_seed_changes_the_result(material: Material, tmp_path: Path) -> None:
    """Another seed is another order of the data, so runs of several seeds differ; their mean lies between them."""
    runs = [_run(material, tmp_path / str(seed), replace(CONFIGURATION, seed=seed)) for seed in (1, 2)]
    assert all(run.train() for run in runs)
    one, other = (run.state()["head.weight"] for run in runs)
    assert not torch.equal(one, other)
    assert torch.allclose(mean_state([run.state() for run in runs])["head.weight"], (one + other) / 2)
    with pytest.raises(ValueError, match="same shape"):
        mean_state([runs[0].state(), {}])


def test_student_of_a_teacher_alone_comes_to_say_the_same(material: Material, vocabulary: Vocabulary, tmp_path: Path) -> None:
    """With articles that nobody marked a student learns the labels that its teacher gives them."""
    teacher = _run(material, tmp_path / "teacher", replace(CONFIGURATION, optimiser=replace(CONFIGURATION.optimiser, epochs=40.0)))
    teacher.train()
    texts = [TrainingArticle(name=e.article.name, text=e.article.text, spans=None) for e in material.marked]
    unlabelled = encode(texts, vocabulary)
    scores = score_examples(teacher.tagger, unlabelled, vocabulary, CONFIGURATION.batches)
    taught = soft_labels(unlabelled, scores, teacher.tagger.chain, 2.0)
    distillation = DistillationSettings(teachers=("teacher:1",), share=1.0, temperature=2.0)
    configuration = replace(CONFIGURATION, distillation=distillation, optimiser=replace(CONFIGURATION.optimiser, epochs=40.0))
    student = _run(replace(material, marked=unlabelled, taught=taught), tmp_path / "student", configuration)
    student.train()
    own = score_examples(student.tagger, unlabelled, vocabulary, CONFIGURATION.batches)
    agreed = [a.argmax(1) == b.argmax(1) for a, b in zip(scores, own, strict=True)]
    assert np.concatenate(agreed).mean() > 0.9


def test_teachers_scores_are_computed_once(material: Material, vocabulary: Vocabulary, tmp_path: Path) -> None:
    """What a teacher says of a collection is kept and read; another collection has a file of its own."""
    tagger = _tagger()
    first = teacher_scores(tagger, material.marked, vocabulary, CONFIGURATION.batches, tmp_path)
    torch.nn.init.zeros_(tagger.head.weight)
    again = teacher_scores(tagger, material.marked, vocabulary, CONFIGURATION.batches, tmp_path)
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    fewer = teacher_scores(tagger, material.marked[:2], vocabulary, CONFIGURATION.batches, tmp_path)
    assert not np.array_equal(first[0], fewer[0])
    assert len(list(tmp_path.iterdir())) == 2


def test_teachers_scores_go_on_where_they_stopped(
    material: Material, vocabulary: Vocabulary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that ends in the middle leaves the parts it finished; the next reads the others, and the whole is that of one go."""
    monkeypatch.setattr(scoring, "_PART", 1)
    tagger = _tagger()
    read: list[int] = []

    def reading(tagger: Tagger, examples: Sequence[Example], *rest: Any) -> list[scoring.Scores]:
        read.append(len(examples))
        if len(read) == 3:
            raise KilledError
        return score_examples(tagger, examples, *rest)

    monkeypatch.setattr(scoring, "score_examples", reading)
    with pytest.raises(KilledError):
        teacher_scores(tagger, material.marked, vocabulary, CONFIGURATION.batches, tmp_path)
    found = teacher_scores(tagger, material.marked, vocabulary, CONFIGURATION.batches, tmp_path)
    assert len(read) == len(material.marked) + 1
    whole = [score_examples(tagger, [example], vocabulary, CONFIGURATION.batches)[0] for example in material.marked]
    assert all(np.array_equal(a, b) for a, b in zip(found, whole, strict=True))
    assert [path.name for path in tmp_path.iterdir()] == [path.name for path in tmp_path.glob("scores-*-*-*.npy")]
    assert len(list(tmp_path.iterdir())) == 1


def test_mean_of_teachers_is_a_distribution(material: Material, vocabulary: Vocabulary) -> None:
    """An ensemble's distributions add up to one for each word, and to the words' own for each pair."""
    tagger = _tagger()
    scores = score_examples(tagger, material.marked, vocabulary, CONFIGURATION.batches)
    sharp, soft = (soft_labels(material.marked, scores, tagger.chain, temperature) for temperature in (0.5, 4.0))
    mean = mean_labels([sharp, soft])
    assert np.allclose(mean.words.astype(float).sum(1), 1, atol=5e-3)
    assert np.allclose(mean.words, (sharp.words.astype(float) + soft.words) / 2, atol=1e-3)
    assert len(mean.words) == sum(len(example.words) for example in material.marked)


def test_rates_rise_and_fall() -> None:
    """The rates begin at nought, are highest after the warm-up and end at the floor; lower layers have lower ones."""
    settings = OptimiserSettings(warm_up=0.1, floor=0.02, layer_decay=0.5, rate=1e-3, head_rate=1e-2)
    optimiser = make_optimiser(_tagger(), settings)
    assert {group["highest"] for group in optimiser.param_groups} == {1e-2, 1e-3, 5e-4, 2.5e-4}
    seen = []
    for step in (0, 5, 10, 55, 99):
        set_rates(optimiser, settings, step, 100)
        seen.append(optimiser.param_groups[0]["lr"] / optimiser.param_groups[0]["highest"])
    assert seen == pytest.approx([0, 0.5, 1, 0.5, 0.02])


def test_published_biases_of_distances_stay() -> None:
    """The biases of distances have no gradient, and are part of what a run gives all the same."""
    tagger = _tagger(replace(SHAPE, buckets=32))
    weights = {id(weight) for group in make_optimiser(tagger, OptimiserSettings()).param_groups for weight in group["params"]}
    assert tagger.distances is not None
    assert id(tagger.distances.weight) not in weights
    assert "distances.weight" in tagger.state_dict()
