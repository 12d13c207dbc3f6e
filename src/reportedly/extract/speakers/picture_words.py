"""What "it" is that shows something: the video or picture that the sentences before told of."""

from reportedly.extract.parse.tokens import Token
from reportedly.extract.speakers.mentions import phrase_of
from reportedly.extract.speakers.reference import Context
from reportedly.language.tables import load_table
from reportedly.model import Span

_BACK = 1  # paragraphs


def is_picture(words: str) -> bool:
    """Whether a noun phrase ends in a word for a picture or a recording: "dashcam video"."""
    return words.rpartition(" ")[2].casefold() in load_table("things")["pictures"]["words"]


def shows(cue: Token) -> bool:
    """Whether a word of a cue is a verb by which pictures let see something: "shows", "depicts"."""
    return cue.lemma_.casefold() in load_table("things")["pictures"]["verbs"]


def picture_before(span: Span, context: Context) -> Span | None:
    """The noun phrase of the video or picture named last before a source, in its paragraph or the one before; None where none is."""
    nouns = load_table("things")["pictures"]["words"]
    for number in range(context.passage, max(-1, context.passage - 1 - _BACK), -1):
        passage = context.parsed.passages[number]
        for token in reversed(passage.doc.tokens):
            if passage.start + token.idx < span.start and token.pos_ == "NOUN" and token.lower_ in nouns and token.dep_ != "compound":
                phrase = phrase_of(token)
                put_out = next((c for c in token.children if c.dep_ == "acl" and c.lower_ in _participles()), None)
                return passage.span(passage.doc[phrase.start : put_out.right_edge.i + 1] if put_out is not None else phrase)
    return None


def _participles() -> frozenset[str]:
    rows = load_table("relays")["issued"]
    return frozenset({*rows["participles"], *rows["pictures"]})
