"""The words right before and right behind a number."""

import functools
import re
from typing import Any

from reportedly.language.tables import load_table

LAST_WORD = re.compile(r"(?P<word>[^\W\d_][\w.'’&/]*)[\s,(]+$")
"""The word that ends a text, with what parts it from the number that follows."""

NEXT_WORD = re.compile(r"[\s,]*(?P<word>[^\W\d_][\w.'’]*)")
"""The word that begins a text, with what parts it from the number that stands before."""


def word_before(before: str) -> str:
    """The last word of the text before a number, in lower case; empty where a digit or a mark stands there."""
    match = LAST_WORD.search(before)
    return match["word"].lower() if match else ""


def word_behind(after: str) -> str:
    """The first word of the text behind a number, in lower case, without its stop; a hyphen between them counts for a blank."""
    match = NEXT_WORD.match(after.replace("-", " ", 1) if after.startswith("-") else after)
    return match["word"].rstrip(".").lower() if match else ""


@functools.cache
def designation_rows(section: str) -> dict[str, Any]:
    """A section of the designations table, its lists as sets."""
    rows = load_table("designations")[section]
    return {key: frozenset(value) if isinstance(value, list) else value for key, value in rows.items()}
