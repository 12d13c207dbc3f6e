"""What the pages and the API ask of a desk, kept while what it rests on stays as it is."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import AbstractContextManager
from typing import Any, TypeVar, cast

from reportedly.api import Desk

T = TypeVar("T")

_MOST = 400  # answers that are kept; a story page needs about six


class Answers:
    """A desk whose answers are kept: pure functions of the question and of the state of the ledger, or of one story of it.

    Two readers who ask the same at once wait for one answer; those who ask other things wait for nobody.

    Args:
        desk: the desk.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
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
            found = self._look(place)
            if found is None:
                with self._one_at_a_time(place):
                    found = self._look(place)
                    if found is None:
                        found = (make(self.desk),)
                        self._keep(place, found)
        return cast("T", found[0])

    def _one_at_a_time(self, place: Hashable) -> threading.Lock:
        with self._lock:
            if len(self._making) > _MOST:
                self._making = {k: lock for k, lock in self._making.items() if lock.locked()}
            return self._making.setdefault(place, threading.Lock())

    def _look(self, place: Hashable) -> tuple[Any] | None:
        with self._lock:
            found = self._kept.get(place)
            if found is not None:
                self._kept.move_to_end(place)
            return cast("tuple[Any] | None", found)

    def _keep(self, place: Hashable, found: tuple[Any]) -> None:
        with self._lock:
            self._kept[place] = found
            self._making.pop(place, None)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
