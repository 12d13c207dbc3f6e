"""Tells in which state a place lies, from the tables of states, cities and areas and the subdivisions of ISO 3166-2."""

import functools
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from reportedly.language.naming.states import is_state, region_of, state_by_iso, state_of
from reportedly.language.places import is_quarter
from reportedly.language.tables import load_table

_SORTS = ("Province", "Region", "Oblast", "State", "Governorate", "Department", "District", "Prefecture", "County", "Island", "Islands")


def country_of(name: str) -> str | None:
    """The state in which a place lies.

    Args:
        name: canonical name of the place ("Kursk Oblast", "Mariupol", "Manabi").

    Returns:
        The state's canonical name, itself for a state; None where the tables do not have the place or several states have one of
        that name.
    """
    if is_state(name):
        return name
    if region := _regions().get(_folded(name)):
        return region
    oblast = name.removesuffix(" Oblast")
    if oblast != name:
        rows = load_table("places")["oblasts"]
        return ("Ukraine" if oblast in rows["ukrainian"] else "Russia") if oblast in rows["names"] else None
    plain = _folded(name)
    found = _named().get(plain) or state_of(name)
    if found:
        return found
    first, _, sort = plain.rpartition(" ")
    return _named().get(first) if sort.title() in _SORTS else None


@functools.cache
def _named() -> dict[str, str]:
    """The state of each city, area and subdivision whose name is that of one state's only."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for name, state in _subdivisions():
        owners[_folded(name)].add(state)
        first, _, last = name.rpartition(" ")
        if last in load_table("places")["native"]["words"]:
            owners[_folded(first)].add(state)
    alone = {name: next(iter(states)) for name, states in owners.items() if len(states) == 1 and len(name) > 2}  # noqa: PLR2004 - codes
    found = {name: state for name, state in alone.items() if not is_quarter(name)}
    for section in ("areas", "cities"):
        for state, names in load_table("cities")[section]["rows"].items():
            found.update({_folded(name): state for name in names})
    return found


@functools.cache
def _regions() -> dict[str, str]:
    """The state of each part with a government of its own ("Florida" is the American one before the Uruguayan)."""
    federations = {state_by_iso(code) for code in load_table("states")["regions"]["rows"]["federations"]}
    return {_folded(name): state for name, state in _subdivisions() if state in federations and region_of(name) == name}


def _subdivisions() -> Iterable[tuple[str, str]]:
    import pycountry  # noqa: PLC0415 - reads a data base at import

    rows: Iterable[Any] = pycountry.subdivisions  # its own look-up by country is untyped
    for row in rows:
        state = state_by_iso(row.country_code)
        if state is not None and row.name != state:
            yield row.name, state


def _folded(name: str) -> str:
    """A name without accents, in small letters."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
