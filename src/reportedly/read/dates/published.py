"""When a report was published: sidecar, markup, dateline, text, address, and where nothing says it, what its own mentions allow."""

import datetime as dt
from dataclasses import dataclass

from reportedly.language.pages.page_lines import line_pattern
from reportedly.language.times.finding import find_times
from reportedly.model import DateEvidence, Interval
from reportedly.read.dates.anniversary import find_anniversary, narrow
from reportedly.read.dates.bounds import bound, earliest_day, mentions_of
from reportedly.read.dates.dateline_year import date_dateline, date_posted, lead_weekday
from reportedly.read.layout.areas import Area
from reportedly.read.layout.dateline import Dateline
from reportedly.read.page import Page

_OPENING_PARTS, _OPENING_MOST = 3, 200  # paragraphs of a report in which a stamp may be run in, and characters of each


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """When a report was published.

    Attributes:
        published: the interval; None where not even a bound can be given.
        evidence: where it came from; None where there is none.
        on_page: what the page itself says; None where it says nothing.
        updated: when it was last changed, from the page; None where nothing says.
    """

    published: Interval | None = None
    evidence: DateEvidence | None = None
    on_page: Interval | None = None
    updated: Interval | None = None


def date_report(text: str, area: Area, page: Page, dateline: Dateline | None, *, owns_page: bool) -> Dated:
    """When a report was published, with the evidence.

    Args:
        text: the document's text.
        area: the report's area.
        page: what is known of the page from beside its text.
        dateline: the report's dateline; None where it has none.
        owns_page: whether what is known of the page holds for this report. Where not, the page's date only bounds it from above.

    Returns:
        The date. A sidecar wins; then markup, dateline, the lines beside the text, a stamp run in with it, front matter and address.
        An undated report gets an interval: of which only the last change is known, from the weekday of its news to that change; else
        what its own mentions and the page's date allow. Never a guess.
    """
    published, updated = _printed(text, area)
    published = published or _run_in(text, area)
    if owns_page:
        updated = updated or page.updated
    stated: tuple[Interval | None, DateEvidence | None] = (None, None)
    if owns_page and page.stated and page.stated_by == "markup":
        stated = page.stated, "markup"
    elif dateline and (opened := date_dateline(text, area, dateline, page)):
        stated = opened, "dateline"
    elif published or (published := date_posted(text, area, page)):
        stated = published, "text" if published.basis == "words" else "inferred"
    elif owns_page and page.stated:
        stated = page.stated, page.stated_by
    if owns_page and page.noted:
        return Dated(published=page.noted, evidence="sidecar", on_page=stated[0], updated=updated)
    if stated[0]:
        return Dated(published=stated[0], evidence=stated[1], on_page=stated[0], updated=updated)
    if updated and (since := _news_day(text, area, updated)):
        return Dated(published=since, evidence="inferred", updated=updated)
    limits = [limit for limit in (updated, page.newest, page.fetched) if limit and limit.last_day]
    last = min(limits, key=lambda limit: str(limit.last_day), default=None)
    inferred = narrow(bound(earliest_day(text, mentions_of(text, area.prose)), last), find_anniversary(text, area))
    return Dated(published=inferred, evidence="inferred" if inferred else None, updated=updated)


def stamp_in(text: str, start: int, end: int) -> Interval | None:
    """The first full date, with its time where printed, in the stretch `text[start:end]` beside a report; None where it has none."""
    glued = line_pattern("glued_year").search(text, start, end)
    end = glued.end() if glued else end
    source = text[:end] if glued else text
    for time in find_times(source, start, end):
        if time.interval and time.year and time.day and not time.relative:
            return Interval(
                first=time.interval.first, last=time.interval.last, words=time.span, granularity=time.interval.granularity, basis="words"
            )
    return None


def _printed(text: str, area: Area) -> tuple[Interval | None, Interval | None]:
    """When the lines beside the report say it was published, and when changed; a line that says which comes before one that does not."""
    told: Interval | None = None
    published: Interval | None = None
    updated: Interval | None = None
    for paragraph in area.beside:
        if len(paragraph.plain) > 200:  # noqa: PLR2004 - a paragraph on other things
            continue
        stamp = stamp_in(text, paragraph.start, paragraph.end)
        if stamp and line_pattern("updated").search(paragraph.plain):
            updated = updated or stamp
        elif stamp and line_pattern("published").search(paragraph.plain):
            told = told or stamp
        elif stamp:
            published = published or stamp
    return told or published, updated


def _run_in(text: str, area: Area) -> Interval | None:
    """The stamp that a converter ran together with the report's first words ("OSLO | Fri May 2, 2031 7:50 pm EDT A ferry ...")."""
    for part in area.parts[:_OPENING_PARTS]:
        paragraph = part.paragraph
        match = line_pattern("stamp").search(text, paragraph.start, min(paragraph.end, paragraph.start + _OPENING_MOST))
        if match:
            return stamp_in(text, *match.span()) or stamp_in(text, *match.span("day"))
    return None


def _news_day(text: str, area: Area, updated: Interval) -> Interval | None:
    """From the weekday by which a report names the day of its news to the day of its last change, which comes within the week."""
    weekday = lead_weekday(text, area) if area.prose else None
    last = updated.last_day
    if weekday is None or last is None:
        return None
    first = last - dt.timedelta(days=(last.weekday() - weekday) % 7)
    return Interval(first=first.isoformat(), last=last.isoformat(), words=updated.words, basis="inferred")
