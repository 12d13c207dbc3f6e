"""The measures and the words that give them: verbs, nouns, adjectives and whole constructions."""

import functools
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from reportedly.language.numerals.counted import class_of, is_force, is_human
from reportedly.language.tables import load_table

Role = Literal["object_verbs", "subject_verbs", "nouns", "adjectives", "gauges", "actions", "case_nouns", "with_nouns"]

_WORDED = (
    "object_verbs",
    "subject_verbs",
    "nouns",
    "adjectives",
    "actions",
    "case_nouns",
    "phrases_in",
    "struck_verbs",
    "struck_by_verbs",
    "struck_victims",
    "denied_verbs",
    "headline_deaths",
    "headline_hits",
    "headline_hurts",
    "fatal_verbs",
)
"""Columns of the table whose words tell a measure by themselves; gauges begin with no word of their own."""

VOLUMES = frozenset({"[bbl_us]", "[gal_us]", "L", "mL", "m3", "t", "[ston_av]", "kg", "[lb_av]", "[cft_i]", "g"})
"""Units in which what is spilled or delivered is counted."""

AREAS = frozenset({"har", "[acr_us]", "km2", "[smi_us]", "m2", "[sft_i]"})
"""Units of ground that burns, floods or is laid waste."""


def measures() -> tuple[str, ...]:
    """Every measure but `other`, in the order in which a composite names its parts."""
    return tuple(name for name in _table() if name != "other")


def measures_of(role: Role, words: str) -> tuple[str, ...]:
    """The measures that a word gives in a role, in table order; none where the word gives none.

    Args:
        role: the column of the table.
        words: a lemma, or a verb's lemma with its particle ("lay off"), in lower case.
    """
    return _index(role).get(words, ())


def words_of_measures(names: Iterable[str]) -> frozenset[str]:
    """The first words of everything by which some measures are told, one of which a sentence must hold to tell of them.

    Args:
        names: rows of the measures table.

    Returns:
        Lemmas and words in lower case.
    """
    sections = [_table()[name] for name in names if "_or_" not in name]
    listed = [w for s in sections for key in _WORDED for w in s.get(key, ())]
    listed += [w for s in sections for nouns in s.get("phrases", {}).values() for w in nouns]
    return frozenset(words.split()[0] for words in listed)


def phrase_measure(verb: str, noun: str) -> str | None:
    """The measure that verb and noun give together ("claim", "life"), or None."""
    for name, section in _table().items():
        if noun in section.get("phrases", {}).get(verb, ()):
            return name
    return None


def located_measure(verb: str, noun: str, link: str = "in") -> str | None:
    """The measure of being somewhere ("live" in "shelters", "be" in "need", "be" without "power"), or None."""
    column = "phrases_without" if link == "without" else "phrases_in"
    for name, section in _table().items():
        if noun in section.get(column, ()) and verb in section.get("phrase_verbs", ()):
            return name
    return None


def sheltering_measure(noun: str) -> str | None:
    """The measure of people that a place is for ("shelters for 25,000 people"), or None."""
    return next((name for name in ("sheltered",) if noun in _table()[name]["phrases_in"]), None)


def counts(measure: str, counted: str | None, unit: str | None, *, role: Role | None = None) -> bool:
    """Whether a measure can count these things.

    Args:
        measure: a row of the measures table.
        counted: lemma or phrase of what is counted; None for a bare number.
        unit: UCUM code or ISO 4217 currency; None for a plain count.
        role: how the word stands to what is counted; None where that makes no difference.
    """
    section = _table()[measure]
    kinds = section.get("subject_counts" if role == "subject_verbs" and "subject_counts" in section else "counts")
    if kinds is None:
        return unit is None
    if unit is not None:
        return ("money" in kinds and is_money(unit)) or ("volume" in kinds and unit in VOLUMES) or ("area" in kinds and unit in AREAS)
    found = class_of(counted)
    if counted is None:
        return "none" in kinds or "bare" in kinds
    if found is None:
        return "none" in kinds
    return found in kinds or ("human" in kinds and is_human(found)) or ("force" in kinds and is_force(found))


def is_money(unit: str | None) -> bool:
    """Whether a unit is a currency of ISO 4217 (or its hundredth, or a name of money that several states share)."""
    if unit is None:
        return False
    shared = unit.startswith("{") and unit[1:-1] in load_table("units")["shared_currencies"]["rows"]
    return shared or (len(unit) == 3 and unit.isupper() and unit.isalpha()) or unit in {"{cent}", "{penny}"}  # noqa: PLR2004 - ISO 4217


def composite(parts: Iterable[str]) -> str:
    """The name of a composite, its parts once each in table order: `killed_or_injured`."""
    order = {name: place for place, name in enumerate(_table())}
    return "_or_".join(sorted(dict.fromkeys(parts), key=lambda name: order[name]))


def row(measure: str) -> Mapping[str, Any]:
    """The section of a measure."""
    section: Mapping[str, Any] = _table()[measure]
    return section


def _table() -> dict[str, dict[str, Any]]:
    return load_table("measures")


@functools.cache
def _index(role: Role) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, section in _table().items():
        for words in section.get(role, ()):
            found[words] = (*found.get(words, ()), name)
    return found
