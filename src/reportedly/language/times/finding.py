"""Finds and resolves expressions of time: dates in all the forms of news text, absolute or relative to the article."""

import bisect
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reportedly.language.tables import load_table
from reportedly.language.times import absolute as absolute_times
from reportedly.language.times import clock as clock_times
from reportedly.language.times import fiscal as fiscal_times
from reportedly.language.times import holidays as holiday_times
from reportedly.language.times import parts as part_times
from reportedly.language.times import relative as relative_times
from reportedly.language.times import weekdays as weekday_times
from reportedly.language.times.arithmetic import Days, zone_offset
from reportedly.language.times.context import lies_ahead
from reportedly.language.times.joining import Direction, Joined, join_terms
from reportedly.language.times.relative import Reader
from reportedly.language.times.terms import Anchor, Clock, Term, TimeKind
from reportedly.language.times.words import forms_for, windows
from reportedly.model import Granularity, Interval, Span, span_of

_FIXED = {"weekday", "ordinal"}  # what is "for Sunday" lies ahead of the article
_DIGITS = re.compile(r"(\d{1,2})/(\d{1,2})/\d\d")

__all__ = ["Direction", "TimeExpression", "TimeKind", "find_times"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """Words of time in a text, with what they mean.

    Attributes:
        span: the words, with a preposition that belongs to them ("in March", "since 2024").
        kind: a date or period, a clock time, a length of time, or a repetition.
        interval: the stretch they mean; None for durations and sets, and where a date they depend on is unknown.
        direction: which way the words open the stretch; None where they name it whole. `interval` has it applied already.
        granularity: the unit the words name; None for durations and sets.
        relative: whether the meaning depends on the article's date.
        anaphoric: whether it depends on a date mentioned before ("two days later").
        ahead: whether the words around say that it lies ahead of the article.
        to_date: whether it counts up to the article's day ("so far this year").
        year: the year where printed; None otherwise, as for the next three.
        month: the month named, 1 to 12.
        day: the day of the month.
        weekday: the weekday named, Monday 0.
    """

    span: Span
    kind: TimeKind
    interval: Interval | None
    direction: Direction | None = None
    granularity: Granularity | None = None
    relative: bool = False
    anaphoric: bool = False
    ahead: bool = False
    to_date: bool = False
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


def find_times(text: str, start: int, end: int, *, against: Interval | None = None, country: str | None = None) -> list[TimeExpression]:
    """The expressions of time in a stretch of text.

    Relative words are resolved against the article's day; where that is an interval, against both its ends, which gives an
    enclosing interval. A bare weekday lies within the seven days up to the article unless the words look ahead; a bare month is
    the latest begun by then. Words that count from a date before ("a month later") look back to `start`.

    Args:
        text: the document's text.
        start: where to begin, in code points.
        end: where to stop.
        against: when the article was published; None where unknown.
        country: ISO 3166-1 code of the outlet's home, which decides the order of dates in digits, holidays, seasons and fiscal
            years; None where unknown.

    Returns:
        The expressions in text order, disjoint, with offsets into `text`.
    """
    terms = _terms(text, start, end)
    if not terms:
        return []
    joined = join_terms(text, start, terms)
    ahead = [_lies_ahead(text, one.term) for one in joined]
    ends = _anchor_days(against)
    anchor = Anchor(day=None, country=country, month_first=_month_first(text, terms, country))
    readings = [_resolve_all(joined, ahead, replace(anchor, day=day)) for day in ends]
    found = []
    for place, one in enumerate(joined):
        interval = _interval(text, one, _days(joined, readings, place), ends)
        found.append(_expression(text, one, interval, ahead=ahead[place]))
    return found


def _terms(text: str, start: int, end: int) -> list[Term]:
    """The longest terms that do not overlap, in text order."""
    candidates: list[Term] = []
    for first, last, sorts in windows(text, start, end):
        words = text[first:last]
        for name, pattern, needed in forms_for(sorts):
            if needed and not _holds(words, needed):
                continue
            for match in pattern.finditer(text, first, last):
                term = _read(name, match)
                if term is not None:
                    candidates.append(term)
    taken: list[Term] = []
    for term in sorted(candidates, key=lambda term: term.start - term.end):
        place = bisect.bisect_left(taken, term.end, key=lambda other: other.start)
        if place == 0 or taken[place - 1].end <= term.start:
            taken.insert(place, term)
    return taken


def _holds(text: str, words: tuple[str, ...]) -> bool:
    for word in words:  # noqa: SIM110 - a generator costs more than most of these searches
        if word in text:
            return True
    return False


def _lies_ahead(text: str, term: Term) -> bool:
    if not (term.relative or term.anaphoric):
        return False
    return lies_ahead(text, term.start, term.end) or (term.form in _FIXED and text.startswith("for ", term.start))


def _month_first(text: str, terms: Sequence[Term], country: str | None) -> bool | None:
    """Whether dates in digits begin with the month: as the text's own plain ones do, else as in the outlet's country."""
    for term in terms:
        digits = _DIGITS.match(text, term.start, term.end) if term.form == "date" else None
        if digits is not None and max(int(digits[1]), int(digits[2])) > 12:  # noqa: PLR2004 - there are twelve months
            return int(digits[2]) > 12  # noqa: PLR2004 - likewise
    orders = load_table("times")["date_order"]
    return None if country is None or country in orders["open"] else country in orders["month_first"]


def _read(name: str, match: re.Match[str]) -> Term | None:
    """The term that a match means; None for a date that no calendar has, such as 31 June."""
    try:
        return READERS[name](match)
    except (ValueError, OverflowError):
        return None


def _anchor_days(against: Interval | None) -> list[dt.date | None]:
    if against is None or against.first_day is None or against.last_day is None:
        return [None]
    return list(dict.fromkeys([against.first_day, against.last_day]))


def _resolve_all(joined: list[Joined], ahead: list[bool], anchor: Anchor) -> list[Days | None]:
    """The days of each term against one anchor, each date serving the anaphoric ones after it."""
    latest: Days | None = None
    found: list[Days | None] = []
    for one, forward in zip(joined, ahead, strict=True):
        days = _resolve(one.term, replace(anchor, ahead=forward, latest=latest))
        found.append(days)
        if _serves(one.term):
            latest = days  # None where it cannot be known: what follows counts from no older date
    return found


def _serves(term: Term) -> bool:
    """Whether words behind a term may count from it."""
    return term.kind in {"date", "time"} and term.form not in {"span", "named", "years", "clock"}


def _days(joined: list[Joined], readings: list[list[Days | None]], place: int) -> list[Days | None]:
    """The days of a term against each end of the article's date.

    "The same week" begins no earlier than a date before it that is known no nearer than to weeks ("earlier this month").
    """
    days = [reading[place] for reading in readings]
    before = max((n for n in range(place) if _serves(joined[n].term)), default=None) if joined[place].term.form == "same" else None
    known = [reading[before] for reading in readings] if before is not None else [None]
    sure = [found for found in known if found is not None]
    if len(sure) < len(known):
        return days
    first, last = min(found[0] for found in sure), max(found[1] for found in sure)
    return [found if found is None or last - first < found[1] - found[0] else (max(found[0], first), found[1]) for found in days]


def _resolve(term: Term, anchor: Anchor) -> Days | None:
    try:
        days = term.resolve(anchor)
    except (ValueError, OverflowError):
        return None  # before year 1 or after 9999: no calendar date
    if days and term.anaphoric and anchor.day and days[0] > anchor.day and not anchor.ahead:
        return None  # counted from the wrong date: nothing is reported before it happens
    return days


def _interval(text: str, one: Joined, days: list[Days | None], ends: list[dt.date | None]) -> Interval | None:
    known = [found for found in days if found is not None]
    if len(known) < len(days):
        return None
    first, last = min(found[0] for found in known), max(found[1] for found in known)
    opened = _opened(one.direction, first, last)
    if opened is None:
        return None
    term = one.term
    against = ends[-1].isoformat() if (term.relative or term.anaphoric) and ends[-1] else None
    granularity = term.granularity if len(set(known)) == 1 else "range"
    moments = _moments(term.clock, first) if first == last and one.direction is None else None
    begin, finish = moments or tuple(None if day is None else day.isoformat() for day in opened)
    return Interval(
        first=begin, last=finish, words=span_of(text, term.start, term.end), against=against, granularity=granularity, basis="words"
    )


def _opened(direction: Direction | None, first: dt.date, last: dt.date) -> tuple[dt.date | None, dt.date | None] | None:
    try:
        return {
            "since": (first, None),
            "until": (None, last),
            "by": (None, last),
            "before": (None, first - dt.timedelta(days=1)),
            "after": (last, None),
        }.get(direction or "", (first, last))
    except OverflowError:
        return None


def _moments(clock: Clock | None, day: dt.date) -> tuple[str, str] | None:
    """The timestamp of a clock time with a zone, as both ends."""
    if clock is None or clock.zone is None:
        return None
    if clock.zone[0] in "+-":
        moment = f"{day.isoformat()}T{clock.hour:02}:{clock.minute:02}:00{clock.zone}"
    else:
        moment = dt.datetime(day.year, day.month, day.day, clock.hour, clock.minute, tzinfo=zone_offset(clock.zone, day)).isoformat()
    return moment, moment


def _expression(text: str, one: Joined, interval: Interval | None, *, ahead: bool) -> TimeExpression:
    term = one.term
    return TimeExpression(
        span=span_of(text, term.start, term.end),
        kind=term.kind,
        interval=interval,
        direction=one.direction,
        granularity=term.granularity,
        relative=term.relative,
        anaphoric=term.anaphoric,
        ahead=ahead,
        to_date=term.to_date,
        year=term.year,
        month=term.month,
        day=term.day,
        weekday=term.weekday,
    )


READERS: Mapping[str, Reader] = {
    "iso_time": clock_times.read_iso_time,
    "iso_date": absolute_times.read_iso_date,
    "iso_week": absolute_times.read_iso_week,
    "year_first": absolute_times.read_iso_date,
    "slashed": absolute_times.read_slashed,
    "slashed_short": absolute_times.read_slashed,
    "slashed_day": absolute_times.read_slashed_day,
    "month_day_year": absolute_times.read_full_date,
    "day_month_year": absolute_times.read_full_date,
    "month_year": absolute_times.read_month_year,
    "month_of_year": absolute_times.read_month_of_year,
    "day_month_of_year": absolute_times.read_month_of_year,
    "which_month": relative_times.read_which_month,
    "month_day": absolute_times.read_month_day,
    "day_month": absolute_times.read_month_day,
    "day_words_month": absolute_times.read_day_in_words,
    "month_day_words": absolute_times.read_day_in_words,
    "ordinal_day": relative_times.read_ordinal_day,
    "month_days": absolute_times.read_days_of_month,
    "days_month": absolute_times.read_days_of_month,
    "month": absolute_times.read_month,
    "weekday_of_week": weekday_times.read_weekday_of_week,
    "which_weekday": weekday_times.read_which_weekday,
    "before_last": weekday_times.read_before_last,
    "weekdays_ago": weekday_times.read_weekdays_ago,
    "weekday_ago": weekday_times.read_weekday_ago,
    "weekday_ahead": weekday_times.read_weekday_ahead,
    "weekday": weekday_times.read_weekday,
    "weekdays": weekday_times.read_set,
    "every_weekday": weekday_times.read_set,
    "day_word": relative_times.read_day_word,
    "which_period": relative_times.read_which_period,
    "since_period_start": part_times.read_since_period_start,
    "to_date": part_times.read_to_date,
    "the_period": part_times.read_the_period,
    "end_period": part_times.read_end_period,
    "part_of_period": part_times.read_part_of_period,
    "weekend": weekday_times.read_weekend,
    "past_weekend": weekday_times.read_past_weekend,
    "holiday_weekend": holiday_times.read_holiday_weekend,
    "which_season": relative_times.read_season,
    "season_year": absolute_times.read_season_year,
    "season_of_years": absolute_times.read_season_year,
    "season_of_year": relative_times.read_season,
    "season": relative_times.read_season,
    "ago": relative_times.read_ago,
    "vague_ago": relative_times.read_vague_ago,
    "from_now": relative_times.read_from_now,
    "in_span": relative_times.read_in_span,
    "within_span": relative_times.read_within_span,
    "past_span": relative_times.read_past_span,
    "past_vague": relative_times.read_past_vague,
    "past_period": relative_times.read_past_period,
    "next_span": relative_times.read_next_span,
    "next_vague": relative_times.read_next_vague,
    "ahead_vague": relative_times.read_next_vague,
    "since_vague": relative_times.read_since_vague,
    "followed_vague": relative_times.read_followed,
    "next_period": relative_times.read_next_period,
    "came_after": relative_times.read_came_after,
    "later": relative_times.read_later,
    "vague_later": relative_times.read_vague_later,
    "same_period": relative_times.read_same_period,
    "within_day": relative_times.read_within_day,
    "day_before": relative_times.read_day_before,
    "at_the_time": relative_times.read_at_the_time,
    "then": relative_times.read_at_the_time,
    "now": relative_times.read_now,
    "quarter": absolute_times.read_quarter,
    "quarter_year": absolute_times.read_quarter,
    "half_year": part_times.read_half_year,
    "half_of_year": part_times.read_half_of_year,
    "fiscal_year": fiscal_times.read_fiscal_year,
    "year_fiscal": fiscal_times.read_fiscal_year,
    "which_fiscal": fiscal_times.read_which_fiscal,
    "year_range": absolute_times.read_year_range,
    "iso_month": absolute_times.read_iso_month,
    "decade": absolute_times.read_decade,
    "decade_word": absolute_times.read_decade_word,
    "century": absolute_times.read_century,
    "turn_of": part_times.read_turn_of,
    "year_word": absolute_times.read_year,
    "holiday": holiday_times.read_holiday,
    "movable": holiday_times.read_movable,
    "holiday_season": holiday_times.read_holiday_season,
    "named_day": absolute_times.read_named,
    "clock": clock_times.read_clock,
    "clock24": clock_times.read_clock24,
    "clock_bare": clock_times.read_clock24,
    "clock_range": clock_times.read_clock_range,
    "clock_word": clock_times.read_clock_word,
    "oclock": clock_times.read_oclock,
    "half_past": clock_times.read_half_past,
    "every_period": weekday_times.read_set,
    "on_weekends": weekday_times.read_set,
    "duration": relative_times.read_duration,
}
"""The reader of each form of the table."""
