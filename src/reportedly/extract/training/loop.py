"""The training loop: goes on from its last checkpoint with the same data in the same order, however it was ended.

Chance comes from the seed and the number of the epoch (order of the data) or of the step (dropout), never from a state that a stopped run
would lose; so a run that was killed and started again ends with the same weights as one that was not.
"""

import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from reportedly.extract.tagging.vocabulary import Vocabulary
from reportedly.extract.training.batching import Batch, Example, Item, form_batch, plan_epoch
from reportedly.extract.training.chain import Layout, Target, cross_entropy, hard_distributions
from reportedly.extract.training.configuration import Configuration
from reportedly.extract.training.encoder import Tagger
from reportedly.extract.training.measures import exact_f1
from reportedly.extract.training.optimising import RunningAverage, make_optimiser, set_rates
from reportedly.extract.training.scoring import SoftLabels, run_tagger, score_examples, transitions_of
from reportedly.extract.training.weights import State

CHECKPOINT = "checkpoint.pt"
PROGRESS = "progress.jsonl"

_CUT_SHORT = 1.08  # windows that do not fill their batches: steps for the pieces that there are
_STEPS_OF_A_SEED = 1 << 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a run learns from and is measured on.

    Attributes:
        vocabulary: of the encoder.
        marked: articles that people marked.
        unlabelled: articles that only teachers speak of; their places in a batch follow those of `marked`.
        dev: articles to measure on; may be empty.
        taught: what the teachers say of `marked` and `unlabelled`; None without teachers.
    """

    vocabulary: Vocabulary
    marked: tuple[Example, ...]
    unlabelled: tuple[Example, ...] = ()
    dev: tuple[Example, ...] = ()
    taught: SoftLabels | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What bounds a run and what it tells; none of it changes the result.

    Attributes:
        deadline: time of the monotonic clock, in seconds, at which the run stops with a checkpoint; None runs to the end.
        checkpoint_every: seconds between checkpoints.
        tell_every: steps between lines of progress.
        tell: takes a line of progress.
    """

    deadline: float | None = None
    checkpoint_every: float = 120.0
    tell_every: int = 50
    tell: Callable[[str], None] = print


class Run:
    """A training run in a folder of its own.

    Args:
        configuration: everything that changes the result.
        material: what it learns from.
        tagger: with the weights that it begins with.
        folder: of its checkpoints; a checkpoint there is gone on from.
        pace: its bounds.
    """

    def __init__(self, configuration: Configuration, material: Material, tagger: Tagger, folder: Path, pace: Pace) -> None:
        self.tagger, self.folder = tagger, folder
        self._settings, self._material, self._pace = configuration, material, pace
        self._examples = material.marked + material.unlabelled
        self.steps = count_steps(configuration, material)
        self._optimiser = make_optimiser(tagger, configuration.optimiser)
        self._average = RunningAverage(tagger, configuration.average, self.steps)
        self.step = self._epoch = self._place = 0
        self._losses: list[float] = []
        self._saved = self._began = time.monotonic()
        self._began_at = 0
        if (folder / CHECKPOINT).is_file():
            self._load()

    def train(self) -> bool:
        """Train to the last step, or until the time is up.

        Returns:
            Whether the run is finished.
        """
        self.tagger.train()
        while self.step < self.steps:
            batches = self._plan()
            for place in range(self._place, len(batches)):
                self._learn(batches[place])
                self._place = place + 1
                if self.step == self.steps:
                    break
                if self._time_is_up():
                    self._save()
                    return False
            else:
                self._epoch, self._place = self._epoch + 1, 0
                self._measure()
                self._save()
        self._measure()
        return True

    def state(self) -> State:
        """The weights that the run gives: the average, where there is one."""
        return self._average.applied_to(self.tagger.state_dict())

    def _plan(self) -> list[list[Item]]:
        """The batches of the epoch at hand."""
        batches, material = self._settings.batches, self._material
        draw = random.Random(self._settings.seed + _STEPS_OF_A_SEED * self._epoch)  # noqa: S311 - not for secrets
        chosen = list(range(len(material.marked)))
        if material.unlabelled:
            count = min(round(self._settings.distillation.ratio * len(material.marked)), len(material.unlabelled))
            chosen += draw.sample(range(len(material.marked), len(self._examples)), count)
        return plan_epoch(self._examples, chosen, draw, batches)

    def _learn(self, items: list[Item]) -> None:
        """One step."""
        torch.manual_seed(self._settings.seed * _STEPS_OF_A_SEED + self.step)
        batch = form_batch(self._examples, items, self._material.vocabulary)
        set_rates(self._optimiser, self._settings.optimiser, self.step, self.steps)
        loss = batch_loss(self.tagger, batch, self._settings, self._material.taught)
        self._optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.tagger.parameters(), self._settings.optimiser.clip)
        self._optimiser.step()
        self.step += 1
        self._average.update(self.step)
        self._losses.append(loss.item())
        if self.step % self._pace.tell_every == 0:
            self._tell()

    def _time_is_up(self) -> bool:
        """Whether to stop here; saves a checkpoint where one is due."""
        now = time.monotonic()
        if now - self._saved >= self._pace.checkpoint_every:
            self._save()
        return self._pace.deadline is not None and now >= self._pace.deadline

    def _tell(self) -> None:
        """A line of progress."""
        spent = time.monotonic() - self._began
        left = spent / (self.step - self._began_at) * (self.steps - self.step)
        loss = sum(self._losses) / len(self._losses)
        self._losses.clear()
        self._pace.tell(
            f"epoch {self._epoch + 1}, step {self.step} of {self.steps}: loss {loss:.4f}; {spent:.0f} s, about {left / 60:.0f} min to go"
        )

    def _measure(self) -> None:
        """Measure the weights that the run would give now, tell it and write it down."""
        if not self._material.dev:
            return
        own = {name: weight.clone() for name, weight in self.tagger.state_dict().items()}
        self.tagger.load_state_dict(self.state())
        scores = score_examples(self.tagger, self._material.dev, self._material.vocabulary, self._settings.batches)
        measured = exact_f1(self._material.dev, scores, transitions_of(self.tagger.chain))
        self.tagger.load_state_dict(own)
        self._pace.tell(f"step {self.step}: dev " + " / ".join(f"{part} {value:.1f}" for part, value in measured.items()))
        with (self.folder / PROGRESS).open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({"step": self.step, "epoch": self._epoch, "dev": measured}) + "\n")

    def _save(self) -> None:
        """Write a checkpoint, all of it or nothing."""
        content: dict[str, Any] = {"step": self.step, "epoch": self._epoch, "place": self._place}
        content |= {"tagger": self.tagger.state_dict(), "optimiser": self._optimiser.state_dict(), "average": self._average.state}
        partial = self.folder / f".{CHECKPOINT}"
        torch.save(content, partial)
        partial.replace(self.folder / CHECKPOINT)
        self._saved = time.monotonic()

    def _load(self) -> None:
        """Go on from the folder's checkpoint."""
        content = torch.load(self.folder / CHECKPOINT, weights_only=True)
        self.step, self._epoch, self._place = content["step"], content["epoch"], content["place"]
        self.tagger.load_state_dict(content["tagger"])
        self._optimiser.load_state_dict(content["optimiser"])
        self._average.state = content["average"]
        self._began_at = self.step


def count_steps(configuration: Configuration, material: Material) -> int:
    """How many steps a run has."""
    pieces = sum(len(example.pieces) for example in material.marked)
    if material.unlabelled:
        share = min(1.0, configuration.distillation.ratio * len(material.marked) / len(material.unlabelled))
        pieces += round(share * sum(len(example.pieces) for example in material.unlabelled))
    return max(1, int(configuration.optimiser.epochs * pieces / configuration.batches.pieces * _CUT_SHORT))


def batch_loss(tagger: Tagger, batch: Batch, configuration: Configuration, taught: SoftLabels | None) -> Tensor:
    """What a step makes smaller, for each word: cross entropy with people's labels and with the teachers' distributions.

    Args:
        tagger: that learns.
        batch: of windows.
        configuration: for the weight of the teachers and their temperature.
        taught: what they say; None without teachers.
    """
    scores = run_tagger(tagger, batch)
    layout = Layout.of(batch.chain_starts, batch.chain_lengths)
    marked = torch.from_numpy(batch.marked).float()
    share = configuration.distillation.share if taught else 0.0
    bounds = (batch.chain_starts, batch.chain_lengths)
    target = Target.of(*hard_distributions(batch.labels, scores.shape[1]), (1 - share) * marked, *bounds)
    temperature = configuration.distillation.temperature
    soft = Target.of(*taught.of(batch), 1 - (1 - share) * marked, *bounds) if taught else None
    if soft and temperature == 1:
        target, soft = target + soft, None  # one sum over all labellings instead of two
    loss = cross_entropy(scores, tagger.chain, layout, target)
    if soft:
        # Gradients of softened scores are smaller by the square of the temperature; so the two parts keep their weights.
        loss = loss + temperature**2 * cross_entropy(scores, tagger.chain, layout, soft, temperature=temperature)
    return loss / len(scores)
