"""Finds the time that a count covers."""

from collections.abc import Sequence

from reportedly.extract.attachment import governor, head_of, is_verb, sharing
from reportedly.extract.parsed import ParsedPassage
from reportedly.language.times import TimeExpression
from reportedly.model import FigureBasis, Interval, Span


def window_of(passage: ParsedPassage, figure: Span, times: Sequence[TimeExpression]) -> Interval | None:
    """The time that a count covers, where words in its clause say so ("since 2024", "in the last 24 hours").

    Args:
        passage: the paragraph.
        figure: the figure's words.
        times: expressions of time; those outside the paragraph are ignored.
    """
    found = _window_time(passage, figure, times)
    return None if found is None else found.interval


def window_basis(passage: ParsedPassage, figure: Span, times: Sequence[TimeExpression]) -> FigureBasis | None:
    """How that time bounds the count: cumulative since or up to it, or during it; None where no words say a time."""
    found = _window_time(passage, figure, times)
    if found is None:
        return None
    return "during" if found.direction is None else "cumulative"


def _window_time(passage: ParsedPassage, figure: Span, times: Sequence[TimeExpression]) -> TimeExpression | None:
    """The nearest date that hangs on the verb which the figure hangs on."""
    counted = head_of(passage, figure)
    if counted is None:
        return None
    verb = counted if is_verb(counted) else governor(counted)
    if verb is None:
        return None
    verbs = {v.i for v in sharing(verb)}
    own = []
    for time in times:
        if time.kind != "date" or time.interval is None:
            continue
        token = head_of(passage, time.span)
        if token is not None and token.sent.start == counted.sent.start:
            above = governor(token)
            if above is not None and above.i in verbs:
                own.append(time)
    return min(own, key=lambda time: abs(time.span.start - figure.start), default=None)
