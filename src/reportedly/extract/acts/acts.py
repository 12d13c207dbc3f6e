"""The acts that a content speaks of: what verbs, nouns and predicates name."""

from collections.abc import Sequence

from reportedly.extract.acts.act_reality import governed_negated, reality_of_noun, reality_of_verb
from reportedly.extract.acts.anaphors import find_about
from reportedly.extract.acts.content_names import find_names, find_place, place_in_article
from reportedly.extract.acts.contents import content_of, is_negated, main_verbs, tokens_of
from reportedly.extract.acts.participants import Voices, agent_token, known_actor, patient_of, place_of_thing, places_at, thing_token
from reportedly.extract.acts.states_of_things import answering, state_acts, thing_name, verb_lemma
from reportedly.extract.parse.parsed import Attribution, ParsedArticle, ParsedPassage
from reportedly.extract.parse.tokens import Token
from reportedly.extract.speakers.cast import cast_of
from reportedly.extract.speakers.senders import sender_before
from reportedly.language.acts import act_of, act_of_mover, is_act, is_empty_verb, is_extent, row_of_act
from reportedly.model import Act

__all__ = ["find_about", "find_acts", "find_names", "find_place"]

_BLAMED = frozenset({"nsubj", "nsubjpass", "dobj"})  # where a clause has whom it holds responsible for what a noun names
_SHORTEST = 3  # letters of the shortest verb that is taken as it stands


def find_acts(parsed: ParsedArticle, attribution: Attribution, speakers: Sequence[str]) -> tuple[Act, ...]:
    """The acts that an attribution's content speaks of.

    Args:
        parsed: the article.
        attribution: the attribution.
        speakers: canonical names of who speaks, for "it", "its" and "we".

    Returns:
        Acts of the table wherever they stand, any other main verb by its lemma, and what a main clause says a thing is ("was
        unsafe") by its adjective; in text order.
    """
    found: list[Act] = []
    told_by = () if attribution.form == "narration" else speakers  # "it" in an outlet's own voice is not the outlet
    cue = [token for _, tokens in tokens_of(parsed, attribution.cue) for token in tokens]
    for passage, tokens in content_of(parsed, attribution):
        voices = Voices(speakers=told_by, inside=tokens, cast=cast_of(parsed), start=passage.start, passage=attribution.passage)
        verbs = main_verbs(tokens)
        main = {v.i for v in verbs}
        here = [act for verb in verbs for act in state_acts(passage, verb, voices)]
        for token in tokens:
            if token.pos_ == "VERB" or (token.i in main and _is_participle(token)):
                here += _verb_acts(parsed, passage, token, voices, main=token.i in main)
            elif token.pos_ == "NOUN":
                act = _noun_act(parsed, passage, token, voices)
                here += [act] if act is not None else []
        found += sorted(here, key=lambda act: act.span)
    return tuple(answering(act, cue, speakers) for act in found)


def _verb_acts(parsed: ParsedArticle, passage: ParsedPassage, verb: Token, voices: Voices, *, main: bool) -> list[Act]:
    """The acts of a verb: one, or one for each sort of thing where it governs several ("sent weapons and troops")."""
    thing = thing_token(verb)
    things = [thing, *(c for c in thing.conjuncts if c.i > thing.i and c.pos_ == "NOUN")] if thing is not None else [None]
    found: dict[str, Act] = {}
    for one in things:
        act = _act_name(verb, one, agent_token(verb)) or (_lemma(verb) if main and _names_itself(verb) else None)
        if act is not None and act not in found:
            found[act] = _verb_act(parsed, passage, verb, one, voices, act)
    return list(found.values())


def _is_participle(token: Token) -> bool:
    """Whether a word is a passive participle that the tagger took for an adjective ("was mistaken for a target")."""
    return token.pos_ == "ADJ" and any(c.dep_ == "auxpass" for c in token.children)


def _names_itself(verb: Token) -> bool:
    """Whether a verb without a row of the table is taken by its lemma."""
    lemma = _lemma(verb)
    return not is_empty_verb(lemma) and verb.dep_ not in {"aux", "auxpass"} and lemma.isalpha() and len(verb.text) >= _SHORTEST


def _verb_act(parsed: ParsedArticle, passage: ParsedPassage, verb: Token, thing: Token | None, voices: Voices, act: str) -> Act:
    row, agent, inside = row_of_act(act), agent_token(verb), {t.i for t in voices.inside}
    mover = thing if thing is not None else agent
    doer = known_actor(agent, voices) if agent is not None else None
    if doer is None and row.own and mover is not None:
        doer = known_actor(mover, voices) or sender_before(parsed, mover, passage.start + verb.idx)
    patient = patient_of(verb, row, thing, voices)
    if patient is None and "object" in row.patient and thing is not None:
        patient = sender_before(parsed, thing, passage.start + verb.idx)
    if row.mishap and thing is None:
        doer, patient = None, patient or doer
    elif agent is not None and _befell(agent, verb):
        doer = None
    return Act(
        span=passage.span(verb.doc[verb.i : verb.i + 1]),
        act=act,
        agent=doer,
        patient=patient if patient != doer else None,
        counted=thing_name(mover),
        place=_where(parsed, verb, thing, territorial=row.territorial),
        negated=is_negated(verb) or governed_negated(verb, inside),
        reality=reality_of_verb(verb, inside),
        extent=_extent(verb, thing),
    )


def _befell(agent: Token, verb: Token) -> bool:
    """Whether the subject that a participle shares only suffered what the main clause tells: "the plane crashed, killing nine"."""
    above = verb.head
    return verb.dep_ == "advcl" and agent.head.i == above.i and row_of_act(act_of(_lemma(above), _lemma(agent))).mishap


def _act_name(verb: Token, thing: Token | None, agent: Token | None) -> str | None:
    """The row of the table that a verb names with what it acts on, else with what moves; None where it names none."""
    for words in (_lemma(thing), thing.lower_) if thing is not None else (None,):
        for form in _forms(verb):
            name = act_of(form, words)
            if is_act(name):
                return name
    if thing is None and agent is not None:
        return act_of_mover(_lemma(verb), _lemma(agent))
    return None


def _noun_act(parsed: ParsedArticle, passage: ParsedPassage, noun: Token, voices: Voices) -> Act | None:
    pair = f"{noun.doc[noun.i - 1].lower_} {noun.lemma_.casefold()}" if noun.i else ""
    act = next((a for form in (pair, _lemma(noun)) if is_act(a := act_of(form, pos="noun"))), None)
    if act is None or noun.dep_ == "compound":
        return None
    row, owner, thing = row_of_act(act), agent_token(noun), thing_token(noun)
    doer = known_actor(owner, voices) if owner is not None else None
    if doer is None and row.own and thing is not None:
        doer = known_actor(thing, voices)
    doer = doer or _adjective(noun, voices)
    if doer is None and row.own:
        doer = sender_before(parsed, thing, passage.start + noun.idx)
    patient = patient_of(noun, row, thing, voices)
    counted = owner if owner is not None and owner.pos_ == "NOUN" and row.own else thing
    return Act(
        span=passage.span(noun.doc[noun.i : noun.i + 1]),
        act=act,
        agent=None if row.mishap and not (owner is not None and owner.dep_ in _BLAMED) else doer,
        patient=patient if patient != doer else None,
        counted=thing_name(counted),
        place=_where(parsed, noun, thing, territorial=row.territorial),
        negated=any(c.lower_ in {"no", "neither"} for c in noun.children if c.dep_ == "det") or _not_responsible(noun, owner),
        reality=reality_of_noun(noun, {t.i for t in voices.inside}),
        extent=_extent(noun, thing),
    )


def _not_responsible(noun: Token, owner: Token | None) -> bool:
    """Whether what a noun names is said not to be somebody's doing: "the army was not behind the raid"."""
    above = owner.head if owner is not None and owner.dep_ in {"nsubj", "nsubjpass"} else None
    return above is not None and above.i != noun.i and is_negated(above)


def _adjective(noun: Token, voices: Voices) -> str | None:
    """The state or body named before an act's noun: "the Israeli strike", "a Hezbollah attack"."""
    before = [c for c in noun.children if c.dep_ in {"amod", "compound", "nmod"} and c.text[:1].isupper()]
    return next((name for c in before if (name := known_actor(c, voices))), None)


def _forms(verb: Token) -> list[str]:
    """The verb with its particle or preposition, longest first, then the verb alone."""
    lemma = _lemma(verb)
    after = [c.lower_ for c in verb.children if c.dep_ in {"prt", "prep", "advmod"} and 0 < c.i - verb.i <= 4]  # noqa: PLR2004 - close behind
    objects = [c.lemma_.casefold() for c in verb.children if c.dep_ == "dobj"]
    compounds = [c.lower_ for c in verb.children if c.dep_ in {"compound", "advmod"} and c.i == verb.i - 1]
    return [*(f"{lemma} {word}" for word in (*after, *objects)), *(f"{word} {lemma}" for word in compounds), lemma]


def _where(parsed: ParsedArticle, word: Token, thing: Token | None, *, territorial: bool) -> str | None:
    place = place_of_thing(thing, territorial=territorial) or next(places_at(word), None)
    return place_in_article(parsed, place) if place else None


def _extent(word: Token, thing: Token | None) -> str | None:
    near = [*word.children, *(thing.children if thing is not None else [])]
    return next((c.lower_ for c in near if is_extent(c.lower_) and c.dep_ in {"advmod", "amod", "predet", "det"}), None)


def _lemma(token: Token | None) -> str:
    return verb_lemma(token) if token is not None else ""
