"""A paragraph's characters: as they were printed, and as the parser takes them."""

import re
from dataclasses import dataclass
from typing import Self

BREAK = re.compile(r"[\r\n]")
WRAP = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t]*")
SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph's characters.

    Attributes:
        printed: as the document has them.
        text: the same, with a blank in the place of each line break and a replacement character in that of each lone surrogate, which
            spaCy refuses.
        running: `text` as running words: a break with the blanks around it is one blank.
    """

    printed: str
    text: str
    running: str

    @classmethod
    def of(cls, printed: str) -> Self:
        """The paragraph of some of a document's characters."""
        if printed.isprintable():
            return cls(printed=printed, text=printed, running=printed)
        plain = SURROGATE.sub("\N{REPLACEMENT CHARACTER}", printed)
        return cls(printed=printed, text=BREAK.sub(" ", plain), running=WRAP.sub(" ", plain))
