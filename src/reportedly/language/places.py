"""Canonical names of places, from the table `places.toml`."""

import calendar
import functools
import re

from reportedly.language.naming.phrases import is_proper, plain, undetermined, unpossessed
from reportedly.language.naming.states import is_capital, leading_state, region_of, state_of
from reportedly.language.structures import is_structure
from reportedly.language.tables import load_table

_DATES = frozenset({*calendar.day_name, *calendar.month_name, *calendar.day_abbr, *calendar.month_abbr, "Sept"} - {""})
_HELD = re.compile(r"^[A-Z][\w.]*(?:-[A-Z]\w*)?-(?:occupied|controlled|held|annexed|administered|ruled|run) (?=[A-Z])")


def name_place(phrase: str) -> str | None:
    """The canonical name of the place that a phrase names.

    "Russia's Kursk region" -> "Kursk Oblast"; "the province of Manabi" -> "Manabi"; "Pyongyang" -> "Pyongyang" (a capital
    stands for itself); "the U.S." -> "United States".

    Args:
        phrase: the words after the preposition, or the thing that was taken.

    Returns:
        The name; None where the words hold no proper name.
    """
    text = _HELD.sub("", undetermined(unpossessed(plain(phrase).partition(", ")[0].strip(" ,"))))
    text = _part().sub("", text)
    if not text.endswith(".") or not state_of(text):
        text = text.rstrip(".")
    before = _before().match(text)
    if before:
        inner = name_place(text[before.end() :])
        return oblast_of(inner) or inner if inner and before["noun"] in _words("types", "dropped") else inner
    if is_capital(text):
        return text
    state = state_of(text)
    if state:
        return state
    words = text.split()
    mention = leading_state(words)
    if mention and mention.size < len(words):
        rest = words[mention.size :]
        if rest[0].casefold() in _following():  # "Kyiv late on Friday"
            return name_place(" ".join(words[: mention.size]))
        return _typed(rest) if is_proper(rest[0]) else mention.state if _is_area(rest) else None
    return _typed(words)


def is_known_place(phrase: str) -> bool:
    """Whether a phrase names a place by the tables alone: a state, a capital, a part of a state, or a name with a word for its sort."""
    text = undetermined(unpossessed(plain(phrase).strip(" ,")))
    words = text.split()
    if not words or _before().match(text):
        return bool(words)
    typed = words[-1].casefold() in {*_words("types", "dropped"), *_words("types", "kept")}
    return bool(typed or state_of(text) or region_of(text) or oblast_of(text))


def is_quarter(name: str) -> bool:
    """Whether a name is that of a province of many states, by a quarter of the compass and a word for its sort: "Northern Province"."""
    first, _, last = name.rpartition(" ")
    return last.casefold() in _words("types", "dropped") and _quarter().fullmatch(first.title()) is not None


def opens_place(name: str) -> bool:
    """Whether a name of several words begins as places' names do and people's seldom ("El Obeid", "Port Salut", "San Ramon")."""
    first, _, rest = name.partition(" ")
    return bool(rest) and first.rstrip(".") in _words("openers", "words")


def oblast_of(name: str) -> str | None:
    """The oblast of which a name is the seat's too ("Kursk" -> "Kursk Oblast"), or None."""
    return f"{name} Oblast" if name in _words("oblasts", "names") else None


def has_type(text: str, name: str) -> bool:
    """Whether a text calls a name a region ("the Kursk region")."""
    return re.search(rf"\b{re.escape(name)}\s(?:{_alternatives('dropped')})\b", text, re.IGNORECASE) is not None


def is_place_preposition(word: str) -> bool:
    """Whether the word stands before places."""
    return word.casefold() in _words("prepositions", "words")


def _typed(words: list[str]) -> str | None:
    kept: list[str] = []
    for word in words:
        linking = word.casefold() in {"of", "the", "de", "la", "el", "al"}
        if word.strip(".,") in _DATES or not (is_proper(word) or linking):
            break
        kept.append(word)
    while kept and not is_proper(kept[-1]):
        kept.pop()
    if not kept or not is_proper(kept[0]) or kept[0].strip(".,") in _DATES:
        return None
    last = " ".join(words[len(kept) :][:1]).casefold()
    if len(kept) == 1 and _quarter().fullmatch(kept[0]) and last in _words("types", "dropped"):
        return f"{kept[0]} {last.capitalize()}"  # "Northern province" is no state's province
    if last.isalpha() and last not in {*_words("types", "dropped"), *_words("types", "kept"), *_following()}:
        return None  # "Boston hospitals": the name only tells whose they are
    if kept[-1].casefold() in _words("types", "dropped") and len(kept) > 1 and not is_structure(kept[-2]):
        last = kept.pop().casefold()
    name = " ".join(kept)
    if last in _words("types", "dropped"):
        return region_of(name) or oblast_of(name) or state_of(name) or name
    if last in _words("types", "kept"):
        return f"{name} {last.capitalize()}"
    return name


def _is_area(words: list[str]) -> bool:
    return words[-1].casefold() in {*_words("types", "dropped"), *_words("types", "kept"), "soil", "capital", "border"}


@functools.cache
def _part() -> re.Pattern[str]:
    """Adjectives of parts before a name: "southern Lebanon", "Eastern Ukraine"."""
    words = "|".join(map(re.escape, load_table("places")["directions"]["words"]))
    return re.compile(rf"^(?:(?:{words}) )+(?=[A-Z])")


@functools.cache
def _quarter() -> re.Pattern[str]:
    """The words for a quarter of the compass that alone name a province: "Northern", "North West"."""
    return re.compile(
        r"(?:North|South|East|West|Northern|Southern|Eastern|Western|Central|Upper|Lower)(?:[ -]?(?:East|West|Eastern|Western))?"
    )


@functools.cache
def _before() -> re.Pattern[str]:
    nouns = "|".join(map(re.escape, load_table("places")["before"]["nouns"]))
    return re.compile(rf"^(?:\w+ )?(?P<noun>{nouns}) of (?:the )?(?=[A-Z])")


def _alternatives(field: str) -> str:
    return "|".join(map(re.escape, load_table("places")["types"][field]))


@functools.cache
def _following() -> frozenset[str]:
    """Words that may stand behind a place's name without making it another's."""
    return frozenset(load_table("function_words")["function"]["words"]) | _words("following", "words")


@functools.cache
def _words(section: str, field: str) -> frozenset[str]:
    return frozenset(load_table("places")[section][field])
