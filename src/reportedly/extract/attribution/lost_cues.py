"""Finds the cue of an attribution of which the tagger marked the source and the content alone.

Source: PolNeAR's coders give every attribution a cue, and where nothing else reports the mark between a speaker's name and the words.
(Newell et al., "An Attribution Relations Corpus for Political News", LREC 2018.)
"""

from collections.abc import Iterator
from dataclasses import replace

from reportedly.extract.attribution.clauses import char_range, group_range
from reportedly.extract.attribution.findings import Finding
from reportedly.extract.attribution.layout import Layout, Range
from reportedly.extract.parse.marks import DASHES, QUOTE_CHARACTERS
from reportedly.extract.parse.tokens import Token

_LOOSE = QUOTE_CHARACTERS + " \t\u00a0"


def with_cue(layout: Layout, finding: Finding) -> Finding:
    """A finding with a source and no cue with the cue that stands between its parts.

    Args:
        layout: the paragraph.
        finding: what the tagger marked.

    Returns:
        The same with a dash behind the words or a colon before them ("Ana Ruiz: ..."), else with the verb of which the source is the
        subject and what it puts forward a part, for its cue; unchanged where there is neither.
    """
    if finding.cue or not finding.source:
        return finding
    cue = _mark(layout, finding) or _verb(layout, finding)
    return replace(finding, cue=(cue,)) if cue else finding


def _mark(layout: Layout, finding: Finding) -> Range | None:
    """The mark that is all that stands between a source and what it says."""
    source = finding.source[0]
    for start, end, marks in ((finding.end, source[0], DASHES), (source[1], finding.start, {":"})):
        between = layout.text[start:end] if start < end else ""
        if between.strip(_LOOSE) in marks:
            at = start + between.index(between.strip(_LOOSE))
            return at, at + len(between.strip(_LOOSE))
    return None


def _verb(layout: Layout, finding: Finding) -> Range | None:
    content = [token for piece in finding.content for token in _tokens(layout, piece)]
    for subject in _tokens(layout, finding.source[0]):
        verb = subject.head
        if subject.dep_ != "nsubj" or verb.pos_ != "VERB" or not any(token.head.i == verb.i for token in content):
            continue
        group = char_range(layout, *group_range(verb))
        if not any(group[0] < end and start < group[1] for start, end in (*finding.content, *finding.source)):
            return group
    return None


def _tokens(layout: Layout, piece: Range) -> Iterator[Token]:
    yield from layout.doc.char_span(*piece, alignment_mode="expand") or ()
