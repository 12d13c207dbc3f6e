"""The chain over labels against all labellings written out."""

import itertools

import numpy as np
import pytest

from reportedly.extract.tagging.decoding import PathWeights, Transitions

torch = pytest.importorskip("torch", reason="PyTorch is installed for training only")

from torch import Tensor  # noqa: E402

from reportedly.extract.training.chain import Chain, Layout, Target, cross_entropy, hard_distributions, log_partition, marginals  # noqa: E402

LABELS = 3
STARTS, LENGTHS = np.array([0, 2, 6, 7]), np.array([2, 4, 1, 2])
WORDS = 9


@pytest.fixture
def chain() -> Chain:
    """A chain with scores drawn once and for all."""
    torch.manual_seed(3)
    drawn: Chain = Chain(LABELS).double()
    for weight in drawn.parameters():
        torch.nn.init.normal_(weight)
    return drawn


@pytest.fixture
def scores() -> Tensor:
    """Scores of nine words in four chains."""
    return torch.randn(WORDS, LABELS, generator=torch.Generator().manual_seed(4), dtype=torch.float64)


def _score(chain: Chain, scores: Tensor, first: int, labels: tuple[int, ...]) -> float:
    total = chain.start[labels[0]] + chain.end[labels[-1]] + sum(scores[first + n, label] for n, label in enumerate(labels))
    return float((total + sum(chain.transitions[pair] for pair in itertools.pairwise(labels))).item())


def _labellings(chain: Chain, scores: Tensor, number: int) -> dict[tuple[int, ...], float]:
    """The score of each labelling of one chain."""
    first, length = int(STARTS[number]), int(LENGTHS[number])
    return {labels: _score(chain, scores, first, labels) for labels in itertools.product(range(LABELS), repeat=length)}


@pytest.mark.parametrize("temperature", [1.0, 2.5])
def test_partition_is_the_sum_over_all_labellings(chain: Chain, scores: Tensor, temperature: float) -> None:
    """Chains of different lengths side by side each have the sum that writing out all their labellings gives."""
    layout = Layout.of(STARTS, LENGTHS)
    found = log_partition(scores, chain, layout, temperature=temperature)
    for place, number in enumerate(layout.chains.tolist()):
        expected = np.logaddexp.reduce([score / temperature for score in _labellings(chain, scores, number).values()])
        assert found[place].item() == pytest.approx(expected)


def test_hard_cross_entropy_is_the_negative_log_likelihood(chain: Chain, scores: Tensor) -> None:
    """With people's labels as target each chain counts with its weight and the probability of its labelling."""
    labels, weights = np.array([0, 1, 2, 2, 1, 0, 0, 1, 1]), torch.tensor([1.0, 0.5, 0.0, 2.0], dtype=torch.float64)
    target = Target.of(*hard_distributions(labels, LABELS), weights, STARTS, LENGTHS)
    expected = 0.0
    for number, weight in enumerate(weights.tolist()):
        all_scores = _labellings(chain, scores, number)
        own = tuple(labels[STARTS[number] : STARTS[number] + LENGTHS[number]].tolist())
        expected += weight * (np.logaddexp.reduce(list(all_scores.values())) - all_scores[own])
    assert cross_entropy(scores, chain, Layout.of(STARTS, LENGTHS), target).item() == pytest.approx(expected)


@pytest.mark.parametrize("temperature", [1.0, 3.0])
def test_nothing_is_learned_from_oneself(chain: Chain, scores: Tensor, temperature: float) -> None:
    """The cross entropy with one's own distribution is at its least: its gradient is nought."""
    layout = Layout.of(STARTS, LENGTHS)
    own = marginals(scores, chain, layout, temperature=temperature)
    target = Target.of(*own, torch.ones(len(STARTS), dtype=torch.float64), STARTS, LENGTHS)
    scores.requires_grad_()
    loss = cross_entropy(scores, chain, layout, target, temperature=temperature)
    gradients = torch.autograd.grad(loss, [scores, *chain.parameters()])
    assert max(float(gradient.abs().max()) for gradient in gradients) < 1e-9


def test_marginals_are_those_of_the_decoder(chain: Chain, scores: Tensor) -> None:
    """Training and run time agree about how likely each label of each word is; pairs add up to their words."""
    words, pairs = marginals(scores, chain, Layout.of(STARTS, LENGTHS))
    known = Transitions.of(*(weight.detach().numpy() for weight in (chain.transitions, chain.start, chain.end)))
    assert np.allclose(words.numpy(), PathWeights.of(scores.numpy(), STARTS, known).odds, atol=1e-6)
    inner = np.setdiff1d(np.arange(WORDS), STARTS)
    assert torch.allclose(pairs[inner].sum(1), words[inner])
    assert torch.allclose(pairs[inner].sum(2), words[inner - 1])
    assert not pairs[STARTS].any()
