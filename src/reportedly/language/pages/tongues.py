"""Tells whether a text is English, by its function words and its script."""

import functools
import re
from collections import Counter

from reportedly.language.tables import load_table

_WORD = re.compile(r"[^\W\d_]+")
_BEYOND = re.compile(r"[\u0370-\U0010ffff]")  # neither Latin letters nor marks on them
_READ = 20_000  # characters that are enough to tell


def find_tongue(text: str) -> str | None:
    """The language of a text.

    Args:
        text: the text; its first 20,000 characters are looked at.

    Returns:
        An ISO 639-1 code: `en` where English function words make up their usual share, the best-fitting other language of the table
        where they do not (a script that several languages share gives the most frequent of them); None for a text too short to tell.
    """
    table = load_table("tongues")
    words = [word.casefold() for word in _WORD.findall(text[:_READ])]
    letters = sum(len(word) for word in words)
    script = _script(text[:_READ], letters)
    if script:
        return script
    if len(words) < table["words_least"]:
        return None
    counts = Counter(words)
    shares = {tongue: sum(counts[word] for word in known) / len(words) for tongue, known in _function_words().items()}
    return "en" if shares["en"] >= table["share_least"] else max(shares, key=lambda tongue: shares[tongue])


def name_tongue(code: str) -> str:
    """The English name of a language; its code where the table has no name for it."""
    return str(load_table("tongues")["names"].get(code, code))


def _script(text: str, letters: int) -> str | None:
    """The language of the script that more than half of the letters are in; None for Latin letters or none."""
    points = Counter(tongue for char in _BEYOND.findall(text) if (tongue := _tongue_of(char)))
    if not points or points.total() <= letters / 2:
        return None
    kana = points["ja"] > 0.1 * points.total()
    return "ja" if kana else _sibling(text, letters, max(points, key=lambda tongue: points[tongue]))


def _sibling(text: str, letters: int, tongue: str) -> str:
    """The language that a text's letters show, of those that share a script with `tongue`."""
    table = load_table("tongues")["letters"]
    own: dict[str, str] = table.get(tongue, {})
    counts = {other: sum(text.count(letter) for letter in marks) for other, marks in own.items()}
    best = max(counts, key=lambda other: counts[other], default=tongue)
    return best if counts.get(best, 0) > table["least"] * letters else tongue


@functools.lru_cache(maxsize=8192)
def _tongue_of(char: str) -> str | None:
    point = ord(char)
    scripts = load_table("tongues")["scripts"]
    return next((t for t, ranges in scripts.items() if t != "source" and any(low <= point <= high for low, high in ranges)), None)


@functools.cache
def _function_words() -> dict[str, frozenset[str]]:
    rows = load_table("tongues")["function_words"]
    return {tongue: frozenset(words) for tongue, words in rows.items() if tongue != "source"}
