"""What the pages and the API ask of a desk, kept while what it rests on stays as it is."""

import contextlib
import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar, TypeVarTuple, cast

from anyio import from_thread
from anyio.to_thread import current_default_thread_limiter

from reportedly.api import Desk
from reportedly.query.listing import size_of

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

LARGE = 1_000
"""Claims of a story, or of a ledger, that take so long that they are read in a process of their own."""

_MOST = 1_000
"""Answers about stories that are kept, and as many about the whole ledger: those of its present state, for the next has no use of them."""

_MOST_BYTES = 32 << 20
"""Bytes of each of the two as they would be written down (pickle); in memory they take some four times that."""

_UNKNOWN = 1 << 16
"""Bytes that one counts as which cannot be written down."""


@dataclass(slots=True, kw_only=True)
class _Turn:
    """One makes what others wait for.

    Attributes:
        lock: held by whoever makes it, who may take it again.
        takers: how many threads hold it or wait for it.
    """

    lock: "threading.RLock" = field(default_factory=threading.RLock)
    takers: int = 0


class NoneBesideError(Exception):
    """The process beside the desk cannot answer this; the desk has to."""


class Elsewhere(Protocol):
    """A process beside the desk: what answers need of `beside.Beside`."""

    def ask(self, make: Callable[["Answers", *Ts], T], *given: *Ts) -> T:
        """What a function makes there of the answers of a desk.

        Raises:
            NoneBesideError: it cannot be made there.
        """
        ...


class _Scale:
    """Counts the bytes that are written to it, and keeps none."""

    def __init__(self) -> None:
        self.bytes = 0

    def write(self, piece: bytes) -> int:
        self.bytes += len(piece)
        return len(piece)


def weigh(answer: object) -> int:
    """How many bytes an answer takes as it would be written down."""
    scale = _Scale()
    try:
        pickle.Pickler(scale, pickle.HIGHEST_PROTOCOL).dump(answer)
    except Exception:  # noqa: BLE001 - whatever is in its way, it is kept here and sent nowhere
        return _UNKNOWN
    return scale.bytes


class Shelf:
    """Answers by what was asked; those that were asked for longest ago go when there are many, or large ones.

    Args:
        most: answers at most.
        most_bytes: bytes of them at most, by `weigh`; one that is larger by itself is not kept.
    """

    def __init__(self, most: int = _MOST, most_bytes: int = _MOST_BYTES) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._held: OrderedDict[Hashable, tuple[tuple[Any], int]] = OrderedDict()
        self.bytes = 0

    def __len__(self) -> int:
        """How many there are."""
        return len(self._held)

    def get(self, place: Hashable) -> tuple[Any] | None:
        """An answer in a tuple of its own; None where none is kept."""
        found = self._held.get(place)
        if found is None:
            return None
        self._held.move_to_end(place)
        return found[0]

    def put(self, place: Hashable, answer: tuple[Any], size: int) -> None:
        """Keep an answer of so many bytes; one that is too large by itself drives out only an older one to the same question."""
        self.bytes -= self._held.pop(place, (None, 0))[1]
        if size > self._most_bytes:
            return
        self.bytes += size
        self._held[place] = answer, size
        while len(self._held) > self._most or self.bytes > self._most_bytes:
            self.bytes -= self._held.popitem(last=False)[1][1]


class Answers:
    """A desk whose answers are kept: pure functions of the question and of the state of the ledger, or of one story of it.

    Two readers who ask the same at once wait for one answer, and two who ask about one story for one another, since most of what the
    second wants the first makes; those who ask other things wait for nobody.

    Args:
        desk: the desk.
        beside: the process that answers about what is large; None makes all answers here.
    """

    def __init__(self, desk: Desk, beside: Elsewhere | None = None) -> None:
        self.desk = desk
        self._beside = beside
        self._kept, self._present = Shelf(), Shelf()
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

    def _shelf(self, story: str | None, state: Hashable) -> Shelf:
        """Where answers are kept, under the lock: those about the whole ledger go when its state is another."""
        if story is not None:
            return self._kept
        if state != self._moment:
            self._moment, self._present = state, Shelf()
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
            return self._shelf(story, place[0]).get(place)

    def _keep(self, story: str | None, place: tuple[Hashable, Hashable], found: tuple[Any]) -> None:
        size = weigh(found[0])
        with self._lock:
            self._shelf(story, place[0]).put(place, found, size)


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
