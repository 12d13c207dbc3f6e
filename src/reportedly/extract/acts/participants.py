"""Who does an act and whom or where it concerns, read off the parse around the word that names it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportedly.extract.acts.contents import subject_of
from reportedly.extract.parse.tokens import Token
from reportedly.extract.speakers.body_anaphors import take_up_body
from reportedly.extract.speakers.cast import Cast
from reportedly.extract.speakers.mentions import phrase_of
from reportedly.language.acts import ActRow, is_blame, is_quantity_noun, is_swapped
from reportedly.language.gazetteer import country_of
from reportedly.language.naming.names import name_actor, principal_of
from reportedly.language.naming.states import leading_state, state_of
from reportedly.language.numerals.counted import class_of
from reportedly.language.places import is_known_place, is_place_preposition, name_place, opens_place
from reportedly.language.tables import load_table
from reportedly.model import ActorName

_FIRST = frozenset({"we", "our", "us", "i", "my"})
_BACK = frozenset({"it", "its", "they", "their", "them", "he", "his", "she", "her", "him"})
_PERSONAL = frozenset({"he", "his", "him", "she", "her"})
_PRONOUNS = _FIRST | _BACK
_DEEPEST = 5  # clauses between an infinitive and the subject it shares
_CONTROL = frozenset({"xcomp", "pcomp", "advcl", "conj", "prep", "acl"})
_OBJECT_CONTROL = frozenset({"of", "for", "from", "with", "into"})  # "accused them of sending": the object did it, not the subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """Who may be meant by a pronoun of a content.

    Attributes:
        speakers: canonical names of who speaks.
        inside: tokens of the content.
        cast: whom the article names; None where only the words themselves count.
        start: place of the paragraph's first character in the document.
        passage: place of the paragraph in the article.
    """

    speakers: Sequence[str]
    inside: Sequence[Token]
    cast: Cast | None = None
    start: int = 0
    passage: int = 0


def agent_token(word: Token) -> Token | None:
    """The noun phrase head that does the act a verb or a noun names; None where none is named."""
    if word.pos_ == "NOUN" or word.tag_ == "VBG":
        owner = next((c for c in word.children if c.dep_ == "poss"), None) or _possessor_before(word)
        if owner is not None or word.pos_ == "NOUN":
            by = next((p for c in word.children if c.lower_ == "by" for p in c.children if p.dep_ == "pobj"), None)
            return owner or by or _held_responsible(word)
    if _is_passive(word):
        return next((p for c in word.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"), None)
    own = _own_subject(word)
    return _antecedent(word, own) if own is not None and own.dep_ == "nsubj" else _controller(word)


def _own_subject(verb: Token) -> Token | None:
    """The subject of a verb or of the one it is coordinated with, not one that an infinitive shares with the verb above."""
    at = verb
    for _ in range(_DEEPEST):
        own = next((c for c in at.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if own is not None or at.dep_ != "conj":
            return own
        at = at.head
    return None


def _held_responsible(noun: Token) -> Token | None:
    """Who is said to have done what a noun names: "the army was behind the raid", "responsible for it", "blamed the army for it"."""
    if noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
        return _held_responsible(noun.head)
    if noun.dep_ != "pobj" or noun.head.lower_ not in {"for", "of", "behind"}:
        return None
    above = noun.head.head
    if above.lower_ == "responsible" and above.dep_ in {"acomp", "oprd"}:
        above = above.head
    elif noun.head.lower_ == "behind" and above.lemma_ != "be":
        return None
    elif noun.head.lower_ != "behind":
        return _blamed(above, noun) if is_blame(above.lemma_) else None
    return next((c for c in above.children if c.dep_ in {"nsubj", "nsubjpass"}), None)


def _blamed(verb: Token, noun: Token) -> Token | None:
    """Whom a verb of blaming blames: its object, or its subject in the passive."""
    where = "nsubjpass" if _is_passive(verb) else "dobj"
    return next((c for c in verb.children if c.dep_ == where and c.i < noun.i), None)


def _controller(verb: Token) -> Token | None:
    """The subject that an infinitive or a participle shares with a verb or noun above it: "troops deployed to fight"."""
    at = verb
    for _ in range(_DEEPEST):
        if at.dep_ not in _CONTROL:
            return None
        if at.dep_ == "acl":
            return at.head if at.tag_ == "VBG" or any(c.lower_ == "to" for c in at.children) else None
        of = at.dep_ == "pcomp" and at.head.lower_ in _OBJECT_CONTROL
        above = at.head.head if of else at.head
        controlled = next((c for c in above.children if c.dep_ == "dobj" and c.i < at.i and (of or at.dep_ == "xcomp")), None)
        if controlled is not None:
            return controlled
        at = above
        own = subject_of(at)
        if own is not None:
            return _antecedent(at, own)
    return None


def _possessor_before(word: Token) -> Token | None:
    """The owner whose "'s" stands right before a word, whatever the parse makes of it."""
    mark = word.doc[word.i - 1] if word.i > word.sent.start + 1 else None
    return word.doc[mark.i - 1] if mark is not None and mark.tag_ == "POS" else None


def thing_token(word: Token) -> Token | None:
    """The head of what is acted on: a verb's object, a passive's subject, a noun's "of" or the noun before it."""
    return _counted(_thing(word))


def _counted(token: Token | None) -> Token | None:
    """What is counted behind a noun of quantity: "a couple thousand of the troops" -> "troops"."""
    for _ in range(3):
        of = next((p for c in token.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"), None) if token else None
        if token is None or of is None or not (is_quantity_noun(token.lemma_) or token.pos_ == "NUM"):
            return token
        token = of
    return token


def _thing(word: Token) -> Token | None:
    if word.pos_ == "NOUN" or (word.tag_ == "VBG" and _possessor_before(word) is not None):
        compound = next((c for c in word.children if c.dep_ in {"compound", "nmod"} and c.pos_ == "NOUN"), None)
        of = next((p for c in word.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"), None)
        return of or compound
    if _is_passive(word):
        own = next((c for c in word.children if c.dep_ == "nsubjpass"), None)
        return own if own is not None else _reduced(word)
    given = next((p for c in word.children if c.lower_ == "with" for p in c.children if p.dep_ == "pobj"), None)
    if given is not None and is_swapped(word.lemma_):
        return given
    return next((c for c in word.children if c.dep_ == "dobj"), None) or _coordinated(word)


def _reduced(word: Token) -> Token | None:
    """The noun that a passive participle hangs on: "troops deployed to ..."."""
    return word.head if word.dep_ == "acl" and word.tag_ == "VBN" else subject_of(word)


def _coordinated(word: Token) -> Token | None:
    """The object that coordinated verbs share: "killed and injured dozens"."""
    later = [c for c in word.children if c.dep_ == "conj" and c.pos_ == "VERB" and c.i > word.i]
    return next((o for verb in later[:1] if verb.i - word.i <= 3 for o in verb.children if o.dep_ == "dobj"), None)  # noqa: PLR2004 - side by side


def actor_at(token: Token, voices: Voices) -> ActorName | None:
    """The actor that a noun phrase names or belongs to.

    "Pyongyang's soldiers" and "North Korean troops" are North Korea's; "its troops" are those of whom "its" takes up.
    """
    owner = next((c for c in token.children if c.dep_ == "poss"), None)
    pronoun = next((t for t in (token, owner) if t is not None and t.lower_ in _PRONOUNS), None)
    if pronoun is not None:
        return _taken_up(pronoun, voices)
    name = _named_at(token, voices)
    if name.kind in {"state", "body", "organisation", "outlet"} or (name.kind == "person" and name.name != phrase_of(token).text):
        return name
    if principal_of(name):
        return _by_name(str(principal_of(name)))
    taken = _taken_up_body(token, voices)
    owner = owner if owner is not None else _owner_behind(token)
    if taken is None and owner is not None:
        return actor_at(owner, voices)
    return taken or _adjectival(token) or (name if token.pos_ == "PROPN" or name.kind == "group" else None)


def _named_at(token: Token, voices: Voices) -> ActorName:
    """The actor by the words of a noun phrase, a short name under the full one that it takes up."""
    name = name_actor(phrase_of(token).text)
    if name.kind not in {"person", "other"} or token.pos_ != "PROPN" or voices.cast is None:
        return name
    mention = voices.cast.at(voices.start + token.idx)
    return name_actor(mention.actor) if mention is not None and mention.actor != mention.name.name else name


def _taken_up_body(token: Token, voices: Voices) -> ActorName | None:
    """The body or organisation that "the company" or "the ministry" takes up."""
    if voices.cast is None or token.pos_ != "NOUN" or not any(c.dep_ == "det" and c.lower_ == "the" for c in token.children):
        return None
    if any(c.dep_ in {"amod", "compound", "prep", "relcl", "nmod", "poss"} for c in token.children):
        return None
    referent = take_up_body(f"the {token.lemma_}", voices.start + token.idx, voices.passage, voices.cast)
    return referent.name if referent is not None and referent.name.kind != "state" else None


def _owner_behind(token: Token) -> Token | None:
    """Whose people they are, behind "of": "combatants of our forces"."""
    behind = (p for c in token.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj")
    return next((p for p in behind if p.pos_ == "PROPN" or any(c.dep_ == "poss" for c in p.children)), None)


def known_actor(token: Token, voices: Voices) -> str | None:
    """The canonical name of the state, body, person or organisation at a noun phrase; None for a mere thing or unnamed people."""
    name = actor_at(token, voices)
    if name is None or (name.kind == "group" and principal_of(name) is None):
        return None
    if name.kind == "other":  # a name the tables do not know is one where the article uses it more than once
        known = token.pos_ == "PROPN" and voices.cast is not None and voices.cast.uses.get(name.name, 0) > 1
        return name.name if known else None
    return name.name


def places_at(word: Token) -> Iterator[str]:
    """Canonical names of places in the phrases that a verb or noun governs, and in those of what it acts on, in text order."""
    heads = [word, *(c for c in word.children if c.dep_ in {"dobj", "nsubjpass", "attr"} or (c.dep_ == "prep" and c.i > word.i))]
    for head in heads:
        for prep in (c for c in (head, *head.children) if _is_link(c)):
            for noun in (c for c in prep.children if c.dep_ == "pobj"):
                place = _place(noun)
                if place:
                    yield place
    after = word.doc[word.i + 1] if word.i + 1 < word.sent.end else None
    if word.pos_ == "NOUN" and after is not None and after.head.i != word.i and is_place_preposition(after.lower_):
        yield from (p for noun in after.children if noun.dep_ == "pobj" and (p := _place(noun)))


def _is_link(token: Token) -> bool:
    """Whether a word stands before a place: a preposition, also one that the parse coordinates ("in Norland and in Sudland")."""
    link = token.dep_ in {"prep", "dative", "pcomp", "prt"} or (token.dep_ == "conj" and token.tag_ == "IN")
    return link and is_place_preposition(token.lower_)


def place_of_thing(thing: Token | None, *, territorial: bool = False) -> str | None:
    """The place that is itself acted on: "regain its Kursk region".

    Args:
        thing: the head of what is acted on.
        territorial: whether the act is one that places suffer, so that a name the tables do not know may be one ("captured Orikhiv").
    """
    if thing is None or (class_of(thing.lemma_) != "places" and thing.pos_ != "PROPN" and thing.lemma_ not in {"territory", "area"}):
        return None
    own = [t for t in phrase_of(thing) if t.dep_ != "poss" or t.pos_ == "PROPN"]
    words = "".join(t.whitespace_ if t.tag_ == "POS" or t.lower_ in _PRONOUNS else t.text_with_ws for t in own).strip()
    place = name_place(words)
    if place is None or thing.pos_ != "PROPN":
        return place
    known = territorial and name_actor(words).kind in {"state", "other", "body"}
    return place if known or is_known_place(words) else None


def patient_of(word: Token, row: ActRow, thing: Token | None, voices: Voices) -> str | None:
    """The opposed or receiving actor, by the places where the act's row looks for it."""
    for where in row.patient:
        for token in _at(word, where, thing):
            name = known_actor(token, voices)
            if name:
                return name
    held = _holder(thing) if thing is not None else None
    return known_actor(held, voices) if held is not None else None


def _at(word: Token, where: str, thing: Token | None) -> Iterable[Token]:
    if where == "object":
        return [thing] if thing is not None else []
    if where == "indirect":
        swapped = is_swapped(word.lemma_) and thing is not None and thing.head.lower_ == "with"
        return [c for c in word.children if c.dep_ == ("dobj" if swapped else "dative") and c.pos_ != "ADP"]
    near = [word, *([thing] if thing is not None else [])]
    preps = [c for head in near for c in head.children if c.dep_ in {"prep", "dative", "agent"} and c.lower_ == where]
    return [p for prep in preps for p in prep.children if p.dep_ in {"pobj", "pcomp"}]


def _holder(thing: Token) -> Token | None:
    """Who held what was taken: "territory held by Ukraine"."""
    for clause in (c for c in thing.children if c.dep_ == "acl" and c.tag_ == "VBN"):
        for agent in (c for c in clause.children if c.dep_ == "agent"):
            return next((p for p in agent.children if p.dep_ == "pobj"), None)
    return None


def _taken_up(pronoun: Token, voices: Voices) -> ActorName | None:
    """Whom a pronoun takes up: the nearest actor that is a subject before it in the content, else the speaker."""
    speaker = name_actor(voices.speakers[0]) if voices.speakers else None
    if pronoun.lower_ in _FIRST:
        return speaker
    personal = pronoun.lower_ in _PERSONAL
    for token in reversed([t for t in voices.inside if t.i < pronoun.i and t.doc is pronoun.doc]):
        opens = token.dep_ == "dobj" and token.head.i < voices.inside[0].i  # "urged the North to withdraw its troops"
        if (
            (opens or token.dep_ in {"nsubj", "nsubjpass", "poss"})
            and token.pos_ in {"PROPN", "NOUN"}
            and token.sent.start == pronoun.sent.start
        ):
            name = actor_at(token, Voices(speakers=voices.speakers, inside=()))
            if name is not None and (name.kind == "person") == personal and name.kind != "other":
                return name
    return speaker if speaker is not None and (speaker.kind == "person") == personal else None


def _adjectival(token: Token) -> ActorName | None:
    """The state in an adjective before a noun: "North Korean submarine technology"."""
    words = [t.text for t in phrase_of(token)]
    for place in range(min(3, len(words))):
        mention = leading_state(words[place:])
        if mention:
            return _by_name(mention.state)
    return None


def _by_name(name: str) -> ActorName:
    return name_actor(name) if state_of(name) else ActorName(name=name, kind="organisation", principal=name)


def _antecedent(verb: Token, subject: Token) -> Token:
    return verb.head if verb.dep_ == "relcl" and subject.tag_ in {"WP", "WDT"} else subject


def _is_passive(verb: Token) -> bool:
    if any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children):
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and verb.head.tag_ == "VBN" and not any(c.dep_ == "dobj" for c in verb.children):
        return _is_passive(verb.head)
    return verb.dep_ == "acl" and verb.tag_ == "VBN"


def _place(noun: Token) -> str | None:
    phrase = phrase_of(noun)
    if noun.pos_ != "PROPN" and not any(t.pos_ == "PROPN" or leading_state([t.text]) for t in phrase):
        return None
    text = phrase.text.rstrip("0123456789., ") if phrase[-1].like_num else phrase.text  # "and in Norland 56"
    name = name_actor(text)
    if name.kind == "person" and _is_told_place(noun, text):
        return name_place(text)
    if name.kind in {"person", "organisation", "outlet", "group"} and name_place(text) != state_of(text):
        return None
    if name.kind == "body" and name.name != name.principal:  # a ministry is no place; a region that governs itself is
        return None
    return name_place(text)


def _is_told_place(noun: Token, text: str) -> bool:
    """Whether a name that might be a person's stands where places stand and is one of a place: "in Port Sudan", "near El Obeid"."""
    named = name_place(text)
    within = noun.head.lower_ in load_table("places")["prepositions"]["within"]
    return within and named is not None and (country_of(named) is not None or opens_place(named))
