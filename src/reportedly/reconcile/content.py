"""Compares what stretches of words are about, by their content words."""

import functools
import re
from collections.abc import Hashable, Iterable

from reportedly.language.tables import load_table
from reportedly.model import Holdings, StoredClaim

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_SHORTEST = 3  # characters: shorter words carry no content
_STEM = 5  # characters that the inflected forms of one word mostly share
_PASSAGE = 300  # characters of a passage that is shown


@functools.lru_cache(maxsize=1 << 15)  # the claims of a large story, each of which is compared with many
def content_words(text: str) -> frozenset[str]:
    """The words of a text that carry content: lower case, cut to a stem, words of the closed classes left out."""
    words = (match.casefold() for match in _WORD.findall(text))
    return frozenset(word[:_STEM] for word in words if len(word) >= _SHORTEST and word not in _function_words())


def overlap(one: Iterable[str], other: Iterable[str]) -> float:
    """The share of the smaller set of words that stands in the other, 0 to 1; 0 where either is empty."""
    mine, theirs = set(one), set(other)
    return len(mine & theirs) / min(len(mine), len(theirs)) if mine and theirs else 0.0


def jaccard(one: Iterable[Hashable], other: Iterable[Hashable]) -> float:
    """The share of all words of two sets that stand in both, 0 to 1; 0 where both are empty."""
    mine = one if isinstance(one, frozenset) else frozenset(one)
    theirs = other if isinstance(other, frozenset) else frozenset(other)
    shared = len(mine & theirs)
    return shared / (len(mine) + len(theirs) - shared) if mine or theirs else 0.0


def passage_of(holdings: Holdings, stored: StoredClaim) -> str:
    """The printed words of a claim with its source and cue, from the first to the last, at most 300 characters.

    Where these stand too far apart, or the text was erased, the content alone.
    """
    claim = stored.claim
    spans = (*claim.content, *claim.cue, *claim.source)
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    document = holdings.documents.get(stored.document)
    text = holdings.texts.get(document.text_digest, "") if document else ""
    whole = text[start:end]
    printed = whole if whole and end - start <= _PASSAGE else " ".join(span.text for span in claim.content)
    return " ".join(printed.split())[:_PASSAGE]


@functools.cache
def _function_words() -> frozenset[str]:
    return frozenset(load_table("function_words")["function"]["words"])
