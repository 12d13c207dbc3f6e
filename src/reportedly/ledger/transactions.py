"""Reading and writing transactions of a ledger's database: readers beside one writer at a time."""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Self

from sqlalchemy import Connection

from reportedly.errors import LedgerBusyError
from reportedly.ledger.databases.database import WRITES, Database
from reportedly.ledger.databases.faults import naming_faults
from reportedly.ledger.moments import QUEUE, Clock
from reportedly.ledger.revisions import Turn, begin_turn, end_turn, read_revision, read_state


class Transactions:
    """A ledger's database, in transactions that raise the exceptions of `errors.py`.

    Args:
        database: from `opening.open_database`.
        clock: tells the time of what is recorded.

    Attributes:
        database: what differs between the kinds of database.
        engine: gives connections to it.
        place: where it is.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.engine = database.engine
        self.place = database.place
        self._clock = clock
        self._writing = database.engine.execution_options(**{WRITES: True})

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the file, or of the connections to the server."""
        self.engine.dispose()

    def let_go(self) -> None:
        """Close all connections; they are opened again where they are needed."""
        self.engine.dispose()

    @contextmanager
    def _turn(self, *, queued: bool = False) -> Iterator[Turn]:
        """A writing transaction: all of it is stored, or nothing where anything raises; `queued` is patient while others get on."""
        self.database.check_place()
        with naming_faults(self.place), ExitStack() as stack:
            connection = self._queue(stack) if queued else stack.enter_context(self._writing.begin())
            turn = begin_turn(connection, self._clock)
            yield turn
            end_turn(turn)
            self.database.check_place()

    def _queue(self, stack: ExitStack) -> Connection:
        """A writing transaction, waited for as long as the revision rises meanwhile: then others write, and none hangs."""
        end, before = time.monotonic() + QUEUE, None
        while True:
            turn: AbstractContextManager[Connection] = self._writing.begin()
            try:
                with naming_faults(self.place):
                    return stack.enter_context(turn)
            except LedgerBusyError:
                now = self.revision
                if now == before or time.monotonic() > end:
                    raise
                before = now

    @contextmanager
    def _look(self) -> Iterator[Connection]:
        """A reading transaction, in which everything is of one moment."""
        self.database.check_place()
        with naming_faults(self.place), self.engine.connect() as connection:
            yield connection

    @property
    def revision(self) -> int:
        """The ledger's revision; 0 for an empty one."""
        with self._look() as connection:
            return read_revision(connection)

    @property
    def state(self) -> tuple[int, int, int]:
        """What tells a state of content and links from others: the revision, that of the newest content, that which is linked."""
        with self._look() as connection:
            return read_state(connection)
