"""Intervals of civil time: one of the three dates (published, said, happened) with the words it was read from."""

import calendar
import datetime as dt
import functools
from dataclasses import dataclass
from typing import Literal

from reportedly.model.span import Span

Granularity = Literal["time", "day", "week", "month", "season", "quarter", "year", "decade", "range"]
IntervalBasis = Literal["words", "published", "inferred"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A closed stretch of time, either end open.

    Attributes:
        first: its first day or moment, ISO 8601 (`2025-10-24` or `2025-10-24T09:30:00+09:00`); None means open.
        last: its last day or moment, in the same form; None means open.
        words: the words it was read from; None where no words say it.
        against: the ISO date that relative words were resolved against; None where the words are absolute.
        granularity: the unit the words name; None where no words say it.
        basis: `words` read from words, `published` set from the article's date, `inferred` from other mentions.
    """

    first: str | None
    last: str | None
    words: Span | None = None
    against: str | None = None
    granularity: Granularity | None = None
    basis: IntervalBasis | None = None

    @property
    def first_day(self) -> dt.date | None:
        """The civil day of `first`, or None."""
        return _day(self.first, last=False)

    @property
    def last_day(self) -> dt.date | None:
        """The civil day of `last`, or None."""
        return _day(self.last, last=True)

    def meets(self, other: "Interval") -> bool:
        """Whether the two share a day, an open end reaching all the way."""
        a, b, c, d = self.first_day, self.last_day, other.first_day, other.last_day
        return not ((b and c and b < c) or (d and a and d < a))


def interval_text(interval: Interval | None) -> str:
    """An interval's days for a reader: `2025-04-28`, `2024-09-01 to 2024-12-21`, `by 2025-10-24`, `from 2024-01-01` or `undated`."""
    first = interval.first_day if interval else None
    last = interval.last_day if interval else None
    if last is None:
        return "undated" if first is None else f"from {first}"
    if first is None:
        return f"by {last}"
    return str(first) if first == last else f"{first} to {last}"


@functools.lru_cache(maxsize=1 << 16)  # the days of a ledger are few, and compared often
def parse_day(words: str, *, last: bool = False) -> dt.date:
    """The first (or last) day of `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or an ISO timestamp.

    Raises:
        ValueError: the words are no such date.
    """
    parts = [int(n) for n in words[:10].split("-")]
    if len(parts) == 1:
        return dt.date(parts[0], 12, 31) if last else dt.date(parts[0], 1, 1)
    if len(parts) == 2:  # noqa: PLR2004 - a year and a month
        day = calendar.monthrange(parts[0], parts[1])[1] if last else 1
        return dt.date(parts[0], parts[1], day)
    return dt.date(*parts)


def _day(words: str | None, *, last: bool) -> dt.date | None:
    return None if words is None else parse_day(words, last=last)
