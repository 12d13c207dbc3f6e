"""Finds what is reported of nobody who is named: "X is believed to have ...", "it was unclear how many ..."."""

from collections.abc import Iterator

from reportedly.extract.attribution.clauses import char_range, group_range, is_passive, phrase_range
from reportedly.extract.attribution.cues import CueTable
from reportedly.extract.attribution.findings import Finding
from reportedly.extract.attribution.layout import Layout


def passive(layout: Layout, table: CueTable) -> Iterator[Finding]:
    """The attributions of passives without an agent.

    Args:
        layout: the paragraph.
        table: the cues.

    Yields:
        One a passive outside quotations, its content being the subject and what is said of it.
    """
    for verb in layout.doc:
        if verb.lemma_.lower() not in table.passive or verb.tag_ != "VBN" or layout.quoted[verb.i] >= 0 or not is_passive(verb):
            continue
        said = next((c for c in verb.children if c.dep_ in {"xcomp", "ccomp", "oprd"} and c.i > verb.i), None)
        if said is None or any(c.dep_ == "agent" for c in verb.children):
            continue
        subject = next((c for c in verb.children if c.dep_ == "nsubjpass" and c.lower_ != "it"), None)
        pieces = [phrase_range(layout, subject, verb)] if subject is not None else []
        pieces.append(layout.cover(max(said.left_edge.i, verb.i + 1), said.right_edge.i + 1))
        content = tuple(piece for piece in pieces if piece)
        if content:
            yield Finding(head=verb.i, cue=(char_range(layout, *group_range(verb)),), source=(), content=content, kind="thought")


def impersonal(layout: Layout, table: CueTable) -> Iterator[Finding]:
    """The attributions of "it was unclear how many ...".

    Args:
        layout: the paragraph.
        table: the cues.

    Yields:
        One for each such adjective of the table outside quotations.
    """
    for word in layout.doc:
        if word.lower_ not in table.impersonal or word.dep_ != "acomp" or layout.quoted[word.i] >= 0:
            continue
        verb = word.head
        clauses = [c for c in (*verb.children, *word.children) if c.dep_ in {"ccomp", "csubj", "advcl"} and c.i > word.i]
        if not clauses or not any(c.lower_ == "it" and c.dep_ in {"nsubj", "expl"} for c in verb.children):
            continue
        piece = layout.cover(max(clauses[0].left_edge.i, word.i + 1), clauses[0].right_edge.i + 1)
        if piece:
            cue = char_range(layout, group_range(verb)[0], word.i + 1)
            yield Finding(head=verb.i, cue=(cue,), source=(), content=(piece,), kind="thought")
