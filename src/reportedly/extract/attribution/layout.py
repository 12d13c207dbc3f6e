"""A paragraph with its quotations and its sentences marked: what the rules of attribution look at."""

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportedly.extract.attribution.cues import load_cues
from reportedly.extract.attribution.quotations import Quotation
from reportedly.extract.parse.marks import COMMAS, DASHES, ENDS, STOPS
from reportedly.extract.parse.parsed import ParsedPassage
from reportedly.extract.parse.tokens import Doc, Token, TokenSpan
from reportedly.model import PassageRole

Range = tuple[int, int]  # places in a paragraph, in code points, half-open

_CROSSHEAD = 6  # words of a crosshead, at most
_MARKS_IN_A_ROW = 8  # quotation marks and spaces between two words; more are no text
_CUT_OFF = DASHES | ENDS - {"."}
_LOOSE = DASHES | COMMAS | {" ", "\t", "\u00a0"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A paragraph as the rules see it.

    Attributes:
        doc: the parse.
        text: the paragraph's characters.
        role: what the paragraph is.
        quotations: its quotations, outermost, in text order.
        quoted: for each token, the place of its quotation among `quotations`, or -1.
        starts: first token of each sentence; a quotation is never cut and what follows its comma belongs to it.
    """

    doc: Doc
    text: str
    role: PassageRole
    quotations: Sequence[Quotation]
    quoted: Sequence[int]
    starts: Sequence[int]

    @property
    def is_heading(self) -> bool:
        """Whether the paragraph is a crosshead in single quotation marks or with a heading's mark, not a quotation that goes on."""
        single = bool(self.quotations) and all(q.single for q in self.quotations) and len(self.text.split()) <= _CROSSHEAD
        return self.text.lstrip().startswith("#") or (single and not any(mark in self.text for mark in ENDS | STOPS))

    def sentence(self, token: int) -> tuple[int, int]:
        """First token and one past the last of the sentence that holds a token."""
        place = bisect.bisect_right(self.starts, token)
        return self.starts[place - 1], self.starts[place] if place < len(self.starts) else len(self.doc)

    def sentences(self) -> list[tuple[int, int]]:
        """The sentences as token ranges, in order."""
        return list(zip(self.starts, [*self.starts[1:], len(self.doc)], strict=True))

    def quotes(self, *pieces: Range) -> bool:
        """Whether some of these ranges stands inside quotation marks."""
        return any(q.start < end and start < q.end for q in self.quotations for start, end in pieces)

    def cover(self, first: int, last: int) -> Range | None:
        """The characters of tokens `first` to `last` (exclusive), grown to whole quotations and trimmed of loose marks."""
        if first >= last:
            return None
        start, end = self.doc[first].idx, self.doc[last - 1].idx + len(self.doc[last - 1].text)
        return self.trim(*self.grow(start, end))

    def grow(self, start: int, end: int) -> Range:
        """A range with the rest of any quotation that it cuts."""
        for quotation in self.quotations:
            if quotation.start < end and start < quotation.end:
                start, end = min(start, quotation.start), max(end, quotation.end)
        return start, end

    def trim(self, start: int, end: int) -> Range | None:
        """A range without loose marks at its ends; a full stop inside quotation marks or of an abbreviation stays."""
        text = self.text
        while start < end and text[start] in _LOOSE | STOPS:
            start += 1
        while start < end and text[end - 1] in _LOOSE:
            end -= 1
        if start < end and text[end - 1] in STOPS and not self._keeps_stop(end):
            end -= 1
            while start < end and text[end - 1] in _LOOSE | STOPS:
                end -= 1
        return (start, end) if start < end else None

    def _keeps_stop(self, end: int) -> bool:
        """Whether the full stop before a place stays: an abbreviation's ("U.S."), or that of a quotation nothing closes."""
        if any(q.start < end <= q.end and not q.closed for q in self.quotations):
            return True
        word = self.text[max(0, end - 20) : end].rsplit(maxsplit=1)[-1]
        if "." in word[:-1].strip("."):
            return True
        after = self.text[end : end + 2]
        return word[:1].isupper() and after[:1] == " " and not after[1:].isupper() and not word.endswith("..")


def meets(places: Iterable[Range], piece: Range) -> bool:
    """Whether a range has a character in common with one of some places."""
    first, last = piece
    for start, end in places:  # noqa: SIM110 - a generator costs more than most of these comparisons
        if start < last and first < end:
            return True
    return False


def lay_out(passage: ParsedPassage, quotations: Sequence[Quotation]) -> Layout:
    """Mark a paragraph's quotations and sentences.

    Args:
        passage: the paragraph.
        quotations: its quotations, in text order.

    Returns:
        The layout.
    """
    doc = passage.doc
    quoted = _quoted(doc, quotations)
    found = [s for s in doc.sents if s.start and _breaks(doc, quoted, s.start) and not _reports(quoted, s)]
    starts = [0, *(sentence.start for sentence in found)]
    starts += [token.i for token in doc[1:] if _missed(doc, quoted, token) or _opens(doc, quoted, token)]
    return Layout(doc=doc, text=doc.text, role=passage.role, quotations=quotations, quoted=quoted, starts=sorted(set(starts)))


def _quoted(doc: Doc, quotations: Sequence[Quotation]) -> list[int]:
    quoted = [-1] * len(doc)
    place = 0
    for token in doc:
        while place < len(quotations) and quotations[place].end <= token.idx:
            place += 1
        if place < len(quotations) and quotations[place].start <= token.idx:
            quoted[token.i] = place
    return quoted


def _breaks(doc: Doc, quoted: Sequence[int], first: int) -> bool:
    """Whether a sentence may begin at a token: not inside a quotation, not in lower case, not after a comma."""
    if quoted[first] >= 0 and quoted[first] == quoted[first - 1]:
        return False
    token, before = doc[first], _word_before(doc, first)
    if token.text[0].islower() or (token.is_punct and quoted[first] < 0):
        return False
    return before is None or before.text[-1] not in COMMAS or before.i == 0


def _reports(quoted: Sequence[int], sentence: TokenSpan) -> bool:
    """Whether a sentence is but the cue of the quotation before it ('"Why?" Smith asked.')."""
    before = sentence.start - 1
    if quoted[before] < 0 or any(quoted[token.i] >= 0 for token in sentence):
        return False
    word = _word_before(sentence.doc, sentence.start)
    cue = load_cues().verb(sentence.root)
    ends = word is not None and word.text[-1] in _CUT_OFF
    return (
        ends and cue is not None and cue.takes("speech", "quote") and not any(c.dep_ in {"ccomp", "xcomp"} for c in sentence.root.children)
    )


def _missed(doc: Doc, quoted: Sequence[int], token: Token) -> bool:
    """Whether a sentence begins where the parser saw none: after a quotation that ends with a full stop."""
    before = token.i - 1
    ended = quoted[before] >= 0 and quoted[token.i] != quoted[before]
    if not ended or (token.is_punct and quoted[token.i] < 0) or token.is_space:
        return False
    word = _word_before(doc, token.i)
    return word is not None and word.text.endswith(".") and not token.text[0].islower()


def _opens(doc: Doc, quoted: Sequence[int], token: Token) -> bool:
    """Whether a sentence begins with a quotation after a full stop where the parser saw none."""
    if quoted[token.i] < 0 or quoted[token.i] == quoted[token.i - 1] or token.i + 1 >= len(doc):
        return False
    word = _word_before(doc, token.i)
    return word is not None and word.text in ENDS and doc[token.i + 1].text[:1].isupper()


def _word_before(doc: Doc, first: int) -> Token | None:
    """The last token before a place that is no quotation mark or space."""
    for place in range(first - 1, max(-1, first - 1 - _MARKS_IN_A_ROW), -1):
        token = doc[place]
        if not (token.is_space or token.is_quote):
            return token
    return None
