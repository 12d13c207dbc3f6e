"""Offshoots: copies of this process that do a piece of work and end, and so give back whatever memory it took.

The interpreter keeps memory that was needed once wherever one thing still lies in a stretch of it, so that a process that works on holds
about as much as its largest piece of work took, and more with each. What must stay level works in offshoots (decision 38).
"""

import contextlib
import ctypes
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import NoReturn

_PR_SET_PDEATHSIG = 1  # prctl(2): the signal that a process is sent when that above it dies
_DONE = b"done "


def can_branch() -> bool:
    """Whether this process may be copied: on Linux, while it has no other thread, which might hold a lock that the copy would wait for."""
    return sys.platform == "linux" and threading.active_count() == 1


def in_offshoot(work: Callable[[], int]) -> int | None:
    """Do a piece of work in an offshoot of this process, and wait for its end.

    The work finds everything as it stands here; what it changes in memory is gone with it. It must open connections and files of its own.

    Args:
        work: what is to be done; it gives a number.

    Returns:
        The number; None where the work was not done, because it raised something or was killed: done here it raises it here.
    """
    for stream in filter(None, (sys.stdout, sys.stderr)):  # a process may have been begun without them
        stream.flush()
    parent = os.getpid()
    here, there = os.pipe()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # an interruption must not find the copy doing what this one does
    try:
        process = os.fork()
    except OSError:  # no memory for it, or too many processes
        os.close(here)
        os.close(there)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return None
    if not process:
        _work(work, (here, there), parent)
    try:
        os.close(there)
        with open(here, "rb") as told:  # noqa: PTH123 - a pipe, which has no path
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            words = told.read()
    except BaseException:
        os.kill(process, signal.SIGKILL)
        raise
    finally:
        with contextlib.suppress(ChildProcessError):  # where this process was begun so that the system itself sees offshoots off
            os.waitpid(process, 0)
    return int(words.removeprefix(_DONE)) if words.startswith(_DONE) else None


def _work(work: Callable[[], int], pipe: tuple[int, int], parent: int) -> NoReturn:
    """What the offshoot does; it ends at once, without what ends a process in order: that is the affair of the process above."""
    status, (here, there) = 1, pipe
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process above ends it
        os.close(here)
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        gc.freeze()  # looking through what stands there would copy it
        if os.getppid() == parent:
            with contextlib.suppress(Exception):  # the process above does the work itself, and sees it raised where it can be told
                os.write(there, _DONE + str(work()).encode("ascii"))
                status = 0
    finally:
        os._exit(status)
