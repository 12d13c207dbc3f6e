"""What a program takes with all the processes that it starts, be they daemons: by the clock, of the processors, in memory.

Processes are looked at several times a second in /proc (proc(5)); those whose parent ended become children of the one that measures
(prctl(2), PR_SET_CHILD_SUBREAPER), so none is lost. What a process took between the last look and its end is not counted.
"""

import contextlib
import ctypes
import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_SUBREAPER = 36
_EVERY = 0.1  # seconds between two looks
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_NANOSECONDS = 1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One process of a program.

    Attributes:
        processor: seconds of processors that it used.
        idle: seconds in which its first thread neither worked nor waited for a processor; what else the machine does is not in them.
    """

    processor: float
    idle: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """What a program took.

    Attributes:
        clock: seconds by the clock.
        processor: seconds of processors, all its processes together.
        largest: bytes of memory that its largest process held at most.
        together: bytes that all held together at most, pages that they share counted in each.
        shares: its processes, those that used most first.
    """

    clock: float
    processor: float
    largest: float
    together: float
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A process at a look: when, what it used since it began, and how long its first thread worked or waited for a processor."""

    at: float
    used: float
    busy: float
    memory: float = 0.0


class Watch:
    """Counts what processes take; use it in a `with` statement around them."""

    def __init__(self) -> None:
        self._first: dict[tuple[int, str], _Seen] = {}  # of those that were there already, daemons of an earlier run perhaps, as they were
        self._last: dict[tuple[int, str], _Seen] = {}
        self._largest = self._together = 0.0
        self._ended = threading.Event()
        self._started = time.perf_counter()

    def __enter__(self) -> Self:
        """Begin."""
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
        self._first = dict(_looked())
        self._started = time.perf_counter()
        self._thread = threading.Thread(target=self._look_on, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End."""
        self._clock = time.perf_counter() - self._started
        self._ended.set()
        self._thread.join()

    @property
    def took(self) -> Took:
        """What they took, once they ended."""
        shares = sorted(map(self._share, self._last), key=lambda share: share.processor, reverse=True)
        used = sum(share.processor for share in shares)
        return Took(clock=self._clock, processor=used, largest=self._largest, together=self._together, shares=tuple(shares))

    def _share(self, process: tuple[int, str]) -> Share:
        first, last = self._first[process], self._last[process]
        return Share(processor=last.used - first.used, idle=max(0.0, last.at - first.at - (last.busy - first.busy)))

    def _look_on(self) -> None:
        while not self._ended.wait(_EVERY):
            held = 0.0
            for process, seen in _looked():
                self._first.setdefault(process, _Seen(at=seen.at, used=0.0, busy=seen.busy))
                self._last[process] = seen
                held += seen.memory
                self._largest = max(self._largest, seen.memory)
            self._together = max(self._together, held)


def _looked() -> Iterator[tuple[tuple[int, str], _Seen]]:
    """Each process below this one by its number and start, as it is now."""
    for pid, fields in descendants(os.getpid()):
        used = (int(fields[11]) + int(fields[12])) / _TICKS
        with contextlib.suppress(OSError):
            worked, waited, _ = Path(f"/proc/{pid}/schedstat").read_text().split()
            busy = (int(worked) + int(waited)) / _NANOSECONDS
            yield (pid, fields[19]), _Seen(at=time.perf_counter(), used=used, busy=busy, memory=float(int(fields[21]) * _PAGE))


def descendants(parent: int) -> Iterator[tuple[int, list[str]]]:
    """Processes that one started, and those that they started, each with the fields of its `stat` after the name."""
    children: dict[int, list[tuple[int, list[str]]]] = {}
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError, IndexError):
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            children.setdefault(int(fields[1]), []).append((int(entry.name), fields))
    found = children.get(parent, [])
    while found:
        pid, fields = found.pop()
        yield pid, fields
        found += children.get(pid, [])


def run_watched(words: Sequence[str], environment: Mapping[str, str] | None = None) -> tuple[Took, str]:
    """Run a program to its end; what it took and what it printed.

    Raises:
        SystemExit: it failed.
    """
    with Watch() as watch:
        ran = subprocess.run(words, check=False, capture_output=True, text=True, env=environment)
    if ran.returncode:
        raise SystemExit(f"{' '.join(map(str, words))} ended with {ran.returncode}:\n{ran.stderr[-2000:]}")
    return watch.took, ran.stdout
