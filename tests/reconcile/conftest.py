"""Builds small ledgers out of one-sentence claims, for the tests of `reconcile/`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from reportedly.model import (
    Actor,
    Article,
    Claim,
    Document,
    Figure,
    Holdings,
    Interval,
    Links,
    Origin,
    Passage,
    Settings,
    Span,
    Statement,
    StatementMember,
    StoredClaim,
    Story,
)


def interval(first: str | None, last: str | None = None, **more: Any) -> Interval:
    """One day, or a stretch; `None` for the first day leaves it open."""
    return Interval(first=first, last=last or first, **more)


class Newsroom:
    """Files reports sentence by sentence; each document is one article whose text is its claims' words."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.articles: dict[tuple[str, int], Article] = {}
        self.documents: dict[str, Document] = {}
        self.claims: list[StoredClaim] = []
        self.principals: dict[str, str] = {}
        self.origins: dict[str, list[str]] = {}
        self.origin_principals: dict[str, str | None] = {}
        self.utterances: dict[str, str] = {}
        self.statements: list[Statement] = []
        self.settings = Settings()
        self.more: dict[str, Any] = {}

    def report(self, name: str, *, outlet: str = "Daily Post", published: str | Interval | None = None, **more: Any) -> str:
        """Open a document; what is claimed next is written into it."""
        day = interval(published) if isinstance(published, str) else published
        self.texts[name] = ""
        self.articles[name, 0] = Article(
            document=name, number=0, kind=more.pop("kind", "article"), passages=(), outlet=outlet, published=day, **more
        )
        self.documents[name] = Document(id=name, name=name, text_digest=name, bytes_digest=name, media_type="text/plain")
        return name

    def figure(self, words: str, low: int | None, high: int | None, **more: Any) -> Figure:
        """A figure of people killed, unless `more` says otherwise; its place is set when it is claimed."""
        values: dict[str, Any] = {"measure": "killed", "qualifier": "exact", "counted": "people"} | more
        return Figure(
            span=Span(start=0, end=len(words), text=words),
            low=None if low is None else Decimal(low),
            high=None if high is None else Decimal(high),
            **values,
        )

    def claim(
        self, document: str, words: str, *, by: str | Sequence[str] | None = None, figures: Sequence[Figure] = (), **more: Any
    ) -> str:
        """Write a claim at the end of a document; by nobody it is narration. Its id."""
        start = len(self.texts[document])
        self.texts[document] += words + ". "
        placed = tuple(self._placed(figure, words, start) for figure in figures)
        speakers = ((by,) if isinstance(by, str) else tuple(by)) if by else ()
        count = sum(stored.document == document for stored in self.claims)
        said = more.pop("said", None)
        origin, utterance = more.pop("origin", None), more.pop("utterance", None)
        claim = Claim(
            document=document,
            article=0,
            id=f"c:{document}-{count}",
            content=(Span(start=start, end=start + len(words), text=words),),
            cue=(Span(start=start, end=start + 1, text=words[:1]),) if by else (),
            speakers=speakers,
            form="indirect" if by else "narration",
            said=interval(said) if isinstance(said, str) else said,
            figures=placed,
            **more,
        )
        self.claims.append(StoredClaim(claim=claim, document=document, recorded=len(self.claims)))
        if origin:
            self.origins.setdefault(origin, []).extend([claim.id, *(f"{claim.id}#{k}" for k in range(len(placed)))])
        if utterance:
            self.utterances[claim.id] = utterance
        return claim.id

    def statement(self, text: str, members: Mapping[str, Any], **more: Any) -> None:
        """A statement with the position of each claim."""
        parts = tuple(
            place if isinstance(place, StatementMember) else StatementMember(claim=claim, position=place)
            for claim, place in members.items()
        )
        values: dict[str, Any] = {"act": "deploy", "parties": (), "serves_agent": False} | more
        self.statements.append(Statement(id=f"p:{len(self.statements)}", story="s:1", event=None, text=text, members=parts, **values))

    def holdings(self) -> Holdings:
        """All that was filed, in one story."""
        names = sorted({name for stored in self.claims for name in stored.claim.speakers} | set(self.principals))
        actors = tuple(
            Actor(id=f"a:{name}", name=name, kind="body", principal=self.principals.get(name, name), names=(name,)) for name in names
        )
        articles = {
            key: replace(article, passages=(Passage(start=0, end=len(self.texts[key[0]]), role="body"),))
            for key, article in self.articles.items()
        }
        origins = tuple(
            Origin(id=name, principal=self.origin_principals.get(name), members=tuple(members), outlets=(), utterances=1)
            for name, members in self.origins.items()
        )
        stories = (Story(id="s:1", title="The story", articles=tuple(sorted(articles))),)
        values: dict[str, Any] = {"stories": stories, "actors": actors, "origins": origins, "statements": tuple(self.statements)}
        values |= {"origin_of": {member: name for name, members in self.origins.items() for member in members}}
        values |= {"utterance_of": self.utterances}
        return Holdings(
            documents=self.documents,
            articles=articles,
            texts=self.texts,
            claims=tuple(self.claims),
            links=Links(**(values | self.more)),
            settings=self.settings,
        )

    @staticmethod
    def _placed(figure: Figure, words: str, start: int) -> Figure:
        at = words.index(figure.span.text)
        span = Span(start=start + at, end=start + at + len(figure.span.text), text=figure.span.text)
        return replace(figure, span=span)


@pytest.fixture
def newsroom() -> Newsroom:
    """An empty newsroom."""
    return Newsroom()
