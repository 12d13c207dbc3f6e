"""Uniting: which actors of different parts of a ledger are one person or body."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from reportedly.model import Actor, ActorKind, Judgement, Links, Role, Side, United, group_id
from reportedly.resolve.groups import group
from reportedly.resolve.namesakes import Identity, is_person_named, label, like_persons, name_parts, same_actor

FEW = 2  # sides of one name up to which an unknown principal is told by the known one
_FULL = 2  # parts of a name that tells who is meant
Key = tuple[str, str]
"""A name and its principal, "" where none is known."""


def unite(links: Links, judgements: Iterable[Judgement]) -> Links:
    """The links of all parts with actors that cross them.

    Actors of one name and one principal are one, and those whom `same_actor` takes for one by the two sides. A full name without a
    known principal is that of the only principal there is.

    Args:
        links: the links of parts, gathered.
        judgements: a person's merges and splits of names.

    Returns:
        The links, each actor once; links whose actors were united before come back as they are.
    """
    if not any("@" in actor.id for actor in links.actors):
        return links
    actors: dict[Key, list[Actor]] = defaultdict(list)
    for actor in links.actors:
        actors[key_of(actor)].append(actor)
    sides = {key: side_of(several) for key, several in actors.items()}
    namesakes: dict[str, list[Key]] = defaultdict(list)
    for key in sorted(sides):
        namesakes[key[0]].append(key)
    united: list[Actor] = []
    renamed: dict[str, str] = {}
    for members, one in bring_together(sides, namesakes, judgements):
        several = sorted((actor for key in members for actor in actors[key]), key=lambda actor: actor.id)
        united.append(_gathered(one, several))
        renamed |= {each.id: one.id for each in several}
    return replace(
        links,
        actors=tuple(sorted(united, key=lambda actor: actor.id)),
        actor_of={where: renamed[identity] for where, identity in links.actor_of.items()},
    )


def key_of(actor: Actor) -> Key:
    """The name and the principal of an actor."""
    return actor.name, actor.principal or ""


def side_of(actors: Sequence[Actor]) -> Side:
    """The side of actors of parts that have one name and one principal; its keys are left out."""
    name, principal = key_of(actors[0])
    return Side(
        name=name,
        principal=principal,
        actors=len(actors),
        kinds=Counter(actor.kind for actor in actors),
        names=Counter(each for actor in actors for each in actor.names),
        offices=Counter(role.name for actor in actors for role in actor.roles),
    )


def bring_together(
    sides: Mapping[Key, Side], namesakes: Mapping[str, Collection[Key]], judgements: Iterable[Judgement]
) -> Iterator[tuple[tuple[Key, ...], United]]:
    """The actors that some sides are, where no side beyond them is one with any.

    Args:
        sides: the sides.
        namesakes: for each of their names the sides of that name, or more than `FEW` of them where there are so many.
        judgements: a person's merges and splits of names.

    Yields:
        The sides that are one, and the actor that they are.
    """
    reasons = find_reasons(sides, namesakes)
    together, apart = judged(sides, judgements)
    for members in group(sides, reasons, together=together, apart=apart):
        told = [f"{one[0]} = {other[0]}: {why}" for (one, other), why in sorted(reasons.items()) if one in members and other in members]
        several = [sides[key] for key in members]
        kind = commonest(several)
        borne: Counter[str] = Counter()
        for side in several:
            borne[side.name] += side.actors
        yield (
            members,
            United(
                id=group_id("a", (label(*key, single=len(namesakes[key[0]]) == 1) for key in members)),
                name=min(borne, key=lambda each: (kind == "person" and len(name_parts(each)) < _FULL, -borne[each], each)),
                kind=kind,
                principal=min((side.principal for side in several if side.principal), default=None),
                reasons=tuple(told),
                sides=(),
            ),
        )


def find_reasons(
    sides: Mapping[Key, Side], namesakes: Mapping[str, Collection[Key]], among: Collection[Key] | None = None
) -> dict[tuple[Key, Key], str]:
    """Which sides are one by the two of them, and why.

    Args:
        sides: the sides.
        namesakes: as in `bring_together`, for those of `among`.
        among: only pairs with one of these; None takes all.
    """
    found: dict[tuple[Key, Key], str] = {}
    identities = {key: identity_of(side) for key, side in sides.items()}
    for one, other in like_persons(identities, among):
        why = same_actor(identities[one], identities[other])
        if why is not None:
            found[one, other] = why
    wanted = sides if among is None else among
    for key in sorted(sides):
        for name in spelled(sides[key], identities[key]):
            other = name, key[1]
            if other in sides and (key in wanted or other in wanted):
                found[min(key, other), max(key, other)] = "one of its spellings elsewhere, one principal"
    for name in {key[0] for key in wanted}:
        known = sorted(namesakes[name])
        if len(known) == FEW and known[0][1] == "" and len(name_parts(name)) >= _FULL:
            found[known[0], known[1]] = "one name; only one principal of that name is known"
    return found


def spelled(side: Side, identity: Identity) -> Iterator[str]:
    """Other full names that a person bears in parts: who bears one of them elsewhere for the same principal is the same."""
    if identity.kind == "person":
        yield from (name for name in sorted(side.names) if name != side.name and _is_full_name(name))


def identity_of(side: Side) -> Identity:
    """A side as one side of `same_actor`."""
    return Identity(name=side.name, principal=side.principal or None, kind=commonest([side]), offices=tuple(sorted(side.offices)))


def commonest(sides: Iterable[Side]) -> ActorKind:
    """The kind that most parts give actors."""
    kinds: Counter[ActorKind] = Counter()
    for side in sides:
        kinds.update(side.kinds)
    return min(kinds, key=lambda kind: (kind == "other", -kinds[kind], kind))


def merges(judgements: Iterable[Judgement]) -> tuple[tuple[str, ...], ...]:
    """The names that a person merged, those of each merge together."""
    found = {tuple(sorted(set(judgement.targets))) for judgement in judgements if _is_of_names(judgement) and judgement.kind == "merge"}
    return tuple(sorted(found))


def judged(sides: Mapping[Key, Side], judgements: Iterable[Judgement]) -> tuple[list[tuple[Key, Key]], list[tuple[Key, Key]]]:
    """A person's merges and splits of names, as pairs of sides."""
    wanted = [judgement for judgement in judgements if _is_of_names(judgement)]
    bearers: dict[str, set[Key]] = defaultdict(set)
    for key, side in sides.items() if wanted else ():
        for name in {key[0], *side.names}:
            bearers[name].add(key)
    together: list[tuple[Key, Key]] = []
    apart: list[tuple[Key, Key]] = []
    for judgement in wanted:
        several = together if judgement.kind == "merge" else apart
        for one, other in combinations(sorted(set(judgement.targets)), 2):
            several.extend((a, b) for a in sorted(bearers[one]) for b in sorted(bearers[other]) if a != b)
    return together, apart


def _is_of_names(judgement: Judgement) -> bool:
    return judgement.in_force and judgement.kind in ("merge", "split") and judgement.text_digest is None


def _is_full_name(name: str) -> bool:
    """Whether a name tells who is meant in any story: a person's in full, no office, which another may hold there."""
    return len(name_parts(name)) >= _FULL and is_person_named(Identity(name=name, principal=None, kind="person"))


def _gathered(one: United, actors: Sequence[Actor]) -> Actor:
    """An actor of those that parts have of it."""
    return Actor(
        id=one.id,
        name=one.name,
        kind=one.kind,
        principal=one.principal,
        names=tuple(sorted({name for actor in actors for name in actor.names})),
        roles=_roles(actors),
        stands_for=tuple(sorted({words for actor in actors for words in actor.stands_for})),
        claims=tuple(sorted({claim for actor in actors for claim in actor.claims})),
        evidence=(*one.reasons, *sorted({why for actor in actors for why in actor.evidence} - set(one.reasons))),
    )


def _roles(actors: Iterable[Actor]) -> tuple[Role, ...]:
    days: dict[str, list[Role]] = defaultdict(list)
    for actor in actors:
        for role in actor.roles:
            days[role.name].append(role)
    return tuple(
        Role(
            name=name,
            first=min((role.first for role in days[name] if role.first), default=None),
            last=max((role.last for role in days[name] if role.last), default=None),
        )
        for name in sorted(days)
    )
