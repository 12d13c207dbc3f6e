"""Makes the records of a page's articles: each area dated, signed and titled."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportedly.language.pages.tongues import find_tongue, name_tongue
from reportedly.model import Article, Passage, Problem, span_of
from reportedly.read.dates.clocks import clock_end, date_items, time_order
from reportedly.read.dates.published import Dated, date_report
from reportedly.read.layout.areas import Area
from reportedly.read.layout.dateline import Dateline, find_dateline
from reportedly.read.layout.headings import clean_title
from reportedly.read.layout.paragraphs import plain_text
from reportedly.read.outlet import Origin, find_masthead, find_origin
from reportedly.read.page import Page

_NAMED = 10  # articles whose numbers a problem gives
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
        An article an area, numbered from 0 in page order, but the items of a live page among themselves in time order; in the order of
        their numbers. What is known of the page holds for its only article, for the items of a live page and for the sections of a
        round-up; of several reports on one page each has only what stands with it.
    """
    masthead = find_masthead(text[: areas[0].start], page) if areas else None
    given = _Given(name=name, text=text, page=page, tongue=find_tongue(text), masthead=masthead)
    reports = sum(area.kind == "article" and not area.shares_page for area in areas)
    first = next((area for area in areas if area.kind == "article"), None)
    items = [place for place, area in enumerate(areas) if area.kind == "item"]
    dates = dict(zip(items, date_items(text, [areas[place] for place in items], page), strict=True)) if items else {}
    numbers = {place: place for place in range(len(areas))}
    numbers |= {items[at]: number for number, at in zip(items, time_order(text, [areas[place] for place in items], page), strict=True)}
    made = []
    for place, area in enumerate(areas):
        owns = area.shares_page or (reports == 1 and area.kind == "article")
        title = _title(given, area) or (_page_title(page) if owns and area is first else None)
        made.append(_article(given, numbers[place], area, title, dated=dates.get(place), owns=owns))
    return tuple(sorted(_date_sections(areas, made), key=lambda article: article.number))


def _date_sections(areas: Sequence[Area], made: Sequence[Article]) -> list[Article]:
    """The records, the sections of a round-up that print no date with the one that the round-up prints over its first."""
    sections = [article for area, article in zip(areas, made, strict=True) if area.shares_page and article.kind == "article"]
    over = sections[0] if sections else None
    if over is None or over.published is None or over.published_evidence == "inferred":
        return list(made)
    open_ones = {article.number for article in sections if article.published is None or article.published_evidence == "inferred"}
    return [
        replace(
            article,
            published=over.published,
            published_evidence=over.published_evidence,
            published_on_page=over.published_on_page,
        )
        if article.number in open_ones
        else article
        for article in made
    ]


def tongue_problems(articles: Sequence[Article]) -> list[Problem]:
    """One problem for each other language than English that a document's articles are in; they stay, but no claim is read from them."""
    foreign: dict[str, list[Article]] = {}
    for article in articles:
        if article.language not in ("en", None):
            foreign.setdefault(article.language, []).append(article)
    problems = []
    for tongue, found in foreign.items():
        numbers = ", ".join(str(article.number) for article in found[:_NAMED]) + (", ..." if len(found) > _NAMED else "")
        what = "it is" if len(found) == len(articles) else f"{len(found)} of its {len(articles)} articles ({numbers}) are"
        message = f"{what} in {name_tongue(tongue)}, not in English; the text is kept, but no claim is read from it"
        passages = [passage for article in found for passage in article.passages]
        start, end = min(passage.start for passage in passages), max(passage.end for passage in passages)
        problems.append(Problem(code="not-english", message=message, document=found[0].document, start=start, end=end))
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


def _language(given: _Given, area: Area) -> str:
    """The article's language, or for a short one the page's; English where neither can be told."""
    words = "\n".join(given.text[part.paragraph.start : part.paragraph.end] for part in area.parts)
    return find_tongue(words) or given.tongue or "en"
