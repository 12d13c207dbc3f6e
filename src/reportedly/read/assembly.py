"""Makes a reading of a text: the document's record and its articles, dated and signed."""

import datetime as dt
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version

from reportedly.language.tongues import find_tongue
from reportedly.model import (
    Article,
    DateEvidence,
    Document,
    Interval,
    Passage,
    Problem,
    Reading,
    Sidecar,
    Span,
    document_id,
    span_of,
    text_digest,
)
from reportedly.read.areas import Area
from reportedly.read.clocks import clock_end, date_items
from reportedly.read.dateline import Dateline, find_dateline
from reportedly.read.front_matter import FrontMatter, read_front_matter
from reportedly.read.headings import clean_title
from reportedly.read.outlet import Origin, find_origin
from reportedly.read.page import Markup, Page
from reportedly.read.paragraphs import Paragraph, plain_text
from reportedly.read.published import Dated, date_report
from reportedly.read.splitting import split_page
from reportedly.read.when import date_in_address, parse_when

TEXT_MOST = 5_000_000
"""Characters of a text that is split into articles: half as long again as "War and Peace", some 90 seconds of parsing."""

_LEADS = re.compile(r"^[\s*+•·-]+")


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
    """The reading of a source: its document, its articles in page order, and what could not be used."""
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
        articles = _articles(source, areas, page)
        problems += _tongue_problems(text, articles)
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
        (parse_when(markup.published) if markup.published else None, "markup"),
        (parse_when(front.published.text, front.published) if front.published else None, "text"),
        (date_in_address(url) if url else None, "url"),
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
    )


def _articles(source: Source, areas: Sequence[Area], page: Page) -> tuple[Article, ...]:
    reports = [area for area in areas if area.kind == "article" and not area.shares_page]
    items = [area for area in areas if area.kind == "item"]
    dates = dict(zip((id(item) for item in items), date_items(source.text, items, page), strict=True)) if items else {}
    made = []
    for number, area in enumerate(areas):
        owns = area.shares_page or (len(reports) == 1 and area.kind == "article")
        first = owns and area.kind == "article" and not any(other.kind == "article" for other in areas[:number])
        made.append(_article(source, area, page, dates.get(id(area)), owns=owns, fallback=page.titles[:1] if first else ()))
    return tuple(replace(article, number=number) for number, article in enumerate(made))


def _article(source: Source, area: Area, page: Page, dated: Dated | None, *, owns: bool, fallback: tuple[str, ...]) -> Article:
    text = source.text
    dateline = _dateline(text, area)
    if area.kind == "teaser":
        dated, origin = Dated(), Origin()
    else:
        dated = dated or date_report(text, area, page, dateline, owns_page=owns)
        origin = find_origin(area, page, dateline, owns_page=owns)
    return Article(
        document=source.name,
        number=0,
        kind=area.kind,
        passages=_passages(area, dateline),
        title=_title(text, area, page) or next((clean_title(words, _sites(page))[0] for words in fallback), None),
        outlet=origin.outlet,
        byline=origin.byline,
        dateline=dateline.words.text if dateline else None,
        credits=origin.credits,
        published=dated.published,
        published_evidence=dated.evidence,
        published_on_page=dated.on_page,
        updated=dated.updated,
        language="en" if (find_tongue(_words(text, area)) or find_tongue(text)) in ("en", None) else None,
        corrections=tuple(_span(text, paragraph) for paragraph in area.corrections),
    )


def _dateline(text: str, area: Area) -> Dateline | None:
    """The dateline of the report's first paragraph; a teaser has none."""
    if area.kind == "teaser" or not area.prose:
        return None
    return find_dateline(text, area.prose[0].start, area.prose[0].end)


def _passages(area: Area, dateline: Dateline | None) -> tuple[Passage, ...]:
    """The report's paragraphs; the dateline, kept in a field of its own, is left out of the first."""
    lead = area.prose[0] if area.prose else None
    passages = []
    for part in area.parts:
        paragraph = part.paragraph
        start = dateline.end if dateline and paragraph is lead else paragraph.start
        passages.append(Passage(start=start, end=paragraph.end, role=part.role))
    return tuple(passages)


def _title(text: str, area: Area, page: Page) -> str | None:
    if area.title is None:
        return None
    words, _ = plain_text(text[area.title.start : area.title.end], typographic=False)
    if area.clock is area.title:
        words = _LEADS.sub("", words[clock_end(words) :])
    return clean_title(words, _sites(page))[0] or None


def _sites(page: Page) -> frozenset[str]:
    return frozenset(name.casefold() for name in (page.publisher, page.site) if name)


def _words(text: str, area: Area) -> str:
    return "\n".join(text[part.paragraph.start : part.paragraph.end] for part in area.parts)


def _span(text: str, paragraph: Paragraph) -> Span:
    return span_of(text, paragraph.start, paragraph.end)


def _tongue_problems(text: str, articles: Sequence[Article]) -> list[Problem]:
    """A problem for each article that is not in English; it stays, but nothing will be read from it."""
    problems = []
    for article in articles:
        if article.language is None:
            words = "\n".join(text[passage.start : passage.end] for passage in article.passages)
            tongue = find_tongue(words) or find_tongue(text)
            message = f"article {article.number} is not in English (language {tongue}); it is kept, but no claim is read from it"
            start, end = article.passages[0].start, article.passages[-1].end
            problems.append(Problem(code="not-english", message=message, document=article.document, start=start, end=end))
    return problems
