"""Finds what a cue verb reports, in whichever of its shapes it stands."""

from collections.abc import Callable

from reportedly.extract.attribution.clauses import group_range, is_passive, subject_of
from reportedly.extract.attribution.cues import Cue, CueTable, load_cues
from reportedly.extract.attribution.layout import Layout, Range
from reportedly.extract.attribution.parentheticals import around_cue
from reportedly.extract.attribution.reported_clauses import clause_after, quotation_after
from reportedly.extract.parse.tokens import Token
from reportedly.language.tables import load_table

Complement = tuple[list[Range], int]  # pieces of the content, and one past the cue's last token
_Rule = Callable[[Layout, Token, Cue], Complement | None]

_NUMBER_NEAR = 6  # tokens behind "at" among which its number stands, with its qualifier: "at between about 40 and 50"


def find_complement(layout: Layout, verb: Token, cue: Cue, table: CueTable) -> Complement | None:
    """What a cue verb reports.

    Args:
        layout: the paragraph.
        verb: the cue verb.
        cue: its row.
        table: the whole table, to tell where a further cue begins.

    Returns:
        The pieces of the content in text order and where the cue ends (a preposition may belong to it), or None where it
        reports nothing.
    """
    pieces: list[Range] = []
    if cue.takes("speech", "clause", "quote"):
        pieces = around_cue(layout, verb, cue) or quotation_after(layout, verb, cue, table)
    if not pieces and cue.takes("speech", "clause"):
        pieces = clause_after(layout, verb, table)
    if pieces:
        return pieces, group_range(verb)[1]
    if is_passive(verb):
        return None
    for shape, rule in _RULES:
        if cue.takes(shape) or cue.prepositions(shape):
            found = rule(layout, verb, cue)
            if found is not None:
                return found
    return None


def _covered(layout: Layout, verb: Token, first: int, last: int, *, end: int | None = None) -> Complement | None:
    piece = layout.cover(max(first, verb.i + 1), last)
    return ([piece], group_range(verb)[1] if end is None else end) if piece else None


def _to(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _infinitive(layout: Layout, verb: Token, _: Cue) -> Complement | None:
    """As in "Vowed to stay"."""
    for child in verb.children:
        if child.dep_ == "xcomp" and child.i > verb.i and _to(child):
            return _covered(layout, verb, child.left_edge.i, child.right_edge.i + 1)
    return None


def _order(layout: Layout, verb: Token, cue: Cue) -> Complement | None:
    """As in "Urged them to leave", "called on them to leave", "called for them to leave"."""
    for child in verb.children:
        if child.dep_ not in {"xcomp", "ccomp", "advcl"} or child.i < verb.i or not _to(child):
            continue
        leading = [c for c in verb.children if c.dep_ == "prep" and verb.i < c.i < child.i]
        leading = leading or [c for c in child.children if c.dep_ == "mark" and c.lower_ in cue.prepositions("order")]
        if leading and leading[0].lower_ in cue.prepositions("order"):
            return _covered(layout, verb, leading[0].i + 1, child.right_edge.i + 1, end=leading[0].i + 1)
        if leading or not cue.takes("order"):
            return None
        objects = [c.left_edge.i for c in verb.children if c.dep_ in {"dobj", "dative"} and verb.i < c.i < child.i]
        return _covered(layout, verb, min([child.left_edge.i, *objects]), child.right_edge.i + 1)
    return _ordered_thing(layout, verb) or _misread_order(layout, verb) if cue.takes("order") else None


def _ordered_thing(layout: Layout, verb: Token) -> Complement | None:
    """As in "Urged residents to leave" where the parse hung the infinitive on the residents."""
    for thing in verb.children:
        if thing.dep_ == "dobj" and thing.i > verb.i and any(c.dep_ in {"acl", "relcl"} and _to(c) for c in thing.children):
            return _covered(layout, verb, thing.left_edge.i, thing.right_edge.i + 1)
    return None


def _misread_order(layout: Layout, verb: Token) -> Complement | None:
    """As in "Urged residents to brace for more", where the parse took the infinitive for a noun: a bare one with more behind it."""
    things = [c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.i > verb.i]
    links = [c for c in verb.children if c.dep_ == "prep" and c.lower_ == "to" and things and c.i == things[0].right_edge.i + 1]
    doer = next((c for link in links for c in link.children if c.dep_ == "pobj" and c.i == link.i + 1 and c.tag_ == "NN"), None)
    if doer is None or any(True for _ in doer.children):
        return None
    behind = [c for c in verb.children if c.i > doer.i and c.dep_ == "prep"]
    return _covered(layout, verb, things[0].left_edge.i, behind[-1].right_edge.i + 1) if behind else None


def _gerund(layout: Layout, verb: Token, _: Cue) -> Complement | None:
    """As in "Denied sending them"."""
    for child in verb.children:
        if child.dep_ in {"xcomp", "ccomp"} and child.tag_ == "VBG" and child.i > verb.i:
            return _covered(layout, verb, child.left_edge.i, child.right_edge.i + 1)
    return None


def _predicate(layout: Layout, verb: Token, _: Cue) -> Complement | None:
    """As in "Called it a crime"."""
    parts = [c for c in verb.children if c.dep_ in {"oprd", "dobj", "xcomp", "ccomp", "acomp", "attr"} and c.i > verb.i]
    if not parts or any(_to(part) for part in parts) or (len(parts) == 1 and parts[0].dep_ == "dobj" and not _named(layout, parts[0])):
        return None
    return _covered(layout, verb, min(p.left_edge.i for p in parts), max(p.right_edge.i for p in parts) + 1)


def _named(layout: Layout, thing: Token) -> bool:
    """Whether what a thing is called follows it in apposition or quotation marks, though the parse made one phrase of both."""
    last = thing.right_edge.i
    after = last + 1 < len(layout.doc) and layout.quoted[last + 1] >= 0
    inside = layout.quoted[last] >= 0 and layout.quoted[thing.left_edge.i] < 0
    return after or inside or any(c.dep_ == "appos" for c in thing.children)


def _object(layout: Layout, verb: Token, cue: Cue) -> Complement | None:
    """As in "Condemned the attack", "accused them of murder"."""
    thing = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    kinds = cue.prepositions("object")
    if thing is None or thing.tag_ in {"WP", "WDT"} or ("thing" in kinds and is_person(thing)):
        return None
    last = thing.right_edge.i + 1
    phrases = [c.right_edge.i + 1 for c in verb.children if c.dep_ in {"prep", "dative"} and c.lower_ in kinds and c.i >= last]
    last = phrases[0] if phrases else last
    for token in layout.doc[thing.i + 1 : last]:
        if token.tag_ == "VBG" and layout.doc[token.i - 1].text == "," and layout.quoted[token.i] < 0:
            last = token.i - 1
            break
    return _covered(layout, verb, thing.left_edge.i, last)


def _value(layout: Layout, verb: Token, cue: Cue) -> Complement | None:
    """As in "Put the death toll at 12", wherever the parse hung the preposition."""
    thing = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    if thing is None or (thing.lower_ != "it" and thing.lemma_.lower() not in load_cues().valued):
        return None
    for link in layout.doc[thing.i + 1 : verb.sent.end]:
        if link.lower_ in cue.prepositions("value") and any(
            t.like_num or t.tag_ == "CD" for t in layout.doc[link.i + 1 : link.i + _NUMBER_NEAR]
        ):
            return _covered(layout, verb, thing.left_edge.i, link.right_edge.i + 1)
    return None


def _number(layout: Layout, verb: Token, cue: Cue) -> Complement | None:
    """As in "Counted 12 dead"; what a pronoun counts is told inside somebody's words."""
    thing = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    subject = subject_of(verb)
    if thing is None or subject is None or subject.pos_ == "PRON":
        return None
    numbered = thing.like_num or any(t.like_num and t.i < thing.i for t in thing.subtree)
    if not numbered:
        return None
    ends = [c.right_edge.i + 1 for c in verb.children if c.dep_ == "prep" and c.lower_ in cue.prepositions("number") and c.i > thing.i]
    return _covered(layout, verb, thing.left_edge.i, max([thing.right_edge.i + 1, *ends]))


def is_person(noun: Token) -> bool:
    """Whether a noun phrase is a bare name or a pronoun of a person: "confirmed Lewis" appoints him."""
    bare = not any(c.dep_ in {"det", "prep", "poss", "amod"} for c in noun.children)
    return (noun.pos_ == "PROPN" and bare) or noun.lower_ in {"him", "her", "me", "them"}


def _prepositional(layout: Layout, verb: Token, cue: Cue) -> Complement | None:
    """As in "Referred to the treaty", the preposition being the cue's."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in cue.prepositions("prep") and child.i > verb.i:
            beside = child.i == group_range(verb)[1]
            return _covered(layout, verb, child.i + 1, child.right_edge.i + 1, end=child.i + 1 if beside else None)
    return None


def _claimed(layout: Layout, verb: Token, cue: Cue) -> Complement | None:
    """As in "Claimed responsibility for the attack"."""
    thing = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    if thing is None or thing.lemma_.lower() not in load_table("stances")["claimed"]["nouns"]:
        return None
    links = [c for c in (*thing.children, *verb.children) if c.dep_ == "prep" and c.lower_ in cue.prepositions("claimed") and c.i > thing.i]
    return _covered(layout, verb, thing.left_edge.i, links[0].right_edge.i + 1) if links else None


_RULES: tuple[tuple[str, _Rule], ...] = (
    ("order", _order),
    ("infinitive", _infinitive),
    ("gerund", _gerund),
    ("predicate", _predicate),
    ("value", _value),
    ("number", _number),
    ("claimed", _claimed),
    ("object", _object),
    ("prep", _prepositional),
)
