"""The tokens that numerals are made of: runs of digits, signs of fractions, words."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from reportedly.language.tables import load_table

_TOKEN = re.compile(
    r"(?P<digits>(?<!\d)(?:\d{1,3}(?:,\d{3}){1,8}(?!\d)|\d{1,2}(?:,\d{2}){1,6},\d{3}(?!\d)"
    r"|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3}){1,8}(?!\d)|\d+)(?:\.\d+)?|(?<![\w.])\.\d+)"
    r"|(?P<sign>[\u00bc-\u00be\u2150-\u215e])|(?P<word>[^\W\d_]+)"
)
_SIGN = re.compile(r"[\d\u00bc-\u00be\u2150-\u215e]")
_WORD = re.compile(r"[a-z]+")
_GAP = re.compile(r"[ \u00a0\u202f]|[-\u2010\u2011]|\s{1,3}")


class Token(NamedTuple):
    """A run of digits, a sign of a fraction or a word; a tuple, for a text has as many as it has words.

    Attributes:
        kind: `digits`, `sign` or `word`.
        start: first character in the text.
        end: one past the last.
        text: the characters.
        lower: the characters in lower case.
    """

    kind: str
    start: int
    end: int
    text: str
    lower: str


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
    return [Token(str(m.lastgroup), m.start(), m.end(), word := m.group(), word.lower()) for m in _TOKEN.finditer(text)]


def may_hold_numerals(text: str) -> bool:
    """Whether any word or character of a text can begin a numeral; most paragraphs hold none and need no tokens."""
    if _SIGN.search(text):
        return True
    words = _WORD.findall(text.lower())
    return not _starting_words().isdisjoint(words) or any(word.endswith(_fold()) for word in words)


@functools.cache
def _starting_words() -> frozenset[str]:
    """Words one of which every numeral in words holds: `a hundred` begins with an article, but holds `hundred`."""
    table = numbers_table()
    named = ("ones", "tens", "scales", "groups", "couple", "fractions")
    listed = [word for section in named for word in table[section]["words"]]
    vague = table["vague"]
    return frozenset([*listed, *table["plural_groups"]["words"], *vague["words"], *vague["after_article"], *vague["scores"]])


@functools.cache
def _fold() -> str:
    return str(numbers_table()["folds"]["ending"])


def numbers_table() -> dict[str, Any]:
    """The table of numerals."""
    return load_table("numbers")


@functools.cache
def small_words() -> frozenset[str]:
    """The number words below a hundred."""
    table = numbers_table()
    return frozenset(table["ones"]["words"]) | frozenset(table["tens"]["words"])
