"""Uniting as parts come and go: whatever the changes, the actors that cross parts are those that uniting from nothing gives."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from reportedly.ledger import open_ledger
from reportedly.ledger.store import LedgerStore
from reportedly.model import Actor, Judgement, Links, Part, Role
from reportedly.resolve import unite
from reportedly.resolve.namesakes import Identity, like_keys, same_actor
from reportedly.resolve.settling import uniter

NAMES = (
    "Ivan Petrov",
    "Petrov",
    "Sergei Petrov",
    "Sergey Petrov",
    "Sergei Ivanovich Petrov",
    "Petrov Sergei",
    "Kim Jong Un",
    "Kim Jong-un",
    "Gim Jeong-eun",
    "Ko Byungsam",
    "Kim Byungsan",
    "John Smith",
    "John A. Smith",
    "Police",
    "police",
    "Ministry of Health",
)
PRINCIPALS = (None, "Russia", "North Korea", "South Korea", "United States")
JUDGED = (
    (),
    (("merge", ("Ivan Petrov", "Sergei Petrov")),),
    (("split", ("Sergei Petrov", "Sergey Petrov")), ("split", ("Kim Jong Un", "Kim Jong-un"))),
    (("merge", ("John Smith", "Police")), ("split", ("John A. Smith", "John Smith"))),
)


def judgement(kind: str, targets: tuple[str, ...]) -> Judgement:
    return Judgement(id=f"j:{kind}{targets}", kind=kind, targets=targets, by="ada", at="2024-01-01T00:00:00+00:00", reason="seen")  # type: ignore[arg-type]


@st.composite
def actors(draw: st.DrawFn, part: str) -> tuple[Actor, ...]:
    """The actors of one part: each name once for each principal."""
    chosen = draw(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(PRINCIPALS)), max_size=4, unique=True))
    return tuple(
        Actor(
            id=f"a:{place}@{part}",
            name=name,
            kind=draw(st.sampled_from(["person", "person", "person", "group", "body"])),
            principal=principal,
            names=tuple(sorted({name, *draw(st.lists(st.sampled_from(NAMES), max_size=1))})),
            roles=tuple(
                Role(name=office, first=draw(st.sampled_from([None, "2024-01-02", "2024-03-04"])), last="2024-03-05")
                for office in draw(st.sampled_from([(), (), ("spokesman",), ("defence minister", "spokesperson")]))
            ),
            stands_for=draw(st.sampled_from([(), ("Moscow",), ("the North", "Pyongyang")])),
            claims=(f"c:{part}{place}",),
            evidence=draw(st.sampled_from([(), ("set as an alias",), ("one name",)])),
        )
        for place, (name, principal) in enumerate(chosen)
    )


CHANGES = st.lists(st.sampled_from(["n:1", "n:2", "n:3", "n:4"]).flatmap(lambda part: st.tuples(st.just(part), actors(part))), max_size=8)


def put(store: LedgerStore, part: str, links: Links, gone: Sequence[str], judgements: Sequence[Judgement]) -> None:
    """Put one part in the place of another."""
    made = Part(id=part, articles=((f"d:{part}", 0),), links=links)
    parts = (made,) if links.actors else ()
    assert store.put_parts(parts, (), frozenset(gone), frozenset({f"d:{part}"}), unite=uniter(judgements))


@settings(max_examples=40, deadline=None)
@given(changes=CHANGES, judged=st.sampled_from(JUDGED))
def test_any_changes_of_parts_give_what_uniting_from_nothing_gives(
    changes: list[tuple[str, tuple[Actor, ...]]], judged: tuple[tuple[str, tuple[str, ...]], ...]
) -> None:
    """Parts that come, change and go, with a person's merges and splits: after each the actors are those of `unite` over all."""
    judgements = [judgement(*each) for each in judged]
    held: dict[str, tuple[Actor, ...]] = {}
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "sides.db", create=True) as store:
        for part, found in changes:
            put(store, part, Links(actors=found), [part] if held.get(part) else [], judgements)
            held[part] = found
            everyone = [actor for several in held.values() for actor in several]
            links = Links(actors=tuple(everyone), actor_of={("d:1", 0, actor.id): actor.id for actor in everyone})
            wanted = unite(links, judgements)
            by_id = {actor.id: actor for actor in wanted.actors}
            assert len(by_id) == len(wanted.actors)
            assert store.united([actor.id for actor in everyone]) == {one: by_id[other] for (_, _, one), other in wanted.actor_of.items()}


def test_a_second_principal_of_a_name_parts_whom_the_first_told(tmp_path: Path) -> None:
    """A full name of unknown principal is that of the only one known, until another of that name is met; and again when he goes."""
    unknown, russian, korean = (
        Actor(id=f"a:1@n:{place}", name="Ivan Petrov", kind="person", principal=principal, names=("Ivan Petrov",))
        for place, principal in enumerate((None, "Russia", "South Korea"))
    )
    with open_ledger(tmp_path / "sides.db", create=True) as store:
        for place, actor in enumerate((unknown, russian)):
            put(store, f"n:{place}", Links(actors=(actor,)), (), ())
        both = store.united([unknown.id, russian.id])
        assert both[unknown.id].id == both[russian.id].id
        put(store, "n:2", Links(actors=(korean,)), (), ())
        three = store.united([unknown.id, russian.id, korean.id])
        assert len({actor.id for actor in three.values()}) == 3
        put(store, "n:2", Links(), ["n:2"], ())
        assert store.united([unknown.id, russian.id]) == both


def test_only_the_claims_asked_for_are_given(tmp_path: Path) -> None:
    """An actor of many parts has all its names, but no more claims than those of the parts at hand."""
    names = ("Sergei Petrov", "Sergey Petrov")
    several = [
        Actor(id=f"a:1@n:{place}", name=name, kind="person", principal="Russia", names=(name,), claims=(f"c:{place}",))
        for place, name in enumerate(names)
    ]
    with open_ledger(tmp_path / "sides.db", create=True) as store:
        for place, actor in enumerate(several):
            put(store, f"n:{place}", Links(actors=(actor,)), (), ())
        (one,) = store.united([several[0].id]).values()
    assert one.names == names
    assert one.claims == ("c:0",)


_PART = st.text(alphabet="aeiouksrnyjm", min_size=1, max_size=7).map(str.capitalize)
_NAME = st.lists(_PART, min_size=1, max_size=3).map(" ".join)
_OFFICE = st.sampled_from([(), ("spokesman",), ("defence minister",)])


@example(one="A A", other="E Aa A", principal="Russia", mine=(), theirs=())
@example(one="Sergei Petrov", other="Sergey Petrov", principal="Russia", mine=(), theirs=())
@example(one="Mohammed Hassan", other="Muhammad Hassan", principal="Iraq", mine=(), theirs=())
@example(one="Alexander Bortnikov", other="Aleksandr Bortnikov", principal="Russia", mine=(), theirs=())
@given(one=_NAME, other=_NAME, principal=st.sampled_from(["Russia", "North Korea", "United States"]), mine=_OFFICE, theirs=_OFFICE)
def test_persons_who_are_one_share_a_key(one: str, other: str, principal: str, mine: tuple[str, ...], theirs: tuple[str, ...]) -> None:
    """No pair that the two sides make one is passed over, but for slips whose given names begin otherwise."""
    first, second = (
        Identity(name=one, principal=principal, kind="person", offices=mine),
        Identity(name=other, principal=principal, kind="person", offices=theirs),
    )
    why = same_actor(first, second)
    if one != other and why is not None and "probable" not in why:
        assert like_keys(first) & like_keys(second)
