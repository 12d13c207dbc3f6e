"""Settling: bringing the actors that cross parts up to parts that came and went, at a cost that does not grow with the ledger.

What is one is decided by pairs of sides, and a side can only be one with a side that shares a key with it. So what some sides change
reaches no further than the sides that hang together with them, by links that were or by links that are: those are united from nothing,
all others stay. `uniting.unite` over all parts gives the same.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reportedly.model import Actor, Judgement, Side, Trait, United, group_id
from reportedly.model.ports import Sides, Uniter
from reportedly.resolve.marking import mark
from reportedly.resolve.namesakes import like_keys
from reportedly.resolve.uniting import FEW, Key, bring_together, find_reasons, identity_of, judged, key_of, merges, side_of, spelled


def uniter(judgements: Iterable[Judgement]) -> Uniter:
    """What brings the sides of a ledger up to its parts.

    Args:
        judgements: a person's merges and splits of names; a ledger where one came or went is united from nothing.

    Returns:
        The function; it takes the sides, the actors of the parts that went and those of the parts that came.
    """
    kept = tuple(judgements)
    return lambda sides, gone, come: settle(sides, gone, come, kept)


def settle(book: Sides, gone: Sequence[Actor], come: Sequence[Actor], judgements: Sequence[Judgement]) -> None:
    """Bring the sides of a ledger, and the actors that they are, up to actors of parts that went and came.

    Args:
        book: the sides.
        gone: actors that parts had.
        come: actors that parts have; one that is as it was may be left out of both.
        judgements: a person's merges and splits of names.
    """
    traits = Counter(trait for actor in come for trait in _traits(actor))
    traits.subtract(trait for actor in gone for trait in _traits(actor))
    known = book.sides({side_id(key_of(actor)) for actor in (*gone, *come)})
    after = {side: found for side, found in _changed(known, gone, come).items() if found != known.get(side)}
    left = {side for side, found in after.items() if found is None}
    born = after.keys() - known.keys()
    moved = {side for side in after if side in left | born or _told(known[side]) != _told(after[side])}
    names = {known[side].name for side in left} | {found.name for side in born if (found := after[side]) is not None}
    old = _Reach(book, judgements)
    old.follow((moved - born) | _crowd(book, names))
    wanted = merges(judgements)
    book.put_sides({side: replace(found, keys=keys_of_side(found, wanted)) if found else None for side, found in after.items()}, traits)
    new = _Reach(book, judgements)
    new.follow((moved | old.sides.keys() | _crowd(book, names) | _in_company(book, after.keys() - moved)) - left)
    book.put_united(list(new.actors()))


def side_id(key: Key) -> str:
    """The id of a side: `w:` and 16 hexadecimal digits."""
    return group_id("w", ["\x1f".join(key)])


def keys_of_side(side: Side, merged: Iterable[Sequence[str]]) -> frozenset[int]:
    """By which others find a side: whatever it may be one with shares a key with it.

    Args:
        side: the side.
        merged: the names that a person merged, those of each merge together.
    """
    identity, borne = identity_of(side), {side.name, *side.names}
    called = {side.name, *spelled(side, identity)}
    return frozenset(
        {_of_name(side.name)}
        | {mark("called", side.principal, name) for name in called}
        | {mark("like", *words) for words in like_keys(identity)}
        | {mark("merged", *names) for names in merged if not borne.isdisjoint(names)}
    )


@dataclass(slots=True)
class _Loaded:
    """What was read of a side."""

    key: Key
    side: Side
    keys: frozenset[int]


class _Reach:
    """Sides with all that hang together with them.

    Args:
        book: the sides.
        judgements: a person's merges and splits of names.
    """

    def __init__(self, book: Sides, judgements: Sequence[Judgement]) -> None:
        self._book = book
        self._judgements = judgements
        self._merged = merges(judgements)
        self._namesakes: dict[str, frozenset[Key]] = {}
        self._known: dict[str, _Loaded] = {}
        self.sides: dict[str, Key] = {}

    def follow(self, ids: Collection[str]) -> None:
        """Take in some sides and all that hang together with them."""
        new = {side: loaded.key for side, loaded in self._load(ids).items() if side not in self.sides}
        while new:
            self.sides |= new
            near = self._near(new)
            sides = {self._known[side].key: self._known[side].side for side in {*near, *new}}
            links = [*find_reasons(sides, self._namesakes, {*new.values()}), *judged(sides, self._judgements)[0]]
            met = {key for pair in links for key in pair}
            new = {side: self._known[side].key for side in near if self._known[side].key in met and side not in self.sides}

    def actors(self) -> Iterator[United]:
        """The actors that the sides taken in are."""
        sides = {key: self._known[side].side for side, key in self.sides.items()}
        for members, actor in bring_together(sides, self._namesakes, self._judgements):
            yield replace(actor, sides=tuple(sorted(map(side_id, members))))

    def _near(self, new: Mapping[str, Key]) -> set[str]:
        """Ids of the sides that share a key with some."""
        names = {_of_name(key[0]): key[0] for key in new.values() if key[0] not in self._namesakes}
        same = self._book.sharing(names.keys(), FEW + 1)
        loaded = self._load({side for several in same.values() for side in several})
        for number, name in names.items():
            self._namesakes[name] = frozenset(loaded[side].key for side in same.get(number, ()))
        keys = {key for side in new for key in self._known[side].keys} - {_of_name(key[0]) for key in new.values()}
        shared = {side for several in self._book.sharing(keys).values() for side in several}
        few = {side for number, name in names.items() if len(self._namesakes[name]) <= FEW for side in same.get(number, ())}
        return {*self._load(shared | few)} - new.keys()

    def _load(self, ids: Collection[str]) -> dict[str, _Loaded]:
        for side, found in self._book.sides(set(ids) - self._known.keys()).items():
            self._known[side] = _Loaded(key=(found.name, found.principal), side=found, keys=keys_of_side(found, self._merged))
        return {side: self._known[side] for side in ids if side in self._known}


def _in_company(book: Sides, ids: Collection[str]) -> set[str]:
    """Those of some sides that are united with others: how often each is met decides what the actor is called."""
    actors = book.fellows(ids)
    met = Counter(actors.values())
    return {side for side in ids if side in actors and met[actors[side]] > 1}


def _crowd(book: Sides, names: Iterable[str]) -> set[str]:
    """The sides of some names, of those that few share: what each is called, and whom it speaks for, depends on how many there are."""
    crowds = book.sharing({_of_name(name) for name in names}, FEW + 2).values()
    return {side for crowd in crowds if len(crowd) <= FEW + 1 for side in crowd}


def _changed(known: Mapping[str, Side], gone: Sequence[Actor], come: Sequence[Actor]) -> dict[str, Side | None]:
    """The sides of some actors after those that went and came; None where none is left."""
    found = dict(known)
    for actors, sign in ((come, 1), (gone, -1)):
        for actor in actors:
            side = side_of([actor])
            identity = side_id(key_of(actor))
            empty = replace(side, actors=0, kinds={}, names={}, offices={})
            found[identity] = _summed(found.get(identity, empty), side, sign)
    return {identity: side if side.actors > 0 else None for identity, side in found.items()}


def _summed(one: Side, other: Side, sign: int) -> Side:
    """A side with the actors of another added (1) or taken out (-1)."""

    def counted(mine: Mapping[str, int], theirs: Mapping[str, int]) -> dict[str, int]:
        sums = {key: mine.get(key, 0) + sign * theirs.get(key, 0) for key in {*mine, *theirs}}
        return {key: count for key, count in sorted(sums.items()) if count}

    return replace(
        one,
        actors=one.actors + sign * other.actors,
        kinds=counted(one.kinds, other.kinds),  # type: ignore[arg-type]
        names=counted(one.names, other.names),
        offices=counted(one.offices, other.offices),
    )


def _told(side: Side | None) -> object:
    """What decides with which others a side is one."""
    return None if side is None else (identity_of(side), frozenset(side.names))


def _traits(actor: Actor) -> Iterator[Trait]:
    """What is told of an actor's side beyond its names."""
    side = side_id(key_of(actor))
    yield from ((side, "role", json.dumps([role.name, role.first, role.last])) for role in actor.roles)
    yield from ((side, "stands_for", words) for words in actor.stands_for)
    yield from ((side, "evidence", why) for why in actor.evidence)


def _of_name(name: str) -> int:
    return mark("name", name)
