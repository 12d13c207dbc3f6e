"""Finds "according to X" and "cited X as saying": attributions without a verb of the speaker's own."""

from collections.abc import Iterator

from reportedly.extract.attribution.clauses import char_range, group_range, phrase_range, subject_of
from reportedly.extract.attribution.cues import Cue, CueTable, load_cues
from reportedly.extract.attribution.findings import Finding
from reportedly.extract.attribution.layout import Layout, Range
from reportedly.extract.attribution.reported_clauses import quotation_after
from reportedly.extract.parse.tokens import Token

_ANY_SPEECH = Cue(lemma="", kind="speech", frames=frozenset({"speech"}))


def according(layout: Layout, table: CueTable) -> Iterator[Finding]:
    """The attributions of phrases that name a source ("according to X, ...", "..., according to X").

    Args:
        layout: the paragraph.
        table: the cues.

    Yields:
        One a phrase that stands outside quotations.
    """
    for token in layout.doc:
        cue = table.phrase_at(token)
        if cue is None or layout.quoted[token.i] >= 0:
            continue
        named = [c for c in cue[-1].children if c.dep_ == "pobj"]
        named = named or [c for c in token.subtree if c.dep_ == "pobj" and c.i > cue[-1].i]
        source = phrase_range(layout, named[0]) if named else None
        if source is None:
            continue
        after = next((t.i for t in layout.doc if t.idx >= source[1]), len(layout.doc))
        pieces = _clause_before(layout, token, table) or _round(layout, token.i, after)
        if pieces:
            yield Finding(head=token.i, cue=(char_range(layout, cue[0].i, cue[-1].i + 1),), source=(source,), content=tuple(pieces))


def _clause_before(layout: Layout, phrase: Token, table: CueTable) -> list[Range]:
    """The relative clause that a phrase closes: "the mudslide, which | blocked six roads | according to the prefect".

    Behind a comma only where somebody else says the sentence: "Papers said trains stood after a slide, which cut a road, according to X".
    """
    comma = layout.doc[phrase.i - 1].text == ","
    relative = _relative_before(layout, phrase.i - 1 if comma else phrase.i)
    if relative is None or (not comma and phrase.head.dep_ != "relcl"):
        return []
    first, _ = layout.sentence(phrase.i)
    before = (table.verb(t) for t in layout.doc[first : relative.i] if layout.quoted[t.i] < 0)
    said = any(cue is not None and cue.kind == "speech" for cue in before)
    piece = layout.cover(relative.i + 1, phrase.i) if said or not comma else None
    return [piece] if piece else []


def _relative_before(layout: Layout, end: int) -> Token | None:
    """The relative pronoun behind a comma that opens the last clause before a place."""
    first, _ = layout.sentence(end)
    for token in reversed(layout.doc[first + 1 : end]):
        if token.text == "," or layout.quoted[token.i] >= 0:
            return None
        if token.tag_ in {"WDT", "WP"} and token.nbor(-1).text == ",":
            return token
    return None


def _round(layout: Layout, first: int, last: int) -> list[Range]:
    """The sentence without its phrase of tokens `first` to `last`."""
    begin, stop = layout.sentence(first)
    comma = max(last - 1, first) if layout.doc[last - 1].text == "," else last
    while comma < stop and (layout.doc[comma].text != "," or layout.quoted[comma] >= 0):
        comma += 1
    lead = [t for t in layout.doc[begin:first] if t.is_alpha]
    if len(lead) <= 1:  # "According to X, ...", also after "But"
        piece = layout.cover(comma + 1, stop)
        return [piece] if piece else []
    pieces = [layout.cover(begin, first)]
    goes_on = comma + 1 < stop and layout.doc[first - 1].text == ","
    if goes_on and layout.doc[comma + 1].tag_ != "VBG" and layout.doc[comma + 1].lower_ not in load_cues().connectives:
        pieces.append(layout.cover(comma + 1, stop))
    return [piece for piece in pieces if piece]


def quoted_by(layout: Layout, table: CueTable) -> Iterator[Finding]:
    """The attributions of "the statement cited Kim as saying ...": Kim speaks and the statement relays him.

    Args:
        layout: the paragraph.
        table: the cues.

    Yields:
        One for each such phrase outside quotations, the relay as its outer level where it is named.
    """
    for verb in layout.doc:
        carrier = verb.head.head
        if verb.tag_ != "VBG" or verb.dep_ != "pcomp" or verb.head.lower_ != "as" or carrier.lemma_.lower() not in table.quoting:
            continue
        content = [] if layout.quoted[verb.i] >= 0 else _said(layout, verb, table) or _said_before(layout, carrier, verb)
        if not content:
            continue
        named = next((c for c in carrier.children if c.dep_ in {"dobj", "nsubjpass"}), None)
        speaker = phrase_range(layout, named, verb.head) if named is not None else None
        carried = char_range(layout, *group_range(carrier))
        relay = subject_of(carrier) if named is None or named.dep_ == "dobj" else _agent(carrier, verb)
        relayed = phrase_range(layout, relay, carrier) if relay is not None and relay != named else None
        yield Finding(
            head=verb.i,
            cue=(carried, char_range(layout, verb.head.i, verb.i + 1)),
            source=(speaker,) if speaker else (),
            content=tuple(content),
            outer=(((relayed,), (carried,)),) if relayed else (),
        )


def _agent(*verbs: Token) -> Token | None:
    """By whom a passive says that it was done; behind "as saying" the parse may hang him on that."""
    return next((c for verb in verbs for by in verb.children if by.lower_ == "by" for c in by.children if c.dep_ == "pobj"), None)


def _said_before(layout: Layout, carrier: Token, verb: Token) -> list[Range]:
    """What stands before "the agency quoted him as saying"."""
    subject = next((c.left_edge for c in carrier.children if c.dep_ in {"nsubj", "nsubjpass"} and c.i < carrier.i), carrier)
    quoted = next((q for q in layout.quotations if q.end <= subject.idx and not layout.text[q.end : subject.idx].strip(" ,")), None)
    if quoted is not None:
        return [(quoted.start, quoted.end)]
    clause = next((c for c in carrier.children if c.dep_ == "ccomp" and c.i < carrier.i), None)
    rest = layout.doc[verb.i + 1 : layout.sentence(verb.i)[1]]
    if clause is None or any(t.pos_ in {"VERB", "AUX"} for t in rest):
        return []
    piece = layout.cover(clause.left_edge.i, clause.right_edge.i + 1)
    return [piece] if piece else []


def _said(layout: Layout, verb: Token, table: CueTable) -> list[Range]:
    quotation = quotation_after(layout, verb, _ANY_SPEECH, table)
    if quotation:
        return quotation
    clauses = [c for c in verb.children if c.i > verb.i and c.dep_ in {"ccomp", "dobj"}]
    piece = layout.cover(max(clauses[0].left_edge.i, verb.i + 1), clauses[0].right_edge.i + 1) if clauses else None
    return [piece] if piece else []
