"""What a quantity measures, read from the verb, the noun and the construction around it."""

import functools
from collections.abc import Mapping
from dataclasses import replace

from reportedly.extract.figures.bodies import read_bodies
from reportedly.extract.figures.composites import Reading, read_trigger
from reportedly.extract.figures.headline_ages import read_headline_age
from reportedly.extract.figures.holding import SUBJECTS, Hold, has_object, holds, is_passive, premodifies, with_compound
from reportedly.extract.figures.memberships import read_membership, read_set_size, whole_word
from reportedly.extract.figures.phrases import Phrase
from reportedly.extract.figures.wording import (
    allowed,
    counted_words,
    fitting,
    fitting_verb,
    is_case,
    is_compared,
    is_whole,
    outlived_not,
)
from reportedly.extract.parse.tokens import Token
from reportedly.language.numerals.counted import class_of, is_force, is_human
from reportedly.language.numerals.measures import (
    composite,
    counts,
    is_money,
    located_measure,
    measures_of,
    phrase_measure,
    row,
    sheltering_measure,
)
from reportedly.language.tables import load_table

_AUXILIARIES = frozenset({"be", "get"})
_CLIMBS = 4


def read_measure(phrase: Phrase) -> Reading:
    """The measure of a quantity.

    What stands closest decides: the counted noun itself ("12 deaths"), then the words right behind ("12 people were killed",
    "77 people dead"), then the verb or the gauge the phrase hangs on, then the verb right before, then an adjective inside it.

    Args:
        phrase: the quantity with its noun.

    Returns:
        The reading; measure `other` with the governing verb where no row of the table fits.
    """
    if phrase.attached and is_money(phrase.quantity.unit):
        return _by_modifier(phrase) or Reading(measure="other", trigger=None, verb=_verb_of(phrase), way="none")
    if is_whole(phrase) and (word := whole_word(phrase)) is not None:
        return read_trigger(phrase, word[1], word[0], way="member")
    if phrase.attached or phrase.quantity.ratio or is_whole(phrase) or is_compared(phrase) or _is_rated(phrase):
        return Reading(measure="other", trigger=None, verb=_verb_of(phrase), way="none")
    person = phrase.head is not None and bool({phrase.head.lemma_.lower(), phrase.head.lower_} & _words("persons"))
    tests = (
        read_headline_age,
        read_bodies,
        _none_yet if person else _by_noun,
        _by_words_behind,
        _by_relative,
        _by_hold,
        read_membership,
        read_set_size,
        _by_crowd,
        _by_word_before,
        _by_place,
        _by_modifier,
        _by_conjunct,
        _by_noun,
        _by_victims,
    )
    for test in tests:
        reading = test(phrase)
        if reading is not None and reading.measure != "other":
            return reading
    return Reading(measure="other", trigger=None, verb=_verb_of(phrase), way="none")


def _is_rated(phrase: Phrase) -> bool:
    """`a day for every 10 hostages freed`: a rate, and no count of anybody."""
    before = [t.lower_ for t in phrase.doc[max(0, phrase.first.i - 2) : phrase.first.i]]
    return before[-1:] == ["every"] or before == ["for", "each"]


def _none_yet(_phrase: Phrase) -> None:
    """What people are is read after what befell them."""


def _by_noun(phrase: Phrase) -> Reading | None:
    head = phrase.head or _plural_whole(phrase)
    if head is None:
        return None
    for role in ("nouns", "case_nouns"):
        names = fitting(phrase, role, head.lemma_.lower(), own=True) or fitting(phrase, role, head.lower_, own=True)
        if names and (role == "nouns" or is_case(phrase)):
            return read_trigger(phrase, names[0], head, way="noun")
    for hold in holds(phrase):
        measure = phrase_measure(hold.word.lemma_.lower(), head.lemma_.lower())
        if measure and hold.way != "complement" and not row(measure).get("counts_bearers"):
            return Reading(measure=measure, trigger=hold.word, verb=hold.word.lemma_.lower(), way="object")
    return None


def _plural_whole(phrase: Phrase) -> Token | None:
    """`9,100 of the cases`: what the members of a whole are; None where the number counts no part of several."""
    return phrase.whole if phrase.whole is not None and phrase.whole.tag_ == "NNS" and phrase.quantity.unit is None else None


def _by_words_behind(phrase: Phrase) -> Reading | None:
    """The word behind, with auxiliaries and fillers left out: `were feared dead`, `have been killed`, `missing`."""
    passive = active = False
    stop = min(len(phrase.doc), phrase.last.i + 9)
    for token in phrase.doc[_behind_age(phrase) : stop]:
        if token.is_sent_start or token.is_punct:
            break
        if token.lemma_ in _AUXILIARIES and token.tag_[0] in "VM":
            passive = True
            continue
        adjective = fitting(phrase, "adjectives", token.lower_)
        if adjective and not active and not premodifies(token):
            return read_trigger(phrase, adjective[0], token, way="adjective")
        if token.lower_ == "to":
            passive = False  # "are known to have died": the passive is the knowing's
        if token.lower_ in _words("fillers") or token.tag_ in {"RB", "MD", "RBR"} or token.dep_ in {"aux", "auxpass", "neg"}:
            active = active or (token.lemma_ == "have" and token.tag_ != "VBN")
            continue
        if token.tag_[0] != "V":
            break
        return _behind_verb(phrase, token, passive=passive)
    return None


def _behind_age(phrase: Phrase) -> int:
    """Where the words behind a phrase begin, those of an age left out: `a girl, 7, wounded`."""
    place, doc = phrase.last.i + 1, phrase.doc
    if phrase.person is None or place + 2 >= len(doc) or doc[place].text != "," or doc[place + 2].text != ",":
        return place
    return place + 3 if doc[place + 1].text.isdecimal() else place


def _behind_verb(phrase: Phrase, token: Token, *, passive: bool) -> Reading | None:
    """What a verb right behind says: passive voice and bare participles count what they are done to."""
    participle = token.tag_ == "VBN" or (token.tag_ == "VBD" and not has_object(token))
    if participle and (passive or not has_object(token)):
        names = fitting_verb(phrase, token, "object_verbs")
        if names:
            return read_trigger(phrase, names[0], token, way="object")
    if passive and token.tag_ == "VBN":
        return None
    return _by_doing(phrase, token) or _located(phrase, token)


def _by_doing(phrase: Phrase, verb: Token) -> Reading | None:
    """What counts who does it: `12 people died`, `12 people lost their lives`."""
    names = fitting_verb(phrase, verb, "subject_verbs")
    if names:
        return read_trigger(phrase, names[0], verb, way="subject")
    lemma = verb.lemma_.lower()
    if outlived_not(verb) and allowed("killed", phrase):
        return Reading(measure="killed", trigger=verb, verb=lemma, way="subject")
    for child in verb.children:
        measure = phrase_measure(lemma, child.lemma_.lower()) if child.dep_ == "dobj" else None
        doers = measure is not None and (lemma in row(measure).get("phrase_subjects", ()) or _own(child))
        if measure and doers and allowed(measure, phrase):
            forces = is_force(class_of(counted_words(phrase)))
            return Reading(measure=row(measure).get("of_forces", measure) if forces else measure, trigger=verb, verb=lemma, way="subject")
    return None


def _own(noun: Token) -> bool:
    """`took her own life`."""
    return any(c.lower_ == "own" for c in noun.children)


def _by_relative(phrase: Phrase) -> Reading | None:
    """`people who died`, `soldiers killed in action`."""
    for child in phrase.top.children:
        if child.dep_ not in {"relcl", "acl"} or child.i <= phrase.top.i:
            continue
        subject = next((c for c in child.children if c.dep_ in SUBJECTS), None)
        if subject is not None and subject.tag_ not in {"WP", "WDT"}:
            continue  # "26 people, five of whom were admitted"
        if child.tag_ == "VBN" or is_passive(child):
            names = fitting_verb(phrase, child, "object_verbs")
            if names:
                return read_trigger(phrase, names[0], child, way="object")
        reading = _by_doing(phrase, child) or _by_state(phrase, child)
        if reading is not None:
            return reading
    return None


def _by_hold(phrase: Phrase) -> Reading | None:
    for hold in holds(phrase):
        reading = (
            _by_object(phrase, hold)
            if hold.way == "object"
            else _by_subject(phrase, hold)
            if hold.way == "subject"
            else _by_complement(phrase, hold)
        )
        if reading is not None:
            return reading
    return None


def _by_object(phrase: Phrase, hold: Hold) -> Reading | None:
    gauged = phrase.head is None and any(measures_of("gauges", c.lower_) for c in hold.word.children if c.dep_ in SUBJECTS)
    names = [] if gauged else fitting_verb(phrase, hold.word, "object_verbs")  # "arrests hit 6,000"
    if names:
        return read_trigger(phrase, names[0], hold.word, way="object")
    return _by_state(phrase, hold.word) or _gauge(phrase, hold.word) or _located(phrase, hold.word)


def _by_state(phrase: Phrase, verb: Token) -> Reading | None:
    """What a verb finds or declares somebody to be: `pronounced the driver dead`."""
    for child in verb.children:
        if child.dep_ in {"acomp", "attr", "oprd", "xcomp", "advcl", "ccomp"} and child.i > phrase.last.i:
            names = fitting(phrase, "adjectives", child.lower_)
            if names and not any(c.dep_ in {"nsubj", "nsubjpass"} and c != phrase.top for c in child.children):
                return read_trigger(phrase, names[0], child, way="adjective")
    return None


def _by_subject(phrase: Phrase, hold: Hold) -> Reading | None:
    word = hold.word
    for child in word.children:
        if child.dep_ in {"acomp", "attr", "oprd", "xcomp", "advcl"} and child.i > phrase.last.i:
            names = fitting(phrase, "adjectives", child.lower_)
            if names and word.lemma_ in _words("states"):
                return read_trigger(phrase, names[0], child, way="adjective")
    return _by_doing(phrase, word) or _located(phrase, word)


def _by_place(phrase: Phrase) -> Reading | None:
    """`90,000 herders in need`, wherever the parser hangs the preposition."""
    behind = phrase.doc[phrase.last.i + 1 : phrase.last.i + 3]
    measure = located_measure("be", behind[1].lower_) if len(behind) == 2 and behind[0].lower_ == "in" else None  # noqa: PLR2004 - two words
    if measure and allowed(measure, phrase):
        return Reading(measure=measure, trigger=behind[1], verb=None, way="place")
    return _located(phrase, phrase.top)


def _located(phrase: Phrase, word: Token) -> Reading | None:
    """`living in shelters`, `taken to hospital`, `in need of aid`; injuries told of beside the hospital say more than it does."""
    preps = [c for c in (*word.children, *phrase.top.children) if c.dep_ == "prep" and c.i > phrase.first.i and c.lower_ != "of"]
    preps += [g for c in preps for n in c.children for g in n.children if g.dep_ == "prep" and g.lower_ in {"with", "for"}]
    found: list[str] = []
    for prep in preps:
        verb = "be" if prep.head == phrase.top else word.lemma_.lower()
        for child in prep.children:
            link = prep.lower_
            measure = located_measure(verb, child.lower_, link) or located_measure(verb, child.lemma_.lower(), link)
            if (child.dep_ == "pobj" or child.i == prep.i + 1) and measure and allowed(measure, phrase):
                found.append(measure)
    if not found:
        return None
    verb_of = word.lemma_.lower() if word.pos_ in {"VERB", "AUX"} else None
    return Reading(measure="injured" if "injured" in found else found[0], trigger=word, verb=verb_of, way="place")


def _by_complement(phrase: Phrase, hold: Hold) -> Reading | None:
    word, lemma = hold.word, hold.word.lemma_.lower()
    gauge = None if hold.link in load_table("constructions")["numbers"]["no_values_behind"] else _gauge(phrase, word)
    if gauge is not None:
        return gauge
    if hold.link == "of":
        names = fitting(phrase, "actions", with_compound(word)) or fitting(phrase, "actions", lemma)
        if names:
            return read_trigger(phrase, names[0], word, way="noun")
    joined = fitting(phrase, "object_verbs", f"{lemma} {hold.link}") if hold.link else []
    if joined:
        return read_trigger(phrase, joined[0], word, way="object")
    if hold.link == "for":
        places = [word, *(c for c in word.children if c.dep_ == "dobj")]
        measure = next((m for place in places if (m := sheltering_measure(place.lower_))), None)
        if measure and allowed(measure, phrase):
            return Reading(measure=measure, trigger=word, verb=None, way="place")
    return _located(phrase, word)


def _gauge(phrase: Phrase, word: Token) -> Reading | None:
    """`the death toll rose to 16`, `a toll of 77`, `put the number of dead at 12`, `damage was put at $2 billion`."""
    for noun in _nouns_near(word):
        if noun.i in range(phrase.first.i, phrase.last.i + 1):
            continue
        words = [with_compound(noun), noun.lower_]
        prepositions = [c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"]
        sums = [noun.lower_, *(["number"] if noun.lower_ in _words("numbers") else [])]
        words[:0] = [f"{name} of {p.lower_}" for prep in prepositions for p in prep.children if p.dep_ == "pobj" for name in sums]
        for name in words:
            names = [m for m in measures_of("gauges", name) if counts(m, None, phrase.quantity.unit) or phrase.quantity.unit is None]
            if names and (phrase.head is None or allowed(names[0], phrase)):
                return _with_second(read_trigger(phrase, names[0], noun, way="gauge"), noun)
        told = _told_of(noun) if phrase.head is None and phrase.quantity.unit is None else None
        if told is not None:
            return Reading(measure=told, trigger=noun, verb=None, way="gauge")
    return None


def _told_of(noun: Token) -> str | None:
    """What befell those whose number a gauge gives: `the number of hikers rescued`, `the number of those missing`."""
    if noun.lemma_.lower() not in _words("numbers"):
        return None
    people = [t for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for t in c.children if t.dep_ == "pobj"]
    for word in (c for one in (*people, *([noun] if people else [])) for c in one.children if c.dep_ in {"acl", "amod"} and c.i > one.i):
        particles = [f"{word.lemma_.lower()} {c.lower_}" for c in word.children if c.dep_ == "prt"]
        found = [m for verb in (*particles, word.lemma_.lower()) for m in measures_of("object_verbs", verb) if word.tag_ in {"VBN", "VBD"}]
        found += measures_of("adjectives", word.lower_)
        if found:
            return found[0]
    return None


def _with_second(reading: Reading, noun: Token) -> Reading:
    """The reading of a gauge, made a composite where its "of" has two: "the number of dead or missing"."""
    things = [t for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for t in c.children if t.dep_ == "pobj"]
    joined = [other for thing in things for other in thing.conjuncts]
    joined += [c for c in noun.children if c.dep_ == "conj" and c.pos_ == "ADJ"]  # where the parse hung "missing" on the number
    others = [m for other in joined for m in measures_of("gauges", f"{noun.lower_} of {other.lower_}")]
    parts = [*reading.measure.split("_or_"), *others]
    return replace(reading, measure=composite(parts)) if others else reading


def follows_story(phrase: Phrase) -> Token | None:
    """The noun that gives a bare number the measure of the figure before it: `arrested four, bringing the total to 16`; else None."""
    if phrase.head is not None or phrase.whole is not None or phrase.quantity.unit is not None:
        return None
    near = (noun for hold in holds(phrase) for noun in _nouns_near(hold.word) if not phrase.first.i <= noun.i <= phrase.last.i)
    return next(
        (
            noun
            for noun in near
            if noun.pos_ == "NOUN" and noun.lemma_.lower() in _words("following") and with_compound(noun) not in _words("named_tolls")
        ),
        None,
    )


def _nouns_near(word: Token) -> list[Token]:
    """The nouns whose value a number may be that hangs on a word: the word, its subject and object, those of the verb above it."""
    near = [word, *(c for c in word.children if c.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"})]
    if word.dep_ == "acl" and any(c.lower_ in {"to", "at", "past"} for c in word.children):
        nouns = (word.head, word.head.head.head)  # "the number of hostages freed to 40", wherever the participle hangs
        near += [noun for noun in nouns if noun.lemma_.lower() in _words("numbers")]
    above = word
    for _ in range(_CLIMBS):
        if above.dep_ not in {"prep", "xcomp", "pcomp", "advmod"}:
            break
        above = above.head
        near += [c for c in (above, *above.children) if c.pos_ == "NOUN"]
    return near


def _by_word_before(phrase: Phrase) -> Reading | None:
    """The verb right before: `killing at least 12`, whatever the parser made of it."""
    place = phrase.first.i - 1
    while place >= 0 and phrase.doc[place].tag_ in {"DT", "``", "RP", "RB", "PRP$"}:
        place -= 1
    if place < 0 or phrase.doc[place].tag_ not in {"VBD", "VBG", "VB", "VBZ", "VBP", "VBN"} or phrase.doc[place].sent != phrase.number.sent:
        return None
    verb = phrase.doc[place]
    if verb.tag_ == "VBN" and not any(c.lemma_ == "have" for c in verb.children):
        return None
    names = fitting_verb(phrase, verb, "object_verbs")
    return read_trigger(phrase, names[0], verb, way="object") if names else None


def _by_modifier(phrase: Phrase) -> Reading | None:
    """`30 wounded soldiers`, `2,000 confirmed dead`, `$2 billion of damage`, `10,000 troops in Kursk`."""
    noun = phrase.noun
    if noun is None:
        return None
    for token in phrase.doc[phrase.first.i : phrase.last.i]:
        names = fitting(phrase, "adjectives", token.lower_)
        if token.tag_ == "VBN" and token.i > phrase.number.i and not names:
            names = fitting(phrase, "object_verbs", token.lemma_.lower())
        if names and token.i > phrase.number.i:
            return read_trigger(phrase, names[0], token, way="adjective")
    nouns = {noun.lemma_.lower(), *(c.lemma_.lower() for c in noun.subtree if c.i <= phrase.last.i)}
    if phrase.quantity.unit is not None:
        named = next((m for lemma in sorted(nouns) for m in measures_of("with_nouns", lemma) if allowed(m, phrase)), None)
        return read_trigger(phrase, named, noun, way="noun") if named else None
    return _stationed(phrase)


def _by_victims(phrase: Phrase) -> Reading | None:
    """`three gunshot victims`, `a triple shooting`: hit, whatever became of them."""
    head, rows = phrase.head, row("killed")
    before = head.nbor(-1).lower_ if head is not None and head.i else ""
    hit = head is not None and head.lemma_.lower() == "victim" and before in rows["struck_victims"]
    hit = hit or (head is not None and head.lower_ in rows["struck_nouns"] and before in multiples())
    return Reading(measure=composite(["killed", "injured"]), trigger=head, verb=rows["struck_verbs"][0], way="noun") if hit else None


def _by_conjunct(phrase: Phrase) -> Reading | None:
    """`2 adults, six children dead`: the word behind the last of them is for all."""
    last = phrase.top
    for _ in range(_CLIMBS):
        following = next(
            (c for c in last.children if c.dep_ in {"conj", "appos"} and c.pos_ in {"NOUN", "NUM", "PROPN"} and c.i > last.i), None
        )
        if following is None:
            break
        last = following
    return _by_words_behind(replace(phrase, last=last)) if last != phrase.top else None


def _by_crowd(phrase: Phrase) -> Reading | None:
    """`police counted 45,000`, `the party said 30,000 people came`: where the paragraph speaks of a crowd up to there."""
    things = phrase.noun is not None and not is_human(class_of(phrase.noun.lower_))
    if things or phrase.person is not None or phrase.quantity.unit is not None:
        return None
    rows = row("attended")
    for hold in holds(phrase):
        lemma = hold.word.lemma_.lower()
        counted = hold.way == "object" and lemma in rows["counting_verbs"]
        if not counted and not (hold.way == "subject" and lemma in rows["coming_verbs"]):
            continue
        if any(t.lemma_.lower() in rows["crowds"] for t in phrase.doc[: phrase.number.sent.end]):
            return Reading(measure="attended", trigger=hold.word, verb=lemma, way="object" if counted else "subject")
    return None


def _stationed(phrase: Phrase) -> Reading | None:
    """Forces that are said to be somewhere: `10,000 troops in Kursk`."""
    for measure in ("deployed",):
        section = row(measure)
        following = phrase.doc[phrase.last.i + 1] if phrase.last.i + 1 < len(phrase.doc) else None
        if following is None or following.lower_ not in section["places"] or phrase.head is None or not allowed(measure, phrase):
            continue
        if following.i + 1 < len(phrase.doc) and following.nbor().lower_ in section["not_places"]:
            continue
        verbs = {hold.word.lemma_ for hold in holds(phrase) if hold.word.pos_ in {"VERB", "AUX"}}
        if not verbs or verbs & set(section["place_verbs"]):
            return read_trigger(phrase, measure, following, way="place")
    return None


def _verb_of(phrase: Phrase) -> str | None:
    for hold in holds(phrase):
        word = hold.word
        while word.pos_ not in {"VERB", "AUX"} and word.head != word and word.dep_ in {"prep", "pobj", "conj", "attr", "dobj", "nsubj"}:
            word = word.head
        if word.pos_ == "VERB":
            return str(word.lemma_.lower())
    return None


@functools.cache
def multiples() -> Mapping[str, int]:
    """Adjectives that say how many a deed befell: `double`, `triple`."""
    found: Mapping[str, int] = load_table("numbers")["multiples"]["words"]
    return found


@functools.cache
def _words(section: str) -> frozenset[str]:
    return frozenset(load_table("constructions")[section]["words"])
