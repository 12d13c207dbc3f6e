"""Words without which a pattern cannot match: where a text holds none of them, the pattern need not be tried.

They are read off the pattern as the standard library parses it. Source: "re" in The Python Standard Library, Regular Expression Syntax.
"""

import re
from collections.abc import Iterable
from importlib import import_module
from typing import Any

_CODES: Any = import_module("re._constants")  # no stubs tell of them
_PARSER: Any = import_module("re._parser")
_MOST = 8  # words: looking for more costs as much as trying the pattern
_LEAST = 3  # letters of a word: shorter ones stand everywhere

Words = frozenset[str]
_UNKNOWN: Words = frozenset()


def needed_words(pattern: str) -> tuple[str, ...]:
    """Words of which every match of a pattern holds one, as printed; none where nothing is known.

    Args:
        pattern: a regular expression.

    Returns:
        The words, sorted; pieces of words and blanks may be among them.
    """
    return tuple(sorted(_needed(_PARSER.parse(pattern))))


def _needed(parsed: Iterable[tuple[Any, Any]]) -> Words:
    """The same of parsed pieces that stand one behind the other: the rarest that one of them needs."""
    best, run = _UNKNOWN, ""
    for code, given in parsed:
        if code is _CODES.LITERAL:
            run += chr(given)
            continue
        best, run = max(best, _of_run(run), _of_piece(code, given), key=_rarity), ""
    return max(best, _of_run(run), key=_rarity)


def _of_run(run: str) -> Words:
    return frozenset([run]) if len(run) >= _LEAST else _UNKNOWN


def _of_piece(code: object, given: Any) -> Words:  # noqa: ANN401 - what each code carries
    if code is _CODES.SUBPATTERN and not given[1] & re.IGNORECASE:
        return _needed(given[3])
    if code in {_CODES.MAX_REPEAT, _CODES.MIN_REPEAT} and given[0]:
        return _needed(given[2])
    if code is _CODES.BRANCH:
        branches = [_needed(branch) for branch in given[1]]
        words = frozenset[str]().union(*branches)
        return words if all(branches) and len(words) <= _MOST else _UNKNOWN
    return _UNKNOWN


def _rarity(words: Words) -> tuple[int, int]:
    """Longer words are rarer, and fewer are found sooner."""
    return min(map(len, words), default=0), -len(words)
