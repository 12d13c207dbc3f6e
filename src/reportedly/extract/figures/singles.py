"""Counts without a numeral: `a man was killed` is one, `no one was killed` nought, `a boy and a man were shot dead` two."""

import functools
from collections.abc import Iterator
from decimal import Decimal

from reportedly.extract.figures.measures import multiples, read_measure
from reportedly.extract.figures.persons import (
    NameBook,
    is_aged,
    is_bare,
    is_indefinite,
    is_named,
    is_one_person,
    is_pronoun,
    name_tokens,
    rows,
)
from reportedly.extract.figures.phrases import Phrase
from reportedly.extract.figures.quantities import Quantity
from reportedly.extract.figures.realities import find_reality
from reportedly.extract.parse.tokens import Doc, Token
from reportedly.language.numerals.measures import words_of_measures
from reportedly.language.tables import load_table

_MEMBERS = 12
"""No enumeration of single persons is longer."""

_CLIMBS = 6
"""How many words above a deed are looked at."""

_TAGS = frozenset({"NN", "NNP", "PRP", "DT", "JJ", "RB"})
"""What the head of words for one person, or for nobody, is tagged as."""


def find_singles(doc: Doc, text: str, taken: frozenset[int], book: NameBook) -> Iterator[Phrase]:
    """Phrases that count people without a numeral, where the words around them measure people.

    Args:
        doc: a paragraph's parse.
        text: its characters.
        taken: places of the tokens that belong to quantities already.
        book: the article's names.

    Yields:
        Persons in text order, then the deeds of sentences that count nobody else; an enumeration of single persons that hang on one
        verb is one phrase that counts them.
    """
    if not tells_of_fates(doc):
        return
    counted = {doc[place].sent.start for place in taken}
    for phrase in _persons(doc, text, taken, book):
        counted.add(phrase.number.sent.start)
        yield phrase
    for token in doc:
        if token.lower_ in multiples() and token.i + 1 < len(doc) and token.i not in taken and token.sent.start not in counted:
            deed = _deed(token, text)
            if read_measure(deed).way == "noun" and not _alleged(token.nbor()) and _happened(deed, rows("single", "measures")):
                yield deed


def _persons(doc: Doc, text: str, taken: frozenset[int], book: NameBook) -> Iterator[Phrase]:
    """The phrases for single persons and for nobody."""
    used: set[int] = set()
    for token in doc:
        if token.lower_ in multiples():
            continue
        if token.tag_ not in _TAGS or token.i in used or (token.i in taken and not is_aged(token)):
            continue
        members = _enumeration(token, taken, book)
        if members:
            used.update(m.i for m in members)
            phrase = _phrase(members, text, book)
            measures = "measures" if is_indefinite(members[0]) else "definite_measures"
            if _happened(phrase, rows("single", measures)):
                yield phrase
        elif _nobody(token):
            phrase = _zero(token, text)
            if read_measure(phrase).way != "member" and _happened(phrase, rows("zero", "measures")):
                yield phrase


def tells_of_fates(doc: Doc) -> bool:
    """Whether any word of a paragraph can measure a single person; most paragraphs have none and are passed over."""
    words = _fates()
    return any(token.lemma_.lower() in words or token.lower_ in words or token.lower_ in multiples() for token in doc)


@functools.cache
def _fates() -> frozenset[str]:
    measures = rows("single", "measures") | rows("single", "definite_measures") | rows("zero", "measures")
    return (words_of_measures(measures) - rows("single", "everywhere")) | frozenset(load_table("counted")["bodies"]["words"])


def _happened(phrase: Phrase, measures: frozenset[str]) -> bool:
    """Whether it measures one of these and is no denial, plan or condition: "if the man died" counts nobody."""
    reading = read_measure(phrase)
    if reading.measure not in measures or find_reality(phrase, reading) != "actual":
        return False
    verb = reading.trigger
    return verb is None or not any(c.dep_ == "mark" and c.lower_ in rows("single", "conditions") for c in verb.children)


def _enumeration(token: Token, taken: frozenset[int], book: NameBook) -> list[Token]:
    """A person, with those coordinated with it; empty where one of them is no single person."""
    if token.dep_ == "conj" and not (token.head.i in taken and is_indefinite(token)):  # "two teachers and a baker"
        return []
    if is_pronoun(token):
        return [token]
    if not is_one_person(token, book):
        return []
    members = [token]
    for _ in range(_MEMBERS):
        following = next((c for c in members[-1].children if c.dep_ == "conj" and c.pos_ in {"NOUN", "PROPN", "NUM", "PRON"}), None)
        if following is None or following.i in taken or not (is_one_person(following, book) or is_bare(following)):
            return members
        members.append(following)
    return members


def _phrase(members: list[Token], text: str, book: NameBook) -> Phrase:
    named = is_named(members[0], book)
    first, last = (name_tokens(members[0])[0] if named else members[0].left_edge), members[-1]
    quantity = _exactly(len(members), first, last, first)
    return Phrase(
        quantity=quantity,
        first=first,
        number=members[0],
        head=members[0],
        last=last,
        start=quantity.start,
        end=quantity.end,
        more=first.lower_ in rows("single", "another"),
        text=text,
        person="pronoun" if is_pronoun(members[0]) else "name" if named else "noun",
    )


def _exactly(number: int, first: Token, last: Token, counted: Token) -> Quantity:
    """So many, in the words from `first` to `last` of which those to `counted` stand for the number."""
    return Quantity(
        start=first.idx,
        end=last.idx + len(last.text),
        number_start=first.idx,
        number_end=counted.idx + len(counted.text),
        low=Decimal(number),
        high=Decimal(number),
        qualifier="exact",
    )


def _deed(token: Token, text: str) -> Phrase:
    """`a double homicide`: as many as the adjective says."""
    noun = token.nbor()
    quantity = _exactly(multiples()[token.lower_], token, noun, token)
    return Phrase(quantity=quantity, first=token, number=token, head=noun, last=noun, start=quantity.start, end=quantity.end, text=text)


def _alleged(noun: Token) -> bool:
    """Whether a deed is what somebody is tried for or plans ("denied a double murder"), or names another thing ("double murder trial")."""
    if noun.dep_ == "compound" or (noun.i + 1 < len(noun.doc) and noun.nbor().tag_ in {"NN", "NNS"}):
        return True
    above = [noun]
    while above[-1].head != above[-1] and len(above) < _CLIMBS:
        above.append(above[-1].head)
    return any(t.lemma_.lower() in rows("deeds", "verbs") for t in above)


def _nobody(token: Token) -> bool:
    words = rows("zero", "words")
    if token.lower_ in words:
        return True
    return token.lower_ in _zero_openers() and token.i + 1 < len(token.doc) and f"{token.lower_} {token.nbor().lower_}" in words


@functools.cache
def _zero_openers() -> frozenset[str]:
    return frozenset(words.split()[0] for words in rows("zero", "words"))


def _zero(token: Token, text: str) -> Phrase:
    last = token if token.lower_ in rows("zero", "words") else token.nbor()
    quantity = _exactly(0, token, last, last)
    return Phrase(quantity=quantity, first=token, number=last, head=None, last=last, start=quantity.start, end=quantity.end, text=text)
