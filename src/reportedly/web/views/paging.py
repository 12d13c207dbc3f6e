"""Where a page of a list stands among the others."""

from dataclasses import dataclass


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
    def before(self) -> str | None:
        """Number of the page before; None on the first."""
        return str(self.page - 1) if self.page > 1 else None

    @property
    def after(self) -> str | None:
        """Number of the page after; None on the last."""
        return str(self.page + 1) if self.page * self.size < self.total else None
