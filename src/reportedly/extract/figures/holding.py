"""How a phrase hangs on the words around it, from the parse alone."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from reportedly.extract.figures.phrases import Phrase
from reportedly.extract.parse.tokens import Token
from reportedly.language.tables import load_table

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})

_CLIMBS = 4

_PASSED = frozenset({"conj", "appos", "nummod", "quantmod", "compound", "amod", "nmod"})
"""Labels by which a word hangs where its head hangs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """How a phrase hangs on a word: as what is done to, as who does, as a noun's complement."""

    way: Literal["object", "subject", "complement"]
    word: Token
    link: str = ""


def holds(phrase: Phrase) -> Iterator[Hold]:
    """What the phrase hangs on, nearest first; a coordinated phrase hangs on what the first of them hangs on."""
    token = phrase.top
    for _ in range(_CLIMBS):
        head, dep = token.head, token.dep_
        if head == token:
            return
        yield from _held_by(head, dep)
        if dep not in _PASSED:
            return
        token = head


def _held_by(head: Token, dep: str) -> Iterator[Hold]:
    """How a token with this label hangs on its head; nothing for a label that says no more than that it belongs there."""
    if dep in {"nsubjpass", "dobj", "dative", "oprd"}:
        yield Hold(way="object", word=head)
    elif dep in SUBJECTS:
        yield Hold(way="object" if is_passive(head) else "subject", word=head)
    elif dep == "attr":
        yield Hold(way="complement", word=head)
    elif dep == "pobj" and head.dep_ == "agent":
        yield Hold(way="subject", word=head.head)
    elif dep == "pobj":
        if _accompanies(head):
            yield from _subjects_hold(head.head)
        yield Hold(way="complement", word=head.head, link=head.lower_)
    elif dep == "poss":
        yield Hold(way="complement", word=head, link="of" if head.tag_ == "NN" and head.lower_ in _owned() else "")


@functools.cache
def _owned() -> frozenset[str]:
    """Nouns whose possessor is whom they befell: `the boy's death`."""
    return frozenset(load_table("constructions")["owned"]["words"])


def is_passive(verb: Token) -> bool:
    """Whether a verb stands in the passive voice."""
    return any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children)


def has_object(verb: Token) -> bool:
    """Whether a verb, or one coordinated with it, has an object: "shot and killed two people"."""
    verbs = [verb, *(c for c in verb.children if c.dep_ == "conj" and c.tag_ == verb.tag_)]
    return any(c.dep_ == "dobj" and c.i > verb.i for v in verbs for c in v.children)


def premodifies(token: Token) -> bool:
    """Whether an adjective stands before a noun of its own: "12 injured soldiers" says nothing of another 12."""
    return token.dep_ == "amod" and token.head.i > token.i


def with_compound(noun: Token) -> str:
    """A noun with the word right before it ("death toll"), in lower case."""
    compounds = [c.lower_ for c in noun.children if c.dep_ in {"compound", "amod"} and c.i == noun.i - 1]
    return " ".join([*compounds, noun.lower_])


def _accompanies(prep: Token) -> bool:
    rows = load_table("constructions")["accompaniment"]
    before = prep.nbor(-1).lower_ if prep.i else ""
    return prep.lower_ in rows["words"] and (prep.lower_ != "with" or before in rows["with_after"])


def _subjects_hold(verb: Token) -> Iterator[Hold]:
    word = verb.head if verb.dep_ == "prep" else verb
    if word.pos_ in {"VERB", "AUX"}:
        yield Hold(way="object" if is_passive(word) else "subject", word=word)
