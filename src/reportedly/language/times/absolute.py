"""Reads the forms that name a date by the calendar: years, months, days, quarters, decades, holidays."""

import datetime as dt
import re
from collections.abc import Callable, Iterable

from reportedly.language.times.arithmetic import Days, month_of, part_of, quarter_of, season_of, year_of
from reportedly.language.times.context import allows_month, allows_year
from reportedly.language.times.terms import Anchor, Term, by_day, fixed
from reportedly.language.times.words import month_number, ordinal_number, table
from reportedly.model import Granularity

Match = re.Match[str]
_OURS = 2000  # the first year of our century
_NEW_CENTURY = 40  # two digits up to this are years of it
_CENTURIES = ("sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first")
_NEAR = dt.timedelta(days=31)  # a date without a year this little ahead of the article is ahead, not a year back


def read_iso_date(match: Match) -> Term | None:
    """`2025-10-24`, `2025/10/24`."""
    return _day_term(match, _date(match, int(match["month_number"])))


def read_slashed(match: Match) -> Term | None:
    """`10/24/2025`, `24.10.2025`, `24/10/25`; where both orders are possible, in that of the outlet's country if it is known."""
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    if len(match["year"]) == 2:  # noqa: PLR2004 - of our century, or of the one before
        year += 2000 if year <= _NEW_CENTURY else 1900
    if match["mark"] == "." or one > 12 or one == two:  # noqa: PLR2004 - there are twelve months
        return _day_term(match, dt.date(year, two, one))
    if two > 12:  # noqa: PLR2004 - likewise
        return _day_term(match, dt.date(year, one, two))
    orders = {True: dt.date(year, one, two), False: dt.date(year, two, one)}
    return Term(
        start=match.start(),
        end=match.end(),
        form="slashed",
        granularity="day",
        resolve=lambda anchor: None if anchor.month_first is None else (orders[anchor.month_first],) * 2,
        year=year,
    )


def read_slashed_day(match: Match) -> Term | None:
    """`on 10/24`: like `Oct. 24`, in the order that the country or the numbers tell."""
    one, two = int(match["one"]), int(match["two"])

    def resolve(anchor: Anchor) -> Days | None:
        month_first = anchor.month_first if max(one, two) <= 12 else two > 12  # noqa: PLR2004 - there are twelve months
        if anchor.day is None or (month_first is None and one != two):
            return None
        month, day = (one, two) if month_first else (two, one)
        return fit_year(((d, d) for d in _days_around(anchor.day, month, day)), anchor.day, ahead=anchor.ahead)

    dt.date(2000, min(one, two), max(one, two))
    return Term(start=match.start(), end=match.end(), form="month_day", granularity="day", resolve=resolve, relative=True)


def read_iso_week(match: Match) -> Term | None:
    """`2025-W43`, `2025-W43-5`."""
    year, week = int(match["year"]), int(match["week"])
    first = dt.date.fromisocalendar(year, week, int(match["day_number"] or 1))
    last = first if match["day_number"] else first + dt.timedelta(days=6)
    granularity: Granularity = "day" if match["day_number"] else "week"
    return Term(start=match.start(), end=match.end(), form="date", granularity=granularity, resolve=fixed((first, last)), year=year)


def read_iso_month(match: Match) -> Term | None:
    """`2025-10`, where it cannot be a range of years."""
    year, month = int(match["year"]), int(match["month_number"])
    days = month_of(year, month)
    return Term(start=match.start(), end=match.end(), form="month", granularity="month", resolve=fixed(days), year=year, month=month)


def read_full_date(match: Match) -> Term | None:
    """`Oct. 24, 2025`, `24 October 2025`."""
    return _day_term(match, _date(match, month_number(match["month"])))


def read_month_year(match: Match) -> Term | None:
    """`October 2024`."""
    month, year = month_number(match["month"]), int(match["year"])
    return Term(
        start=match.start(),
        end=match.end(),
        form="month",
        granularity="month",
        resolve=fixed(month_of(year, month)),
        year=year,
        month=month,
    )


def read_month_of_year(match: Match) -> Term | None:
    """`June of last year`, `June 3 last year`."""
    month, day = month_number(match["month"]), match["day"]

    def resolve(year: int) -> Days:
        return month_of(year, month) if day is None else (dt.date(year, month, int(day)),) * 2

    years = year_shift(match["which"])
    days = by_day(lambda article, _ahead: resolve(article.year + years)) if years is not None else _same_year(resolve, match["which"])
    return Term(
        start=match.start(),
        end=match.end(),
        form="month",
        granularity="day" if day else "month",
        resolve=days,
        relative=True,
        anaphoric=years is None,
        month=month,
        day=int(day) if day else None,
    )


def read_month_day(match: Match) -> Term | None:
    """`Oct. 24`: the year that fits the article."""
    return _in_some_year(match, month_number(match["month"]), int(match["day"]))


def read_day_in_words(match: Match) -> Term | None:
    """`the fifth of November`, `May the first, 2024`."""
    month, day = month_number(match["month"]), int(table("numbers", "days")[match["day_of_month"].casefold()])
    if match["year"]:
        return _day_term(match, dt.date(int(match["year"]), month, day))
    return _in_some_year(match, month, day)


def _in_some_year(match: Match, month: int, day: int) -> Term | None:
    dt.date(2000, month, day)
    if not allows_month(match.string, match.start(), match["month"], day_follows=True):
        return None

    def resolve(article: dt.date, ahead: bool) -> Days | None:  # noqa: FBT001 - by_day's signature
        return fit_year(((d, d) for d in _days_around(article, month, day)), article, ahead=ahead)

    return Term(
        start=match.start(),
        end=match.end(),
        form="month_day",
        granularity="day",
        resolve=by_day(resolve),
        relative=True,
        month=month,
        day=day,
    )


def read_days_of_month(match: Match) -> Term | None:
    """`June 3 to 5`, `3-5 June 2024`."""
    month, first, last = month_number(match["month"]), int(match["day"]), int(match["day2"])
    if not first < last:
        return None
    year = int(match["year"]) if match["year"] else None
    dt.date(year or 2000, month, last)

    def resolve(article: dt.date, ahead: bool) -> Days | None:  # noqa: FBT001 - by_day's signature
        spans = ((d, d + dt.timedelta(days=last - first)) for d in _days_around(article, month, first))
        return fit_year(spans, article, ahead=ahead)

    days = by_day(resolve) if year is None else fixed((dt.date(year, month, first), dt.date(year, month, last)))
    return Term(
        start=match.start(), end=match.end(), form="days", granularity="range", resolve=days, relative=year is None, year=year, month=month
    )


def read_month(match: Match) -> Term | None:
    """`in March`: the latest that began before the article, or the next where the words look ahead."""
    month = month_number(match["month"])
    if not allows_month(match.string, match.start(), match["month"], after=match.string[match.end() : match.end() + 2]):
        return None
    resolve = by_day(lambda article, ahead: near_period((month_of(y, month) for y in years_around(article)), article, ahead=ahead))
    return Term(start=match.start(), end=match.end(), form="month", granularity="month", resolve=resolve, relative=True, month=month)


def read_year(match: Match) -> Term | None:
    """`2024` where the words around make it a year, not a count."""
    year = int(match["year"])
    if not allows_year(match.string, match.start(), match.end(), year):
        return None
    return Term(start=match.start(), end=match.end(), form="year", granularity="year", resolve=fixed(year_of(year)), year=year)


def read_year_range(match: Match) -> Term | None:
    """`1950-53`, `2014-2018`."""
    first = int(match["year"])
    last = int(match["year2"]) if len(match["year2"]) == 4 else first // 100 * 100 + int(match["year2"])  # noqa: PLR2004 - digits
    if not first < last <= first + 100 or not allows_year(match.string, match.start(), match.end(), last):
        return None
    return Term(
        start=match.start(),
        end=match.end(),
        form="years",
        granularity="range",
        resolve=fixed((year_of(first)[0], year_of(last)[1])),
        year=first,
    )


def read_decade(match: Match) -> Term | None:
    """`the 1990s`, `the late '80s`; `the 1800s` are a century."""
    short = match["short"]
    year = int(match["year"]) if match["year"] else int(short) + (1900 if int(short) >= 30 else 2000)  # noqa: PLR2004 - the '20s are ours
    if year % 100 == 0 and year < _OURS:
        return _placed(match, "range", (dt.date(year, 1, 1), dt.date(year + 99, 12, 31)))
    return _placed(match, "decade", (dt.date(year, 1, 1), dt.date(year + 9, 12, 31)))


def read_decade_word(match: Match) -> Term | None:
    """`the nineties`."""
    tens = (*table("numbers", "compound", "tens"), "noughty")
    year = 1920 + 10 * tens.index(match["decade"].removesuffix("ies") + "y")
    year = _OURS if year > 1990 else year  # noqa: PLR2004 - the noughties follow the nineties
    return _placed(match, "decade", (dt.date(year, 1, 1), dt.date(year + 9, 12, 31)))


def read_century(match: Match) -> Term | None:
    """`the 19th century`, `the twentieth century`."""
    nth = int(match["nth"]) if match["nth"] else _CENTURIES.index(match["word"]) + 16
    first = 100 * (nth - 1)
    return _placed(match, "range", (dt.date(max(first, 1), 1, 1), dt.date(first + 99, 12, 31)))


def read_season_year(match: Match) -> Term | None:
    """`summer 2024`, `the fall of 2023`, `the 2022/23 winter`; None where the second year does not follow the first."""
    year, following = int(match["year"]), match["next"]
    if following is not None and int(following) != (year + 1) % 100:
        return None
    season = table("seasons", "names")[match["season"]]
    return Term(
        start=match.start(),
        end=match.end(),
        form="season",
        granularity="season",
        resolve=lambda anchor: season_of(year, season, anchor.country),
        year=year,
    )


def read_quarter(match: Match) -> Term | None:
    """`the first quarter of 2024`, `Q3`, `3Q24`."""
    groups = match.groupdict()
    nth = ordinal_number(match["nth"] or groups.get("nth2"))
    nth = 4 if nth < 0 else nth
    which = groups.get("which")
    term = Term(start=match.start(), end=match.end(), form="quarter", granularity="quarter", resolve=fixed(None), relative=True)
    year = match["year"] or (f"20{groups['short']}" if groups.get("short") else None)
    if year:
        return _with(term, fixed(quarter_of(int(year), nth)), relative=False)
    if which:
        years = year_shift(which) or 0
        return _with(term, by_day(lambda article, _ahead: quarter_of(article.year + years, nth)))
    return _with(
        term, by_day(lambda article, ahead: near_period((quarter_of(y, nth) for y in years_around(article)), article, ahead=ahead))
    )


def read_named(match: Match) -> Term | None:
    """`9/11`, `World War II`; not in an article from before it."""
    first, last = (dt.date.fromisoformat(day) for day in table("named", "names")[match["named"]])
    return Term(
        start=match.start(),
        end=match.end(),
        form="named",
        granularity="day" if first == last else "range",
        resolve=lambda anchor: None if anchor.day is not None and anchor.day < first else (first, last),
    )


def year_shift(which: str) -> int | None:
    """The years from the article's that "last" or "next year" means; None for "the same year"."""
    return {"last": -1, "this": 0, "next": 1, "the": 0}.get(which.casefold())


def fit_year(spans: Iterable[Days], article: dt.date, *, ahead: bool) -> Days | None:
    """Of the same days in several years the one meant: the next where the words look ahead, else the latest not much after."""
    later = [span for span in spans if ahead or span[0] <= article + _NEAR]
    if ahead:
        return min((span for span in later if span[1] >= article), default=None)
    return max(later, default=None)


def near_period(spans: Iterable[Days], article: dt.date, *, ahead: bool) -> Days | None:
    """Of the same period in several years the one meant: the latest begun by then, or the next where the words look ahead."""
    if ahead:
        return min((span for span in spans if span[1] >= article), default=None)
    return max((span for span in spans if span[0] <= article), default=None)


def _same_year(resolve: Callable[[int], Days], which: str) -> Callable[..., Days | None]:
    years = {"previous": -1, "following": 1}.get(which.casefold(), 0)
    return lambda anchor: None if anchor.latest is None else resolve(anchor.latest[0].year + years)


def years_around(article: dt.date) -> list[int]:
    """The year of a day with the one before and the one after."""
    return [article.year - 1, article.year, article.year + 1]


def _days_around(article: dt.date, month: int, day: int) -> list[dt.date]:
    """The day in the years around, without the years that have no 29 February; those near enough that one has it."""
    days = []
    for year in range(article.year - 4, article.year + 5):
        try:
            days.append(dt.date(year, month, day))
        except ValueError:
            continue
    return days


def _date(match: Match, month: int) -> dt.date:
    return dt.date(int(match["year"]), month, int(match["day"]))


def _day_term(match: Match, day: dt.date) -> Term:
    return Term(
        start=match.start(),
        end=match.end(),
        form="date",
        granularity="day",
        resolve=fixed((day, day)),
        year=day.year,
        month=day.month,
        day=day.day,
    )


def _placed(match: Match, unit: Granularity, days: Days) -> Term:
    position = {"mid": "middle"}.get(match["position"] or "", match["position"])
    return Term(
        start=match.start(),
        end=match.end(),
        form="years",
        granularity=unit,
        resolve=fixed(part_of(days, position) if position else days),
        year=days[0].year,
    )


def _with(term: Term, resolve: Callable[..., Days | None], *, relative: bool = True) -> Term:
    return Term(start=term.start, end=term.end, form=term.form, granularity=term.granularity, resolve=resolve, relative=relative)
