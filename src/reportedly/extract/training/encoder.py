"""The tagger in PyTorch: an encoder in the manner of BERT, features of words, and a chain over the labels.

Sources: J. Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding" (2019); K. Song et al.,
"MPNet: Masked and Permuted Pre-training for Language Understanding" (2020), whose attention adds a learned bias for the distance of two
pieces, in the buckets of C. Raffel et al., "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer" (2020).
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from reportedly.extract.tagging.labels import LABELS
from reportedly.extract.tagging.words import LINES, QUOTATIONS, SHAPES
from reportedly.extract.training.chain import Chain

_BYTE = 256
_FARTHEST = 128  # pieces; all distances beyond share a bucket


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The sizes of an encoder.

    Attributes:
        pieces: in the vocabulary.
        positions: in a window, at most.
        hidden: values of a piece.
        inner: values between the two matrices of a layer.
        heads: of attention.
        layers: how many.
        buckets: of distances; 0 for an encoder that knows absolute positions only.
        epsilon: of the normalisation.
    """

    pieces: int
    positions: int
    hidden: int
    inner: int
    heads: int
    layers: int
    buckets: int = 0
    epsilon: float = 1e-12


class Layer(nn.Module):
    """One layer: attention, then two matrices, each with a way around and a normalisation."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = shape.heads, dropout
        self.query = nn.Linear(shape.hidden, shape.hidden)
        self.key = nn.Linear(shape.hidden, shape.hidden)
        self.value = nn.Linear(shape.hidden, shape.hidden)
        self.attended = nn.Linear(shape.hidden, shape.hidden)
        self.attended_norm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.widen = nn.Linear(shape.hidden, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)

    def forward(self, hidden: Tensor, bias: Tensor | None) -> Tensor:
        """The layer's values, windows x pieces x hidden.

        Args:
            hidden: of the layer below, of the same shape.
            bias: added to the scores of attention, or True where a piece may be seen; windows x (1 or heads) x (1 or pieces) x pieces.
        """
        query, key, value = (self._split(part(hidden)) for part in (self.query, self.key, self.value))
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        seen = self.attended(seen.transpose(1, 2).flatten(2))
        hidden = self.attended_norm(hidden + drop(seen, self.dropout if self.training else 0))
        wide = self.narrow(functional.gelu(self.widen(hidden)))
        return self.norm(hidden + drop(wide, self.dropout if self.training else 0))

    def _split(self, values: Tensor) -> Tensor:
        return values.unflatten(2, (self.heads, -1)).transpose(1, 2)


class Tagger(nn.Module):
    """Encoder, features, head and chain.

    Args:
        shape: of the encoder.
        dropout: share of the hidden values that are dropped in training.
    """

    def __init__(self, shape: Shape, dropout: float = 0.0) -> None:
        super().__init__()
        self.shape, self.dropout = shape, dropout
        self.pieces = nn.Embedding(shape.pieces, shape.hidden)
        self.positions = nn.Embedding(shape.positions, shape.hidden)
        self.segment = nn.Parameter(torch.zeros(shape.hidden))
        self.embedded_norm = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.distances = nn.Embedding(shape.buckets, shape.heads) if shape.buckets else None
        self.features = nn.ModuleList(nn.Embedding(size, shape.hidden) for size in (SHAPES, QUOTATIONS, LINES))
        self.head = nn.Linear(shape.hidden, len(LABELS))
        self.chain = Chain(len(LABELS))

    def forward(self, pieces: Tensor, features: Tensor, lengths: Tensor, places: Tensor) -> Tensor:
        """The scores of the labels, words x labels.

        Args:
            pieces: windows x longest.
            features: windows x longest x 3.
            lengths: pieces of each window.
            places: for each scored word its window and its first piece there, 2 x words.
        """
        hidden = self.encode(pieces, features, lengths)[places[0], places[1]]
        return self.head(drop(hidden, self.dropout if self.training else 0))

    def encode(self, pieces: Tensor, features: Tensor, lengths: Tensor) -> Tensor:
        """The last layer's values, windows x longest x hidden; see `forward`."""
        longest = pieces.shape[1]
        places = torch.arange(longest)
        hidden = self.pieces(pieces) + self.positions(places) + self.segment
        for number, table in enumerate(self.features):
            hidden = hidden + table(features[..., number])
        hidden = drop(self.embedded_norm(hidden), self.dropout if self.training else 0)
        bias = self._bias(longest, places < lengths[:, None])
        for layer in self.layers:
            hidden = layer(hidden, bias)
        return hidden

    def _bias(self, longest: int, seen: Tensor) -> Tensor | None:
        """What attention adds to its scores: where nothing is padded and no distance counts, nothing."""
        if self.distances is None:
            return None if bool(seen.all()) else seen[:, None, None, :]
        places = torch.arange(longest)
        near = self.distances(distance_buckets(places[None, :] - places[:, None], self.shape.buckets)).permute(2, 0, 1)[None]
        return near.masked_fill(~seen[:, None, None, :], -torch.inf)


def drop(values: Tensor, share: float) -> Tensor:
    """Values of which a share, in 256ths, is set to nought and the rest made larger; a third of the time of PyTorch's own on a CPU.

    Source: N. Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting" (2014).

    Args:
        values: of any shape.
        share: of them that are dropped, 0 to 1.
    """
    dropped = round(_BYTE * share)
    if not dropped:
        return values
    count = values.numel()
    drawn = torch.randint(-(1 << 63), (1 << 63) - 1, ((count + 7) // 8,), dtype=torch.int64).view(torch.uint8)
    return values * ((drawn[:count].view(values.shape) >= dropped) * (_BYTE / (_BYTE - dropped)))


def distance_buckets(distances: Tensor, buckets: int) -> Tensor:
    """The bucket of each distance: half for what stands before; short distances have their own, longer ones share more and more.

    Args:
        distances: place of the piece seen, less that of the piece that sees.
        buckets: how many there are.
    """
    half = buckets // 2
    exact = half // 2
    steps = distances.abs()
    far = torch.log(steps.clamp(min=1).float() / exact) / math.log(_FARTHEST / exact) * (half - exact)
    far = (exact + far.long()).clamp(max=half - 1)
    return (distances > 0).long() * half + torch.where(steps < exact, steps, far)
