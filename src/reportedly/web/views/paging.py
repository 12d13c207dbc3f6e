"""Where a page of a list stands among the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """A page of a list.

    Attributes:
        page: its number, from 1.
        size: how many rows a page holds.
        total: how many rows there are.
    """

    page: int
    size: int
    total: int

    @property
    def first(self) -> int:
        """Number of the first row on the page, from 1."""
        return (self.page - 1) * self.size + 1

    @property
    def last(self) -> int:
        """Number of the last row on the page."""
        return min(self.page * self.size, self.total)

    @property
    def before(self) -> str | None:
        """Number of the page before; None on the first."""
        return str(self.page - 1) if self.page > 1 else None

    @property
    def after(self) -> str | None:
        """Number of the page after; None on the last."""
        return str(self.page + 1) if self.page * self.size < self.total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Generic[T]):
    """A list that is one of several on a page, each with pages of its own.

    Attributes:
        rows: the rows of its page.
        pager: which page that is, and how many rows there are.
    """

    rows: tuple[T, ...]
    pager: Pager


def part_of(rows: Sequence[T], page: int, size: int) -> Part[T]:
    """A page of a list that is all at hand; one behind the end is the last.

    Args:
        rows: the list.
        page: number of the page, from 1.
        size: how many rows a page holds.
    """
    at = max(1, min(page, -(-len(rows) // size)))
    return Part(rows=tuple(rows[(at - 1) * size : at * size]), pager=Pager(page=at, size=size, total=len(rows)))
