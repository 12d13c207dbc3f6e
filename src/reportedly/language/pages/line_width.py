"""Tells lines that an editor, mailer or archive wrapped to a width from lines that are paragraphs of their own."""

from collections.abc import Sequence
from itertools import pairwise

_LEAST, _MOST = 45, 110  # widths to which mailers, editors and archives wrap text
_SHARE = 0.8  # of the lines are full
_MARKS = "#*+->|[•·▪"


def are_wrapped(lines: Sequence[str]) -> bool:
    """Whether some lines are one paragraph wrapped to a width: no line could have taken the next line's first word.

    Args:
        lines: neighbouring lines without a blank one between, white space around each left out.
    """
    width = max(map(len, lines), default=0)
    if len(lines) < 2 or not _LEAST <= width <= _MOST:  # noqa: PLR2004 - a line alone is not wrapped
        return False
    if any(line[0] in _MARKS or not any(c.isalpha() for c in line) for line in lines):
        return False  # a list, a table, a line of "=" under a heading
    if not any(line[0].islower() for line in lines[1:]):
        return False  # a sentence a line
    full = sum(len(line) + 1 + len(following.split(maxsplit=1)[0]) > width - 2 for line, following in pairwise(lines))
    return full >= _SHARE * (len(lines) - 1)
