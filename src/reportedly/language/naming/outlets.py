"""Who publishes: names, short names and addresses of outlets, from the table `outlets.toml`."""

import functools
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal, cast

from reportedly.language.tables import load_table

OutletKind = Literal["wire", "newspaper", "broadcaster", "state", "party-release"]

_ADDRESS = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})(?:[:/?#]\S*)?", re.IGNORECASE)
_ADDED = re.compile(r"\s*\(([^()]*)\)\s*$")  # "NPR (AP text)"
_NAME_WORDS = 5
_POINTS = str.maketrans("", "", ".’'")
_SMALL = ("of", "and", "the", "for", "&", "de", "la", "el")
_TEXT_OF = re.compile(r"\s+(?:text|copy|wire|story)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A row of the table.

    Attributes:
        name: its canonical name.
        kind: what sort of outlet; a `party-release` is the house organ of a body that takes part in what it reports.
        country: ISO 3166-1 code of its home, whose way of writing dates it follows; None for a body of many states.
    """

    name: str
    kind: OutletKind
    country: str | None = None


def find_outlet(words: str) -> str | None:
    """The canonical name of an outlet.

    Args:
        words: a credit line, a name or short name, the suffix of a title, a domain or an address.

    Returns:
        The name ("AP", "The Associated Press", "apnews.com" -> "Associated Press"); None where the table has no such outlet.
    """
    outlet = outlet_row(words)
    return outlet.name if outlet else None


@functools.lru_cache(maxsize=8192)
def outlet_row(words: str) -> Outlet | None:
    """The table's row for such words, as in `find_outlet`; None where there is none."""
    names, domains = _rows()
    added = _ADDED.search(words)
    for name in (words, words[: added.start()] if added else ""):
        plain = _plain(name)
        bare = plain.removeprefix("the ").removeprefix("The ")
        outlet = next((names[key] for key in (plain, plain.casefold(), bare, bare.casefold()) if key in names), None)
        if outlet:
            return outlet
    address = _ADDRESS.fullmatch(words.strip())
    return _by_domain(address[1].casefold(), domains) if address else None


def name_outlet(words: str) -> str | None:
    """The name of an outlet that stands where outlets stand, also of one that the table does not have.

    Args:
        words: what stands in a dateline's brackets, behind a writer's name or behind " | " in a title.

    Returns:
        The canonical name where the table has it; the words themselves where they end or begin as names of outlets do ("Coast
        Herald", "Radio Brel"); else None.
    """
    known = find_outlet(words)
    parts = words.strip().removeprefix("the ").removeprefix("The ").split()
    if known or not 1 < len(parts) <= _NAME_WORDS or not all(part[0].isupper() or part in _SMALL for part in parts):
        return known
    return words.strip() if parts[-1].casefold() in _outlet_words() or parts[0].casefold() in _outlet_words() else None


def split_publisher(words: str) -> tuple[str, tuple[str, ...]]:
    """A publisher as somebody noted it, apart from whose copy it says it carries.

    Args:
        words: such as "NPR (AP text)" or "reuters.com".

    Returns:
        The publisher, canonical where the table has it and as given otherwise, and the outlets credited in brackets.
    """
    added = _ADDED.search(words)
    credit = find_outlet(_TEXT_OF.sub("", added[1].strip())) if added else None
    if added and credit:
        rest = words[: added.start()].strip()
        return find_outlet(rest) or rest, (credit,)
    return find_outlet(words) or words.strip(), ()


def house_signs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Signs in a paragraph that tell whose copy it is: outlets with what to search for, in the table's order."""
    return _signs()


def _by_domain(domain: str, domains: dict[str, Outlet]) -> Outlet | None:
    """The outlet of the domain or of the nearest one above it: `feeds.example.org` is `example.org`'s."""
    parts = domain.split(".")
    for first in range(len(parts) - 1):
        outlet = domains.get(".".join(parts[first:]))
        if outlet:
            return outlet
    return None


def _plain(words: str) -> str:
    """A name without accents, points and doubled space."""
    plain = words if words.isascii() else "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
    return " ".join(plain.translate(_POINTS).split()).strip(" \t-–—|:()[]*_")


@functools.cache
def _rows() -> tuple[dict[str, Outlet], dict[str, Outlet]]:
    names: dict[str, Outlet] = {}
    domains: dict[str, Outlet] = {}
    for row in load_table("outlets")["outlet"]:
        outlet = Outlet(name=row["name"], kind=cast("OutletKind", row["kind"]), country=row.get("country"))
        for name in (row["name"], *row["aliases"]):
            plain = _plain(name)
            # A name in capitals ("WORLD", "AP") is the outlet only in capitals, one with an article ("The Hill") only with it: bare
            # or in small letters they are words. Where the bare name is used as well, the table has it as an alias.
            names.setdefault(plain if plain.isupper() else plain.casefold(), outlet)
        for domain in row["domains"]:
            domains.setdefault(domain, outlet)
    return names, domains


@functools.cache
def _outlet_words() -> frozenset[str]:
    return frozenset(load_table("outlets")["name_words"]["rows"])


@functools.cache
def _signs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = load_table("outlets")["house_signs"]["rows"]
    return tuple((row["outlet"], re.compile(row["sign"], re.IGNORECASE)) for row in rows)
