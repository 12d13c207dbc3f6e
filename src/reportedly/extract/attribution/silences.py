"""Finds who is told to have given no answer: "the ministry did not respond to requests for comment"."""

from collections.abc import Iterator

from reportedly.extract.attribution.clauses import char_range, group_range, phrase_range, subject_of
from reportedly.extract.attribution.cues import CueTable
from reportedly.extract.attribution.findings import Finding
from reportedly.extract.attribution.layout import Layout
from reportedly.extract.parse.tokens import Token
from reportedly.language.tables import load_table


def silences(layout: Layout, _: CueTable) -> Iterator[Finding]:
    """The attributions of answers that were not given.

    Args:
        layout: the paragraph.
        _: the cues, which every rule is given.

    Yields:
        One a negated verb of answering outside quotations, its content being what was asked; several who were asked are one source. Also
        one for each thing that somebody could not verify.
    """
    rows = load_table("cues")["silences"]
    for verb in layout.doc:
        unproved = _unproved(layout, verb)
        if unproved is not None:
            yield unproved
        if verb.lemma_.lower() not in rows["lemmas"] or verb.pos_ != "VERB" or layout.quoted[verb.i] >= 0:
            continue
        asked = _asked(verb, frozenset(rows["objects"]))
        subject = subject_of(verb)
        if asked is None or subject is None or subject.i > verb.i or not is_unanswered(verb):
            continue
        piece, source = layout.cover(asked.left_edge.i, asked.right_edge.i + 1), phrase_range(layout, subject, verb)
        if piece and source:
            yield Finding(
                head=verb.i, cue=(char_range(layout, group_range(verb)[0], asked.left_edge.i),), source=(source,), content=(piece,)
            )


def _unproved(layout: Layout, verb: Token) -> Finding | None:
    """What somebody could not verify: "the agency was not able to verify the footage", "we could not confirm the toll"."""
    if verb.lemma_.lower() not in load_table("cues")["proofs"]["lemmas"] or verb.tag_ != "VB" or layout.quoted[verb.i] >= 0:
        return None
    thing = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    subject = subject_of(verb)
    if thing is None or subject is None or subject.i > verb.i or not _is_unable(verb):
        return None
    piece, source = layout.cover(thing.left_edge.i, thing.right_edge.i + 1), phrase_range(layout, subject, verb)
    first = verb.head if verb.dep_ == "xcomp" else verb
    first = first.head if first.dep_ in {"acomp", "oprd"} else first
    start = group_range(first)[0]
    if piece is None or source is None or subject.i >= start:
        return None
    return Finding(head=verb.i, cue=(char_range(layout, start, thing.left_edge.i),), source=(source,), content=(piece,))


def _is_unable(verb: Token) -> bool:
    """Whether a verb tells what could not be done: "could not verify", "was unable to verify", "has not been able to verify"."""
    above = [verb.head, verb.head.head] if verb.dep_ == "xcomp" else []
    able = any(t.lower_ == "able" for t in above) or any(c.lower_ in {"could", "can", "ca"} for c in verb.children if c.dep_ == "aux")
    negated = any(c.dep_ == "neg" for t in (verb, *above) for c in t.children)
    return any(t.lower_ == "unable" for t in above) or (able and negated)


def _asked(verb: Token, nouns: frozenset[str]) -> Token | None:
    """What was asked: the object of "returned", or what stands behind "respond to"."""
    links = [c for c in verb.children if c.dep_ == "prep" and c.lower_ == "to"]
    things = [c for c in (*verb.children, *(o for link in links for o in link.children)) if c.dep_ in {"dobj", "pobj"}]
    return next((c for c in things if c.i > verb.i and c.lemma_.lower() in nouns), None)


def is_unanswered(verb: Token) -> bool:
    """Whether a verb is negated, by itself or by its subject: "did not answer", "neither the mayor nor the firm answered".

    Args:
        verb: a verb of answering.
    """
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    pending = verb.dep_ == "xcomp" and any(c.lower_ == "yet" for c in (*verb.children, *verb.head.children))
    none = any(c.lower_ in {"neither", "no", "none"} for s in subjects for c in (s, *s.children))
    return none or pending or any(c.dep_ == "neg" or c.lower_ in {"neither", "never"} for c in verb.children)
