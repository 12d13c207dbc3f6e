"""Reads the forms that name a date by the calendar: years, months, days, quarters, decades, holidays."""

import datetime as dt
import re
from collections.abc import Callable, Iterable

from reportedly.language.calendar_words import month_number, ordinal_number, table
from reportedly.language.time_arithmetic import Days, holiday_of, month_of, part_of, quarter_of, season_of, year_of
from reportedly.language.time_context import allows_month, allows_year
from reportedly.language.time_terms import Term, by_day, fixed
from reportedly.model import Granularity

Match = re.Match[str]
_NEAR = dt.timedelta(days=31)  # a date without a year this little ahead of the article is ahead, not a year back


def read_iso_date(match: Match) -> Term | None:
    """`2025-10-24`."""
    return _day_term(match, _date(match, int(match["month_number"])))


def read_slashed(match: Match) -> Term | None:
    """`10/24/2025`, `24.10.2025`; both orders possible: no days, since nothing tells which is the month."""
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    if match["mark"] == "." or one > 12 or one == two:  # noqa: PLR2004 - there are twelve months
        return _day_term(match, dt.date(year, two, one))
    if two > 12:  # noqa: PLR2004 - likewise
        return _day_term(match, dt.date(year, one, two))
    dt.date(year, one, two)
    return Term(start=match.start(), end=match.end(), form="slashed", granularity="day", resolve=fixed(None), year=year)


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
    month, day = month_number(match["month"]), int(match["day"])
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
    resolve = by_day(lambda article, ahead: near_period((month_of(y, month) for y in _years_around(article)), article, ahead=ahead))
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
    """`the 1990s`, `the late '80s`."""
    short = match["short"]
    year = int(match["year"]) if match["year"] else int(short) + (1900 if int(short) >= 30 else 2000)  # noqa: PLR2004 - the '20s are ours
    return _placed(match, "decade", (dt.date(year, 1, 1), dt.date(year + 9, 12, 31)))


def read_century(match: Match) -> Term | None:
    """`the 19th century`."""
    first = 100 * (int(match["nth"]) - 1)
    return _placed(match, "range", (dt.date(max(first, 1), 1, 1), dt.date(first + 99, 12, 31)))


def read_season_year(match: Match) -> Term | None:
    """`summer 2024`, `the fall of 2023`."""
    year = int(match["year"])
    days = season_of(year, table("seasons", "names")[match["season"]])
    return Term(start=match.start(), end=match.end(), form="season", granularity="season", resolve=fixed(days), year=year)


def read_quarter(match: Match) -> Term | None:
    """`the first quarter of 2024`, `Q3`."""
    nth = ordinal_number(match["nth"])
    nth = 4 if nth < 0 else nth
    which = match.groupdict().get("which")
    term = Term(start=match.start(), end=match.end(), form="quarter", granularity="quarter", resolve=fixed(None), relative=True)
    if match["year"]:
        return _with(term, fixed(quarter_of(int(match["year"]), nth)), relative=False)
    if which:
        years = year_shift(which) or 0
        return _with(term, by_day(lambda article, _ahead: quarter_of(article.year + years, nth)))
    return _with(
        term, by_day(lambda article, ahead: near_period((quarter_of(y, nth) for y in _years_around(article)), article, ahead=ahead))
    )


def read_holiday(match: Match) -> Term | None:
    """`Christmas 2024`, `last Thanksgiving`, `Good Friday`."""
    rule = table("holidays", "names")[match["holiday"]]
    which, when = match["which"], match["when"]

    def resolve(article: dt.date, ahead: bool) -> Days | None:  # noqa: FBT001 - by_day's signature
        if when:
            return (holiday_of(article.year + (year_shift(when) or 0), rule),) * 2
        days = [(day, day) for day in (holiday_of(year, rule) for year in _years_around(article))]
        if which and which.casefold() == "last":
            return max(span for span in days if span[0] < article)
        return fit_year(days, article, ahead=ahead or (which or "").casefold() == "next")

    year = int(match["year"]) if match["year"] else None
    days = by_day(resolve) if year is None else fixed((holiday_of(year, rule),) * 2)
    return Term(start=match.start(), end=match.end(), form="holiday", granularity="day", resolve=days, relative=year is None, year=year)


def read_named(match: Match) -> Term | None:
    """`9/11`, `World War II`."""
    first, last = (dt.date.fromisoformat(day) for day in table("named", "names")[match["named"]])
    return Term(
        start=match.start(), end=match.end(), form="named", granularity="day" if first == last else "range", resolve=fixed((first, last))
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


def _years_around(article: dt.date) -> list[int]:
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
