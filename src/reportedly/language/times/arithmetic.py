"""Calendar arithmetic: periods around a day, shifts, thirds of a period, seasons and holidays. Weeks are Monday to Sunday."""

import calendar
import datetime as dt
import re

from reportedly.language.times.words import table

Days = tuple[dt.date, dt.date]
"""The first and the last day of a stretch."""

_DAYS_OF = {"second": 0.0, "minute": 0.0, "hour": 1 / 24, "day": 1.0, "weekend": 7.0, "week": 7.0, "fortnight": 14.0}
_DAYS_OF_MONTH = 30  # of a part of one
_MONTHS_OF = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


def period_of(day: dt.date, unit: str) -> Days:
    """The calendar period (day, week, weekend, month, quarter, year, decade, century) that holds a day."""
    if unit in {"week", "fortnight"}:
        monday = day - dt.timedelta(days=day.weekday())
        return monday, monday + dt.timedelta(days=6)
    if unit == "weekend":
        saturday = day - dt.timedelta(days=(day.weekday() - 5) % 7)
        return saturday, saturday + dt.timedelta(days=1)
    if unit not in _MONTHS_OF:
        return day, day
    if unit == "month":
        return month_of(day.year, day.month)
    if unit == "quarter":
        return quarter_of(day.year, (day.month + 2) // 3)
    years = _MONTHS_OF[unit] // 12
    first = day.year // years * years
    return dt.date(first, 1, 1), dt.date(first + years - 1, 12, 31)


def month_of(year: int, month: int) -> Days:
    """The first and the last day of a month."""
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def quarter_of(year: int, quarter: int) -> Days:
    """The first and the last day of a quarter, 1 to 4."""
    return dt.date(year, 3 * quarter - 2, 1), month_of(year, 3 * quarter)[1]


def year_of(year: int) -> Days:
    """The first and the last day of a year."""
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def shift(day: dt.date, count: float, unit: str) -> dt.date:
    """A day `count` units later, earlier where negative; the 31st becomes the last day of a shorter month."""
    if unit in _DAYS_OF:
        days = count * _DAYS_OF[unit]
        return day + dt.timedelta(days=int(days) if days >= 0 else -int(-days))
    whole = int(count * _MONTHS_OF[unit])
    year, month = divmod(day.year * 12 + day.month - 1 + whole, 12)
    shifted = dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    return shifted + dt.timedelta(days=round((count * _MONTHS_OF[unit] - whole) * _DAYS_OF_MONTH))


def days_in(count: float, unit: str) -> int:
    """How many whole days `count` units of at most a fortnight reach back, at least one."""
    return max(1, -int(-(count * _DAYS_OF[unit]) // 1))


def is_short(unit: str) -> bool:
    """Whether a unit is counted in days, not in months."""
    return unit in _DAYS_OF


def part_of(days: Days, position: str) -> Days:
    """A part (early, middle, late, first half, second half, whole) of a period, on the period's own inner borders."""
    first, last = days
    length = (last - first).days + 1
    cuts = {"early": (0, 3), "middle": (1, 3), "late": (2, 3), "first half": (0, 2), "second half": (1, 2)}
    if position not in cuts or length < 5:  # noqa: PLR2004 - a weekend or a day has no parts that reports tell apart
        return days
    number, of = cuts[position]
    borders = [_border(first, last, number, of), _border(first, last, number + 1, of)]
    return borders[0], borders[1] - dt.timedelta(days=1)


def _border(first: dt.date, last: dt.date, number: int, of: int) -> dt.date:
    """The first day of the part `number` of `of` equal parts, at the start of a month where the period is long."""
    if number == of:
        return last + dt.timedelta(days=1)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months >= of and first.day == 1 and months % of == 0:
        return shift(first, months // of * number, "month")
    days = (last - first).days + 1
    return first + dt.timedelta(days=days * number // of)


def season_of(year: int, season: str, country: str | None = None) -> Days:
    """A season that begins in a year: the northern one, or the southern one where an outlet of such a country speaks."""
    if country in table("seasons", "southern", "states"):
        season = table("seasons", "opposite")[season]
    month, day, last_month, last_day = table("seasons", "bounds")[season]
    return dt.date(year, month, day), dt.date(year + (last_month < month), last_month, last_day)


def holiday_of(year: int, rule: str) -> dt.date:
    """The day of a holiday in a year, by a rule of the table ("MM-DD", "easter+N", "orthodox+N" or "MM W N", "+1" a day later)."""
    if rule.startswith("easter"):
        return easter_of(year) + dt.timedelta(days=int(rule.removeprefix("easter")))
    if rule.startswith("orthodox"):
        return orthodox_easter_of(year) + dt.timedelta(days=int(rule.removeprefix("orthodox")))
    if fixed := re.fullmatch(r"(\d\d)-(\d\d)", rule):
        return dt.date(year, int(fixed[1]), int(fixed[2]))
    month, weekday, place = rule.split()
    nth, _, later = place.partition("+")
    return nth_weekday(year, int(month), int(weekday), int(nth)) + dt.timedelta(days=int(later or 0))


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date:
    """The n-th weekday (Monday 0) of a month, -1 the last."""
    first, last = month_of(year, month)
    if nth < 0:
        return last - dt.timedelta(days=(last.weekday() - weekday) % 7)
    return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def days_off(day: dt.date, rule: str = "") -> Days:
    """The days off around a holiday: with the weekend beside it, Good Friday to Easter Monday by the rule of Easter."""
    if rule.startswith(("easter", "orthodox")):
        return day - dt.timedelta(days=2), day + dt.timedelta(days=1)
    weekday = day.weekday()
    saturday = day + dt.timedelta(days=5 - weekday)
    if weekday < 3:  # noqa: PLR2004 - up to Wednesday the weekend before is nearer
        return saturday - dt.timedelta(days=7), day
    return min(day, saturday), saturday + dt.timedelta(days=1)


def easter_of(year: int) -> dt.date:
    """Western Easter Sunday, by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, 1991)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    month_day = h + (32 + 2 * e + 2 * i - h - k) % 7
    correction = 7 * ((a + 11 * h + 22 * (month_day - h)) // 451)
    month, day = divmod(month_day - correction + 114, 31)
    return dt.date(year, month, day + 1)


def orthodox_easter_of(year: int) -> dt.date:
    """Orthodox Easter Sunday, by Meeus' Julian algorithm (Astronomical Algorithms, 1991), in the Gregorian calendar."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return dt.date(year, month, day + 1) + dt.timedelta(days=year // 100 - year // 400 - 2)


def nth_part(days: Days, nth: int, unit: str, count: float = 1) -> Days | None:
    """The n-th part of a period that is `count` units long, -1 the last: the first week of a month is its days 1 to 7.

    Args:
        days: the period.
        nth: 1 for the first, -1 for the last.
        unit: a unit of time, a weekend counted by its Saturday.
        count: the units in the part ("the first three weeks").

    Returns:
        The part, cut at the period's end; None where the period has none of it.
    """
    first, last = days
    if unit == "weekend":
        return _nth_weekend(days, nth)
    if nth < 0:
        return max(first, shift(last + dt.timedelta(days=1), -count, unit)), last
    begin = shift(first, (nth - 1) * count, unit)
    return (begin, min(last, shift(begin, count, unit) - dt.timedelta(days=1))) if begin <= last else None


def nth_weekday_in(days: Days, weekday: int, nth: int) -> dt.date | None:
    """The n-th weekday (Monday 0) of a period, -1 the last; None where it has not so many."""
    first, last = days
    if nth < 0:
        found = last - dt.timedelta(days=(last.weekday() - weekday) % 7)
    else:
        found = first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return found if first <= found <= last else None


def _nth_weekend(days: Days, nth: int) -> Days | None:
    saturday = nth_weekday_in(days, 5, nth)
    return None if saturday is None else (saturday, saturday + dt.timedelta(days=1))


def zone_offset(zone: str, day: dt.date) -> dt.timezone:
    """The offset of a zone, or of the place whose time it is, on a day."""
    standard, summer, rule = {**table("zones", "places"), **table("zones", "names")}[zone]
    in_summer = (rule == "us" and _us_summer(day)) or (rule == "eu" and _eu_summer(day))
    return dt.timezone(dt.timedelta(hours=summer if in_summer else standard))


def _eu_summer(day: dt.date) -> bool:
    """Whether European summer time holds: last Sundays of March and October, since 1996 (Directive 2000/84/EC)."""
    return nth_weekday(day.year, 3, 6, -1) <= day < nth_weekday(day.year, 10, 6, -1)


def _us_summer(day: dt.date) -> bool:
    """Whether United States summer time holds: second Sunday of March to first of November, since 2007 (15 U.S.C. 260a)."""
    return nth_weekday(day.year, 3, 6, 2) <= day < nth_weekday(day.year, 11, 6, 1)
