"""Joins a quotation that goes on without a cue to the attribution before it."""

from collections.abc import Sequence
from dataclasses import replace

from reportedly.extract.attribution.clauses import char_range, group_range, phrase_range, subject_of
from reportedly.extract.attribution.cues import CueTable
from reportedly.extract.attribution.findings import Finding
from reportedly.extract.attribution.layout import Layout, Range


def carry_on(layout: Layout, findings: Sequence[Finding]) -> list[Finding]:
    """Give each quotation that stands alone in its sentence to the quoting attribution before it ('"A," he said. "B."').

    Args:
        layout: the paragraph.
        findings: its attributions.

    Returns:
        The same attributions, some with more pieces.
    """
    found = list(findings)
    for first, last in layout.sentences():
        piece = _alone(layout, first, last)
        if piece is None or any(a < piece[1] and piece[0] < b for f in found for a, b in f.content):
            continue
        before = [f for f in found if f.end <= piece[0] and f.kind == "speech" and layout.quotes(*f.content)]
        if before:
            latest = max(before, key=lambda f: max(f.end, f.cue[-1][1]))
            found[found.index(latest)] = replace(latest, content=(*latest.content, piece))
    return found


def join_paragraphs(layouts: Sequence[Layout], findings: Sequence[Sequence[Finding]], table: CueTable) -> list[list[Finding]]:
    """Give each paragraph that is nothing but a quotation to the quoting attribution of the paragraph before.

    A paragraph that ends with a cue and a colon introduces the quotation that the next one is.

    Args:
        layouts: the paragraphs, in page order.
        findings: the attributions of each.
        table: the cues.

    Returns:
        The attributions of each paragraph, some with pieces in later ones.
    """
    found = [list(here) for here in findings]
    speaker: tuple[int, int] | None = None  # paragraph and place of the attribution that a bare quotation goes on
    for place, layout in enumerate(layouts):
        unnamed = not any(f.cue or f.source for f in found[place])
        bare = [layout.cover(0, len(layout.doc))] if unnamed and not layout.is_heading and _alone(layout, 0, len(layout.doc)) else []
        if speaker is not None and bare and bare[0] is not None:
            found[place] = []  # a quotation that a tagger marked and nobody is named for is this one
            paragraph, which = speaker
            one = found[paragraph][which]
            found[paragraph][which] = replace(one, later=(*one.later, (place, bare[0])))
            continue
        opened = introduction(layout, table)
        if opened is not None and not any(f.head == opened.head for f in found[place]):
            found[place].append(opened)
            speaker = (place, len(found[place]) - 1)
            continue
        speaker = _last_quoting(layout, place, found[place])
    return [[one for one in here if one.content or one.later] for here in found]


def _last_quoting(layout: Layout, place: int, findings: Sequence[Finding]) -> tuple[int, int] | None:
    spoken = [(which, f) for which, f in enumerate(findings) if f.cue and f.kind == "speech" and layout.quotes(*f.content)]
    quoting = [(max(f.end, f.cue[-1][1]), which) for which, f in spoken]
    return (place, max(quoting)[1]) if quoting else None


def introduction(layout: Layout, table: CueTable) -> Finding | None:
    """The cue at a paragraph's end that introduces the next paragraph ("He told reporters:")."""
    if not layout.text.rstrip().rstrip(".").endswith(":"):
        return None
    begin, stop = layout.sentence(len(layout.doc) - 1)
    for token in reversed(layout.doc[begin:stop]):
        cue = table.verb(token)
        if cue is not None and cue.takes("speech", "quote") and layout.quoted[token.i] < 0:
            subject = subject_of(token)
            source = phrase_range(layout, subject, token) if subject is not None else None
            head = char_range(layout, *group_range(token))
            return Finding(head=token.i, cue=(head,), source=(source,) if source else (), content=())
    return None


def _alone(layout: Layout, first: int, last: int) -> Range | None:
    """The quotations of a sentence that holds nothing else."""
    words = [t for t in layout.doc[first:last] if not (t.is_punct or t.is_space)]
    if not words or any(layout.quoted[t.i] < 0 for t in words):
        return None
    return layout.cover(first, last)
