"""Versions of the bundle format: which one a bundle bears, and which ones are read.

A format that gains a field, or a member, gains a number. A bundle bears the lowest number whose readers lose nothing of it, so that an
older desk takes in what it can keep and refuses what it would drop without a word (readers pass over names that they do not know).
Readers take every number up to their own; a field that an older format has not is at its default, which means what the older version
meant. What a field's words may be (a stance, a measure) is no matter of the format: words that a reader does not know are kept as they are.
"""

import re
from collections.abc import Iterable, Mapping

NEWEST = 2
"""The newest format, that of this version."""

_NAME = "reportedly-bundle"
_NAMED = re.compile(rf"{_NAME}/([1-9]\d{{0,5}})")

_FIELDS = {("figures", "place"): 2, ("translation",): 2}
"""The format in which a field came, by the names that lead to it in a member's lines."""

_LAST = frozenset(end[-1] for end in _FIELDS)

_MEMBERS = {"removed.jsonl": 2}
"""The format in which a member came; the others are of the first."""


class NewerFormatError(ValueError):
    """A newer version wrote it."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"a newer version of reportedly wrote it, in bundle format {number}, and this one reads formats up to {NEWEST};"
            " update reportedly, or have its owner write it again with this version"
        )


def name_format(lines: Mapping[str, Iterable[object]]) -> str:
    """The name of the format that a bundle bears: the lowest whose readers lose nothing.

    Args:
        lines: the JSON lines of each member, by its name.
    """
    needed = [_MEMBERS.get(name, 1) for name, rows in lines.items() if any(True for _ in rows)]
    needed += [_needed(line, ()) for rows in lines.values() for line in rows]
    return f"{_NAME}/{max(needed, default=1)}"


def check_format(name: object) -> int:
    """The number of a bundle's format.

    Args:
        name: as its manifest gives it.

    Raises:
        NewerFormatError: this version does not read it.
        ValueError: it is the name of no format.
    """
    named = _NAMED.fullmatch(name) if isinstance(name, str) else None
    if named is None:
        raise ValueError(f"{name!r} is the name of no bundle format")
    number = int(named[1])
    if number > NEWEST:
        raise NewerFormatError(number)
    return number


def _needed(value: object, path: tuple[str, ...]) -> int:
    """The lowest format that has all the fields of a JSON value that say something."""
    if isinstance(value, list):
        return max((_needed(inner, path) for inner in value), default=1)
    number = 1
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name in _LAST and inner is not None:
                number = max(number, *(since for end, since in _FIELDS.items() if (*path, name)[-len(end) :] == end), 1)
            if isinstance(inner, list | Mapping):
                number = max(number, _needed(inner, (*path, name)))
    return number
