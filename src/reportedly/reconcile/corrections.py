"""Finds the numbers that correction notes take back."""

import re
from collections import defaultdict
from collections.abc import Mapping

from reportedly.model import Article, ArticleKey
from reportedly.reconcile.lookup import Lookup

_NUMBER = re.compile(r"\d[\d.,]*\d|\d")


def find_withdrawn(lookup: Lookup) -> frozenset[tuple[ArticleKey, str]]:
    """The figures that a correction note takes back, by their article and printed words.

    A note names the wrong number and, mostly, the right one. The wrong one is the number that the corrected article itself no
    longer prints outside its notes; so no list of words ("earlier version", "incorrectly") is needed, in any language. A note
    concerns its own article and those of the same outlet that repeat its text.

    Args:
        lookup: over the holdings as the clocks show them.

    Returns:
        Pairs of an article's key and a figure's words, as in its span.
    """
    gone: dict[ArticleKey, set[str]] = defaultdict(set)
    for key, article in lookup.holdings.articles.items():
        if article.corrections:
            numbers = _gone(lookup, key, article)
            for other in _concerned(lookup, key, article):
                gone[other] |= numbers
    if not gone:
        return frozenset()
    return frozenset(
        (stored.article, figure.span.text)
        for stored in lookup.holdings.claims
        for figure in stored.claim.figures
        if _numbers(figure.span.text) & _of(gone, stored.article)
    )


def _of(gone: Mapping[ArticleKey, set[str]], key: ArticleKey) -> set[str]:
    return gone.get(key, set())


def _concerned(lookup: Lookup, key: ArticleKey, article: Article) -> set[ArticleKey]:
    """The article of a note and its outlet's other articles with the same text."""
    linked = {link.second if link.first == key else link.first for link in lookup.holdings.links.copies if key in (link.first, link.second)}
    same = {other for other in linked if other in lookup.holdings.articles and lookup.holdings.articles[other].outlet == article.outlet}
    return {key} | (same if article.outlet else set())


def _gone(lookup: Lookup, key: ArticleKey, article: Article) -> set[str]:
    """Numbers of an article's notes that stand nowhere else in it."""
    text = lookup.holdings.text_of(key[0])
    printed = {
        match.group()
        for passage in article.passages
        for match in _NUMBER.finditer(text, passage.start, passage.end)
        if not any(note.start <= match.start() < note.end for note in article.corrections)
    }
    return {number for note in article.corrections for number in _numbers(note.text)} - printed


def _numbers(words: str) -> set[str]:
    return set(_NUMBER.findall(words))
