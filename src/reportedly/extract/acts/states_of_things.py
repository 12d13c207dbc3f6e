"""What a main clause says a thing is, without a verb that names an act: "the ship was unsafe", "the plane was mistaken for a target"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportedly.extract.acts.act_reality import governed_negated, reality_of_verb
from reportedly.extract.acts.contents import is_negated, subject_of
from reportedly.extract.acts.participants import Voices, known_actor
from reportedly.extract.parse.parsed import ParsedPassage
from reportedly.extract.parse.tokens import Token
from reportedly.language.acts import answers_charge, irregular_participles, is_act, is_attitude
from reportedly.language.naming.names import name_actor
from reportedly.language.naming.offices import find_office
from reportedly.model import Act

_LINKING = frozenset({"be", "become", "remain", "seem", "appear", "prove", "stay", "get", "look"})
_PREDICATES = frozenset({"acomp", "attr", "oprd"})
_STEMS = ((1, ""), (2, ""), (3, ""), (3, "y"))  # letters cut and added to make a verb of a regular participle, in order of trial


def state_acts(passage: ParsedPassage, verb: Token, voices: Voices) -> Iterator[Act]:
    """The states that a linking verb gives its subject, each as an act by its adjective.

    Args:
        passage: the paragraph.
        verb: a main verb of the content.
        voices: who may be meant by pronouns.

    Yields:
        One for each adjective ("unsafe"); patient the actor at the subject, counted the subject's noun. Nothing where the subject
        is a pronoun that stands for no actor, or where the adjective tells how sure or ready somebody is.
    """
    subject = subject_of(verb)
    if verb.lemma_.casefold() not in _LINKING or subject is None:
        return
    inside = {t.i for t in voices.inside}
    for adjective in _adjectives(verb):
        if adjective.i not in inside or is_attitude(adjective.lemma_) or not adjective.is_alpha:
            continue
        patient, counted = known_actor(subject, voices), thing_name(subject)
        if patient or counted:
            yield Act(
                span=passage.span(adjective.doc[adjective.i : adjective.i + 1]),
                act=verb_lemma(adjective),
                patient=patient,
                counted=counted,
                negated=is_negated(verb) or governed_negated(verb, inside),
                reality=reality_of_verb(verb, inside),
            )


def thing_name(token: Token | None) -> str | None:
    """The lemma of the common noun that names a thing: itself, or the one before its name ("the ferry Aurora")."""
    if token is None or token.pos_ not in {"NOUN", "PROPN"}:
        return None
    if token.pos_ == "NOUN":
        return token.lemma_.casefold()
    before = [c for c in token.children if c.dep_ in {"compound", "nmod", "amod"} and c.pos_ == "NOUN" and c.i < token.i]
    return before[-1].lemma_.casefold() if before and find_office(before[-1].text) is None else None


def verb_lemma(token: Token) -> str:
    """The verb of a participle that the tagger took for an adjective ("overloaded" -> "overload"); else the word's lemma."""
    word = token.lower_
    irregular = irregular_participles().get(word)
    if irregular is not None:
        return irregular
    if token.pos_ != "ADJ" or not word.endswith("ed"):
        return token.lemma_.casefold()
    verbs = (word[:-cut] + added for cut, added in _STEMS)
    return next((verb for verb in verbs if verb in token.doc.verbs), token.lemma_.casefold())


def answering(act: Act, cue: Sequence[Token], speakers: Sequence[str]) -> Act:
    """The act with who answers for it, where the speaker denies or admits the bad state of a thing and nobody else is named.

    A company that denies that a ferry was overloaded answers for the ferry. Only for what no row of the acts table names, and only
    for an organisation or a person: a ministry that denies such a thing may well speak of another's.

    Args:
        act: an act of the content.
        cue: the tokens of the cue.
        speakers: canonical names of who speaks.
    """
    if act.agent or act.patient or not act.counted or is_act(act.act) or len(speakers) != 1:
        return act
    passive = act.span.text.casefold().endswith(("ed", "en", "t", "n")) or act.act == act.span.text.casefold()
    if not passive or not any(answers_charge(token.lemma_) for token in cue):
        return act
    speaker = name_actor(speakers[0])
    return replace(act, agent=speaker.name) if speaker.kind in {"organisation", "person"} else act


def _adjectives(verb: Token) -> list[Token]:
    """The adjectives after a linking verb, coordinated ones with them."""
    first = [c for c in verb.children if c.dep_ in _PREDICATES and _describes(c)]
    return [a for one in first for a in (one, *(c for c in one.conjuncts if _describes(c)))]


def _describes(token: Token) -> bool:
    """Whether a word is an adjective, or a participle that stands like one ("had been badly overloaded")."""
    return token.pos_ == "ADJ" or token.tag_ == "VBN"
