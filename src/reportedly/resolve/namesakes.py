"""Whether two identities are one person or body: a symmetric decision from the two sides."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product
from typing import Literal, TypeVar

from rapidfuzz.fuzz import ratio

from reportedly.language.tables import load_table
from reportedly.model import ActorKind
from reportedly.resolve.spellings import part_alike, part_close, part_forms, romanised, surname_alike

_ALIKE = 88.0  # rapidfuzz ratio from which two whole names count as spellings of one
_GIVEN = 85.0  # the same for the given names of two holders of one office
_LONG = 6  # letters that a given name needs before its likeness tells anything
_SHORT = 4  # letters below which spellings of a part are not compared
_TOLD = 2  # equal parts that let a misprint in another pass
_BEGINNING = 2  # letters with which the given names of two holders of one office begin alike, or they are no slip
K = TypeVar("K", str, tuple[str, str])
Misprint = Literal["never", "if long", "likely"]
"""How far a letter's difference may be a misprint: Korean and Chinese given names differ by one, holders of one office seldom do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A canonical name with one principal, over all articles that give both.

    Attributes:
        name: the canonical name.
        principal: whom it speaks for, or None.
        kind: what sort of actor.
        offices: its offices as printed, sorted.
    """

    name: str
    principal: str | None
    kind: ActorKind
    offices: tuple[str, ...] = ()


def same_actor(one: Identity, other: Identity) -> str | None:
    """Why two identities with different names are one actor.

    Two people of one surname with different given names, or of different principals, are never one.

    Args:
        one: an identity.
        other: another one.

    Returns:
        What the joining rests on, in words, or None where they stay apart.
    """
    if one.principal is None or one.principal != other.principal or not (is_person_named(one) and is_person_named(other)):
        return None
    mine, theirs = sorted((name_parts(one.name), name_parts(other.name)), key=lambda parts: (len(parts), parts))
    office = shared_office(one, other)
    table = load_table("personal_names")
    family_first = one.principal in table["family_first"]["states"]
    if len(mine) <= 1:
        same = bool(mine and office) and mine[0] == theirs[0 if family_first else -1]
        return f"one surname, one office ({office}), one principal" if same else None
    if _within(mine, theirs):
        return "one name holds the other, one principal"
    misprint: Misprint = "never" if family_first and not office else "likely" if office else "if long"
    if _spelled_alike(mine, theirs, misprint) or (family_first and _romanised_alike(mine, theirs)):
        return "spelled alike, one principal"
    if one.principal in table["turned_round"]["states"] and mine != theirs and sorted(mine) == sorted(theirs):
        return "one name, its parts in another order, one principal"
    slip = office and family_first and _given_alike(mine, theirs)
    return f"given names spelled alike, one office ({office}), one principal: probable" if slip else None


def like_persons(identities: Mapping[K, Identity], among: Collection[K] | None = None) -> Iterator[tuple[K, K]]:
    """Pairs of persons that may be one: those that share a key.

    Args:
        identities: what is compared.
        among: only pairs with one of these; None takes all.

    Yields:
        Each pair once, in order.
    """
    blocks: dict[tuple[str, ...], list[K]] = defaultdict(list)
    for key in sorted(identities):
        for shared in like_keys(identities[key]):
            blocks[shared].append(key)
    pairs = {pair for keys in blocks.values() for pair in combinations(keys, 2)}
    yield from sorted(pair for pair in pairs if among is None or pair[0] in among or pair[1] in among)


def like_keys(identity: Identity) -> frozenset[tuple[str, ...]]:
    """What an identity has in common with every one that `same_actor` takes for the same, whatever else a ledger holds.

    A key for each of its ways: a surname with an office, a longer name's parts two by two, the parts run together, as they are romanised
    or listed, by their initials, turned round, the given names alone, and what the given names of an office's holders begin with.
    """
    if identity.principal is None or not is_person_named(identity):
        return frozenset()
    parts = name_parts(identity.name)
    if not parts:
        return frozenset()
    of = identity.principal
    table = load_table("personal_names")
    heads = {_office(office)[0] for office in identity.offices}
    found: set[tuple[str, ...]] = {("holder", of, part, head) for part in {parts[0], parts[-1]} for head in heads}
    if len(parts) == 1:
        return frozenset(found)
    given = "".join(parts[1:])
    found |= {("within", of, parts[-1], part) for part in parts[:-1]} | {("whole", of, "".join(parts))}
    found |= {("alike", of, *forms) for forms in product(*map(part_forms, parts))}
    found.add(("initials", of, *(part[0] for part in parts)))
    if of in table["family_first"]["states"]:
        found.add(("given", of, romanised(given)))
        found |= {("slip", of, given[:_BEGINNING], head) for head in heads}
    if of in table["turned_round"]["states"]:
        found.add(("turned", of, *sorted(parts)))
    return frozenset(found)


def is_person_named(identity: Identity) -> bool:
    """Whether an identity is a person by name, not an unnamed holder of an office ("a senior official")."""
    words = identity.name.split()
    return identity.kind == "person" and "(" not in identity.name and bool(words) and words[0][0].isupper() and words[-1][0].isupper()


def label(name: str, principal: str, *, single: bool) -> str:
    """What a name gives to the id of its actor: itself, with its principal where others have the name as well."""
    return name if single else f"{name}\x1f{principal}"


@lru_cache(maxsize=1 << 15)
def name_parts(name: str) -> tuple[str, ...]:
    """The parts of a person's name, folded to plain lower-case letters, hyphens closed up."""
    plain = unicodedata.normalize("NFKD", name)
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple(re.sub(r"[^a-z]", "", part) for part in letters.lower().replace("-", "").split() if re.search(r"[a-z]", part.lower()))


def shared_office(one: Identity, other: Identity) -> str | None:
    """An office that both have held, or None; spokesman and spokesperson are one, and a body named on one side only may be either's."""
    for mine in one.offices:
        for theirs in other.offices:
            (head, body), (other_head, other_body) = _office(mine), _office(theirs)
            if head == other_head and (body == other_body or not body or not other_body):
                return max(mine, theirs, key=lambda office: (len(office), office))
    return None


@lru_cache(maxsize=1 << 13)
def _office(words: str) -> tuple[str, frozenset[str]]:
    """An office as its head word, free of sex, and the words that say of what."""
    table = load_table("personal_names")
    parts = [part for part in re.findall(r"[a-z]+", words.lower()) if part not in table["office_fillers"]["words"]]
    if not parts:
        return "", frozenset()
    head = next((parts[-1].removesuffix(end) for end in table["office_heads"]["endings"] if parts[-1].endswith(end)), parts[-1])
    return head, frozenset(parts[:-1])


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether every part of the shorter name stands in the longer, the surname last in both."""
    return len(short) < len(long) and short[-1] == long[-1] and Counter(short) <= Counter(long)


def _spelled_alike(mine: tuple[str, ...], theirs: tuple[str, ...], misprint: Misprint) -> bool:
    """Whether all parts are spellings of one another; a misprint needs long parts, an office in common, or two parts that are equal."""
    if "".join(mine) == "".join(theirs):
        return True
    if len(mine) != len(theirs):
        return False
    unlike = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
    if all(part_alike(a, b) for a, b in unlike):
        return True
    if misprint == "never" or ratio(" ".join(mine), " ".join(theirs)) < _ALIKE or not all(part_close(a, b) for a, b in unlike):
        return False
    told = len(mine) - len(unlike) >= _TOLD and all(min(len(a), len(b)) >= _SHORT for a, b in unlike)
    return misprint == "likely" or told or all(min(len(a), len(b)) >= _LONG for a, b in unlike)


def _romanised_alike(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether, family name first, the family names are spellings of one and the given names are one when romanised alike."""
    given, other = "".join(mine[1:]), "".join(theirs[1:])
    return surname_alike(mine[0], theirs[0]) and min(len(given), len(other)) >= _SHORT and romanised(given) == romanised(other)


def _given_alike(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether, family name first, the given names are spellings of one while the family names differ, as one report's slip leaves them.

    Equal given names tell nothing: many share one.
    """
    one, other = "".join(mine[1:]), "".join(theirs[1:])
    return mine[0] != theirs[0] and one != other and min(len(one), len(other)) >= _LONG and ratio(one, other) >= _GIVEN
