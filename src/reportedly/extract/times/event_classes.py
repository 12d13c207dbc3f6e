"""Classes of events that reports date once and then take up, from the table `dating.toml`."""

import functools
from collections.abc import Mapping

from reportedly.extract.parse.tokens import Token
from reportedly.language.tables import load_table


@functools.cache
def event_classes() -> Mapping[str, str]:
    """The class of each word that names an event: "temblor" -> "earthquake"."""
    rows = load_table("dating")["events"]
    return {word: sort for sort, words in rows.items() if sort != "source" for word in words}


def class_at(noun: Token) -> str | None:
    """The class of the event that a noun names; None where it names none."""
    return event_classes().get(noun.lemma_.lower())


def aftermath_at(noun: Token) -> str | None:
    """The class of the event after which something comes that a noun names ("aftershocks" -> "earthquake"), or None."""
    rows = load_table("dating")["aftermath"]["words"]
    found = rows.get(noun.lemma_.lower())
    return str(found) if found is not None else None
