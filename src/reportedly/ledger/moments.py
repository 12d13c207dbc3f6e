"""Moments at which a ledger recorded something: aware UTC, as text of one length, so that text order is time order."""

import datetime as dt
from collections.abc import Callable

from reportedly.errors import BadDateError

PATIENCE = 20.0
"""How long a ledger that another process holds is waited for, in seconds."""

QUEUE = 300.0
"""How long a deed for which nobody waits at a screen stands in the queue, as long as others get on, in seconds."""

Clock = Callable[[], dt.datetime]
"""Tells the time, aware."""


def now() -> dt.datetime:
    """The machine's time, aware UTC."""
    return dt.datetime.now(dt.UTC)


def moment_text(moment: dt.datetime) -> str:
    """An aware moment in UTC, ISO form with microseconds."""
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")


def parse_moment(words: str) -> str:
    """A date or timestamp in the form of `moment_text`; one without offset is UTC, a date its first moment.

    Raises:
        BadDateError: the words are no date.
    """
    try:
        moment = dt.datetime.fromisoformat(words)
        return moment_text(moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC))
    except (ValueError, OverflowError):  # an offset may lead out of the years that there are
        raise BadDateError(words, name="recorded_before") from None
