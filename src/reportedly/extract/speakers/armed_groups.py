"""Armed groups that reports describe instead of naming them again: "the militant group" after "Hamas"."""

from reportedly.language.naming.phrases import plain
from reportedly.language.tables import load_table


def is_armed_description(words: str) -> bool:
    """Whether words with "the" describe an armed group that was named before: "the militant group", "the Iran-backed movement".

    Args:
        words: a noun phrase as printed; none with anything behind its noun, which may be the group's name.
    """
    determiner, *adjectives, noun = plain(words).split() if plain(words).count(" ") > 1 else ("", "")
    rows = load_table("bodies")["armed"]["rows"]
    described = any(w.casefold() in rows["adjectives"] or w.endswith(tuple(rows["links"])) for w in adjectives)
    return determiner.casefold() == "the" and noun in rows["nouns"] and described


def is_armed(name: str) -> bool:
    """Whether a canonical name is that of an armed group of the table."""
    return name in load_table("bodies")["armed"]["rows"]["names"]
