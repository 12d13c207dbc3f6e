"""The acts that a content speaks of, the actors and places it names, and what an anaphoric content takes up."""

import functools
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from reportedly.extract.cast import Cast, cast_of
from reportedly.extract.contents import content_of, is_negated, main_verbs, tokens_of
from reportedly.extract.parsed import Attribution, ParsedArticle, ParsedPassage
from reportedly.extract.participants import Voices, agent_token, known_actor, patient_of, place_of_thing, places_at, thing_token
from reportedly.language.acts import act_of, act_of_mover, is_act, is_empty_verb, is_extent, reality_after, row_of_act
from reportedly.language.counted import class_of, is_force
from reportedly.language.places import has_type, oblast_of
from reportedly.language.states import is_capital, needs_context
from reportedly.language.tables import load_table
from reportedly.model import Act, Reality

_MOST_WORDS = 6  # an anaphoric content is short: "the claim", "reports of his death"
_DEEPEST = 6  # verbs above an act that are looked at
_SHORTEST = 3  # letters of the shortest verb that is taken as it stands
_REACH = 3  # paragraphs back to what an anaphoric content takes up


def find_acts(parsed: ParsedArticle, attribution: Attribution, speakers: Sequence[str]) -> tuple[Act, ...]:
    """The acts that an attribution's content speaks of.

    Args:
        parsed: the article.
        attribution: the attribution.
        speakers: canonical names of who speaks, for "it", "its" and "we".

    Returns:
        Acts of the table wherever they stand, and any other main verb by its lemma; in text order.
    """
    found: list[Act] = []
    for passage, tokens in content_of(parsed, attribution):
        mentions = [m for m in _cast(parsed).mentions if m.span.start < attribution.content[-1].end]
        voices = Voices(speakers=speakers, inside=tokens, mentions=mentions, start=passage.start)
        main = {v.i for v in main_verbs(tokens)}
        for token in tokens:
            if token.pos_ == "VERB":
                found += _verb_acts(parsed, passage, token, voices, main=token.i in main)
            elif token.pos_ == "NOUN":
                act = _noun_act(parsed, passage, token, voices)
                found += [act] if act is not None else []
    return tuple(found)


def find_names(parsed: ParsedArticle, attribution: Attribution) -> tuple[str, ...]:
    """Canonical names of the actors and places that a content mentions, in text order, each once."""
    cast = _cast(parsed)
    found: list[str] = []
    for span in attribution.content:
        inside = [m for m in cast.mentions if m.span.overlaps(span) and span.start <= m.span.start + (m.head - m.span.start) < span.end]
        for mention in inside:
            if needs_context(mention.span.text) and mention.actor not in cast.states:
                continue
            capital = mention.name.kind == "state" and is_capital(mention.span.text) and not mention.subject
            known = mention.name.kind not in {"other", "group"} or mention.name.principal or mention.span.text[:1].isupper()
            found += [mention.actor] if known else []
            found += [str(mention.name.principal)] if mention.name.kind == "group" and mention.name.principal else []
            found += [mention.span.text] if capital else []
    for _, tokens in content_of(parsed, attribution):
        found += _places(parsed, tokens)
    return tuple(dict.fromkeys(found))


def find_place(parsed: ParsedArticle, attribution: Attribution) -> str | None:
    """Where what the content tells took place or went to; None where no words say."""
    for _, tokens in content_of(parsed, attribution):
        for verb in main_verbs(tokens):
            place = place_of_thing(thing_token(verb)) if is_act(act_of(_lemma(verb))) else None
            place = place or next(places_at(verb), None)
            if place:
                return _in_article(parsed, place)
        for passage in parsed.passages:
            place = next(iter(_places(parsed, [t for t in tokens if t.doc is passage.doc])), None)
            if place:
                return place
    return None


def find_about(parsed: ParsedArticle, attributions: Sequence[Attribution]) -> list[int | None]:
    """For each attribution, which other one its content takes up ("denied the claim", "rejected the accusation").

    Args:
        parsed: the article.
        attributions: its attributions in text order.

    Returns:
        For each the place of the nearest earlier attribution with another source, else the nearest later one of its paragraph
        whose content is no anaphor itself; None where the content speaks for itself.
    """
    return [_about(parsed, attributions, number) for number in range(len(attributions))]


def _about(parsed: ParsedArticle, attributions: Sequence[Attribution], number: int) -> int | None:
    one = attributions[number]
    if one.form == "narration" or not _is_anaphor(parsed, one):
        return None
    for other in range(number - 1, -1, -1):
        earlier = attributions[other]
        if one.passage - earlier.passage > _REACH:
            break
        if _is_anaphor(parsed, earlier) or not earlier.cue or _same_source(one, earlier):
            continue
        return other
    return None


def _same_source(one: Attribution, other: Attribution) -> bool:
    return bool(one.source) and bool(other.source) and one.source[0].text.casefold() == other.source[0].text.casefold()


def _is_anaphor(parsed: ParsedArticle, attribution: Attribution) -> bool:
    tokens = [t for _, piece in tokens_of(parsed, attribution.content) for t in piece if not t.is_punct]
    if not tokens or len(tokens) > _MOST_WORDS:
        return False
    table = load_table("anaphors")["contents"]
    words = [t.lower_ for t in tokens]
    if words == [words[0]] and words[0] in table["pronouns"]:
        return True
    head = next((t for t in tokens if t.lemma_.casefold() in table["nouns"]), None)
    return head is not None and words[0] in table["determiners"] and not any(t.dep_ in {"acl", "relcl", "ccomp"} for t in tokens)


def _verb_acts(parsed: ParsedArticle, passage: ParsedPassage, verb: Token, voices: Voices, *, main: bool) -> list[Act]:
    """The acts of a verb: one, or one for each sort of thing where it governs several ("sent weapons and troops")."""
    thing = thing_token(verb)
    things = [thing, *(c for c in thing.conjuncts if c.i > thing.i and c.pos_ == "NOUN")] if thing is not None else [None]
    found: dict[str, Act] = {}
    for one in things:
        act = _verb_act(parsed, passage, verb, one, voices, main=main)
        if act is not None:
            found.setdefault(act.act, act)
    return list(found.values())


def _verb_act(parsed: ParsedArticle, passage: ParsedPassage, verb: Token, thing: Token | None, voices: Voices, *, main: bool) -> Act | None:
    agent = agent_token(verb)
    mover = thing if thing is not None else agent
    act = _act_name(verb, thing, agent)
    if act is None:
        if (
            not main
            or is_empty_verb(_lemma(verb))
            or verb.dep_ in {"aux", "auxpass"}
            or not _lemma(verb).isalpha()
            or len(verb) < _SHORTEST
        ):
            return None
        act = _lemma(verb)
    row = row_of_act(act)
    doer = known_actor(agent, voices) if agent is not None else None
    if doer is None and row.own and mover is not None:
        doer = known_actor(mover, voices) or _told_before(parsed, mover, passage.start + verb.idx)
    patient = patient_of(verb, row, thing, voices)
    if patient is None and "object" in row.patient and thing is not None:
        patient = _told_before(parsed, thing, passage.start + verb.idx)
    return Act(
        span=passage.span(verb.doc[verb.i : verb.i + 1]),
        act=act,
        agent=doer,
        patient=patient if patient != doer else None,
        counted=_lemma(mover) if mover is not None and mover.pos_ == "NOUN" else None,
        place=_where(parsed, verb, thing),
        negated=is_negated(verb) or _governed_negated(verb, {t.i for t in voices.inside}),
        reality=_reality(verb, {t.i for t in voices.inside}),
        extent=_extent(verb, thing),
    )


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
    row = row_of_act(act)
    owner, thing = agent_token(noun), thing_token(noun)
    doer = known_actor(owner, voices) if owner is not None else None
    if doer is None and row.own and thing is not None:
        doer = known_actor(thing, voices)
    doer = doer or _adjective(noun, voices)
    if doer is None and row.own:
        doer = _told_before(parsed, thing, passage.start + noun.idx)
    patient = patient_of(noun, row, thing, voices)
    counted = owner if owner is not None and owner.pos_ == "NOUN" and row.own else thing
    return Act(
        span=passage.span(noun.doc[noun.i : noun.i + 1]),
        act=act,
        agent=doer,
        patient=patient if patient != doer else None,
        counted=_lemma(counted) if counted is not None and counted.pos_ == "NOUN" else None,
        place=_where(parsed, noun, thing),
        negated=any(c.lower_ in {"no", "neither"} for c in noun.children if c.dep_ == "det"),
        reality=_noun_reality(noun, {t.i for t in voices.inside}),
        extent=_extent(noun, thing),
    )


def _told_before(parsed: ParsedArticle, thing: Token | None, place: int) -> str | None:
    """Whose "the soldiers" or "the deployment" are: who sent some by the article's own words before.

    Args:
        parsed: the article.
        thing: the head of what is acted on; None for a nominalisation that names nothing.
        place: where the act's word stands in the document.
    """
    if thing is not None and (
        not is_force(class_of(thing.lemma_)) or any(c.dep_ == "poss" or c.lower_ in {"a", "an", "no"} for c in thing.children)
    ):
        return None
    return next((agent for start, agent in reversed(_senders(parsed)) if start < place), None)


@functools.lru_cache(maxsize=2)
def _senders(parsed: ParsedArticle) -> tuple[tuple[int, str], ...]:
    """Who, by an article's words, sent forces: place and actor, in text order; what only a pronoun says is left out."""
    found = []
    nobody = Voices(speakers=(), inside=())
    for passage in parsed.passages:
        for verb in (t for t in passage.doc if t.pos_ == "VERB"):
            thing, agent = thing_token(verb), agent_token(verb)
            mover = thing if thing is not None else agent
            if mover is None or not is_force(class_of(mover.lemma_)) or not row_of_act(_act_name(verb, thing, agent) or "").own:
                continue
            doer = (known_actor(agent, nobody) if agent is not None else None) or known_actor(mover, nobody)
            found += [(passage.start + verb.idx, doer)] if doer else []
    return tuple(found)


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


def _where(parsed: ParsedArticle, word: Token, thing: Token | None) -> str | None:
    place = place_of_thing(thing) or next(places_at(word), None)
    return _in_article(parsed, place) if place else None


def _in_article(parsed: ParsedArticle, place: str) -> str:
    """A bare "Kursk" is the oblast where the article calls it a region."""
    oblast = oblast_of(place)
    return oblast if oblast and any(has_type(p.doc.text, place) for p in parsed.passages) else place


def _reality(word: Token, inside: set[int]) -> Reality:
    """What the modals and the verbs above an act make of it; only words of the content count."""
    at = word
    for _ in range(_DEEPEST):
        found = _own_reality(at)
        if found is None and at.head.i != at.i and at.head.i in inside:
            found = _governed_reality(at)
        if found is not None:
            return found
        if at.head.i == at.i or at.head.i not in inside:
            break
        at = at.head
    return "actual"


def _own_reality(verb: Token) -> Reality | None:
    """What a verb's own modal, "if" or "likely to" makes of it."""
    modal = next((r for c in verb.children if c.dep_ == "aux" and c.tag_ == "MD" and (r := reality_after(c.lower_))), None)
    if modal and not any(c.lower_ == "have" for c in verb.children):
        return modal
    conditional = any(c.dep_ == "mark" and c.lower_ in {"if", "unless"} for c in verb.children)
    likely = any(c.lower_ == "likely" and c.dep_ in {"acomp", "advmod"} for c in verb.children) and _has_infinitive(verb)
    return "expected" if conditional or likely else None


def _governed_reality(verb: Token) -> Reality | None:
    """What the verb above makes of an infinitive or a clause: "tried to", "plans to", "sent to support"."""
    infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    clause = verb.dep_ in {"xcomp", "ccomp"}
    above = reality_after(_lemma(verb.head)) if infinitive or clause or verb.tag_ == "VBG" else None
    if above is not None and above != "actual":
        return above
    purpose = verb.dep_ in {"advcl", "acl", "relcl"} or (verb.dep_ == "xcomp" and above is None)
    return "planned" if infinitive and purpose else None


def _has_infinitive(verb: Token) -> bool:
    return any(t.lower_ == "to" and t.tag_ == "TO" for t in verb.subtree)


def _noun_reality(noun: Token, inside: set[int]) -> Reality:
    marked = next((r for c in noun.children if c.dep_ in {"amod", "compound"} and (r := reality_after(c.lower_))), None)
    if marked:
        return marked
    above = reality_after(_lemma(noun.head)) if noun.dep_ in {"dobj", "pobj"} and noun.head.i in inside else None
    return above if above in {"attempted", "planned"} and noun.head.pos_ == "VERB" else "actual"


def _governed_negated(verb: Token, inside: set[int]) -> bool:
    """Whether the act hangs on a denied verb or noun: "did not send", "no evidence that it sent", "never agreed to deploy"."""
    at = verb
    while at.dep_ in {"xcomp", "ccomp", "pcomp"} and at.head.i in inside and at.head.i != at.i:
        at = at.head
        if is_negated(at) and at.pos_ in {"VERB", "AUX"}:
            return True
    return False


def _extent(word: Token, thing: Token | None) -> str | None:
    near = [*word.children, *(thing.children if thing is not None else [])]
    return next((c.lower_ for c in near if is_extent(c.lower_) and c.dep_ in {"advmod", "amod", "predet", "det"}), None)


def _places(parsed: ParsedArticle, tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.dep_ == "prep":
            for place in places_at(token):
                yield _in_article(parsed, place)
        elif token.pos_ == "NOUN" and token.dep_ in {"dobj", "nsubj", "nsubjpass", "pobj"}:
            taken = place_of_thing(token)
            if taken:
                yield _in_article(parsed, taken)


def _lemma(token: Token | None) -> str:
    return token.lemma_.casefold() if token is not None else ""


@functools.lru_cache(maxsize=2)
def _cast(parsed: ParsedArticle) -> Cast:
    return cast_of(parsed)
