"""Reads whom a relay cites: "state television reported, citing a hospital source" - the source speaks and the relay carries it."""

from collections.abc import Sequence
from dataclasses import replace

from reportedly.extract.attribution.clauses import char_range, phrase_range
from reportedly.extract.attribution.cues import CueTable
from reportedly.extract.attribution.findings import Finding
from reportedly.extract.attribution.layout import Layout, Range
from reportedly.extract.parse.tokens import Token
from reportedly.extract.speakers.relays import is_relay
from reportedly.extract.speakers.stated_things import is_utterance
from reportedly.language.naming.names import name_actor

_SPEAKERS = frozenset({"person", "body", "organisation", "group", "state", "outlet"})
"""Kinds of actors that may be cited as who says it; what is cited besides ("security concerns", "data") is no one."""

_BY = frozenset({"by", "from", "of"})
_REPORTS = frozenset({"advcl", "acl", "conj", "dep", "prep"})

Level = tuple[tuple[Range, ...], tuple[Range, ...]]  # source and cue


def with_cited(layout: Layout, findings: Sequence[Finding], table: CueTable) -> list[Finding]:
    """Give what a relay reports to whom it cites.

    Args:
        layout: the paragraph.
        findings: what the rules found in it.
        table: the cues, with the verbs of citing.

    Returns:
        The findings; where a relay (an outlet, state media, or nobody named) says something "citing X", X is the source, "citing" the cue
        and the relay the nearest outer level, and what "citing" alone made of it ("citing a hospital source") is gone.
    """
    given: dict[int, Finding] = {}
    taken: set[int] = set()
    for verb in layout.doc:
        cited = _cited(layout, verb, table)
        if cited is None:
            continue
        finding = next((_closed(layout, f, verb, cited) for f in findings if f.head != verb.i and _is_relayed(layout, f, verb)), None)
        if finding is None or not _reports(layout, finding, verb):
            continue
        if not any(finding.holds(part) for part in cited):
            given[finding.head] = _relayed(finding, cited)
            taken.add(verb.i)
    return [given.get(f.head, f) for f in findings if f.head not in taken]


def _cited(layout: Layout, verb: Token, table: CueTable) -> tuple[Range, Range] | None:
    """The words "citing" and those for whom it cites, where that is somebody who can speak."""
    if layout.quoted[verb.i] >= 0:
        return None
    last, named = verb, None
    if verb.tag_ == "VBG" and verb.lemma_.lower() in table.quoting:
        named = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    elif verb.lower_ == "with":
        last, named = _referred_to(verb)
    if named is not None and is_utterance(named.lower_):  # "quoting a post by the mayor"
        links = (c for c in (*named.children, *verb.children) if c.i == named.i + 1 and c.lower_ in _BY)
        named = next((o for by in links for o in by.children if o.dep_ == "pobj"), named)
    source = phrase_range(layout, named) if named is not None else None
    if source is None or name_actor(layout.text[source[0] : source[1]].strip(" ,")).kind not in _SPEAKERS:
        return None
    return char_range(layout, verb.i, last.i + 1), source


def _referred_to(preposition: Token) -> tuple[Token, Token | None]:
    """The last word of "with reference to", as translations say "citing", and what follows it; None where that is not what stands there."""
    noun = next((c for c in preposition.children if c.lower_ == "reference"), None)
    link = next((c for c in (noun.children if noun is not None else ()) if c.lower_ == "to"), None)
    named = next((c for c in link.children if c.dep_ == "pobj"), None) if link is not None else None
    return (link, named) if link is not None else (preposition, None)


def _is_relayed(layout: Layout, finding: Finding, verb: Token) -> bool:
    """Whether a relay, or nobody named, says it, and "citing" hangs on its cue, on the relay or on what is said."""
    source, cue = _relaying(finding)
    if source and not is_relay(layout.text[source[0][0] : min(source[0][1], verb.idx)].strip(" ,")):
        return False
    beside = verb.dep_ in _REPORTS and any(start <= verb.head.idx < end for start, end in (*cue, *finding.content))
    return beside or any(start <= place < end for start, end in source for place in (verb.idx, verb.head.idx))


def _closed(layout: Layout, finding: Finding, verb: Token, cited: tuple[Range, Range]) -> Finding:
    """A finding whose content the parse drew on to its end over ", citing X", without those words."""
    start, end = finding.content[-1]
    if start < verb.idx < end <= cited[1][1] and layout.doc[verb.i - 1].text == ",":
        piece = layout.trim(start, layout.doc[verb.i - 1].idx)
        return replace(finding, content=(*finding.content[:-1], piece)) if piece else finding
    return finding


def _reports(layout: Layout, finding: Finding, verb: Token) -> bool:
    """Whether "citing" stands outside the content and, where it hangs inside, at the content's end."""
    return layout.quoted[verb.i] < 0 and not any(start <= verb.idx < end for start, end in finding.content)


def _relaying(finding: Finding) -> Level:
    """The outermost level of a finding, which may be that of a relay."""
    return finding.outer[-1] if finding.outer else (finding.source, finding.cue)


def _relayed(finding: Finding, cited: tuple[Range, Range]) -> Finding:
    """A finding with whom its relay cites: the speaker, or where it has one already the next level."""
    citing, source = cited
    if finding.outer:
        return replace(finding, outer=(*finding.outer[:-1], ((source,), (citing,)), finding.outer[-1]))
    relay = tuple((start, min(end, citing[0])) for start, end in finding.source if start < citing[0]) or finding.source
    return replace(finding, source=(source,), cue=(citing,), outer=((relay, finding.cue),) if relay else ())
