"""Makes attributions of cue verbs with their subjects and complements."""

from collections.abc import Iterator, Sequence

from reportedly.extract.attribution.clauses import char_range, group_range, is_passive, phrase_range, subject_of, with_comma
from reportedly.extract.attribution.complements import find_complement
from reportedly.extract.attribution.cues import Cue, CueTable
from reportedly.extract.attribution.findings import Finding
from reportedly.extract.attribution.layout import Layout, Range
from reportedly.extract.parse.tokens import Token


def cue_verbs(layout: Layout, table: CueTable) -> Iterator[Finding]:
    """The attributions of a paragraph's cue verbs.

    Args:
        layout: the paragraph.
        table: the cues.

    Yields:
        One a verb outside quotations that reports something, in text order.
    """
    for token in layout.doc:
        cue = table.verb(token)
        if cue is not None and layout.quoted[token.i] < 0:
            finding = _report(layout, token, cue, table)
            if finding is not None:
                yield finding


def _report(layout: Layout, verb: Token, cue: Cue, table: CueTable) -> Finding | None:
    subject = subject_of(verb)
    if is_passive(verb) and subject is None:
        return None
    if cue.kind in {"thought", "judgement"} and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
        return None  # "sent troops to support the war" says what was done
    complement = find_complement(layout, verb, cue, table)
    if complement is None:
        return None
    pieces, end = complement
    source = _between(layout, verb, subject, pieces) or (phrase_range(layout, subject, verb) if subject is not None else None)
    if source is None and cue.kind != "speech":
        return None
    source = _clip(source, pieces) if source is not None else None
    if end < len(layout.doc) and layout.doc[end].text == ":":
        end += 1  # PolNeAR's annotators mark "said:" with its colon
    return Finding(
        head=verb.i,
        cue=(char_range(layout, group_range(verb)[0], end),),
        source=(source,) if source else (),
        content=tuple(pieces),
        kind=cue.kind,
    )


def _between(layout: Layout, verb: Token, subject: Token | None, pieces: Sequence[Range]) -> Range | None:
    """The words between a quotation and the cue after it, where the parse looked for the speaker further on."""
    before = [end for _, end in pieces if end <= verb.idx]
    if not before or (subject is not None and subject.i < verb.i):
        return None
    first = group_range(verb)[0]
    words = [t for t in layout.doc[:first] if t.idx >= before[-1] and layout.quoted[t.i] < 0]
    while words and words[0].is_punct:
        words = words[1:]
    if not words or words[-1].i != first - 1 or any(t.pos_ in {"VERB", "AUX", "ADP", "SCONJ"} for t in words[:2]):
        return None
    if not any(t.pos_ in {"NOUN", "PROPN", "PRON"} for t in words):
        return None
    return with_comma(layout, layout.trim(words[0].idx, words[-1].idx + len(words[-1].text)))


def _clip(source: Range, pieces: Sequence[Range]) -> Range | None:
    """A source without what it shares with the content."""
    start, end = source
    for first, last in pieces:
        if first <= start and end <= last:
            return None
        if start < first < end:
            end = first
        elif start < last < end:
            start = last
    return (start, end) if start < end else None
