"""Unnamed groups that reports cite, from the table `groups.toml`: "Ukrainian officials", "witnesses"."""

import functools
import re

from reportedly.language.naming.bodies import find_body, firm_after, is_organisation, split_state
from reportedly.language.naming.phrases import bare, is_proper, unpossessed
from reportedly.language.naming.states import adjective_of, leading_state, state_of
from reportedly.language.tables import load_table
from reportedly.model import ActorName

_LINK = re.compile(
    r"\s(?:of|at|in|from|with|for|on|near|within|inside|across|close|familiar|briefed|involved|involving|to)\s(?:the\s)?|\s\w+ing\s"
)
_RUN = re.compile(r"\w-(?:installed|backed|run|led|controlled|occupied|allied|based|born|style|made|speaking)\b")

_PLAIN_BODIES = frozenset({"government", "federal government", "intelligence agency", "military intelligence"})  # a word for them stays one


@functools.lru_cache(maxsize=8192)
def find_group(phrase: str, home: str | None = None) -> ActorName | None:
    """The unnamed group (or unnamed member of one) that a phrase names.

    Args:
        phrase: such as "Ukrainian military and intelligence officials", "residents of Quito" or "a U.S. official".
        home: the state whose authorities a bare "authorities" are.

    Returns:
        Its canonical form, the principal being the state of an official group; None where the phrase names no group.
    """
    text = unpossessed(bare(phrase))
    link = _LINK.search(text)
    core, owner = (text[: link.start()], text[link.end() :]) if link else (text, "")
    passed = _words("noise", "quantities")
    words = [w for w in core.split() if w.casefold() not in passed and not w[:1].isdigit()] or core.split()[-1:]
    words = _state_first(words)
    official = _head(words)
    if official is None or not words or (", " in core and is_proper(core.split()[0])):  # "Lars Dahl, a detective" is one man
        return None
    served = _served(words, home)
    if official and served:
        return served
    state, rest = split_state(" ".join(words)) if not _RUN.search(core) else (None, " ".join(words))
    state = state or _owner_state(owner)
    employer = _employer(owner) if link else None
    principal = _principal(rest, owner, state, home) if official else employer
    belongs = state or (principal if official and principal == home and rest.islower() else None)
    label = f"{adjective_of(belongs)} {rest}" if belongs else rest
    if link and owner and not state and any(is_proper(w) for w in owner.split()[:3]):
        label = f"{label} {text[link.start() :].strip()}"
    named = belongs is not None or (label[:1].isupper() and is_proper(words[0]))
    return ActorName(name=label if named else _lowered(label), kind="group", principal=principal)


def _served(words: list[str], home: str | None) -> ActorName | None:
    """The officials of a body with a name of its own: "Bangladesh Bank officials", "a central bank official"."""
    body = find_body(" ".join(words[:-1]), home) if len(words) > 1 else None
    if len(words) > 1 and is_group_word(words[-2]):
        return None  # "intelligence officials" may be of any service
    if body is None or body.kind not in {"body", "organisation"} or body.name.split(" (")[0].casefold() in _PLAIN_BODIES:
        return None
    if body.principal and body.name.startswith(adjective_of(body.principal)):
        return None  # "police officials" are the state's as "intelligence officials" are
    return ActorName(name=" ".join(words), kind="group", principal=body.principal)


def _employer(owner: str) -> str | None:
    """The organisation for which somebody speaks who belongs to it: "researchers at BAE Systems"."""
    body = find_body(owner) if is_proper(owner) else None
    if body is not None and body.kind == "organisation":
        return body.principal
    firm = firm_after(owner)
    return firm or (owner if is_proper(owner) and is_organisation(owner) and all(is_proper(w) for w in owner.split()) else None)


def is_group_word(word: str) -> bool:
    """Whether the word is the plural (or singular) of an unnamed group ("officials")."""
    return word.casefold() in _words("official", "unattached")


def is_regional(word: str) -> bool:
    """Whether a capitalised word before a group or an office names no body ("Western")."""
    return word in _words("regional")


def _head(words: list[str]) -> bool | None:
    """Whether the group that the words end in speaks for a state; None where they end in no group."""
    for size in (2, 1):
        tail = " ".join(words[-size:]).casefold()
        if tail in _words("official"):
            return True
        if tail in _words("unattached"):
            return False
    return None


def _state_first(words: list[str]) -> list[str]:
    """The words with the state before its adjectives: "young North Korean soldiers" -> "North Korean young soldiers"."""
    for place in range(1, len(words)):
        if not words[place - 1].islower():
            break
        mention = leading_state(words[place:])
        if mention and place + mention.size < len(words):
            return words[place : place + mention.size] + words[:place] + words[place + mention.size :]
    return words


def _owner_state(owner: str) -> str | None:
    mention = leading_state(owner.split())
    return mention.state if mention and mention.size == len(owner.split()) else None


def _principal(rest: str, owner: str, state: str | None, home: str | None) -> str | None:
    """The state, else the body whose officials they are ("Pentagon officials"), else the state at home."""
    if state:
        return state
    if set(rest.casefold().split()) & _words("private") or (owner and _head_noun(owner) in _words("private")):
        return None
    if rest.casefold() in _words("anonymous") or set(rest.split()) & _words("supranational"):
        return None
    proper = [w for w in rest.split()[:-1] if is_proper(w)]
    modifiers = "" if all(is_regional(w) for w in proper) else " ".join(proper)
    for words in (modifiers, owner):
        body = find_body(words) if words else None
        if body:
            return body.principal
    return home if not modifiers and not (owner and is_proper(owner)) else modifiers or None


def _head_noun(owner: str) -> str:
    """The noun of an owner's phrase in the singular, roughly: "the charter schools in Texas" -> "school"."""
    first = re.split(r"\s(?:in|at|of|on|for|near|that|who|which|outside|from)\s", owner)[0].split()[-1:]
    return first[0].casefold().removesuffix("s") if first else ""


def _lowered(label: str) -> str:
    first, _, rest = label.partition(" ")
    plain_word = first.isalpha() and not state_of(first) and first[1:].islower()
    return f"{first.lower()} {rest}".strip() if plain_word else label


@functools.cache
def _words(*sections: str) -> frozenset[str]:
    return frozenset(word for section in sections for word in load_table("groups")[section]["words"])
