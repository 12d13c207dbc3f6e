"""What a piece of time words means before the article's date is known: terms, which resolve against an anchor."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from reportedly.language.times.arithmetic import Days
from reportedly.model import Granularity

TimeKind = Literal["date", "time", "duration", "set"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What a term is resolved against.

    Attributes:
        day: the article's day; None where unknown.
        ahead: whether the words around the term say that it lies ahead.
        latest: the stretch mentioned last before the term; None where there is none.
        country: ISO 3166-1 code of the outlet's home; None where unknown.
        month_first: whether a date in digits begins with the month; None where nothing tells.
    """

    day: dt.date | None
    ahead: bool = False
    latest: Days | None = None
    country: str | None = None
    month_first: bool | None = None


Resolve = Callable[[Anchor], Days | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time of day.

    Attributes:
        hour: 0 to 23.
        minute: 0 to 59.
        zone: a name of the zones table or an ISO offset ("+09:00"); None where not printed.
    """

    hour: int
    minute: int
    zone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A piece of time words.

    Attributes:
        start: its first character in the text.
        end: one past its last.
        form: the form that matched it.
        kind: date, time, duration or set.
        granularity: the unit it names; None for a duration.
        resolve: gives its days for an anchor; None where they cannot be known.
        relative: whether it needs the anchor's day.
        anaphoric: whether it needs the anchor's latest mention.
        clock: its time of day, or None.
        to_date: whether it counts up to the article's day ("so far this year").
        offset: how far from the date behind it lies, as (least, greatest, unit), negative for before ("two days after ..."); else None.
        year: the printed year, or None, as for the next three.
        month: the named month.
        day: the day of the month.
        weekday: the named weekday, Monday 0.
    """

    start: int
    end: int
    form: str
    resolve: Resolve
    kind: TimeKind = "date"
    granularity: Granularity | None = None
    relative: bool = False
    anaphoric: bool = False
    clock: Clock | None = None
    to_date: bool = False
    offset: tuple[float, float, str] | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    def widened(self, start: int, end: int) -> "Term":
        """The same meaning on a wider stretch of text."""
        return replace(self, start=min(self.start, start), end=max(self.end, end))


def term_of(
    match: re.Match[str],
    resolve: "Resolve",
    granularity: Granularity,
    *,
    form: str = "relative",
    anaphoric: bool = False,
    relative: bool = True,
) -> Term:
    """A date that depends on the article's day, or on the date before where it is anaphoric."""
    return Term(
        start=match.start(),
        end=match.end(),
        form=form,
        granularity=granularity,
        resolve=resolve,
        relative=relative and not anaphoric,
        anaphoric=anaphoric,
    )


def fixed(days: Days | None) -> Resolve:
    """A resolution that needs no anchor."""
    return lambda _anchor: days


def by_day(of_day: Callable[[dt.date, bool], Days | None]) -> Resolve:
    """A resolution from the article's day and whether the words look ahead; None without a day."""
    return lambda anchor: None if anchor.day is None else of_day(anchor.day, anchor.ahead)


def by_latest(of_days: Callable[[Days], Days | None]) -> Resolve:
    """A resolution from the stretch mentioned last; None without one."""
    return lambda anchor: None if anchor.latest is None else of_days(anchor.latest)
