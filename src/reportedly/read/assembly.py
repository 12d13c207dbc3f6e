"""Makes a reading of a text: the document's record and its articles, dated and signed."""

import datetime as dt
import functools
import re
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version

from reportedly.model import (
    Article,
    DateEvidence,
    Document,
    Interval,
    Problem,
    Reading,
    Sidecar,
    document_id,
    text_digest,
)
from reportedly.read.articles import make_articles, tongue_problems
from reportedly.read.dates.when import date_in_address, parse_when
from reportedly.read.layout.front_matter import FrontMatter, read_front_matter
from reportedly.read.layout.splitting import split_page
from reportedly.read.page import Markup, Page

_FOLDERS = re.compile(r"[/\\!]")  # what stands before a file's own name in a path or an archive

TEXT_MOST = 2_000_000
"""Characters of a text that is split into articles: a hundred times the longest reports, half a minute of parsing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Bytes read as text, with all that came beside them.

    Attributes:
        name: the document's name.
        text: its text.
        bytes_digest: SHA-256 of the bytes, unpacked.
        media_type: such as `text/plain`.
        sidecar: what was noted when it was saved; None where nothing was.
        markup: what its markup says; empty for plain text.
        problems: what could not be used so far.
    """

    name: str
    text: str
    bytes_digest: str
    media_type: str
    sidecar: Sidecar | None = None
    markup: Markup = field(default_factory=Markup)
    problems: tuple[Problem, ...] = ()


def make_reading(source: Source) -> Reading:
    """The reading of a source: its document, its articles in the order of their numbers, and what could not be used."""
    text, name = source.text, source.name
    problems = list(source.problems)
    front = read_front_matter(text)
    page = _page(source, front)
    articles: tuple[Article, ...] = ()
    if len(text) > TEXT_MOST:
        message = f"the text has {len(text):,} characters, more than {TEXT_MOST:,}; it is kept whole, but no article was read from it"
        problems.append(Problem(code="too-large", message=message, document=name, start=0, end=len(text)))
    else:
        areas = split_page(text, start=front.end, titles=page.titles)
        articles = make_articles(name, text, areas, page)
        problems += tongue_problems(articles)
        if not articles:
            problems.append(Problem(code="no-article", message="no report was found in the text; it is kept whole", document=name))
    return Reading(document=_document(source, page), text=text, articles=articles, problems=tuple(problems))


def failed(name: str, code: str, message: str, *more: Problem) -> Reading:
    """A reading of something that could not be read, with the problem that says why."""
    return Reading(document=None, text="", problems=(*more, Problem(code=code, message=message, document=name)))


@functools.cache
def reader_version() -> str:
    """Name and version of the reader, as documents keep it."""
    try:
        return f"reportedly {version('reportedly')}"
    except PackageNotFoundError:  # run from a folder that was not installed
        return "reportedly"


def _document(source: Source, page: Page) -> Document:
    sidecar = source.sidecar or Sidecar()
    publisher = sidecar.publisher or source.markup.site
    url = sidecar.url or page.url
    return Document(
        id=document_id(source.bytes_digest, url, publisher),
        name=source.name,
        text_digest=text_digest(source.text),
        bytes_digest=source.bytes_digest,
        media_type=source.media_type,
        url=url,
        publisher=publisher,
        published=sidecar.published,
        fetched=sidecar.fetched,
        title=sidecar.title or next(iter(page.titles), None),
        read_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        reader=reader_version(),
        sidecar=source.sidecar,
    )


def _page(source: Source, front: FrontMatter) -> Page:
    """What is known of the page, brought together."""
    sidecar, markup = source.sidecar or Sidecar(), source.markup
    url = sidecar.url or markup.url or front.url
    candidates: tuple[tuple[Interval | None, DateEvidence], ...] = (
        (parse_when(markup.published) if markup.published else None, markup.dated_by),
        (parse_when(front.published.text, front.published) if front.published else None, "text"),
        (date_in_address(url) if url else None, "url"),
        (date_in_address("/" + _FOLDERS.split(source.name)[-1]), "file"),
    )
    stated: tuple[Interval | None, DateEvidence | None] = next((one for one in candidates if one[0]), (None, None))
    changed = markup.updated or (front.updated.text if front.updated else None)
    return Page(
        titles=tuple(dict.fromkeys(title for title in (sidecar.title, markup.title, front.title) if title)),
        publisher=sidecar.publisher,
        site=markup.site,
        url=url,
        noted=parse_when(sidecar.published) if sidecar.published else None,
        fetched=parse_when(sidecar.fetched) if sidecar.fetched else None,
        stated=stated[0],
        stated_by=stated[1],
        updated=parse_when(changed) if changed else None,
        author=markup.author or front.author,
    )
