"""Employers: for which body somebody speaks, where the words of a name or an office tell more than its first word."""

import re
from collections.abc import Sequence
from functools import lru_cache

from reportedly.language.naming.names import name_actor, state_of
from reportedly.language.tables import load_table
from reportedly.model import ActorName

_QUALIFIED = re.compile(r"(?P<name>.+) \((?P<state>[^()]+)\)")


@lru_cache(maxsize=1 << 15)  # names are without end, memory is not
def named(phrase: str) -> ActorName:
    """`name_actor`, remembered, for a canonical name with its state behind it as well ("General Staff (Ukraine)")."""
    told = name_actor(phrase)
    qualified = _QUALIFIED.fullmatch(phrase)
    state = state_of(qualified["state"]) if qualified else None
    if qualified is None or state is None or told.principal is not None:
        return told
    kind = name_actor(qualified["name"], home=state).kind
    return ActorName(name=phrase, kind="body" if kind == "other" else kind, principal=state)


@lru_cache(maxsize=1 << 15)  # names are without end, memory is not
def named_of(phrase: str, home: str | None) -> ActorName:
    """`name_actor` for what is known to belong to a state, remembered."""
    return name_actor(phrase, home=home)


def employer(office: str, told: str | None) -> str | None:
    """For whom an office is held in a body that bears the name of no state.

    Args:
        office: the office as printed ("chief of the Nordland police", "Nordland police chief").
        told: the principal that the name alone gave ("Nordland"), or None.

    Returns:
        The body's principal, else the body ("Nordland police"); None where the office names no body beyond `told`.
    """
    words = office.split()
    held_in = next((place for place, word in enumerate(words) if word.lower() in _words("before")), None)
    phrase = words[held_in + 1 :] if held_in is not None else words[:-1]
    while phrase and phrase[0].lower() in _words("articles"):
        phrase = phrase[1:]
    if told is None or len(phrase) < 2 or phrase[: len(told.split())] != told.split() or " ".join(phrase) == told:  # noqa: PLR2004 - a place and what is there
        return None
    body = named(" ".join(phrase))
    return body.principal or body.name


def head_body(name: str) -> str | None:
    """The principal of the body behind an "of" in a name ("General Staff of the Iranian armed forces"), or None."""
    before, _, behind = name.partition(" of ")
    body = named(behind.removeprefix("the ")) if before and behind else None
    return body.principal if body and body.kind == "body" else None


def _words(section: str) -> Sequence[str]:
    found: Sequence[str] = load_table("employers")[section]["words"]
    return found
