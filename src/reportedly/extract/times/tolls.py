"""Dates the toll that a content tells of beside its main clause: "rushed home on Sunday after a quake killed 40 people"."""

import functools
from collections.abc import Collection, Sequence

from reportedly.extract.parse.parsed import ParsedPassage
from reportedly.extract.parse.tokens import Token
from reportedly.extract.times.attachment import clause_verbs, governor, head_of
from reportedly.extract.times.event_classes import class_at, event_classes
from reportedly.language.tables import load_table
from reportedly.language.times.finding import TimeExpression
from reportedly.model import Interval, Span

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_CLAUSES = frozenset({"relcl", "acl"})  # a finite "acl" is a clause whose subject the parse takes for the noun it hangs on
_DEEPEST = 6  # nouns above a date that are looked at


def toll_beside(passage: ParsedPassage, content: Sequence[Span], times: Sequence[TimeExpression]) -> Token | None:
    """The verb of the clause below the main one that counts what an event left, where the main clause counts nothing.

    Args:
        passage: the paragraph.
        content: the pieces of the content.
        times: the paragraph's expressions of time, whose numbers count nothing.

    Returns:
        The verb, also of a content that is such a clause alone; None where the toll stands in the main clause or nothing is counted.
    """
    main = clause_verbs(passage, content)
    closing = next((verb for verb in (passage.doc[place] for place in sorted(main)) if _closes(verb, passage, content)), None)
    if closing is not None:
        return closing
    counts = [token for token in _numbers(passage, content, times) if (verb := governor(token)) is not None and verb.i in main]
    tolls = [t for piece in content for t in passage.tokens(piece) or () if t.lemma_.lower() in _toll() and t.pos_ == "VERB"]
    if any(verb.i in main for verb in tolls):
        return None
    beside = [verb for verb in tolls if _has_subject(verb) and not _tells_of_subject(verb, main) and _counts(verb, passage, times)]
    within = {t.i for verb in beside for t in verb.subtree}
    return beside[0] if beside and not [token for token in counts if token.i not in within] else None


def _closes(verb: Token, passage: ParsedPassage, content: Sequence[Span]) -> bool:
    """Whether a content is a relative clause that counts, whose noun stands outside it: "the quake, which | killed 40"."""
    noun = passage.start + verb.head.idx
    return verb.dep_ == "relcl" and verb.lemma_.lower() in _toll() and not any(piece.start <= noun < piece.end for piece in content)


def date_toll(verb: Token, passage: ParsedPassage, times: Sequence[TimeExpression]) -> Interval | None:
    """The date of a toll's clause: its own, else that of the noun which the clause tells of ("Saturday's quake, which killed 40")."""
    for time in times:
        token = head_of(passage, time.span) if time.interval is not None else None
        if token is None or token.sent.start != verb.sent.start:
            continue
        above = governor(token)
        if above is not None and above.i == verb.i and token.i in {t.i for t in verb.subtree}:
            return time.interval
        if verb.dep_ in _CLAUSES and _modifies(token, _nouns_above(verb), verb):
            return time.interval
    return None


def event_of(verb: Token) -> str | None:
    """The class of the event that a toll's verb has as its subject, or that its relative clause tells of; None where it names none."""
    nouns = [c for c in verb.children if c.dep_ in _SUBJECTS] + ([verb.head] if verb.dep_ in _CLAUSES else [])
    return next((sort for noun in nouns if (sort := class_at(noun)) is not None), None)


def counts_only(verb: Token) -> bool:
    """Whether a verb tells how a toll stands, so that its date is that of counting ("the death toll rose to 27 on Friday")."""
    words = load_table("dating")["tallies"]
    for subject in (c for c in verb.children if c.dep_ in _SUBJECTS):
        lemma = subject.lemma_.lower()
        of = {t.lemma_.lower() for c in subject.children for t in c.subtree}
        if lemma in words["tolls"] or (lemma in words["numbers"] and of & _toll()):
            return True
    return False


def takes_up_event(tokens: Sequence[Token]) -> bool:
    """Whether the tokens of a content speak of an event by a word that takes up one told of before: "in that disaster"."""
    words = load_table("dating")["anaphors"]
    return any(
        (t.lemma_.lower() in words["nouns"] or t.lemma_.lower() in event_classes())
        and any(c.lower_ in words["determiners"] for c in t.children)
        for t in tokens
    )


def _numbers(passage: ParsedPassage, content: Sequence[Span], times: Sequence[TimeExpression]) -> list[Token]:
    """The numerals of a content that count something: none of a date, none joined to a noun ("7.8-magnitude")."""
    tokens = [t for piece in content for t in passage.tokens(piece) or () if t.like_num]
    return [t for t in tokens if t.dep_ not in {"compound", "advmod", "npadvmod"} and not _dated(t, passage, times) and not _measures(t)]


def _counts(verb: Token, passage: ParsedPassage, times: Sequence[TimeExpression]) -> bool:
    clause = [c for c in verb.children if c.dep_ in {*_SUBJECTS, "dobj", "attr", "ccomp", "prep", "agent"}]
    return any(t.like_num and not _dated(t, passage, times) for c in clause for t in c.subtree)


def _dated(token: Token, passage: ParsedPassage, times: Sequence[TimeExpression]) -> bool:
    place = passage.start + token.idx
    return any(time.span.start <= place < time.span.end for time in times)


def _measures(token: Token) -> bool:
    """Whether a numeral is joined to a noun ("7.8-magnitude") or tells the strength of an event ("magnitude 6.2")."""
    beside = [token.doc[place] for place in (token.i - 1, token.i + 1) if 0 <= place < len(token.doc)]
    strengths = load_table("dating")["strengths"]["words"]
    return any(t.lemma_.lower() in strengths for t in beside) or any(t.text == "-" for t in beside[-1:])


def _has_subject(verb: Token) -> bool:
    """Whether a verb has a clause of its own in another time than the main one's: a relative one, or one after "after" or "since"."""
    if verb.dep_ == "acl" and verb.tag_ == "VBD":
        return True
    marks = {c.lower_ for c in verb.children if c.dep_ in {"mark", "advmod"}}
    apart = verb.dep_ == "relcl" or bool(marks & set(load_table("dating")["elsewhere"]["prepositions"]))
    return apart and any(c.dep_ in _SUBJECTS for c in verb.children)


def _tells_of_subject(verb: Token, main: Collection[int]) -> bool:
    """Whether a relative clause hangs on what the main clause has as its subject: "the quake, which killed 40, struck on Saturday"."""
    return verb.dep_ in _CLAUSES and verb.head.dep_ in _SUBJECTS and verb.head.head.i in main


def _nouns_above(verb: Token) -> set[int]:
    """Places of the nouns that a relative clause may tell of: the one it hangs on and those which that one hangs on."""
    found: set[int] = set()
    at = verb.head
    for _ in range(_DEEPEST):
        if at.pos_ in {"VERB", "AUX"}:
            break
        found.add(at.i)
        at = at.head
    return found


def _modifies(token: Token, nouns: Collection[int], verb: Token) -> bool:
    """Whether a date hangs on one of some nouns outside a relative clause of theirs."""
    at = token
    for _ in range(_DEEPEST):
        if at.i in nouns:
            return True
        if at.i == verb.i or at.pos_ in {"VERB", "AUX"} or at.head.i == at.i:
            return False
        at = at.head
    return False


@functools.cache
def _toll() -> frozenset[str]:
    return frozenset(load_table("dating")["toll"]["words"])
