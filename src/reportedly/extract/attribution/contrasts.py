"""Ends what somebody says before the clause that sets somebody else's words against it: "said A, while the rebels said B"."""

from collections.abc import Sequence
from dataclasses import replace

from reportedly.extract.attribution.findings import Finding
from reportedly.extract.attribution.layout import Layout
from reportedly.extract.parse.tokens import Token
from reportedly.language.tables import load_table


def contrasts_apart(layout: Layout, findings: Sequence[Finding], others: Sequence[Finding]) -> list[Finding]:
    """Findings whose contents leave out what another speaker is set against them with.

    Args:
        layout: the paragraph.
        findings: what was found in it.
        others: the findings whose clauses may stand against them; with a source of their own.

    Returns:
        The same, in order; a content that goes on over ", while X said B" ends before the comma.
    """
    marks = [mark for other in others if other.source and other.head >= 0 and (mark := _opening(layout, other)) is not None]
    return [_cut(layout, finding, marks) for finding in findings]


def _opening(layout: Layout, finding: Finding) -> Token | None:
    """The comma before the "while" that opens a finding's clause, where its source stands right behind that."""
    words = load_table("cues")["contrasts"]["words"]
    verb = layout.doc[finding.head]
    mark = next((c for c in verb.children if c.dep_ in {"mark", "advmod"} and c.lower_ in words and c.i < verb.i), None)
    if mark is None or mark.i == 0 or layout.quoted[mark.i] >= 0 or finding.source[0][0] < mark.idx:
        return None
    comma = layout.doc[mark.i - 1]
    return comma if comma.text == "," else None


def _cut(layout: Layout, finding: Finding, commas: Sequence[Token]) -> Finding:
    for comma in commas:
        if finding.head > comma.i and any(place > comma.idx for place, _ in finding.cue):
            continue  # its own cue stands behind: the clause is part of what it reports
        held = [piece for piece in finding.content if piece[0] < comma.idx < piece[1]]
        for piece in held:
            part = layout.trim(piece[0], comma.idx)
            kept = tuple(part if p == piece else p for p in finding.content if p[0] < comma.idx)
            if part is not None:
                finding = replace(finding, content=tuple(p for p in kept if p))
    return finding
