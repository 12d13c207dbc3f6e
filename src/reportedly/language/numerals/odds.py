"""Shares told as so many of so many: `one in five households`, `nine out of ten`, `1 in 10,000`."""

import functools
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from reportedly.language.numerals.beside import NEXT_WORD, word_before
from reportedly.language.numerals.counted import class_of
from reportedly.language.numerals.numbers import Numeral
from reportedly.language.tables import load_table

_REACH = 48
_PLACES = 6  # decimals of a fraction
_LONGEST_LINK = len(" out of every ")


def merge_odds(text: str, numerals: Sequence[Numeral]) -> list[Numeral]:
    """Each two numerals that tell one share, made one.

    Args:
        text: the text that the numerals stand in.
        numerals: its numerals in order.

    Returns:
        The numerals in order; a share has the value of the fraction and reaches over both.
    """
    kept: list[Numeral] = []
    for numeral in numerals:
        if kept and _is_share(text, kept[-1], numeral):
            first = kept.pop()
            share = None if first.value is None or not numeral.value else round(first.value / numeral.value, _PLACES)
            kept.append(replace(first, end=numeral.end, value=share, mantissa=share, ratio=True))
        else:
            kept.append(numeral)
    return kept


def _is_share(text: str, first: Numeral, second: Numeral) -> bool:
    """Whether so many "in" so many is a share of all; "two in five villages" may as well say where the two are."""
    if first.value is None or second.value is None or first.ratio or second.start - first.end > _LONGEST_LINK:
        return False
    link = _link().fullmatch(text, first.end, second.start)
    if link is None or not first.value < second.value or second.value not in _rows()["denominators"] or first.value % 1:
        return False
    following = NEXT_WORD.match(text, second.end, second.end + _REACH)
    word = following["word"].rstrip(".").lower() if following and text[second.end : second.end + 1] == " " else ""
    if word in _rows()["not_before"]:
        return False
    if link["every"]:
        return True
    if link["of"]:
        return second.value in _rows()["round"]
    before = text[max(0, first.start - _REACH) : first.start]
    opening = not before.strip() or before.rstrip()[-1] in '.,;:("“‘—–' or word_before(before) in _rows()["after"]
    return opening or (first.value == 1 and class_of(word) not in _rows()["located"])


@functools.cache
def _link() -> re.Pattern[str]:
    return re.compile(r"\s(?:in|(?P<of>out of))\s(?P<every>every\s)?")


@functools.cache
def _rows() -> dict[str, Any]:
    return {key: frozenset(value) for key, value in load_table("numbers")["odds"].items() if key != "source"}
