"""Whose copy a report is or uses: credit lines, sign-offs and the agency in a dateline."""

import re

from reportedly.language.naming.outlets import find_outlet, house_signs
from reportedly.language.pages.page_lines import line_pattern

_SPLIT = re.compile(r", and |, | and |/")


def find_credits(plain: str) -> tuple[str, ...]:
    """The outlets that a line beside a report credits, canonical, in the line's order; empty where it credits none.

    Args:
        plain: such as "The Associated Press contributed.", "(Reuters)", "With inputs from AFP" or "Mulvey writes for UPI."
    """
    found = [signed] if (signed := signed_by(plain)) else []
    for name in ("contributed", "writes_for", "copy_from"):
        found += [outlet for match in line_pattern(name).finditer(plain) for outlet in _outlets(match["names"])]
    return tuple(dict.fromkeys(found))


def contributors(plain: str) -> tuple[str, ...]:
    """The outlets that a line says contributed, canonical; empty where it says so of none."""
    return tuple(outlet for match in line_pattern("contributed").finditer(plain) for outlet in _outlets(match["names"]))


def signed_by(plain: str) -> str | None:
    """The outlet whose own copy a line says the report is ("(Reuters)", "Associated Press" alone), canonical; None where none does."""
    for outlet, sign in house_signs():
        if sign.search(plain):
            return outlet
    matches = (line_pattern(name).match(plain) for name in ("bracketed", "alone"))
    return next((outlet for match in matches if match for outlet in _outlets(match["names"])), None)


def closing_credit(plain: str) -> str | None:
    """The agency that signs a paragraph at its end ("... the ministry said. - AFP"), canonical; None where none does."""
    match = line_pattern("closing").search(plain)
    return find_outlet((match["names"] or match["other"]).strip(" .")) if match else None


def employer_of(plain: str) -> str | None:
    """The outlet that a sign-off says its writers work for, canonical ("Reed and Osei write for the Associated Press")."""
    match = line_pattern("writes_for").search(plain)
    return next(iter(_outlets(match["names"])), None) if match else None


def site_of(plain: str) -> str | None:
    """The outlet that a page's furniture says the page belongs to ("head to The Hill", "© 2016 ..."), canonical; None where none."""
    match = line_pattern("owned_by").search(plain)
    return next(iter(_outlets(match["names"] or match["named"])), None) if match else None


def _outlets(names: str) -> list[str]:
    return [outlet for name in (names, *_SPLIT.split(names)) if (outlet := find_outlet(name.strip(" .")))]
