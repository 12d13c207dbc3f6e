"""The table of cues: which words report what somebody puts forward, and in which shapes they take it."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from reportedly.extract.parse.tokens import Token
from reportedly.language.tables import load_table

CueClass = Literal["speech", "thought", "evidence", "judgement"]
_CLASSES: tuple[CueClass, ...] = ("speech", "thought", "evidence", "judgement")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A row of the table: a verb that reports.

    Attributes:
        lemma: the verb.
        kind: speech (somebody utters), thought (somebody holds), evidence (a thing shows) or judgement (somebody judges).
        frames: the shapes in which it takes what is put forward, as `cues.toml` explains them.
    """

    lemma: str
    kind: CueClass
    frames: frozenset[str]

    def takes(self, *frames: str) -> bool:
        """Whether it takes one of some shapes."""
        return any(frame in self.frames for frame in frames)

    def prepositions(self, frame: str) -> frozenset[str]:
        """The prepositions of a shape: for "object of" and "object for" of shape "object" they are "of" and "for"."""
        return frozenset(f.partition(" ")[2] for f in self.frames if f.startswith(frame + " "))


@dataclass(frozen=True, slots=True, kw_only=True)
class CueTable:
    """All rows of the table.

    Attributes:
        verbs: cues by lemma.
        passive: lemmas whose passive names nobody.
        quoting: lemmas by which a relay brings another's words.
        nouns: lemmas of nouns that take a that-clause.
        light: lemmas of verbs that bear such a noun ("expressed concern").
        purposes: lemmas of nouns that take an infinitive ("an appeal to rebuild the port").
        bearing: lemmas of verbs that bear those ("launched an appeal").
        impersonal: adjectives by which nobody in particular reports.
        phrases: complex prepositions that name a source, as words in lower case, by their first word.
        labels: what may stand before a colon at a line's head without being a speaker, in lower case.
        addressed: lemmas that take whom they are said to as their object.
        parenthetical: lemmas that stand in parentheses most freely.
        connectives: words that open a clause of the outlet's own behind a cue.
        openers: words that may stand between a cue and the speaker of a nested one.
        attitudes: adjectives that take a clause.
        valued: lemmas of nouns whose value a verb may put somewhere ("put the toll at 12").
        idioms: for a verb's lemma, the nouns and prepositions with which it reports ("alarm about").
        pronouns: words that inside a report stand for its own speaker.
    """

    verbs: Mapping[str, Cue]
    passive: frozenset[str]
    quoting: frozenset[str]
    nouns: frozenset[str]
    light: frozenset[str]
    purposes: frozenset[str]
    bearing: frozenset[str]
    impersonal: frozenset[str]
    phrases: Mapping[str, Sequence[Sequence[str]]]
    labels: frozenset[str]
    addressed: frozenset[str]
    parenthetical: frozenset[str]
    connectives: frozenset[str]
    openers: frozenset[str]
    pronouns: frozenset[str]
    attitudes: frozenset[str]
    valued: frozenset[str]
    idioms: Mapping[str, Sequence[str]]

    def verb(self, token: Token) -> Cue | None:
        """The row of a token, where it is a verb of the table."""
        if token.pos_ not in {"VERB", "AUX"} and not token.tag_.startswith("VB"):
            return None
        return self.verbs.get(token.lemma_.lower())

    def phrase_at(self, token: Token) -> list[Token] | None:
        """The tokens of a phrase of the table that begins at a token."""
        for words in self.phrases.get(token.lower_, ()):
            tokens = list(token.doc[token.i : token.i + len(words)])
            if [t.lower_ for t in tokens] == list(words):
                return tokens
        return None


@functools.cache
def load_cues(language: str = "english") -> CueTable:
    """The table of a language."""
    table = load_table("cues", language)
    verbs = {
        lemma: Cue(lemma=lemma, kind=kind, frames=frozenset(frames))
        for kind in _CLASSES
        for lemma, frames in table[kind].items()
        if lemma != "source"
    }
    return CueTable(
        verbs=verbs,
        passive=frozenset(table["passive"]["lemmas"]),
        quoting=frozenset(table["quoting"]["lemmas"]),
        nouns=frozenset(table["nouns"]["lemmas"]),
        light=frozenset(table["nouns"]["light"]),
        purposes=frozenset(table["nouns"]["purposes"]),
        bearing=frozenset(table["nouns"]["bearing"]),
        impersonal=frozenset(table["impersonal"]["adjectives"]),
        phrases=_by_first(table["according"]["phrases"]),
        labels=frozenset(table["labels"]["words"]),
        addressed=frozenset(table["addressed"]["lemmas"]),
        parenthetical=frozenset(table["parenthetical"]["lemmas"]),
        connectives=frozenset(table["connectives"]["words"]),
        openers=frozenset(table["openers"]["words"]),
        pronouns=frozenset(table["pronouns"]["words"]),
        attitudes=frozenset(table["attitudes"]["adjectives"]),
        valued=frozenset(table["valued"]["lemmas"]),
        idioms={verb: rows for verb, rows in table["idioms"].items() if verb != "source"},
    )


def _by_first(phrases: Sequence[str]) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for phrase in phrases:
        words = phrase.split()
        found.setdefault(words[0], []).append(words)
    return found
