"""The dead who are counted by their bodies: `the bodies of 62 migrants were found`."""

import functools

from reportedly.extract.figures.composites import Reading
from reportedly.extract.figures.holding import is_passive
from reportedly.extract.figures.phrases import Phrase
from reportedly.extract.parse.tokens import Token
from reportedly.language.numerals.measures import measures_of
from reportedly.language.tables import load_table

_MEASURE = "recovered"


def read_bodies(phrase: Phrase) -> Reading | None:
    """The measure of people whose bodies are brought out.

    Args:
        phrase: the quantity with its noun.

    Returns:
        The reading; None where no bodies "of" the counted stand before, or nothing says that they were found.
    """
    prep = phrase.top.head
    if phrase.top.dep_ == "poss" and phrase.top.head.lower_ in _bodies():
        verb = _found_by(phrase.top.head)
        return None if verb is None else Reading(measure=_MEASURE, trigger=verb, verb=verb.lemma_.lower(), way="object")
    if phrase.top.dep_ != "pobj" or prep.lower_ != "of" or prep.head.lower_ not in _bodies() or prep.head.i > phrase.first.i:
        return None
    verb = _found_by(prep.head) or _found_by(phrase.top)
    return None if verb is None else Reading(measure=_MEASURE, trigger=verb, verb=verb.lemma_.lower(), way="object")


def _found_by(noun: Token) -> Token | None:
    """The verb that says a noun was found: as its object, the subject of its passive, or with its participle behind."""
    verbs = [noun.head] if noun.dep_ in {"dobj", "nsubjpass"} or (noun.dep_ == "nsubj" and is_passive(noun.head)) else []
    verbs += [c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN"]
    return next((verb for verb in verbs if _recovers(verb)), None)


def _recovers(verb: Token) -> bool:
    lemma = verb.lemma_.lower()
    particles = [f"{lemma} {c.lower_}" for c in verb.children if c.dep_ == "prt"]
    return any(_MEASURE in measures_of("object_verbs", words) for words in (lemma, *particles))


@functools.cache
def _bodies() -> frozenset[str]:
    return frozenset(load_table("counted")["bodies"]["words"])
