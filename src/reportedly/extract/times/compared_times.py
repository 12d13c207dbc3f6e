"""Tells which dates belong to a number that another one is compared with: "65 per cent, down from 79 per cent in 2017"."""

import functools
import re

from reportedly.extract.parse.parsed import ParsedPassage
from reportedly.language.tables import load_table
from reportedly.language.times.finding import TimeExpression

_REACH = 70  # characters before a date in which its comparison begins
_CLAUSE_END = re.compile(r"[,;:](?=\s)|\.\s")


def compared_since(passage: ParsedPassage, time: TimeExpression) -> int | None:
    """Where the comparison begins that a date belongs to.

    Args:
        passage: the paragraph.
        time: an expression of time in it.

    Returns:
        The place in the document's text of its first word ("down from", "compared with"); None where the date dates what is told.
    """
    end = time.span.start - passage.start
    first = max(0, end - _REACH)
    before = passage.doc.text[first:end] if end >= 0 else ""
    opened = None
    for opened in _openers().finditer(before):  # noqa: B007 - the last one counts
        pass
    if opened is None or _CLAUSE_END.search(before, opened.end()):
        return None
    return passage.start + first + opened.start()


@functools.cache
def _openers() -> re.Pattern[str]:
    """The words of a comparison with a number behind them."""
    words = "|".join(re.escape(row) for row in sorted(load_table("dating")["compared"]["words"], key=len, reverse=True))
    return re.compile(rf"\b(?:{words})(?=\s(?:[\w'-]+\s){{0,4}}[$€£]?\d)", re.IGNORECASE)
