"""Leaves out attributions that the tagger marks though nobody puts anything forward in them.

The coders whose work the tagger learned from mark attitudes as well; what is told of no one, of a purpose or of what a law provides is an
event or a state of affairs, which narration holds. Each class here is one in which the tagger is mostly wrong by those coders' own marks.
"""

from collections.abc import Sequence
from dataclasses import replace

from reportedly.extract.attribution.clauses import is_finite
from reportedly.extract.attribution.complements import is_person
from reportedly.extract.attribution.cues import CueTable
from reportedly.extract.attribution.findings import Finding
from reportedly.extract.attribution.layout import Layout, Range
from reportedly.extract.parse.tokens import Token
from reportedly.extract.speakers.stated_things import is_provision
from reportedly.language.naming.names import name_actor
from reportedly.language.tables import load_table

_RELATIVE = frozenset({"which", "that"})
_QUESTIONING = frozenset({"WP", "WRB", "WDT"})
_VERBAL = frozenset({"VERB", "AUX"})


def provisions_apart(layout: Layout, findings: Sequence[Finding]) -> list[Finding]:
    """Findings without those in which a law or a treaty provides something ("a decree requiring the state to act").

    Nor those that tell on what terms somebody spoke ("who asked not to be named"), or merely whom somebody cites or means.
    """
    return [_of_nobody_asked(layout, finding) for finding in findings if not _is_no_word(layout, finding)]


def _of_nobody_asked(layout: Layout, finding: Finding) -> Finding:
    """A finding that tells what somebody was asked who then speaks, without a source: "Asked whether it would stay, the firm said no"."""
    cue = _tokens(layout, finding.cue)
    if not cue or not finding.source or layout.quotes(*finding.content):
        return finding
    in_order = finding.cue[-1][1] <= finding.start and finding.end <= finding.source[0][0]
    put = in_order and cue[0].lower_ in load_table("cues")["asked"]["participles"]
    return replace(finding, source=()) if put else finding


def _is_no_word(layout: Layout, finding: Finding) -> bool:
    return _provides(layout, finding) or _sets_terms(layout, finding) or _only_names(layout, finding) or _asks(layout, finding)


def _asks(layout: Layout, finding: Finding) -> bool:
    """Whether a content is no more than the beginning of a question: "What does | the airline | say?"."""
    content = [t for t in _tokens(layout, finding.content) if not t.is_punct]
    if not content or layout.doc[layout.sentence(content[0].i)[1] - 1].text != "?":
        return False
    return content[0].tag_ in _QUESTIONING and all(t.pos_ == "AUX" or t.lemma_.lower() == "do" for t in content[1:])


def _only_names(layout: Layout, finding: Finding) -> bool:
    """Whether a finding tells no more than whom somebody cites or means: "citing police", "referring to the mayor"."""
    naming = load_table("cues")["naming"]["lemmas"]
    cue = _tokens(layout, finding.cue)
    words = layout.text[finding.start : finding.end]
    if len(finding.content) > 1 or not any(t.tag_ == "VBG" and t.lemma_.lower() in naming for t in cue):
        return False
    return not any(is_finite(t) for t in _tokens(layout, finding.content)) and name_actor(words.strip(" ,")).kind != "other"


def _sets_terms(layout: Layout, finding: Finding) -> bool:
    rows = load_table("cues")["anonymity"]
    words = layout.text[finding.start : finding.end].lower()
    return words.startswith(tuple(rows["contents"])) and any(
        token.lemma_.lower() in rows["lemmas"] for token in _tokens(layout, finding.cue)
    )


def spoken(layout: Layout, tagged: Sequence[Finding], ruled: Sequence[Finding], table: CueTable) -> list[Finding]:
    """The tagged findings in which somebody puts something forward.

    Args:
        layout: the paragraph.
        tagged: what the tagger's spans make.
        ruled: what the rules find; a finding that they share by its cue stands.
        table: the cues.

    Returns:
        Those that stand, in their order: all that are quoted, and of the others those with a source that is no relative pronoun of a thing
        and no provision, whose cue is no infinitive, and no condition, and appoints nobody; without a source
        that-clauses and passives alone, those of thought and report only where they say something of their subject.
    """
    found = [_of_nobody_asked(layout, f) for f in tagged]
    return [f for f in found if layout.quotes(*f.content) or not _is_unspoken(layout, f, ruled, table)]


def _is_unspoken(layout: Layout, finding: Finding, ruled: Sequence[Finding], table: CueTable) -> bool:
    if _is_no_word(layout, finding) or _is_condition(layout, finding):
        return True
    if any(a < d and c < b for a, b in finding.cue for other in ruled for c, d in other.cue):
        return False
    cue = _tokens(layout, finding.cue)
    if not finding.source:
        return not _stands_alone(finding, layout, cue, table)
    source = layout.text[finding.source[0][0] : finding.source[0][1]].lower()
    return source in _RELATIVE or (bool(cue) and cue[0].lower_ == "to") or any(_appoints(token, table) for token in cue)


def _is_condition(layout: Layout, finding: Finding) -> bool:
    """Whether the cue only tells on what condition the content holds: "if confirmed, it would be the first"."""
    openers = load_table("cues")["conditions"]["words"]
    for verb in _tokens(layout, finding.cue):
        conditional = verb.dep_ == "advcl" and any(child.dep_ == "mark" and child.lower_ in openers for child in verb.children)
        if conditional and any(start <= verb.head.idx < end for start, end in finding.content):
            return True
    return False


def _stands_alone(finding: Finding, layout: Layout, cue: Sequence[Token], table: CueTable) -> bool:
    """Whether a cue reports though nobody is named: "was accused of", "seemed to", or anything before a that-clause."""
    if layout.text[finding.start : finding.end].startswith("that "):
        return True
    seeming = load_table("stances")["content"]["seeming"]
    bare = all(finding.end <= start for start, _ in finding.cue) and not any(t.pos_ in _VERBAL for t in _tokens(layout, finding.content))
    return any((t.tag_ == "VBN" and _names_nobody(t, table, bare=bare)) or t.lemma_.lower() in seeming for t in cue)


def _names_nobody(participle: Token, table: CueTable, *, bare: bool) -> bool:
    """Whether a passive reports without its speaker; that of a verb that takes its hearer tells who was asked or told.

    Of a bare thing ("only minor theft has been reported") verbs of thought and report tell that there is such a thing.
    """
    lemma = participle.lemma_.lower()
    if lemma in table.passive:
        return not bare
    return table.verb(participle) is not None and lemma not in table.addressed


def _provides(layout: Layout, finding: Finding) -> bool:
    """Whether the source is a law, a treaty or a part of one, and the content no clause that it is cited with."""
    words = " ".join(layout.text[start:end] for start, end in finding.source)
    if not is_provision(words):
        return False
    first = _tokens(layout, finding.content)
    return not any(is_finite(token) and not (first[0].i <= token.head.i <= first[-1].i) for token in first)


def _appoints(verb: Token, table: CueTable) -> bool:
    """Whether a verb that states things has a person for its object: "confirmed her as judge"."""
    row = table.verb(verb)
    thing = next((child for child in verb.children if child.dep_ == "dobj" and child.i > verb.i), None)
    return row is not None and thing is not None and "thing" in row.prepositions("object") and is_person(thing)


def _tokens(layout: Layout, pieces: Sequence[Range]) -> list[Token]:
    return [token for piece in pieces for token in layout.doc.char_span(*piece, alignment_mode="expand") or ()]
