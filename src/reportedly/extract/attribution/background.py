"""Leaves out of what somebody is said to have said the clauses in which the outlet dates what readers know.

"The mayor said nine were hurt in the fire, which broke out late on Friday": the relative clause is the outlet's own, as
PolNeAR's coders mostly have it where such a clause holds a date (decision 31).
Source: Newell et al., "An Attribution Relations Corpus for Political News", LREC 2018; Quirk et al. 1985, section 17.22 ff., on relative
clauses that restrict nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportedly.extract.attribution.findings import Finding
from reportedly.extract.attribution.layout import Layout, Range, meets
from reportedly.extract.parse.marks import COMMAS
from reportedly.extract.parse.tokens import Token
from reportedly.language.tables import load_table


def without_background(layout: Layout, finding: Finding, dates: Sequence[Range]) -> Finding:
    """A finding without the dated relative clauses behind a comma that the words of its content hold.

    Args:
        layout: the paragraph.
        finding: what is reported; its quoted pieces stay whole.
        dates: the places of the paragraph's dates and times of day.

    Returns:
        The same, a piece that such a clause parts being two; what is left out is free for the outlet's narration. A clause with words of
        the content behind it goes only where it holds a number besides, which would pass for the speaker's.
    """
    clauses = [
        clause
        for clause, numbered in _dated_clauses(layout, dates)
        if finding.holds(clause)
        and not meets((*finding.cue, *finding.source), clause)
        and (numbered or any(layout.trim(clause[1], end) is None for _, end in finding.content if clause[1] <= end))
    ]
    if not clauses:
        return finding
    pieces = [part for piece in finding.content for part in _parts(layout, piece, clauses)]
    return replace(finding, content=tuple(pieces)) if pieces else finding


def _dated_clauses(layout: Layout, dates: Sequence[Range]) -> Iterator[tuple[Range, bool]]:
    """The relative clauses behind a comma that hold a date, outside quotations, and whether each holds another number."""
    words = load_table("cues")["relatives"]["words"]
    for verb in layout.doc if dates else ():
        first = verb.left_edge
        if verb.dep_ != "relcl" or first.lower_ not in words or not first.i or layout.quoted[first.i] >= 0 or not _is_past(verb):
            continue
        last = verb.right_edge
        place = first.idx, last.idx + len(last.text)
        held = [date for date in dates if place[0] <= date[0] and date[1] <= place[1]]
        numbered = any(t.like_num and not meets(held, (t.idx, t.idx + 1)) for t in layout.doc[first.i : last.i + 1])
        if held and layout.doc[first.i - 1].text in COMMAS:
            yield place, numbered


def _is_past(verb: Token) -> bool:
    """Whether a clause tells of the past: what may follow from it, or holds today, is more often the speaker's."""
    helpers = [child.tag_ for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    return verb.tag_ == "VBD" or ("VBD" in helpers and "MD" not in helpers)


def _parts(layout: Layout, piece: Range, clauses: Sequence[Range]) -> Iterator[Range]:
    """A piece of content without clauses."""
    start = piece[0]
    for clause in clauses:
        if piece[0] < clause[0] and clause[1] <= piece[1] and not layout.quotes(piece):
            part = layout.trim(start, clause[0])
            if part:
                yield part
            start = clause[1]
    rest = layout.trim(start, piece[1]) if start != piece[0] else piece
    if rest:
        yield rest
