"""Reads the forms that name a part of a period: "the end of the month", "so far this year", "the last Friday of the month"."""

import datetime as dt
import re
from dataclasses import replace

from reportedly.language.times.absolute import year_shift
from reportedly.language.times.arithmetic import Days, nth_part, nth_weekday_in, part_of, period_of, shift, year_of
from reportedly.language.times.terms import Term, by_day, fixed, term_of
from reportedly.language.times.words import number_bounds, ordinal_number, table, unit_of, weekday_number

Match = re.Match[str]
_SPOKEN = {"rest": "rest", "remainder": "rest", "latter part": "late", "opening": "early"}
_SPOKEN |= dict.fromkeys(("course", "whole", "entirety"), "whole")
_TURN = {"year": dt.timedelta(days=31), "century": dt.timedelta(days=5 * 365), "millennium": dt.timedelta(days=5 * 365)}


def read_since_period_start(match: Match) -> Term:
    """`earlier this month` up to the article's day, `later this year` from it on, `early this week`."""
    which, unit = match["which"].casefold(), unit_of(match["unit"])

    def resolve(article: dt.date, _ahead: bool) -> Days:  # noqa: FBT001 - by_day's signature
        first, last = period_of(article, unit)
        return {"later": (article, last), "early": part_of((first, last), "early"), "late": part_of((first, last), "late")}.get(
            which, (first, article)
        )

    return replace(term_of(match, by_day(resolve), "range"), to_date=which == "so far")


def read_to_date(match: Match) -> Term:
    """`this year so far`, `the year to date`."""
    unit = next(unit for name in ("unit", "unit2", "unit3", "unit4") if (unit := match[name])).casefold()
    return replace(term_of(match, by_day(lambda article, _ahead: (period_of(article, unit)[0], article)), "range"), to_date=True)


def read_the_period(match: Match) -> Term:
    """`the end of the month`, `the rest of the year`."""
    position = match["position"].casefold().removeprefix("the ")
    where = _SPOKEN.get(position) or table("positions", "words").get(f"{position} of", "whole")

    def resolve(article: dt.date, _ahead: bool) -> Days:  # noqa: FBT001 - by_day's signature
        days = period_of(article, match["unit"])
        if position == "turn":
            return _turn(days, article, match["unit"])
        return (article, days[1]) if where == "rest" else part_of(days, where)

    return term_of(match, by_day(resolve), "range")


def read_turn_of(match: Match) -> Term:
    """`the turn of the year`: the weeks around the nearest New Year; of the century: the years around it."""
    unit = {"millennium": "century"}.get(match["unit"], match["unit"])
    return term_of(match, by_day(lambda article, _ahead: _turn(period_of(article, unit), article, match["unit"])), "range")


def _turn(days: Days, article: dt.date, unit: str) -> Days:
    begin, finish = days[0], days[1] + dt.timedelta(days=1)
    near = begin if article - begin <= finish - article else finish
    around = _TURN.get(unit, dt.timedelta(days=2))
    return near - around, near + around - dt.timedelta(days=1)


def read_end_period(match: Match) -> Term | None:
    """`year-end`, `month's end`, `year-end 2026`, `mid-year`."""
    unit = (match["unit"] or match["unit2"] or match["unit3"]).casefold()
    where = "middle" if match["unit3"] else "late"
    if match["year"]:
        days = part_of(year_of(int(match["year"])), where)
        return term_of(match, fixed(days), "range", relative=False) if unit == "year" else None
    return term_of(match, by_day(lambda article, _ahead: part_of(period_of(article, unit), where)), "range")


def read_part_of_period(match: Match) -> Term:
    """`the first week of the year`, `the last Friday of this month`, `the first nine months of the year`."""
    years = year_shift(match["which"]) or 0

    def resolve(article: dt.date, _ahead: bool) -> Days | None:  # noqa: FBT001 - by_day's signature
        unit = match["period"]
        return part_by_words(match, period_of(shift(period_of(article, unit)[0], years, unit), unit))

    return term_of(match, by_day(resolve), "day" if match["weekday"] else "range")


def part_by_words(match: Match, days: Days) -> Days | None:
    """The part of a period that an ordinal with a unit or a weekday means ("the first three weeks of")."""
    nth = ordinal_number(match["nth"])
    if match["weekday"]:
        day = nth_weekday_in(days, weekday_number(match["weekday"]), nth)
        return None if day is None else (day, day)
    count = number_bounds(match["number"])[1] if match["number"] else 1
    return nth_part(days, nth, unit_of(match["unit"]), count)


def read_half_year(match: Match) -> Term:
    """`the first half of last year`."""
    half, years = f"{match['nth'].casefold().replace('latter', 'second')} half", year_shift(match["which"]) or 0
    return term_of(match, by_day(lambda article, _ahead: part_of(year_of(article.year + years), half)), "range")


def read_half_of_year(match: Match) -> Term:
    """`H1 2025`, `H2`."""
    half = {"1": "first half", "2": "second half"}[match["half"]]
    if match["year"]:
        return term_of(match, fixed(part_of(year_of(int(match["year"])), half)), "range", relative=False)
    return term_of(match, by_day(lambda article, _ahead: part_of(year_of(article.year), half)), "range")
