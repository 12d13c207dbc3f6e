"""Progress of long work, on standard error: how many documents, at what pace, how long still."""

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

_MIN_INTERVAL = 0.1  # seconds between two redraws


def count_files(paths: Sequence[Path]) -> int:
    """How many files `paths` hold, sidecars left out; used for the time left and nothing else."""
    total = 0
    for path in paths:
        if path.is_dir():
            total += sum(_counts(name) for _, _, names in os.walk(path) for name in names)
        else:
            total += _counts(path.name)
    return total


def _counts(name: str) -> bool:
    return not name.endswith(".meta.json") and not name.startswith(".")


class TerminalProgress:
    """A line on standard error that is redrawn; where standard error is no terminal it tells only what takes unexpectedly long.

    Args:
        total: how many files there are.
    """

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0
        self.characters = 0
        self.started = time.monotonic()
        self.drawn = 0.0
        self.live = sys.stderr.isatty()

    def __enter__(self) -> Self:
        """The progress itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        """Leave a clean line."""
        if self.live:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def step(self, name: str, *, characters: int) -> None:
        """One more document, of so many characters, is through."""
        self.done += 1
        self.characters += characters
        now = time.monotonic()
        if self.live and (now - self.drawn >= _MIN_INTERVAL or self.done >= self.total):
            self.drawn = now
            self._draw(name, now - self.started)

    def linking(self) -> None:
        """All documents are through."""
        if self.live:
            sys.stderr.write("\r\x1b[Klinking across documents ...")
            sys.stderr.flush()

    def relinking(self, documents: int) -> None:
        """The links of so many documents are made anew, which takes longer than what is added; told even where nobody sees the line."""
        noun = "document" if documents == 1 else "documents"
        clear = "\r\x1b[K" if self.live else ""
        sys.stderr.write(f"{clear}another version of reportedly linked this ledger; {documents} {noun} in it will be linked anew\n")
        sys.stderr.flush()

    def _draw(self, name: str, seconds: float) -> None:
        rate = self.done / seconds if seconds > 0 else 0.0
        left = (self.total - self.done) / rate if rate > 0 else 0.0
        pace = self.characters / seconds / 1000 if seconds > 0 else 0.0
        total = max(self.total, self.done)
        line = f"{self.done}/{total} documents, {rate:.1f}/s, {pace:.0f} thousand characters/s, {clock(left)} left  {name[-40:]}"
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()


def clock(seconds: float) -> str:
    """Seconds as `m:ss` or `h:mm:ss`."""
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"
