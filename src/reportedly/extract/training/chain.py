"""A linear chain over the labels of a line's words: conditional random field (CRF).

Source: J. Lafferty et al., "Conditional Random Fields: Probabilistic Models for Segmenting and Labeling Sequence Data" (2001). Learning
from a teacher's distribution over whole chains follows X. Wang et al., "Structural Knowledge Distillation: Tractably Distilling
Information for Structured Predictor" (2021): the cross entropy between two chains needs only the teacher's marginals.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

Integers = npt.NDArray[np.int64]


class Chain(nn.Module):
    """Scores of a line's first label, of its last, and of neighbouring pairs.

    Args:
        labels: how many there are.
    """

    def __init__(self, labels: int) -> None:
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(labels, labels))
        self.start = nn.Parameter(torch.zeros(labels))
        self.end = nn.Parameter(torch.zeros(labels))


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Chains of different lengths side by side: all first words, then all second words ... the longest chains first.

    Attributes:
        order: which word stands where, step by step.
        sizes: how many chains have a word at each step; never rises.
        chains: which chain stands where at the first step.
    """

    order: Tensor
    sizes: tuple[int, ...]
    chains: Tensor

    @classmethod
    def of(cls, starts: Integers, lengths: Integers) -> "Layout":
        """The layout of chains, each given by its first word and how many it has."""
        chains = np.argsort(-lengths, kind="stable")
        steps = np.arange(int(lengths.max()))
        sizes = np.searchsorted(-lengths[chains], -steps, side="left")
        order = np.concatenate([starts[chains[:size]] + step for step, size in zip(steps, sizes, strict=True)])
        return cls(order=torch.from_numpy(order), sizes=tuple(sizes.tolist()), chains=torch.from_numpy(chains))


def log_partition(emissions: Tensor, chain: Chain, layout: Layout, *, temperature: float = 1.0, pairs: Tensor | None = None) -> Tensor:
    """The logarithm of the sum, over all labellings of a chain, of what their scores are the logarithms of.

    Args:
        emissions: words x labels.
        chain: the scores of neighbours.
        layout: of the chains.
        temperature: all scores are divided by it.
        pairs: scores of neighbouring labels for each word and the one before it, words x labels x labels, instead of the chain's own.

    Returns:
        One number a chain, in the layout's order.
    """
    packed = (emissions / temperature)[layout.order].split(layout.sizes)
    shared = (chain.transitions / temperature).unsqueeze(0)
    own = None if pairs is None else (pairs / temperature)[layout.order].split(layout.sizes)
    end = chain.end / temperature
    alpha = chain.start / temperature + packed[0]
    done = []
    for step in range(1, len(packed)):
        size = layout.sizes[step]
        if size < len(alpha):
            done.append(torch.logsumexp(alpha[size:] + end, 1))
            alpha = alpha[:size]
        scores = shared if own is None else own[step]
        alpha = torch.logsumexp(alpha.unsqueeze(2) + scores, 1) + packed[step]
    done.append(torch.logsumexp(alpha + end, 1))
    return torch.cat(done[::-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a batch's chains should be: how often each label and pair is expected, each chain counted with its weight.

    Attributes:
        weights: of the chains, in the batch's order.
        words: expectation of each label, words x labels.
        pairs: expectation of each pair of neighbours, summed over the batch, labels x labels.
        first: expectation of each label at the beginning of a chain, summed.
        last: likewise at the end.
    """

    weights: Tensor
    words: Tensor
    pairs: Tensor
    first: Tensor
    last: Tensor

    def __add__(self, other: "Target") -> "Target":
        """Both together."""
        names = ("weights", "words", "pairs", "first", "last")
        return Target(**{name: getattr(self, name) + getattr(other, name) for name in names})

    @classmethod
    def of(cls, words: Tensor, pairs: Tensor, weights: Tensor, starts: Integers, lengths: Integers) -> "Target":
        """The target of the words' distributions.

        Args:
            words: distribution of each word's label, words x labels.
            pairs: distribution over the labels of the word before and the word, words x labels x labels; of a chain's first word unused.
            weights: of the chains.
            starts: first word of each chain.
            lengths: words of each chain.
        """
        weight = weights.repeat_interleave(torch.from_numpy(lengths))
        weighted, at = words * weight[:, None], torch.from_numpy(starts)
        inner = weight.clone()
        inner[at] = 0
        return cls(
            weights=weights,
            words=weighted,
            pairs=(pairs * inner[:, None, None]).sum(0),
            first=weighted[at].sum(0),
            last=weighted[at + torch.from_numpy(lengths) - 1].sum(0),
        )


def hard_distributions(labels: Integers, count: int) -> tuple[Tensor, Tensor]:
    """Distributions of words and pairs that put everything on one label a word; a batch's first word has no pair of meaning."""
    words = nn.functional.one_hot(torch.from_numpy(labels), count).float()
    return words, words.roll(1, 0)[:, :, None] * words[:, None, :]


def cross_entropy(emissions: Tensor, chain: Chain, layout: Layout, target: Target, *, temperature: float = 1.0) -> Tensor:
    """The cross entropy between target and chain, summed over the chains; for hard labels the negative log likelihood.

    Args:
        emissions: words x labels.
        chain: the scores of neighbours.
        layout: of the chains.
        target: what they should be.
        temperature: all scores are divided by it.
    """
    partition = log_partition(emissions, chain, layout, temperature=temperature)
    score = (emissions * target.words).sum() + (chain.transitions * target.pairs).sum()
    score = score + (chain.start * target.first).sum() + (chain.end * target.last).sum()
    return (partition * target.weights[layout.chains]).sum() - score / temperature


def marginals(emissions: Tensor, chain: Chain, layout: Layout, *, temperature: float = 1.0) -> tuple[Tensor, Tensor]:
    """The distributions of words and of neighbouring pairs under a chain: the gradient of the log partition.

    Returns:
        Words x labels, and words x labels x labels (zero for a chain's first word).
    """
    scores = emissions.detach().clone().requires_grad_()
    pairs = chain.transitions.detach().expand(len(emissions), -1, -1).clone().requires_grad_()
    with torch.enable_grad():
        total = log_partition(scores, chain, layout, temperature=temperature, pairs=pairs).sum()
        words, pairs = torch.autograd.grad(total, (scores, pairs), allow_unused=True, materialize_grads=True)
    return words * temperature, pairs * temperature
