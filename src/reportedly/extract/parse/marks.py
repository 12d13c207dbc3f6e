"""The marks of punctuation that the rules of attribution go by, from the language's table."""

import re

from reportedly.language.tables import load_table

_TABLE = load_table("marks")

CLOSING: dict[str, tuple[str, ...]] = {opening: tuple(closing) for opening, closing in _TABLE["quotation"]["closing"].items()}
STRAIGHT = tuple(_TABLE["quotation"]["straight"])
SINGLE_OPENING = frozenset(_TABLE["quotation"]["single_opening"])
SINGLE_CLOSING = frozenset(_TABLE["quotation"]["single_closing"])
QUOTES = frozenset([*CLOSING, *(mark for marks in CLOSING.values() for mark in marks), *STRAIGHT, *SINGLE_OPENING, *SINGLE_CLOSING])
QUOTE_CHARACTERS = "".join(sorted({character for mark in QUOTES for character in mark}))
QUOTE = re.compile("|".join(re.escape(mark) for mark in sorted(QUOTES, key=lambda mark: (-len(mark), mark))))

DASHES = frozenset(_TABLE["separators"]["dashes"])
COMMAS = frozenset(_TABLE["separators"]["commas"])
STOPS = frozenset(_TABLE["separators"]["stops"])
ENDS = frozenset(_TABLE["separators"]["ends"])
CLOSING_BRACKETS = frozenset(_TABLE["separators"]["brackets"])
GENITIVES = tuple(_TABLE["genitive"]["endings"])
