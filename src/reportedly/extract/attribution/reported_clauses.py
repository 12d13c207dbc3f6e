"""Finds the quotation or the clause that follows a cue: 'X said, "A"', "X said that A"."""

from reportedly.extract.attribution.clauses import group_range, is_finite
from reportedly.extract.attribution.cues import Cue, CueTable, load_cues
from reportedly.extract.attribution.layout import Layout, Range
from reportedly.extract.parse.marks import ENDS, QUOTE_CHARACTERS
from reportedly.extract.parse.tokens import Token

_LEADS = frozenset({",", ":"})
_THAT = frozenset({"mark", "nsubj", "dobj", "advmod"})  # how the parser reads the "that" of a reported clause
_BETWEEN = 12  # tokens between a cue and its "that": an addressee and a date


def quotation_after(layout: Layout, verb: Token, cue: Cue, table: CueTable) -> list[Range]:
    """The quotation that a cue introduces.

    Args:
        layout: the paragraph.
        verb: the cue verb.
        cue: its row.
        table: all cues; one that stands between takes the quotation itself.

    Returns:
        The quotation with its marks, or nothing.
    """
    _, stop = layout.sentence(verb.i)
    end = group_range(verb)[1]
    at = verb.i + 1
    while at < stop and layout.quoted[at] < 0:
        token = layout.doc[at]
        other = token.i >= end and table.verb(token) is not None
        if other or (token.head.i != verb.i and is_finite(token)):
            return []
        at += 1
    if at >= stop:
        return []
    before = layout.doc[at - 1]
    quotation = layout.quotations[layout.quoted[at]]
    if before.text not in _LEADS:
        whole = _is_sentence(layout, quotation.start, quotation.end)
        fits = before.i < end and whole and cue.takes("speech", "quote")
        if not fits or (quotation.single and layout.role != "headline"):
            return []
    piece = layout.trim(quotation.start, quotation.end)
    return [piece] if piece else []


def _is_sentence(layout: Layout, start: int, end: int) -> bool:
    """Whether a quotation is a sentence of its own, not some quoted words."""
    inner = layout.text[start:end].strip(QUOTE_CHARACTERS + " ")
    return inner[-1:] in {*ENDS, ","} and inner[:1].isupper()


def clause_after(layout: Layout, verb: Token, table: CueTable) -> list[Range]:
    """The clause that follows a cue, with its "that".

    Args:
        layout: the paragraph.
        verb: the cue verb.
        table: all cues, to tell where a further one begins.

    Returns:
        The clause, or nothing.
    """
    for child in verb.children:
        if child.dep_ == "ccomp" and child.i > verb.i:
            piece = layout.cover(max(child.left_edge.i, verb.i + 1), _end(layout, verb, child, table))
            return [piece] if piece else []
    for token in verb.subtree:
        if (
            token.lower_ == "that"
            and token.i > verb.i
            and token.dep_ in _THAT
            and token.head.pos_ in {"VERB", "AUX"}
            and _opens(verb, token)
        ):
            piece = layout.cover(token.i, _end(layout, verb, token.head, table))
            return [piece] if piece else []
    return []


def _opens(verb: Token, that: Token) -> bool:
    """Whether a "that" opens what a verb reports though the parse hung its clause on an adjunct in between."""
    between = verb.doc[verb.i + 1 : that.i]
    free = verb.lemma_ in load_cues().addressed or not any(token.dep_ == "dobj" for token in between)
    return len(between) <= _BETWEEN and free and not any(is_finite(token) for token in between)


def _end(layout: Layout, verb: Token, clause: Token, table: CueTable) -> int:
    """One past the last token of a reported clause: before the next cue, or where the clause ends."""
    last = clause.right_edge.i + 1
    for token in layout.doc[clause.i + 1 : last]:
        if layout.quoted[token.i] < 0 and _next_cue(layout, verb, token, table):
            return token.i - 1
    _, stop = layout.sentence(verb.i)
    last = _with_second(layout, last, stop)
    if verb.dep_ == "relcl" and any(c.i < verb.i for c in verb.children if c.dep_ == "nsubj") and verb.head.head.i >= last:
        return last  # "a lorry the council says was sold | was found": the clause around it goes on
    while last < stop and not (layout.doc[last].is_punct or layout.doc[last].dep_ == "cc" or layout.doc[last - 1].is_punct):
        last += 1
    return last


def _next_cue(layout: Layout, verb: Token, token: Token, table: CueTable) -> bool:
    """Whether a cue of the same speaker begins: ", adding ...", "and added ...", ", according to ..."."""
    before = layout.doc[token.i - 1]
    if before.text == "," and token.lower_ == "according":
        return True
    cue = table.verb(token)
    if cue is None or cue.kind not in {"speech", "judgement"}:
        return False
    if before.text == "," and token.tag_ == "VBG":
        return True
    bare = not any(c.dep_ == "nsubj" for c in token.children)
    return before.dep_ == "cc" and token.dep_ == "conj" and token.tag_ in {"VBD", "VBZ"} and token.tag_ == verb.tag_ and bare


def _with_second(layout: Layout, last: int, stop: int) -> int:
    """Past a second clause that goes on with "and that", or what a colon explains."""
    at = last
    while at < stop and layout.doc[at].is_punct and layout.doc[at].text != ":":
        at += 1
    if at + 1 >= stop or layout.quoted[at] >= 0:
        return last
    if layout.doc[at].text == ":":
        return stop
    that = layout.doc[at + 1]
    if layout.doc[at].dep_ == "cc" and that.lower_ == "that":
        return max(last, that.head.right_edge.i + 1 if that.head.i > at else stop)
    return last
