"""Reads counts that leave out what they count: "19 officers were hurt, eight in the capital and eleven in the north".

Source: Quirk et al., A Comprehensive Grammar of the English Language (1985), sections 13.92 ff. (gapping and the ellipsis of heads).
"""

import functools
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from reportedly.extract.figures.phrases import Phrase
from reportedly.extract.parse.tokens import Token
from reportedly.language.gazetteer import country_of
from reportedly.language.tables import load_table
from reportedly.language.times.words import names_date
from reportedly.model import Figure

_JOINTS = frozenset({",", "and", ";", "plus", "&"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_LONGEST_PLACE = 4  # words of a place's name
_LONGEST = 25  # tokens between two members of one list


def counted_alike(figures: Sequence[Figure], phrases: Sequence[Phrase]) -> list[Figure]:
    """Give bare numbers of a list by places what the figure before them measures.

    Args:
        figures: the figures of a paragraph, in text order.
        phrases: their phrases, alike.

    Returns:
        The figures; each bare number with a place of its own right behind a count of the same sentence measures and counts what that one
        does and is a part: of the count itself where the list adds up to it, else of a whole that nobody prints.
    """
    found = list(figures)
    lead = -1
    members: list[int] = []
    for place in range(1, len(found)):
        if not _continues(found[place], found[lead if lead >= 0 else place - 1], phrases[place], phrases[place - 1]):
            lead, members = -1, []
            continue
        lead = place - 1 if lead < 0 else lead
        joined = _joined(phrases[place - 1], phrases[place], first=place - 1 == lead)
        if found[lead].measure == "other" or found[lead].unit is not None or not joined:
            lead, members = -1, []
            continue
        members.append(place)
        parallel = len(members) == 1 and _parallel(phrases[lead], phrases[place])
        found[place] = replace(_member(found[place], found[lead]), share=found[lead].share if parallel else "part")
        if _sum(found, members) == found[lead].low:
            for member in members:
                found[member] = replace(found[member], of=lead)
    return found


def stands_bare(phrase: Phrase) -> bool:
    """Whether a number has no noun and no unit, and stands behind a joint with a place behind it: ", two in Nagaon"."""
    doc, before, after = phrase.doc, phrase.first.i - 1, phrase.last.i + 1
    if phrase.head is not None or phrase.whole is not None or phrase.person is not None or phrase.quantity.unit is not None:
        return False
    told = after + 1 < len(doc) and (_at_place(doc[after]) or doc[after].lower_ in _rows("degrees"))
    return before > 0 and ((doc[before].lower_ in _JOINTS and told) or follows_place(phrase))


def follows_place(phrase: Phrase) -> bool:
    """`259 died in Norland and in Sudland 56`: a bare number behind a joint and the name of a place that the tables have."""
    doc, end = phrase.doc, phrase.first.i
    first = end
    while first and doc[first - 1].tag_ in {"NNP", "NNPS"} and end - first < _LONGEST_PLACE:
        first -= 1
    if first == end or country_of(doc[first:end].text) is None:
        return False
    before = first - 1 - (first > 0 and doc[first - 1].lower_ == "the")
    before -= before > 0 and doc[before].lower_ in _rows("prepositions")
    behind = doc[phrase.last.i + 1] if phrase.last.i + 1 < len(doc) else None
    return before > 0 and doc[before].lower_ in _JOINTS and (behind is None or behind.is_punct)


def _at_place(link: Token) -> bool:
    """Whether a preposition opens a place: one with a proper noun that is no date, or "the" with a noun."""
    if link.lower_ not in _rows("prepositions"):
        return False
    first = link.nbor(1)
    if first.lower_ in _directions() and first.i + 1 < len(first.doc):
        first = first.nbor(1)
    named = first.tag_ in {"NNP", "NNPS"} and not names_date(first.text)
    return named or (first.lower_ == "the" and first.i + 1 < len(first.doc) and first.nbor(1).pos_ in {"NOUN", "PROPN", "ADJ"})


def _continues(figure: Figure, lead: Figure, phrase: Phrase, before: Phrase) -> bool:
    return figure.measure in {"other", lead.measure} and phrase.number.sent.start == before.number.sent.start and stands_bare(phrase)


def _joined(before: Phrase, phrase: Phrase, *, first: bool) -> bool:
    """Whether nothing but places and joints, and behind the first of a list its own predicate, stands between two members."""
    between = phrase.doc[before.last.i + 1 : phrase.first.i]
    return len(between) <= _LONGEST and (first or not any(t.tag_ in _FINITE for t in between))


def _parallel(lead: Phrase, phrase: Phrase) -> bool:
    """`14 died in Norland and nine in Sudland`: the count before has a place of its own and is not what the next is a part of."""
    doc = phrase.doc
    between = doc[lead.last.i + 1 : phrase.first.i]
    joint = next((t for t in reversed(list(between)) if t.lower_ in _JOINTS), None)
    before = [t for t in between if joint is not None and t.i < joint.i]
    opening = doc[phrase.number.sent.start : lead.first.i]
    placed = any(_at_place(t) for t in before if t.i + 1 < len(doc)) or any(_at_place(t) for t in opening)
    return joint is not None and joint.lower_ not in {",", ";"} and placed and not any(t.text in {",", ";"} for t in before)


def _member(figure: Figure, lead: Figure) -> Figure:
    return replace(
        figure,
        measure=lead.measure,
        verb=lead.verb,
        counted=lead.counted,
        population=figure.population or lead.population,
        status=lead.status,
        reality=lead.reality,
        share="part",
        of=None,
        basis=figure.basis or lead.basis,
        window=figure.window or lead.window,
    )


def _sum(figures: Sequence[Figure], members: Sequence[int]) -> Decimal | None:
    numbers = [figures[member].low for member in members]
    exact = len(members) > 1 and all(figures[member].qualifier == "exact" for member in members)
    return sum((n for n in numbers if n is not None), Decimal(0)) if exact else None


@functools.cache
def _directions() -> frozenset[str]:
    return frozenset(load_table("places")["directions"]["words"])


@functools.cache
def _rows(key: str) -> frozenset[str]:
    return frozenset(load_table("shares")["lists"][key])
