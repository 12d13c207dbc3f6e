"""The tokens of what is put forward, and its main verbs."""

import bisect
from collections.abc import Sequence

from reportedly.extract.article_memo import once_for_article
from reportedly.extract.parse.parsed import Attribution, ParsedArticle, ParsedPassage
from reportedly.extract.parse.tokens import Token
from reportedly.model import Span

_VERBAL = frozenset({"VERB", "AUX"})
_ALONGSIDE = frozenset({"conj", "ccomp", "parataxis"})


def tokens_of(parsed: ParsedArticle, spans: Sequence[Span]) -> list[tuple[ParsedPassage, list[Token]]]:
    """The tokens of each span with the paragraph that holds them, in the spans' order; a span outside every paragraph gives nothing."""
    held, found = _held(parsed), []
    for span in spans:
        if span not in held:
            held[span] = _tokens(parsed, span)
        piece = held[span]
        if piece is not None:
            found.append(piece)
    return found


def _tokens(parsed: ParsedArticle, span: Span) -> tuple[ParsedPassage, list[Token]] | None:
    passage = passage_at(parsed, span.start)
    tokens = passage.tokens(span) if passage is not None else None
    return None if passage is None else (passage, list(tokens) if tokens is not None else [])


@once_for_article
def _held(_: ParsedArticle) -> dict[Span, tuple[ParsedPassage, list[Token]] | None]:
    """What `tokens_of` has found: a dozen rules ask for the same contents."""
    return {}


def passage_at(parsed: ParsedArticle, place: int) -> ParsedPassage | None:
    """The paragraph that holds a place of the document's text; None where none does."""
    number = passage_number(parsed, place)
    return None if number is None else parsed.passages[number]


def passage_number(parsed: ParsedArticle, place: int) -> int | None:
    """Which paragraph of the article holds a place of the document's text, counted from 0; None where none does."""
    number = bisect.bisect_right(_starts(parsed), place) - 1
    return number if number >= 0 and place < parsed.passages[number].end else None


@once_for_article
def _starts(parsed: ParsedArticle) -> list[int]:
    return [passage.start for passage in parsed.passages]


def content_of(parsed: ParsedArticle, attribution: Attribution) -> list[tuple[ParsedPassage, list[Token]]]:
    """The tokens of each piece of an attribution's content."""
    return tokens_of(parsed, attribution.content)


def main_verbs(tokens: Sequence[Token]) -> list[Token]:
    """The verbs of a content's main clauses, in text order: those that hang on nothing inside, and what is coordinated with them."""
    inside = {t.i for t in tokens}
    tops = [t for t in tokens if t.pos_ in _VERBAL and (t.head.i == t.i or t.head.i not in inside) and t.dep_ not in {"aux", "auxpass"}]
    if not tops:
        first = next((t for t in tokens if t.tag_ in {"VBD", "VBZ", "VBP", "MD"}), None)
        tops = [first.head if first.dep_ in {"aux", "auxpass"} else first] if first is not None else []
    found = list(tops)
    for verb in tops:
        found += [
            c for c in verb.children if c.dep_ in _ALONGSIDE and c.pos_ in _VERBAL and c.i in inside and c.i > verb.i and c.dep_ == "conj"
        ]
    return sorted(found, key=lambda t: t.i)


def subject_of(verb: Token) -> Token | None:
    """The grammatical subject of a verb, looked for up its coordination; None where it has none of its own."""
    at = verb
    for _ in range(4):
        for child in at.children:
            if child.dep_ in {"nsubj", "nsubjpass"}:
                return child
        if at.dep_ not in {"conj", "xcomp"}:
            return None
        at = at.head
    return None


def is_negated(verb: Token) -> bool:
    """Whether a verb is denied: "not", "never", "no longer", or "no" with its subject or object."""
    if any(c.dep_ == "neg" for c in verb.children):
        return True
    nouns = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"}]
    return any(d.lower_ in {"no", "neither"} for n in nouns for d in n.children if d.dep_ == "det") or any(
        n.lower_ in {"nobody", "none", "nothing"} for n in nouns
    )
