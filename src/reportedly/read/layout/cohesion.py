"""How far stretches of a page speak of the same persons and places: the names in them."""

import functools
import re
from collections.abc import Sequence
from statistics import fmean

from reportedly.language.tables import load_table

_WORD = re.compile(r"[^\W\d_][\w\u2019-]*\w|[^\W\d_]")
_INNER_NAME = re.compile(r"(?<=[\w,;] )[\u201c\"(]?([^\W\d_][\w\u2019-]+)")  # a capital that no sentence begins with


def names_in(plain: str) -> frozenset[str]:
    """Words with a capital inside sentences, possessives taken off; text in capitals or title case gives all of its words."""
    return frozenset(_bare(word) for word in _INNER_NAME.findall(plain) if word[0].isupper() and len(word) > 2)  # noqa: PLR2004 - "Al", "UN" tell little


def shared_with(names: frozenset[str], others: frozenset[str]) -> float:
    """Share of `names` that stand among the others, 0 to 1; 1 where there are no names to tell by."""
    return len(names & others) / len(names) if names else 1.0


def cohesion_of(sections: Sequence[frozenset[str]]) -> float:
    """Mean share of a section's names that other sections have too: near 1 one report, near 0 reports on unlike things."""
    shares = []
    for place, names in enumerate(sections):
        others: frozenset[str] = frozenset().union(*sections[:place], *sections[place + 1 :])
        if names:
            shares.append(shared_with(names, others))
    return fmean(shares) if shares else 1.0


def topic_words(plain: str) -> frozenset[str]:
    """The longer words that do not stand in news of every sort, in small letters, and the names."""
    longer = {word.casefold() for word in _WORD.findall(plain) if len(word) > 4}  # noqa: PLR2004 - shorter ones are in any text
    return frozenset(longer - everyday_words()) | names_in(plain)


def overlap_of(first: str, second: str) -> float:
    """Share of the longer words of `first` that stand in `second`, without case."""
    words = {word.casefold() for word in _WORD.findall(first) if len(word) > 3}  # noqa: PLR2004 - shorter ones are in any text
    others = {word.casefold() for word in _WORD.findall(second)}
    return len(words & others) / len(words) if words else 0.0


@functools.cache
def everyday_words() -> frozenset[str]:
    """Words that stand in news of every sort, in small letters."""
    return frozenset(load_table("common_words")["everywhere"]["words"])


def _bare(word: str) -> str:
    return word.removesuffix("\u2019s").removesuffix("\u2019")
