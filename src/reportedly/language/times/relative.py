"""Reads the forms that depend on the article's day ("last week", "two days ago") or on a date before ("a month later")."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

from reportedly.language.times.absolute import near_period, year_shift
from reportedly.language.times.arithmetic import Days, days_in, is_short, month_of, part_of, period_of, season_of, shift, year_of
from reportedly.language.times.context import begins_sentence, ends_clause, is_ranked, is_rate, is_shouted, lies_ahead, tells_past
from reportedly.language.times.terms import Anchor, Term, by_day, by_latest, fixed, term_of
from reportedly.language.times.words import month_number, number_bounds, table, unit_of
from reportedly.model import Granularity

Match = re.Match[str]
_WEEK = dt.timedelta(days=7)
_SHORTEST_MONTH, _LONGEST_MONTH = 28, 31
_HALF = 0.5
_THIRDS = {"early": "early", "mid": "middle", "late": "late"}
_FINER = {"month": ("week", 4.35), "year": ("month", 12.0), "decade": ("year", 10.0), "century": ("year", 100.0)}
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
    if word[0].isupper() and not begins_sentence(match.string, match.start()) and not is_shouted(match.string, match.start(), match.end()):
        return None
    first, last = table("days", "words")[word.lower()]
    resolve = by_day(lambda article, _ahead: (article + dt.timedelta(days=first), article + dt.timedelta(days=last)))
    return term_of(match, resolve, "day", form="day_word")


def read_duration(match: Match) -> Term | None:
    """`three weeks`, `24-hour`; not the ordinal in "a second strike"."""
    number, plural = number_bounds(match["number"])[1], match[0].endswith("s")
    if not plural and (unit_of(match["unit"]) == "second" or (number > 1 and "-" not in match[0])):
        return None
    rate = is_rate(match.string, match.start(), match[0])
    return Term(start=match.start(), end=match.end(), form="duration", kind="set" if rate else "duration", resolve=fixed(None))


def read_which_period(match: Match) -> Term:
    """`last week`, `this year`, `next weekend`, `the current month`."""
    unit, which = unit_of(match["unit"]), match["which"].casefold()
    count = year_shift(which) or 0

    def resolve(article: dt.date, _ahead: bool) -> Days:  # noqa: FBT001 - by_day's signature
        if unit == "weekend":
            saturday = period_of(article, "week")[0] + dt.timedelta(days=5) + count * _WEEK
            return saturday, saturday + dt.timedelta(days=1)
        start = period_of(article, unit)[0]
        return period_of(shift(start, count, unit), unit)

    return term_of(match, by_day(resolve), _GRANULARITIES.get(unit, "range"))


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
        term = term_of(match, by_latest(lambda latest: month_of(latest[0].year + years, month)), "month", anaphoric=True)
        return replace(term, month=month)
    return replace(term_of(match, by_day(resolve), "month", form="month"), month=month)


def read_season(match: Match) -> Term:
    """`last fall`, `this summer`, `in the spring`, `the summer of last year`."""
    season = table("seasons", "names")[match["season"]]
    which = (match.groupdict().get("which") or "").casefold()
    of_year, position = match[0].endswith("year"), match.groupdict().get("position")

    def resolve(article: dt.date, ahead: bool, country: str | None) -> Days | None:  # noqa: FBT001 - as by_day's
        seasons = [season_of(article.year + years, season, country) for years in (-2, -1, 0, 1)]
        current = [days for days in seasons if days[0] <= article <= days[1]]
        if of_year:
            return season_of(article.year + (year_shift(which) or 0), season, country)
        if which in {"this", "this coming"}:
            coming = ahead or which == "this coming" or seasons[2][0] <= article
            return current[0] if current else seasons[2] if coming else seasons[1]
        if which == "next":
            return min(days for days in seasons if days[0] > article)
        if which == "last":
            return max(days for days in seasons if days[1] < article)
        found = near_period(seasons, article, ahead=ahead)
        return part_of(found, _THIRDS[position]) if found and position else found

    return term_of(match, lambda anchor: None if anchor.day is None else resolve(anchor.day, anchor.ahead, anchor.country), "season")


def read_ago(match: Match) -> Term:
    """`two weeks ago` (the week), `a year ago today` (the day), `less than a month ago` (up to now), `over a year ago`."""
    unit, bound = unit_of(match["unit"]), (match["bound"] or "").casefold()
    low, high = number_bounds(match["number"])
    if match["half"]:
        low, high = low + _HALF, high + _HALF
    if bound in {"less than", "within", "under", "not even"}:
        return _span(match, unit, -high)
    if bound:
        return _ago(match, unit, high, high + 1)
    if match["exact"] or unit == "day":
        resolve = by_day(lambda article, _ahead: (shift(article, -high, unit), shift(article, -low, unit)))
        return term_of(match, resolve, "day" if low == high else "range")
    return _ago(match, unit, low, high)


def read_from_now(match: Match) -> Term:
    """`two weeks from now` (the week), `in three days' time` (the day)."""
    unit = unit_of(match["unit"] or match["unit2"])
    low, high = number_bounds(match["number"] or match["number2"])
    return _ahead(match, unit, low, high)


def read_in_span(match: Match) -> Term | None:
    """`in two weeks` where the words look ahead; elsewhere it is a length ("the third strike in two weeks")."""
    if not lies_ahead(match.string, match.start(), match.end()) or is_ranked(match.string, match.start()):
        return None
    return _ahead(match, unit_of(match["unit"]), *number_bounds(match["number"]))


def read_within_span(match: Match) -> Term | None:
    """`within two weeks` where the words look ahead."""
    if not lies_ahead(match.string, match.start(), match.end()):
        return None
    return _span(match, unit_of(match["unit"]), number_bounds(match["number"])[1])


def read_vague_ago(match: Match) -> Term:
    """`weeks ago`."""
    unit = unit_of(match["unit"])
    return _ago(match, unit, *table("units", "vague")[unit])


def read_past_span(match: Match) -> Term | None:
    """`the last 24 hours`, `the past three days`, `the past year and a half`; not the verb in "epidemics last a few weeks"."""
    if match[0].startswith("last a "):
        return None
    return _span(match, unit_of(match["unit"]), -number_bounds(match["number"])[1] - _half(match))


def read_past_vague(match: Match) -> Term:
    """`recent days`, `the past weeks`."""
    unit = unit_of(match["unit"])
    return _span(match, unit, -table("units", "vague")[unit][1])


def read_past_period(match: Match) -> Term:
    """`the past week`, `this past year`, `the past month and a half`."""
    return _span(match, unit_of(match["unit"]), -1 - _half(match))


def read_next_span(match: Match) -> Term:
    """`the next two weeks`."""
    return _span(match, unit_of(match["unit"]), number_bounds(match["number"])[1])


def read_next_vague(match: Match) -> Term:
    """`the coming days`, `the days ahead`."""
    unit = unit_of(match["unit"])
    return _span(match, unit, table("units", "vague")[unit][1])


def read_followed(match: Match) -> Term:
    """`in the weeks that followed`: from the date before on."""
    unit, number = unit_of(match["unit"] or match["unit2"]), match["number"] or match["number2"]
    count = number_bounds(number)[1] if number else table("units", "vague")[unit][1]
    return term_of(match, by_latest(lambda latest: (latest[0], _later_day(latest[1], count, unit))), "range", anaphoric=True)


def read_since_vague(match: Match) -> Term:
    """`in the years since`: from the date before to the article's day."""

    def resolve(anchor: Anchor) -> Days | None:
        if anchor.latest is None or anchor.day is None or anchor.latest[0] > anchor.day:
            return None
        return anchor.latest[0], anchor.day

    return term_of(match, resolve, "range", anaphoric=True)


def read_next_period(match: Match) -> Term:
    """`the coming year`."""
    return _span(match, unit_of(match["unit"]), 1)


def read_later(match: Match) -> Term:
    """`two days later`, `a month earlier`, counted from the date before; "two days after the vote" counts from the vote."""
    low, high = (number + _half(match) for number in number_bounds(match["number"]))
    if match["sense"] in {"before", "after"} and not ends_clause(match.string, match.end()):
        offset = (-high, -low, unit_of(match["unit"])) if match["sense"] == "before" else (low, high, unit_of(match["unit"]))
        return replace(term_of(match, fixed(None), "range", anaphoric=True), offset=offset)
    return _later(match, low, high, back=match["sense"] in {"earlier", "before", "previously", "prior"})


def read_vague_later(match: Match) -> Term:
    """`days later`."""
    low, high = table("units", "vague")[unit_of(match["unit"])]
    if match["sense"] in {"before", "after"} and not ends_clause(match.string, match.end()):
        offset = (-high, -low, unit_of(match["unit"])) if match["sense"] == "before" else (low, high, unit_of(match["unit"]))
        return replace(term_of(match, fixed(None), "range", anaphoric=True), offset=offset)
    return _later(match, low, high, back=match["sense"] in {"earlier", "before"})


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
    count = {"the following": 1, "the next": 1, "the ensuing": 1, "the previous": -1, "the preceding": -1}.get(which, 0)
    term = _neighbour(match, unit, count)
    return replace(term, form="same") if which in {"the same", "that same"} else term


def read_day_before(match: Match) -> Term:
    """`the day before`, `the week after`, where nothing follows that it would be before or after."""
    sign = -1 if match["sense"] in {"before", "earlier"} else 1
    if match["sense"] in {"before", "after"} and not ends_clause(match.string, match.end()):
        unit = unit_of(match["unit"])
        near, far = sorted((sign, 7 * sign))
        offset = (near, far, "day") if unit == "week" else (sign, sign, unit)  # "the week before Christmas" is its seven days
        return replace(term_of(match, fixed(None), "day", anaphoric=True), offset=offset)
    return _neighbour(match, unit_of(match["unit"]), sign)


def read_within_day(match: Match) -> Term:
    """`later that day`, `earlier the same month`."""
    return _neighbour(match, unit_of(match["unit"]), 0)


def read_ordinal_day(match: Match) -> Term | None:
    """`on the 17th`: of the month of the date before, else the latest up to the article; `the 3rd of next month`."""
    day, which = int(match["day"]), match["which"] or match["which_month"]
    if which is None and not _stands_alone(match):
        return None

    def resolve(anchor: Anchor) -> Days | None:
        latest = anchor.latest
        if which in {"that", "the same"} or (which is None and latest is not None and (latest[1] - latest[0]).days <= _LONGEST_MONTH):
            return None if latest is None else (latest[0].replace(day=day),) * 2
        if anchor.day is None:
            return None
        months = year_shift(which) if which else None
        if months is None:
            months = 1 if anchor.ahead and day < anchor.day.day else -1 if not anchor.ahead and day > anchor.day.day else 0
        return (shift(anchor.day.replace(day=1), months, "month").replace(day=day),) * 2

    return replace(term_of(match, resolve, "day", form="ordinal"), day=day)


def _stands_alone(match: Match) -> bool:
    """Whether an ordinal names a day and no street, floor or item: a preposition of dates before it, a clause's end behind."""
    before = match.string[max(0, match.start() - 12) : match.start()]
    behind = match.string[match.end() : match.end() + 16]
    closed = ends_clause(match.string, match.end()) or re.match(r" (?:to|until|through) the \d", behind)
    return bool(closed) and re.search(r"(?i:\b(?:on|by|until|since|from|before|after|to|through|between|and)) $", before) is not None


def read_now(match: Match) -> Term:
    """`until now`: the article's day."""
    return term_of(match, by_day(lambda article, _ahead: (article, article)), "day", form="day_word")


def read_at_the_time(match: Match) -> Term:
    """`at the time`: the date before."""
    return term_of(match, by_latest(lambda latest: latest), "range", anaphoric=True)


def _ago(match: Match, unit: str, low: float, high: float) -> Term:
    if low == high != int(high) and unit in _FINER:
        unit, times = _FINER[unit]  # a year and a half ago is a month, not a year
        low = high = high * times

    def resolve(article: dt.date, _ahead: bool) -> Days:  # noqa: FBT001 - by_day's signature
        if unit in {"second", "minute", "hour"}:
            return article - dt.timedelta(days=days_in(high, unit) if unit == "hour" and high >= 12 else 0), article  # noqa: PLR2004 - hours
        if unit == "decade":
            return year_of(article.year - int(10 * high) - 2)[0], year_of(article.year - int(10 * low) + 2)[1]
        return period_of(shift(article, -high, unit), unit)[0], period_of(shift(article, -low, unit), unit)[1]

    return term_of(match, by_day(resolve), _GRANULARITIES.get(unit, "range") if low == high and unit != "decade" else "range")


def _ahead(match: Match, unit: str, low: float, high: float) -> Term:
    def resolve(article: dt.date, _ahead: bool) -> Days:  # noqa: FBT001 - by_day's signature
        if unit in {"second", "minute", "hour"}:
            return article, _later_day(article, high, unit)
        if unit == "day":
            return shift(article, low, unit), shift(article, high, unit)
        return period_of(shift(article, low, unit), unit)[0], period_of(shift(article, high, unit), unit)[1]

    return term_of(match, by_day(resolve), _GRANULARITIES.get(unit, "range") if low == high else "range")


def _span(match: Match, unit: str, count: float) -> Term:
    """A stretch up to the article's day or from it on; in a narrative of the past, one ahead begins with the date before."""
    narrated = count > 0 and tells_past(match.string, match.start(), match.end())

    def resolve(anchor: Anchor) -> Days | None:
        if anchor.day is None:
            return None
        if narrated and anchor.latest is not None and anchor.latest[1] < anchor.day:
            return anchor.latest[0], min(_later_day(anchor.latest[1], count, unit), anchor.day)
        other = _later_day(anchor.day, count, unit)
        return (other, anchor.day) if count < 0 else (anchor.day, other)

    return term_of(match, resolve, "range", form="span")


def _later_day(day: dt.date, count: float, unit: str) -> dt.date:
    return day + dt.timedelta(days=_whole(count, unit)) if is_short(unit) else shift(day, count, unit)


def _half(match: Match) -> float:
    return _HALF if match.groupdict().get("half") else 0.0


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
    return term_of(match, by_latest(resolve), granularity, anaphoric=True)


def _neighbour(match: Match, unit: str, count: int) -> Term:
    def resolve(latest: Days) -> Days | None:
        own = period_of(latest[0], unit)
        if own[0] <= latest[0] and latest[1] <= own[1]:
            return period_of(shift(own[0], count, unit), unit)
        return latest if count == 0 else None

    return term_of(match, by_latest(resolve), _GRANULARITIES.get(unit, "range"), anaphoric=True)


Reader = Callable[[Match], Term | None]
