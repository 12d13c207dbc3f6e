"""A process beside the desk that answers about large stories, so that readers of other pages wait for nobody.

An interpreter does one thing at a time: while a story of thousands of claims is read for the first time, every other page would come
late. The process reads the ledger as any reader does, comes after the desk where both want the processor, begins with the first such
question, and ends with the desk, or before it when it has taken much memory and nobody asks any more: what is made of a large story is
many small records, whose room a process gives back only by ending. Where there can be none, the desk answers by itself.
"""

import contextlib
import itertools
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple

from reportedly.errors import CannotRunError
from reportedly.model import PlaceLike, Settings
from reportedly.web.answers import Answers, NoneBesideError
from reportedly.workers import Spawning

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


_AT_ONCE = 3
"""Questions that the process works on at once."""

_NICE = 5
"""How far the process comes after the desk (nice(2)): a page made meanwhile takes 1.4 times what it does alone, beside a thread twice."""

_PATIENCE = 5.0
"""Seconds in which it is to end when told."""

_LEAVING = -1
"""Number under which it says that it may be ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thrift:
    """When a process that is not needed is ended.

    Attributes:
        quiet: seconds for which nobody has asked it anything.
        room: bytes of memory that it took at its largest; below these it stays.
    """

    quiet: float = 600.0
    room: int = 400 << 20


class BesideDiedError(CannotRunError):
    """The process was ended in the middle of its work."""

    def __init__(self) -> None:
        super().__init__("the process that reads large stories was ended from outside, perhaps for want of memory; ask again")


@dataclass(slots=True, kw_only=True)
class _Running:
    """A process that was begun.

    Attributes:
        process: it.
        connection: to it.
        waiting: what was asked of it, by number.
        ready: whether it has opened the ledger.
        closing: whether the desk let go of it.
        listener: hands out what it answers, and sees it off; nobody else closes the connection or waits for the process.
    """

    process: BaseProcess
    connection: Connection
    waiting: dict[int, Future[Any]] = field(default_factory=dict)
    ready: bool = False
    closing: bool = False
    listener: threading.Thread | None = None


class Beside:
    """The process, seen from the desk.

    Args:
        ledger: the ledger.
        settings: what the desk goes by; a process that finds others answers nothing.
        thrift: when it is ended although the desk stays open; the next question begins another.
    """

    def __init__(self, ledger: PlaceLike, settings: Settings, thrift: Thrift = Thrift()) -> None:
        self._ledger = ledger
        self._settings = settings
        self._thrift = thrift
        self._numbers = itertools.count()
        self._running: _Running | None = None
        self._useless = False
        self._lock = threading.Lock()

    def ask(self, make: Callable[[Answers, *Ts], T], *given: *Ts) -> T:
        """What a function makes there of the answers of a desk.

        Args:
            make: a function of a module; what it is given and gives is pickled.
            given: what else it is given.

        Raises:
            NoneBesideError: it cannot be made there, or failed: whoever makes it here sees why.
            BesideDiedError: the process was ended meanwhile; the next question begins another.
        """
        with self._lock:
            running = self._begin()
            number, future = next(self._numbers), Future[T]()
            running.waiting[number] = future
            try:
                running.connection.send((number, make, given))
            except OSError:
                pass  # it has ended, and whoever listens to it tells
            except Exception as error:
                del running.waiting[number]
                raise NoneBesideError from error
        return future.result()

    def close(self) -> None:
        """End the process."""
        with self._lock:
            running, self._running = self._running, None
            if running is None or running.listener is None:
                return
            running.closing = True
            with contextlib.suppress(OSError):
                running.connection.send(None)
        running.listener.join(_PATIENCE)
        if running.listener.is_alive():
            running.process.kill()
            running.listener.join()

    def _begin(self) -> _Running:
        if self._useless:
            raise NoneBesideError
        running = self._running
        if running is not None and running.process.is_alive():
            return running
        context = Spawning()  # a fork would hold the locks and connections of this process
        ours, theirs = context.Pipe()
        process = context.Process(target=_answer_all, args=(theirs, self._ledger, self._thrift), name="reportedly-beside", daemon=True)
        try:
            with _uninterrupted():
                process.start()
        except (OSError, RuntimeError) as error:
            self._useless = True
            raise NoneBesideError from error
        finally:
            theirs.close()
        self._running = running = _Running(process=process, connection=ours)
        running.listener = threading.Thread(target=self._listen, args=(running,), name="beside", daemon=True)
        running.listener.start()
        return running

    def _listen(self, running: _Running) -> None:
        """Hand out what the process answers until it ends."""
        with contextlib.suppress(Exception):  # it has ended, or what comes cannot be read: then nothing behind it can be either
            running.ready = running.connection.recv() == self._settings
            while running.ready:
                number, made, value = running.connection.recv()
                if number == _LEAVING:
                    self._let_go(running)
                    continue
                future = running.waiting.pop(number)
                if made:
                    future.set_result(value)
                else:
                    future.set_exception(NoneBesideError())
        with self._lock:
            self._useless |= not (running.ready or running.closing)
            if self._running is running:
                self._running = None
            left, running.waiting = running.waiting, {}
        running.connection.close()
        running.process.join(_PATIENCE)
        if running.process.is_alive():
            running.process.kill()
            running.process.join()
        for future in left.values():
            future.set_exception(BesideDiedError() if running.ready or running.closing else NoneBesideError())

    def _let_go(self, running: _Running) -> None:
        """End a process that nobody needs; not where somebody asked meanwhile."""
        with self._lock:
            if running.waiting or self._running is not running:
                return
            self._running, running.closing = None, True
            running.connection.send(None)


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Have what this thread begins blind to Ctrl-C, which a terminal sends to all processes of a program: the desk ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _answer_all(connection: Connection, ledger: PlaceLike, thrift: Thrift) -> None:
    """The process: answers what comes until the desk lets go of it."""
    from reportedly.api import Desk  # noqa: PLC0415 - only in that process

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it could not be begun so
    if hasattr(os, "nice"):
        os.nice(_NICE)
    desk = Desk(ledger, lagging=True)
    answers, turn = Answers(desk), threading.Lock()
    connection.send(desk.settings)
    workers = ThreadPoolExecutor(_AT_ONCE)
    with contextlib.suppress(EOFError, OSError):
        while True:
            if not connection.poll(thrift.quiet):  # offered again after another while, where the desk wants it still
                if largest() > thrift.room:
                    with turn:
                        connection.send((_LEAVING, True, None))
                continue
            asked = connection.recv()
            if asked is None:
                break
            workers.submit(_answer, connection, turn, answers, asked)
    os._exit(0)  # nobody wants what is still being made, and nothing was written


def largest() -> int:
    """Bytes of memory that this process has taken at its largest; 0 where the machine does not tell.

    VmHWM (proc(5)) is the process's own; what getrusage(2) tells outlives fork and exec, and may be that of the desk.
    """
    try:
        with Path("/proc/self/status").open(encoding="ascii", errors="replace") as status:
            told = next((line.split() for line in status if line.startswith("VmHWM:")), None)
    except OSError:
        told = None
    if told is not None:
        return int(told[1]) << 10
    try:
        import resource  # noqa: PLC0415 - not everywhere
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _answer(connection: Connection, turn: threading.Lock, answers: Answers, asked: tuple[int, Callable[..., Any], tuple[Any, ...]]) -> None:
    number, make, given = asked
    try:
        with answers.still():
            made = True, make(answers, *given)
    except Exception:  # noqa: BLE001 - the desk makes it itself, and sees the error where it can be told
        made = False, None
    with turn, contextlib.suppress(OSError):
        connection.send((number, *made))
