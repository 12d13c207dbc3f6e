"""Reads holidays and feasts, their weekends and the periods between them."""

import datetime as dt
import re
from collections.abc import Callable, Sequence

from reportedly.language.naming.states import iso_of, state_of
from reportedly.language.times.absolute import fit_year, year_shift, years_around
from reportedly.language.times.arithmetic import Days, days_off, holiday_of
from reportedly.language.times.terms import Anchor, Resolve, Term
from reportedly.language.times.words import table

Match = re.Match[str]
_OWNER = re.compile(r"(?:\b([A-Z][\w.]+) )?\b([A-Z][\w.]+?)(?:['’]s?)? $")
_LOOK_BACK = 40
_DAY = dt.timedelta(days=1)


def read_holiday(match: Match) -> Term | None:
    """`Christmas 2024`, `last Thanksgiving`, `Good Friday`, `India's Republic Day`."""
    which, when = (match["which"] or "").casefold(), match["when"]
    rule_for = _rules(match)

    def resolve(anchor: Anchor) -> Days | None:
        rule = rule_for(anchor)
        if anchor.day is None or not rule:
            return None
        if when:
            return (holiday_of(anchor.day.year + (year_shift(when) or 0), rule),) * 2
        days = [(day, day) for day in (holiday_of(year, rule) for year in years_around(anchor.day))]
        if which == "last":
            return max(span for span in days if span[0] < anchor.day)
        return fit_year(days, anchor.day, ahead=anchor.ahead or which == "next")

    def in_year(anchor: Anchor) -> Days | None:
        rule = rule_for(anchor)
        return (holiday_of(int(match["year"]), rule),) * 2 if rule else None

    return _term(match, in_year if match["year"] else resolve)


def read_holiday_weekend(match: Match) -> Term | None:
    """`Memorial Day weekend`: the days off that the holiday makes."""
    rule_for = _rules(match)

    def resolve(anchor: Anchor) -> Days | None:
        rule = rule_for(anchor)
        if not rule or (anchor.day is None and not match["year"]):
            return None
        if match["year"]:
            return days_off(holiday_of(int(match["year"]), rule), rule)
        weekends = [days_off(holiday_of(year, rule), rule) for year in years_around(anchor.day or dt.date.max)]
        return fit_year(weekends, anchor.day or dt.date.max, ahead=anchor.ahead)

    return _term(match, resolve, form="relative")


def read_movable(match: Match) -> Term | None:
    """`Ramadan`, `Yom Kippur 2023`, `Lunar New Year`: feasts of calendars whose days the table lists."""
    key = table("movable", "names")[match["movable"]]
    before, behind = table("movable", "spans")[key]
    listed = [dt.date.fromisoformat(day) for day in table("movable", "days")[key]]
    spans = [(day + before * _DAY, day + behind * _DAY) for day in listed]
    return _term(match, _among(match, spans))


def read_holiday_season(match: Match) -> Term | None:
    """`Holy Week`, `Lent 2024`."""
    first, last = table("periods", "names")[match["period"]]
    return _term(match, lambda anchor: _among(match, [(holiday_of(y, first), holiday_of(y, last)) for y in _years(match, anchor)])(anchor))


def _years(match: Match, anchor: Anchor) -> list[int]:
    if match["year"]:
        return [int(match["year"])]
    return years_around(anchor.day) if anchor.day else []


def _among(match: Match, spans: Sequence[Days]) -> Resolve:
    """Of the spans the one of the printed year, or the one that fits the article."""

    def resolve(anchor: Anchor) -> Days | None:
        if match["year"]:
            return next((span for span in spans if span[1].year == int(match["year"])), None)
        if anchor.day is None:
            return None
        near = [span for span in spans if abs(span[0].year - anchor.day.year) <= 1]
        return fit_year(near, anchor.day, ahead=anchor.ahead)

    return resolve


def _rules(match: Match) -> Callable[[Anchor], str | None]:
    """The rule of a holiday in the country named before it, else in the outlet's; None where that country keeps no day so called."""
    name, named = match["holiday"], _country_before(match)
    usual, national = table("holidays", "names")[name], table("holidays", "national").get(name, {})

    def of(anchor: Anchor) -> str | None:
        country = named or anchor.country
        if country in national:
            return str(national[country])
        return None if named and national else usual or None

    return of


def _term(match: Match, resolve: Resolve, *, form: str = "holiday") -> Term:
    year = int(match["year"]) if match["year"] else None
    return Term(start=match.start(), end=match.end(), form=form, granularity="day", resolve=resolve, relative=year is None, year=year)


def _country_before(match: Match) -> str | None:
    """The country named right before a day: "India's Republic Day", "Ukrainian Independence Day"."""
    owner = _OWNER.search(match.string[max(0, match.start() - _LOOK_BACK) : match.start()])
    words = [" ".join(filter(None, owner.groups())), owner[2]] if owner else []
    state = next((state for word in words if (state := state_of(word))), None)
    return iso_of(state) if state else None
