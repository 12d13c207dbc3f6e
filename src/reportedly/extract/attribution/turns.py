"""What somebody says in a turn of a transcript: the label speaks, and who is quoted in it speaks through the label's speaker."""

from collections.abc import Sequence

from reportedly.extract.attribution.findings import Finding
from reportedly.extract.attribution.layout import Layout, Range, meets
from reportedly.extract.parse.parsed import ParsedPassage

_OWN = frozenset({"i", "we", "my", "our"})
_FEWEST = 4  # words of what is put forward without a number; "Thanks, Ida." and "That's right." put nothing forward
_HEAD = -1_000_000  # heads of turns lie below those of all other findings without a token


def in_turn(layout: Layout, passage: ParsedPassage, findings: Sequence[Finding]) -> list[Finding]:
    """The findings of a paragraph that belongs to a turn.

    Args:
        layout: the paragraph.
        passage: the same with its turn; its label lies before the paragraph, so that its places are below nought.
        findings: what is found in the paragraph by itself.

    Returns:
        The findings of others, reported by the turn's speaker; and the sentences in which nobody else speaks as the speaker's own, a
        finding for each run of them. Questions put nothing forward. Outside a turn the findings as they are.
    """
    if passage.turn is None:
        return list(findings)
    label = (passage.turn.label.start - passage.start, passage.turn.label.end - passage.start)
    colon = (passage.turn.colon.start - passage.start, passage.turn.colon.end - passage.start)
    others = [f for f in findings if not _is_own(layout, f) and not _is_put(layout, f)]
    told = [f.within((label,), (colon,)) if f.source else f for f in others]
    taken = [part for f in others for part in f.places()]
    own = [Finding(head=_HEAD - start, cue=(colon,), source=(label,), content=((start, end),)) for start, end in _own_runs(layout, taken)]
    return sorted([*told, *own], key=lambda finding: finding.content[0])


def _is_own(layout: Layout, finding: Finding) -> bool:
    """Whether a finding is the speaker's own: "I think the dam will hold"."""
    return bool(finding.source) and layout.text[slice(*finding.source[0])].casefold() in _OWN and not layout.quotes(*finding.source)


def _is_put(layout: Layout, finding: Finding) -> bool:
    """Whether a finding is but what somebody is asked about himself: "When did you first see the cracks?"."""
    if not finding.source or layout.text[slice(*finding.source[0])].casefold() != "you":
        return False
    last = layout.text[finding.end :].lstrip("”\"'’ ")  # noqa: RUF001 - a curly apostrophe
    return last.startswith("?") or layout.text[: finding.end].endswith("?")


def _own_runs(layout: Layout, taken: Sequence[Range]) -> list[Range]:
    """The runs of sentences that nobody else takes a word of and that put something forward."""
    runs: list[Range | None] = []
    joined = False
    for first, stop in layout.sentences():
        piece = layout.cover(first, stop)
        asks = layout.text[: layout.doc[stop - 1].idx + len(layout.doc[stop - 1].text)].rstrip().endswith("?")
        if piece is None or asks or meets(taken, piece):
            joined = False
            continue
        before = runs[-1] if joined and runs else None
        runs[len(runs) - 1 if before else len(runs) :] = [(before[0], piece[1]) if before else piece]
        joined = True
    return [run for run in runs if run is not None and _puts_forward(layout, run)]


def _puts_forward(layout: Layout, run: Range) -> bool:
    words = [t for t in layout.doc if run[0] <= t.idx < run[1] and (t.is_alpha or t.like_num)]
    return (len(words) >= _FEWEST or any(t.like_num for t in words)) and any(t.pos_ in {"VERB", "AUX"} for t in words)
