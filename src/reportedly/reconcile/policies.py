"""Policies: how low, best and high are formed over the standing figures. Each is a small file that cites its codebook."""

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal, InvalidOperation
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from reportedly.errors import BadPolicyError

Reach = Literal["newest", "last", "all"]
Rule = Literal["least", "greatest", "agreed", "none"]

_RULES: Mapping[str, frozenset[str]] = {
    "reach": frozenset({"newest", "last", "all"}),
    "low": frozenset({"least"}),
    "high": frozenset({"least", "greatest"}),
    "best": frozenset({"agreed", "least", "none"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A rule for low, best and high; it changes no entry.

    Attributes:
        name: its name.
        sentence: what it does, in one sentence for readers.
        source: the codebook or page that it follows.
        paraphrase: whether that page was not read, so that the rule is a paraphrase.
        measures: the measures it covers; empty covers all.
        counted: the classes it covers; empty covers all.
        reach: whose standing figures count: those that reach the `newest` cut-off, the `last` alone, or `all`.
        reliable: reliability grades that count where any is set; empty counts all.
        low: `least` bound.
        high: `greatest` bound, or the `least`.
        best: where they are `agreed`, the `least`, or `none`.
        vague: vague words (lower case) -> the number that the rule puts for them; empty leaves them words.
    """

    name: str
    sentence: str
    source: str
    paraphrase: bool = False
    measures: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    reach: Reach = "newest"
    reliable: tuple[str, ...] = ()
    low: Rule = "least"
    high: Rule = "greatest"
    best: Rule = "agreed"
    vague: Mapping[str, Decimal] = field(default_factory=dict, hash=False)

    def covers(self, measure: str, counted: str | None) -> bool:
        """Whether the policy forms bounds for such a series."""
        return (not self.measures or measure in self.measures) and (not self.counted or counted in self.counted)


def policy_names() -> list[str]:
    """The policies that ship with the package, sorted."""
    return list(_names())


@functools.cache
def _names() -> tuple[str, ...]:
    return tuple(sorted(path.name.removesuffix(".toml") for path in _folder().iterdir() if path.name.endswith(".toml")))


def load_policy(name: str) -> Policy:
    """A policy by its name or the path of a user's own file.

    Args:
        name: one of `policy_names()`, else the path of a TOML file with the fields of `Policy`.

    Returns:
        The policy.

    Raises:
        BadPolicyError: there is none of that name, or the file is no policy.
    """
    if name in policy_names():
        return _shipped(name)
    try:
        return _policy(name, Path(name).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadPolicyError(name, policy_names()) from error


@functools.cache
def _shipped(name: str) -> Policy:
    return _policy(name, _folder().joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def _folder() -> Any:  # noqa: ANN401 - importlib's Traversable has moved between Python's versions
    return resources.files("reportedly.reconcile").joinpath("policies")


def _policy(name: str, words: str) -> Policy:
    try:
        row = tomllib.loads(words)
        _check_fields(row)
        values: dict[str, Any] = {part.name: row[part.name] for part in fields(Policy) if part.name in row}
        for part in ("measures", "counted", "reliable"):
            values[part] = tuple(values.get(part, ()))
        values["vague"] = {word.casefold(): Decimal(str(number)) for word, number in values.get("vague", {}).items()}
        policy = Policy(**({"name": Path(name).stem} | values))
        _check_rules(policy)
    except _FieldError as error:
        raise BadPolicyError(name, policy_names(), f"line {_line_of(words, error.field)}: {error}") from error
    except (tomllib.TOMLDecodeError, TypeError, AttributeError, InvalidOperation) as error:
        why = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "a field has a value of the wrong kind"
        raise BadPolicyError(name, policy_names(), why) from error
    return policy


class _FieldError(Exception):
    """A field of a policy file that is wrong."""

    def __init__(self, field_name: str, words: str) -> None:
        super().__init__(words)
        self.field = field_name


def _check_fields(row: Mapping[str, Any]) -> None:
    """See that every field is one of a policy: a mistyped one would change nothing, unseen."""
    known = [part.name for part in fields(Policy)]
    for name in row:
        if name not in known:
            raise _FieldError(name, f"unknown field {name!r}; there are {', '.join(known)}")
    for name in ("name", "sentence", "source"):
        if not isinstance(row.get(name, ""), str):
            raise _FieldError(name, f"{name} must be words")
    for name in ("measures", "counted", "reliable"):
        value = row.get(name, [])
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise _FieldError(name, f"{name} must be a list of words")
    for name in ("sentence", "source"):
        if name not in row:
            raise _FieldError(name, f"the field {name!r} is missing")


def _check_rules(policy: Policy) -> None:
    for name, known in _RULES.items():
        if getattr(policy, name) not in known:
            raise _FieldError(name, f"{name} is {getattr(policy, name)!r}; it may be {', '.join(sorted(known))}")


def _line_of(words: str, name: str) -> int:
    """The number of the line on which a field, or a table of its name, stands."""
    place = re.search(rf"^\s*\[*\s*[\"']?{re.escape(name)}\b", words, re.MULTILINE)
    return words.count("\n", 0, place.end()) + 1 if place else 1
