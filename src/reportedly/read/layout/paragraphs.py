"""Cuts a text into paragraphs, whose places are places of the text, and takes markup off them for judging."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportedly.language.pages.line_width import are_wrapped

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\u2028\u2029]")
_BLANK = (
    " \t\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u200c\u200d\u202f\u205f\u2060\u3000\ufeff"
)

_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_LINK = re.compile(r"\[([^\[\]]*)\]\(\s*[^()\s]*(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"\*{2,}|__+|(?<!\w)[*_](?=\w)|(?<=[\w.,!?\u2019\u201d\"])[*_](?!\w)|`")
_LEAD = re.compile(r"^(?:#{1,6}\s+|>\s+|[*+•·▪◦‣]\s+)+")
_CLOSING = "\"'\u201d\u2019)]*_»"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of a text.

    Attributes:
        start: its first character in the text, in code points; white space around it is left out.
        end: one past its last.
        text: what stands there; it holds line breaks only where the text was wrapped to a width.
        plain: the same without Markdown's marks and with typographic apostrophes; for judging only, its places mean nothing.
        linked: share of `plain` that is the words of links, 0 to 1.
        after_gap: whether a blank line, or nothing, stands before it.
    """

    start: int
    end: int
    text: str
    plain: str
    linked: float
    after_gap: bool

    @property
    def heading_mark(self) -> bool:
        """Whether Markdown marks it as a heading."""
        return self.text.startswith("#")

    @property
    def ends_sentence(self) -> bool:
        """Whether it ends as a sentence does."""
        return self.plain.rstrip(_CLOSING + " ").endswith((".", "!", "?", "…")) or self.plain.endswith(("...", ".\u201d", '."'))


def cut_paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a text in order: a line each, or a run of lines where the text is wrapped to a width."""
    lines = list(_lines(text))
    return [_paragraph(text, start, end, after_gap=gap) for start, end, gap in _unwrap(text, lines)]


def plain_text(words: str, *, typographic: bool = True) -> tuple[str, float]:
    """The words without Markdown's marks and doubled blanks, apostrophes made typographic, and which share of them is links'."""
    if "[" in words or "*" in words or "_" in words or "`" in words or words[:1] in "#>+•·▪◦‣":
        words = _IMAGE.sub("", words)
        linked = sum(len(m[1].strip()) for m in _LINK.finditer(words))
        words = _EMPHASIS.sub("", _LEAD.sub("", _LINK.sub(r"\1", words))).strip(_BLANK)
    else:
        linked = 0
    plain = " ".join((words.replace("'", "\u2019") if typographic else words).split())
    return plain, min(1.0, linked / len(plain)) if plain else 1.0


def _paragraph(text: str, start: int, end: int, *, after_gap: bool) -> Paragraph:
    words = text[start:end]
    plain, linked = plain_text(words)
    return Paragraph(start=start, end=end, text=words, plain=plain, linked=linked, after_gap=after_gap)


def _lines(text: str) -> Iterator[tuple[int, int, bool]]:
    """Start, end and whether a gap stands before, of every line that is not blank, white space around it left out."""
    last = 0
    for match in _LINE.finditer(text):
        words = match[0]
        start = match.start() + len(words) - len(words.lstrip(_BLANK))
        end = match.end() - (len(words) - len(words.rstrip(_BLANK)))
        if start < end:
            yield start, end, last == 0 or len(_BREAK.findall(text[last:start])) > 1
            last = end


def _unwrap(text: str, lines: list[tuple[int, int, bool]]) -> Iterator[tuple[int, int, bool]]:
    """Joins the lines of blocks that were wrapped to a width; other blocks give a paragraph a line."""
    block: list[tuple[int, int, bool]] = []
    for line in lines:
        if line[2] and block:
            yield from _block(text, block)
            block = []
        block.append(line)
    if block:
        yield from _block(text, block)


def _block(text: str, block: list[tuple[int, int, bool]]) -> Iterator[tuple[int, int, bool]]:
    if are_wrapped([text[start:end] for start, end, _ in block]):
        yield block[0][0], block[-1][1], block[0][2]
    else:
        yield from block
