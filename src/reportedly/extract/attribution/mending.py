"""Mends tagged contents that cut a figure or run into their speaker's next saying, and cues whose source the rules alone see."""

from collections.abc import Sequence
from dataclasses import replace

from reportedly.extract.attribution.clauses import is_finite, is_passive, phrase_range, subject_of
from reportedly.extract.attribution.cues import load_cues
from reportedly.extract.attribution.findings import Finding
from reportedly.extract.attribution.layout import Layout, Range, meets
from reportedly.extract.attribution.lost_cues import with_cue
from reportedly.extract.parse.tokens import Token
from reportedly.extract.speakers.stated_things import is_thing, is_utterance
from reportedly.language.naming.names import name_actor
from reportedly.language.tables import load_table

_TITLED = 6  # words of an office with its holder's name, at most
_MARK = 2  # characters of a quotation mark, with a blank beside it
_PLACING = frozenset({"in", "at", "across", "throughout", "around", "near"})
_RELATIVES = frozenset({"WDT", "WP"})
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
        sourced = _unplaced(layout, _unaccused(layout, _with_head(layout, _with_subject(layout, _sourced(finding, ruled)), ruled)))
        own = _not_before(layout, _in_its_sentence(layout, _within_relative(layout, with_cue(layout, sourced))), ruled)
        apart = _without_governing(layout, _without_occasion(layout, _without_next(layout, own, ruled), ruled))
        mended.append(_with_marks(layout, _before_next(layout, apart, ruled)))
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


def _with_head(layout: Layout, finding: Finding, ruled: Sequence[Finding]) -> Finding:
    """A finding whose source is but a part of the phrase that speaks with all of it: "WHO | chief Ida Holm said"."""
    finding = _with_holder(layout, finding)
    read = next((other for other in ruled if _shares_cue(other, finding) and not other.outer), None)
    if read is None or len(read.source) != 1 or len(finding.source) != 1 or read.source == finding.source:
        return finding
    (first, last), (start, end) = read.source[0], finding.source[0]
    subject = subject_of(layout.doc[read.head]) if read.head >= 0 else None
    if subject is None or not first <= subject.idx < last:
        return finding
    if start < first and not layout.text[min(last, end) : max(last, end)].strip(" ,"):  # "a post on X | the group blamed"
        before = layout.doc.char_span(start, first, alignment_mode="contract") or ()
        return replace(finding, source=read.source) if any(is_utterance(t.text) or is_thing(t.text) for t in before) else finding
    if not (first <= start and end <= last) or start <= subject.idx < end or not _is_part(layout, finding.source[0], subject):
        return finding
    content = tuple(cut for piece in finding.content if (cut := _clear_of(layout, piece, read.source[0])) is not None)
    return replace(finding, source=read.source, content=content) if content else finding


def _with_holder(layout: Layout, finding: Finding) -> Finding:
    """A finding whose source leaves out, before the cue, who holds an office of it: "WHO | chief Ida Holm said"."""
    if len(finding.source) != 1 or len(finding.cue) != 1:
        return finding
    (start, end), cue = finding.source[0], finding.cue[0][0]
    rest = layout.text[end:cue].split()
    if not 1 < len(rest) <= _TITLED or not layout.text[end:cue].startswith(" ") or not all(w[0].isalpha() for w in rest):
        return finding
    whole = layout.trim(start, cue)
    name = name_actor(layout.text[whole[0] : whole[1]]) if whole else None
    held = name is not None and name.kind == "person" and name.role is not None and name.name.split()[-1] == rest[-1]
    return replace(finding, source=(whole,)) if held and whole else finding


def _is_part(layout: Layout, source: Range, subject: Token) -> bool:
    """Whether a source only stands beside a subject ("the army and | a bank") or only quotes it."""
    tokens = list(layout.doc.char_span(*source, alignment_mode="contract") or ())
    root = next((t for t in tokens if t.head not in tokens), None)
    if root is None:
        return False
    beside = root.head.i == subject.i and (root.dep_ == "conj" or (root.dep_ == "appos" and subject.pos_ == "PROPN"))
    quoting = root.dep_ == "pobj" and root.head.lower_ == "by" and root.head.head.lemma_.lower() in load_cues().quoting
    return beside or quoting


def _clear_of(layout: Layout, piece: Range, source: Range) -> Range | None:
    """A piece of content that a source begins or ends inside, without that."""
    if not meets((source,), piece):
        return piece
    return layout.trim(piece[0], source[0]) if piece[0] < source[0] else layout.trim(source[1], piece[1]) if source[1] < piece[1] else None


def _with_marks(layout: Layout, finding: Finding) -> Finding:
    """A finding whose pieces leave out no quotation mark of a quotation that they hold but for that."""
    pieces = list(finding.content)
    for place, (start, end) in enumerate(pieces):
        for q in layout.quotations:
            if start <= q.start < end < q.end <= end + _MARK:
                pieces[place] = (start, q.end)
            elif start - _MARK <= q.start < start < q.end <= end:
                pieces[place] = (q.start, end)
    taken = any(meets((*finding.cue, *finding.source), piece) for piece in pieces)
    return finding if taken else replace(finding, content=tuple(pieces))


def _unaccused(layout: Layout, finding: Finding) -> Finding:
    """A finding without a source that is whom somebody is accused of something: "| Nine guards | were accused of | theft"."""
    accusing = load_table("cues")["accusing"]["lemmas"]
    for token in (t for start, end in finding.cue for t in layout.doc.char_span(start, end, alignment_mode="contract") or ()):
        if token.tag_ != "VBN" or token.lemma_.lower() not in accusing or any(c.dep_ == "agent" for c in token.children):
            continue
        active = any(c.dep_ == "aux" and c.lemma_ == "have" for c in token.children) and not is_passive(token)
        heads = [
            token.head,
            *(c for c in token.children if c.dep_ == "nsubjpass"),
            *(c for c in token.head.children if c.dep_ == "nsubjpass"),
        ]
        accused = any(start <= t.idx < end for start, end in finding.source for t in heads)
        if accused and not active and is_passive(token):
            return replace(finding, source=())
    return finding


def _unplaced(layout: Layout, finding: Finding) -> Finding:
    """A finding without a source that only tells where a passive holds: "40 cases were reported | in Norway"."""
    senses = load_table("stances")["content"]["senses"]
    verbs = [t for start, end in finding.cue for t in layout.doc.char_span(start, end, alignment_mode="contract") or ()]
    for verb in verbs:
        if verb.tag_ != "VBN" or not is_passive(verb):
            continue
        links = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in _PLACING]
        found = [c for link in links for c in link.children if c.dep_ == "pobj"]
        places = [c.idx for c in found if not (is_thing(c.text) or is_utterance(c.text) or verb.lemma_ in senses)]
        if any(start <= place < end for start, end in finding.source for place in places):
            return replace(finding, source=())
    return finding


def _within_relative(layout: Layout, finding: Finding) -> Finding:
    """A finding whose cue stands in a relative clause without the clause around it: "a lorry the council says was sold | was found"."""
    verbs = [t for start, end in finding.cue for t in layout.doc.char_span(start, end, alignment_mode="contract") or ()]
    verb = next((v for v in verbs if v.dep_ == "relcl" and v.head not in verbs), None)
    if verb is None or not any(c.dep_ == "nsubj" and c.i < verb.i and c.tag_ not in _RELATIVES for c in verb.children):
        return finding
    last, governing = verb.right_edge, verb.head.head
    start, end = finding.content[-1]
    if not (verb.idx < start < last.idx and last.i < governing.i and governing.idx < end):
        return finding
    piece = layout.trim(start, last.idx + len(last.text))
    return replace(finding, content=(*finding.content[:-1], piece)) if piece else finding


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


def _in_its_sentence(layout: Layout, finding: Finding) -> Finding:
    """A finding whose cue has a clause of its own without what stands unquoted in a sentence before: "Fares rose. X warns that ..."."""
    if len(finding.content) == 1 or not finding.cue:
        return finding
    verbs = list(layout.doc.char_span(*finding.cue[0], alignment_mode="expand") or ())
    if not verbs or all(t.is_punct for t in verbs):
        return finding  # a dash signs all that stands before it
    first = layout.doc[layout.sentence(verbs[0].i)[0]].idx
    own = [c.idx for verb in verbs for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i]
    if not any(start <= at < end for start, end in finding.content for at in own):
        return finding
    kept = tuple(p for p in finding.content if p[1] > first or layout.quotes(p))
    return replace(finding, content=kept)


def _not_before(layout: Layout, finding: Finding, ruled: Sequence[Finding]) -> Finding:
    """A finding without pieces before its cue's sentence in which the rules read another saying: "X denied it. | It rained, Y said"."""
    verbs = list(layout.doc.char_span(*finding.cue[0], alignment_mode="expand") or ()) if finding.cue else []
    if not verbs or all(t.is_punct for t in verbs):
        return finding  # a dash signs all that stands before it
    first = layout.doc[layout.sentence(verbs[0].i)[0]].idx
    others = [other.cue[0] for other in ruled if other.cue and other.source and not _shares_cue(other, finding)]
    own = [piece for piece in finding.content if piece[1] > first or not any(meets((piece,), cue) for cue in others)]
    if not own or len(own) == len(finding.content) or layout.quotes(*finding.content):
        return finding
    return replace(finding, content=tuple(own))


def _without_next(layout: Layout, finding: Finding, ruled: Sequence[Finding]) -> Finding:
    """A finding without a sentence behind its cue's in which another speaks unquoted: "Fares rose, X said. | Y denied it"."""
    verbs = list(layout.doc.char_span(*finding.cue[-1], alignment_mode="expand") or ()) if finding.cue else []
    if not verbs:
        return finding
    last = layout.doc[layout.sentence(verbs[-1].i)[1] - 1]
    end = last.idx + len(last.text)
    others = [other for other in ruled if other.cue and len(other.source) == 1 and other.source[0][0] >= end]

    def is_next(piece: Range) -> bool:
        return not layout.quotes(piece) and any(piece[0] == o.source[0][0] and o.cue[0][1] < piece[1] for o in others)

    kept = tuple(piece for piece in finding.content if not is_next(piece))
    if len(kept) == len(finding.content):
        return finding
    read = next((other.content for other in ruled if _shares_cue(other, finding) and other.content[-1][1] <= end), ())
    return replace(finding, content=kept or read or finding.content)


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
        if cut and not meets((*finding.cue, *finding.source), whole):
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
        same = _shares_cue(other, finding) and any(meets(other.content, piece) for piece in finding.content)
        if same and other.source and not any(meets((*other.source, *other.cue), piece) for piece in finding.content):
            return replace(finding, source=other.source, cue=other.cue)
    return finding


def _shares_cue(one: Finding, other: Finding) -> bool:
    return any(meets(other.cue, part) for part in one.cue)
