"""Finds what stands between quotation marks, also where a quotation runs over several paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportedly.extract.parse.marks import CLOSING, ENDS, QUOTE, SINGLE_CLOSING, SINGLE_OPENING, STRAIGHT
from reportedly.extract.parse.parsed import ParsedPassage

_SENTENCE_END = re.compile(r"[.!?]\s+[A-Z]")
_LONGEST_SINGLE = 400  # characters; single marks stand round a few words of a headline
_SINGLE_CLOSING = re.compile(f"[{''.join(sorted(SINGLE_CLOSING))}](?!\\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A stretch of a paragraph between quotation marks.

    Attributes:
        start: place of the opening mark in the paragraph, in code points.
        end: one past the closing mark, or the paragraph's end where none closes.
        closed: whether a mark closes it.
        single: whether its marks are single ones.
        carried: whether it goes on from the paragraph before.
    """

    start: int
    end: int
    closed: bool = True
    single: bool = False
    carried: bool = False


def find_quotations(passages: Sequence[ParsedPassage]) -> list[list[Quotation]]:
    """The outermost quotations of each paragraph, in text order.

    A quotation without a closing mark runs to its paragraph's end; where the next paragraph opens with a mark, it is carried on,
    the newspapers' way with a quotation of several paragraphs.

    Args:
        passages: an article's paragraphs in page order.

    Returns:
        One list a paragraph.
    """
    found: list[list[Quotation]] = []
    open_before = False
    for passage in passages:
        here = _quotations(passage.doc.text)
        if open_before and here and here[0].start == 0:
            here[0] = replace(here[0], carried=True)
        open_before = bool(here) and not here[-1].closed
        found.append(here)
    return found


def _quotations(text: str) -> list[Quotation]:
    found: list[Quotation] = []
    at = 0
    while (mark := QUOTE.search(text, at)) is not None:
        at = mark.end()
        if not _opens(text, mark):
            continue
        single = mark.group() in SINGLE_OPENING
        end = _single_end(text, at) if single else _double_end(text, mark)
        if end is None and single:
            continue
        found.append(Quotation(start=mark.start(), end=len(text) if end is None else end, closed=end is not None, single=single))
        at = found[-1].end
    return found


def _opens(text: str, mark: re.Match[str]) -> bool:
    before = text[mark.start() - 1] if mark.start() else " "
    after = text[mark.end()] if mark.end() < len(text) else " "
    if mark.group() in SINGLE_OPENING:
        apostrophe = before.isalnum() or after.isspace() or after.isdigit()
        return not apostrophe and before not in ENDS and before not in {",", ";", ":"}
    return not after.isspace() if mark.group() in STRAIGHT else mark.group() in CLOSING


def _double_end(text: str, mark: re.Match[str]) -> int | None:
    """One past the mark that closes a double one; None where another one opens first or none follows."""
    kind = mark.group()
    closing = (kind, "”") if kind in STRAIGHT else CLOSING[kind]
    for other in QUOTE.finditer(text, mark.end()):
        if other.group() in closing:
            return other.end()
        if other.group() == kind:
            return None
    return None


def _single_end(text: str, at: int) -> int | None:
    """One past the mark that closes a single one; a plural's apostrophe inside yields to a later mark."""
    limit = min(len(text), at + _LONGEST_SINGLE)
    stop = _SENTENCE_END.search(text, at, limit)
    ends = [m.end() for m in _SINGLE_CLOSING.finditer(text, at, stop.end() if stop else limit)]
    sure = [end for end in ends if not (text[end - 2 : end - 1] == "s" and text[end : end + 1] == " ")]
    return next(iter(sure or ends), None)
