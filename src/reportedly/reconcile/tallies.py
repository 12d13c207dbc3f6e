"""Brings mentions of one origin and value together, and says which day each counts up to."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from reportedly.model import Interval
from reportedly.reconcile.mentions import Mention
from reportedly.reconcile.quantity import Quantity

T = TypeVar("T", bound=Hashable)
Order = tuple[dt.date, bool, str, tuple[Decimal, ...], str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One origin and value: what becomes an entry of a series.

    Attributes:
        mentions: what carries it, earliest published first; never empty.
        said: when it was uttered, by the mention that dates it best; None where none does.
        cut_off: the day it counts up to, as an interval; None where not even publication is known.
        dated: whether the cut-off is bounded on both sides; one known from publication alone never replaces a dated one.
        quantity: its bounds, with the words' caution as first printed.
        order: a sort key: by cut-off, then publication, unknown days first; of equals the undated and the lesser first.
    """

    mentions: tuple[Mention, ...]
    said: Interval | None
    cut_off: Interval | None
    dated: bool
    quantity: Quantity
    order: Order = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Make the sort key, which is asked for many times."""
        first = self.mentions[0]
        published = (first.published.last or "") if first.published else ""
        order = self.day or dt.date.min, self.dated, published, self.quantity.stated, first.reference, first.rank
        object.__setattr__(self, "order", order)

    @property
    def first(self) -> Mention:
        """The mention that was published first."""
        return self.mentions[0]

    @property
    def day(self) -> dt.date | None:
        """The last day of the cut-off."""
        return self.cut_off.last_day if self.cut_off else None


def tally(mentions: Iterable[Mention]) -> list[Tally]:
    """One tally an origin, principal, measure and value, in order of cut-off."""
    groups: dict[tuple[Hashable, ...], list[Mention]] = defaultdict(list)
    for mention in mentions:
        figure = mention.figure
        value = (figure.low, figure.high, figure.span.text.casefold() if mention.quantity.vague else None)
        what = (figure.measure, figure.unit, figure.status, figure.share)
        about = (mention.story, mention.event if mention.background else None)
        groups[(*about, mention.origin, mention.principal, *what, *value)].append(mention)
    return sorted((_tally(sorted(group, key=lambda mention: mention.age)) for group in groups.values()), key=lambda found: found.order)


def most_printed(values: Iterable[T | None]) -> T | None:
    """The value that most mentions print, of equals the least; None where none prints any."""
    printed = [value for value in values if value is not None]
    if len(printed) <= 1:
        return printed[0] if printed else None
    counts = Counter(printed)
    return min(counts, key=lambda value: (-counts[value], str(value)), default=None)


def _tally(mentions: Sequence[Mention]) -> Tally:
    said = best_dated([mention.stored.claim.said for mention in mentions])
    published = mentions[0].published
    window = best_dated([_counted_up_to(mention) for mention in mentions])
    told = said is not None and said.last is not None and not (mentions[0].principal is None and said.basis == "published")
    uttered = said if told else published  # an outlet's own voice speaks on the day it publishes
    cut_off = _capped(window, uttered) if window is not None and window.last is not None else uttered
    begun = (window is not None and window.first is not None) or (cut_off is not None and cut_off.first is not None)
    ended = cut_off is not None and cut_off.last is not None
    return Tally(mentions=tuple(mentions), said=said, cut_off=cut_off, dated=begun and ended, quantity=mentions[0].quantity)


def best_dated(intervals: Iterable[Interval | None]) -> Interval | None:
    """The interval that says most: bounded on both sides before open ones, the shorter first; None where there is none."""

    def worth(interval: Interval) -> tuple[bool, bool, int, str, str]:
        first, last = interval.first_day, interval.last_day
        days = (last - first).days if first and last else 0
        return last is None, first is None, days, interval.last or "", interval.first or ""

    return min((interval for interval in intervals if interval is not None), key=worth, default=None)


def _counted_up_to(mention: Mention) -> Interval | None:
    """The window whose end a figure counts up to.

    "In the last 24 hours", "as of Tuesday" and "since May" bound the counting; "killed in last week's quake" says when the event
    was, and its dead are counted up to the day of speaking. So does a longer period that holds the whole event beside a noun of number
    ("the toll of the earthquake last week has risen"): no count is made at the moment of a week.
    """
    figure = mention.figure
    if figure.basis == "during" and figure.share != "period":
        return None
    return None if figure.basis == "moment" and mention.holds_event else figure.window


def _capped(window: Interval, said: Interval | None) -> Interval:
    """The last day of a window; nothing is counted up to a day after it was said."""
    last = window.last
    if said is not None and said.last_day is not None and window.last_day is not None and said.last_day < window.last_day:
        last = said.last
    return Interval(first=last, last=last, words=window.words, against=window.against, granularity="day", basis=window.basis)
