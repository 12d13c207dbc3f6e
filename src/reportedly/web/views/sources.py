"""Documents, and what repeats what."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportedly.api import Desk, Question
from reportedly.model import (
    Article,
    ArticleKey,
    Claim,
    CopyKind,
    Document,
    Holdings,
    Problem,
    Translation,
    carrier_name,
    interval_text,
)
from reportedly.query.listing import Page, copies_of, sources_of
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
        translation: its content in another language, by whom; None where nobody translated it.
    """

    id: str
    speaker: str
    stance: str
    words: str
    translation: Translation | None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """A document as its page shows it.

    Attributes:
        document: the record.
        articles: its articles but for teasers, with their claims.
        problems: what could not be used of it.
        speakers: who speaks in it, for whoever adds a claim.
        languages: in what other languages than English its articles are.
        seen: the ledger's revision that the page shows.
    """

    document: Document
    articles: tuple[ArticleView, ...]
    problems: tuple[Problem, ...]
    speakers: tuple[str, ...]
    languages: tuple[str, ...]
    seen: int


def source_page(desk: Desk, question: Question) -> Page[SourceRow]:
    """A page of the documents, newest first."""
    held, claims, total = sources_of(desk.library, question.filters, question.clocks)
    return Page(rows=source_rows(held, claims), total=total)


def source_rows(held: Holdings, claims: Mapping[str, int]) -> tuple[SourceRow, ...]:
    """The documents, newest first.

    Args:
        held: their rows.
        claims: how many claims each has, by its id.
    """
    problems = Counter(problem.document for problem in held.problems)
    articles: dict[str, list[Article]] = {}
    for (identity, _), article in held.articles.items():
        articles.setdefault(identity, []).append(article)
    rows = [_source(document, articles.get(document.id, []), (claims, problems)) for document in held.documents.values()]
    return tuple(sorted(rows, key=lambda row: (row.day, row.name), reverse=True))


def _source(document: Document, articles: Sequence[Article], counts: tuple[Mapping[str, int], Counter[str | None]]) -> SourceRow:
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


def copy_page(desk: Desk, question: Question) -> Page[CopyRow]:
    """A page of what repeats what."""
    page, held = copies_of(desk.library, question.filters, question.clocks)
    rows = tuple(
        CopyRow(
            kind=link.kind,
            first=_named(held, link.first),
            second=_named(held, link.second),
            share=round(100 * link.containment),
            evidence=link.evidence,
        )
        for link in page.rows
    )
    return Page(rows=rows, total=page.total)


def _named(held: Holdings, key: ArticleKey) -> tuple[str, str]:
    article, document = held.articles[key], held.documents[key[0]]
    return document.id, f"{carrier_name(article, document)}, {interval_text(article.published)}: {article.title or document.name}"


def document_page(held: Holdings, identity: str, seen: int) -> DocumentPage:
    """The page of a document.

    Args:
        held: the rows of that document.
        identity: the document's id.
        seen: the ledger's revision.
    """
    document = held.documents[identity]
    views = article_views(held, document)
    spoken = Counter(name for stored in held.claims if stored.document == identity for name in stored.claim.speakers)
    foreign = dict.fromkeys(view.article.language for view in views if view.article.language not in (None, "en"))
    return DocumentPage(
        document=document,
        articles=views,
        problems=problems_of(held, document.name),
        speakers=tuple(sorted(spoken)),
        languages=tuple(language for language in foreign if language),
        seen=seen,
    )


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
                passages=passages_of(text, article.passages, spans),
                claims=tuple(_listed(claim, outlet) for claim in claims),
            )
        )
    return tuple(found)


def _listed(claim: Claim, outlet: str) -> Listed:
    return Listed(
        id=claim.id, speaker=speaker_words(claim, outlet), stance=claim.stance, words=words_of(claim), translation=claim.translation
    )


def problems_of(held: Holdings, name: str) -> tuple[Problem, ...]:
    """A document's problems in the order of their places."""
    return tuple(sorted((p for p in held.problems if p.document == name), key=lambda p: (p.start or 0, p.code)))
