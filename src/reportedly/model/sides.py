"""Sides: what uniting the actors of different parts needs of them, kept by name and principal so that no part is read for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reportedly.model.actor import ActorKind

Trait = tuple[str, str, str]
"""Id of a side, what is told of it (`role`, `stands_for`, `evidence`), and the value: words, or a role as JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """All actors of parts that have one name and one principal; they are one actor.

    Attributes:
        name: the name.
        principal: canonical name of whom it speaks for; empty where unknown.
        actors: how many parts have it.
        kinds: kind -> in how many parts it is of that kind.
        names: every name that its actors bear -> in how many parts.
        offices: every office that its actors hold -> in how many parts.
        keys: by which sides that may be one with it find it, as numbers: two sides share one where they may.
    """

    name: str
    principal: str
    actors: int
    kinds: Mapping[ActorKind, int]
    names: Mapping[str, int]
    offices: Mapping[str, int] = field(default_factory=dict)
    keys: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class United:
    """An actor across parts, as far as it is not gathered from its sides when it is read.

    Attributes:
        id: `a:` and the least digest of the names of its sides.
        name: its canonical name.
        kind: what sort of actor.
        principal: canonical name of whom it speaks for; None where unknown.
        reasons: for each two of its sides that are one by themselves, in words, what that rests on.
        sides: ids of its sides, sorted.
    """

    id: str
    name: str
    kind: ActorKind
    principal: str | None
    reasons: tuple[str, ...]
    sides: tuple[str, ...]
