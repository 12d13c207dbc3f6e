"""Mends tagged contents that cut a figure or run into their speaker's next saying, and cues whose source the rules alone see."""

from collections.abc import Sequence
from dataclasses import replace

from reportedly.extract.findings import Finding
from reportedly.extract.layout import Layout, Range


def mend(layout: Layout, tagged: Sequence[Finding], ruled: Sequence[Finding]) -> list[Finding]:
    """The tagged findings with what the rules see better.

    Args:
        layout: the paragraph.
        tagged: what the tagger's spans make.
        ruled: what the rules find in it.

    Returns:
        One for each, in order: its content ends where the same speaker's next cue begins; without a source it has that which the rules read
        for the same cue and content.
    """
    return [_before_next(layout, _sourced(finding, ruled), ruled) for finding in tagged]


def _before_next(layout: Layout, finding: Finding, ruled: Sequence[Finding]) -> Finding:
    """A finding whose content ends where the same speaker's next cue begins: "said A but added B"."""
    source = _first(ruled, finding)
    others = [other for other in ruled if other.kind == "speech" and other.source and not _shares_cue(other, finding)]
    cues = [other.cue[0][0] for other in others if other.source == source]
    pieces = list(finding.content)
    for place, piece in enumerate(pieces):
        cut = min((at for at in cues if piece[0] < at < piece[1]), default=None)
        if cut is None or any(q.start < piece[1] and piece[0] < q.end and q.start < cut < q.end for q in layout.quotations):
            continue
        words = list(layout.doc.char_span(piece[0], cut, alignment_mode="contract") or ())
        while words and (words[-1].dep_ == "cc" or words[-1].is_punct):
            words.pop()
        part = layout.trim(piece[0], words[-1].idx + len(words[-1].text)) if words else None
        pieces[place] = part or piece
    return replace(finding, content=tuple(pieces))


def _first(ruled: Sequence[Finding], finding: Finding) -> tuple[Range, ...]:
    """The source that the rules read for a finding's own cue, else its own."""
    return next((other.source for other in ruled if _shares_cue(other, finding)), finding.source)


def with_whole_figures(finding: Finding, figures: Sequence[Range]) -> Finding:
    """A finding whose content cuts no figure in two.

    Args:
        finding: a finding.
        figures: the places of its paragraph's figures.

    Returns:
        The same with each piece that begins or ends inside a figure grown to hold it, where the finding's cue and source leave it free.
    """
    grown = tuple(_grown(piece, finding, figures) for piece in finding.content)
    return finding if grown == finding.content else replace(finding, content=_joined(grown))


def _grown(piece: Range, finding: Finding, figures: Sequence[Range]) -> Range:
    for start, end in figures:
        cut = start < piece[0] < end or start < piece[1] < end
        whole = (min(piece[0], start), max(piece[1], end))
        if cut and not any(_meet(whole, part) for part in (*finding.cue, *finding.source)):
            piece = whole
    return piece


def _joined(pieces: Sequence[Range]) -> tuple[Range, ...]:
    """Pieces in order, those that overlap made one."""
    found: list[Range] = []
    for piece in sorted(pieces):
        if found and piece[0] < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], piece[1]))
        else:
            found.append(piece)
    return tuple(found)


def _sourced(finding: Finding, ruled: Sequence[Finding]) -> Finding:
    """A finding without a source with the cue and source that the rules read for the same content, where that leaves them free."""
    if finding.source:
        return finding
    for other in ruled:
        same = _shares_cue(other, finding) and any(_meet(a, b) for a in finding.content for b in other.content)
        if same and other.source and not any(_meet(part, piece) for part in (*other.source, *other.cue) for piece in finding.content):
            return replace(finding, source=other.source, cue=other.cue)
    return finding


def _meet(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _shares_cue(one: Finding, other: Finding) -> bool:
    return any(a < d and c < b for a, b in one.cue for c, d in other.cue)
