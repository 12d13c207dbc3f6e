"""Units and magnitudes that a clause prints once: "eased to 33.2 percent from 34.8", "from 2.1 to 2.4 million tonnes".

Source: Quirk et al., A Comprehensive Grammar of the English Language (1985), sections 13.92 ff. (gapping and the ellipsis of heads).
"""

import functools
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from reportedly.extract.figures.phrases import Phrase
from reportedly.extract.figures.quantities import Quantity
from reportedly.extract.parse.tokens import Token
from reportedly.language.tables import load_table

_LONGEST = 14
"""Tokens between two numbers of one unit."""

_ALIKE = Decimal(20)
"""Two values of one thing differ at most so many times where the second leaves its unit out."""

_SCALED = Decimal(1000)
"""A number below this may have left out its magnitude."""

_DATE = 5
"""Tokens of a date between two values."""

_RIVAL = 6
"""Tokens between the shares of two rivals."""

_NOMINAL = frozenset({"DT", "PRP$", "JJ", "NN", "NNS", "NNP", "NNPS", "POS", "HYPH"})

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def with_gapped_units(phrases: Sequence[Phrase]) -> list[Phrase]:
    """The phrases of a paragraph, bare numbers given the unit that the number beside them prints.

    Args:
        phrases: the paragraph's phrases of numerals in text order.

    Returns:
        The phrases in the same order; spans stay as they are.
    """
    found = list(phrases)
    for place in range(1, len(found)):
        before, phrase = found[place - 1], found[place]
        if before.number.sent.start != phrase.number.sent.start or phrase.first.i - before.last.i > _LONGEST:
            continue
        if _from_to(before, phrase):
            found[place - 1] = replace(before, quantity=_alike(before.quantity, phrase.quantity))
        elif _bare(phrase) and before.quantity.unit is not None and any(test(before, phrase) for test in (_compared, _gapped, _rivals)):
            found[place] = replace(phrase, quantity=_alike(phrase.quantity, before.quantity))
    return found


def _bare(phrase: Phrase) -> bool:
    quantity = phrase.quantity
    return phrase.head is None and phrase.whole is None and quantity.unit is None and quantity.low is not None and quantity.high is not None


def _alike(quantity: Quantity, model: Quantity) -> Quantity:
    """A quantity with the unit of another, and with its magnitude where that makes the two comparable; itself where they are not."""
    if quantity.low is None or quantity.high is None or not model.low or not model.high:
        return quantity
    scale = model.scale if quantity.scale == 1 and quantity.high < _SCALED and model.low >= model.scale * Decimal("0.1") else Decimal(1)
    low, high = quantity.low * scale, quantity.high * scale
    if not model.low / _ALIKE <= high <= model.high * _ALIKE:
        return quantity
    return replace(quantity, low=low, high=high, unit=model.unit, per=model.per, ratio=model.ratio)


def _from_to(before: Phrase, phrase: Phrase) -> bool:
    """`from 2.1 to 2.4 million tonnes`, `from $3.1 to $2.4 billion`."""
    doc, quantity = before.doc, before.quantity
    bare = before.head is None and before.whole is None and quantity.unit in {None, phrase.quantity.unit} and quantity.low is not None
    opened = before.first.i > 0 and doc[before.first.i - 1].lower_ == "from"
    told = phrase.quantity.unit is not None or phrase.quantity.scale > 1
    return bare and opened and told and [t.lower_ for t in doc[before.last.i + 1 : phrase.first.i]] == ["to"]


def _compared(before: Phrase, phrase: Phrase) -> bool:
    """`to 33.2 percent from 34.8`, `63.4 percent, against 71 in 2019`; in "rose 3 percent from 212" the two are different things."""
    between = [t.lower_ for t in _without_date(list(phrase.doc[before.last.i + 1 : phrase.first.i]))]
    opening = _word_before(before)
    states = opening in _rows("after") and opening not in _changes()
    linked = bool(between) and between[-1] in _rows("comparing") and set(between) <= _rows("comparing") | _rows("beside")
    return states and linked and _closed(phrase)


def _without_date(between: list[Token]) -> list[Token]:
    """The words between two values without the date of the first: `8.2 percent in June, up from 7.9 in May`."""
    comma = next((place for place, token in enumerate(between) if token.text == ","), 0)
    dated = 0 < comma <= _DATE and between[0].tag_ == "IN" and not any(t.tag_ in _FINITE for t in between[:comma])
    return between[comma if dated else 0 :]


def _gapped(before: Phrase, phrase: Phrase) -> bool:
    """`raised output by 10,000 barrels a day and the UAE by 144,000`; `2.1 percent in Norland and 3.4 in Sudland`."""
    between = phrase.doc[before.last.i + 1 : phrase.first.i]
    link = _word_before(phrase)
    repeated = link in _rows("repeated") and link == _word_before(before)
    listed = link in _rows("joints") and _word_behind(phrase) in _rows("listing") and _word_behind(phrase) == _word_behind(before)
    joined = (repeated or listed) and any(t.lower_ in _rows("joints") for t in between)
    return joined and not any(t.tag_ in _FINITE for t in between) and _closed(phrase)


def _rivals(before: Phrase, phrase: Phrase) -> bool:
    """`she got 52.4 percent, her rival 47.1`."""
    between = phrase.doc[before.last.i + 1 : phrase.first.i]
    named = len(between) > 1 and between[0].lower_ in _rows("joints") and all(t.tag_ in _NOMINAL for t in between[1:])
    behind = phrase.doc[phrase.last.i + 1] if phrase.last.i + 1 < len(phrase.doc) else None
    return before.quantity.unit == "%" and len(between) <= _RIVAL and named and (behind is None or behind.is_punct)


def _closed(phrase: Phrase) -> bool:
    """Whether no noun of its own stands right behind the number."""
    place = phrase.last.i + 1
    if place >= len(phrase.doc):
        return True
    following: Token = phrase.doc[place]
    return following.is_punct or following.is_sent_start or following.tag_ in {"IN", "CC", "DT", "RB", "TO", *_FINITE}


def _word_before(phrase: Phrase) -> str:
    return phrase.doc[phrase.first.i - 1].lower_ if phrase.first.i else ""


def _word_behind(phrase: Phrase) -> str:
    return phrase.doc[phrase.last.i + 1].lower_ if phrase.last.i + 1 < len(phrase.doc) else ""


@functools.cache
def _changes() -> frozenset[str]:
    return frozenset(load_table("qualifiers")["changes"]["words"])


@functools.cache
def _rows(key: str) -> frozenset[str]:
    return frozenset(load_table("shares")["gapped"][key])
