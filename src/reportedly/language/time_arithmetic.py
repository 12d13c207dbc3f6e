"""Calendar arithmetic: periods around a day, shifts, thirds of a period, seasons and holidays. Weeks are Monday to Sunday."""

import calendar
import datetime as dt
import re

from reportedly.language.calendar_words import table

Days = tuple[dt.date, dt.date]
"""The first and the last day of a stretch."""

_DAYS_OF = {"second": 0.0, "minute": 0.0, "hour": 1 / 24, "day": 1.0, "weekend": 7.0, "week": 7.0, "fortnight": 14.0}
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
    months = day.year * 12 + day.month - 1 + int(count * _MONTHS_OF[unit])
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


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


def season_of(year: int, season: str) -> Days:
    """A northern season that begins in a year."""
    month, day, last_month, last_day = table("seasons", "bounds")[season]
    return dt.date(year, month, day), dt.date(year + (last_month < month), last_month, last_day)


def holiday_of(year: int, rule: str) -> dt.date:
    """The day of a holiday in a year, by a rule of the table ("MM-DD", "easter+N" or "MM W N", "+1" a day later)."""
    if rule.startswith("easter"):
        return easter_of(year) + dt.timedelta(days=int(rule.removeprefix("easter")))
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


def zone_offset(zone: str, day: dt.date) -> dt.timezone:
    """The offset of a named zone on a day."""
    standard, summer, rule = table("zones", "names")[zone]
    hours = summer if rule == "us" and _us_summer(day) else standard
    return dt.timezone(dt.timedelta(hours=hours))


def _us_summer(day: dt.date) -> bool:
    """Whether United States summer time holds: second Sunday of March to first of November, since 2007 (15 U.S.C. 260a)."""
    return nth_weekday(day.year, 3, 6, 2) <= day < nth_weekday(day.year, 11, 6, 1)
