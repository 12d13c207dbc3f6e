"""Makes the records of a page's articles: each area dated, signed and titled."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.language.tongues import find_tongue
from reportedly.model import Article, Passage, Problem, span_of
from reportedly.read.areas import Area
from reportedly.read.clocks import clock_end, date_items
from reportedly.read.dateline import Dateline, find_dateline
from reportedly.read.headings import clean_title
from reportedly.read.outlet import Origin, find_masthead, find_origin
from reportedly.read.page import Page
from reportedly.read.paragraphs import plain_text
from reportedly.read.published import Dated, date_report

_LEADS = re.compile(r"^[\s*+•·-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What all articles of a page share: document name, text, what is known of the page, its language, and whose masthead it bears."""

    name: str
    text: str
    page: Page
    tongue: str | None
    masthead: str | None


def make_articles(name: str, text: str, areas: Sequence[Area], page: Page) -> tuple[Article, ...]:
    """The records of a page's areas.

    Args:
        name: the document's name.
        text: its text.
        areas: its areas in page order.
        page: what is known of the page from beside its text.

    Returns:
        An article an area, numbered from 0. What is known of the page holds for its only article, for the items of a live page and
        for the sections of a round-up; of several reports on one page each has only what stands with it.
    """
    masthead = find_masthead(text[: areas[0].start], page) if areas else None
    given = _Given(name=name, text=text, page=page, tongue=find_tongue(text), masthead=masthead)
    reports = sum(area.kind == "article" and not area.shares_page for area in areas)
    first = next((area for area in areas if area.kind == "article"), None)
    items = [place for place, area in enumerate(areas) if area.kind == "item"]
    dates = dict(zip(items, date_items(text, [areas[place] for place in items], page), strict=True)) if items else {}
    made = []
    for number, area in enumerate(areas):
        owns = area.shares_page or (reports == 1 and area.kind == "article")
        title = _title(given, area) or (_page_title(page) if owns and area is first else None)
        made.append(_article(given, number, area, title, dated=dates.get(number), owns=owns))
    return tuple(made)


def tongue_problems(text: str, articles: Sequence[Article]) -> list[Problem]:
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


def _article(given: _Given, number: int, area: Area, title: str | None, *, dated: Dated | None, owns: bool) -> Article:
    dateline = _dateline(given, area)
    origin = Origin()
    if area.kind == "teaser":
        dated = Dated()  # a teaser's date and outlet are those of another page
    else:
        dated = dated or date_report(given.text, area, given.page, dateline, owns_page=owns)
        origin = find_origin(area, given.page, dateline, owns_page=owns, masthead=given.masthead)
    return Article(
        document=given.name,
        number=number,
        kind=area.kind,
        passages=tuple(Passage(start=part.paragraph.start, end=part.paragraph.end, role=part.role) for part in area.parts),
        title=title,
        outlet=origin.outlet,
        byline=origin.byline,
        dateline=dateline.words.text if dateline else None,
        credits=origin.credits,
        published=dated.published,
        published_evidence=dated.evidence,
        published_on_page=dated.on_page,
        updated=dated.updated,
        language=_language(given, area),
        corrections=tuple(span_of(given.text, paragraph.start, paragraph.end) for paragraph in area.corrections),
    )


def _dateline(given: _Given, area: Area) -> Dateline | None:
    """The dateline of the report's first paragraph; a teaser has none."""
    if area.kind == "teaser" or not area.prose:
        return None
    return find_dateline(given.text, area.prose[0].start, area.prose[0].end)


def _title(given: _Given, area: Area) -> str | None:
    if area.title is None:
        return None
    words, _ = plain_text(given.text[area.title.start : area.title.end], typographic=False)
    if area.clock is area.title:
        words = _LEADS.sub("", words[clock_end(words) :])
    return clean_title(words, _sites(given.page))[0] or None


def _page_title(page: Page) -> str | None:
    return clean_title(page.titles[0], _sites(page))[0] if page.titles else None


def _sites(page: Page) -> frozenset[str]:
    return frozenset(name.casefold() for name in (page.publisher, page.site) if name)


def _language(given: _Given, area: Area) -> str | None:
    """`en`, or None where the article, or for a short one the page, is in another language."""
    words = "\n".join(given.text[part.paragraph.start : part.paragraph.end] for part in area.parts)
    return "en" if (find_tongue(words) or given.tongue) in ("en", None) else None
