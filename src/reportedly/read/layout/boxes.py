"""Boxes inside and under a report: where the report goes on behind them."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from reportedly.read.layout.areas import Line
from reportedly.read.layout.cohesion import topic_words
from reportedly.read.layout.headings import is_prose

_LOOK_AHEAD = 3  # paragraphs of prose that are asked whether they speak of what the report speaks of
_SHARED_LEAST = 2  # words of its topic
_BODY_LEAST = 2
_BARE_LINKS = 2
_WINDOW = 300  # lines of a page's foot that are searched for more of the report


def after_box(lines: Sequence[Line], place: int, topic: AbstractSet[str], prose: int) -> int:
    """Where the report goes on behind a box.

    A box of links ends where prose begins that shares words of its topic with the report so far (better a doubtful paragraph than a lost
    one); what opens the foot of a page ends only where most of the report would lie behind it.

    Args:
        lines: the lines of the stretch.
        place: place of the line that opens the box.
        topic: the words of the report's topic above the box, as `topic_words` gives them.
        prose: number of the report's paragraphs of prose above the box.

    Returns:
        Place of the first line behind the box: where the report goes on, else what opens the page's foot; `len(lines)` where neither
        comes.
    """
    end = min(len(lines), place + 1 + _WINDOW)
    if lines[place].label == "box":
        end = next((at for at in range(place + 1, end) if lines[at].label == "tail"), end)
    behind = [at for at in range(place + 1, end) if _is_prose_line(lines[at])]
    foot = end if end < len(lines) and lines[end].label == "tail" else len(lines)
    if not behind:
        return foot
    if prose < _BODY_LEAST:
        return behind[0]
    if lines[place].label == "tail":
        kin = sum(_is_kin(lines[at], topic) for at in behind)
        if kin < max(prose, _BODY_LEAST):
            return len(lines)
    elif sum(line.label == "text" for line in lines[place + 1 : behind[0]]) >= _BARE_LINKS:
        return behind[0]  # a list of headlines alone: what comes behind it is no deck of theirs
    first = next((number for number, at in enumerate(behind) if _is_kin(lines[at], topic)), None)
    return foot if first is None else behind[max(0, first - _LOOK_AHEAD + 1)]


def _is_prose_line(line: Line) -> bool:
    return line.label == "text" and is_prose(line.paragraph)


def _is_kin(line: Line, topic: AbstractSet[str]) -> bool:
    return len(topic & topic_words(line.plain)) >= _SHARED_LEAST
