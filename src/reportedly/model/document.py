"""Documents and the articles inside them: what `read/` makes of some bytes."""

import re
from dataclasses import dataclass
from typing import Literal

from reportedly.model.interval import Interval
from reportedly.model.problem import Problem
from reportedly.model.span import Span

_FOLDERS = re.compile(r"[/\\!]")  # what stands before a file's own name in a path or an archive

ArticleKind = Literal["article", "item", "teaser"]
PassageRole = Literal["headline", "standfirst", "caption", "body"]
DateEvidence = Literal["sidecar", "markup", "dateline", "text", "url", "file", "inferred"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sidecar:
    """What was noted about a document when it was saved (`NAME.meta.json`, or fields of a JSON Lines record).

    Attributes:
        url: where it was saved from; None where unknown, as for every field here.
        title: its title as noted then.
        publisher: the outlet that published it.
        published: when it was published, an ISO date or timestamp as given.
        fetched: when it was saved, an ISO date or timestamp as given.
    """

    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    fetched: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One appearance of a text.

    Attributes:
        id: `d:` and a hash of the bytes' digest, the address and the publisher; the same file from two paths is one document.
        name: the path as given, a record's id, or `archive!member`.
        text_digest: SHA-256 of the text in UTF-8, hexadecimal; claims belong to texts.
        bytes_digest: SHA-256 of the bytes read, hexadecimal.
        media_type: such as `text/plain` or `text/html`.
        url: its address from sidecar or markup; None where unknown.
        publisher: the outlet from sidecar or markup; None where unknown.
        published: the date from the sidecar, as given; None where unknown.
        fetched: when it was saved, from the sidecar, as given; None where unknown.
        title: title from the sidecar, else the markup; None where unknown.
        read_at: when it was read, aware UTC in ISO form; no part of the ledger's digest.
        reader: name and version of the reader.
        sidecar: all that came beside the bytes; None where nothing did.
    """

    id: str
    name: str
    text_digest: str
    bytes_digest: str
    media_type: str
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    fetched: str | None = None
    title: str | None = None
    read_at: str = ""
    reader: str = ""
    sidecar: Sidecar | None = None


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Passage:
    """A stretch of an article in one role, usually a paragraph or a run of them.

    Attributes:
        start: first character in the document's text, in code points.
        end: one past the last.
        role: what the stretch is; figures of a headline, standfirst or caption yield to the body's.
    """

    start: int
    end: int
    role: PassageRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One report inside a document.

    Attributes:
        document: the document's name.
        number: its place among the document's areas (articles, items and teasers), from 0 in page order, but the items of a live page
            among themselves in time order; `article` in every record.
        kind: an article, an item of a live page, or a teaser to something else.
        passages: its stretches in page order, disjoint; boilerplate inside it is left out.
        title: its headline, from the page else the sidecar; None where it has none.
        outlet: who published it, in canonical form ("Associated Press"); None where nothing says.
        byline: the writers as printed; None where nothing says.
        dateline: the place and date line as printed ("SEOUL, Oct. 24 (UPI)"); None where there is none.
        credits: outlets whose copy it is or uses, canonical, from "(Reuters)" or "The Associated Press contributed".
        published: when it was published; None where not even a bound can be given.
        published_evidence: where that date came from; None where there is none. A sidecar wins.
        published_on_page: the date that the page itself gives, kept where a sidecar wins; None where it gives none.
        updated: when it was last changed, from the page; None where nothing says.
        language: ISO 639-1 code; None where it could not be told.
        corrections: correction and update notes that belong to it.
    """

    document: str
    number: int
    kind: ArticleKind
    passages: tuple[Passage, ...]
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    dateline: str | None = None
    credits: tuple[str, ...] = ()
    published: Interval | None = None
    published_evidence: DateEvidence | None = None
    published_on_page: Interval | None = None
    updated: Interval | None = None
    language: str | None = None
    corrections: tuple[Span, ...] = ()


def carrier_name(article: Article | None, document: Document) -> str:
    """Who carried an article, for readers: its outlet, else the document's publisher, else `unnamed outlet (FILE)`.

    A page whose outlet nobody tells counts as an outlet of its own; only the file's own name is shown, never its path.
    """
    known = (article.outlet if article else None) or document.publisher
    return known or f"unnamed outlet ({_FOLDERS.split(document.name)[-1]})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What reading one document gave; `document` is None where nothing could be read and `problems` says why.

    Attributes:
        document: the document, or None.
        text: its text, once and for good; empty where there is none.
        articles: its areas in the order of their numbers.
        problems: what could not be used.
    """

    document: Document | None
    text: str
    articles: tuple[Article, ...] = ()
    problems: tuple[Problem, ...] = ()
