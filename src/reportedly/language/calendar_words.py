"""The words of time as look-ups and as compiled forms, from the table `times.toml`."""

import functools
import re
from typing import Any

from reportedly.language.tables import load_table

_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%:/]|,\d|\.\d)"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\d|,\d|\.\d)"
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


@functools.cache
def number_bounds(word: str) -> tuple[float, float]:
    """The least and the greatest number that a numeral or number word means; `half a` is 0.5."""
    word = " ".join(word.casefold().split())
    if word in table("numbers", "words"):
        exact = float(table("numbers", "words")[word])
        return exact, exact
    if word in table("numbers", "vague"):
        low, high = table("numbers", "vague")[word]
        return float(low), float(high)
    exact = float(word.replace(",", ""))
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


def windows(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of `text[start:end]` around words of time, disjoint and in order; nothing outside can match a form."""
    found: list[tuple[int, int]] = []
    for trigger in _trigger().finditer(text, start, end):
        first, last = max(start, trigger.start() - _WINDOW), min(end, trigger.end() + _WINDOW)
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


@functools.cache
def any_of(words: tuple[str, ...]) -> str:
    """A pattern of alternatives, longest first, so that no word hides a longer one."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def cased(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words as they stand in running text and at the start of a sentence."""
    return tuple(dict.fromkeys([*words, *(word[:1].upper() + word[1:] for word in words)]))


def _folded(*names: str) -> dict[str, int]:
    return {word.casefold(): number for word, number in table(*names).items()}


def _fill(pattern: str, macros: dict[str, str]) -> str:
    for name, words in macros.items():
        pattern = pattern.replace("{" + name + "}", words)
    return pattern


def _macros() -> dict[str, str]:
    whole, short = tuple(table("months", "names")), tuple(table("months", "short"))
    weekdays = tuple(table("weekdays", "names"))
    numbers = (*table("numbers", "words"), *table("numbers", "vague"))
    units = any_of(tuple(table("units", "names")))
    return {
        "month": rf"(?P<month>(?:{any_of(_shouted(whole))})(?![a-z])|(?:{any_of(_shouted(short))})(?![a-z])\.?)",
        "weekday": rf"(?P<weekday>{any_of(_shouted(weekdays))})",
        "day_word": rf"(?P<day_word>{any_of(cased(tuple(table('days', 'words'))))})(?![a-z])",
        "part": rf"(?:{any_of(tuple(table('parts', 'words')))})(?![a-z])",
        "number": rf"(?P<number>\d{{1,3}}(?:\.\d+)?|(?:{any_of(cased(numbers))})(?![a-z]))",
        "units": rf"(?P<unit>{units})s?(?![a-z])",
        "unit_names": units,
        "seasons": any_of(tuple(table("seasons", "names"))),
        "holidays": any_of(tuple(table("holidays", "names"))),
        "named": any_of(tuple(table("named", "names"))),
        "zones": any_of(tuple(table("zones", "names"))),
        "day": _DAY,
        "year": _YEAR,
    }


def _shouted(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*words, *(word.upper() for word in words)]))


@functools.cache
def _trigger() -> re.Pattern[str]:
    days, months = tuple(table("weekdays", "names")), (*table("months", "names"), *table("months", "short"))
    exact = (*_shouted(months), *_shouted(days), *(day + "s" for day in days), *table("weekdays", "short"))
    exact = (*exact, *table("holidays", "names"), *table("named", "names"), *table("seasons", "names"))
    loose = (
        *(unit + "s" for unit in table("units", "names")),
        *table("units", "names"),
        *table("days", "words"),
        "noon",
        "midnight",
        "midday",
    )
    digits = r"\d{4}|\d\d?[/.]\d\d?[/.]|['’‘]\d0s|\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m|[AP]\.?M)|\d\d:\d\d|Q[1-4]|\d(?:st|nd|rd|th)"
    words = rf"(?:{any_of(exact)}|(?i:{any_of(loose)}|at th(?:e|at) time))(?![a-z])"
    return re.compile(rf"(?<![A-Za-z])(?:{words}|{digits})")
