"""Words and signs that bound a number: `at least`, `nearly`, `or more`, `~`."""

import functools
import re
from dataclasses import dataclass
from decimal import Decimal

from reportedly.language.tables import load_table
from reportedly.model import Qualifier

_REACH = 44
_OPEN = ("at_least", "more_than", "up_to", "fewer_than")
_LINK = r"(?:\s(?:a|an))?[\s\-\u2010\u2011]{0,2}[\"“'‘]?$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What stands beside a number.

    Attributes:
        start: first character of the words.
        end: one past the last.
        qualifier: what they make of the number.
    """

    start: int
    end: int
    qualifier: Qualifier


def leading(text: str, start: int) -> Bound | None:
    """The qualifier that ends where a number starts, stacked ones taken together ("at least some").

    Args:
        text: any text.
        start: first character of the number (or of its currency sign).

    Returns:
        The words' stretch and the qualifier: an open bound wins over a hedge; None where there is none.
    """
    found: Bound | None = None
    while True:
        window = text[max(0, start - _REACH) : start]
        sign, word = _sign_pattern().search(window), _leading_pattern().search(window)
        match = sign or word
        if match is None or _blocked(window[: match.start("words")], match["words"].lower()):
            return found
        code = _codes("signs" if sign else "leading")[_spaced(match["words"])]
        place = start - len(window) + match.start("words")
        merged = _merge(code, found.qualifier if found else None)
        found = Bound(start=place, end=found.end if found else start - len(window) + match.end("words"), qualifier=merged)
        start = place


def trailing(text: str, end: int) -> Bound | None:
    """The qualifier that begins where a number (or its noun) ends; None where there is none."""
    match = _trailing_pattern().match(text, end, min(len(text), end + _REACH))
    if match is None or (match["words"].lower().endswith("up") and text.startswith(" to", match.end())):  # "20 and up to 103"
        return None
    code = _codes("trailing").get(_spaced(match["words"])) or _codes("trailing")[match["words"].lower()]
    return Bound(start=match.start("words"), end=match.end("words"), qualifier=code)


def bounds(value: Decimal, qualifier: Qualifier) -> tuple[Decimal | None, Decimal | None]:
    """Low and high of a number under a qualifier, None where open."""
    if qualifier in {"at_least", "more_than"}:
        return value, None
    if qualifier in {"up_to", "fewer_than"}:
        return None, value
    return value, value


def _merge(outer: Qualifier, inner: Qualifier | None) -> Qualifier:
    if inner is None or inner == "exact":
        return outer
    if outer == "exact":
        return inner
    return outer if outer in _OPEN else inner


def _blocked(before: str, words: str) -> bool:
    last = re.search(r"([^\W\d_]+)\W*$", before)
    only = load_table("qualifiers")["only_leading"].get(words)
    if only is not None and (last is None or last[1].lower() not in only):
        return True
    rows = load_table("qualifiers")["not_leading"].get(words)
    if not rows:
        return False
    return "*" in rows or (last is not None and last[1].lower() in rows)


@functools.cache
def _codes(section: str) -> dict[str, Qualifier]:
    rows = load_table("qualifiers")[section]
    return {_spaced(words): code for code, listed in rows.items() if code != "source" for words in listed}


def _spaced(words: str) -> str:
    return " ".join(words.lower().split())


def _alternatives(section: str) -> str:
    ordered = sorted(_codes(section), key=lambda words: (-len(words), words))
    return "|".join(re.escape(words).replace(r"\ ", r"[\s-]{1,2}") for words in ordered)


@functools.cache
def _leading_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?P<words>{_alternatives('leading')}){_LINK}", re.IGNORECASE)


@functools.cache
def _sign_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?P<words>{_alternatives('signs')})\s?$")


@functools.cache
def _trailing_pattern() -> re.Pattern[str]:
    return re.compile(rf"\s?(?P<words>{_alternatives('trailing')})(?!\w)", re.IGNORECASE)
