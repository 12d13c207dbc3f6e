"""Documents, and what repeats what."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.model import Article, ArticleKey, CopyKind, Document, Holdings, Problem, carrier_name, interval_text
from reportedly.web.views.claim import Passage, passages_of, speaker_words, words_of
from reportedly.web.views.marking import MarkedSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A document in the list.

    Attributes:
        id: the document's id.
        name: its name.
        outlets: who carried its articles.
        published: when, of its newest article, in words.
        evidence: where that date came from; None where there is none.
        articles: number of its articles.
        claims: number of its claims.
        media_type: such as `text/html`.
        fetched: when it was saved, as noted; None where nobody did.
        problems: number of its problems.
        day: for order.
    """

    id: str
    name: str
    outlets: tuple[str, ...]
    published: str
    evidence: str | None
    articles: int
    claims: int
    media_type: str
    fetched: str | None
    problems: int
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRow:
    """Two articles of which one repeats the other.

    Attributes:
        kind: copy, partial or version.
        first: document and words of the earlier one.
        second: the same of the later one.
        share: how much of the shorter one stands in the other, per cent.
        evidence: what the link rests on.
    """

    kind: CopyKind
    first: tuple[str, str]
    second: tuple[str, str]
    share: int
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A claim beside its document's text.

    Attributes:
        id: the claim's id.
        speaker: who says it.
        stance: what they do with it.
        words: its content.
    """

    id: str
    speaker: str
    stance: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article of a document, its claims marked.

    Attributes:
        article: the record.
        outlet: who carried it.
        published: when, in words.
        passages: its text.
        claims: its claims in text order.
    """

    article: Article
    outlet: str
    published: str
    passages: tuple[Passage, ...]
    claims: tuple[Listed, ...]


def source_rows(held: Holdings) -> tuple[SourceRow, ...]:
    """The documents, newest first."""
    claims = Counter(stored.document for stored in held.claims)
    problems = Counter(problem.document for problem in held.problems)
    articles: dict[str, list[Article]] = {}
    for (identity, _), article in held.articles.items():
        articles.setdefault(identity, []).append(article)
    rows = [_source(document, articles.get(document.id, []), (claims, problems)) for document in held.documents.values()]
    return tuple(sorted(rows, key=lambda row: (row.day, row.name), reverse=True))


def _source(document: Document, articles: Sequence[Article], counts: tuple[Counter[str], Counter[str | None]]) -> SourceRow:
    claims, problems = counts
    newest = max(articles, key=_day, default=None)
    return SourceRow(
        id=document.id,
        name=document.name,
        outlets=tuple(dict.fromkeys(carrier_name(article, document) for article in articles)) or (carrier_name(None, document),),
        published=interval_text(newest.published if newest else None),
        evidence=newest.published_evidence if newest else None,
        articles=sum(article.kind != "teaser" for article in articles),
        claims=claims[document.id],
        media_type=document.media_type,
        fetched=document.fetched[:10] if document.fetched else None,
        problems=problems[document.name],
        day=_day(newest) if newest else "",
    )


def _day(article: Article) -> str:
    last = article.published.last_day if article.published else None
    return last.isoformat() if last else ""


def copy_rows(held: Holdings) -> tuple[CopyRow, ...]:
    """What repeats what."""
    return tuple(
        CopyRow(
            kind=link.kind,
            first=_named(held, link.first),
            second=_named(held, link.second),
            share=round(100 * link.containment),
            evidence=link.evidence,
        )
        for link in held.links.copies
        if link.first in held.articles and link.second in held.articles
    )


def _named(held: Holdings, key: ArticleKey) -> tuple[str, str]:
    article, document = held.articles[key], held.documents[key[0]]
    return document.id, f"{carrier_name(article, document)}, {interval_text(article.published)}: {article.title or document.name}"


def article_views(held: Holdings, document: Document) -> tuple[ArticleView, ...]:
    """A document's articles with their claims marked, in page order; the claims of a teaser are none."""
    text = held.text_of(document.id)
    found = []
    for (identity, number), article in held.articles.items():
        if identity != document.id or article.kind == "teaser":
            continue
        claims = [stored.claim for stored in held.claims if stored.article == (identity, number)]
        spans = [
            MarkedSpan(start=span.start, end=span.end, kind="content", link=f"/claims/{claim.id}")
            for claim in claims
            for span in claim.content
        ]
        outlet = carrier_name(article, document)
        found.append(
            ArticleView(
                article=article,
                outlet=outlet,
                published=interval_text(article.published),
                passages=passages_of(text, article, spans),
                claims=tuple(Listed(id=c.id, speaker=speaker_words(c, outlet), stance=c.stance, words=words_of(c)) for c in claims),
            )
        )
    return tuple(found)


def problems_of(held: Holdings, name: str) -> tuple[Problem, ...]:
    """A document's problems in the order of their places."""
    return tuple(sorted((p for p in held.problems if p.document == name), key=lambda p: (p.start or 0, p.code)))
