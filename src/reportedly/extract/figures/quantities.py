"""Quantities in raw text: numerals with their ranges, units and bounds, before anybody asks what they count."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reportedly.language.numerals.designations import find_designations, is_designation
from reportedly.language.numerals.numbers import Numeral, find_numerals
from reportedly.language.numerals.odds import merge_odds
from reportedly.language.numerals.qualifiers import bounds, leading, trailing
from reportedly.language.numerals.units import Unit, currency_before, per_after, unit_after
from reportedly.language.tables import load_table
from reportedly.model import Qualifier

_REACH = 64
_WIDEST = 3
"""How many times its lower bound the upper bound of a rise may be ("rose by 2 to 3 tonnes")."""

_WIDEST_SHARE = 5
"""The same of a percentage ("rose by 1 to 4 percent")."""

_LINK = re.compile(
    r"\s?(?P<link>to[\s-]|to\s|and\s|or\s|through\s|[-\u2010-\u2015\u2212])\s?"
    r"(?:(?:about|around|nearly|approximately|perhaps|possibly|even|as many as)\s)?"
)
_HANGING = re.compile(r"-\s(?P<link>to)\s")
_BETWEEN = re.compile(r"\b(?P<word>between)\s(?:(?:about|around|roughly|approximately|some|an estimated)\s)?$", re.IGNORECASE)
_BY = re.compile(r"\bby\s(?:(?:about|around|roughly|approximately|some|nearly|just|only|up\sto)\s)?$", re.IGNORECASE)
_MAGNITUDE = re.compile(r"\bmagnitude[\s-](?:of\s)?$", re.IGNORECASE)
_ARTICLE = re.compile(r"^\s(?:a|an|the)\s?$")
_HYPHENS = frozenset({"-", "\u2010", "\u2011"})
_WORDS = re.compile(r"[^\W\d_]+")
_OF_A = re.compile(r"\s(?:of\s)?(?:a|an|one)\s")
_MINUS = re.compile(r"(?:^|[\s(])(?P<sign>[-\u2212+])$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with what stands right beside it.

    Attributes:
        start: first character, qualifier and currency sign included.
        end: one past the last, unit and denominator included.
        number_start: first character of the numeral itself.
        number_end: one past the numeral's last character (the second one's, in a range).
        low: lower bound, as in a figure.
        high: upper bound, as in a figure.
        qualifier: how the words bound the number.
        unit: UCUM code or ISO 4217 currency; `1` for a fraction; None for a plain count.
        per: code of the denominator; None where it is no rate.
        unit_words: the unit as printed, in lower case; empty where there is none.
        ratio: whether it is a fraction or a percentage.
        word: the numeral's first word in lower case; empty for digits.
        scale: the magnitude that ends the number: 1000000 of "1.2 million", 1 where there is none.
    """

    start: int
    end: int
    number_start: int
    number_end: int
    low: Decimal | None
    high: Decimal | None
    qualifier: Qualifier
    unit: str | None = None
    per: str | None = None
    unit_words: str = ""
    ratio: bool = False
    word: str = ""
    scale: Decimal = Decimal(1)


def find_quantities(text: str, *, most: int | None = None) -> list[Quantity]:
    """Every quantity of a text in order, none overlapping another; years, dates, times, scores and names left out.

    Args:
        text: any text; the time taken grows with its length alone.
        most: how many numerals are read, years and dates among them; None for all.

    Returns:
        The quantities. `one` is among them wherever it stands: only a parse tells a count from a pronoun.
    """
    numerals = find_numerals(text)[:most]
    if not numerals:
        return []
    numerals = merge_odds(text, _counting(text, numerals))
    found: list[Quantity] = []
    place = 0
    while place < len(numerals):
        pair = _pair(text, numerals[place], numerals[place + 1]) if place + 1 < len(numerals) else None
        if pair == "score":
            place += 2
            continue
        if isinstance(pair, _Range):
            found.append(_bounded(text, pair))
            place += 2
            continue
        found.append(_bounded(text, _single(text, numerals[place])))
        place += 1
    return _converted(text, _disjoint(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Range:
    """A numeral, or two that bound one quantity, before qualifier and unit are read."""

    first: Numeral
    last: Numeral
    low: Decimal | None
    high: Decimal | None
    start: int
    inner: Unit | None = None


def _counting(text: str, numerals: Sequence[Numeral]) -> list[Numeral]:
    stretches = iter(find_designations(text))
    stretch = next(stretches, None)
    kept: list[Numeral] = []
    reached = 0
    for numeral in numerals:
        while stretch is not None and stretch[0] < numeral.end:
            reached = max(reached, stretch[1])
            stretch = next(stretches, None)
        if numeral.start >= reached and not is_designation(text, numeral):
            kept.append(numeral)
    return kept


def _single(text: str, numeral: Numeral) -> _Range:
    value = numeral.value
    start = numeral.start
    sign = _MINUS.search(text, max(0, start - 2), start)
    if sign and value is not None and text[numeral.end : numeral.end + 1] in {"%", "°"}:
        start = sign.start("sign")
        value = value if sign["sign"] == "+" else -value
    return _Range(first=numeral, last=numeral, low=value, high=value, start=start)


def _pair(text: str, first: Numeral, second: Numeral) -> "_Range | str | None":
    """The range two numerals make, "score" where they are the result of a game, None where they stand alone."""
    if second.start - first.end > _REACH or first.value is None or second.value is None or first.ratio != second.ratio:
        return None
    inner = unit_after(text, first.end, in_digits=first.in_digits, scaled=first.scale > 1)
    money = currency_before(text, second.start)
    target = money.start if money else second.start
    after = inner.end if inner else first.end
    match = _LINK.fullmatch(text, after, target) or _HANGING.fullmatch(text, after, target)
    if match is None:
        return None
    link = match["link"].strip()
    low, high = _distributed(first, second), second.value
    if _units_clash(text, first, second, inner):
        return None
    sign = currency_before(text, first.start)
    start = sign.start if sign else first.start
    before = text[max(0, start - _REACH) : start]
    if link not in {"to", "to-", "and", "or", "through"}:
        return _dashed(text, first, second, (low, high), inner)
    pair = _Range(first=first, last=second, low=low, high=high, start=start, inner=inner)
    return _worded(link.rstrip("-"), before, pair, percent=inner is None and _is_percent(text, second))


def _dashed(text: str, first: Numeral, second: Numeral, values: tuple[Decimal, Decimal], inner: Unit | None) -> "_Range | str | None":
    low, high = values
    plain = not inner and first.in_digits and second.in_digits and high < 200  # noqa: PLR2004 - goals, points and votes stay below
    if plain and (low >= high or _scored(text, first.start, second.end)) and text[first.end] in "-\u2010\u2011\u2013":
        return "score"
    return _Range(first=first, last=second, low=low, high=high, start=first.start, inner=inner) if low < high else None


def _is_percent(text: str, numeral: Numeral) -> bool:
    unit = unit_after(text, numeral.end, in_digits=numeral.in_digits, scaled=numeral.scale > 1)
    return unit is not None and unit.code == "%"


def _worded(link: str, before: str, pair: _Range, *, percent: bool) -> _Range | None:
    low, high = pair.low, pair.high
    if low is None or high is None:
        return None
    between = _BETWEEN.search(before)
    if link == "and":
        return _ordered(pair, pair.start - (len(before) - between.start("word"))) if between else None
    if link == "or":
        close = low < high <= 2 * low + 1 and low == low.to_integral_value()
        return pair if close else None
    words = [w.lower() for w in _WORDS.findall(re.split(r"[,;:.]\s|\(", before)[-1])][-6:]
    ranging = any(w in _rows("ranging") for w in words)
    changing = any(w in _rows("words") for w in words)
    if changing and not ranging and (not _BY.search(before) or high > (_WIDEST_SHARE if percent else _WIDEST) * low):
        return None  # "rose from 5 to 7", "rose by 14 to 83"
    if low < high:
        return pair
    return _ordered(pair, pair.start) if ranging and low > high else None


def _units_clash(text: str, first: Numeral, second: Numeral, inner: Unit | None) -> bool:
    """Whether the two stand in units of their own: "7% to $2.3 billion" is no range."""
    outer = unit_after(text, second.end, in_digits=second.in_digits, scaled=second.scale > 1)
    before, behind = currency_before(text, first.start), currency_before(text, second.start)
    left = before.code if before else inner.code if inner else None
    right = behind.code if behind else outer.code if outer else None
    return left is not None and left != right and (inner is not None or right is not None)


def _ordered(pair: _Range, start: int) -> _Range | None:
    if pair.low is None or pair.high is None or pair.low == pair.high:
        return None
    return replace(pair, low=min(pair.low, pair.high), high=max(pair.low, pair.high), start=start)


def _distributed(first: Numeral, second: Numeral) -> Decimal:
    """The first number with the magnitude that only the second carries ("10 to 12 million")."""
    value = first.value or Decimal(0)
    alone = first.scale == 1 and second.scale > 1 and second.mantissa is not None and value <= second.mantissa
    return value * second.scale if alone else value


def _scored(text: str, start: int, end: int) -> bool:
    before = [w.lower() for w in _WORDS.findall(text[max(0, start - _REACH) : start])][-4:]
    after = [w.lower() for w in _WORDS.findall(text[end : end + 24])][:1]
    scores = load_table("designations")["scores"]["words"]
    return any(w in scores for w in (*before, *after))


def _bounded(text: str, pair: _Range) -> Quantity:
    start, end = pair.start, pair.last.end
    money = currency_before(text, pair.first.start) or (currency_before(text, pair.last.start) if pair.first != pair.last else None)
    if money and money.end <= pair.first.start:
        start = min(start, money.start)
    magnitude = _MAGNITUDE.search(text, max(0, start - 16), start)
    start = magnitude.start() if magnitude else start
    unit = unit_after(text, end, in_digits=pair.last.in_digits, scaled=pair.last.scale > 1) or pair.inner or _unit_of_fraction(text, pair)
    end = max(end, unit.end if unit else end)
    per = per_after(text, end) if unit or money else None
    end = per.end if per else end
    code = money.code if money else unit.code if unit else "{magnitude}" if magnitude else "1" if pair.first.ratio else None
    quantity = Quantity(
        start=start,
        end=end,
        number_start=pair.first.start,
        number_end=pair.last.end,
        low=pair.low,
        high=pair.high,
        qualifier="exact",
        unit=code,
        per=(per.per if per else None) or (unit.per if unit else None),
        unit_words=unit.words if unit else money.words if money else "magnitude" if magnitude else "",
        ratio=(pair.first.ratio and code == "1") or code == "%",
        word=pair.first.word,
        scale=pair.last.scale,
    )
    return _qualified(text, quantity, pair)


def _unit_of_fraction(text: str, pair: _Range) -> Unit | None:
    """`a quarter of a percentage point`, `half a mile`."""
    of = _OF_A.match(text, pair.last.end) if pair.first.ratio else None
    return unit_after(text, of.end(), in_digits=False, scaled=False) if of else None


def _qualified(text: str, quantity: Quantity, pair: _Range) -> Quantity:
    """The quantity with the bound that stands before or behind it."""
    before, behind = leading(text, quantity.start), trailing(text, quantity.end) or trailing(text, quantity.number_end)
    if (
        before is not None
        and text[quantity.number_end : quantity.number_end + 1] in _HYPHENS
        and _ARTICLE.search(text[before.end : quantity.start])
    ):
        before = None  # "under a four-day truce", "over a 10-year period"
    start = before.start if before else quantity.start
    end = max(quantity.end, behind.end) if behind else quantity.end
    codes = [b.qualifier for b in (before, behind) if b is not None and b.qualifier != "exact"]
    open_bound = next((c for c in codes if c in {"at_least", "more_than", "up_to", "fewer_than"}), None)
    quantity = replace(quantity, start=start, end=end)
    if quantity.low is None or quantity.high is None:
        return replace(quantity, qualifier="vague")
    if open_bound is not None:
        edge = quantity.low if open_bound in {"at_least", "more_than"} else quantity.high
        low, high = bounds(edge, open_bound)
        return replace(quantity, qualifier=open_bound, low=low, high=high)
    if quantity.low != quantity.high:
        return replace(quantity, qualifier="range")
    hedge: Qualifier = codes[0] if codes else "about" if pair.first.about else "exact"
    return replace(quantity, qualifier=hedge)


def _converted(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """A conversion in brackets has the bound of what it converts: "more than 100 km (60 miles)"."""
    kept: list[Quantity] = []
    for quantity in quantities:
        before = kept[-1] if kept else None
        if before is not None and quantity.qualifier == "exact" and before.unit and quantity.unit and quantity.low is not None:
            between = text[before.end : quantity.start].strip() if quantity.start - before.end <= len(" / ") else ""
            if between in {"(", "/"} and before.qualifier not in {"exact", "range", "vague"}:
                low, high = bounds(quantity.low, before.qualifier)
                quantity = replace(quantity, qualifier=before.qualifier, low=low, high=high)  # noqa: PLW2901 - the same quantity, bounded
        kept.append(quantity)
    return kept


def _disjoint(quantities: Sequence[Quantity]) -> list[Quantity]:
    """A qualifier that two numbers could claim belongs to the one before it."""
    kept: list[Quantity] = []
    for quantity in quantities:
        if kept and quantity.start < kept[-1].end:
            quantity = replace(quantity, start=min(kept[-1].end, quantity.number_start))  # noqa: PLW2901 - the same quantity, cut
        kept.append(quantity)
    return kept


@functools.cache
def _rows(key: str) -> frozenset[str]:
    return frozenset(load_table("qualifiers")["changes"][key])
