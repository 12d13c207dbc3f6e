from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.extract.tagging.vocabulary import LONGEST_WORD, MOST_PIECES, Vocabulary

PIECES = ("[UNK]", "[CLS]", "[SEP]", "ferry", "fer", "##ry", "##r", "##y", "cafe", "snake", "_", "case", "中", "i", "##stanbul", "a", "##a")
VOCABULARY = Vocabulary(PIECES)


def cut(form: str) -> list[str]:
    numbers, counts = VOCABULARY.cut([form])
    assert counts.tolist() == [len(numbers)]
    return [PIECES[number] for number in numbers]


@pytest.mark.parametrize(
    ("form", "pieces"),
    [
        ("Ferry", ["ferry"]),
        ("ferrry", ["fer", "##r", "##ry"]),
        ("Café", ["cafe"]),
        ("snake_case", ["snake", "_", "case"]),
        ("中中", ["中", "中"]),
        ("İstanbul", ["i", "##stanbul"]),
        ("xyz", ["[UNK]"]),
        ("\u0301", ["[UNK]"]),
        ("a" * LONGEST_WORD, None),
        ("a" * (LONGEST_WORD + 1), ["[UNK]"]),
    ],
)
def test_words_are_cut_as_the_encoder_learned_them(form: str, pieces: list[str] | None) -> None:
    """Longest piece first, without accents and case, apart at marks and ideographs; too long a word is unknown."""
    assert cut(form) == (pieces if pieces is not None else (["a"] + ["##a"] * LONGEST_WORD)[:MOST_PIECES])


def test_one_word_never_fills_a_window() -> None:
    """Text without spaces gives no more pieces a word than fit."""
    assert len(cut("中" * 500)) == MOST_PIECES


@given(st.lists(st.text(min_size=1, max_size=8), max_size=6))
def test_words_are_cut_one_by_one(forms: list[str]) -> None:
    """A word's pieces do not depend on its neighbours or on what was cut before."""
    numbers, counts = Vocabulary(PIECES).cut(forms)
    assert numbers.tolist() == [number for form in forms for number in VOCABULARY.cut([form])[0].tolist()]
    assert all(counts >= 1)


def test_vocabulary_needs_its_own_marks(tmp_path: Path) -> None:
    """A file that is no vocabulary is refused."""
    path = tmp_path / "vocabulary.txt"
    path.write_text("ferry\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"\[UNK\]"):
        Vocabulary.read(path)
