"""The export: what it writes gives what the float model gives, and no window changes another's scores."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

onnx = pytest.importorskip("onnx", reason="writing models needs the extra `train`")

from reportedly.extract.tagging.encoder import OnnxEncoder  # noqa: E402 - after the skip
from reportedly.extract.tagging.inputs import FEATURES, WindowInput  # noqa: E402
from reportedly.extract.tagging.labels import LABELS  # noqa: E402
from reportedly.extract.tagging.specification import Specification  # noqa: E402
from reportedly.extract.tagging.words import LINES, QUOTATIONS, SHAPES  # noqa: E402
from reportedly.extract.training import export  # noqa: E402
from reportedly.extract.training.export import Run, export_tagger, measure_ranges, session_of  # noqa: E402
from reportedly.extract.training.graph import Entries, encoder_graph  # noqa: E402
from reportedly.extract.training.parameters import Parameters  # noqa: E402
from reportedly.extract.training.quantising import Levels, Range, even_out, quantised_columns, quantised_rows  # noqa: E402

PIECES, HIDDEN, INNER, WINDOW = 40, 64, 128, 48

Floats = npt.NDArray[np.float32]


@pytest.fixture(scope="module")
def arrays() -> dict[str, Floats]:
    """Random weights of two layers, with one channel far larger than the others."""
    numbers = np.random.default_rng(11)

    def drawn(*shape: int) -> Floats:
        return numbers.normal(scale=0.3, size=shape).astype(np.float32)

    found = {"pieces.weight": drawn(PIECES, HIDDEN), "positions.weight": drawn(WINDOW, HIDDEN), "segment": drawn(HIDDEN)}
    found |= {"embedded_norm.weight": 1 + drawn(HIDDEN), "embedded_norm.bias": drawn(HIDDEN)}
    found |= {f"features.{n}.weight": drawn(size, HIDDEN) for n, size in enumerate((SHAPES, QUOTATIONS, LINES))}
    found |= {"head.weight": drawn(len(LABELS), HIDDEN), "head.bias": drawn(len(LABELS))}
    found |= {"chain.transitions": drawn(7, 7), "chain.start": drawn(7), "chain.end": drawn(7)}
    for layer in ("layers.0", "layers.1"):
        for name, (outputs, inputs) in {
            "query": (HIDDEN, HIDDEN),
            "key": (HIDDEN, HIDDEN),
            "value": (HIDDEN, HIDDEN),
            "attended": (HIDDEN, HIDDEN),
            "widen": (INNER, HIDDEN),
            "narrow": (HIDDEN, INNER),
        }.items():
            found |= {f"{layer}.{name}.weight": drawn(outputs, inputs), f"{layer}.{name}.bias": drawn(outputs)}
        for name in ("attended_norm", "norm"):
            found |= {f"{layer}.{name}.weight": 1 + drawn(HIDDEN), f"{layer}.{name}.bias": drawn(HIDDEN)}
        found[f"{layer}.attended_norm.weight"][5] = 12.0
    return found


def windows(seed: int, count: int, length: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    numbers = np.random.default_rng(seed)
    pieces = numbers.integers(0, PIECES, (count, length)).astype(np.int32)
    return pieces, numbers.integers(0, FEATURES, (count, length)).astype(np.int32)


def inputs() -> Iterator[WindowInput]:
    for pieces, features in zip(*windows(1, 60, WINDOW), strict=True):
        yield WindowInput(pieces=pieces, features=features, places=np.arange(WINDOW))


def scores(
    parameters: Parameters,
    entries: Entries | None,
    pieces: npt.NDArray[np.int32],
    features: npt.NDArray[np.int32],
    *,
    packed: bool = False,
) -> Floats:
    session = session_of(encoder_graph(parameters, window=WINDOW, entries=entries, packed=packed))
    found: Floats = session.run(["scores"], {"pieces": pieces, "features": features})[0]
    return found


def reference(arrays: dict[str, Floats], pieces: Sequence[int], features: Sequence[int]) -> Any:
    """BERT's arithmetic in plain numpy, with the error function by its series."""
    from math import erf  # noqa: PLC0415 - only here

    def norm(x: Any, name: str) -> Any:
        centred = x - x.mean(-1, keepdims=True)
        return centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12) * arrays[f"{name}.weight"] + arrays[f"{name}.bias"]

    def linear(x: Any, name: str) -> Any:
        return x @ arrays[f"{name}.weight"].T.astype(float) + arrays[f"{name}.bias"]

    shape, rest = np.divmod(np.array(features), QUOTATIONS * LINES)
    quotation, line = np.divmod(rest, LINES)
    hidden = arrays["pieces.weight"][list(pieces)].astype(float) + arrays["positions.weight"][: len(pieces)] + arrays["segment"]
    for number, feature in enumerate((shape, quotation, line)):
        hidden = hidden + arrays[f"features.{number}.weight"][feature]
    hidden = norm(hidden, "embedded_norm")
    for layer in ("layers.0", "layers.1"):
        query, key, value = (linear(hidden, f"{layer}.{n}").reshape(-1, 2, 32).transpose(1, 0, 2) for n in ("query", "key", "value"))
        agreement = np.exp(query @ key.transpose(0, 2, 1) / 32**0.5)
        seen = (agreement / agreement.sum(-1, keepdims=True) @ value).transpose(1, 0, 2).reshape(-1, HIDDEN)
        hidden = norm(hidden + linear(seen, f"{layer}.attended"), f"{layer}.attended_norm")
        wide = linear(hidden, f"{layer}.widen")
        wide = wide * 0.5 * (1 + np.vectorize(erf)(wide / 2**0.5))
        hidden = norm(hidden + linear(wide, f"{layer}.narrow"), f"{layer}.norm")
    return linear(hidden, "head")


def test_float_graph_computes_berts_arithmetic(arrays: dict[str, Floats]) -> None:
    """The graph's scores are those of the published equations, to the rounding of the table of pieces."""
    table, scale = quantised_rows(arrays["pieces.weight"])
    exact = arrays | {"pieces.weight": table * scale[:, None]}
    pieces, features = windows(2, 1, 30)
    found = scores(Parameters.of(exact), None, pieces, features)[0]
    assert found == pytest.approx(reference(exact, pieces[0].tolist(), features[0].tolist()), abs=2e-3)


def test_eight_bits_stay_near_the_floats(arrays: dict[str, Floats]) -> None:
    """Quantised scores follow the float ones, and evening out large channels brings them nearer than leaving them."""
    parameters = Parameters.of(arrays)
    ranges = measure_ranges(parameters, inputs(), WINDOW)
    pieces, features = windows(3, 16, WINDOW)
    floats = scores(parameters, None, pieces, features)

    def error(found: Floats) -> float:
        return float(np.sqrt(((found - floats) ** 2).mean()) / floats.std())

    evened = error(scores(*even_out(parameters, ranges), pieces, features))
    uneven = error(scores(parameters, {name: seen.levels(None) for name, seen in ranges.items()}, pieces, features))
    assert evened < uneven
    assert evened < 0.15


@pytest.mark.parametrize("count", [1, 8, 64])
def test_neighbours_in_a_batch_change_nothing(arrays: dict[str, Floats], count: int) -> None:
    """A window's scores are the same bits alone and among any 1, 8 or 64 windows."""
    parameters, entries = even_out(Parameters.of(arrays), measure_ranges(Parameters.of(arrays), inputs(), WINDOW))
    pieces, features = windows(4, count, WINDOW)
    together = scores(parameters, entries, pieces, features)
    for place in range(0, count, 7):
        alone = scores(parameters, entries, pieces[place : place + 1], features[place : place + 1])
        assert np.array_equal(together[place], alone[0])


def test_packed_weights_are_nearer_the_floats_than_eight_bits_on_both_sides(arrays: dict[str, Floats]) -> None:
    """Products of floats with weights of eight bits follow the float graph more closely, and only what is asked for comes out."""
    parameters = Parameters.of(arrays)
    pieces, features = windows(3, 16, WINDOW)
    floats = scores(parameters, None, pieces, features)
    packed = scores(parameters, None, pieces, features, packed=True)
    eight = scores(*even_out(parameters, measure_ranges(parameters, inputs(), WINDOW)), pieces, features)
    assert 0 < np.square(packed - floats).mean() < np.square(eight - floats).mean() / 2
    assert [output.name for output in encoder_graph(parameters, window=WINDOW, packed=True).graph.output] == ["scores"]


@pytest.mark.parametrize("count", [1, 8, 64])
@pytest.mark.parametrize("length", [1, 3, 17, WINDOW])
def test_neighbours_change_nothing_where_products_are_of_floats(arrays: dict[str, Floats], count: int, length: int) -> None:
    """A window's scores are the same bits alone and among any 1, 8 or 64 windows with products of floats, too, whatever its length."""
    pieces, features = windows(5, count, length)
    together = scores(Parameters.of(arrays), None, pieces, features, packed=True)
    for place in range(0, count, 7):
        alone = scores(Parameters.of(arrays), None, pieces[place : place + 1], features[place : place + 1], packed=True)
        assert np.array_equal(together[place], alone[0])


def test_ranges_of_the_batch_at_hand_would_change_scores(arrays: dict[str, Floats]) -> None:
    """The test above fails for a model that measures its ranges as it runs: neighbours change its scores."""
    parameters = Parameters.of(arrays)
    entries = dict.fromkeys(measure_ranges(parameters, inputs(), WINDOW))
    pieces, features = windows(4, 8, WINDOW)
    together, alone = scores(parameters, entries, pieces, features), scores(parameters, entries, pieces[:1], features[:1])
    assert not np.array_equal(together[0], alone[0])


def test_quantised_weights_are_within_half_a_level() -> None:
    """Rounding moves no weight by more than half a level of its output."""
    weight = np.random.default_rng(0).normal(size=(20, 6)).astype(np.float32)
    levels, scale = quantised_columns(weight)
    assert np.abs(levels * scale - weight).max(axis=0) == pytest.approx(scale / 2, abs=1e-6, rel=0.5)
    assert np.abs(levels).max() == 127


def test_levels_hold_zero_and_both_ends() -> None:
    """Zero has a level of its own, also where all values are on one side of it."""
    for low, high in ((-1.0, 3.0), (2.0, 5.0), (-4.0, -1.0), (0.0, 0.0)):
        cut = Levels.spanning(low, high)
        assert 0 <= cut.zero <= 255
        assert (0 - cut.zero) * cut.scale <= min(low, 0) + cut.scale
        assert (255 - cut.zero) * cut.scale >= max(high, 0) - cut.scale


def test_ranges_join() -> None:
    """The range over two windows holds both."""
    one, other = (Range(low=np.full(2, low, np.float32), high=np.full(2, high, np.float32)) for low, high in ((-1, 2), (-3, 1)))
    both = one | other
    assert (both.low.tolist(), both.high.tolist(), both.size.tolist()) == ([-3, -3], [2, 2], [3, 3])


def _vocabulary(folder: Path) -> Path:
    path = folder / "vocabulary.txt"
    path.write_text("\n".join(["[UNK]", "[CLS]", "[SEP]", *map(chr, range(97, 97 + 26)), *map(str, range(10)), "."]), encoding="utf-8")
    return path


def test_export_needs_text(arrays: dict[str, Floats], tmp_path: Path) -> None:
    """Without text there are no ranges, and nothing is written."""
    with pytest.raises(ValueError, match="no text"):
        export_tagger(arrays, [], _vocabulary(tmp_path), tmp_path / "model", Run(window=WINDOW))
    assert not (tmp_path / "model").exists()


def test_model_too_large_to_ship_is_refused(arrays: dict[str, Floats], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the package cannot carry is not written."""
    monkeypatch.setattr(export, "LARGEST", 1_000)
    with pytest.raises(ValueError, match="more than 1000"):
        export_tagger(arrays, ["a b c."], _vocabulary(tmp_path), tmp_path / "model", Run(window=WINDOW))
    assert not (tmp_path / "model").exists()


def test_missing_weight_is_named(arrays: dict[str, Floats]) -> None:
    """A state dictionary of another kind of tagger is refused with the weight's name."""
    with pytest.raises(ValueError, match=r"head\.bias"):
        Parameters.of({name: array for name, array in arrays.items() if name != "head.bias"})
    with pytest.raises(ValueError, match="distances"):
        Parameters.of(arrays | {"distances.weight": np.zeros((32, 2), np.float32)})


def test_products_of_floats_need_no_text(arrays: dict[str, Floats], tmp_path: Path) -> None:
    """A tagger whose products stay in floats has no ranges to measure; it is written and can be run."""
    export_tagger(arrays, [], _vocabulary(tmp_path), tmp_path / "model", Run(window=WINDOW, floats=True))
    pieces, features = windows(6, 1, 9)
    assert OnnxEncoder(tmp_path / "model", Specification.read(tmp_path / "model")).scores(pieces[0], features[0]).shape == (9, len(LABELS))


def test_model_beside_is_written(arrays: dict[str, Floats], tmp_path: Path) -> None:
    """What a recipe mixes in stands in the specification, and nothing about it where nothing is mixed in."""
    written = export_tagger(arrays, [], tmp_path / "none", tmp_path / "mixed", Run(window=WINDOW, floats=True, beside="default", share=0.2))
    assert (written.beside, written.share) == ("default", 0.2)
    assert Specification.read(tmp_path / "mixed").rows() == written.rows()
    alone = export_tagger(arrays, [], tmp_path / "none", tmp_path / "alone", Run(window=WINDOW, floats=True))
    assert not {"beside", "share"} & alone.rows().keys()


def test_same_weights_give_the_same_file(arrays: dict[str, Floats], tmp_path: Path) -> None:
    """Exporting twice writes the same bytes."""
    digests = [export_tagger(arrays, ["a b."], _vocabulary(tmp_path), tmp_path / name, Run(window=WINDOW)).weights for name in "ab"]
    assert digests[0] == digests[1]
