"""The numerals of English in raw text: digits, words, fractions, magnitudes and vague words. No parser, one pass, linear time."""

import functools
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reportedly.language.numerals.cardinals import Cardinal
from reportedly.language.numerals.tokens import Tokens, find_tokens, may_hold_numerals, numbers_table, small_words
from reportedly.language.tables import load_table

LONGEST = 30
"""A run of more characters than this is no number that anybody counted."""

_PLACES = Decimal("0.000001")
_POWER = re.compile(r"\s?[x×·]\s?10(?:\^|\*\*)?\s?(?P<plain>(?<=[\^*])[-\u2212]?\d{1,2}|(?<=\^\s)[-\u2212]?\d{1,2}|[⁻]?[⁰¹²³⁴-⁹]{1,2})")
_SUPERSCRIPT = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹\u2212", "-0123456789-")
_MONEY = re.compile(r"(?:[$€£¥₹₩₽₺₴₦]|\b[A-Z]{1,3}=|\b[A-Z]{2,3})\s?$")
_COUNTED_NEXT = re.compile(r"\s+(?P<word>[^\W\d_]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A number as written.

    Attributes:
        start: first character in the text that was searched.
        end: one past the last.
        value: what it says; None where the word is vague ("dozens").
        mantissa: the value without the magnitude that ends it (1.2 of "1.2 million"); equal to `value` where there is none.
        in_digits: whether it begins with digits.
        about: whether the words themselves say that it is not exact ("a couple").
        ratio: whether it is a fraction of something ("two thirds").
        word: its first word in lower case; empty for digits.
    """

    start: int
    end: int
    value: Decimal | None
    mantissa: Decimal | None = None
    in_digits: bool = False
    about: bool = False
    ratio: bool = False
    word: str = ""

    @property
    def scale(self) -> Decimal:
        """The magnitude that ends it: 1000000 of "1.2 million", 1 where there is none."""
        return self.value / self.mantissa if self.value and self.mantissa else Decimal(1)


def find_numerals(text: str) -> list[Numeral]:
    """Every numeral of a text, in order, none overlapping another.

    Years, dates and names of models are numerals too: `language/numerals/designations.py` tells them apart.

    Args:
        text: any text.

    Returns:
        The numerals; a run of digits longer than `LONGEST` is none.
    """
    if not may_hold_numerals(text):
        return []
    tokens = find_tokens(text)
    reader = _Reader(text=text, tokens=tokens)
    starters, fold = _starters(), numbers_table()["folds"]["ending"]
    found: list[Numeral] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        begins = token.kind != "word" or token.lower in starters or token.lower.endswith(fold)
        read = reader.read(place) if begins else None
        if read is None:
            place += 1
            continue
        numeral, place = read
        found.append(numeral)
    return found


_Read = tuple[Numeral, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader(Tokens):
    """Reads one numeral from a place among the tokens; every method looks ahead a bounded number of tokens."""

    def read(self, place: int) -> _Read | None:
        token = self.tokens[place]
        if token.kind == "digits":
            return self._digits(place)
        if token.kind == "sign":
            value = _sign(token.text)
            return self._fraction_tail(place, place + 1, value)
        if token.lower in _starters():
            return self._phrase(place)
        fold = token.lower.removesuffix(numbers_table()["folds"]["ending"])
        if fold != token.lower and fold in small_words():
            value = (numbers_table()["ones"]["words"] | numbers_table()["tens"]["words"])[fold]
            return self._make(place, place + 1, Decimal(value), ratio=True)
        return None

    def _make(self, first: int, after: int, value: Decimal | None, **more: Any) -> _Read:  # noqa: ANN401 - fields of Numeral
        start, end = self.tokens[first].start, self.tokens[after - 1].end
        word = "" if self.tokens[first].kind == "digits" else self.tokens[first].lower
        more.setdefault("mantissa", value)
        return Numeral(start=start, end=end, value=value, word=word, **more), after

    # digits

    def _digits(self, place: int) -> _Read | None:
        token = self.tokens[place]
        if len(token.text) > LONGEST:
            return None
        value = Decimal(re.sub(r"[,\s]", "", token.text))
        after = place + 1
        slash = self._slash(place, value)
        if slash is not None:
            return slash
        power = _POWER.match(self.text, token.end)
        if power:
            value = value.scaleb(int(power["plain"].translate(_SUPERSCRIPT)))
            numeral, _ = self._make(place, after, value, in_digits=True)
            while after < len(self.tokens) and self.tokens[after].start < power.end():
                after += 1
            return _stretch(numeral, power.end()), after
        value, after = self._mixed(after, value)
        mantissa = value
        value, after = self._magnitude(place, after, value)
        return self._make(place, after, value, mantissa=mantissa, in_digits=True)

    def _slash(self, place: int, above: Decimal) -> _Read | None:
        """`1/2`, also with the fraction slash; the denominator must be one that news text uses."""
        if place + 1 >= len(self.tokens) or self.tokens[place + 1].kind != "digits":
            return None
        gap = self.text[self.tokens[place].end : self.tokens[place + 1].start]
        below = self.tokens[place + 1].text
        if (
            gap not in {"/", "\u2044"}
            or len(below) > len("1000")
            or not below.isdecimal()
            or int(below) not in numbers_table()["slashes"]["denominators"]
            or above >= int(below)
        ):
            return None
        end = self.tokens[place + 1].end
        if self.text[end : end + 1] in {"/", "-"}:
            return None
        value = above / int(below)
        return self._make(place, place + 2, value, in_digits=True, ratio=True)

    def _mixed(self, after: int, value: Decimal) -> tuple[Decimal, int]:
        """`3½`, `3 1/2`, `3 and a half`."""
        token = self.near(after) or self.near(after, glued=True)
        if token and token.kind == "sign":
            return value + _sign(token.text), after + 1
        if token and token.kind == "digits":
            fraction = self._slash(after, Decimal(token.text.replace(",", ""))) if len(token.text) <= 2 else None  # noqa: PLR2004 - a numerator
            if fraction and fraction[0].value is not None and value < 1000:  # noqa: PLR2004 - nobody writes 1,000 1/2
                return value + fraction[0].value, fraction[1]
        if self.words_at(after, ("and", "a", "half")):
            return value + Decimal("0.5"), after + 3
        return value, after

    def _magnitude(self, first: int, after: int, value: Decimal) -> tuple[Decimal, int]:
        """`4 hundred million`, `1.2m`, `10K`, `2.1 lakh`."""
        scales = numbers_table()["scales"]["words"] | numbers_table()["groups"]["words"]
        while (token := self.near(after) or self.near(after, glued=True)) and token.kind == "word":
            if token.lower in scales:
                value, after = value * scales[token.lower], after + 1
                continue
            suffix = self._suffix(first, after)
            if suffix is None:
                break
            return value * suffix, after + 1
        return value, after

    def _suffix(self, first: int, place: int) -> int | None:
        rows = numbers_table()["suffixes"]
        token = self.tokens[place]
        glued = self.tokens[place - 1].end == token.start
        value: int | None = rows["words"].get(token.text)
        if value is None or not (glued or token.text in rows["after_space"]):
            return None
        start = self.tokens[first].start
        if _MONEY.search(self.text[max(0, start - 6) : start]):
            return value
        following = _COUNTED_NEXT.match(self.text, token.end)
        word = following["word"].lower() if following else ""
        if word in rows["no_magnitude_before"].get(token.lower, ()):
            return None
        if token.text not in rows["ambiguous"]:
            return value
        return value if word and word not in rows["not_before"] and token.text not in rows["money_only"] else None

    # words

    def _phrase(self, place: int) -> _Read | None:
        token = self.tokens[place]
        if token.lower in {"a", "an"}:
            return self._after_article(place)
        if token.lower == "half":
            return self._half(place)
        if token.lower in numbers_table()["couple"]["words"]:
            return self._couple(place, place)
        return self._vague(place) or self._cardinal(place, place)

    def _after_article(self, place: int) -> _Read | None:
        """`a hundred`, `a dozen`, `a couple of thousand`, `a few hundred`, `a third of`, `a half`."""
        token, table = self.near(place + 1), numbers_table()
        if token is None or token.kind != "word":
            return None
        word, read = token.lower, None
        if word in table["vague"]["after_article"]:
            read = self._vague_tail(place, place + 2)
        elif word in table["couple"]["words"]:
            read = self._couple(place, place + 1)
        elif word == "half" and (half := self._half(place + 1)) is not None:
            read = _restart(half[0], self.tokens[place].start), half[1]
        elif word in table["scales"]["words"] or word in table["groups"]["words"]:
            read = self._cardinal(place, place + 1, Decimal(1))
        elif word in table["fractions"]["words"] and (self.words_at(place + 2, ("of",)) or self._by_fraction(place)):
            read = self._fraction_tail(place, place + 2, Decimal(1) / table["fractions"]["words"][word])
        return read

    def _by_fraction(self, place: int) -> bool:
        """`rose by a fifth`, where no noun follows that the ordinal would be of."""
        following = self.near(place + 2)
        before = self.tokens[place - 1].lower if place else ""
        return before == "by" and (following is None or following.lower in numbers_table()["fractions"]["after"])

    def _couple(self, first: int, place: int) -> _Read | None:
        after = place + 1
        step = after + 1 if self.words_at(after, ("of",)) else after
        value = Decimal(numbers_table()["couple"]["words"][self.tokens[place].lower])
        scaled, end = self._scaled(step, value)
        if scaled != value:
            return self._make(first, end, scaled, mantissa=value, about=True)
        return self._make(first, after, value, about=True) if step > after or first < place else None

    def _half(self, place: int) -> _Read | None:
        """`half a million`, `half a dozen`, `half of them`, `half-million`."""
        after = place + 2 if self.words_at(place + 1, ("a",)) else place + 1
        value, end = self._scaled(after, Decimal("0.5"))
        if end > after:
            return self._make(place, end, value, mantissa=Decimal("0.5"))
        following = self.near(place + 1)
        before = self.tokens[place - 1].lower if place else ""
        alone = (
            following is not None
            and following.lower in numbers_table()["fractions"]["half_before"]
            and before not in {"first", "second", "and", "other"}
        ) or self._half_unit(place + 1)
        return self._make(place, place + 1, Decimal("0.5"), ratio=True) if alone else None

    def _half_unit(self, place: int) -> bool:
        """`half a percentage point`, `half an hour`."""
        unit = self.near(place + 1) if self.words_at(place, ("a",)) or self.words_at(place, ("an",)) else None
        return unit is not None and unit.lower in _unit_words()

    def _scaled(self, place: int, value: Decimal) -> tuple[Decimal, int]:
        scales = numbers_table()["scales"]["words"] | numbers_table()["groups"]["words"]
        while (token := self.near(place)) and token.lower in scales:
            value, place = value * scales[token.lower], place + 1
        return value, place

    def _vague(self, place: int) -> _Read | None:
        token = self.tokens[place]
        rows = numbers_table()["vague"]
        if token.lower in rows["words"]:
            return self._vague_tail(place, place + 1)
        if token.lower in rows["scores"]:
            following = self.near(place + 1)
            return self._make(place, place + 1, None) if following and following.lower in rows["scores_before"] else None
        plural = numbers_table()["plural_groups"]["words"]
        if token.lower not in plural:
            return None
        after = place + 1
        while self.words_at(after, ("of",)) and (scale := self.near(after + 1)) and scale.lower in plural:
            after += 2
        return None if token.lower == "tens" and after == place + 1 else self._make(place, after, None)

    def _vague_tail(self, first: int, after: int) -> _Read:
        _, end = self._scaled(after, Decimal(1))
        return self._make(first, end, None)

    def _cardinal(self, first: int, place: int, seed: Decimal | None = None) -> _Read | None:
        value, after = Cardinal(tokens=self).run(place, seed)
        if after == place or value is None:
            return None
        fraction = self._denominator(after, value)
        if fraction:
            return self._fraction_tail(first, after + 1, fraction)
        last = self.tokens[after - 1].lower
        scale = Decimal(numbers_table()["scales"]["words"].get(last, 1))
        if self.words_at(after, ("and", "a", "half")):
            value, scale, after = value + Decimal("0.5") * scale, Decimal(1), after + 3
            mantissa, (value, after) = value, self._scaled(after, value)
            return self._make(first, after, value, mantissa=mantissa)
        return self._make(first, after, value, mantissa=value / scale)

    def _denominator(self, place: int, above: Decimal) -> Decimal | None:
        """The fraction that `two thirds`, `one-third` make of a numerator; None where the next word is no denominator."""
        token = self.near(place)
        below = numbers_table()["fractions"]["words"].get(token.lower) if token and token.kind == "word" else None
        if below is None or above >= 100 or token is None:  # noqa: PLR2004 - nobody writes such numerators
            return None
        plural = token.lower.endswith("s")
        return above / below if plural == (above > 1) else None

    def _fraction_tail(self, first: int, after: int, value: Decimal) -> _Read:
        """`a quarter of a million` is a number; `a quarter of them` a ratio."""
        if self.words_at(after, ("of", "a")):
            scaled, end = self._scaled(after + 2, value)
            if end > after + 2:
                return self._make(first, end, scaled)
        if self.tokens[first].kind == "sign":
            scaled, end = self._scaled(after, value)
            if end > after:
                return self._make(first, end, scaled, mantissa=value)
        return self._make(first, after, value.quantize(_PLACES) if value != value.quantize(_PLACES) else value, ratio=True)


@functools.cache
def _starters() -> frozenset[str]:
    table = numbers_table()
    vague = {*table["vague"]["words"], *table["vague"]["scores"], *table["plural_groups"]["words"]}
    return small_words() | vague | {"a", "an", "half", *table["couple"]["words"]}


def _sign(text: str) -> Decimal:
    above, below = numbers_table()["fraction_signs"]["words"].get(text, (1, 1))
    return Decimal(above) / Decimal(below)


def _stretch(numeral: Numeral, end: int) -> Numeral:
    return Numeral(start=numeral.start, end=end, value=numeral.value, mantissa=numeral.value, in_digits=True)


def _restart(numeral: Numeral, start: int) -> Numeral:
    return Numeral(start=start, end=numeral.end, value=numeral.value, mantissa=numeral.mantissa, ratio=numeral.ratio, word="a")


@functools.cache
def _unit_words() -> frozenset[str]:
    """The words that units begin with."""
    named = load_table("units")["words"]
    return frozenset(words.split()[0] for code, listed in named.items() if code != "source" for words in listed if words[0].isalpha())
