"""Reads weekdays in all the ways that news counts them: back, ahead, by weeks, from a date before."""

import datetime as dt
import re
from dataclasses import replace

from reportedly.language.times.absolute import year_shift
from reportedly.language.times.arithmetic import Days, period_of, season_of, shift
from reportedly.language.times.context import allows_weekday, is_indefinite
from reportedly.language.times.terms import Anchor, Resolve, Term, by_day, by_latest, fixed, term_of
from reportedly.language.times.words import number_bounds, table, unit_of, weekday_number

Match = re.Match[str]
_DAY, _WEEK = dt.timedelta(days=1), dt.timedelta(days=7)


def read_weekday(match: Match) -> Term | None:
    """`Friday`: the latest up to the article, the next where the words look ahead; "on a Friday" is none of them."""
    if not allows_weekday(match.string, match.start(), match.end()):
        return None
    weekday = weekday_number(match["weekday"])
    which = (match["which"] or match["after"] or "").casefold()
    if is_indefinite(match.string, match.start(), match.end()):
        return Term(start=match.start(), end=match.end(), form="set", kind="set", resolve=fixed(None))

    def resolve(article: dt.date, ahead: bool) -> Days:  # noqa: FBT001 - by_day's signature
        monday = period_of(article, "week")[0]
        back = _last(article, weekday)
        found = {
            "": back if not ahead or back == article else back + _WEEK,
            "this": monday + dt.timedelta(days=weekday),
            "next": monday + _WEEK + dt.timedelta(days=weekday),
            "this coming": back + _WEEK,
            "coming": back + _WEEK,
        }.get(which, back - _WEEK if back == article else back)
        return found, found

    return replace(term_of(match, by_day(resolve), "day", form="weekday"), weekday=weekday)


def read_weekday_of_week(match: Match) -> Term:
    """`Friday last week`, `Monday of this week`, `Tuesday of the following week`."""
    weekday, which = weekday_number(match["weekday"]), match["which"].casefold()
    weeks = year_shift(which)
    if weeks is None:
        turn = {"following": 1, "previous": -1}.get(which, 0)
        counted = by_latest(lambda latest: _in_week(latest[0] + turn * _WEEK, weekday))
        return replace(term_of(match, counted, "day", anaphoric=True), weekday=weekday)
    resolve = by_day(lambda article, _ahead: _in_week(article + weeks * _WEEK, weekday))
    return replace(term_of(match, resolve, "day"), weekday=weekday)


def read_which_weekday(match: Match) -> Term | None:
    """`the following Monday`, `that Friday`, counted from the date before; `the next Friday` from the article where there is none."""
    weekday, which = weekday_number(match["weekday"]), (match["which"] or "that").casefold()

    def of(anchor: Anchor) -> Days | None:
        latest = anchor.latest
        if latest is None and anchor.day is not None and anchor.ahead and which in {"next", "following"}:
            latest = (anchor.day, anchor.day)
        if latest is None:
            return None
        if which in {"following", "next"}:
            day = _last(latest[1], weekday) + _WEEK
        elif which in {"previous", "preceding"}:
            day = _last(latest[0] - _DAY, weekday)
        elif (latest[1] - latest[0]).days >= 7:  # noqa: PLR2004 - "that Friday" of a month is one of several
            return None
        else:
            return _in_week(latest[0], weekday)
        return day, day

    return replace(term_of(match, of, "day", anaphoric=True), weekday=weekday)


def read_before_last(match: Match) -> Term:
    """`the week before last`, `the Friday before last`, `the winter before last`."""
    if match["weekday"]:
        weekday = weekday_number(match["weekday"])
        back = by_day(lambda article, _ahead: (_last(article - _DAY, weekday) - _WEEK,) * 2)
        return replace(term_of(match, back, "day"), weekday=weekday)
    if match["season"]:
        return term_of(match, _season_before_last(table("seasons", "names")[match["season"]]), "season")
    unit = unit_of(match["unit"])

    def resolve(article: dt.date, _ahead: bool) -> Days:  # noqa: FBT001 - by_day's signature
        if unit == "weekend":
            saturday = period_of(article, "weekend")[0] - _WEEK
            return saturday, saturday + _DAY
        return period_of(shift(period_of(article, unit)[0], -2, unit), unit)

    granularity = {"week": "week", "month": "month", "quarter": "quarter", "year": "year", "day": "day"}.get(unit, "range")
    return term_of(match, by_day(resolve), granularity)  # type: ignore[arg-type]


def _season_before_last(season: str) -> Resolve:
    def of(anchor: Anchor) -> Days | None:
        if anchor.day is None:
            return None
        ended = [days for y in range(-4, 1) if (days := season_of(anchor.day.year + y, season, anchor.country))[1] < anchor.day]
        return sorted(ended)[-2]

    return of


def read_weekdays_ago(match: Match) -> Term:
    """`two Fridays ago`."""
    weekday, count = weekday_number(match["weekday"]), int(number_bounds(match["number"])[1])
    resolve = by_day(lambda article, _ahead: (_last(article - _DAY, weekday) - (count - 1) * _WEEK,) * 2)
    return replace(term_of(match, resolve, "day"), weekday=weekday)


def read_weekday_ago(match: Match) -> Term:
    """`a week ago Friday`, `Friday two weeks ago`: the day of the week that lies so far back."""
    weekday = weekday_number(match["weekday"] or match["weekday2"])
    weeks = number_bounds(match["number"] or match["number2"])[1]
    resolve = by_day(lambda article, _ahead: _in_week(article - weeks * _WEEK, weekday))
    return replace(term_of(match, resolve, "day"), weekday=weekday)


def read_weekday_ahead(match: Match) -> Term:
    """`a week from Tuesday`, `Tuesday week`: so many weeks after the next one."""
    weekday = weekday_number(match["weekday"] or match["weekday2"])
    weeks = number_bounds(match["number"])[1] if match["number"] else 1
    resolve = by_day(lambda article, _ahead: (_last(article, weekday) + (1 + weeks) * _WEEK,) * 2)
    return replace(term_of(match, resolve, "day"), weekday=weekday)


def read_set(match: Match) -> Term:
    """`every Friday`, `on Mondays`, `twice a week`."""
    return Term(start=match.start(), end=match.end(), form="set", kind="set", resolve=fixed(None))


def read_weekend(match: Match) -> Term:
    """`over the weekend`: this one on a weekend, else the one before, or the next where the words look ahead."""
    return term_of(match, by_day(lambda article, ahead: _moved(period_of(article, "weekend"), 7 if ahead else 0)), "range")


def read_past_weekend(match: Match) -> Term:
    """`this past weekend`: the latest that has begun."""
    return term_of(match, by_day(lambda article, _ahead: period_of(article, "weekend")), "range")


def weekend_at(day: dt.date) -> Days:
    """The weekend that a day belongs to; a weekday's is the one that follows."""
    saturday = day + dt.timedelta(days=(5 - day.weekday()) % 7 if day.weekday() != 6 else -1)  # noqa: PLR2004 - Sunday's began before
    return saturday, saturday + _DAY


def _last(day: dt.date, weekday: int) -> dt.date:
    """The latest such weekday up to a day."""
    return day - dt.timedelta(days=(day.weekday() - weekday) % 7)


def _in_week(day: dt.date, weekday: int) -> Days:
    found = period_of(day, "week")[0] + dt.timedelta(days=weekday)
    return found, found


def _moved(days: Days, by: int) -> Days:
    return days[0] + dt.timedelta(days=by), days[1] + dt.timedelta(days=by)
