"""Makes findings of what the tagger marks, with what only the rules see: nested levels, and attributions where the tagger is silent."""

from collections.abc import Sequence

from reportedly.extract.attribution.cues import CueClass, CueTable
from reportedly.extract.attribution.findings import Finding
from reportedly.extract.attribution.layout import Layout, Range
from reportedly.extract.linking.consensus import agree
from reportedly.extract.linking.linking import Link
from reportedly.extract.tagging.tagger import Marks


def read_tagged(layout: Layout, marks: Marks, ruled: Sequence[Finding], table: CueTable) -> list[Finding]:
    """The attributions that a paragraph's tagged spans make.

    Args:
        layout: the paragraph.
        marks: what the tagger made of it.
        ruled: what the rules find in it.
        table: the cues, for the class of each.

    Returns:
        One finding an attribution, in text order of the cues; a quotation without cue and source is one. Cues and sources without
        content, and other contents without cue and source, give nothing.
    """
    links = agree(layout.text, marks, [_link(finding) for finding in ruled])
    stated = [found for found in links if found.cue or found.source or _is_quoted(layout, found.content[0])]
    return [_finding(layout, found, table, place) for place, found in enumerate(stated)]


def _link(finding: Finding) -> Link:
    """A finding as linking sees it; of a nested one the outermost level speaks, as in what the tagger learned from."""
    source, cue = finding.outer[-1] if finding.outer else (finding.source, finding.cue)
    return Link(content=finding.content, cue=cue[0] if cue else None, source=source[0] if source else None)


def _is_quoted(layout: Layout, piece: Range) -> bool:
    """Whether a content begins inside a quotation, so that somebody speaks though nobody is named."""
    return any(q.start <= piece[0] < q.end for q in layout.quotations)


def _finding(layout: Layout, found: Link, table: CueTable, place: int) -> Finding:
    head, kind = _head(layout, found.cue, table) if found.cue else (-1 - place, "speech")
    return Finding(
        head=head,
        cue=(found.cue,) if found.cue else (),
        source=(found.source,) if found.source else (),
        content=found.content,
        kind=kind,
    )


def _head(layout: Layout, cue: Range, table: CueTable) -> tuple[int, CueClass]:
    """The token that a cue hangs by: its verb of the table, else the one that governs the others; and its class."""
    tokens = layout.doc.char_span(*cue, alignment_mode="expand")
    if tokens is None:
        return -1, "speech"
    for token in tokens:
        row = table.verb(token)
        if row is not None:
            return token.i, row.kind
    return tokens.root.i, "speech"


def join_rules(tagged: Sequence[Finding], ruled: Sequence[Finding]) -> list[Finding]:
    """The tagged findings with what only the rules see.

    Args:
        tagged: what the tagger's spans make.
        ruled: what the rules find, nested levels joined.

    Returns:
        Nested findings of the rules in place of the tagged ones that they read as one level; the other tagged ones; and those of the
        rules that stand where the tagger marked nothing.
    """
    nested = [finding for finding in ruled if finding.outer and any(_same_cue(finding, other) for other in tagged)]
    kept = [finding for finding in tagged if not any(_same_cue(other, finding) for other in nested)]
    taken = [part for finding in (*kept, *nested) for part in finding.places()]
    silent = [f for f in ruled if f not in nested and not any(a < d and c < b for a, b in taken for c, d in f.places())]
    closing = [f for f in ruled if f not in nested and f not in silent and _closes(f, [*kept, *nested])]
    return sorted([*kept, *nested, *silent, *closing], key=lambda finding: finding.places()[0])


def _closes(ruled: Finding, others: Sequence[Finding]) -> bool:
    """Whether a finding's content is the last clause of another's, its cue and source free behind it: "..., which killed 9, says X"."""
    holders = [o for o in others if any(start < ruled.start and ruled.end == end for start, end in o.content)]
    frame = (*ruled.cue, *ruled.source)
    free = not any(a < d and c < b for o in others for a, b in o.places() for c, d in frame)
    return len(holders) == 1 and bool(ruled.source) and ruled.cue[0][0] >= ruled.end and free


def _same_cue(nested: Finding, other: Finding) -> bool:
    """Whether a finding has one of a nested one's cues."""
    cues = [*nested.cue, *(piece for _, pieces in nested.outer for piece in pieces)]
    return any(a < d and c < b for a, b in cues for c, d in other.cue)
