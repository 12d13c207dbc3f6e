"""The measure that a word gives, made a composite where several words share one number."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from reportedly.extract.figures.phrases import Phrase
from reportedly.extract.figures.wording import deadly, deadly_noun, fitting, outlived_not, struck, struck_part
from reportedly.extract.parse.tokens import Token
from reportedly.language.numerals.measures import composite, row
from reportedly.language.tables import load_table

Way = Literal["object", "subject", "adjective", "noun", "gauge", "place", "member", "none"]


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


def read_trigger(phrase: Phrase, measure: str, trigger: Token, *, way: Way) -> Reading:
    """The reading, made a composite where a second word shares the number."""
    parts = list(dict.fromkeys([measure, *_sharing(phrase, trigger)]))
    if parts == ["injured"] and _died_later(trigger):
        parts = ["killed"]
    if trigger.pos_ == "VERB" and parts != ["destroyed"] and struck(trigger) and not deadly(trigger):
        others = [part for part in parts if part != "killed"] or list(_after_struck(phrase, trigger))
        parts = others or [*_told_after(trigger)] or (["injured"] if struck_part(trigger) else ["killed", "injured"])
    verb = trigger.lemma_.lower() if trigger.pos_ in {"VERB", "AUX"} and way != "adjective" else None
    if trigger.lower_ in row("killed")["struck_nouns"] and not deadly_noun(trigger):
        parts, verb = ["killed", "injured"], row("killed")["struck_nouns"][trigger.lower_]
    return Reading(measure=composite(parts), trigger=trigger, verb=verb, way=way)


def _after_struck(phrase: Phrase, trigger: Token) -> Iterator[str]:
    """`shot and killed`, `shot and wounded`: the second word says what came of it."""
    for child in trigger.children:
        if (child.dep_ == "conj" or _listed(child)) and child.i > trigger.i and not _own_number(phrase, child, forward=True):
            yield from _measured(phrase, child)[:1]


def _listed(verb: Token) -> bool:
    """`shot, killed by a guard`: the second participle of a headline, which wants no `and`."""
    return verb.tag_ in {"VBN", "VBD"} and verb.i > 1 and verb.nbor(-1).text == "," and verb.nbor(-2) == verb.head


def _told_after(trigger: Token) -> Iterator[str]:
    """What the sentence goes on to tell of somebody who was hit: `was shot ... and later died`, `... in critical condition`."""
    rows = row("killed")
    sentence = trigger.sent
    for token in trigger.doc[trigger.i + 1 : sentence.end]:
        dies = token.lemma_.lower() in rows["subject_verbs"] and token.tag_[0] == "V" and _own_subject(token) and not _is_moody(token)
        if dies or (token.lower_ in rows["adjectives"] and token.nbor(-1).lower_ in rows["dies_after"]):
            yield "killed"
            return
    if any(token.lower_ in rows["lives_words"] and not outlived_not(token) for token in trigger.doc[trigger.i + 1 : sentence.end]):
        yield "injured"


def _is_moody(verb: Token) -> bool:
    """Whether a verb is denied or stands under a modal: `nearly could have died`."""
    return any(c.dep_ == "neg" or (c.dep_ == "aux" and c.lemma_.lower() != "have") for c in verb.children)


def _died_later(trigger: Token) -> bool:
    """`was critically injured and later died`: the same people, and their fate is the later one."""
    later = load_table("constructions")["coordination"]["apart"]
    verbs = [c for c in trigger.conjuncts if c.i > trigger.i and c.lemma_.lower() in row("killed")["subject_verbs"] and _own_subject(c)]
    return any(c.lower_ in later for verb in verbs for c in verb.children)


def _own_subject(verb: Token) -> bool:
    """Whether a verb tells of the person told of before it: without a subject, or with a pronoun as one."""
    subjects = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    return all(c.tag_ in {"PRP", "WP"} for c in subjects)


def _sharing(phrase: Phrase, trigger: Token) -> Iterator[str]:
    """The measures of the words coordinated with the trigger that have no number of their own."""
    rows = load_table("constructions")["coordination"]
    for step in (1, -1):
        place, linked = trigger.i + step, False
        while 0 <= place < len(trigger.doc) and abs(place - trigger.i) <= 8:  # noqa: PLR2004 - a coordination stays close
            token = trigger.doc[place]
            if token.i in range(phrase.first.i, phrase.last.i + 1):
                break
            if token.lower_ in rows["links"] or token.dep_ == "cc":
                linked = True
            elif _measured(phrase, token):
                if not linked or _own_number(phrase, token, forward=step > 0):
                    break
                yield from _measured(phrase, token)[:1]
                linked = False
            elif token.lower_ not in rows["between"] and token.tag_ != "RB":
                break
            if token.lower_ in rows["apart"]:
                break
            place += step


def _measured(phrase: Phrase, token: Token) -> list[str]:
    lemma = token.lemma_.lower()
    if token.tag_[0] == "V":
        found = fitting(phrase, "object_verbs", lemma) or fitting(phrase, "subject_verbs", lemma)
        if found:
            return found
    return fitting(phrase, "adjectives", token.lower_) or fitting(phrase, "nouns", lemma, own=True)


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
