"""Has the pages of large stories ready before somebody asks for them: when the desk opens, and when a story has changed.

A large story takes seconds, and every other reader would share the processor with whoever asks first.
"""

import contextlib
import threading
from collections.abc import Callable

from reportedly.errors import ReportedlyError
from reportedly.query.library import Library
from reportedly.query.listing import large_stories

_LARGE = 1_000
"""Claims of a story that is had ready."""

_MOST = 8
"""Stories that are."""

_REST = 2.0
"""Seconds between two looks: pages often come one after the other."""


class Warming:
    """Asks for the pages of large stories, beside the readers.

    Args:
        library: the ledger.
        ask: asks for the page of a story by its id, so that the answer is kept.
    """

    def __init__(self, library: Library, ask: Callable[[str], object]) -> None:
        self._library = library
        self._ask = ask
        self._known: dict[str, str] = {}
        self._changed = threading.Event()
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; a desk may be opened again after it was closed."""
        self._closed.clear()
        self._changed.set()
        self._thread = threading.Thread(target=self._run, name="warming", daemon=True)
        self._thread.start()

    def changed(self) -> None:
        """Say that pages came."""
        self._changed.set()

    def close(self) -> None:
        """Begin with no further story, and wait for the one at hand."""
        self._closed.set()
        self._changed.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while self._changed.wait() and not self._closed.is_set():
            self._changed.clear()
            with contextlib.suppress(ReportedlyError):
                self.look()
            self._closed.wait(_REST)

    def look(self) -> None:
        """Ask for the large stories that changed since they were last asked for."""
        versions = large_stories(self._library, _LARGE, _MOST)
        self._known = {story: version for story, version in self._known.items() if story in versions}
        for story, version in versions.items():
            if self._closed.is_set():
                return
            if self._known.get(story) != version:
                self._ask(story)
                self._known[story] = version
