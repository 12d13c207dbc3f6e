"""The optimiser: AdamW with a rate for each part of the tagger, a schedule, and a running average of the weights.

Sources: I. Loshchilov and F. Hutter, "Decoupled Weight Decay Regularization" (2019); B. Polyak and A. Juditsky, "Acceleration of
Stochastic Approximation by Averaging" (1992), for the average.
"""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from reportedly.extract.training.configuration import AverageSettings, OptimiserSettings
from reportedly.extract.training.encoder import Tagger
from reportedly.extract.training.weights import State

_BETAS = (0.9, 0.98)
_OWN = ("features.", "head.", "chain.")  # what is in no published weights


def make_optimiser(tagger: Tagger, settings: OptimiserSettings) -> torch.optim.AdamW:
    """The optimiser of a tagger; each group keeps its highest rate as `highest`.

    The biases of distances stay as they were published: a gradient for them would take attention off its fast way.
    """
    if tagger.distances is not None:
        tagger.distances.weight.requires_grad_(requires_grad=False)
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, weight in tagger.named_parameters():
        if weight.requires_grad:
            own = name.startswith(_OWN)
            rate = settings.head_rate if own else settings.rate * settings.layer_decay ** (tagger.shape.layers - _depth(name))
            decay = 0.0 if own or weight.ndim == 1 else settings.weight_decay
            groups.setdefault((rate, decay), []).append(weight)
    tables = [{"params": weights, "lr": 0.0, "highest": rate, "weight_decay": decay} for (rate, decay), weights in groups.items()]
    return torch.optim.AdamW(tables, betas=_BETAS, fused=True)


def _depth(name: str) -> int:
    """0 for the embeddings, 1 for the first layer."""
    return 1 + int(name.split(".")[1]) if name.startswith("layers.") else 0


def set_rates(optimiser: torch.optim.Optimizer, settings: OptimiserSettings, step: int, steps: int) -> None:
    """Set the learning rates of a step.

    Args:
        optimiser: from `make_optimiser`.
        settings: its settings.
        step: number of the step, from 0.
        steps: of the whole run.
    """
    rise = step / (settings.warm_up * steps) if settings.warm_up else 1.0
    fall = (steps - step) / ((1 - settings.warm_up) * steps)
    share = min(rise, max(settings.floor, fall))
    for group in optimiser.param_groups:
        group["lr"] = share * group["highest"]


class RunningAverage:
    """The weights of a run, averaged over its later steps, newer ones counting more.

    Args:
        tagger: whose weights are averaged.
        settings: how fast old steps are forgotten.
        steps: of the whole run.
    """

    def __init__(self, tagger: Tagger, settings: AverageSettings, steps: int) -> None:
        self._weights = {name: weight for name, weight in tagger.named_parameters() if weight.requires_grad}
        self._settings = settings
        self._begin = settings.begin * steps
        self.state: State = {}

    def update(self, step: int) -> None:
        """Count in the weights after a step, numbered from 1."""
        if not self._settings.decay or step < self._begin:
            return
        with torch.no_grad():
            if self.state:
                torch._foreach_lerp_(list(self.state.values()), list(self._weights.values()), 1 - self._settings.decay)
            else:
                self.state = {name: weight.detach().clone() for name, weight in self._weights.items()}

    def applied_to(self, state: Mapping[str, Tensor]) -> State:
        """A tagger's weights with the averaged ones in their place; unchanged before the average has begun."""
        return {**state, **self.state}


def mean_state(states: Sequence[Mapping[str, Tensor]]) -> State:
    """The mean of several runs' weights. They must have begun alike, or their values do not mean the same.

    Source: M. Wortsman et al., "Model soups: averaging weights of multiple fine-tuned models improves accuracy without increasing
    inference time" (2022).

    Raises:
        ValueError: the runs have different weights.
    """
    first = states[0]
    if any({n: t.shape for n, t in state.items()} != {n: t.shape for n, t in first.items()} for state in states):
        raise ValueError("only runs of taggers of the same shape can be averaged")
    return {name: torch.stack([state[name] for state in states]).mean(0) for name in first}
