"""Makes one attribution of a nested one: the innermost speaker's, with the outer levels beside it."""

from collections.abc import Sequence
from dataclasses import replace

from reportedly.extract.attribution.cues import load_cues
from reportedly.extract.attribution.findings import Finding
from reportedly.extract.attribution.layout import Layout
from reportedly.extract.parse.marks import QUOTE_CHARACTERS
from reportedly.extract.speakers.relays import is_relay

_WHOLE = frozenset({"ROOT", "ccomp", "parataxis"})  # how a verb heads all that another one reports behind it
_MOST = 0.5  # share of what is reported that a nested report makes up


def nest(layout: Layout, findings: Sequence[Finding]) -> list[Finding]:
    """Bring the levels of nested attributions together.

    Args:
        layout: the paragraph.
        findings: what the rules found in it.

    Returns:
        One finding an innermost speaker; no two with the same cue.
    """
    kept: list[Finding] = []
    for finding in findings:
        if not any(a < d and c < b for other in kept for a, b in other.cue for c, d in finding.cue):
            kept.append(finding)
    kept = [_speaker_outside(f, kept) for f in kept]
    kept = [f for f in kept if not _echoes(layout, f, kept)]
    absorbed: dict[int, Finding] = {f.head: f for f in kept}
    for outer in sorted(kept, key=lambda f: f.size()):
        inner = _inner(layout, outer, list(absorbed.values()))
        if inner is not None:
            for part in (inner, *_joined(layout, inner, outer, list(absorbed.values()))):
                absorbed[part.head] = _levelled(layout, absorbed[part.head], outer)
            del absorbed[outer.head]
    return list(absorbed.values())


def _joined(layout: Layout, inner: Finding, outer: Finding, findings: Sequence[Finding]) -> list[Finding]:
    """What else the same speaker says in what another one reports: "The mayor called for calm and said help was near, the paper wrote"."""
    return [
        other
        for other in findings
        if other.head not in {inner.head, outer.head}
        and other.source == inner.source
        and outer.holds(other.cue[0])
        and layout.doc[other.head].head.i == inner.head
        and layout.doc[other.head].dep_ == "conj"
    ]


def _levelled(layout: Layout, inner: Finding, outer: Finding) -> Finding:
    """An inner finding with the outer level around it; a relay's report "according to" somebody is that one's word, whom it relays."""
    words = [layout.text[start:end] for finding in (inner, outer) for start, end in finding.source[:1]]
    behind = outer.cue[0][0] > inner.cue[0][0] and layout.doc[outer.head].lower_ in load_cues().phrases
    if behind and not inner.outer and len(words) > 1 and is_relay(words[0]) and not is_relay(words[1]):
        return replace(inner, source=outer.source, cue=outer.cue, outer=((inner.source, inner.cue),))
    return inner.within(outer.source, outer.cue)


def _speaker_outside(finding: Finding, others: Sequence[Finding]) -> Finding:
    """A finding with the speaker of the one before it, where its own was sought inside what that one says ("said A and added B")."""
    for other in others:
        begun = other.source and other.content[-1][1] <= finding.cue[0][0]
        if begun and finding.source and other.holds(finding.source[0]) and other.cue[0][0] < other.start:
            return replace(finding, source=other.source)
    return finding


def _echoes(layout: Layout, finding: Finding, others: Sequence[Finding]) -> bool:
    """Whether a finding lies inside another's content and is no speech of a further person."""
    around = [o for o in others if o.head != finding.head and o.holds(finding.cue[0])]
    if not around:
        return False
    thought = finding.kind != "speech" and not all(_opens(layout, finding, o) for o in around)
    if thought or not finding.source or not _happened(layout, finding):
        return True
    if any(finding.source == other.source for other in around):
        return True
    words = layout.text[finding.source[0][0] : finding.source[0][1]]
    return words.lower() in load_cues().pronouns and not (words.isupper() and len(words) > 1)


def _opens(layout: Layout, finding: Finding, outer: Finding) -> bool:
    """Whether a thought is all that somebody behind it tells: "The agency believes that 50 were built, | a lawmaker told reporters"."""
    whole = outer.start == finding.source[0][0] and finding.end == outer.end if finding.source else False
    clause = finding.kind == "thought" and finding.cue[0][1] <= finding.start
    return clause and whole and outer.cue[0][0] >= outer.end and layout.doc[outer.head].lower_ not in load_cues().phrases


def _inner(layout: Layout, outer: Finding, findings: Sequence[Finding]) -> Finding | None:
    """The finding whose speaker is the subject of all that another one reports."""
    openers = load_cues().openers | {""}
    for finding in findings:
        thought = finding.kind != "speech" and not _opens(layout, finding, outer)
        if thought or finding.head == outer.head or not outer.holds(finding.cue[0]):
            continue
        lead = layout.text[outer.start : min(place[0] for place in finding.places())].split()
        small = all(word.lower().strip(QUOTE_CHARACTERS + ",") in openers for word in lead)
        behind = outer.cue[0][0] > outer.start and layout.doc[finding.head].dep_ in _WHOLE
        frame = (*finding.cue, *finding.source) if behind or layout.doc[outer.head].lower_ in load_cues().phrases else ()
        told = finding.size() + sum(end - start for start, end in frame)
        whole = told >= _MOST * outer.size() and all(outer.holds(piece) for piece in finding.content)
        spoken = layout.doc[finding.head].pos_ in {"VERB", "AUX"} and _happened(layout, finding)
        if whole and spoken and (small or outer.cue[0][0] > outer.start):
            return finding
    return None


def _happened(layout: Layout, finding: Finding) -> bool:
    """Whether a cue tells of an utterance that was made, not of one that should, could or would be."""
    verb = layout.doc[finding.head]
    return not any(c.tag_ == "MD" for c in verb.children)
