"""What "it" is that says something: the memo or report that the sentence before told of."""

from reportedly.extract.speakers.mentions import phrase_of
from reportedly.extract.speakers.reference import Context, near
from reportedly.language.tables import load_table
from reportedly.model import Span

_ENTITIES = frozenset({"state", "body", "organisation", "outlet"})
_AT = frozenset({"in", "at"})  # a state behind one of these is where something is
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def document_before(span: Span, context: Context) -> Span | None:
    """The noun phrase of the memo, report or letter that a pronoun takes up.

    Args:
        span: the pronoun.
        context: where it stands.

    Returns:
        The phrase that is the subject of the sentence right before it in its paragraph, where nobody who may speak stands behind its verb;
        None where none is.
    """
    nouns = load_table("bodies")["utterances"]["rows"]["words"]
    passage = context.parsed.passages[context.passage]
    place = passage.doc.char_span(span.start - passage.start, span.end - passage.start, alignment_mode="expand")
    begin = place.sent.start if place is not None and len(place) else 0
    before = passage.doc.tokens[begin - 1].sent if begin else ()
    subject = next((t for t in before if t.dep_ in _SUBJECTS and t.head.dep_ == "ROOT"), None)
    if subject is None or subject.lower_ not in nouns or subject.i in passage.doc.quoted:
        return None
    at = passage.start + subject.head.idx
    behind = [m for m in near(span, context, reach=0) if m.name.kind in _ENTITIES and m.head > at]  # "The report angered the government."
    sites = {passage.start + t.idx for t in before if t.dep_ == "pobj" and t.head.lower_ in _AT}
    return passage.span(phrase_of(subject)) if all(m.name.kind == "state" and m.head in sites for m in behind) else None
