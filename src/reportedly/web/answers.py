"""What the pages and the API ask of a desk, kept while what it rests on stays as it is."""

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, TypeVar, TypeVarTuple, cast

from anyio import from_thread
from anyio.to_thread import current_default_thread_limiter

from reportedly.api import Desk
from reportedly.query.listing import size_of
from reportedly.web.beside import Beside, NoneBesideError

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

LARGE = 1_000
"""Claims of a story, or of a ledger, that take so long that they are read in a process of their own."""

_MOST = 1_000
"""Answers about stories that are kept, and as many about the whole ledger: those of its present state, for the next has no use of them."""


@dataclass(slots=True, kw_only=True)
class _Turn:
    """One makes what others wait for.

    Attributes:
        lock: held by whoever makes it, who may take it again.
        takers: how many threads hold it or wait for it.
    """

    lock: "threading.RLock" = field(default_factory=threading.RLock)
    takers: int = 0


class Answers:
    """A desk whose answers are kept: pure functions of the question and of the state of the ledger, or of one story of it.

    Two readers who ask the same at once wait for one answer, and two who ask about one story for one another, since most of what the
    second wants the first makes; those who ask other things wait for nobody.

    Args:
        desk: the desk.
        beside: the process that answers about what is large; None makes all answers here.
    """

    def __init__(self, desk: Desk, beside: Beside | None = None) -> None:
        self.desk = desk
        self._beside = beside
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._present: OrderedDict[Hashable, Any] = OrderedDict()
        self._moment: Hashable = None
        self._turns: dict[Hashable, _Turn] = {}
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
            return self._once(key, lambda: make(self.desk), story)

    def ask_beside(self, make: Callable[["Answers", *Ts], T], *given: *Ts, story: str | None = None) -> T:
        """What a function makes of the answers, where the story or the ledger is large in a process beside the desk; kept in that case.

        Args:
            make: a function of a module; what it is given has to be hashable, and that as well as what it makes to be picklable.
            given: what else it is given.
            story: see `ask`.
        """
        with self.still():
            if self._beside is None:
                return make(self, *given)
            key, state = (make, given), self._state(story)
            if self._look(story, (state, key)) is None and size_of(self.desk.library, story) < LARGE:
                return make(self, *given)
            return self._once(key, lambda: self._far(make, *given), story, apart=True)

    def make_beside(self, make: Callable[["Answers", *Ts], T], *given: *Ts, story: str | None = None) -> T:
        """The same, kept nowhere: for drafts, which are nobody's business, and for files."""
        with self.still():
            large = self._beside is not None and size_of(self.desk.library, story) >= LARGE
            return self._far(make, *given) if large else make(self, *given)

    def _far(self, make: Callable[["Answers", *Ts], T], *given: *Ts) -> T:
        if self._beside is not None:
            with contextlib.suppress(NoneBesideError), _aside():
                return self._beside.ask(make, *given)
        return make(self, *given)

    def _once(self, key: Hashable, make: Callable[[], T], story: str | None, *, apart: bool = False) -> T:
        """An answer that is kept, or is made by one while others wait; `apart` from what else is asked about the story."""
        state = self._state(story)
        place = (state, key)
        found = self._look(story, place)
        if found is None:
            with self._turn(place if apart or story is None else state):
                found = self._look(story, place)
                if found is None:
                    found = (make(),)
                    self._keep(story, place, found)
        return cast("T", found[0])

    def _state(self, story: str | None) -> Hashable:
        return self.moment if story is None else self.desk.library.state(story)

    def _shelf(self, story: str | None, state: Hashable) -> OrderedDict[Hashable, Any]:
        """Where answers are kept, under the lock: those about the whole ledger go when its state is another."""
        if story is not None:
            return self._kept
        if state != self._moment:
            self._moment, self._present = state, OrderedDict()
        return self._present

    @contextlib.contextmanager
    def _turn(self, name: Hashable) -> Iterator[None]:
        """One at a time; a thread that has its turn may take it again."""
        with self._lock:
            turn = self._turns.setdefault(name, _Turn())
            turn.takers += 1
        try:
            if not turn.lock.acquire(blocking=False):
                with _aside():
                    turn.lock.acquire()
            try:
                yield
            finally:
                turn.lock.release()
        finally:
            with self._lock:
                turn.takers -= 1
                if not turn.takers:
                    del self._turns[name]

    def _look(self, story: str | None, place: tuple[Hashable, Hashable]) -> tuple[Any] | None:
        with self._lock:
            shelf = self._shelf(story, place[0])
            found = shelf.get(place)
            if found is not None:
                shelf.move_to_end(place)
            return cast("tuple[Any] | None", found)

    def _keep(self, story: str | None, place: tuple[Hashable, Hashable], found: tuple[Any]) -> None:
        with self._lock:
            shelf = self._shelf(story, place[0])
            shelf[place] = found
            while len(shelf) > _MOST:
                shelf.popitem(last=False)


@contextlib.contextmanager
def _aside() -> Iterator[None]:
    """Let another page be made in the place of this one, which waits; a thread that makes no page has no place."""
    added = False
    with contextlib.suppress(RuntimeError):
        from_thread.run_sync(_add_places, 1)
        added = True
    try:
        yield
    finally:
        if added:
            from_thread.run_sync(_add_places, -1)


def _add_places(more: int) -> None:
    current_default_thread_limiter().total_tokens += more
