"""Mends tagged contents that cut a figure or run into their speaker's next saying, and cues whose source the rules alone see."""

from collections.abc import Sequence
from dataclasses import replace

from reportedly.extract.attribution.clauses import is_finite, phrase_range
from reportedly.extract.attribution.findings import Finding
from reportedly.extract.attribution.layout import Layout, Range
from reportedly.language.tables import load_table

_GOING_ON = ("conj", "advcl")  # how a verb hangs on that of the clause it goes on from


def mend(layout: Layout, tagged: Sequence[Finding], ruled: Sequence[Finding]) -> list[Finding]:
    """The tagged findings with what the rules see better.

    Args:
        layout: the paragraph.
        tagged: what the tagger's spans make.
        ruled: what the rules find in it.

    Returns:
        One for each, in order: its content ends where the same speaker's next cue begins and leaves out the clause that its cue goes
        on from; without a source it has that which the rules read for the same cue and content.
    """
    mended = []
    for finding in tagged:
        sourced = _with_subject(layout, _sourced(finding, ruled))
        apart = _without_governing(layout, _without_occasion(layout, sourced, ruled))
        mended.append(_before_next(layout, apart, ruled))
    return mended


def _with_subject(layout: Layout, finding: Finding) -> Finding:
    """A finding whose source is a clause ("Charity buys debts, says ...") with the subject of that clause for its source."""
    tokens = list(layout.doc.char_span(*finding.source[0], alignment_mode="contract") or ()) if len(finding.source) == 1 else []
    for token in tokens:
        subject = next((c for c in token.children if c.dep_ == "nsubj" and tokens[0].i <= c.i < token.i), None)
        if subject is not None and token.dep_ not in {"relcl", "acl"} and is_finite(token):
            source = phrase_range(layout, subject, token)
            return replace(finding, source=(source,)) if source and source[0] == finding.source[0][0] else finding
    return finding


def _without_occasion(layout: Layout, finding: Finding, ruled: Sequence[Finding]) -> Finding:
    """A finding without the occasion of its saying behind what the rules read: "expressed support | during a meeting with X"."""
    read = next((other for other in ruled if _shares_cue(other, finding)), None)
    piece = finding.content[-1]
    if read is None or len(read.content) > 1 or read.start < piece[0] or not read.start < read.end < piece[1]:
        return finding
    rest = list(layout.doc.char_span(read.end, piece[1], alignment_mode="contract") or ())
    opener = rest[0] if rest else None
    if opener is None or opener.pos_ != "ADP" or not any(start <= opener.head.idx < end for start, end in finding.cue):
        return finding
    nouns = load_table("dating")["sayings"]["nouns"]
    named = any(child.dep_ == "pobj" and child.lemma_.lower() in nouns for child in opener.children)
    return replace(finding, content=(*finding.content[:-1], (piece[0], read.end))) if named else finding


def _without_governing(layout: Layout, finding: Finding) -> Finding:
    """A finding without the clause before it that its cue only goes on from: "The count had reached 61 | and was expected | to grow"."""
    verbs = [token for start, end in finding.cue for token in layout.doc.char_span(start, end, alignment_mode="contract") or ()]
    joined = next((verb for verb in verbs if verb.dep_ in _GOING_ON and verb.head not in verbs), None)
    if joined is None or any(child.dep_ == "mark" and child.lower_ == "as" for child in joined.children):
        return finding
    if not any(start <= joined.head.idx < end for start, end in finding.content):
        return finding
    own = [token.idx for token in joined.subtree]
    kept = tuple(piece for piece in finding.content if any(piece[0] <= at < piece[1] for at in own))
    return replace(finding, content=kept) if kept else finding


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
