"""When a report was published: sidecar, markup, dateline, text, address, and where nothing says it, what its own mentions allow."""

from dataclasses import dataclass

from reportedly.language.page_lines import line_pattern
from reportedly.language.times import find_times
from reportedly.model import DateEvidence, Interval
from reportedly.read.anniversary import find_anniversary, narrow
from reportedly.read.areas import Area
from reportedly.read.bounds import bound, earliest_day, mentions_of
from reportedly.read.dateline import Dateline
from reportedly.read.dateline_year import date_dateline
from reportedly.read.page import Page
from reportedly.read.paragraphs import Paragraph


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
        The date. A sidecar wins; then markup, dateline, the lines beside the text, front matter and address; an undated report gets
        the interval that its own mentions and the page's date allow, never a guess.
    """
    published, updated = _printed(text, area)
    if owns_page:
        updated = updated or page.updated
    stated: tuple[Interval | None, DateEvidence | None] = (None, None)
    if owns_page and page.stated and page.stated_by == "markup":
        stated = page.stated, "markup"
    elif dateline and (opened := date_dateline(text, area, dateline, page)):
        stated = opened, "dateline"
    elif published:
        stated = published, "text"
    elif owns_page and page.stated:
        stated = page.stated, page.stated_by
    if owns_page and page.noted:
        return Dated(published=page.noted, evidence="sidecar", on_page=stated[0], updated=updated)
    if stated[0]:
        return Dated(published=stated[0], evidence=stated[1], on_page=stated[0], updated=updated)
    limits = [limit for limit in (updated, page.newest, page.fetched) if limit and limit.last_day]
    last = min(limits, key=lambda limit: str(limit.last_day), default=None)
    inferred = narrow(bound(earliest_day(text, mentions_of(text, area.prose)), last), find_anniversary(text, area))
    return Dated(published=inferred, evidence="inferred" if inferred else None, updated=updated)


def stamp_in(text: str, paragraph: Paragraph) -> Interval | None:
    """The first full date, with its time where printed, in a line beside a report; None where it has none."""
    glued = line_pattern("glued_year").search(text, paragraph.start, paragraph.end)
    end = glued.end() if glued else paragraph.end
    source = text[:end] if glued else text
    for time in find_times(source, paragraph.start, end):
        if time.interval and time.year and time.day and not time.relative:
            return Interval(
                first=time.interval.first, last=time.interval.last, words=time.span, granularity=time.interval.granularity, basis="words"
            )
    return None


def _printed(text: str, area: Area) -> tuple[Interval | None, Interval | None]:
    """When the lines beside the report say it was published, and when changed."""
    published = updated = None
    for paragraph in area.beside:
        if len(paragraph.plain) > 200:  # noqa: PLR2004 - a paragraph on other things
            continue
        stamp = stamp_in(text, paragraph)
        if stamp and line_pattern("updated").search(paragraph.plain):
            updated = updated or stamp
        elif stamp:
            published = published or stamp
    return published, updated
