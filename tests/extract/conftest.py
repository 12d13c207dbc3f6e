"""What the tests of attribution share: a way from a short passage to its attributions. The parser is loaded once a session."""

from collections.abc import Callable

import pytest

from reportedly.extract.attribution.attribution import find_attributions
from reportedly.extract.parse.parsed import Attribution
from reportedly.extract.parse.parsing import parse
from reportedly.model import Article, Interval, Passage, PassageRole

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
