"""Offshoots: processes begun for one piece of work, which end with it and so give back whatever memory it took.

The interpreter keeps memory that was needed once wherever one thing still lies in a stretch of it, so that a process that works on holds
about as much as its largest piece of work took, and more with each. What must stay level works in offshoots (decision 38). They begin
anew and are no copies of this process: a copy would stand with every lock that another thread held, those of libraries' own threads
among them, and wait for it without end (decision 44).
"""

import contextlib
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import IO, NoReturn, TypeVarTuple

Ts = TypeVarTuple("Ts")

_DONE = b"done "
_BEGIN = "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); import reportedly.offshoots; reportedly.offshoots.work_as_told()"


def in_offshoot(work: Callable[[*Ts], int], *given: *Ts) -> int | None:
    """Do a piece of work in an offshoot of this process, and wait for its end.

    What it changes in memory is gone with it; it opens connections and files of its own.

    Args:
        work: what is to be done, a function of a module; it gives a number.
        given: what it is given; it is pickled.

    Returns:
        The number; None where the work was not done, because no process could be begun, or the work raised something or was killed: done
        here it raises it here.
    """
    if not sys.executable or getattr(sys, "frozen", False):  # a program of its own, which takes no code
        return None
    told = pickle.dumps(sys.path) + pickle.dumps((work, given))
    try:
        offshoot = subprocess.Popen(  # noqa: S603 - this interpreter
            [sys.executable, "-P", "-c", _BEGIN],  # nothing that lies in the folder at hand is code
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # the work is done here then, and what is wrong with it told
            start_new_session=True,  # an interruption is for this process alone, which ends the other
        )
    except OSError:  # no memory for it, too many processes, or no interpreter there any more
        return None
    with offshoot:
        try:
            words = _tell_and_hear(offshoot.stdin, offshoot.stdout, told)
        except BaseException:
            offshoot.kill()
            raise
    return int(words.removeprefix(_DONE)) if words.startswith(_DONE) else None


def _tell_and_hear(there: IO[bytes] | None, here: IO[bytes] | None, told: bytes) -> bytes:
    """Tell an offshoot what to do, and hear its answer; it works for as long as this process holds the pipe to it."""
    assert there is not None  # noqa: S101 - both were asked for
    assert here is not None  # noqa: S101 - as above
    try:
        there.write(told)
        there.flush()
    except OSError:  # it has ended already
        with contextlib.suppress(OSError):  # which closing tells again
            there.close()
        return b""
    return here.read()


def work_as_told() -> NoReturn:
    """What the offshoot does; it ends with the work, or with the process that began it."""
    status = 1
    try:
        there = os.dup(1)
        os.dup2(2, 1)  # whatever the work prints is no answer
        work, given = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that began this one
        threading.Thread(target=_end_with_it, daemon=True).start()
        os.write(there, _DONE + str(int(work(*given))).encode("ascii"))
        status = 0
    finally:
        os._exit(status)


def _end_with_it() -> NoReturn:
    """Wait until the process that began this one is gone, or needs it no more."""
    os.read(0, 1)
    os._exit(1)
