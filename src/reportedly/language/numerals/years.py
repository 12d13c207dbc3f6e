"""Tells a year from a count: `in 2014`, but `more than 2014 people`."""

import re

from reportedly.language.numerals.beside import NEXT_WORD, designation_rows, word_before, word_behind

FIRST, LAST = 1900, 2100
"""What news calls by year without more words."""

_YEAR = re.compile(r"[12]\d{3}")
_PAIR = re.compile(r"\s(?:and|to)\s(?:1[0-9]|20)\d{2}\b(?!\s[a-z]+s\b)")
_ERA_BEFORE = re.compile(r"A\.D\.\s(?:\d{3,4}\s(?:and|to)\s)?$")
_SIGN_BEFORE = re.compile(r"[$€£¥~≈><+]\s?$")
_UNIT_BEHIND = re.compile(r"\s?(?:%|[-\u2013]\s?\d,?\d)|-[^\W\d_]")
_BOUND_BEFORE = re.compile(r"(?:more|fewer|less)\sthan\s$|up\sto\s$|as\smany\sas\s$|close\sto\s$")
_DATED_BOUND = re.compile(r"\b(?:since|until|back to|before|by)\s(?:at least|about|around|roughly)\s$")
_RANGE_BEFORE = re.compile(r"\d\s(?:to|or)\s$")
_NOUN_BEHIND = re.compile(r"\s(?:[a-z]+\s)?(?P<noun>[a-z]+)")


def is_year(before: str, after: str, words: str) -> bool:
    """Whether four digits name a year.

    Args:
        before: some text before them.
        after: some text behind them.
        words: the digits as printed.

    Returns:
        True for a year; a sign, a bound or a counted noun right beside them makes them a count.
    """
    if not _YEAR.fullmatch(words):
        return False
    word = word_before(before)
    if _in_era(before, after, word) or _DATED_BOUND.search(before) or (word in {"between", "from"} and _PAIR.match(after)):
        return True
    bounded = _SIGN_BEFORE.search(before) or _BOUND_BEFORE.search(before) or word in designation_rows("year_quantity_before")["words"]
    if bounded or _UNIT_BEHIND.match(after):
        return False
    noun = _NOUN_BEHIND.match(after)
    plural = noun is not None and (noun["noun"].endswith("s") or noun["noun"] in designation_rows("year_counted")["words"])
    if not FIRST <= int(words) <= LAST:
        return word in designation_rows("year_before")["words"] and not plural
    if plural and _RANGE_BEFORE.search(before):
        return False
    following = NEXT_WORD.match(after) if after[:1].isspace() else None
    return following is None or following["word"] not in designation_rows("year_counted")["words"]


def _in_era(before: str, after: str, word: str) -> bool:
    return (
        word_behind(after) in designation_rows("eras")["after"]
        or word in designation_rows("eras")["before"]
        or _ERA_BEFORE.search(before) is not None
    )
