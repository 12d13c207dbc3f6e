"""Cuts words into the pieces that the encoder knows: uncased WordPiece.

Source: J. Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding" (2019), and Y. Wu et al.,
"Google's Neural Machine Translation System" (2016), section 4.1: the longest piece first.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

UNKNOWN, CLASSIFY, SEPARATE = "[UNK]", "[CLS]", "[SEP]"
LONGEST_WORD = 100  # characters; the encoder was trained with longer words as unknown
MOST_PIECES = 64  # a word; only text without spaces has more, and no window could hold it
REMEMBERED = 1 << 16  # words whose pieces are kept

_CJK = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs"})  # control, format, private, surrogate
_ASCII_MARKS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


class Vocabulary:
    """The encoder's pieces.

    Args:
        pieces: all of them; a piece's number is its place.

    Raises:
        ValueError: a piece for the unknown or a window's bounds is missing.
    """

    def __init__(self, pieces: Iterable[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        missing = [piece for piece in (UNKNOWN, CLASSIFY, SEPARATE) if piece not in self._numbers]
        if missing:
            raise ValueError(f"the vocabulary has no piece {missing[0]}")
        self.unknown = self._numbers[UNKNOWN]
        self.classify = self._numbers[CLASSIFY]
        self.separate = self._numbers[SEPARATE]
        self._remembered: dict[str, tuple[int, ...]] = {}

    @classmethod
    def read(cls, path: Path) -> "Vocabulary":
        """The pieces of a file, one a line.

        Raises:
            OSError: the file cannot be read.
            ValueError: it is no vocabulary.
        """
        return cls(path.read_text(encoding="utf-8").removesuffix("\n").split("\n"))

    def __len__(self) -> int:
        """How many pieces there are."""
        return len(self._numbers)

    def cut(self, forms: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """The pieces of words, each word cut alone.

        Args:
            forms: the words as written.

        Returns:
            The pieces' numbers, all words in order, and how many each word has: at least 1, at most `MOST_PIECES`.
        """
        remembered = self._remembered
        pieces = [remembered.get(form) or self._cut(form) for form in forms]
        counts = np.fromiter(map(len, pieces), np.int64, len(pieces))
        return np.fromiter((number for word in pieces for number in word), np.int64, int(counts.sum())), counts

    def _cut(self, form: str) -> tuple[int, ...]:
        short = form[: LONGEST_WORD + 1]
        numbers = [number for chunk in _chunks(short) for number in self._longest_first(chunk)]
        pieces = tuple(numbers[:MOST_PIECES]) or (self.unknown,)
        if len(form) <= LONGEST_WORD:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            self._remembered[form] = pieces
        return pieces

    def _longest_first(self, chunk: str) -> list[int]:
        if len(chunk) > LONGEST_WORD:
            return [self.unknown]
        numbers, start = [], 0
        while start < len(chunk):
            prefix = "##" if start else ""
            for end in range(len(chunk), start, -1):
                number = self._numbers.get(prefix + chunk[start:end])
                if number is not None:
                    numbers.append(number)
                    start = end
                    break
            else:
                return [self.unknown]
        return numbers


def _chunks(form: str) -> list[str]:
    """A word in plain lower-case letters, cut at marks and ideographs."""
    plain = "".join(c for c in form if c not in "\0\ufffd" and unicodedata.category(c) not in _INVISIBLE)
    if plain.isascii() and plain.isalnum():
        return [plain.lower()]
    spaced = "".join(f" {c} " if _is_ideograph(c) else c for c in plain)
    bare = "".join(c for c in unicodedata.normalize("NFD", spaced) if unicodedata.category(c) != "Mn")
    lower = "".join(c.lower() for c in bare)
    return "".join(f" {c} " if _is_mark(c) else c for c in lower).split()


def _is_ideograph(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in _CJK)


def _is_mark(character: str) -> bool:
    return character in _ASCII_MARKS or unicodedata.category(character)[0] == "P"
