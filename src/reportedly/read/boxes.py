"""Boxes inside and under a report: where the report goes on behind them."""

from collections.abc import Sequence

from reportedly.read.areas import Line
from reportedly.read.cohesion import topic_words
from reportedly.read.headings import is_prose
from reportedly.read.paragraphs import Paragraph

_LOOK_AHEAD = 3  # paragraphs of prose that are asked whether they speak of what the report speaks of
_SHARED_LEAST = 2  # words of its topic
_BODY_LEAST = 2
_BARE_LINKS = 2


def after_box(lines: Sequence[Line], place: int, prose: Sequence[Paragraph]) -> int:
    """Where the report goes on behind a box.

    A box of links ends where prose begins that shares words of its topic with the report so far (better a doubtful paragraph than a lost
    one); what opens the foot of a page ends only where most of the report would lie behind it.

    Args:
        lines: the lines of the stretch.
        place: place of the line that opens the box.
        prose: the report's prose above the box.

    Returns:
        Place of the first line behind the box; `len(lines)` where the report does not go on.
    """
    behind = [at for at in range(place + 1, len(lines)) if lines[at].label == "text" and is_prose(lines[at].paragraph)]
    if not behind:
        return len(lines)
    if len(prose) < _BODY_LEAST:
        return behind[0]
    topic = frozenset().union(*(topic_words(paragraph.plain) for paragraph in prose))
    kin = [len(topic & topic_words(lines[at].plain)) >= _SHARED_LEAST for at in behind]
    if lines[place].label == "tail" and sum(kin) < max(len(prose), 2):
        return len(lines)
    if lines[place].label == "box" and sum(line.label == "text" for line in lines[place + 1 : behind[0]]) >= _BARE_LINKS:
        return behind[0]  # a list of headlines alone: what comes behind it is no deck of theirs
    return next((at for number, at in enumerate(behind) if any(kin[number : number + _LOOK_AHEAD])), len(lines))
