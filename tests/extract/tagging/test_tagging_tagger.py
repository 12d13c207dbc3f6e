import itertools
import json
import platform
import random
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.errors import BrokenModelError, NoModelError
from reportedly.extract.tagging.decoding import Transitions
from reportedly.extract.tagging.encoder import sums_exactly
from reportedly.extract.tagging.labels import LABELS
from reportedly.extract.tagging.specification import SPECIFICATION, WEIGHTS, Specification
from reportedly.extract.tagging.tagger import Tagger
from reportedly.extract.tagging.vocabulary import Vocabulary
from reportedly.extract.tagging.words import read_words

NAMES = "abcdefghijklmnopqrstuvwxyz"
VOCABULARY = Vocabulary(["[UNK]", "[CLS]", "[SEP]", *NAMES, *(f"##{c}" for c in NAMES), ".", "said"])
SPREAD = Specification(
    name="double",
    transitions=Transitions.of(np.zeros((7, 7)), np.zeros(7), np.zeros(7)),
    window=80,
    context=0,
    layers=0,
    weights="",
    configuration=None,
)


class LookupEncoder:
    """A double: every piece has the label of its number."""

    def scores(self, pieces: npt.NDArray[np.int32], features: npt.NDArray[np.int32]) -> npt.NDArray[np.float32]:
        assert pieces.shape == features.shape
        scores = np.zeros((len(pieces), len(LABELS)), np.float32)
        scores[range(len(pieces)), np.minimum(pieces % len(LABELS), 6)] = 9.0
        return scores


def double(window: int = 80) -> Tagger:
    return Tagger(replace(SPREAD, window=window), VOCABULARY, LookupEncoder())


@given(st.lists(st.text(alphabet='abcg. \n“”"é', max_size=40), max_size=5))
def test_spans_lie_in_their_paragraphs(paragraphs: list[str]) -> None:
    """Each paragraph has a tuple of its own; spans are in order, apart, within one line and bounded by words."""
    found = double().tag(paragraphs)
    assert len(found) == len(paragraphs)
    for paragraph, spans in zip(paragraphs, found, strict=True):
        assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
        for span in spans:
            words = paragraph[span.start : span.end]
            assert words
            assert words == words.strip()
            assert "\n" not in words
            assert 0.0 <= span.score <= 1.0


@given(st.lists(st.text(alphabet="abcg. ", max_size=80), min_size=1, max_size=4), st.integers(66, 200))
def test_windows_do_not_show_in_the_spans_of_a_blind_encoder(paragraphs: list[str], window: int) -> None:
    """Where a word's label depends on the word alone, where windows are cut changes nothing."""
    assert double(window).tag(paragraphs) == double(100_000).tag(paragraphs)


def test_span_has_the_words_that_the_labels_cover() -> None:
    """Labels become a part, its offsets in its paragraph and how sure the model is."""
    content = next(c for c in "abcdefg" if (VOCABULARY.cut([c])[0][0] % 7) == LABELS.index("B-Content"))
    outside = next(c for c in "abcdefg" if (VOCABULARY.cut([c])[0][0] % 7) == 0)
    first, second = double().tag([outside, f"{outside} {content}"])
    assert first == ()
    assert [(s.part, s.start, s.end) for s in second] == [("content", 2, 3)]
    assert second[0].score == pytest.approx(1.0, abs=0.01)


def test_nothing_gives_nothing() -> None:
    """No paragraphs, and paragraphs without words, have no spans."""
    assert double().tag([]) == []
    assert double().tag(["", " \n"]) == [(), ()]


@pytest.mark.parametrize(
    "text",
    ["word " * 40_000, "“" * 10_000, '"a" ' * 10_000, "中" * 100_000, "a\n" * 50_000],
    ids=["paragraph", "marks", "quotes", "ideographs", "lines"],
)
def test_large_texts_take_bounded_time(text: str) -> None:
    """Words, windows and decoding of a large text take seconds, whatever it is made of."""
    started = time.thread_time()
    double().tag([text])
    assert time.thread_time() - started < 20


def test_written_model_is_read_and_run(model_folder: Path, vocabulary_file: Path) -> None:
    """What the export writes can be loaded, and gives a score for each word."""
    tagger = Tagger.read(model_folder, vocabulary_file)
    words = read_words("The ferry left, said the harbour master.\nNobody asked.")
    scores = tagger.score(words)
    assert scores.shape == (len(words), len(LABELS))
    assert np.isfinite(scores).all()
    assert (tagger.specification.layers, tagger.specification.window, tagger.specification.configuration) == (2, 48, "f" * 64)


def test_article_has_the_same_spans_in_any_company(model_folder: Path, vocabulary_file: Path) -> None:
    """Spans and scores of a text are identical alone and after 1, 8 or 64 others, in any order."""
    draw = random.Random(4)
    texts = [" ".join("".join(draw.choices(NAMES, k=draw.randint(1, 7))) for _ in range(draw.randint(1, 90))) + "." for _ in range(64)]
    alone = {text: Tagger.read(model_folder, vocabulary_file).tag([text]) for text in texts[:4]}
    tagger = Tagger.read(model_folder, vocabulary_file)
    for count in (1, 8, 64):
        company = texts[:count]
        draw.shuffle(company)
        found = {text: tagger.tag([text]) for text in company}
        assert all(found[text] == alone[text] for text in alone if text in found)
    assert any(spans != [()] for spans in alone.values())


class ShiftedEncoder(LookupEncoder):
    """A double that scores every label one higher than the other does for the label before it."""

    def scores(self, pieces: npt.NDArray[np.int32], features: npt.NDArray[np.int32]) -> npt.NDArray[np.float32]:
        return np.roll(super().scores(pieces, features), 1, axis=1) + np.float32(1.0)


def pair(share: float) -> tuple[Tagger, Tagger, Tagger]:
    """A tagger, another, and the first with the other beside it."""
    drawn = np.random.default_rng(7)
    other = replace(SPREAD, weights="b" * 64, transitions=Transitions.of(drawn.random((7, 7)), drawn.random(7), drawn.random(7)))
    alone, beside = double(), Tagger(other, VOCABULARY, ShiftedEncoder())
    mixed = replace(SPREAD, weights="a" * 64, beside="other", share=share)
    return alone, beside, Tagger(mixed, VOCABULARY, LookupEncoder(), beside)


@given(st.text(alphabet="abcdefg. \n", max_size=120), st.floats(0.05, 0.95))
def test_two_taggers_score_as_their_weighted_mean(text: str, share: float) -> None:
    """Scores and transitions of a tagger with another beside it are the means of both by its share."""
    alone, beside, both = pair(share)
    words = read_words(text)
    if len(words):
        assert both.score(words) == pytest.approx((1 - share) * alone.score(words) + share * beside.score(words), abs=1e-5)
    for mine, own, its in zip(*(vars_of(t.transitions) for t in (both, alone, beside)), strict=True):
        assert mine == pytest.approx((1 - share) * own + share * its)


def vars_of(transitions: Transitions) -> tuple[npt.NDArray[np.float64], ...]:
    return transitions.between, transitions.start, transitions.end


def test_weights_name_all_that_scores_depend_on() -> None:
    """What tells extractors apart holds the digests of both models, so that a change of either shows."""
    alone, beside, both = pair(0.25)
    assert (alone.weights, beside.weights, both.weights) == ("", "b" * 12, f"{'a' * 12}+{'b' * 12}")


def test_model_is_read_with_the_one_beside_it(model_folder: Path, vocabulary_file: Path, tmp_path: Path) -> None:
    """A specification that names a model brings it; one that does not ship is named, and a share that mixes nothing is refused."""
    rows = json.loads((model_folder / SPECIFICATION).read_text(encoding="utf-8"))
    folder = copied(model_folder, tmp_path)
    specification = folder / SPECIFICATION
    specification.write_text(json.dumps(rows | {"beside": "default", "share": 0.25}), encoding="utf-8")
    tagger = Tagger.read(folder, vocabulary_file)
    assert tagger.weights == f"{rows['weights'][:12]}+{Tagger.load('default').weights}"
    assert tagger.specification.rows() == rows | {"beside": "default", "share": 0.25}
    specification.write_text(json.dumps(rows | {"beside": "huge", "share": 0.25}), encoding="utf-8")
    with pytest.raises(NoModelError, match="no model 'huge'"):
        Tagger.read(folder, vocabulary_file)
    for share in (0, 1, -0.5):
        specification.write_text(json.dumps(rows | {"beside": "default", "share": share}), encoding="utf-8")
        with pytest.raises(BrokenModelError, match=r"tagger\.json"):
            Tagger.read(folder, vocabulary_file)


def copied(folder: Path, target: Path) -> Path:
    return Path(shutil.copytree(folder, target / "copy"))


def test_missing_file_is_named(model_folder: Path, vocabulary_file: Path, tmp_path: Path) -> None:
    """A model, a weights file or a vocabulary that is not there gives an error with its path."""
    with pytest.raises(NoModelError, match="no model 'none'"):
        Tagger.read(tmp_path / "none", vocabulary_file)
    with pytest.raises(NoModelError, match=r"pieces\.txt"):
        Tagger.read(model_folder, tmp_path / "pieces.txt")
    broken = copied(model_folder, tmp_path)
    (broken / WEIGHTS).unlink()
    with pytest.raises(NoModelError, match=r"model\.onnx"):
        Tagger.read(broken, vocabulary_file)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"format": 1}'])
def test_unreadable_specification_is_named(content: str, model_folder: Path, vocabulary_file: Path, tmp_path: Path) -> None:
    """A specification that is cut off or none gives an error with its path."""
    broken = copied(model_folder, tmp_path)
    (broken / SPECIFICATION).write_text(content, encoding="utf-8")
    with pytest.raises(BrokenModelError, match=r"tagger\.json"):
        Tagger.read(broken, vocabulary_file)


def test_other_format_is_refused(model_folder: Path, vocabulary_file: Path, tmp_path: Path) -> None:
    """A model of another version's format is not run."""
    broken = copied(model_folder, tmp_path)
    rows = json.loads((broken / SPECIFICATION).read_text(encoding="utf-8"))
    (broken / SPECIFICATION).write_text(json.dumps(rows | {"format": 99}), encoding="utf-8")
    with pytest.raises(BrokenModelError, match="format 99"):
        Tagger.read(broken, vocabulary_file)


def test_weights_that_changed_are_refused(model_folder: Path, vocabulary_file: Path, tmp_path: Path) -> None:
    """A weights file that is cut off or of another model is found out by its digest."""
    broken = copied(model_folder, tmp_path)
    (broken / WEIGHTS).write_bytes((broken / WEIGHTS).read_bytes()[:-100])
    with pytest.raises(BrokenModelError, match="digest"):
        Tagger.read(broken, vocabulary_file)


def test_weights_that_are_no_model_are_refused(model_folder: Path, vocabulary_file: Path, tmp_path: Path) -> None:
    """Bytes that no runtime can load give an error and no traceback of the runtime's."""
    broken = copied(model_folder, tmp_path)
    (broken / WEIGHTS).write_bytes(b"none")
    rows = json.loads((broken / SPECIFICATION).read_text(encoding="utf-8"))
    digest = "140bedbf9c3f6d56a9846d2ba7088798683f4da0c248231336e6a05679e4fdfe"
    (broken / SPECIFICATION).write_text(json.dumps(rows | {"weights": digest}), encoding="utf-8")
    with pytest.raises(BrokenModelError, match=r"model\.onnx"):
        Tagger.read(broken, vocabulary_file)


def test_unknown_model_is_named() -> None:
    """Asking for a model that does not ship says so."""
    with pytest.raises(NoModelError, match="no model 'huge'"):
        Tagger.load("huge")


def test_runtime_is_loaded_only_to_tag() -> None:
    """Importing the tagger does not import ONNX Runtime."""
    program = "import sys, reportedly.extract.tagging.tagger; sys.exit('onnxruntime' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize(("machine", "flags", "exact"), [("x86_64", "avx2", False), ("x86_64", "avx512_vnni", True), ("arm64", "", True)])
def test_processors_that_sum_in_too_few_bits_are_known(machine: str, flags: str, *, exact: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of Intel's kind without the instructions for it are told to sum exactly."""
    monkeypatch.setattr(platform, "machine", lambda: machine)
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: f"flags: {flags}")
    assert sums_exactly.__wrapped__() == exact
