"""Counts of those who belong to a set: `the dead included 63 Canadians`, `11 of the 176 dead were Ukrainians`."""

import functools
from collections.abc import Iterator

from reportedly.extract.figures.composites import Reading, read_trigger
from reportedly.extract.figures.holding import SUBJECTS, holds
from reportedly.extract.figures.phrases import Phrase
from reportedly.extract.figures.wording import allowed, is_whole
from reportedly.extract.parse.tokens import Token
from reportedly.language.numerals.measures import measures_of
from reportedly.language.tables import load_table

_CLIMBS = 12
"""No enumeration of members is longer."""

_REACH = 8
"""Tokens between "of the" and the word that names the set."""


def read_membership(phrase: Phrase) -> Reading | None:
    """The measure of a count of members: what the set that they belong to was counted by.

    Args:
        phrase: the quantity with its noun.

    Returns:
        The reading, of way `member`; None where the words name no set, or one of no measure.
    """
    for word in _sets(phrase):
        measure = next((name for name in _set_measures(word) if allowed(name, phrase)), None)
        if measure is not None:
            return read_trigger(phrase, measure, word, way="member")
    return None


def read_set_size(phrase: Phrase) -> Reading | None:
    """The measure of a bare number at which somebody puts a set: `put the dead at 80 and the wounded at 200`.

    Args:
        phrase: the quantity with its noun.

    Returns:
        The reading, of way `gauge`; None where no such verb and no set stand before.
    """
    at = phrase.first.i - 1
    if at < 2 or phrase.doc[at].lower_ != "at" or phrase.head is not None or phrase.quantity.unit is not None:  # noqa: PLR2004 - `the dead at`
        return None
    word = phrase.doc[at - 1]
    named = word.nbor(-1).lower_ in _rows("articles") and any(t.lemma_.lower() in _rows("putting_verbs") for t in phrase.number.sent)
    measure = next((name for name in _set_measures(word) if allowed(name, phrase)), None) if named else None
    return None if measure is None else read_trigger(phrase, measure, word, way="gauge")


def belongs_to_set(phrase: Phrase, measure: str) -> bool:
    """Whether a number counts some of a set of its own measure: `eleven of the wounded are in hospital`."""
    word = _partitive(phrase)
    return word is not None and measure in _set_measures(word)


def set_word(token: Token) -> Token | None:
    """The word that names a set by what came of its members: `the dead`, `those killed`, `the 40 people killed`.

    Args:
        token: the head of the noun phrase.
    """
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    if following is not None and token.lower_ != "dead" and _named(token) and _set_measures(following):
        return following
    return token if _set_measures(token) and any(c.lower_ in _rows("articles") for c in token.children) else None


def whole_word(phrase: Phrase) -> tuple[Token, str] | None:
    """`11 of the 176 dead`: the word behind the whole's number or noun and its measure; None where it names no set."""
    place = phrase.last.i + 1
    if place >= len(phrase.doc):
        return None
    word = phrase.doc[place]
    measure = next((name for name in _set_measures(word) if allowed(name, phrase)), None)
    return None if measure is None else (word, measure)


def predicate_noun(phrase: Phrase) -> Token | None:
    """What the members are said to be: `11 of the 176 dead were Ukrainians`; None where nothing says."""
    if phrase.head is not None or is_whole(phrase):
        return None
    for hold in holds(phrase):
        if hold.way == "subject" and hold.word.lemma_ == "be":
            return next((c for c in hold.word.children if c.dep_ == "attr" and c.tag_ in {"NNS", "NNPS"}), None)
    return None


def _sets(phrase: Phrase) -> Iterator[Token]:
    """The words naming a set that the phrase's words say they belong to."""
    partitive = _partitive(phrase)
    if partitive is not None:
        yield partitive
    for verb in _verbs(phrase):
        if verb.lemma_.lower() in _rows("including_verbs"):
            heads = [c for c in verb.children if c.dep_ in SUBJECTS and c.i < phrase.first.i]
        elif verb.lemma_.lower() in _rows("being_verbs"):
            preps = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in _rows("prepositions")]
            preps = [c for c in preps if c.lower_ != "of" or phrase.head is None]
            heads = [g for c in preps for g in c.children if g.dep_ == "pobj" and not _inside(phrase, g)]
            heads += [c for c in verb.children if c.dep_ in SUBJECTS and c.i < phrase.first.i and c.lower_ in _rows("nouns")]
        else:
            continue
        yield from (word for head in heads if (word := set_word(head)) is not None and not _inside(phrase, word))


def _verbs(phrase: Phrase) -> Iterator[Token]:
    """The verb that the phrase, or the first of its enumeration, is subject, object or complement of."""
    token = phrase.top
    for _ in range(_CLIMBS):
        if token.dep_ in SUBJECTS | {"dobj", "attr"}:
            yield token.head
        if token.dep_ not in {"conj", "appos", "nummod", "quantmod"} or token.head == token:
            return
        token = token.head


def _partitive(phrase: Phrase) -> Token | None:
    """`11 of the 176 dead`: the word behind the number of the whole."""
    if phrase.head is not None:
        return None
    doc, place = phrase.doc, phrase.doc[phrase.first.i : phrase.last.i + 1].end
    words = list(doc[phrase.number.i + 1 : min(len(doc), place + _REACH)])
    if not words or words[0].lower_ != "of":
        return None
    counted = False
    for token in words[1:]:
        if token.is_sent_start or token.is_punct:
            return None
        if counted and not _acts(token) and _set_measures(token):
            return token
        counted = counted or token.pos_ == "NUM" or token.lower_ in _rows("articles")
        if token.tag_[0] == "V" or token.dep_ == "prep":
            return None
    return None


def _acts(token: Token) -> bool:
    """`two of the smugglers fired at a guard`: a verb with a subject of its own names no set."""
    return token.tag_ == "VBD" and any(c.dep_ == "nsubj" for c in token.children)


def _named(token: Token) -> bool:
    """Whether a pronoun or a counted noun stands for the set that the next word describes."""
    return token.lower_ in {"those", "people", "persons"} or token.pos_ == "NUM"


def _set_measures(token: Token) -> tuple[str, ...]:
    word = token.lower_
    if word in _rows("not_sets"):
        return ()
    found = measures_of("adjectives", word) or (measures_of("nouns", word) if word in _rows("nouns") else ())
    if found or token.tag_ not in {"VBN", "VBD", "NN", "NNS", "JJ"} or not word.endswith("ed"):
        return found
    stems = [token.lemma_.lower()] if token.tag_[0] == "V" else [word.removesuffix("ed"), word.removesuffix("d")]  # "those freed/NN"
    return next((names for stem in stems if (names := measures_of("object_verbs", stem))), ())


def _inside(phrase: Phrase, token: Token) -> bool:
    return phrase.first.i <= token.i <= phrase.last.i


@functools.cache
def _rows(key: str) -> frozenset[str]:
    return frozenset(load_table("constructions")["membership"][key])
