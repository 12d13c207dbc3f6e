"""The words of time as look-ups and as compiled forms, from the table `times.toml`."""

import functools
import re
from typing import Any

from reportedly.language.needed_words import needed_words
from reportedly.language.tables import load_table

_Tree = dict[str, "_Tree"]
"""The words that go on from some letters, by their next letter; an empty one where a word ends."""

_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%:/]|,\d|\.\d)"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\d|,\d|\.\d)"
_MACRO = re.compile(r"\{[a-z]\w*\}")
_WINDOW = 64  # characters around a word of time in which the forms are tried; no form is longer


def table(*names: str) -> Any:  # noqa: ANN401 - a table's leaf may be a list, a word or a number
    """The part of the table of time words that `names` lead to."""
    part: Any = load_table("times")
    for name in names:
        part = part[name]
    return part


@functools.cache
def month_number(word: str) -> int:
    """The month, 1 to 12, that a name or an abbreviation in any case means."""
    return int((_folded("months", "names") | _folded("months", "short"))[word.rstrip(".").casefold()])


@functools.cache
def weekday_number(word: str) -> int:
    """The weekday, Monday 0 to Sunday 6, that a name or an abbreviation in any case means."""
    return int((_folded("weekdays", "names") | _folded("weekdays", "short"))[word.rstrip(".").casefold()])


def names_date(word: str) -> bool:
    """Whether a word names a month or a weekday, in full or short."""
    return word.rstrip(".").casefold() in _date_names()


@functools.cache
def number_bounds(word: str) -> tuple[float, float]:
    """The least and the greatest number that a numeral or number word means; `half a` is 0.5, `two and a half` 2.5."""
    word = " ".join(word.casefold().replace("-", " ").split())
    whole = word.removesuffix(f" {table('numbers', 'compound', 'half')}")
    if whole != word:
        low, high = number_bounds(whole)
        return low + 0.5, high + 0.5
    words = table("numbers", "words")
    if word in words:
        return float(words[word]), float(words[word])
    if word in table("numbers", "vague"):
        low, high = table("numbers", "vague")[word]
        return float(low), float(high)
    tens, _, unit = word.partition(" ")
    exact = float(words[tens] + words[unit]) if unit else float(word.replace(",", ""))
    return exact, exact


@functools.cache
def unit_of(word: str) -> str:
    """The unit that a word, singular or plural, names: second, minute, hour, day, week, ..., century."""
    names = table("units", "names")
    word = word.casefold()
    return str(names[word] if word in names else names[word.removesuffix("s")])


@functools.cache
def ordinal_number(word: str) -> int:
    """The place that "first" or "3rd" means, 1 the first and -1 the last."""
    ordinals = table("numbers", "ordinals")
    return int(ordinals[word.casefold()]) if word.casefold() in ordinals else int(re.sub(r"\D", "", word))


@functools.cache
def compiled_forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every form as (name, pattern), in the table's order, its macros filled with the words of the table."""
    macros = _macros()
    filled = ((name, _fill(pattern, macros)) for name, pattern in table("forms", "patterns").items())
    return tuple((name, re.compile(rf"(?<![\w$€£#]){pattern}")) for name, pattern in filled)


@functools.cache
def forms_for(sorts: frozenset[str]) -> tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...]:
    """The forms that words of some sorts (month, weekday, unit ...) can stand in, by the table of triggers.

    Returns:
        Name, pattern, and words of which whatever the form matches holds one; none where nothing is known.
    """
    triggers = table("forms", "triggers")
    wanted = {name for sort in sorts for name in triggers[sort]}
    return tuple((name, pattern, _needs()[name]) for name, pattern in compiled_forms() if name in wanted)


@functools.cache
def _needs() -> dict[str, tuple[str, ...]]:
    """What the forms cannot do without, whatever their macros stand for."""
    return {name: needed_words(_MACRO.sub(".", pattern)) for name, pattern in table("forms", "patterns").items()}


def windows(text: str, start: int, end: int) -> list[tuple[int, int, frozenset[str]]]:
    """The stretches of `text[start:end]` around words of time, disjoint and in order; nothing outside can match a form.

    Returns:
        Start, end and the sorts of the words in each, which tell the forms to be tried.
    """
    found: list[tuple[int, int, frozenset[str]]] = []
    for trigger in _trigger().finditer(text, start, end):
        first, last = max(start, trigger.start() - _WINDOW), min(end, trigger.end() + _WINDOW)
        sorts = frozenset([str(trigger.lastgroup).rstrip("_")])
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], last, found[-1][2] | sorts)
        else:
            found.append((first, last, sorts))
    return found


@functools.cache
def any_of(words: tuple[str, ...]) -> str:
    """A pattern of alternatives, longest first, so that no word hides a longer one.

    What words begin with alike stands once: a search turns most places of a text down at their first letter.
    """
    tree: _Tree = {}
    for word in sorted(words):
        node = tree
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return f"(?:{_alternatives(tree)})"


def _alternatives(tree: _Tree) -> str:
    endings = [re.escape(character) + _alternatives(below) for character, below in tree.items() if character]
    joined = endings[0] if len(endings) == 1 and "" not in tree else f"(?:{'|'.join(endings)})" if endings else ""
    return f"{joined}?" if "" in tree and endings else joined


def cased(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words as they stand in running text and at the start of a sentence."""
    return tuple(dict.fromkeys([*words, *(word[:1].upper() + word[1:] for word in words)]))


@functools.cache
def _date_names() -> frozenset[str]:
    return frozenset(name for kind in ("months", "weekdays") for form in ("names", "short") for name in _folded(kind, form))


def _folded(*names: str) -> dict[str, int]:
    return {word.casefold(): number for word, number in table(*names).items()}


def _fill(pattern: str, macros: dict[str, str]) -> str:
    for name, words in macros.items():
        pattern = pattern.replace("{" + name + "}", words)
    return pattern


@functools.cache
def _macros() -> dict[str, str]:
    whole, short = tuple(table("months", "names")), tuple(table("months", "short"))
    weekdays = tuple(table("weekdays", "names"))
    numbers = (*table("numbers", "words"), *table("numbers", "vague"))
    units = any_of(tuple(table("units", "names")))
    return {
        "month": rf"(?P<month>(?:{any_of(_shouted(whole))})(?![a-z])|(?:{any_of(_shouted(short))})(?![a-z])\.?)",
        "weekday": rf"(?P<weekday>{any_of(_shouted(weekdays))})",
        "weekday2": rf"(?P<weekday2>{any_of(_shouted(weekdays))})",
        "day_word": rf"(?P<day_word>{any_of(_shouted(cased(tuple(table('days', 'words')))))})(?![A-Za-z])",
        "day_words": any_of(cased(tuple(table("numbers", "days")))),
        "part": rf"(?:{any_of(tuple(table('parts', 'words')))})(?![a-z])",
        "number": rf"(?P<number>{_numeral(numbers)})",
        "number2": rf"(?P<number2>{_numeral(numbers)})",
        "units": rf"(?P<unit>{units})s?(?![a-z])",
        "unit_names": units,
        "seasons": any_of(tuple(table("seasons", "names"))),
        "holidays": any_of(tuple(table("holidays", "names"))),
        "named": any_of(tuple(table("named", "names"))),
        "movable": any_of(tuple(table("movable", "names"))),
        "periods": any_of(tuple(table("periods", "names"))),
        "zones": any_of(tuple(table("zones", "names"))),
        "zone": rf"(?:GMT|UTC)[+\-−–]\d\d?(?::?\d\d)?|(?:{any_of(tuple(table('zones', 'names')))})",
        "hours": any_of(tuple(table("clock", "hours"))),
        "ordinals": any_of(cased(tuple(table("numbers", "ordinals")))),
        "fiscal": r"(?P<year>(?:19|20)\d\d|\d\d(?=\b))(?:[-–/](?P<year2>(?:20)?\d\d))?",
        "day": _DAY,
        "year": _YEAR,
    }


def macro(name: str) -> str:
    """The pattern of a macro of the forms ("number", "weekday", "month"), with its group."""
    return _macros()[name]


def _numeral(words: tuple[str, ...]) -> str:
    """A number in digits or words, with "and a half" behind it."""
    compound = table("numbers", "compound")
    tens = rf"(?:{any_of(cased(tuple(compound['tens'])))})[- ](?:{any_of(tuple(compound['units']))})"
    half = rf"(?:[- ]{compound['half'].replace(' ', '[- ]')})?"
    return rf"(?:\d{{1,3}}(?:\.\d+)?|{tens}|(?:{any_of(cased(words))}))(?![a-z]){half}"


def _shouted(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*words, *(word.upper() for word in words)]))


@functools.cache
def _trigger() -> re.Pattern[str]:
    """One scan for the words that time expressions hold, each sort a named group."""
    names = tuple(table("weekdays", "names"))
    units = tuple(table("units", "names"))
    exact = {
        "holiday": (*table("holidays", "names"), *table("movable", "names"), *table("periods", "names"), *table("named", "names")),
        "weekday": (*_shouted(names), *(f"{day}s" for day in names), *table("weekdays", "short")),
        "month": _shouted((*table("months", "names"), *table("months", "short"))),
        "season": tuple(table("seasons", "names")),
    }
    loose = {
        "day_word": tuple(table("days", "words")),
        "unit": (*(f"{unit}s" for unit in units), *units, "midyear", "weekday", "weekdays", "weekends", "millennium"),
        "clock": ("noon", "midnight", "midday"),
        "then": ("at the time", "at that time", *(f"{word} then" for word in table("then", "before")), *table("now", "words")),
    }
    groups = [rf"(?P<{sort}>(?:{any_of(words)})(?![a-z]))" for sort, words in exact.items()]
    groups += [rf"(?P<{sort}_>(?i:{any_of(words)})(?![A-Za-z]))" for sort, words in loose.items()]
    digits = [rf"(?P<{sort}__>{pattern})" for sort, pattern in table("forms", "digits").items()]
    return re.compile(rf"(?<![A-Za-z])(?:{'|'.join([*groups, *digits])})")
