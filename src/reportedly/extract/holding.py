"""How a phrase hangs on the words around it, from the parse alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from reportedly.extract.phrases import Phrase
from reportedly.language.tables import load_table

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})

_CLIMBS = 4


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
        if dep in {"nsubjpass", "dobj", "dative", "oprd"}:
            yield Hold(way="object", word=head)
        elif dep in SUBJECTS:
            yield Hold(way="object" if is_passive(head) else "subject", word=head)
        elif dep == "attr":
            yield Hold(way="complement", word=head)
        elif dep == "pobj":
            if _accompanies(head):
                yield from _subjects_hold(head.head)
            yield Hold(way="complement", word=head.head, link=head.lower_)
        elif dep not in {"conj", "appos", "nummod", "quantmod", "compound", "amod", "nmod", "prep", "pcomp", "npadvmod", "dep"}:
            return
        if dep not in {"conj", "appos", "nummod", "quantmod", "compound", "amod", "nmod"}:
            return
        token = head


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
