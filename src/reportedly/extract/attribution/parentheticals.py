"""Finds the clause that stands before a cue, or around it: "A, X said", "A, X said, B", "As X said, A"."""

from reportedly.extract.attribution.clauses import group_range, is_finite, subject_of, subject_start
from reportedly.extract.attribution.cues import Cue, load_cues
from reportedly.extract.attribution.layout import Layout, Range
from reportedly.extract.parse.marks import COMMAS, DASHES, ENDS, QUOTE_CHARACTERS, QUOTES, STOPS
from reportedly.extract.parse.tokens import Token

_MARKS = DASHES | COMMAS | ENDS - {".", ";"}
_BREAKS = DASHES | COMMAS - {"-"}
_ENDINGS = DASHES | ENDS | STOPS | {","}
_LOOSE = frozenset({"advcl", "dep", "nsubj", "parataxis"})
_MISREAD = frozenset({"conj", "ccomp", "advcl", "appos", "dep", "relcl"})  # how the parser hangs "X said" on what it reports


def around_cue(layout: Layout, verb: Token, cue: Cue) -> list[Range]:
    """The clause that a cue reports from behind or from inside.

    Args:
        layout: the paragraph.
        verb: the cue verb.
        cue: its row.

    Returns:
        The pieces of the clause in text order; none where the cue stands otherwise.
    """
    return _as_said(layout, verb) or _parenthetical(layout, verb, cue)


def _as_said(layout: Layout, verb: Token) -> list[Range]:
    """The sentence round "as X said"."""
    mark = next((c for c in verb.children if c.lower_ == "as" and c.dep_ in {"mark", "advmod"} and c.i < verb.i), None)
    if mark is None or any(c.i > verb.i and c.dep_ in {"ccomp", "xcomp", "dobj"} for c in verb.children):
        return []
    begin, stop = layout.sentence(verb.i)
    last = _cue_clause(layout, verb)[1]
    if last < stop and layout.doc[last].text not in {",", ")", "."}:
        return []
    before = any(t.is_alpha for t in layout.doc[begin : mark.i])
    if before and layout.doc[mark.i - 1].text != ",":
        return []
    pieces = [layout.cover(begin, mark.i) if before else None, layout.cover(last, stop)]
    return [piece for piece in pieces if piece is not None and any(c.isalnum() for c in layout.text[piece[0] : piece[1]])]


def _parenthetical(layout: Layout, verb: Token, cue: Cue) -> list[Range]:
    """What stands before "X said", and after it where the cue is put in the middle."""
    begin, stop = layout.sentence(verb.i)
    first, last = _cue_clause(layout, verb)
    before = _word_before(layout, first, begin)
    if before is None or (before.text not in _MARKS and _quotation_before(layout, first) is None):
        return []
    if not _stands_apart(layout, verb, first, cue):
        return []
    pieces = [layout.cover(_beginning(layout, begin, first), first), _rest(layout, verb, last, stop)]
    return [piece for piece in pieces if piece is not None]


def _cue_clause(layout: Layout, verb: Token) -> tuple[int, int]:
    """The tokens of the cue with its subject and what follows it up to the next comma or quotation."""
    first, last = group_range(verb)
    subject = subject_of(verb)
    if subject is not None and subject.head.i == verb.i:
        if subject.i < verb.i:
            first = min(first, subject_start(verb, subject))
        else:
            last = max(last, subject.right_edge.i + 1)
    _, stop = layout.sentence(verb.i)
    while last < stop and layout.doc[last].text not in _BREAKS and layout.quoted[last] < 0:
        last += 1
    while last > verb.i + 1 and layout.doc[last - 1].is_punct:
        last -= 1
    return first, last


def _word_before(layout: Layout, first: int, begin: int) -> Token | None:
    for place in range(first - 1, begin - 1, -1):
        token = layout.doc[place]
        if not (token.is_space or token.is_quote or token.text in QUOTES):
            return token
    return None


def _quotation_before(layout: Layout, first: int) -> int | None:
    """The place of the quotation that ends right before a token, but for a comma."""
    place = first - 1
    while place > 0 and (layout.doc[place].is_space or (layout.doc[place].text == "," and layout.quoted[place] < 0)):
        place -= 1
    if place < 0 or layout.quoted[place] < 0 or layout.quoted[place] == layout.quoted[first]:
        return None
    return layout.quoted[place]


def _beginning(layout: Layout, begin: int, first: int) -> int:
    """Where the reported clause begins: with its quotation where a colon or comma leads to that, else with the sentence."""
    quotation = _quotation_before(layout, first)
    if quotation is None:
        return begin
    opening = layout.quotations[quotation].start
    lead = layout.text[layout.doc[begin].idx : opening].rstrip()
    if lead and lead[-1] not in ":,":
        return begin
    return next(t.i for t in layout.doc[begin:first] if t.idx + len(t.text) > opening)


def _stands_apart(layout: Layout, verb: Token, first: int, cue: Cue) -> bool:
    """Whether the clause before a cue is what it reports, and not an adjunct of it."""
    clause_follows = any(c.i > verb.i and c.dep_ == "ccomp" for c in verb.children)
    quotation = _quotation_before(layout, first)
    if quotation is not None:
        place = layout.quotations[quotation]
        inner = layout.text[place.start : place.end].rstrip(QUOTE_CHARACTERS + " ")
        ended = inner[-1:] in _ENDINGS or layout.doc[first - 1].text == ","
        said = any(layout.quoted[t.i] == quotation and is_finite(t) for t in layout.doc[:first])
        return ended and (said or not clause_follows)
    if clause_follows or not cue.takes("speech", "clause"):
        return False
    subject = subject_of(verb)
    things = [c for c in verb.children if c.i > verb.i and c.dep_ in {"dobj", "xcomp", "oprd"} and c != subject]
    if things and verb.lemma_ not in load_cues().addressed:
        return False
    if _ends_sentence(layout, verb) or verb.dep_ == "parataxis" or any(c.dep_ == "ccomp" and c.i < verb.i for c in verb.children):
        return True
    loose = [c for c in verb.children if c.i < first and c.dep_ in _LOOSE and is_finite(c)]
    return any(not any(m.dep_ == "mark" for m in c.children) for c in loose) or _misread(layout, verb, first)


def _ends_sentence(layout: Layout, verb: Token) -> bool:
    """Whether a cue is a sentence's last word, as in the headline "Dam safe, minister says"."""
    _, stop = layout.sentence(verb.i)
    subject = subject_of(verb)
    return subject is not None and subject.i < verb.i and not any(t.is_alpha for t in layout.doc[verb.i + 1 : stop])


def _misread(layout: Layout, verb: Token, first: int) -> bool:
    """Whether a bare "X said" after a comma was hung on the clause before it as something else."""
    subject = subject_of(verb)
    if (
        verb.lemma_ not in load_cues().parenthetical
        or verb.dep_ not in _MISREAD
        or verb.head.i >= first
        or subject is None
        or subject.head.i != verb.i
    ):
        return False
    opening = layout.doc[first]
    joined = any(m.dep_ in {"mark", "cc"} and m.i < verb.i for m in verb.children)
    return not joined and opening.pos_ not in {"SCONJ", "CCONJ"} and opening.tag_ not in {"WP", "WDT"}


def _rest(layout: Layout, verb: Token, last: int, stop: int) -> Range | None:
    """What goes on after a cue in the middle."""
    at = last
    while at < stop and ((layout.doc[at].is_punct and layout.quoted[at] < 0) or layout.doc[at].is_space):
        at += 1
    if at >= stop or at == last:
        return None
    after = layout.doc[at]
    opens = layout.quoted[at] >= 0 and after.idx <= layout.quotations[layout.quoted[at]].start + 1
    joined = after.lower_ in {"but", "and"} and at + 1 < stop and layout.quoted[at + 1] >= 0
    if opens or joined:
        return layout.cover(at, stop)
    if after.tag_ == "VBG" or after.lower_ in load_cues().connectives or not _reported(layout, verb, at, stop):
        return None
    return layout.cover(at, stop)


def _reported(layout: Layout, verb: Token, at: int, stop: int) -> bool:
    """Whether the parse gives some of the words behind a cue to the reported clause."""
    if verb.dep_ == "parataxis" or verb.head.i != verb.i:
        below = {t.i for t in verb.subtree}
        return any(t.i not in below and not t.is_punct for t in layout.doc[at:stop])
    inside = {t.i for c in verb.children if c.dep_ == "ccomp" for t in c.subtree}
    return any(t.i in inside for t in layout.doc[at:stop])
