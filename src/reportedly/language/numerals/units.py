"""Units, currencies and denominators beside a number, as UCUM codes and ISO 4217."""

import functools
import re
from dataclasses import dataclass

from reportedly.language.tables import load_table

_REACH = 44
_USUAL_GAP = 36
_USUAL_REACH = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit as printed.

    Attributes:
        start: first character.
        end: one past the last.
        code: UCUM code or ISO 4217 currency; None where only a denominator was found.
        per: code of the denominator; None where there is none.
        words: the unit's words in lower case.
    """

    start: int
    end: int
    code: str | None
    per: str | None = None
    words: str = ""


def currency_before(text: str, start: int) -> Unit | None:
    """The currency sign or code right before a number, or None."""
    match = _signs().search(text, max(0, start - 8), start)
    if match is None:
        return None
    words = match["sign"]
    return Unit(start=match.start("sign"), end=match.end("sign"), code=load_table("units")["currency_signs"]["words"][words], words=words)


def unit_after(text: str, end: int, *, in_digits: bool, scaled: bool) -> Unit | None:
    """The unit or the currency right behind a number.

    Args:
        text: any text.
        end: one past the number's last character.
        in_digits: whether the number is written in digits (symbols follow only digits).
        scaled: whether a magnitude ends it ("3 million pounds" is money).

    Returns:
        The unit, without any denominator behind it; None where a plain noun or nothing follows.
    """
    limit = min(len(text), end + _REACH)
    match = _unit_words().match(text, end, limit)
    if match:
        words = " ".join(re.sub(r"[-\u2010\u2011]", " ", match["words"].lower()).split())
        pound = load_table("units")["pound"]
        code = (
            (pound["money"] if scaled else pound["weight"])
            if words in pound["words"]
            else _codes().get(words) or _codes()[match["words"].lower()]
        )
        return Unit(start=match.start("words"), end=match.end("words"), code=code, words=words)
    match = _unit_symbols().match(text, end, limit) if in_digits else None
    if match is None:
        return None
    symbol, rows = match["symbol"], load_table("units")
    if match["gap"] and symbol in rows["symbols"]["glued_only"] and symbol not in rows["symbols"]["space_too"]:
        return None
    compact = _compact().get(symbol)
    if compact:
        return Unit(start=match.start("symbol"), end=match.end("symbol"), code=compact["unit"], per=compact["per"], words=symbol)
    code = rows["symbols"]["words"].get(symbol) or rows["currency_signs"]["words"].get(symbol)
    return Unit(start=match.start("symbol"), end=match.end("symbol"), code=code, words=symbol)


def per_after(text: str, end: int) -> Unit | None:
    """The denominator right behind a unit or a counted noun: `a day`, `per person`, `daily`, `/kg`."""
    match = _per().match(text, end, min(len(text), end + _REACH))
    if match is None:
        return None
    rows = load_table("units")["per"]
    words = (match["noun"] or match["adverb"] or match["slash"]).lower()
    code = rows["words"].get(" ".join(words.split())) or rows["adverbs"].get(words) or rows["symbols"].get(words)
    return Unit(start=match.start(), end=match.end(), code=None, per=code, words=words)


def usual_per(text: str, end: int) -> str | None:
    """The denominator of what comes about again and again, some words behind a count: `kills 500 people here every year`.

    Args:
        text: any text.
        end: one past the count's last character.

    Returns:
        The code; None where no such words stand in the same clause.
    """
    match = _usual().match(text, end, min(len(text), end + _USUAL_REACH))
    return load_table("units")["per"]["words"].get(match["noun"].lower()) if match else None


@functools.cache
def _usual() -> re.Pattern[str]:
    rows = load_table("units")["usual"]
    return re.compile(
        rf"[^\d.;:,()“”\"\n]{{0,{_USUAL_GAP}}}\s(?:{_join(rows['before'])})\s(?P<noun>{_join(rows['nouns'])})(?![\w-])", re.IGNORECASE
    )


@functools.cache
def _codes() -> dict[str, str]:
    rows = load_table("units")
    listed = [(code, words) for section in ("words", "currency_words") for code, words in rows[section].items() if code != "source"]
    return {word.replace("-", " "): code for code, words in listed for word in words}


@functools.cache
def _compact() -> dict[str, dict[str, str]]:
    return {symbol: row for symbol, row in load_table("units")["compact"].items() if symbol != "source"}


def _join(words: list[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"[\s-]") for w in sorted(words, key=lambda w: (-len(w), w)))


@functools.cache
def _unit_words() -> re.Pattern[str]:
    words = [*_codes(), *load_table("units")["pound"]["words"]]
    return re.compile(rf"[ \u00a0\u202f\n]?[-\u2010\u2011]?[ ]?(?P<words>{_join(words)})(?![^\W_])", re.IGNORECASE)


@functools.cache
def _unit_symbols() -> re.Pattern[str]:
    rows = load_table("units")
    symbols = [*rows["symbols"]["words"], *_compact(), *(s for s in rows["currency_signs"]["words"] if not s.isascii() or s.isalpha())]
    return re.compile(rf"(?P<gap>[ \u00a0\u202f]?|-)(?P<symbol>{_join(symbols)})(?![^\W_])(?!\.\w)")


@functools.cache
def _signs() -> re.Pattern[str]:
    signs = list(load_table("units")["currency_signs"]["words"])
    return re.compile(rf"(?<![A-Za-z])(?P<sign>{_join(signs)})[ \u00a0]?$")


@functools.cache
def _per() -> re.Pattern[str]:
    rows = load_table("units")["per"]
    nouns, adverbs, slashes = _join(list(rows["words"])), _join(list(rows["adverbs"])), _join(list(rows["symbols"]))
    dated = _join(load_table("units")["per"]["not_before"])  # "21 a day earlier" is no rate
    return re.compile(
        rf"(?:(?:\s(?:a|an|per|each|every)|,?\sper)\s(?P<noun>{nouns})(?!\s(?:{dated})\b)|\s(?P<adverb>{adverbs})|(?P<slash>{slashes}))(?![^\W_])",
        re.IGNORECASE,
    )
