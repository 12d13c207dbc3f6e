"""Has the pages of large stories ready before somebody asks for them: when the desk opens, and when a story has changed.

A large story takes seconds, and whoever asks first would wait for them.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Hashable, Sequence

from reportedly.errors import ReportedlyError
from reportedly.query.library import Library
from reportedly.query.listing import large_stories
from reportedly.web.answers import LARGE, Answers
from reportedly.web.asking import Standpoint
from reportedly.web.making import CASES, ROWS, listed_rows, story_from, waiting
from reportedly.web.views.story import StoryPages

_MOST = 8
"""Stories that are."""

_REST = 2.0
"""Seconds between two looks: pages often come one after the other."""

_SELDOM = 30.0
"""Seconds between two looks at who speaks in them: a name that other stories tell more of changes a story too, and is dearer to see."""

_LISTS: Sequence[tuple[str, ...]] = (("figures",), ("statements",), ("timeline", "day"))


def have_ready(answers: Answers, story: str) -> None:
    """Ask what readers and programs ask first of a large story, so that it is kept: its page, its queue, its lists."""
    whole = Standpoint()
    answers.ask_beside(story_from, story, whole, None, StoryPages(), story=story)
    answers.ask_beside(waiting, whole.question(story=story, limit=CASES), "", None, story=story)
    for kind, *more in _LISTS:
        answers.ask_beside(listed_rows, kind, whole.question(story=story, limit=ROWS), *more, story=story)


class Warming:
    """Asks for the pages of large stories, beside the readers.

    Args:
        library: the ledger.
        ask: asks for the page of a story by its id, so that the answer is kept.
    """

    def __init__(self, library: Library, ask: Callable[[str], object]) -> None:
        self._library = library
        self._ask = ask
        self._known: dict[str, tuple[str, Hashable]] = {}
        self._again = 0.0
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

    def stop(self) -> None:
        """Begin with no further story."""
        self._closed.set()
        self._changed.set()

    def close(self) -> None:
        """Begin with no further story, and wait for the one at hand."""
        self.stop()
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
        versions = large_stories(self._library, LARGE, _MOST)
        self._known = {story: known for story, known in self._known.items() if story in versions}
        seldom = time.monotonic() >= self._again
        if seldom:
            self._again = time.monotonic() + _SELDOM
        for story, version in versions.items():
            if self._closed.is_set():
                return
            known = self._known.get(story)
            if known is None or known[0] != version or (seldom and known[1] != self._library.state(story)):
                state = self._library.state(story)
                self._ask(story)
                self._known[story] = version, state
