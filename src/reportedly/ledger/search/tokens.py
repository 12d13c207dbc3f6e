"""Our own normalised tokens, so that every database finds the same words: neither its tokenizer nor its locale decides.

A token is a run of letters, digits and combining marks, put through NFKC and case folding and stripped of accents (Unicode
Standard Annex 29 in small: no dictionary, no language). Digits grouped by commas are one number, and characters of scripts that write no
spaces between words (Han, kana) are a token each.
"""

import functools
import heapq
import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

_CHUNK = re.compile(r"\S+")
_WORD = re.compile("[0-9]{1,3}(?:[,'\u2019][0-9]{3})+(?![0-9])|[A-Za-z0-9]+")
_NUMBER = re.compile("[0-9]{1,3}(?:[,'\u2019][0-9]{3})+(?![0-9])")
_BEYOND = re.compile(r"[^\x00-\x7f\s]+")
_GROUPING = re.compile("[,'\u2019]")
_ACCENTS = range(0x300, 0x370)  # Combining Diacritical Marks; the marks of other scripts belong to the letter
_UNSPACED = (range(0x2E80, 0x3100), range(0x31F0, 0x3200), range(0x3400, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x32000))
_CACHED = 1 << 16
_LONG = 40  # characters; what is longer hardly comes again and would fill the memory


def words_and_places(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """The normalised words of a text, in text order.

    Returns:
        The words, and for each its first character in the text, in code points, and one past its last.
    """
    words, places = [], []
    for chunk in _CHUNK.finditer(text):
        at = chunk.start()
        letters = chunk.group()
        for word, start, end in _cut_known(letters) if len(letters) <= _LONG else _cut(letters):
            words.append(word)
            places.append((at + start, at + end))
    return words, places


def places_of(text: str, beginning: str, *, whole: bool) -> list[tuple[int, int]]:
    """Where a normalised word stands in a text; as `words_and_places`, but only stretches that may hold it are cut into words.

    Args:
        text: the text.
        beginning: the word, or with `whole` false how it begins; of ASCII letters alone, which nothing but themselves or signs beyond
            ASCII become when they are normalised.
        whole: whether it is a whole word.

    Returns:
        For each occurrence its first character in the text, in code points, and one past its last.
    """
    places, at = list[tuple[int, int]](), 0
    for spot in _spots(text, beginning):
        if spot < at:  # in the stretch before
            continue
        start = spot
        while start > at and not text[start - 1].isspace():
            start -= 1
        letters = _CHUNK.match(text, start).group()  # type: ignore[union-attr] # a spot is no space
        at = start + len(letters)
        for word, first, last in _cut_known(letters) if len(letters) <= _LONG else _cut(letters):
            if word == beginning or (not whole and word.startswith(beginning)):
                places.append((start + first, start + last))
    return places


def _spots(text: str, beginning: str) -> Iterator[int]:
    """Where a word of ASCII letters may stand, in order: at its letters, or at signs beyond ASCII, which may become some of them."""
    others = (found.start() for found in _BEYOND.finditer(text))
    lower = text.lower()
    if len(lower) != len(text):  # a few signs become two
        return (found.start() for found in re.finditer(f"(?i:{beginning})|[^\\x00-\\x7f\\s]", text))
    return heapq.merge(others, _found(lower, beginning))


def _found(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def words_of(text: str) -> list[str]:
    """The normalised words of a text, in text order."""
    return words_and_places(text)[0]


def _cut(chunk: str) -> tuple[tuple[str, int, int], ...]:
    """Words of a stretch without spaces, with their places in it."""
    places = (m.span() for m in _WORD.finditer(chunk)) if chunk.isascii() else _runs(chunk)
    found = ((_normalise(chunk[start:end]), start, end) for start, end in places)
    return tuple(row for row in found if row[0])


_cut_known = functools.lru_cache(maxsize=_CACHED)(_cut)


def _runs(chunk: str) -> Iterator[tuple[int, int]]:
    """Places of runs of word characters; a grouped number or a character of an unspaced script stands alone."""
    at, length = 0, len(chunk)
    while at < length:
        kind = _kind(chunk[at])
        number = _NUMBER.match(chunk, at) if chunk[at].isdigit() else None
        end = number.end() if number else at + 1
        if kind == "spaced" and not number:
            while end < length and _kind(chunk[end]) == "spaced":
                end += 1
        if kind != "other":
            yield at, end
        at = end


@functools.lru_cache(maxsize=_CACHED)
def _kind(character: str) -> Literal["spaced", "unspaced", "other"]:
    """Whether a character belongs to words, and whether its script writes spaces between them."""
    if unicodedata.category(character)[0] not in "LNM":
        return "other"
    return "unspaced" if any(ord(character) in stretch for stretch in _UNSPACED) else "spaced"


def _normalise(word: str) -> str:
    if word.isascii():
        return _GROUPING.sub("", word.lower())
    letters = unicodedata.normalize("NFKD", word).casefold()
    bare = "".join(c for c in letters if ord(c) not in _ACCENTS)
    return "".join(c for c in unicodedata.normalize("NFKC", bare) if _kind(c) != "other")
