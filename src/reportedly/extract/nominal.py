"""Finds attributions by a noun or a name alone: "the ministry's claim that ...", "launched an appeal to ...", "Minister: ..."."""

import re
from collections.abc import Iterator

from reportedly.extract.clauses import char_range, group_range, phrase_range, subject_of
from reportedly.extract.cues import CueTable
from reportedly.extract.findings import Finding
from reportedly.extract.layout import Layout, Range
from reportedly.extract.marks import GENITIVES, QUOTE_CHARACTERS
from reportedly.extract.tokens import Token

_WORD = rf"(?:[A-Z][\w.&{QUOTE_CHARACTERS}-]*|of|the|and|for|de|al)"
_LABEL = re.compile(rf"[{QUOTE_CHARACTERS}]?(?P<name>{_WORD}(?:[ \u00a0]{_WORD}){{0,6}})(?P<colon>:)\s+(?=\S)")
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
        if piece is None:
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


def label(layout: Layout, table: CueTable) -> Iterator[Finding]:
    """The attribution of a headline or a line of a transcript that begins with its speaker ("Minister: ...").

    Args:
        layout: the paragraph.
        table: the cues, with the words that label something else ("Photo: ...").

    Yields:
        At most one.
    """
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
