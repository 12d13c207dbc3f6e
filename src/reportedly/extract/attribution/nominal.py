"""Finds attributions by a noun or a name alone: "the ministry's claim that ...", "launched an appeal to ...", "Minister: ..."."""

import re
from collections.abc import Iterator

from reportedly.extract.attribution.clauses import char_range, group_range, phrase_range, subject_of
from reportedly.extract.attribution.cues import CueTable
from reportedly.extract.attribution.findings import Finding
from reportedly.extract.attribution.layout import Layout, Range
from reportedly.extract.parse.marks import GENITIVES, QUOTE_CHARACTERS
from reportedly.extract.parse.tokens import Token
from reportedly.language.naming.names import name_actor

_WORD = rf"(?:[A-Z][\w.&{QUOTE_CHARACTERS}-]*|of|the|and|for|de|al)"
_LABEL = re.compile(rf"[{QUOTE_CHARACTERS}]?(?P<name>{_WORD}(?:[ \u00a0]{_WORD}){{0,6}})(?P<colon>:)\s+(?=\S)")
_SUFFIX = re.compile(rf"(?P<what>\S.{{10,}}?)\s(?P<dash>[-\u2013\u2014]{{1,2}})(?P<gap>\s?)(?P<name>[\w.&{QUOTE_CHARACTERS} ]{{2,50}})")
_OFFICIAL = frozenset({"body", "group"})
_LONGEST_NAME = 6  # words: two names with "and"
_LONGEST_INITIALS = 3  # words of a speaker's name in capitals, as in a transcript


def nouns(layout: Layout, table: CueTable) -> Iterator[Finding]:
    """The attributions of nouns with a that-clause ("X's claim that ...", "X expressed concern that ...").

    Args:
        layout: the paragraph.
        table: the cues.

    Yields:
        One a noun of the table outside quotations; its source is whoever the noun belongs to, or the subject of a light verb.
    """
    for noun in layout.doc:
        if noun.pos_ != "NOUN" or noun.lemma_.lower() not in table.nouns or layout.quoted[noun.i] >= 0:
            continue
        clause = next((c for c in noun.children if c.dep_ in {"acl", "ccomp", "relcl"} and c.i > noun.i and _has_that(c)), None)
        piece = layout.cover(clause.left_edge.i, clause.right_edge.i + 1) if clause is not None else None
        if piece is None or _is_medium(noun, table):
            continue
        cue, source = _bearer(layout, noun, table)
        yield Finding(head=noun.i, cue=(cue,), source=(source,) if source else (), content=(piece,))


def appeals(layout: Layout, table: CueTable) -> Iterator[Finding]:
    """The attributions of nouns with an infinitive that a verb bears ("launched an appeal to rebuild the port").

    Args:
        layout: the paragraph.
        table: the cues.

    Yields:
        One a noun of the table outside quotations that somebody launches, makes or renews; several appeals are no one's words.
    """
    for noun in layout.doc:
        if noun.tag_ != "NN" or noun.lemma_.lower() not in table.purposes or noun.dep_ != "dobj" or layout.quoted[noun.i] >= 0:
            continue
        verb = noun.head
        subject = subject_of(verb) if verb.lemma_ in table.bearing else None
        purpose = next((c for c in (*noun.children, *verb.children) if c.i > noun.i and _is_infinitive(c)), None)
        if subject is None or purpose is None or subject.i > verb.i:
            continue
        first = next(c.i for c in purpose.children if c.lower_ == "to")
        piece, source = layout.cover(first, purpose.right_edge.i + 1), phrase_range(layout, subject, verb)
        if piece is not None and source is not None:
            cue = char_range(layout, group_range(verb)[0], noun.i + 1)
            yield Finding(head=verb.i, cue=(cue,), source=(source,), content=(piece,))


def _is_infinitive(verb: Token) -> bool:
    return verb.dep_ in {"acl", "relcl", "advcl", "xcomp"} and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def _is_medium(noun: Token, table: CueTable) -> bool:
    """Whether a noun is but what somebody says it in: "said in a statement that ..." is one saying."""
    return noun.dep_ == "pobj" and noun.head.lower_ == "in" and table.verb(noun.head.head) is not None


def _has_that(clause: Token) -> bool:
    return any(c.lower_ == "that" and c.dep_ == "mark" for c in clause.children)


def _bearer(layout: Layout, noun: Token, table: CueTable) -> tuple[Range, Range | None]:
    """The cue of a noun, with a light verb where there is one, and whose it is."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    source = phrase_range(layout, owner) if owner is not None else None
    if source is not None:
        return char_range(layout, noun.i, noun.i + 1), _without_genitive(layout, source)
    verb = noun.head
    subject = subject_of(verb) if noun.dep_ == "dobj" and verb.lemma_ in table.light else None
    if subject is None:
        return char_range(layout, noun.i, noun.i + 1), None
    return char_range(layout, group_range(verb)[0], noun.i + 1), phrase_range(layout, subject, verb)


def _without_genitive(layout: Layout, source: Range) -> Range:
    words = layout.text[source[0] : source[1]]
    ending = next((ending for ending in GENITIVES if words.endswith(ending)), "")
    return source[0], source[1] - len(ending)


def suffix(layout: Layout, _: CueTable) -> Iterator[Finding]:
    """The attribution of a headline that ends with its speaker ("Two killed in raid - police", "... -Islamabad").

    Args:
        layout: the paragraph.

    Yields:
        At most one: a body or a group of officials behind a dash, or right behind one a state by its capital.
    """
    match = _SUFFIX.fullmatch(layout.text) if layout.role == "headline" else None
    if match is None or len(match["name"].split()) > _LONGEST_NAME:
        return
    kind = name_actor(match["name"]).kind
    piece = layout.trim(*match.span("what"))
    if piece and (kind in _OFFICIAL or (kind == "state" and not match["gap"])):
        dash = next(t.i for t in layout.doc if t.idx + len(t.text) >= match.end("dash"))
        yield Finding(head=dash, cue=(match.span("dash"),), source=(match.span("name"),), content=(piece,))


def label(layout: Layout, table: CueTable) -> Iterator[Finding]:
    """The attributions of what begins with its speaker: a headline, a line of a transcript ("Minister: ..."), a sentence in a live report.

    Args:
        layout: the paragraph.
        table: the cues, with the words that label something else ("Photo: ...").

    Yields:
        One at the paragraph's start, and one for each later sentence that a body or a group of officials opens ("Officials: 12 dead").
    """
    yield from _labelled(layout, table)
    for first, stop in layout.sentences()[1:]:
        start = layout.doc[first].idx
        match = _LABEL.match(layout.text, start)
        if match is None or layout.quoted[first] >= 0 or name_actor(match["name"]).kind not in _OFFICIAL:
            continue
        piece = layout.trim(match.end(), layout.doc[stop - 1].idx + len(layout.doc[stop - 1].text))
        if piece:
            colon = next(t.i for t in layout.doc if t.idx + len(t.text) >= match.end("colon"))
            yield Finding(head=colon, cue=(match.span("colon"),), source=(match.span("name"),), content=(piece,))


def _labelled(layout: Layout, table: CueTable) -> Iterator[Finding]:
    match = _LABEL.match(layout.text)
    if match is None or match["name"].lower() in table.labels:
        return
    words = match["name"].split()
    transcript = match["name"].isupper() and len(words) <= _LONGEST_INITIALS
    inside = [t for t in layout.doc if match.start("name") <= t.idx < match.end("name")]
    named = len(words) <= _LONGEST_NAME and all(t.pos_ in {"PROPN", "CCONJ"} for t in inside)
    rest = [t for t in layout.doc if t.idx >= match.end("colon")]
    piece = layout.trim(match.end(), len(layout.text))
    if piece and (transcript or named or layout.role == "headline") and any(t.pos_ in {"VERB", "AUX"} for t in rest):
        colon = next(t.i for t in layout.doc if t.idx + len(t.text) >= match.end("colon"))
        yield Finding(head=colon, cue=(match.span("colon"),), source=(match.span("name"),), content=(piece,))
