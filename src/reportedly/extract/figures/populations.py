"""Whose people or things a figure counts."""

from collections.abc import Sequence

from reportedly.extract.figures.composites import Reading
from reportedly.extract.figures.memberships import predicate_noun
from reportedly.extract.figures.phrases import Phrase
from reportedly.extract.parse.tokens import Token
from reportedly.language.naming.states import state_of
from reportedly.language.numerals.counted import class_of
from reportedly.model import Figure

_OWNED = frozenset({"deployed", "withdrawn", "launched"})
"""Measures whose agent owns what is counted: who sends troops sends its own."""


_MEMORY = 300
"""How many figures back a definite phrase may take up."""

_DESCRIBING = frozenset({"poss", "amod", "compound", "nmod"})


def find_population(phrase: Phrase, reading: Reading, counted: str | None, earlier: Sequence[Figure]) -> str | None:
    """The actor whose people or things are counted.

    Args:
        phrase: the figure's phrase.
        reading: its measure.
        counted: what is counted, as in the figure.
        earlier: the article's figures before it.

    Returns:
        A state named inside the phrase ("North Korean soldiers"), else the state that sends them, else, for a definite
        "of the soldiers", the population of the latest figure of that class; None where nothing says.
    """
    inside = _state_in(phrase)
    if inside is not None:
        return inside
    said = predicate_noun(phrase) if reading.way == "member" else None
    if said is not None:
        return _first_state([said])
    if reading.measure in _OWNED and reading.trigger is not None:
        agent = _agent(reading.trigger)
        if agent is not None:
            return agent
    return _taken_up(phrase, counted, earlier)


def _state_in(phrase: Phrase) -> str | None:
    tokens = [t for t in phrase.doc[phrase.number.i : phrase.last.i + 1] if not t.is_punct]
    noun = phrase.noun
    if noun is not None:
        behind = (t for t in noun.subtree if phrase.last.i < t.i <= phrase.last.i + 4)
        tokens += [t for t in behind if t.dep_ in _DESCRIBING | {"pobj"} and _belongs(t, noun)]
        tokens = [t for t in tokens if t.dep_ != "pobj" or t == noun or _belongs(t, noun)]
    return _first_state(tokens)


def _belongs(token: Token, noun: Token) -> bool:
    """Whether a word describes the noun itself, or what stands behind its "of"."""
    while token.dep_ in _DESCRIBING and token.head != token:
        token = token.head
    if token == noun:
        return True
    return token.head.lower_ == "of" and token.head.head == noun


def _first_state(tokens: Sequence[Token]) -> str | None:
    """The first state that one to three neighbouring words name."""
    for place, token in enumerate(tokens):
        for width in (3, 2, 1):
            run = tokens[place : place + width]
            if len(run) < width or run[-1].i - token.i != width - 1 or not token.text[:1].isupper():
                continue
            found = state_of(" ".join(t.text for t in run))
            if found is not None:
                return found
    return None


def _agent(trigger: Token) -> str | None:
    """The state that is subject (or `by`-agent) of the verb, of the one it is coordinated with or depends on."""
    verb = trigger
    for _ in range(4):
        subjects = [c for c in verb.children if c.dep_ == "nsubj"]
        subjects += [g for c in verb.children if c.dep_ == "agent" for g in c.children]
        for subject in subjects:
            found = _first_state([t for t in subject.subtree if t.i <= subject.i]) or _possessor(subject)
            if found is not None:
                return found
        if subjects and subjects[0].tag_ not in {"WDT", "WP", "PRP"}:
            return None
        if verb.dep_ not in {"conj", "xcomp", "advcl", "pcomp", "prep", "relcl", "acl"} or verb.head == verb:
            return None
        verb = verb.head
    return None


def _possessor(subject: Token) -> str | None:
    owners = [c for c in subject.children if c.dep_ == "poss"]
    return _first_state(owners)


def _taken_up(phrase: Phrase, counted: str | None, earlier: Sequence[Figure]) -> str | None:
    """`around 2,000 of the dispatched soldiers` are those of the latest figure of soldiers."""
    whole = phrase.whole
    if whole is None or not (whole.tag_ == "PRP" or any(c.lower_ in {"the", "these", "those", "its", "their"} for c in whole.children)):
        return None
    wanted = class_of(counted)
    for figure in reversed(earlier[-_MEMORY:]):
        if figure.population is not None and (wanted is None or class_of(figure.counted) == wanted):
            return figure.population
    return None
