"""Builds small holdings out of hand-written articles and claims."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reportedly import api
from reportedly.model import (
    Article,
    Claim,
    Document,
    Extraction,
    Figure,
    Holdings,
    Interval,
    Judgement,
    Passage,
    Reading,
    Settings,
    Span,
    StoredClaim,
    claim_id,
    digest,
    document_id,
    text_digest,
)

Made = tuple[Reading, list[Extraction]]
"""A document as it was read, and what was extracted of its articles."""


@pytest.fixture(scope="module")
def pages(filled: Path) -> list[Made]:
    """The example reports with their claims."""
    with api.Desk(filled) as desk:
        held = desk.holdings()
    made = []
    for identity, document in sorted(held.documents.items()):
        articles = tuple(article for key, article in sorted(held.articles.items()) if key[0] == identity)
        of_document = [stored.claim for stored in held.claims if stored.document == identity]
        told = [Extraction(claims=tuple(c for c in of_document if c.article == a.number), extractor="rules") for a in articles]
        made.append((Reading(document=document, text=held.text_of(identity), articles=articles), told))
    return made


class Desk:
    """Collects articles and claims and makes holdings of them."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.articles: dict[tuple[str, int], Article] = {}
        self.texts: dict[str, str] = {}
        self.claims: list[StoredClaim] = []

    def article(self, text: str, *, outlet: str, day: str | None, title: str | None = None, **more: Any) -> str:
        """File a text as a document of one article; its id."""
        name = f"{outlet}-{len(self.documents)}.txt"
        identity = document_id(digest(text.encode()), more.pop("url", None) or name, outlet)
        self.documents[identity] = Document(
            id=identity,
            name=name,
            text_digest=text_digest(text),
            bytes_digest=digest(text.encode()),
            media_type="text/plain",
            publisher=outlet,
        )
        self.texts[text_digest(text)] = text
        self.articles[identity, 0] = Article(
            document=name,
            number=0,
            kind=more.pop("kind", "article"),
            passages=(Passage(start=0, end=len(text), role="body"),),
            title=title,
            outlet=outlet,
            published=on(day) if day else None,
            **more,
        )
        return identity

    def claim(self, document: str, content: str, *, by: Sequence[str] = (), source: str | None = None, **more: Any) -> str:
        """Add a claim whose content stands in the document's text; its id."""
        text = self.texts[self.documents[document].text_digest]
        span = found(text, content)
        sources = (found(text, source),) if source else ()
        identity = claim_id(text_digest(text), (span,), (), sources)
        outlet = self.articles[document, 0].outlet or ""
        claim = Claim(
            document=self.documents[document].name,
            article=0,
            id=identity,
            content=(span,),
            source=sources,
            speakers=tuple(by) or (outlet,),
            via=(outlet,) if by else (),
            form="indirect" if by else "narration",
            **more,
        )
        self.claims.append(StoredClaim(claim=claim, document=document))
        return identity

    def figure(self, document: str, words: str, number: int, **more: Any) -> Figure:
        """A figure whose words stand in the document's text."""
        text = self.texts[self.documents[document].text_digest]
        plain = Figure(
            span=found(text, words), low=Decimal(number), high=Decimal(number), qualifier="exact", measure="killed", counted="people"
        )
        return replace(plain, **more)

    def span(self, text: str, words: str) -> Span:
        """Where words stand in a text."""
        return found(text, words)

    def on(self, first: str, last: str | None = None, *, basis: str = "words") -> Interval:
        """A day, or the days from one to another."""
        return on(first, last, basis=basis)

    def holdings(self, *, judgements: Sequence[Judgement] = (), settings: Settings | None = None) -> Holdings:
        """Everything filed so far."""
        return Holdings(
            documents=dict(self.documents),
            articles=dict(self.articles),
            texts=dict(self.texts),
            claims=tuple(self.claims),
            judgements=tuple(judgements),
            settings=settings or Settings(),
        )


def found(text: str, words: str) -> Span:
    """Where words stand in a text for the first time."""
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def on(first: str, last: str | None = None, *, basis: Any = "words") -> Interval:
    """A day, or the days from one to another."""
    return Interval(first=first, last=last or first, basis=basis, granularity="day" if last is None else "range")


@pytest.fixture
def desk() -> Desk:
    """An empty desk."""
    return Desk()
