"""Finds attributions by an adjective or a phrase: "officials are worried that ...", "raised the alarm about ..."."""

from collections.abc import Iterator

from reportedly.extract.attribution.clauses import char_range, group_range, phrase_range, subject_of
from reportedly.extract.attribution.cues import CueTable
from reportedly.extract.attribution.findings import Finding
from reportedly.extract.attribution.layout import Layout
from reportedly.extract.parse.tokens import Token


def attitudes(layout: Layout, table: CueTable) -> Iterator[Finding]:
    """The attributions of adjectives that take a clause; in a headline their verb may be left out ("City worried dam may break").

    Args:
        layout: the paragraph.
        table: the cues.

    Yields:
        One an adjective of the table outside quotations.
    """
    for word in layout.doc:
        if word.lower_ not in table.attitudes or layout.quoted[word.i] >= 0:
            continue
        finding = _with_verb(layout, word)
        if finding is None and layout.role == "headline":
            finding = _bare(layout, word)
        if finding is not None:
            yield finding


def _with_verb(layout: Layout, word: Token) -> Finding | None:
    """As in "officials are worried that ..."."""
    verb = word.head if word.dep_ == "acomp" else word
    subject = subject_of(verb) or next((c for c in word.children if c.dep_ == "nsubjpass"), None)
    clause = next((c for c in (*word.children, *verb.children) if c.dep_ == "ccomp" and c.i > word.i), None)
    if subject is None or clause is None or subject.lower_ == "it":
        return None
    source, piece = phrase_range(layout, subject, verb), layout.cover(max(clause.left_edge.i, word.i + 1), clause.right_edge.i + 1)
    if source is None or piece is None:
        return None
    cue = char_range(layout, group_range(verb)[0], word.i + 1)
    return Finding(head=word.i, cue=(cue,), source=(source,), content=(piece,), kind="thought")


def _bare(layout: Layout, word: Token) -> Finding | None:
    """As in "City worried dam may break"."""
    begin, stop = layout.sentence(word.i)
    source, piece = layout.cover(begin, word.i), layout.cover(word.i + 1, stop)
    before, after = layout.doc[begin : word.i], layout.doc[word.i + 1 : stop]
    if source is None or piece is None or any(t.pos_ == "VERB" for t in before) or not any(t.pos_ in {"VERB", "AUX"} for t in after):
        return None
    cue = char_range(layout, word.i, word.i + 1)
    return Finding(head=word.i, cue=(cue,), source=(source,), content=(piece,), kind="thought")


def phrases(layout: Layout, table: CueTable) -> Iterator[Finding]:
    """The attributions of a verb with a noun and a preposition that together report ("raised the alarm about ...").

    Args:
        layout: the paragraph.
        table: the cues.

    Yields:
        One a phrase of the table outside quotations.
    """
    for verb in layout.doc:
        rows = table.idioms.get(verb.lemma_.lower())
        thing = next((c for c in verb.children if c.dep_ == "dobj"), None) if rows and layout.quoted[verb.i] < 0 else None
        if not rows or thing is None or (verb.tag_ == "VBG" and verb.dep_ == "advcl"):
            continue  # "..., raising concern over ..." is an effect and nobody's words
        nouns = {row.split()[0] for row in rows}
        links = {row.split()[1] for row in rows if row.split()[0] == thing.lemma_}
        link = next((c for c in (*thing.children, *verb.children) if c.dep_ == "prep" and c.lower_ in links and c.i > thing.i), None)
        subject = subject_of(verb)
        if thing.lemma_ not in nouns or link is None or subject is None:
            continue
        source, piece = phrase_range(layout, subject, verb), layout.cover(link.i + 1, link.right_edge.i + 1)
        if source is not None and piece is not None:
            cue = char_range(layout, max(group_range(verb)[0], subject.i + 1), link.i + 1)
            yield Finding(head=verb.i, cue=(cue,), source=(source,), content=(piece,))
