"""Acts and the words that name them, from the table `acts.toml`."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

from reportedly.language.numerals.counted import class_of, is_force
from reportedly.language.tables import load_table
from reportedly.model import Reality

PartOfSpeech = Literal["verb", "noun"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRow:
    """A row of the table.

    Attributes:
        name: the act.
        serves: whether it is a success for who does it.
        own: whether what is moved is the doer's own.
        territorial: whether places suffer it.
        mishap: whether it befalls its subject.
        patient: where the opposed or receiving actor stands, in order of trial.
        implies: acts that cannot be without this one.
        contrary: acts of another that cannot hold together with this one.
        only_with: classes or lemmas of objects without which its verbs name it not; empty where any object does.
    """

    name: str
    serves: bool = False
    own: bool = False
    territorial: bool = False
    mishap: bool = False
    patient: tuple[str, ...] = ()
    implies: tuple[str, ...] = ()
    contrary: tuple[str, ...] = ()
    only_with: frozenset[str] = field(default_factory=frozenset)


def act_of(lemma: str, object_lemma: str | None = None, *, pos: PartOfSpeech = "verb") -> str:
    """The act that a verb or a nominalisation names.

    Args:
        lemma: the word, with its particle or deciding preposition ("shoot down", "fight alongside").
        object_lemma: lemma of the thing acted on ("troops"); None where there is none.
        pos: whether the word is a verb or a noun.

    Returns:
        A row of the acts table, else the lemma itself.
    """
    key = lemma.casefold()
    if pos == "noun":
        return _nouns().get(key, lemma)
    for name, objects in _conditional().get(key, ()):
        if _among(object_lemma, objects):
            return name
    for name in _verbs().get(key, ()):
        row = row_of_act(name)
        if not row.only_with or _among(object_lemma, row.only_with):
            return name
    return lemma


def act_of_mover(lemma: str, mover: str) -> str | None:
    """The act that an intransitive verb names with what moves ("troops left"); None where it names none of the table."""
    return next((name for name, objects in _conditional().get(lemma.casefold(), ()) if _among(mover, objects)), None)


def is_act(name: str) -> bool:
    """Whether a name is a row of the acts table."""
    return name in _rows()


def act_names() -> tuple[str, ...]:
    """The acts of the table, sorted."""
    return tuple(sorted(_rows()))


def row_of_act(name: str) -> ActRow:
    """The row of an act; a row without any property for a bare lemma."""
    return _rows().get(name) or ActRow(name=name, patient=("object",))


def serves_agent(act: str) -> bool:
    """Whether an act is a success for who does it, so that the doer's own word acknowledges nothing (capture, retake, repel)."""
    return row_of_act(act).serves


def implied_acts(act: str) -> tuple[str, ...]:
    """Acts that cannot be without this one: troops that fight alongside another's were deployed."""
    return row_of_act(act).implies


def contraries_of(act: str) -> tuple[str, ...]:
    """Acts of another that cannot hold together with this one: who still defends a region has not lost it."""
    return row_of_act(act).contrary


def is_empty_verb(lemma: str) -> bool:
    """Whether a verb names no act by itself ("be", "say")."""
    return lemma.casefold() in load_table("acts")["empty"]["verbs"]


def is_attitude(adjective: str) -> bool:
    """Whether an adjective after "be" tells how sure or ready somebody is, not what state a thing is in ("likely", "able")."""
    return adjective.casefold() in load_table("acts")["attitudes"]["adjectives"]


def answers_charge(lemma: str) -> bool:
    """Whether a cue's verb answers a charge, so that who denies or admits the state of a thing answers for it ("deny", "admit")."""
    return lemma.casefold() in load_table("acts")["answering"]["lemmas"]


def is_blame(lemma: str) -> bool:
    """Whether a verb says that its object did what stands behind "for" or "of" ("blame", "accuse")."""
    return lemma.casefold() in load_table("acts")["blame"]["verbs"]


def irregular_participles() -> Mapping[str, str]:
    """The verb of each irregular participle that is used like an adjective ("mistaken" -> "mistake")."""
    verbs: Mapping[str, str] = load_table("acts")["participles"]["verbs"]
    return verbs


def is_extent(word: str) -> bool:
    """Whether a word says how far an act went ("fully")."""
    return word.casefold() in load_table("acts")["extent"]["words"]


def is_swapped(lemma: str) -> bool:
    """Whether a verb's object receives and its "with" brings the thing ("provided Russia with munitions")."""
    return lemma.casefold() in load_table("acts")["swapped"]["verbs"]


def is_quantity_noun(lemma: str) -> bool:
    """Whether a noun only counts what stands behind its "of" ("a couple thousand of the troops")."""
    return lemma.casefold() in load_table("acts")["quantities"]["nouns"]


def reality_after(word: str) -> Reality | None:
    """What a verb, modal or adjective makes of the act that depends on it; None where it says nothing."""
    table = load_table("acts")["reality"]
    key = word.casefold()
    kinds: tuple[Reality, ...] = ("attempted", "planned", "expected", "actual")
    for kind in kinds:
        if key in table[kind]:
            return kind
    return cast("Reality | None", table["attributive"].get(key))


def _among(object_lemma: str | None, objects: frozenset[str]) -> bool:
    if object_lemma is None:
        return False
    found = class_of(object_lemma)
    return object_lemma.casefold() in objects or found in objects or ("force" in objects and is_force(found))


@functools.cache
def _rows() -> dict[str, ActRow]:
    return {
        name: ActRow(
            name=name,
            serves=row.get("serves", False),
            own=row.get("own", False),
            territorial=row.get("territorial", False),
            mishap=row.get("mishap", False),
            patient=tuple(row.get("patient", ())),
            implies=tuple(row.get("implies", ())),
            contrary=tuple(row.get("contrary", ())),
            only_with=frozenset(row.get("only_with", ())),
        )
        for name, row in load_table("acts")["rows"]["acts"].items()
    }


@functools.cache
def _verbs() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, row in load_table("acts")["rows"]["acts"].items():
        for verb in row["verbs"]:
            found[verb] = (*found.get(verb, ()), name)
    # a row that asks for its object is tried before one that takes any
    return {verb: tuple(sorted(names, key=lambda n: not _rows()[n].only_with)) for verb, names in found.items()}


@functools.cache
def _conditional() -> Mapping[str, tuple[tuple[str, frozenset[str]], ...]]:
    found: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {}
    for name, row in load_table("acts")["rows"]["acts"].items():
        for verb, objects in row["with"].items():
            found[verb] = (*found.get(verb, ()), (name, frozenset(objects)))
    return found


@functools.cache
def _nouns() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, row in load_table("acts")["rows"]["acts"].items():
        for noun in row["nouns"]:
            found.setdefault(noun, name)
    return found
