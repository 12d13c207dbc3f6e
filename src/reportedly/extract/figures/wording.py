"""What the words beside a phrase can measure, given what it counts."""

import functools

from reportedly.extract.figures.holding import is_passive
from reportedly.extract.figures.phrases import Phrase
from reportedly.extract.parse.tokens import Token
from reportedly.language.numerals.counted import class_of, is_human
from reportedly.language.numerals.measures import Role, counts, measures_of, row
from reportedly.language.tables import load_table

_WHOLE = 12
"""How many tokens behind the whole its comma may stand."""

_THAN = 10
"""How many tokens behind a comparative its "than" may stand."""


def fitting_verb(phrase: Phrase, verb: Token, role: Role) -> list[str]:
    """The fitting measures of a verb, with its particle where it has one."""
    lemma = verb.lemma_.lower()
    if role == "object_verbs" and deadly(verb):
        return ["killed"] if allowed("killed", phrase) else []
    particles = [c.lower_ for c in verb.children if c.dep_ == "prt"]
    if role == "object_verbs" and struck(verb) and not _brought_down(phrase, verb):
        return ["killed"] if allowed("killed", phrase) else []
    if verb.i + 1 < len(verb.doc) and verb.doc[verb.i + 1].tag_ in {"RP", "IN", "RB", "JJ"}:
        particles.append(verb.doc[verb.i + 1].lower_)
    joined = [name for particle in particles for name in fitting(phrase, role, f"{lemma} {particle}")]
    if set(joined) == {"destroyed"} and is_human(class_of(counted_words(phrase))):
        return ["killed"]  # "shot down two officers"
    return joined or [m for m in fitting(phrase, role, lemma) if not _stops(m, verb)]


def _stops(measure: str, verb: Token) -> bool:
    """Whether a word behind a verb or its object gives it another meaning: `fired at the trooper`, `pulled three people over`."""
    lemma, following = verb.lemma_.lower(), verb.nbor().lower_ if verb.i + 1 < len(verb.doc) else ""
    keys = ["not_before"] if verb.tag_ == "VBN" else ["not_before", "active_not_before"]
    around = row(measure).get("not_around", {}).get(lemma, ())
    if any(c.lower_ in around and c.dep_ in {"prt", "advmod"} for c in verb.children):
        return True
    return any(following in row(measure).get(key, {}).get(lemma, ()) for key in keys)


def _brought_down(phrase: Phrase, verb: Token) -> bool:
    """Whether what a verb shoots at is no person: `shot down 11 of 13 drones`, `shot down two jets`."""
    following = verb.nbor(1).lower_ if verb.i + 1 < len(verb.doc) else ""
    return bool(measures_of("object_verbs", f"{verb.lemma_.lower()} {following}")) and not is_human(class_of(counted_words(phrase)))


def fitting(phrase: Phrase, role: Role, words: str, *, own: bool = False) -> list[str]:
    """The measures of a word that can count these things; a noun that names its own measure counts itself."""
    names = [m for m in measures_of(role, words) if _near(m, words, phrase)]
    if not names:
        return names
    names = [m for m in names if (own and phrase.quantity.unit is None) or allowed(m, phrase, role)]
    counted = counted_words(phrase)
    if counted is None or class_of(counted) is not None:
        return names
    return [m for m in names if words not in row(m).get("strict", ())]


def _near(measure: str, words: str, phrase: Phrase) -> bool:
    """Whether the sentence speaks of what a verb of many meanings needs beside it: "raised $3 million" is no cost by itself."""
    section = row(measure)
    if words in section.get("of_cases", ()):
        return is_case(phrase)
    if words not in section.get("only_near", ()):
        return True
    near = {*section["with_nouns"], *section["gauges"]}
    return any(t.lemma_.lower() in near or t.lower_ in near for t in phrase.number.sent)


def is_compared(phrase: Phrase) -> bool:
    """Whether the number is a difference: `21 more than the ship may carry`, `12 more people died than in May`."""
    rows = _comparatives()
    inside = [t for t in phrase.doc[phrase.number.i + 1 : phrase.last.i + 2] if t.idx >= phrase.quantity.end and t.lower_ in rows]
    if not inside:
        return False
    place = inside[0].i + 1
    for token in phrase.doc[place : place + _THAN]:
        if token.lower_ == "than":
            return True
        if token.is_sent_start or token.is_punct or token.tag_ in {"JJR", "RBR"} or token.lower_ in {"rather", "other"}:
            return False
    return False


def allowed(measure: str, phrase: Phrase, role: Role | None = None) -> bool:
    """Whether a measure can count what the phrase counts."""
    return counts(measure, counted_words(phrase), phrase.quantity.unit, role=role)


def counted_words(phrase: Phrase) -> str | None:
    """The counted noun with the nouns before it ("rescue workers"), in lower case; None where nothing says."""
    noun = phrase.noun
    if noun is None or noun.tag_ in {"PRP", "WP", "DT"}:
        return None
    first = noun.i
    while first > phrase.number.i + 1 and noun.doc[first - 1].tag_ in {"NN", "NNS", "HYPH"} and noun.i - first < 2:  # noqa: PLR2004 - class phrases have three words
        first -= 1
    while first < noun.i and (
        noun.doc[first].tag_ == "HYPH" or noun.doc[first].idx < phrase.quantity.number_end or _is_joined(noun.doc[first])
    ):
        first += 1
    return str(noun.doc[first : noun.i + 1].text).lower()


def _is_joined(token: Token) -> bool:
    """Whether a word hangs by a hyphen on what stands before it: "speed" in "five high-speed trains"."""
    return token.i > 0 and token.nbor(-1).tag_ == "HYPH"


def is_case(phrase: Phrase) -> bool:
    """Whether `cases` are those of a disease, by the words beside them or by a disease named in their paragraph."""
    rows = row("infected")
    if phrase.noun is not None and phrase.noun.nbor(-1).lower_ in rows["not_cases"]:
        return False
    near = {t.lower_ for t in phrase.doc[max(0, phrase.first.i - 3) : phrase.last.i + 6]}
    return not near.isdisjoint(rows["case_near"]) or any(t.lower_ in rows["case_story"] for t in phrase.doc)


def is_whole(phrase: Phrase) -> bool:
    """`12 of the 40 were killed`: the 40 are no killed."""
    place = phrase.first.i - 1
    if place >= 0 and _opens_with_whole(phrase, place):
        return True
    if place > 0 and phrase.doc[place].lower_ in {"the", "these", "those", "all", "some", "its", "their"}:
        place -= 1
    return place > 0 and phrase.doc[place].lower_ == "of" and phrase.doc[place - 1].pos_ == "NUM"


def _opens_with_whole(phrase: Phrase, place: int) -> bool:
    """`Of the 223 aboard, 190 were rescued`: the 223 are only the whole."""
    doc = phrase.doc
    if doc[place].lower_ in {"the", "these", "those", "all", "some", "its", "their", "about"} and place:
        place -= 1
    opens = doc[place].lower_ == "of" and (doc[place].is_sent_start or (place > 0 and doc[place - 1].text in {",", ";", "“", '"'}))
    behind = doc[phrase.last.i + 1 : phrase.last.i + _WHOLE]
    comma = next((t.i for t in behind if t.text == ","), None)
    return bool(opens) and comma is not None and comma + 1 < len(doc) and doc[comma + 1].tag_ in {"CD", "RB", "IN", "JJR", "JJ", "DT", "NN"}


def struck(verb: Token) -> bool:
    """Whether a verb says that somebody was hit by a bullet, and no more: `was shot`, `hit by gunfire`, `hitting her in the leg`."""
    rows, lemma = row("killed"), verb.lemma_.lower()
    if lemma in rows["struck_verbs"]:
        following = verb.nbor().lower_ if verb.i + 1 < len(verb.doc) else ""
        return not any(c.dep_ == "prt" for c in verb.children) and (is_passive(verb) or following not in rows["not_struck"])
    if lemma not in rows["struck_by_verbs"]:
        return False
    by = [g.lower_ for c in verb.children if c.dep_ in {"agent", "prep"} and c.lower_ in {"by", "with"} for g in c.children]
    by += [c.lower_ for c in verb.children if c.dep_ == "nsubj"]
    return any(word in rows["struck_by"] for word in by) or struck_part(verb, "struck_in")


def struck_part(verb: Token, parts: str = "struck_limbs") -> bool:
    """Whether somebody was hit where it seldom kills (`shot in the leg`), or in any part of the body."""
    rows = row("killed")
    places = (g for c in verb.children if c.dep_ == "prep" and c.lower_ in {"in", "on"} for g in c.children if g.dep_ == "pobj")
    return any(place.lower_ in rows[parts] or any(c.lower_ in rows[parts] for c in place.conjuncts) for place in places)


def deadly(verb: Token) -> bool:
    """`fatally shot`, `shot dead`, `stabbed to death`."""
    rows = row("killed")
    if verb.lemma_.lower() not in rows["fatal_verbs"]:
        return False
    before = {t.lower_ for t in verb.doc[max(0, verb.i - 1) : verb.i]}
    behind = verb.doc[verb.i + 1 : verb.i + 3].text.lower()
    return bool(before & set(rows["fatal_adverbs"])) or behind.startswith(tuple(rows["fatal_endings"]))


def outlived_not(verb: Token) -> bool:
    """`did not survive`, `didn't make it`: dead."""
    rows, lemma = row("killed"), verb.lemma_.lower()
    if not any(c.dep_ == "neg" for c in verb.children) or any(c.lower_ in rows["not_survived"] for c in verb.children if c.dep_ != "aux"):
        return False
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    if lemma in rows["denied_verbs"]:
        return all(c.lemma_.lower() in rows["survived"] for c in objects)
    joined = any(f"{lemma} {c.lower_}" in rows["denied_verbs"] for c in objects)
    return joined and any(t.lower_ in _fates() for t in verb.doc)


def deadly_noun(noun: Token) -> bool:
    """`the fatal shooting of a teenager`, `the shooting death of a man`."""
    return any(c.lower_ in row("killed")["fatal_adjectives"] for c in noun.children)


@functools.cache
def _fates() -> frozenset[str]:
    """Words beside which "did not make it" kills."""
    return frozenset(
        {*row("killed")["death_words"], *row("killed")["headline_hits"], *row("killed")["headline_deaths"], *row("injured")["adjectives"]}
    )


@functools.cache
def _comparatives() -> frozenset[str]:
    return frozenset(load_table("shares")["additional"]["comparatives"])
