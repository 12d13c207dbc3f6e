"""What the pages and the API ask of a desk, kept while what it rests on stays as it is."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import AbstractContextManager
from typing import Any, TypeVar, cast

from reportedly.api import Desk

T = TypeVar("T")

_MOST = 1_000
"""Answers about stories that are kept, and as many about the whole ledger: those of its present state, for the next has no use of them."""


class Answers:
    """A desk whose answers are kept: pure functions of the question and of the state of the ledger, or of one story of it.

    Two readers who ask the same at once wait for one answer; those who ask other things wait for nobody.

    Args:
        desk: the desk.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._present: OrderedDict[Hashable, Any] = OrderedDict()
        self._moment: Hashable = None
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    @property
    def revision(self) -> int:
        """The ledger's revision."""
        return self.desk.library.revision

    @property
    def moment(self) -> Hashable:
        """What tells the ledger's state from others."""
        return self.desk.library.moment

    def still(self) -> AbstractContextManager[None]:
        """Let all that this thread asks meanwhile be of one moment."""
        return self.desk.library.still()

    def ask(self, key: Hashable, make: Callable[[Desk], T], *, story: str | None = None) -> T:
        """An answer, worked out where it is not kept.

        Args:
            key: what was asked, in full.
            make: works it out.
            story: the story, as a reader names it, that alone the answer is about; what is written elsewhere leaves it as it is. None
                asks about the whole ledger.
        """
        with self.still():
            place = (self.moment if story is None else self.desk.library.state(story), key)
            shelf = self._shelf(place[0], whole=story is None)
            found = self._look(shelf, place)
            if found is None:
                with self._one_at_a_time(place):
                    found = self._look(shelf, place)
                    if found is None:
                        found = (make(self.desk),)
                        self._keep(shelf, place, found)
        return cast("T", found[0])

    def _shelf(self, state: Hashable, *, whole: bool) -> OrderedDict[Hashable, Any]:
        """Where answers are kept: those about the whole ledger go when its state is another."""
        with self._lock:
            if not whole:
                return self._kept
            if state != self._moment:
                self._moment, self._present = state, OrderedDict()
            return self._present

    def _one_at_a_time(self, place: Hashable) -> threading.Lock:
        with self._lock:
            if len(self._making) > _MOST:
                self._making = {k: lock for k, lock in self._making.items() if lock.locked()}
            return self._making.setdefault(place, threading.Lock())

    def _look(self, shelf: OrderedDict[Hashable, Any], place: Hashable) -> tuple[Any] | None:
        with self._lock:
            found = shelf.get(place)
            if found is not None:
                shelf.move_to_end(place)
            return cast("tuple[Any] | None", found)

    def _keep(self, shelf: OrderedDict[Hashable, Any], place: Hashable, found: tuple[Any]) -> None:
        with self._lock:
            shelf[place] = found
            self._making.pop(place, None)
            while len(shelf) > _MOST:
                shelf.popitem(last=False)
