"""Datelines: the place, day and agency that open a report."""

from dataclasses import dataclass

from reportedly.language.naming.outlets import name_outlet
from reportedly.language.pages.page_lines import line_pattern
from reportedly.model import Span, span_of

_MOST = 120  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The line that opens a report.

    Attributes:
        words: the line as printed, without the dash behind it.
        end: where the report itself begins in the text.
        agency: the outlet in its brackets, canonical; None where none stands there or the table does not know it.
        firm: whether a dash or an agency marks it; without, it is known by its capitals alone.
    """

    words: Span
    end: int
    agency: str | None
    firm: bool


def find_dateline(text: str, start: int, end: int) -> Dateline | None:
    """The dateline that opens the paragraph `text[start:end]`; None where there is none.

    Args:
        text: the document's text.
        start: the paragraph's first character.
        end: one past its last.

    Returns:
        The dateline. One in capitals without a dash ("DHAKA Bangladesh's bank said") counts only where it names a place as no
        other sort of word is written: with a second place behind a stroke, or with a country behind a comma, or where it stands in
        the text in small letters too.
    """
    head = text[start : min(end, start + _MOST)]
    for name in ("dateline_dashed", "dateline_agency"):
        match = line_pattern(name).match(head)
        agency = name_outlet(match["agency"]) if match and match["agency"] else None
        if match and (name == "dateline_dashed" or agency) and match.end() < end - start:
            words = span_of(text, start, start + len(head[: match.start("dash")].rstrip()))
            return Dateline(words=words, end=start + match.end(), agency=agency, firm=True)
    match = line_pattern("dateline_bare").match(head)
    if match and _is_place(match["place"], text):
        stop = start + match.end("place")
        return Dateline(words=span_of(text, start, stop), end=stop + 1, agency=None, firm=False)
    return None


def _is_place(words: str, text: str) -> bool:
    if "/" in words or "," in words:
        return True
    return len(words) > 3 and words.title() in text  # noqa: PLR2004 - "WHO", "EU" and "FBI" are bodies
