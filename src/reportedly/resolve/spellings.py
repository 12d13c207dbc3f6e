"""Spellings: whether two parts of names are one name in two romanisations."""

import functools
import re

from rapidfuzz.fuzz import ratio

from reportedly.language.tables import load_table

_PART = 80.0  # rapidfuzz ratio from which two parts of a name may be spellings of one
_DOUBLED = re.compile(r"(.)\1+")


def part_alike(one: str, other: str) -> bool:
    """Whether two parts of names, in plain small letters, are spellings of one: by the tables, or equal once romanised alike.

    "sergei" and "sergey", "mohammed" and "muhammad"; not "wilson" and "watson", nor "hassan" and "hussein".
    """
    return one == other or romanised(one) == romanised(other) or _listed("spellings", one, other)


def part_forms(part: str) -> tuple[str, ...]:
    """Forms of a part of a name of which two that are alike share one: romanised, and the first of each group that lists it."""
    return (romanised(part), *sorted({f"={min(group)}" for group in _groups("spellings") if part in group}))


def part_close(one: str, other: str) -> bool:
    """Whether two parts of names are near enough to be one with a letter misprinted; "robert" and "roberta" are two."""
    return one[0] == other[0] and ratio(one, other) >= _PART and not _of_two_sexes(one, other)


def surname_alike(one: str, other: str) -> bool:
    """Whether two Korean family names are spellings of one ("Park" and "Pak")."""
    return one == other or _listed("romanised_surnames", one, other)


@functools.lru_cache(maxsize=1 << 14)
def romanised(part: str) -> str:
    """A part of a name in one romanisation: the table's rows applied in order, doubled letters made single."""
    for printed, plain in load_table("personal_names")["romanisations"]["rows"]:
        part = part.replace(printed, plain)
    return _DOUBLED.sub(r"\1", part)


def _of_two_sexes(one: str, other: str) -> bool:
    """Whether two names differ in an ending of women's names alone."""
    for man, woman in load_table("personal_names")["women"]["endings"]:
        for his, hers in ((one, other), (other, one)):
            if his.endswith(man) and hers.endswith(woman) and his[: len(his) - len(man)] == hers[: len(hers) - len(woman)]:
                return True
    return False


def _listed(section: str, one: str, other: str) -> bool:
    return any({one, other} <= group for group in _groups(section))


@functools.cache
def _groups(section: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(group) for group in load_table("personal_names")[section]["groups"])
