"""Uniting: which actors of different parts of a ledger are one person or body."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from reportedly.model import Actor, ActorKind, Judgement, Links, Role, group_id
from reportedly.resolve.actors import like_persons
from reportedly.resolve.groups import group
from reportedly.resolve.namesakes import Identity, is_person_named, name_parts, same_actor

_FULL = 2  # parts of a name that tells who is meant
_Key = tuple[str, str]  # a name and its principal, "" where none is known


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
    sides: dict[_Key, list[Actor]] = defaultdict(list)
    for actor in links.actors:
        sides[actor.name, actor.principal or ""].append(actor)
    evidence = dict(_evidence(sides))
    groups = group(sides, evidence, **_judged(sides, judgements))
    names = Counter(name for name, _ in sides)
    united: list[Actor] = []
    renamed: dict[str, str] = {}
    for members in groups:
        several = sorted((actor for key in members for actor in sides[key]), key=lambda actor: actor.id)
        reasons = [f"{one[0]} = {other[0]}: {why}" for (one, other), why in sorted(evidence.items()) if one in members and other in members]
        actor = _united(members, several, names, reasons)
        united.append(actor)
        renamed |= {each.id: actor.id for each in several}
    return replace(
        links,
        actors=tuple(sorted(united, key=lambda actor: actor.id)),
        actor_of={where: renamed[identity] for where, identity in links.actor_of.items()},
    )


def _evidence(sides: Mapping[_Key, Sequence[Actor]]) -> Iterator[tuple[tuple[_Key, _Key], str]]:
    identities = {key: _identity(key, actors) for key, actors in sides.items()}
    for one, other in like_persons(identities):
        why = same_actor(identities[one], identities[other])
        if why is not None:
            yield (one, other), why
    spelled: dict[_Key, set[_Key]] = defaultdict(set)
    principals: dict[str, list[str]] = defaultdict(list)
    for key, actors in sides.items():
        principals[key[0]].append(key[1])
        for name in {name for actor in actors for name in actor.names if name != key[0] and _is_full_name(name)}:
            if (name, key[1]) in sides and identities[key].kind == "person":
                spelled[key].add((name, key[1]))
    for key, others in spelled.items():
        yield from (((min(key, other), max(key, other)), "one of its spellings elsewhere, one principal") for other in sorted(others))
    for name, several in principals.items():
        known = sorted(several)
        if len(known) == 2 and known[0] == "" and len(name_parts(name)) >= _FULL:  # noqa: PLR2004 - unknown and known
            yield ((name, ""), (name, known[1])), "one name; only one principal of that name is known"


def _is_full_name(name: str) -> bool:
    """Whether a name tells who is meant in any story: a person's in full, no office, which another may hold there."""
    return len(name_parts(name)) >= _FULL and is_person_named(Identity(name=name, principal=None, kind="person"))


def _identity(key: _Key, actors: Sequence[Actor]) -> Identity:
    offices = {role.name for actor in actors for role in actor.roles}
    return Identity(name=key[0], principal=key[1] or None, kind=_commonest(actors), offices=tuple(sorted(offices)))


def _commonest(actors: Iterable[Actor]) -> ActorKind:
    kinds = Counter(actor.kind for actor in actors)
    return min(kinds, key=lambda kind: (kind == "other", -kinds[kind], kind))


def _judged(sides: Mapping[_Key, Sequence[Actor]], judgements: Iterable[Judgement]) -> dict[str, list[tuple[_Key, _Key]]]:
    """A person's merges and splits of names, as pairs of sides."""
    bearers: dict[str, set[_Key]] = defaultdict(set)
    for key, actors in sides.items():
        for name in {key[0], *(name for actor in actors for name in actor.names)}:
            bearers[name].add(key)
    found: dict[str, list[tuple[_Key, _Key]]] = {"together": [], "apart": []}
    for judgement in judgements:
        if judgement.undone or judgement.kind not in ("merge", "split"):
            continue
        for one, other in combinations(sorted(set(judgement.targets)), 2):
            pairs = [(a, b) for a in sorted(bearers[one]) for b in sorted(bearers[other]) if a != b]
            found["together" if judgement.kind == "merge" else "apart"].extend(pairs)
    return found


def _united(members: Sequence[_Key], actors: Sequence[Actor], names: Mapping[str, int], reasons: Sequence[str]) -> Actor:
    """One actor of those that parts have of it."""
    kind = _commonest(actors)
    borne = Counter(actor.name for actor in actors)
    name = min(borne, key=lambda each: (kind == "person" and len(name_parts(each)) < _FULL, -borne[each], each))
    return Actor(
        id=group_id("a", (each if names[each] == 1 else f"{each} ({of})" for each, of in members)),
        name=name,
        kind=kind,
        principal=min((actor.principal for actor in actors if actor.principal), default=None),
        names=tuple(sorted({name for actor in actors for name in actor.names})),
        roles=_roles(actors),
        stands_for=tuple(sorted({words for actor in actors for words in actor.stands_for})),
        claims=tuple(sorted({claim for actor in actors for claim in actor.claims})),
        evidence=(*reasons, *sorted({why for actor in actors for why in actor.evidence} - set(reasons))),
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
