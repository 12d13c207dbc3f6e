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
    opening = time.span.text.partition(" ")[0]
    if opening.lower() in load_table("dating")["compared"]["links"]:
        end += len(opening) + 1  # "up 44 | from Monday"
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
    table = load_table("dating")["compared"]
    words, moves, links = ("|".join(map(re.escape, sorted(table[key], key=len, reverse=True))) for key in ("words", "moves", "links"))
    spelt = "|".join(word for section in ("ones", "tens") for word in load_table("numbers")[section]["words"])
    numbered = rf"\b(?:{words})(?=\s(?:[\w'-]+\s){{0,4}}(?:[$€£]?\d|(?:{spelt})\b))"
    moved = rf"(?<=[,(]\s|.\()(?:{moves})\s(?:by\s)?[$€£]?[\w.,-]+\s(?:(?:percent|per cent|points?)\s)?(?:{links})(?=\s)"
    ranks, no_ranks = "|".join(table["ranks"]), "|".join(table["no_ranks"])
    superlative = rf"(?:{ranks}|(?!(?:{no_ranks})\b)[a-z]{{3,}}est)"
    ranked = rf"\b(?:the|its|their|his|her)\s{superlative}\s(?:[\w'\u2019-]+\s){{0,4}}since(?=\s)"
    return re.compile(f"{numbered}|{moved}|{ranked}", re.IGNORECASE)
