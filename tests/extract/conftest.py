"""What the tests of attribution share: ways from a short passage to its attributions and claims. The parser is loaded once a session."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from reportedly.extract import ClaimExtractor
from reportedly.extract.attribution.attribution import find_attributions
from reportedly.extract.parse.parsed import Attribution
from reportedly.extract.parse.parsing import parse
from reportedly.model import Article, Claim, Interval, Passage, PassageRole

Attribute = Callable[..., list[Attribution]]
Said = tuple[str, str, str]


def article_of(text: str, *, role: PassageRole = "body", language: str | None = None, published: str | None = "2024-03-08") -> Article:
    """An article whose one passage is all of a text."""
    day = None if published is None else Interval(first=published, last=published)
    return Article(
        document="a.txt",
        number=0,
        kind="article",
        passages=(Passage(start=0, end=len(text), role=role),),
        language=language,
        published=day,
    )


@pytest.fixture(scope="session")
def make_article() -> Callable[..., Article]:
    """Makes an article whose one passage is all of a text."""
    return article_of


@pytest.fixture(scope="session")
def attribute() -> Attribute:
    """Finds the attributions of a text, narration included."""

    def find(text: str, *, role: PassageRole = "body") -> list[Attribution]:
        return find_attributions(parse(text, article_of(text, role=role)))

    return find


@pytest.fixture(scope="session")
def who_said(attribute: Attribute) -> Callable[..., list[Said]]:
    """Finds (source, cue, content) of a text's attributions as words, pieces joined by " | ", narration left out."""

    def find(text: str, *, role: PassageRole = "body") -> list[Said]:
        found = [a for a in attribute(text, role=role) if a.form != "narration"]
        return [
            (
                " | ".join(span.text for span in a.source),
                " | ".join(span.text for span in a.cue),
                " | ".join(span.text for span in a.content),
            )
            for a in found
        ]

    return find


@pytest.fixture(scope="session")
def claims() -> Callable[[str], list[Claim]]:
    """The claims of a text by rules; a first line without a full stop is its headline."""
    extractor = ClaimExtractor(model="rules")

    def read(text: str) -> list[Claim]:
        article = article_of(text)
        first = text.partition("\n")[0]
        if len(first) < len(text) and not first.endswith((".", "”")):
            passages = (Passage(start=0, end=len(first), role="headline"), Passage(start=len(first), end=len(text), role="body"))
            article = replace(article, passages=passages)
        (extraction,) = extractor.extract(text, [article])
        return list(extraction.claims)

    return read


@pytest.fixture(scope="session")
def claim_of(claims: Callable[[str], list[Claim]]) -> Callable[[str, str], Claim]:
    """The one attributed claim of a text whose content holds some words."""

    def find(text: str, words: str) -> Claim:
        (claim,) = [c for c in claims(text) if c.form != "narration" and any(words in piece.text for piece in c.content)]
        return claim

    return find
