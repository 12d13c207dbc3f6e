"""What figures count, brought into classes: `troops` and `soldiers` are one class, `police` another."""

import functools
from typing import Any

from reportedly.language.naming.states import is_people
from reportedly.language.tables import load_table


@functools.lru_cache(maxsize=8192)
def class_of(counted: str | None) -> str | None:
    """The class of what is counted.

    Args:
        counted: a lemma or a phrase in any case ("North Korean soldiers", "troops"); None where nothing says.

    Returns:
        A section of the counted table ("soldiers", "people", "buildings"), found by the longest ending of the phrase that
        stands in it; nationals of a state are people; None where nothing knows the words.
    """
    if not counted:
        return None
    words = counted.lower().replace("’", "'").split()
    if not words:
        return None
    for start in range(max(0, len(words) - 3), len(words)):
        found = _index().get(" ".join(words[start:]))
        if found:
            return found
    return "people" if is_people(words[-1].capitalize()) else None


def is_human(counted_class: str | None) -> bool:
    """Whether a class is one of people."""
    return counted_class is not None and bool(load_table("counted")[counted_class].get("human"))


def is_force(counted_class: str | None) -> bool:
    """Whether a class is one of people or things that are sent and stationed: soldiers, police, helpers, vehicles, ships."""
    return counted_class is not None and bool(load_table("counted")[counted_class].get("force"))


@functools.cache
def _index() -> dict[str, str]:
    table: dict[str, dict[str, Any]] = load_table("counted")
    found: dict[str, str] = {}
    for name, section in reversed(table.items()):  # where two classes have a word, the first has it
        words = section["words"]
        found.update(dict.fromkeys((*words, *(map(_plural, words) if section.get("plurals") else ())), section.get("class", name)))
    return found


def _plural(noun: str) -> str:
    """The regular plural of a noun for a person; the last word of a phrase, "men" for "man"."""
    if noun.endswith("man"):
        return f"{noun[:-2]}en"
    if noun.endswith("-in-law"):
        return f"{noun.removesuffix('-in-law')}s-in-law"
    if noun.endswith("person"):
        return f"{noun.removesuffix('person')}people"
    if noun.endswith("y") and noun[-2] not in "aeou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "ch", "sh")) else f"{noun}s"
