"""Actors: persons, organisations, states and bodies, and who speaks for whom."""

from dataclasses import dataclass
from typing import Literal

ActorKind = Literal["person", "organisation", "state", "body", "group", "outlet", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorName:
    """A canonical name as the article's words give it, before documents are compared.

    Attributes:
        name: the canonical form: "National Intelligence Service (South Korea)", "Kim Jong Un", "Ukrainian officials".
        kind: what sort of actor.
        principal: canonical name of the body it speaks for: a ministry, army, president or spokesman -> the state; an NGO, a
            hospital or a UN agency -> itself; None where the words do not say (an unnamed "observers", a private person).
        role: the office as printed ("defence minister"); None where none is.
    """

    name: str
    kind: ActorKind
    principal: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """An office somebody held.

    Attributes:
        name: the office ("minister of defence").
        first: first ISO date on which reports give it; None where undated.
        last: last ISO date on which reports give it; None where undated.
    """

    name: str
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An actor across documents, a row of `reportedly actors`.

    Attributes:
        id: `a:` and the least digest of the canonical names it was joined from.
        name: its canonical name.
        kind: what sort of actor.
        principal: canonical name of the body it speaks for; itself where it speaks for itself; None where unknown.
        names: every name that was joined, as canonicalised in the articles, sorted.
        roles: its offices with the dates on which reports give them.
        stands_for: words that stand for it ("Pyongyang", "the North").
        claims: ids of the claims it made.
        evidence: for each join, in words, what it rests on.
    """

    id: str
    name: str
    kind: ActorKind
    principal: str | None
    names: tuple[str, ...]
    roles: tuple[Role, ...] = ()
    stands_for: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
