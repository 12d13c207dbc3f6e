"""Finds the numbers that correction notes, and their own sources, take back."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportedly.language.tables import load_table
from reportedly.model import Article, ArticleKey, Claim, Figure
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction:
    """A principal's taking back of one of its figures.

    Attributes:
        principal: canonical name.
        reference: the figure as the report of the retraction repeats it, `id#k`.
        figure: that figure.
        day: the day by which it was taken back; None where nothing dates it.
    """

    principal: str
    reference: str
    figure: Figure
    day: dt.date | None

    def takes_back(self, principal: str | None, figure: Figure, said: dt.date | None) -> bool:
        """Whether a figure that a principal gave by a day is the one taken back; what it says again later stands."""
        same = (figure.measure, figure.unit, figure.low, figure.high) == (
            self.figure.measure,
            self.figure.unit,
            self.figure.low,
            self.figure.high,
        )
        return same and principal == self.principal and (said is None or self.day is None or said <= self.day)


def find_retractions(lookup: Lookup) -> list[Retraction]:
    """The figures that reports say their own source has taken back ("the hospital withdrew its figure of 52 injured").

    Args:
        lookup: over the holdings as the clocks show them.

    Returns:
        Retractions in the order of claims.
    """
    return [
        Retraction(
            principal=lookup.principal_of(stored, name),
            reference=f"{stored.claim.id}#{number}",
            figure=stored.claim.figures[number],
            day=lookup.said_by(stored),
        )
        for stored in lookup.holdings.claims
        for number, speakers in _taken_back(stored.claim)
        for name in speakers
    ]


def takers_back(claim: Claim) -> Iterator[str]:
    """Who takes back a figure that a claim repeats, as the claim names them."""
    for _, speakers in _taken_back(claim):
        yield from speakers


def _taken_back(claim: Claim) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The figures that a claim's acts take back, by number, with those who do."""
    table = load_table("retractions")
    for act in claim.acts if claim.figures else ():
        behind = [k for k, figure in enumerate(claim.figures) if figure.span.start > act.span.start]
        if behind and not act.negated and act.act in table["verbs"]["words"] and act.counted in table["nouns"]["words"]:
            yield behind[0], (act.agent,) if act.agent else claim.speakers


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
