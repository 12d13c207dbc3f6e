"""The rows of actors that cross parts, in a database of each kind."""

import random
from collections.abc import Iterable

from reportedly.ledger.store import LedgerStore
from reportedly.model import Actor, ActorKind, Links, Part, Role
from reportedly.resolve import unite
from reportedly.resolve.settling import uniter

LONG = "Committee for " + "the affairs of the upper and the lower valley and " * 120 + "the coast"
"""A name longer than the keys of any database's index."""


def actor(part: str, name: str, principal: str | None, *offices: str) -> Actor:
    """An actor of a part, a state's person where it has one."""
    kind: ActorKind = "person" if principal else "body"
    roles = tuple(Role(name=office, first="2024-01-01", last="2024-02-01") for office in sorted(offices))
    return Actor(
        id=f"a:{name[:20]}{principal}@{part}",
        name=name,
        kind=kind,
        principal=principal,
        names=(name,),
        roles=roles,
        claims=(f"c:{part}{name[:9]}",),
        evidence=(f"{name} = {name}: set as an alias",),
    )


def replace_part(store: LedgerStore, part: str, actors: Iterable[Actor], *, known: bool) -> None:
    """Put a part with these actors in the place of the one of its id; one without any goes."""
    links = Links(actors=tuple(actors))
    made = [Part(id=part, articles=((f"d:{part}", 0),), links=links)] if links.actors else []
    assert store.put_parts(made, (), frozenset({part} if known else ()), frozenset({f"d:{part}"}), unite=uniter(()))


def test_parts_that_come_change_and_go_keep_their_actors_united(shared: LedgerStore) -> None:
    """After each change the stored actors are those of all parts united from nothing, whatever characters and lengths their names have."""
    chance = random.Random(5)
    people = [("Sergei Petrov", "Russia"), ("Sergey Petrov", "Russia"), ("Petrov", "Russia"), ("Ivan \x00 Petrov", "Russia"), (LONG, None)]
    people += [("Back\\slash Bureau", None), ("Kim Jong Un", "North Korea"), ("Kim Jong-un", "North Korea"), ("Kim Jong Un", None)]
    held: dict[str, list[Actor]] = {}
    for step in range(14):
        part = f"n:{chance.randrange(4)}"
        chosen = chance.sample(people, chance.randrange(5)) if step % 5 != 4 else []
        offices = ("spokesman",) if chance.random() < 0.5 else ()
        actors = [actor(part, name, principal, *offices) for name, principal in chosen]
        replace_part(shared, part, actors, known=bool(held.get(part)))
        held[part] = actors
        everyone = [one for several in held.values() for one in several]
        links = unite(Links(actors=tuple(everyone), actor_of={("d:1", 0, one.id): one.id for one in everyone}), ())
        wanted = {one.id: one for one in links.actors}
        assert shared.united([one.id for one in everyone]) == {one: wanted[other] for (_, _, one), other in links.actor_of.items()}
    assert shared.united(["a:nobody@n:1"]) == {}
