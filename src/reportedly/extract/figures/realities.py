"""How real and how sure a figure is: planned, expected, attempted or denied; confirmed, probable, suspected or presumed."""

import functools

from reportedly.extract.figures.composites import Reading
from reportedly.extract.figures.holding import holds
from reportedly.extract.figures.phrases import Phrase
from reportedly.extract.figures.wording import outlived_not
from reportedly.extract.parse.tokens import Token
from reportedly.language.naming.names import name_actor
from reportedly.language.numerals.counted import class_of, is_human
from reportedly.language.tables import load_table
from reportedly.model import Reality, Status

_CLIMBS = 3

_FINITE = frozenset({"VBD", "VBZ", "VBP"})


def find_reality(phrase: Phrase, reading: Reading) -> Reality:
    """Whether what a figure counts came to pass, by the auxiliaries and verbs above it.

    Args:
        phrase: the figure's phrase.
        reading: its measure and the word that gives it.

    Returns:
        `actual` where nothing says otherwise. A bound's own words ("no more than") deny nothing.
    """
    verb = _verb(phrase, reading)
    above = [] if verb is None else _above(verb)
    for step, token in enumerate(above):
        found = _own_reality(token, phrase, reading.measure) if step == 0 else _heads_reality(token)
        if found == "actual" and step and above[step - 1].dep_ == "conj" and above[step - 1].tag_ == "VB":
            found = _own_reality(token, phrase, reading.measure)  # "will employ 3,000 and make 250,000 cars"
        if found != "actual":
            return found
        if step and (_is_about_to(token, above[step - 1]) or (step == 1 and _is_to(token, above[step - 1]))):
            return "planned"
    return "actual" if reading.trigger is None else _nouns_reality(reading.trigger)


def find_status(phrase: Phrase, reading: Reading) -> Status | None:
    """The status that words give a count of cases or identifications; None where they give none."""
    rows = load_table("shares")["status"]
    trigger = reading.trigger
    stop = max(phrase.last.i, trigger.i if trigger is not None and trigger.i - phrase.last.i < 6 else 0)  # noqa: PLR2004 - the same clause
    near = [t.lower_ for t in phrase.doc[phrase.first.i : min(len(phrase.doc), stop + 1)]]
    near += _modifiers(reading) + _predicates(phrase)
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
            found_in = hold.way == "complement" and hold.link == "in"
            if (hold.way == "object" or found_in) and hold.word.lemma_.lower() in rows[key]:
                return _in_hand(hold.word, status)
    return None


def _in_hand(verb: Token, status: Status) -> Status | None:
    """The status that a verb gives; none where it is denied, and only suspected where confirming is under way or to come."""
    if any(c.dep_ == "neg" for c in verb.children):
        return None
    under_way = any(c.dep_ in {"aux", "auxpass"} and c.lower_ in {"being", "to", "must"} for c in verb.children)
    return "suspected" if status == "confirmed" and under_way else status


def _modifiers(reading: Reading) -> list[str]:
    """Adjectives of a gauge ("the confirmed death toll") and of what stands behind its "of" ("the number of confirmed deaths")."""
    if reading.trigger is None or reading.way != "gauge":
        return []
    nouns = [reading.trigger]
    nouns += [g for c in reading.trigger.children if c.lower_ == "of" for g in c.children]
    return [c.lower_ for noun in nouns for c in noun.children if c.dep_ in {"amod", "compound"}]


def _predicates(phrase: Phrase) -> list[str]:
    """What counted things are said to be: `512 cases were laboratory-confirmed`."""
    behind = list(phrase.doc[phrase.last.i + 1 : phrase.last.i + 5])
    if not behind or behind[0].lemma_.lower() != "be":
        return []
    return [t.lower_ for t in behind if t.dep_ in {"acomp", "attr"} or (t.tag_ == "VBN" and t.nbor(-1).tag_ == "HYPH")]


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
        hold = None if phrase.attached else next(holds(phrase), None)
        told = reading.trigger is None or (reading.way == "gauge" and hold is not None and reading.trigger == hold.word)
        if hold is None or (hold.link == "of" and hold.word.pos_ == "NOUN" and told):
            return None  # "may be involved in a theft of $81 million": the theft is no matter of the verb
        token = hold.word
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
        bare = token.tag_ == "VB" and any(c.lower_ == "to" for c in token.children)
        purpose = token.dep_ in {"advcl", "ccomp"} and bare  # "expected 300 people to go"
        if token.head == token or not (purpose or token.dep_ in {"xcomp", "acl", "conj", "pcomp", "prep", "pobj", "dobj", "acomp"}):
            break
        if token.dep_ == "conj" and token.tag_ in _FINITE:
            break  # "had set the house on fire and shot six people": a finite verb stands for itself
        tokens.append(token.head)
    return tokens


def _own_reality(verb: Token, phrase: Phrase, measure: str) -> Reality:
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    inside = range(phrase.first.i, phrase.last.i + 1)
    asked = any(c.dep_ == "mark" and c.lower_ in _rows("condition_marks") for c in verb.children) or _is_asked(verb)
    if asked or verb.lemma_.lower() in _rows("awaited_verbs"):
        return "expected"
    if any(c.dep_ == "neg" and c.i not in inside and c.lower_ in _rows("denied_words") for c in verb.children):
        dead = outlived_not(verb) and measure == "killed"
        return "actual" if dead or verb.lemma_.lower() in _rows("telling_verbs") else "denied"
    if verb.lemma_.lower() in _rows("telling_verbs") and phrase.number.i < verb.i:
        return "actual"
    meant = auxiliaries & _rows("planned_auxiliaries") and _acts(verb)
    if (meant or _would_do(verb, auxiliaries)) and measure not in _rows("happening_measures"):
        return "planned"
    return "expected" if auxiliaries & (_rows("planned_auxiliaries") | _rows("expected_auxiliaries")) else "actual"


def _would_do(verb: Token, auxiliaries: set[str]) -> bool:
    """`said it would send 300`: the future of a deed as it was told in the past."""
    told = verb.dep_ == "ccomp" and verb.head.tag_ == "VBD" and any(c.dep_ == "dobj" for c in verb.children)
    hedged = "have" in auxiliaries or any(t.lower_ == "if" for t in verb.sent)
    return told and "would" in auxiliaries and not hedged and any(_can_mean(c) for c in verb.children if c.dep_ == "nsubj")


def _can_mean(subject: Token) -> bool:
    """Whether a subject can act on purpose: a person, a body, a state, a pronoun; no famine and no law."""
    if subject.tag_ == "PRP" or subject.lower_ in _rows("doers") or is_human(class_of(subject.lower_)):
        return True
    return name_actor(subject.doc[subject.left_edge.i : subject.i + 1].text).kind != "other"


def _is_asked(verb: Token) -> bool:
    """Whether a question asks if it came to pass: "Were 40 people killed?"; "Why were 40 people killed?" takes it for granted."""
    sentence = verb.sent
    last = next((t for t in reversed(list(sentence)) if t.is_punct and not t.is_quote), None)
    if last is None or last.text != "?":
        return False
    opening = next((t for t in sentence if t.is_alpha), verb)
    return opening.lower_ in _rows("question_openers")


def _heads_reality(token: Token) -> Reality:
    lemma = token.lemma_.lower()
    words = {token.lower_, *(c.lower_ for c in token.children if c.dep_ == "dobj")}
    if token.dep_ == "ROOT" and token.pos_ not in {"VERB", "AUX", "ADJ", "NOUN"}:
        return "actual"
    if lemma in _rows("attempted_verbs") or words & _rows("attempted_words"):
        return "attempted"
    if lemma in _rows("planned_verbs") or words & _rows("planned_words"):
        return "planned"
    return "expected" if lemma in _rows("expected_verbs") else "actual"


def _nouns_reality(noun: Token) -> Reality:
    """`two attempted murders`."""
    return "attempted" if any(c.lower_ in _rows("attempted_words") for c in noun.children if c.dep_ in {"amod", "compound"}) else "actual"


def _is_about_to(token: Token, verb: Token) -> bool:
    """`was going to kill`."""
    return token.tag_ == "VBG" and token.lemma_.lower() in _rows("about_to") and verb.dep_ == "xcomp"


def _is_to(token: Token, verb: Token) -> bool:
    """`is to release 50`, `were to meet`: what is arranged, of somebody who is to do it."""
    to = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    arranged = token.lemma_.lower() == "be" and verb.dep_ == "xcomp" and to
    return arranged and not any(c.dep_ in {"acomp", "attr"} for c in token.children)


def _acts(verb: Token) -> bool:
    """Whether somebody does it on purpose; what merely happens ("will die") is expected."""
    return any(c.dep_ == "dobj" for c in verb.children) or any(c.dep_ == "auxpass" for c in verb.children)


@functools.cache
def _rows(key: str) -> frozenset[str]:
    return frozenset(load_table("shares")["reality"][key])
