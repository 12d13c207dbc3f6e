"""What the pages and the API ask of a desk, kept until the ledger's revision rises."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from reportedly.api import Desk

T = TypeVar("T")

_MOST = 400  # answers that are kept; a story page needs about six


class Answers:
    """A desk whose answers are kept: they are pure functions of the question and of the ledger's revision.

    Args:
        desk: the desk.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._kept: OrderedDict[tuple[int, Hashable], Any] = OrderedDict()
        self._lock = threading.Lock()
        self._working = threading.Lock()  # one answer at a time is worked out: they would only share one processor

    @property
    def revision(self) -> int:
        """The ledger's revision."""
        return self.desk.revision

    def ask(self, key: Hashable, make: Callable[[Desk], T]) -> T:
        """An answer, worked out where it is not kept.

        Args:
            key: what was asked, in full.
            make: works it out.
        """
        place = (self.revision, key)
        found = self._look(place)
        if found is None:
            with self._working:
                found = self._look(place)
                if found is None:
                    found = (make(self.desk),)
                    self._keep(place, found)
        return cast("T", found[0])

    def _look(self, place: tuple[int, Hashable]) -> tuple[Any] | None:
        with self._lock:
            found = self._kept.get(place)
            if found is not None:
                self._kept.move_to_end(place)
            return cast("tuple[Any] | None", found)

    def _keep(self, place: tuple[int, Hashable], found: tuple[Any]) -> None:
        with self._lock:
            self._kept[place] = found
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
