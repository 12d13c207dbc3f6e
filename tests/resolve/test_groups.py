import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reportedly.resolve.groups import group


def test_links_make_groups_and_lone_nodes_stay_alone() -> None:
    """What hangs together is one group; the rest are groups of one."""
    assert group("abcd", [("a", "b"), ("c", "b")]) == [("a", "b", "c"), ("d",)]


def test_a_split_holds_against_a_chain_of_links() -> None:
    """Two nodes that a person parted never meet, not even by way of a third."""
    groups = group("abc", [("a", "b"), ("b", "c")], apart=[("a", "c")])
    assert not any({"a", "c"} <= set(members) for members in groups)


def test_a_merge_joins_what_no_link_joins() -> None:
    """A person's merge is a link."""
    assert group("ab", [], together=[("b", "a")]) == [("a", "b")]


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=25), st.integers())
def test_the_order_of_links_does_not_matter(links: list[tuple[int, int]], seed: int) -> None:
    """Shuffled links, turned round, with the same split, give the same groups."""
    shuffled = [(b, a) for a, b in links]
    random.Random(seed).shuffle(shuffled)
    apart = [(0, 1)]
    assert group(range(13), links, apart=apart) == group(range(12, -1, -1), shuffled, apart=apart)


@given(st.permutations(range(9)))
def test_a_chain_is_one_group(order: list[int]) -> None:
    """Whatever the order of its links, a chain is one group."""
    assert group(order, pairwise(order)) == [tuple(range(9))]
