"""What a quantity measures, read from the verb, the noun and the construction around it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from spacy.tokens import Token

from reportedly.extract.phrases import Phrase
from reportedly.language.measures import (
    Role,
    composite,
    counts,
    is_money,
    located_measure,
    measures_of,
    phrase_measure,
    row,
    sheltering_measure,
)

Way = Literal["object", "subject", "adjective", "noun", "gauge", "place", "none"]

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_FILLERS = frozenset(
    {
        "feared",
        "confirmed",
        "reported",
        "believed",
        "presumed",
        "known",
        "found",
        "left",
        "pronounced",
        "declared",
        "still",
        "thought",
        "others",
        "also",
        "already",
        "to",
        "officially",
        "reportedly",
        "listed",
        "said",
        "remain",
        "remained",
        "remains",
        "estimated",
        "alone",
        "now",
    }
)
_AUXILIARIES = frozenset({"be", "get"})
_CLIMBS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A measure with what it was read from.

    Attributes:
        measure: a row of the measures table, a composite or `other`.
        trigger: the word that gives it; None where none does.
        verb: lemma of the verb; None where a noun or an adjective says it.
        way: how the counted things stand to the word.
    """

    measure: str
    trigger: Token | None
    verb: str | None
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """How a phrase hangs on a word: as what is done to, as who does, as a noun's complement."""

    way: Literal["object", "subject", "complement"]
    word: Token
    link: str = ""


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
    if phrase.attached or phrase.quantity.ratio or _is_whole(phrase):
        return Reading(measure="other", trigger=None, verb=_verb_of(phrase), way="none")
    tests = (_by_noun, _by_words_behind, _by_relative, _by_hold, _by_word_before, _by_place, _by_modifier, _by_conjunct)
    for test in tests:
        reading = test(phrase)
        if reading is not None and reading.measure != "other":
            return reading
    return Reading(measure="other", trigger=None, verb=_verb_of(phrase), way="none")


def holds(phrase: Phrase) -> Iterator[Hold]:
    """What the phrase hangs on, nearest first; a coordinated phrase hangs on what the first of them hangs on."""
    token = phrase.top
    for _ in range(_CLIMBS):
        head, dep = token.head, token.dep_
        if head == token:
            return
        if dep in {"nsubjpass", "dobj", "dative", "oprd"}:
            yield Hold(way="object", word=head)
        elif dep in _SUBJECTS:
            yield Hold(way="object" if _passive(head) else "subject", word=head)
        elif dep == "attr":
            yield Hold(way="complement", word=head)
        elif dep == "pobj":
            if head.lower_ in {"with", "including", "among"} and _accompanies(head):
                yield from _subjects_hold(head.head)
            yield Hold(way="complement", word=head.head, link=head.lower_)
        elif dep not in {"conj", "appos", "nummod", "quantmod", "compound", "amod", "nmod", "prep", "pcomp", "npadvmod", "dep"}:
            return
        if dep not in {"conj", "appos", "nummod", "quantmod", "compound", "amod", "nmod"}:
            return
        token = head


def _by_noun(phrase: Phrase) -> Reading | None:
    head = phrase.head
    if head is None:
        return None
    for role in ("nouns", "case_nouns"):
        names = _fitting(phrase, role, head.lemma_.lower(), own=True) or _fitting(phrase, role, head.lower_, own=True)
        if names and (role == "nouns" or _is_case(phrase)):
            return _reading(phrase, names[0], head, way="noun")
    for hold in holds(phrase):
        measure = phrase_measure(hold.word.lemma_.lower(), head.lemma_.lower())
        if measure and hold.way != "complement":
            return Reading(measure=measure, trigger=hold.word, verb=hold.word.lemma_.lower(), way="object")
    return None


def _by_words_behind(phrase: Phrase) -> Reading | None:
    """The word behind, with auxiliaries and fillers left out: `were feared dead`, `have been killed`, `missing`."""
    passive = active = False
    stop = min(len(phrase.doc), phrase.last.i + 9)
    for token in phrase.doc[phrase.last.i + 1 : stop]:
        if token.is_sent_start or token.is_punct:
            break
        if token.lemma_ in _AUXILIARIES and token.tag_[0] in "VM":
            passive = True
            continue
        adjective = _fitting(phrase, "adjectives", token.lower_)
        if adjective and not active and not _premodifies(token):
            return _reading(phrase, adjective[0], token, way="adjective")
        if token.lower_ in _FILLERS or token.tag_ in {"RB", "MD", "RBR"} or token.dep_ in {"aux", "auxpass", "neg"}:
            active = active or (token.lemma_ == "have" and token.tag_ != "VBN")
            continue
        if token.tag_[0] != "V":
            break
        return _behind_verb(phrase, token, passive=passive)
    return None


def _behind_verb(phrase: Phrase, token: Token, *, passive: bool) -> Reading | None:
    """What a verb right behind says: passive voice and bare participles count what they are done to."""
    participle = token.tag_ == "VBN" or (token.tag_ == "VBD" and not _has_object(token))
    if participle and (passive or not _has_object(token)):
        names = _by_verb(phrase, token, "object_verbs")
        if names:
            return _reading(phrase, names[0], token, way="object")
    if passive and token.tag_ == "VBN":
        return None
    return _by_doing(phrase, token) or _located(phrase, token)


def _by_doing(phrase: Phrase, verb: Token) -> Reading | None:
    """What counts who does it: `12 people died`, `12 people lost their lives`."""
    names = _by_verb(phrase, verb, "subject_verbs")
    if names:
        return _reading(phrase, names[0], verb, way="subject")
    lemma = verb.lemma_.lower()
    for child in verb.children:
        measure = phrase_measure(lemma, child.lemma_.lower()) if child.dep_ == "dobj" else None
        if measure and lemma in row(measure).get("phrase_subjects", ()) and _allowed(measure, phrase):
            return Reading(measure=measure, trigger=verb, verb=lemma, way="subject")
    return None


def _by_relative(phrase: Phrase) -> Reading | None:
    """`people who died`, `soldiers killed in action`."""
    for child in phrase.top.children:
        if child.dep_ not in {"relcl", "acl"} or child.i <= phrase.top.i:
            continue
        if child.tag_ == "VBN" or _passive(child):
            names = _by_verb(phrase, child, "object_verbs")
            if names:
                return _reading(phrase, names[0], child, way="object")
        subject = next((c for c in child.children if c.dep_ in _SUBJECTS), None)
        if subject is None or subject.tag_ in {"WP", "WDT"}:
            reading = _by_doing(phrase, child)
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
    names = _by_verb(phrase, hold.word, "object_verbs")
    if names:
        return _reading(phrase, names[0], hold.word, way="object")
    return _gauge(phrase, hold.word) or _located(phrase, hold.word)


def _by_subject(phrase: Phrase, hold: Hold) -> Reading | None:
    word = hold.word
    for child in word.children:
        if child.dep_ in {"acomp", "attr", "oprd", "xcomp", "advcl"} and child.i > phrase.last.i:
            names = _fitting(phrase, "adjectives", child.lower_)
            if names and word.lemma_ in {"be", "remain", "die", "lie", "go", "stay", "become", "get"}:
                return _reading(phrase, names[0], child, way="adjective")
    return _by_doing(phrase, word) or _located(phrase, word)


def _by_place(phrase: Phrase) -> Reading | None:
    """`350,000 people in need`, wherever the parser hangs the preposition."""
    behind = phrase.doc[phrase.last.i + 1 : phrase.last.i + 3]
    measure = located_measure("be", behind[1].lower_) if len(behind) == 2 and behind[0].lower_ == "in" else None  # noqa: PLR2004 - two words
    if measure and _allowed(measure, phrase):
        return Reading(measure=measure, trigger=behind[1], verb=None, way="place")
    return _located(phrase, phrase.top)


def _located(phrase: Phrase, word: Token) -> Reading | None:
    """`living in shelters`, `taken to hospital`, `in need of aid`."""
    preps = [c for c in (*word.children, *phrase.top.children) if c.dep_ == "prep" and c.i > phrase.first.i]
    for prep in preps:
        verb = "be" if prep.head == phrase.top else word.lemma_.lower()
        for child in prep.children:
            measure = located_measure(verb, child.lower_) or located_measure(verb, child.lemma_.lower())
            if child.dep_ == "pobj" and measure and _allowed(measure, phrase):
                verb_of = word.lemma_.lower() if word.pos_ in {"VERB", "AUX"} else None
                return Reading(measure=measure, trigger=word, verb=verb_of, way="place")
    return None


def _by_complement(phrase: Phrase, hold: Hold) -> Reading | None:
    word, lemma = hold.word, hold.word.lemma_.lower()
    gauge = _gauge(phrase, word)
    if gauge is not None:
        return gauge
    if hold.link == "of":
        names = _fitting(phrase, "actions", lemma)
        if names:
            return _reading(phrase, names[0], word, way="noun")
    joined = _fitting(phrase, "object_verbs", f"{lemma} {hold.link}") if hold.link else []
    if joined:
        return _reading(phrase, joined[0], word, way="object")
    if hold.link == "for":
        places = [word, *(c for c in word.children if c.dep_ == "dobj")]
        measure = next((m for place in places if (m := sheltering_measure(place.lower_))), None)
        if measure and _allowed(measure, phrase):
            return Reading(measure=measure, trigger=word, verb=None, way="place")
    return _located(phrase, word)


def _gauge(phrase: Phrase, word: Token) -> Reading | None:
    """`the death toll rose to 16`, `a toll of 77`, `put the number of dead at 12`, `damage was put at $2 billion`."""
    near = [word, *(c for c in word.children if c.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"})]
    near += [c for c in (word.head, *word.head.children) if word.dep_ in {"prep", "xcomp", "pcomp"} and c.pos_ == "NOUN"]
    for noun in near:
        if noun.i in range(phrase.first.i, phrase.last.i + 1):
            continue
        words = [_with_compound(noun), noun.lower_]
        prepositions = [c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"]
        words[:0] = [f"{noun.lower_} of {p.lower_}" for prep in prepositions for p in prep.children if p.dep_ == "pobj"]
        for name in words:
            names = [m for m in measures_of("gauges", name) if counts(m, None, phrase.quantity.unit) or phrase.quantity.unit is None]
            if names and (phrase.head is None or _allowed(names[0], phrase)):
                return _reading(phrase, names[0], noun, way="gauge")
    return None


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
    names = _by_verb(phrase, verb, "object_verbs")
    return _reading(phrase, names[0], verb, way="object") if names else None


def _by_modifier(phrase: Phrase) -> Reading | None:
    """`30 wounded soldiers`, `2,000 confirmed dead`, `$2 billion of damage`, `10,000 troops in Kursk`."""
    noun = phrase.noun
    if noun is None:
        return None
    for token in phrase.doc[phrase.first.i : phrase.last.i]:
        names = _fitting(phrase, "adjectives", token.lower_)
        if token.tag_ == "VBN" and token.i > phrase.number.i and not names:
            names = _fitting(phrase, "object_verbs", token.lemma_.lower())
        if names and token.i > phrase.number.i:
            return _reading(phrase, names[0], token, way="adjective")
    nouns = {noun.lemma_.lower(), *(c.lemma_.lower() for c in noun.subtree if c.i <= phrase.last.i)}
    if phrase.quantity.unit is not None:
        named = next((m for lemma in sorted(nouns) for m in measures_of("with_nouns", lemma) if _allowed(m, phrase)), None)
        return _reading(phrase, named, noun, way="noun") if named else None
    return _stationed(phrase)


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


def _stationed(phrase: Phrase) -> Reading | None:
    """Forces that are said to be somewhere: `10,000 troops in Kursk`."""
    for measure in ("deployed",):
        section = row(measure)
        following = phrase.doc[phrase.last.i + 1] if phrase.last.i + 1 < len(phrase.doc) else None
        if following is None or following.lower_ not in section["places"] or phrase.head is None or not _allowed(measure, phrase):
            continue
        verbs = {hold.word.lemma_ for hold in holds(phrase) if hold.word.pos_ in {"VERB", "AUX"}}
        if not verbs or verbs & set(section["place_verbs"]):
            return _reading(phrase, measure, following, way="place")
    return None


# what words mean


def _by_verb(phrase: Phrase, verb: Token, role: Role) -> list[str]:
    """The fitting measures of a verb, with its particle where it has one."""
    lemma = verb.lemma_.lower()
    if role == "object_verbs" and _deadly(verb):
        return ["killed"] if _allowed("killed", phrase) else []
    if role == "object_verbs" and struck(verb):
        return ["killed"] if _allowed("killed", phrase) else []
    particles = [c.lower_ for c in verb.children if c.dep_ == "prt"]
    if verb.i + 1 < len(verb.doc) and verb.doc[verb.i + 1].tag_ in {"RP", "IN", "RB"}:
        particles.append(verb.doc[verb.i + 1].lower_)
    joined = [name for particle in particles for name in _fitting(phrase, role, f"{lemma} {particle}")]
    return joined or _fitting(phrase, role, lemma)


def _deadly(verb: Token) -> bool:
    """`fatally shot`, `shot dead`, `stabbed to death`."""
    rows = row("killed")
    if verb.lemma_.lower() not in rows["fatal_verbs"]:
        return False
    before = {t.lower_ for t in verb.doc[max(0, verb.i - 1) : verb.i]}
    behind = verb.doc[verb.i + 1 : verb.i + 3].text.lower()
    return bool(before & set(rows["fatal_adverbs"])) or behind.startswith(tuple(rows["fatal_endings"]))


def struck(verb: Token) -> bool:
    """Whether a verb says that somebody was hit by a bullet, and no more: `was shot`, `hit by gunfire`."""
    rows, lemma = row("killed"), verb.lemma_.lower()
    if lemma in rows["struck_verbs"]:
        following = verb.nbor().lower_ if verb.i + 1 < len(verb.doc) else ""
        return not any(c.dep_ == "prt" for c in verb.children) and following not in rows["not_struck"]
    by = (g.lower_ for c in verb.children if c.dep_ in {"agent", "prep"} and c.lower_ == "by" for g in c.children)
    return lemma in rows["struck_by_verbs"] and any(word in rows["struck_by"] for word in by)


def _is_whole(phrase: Phrase) -> bool:
    """`12 of the 40 were killed`: the 40 are no killed."""
    place = phrase.first.i - 1
    if place > 0 and phrase.doc[place].lower_ in {"the", "these", "those", "all", "some", "its", "their"}:
        place -= 1
    return place > 0 and phrase.doc[place].lower_ == "of" and phrase.doc[place - 1].pos_ == "NUM"


def _struck_part(verb: Token) -> bool:
    """`shot in the leg`."""
    places = (g.lower_ for c in verb.children if c.dep_ == "prep" and c.lower_ == "in" for g in c.children)
    return any(place in row("killed")["struck_in"] for place in places)


def _fitting(phrase: Phrase, role: Role, words: str, *, own: bool = False) -> list[str]:
    """The measures of a word that can count these things; a noun that names its own measure counts itself."""
    return [m for m in measures_of(role, words) if (own and phrase.quantity.unit is None) or _allowed(m, phrase)]


def _allowed(measure: str, phrase: Phrase) -> bool:
    return counts(measure, counted_words(phrase), phrase.quantity.unit)


def counted_words(phrase: Phrase) -> str | None:
    """The counted noun with the nouns before it ("rescue workers"), in lower case; None where nothing says."""
    noun = phrase.noun
    if noun is None or noun.tag_ in {"PRP", "WP"}:
        return None
    first = noun.i
    while first > phrase.number.i + 1 and noun.doc[first - 1].tag_ in {"NN", "NNS", "HYPH"} and noun.i - first < 2:  # noqa: PLR2004 - class phrases have three words
        first -= 1
    return str(noun.doc[first : noun.i + 1].text).lower()


def _is_case(phrase: Phrase) -> bool:
    near = {t.lower_ for t in phrase.doc[max(0, phrase.first.i - 3) : phrase.last.i + 6]}
    return bool(near & set(row("infected")["case_near"]))


def _reading(phrase: Phrase, measure: str, trigger: Token, *, way: Way) -> Reading:
    """The reading, made a composite where a second word shares the number."""
    parts = list(dict.fromkeys([measure, *_sharing(phrase, trigger)]))
    if trigger.pos_ == "VERB" and struck(trigger) and not _deadly(trigger):
        others = [part for part in parts if part != "killed"] or list(_after_struck(phrase, trigger))
        parts = others or (["injured"] if _struck_part(trigger) else ["killed", "injured"])
    verb = trigger.lemma_.lower() if trigger.pos_ in {"VERB", "AUX"} and way != "adjective" else None
    return Reading(measure=composite(parts), trigger=trigger, verb=verb, way=way)


def _after_struck(phrase: Phrase, trigger: Token) -> Iterator[str]:
    """`shot and killed`, `shot and wounded`: the second word says what came of it."""
    for child in trigger.children:
        if child.dep_ == "conj" and child.i > trigger.i and not _own_number(phrase, child, forward=True):
            yield from _measured(phrase, child)[:1]


def _sharing(phrase: Phrase, trigger: Token) -> Iterator[str]:
    """The measures of the words coordinated with the trigger that have no number of their own."""
    for step in (1, -1):
        place, linked = trigger.i + step, False
        while 0 <= place < len(trigger.doc) and abs(place - trigger.i) <= 8:  # noqa: PLR2004 - a coordination stays close
            token = trigger.doc[place]
            if token.i in range(phrase.first.i, phrase.last.i + 1):
                break
            if token.lower_ in {"and", "or", "and/or", "/"} or token.dep_ == "cc":
                linked = True
            elif _measured(phrase, token):
                if not linked or _own_number(phrase, token, forward=step > 0):
                    break
                yield from _measured(phrase, token)[:1]
                linked = False
            elif not (
                token.lower_ in {",", "been", "were", "was", "either", "be", "have", "had", "has", "otherwise", "seriously", "both", "some"}
                or token.tag_ == "RB"
            ):
                break
            if token.lower_ in {"then", "later", "subsequently"}:
                break
            place += step


def _measured(phrase: Phrase, token: Token) -> list[str]:
    lemma = token.lemma_.lower()
    if token.tag_[0] == "V":
        found = _fitting(phrase, "object_verbs", lemma) or _fitting(phrase, "subject_verbs", lemma)
        if found:
            return found
    return _fitting(phrase, "adjectives", token.lower_) or _fitting(phrase, "nouns", lemma, own=True)


def _own_number(phrase: Phrase, token: Token, *, forward: bool) -> bool:
    """Whether the coordinated word counts things of its own: "killed 272 and injured thousands", "12 dead and 30 wounded"."""
    inside = range(phrase.first.i, phrase.last.i + 1)
    for child in token.children:
        if child.dep_ in {"dobj", "nsubjpass", "nsubj"} and child.i not in inside and child.i > phrase.first.i and forward:
            return True
    if not forward and token.i < phrase.first.i:
        ends_phrase = token.tag_ in {"VBN", "VBG"} and token.doc[token.i - 1].pos_ in {"NOUN", "NUM", "PROPN"}
        return token.tag_[0] != "V" or ends_phrase or any(c.dep_ == "dobj" for c in token.children)
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return following is not None and following.i not in inside and following.pos_ == "NUM"


def _verb_of(phrase: Phrase) -> str | None:
    for hold in holds(phrase):
        word = hold.word
        while word.pos_ not in {"VERB", "AUX"} and word.head != word and word.dep_ in {"prep", "pobj", "conj", "attr", "dobj", "nsubj"}:
            word = word.head
        if word.pos_ == "VERB":
            return str(word.lemma_.lower())
    return None


# what the parse says


def _passive(verb: Token) -> bool:
    return any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children)


def _has_object(verb: Token) -> bool:
    """Whether a verb, or one coordinated with it, has an object: "shot and killed two people"."""
    verbs = [verb, *(c for c in verb.children if c.dep_ == "conj" and c.tag_ == verb.tag_)]
    return any(c.dep_ == "dobj" and c.i > verb.i for v in verbs for c in v.children)


def _premodifies(token: Token) -> bool:
    """Whether an adjective stands before a noun of its own: "12 injured soldiers" says nothing of another 12."""
    return token.dep_ == "amod" and token.head.i > token.i


def _accompanies(prep: Token) -> bool:
    before = prep.nbor(-1).lower_ if prep.i else ""
    return prep.lower_ != "with" or before in {"along", "together"}


def _subjects_hold(verb: Token) -> Iterator[Hold]:
    word = verb.head if verb.dep_ == "prep" else verb
    if word.pos_ in {"VERB", "AUX"}:
        yield Hold(way="object" if _passive(word) else "subject", word=word)


def _with_compound(noun: Token) -> str:
    compounds = [c.lower_ for c in noun.children if c.dep_ in {"compound", "amod"} and c.i == noun.i - 1]
    return " ".join([*compounds, noun.lower_])
