"""Who published a report, who wrote it, and whose copy it uses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.language.naming.outlets import find_outlet, name_outlet, split_publisher
from reportedly.language.pages.page_lines import line_pattern
from reportedly.read.layout.areas import Area
from reportedly.read.layout.credits import closing_credit, employer_of, find_credits, signed_by, site_of
from reportedly.read.layout.dateline import Dateline, find_dateline
from reportedly.read.layout.headings import clean_title, is_byline, is_name
from reportedly.read.layout.paragraphs import cut_paragraphs, plain_text
from reportedly.read.page import Page

_SIGNED = ("sign_writing", "sign_reporting")  # who wrote comes before who reported
_PARTING = re.compile(r"(,|\s/)(?=[^,/]*$)")  # the last mark behind a writer's name
_AROUND_NAME = " |*_#:.-\u2013\u2014"
_HEAD_MOST = 8_000  # characters over the first report: the longest menus
_APART = re.compile(r";|, (?:and )?| and | & ")
_NAME = re.compile(
    r"[^\W\d_a-z][\w.\u2019'-]*(?: [\w.\u2019'-]+){0,2} [^\W\d_a-z][\w.\u2019'-]+"
)  # two to four words, capitals first and last
_NO_NAME = re.compile(r"@|https?:|.{0,3}$")  # what some pages give as the name of their site


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a report comes from.

    Attributes:
        outlet: who published it, canonical; None where nothing says.
        byline: the writers as printed; None where nothing says.
        credits: outlets whose copy it is or uses, canonical, in the page's order.
    """

    outlet: str | None = None
    byline: str | None = None
    credits: tuple[str, ...] = ()


def find_masthead(head: str, page: Page) -> str | None:
    """The outlet whose page it is by its own masthead: a line over the first report that is nothing but the name noted beside the page.

    Args:
        head: the page's text over its first report.
        page: what is known of the page from beside its text.

    Returns:
        The outlet, canonical where the table has it; None where sidecar and markup name none, or the page does not bear its name. An
        aggregator that others' reports are saved from seldom prints its name over them, so the name beside the page alone tells nothing.
    """
    lines = {paragraph.plain.strip(_AROUND_NAME).casefold() for paragraph in cut_paragraphs(head[:_HEAD_MOST])}
    for name in (page.publisher, page.site):
        outlet = split_publisher(name)[0] if name else ""
        if name and any(plain_text(words)[0].strip(_AROUND_NAME).casefold() in lines for words in (name, outlet)):
            return outlet
    return None


def find_origin(area: Area, page: Page, dateline: Dateline | None, *, owns_page: bool, masthead: str | None = None) -> Origin:
    """The origin of a report.

    Args:
        area: the report's area.
        page: what is known of the page from beside its text.
        dateline: the report's dateline; None where it has none.
        owns_page: whether what is known of the page holds for this report: it is the only one, or an item or section of the page.
        masthead: the outlet whose masthead stands over the page's reports; None where none does.

    Returns:
        Outlet, byline and credits. The sidecar's publisher wins; then come the suffix of the title, byline, sign-off, markup, the
        page's address, the words of the site about itself, its masthead, and last the agency of the dateline or of a line of its own.
        Writers that only the markup names are the byline where the page prints none; an outlet among them is credited.
    """
    lines = [paragraph.plain for paragraph in area.beside]
    byline, employer = _byline(area)
    credit = dict.fromkeys([dateline.agency] if dateline and dateline.agency else [])
    opened = (find_dateline(line, 0, len(line)) for line in lines)
    credit |= dict.fromkeys(opening.agency for opening in opened if opening and opening.agency)
    credit |= dict.fromkeys(outlet for line in lines for outlet in find_credits(line))
    closing = area.prose[-1:] if not area.shares_page else area.prose
    credit |= dict.fromkeys(outlet for paragraph in closing if (outlet := closing_credit(paragraph.plain)))
    publisher, of_publisher = split_publisher(page.publisher) if page.publisher and owns_page else (None, ())
    credit |= dict.fromkeys(of_publisher)
    suffix = find_outlet(clean_title(area.title.plain)[1] or "") if area.title else None
    own = suffix or employer or next((outlet for line in lines if (outlet := employer_of(line))), None)
    around = _page_outlet(page) if owns_page else None
    site = next((found for line in lines if (found := site_of(line))), None)
    signed = next((found for line in lines if (found := signed_by(line))), None)
    outlet = publisher or own or around or site or masthead or (dateline.agency if dateline else None) or signed
    if owns_page:
        writers, houses = _authors(page.author)
        byline = byline or writers
        credit |= dict.fromkeys(house for house in houses if house != outlet)
    return Origin(outlet=outlet, byline=byline, credits=tuple(credit))


def _authors(author: str | None) -> tuple[str | None, list[str]]:
    """The writers that markup names, and the outlets that it names among them; what is no name ("admin") is left out."""
    names = [name.strip() for name in _APART.split(author)] if author else []
    houses = [outlet for name in names if (outlet := find_outlet(name))]
    writers = [name for name in names if not find_outlet(name) and _NAME.fullmatch(name)]
    return ", ".join(writers) or None, houses


def _page_outlet(page: Page) -> str | None:
    """The outlet that markup, the page's address or its title names; a name that the table does not know comes last."""
    named = (page.site, page.url, *(clean_title(words)[1] for words in page.titles))
    known = next((outlet for words in named if words and (outlet := find_outlet(words))), None)
    return known or (page.site if page.site and not _NO_NAME.match(page.site) else None)


def _byline(area: Area) -> tuple[str | None, str | None]:
    """The writers as printed, and the outlet that stands behind their names; None where nothing says."""
    beside: Sequence[str] = [paragraph.plain for paragraph in area.beside]
    for place, (paragraph, plain) in enumerate(zip(area.beside, beside, strict=True)):
        if plain.casefold() == "by" and place + 1 < len(beside):
            following = beside[place + 1]
            return (None, find_outlet(following)) if find_outlet(following) else (following, None)
        signed = next((found for name in _SIGNED if (found := line_pattern(name).search(plain))), None)
        match = signed or (None if plain.startswith("(") else line_pattern("written_by").search(plain))
        if match and (is_byline(paragraph) or "|" in plain or len(plain) < 160):  # noqa: PLR2004 - a line, not a paragraph
            names, outlet = _parted(match["names"])
            return names, outlet or name_outlet(plain[match.end() :].strip(" |").partition("|")[0].strip())
        writers = line_pattern("writers").match(plain)
        if writers:
            return writers["names"], employer_of(plain)
    name = next((paragraph.plain for paragraph in area.beside if is_name(paragraph) and not find_outlet(paragraph.plain)), None)
    return name, None


def _parted(names: str) -> tuple[str | None, str | None]:
    """Names parted from the outlet behind them: "David Vergun, DOD News" -> ("David Vergun", "DOD News")."""
    names = line_pattern("names_end").split(names, maxsplit=1)[0].strip(" ,.")
    if find_outlet(names):
        return None, find_outlet(names)
    head, parting, tail = (part.strip() for part in _PARTING.split(names)) if _PARTING.search(names) else (names, "", "")
    outlet = name_outlet(tail) if parting else None
    employed = None if outlet else line_pattern("employed").match(names)
    if employed:
        head, outlet = employed["names"].strip(), find_outlet(employed["outlet"]) or employed["outlet"].strip().removeprefix("the ")
    return (head if outlet else names) or None, outlet
