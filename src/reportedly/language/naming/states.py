"""States: their names, adjectives, capitals and seats, from the table `states.toml`."""

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reportedly.language.naming.phrases import DETERMINERS, plain, undetermined, unpossessed
from reportedly.language.tables import load_table

_LONGEST = 6  # words of the longest official name that is looked up
_NONE = (0, False)  # of a word that no form of a state begins with


@dataclass(frozen=True, slots=True, kw_only=True)
class StateMention:
    """A state that some words begin with.

    Attributes:
        state: its canonical name.
        size: how many words name it.
        adjective: whether they are its adjective ("North Korean").
        possessive: whether they end in a possessive ("Seoul's").
    """

    state: str
    size: int
    adjective: bool
    possessive: bool


@functools.lru_cache(maxsize=16_384)
def state_of(word: str) -> str | None:
    """The state that a name, adjective, people, capital, seat or short form stands for.

    Args:
        word: such as "Pyongyang", "North Korean", "the Kremlin" or "the North"; a determiner and a possessive are ignored.

    Returns:
        The state's canonical name, or None. A short form ("the North") is answered as if its article named the state.
    """
    text = plain(word)
    rows = load_table("states")["short"]["rows"]
    for form in (text, unpossessed(text)):
        named = _index().get(undetermined(form)) or rows.get(form) or rows.get(form[:1].lower() + form[1:])
        if named:
            return str(named)
    return None


def needs_context(word: str) -> bool:
    """Whether the word names a state only where its article names the state itself ("the North")."""
    text = unpossessed(plain(word))
    return text not in _index() and undetermined(text) not in _index() and state_of(text) is not None


def leading_state(words: Sequence[str]) -> StateMention | None:
    """The state that the longest beginning of `words` names, or None."""
    longest = _longest(words)
    if not longest:
        return None
    index = _index()
    for size in range(longest, 0, -1):
        text = " ".join(words[:size])
        form = unpossessed(text)
        state = index.get(form) or index.get(undetermined(form)) or _short(form, possessive=form != text)
        if state:
            return StateMention(state=state, size=size, adjective=undetermined(form) in _adjectives(), possessive=form != text)
    return None


def states_in(text: str) -> Iterator[str]:
    """The states that a text names in any form but a short one, in text order, each as often as named."""
    index = _index()
    words = [w.strip(',;:()[]"“”') for w in plain(text).split()]
    words = [w if w in index else w.rstrip(".!?") for w in words]
    place = 0
    for at in [number for number, word in enumerate(words) if _opening(word) != _NONE]:
        if at < place:
            continue
        place = at
        mention = leading_state(words[place : place + _LONGEST])
        if mention and not _short(unpossessed(" ".join(words[place : place + mention.size])), possessive=mention.possessive):
            yield mention.state
        place += mention.size if mention else 1


def adjective_of(state: str) -> str:
    """The adjective that canonical names are formed with: "Ukraine" -> "Ukrainian"; the name itself for what is no state."""
    row = load_table("states")["states"]["rows"].get(state)
    return str(row["adjective"][0]) if row else state


def is_state(name: str) -> bool:
    """Whether the name is the canonical name of a state."""
    return name in load_table("states")["states"]["rows"]


def iso_of(state: str) -> str | None:
    """The ISO 3166-1 code of a state by its canonical name, or None."""
    row = load_table("states")["states"]["rows"].get(state)
    return str(row["iso"]) if row else None


def state_by_iso(code: str) -> str | None:
    """The canonical name of the state with an ISO 3166-1 code, or None."""
    return _by_iso().get(code)


def is_capital(name: str) -> bool:
    """Whether the name is a state's capital, which as a place stands for itself."""
    return plain(name) in _capitals()


def is_people(word: str) -> bool:
    """Whether the word names nationals of a state ("North Koreans")."""
    return undetermined(plain(word)) in _peoples()


@functools.lru_cache(maxsize=16_384)
def region_of(word: str) -> str | None:
    """The part of a state with a government of its own that the word names ("Maryland"), or None."""
    text = undetermined(unpossessed(plain(word)))
    return text if text in _regions() else None


def _short(form: str, *, possessive: bool) -> str | None:
    """A short form with its determiner or a possessive: a bare "North" before a noun is a direction as often as a state."""
    rows = load_table("states")["short"]["rows"]
    key = form[:1].lower() + form[1:] if " " in form else form
    return str(rows[key]) if key in rows and (possessive or " " in key) else None


def _longest(words: Sequence[str]) -> int:
    """How many words at most name a state that they begin with; nought where none does, which the first word tells of nearly all."""
    if not words:
        return 0
    longest, determiner = _opening(words[0])
    if determiner and len(words) > 1:
        openings, second = _openings(), words[1]
        longest = max(longest, 1 + openings[second] if second in openings else 0, 2 if unpossessed(second) in openings else 0)
    return min(longest, _LONGEST, len(words))


@functools.lru_cache(maxsize=16_384)
def _opening(word: str) -> tuple[int, bool]:
    """How many words the longest form has that begins with a word, and whether the word is a determiner."""
    openings = _openings()
    return max(openings.get(word, 0), openings.get(unpossessed(word), 0)), word.casefold() in DETERMINERS


@functools.cache
def _openings() -> dict[str, int]:
    """How many words the longest form has that begins with a word, for each word that one begins with."""
    short = load_table("states")["short"]["rows"]
    found: dict[str, int] = {}
    for form in (*_index(), *short, *(form[:1].upper() + form[1:] for form in short)):
        words = form.split()
        found[words[0]] = max(found.get(words[0], 0), len(words))
    return found


@functools.cache
def _index() -> dict[str, str]:
    index: dict[str, str] = {}
    for state, row in load_table("states")["states"]["rows"].items():
        forms = [state, *row["adjective"], *row["people"], *row["capital"], *row["also"], *_official(row["iso"])]
        for form in forms:
            index.setdefault(plain(form), state)
            if len(form) > 4 or " " in form:  # noqa: PLR2004 - shorter words in capitals are acronyms of something else
                index.setdefault(plain(form).upper(), state)
    for state in load_table("states")["states"]["rows"]:
        index[plain(state)] = state
    return index


def _official(iso: str) -> list[str]:
    """Official names as ISO 3166-1 has them ("Islamic Republic of Iran")."""
    import pycountry  # noqa: PLC0415 - reads a data base at import

    country = pycountry.countries.get(alpha_2=iso)
    names = (getattr(country, field, None) for field in ("official_name", "common_name"))
    return [undetermined(plain(str(name))) for name in names if name and "," not in name]


@functools.cache
def _by_iso() -> dict[str, str]:
    return {row["iso"]: state for state, row in load_table("states")["states"]["rows"].items()}


@functools.cache
def _adjectives() -> frozenset[str]:
    return frozenset(plain(a) for row in load_table("states")["states"]["rows"].values() for a in row["adjective"])


@functools.cache
def _capitals() -> frozenset[str]:
    return frozenset(plain(c) for row in load_table("states")["states"]["rows"].values() for c in row["capital"])


@functools.cache
def _peoples() -> frozenset[str]:
    return frozenset(plain(p) for row in load_table("states")["states"]["rows"].values() for p in row["people"])


@functools.cache
def _regions() -> frozenset[str]:
    import pycountry  # noqa: PLC0415 - reads a data base at import

    rows = load_table("states")["regions"]["rows"]
    subdivisions: Iterable[Any] = pycountry.subdivisions  # its own look-up by country is untyped
    names = {d.name for d in subdivisions if d.country_code in rows["federations"]}
    return frozenset({*names, *rows["also"]} - set(rows["homonyms"]) - set(load_table("states")["states"]["rows"]))
