"""Splits a page into its articles, live items and teasers by what its paragraphs say, so that plain text works as markup does."""

from collections.abc import Iterator, Sequence

from reportedly.read.layout.areas import Area, Line, Part, between, label_lines
from reportedly.read.layout.furniture import announces
from reportedly.read.layout.headings import is_date_line, is_prose
from reportedly.read.layout.headlines import Known, find_starts, known_titles
from reportedly.read.layout.live import cut_items, find_heads
from reportedly.read.layout.paragraphs import cut_paragraphs
from reportedly.read.layout.reports import make_report
from reportedly.read.layout.sections import cut_sections
from reportedly.read.layout.teasers import cut_teasers, foot_teasers, list_teasers

_CLOSING_MOST = 3  # lines under the last item of a live page that say when the page was published


def split_page(text: str, *, start: int = 0, titles: Sequence[str] = ()) -> list[Area]:
    """The areas of a page.

    Args:
        text: the document's text.
        start: where the page begins in it, behind front matter.
        titles: titles of the page known from sidecar, markup or front matter.

    Returns:
        Articles, items and teasers in page order, disjoint; the rest of the page is furniture.
    """
    lines = [line for line in label_lines(cut_paragraphs(text)) if line.paragraph.start >= start]
    if listed := list_teasers(lines, titles):
        return listed
    known = known_titles(titles)
    *stretches, foot = _stretches(lines)
    areas = [area for stretch in stretches for area in _split_stretch(stretch, known, titles)]
    areas += (foot_teasers(foot) if areas else []) or _split_stretch(foot, known, titles)
    if not any(area.kind != "teaser" for area in areas):
        areas = _whole(lines)
    return sorted(areas, key=lambda area: area.start)


def _whole(lines: Sequence[Line]) -> list[Area]:
    """All that is no furniture as one article, where no line reads as a report's prose: a flash of a few words is a report too."""
    text = tuple(Part(paragraph=line.paragraph, role="body") for line in lines if line.label in ("text", "bio"))
    return [Area(kind="article", parts=text)] if text else []


def _stretches(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """The lines between the end marks of an aggregator's page."""
    first = 0
    for place, line in enumerate(lines):
        if line.label == "end":
            yield lines[first:place]
            first = place + 1
    yield lines[first:]


def _split_stretch(lines: Sequence[Line], known: Known, titles: Sequence[str]) -> Iterator[Area]:
    heads = find_heads(lines)
    if heads:
        foot = _foot(lines, heads[-1])
        items = cut_items(lines[:foot], heads)
        yield from items
        if items[0].clock:
            closing = tuple(
                line.paragraph for line in lines[foot : foot + _CLOSING_MOST] if line.label == "text" and is_date_line(line.paragraph)
            )
            for area in _split_running(_without_introduction(lines[: heads[0]]), known, titles):
                yield area if area.kind == "teaser" else area.with_beside(closing)
    else:
        yield from _split_running(lines, known, titles)


def _split_running(lines: Sequence[Line], known: Known, titles: Sequence[str]) -> Iterator[Area]:
    starts = [0, *find_starts(lines)]
    for first, after in between(starts, len(lines)):
        report, teasers = make_report(lines[first:after], known)
        yield from teasers
        if report:
            yield from _parts_of(report, titles)


def _parts_of(report: Area, titles: Sequence[str]) -> list[Area]:
    """The sections of a round-up that says it is one; else the report, or what it divides into, and its teasers."""
    sections = cut_sections(report, titles, announced=True)
    if len(sections) > 1:
        return sections
    report, teasers = cut_teasers(report)
    return [*cut_sections(report, titles, announced=False), *teasers]


def _foot(lines: Sequence[Line], head: int) -> int:
    """Where the last item ends: at the page's foot, or at a line of dates under text."""
    prose = False
    for place in range(head + 1, len(lines)):
        line = lines[place]
        if line.label in ("box", "tail") or (prose and line.label == "text" and is_date_line(line.paragraph)):
            return place
        prose = prose or (line.label == "text" and is_prose(line.paragraph))
    return len(lines)


def _without_introduction(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if not announces("live", line.plain)]
