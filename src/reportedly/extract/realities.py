"""How real and how sure a figure is: planned, expected, attempted or denied; confirmed, probable, suspected or presumed."""

import functools

from spacy.tokens import Token

from reportedly.extract.composites import Reading
from reportedly.extract.holding import holds
from reportedly.extract.phrases import Phrase
from reportedly.language.tables import load_table
from reportedly.model import Reality, Status

_CLIMBS = 3


def find_reality(phrase: Phrase, reading: Reading) -> Reality:
    """Whether what a figure counts came to pass, by the auxiliaries and verbs above it.

    Args:
        phrase: the figure's phrase.
        reading: its measure and the word that gives it.

    Returns:
        `actual` where nothing says otherwise. A bound's own words ("no more than") deny nothing.
    """
    verb = _verb(phrase, reading)
    if verb is None:
        return "actual"
    for step, token in enumerate(_above(verb)):
        found = _own_reality(token, phrase) if step == 0 else _heads_reality(token)
        if found != "actual":
            return found
    return "actual"


def find_status(phrase: Phrase, reading: Reading) -> Status | None:
    """The status that words give a count of cases or identifications; None where they give none."""
    rows = load_table("shares")["status"]
    trigger = reading.trigger
    stop = max(phrase.last.i, trigger.i if trigger is not None and trigger.i - phrase.last.i < 6 else 0)  # noqa: PLR2004 - the same clause
    near = [t.lower_ for t in phrase.doc[phrase.first.i : min(len(phrase.doc), stop + 1)]]
    near += _modifiers(reading)
    statuses: tuple[Status, ...] = ("confirmed", "probable", "suspected", "presumed")
    for status in statuses:
        if set(near) & set(rows[status]):
            return status
    if _suspected_of(reading):
        return "suspected"
    for hold in holds(phrase):
        verbs: tuple[tuple[str, Status], ...] = (
            ("confirming_verbs", "confirmed"),
            ("suspecting_verbs", "suspected"),
            ("presuming_verbs", "presumed"),
        )
        for key, status in verbs:
            if hold.way == "object" and hold.word.lemma_.lower() in rows[key]:
                return status
    return None


def _modifiers(reading: Reading) -> list[str]:
    """Adjectives of a gauge ("the confirmed death toll") and of what stands behind its "of" ("the number of confirmed deaths")."""
    if reading.trigger is None or reading.way != "gauge":
        return []
    nouns = [reading.trigger]
    nouns += [g for c in reading.trigger.children if c.lower_ == "of" for g in c.children]
    return [c.lower_ for noun in nouns for c in noun.children if c.dep_ in {"amod", "compound"}]


def _suspected_of(reading: Reading) -> bool:
    """`is suspected of having killed 149`."""
    verb = reading.trigger
    for _ in range(_CLIMBS):
        if verb is None or verb.dep_ not in {"pcomp", "prep", "xcomp"}:
            return False
        verb = verb.head
        if verb.lemma_.lower() in load_table("shares")["status"]["suspecting_verbs"]:
            return True
    return False


def _verb(phrase: Phrase, reading: Reading) -> Token | None:
    token = reading.trigger if reading.trigger is not None and reading.trigger.pos_ in {"VERB", "AUX"} else None
    if token is None:
        token = next((hold.word for hold in holds(phrase)), None)
    while token is not None and token.pos_ not in {"VERB", "AUX"}:
        if token.head == token:
            return None
        token = token.head
    return token


def _above(verb: Token) -> list[Token]:
    """The verb and what it is a complement of, as far as the plan or the attempt may stand."""
    tokens = [verb]
    for _ in range(_CLIMBS):
        token = tokens[-1]
        if token.dep_ not in {"xcomp", "acl", "conj", "pcomp", "prep", "pobj", "dobj", "acomp"} or token.head == token:
            break
        tokens.append(token.head)
    return tokens


def _own_reality(verb: Token, phrase: Phrase) -> Reality:
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    inside = range(phrase.first.i, phrase.last.i + 1)
    denied = any(c.dep_ == "neg" and c.i not in inside and c.lower_ in _rows("denied_words") for c in verb.children)
    if denied:
        return "denied"
    if auxiliaries & _rows("planned_auxiliaries"):
        return "planned" if _acts(verb) else "expected"
    if auxiliaries & _rows("expected_auxiliaries"):
        return "expected"
    return "actual"


def _heads_reality(token: Token) -> Reality:
    lemma = token.lemma_.lower()
    if token.dep_ == "ROOT" and token.pos_ not in {"VERB", "AUX", "ADJ", "NOUN"}:
        return "actual"
    if lemma in _rows("attempted_verbs") or token.lower_ in _rows("attempted_words"):
        return "attempted"
    if lemma in _rows("planned_verbs") or token.lower_ in _rows("planned_words"):
        return "planned"
    if lemma in _rows("expected_verbs"):
        return "expected"
    return "actual"


def _acts(verb: Token) -> bool:
    """Whether somebody does it on purpose; what merely happens ("will die") is expected."""
    return any(c.dep_ == "dobj" for c in verb.children) or any(c.dep_ == "auxpass" for c in verb.children)


@functools.cache
def _rows(key: str) -> frozenset[str]:
    return frozenset(load_table("shares")["reality"][key])
