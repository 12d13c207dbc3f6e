"""The tokens that numerals are made of: runs of digits, signs of fractions, words."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportedly.language.tables import load_table

_TOKEN = re.compile(
    r"(?P<digits>(?<!\d)(?:\d{1,3}(?:,\d{3}){1,8}(?!\d)|\d{1,2}(?:,\d{2}){1,6},\d{3}(?!\d)"
    r"|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3}){1,8}(?!\d)|\d+)(?:\.\d+)?|(?<![\w.])\.\d+)"
    r"|(?P<sign>[\u00bc-\u00be\u2150-\u215e])|(?P<word>[^\W\d_]+)"
)
_GAP = re.compile(r"[ \u00a0\u202f]|[-\u2010\u2011]|\s{1,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A run of digits, a sign of a fraction or a word.

    Attributes:
        kind: `digits`, `sign` or `word`.
        start: first character in the text.
        end: one past the last.
        text: the characters.
    """

    kind: str
    start: int
    end: int
    text: str

    @property
    def lower(self) -> str:
        """The characters in lower case."""
        return self.text.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """A text with its tokens.

    Attributes:
        text: the text.
        tokens: its tokens in order.
    """

    text: str
    tokens: Sequence[Token]

    def near(self, place: int, *, glued: bool = False) -> Token | None:
        """The token at `place` where only a space or a hyphen (nothing, if `glued`) parts it from the one before."""
        if not 0 < place < len(self.tokens):
            return None
        gap = self.text[self.tokens[place - 1].end : self.tokens[place].start]
        fits = gap == "" if glued else _GAP.fullmatch(gap) is not None
        return self.tokens[place] if fits else None

    def words_at(self, place: int, words: tuple[str, ...]) -> bool:
        """Whether these words, a space or a hyphen before each, stand from `place` on."""
        return all((t := self.near(place + i)) is not None and t.lower == w for i, w in enumerate(words))


def find_tokens(text: str) -> list[Token]:
    """The tokens of a text in order."""
    return [Token(kind=str(m.lastgroup), start=m.start(), end=m.end(), text=m.group()) for m in _TOKEN.finditer(text)]


def numbers_table() -> dict[str, Any]:
    """The table of numerals."""
    return load_table("numbers")


@functools.cache
def small_words() -> frozenset[str]:
    """The number words below a hundred."""
    table = numbers_table()
    return frozenset(table["ones"]["words"]) | frozenset(table["tens"]["words"])
