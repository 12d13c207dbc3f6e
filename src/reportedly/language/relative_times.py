"""Reads the forms that depend on the article's day ("last week", "two days ago") or on a date before ("a month later")."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

from reportedly.language.absolute_times import near_period, year_shift
from reportedly.language.calendar_words import month_number, number_bounds, table, unit_of, weekday_number
from reportedly.language.time_arithmetic import Days, days_in, is_short, month_of, part_of, period_of, season_of, shift, year_of
from reportedly.language.time_context import allows_weekday, begins_sentence, ends_clause, is_rate
from reportedly.language.time_terms import Resolve, Term, by_day, by_latest, fixed
from reportedly.model import Granularity

Match = re.Match[str]
_WEEK = dt.timedelta(days=7)
_SHORTEST_MONTH = 28
_GRANULARITIES: dict[str, Granularity] = {
    "day": "day",
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "decade": "decade",
    "weekend": "range",
}


def read_day_word(match: Match) -> Term | None:
    """`today`, `yesterday`, `last night`; not the name in "Daily Today"."""
    word = match["day_word"]
    if word[0].isupper() and not begins_sentence(match.string, match.start()):
        return None
    words = table("days", "words")
    first, last = words[word] if word in words else words[word[0].lower() + word[1:]]
    resolve = by_day(lambda article, _ahead: (article + dt.timedelta(days=first), article + dt.timedelta(days=last)))
    return _term(match, resolve, "day", form="day_word")


def read_weekday(match: Match) -> Term | None:
    """`Friday`: the latest up to the article, the next where the words look ahead."""
    if not allows_weekday(match.string, match.start(), match.end()):
        return None
    weekday = weekday_number(match["weekday"])
    which = (match["which"] or "").casefold()

    def resolve(article: dt.date, ahead: bool) -> Days:  # noqa: FBT001 - by_day's signature
        monday = period_of(article, "week")[0]
        back = article - dt.timedelta(days=(article.weekday() - weekday) % 7)
        found = {
            "": back if not ahead or back == article else back + _WEEK,
            "this": monday + dt.timedelta(days=weekday),
            "next": monday + _WEEK + dt.timedelta(days=weekday),
            "this coming": back + _WEEK,
            "coming": back + _WEEK,
        }.get(which, back - _WEEK if back == article else back)
        return found, found

    return replace(_term(match, by_day(resolve), "day", form="weekday"), weekday=weekday)


def read_weekday_of_week(match: Match) -> Term:
    """`Friday last week`, `Monday of this week`."""
    weekday = weekday_number(match["weekday"])
    weeks = year_shift(match["which"]) or 0
    resolve = by_day(lambda article, _ahead: (period_of(article, "week")[0] + weeks * _WEEK + dt.timedelta(days=weekday),) * 2)
    return replace(_term(match, resolve, "day"), weekday=weekday)


def read_set(match: Match) -> Term:
    """`every Friday`, `on Mondays`."""
    return Term(start=match.start(), end=match.end(), form="set", kind="set", resolve=fixed(None))


def read_duration(match: Match) -> Term | None:
    """`three weeks`, `24-hour`; not the ordinal in "a second strike"."""
    number, plural = number_bounds(match["number"])[1], match[0].endswith("s")
    if not plural and (unit_of(match["unit"]) == "second" or (number > 1 and "-" not in match[0])):
        return None
    rate = is_rate(match.string, match.start(), match[0])
    return Term(start=match.start(), end=match.end(), form="duration", kind="set" if rate else "duration", resolve=fixed(None))


def read_which_period(match: Match) -> Term:
    """`last week`, `this year`, `next weekend`."""
    unit, count = unit_of(match["unit"]), year_shift(match["which"]) or 0

    def resolve(article: dt.date, _ahead: bool) -> Days:  # noqa: FBT001 - by_day's signature
        if unit == "weekend":
            saturday = period_of(article, "week")[0] + dt.timedelta(days=5) + count * _WEEK
            return saturday, saturday + dt.timedelta(days=1)
        start = period_of(article, unit)[0]
        return period_of(shift(start, count, unit), unit)

    return _term(match, by_day(resolve), _GRANULARITIES.get(unit, "range"))


def read_since_period_start(match: Match) -> Term:
    """`earlier this month` up to the article's day, `later this year` from it on, `early this week`."""
    which, unit = match["which"].casefold(), match["unit"]

    def resolve(article: dt.date, _ahead: bool) -> Days:  # noqa: FBT001 - by_day's signature
        first, last = period_of(article, unit)
        return {"later": (article, last), "early": part_of((first, last), "early"), "late": part_of((first, last), "late")}.get(
            which, (first, article)
        )

    return _term(match, by_day(resolve), "range")


def read_the_period(match: Match) -> Term:
    """`the end of the month`, `the rest of the year`."""
    place = f"{match['position'].casefold().removeprefix('the ')} of"
    position = {"rest of": "rest", "remainder of": "rest", "course of": "whole", "latter part of": "late"}.get(place) or table(
        "positions", "words"
    ).get(place, "whole")

    def resolve(article: dt.date, _ahead: bool) -> Days:  # noqa: FBT001 - by_day's signature
        days = period_of(article, match["unit"])
        return (article, days[1]) if position == "rest" else part_of(days, position)

    return _term(match, by_day(resolve), "range")


def read_weekend(match: Match) -> Term:
    """`over the weekend`: this one on a weekend, else the one before."""
    return _term(match, by_day(lambda article, ahead: _moved(period_of(article, "weekend"), 7 if ahead else 0)), "range")


def read_which_month(match: Match) -> Term | None:
    """`last March`, `next May`."""
    month, which = month_number(match["month"]), match["which"].casefold()

    def resolve(article: dt.date, _ahead: bool) -> Days | None:  # noqa: FBT001 - by_day's signature
        months = [month_of(year, month) for year in (article.year - 1, article.year, article.year + 1)]
        if which.startswith("this") and which != "this past":
            return months[1]
        if which == "next":
            return min(days for days in months if days[0] > article)
        return max((days for days in months if days[1] < article), default=months[0])

    if which.startswith("the "):
        years = {"the following": 1, "the previous": -1}.get(which, 0)
        term = _term(match, by_latest(lambda latest: month_of(latest[0].year + years, month)), "month", anaphoric=True)
        return replace(term, month=month)
    return replace(_term(match, by_day(resolve), "month", form="month"), month=month)


def read_season(match: Match) -> Term:
    """`last fall`, `this summer`, `in the spring`, `the summer of last year`."""
    season = table("seasons", "names")[match["season"]]
    which = (match.groupdict().get("which") or "").casefold()
    of_year = match[0].endswith("year")

    def resolve(article: dt.date, ahead: bool) -> Days | None:  # noqa: FBT001 - by_day's signature
        seasons = [season_of(article.year + years, season) for years in (-2, -1, 0, 1)]
        current = [days for days in seasons if days[0] <= article <= days[1]]
        if of_year:
            return season_of(article.year + (year_shift(which) or 0), season)
        if which in {"this", "this coming"}:
            return current[0] if current else seasons[2]
        if which == "next":
            return min(days for days in seasons if days[0] > article)
        if which == "last":
            return max(days for days in seasons if days[1] < article)
        return near_period(seasons, article, ahead=ahead)

    return _term(match, by_day(resolve), "season")


def read_ago(match: Match) -> Term:
    """`two weeks ago` (the week), `a year ago today` (the day)."""
    unit = unit_of(match["unit"])
    low, high = number_bounds(match["number"])
    if match["exact"] or unit == "day":
        resolve = by_day(lambda article, _ahead: (shift(article, -high, unit), shift(article, -low, unit)))
        return _term(match, resolve, "day" if low == high else "range")
    return _ago(match, unit, low, high)


def read_vague_ago(match: Match) -> Term:
    """`weeks ago`."""
    unit = unit_of(match["unit"])
    return _ago(match, unit, *table("units", "vague")[unit])


def read_past_span(match: Match) -> Term | None:
    """`the last 24 hours`, `the past three days`; not the verb in "epidemics last a few weeks"."""
    if match[0].startswith("last a "):
        return None
    return _span(match, unit_of(match["unit"]), -number_bounds(match["number"])[1])


def read_past_vague(match: Match) -> Term:
    """`recent days`, `the past weeks`."""
    unit = unit_of(match["unit"])
    return _span(match, unit, -table("units", "vague")[unit][1])


def read_past_period(match: Match) -> Term:
    """`the past week`, `this past year`."""
    return _span(match, unit_of(match["unit"]), -1)


def read_next_span(match: Match) -> Term:
    """`the next two weeks`."""
    return _span(match, unit_of(match["unit"]), number_bounds(match["number"])[1])


def read_next_vague(match: Match) -> Term:
    """`the coming days`."""
    unit = unit_of(match["unit"])
    return _span(match, unit, table("units", "vague")[unit][1])


def read_next_period(match: Match) -> Term:
    """`the coming year`."""
    return _span(match, unit_of(match["unit"]), 1)


def read_later(match: Match) -> Term:
    """`two days later`, `a month earlier`, counted from the date before; "two days after the vote" counts from the vote."""
    if match["sense"] in {"before", "after"} and not ends_clause(match.string, match.end()):
        return _term(match, fixed(None), "range", anaphoric=True)
    low, high = number_bounds(match["number"])
    return _later(match, low, high, back=match["sense"] in {"earlier", "before"})


def read_vague_later(match: Match) -> Term:
    """`days later`."""
    low, high = table("units", "vague")[unit_of(match["unit"])]
    return _later(match, low, high, back=match["sense"] == "earlier")


def read_came_after(match: Match) -> Term:
    """`came two days after ...`: what follows lies that long before the date mentioned."""
    low, high = number_bounds(match["number"])
    return _later(match, low, high, back=match["sense"] == "after")


def read_same_period(match: Match) -> Term | None:
    """`the same week`, `the following day`; "over the next year" looks ahead from the article instead."""
    which, unit = match["which"].casefold(), unit_of(match["unit"])
    before = match.string[max(0, match.start() - 8) : match.start()].casefold()
    if which == "the next" and re.search(r"\b(?:over|in|within|during|for) $", before):
        return _span(match, unit, 1)
    count = {"the following": 1, "the next": 1, "the previous": -1, "the preceding": -1}.get(which, 0)
    return _neighbour(match, unit, count)


def read_day_before(match: Match) -> Term:
    """`the day before`, `the week after`, where nothing follows that it would be before or after."""
    sign = -1 if match["sense"] in {"before", "earlier"} else 1
    if match["sense"] in {"before", "after"} and not ends_clause(match.string, match.end()):
        return _term(match, fixed(None), "day", anaphoric=True)
    return _neighbour(match, unit_of(match["unit"]), sign)


def read_at_the_time(match: Match) -> Term:
    """`at the time`: the date before."""
    return _term(match, by_latest(lambda latest: latest), "range", anaphoric=True)


def read_half_year(match: Match) -> Term:
    """`the first half of last year`."""
    half, years = f"{match['nth'].casefold()} half", year_shift(match["which"]) or 0
    return _term(match, by_day(lambda article, _ahead: part_of(year_of(article.year + years), half)), "range")


def _ago(match: Match, unit: str, low: float, high: float) -> Term:
    def resolve(article: dt.date, _ahead: bool) -> Days:  # noqa: FBT001 - by_day's signature
        if unit in {"second", "minute", "hour"}:
            return article - dt.timedelta(days=days_in(high, unit) if unit == "hour" and high >= 12 else 0), article  # noqa: PLR2004 - hours
        if unit == "decade":
            return year_of(article.year - int(10 * high) - 2)[0], year_of(article.year - int(10 * low) + 2)[1]
        return period_of(shift(article, -high, unit), unit)[0], period_of(shift(article, -low, unit), unit)[1]

    return _term(match, by_day(resolve), _GRANULARITIES.get(unit, "range") if low == high and unit != "decade" else "range")


def _span(match: Match, unit: str, count: float) -> Term:
    def resolve(article: dt.date, _ahead: bool) -> Days:  # noqa: FBT001 - by_day's signature
        other = article + dt.timedelta(days=_whole(count, unit)) if is_short(unit) else shift(article, count, unit)
        return (other, article) if count < 0 else (article, other)

    return _term(match, by_day(resolve), "range", form="span")


def _whole(count: float, unit: str) -> int:
    return -days_in(-count, unit) if count < 0 else days_in(count, unit)


def _later(match: Match, low: float, high: float, *, back: bool) -> Term:
    unit = unit_of(match["unit"])

    def resolve(latest: Days) -> Days | None:
        near, far = (-high, -low) if back else (low, high)
        if unit in {"second", "minute", "hour"}:
            days = dt.timedelta(days=days_in(high, "hour") if unit == "hour" else 0)
            return (latest[0] - days, latest[1]) if back else (latest[0], latest[1] + days)
        if is_short(unit):
            if (latest[1] - latest[0]).days >= _SHORTEST_MONTH:
                return None  # a day counted from a month or a year is no day
            return shift(latest[0], near, unit), shift(latest[1], far, unit)
        return period_of(shift(latest[0], near, unit), unit)[0], period_of(shift(latest[0], far, unit), unit)[1]

    granularity = _GRANULARITIES.get(unit, "range") if low == high else "range"
    return _term(match, by_latest(resolve), granularity, anaphoric=True)


def _neighbour(match: Match, unit: str, count: int) -> Term:
    def resolve(latest: Days) -> Days | None:
        own = period_of(latest[0], unit)
        if own[0] <= latest[0] and latest[1] <= own[1]:
            return period_of(shift(own[0], count, unit), unit)
        return latest if count == 0 else None

    return _term(match, by_latest(resolve), _GRANULARITIES.get(unit, "range"), anaphoric=True)


def _moved(days: Days, by: int) -> Days:
    return days[0] + dt.timedelta(days=by), days[1] + dt.timedelta(days=by)


def _term(match: Match, resolve: Resolve, granularity: Granularity, *, form: str = "relative", anaphoric: bool = False) -> Term:
    return Term(
        start=match.start(),
        end=match.end(),
        form=form,
        granularity=granularity,
        resolve=resolve,
        relative=not anaphoric,
        anaphoric=anaphoric,
    )


Reader = Callable[[Match], Term | None]
