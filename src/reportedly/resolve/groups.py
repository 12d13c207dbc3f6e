"""Groups: what hangs together by symmetric links, obeying a person's must-links and cannot-links."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

Node = TypeVar("Node", str, int, tuple[str, int], tuple[str, str])


class Groups:
    """Disjoint sets under union, each with the nodes that must stay out of it."""

    __slots__ = ("_apart", "_parent")

    def __init__(self) -> None:
        self._parent: dict[object, object] = {}
        self._apart: dict[object, set[object]] = defaultdict(set)

    def find(self, node: object) -> object:
        """The representative of a node's group."""
        self._parent.setdefault(node, node)
        while self._parent[node] != node:
            self._parent[node] = self._parent[self._parent[node]]
            node = self._parent[node]
        return node

    def part(self, one: object, other: object) -> None:
        """Keep two groups apart from now on."""
        first, second = self.find(one), self.find(other)
        if first != second:
            self._apart[first].add(second)
            self._apart[second].add(first)

    def join(self, one: object, other: object) -> bool:
        """Make two groups one, unless they are kept apart; whether they are one now."""
        first, second = self.find(one), self.find(other)
        if first == second:
            return True
        if second in self._apart[first]:
            return False
        self._parent[second] = first
        for enemy in self._apart.pop(second, set()):
            self._apart[first].add(enemy)
            self._apart[enemy].discard(second)
            self._apart[enemy].add(first)
        return True


def group(
    nodes: Iterable[Node],
    links: Iterable[tuple[Node, Node]],
    *,
    together: Iterable[tuple[Node, Node]] = (),
    apart: Iterable[tuple[Node, Node]] = (),
) -> list[tuple[Node, ...]]:
    """The groups that links make of nodes; the same for every order of nodes and links.

    Args:
        nodes: what is grouped.
        links: pairs that belong together.
        together: pairs that a person joined; they go first.
        apart: pairs that a person parted; no link joins their groups.

    Returns:
        The groups, each sorted, in order of their first members.
    """
    groups = Groups()
    for one, other in sorted({(min(pair), max(pair)) for pair in together}):
        groups.join(one, other)
    for one, other in sorted({(min(pair), max(pair)) for pair in apart}):
        groups.part(one, other)
    for one, other in sorted({(min(pair), max(pair)) for pair in links}):
        groups.join(one, other)
    found: dict[object, list[Node]] = defaultdict(list)
    for node in sorted(set(nodes)):
        found[groups.find(node)].append(node)
    return sorted(tuple(members) for members in found.values())
