"""Which phrases can name nobody: those in small letters that hold no word of the tables of names, which are half of a text's.

Whom a phrase names is read off many tables one after the other. Every row of them that small letters can meet has a word of its own, so a
phrase without such a word meets none.
"""

import functools
import re
from collections.abc import Iterator
from typing import Any

from reportedly.language.tables import load_table

TABLES = ("bodies", "groups", "offices", "outlets", "people", "states")
"""The tables that names of actors are read from."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_RULED = frozenset({"administration", "cabinet", "department", "government", "ministry", "office", "regime"})  # of patterns, not of tables
_GRAMMAR = frozenset({"an", "as", "at", "be", "by", "in", "is", "of", "on", "or", "to"})  # shorter than the table's


def names_nobody(phrase: str) -> bool:
    """Whether a phrase is in small letters and no word of it, singular or plural, stands in a table of names."""
    return phrase == phrase.lower() and _words(TABLES).isdisjoint(_WORD.findall(phrase))


def gives_no_office(phrase: str) -> bool:
    """Whether a phrase holds no word of an office or a rank, so that a person's name behind it has no role for it."""
    return _words(("offices",)).isdisjoint(_WORD.findall(phrase.casefold()))


@functools.cache
def _words(tables: tuple[str, ...]) -> frozenset[str]:
    """The words of some tables of names, singular and plural, without those that only join others."""
    groups = load_table("groups")
    speaking = {*groups["official"]["words"], *groups["unattached"]["words"]}  # "some say"
    grammar = {*load_table("function_words")["function"]["words"], *_GRAMMAR} - speaking
    held = {word for table in tables for string in _strings(load_table(table)) for word in _WORD.findall(string.casefold())}
    kept = (held | _RULED) - grammar
    return frozenset(form for word in kept for form in _forms(word))


def _strings(rows: Any) -> Iterator[str]:  # noqa: ANN401 - whatever a table holds
    """All names and words of a table, at any depth, without where they come from."""
    if isinstance(rows, str):
        yield rows
    elif isinstance(rows, dict):
        for key, value in rows.items():
            if key != "source":
                yield key
                yield from _strings(value)
    elif isinstance(rows, list):
        for value in rows:
            yield from _strings(value)


def _forms(word: str) -> Iterator[str]:
    """A word with what may be its plural or its singular."""
    yield from (word, f"{word}s", f"{word}es", word.removesuffix("s"), word.removesuffix("es"))
    if word.endswith("y"):
        yield f"{word[:-1]}ies"
    if word.endswith("ies"):
        yield f"{word[:-3]}y"
