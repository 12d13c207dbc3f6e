"""Counts without a numeral: `a man was killed` is one, `no one was killed` nought, `a boy and a man were shot dead` two."""

import functools
from collections.abc import Iterator
from decimal import Decimal

from spacy.tokens import Doc, Token

from reportedly.extract.measures import read_measure
from reportedly.extract.phrases import Phrase
from reportedly.extract.quantities import Quantity
from reportedly.extract.realities import find_reality
from reportedly.language.counted import class_of, is_human
from reportedly.language.measures import measures_of
from reportedly.language.tables import load_table

_MEMBERS = 12
"""No enumeration of single persons is longer."""

_HEADLINE = 3
"""How far into a sentence a headline may name its person without an article."""


def find_singles(doc: Doc, text: str, taken: frozenset[int]) -> Iterator[Phrase]:
    """Phrases that count people without a numeral, where the words around them measure people.

    Args:
        doc: a paragraph's parse.
        text: its characters.
        taken: places of the tokens that belong to quantities already.

    Yields:
        Phrases in text order; an enumeration of single persons that hang on one verb is one phrase that counts them.
    """
    used: set[int] = set()
    for token in doc:
        if token.i in used or (token.i in taken and not _aged(token)):
            continue
        members = _enumeration(token, taken)
        if members:
            used.update(m.i for m in members)
            phrase = _phrase(members, text)
            measures = "measures" if _indefinite(members[0]) else "definite_measures"
            if _happened(phrase, _rows("single", measures)):
                yield phrase
        elif _nobody(token):
            phrase = _zero(token, text)
            if read_measure(phrase).way != "member" and _happened(phrase, _rows("zero", "measures")):
                yield phrase


def _happened(phrase: Phrase, measures: frozenset[str]) -> bool:
    """Whether it measures one of these and is no denial, plan or condition: "if the man died" counts nobody."""
    reading = read_measure(phrase)
    if reading.measure not in measures or find_reality(phrase, reading) != "actual":
        return False
    verb = reading.trigger
    return verb is None or not any(c.dep_ == "mark" and c.lower_ in _rows("single", "conditions") for c in verb.children)


def _enumeration(token: Token, taken: frozenset[int]) -> list[Token]:
    """A person named by an indefinite noun, with those coordinated with it; empty where one of them is no single person."""
    if not _single(token) or token.dep_ == "conj":
        return []
    members = [token]
    for _ in range(_MEMBERS):
        following = next((c for c in members[-1].children if c.dep_ == "conj" and c.pos_ in {"NOUN", "PROPN", "NUM", "PRON"}), None)
        if following is None or following.i in taken or not (_single(following) or _bare(following)):
            return members
        members.append(following)
    return members


def _bare(token: Token) -> bool:
    """`a man and child`: the article stands for both."""
    return token.tag_ == "NN" and is_human(class_of(token.lower_)) and not any(c.dep_ in {"det", "poss", "nummod"} for c in token.children)


def _single(token: Token) -> bool:
    determiners = [c for c in token.children if c.dep_ in {"det", "poss"}]
    known = any(c.lower_ in _rows("single", "articles") | _rows("single", "definite") or c.dep_ == "poss" for c in determiners)
    if _aged(token):
        return known
    if token.lower_ in _rows("single", "reflexive"):
        return token.dep_ == "dobj"
    if token.lower_ in _rows("single", "another"):
        return token.dep_ in {"nsubj", "nsubjpass", "dobj"}
    if not (known or (not determiners and token.text[:1].isupper() and _opens(token))):
        return False
    countable = token.tag_ == "NN" and not measures_of("nouns", token.lemma_.lower()) and token.lower_ not in _rows("single", "abstract")
    return countable and (is_human(class_of(token.lower_)) or any(_is_old(c) for c in token.children))


def _opens(token: Token) -> bool:
    """Whether a token stands among the first of its sentence."""
    return any(t.is_sent_start for t in token.doc[max(0, token.i - _HEADLINE) : token.i + 1])


def _aged(token: Token) -> bool:
    """`a 14-year-old`, standing for a person."""
    return _is_old(token) and token.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj", "conj"}


def _is_old(token: Token) -> bool:
    place = token.i
    old = token.lower_ == "old" and place > 1 and token.nbor(-2).lower_ in {"year", "month"}
    return old or token.lower_ in {"year-old", "month-old"}


def _indefinite(token: Token) -> bool:
    return any(c.lower_ in _rows("single", "articles") for c in token.children if c.dep_ == "det")


def _phrase(members: list[Token], text: str) -> Phrase:
    first, last = members[0].left_edge, members[-1]
    number = Decimal(len(members))
    quantity = Quantity(
        start=first.idx,
        end=last.idx + len(last.text),
        number_start=first.idx,
        number_end=first.idx + len(first.text),
        low=number,
        high=number,
        qualifier="exact",
    )
    return Phrase(
        quantity=quantity,
        first=first,
        number=members[0],
        head=members[0],
        whole=None,
        last=last,
        start=quantity.start,
        end=quantity.end,
        attached=False,
        more=first.lower_ in _rows("single", "another"),
        text=text,
    )


def _nobody(token: Token) -> bool:
    words = _rows("zero", "words")
    return token.lower_ in words or (token.i + 1 < len(token.doc) and f"{token.lower_} {token.nbor().lower_}" in words)


def _zero(token: Token, text: str) -> Phrase:
    last = token if token.lower_ in _rows("zero", "words") else token.nbor()
    nought = Decimal(0)
    quantity = Quantity(
        start=token.idx,
        end=last.idx + len(last.text),
        number_start=token.idx,
        number_end=last.idx + len(last.text),
        low=nought,
        high=nought,
        qualifier="exact",
    )
    return Phrase(
        quantity=quantity,
        first=token,
        number=last,
        head=None,
        whole=None,
        last=last,
        start=quantity.start,
        end=quantity.end,
        attached=False,
        more=False,
        text=text,
    )


@functools.cache
def _rows(section: str, key: str) -> frozenset[str]:
    return frozenset(load_table("shares")[section][key])
