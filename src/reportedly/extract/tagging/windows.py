"""Cuts an article into the windows that the encoder sees at once."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

BOUNDS = 2  # pieces that open and close every window
_LEAST_SHARE = 3  # a window that a line's end would leave less than a third full is cut inside the line instead

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Words that the encoder sees together.

    Attributes:
        start: first word whose labels are taken from this window.
        end: word after the last of them.
        left: first word that the encoder sees, at most `start`.
        right: word after the last that it sees, at least `end`.
    """

    start: int
    end: int
    left: int
    right: int


def plan_windows(counts: Integers, line_starts: Integers, capacity: int, context: int = 0, first: int | None = None) -> tuple[Window, ...]:
    """Cut words into windows of consecutive lines; a line longer than a window is cut between words.

    Args:
        counts: pieces of each word, at least 1 each.
        line_starts: the first word of each line, ascending.
        capacity: pieces in a window, the two that bound it included.
        context: pieces of neighbouring words that a window also sees on either side, out of `capacity`; more of them where its own words
            or an end of the text leave room. 0 for none.
        first: pieces of words of the first window, where it is to be smaller; training moves the cuts with it.

    Returns:
        The windows, in order; every word has its labels from exactly one.

    Raises:
        ValueError: the capacity leaves no room, or a word alone is larger than a window.
    """
    room = capacity - BOUNDS - 2 * context
    if room < 1 or (len(counts) and int(counts.max()) > room):
        raise ValueError(f"a window of {capacity} pieces with {context} of context on either side is too small")
    ends = np.concatenate([[0], np.cumsum(counts)])
    total = len(counts)
    windows, start = [], 0
    budget = room if first is None else min(first, room)
    while start < total:
        reach = max(int(np.searchsorted(ends, ends[start] + budget, side="right")) - 1, start + 1)
        end = min(reach, total)
        if end < total:
            line = int(line_starts[np.searchsorted(line_starts, end, side="right") - 1])
            least = 1 if start == 0 and first is not None else (end - start) // _LEAST_SHARE
            end = line if line > start + least else end
        left, right = _surroundings(ends, start, end, capacity - BOUNDS) if context else (start, end)
        windows.append(Window(start=start, end=end, left=left, right=right))
        start, budget = end, room
    return tuple(windows)


def _surroundings(ends: Integers, start: int, end: int, room: int) -> tuple[int, int]:
    """The words around some words that fill a window with them: as many pieces before as behind, more where the other side has none."""
    spare = room - int(ends[end] - ends[start])
    before, behind = int(ends[start]), int(ends[-1] - ends[end])
    taken = min(before, max(spare // 2, spare - behind))
    left = int(np.searchsorted(ends, ends[start] - taken))
    right = int(np.searchsorted(ends, ends[end] + spare - int(ends[start] - ends[left]), side="right")) - 1
    return left, right
