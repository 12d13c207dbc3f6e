"""Text that was cut into tokens, written again as people write it.

Source: R. MacIntyre, "Treebank tokenization" (1995), the script that cuts so; its marks for quotations and brackets.
"""

import random
import re

_STOPS = re.compile(r"(?<!\.)(\s?)\.(?=\s|$)")
_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
_QUOTES = frozenset(("``", "''", '"'))
_TO_THE_LEFT = re.compile(r"(?:[.,;:!?%)\]}…]+|n't|'(?:s|re|ve|d|ll|m|t)?|N'T|'S)$")
_TO_THE_RIGHT = frozenset("([{$£€`#")
_LONGEST = 3
"""Sentences in a paragraph at most; news paragraphs hold one to three."""


def is_tokenised(text: str) -> bool:
    """Whether most full stops of a text stand apart from their words."""
    gaps = [bool(space) for space in _STOPS.findall(text)]
    return len(gaps) > 1 and sum(gaps) > len(gaps) / 2


def joined(text: str) -> str:
    """A text of tokens as people write it; its lines, which hold a sentence each, are put together to paragraphs of one to three.

    Args:
        text: tokens between spaces, a sentence a line.
    """
    lines = [line.split() for line in text.split("\n") if line.strip()]
    draw = random.Random(len(text))  # noqa: S311 - not for secrets
    paragraphs: list[str] = []
    while lines:
        count = draw.randint(1, _LONGEST)
        paragraphs.append(_written([token for line in lines[:count] for token in line]))
        del lines[:count]
    return "\n\n".join(paragraphs)


def _written(tokens: list[str]) -> str:
    """A paragraph of tokens; its quotation marks open and close in turn."""
    parts: list[str] = []
    opened = glued = False
    for piece in tokens:
        left, right = bool(_TO_THE_LEFT.match(piece)), piece in _TO_THE_RIGHT
        written = _BRACKETS.get(piece, "'" if piece == "`" else piece)
        if written != piece:
            left, right = written in ")]}", written in "([{'"
        if piece in _QUOTES:
            written, left, right, opened = '"', opened, not opened, not opened
        parts.append(written if glued or left or not parts else f" {written}")
        glued = right
    return "".join(parts)
