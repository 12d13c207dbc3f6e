"""Tells, from the parse, which verb a date belongs to and in what tense a cue stands."""

from collections.abc import Collection, Iterator, Sequence
from typing import Literal

from reportedly.extract.parse.parsed import Attribution, ParsedPassage
from reportedly.extract.parse.tokens import Token
from reportedly.language.tables import load_table
from reportedly.model import Span

_LATEST: list[tuple[ParsedPassage, Sequence[Span], frozenset[int]]] = []
"""The content asked about last and its verbs: several questions about one claim follow one another."""

Tense = Literal["past", "perfect", "present", "future", "habit", "none"]

_VERBS = {"VERB", "AUX"}
_SHARED = {"conj", "advcl", "xcomp", "ccomp", "dep", "parataxis", "pcomp", "prep"}


def head_of(passage: ParsedPassage, span: Span) -> Token | None:
    """The token that governs a stretch of a paragraph; None where the stretch lies outside it."""
    if span.start < passage.start or passage.end < span.end:
        return None
    tokens = passage.tokens(span)
    return None if tokens is None or not len(tokens) else tokens.root


def cue_verb(passage: ParsedPassage, attribution: Attribution) -> Token | None:
    """The verb of a cue; its governing token where it has none ("according to"); None where there is no cue."""
    for span in attribution.cue:
        tokens = passage.tokens(span)
        if tokens is None:
            continue
        verbs = [token for token in tokens if token.pos_ in _VERBS and token.dep_ not in {"aux", "auxpass"}]
        if verbs:
            return verbs[0]
        return tokens.root
    return None


def is_verb(token: Token) -> bool:
    """Whether a token is a verb, an auxiliary among them."""
    return token.pos_ in _VERBS


def governor(token: Token) -> Token | None:
    """The nearest verb that a token hangs from; None in a sentence without one."""
    for above in ancestors(token):
        if above.pos_ in _VERBS:
            return above
    return None


def ancestors(token: Token) -> Iterator[Token]:
    """The tokens above a token, nearest first."""
    while token.head.i != token.i:
        token = token.head
        yield token


def between(token: Token, verb: Token) -> list[Token]:
    """The tokens above `token` and below `verb`, nearest first."""
    found = []
    for above in ancestors(token):
        if above.i == verb.i:
            break
        found.append(above)
    return found


def sharing(verb: Token) -> list[Token]:
    """A verb and those it shares its subject with: coordinated verbs and the clause a participle belongs to."""
    chain, at = [verb], verb
    while at.dep_ in _SHARED and at.head.i != at.i and not _own_subject(at):
        at = at.head
        if at.pos_ in _VERBS:
            chain.append(at)
    return chain


def tense_of(verb: Token, *, headline: bool = False) -> Tense:
    """The tense of a cue; a headline's present tells of the past.

    Args:
        verb: the cue's verb.
        headline: whether it stands in a headline, standfirst or caption.
    """
    children = list(verb.children)
    if any(child.lower_ in load_table("dating")["habit"]["adverbs"] for child in children):
        return "habit"
    auxiliaries = {child.lemma_.lower(): child for child in children if child.dep_ in {"aux", "auxpass"}}
    if any(child.tag_ == "MD" or child.lower_ == "to" for child in auxiliaries.values()):
        return "future"
    if "have" in auxiliaries:
        return "past" if auxiliaries["have"].tag_ == "VBD" else "perfect"
    return _simple_tense(verb, auxiliaries.values(), headline=headline)


def _simple_tense(verb: Token, auxiliaries: Collection[Token], *, headline: bool) -> Tense:
    """The tense of a verb without "have" or a modal."""
    if verb.tag_ == "VBD" or any(auxiliary.tag_ == "VBD" for auxiliary in auxiliaries):
        return "past"
    if auxiliaries or verb.tag_ in {"VBZ", "VBP"}:
        return "past" if headline and not auxiliaries else "present"
    if verb.tag_ == "VBG":
        above = next(iter(sharing(verb)[1:]), None)
        return "none" if above is None else tense_of(above, headline=headline)
    return "past" if verb.tag_ == "VBN" or headline else "none"


def is_negated(verb: Token) -> bool:
    """Whether a verb is negated ("had not confirmed")."""
    return any(child.dep_ == "neg" for child in verb.children)


def is_aside(token: Token, verb: Token) -> bool:
    """Whether a token hangs in a relative clause or in another clause with its own subject below a verb."""
    path = between(token, verb)
    return any(t.dep_ in {"relcl", "acl"} or (t.dep_ in {"advcl", "ccomp", "conj"} and t.pos_ in _VERBS and _own_subject(t)) for t in path)


def clause_verbs(passage: ParsedPassage, content: Sequence[Span]) -> frozenset[int]:
    """Places of the verbs that carry a content: its governing verb with those that share its tense and subject or complete it."""
    held = _LATEST[-1] if _LATEST else None
    if held is not None and held[0] is passage and held[1] is content:
        return held[2]
    verbs = frozenset(_clause_verbs(passage, content))
    _LATEST[:] = [(passage, content, verbs)]
    return verbs


def _clause_verbs(passage: ParsedPassage, content: Sequence[Span]) -> set[int]:
    found: set[int] = set()
    for span in content:
        tokens = passage.tokens(span)
        if tokens is None:
            continue
        for top in tokens:
            if top.head.i == top.i or not tokens.start <= top.head.i < tokens.end:
                found |= _main_verbs(top, tokens.start, tokens.end)
    return found


def _main_verbs(top: Token, start: int, end: int) -> set[int]:
    """A clause's verb and, below it, the coordinated and completing ones inside the stretch."""
    found, waiting = set(), [top]
    while waiting:
        token = waiting.pop()
        if token.pos_ in _VERBS:
            found.add(token.i)
        waiting += [
            c
            for c in token.children
            if start <= c.i < end and c.dep_ in {"conj", "ccomp", "xcomp", "parataxis", "pcomp"} and c.pos_ in _VERBS
        ]
    return found


def _own_subject(verb: Token) -> bool:
    return any(child.dep_ in {"nsubj", "nsubjpass", "expl", "csubj"} for child in verb.children)
