"""The measure that a word gives, made a composite where several words share one number."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from reportedly.extract.phrases import Phrase
from reportedly.extract.wording import deadly, fitting, struck, struck_part
from reportedly.language.measures import composite
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
    if trigger.pos_ == "VERB" and struck(trigger) and not deadly(trigger):
        others = [part for part in parts if part != "killed"] or list(_after_struck(phrase, trigger))
        parts = others or (["injured"] if struck_part(trigger) else ["killed", "injured"])
    verb = trigger.lemma_.lower() if trigger.pos_ in {"VERB", "AUX"} and way != "adjective" else None
    return Reading(measure=composite(parts), trigger=trigger, verb=verb, way=way)


def _after_struck(phrase: Phrase, trigger: Token) -> Iterator[str]:
    """`shot and killed`, `shot and wounded`: the second word says what came of it."""
    for child in trigger.children:
        if child.dep_ == "conj" and child.i > trigger.i and not _own_number(phrase, child, forward=True):
            yield from _measured(phrase, child)[:1]


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
