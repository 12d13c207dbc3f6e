"""Reads fiscal years, whose bounds depend on the country."""

import datetime as dt
import re

from reportedly.language.times.absolute import year_shift
from reportedly.language.times.arithmetic import Days
from reportedly.language.times.terms import Anchor, Term
from reportedly.language.times.words import table

Match = re.Match[str]
_CENTURY = 2000  # years in two digits are ours
_DAY = dt.timedelta(days=1)


def read_fiscal_year(match: Match) -> Term | None:
    """`fiscal 2024`, `FY24`, `the 2023-24 financial year`: the country's, else the widest stretch that may be so called."""
    first = _whole(match["year"])
    last = _whole(match["year2"]) if match["year2"] else None
    if last is not None and last != first + 1:
        return None
    return Term(
        start=match.start(),
        end=match.end(),
        form="years",
        granularity="range",
        resolve=lambda anchor: _named(first, last, anchor.country),
        year=first,
    )


def read_which_fiscal(match: Match) -> Term | None:
    """`this fiscal year`, `the previous financial year`, by the country's beginning; None where that is not known."""
    which = match["which"].casefold().removeprefix("the ")
    shift = {"current": 0, "previous": -1, "coming": 1}.get(which, year_shift(which) or 0)

    def resolve(anchor: Anchor) -> Days | None:
        start = _start(anchor.country)
        if anchor.day is None or start is None:
            return None
        begun = anchor.day.year - (anchor.day < _on(anchor.day.year, start))
        return _on(begun + shift, start), _on(begun + shift + 1, start) - _DAY

    return Term(start=match.start(), end=match.end(), form="years", granularity="range", resolve=resolve, relative=True)


def _named(first: int, last: int | None, country: str | None) -> Days:
    rows = table("fiscal", "years")
    if country in rows:
        start, named = rows[country]
        begun = first - (1 if last is None and named == "ends" else 0)
        return _on(begun, start), _on(begun + 1, start) - _DAY
    begins = [start for start, _ in rows.values()]
    earliest = first - (last is None)  # a single number may be that of the year in which it begins or ends
    return _on(earliest, min(begins)), _on(first + 1, max(begins) if last is not None else min(begins)) - _DAY


def _start(country: str | None) -> str | None:
    row = table("fiscal", "years").get(country)
    return str(row[0]) if row else None


def _on(year: int, month_day: str) -> dt.date:
    return dt.date.fromisoformat(f"{year}-{month_day}")


def _whole(digits: str) -> int:
    return int(digits) + (_CENTURY if len(digits) == 2 else 0)  # noqa: PLR2004 - digits of a short year
