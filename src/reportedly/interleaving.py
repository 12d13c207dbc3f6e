"""Places side by side: what is read of several at once comes from each in turn.

Folders of several outlets tell of the same days in the same order. Read one after the other, each story of the first is linked once when
its articles come, and again when those of the next folder do; read side by side, its articles come together and are linked together.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

AT_ONCE = 16
"""Places that are read side by side at most: more, such as all the files of a folder named one by one, are read in their order."""


def side_by_side(streams: Sequence[Iterator[T]]) -> Iterator[T]:
    """One of each stream in turn until all are at their end; of more than `AT_ONCE` streams one after the other.

    Args:
        streams: what comes of each place, in order. None is asked for anything before its turn.
    """
    left = deque(streams)
    together = len(left) <= AT_ONCE
    while left:
        stream = left.popleft()
        for one in stream:
            yield one
            if together:
                left.append(stream)
                break
