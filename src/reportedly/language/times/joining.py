"""Joins neighbouring terms: weekday and date, date and clock, "early" and "late", ranges, and the prepositions before them."""

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from reportedly.language.times.arithmetic import Days, days_in, days_off, is_short, part_of, period_of, shift
from reportedly.language.times.context import lies_ahead
from reportedly.language.times.parts import part_by_words
from reportedly.language.times.terms import Anchor, Resolve, Term
from reportedly.language.times.weekdays import weekend_at
from reportedly.language.times.words import any_of, cased, macro, number_bounds, table, unit_of, weekday_number
from reportedly.model import Granularity

Direction = Literal["since", "until", "before", "after", "by"]

_LOOK_BACK = 48
_ORDINAL = 16  # characters of an ordinal and its article before a part
_FEW_HOURS = 6  # so many hours before or after something may still be its day
_WEEKDAY_DATE = re.compile(r",? (?:the )?(?:on )?|, ?(?:the )?| \(")
_DATE_CLOCK = re.compile(
    r",? ?(?:on |at |(?:just|shortly) (?:before|after) |around |about )?"
    r"|(?: local time)?,? (?:on )?(?:the (?:morning|night|evening) of )?"
)
_PARTS = re.compile(r",? (?:in the )?(?:early |late )?(?:morning|afternoon|evening|night)(?![a-z])")
_RANGE = re.compile(r",? ?(?:to|until|till|through|into|and) (?:the |on |in )?| ?[-–—] ?")
_DATED = {"date", "month_day", "weekday", "day_word", "relative", "holiday", "ordinal", "days"}
_DAYS = {"date", "month_day", "weekday", "holiday", "day_word", "ordinal", "relative"}
_EVENT = re.compile(r" (?:(?:the|that|this|last|its|his|her|their) )?")
_WEEKDAY_BY = re.compile(r" (before|after)(?: the)? ")
_END = re.compile(r"(?:the )?(?:end|close|last|final)\b|year-end|month-end")
_WEEKEND = re.compile(r" (?:holiday |long )?weekend(?![a-z])")
_SO_FAR = re.compile(r",? (?:so far|thus far|to date)(?![a-z])")
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A term with the way its words open it.

    Attributes:
        term: the term, its stretch of text widened to its prepositions.
        direction: since, until, before, after, by; None where the words name the stretch whole.
    """

    term: Term
    direction: Direction | None


def join_terms(text: str, start: int, terms: list[Term]) -> list[Joined]:
    """The terms of `text` from `start` on, in order, with neighbours joined and prepositions taken in."""
    for join in (_weekday_with_date, _date_with_clock, _counted_to, _offset_from, _weekday_from, _part_from):
        terms = _join_pairs(text, terms, join)
    terms = [_with_before(text, floor, _with_part_after(text, term)) for floor, term in _floored(start, terms)]
    terms = _join_pairs(text, terms, functools.partial(_range, start=start))
    return [_directed(text, floor, term) for floor, term in _floored(start, terms)]


def _floored(start: int, terms: list[Term]) -> Iterator[tuple[int, Term]]:
    """Each term with the end of the one before it: no term takes words of another."""
    floor = start
    for term in terms:
        yield floor, term
        floor = term.end


def _join_pairs(text: str, terms: list[Term], join: Callable[[str, Term, Term], Term | None]) -> list[Term]:
    joined: list[Term] = []
    for term in terms:
        both = join(text, joined[-1], term) if joined else None
        if both is None:
            joined.append(term)
        else:
            joined[-1] = both
    return joined


def _weekday_with_date(text: str, left: Term, right: Term) -> Term | None:
    """`Friday, Oct. 24`; `Oct. 24 (Friday)` is left as two."""
    if (
        left.form == "weekday"
        and right.granularity == "day"
        and right.form in {"date", "month_day", "holiday"}
        and _WEEKDAY_DATE.fullmatch(text[left.end : right.start])
    ):
        closed = text[left.end : right.start].endswith("(") and text[right.end : right.end + 1] == ")"
        return replace(right.widened(left.start, right.end + closed), weekday=left.weekday)
    return None


def _date_with_clock(text: str, left: Term, right: Term) -> Term | None:
    """`Saturday at 8 p.m. ET`, `10:02 p.m. on April 16`."""
    if not _DATE_CLOCK.fullmatch(text[left.end : right.start]) or "\n" in text[left.end : right.start]:
        return None
    date, clock = (left, right) if right.form == "clock" else (right, left)
    if clock.form != "clock" or clock.clock is None or date.kind != "date" or date.granularity != "day" or date.form not in _DATED:
        return None
    return replace(date.widened(clock.start, clock.end), kind="time", granularity="time", clock=clock.clock)


def _counted_to(text: str, left: Term, right: Term) -> Term | None:
    """`three months to September`, `the 24 hours to Friday`: so long a stretch with that end."""
    counted = _counted_word().fullmatch(text[left.start : right.start]) if left.kind == "duration" and right.kind == "date" else None
    return None if counted is None else _ending(right, left.start, counted["number"], counted["unit"])


def _ending(term: Term, start: int, number: str | None, unit: str) -> Term:
    count = number_bounds(number)[1] if number else 1.0

    def of(anchor: Anchor) -> Days | None:
        days = term.resolve(anchor)
        if days is None:
            return None
        if is_short(unit_of(unit)):
            whole = days_in(count, unit_of(unit))
            return days[1] - (whole - (unit_of(unit) != "hour")) * _DAY, days[1]
        return shift(days[1] + _DAY, -count, unit_of(unit)), days[1]

    return replace(term.widened(start, term.end), resolve=of, granularity="range", form="span")


def _offset_from(text: str, left: Term, right: Term) -> Term | None:
    """`two days after Christmas`, `a week before the Nov. 5 vote`, `the day after Thanksgiving`."""
    if left.offset is None or right.kind != "date" or right.granularity != "day" or not _EVENT.fullmatch(text[left.end : right.start]):
        return None
    low, high, unit = left.offset

    def of(anchor: Anchor) -> Days | None:
        days = right.resolve(anchor)
        if days is None:
            return None
        if unit in {"second", "minute", "hour"}:
            hours = max(high, -low) if unit == "hour" else 0
            reach = (days_in(hours, "hour") if hours > _FEW_HOURS else 0) * _DAY
            return (days[0] - reach, days[1]) if high < 0 else (days[0], days[1] + reach)
        if is_short(unit):
            return shift(days[0], low, unit), shift(days[1], high, unit)
        return period_of(shift(days[0], low, unit), unit)[0], period_of(shift(days[1], high, unit), unit)[1]

    granularity: Granularity = "day" if is_short(unit) and low == high else "range"
    return replace(right.widened(left.start, right.end), resolve=of, granularity=granularity, form="offset", weekday=None)


def _weekday_from(text: str, left: Term, right: Term) -> Term | None:
    """`the Monday after Easter`, `the Friday before Christmas`."""
    side = _WEEKDAY_BY.fullmatch(text[left.end : right.start])
    if left.form != "weekday" or side is None or right.form not in {"holiday", "date", "month_day"} or left.weekday is None:
        return None
    if not text[max(0, left.start - 4) : left.start].casefold().endswith("the "):
        return None
    weekday = left.weekday

    def of(anchor: Anchor) -> Days | None:
        days = right.resolve(anchor)
        if days is None:
            return None
        day = days[1] + _DAY if side[1] == "after" else days[0] - _DAY
        step = (weekday - day.weekday()) % 7 if side[1] == "after" else -((day.weekday() - weekday) % 7)
        return (day + step * _DAY,) * 2

    return replace(right.widened(left.start - len("the "), right.end), resolve=of, form="offset", weekday=weekday, day=None, month=None)


def _part_from(text: str, left: Term, right: Term) -> Term | None:
    """`the last Friday of September`, `the first two weeks of March`: the words before belong to the part, not to a date of their own."""
    if right.start - left.end > len(" of the "):
        return None
    before = text[max(0, left.start - _ORDINAL) : right.start]
    part = _part_before(right, before)
    if part is None and right.kind == "date" and right.granularity != "day" and text[left.end : right.start].startswith(" of"):
        part = _period_with_before(right, before)  # "the last days of February"
    return part if part is not None and part.start <= left.start else None


def _with_part_after(text: str, term: Term) -> Term:
    """`April 16 evening` is that day; `2024 so far` ends with the article."""
    so_far = _SO_FAR.match(text, term.end) if term.form in {"year", "month", "season", "quarter"} else None
    if so_far is not None:
        widened = term.widened(term.start, so_far.end())
        return replace(widened, resolve=_placed(term.resolve, "earlier"), granularity="range", relative=True, to_date=True)
    weekend = _WEEKEND.match(text, term.end) if term.granularity == "day" and term.form in {"date", "month_day"} else None
    if weekend is not None:
        widened = term.widened(term.start, weekend.end())
        return replace(widened, resolve=_changed(term.resolve, lambda days: days_off(days[0])), granularity="range", form="offset")
    part = _PARTS.match(text, term.end) if term.granularity == "day" and term.form in {"date", "month_day"} else None
    return term if part is None else term.widened(term.start, part.end())


def _with_before(text: str, start: int, term: Term) -> Term:
    """`early March`, `mid-2024`, `the end of October`, `before dawn on Wednesday`, `Sat. April 16`."""
    if term.kind != "date":
        return term
    before = text[max(start, term.start - _LOOK_BACK) : term.start]
    part = _part_before(term, before)
    if part is not None:
        return part
    return _day_with_before(term, before) if term.granularity == "day" else _period_with_before(term, before)


def _day_with_before(term: Term, before: str) -> Term:
    """`before dawn on Wednesday`, `Sat. April 16`."""
    short = _short_weekdays().search(before)
    if short and term.form in {"date", "month_day"}:
        return replace(term.widened(term.start - len(short[0]), term.end), weekday=weekday_number(short[1]))
    part = _parts_before().search(before)
    return term if part is None else term.widened(term.start - len(part[0].lstrip()), term.end)


def _period_with_before(term: Term, before: str) -> Term:
    """`early March`, `mid-2024`, `the end of October`, `so far in 2025`."""
    position = _positions().search(before)
    if position is not None and term.form == "named":
        end = {"late": -1, "early": 0}.get(_position_words()[position[1].casefold()])
        return term if end is None else _mapped(term, position, lambda days: (days[end], days[end]), "day")
    if position is None or term.form in {"span", "years", "offset"} or (term.anaphoric and term.form != "month"):
        return term
    where = _position_words()[position[1].casefold()]
    widened = term.widened(term.start - len(position[0]), term.end)
    to_date = position[1].casefold().startswith("so far")
    return replace(widened, resolve=_placed(term.resolve, where), granularity="range", to_date=to_date)


def _part_before(term: Term, before: str) -> Term | None:
    """A date that only names of which period a part is meant: "the first week of October", "the week of Oct. 13", "the year to March"."""
    if term.kind != "date":
        return None
    nth = _nth_part().search(before)
    vague = nth is not None and bool(nth["unit"]) and bool(nth["plural"]) and not nth["number"]  # "the last weeks of 2024"
    if nth is not None and not vague and term.granularity in {"month", "year", "quarter", "season", "decade"} and term.form != "span":
        granularity: Granularity = "day" if nth["weekday"] or (nth["unit"] == "day" and not nth["number"]) else "range"
        return _mapped(term, nth, lambda days: part_by_words(nth, days), granularity)
    around = _week_of().search(before) if term.granularity == "day" and term.form in _DAYS else None
    if around is not None:
        return _mapped(term, around, functools.partial(_around, around), "week" if around["unit"] == "week" else "range")
    eve = _eve().search(before) if term.granularity == "day" and term.form in _DAYS else None
    if eve is not None:
        return _mapped(term, eve, lambda days: (days[0] - _DAY,) * 2, "day")
    night = _into().search(before) if term.granularity == "day" and term.form in _DAYS else None
    if night is not None:
        reach = 0 if night["into"] else 1
        return _mapped(term, night, lambda days: (days[0] - _DAY, days[1] + reach * _DAY), "range")
    ended = _year_to().search(before) if term.form in {"month", "date", "month_day", "weekday"} else None
    return None if ended is None else _ending(term, term.start - len(ended[0].lstrip()), None, ended["unit"])


def _mapped(term: Term, words: re.Match[str], change: Callable[[Days], Days | None], granularity: Granularity) -> Term:
    widened = term.widened(term.start - len(words[0].lstrip()), term.end)
    return replace(widened, resolve=_changed(term.resolve, change), granularity=granularity, form="offset", day=None, weekday=None)


def _changed(resolve: Resolve, change: Callable[[Days], Days | None]) -> Resolve:
    def of(anchor: Anchor) -> Days | None:
        days = resolve(anchor)
        return None if days is None else change(days)

    return of


def _around(words: re.Match[str], days: Days) -> Days:
    """The week or weekend that a day stands for."""
    day, how = days[0], words["how"]
    if words["unit"] == "weekend":
        return weekend_at(day)
    if how in {"beginning", "starting", "commencing"}:
        return day, day + 6 * _DAY
    if how in {"ending", "ended", "to", "through"}:
        return day - 6 * _DAY, day
    return period_of(day, "week")


def _placed(resolve: Resolve, where: str) -> Resolve:
    def of(anchor: Anchor) -> Days | None:
        days = resolve(anchor)
        if days is None or where == "whole":
            return days
        if where in {"earlier", "later"}:
            inside = anchor.day is not None and days[0] <= anchor.day <= days[1]
            if not inside or anchor.day is None:
                return days
            return (days[0], anchor.day) if where == "earlier" else (anchor.day, days[1])
        if where == "rest":
            return (max(anchor.day, days[0]), days[1]) if anchor.day and anchor.day <= days[1] else days
        return part_of(days, where)

    return of


def _range(text: str, left: Term, right: Term, *, start: int) -> Term | None:
    """`from March to May 2024`, `between Monday and Wednesday`, `June-August`."""
    between = text[left.end : right.start]
    if {left.kind, right.kind} != {"date"} or not _RANGE.fullmatch(between):
        return None
    opened = re.search(r"(?i:\b(from|between)) (?:the )?$", text[max(start, left.start - _LOOK_BACK) : left.start])
    same = left.granularity == right.granularity and {left.form, right.form} & {"month", "date", "month_day", "weekday", "year", "ordinal"}
    if "and" in between and not (opened and opened[1].casefold() == "between"):
        return None
    if not opened and (not same or left.form != right.form or "until" in between):
        return None
    first = left.start if opened is None else left.start - len(opened[0])
    return replace(
        right,
        start=first,
        resolve=_spanning(left, right),
        granularity="range",
        relative=left.relative or right.relative,
        anaphoric=left.anaphoric or right.anaphoric,
        form="range",
        year=left.year,
        month=left.month,
        day=left.day,
        weekday=left.weekday,
    )


def _spanning(left: Term, right: Term) -> Resolve:
    """From the left term to the right one, the left taking its year or week from the right."""

    def of(anchor: Anchor) -> Days | None:
        last = right.resolve(anchor)
        if last is None:
            return None
        first = (
            left.resolve(Anchor(day=last[0], latest=anchor.latest))
            if left.form in {"month", "month_day", "weekday"}
            else left.resolve(anchor)
        )
        return None if first is None or first[0] > last[1] else (first[0], last[1])

    return of


def _directed(text: str, start: int, term: Term) -> Joined:
    before = text[max(start, term.start - _LOOK_BACK) : term.start]
    if term.kind == "set":
        return Joined(term=term, direction=None)
    opened = _opened(text, term, before)
    if opened is not None:
        return opened
    word = _direction_words().search(before)
    if word and term.kind in {"date", "time"} and term.form != "clock":
        direction = table("directions", "words")[word[1].casefold()]
        if term.kind == "time" and direction in {"before", "after"}:
            direction = None  # "shortly before 8 p.m. Friday" is on Friday
        if direction == "before" and _END.match(text, term.start):
            direction = "by"  # what is before the end of a period may be in it
        return Joined(term=term.widened(term.start - len(word[0]), term.end), direction=direction)
    preposition = None if term.form == "day_word" else _prepositions().search(before)
    return Joined(term=term if preposition is None else term.widened(term.start - len(preposition[0]), term.end), direction=None)


def _opened(text: str, term: Term, before: str) -> Joined | None:
    """What opens a stretch in another way than a preposition alone: "from 2021 on", "will apply from Monday", "pre-2014"; a named event."""
    onward = re.match(r",? (?:on|onwards?)(?=[\s,.;]|$)(?! (?:the|a|its|his|her|their|[A-Z])\b)", text[term.end : term.end + 10])
    since = re.search(r"(?i:\bfrom) (?:the )?$", before)
    if onward and since:
        return Joined(term=term.widened(term.start - len(since[0]), term.end + len(onward[0])), direction="since")
    if _names_event(text, term, before):
        event = re.search(r"(?i:\bsince) (?:[\w’'-]+ ){0,6}$", before)
        return Joined(term=term, direction="since" if event else None)
    lasting = _lasting().search(before)
    if lasting and term.kind == "date" and term.form not in {"range", "span"}:
        return Joined(term=term.widened(term.start - len(lasting["link"]), term.end), direction="until")
    prefix = re.search(r"\b([Pp]re|[Pp]ost)-$", before)
    if prefix and term.kind == "date":
        side: Direction = "before" if prefix[1].casefold() == "pre" else "after"
        return Joined(term=term.widened(term.start - len(prefix[0]), term.end), direction=side)
    if since and term.kind == "date" and term.form not in {"range", "span"} and lies_ahead(text, term.start - len(since[0])):
        return Joined(term=term.widened(term.start - len(since[0]), term.end), direction="since")
    return None


def _names_event(text: str, term: Term, before: str) -> bool:
    """Whether a term only tells which event is meant: "Saturday's quake", "the 2022 invasion"."""
    if re.match(r"['’]s\b", text[term.end : term.end + 3]):
        return True
    return (
        term.form in {"year", "years", "month", "month_day", "date", "range", "offset"}
        and re.match(r" [A-Za-z]{3,}", text[term.end : term.end + 4]) is not None
        and re.search(r"(?:[Tt]he|[Aa]|[’']s|[’']|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[a-z]{4,}ing) $", before) is not None
    )


@functools.cache
def _nth_part() -> re.Pattern[str]:
    """A part of the period behind: "the first three weeks of", "the last Friday in"."""
    return re.compile(
        rf"(?:\b[Tt]he )?\b(?P<nth>{any_of(cased(tuple(table('numbers', 'ordinals'))))})[ -](?:{macro('number')} )?"
        rf"(?:(?P<unit>day|night|week|weekend|fortnight|month|quarter)(?P<plural>s?)|{macro('weekday')}) (?:of|in) (?:the )?$"
    )


@functools.cache
def _week_of() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:[Tt]he |[Tt]hat )?(?P<unit>week|weekend) "
        r"(?P<how>of|beginning|starting|commencing|ending|ended|to|through)(?: on)? (?:the )?$"
    )


@functools.cache
def _eve() -> re.Pattern[str]:
    return re.compile(r"\b(?:[Oo]n )?the eve of (?:the )?$")


@functools.cache
def _into() -> re.Pattern[str]:
    return re.compile(r"\b[Oo]vernight(?: on)? (?P<into>into |to )?$")


@functools.cache
def _year_to() -> re.Pattern[str]:
    """A period with its end to come: "the year to", "the month ended"."""
    return re.compile(
        r"\b[Tt]he (?P<unit>year|quarter|month) (?:to|through|until|up to|ended|ending)(?: on| in)? (?:the end of |end-)?(?:the )?$"
    )


@functools.cache
def _counted_word() -> re.Pattern[str]:
    units = any_of(tuple(table("units", "names")))
    return re.compile(
        rf"(?:[Tt]he )?{macro('number')}[ -](?P<unit>{units})s? (?:to|through|until|up to|ended|ending|leading up to)"
        r"(?: on| in)? (?:the )?(?:end-|the end of )?"
    )


@functools.cache
def _position_words() -> dict[str, str]:
    return {word.casefold(): where for word, where in table("positions", "words").items()}


@functools.cache
def _positions() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?P<where>{any_of(cased(tuple(table('positions', 'words'))))})(?: in| on| the)?[ -](?:the )?$")


@functools.cache
def _parts_before() -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[\s(—–,“\"]))(?:{any_of(cased(tuple(table('parts', 'before'))))})(?: on| of| in)? $")


@functools.cache
def _short_weekdays() -> re.Pattern[str]:
    return re.compile(rf"\b({any_of(tuple(table('weekdays', 'short')))})\.?,? $")


@functools.cache
def _direction_words() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])({any_of(cased(tuple(table('directions', 'words'))))}) (?:the |on |at |in |about |around )?$")


@functools.cache
def _prepositions() -> re.Pattern[str]:
    return re.compile(rf"\b({any_of(cased(tuple(table('prepositions', 'words'))))}) (?:about |around |the )?$")


@functools.cache
def _lasting() -> re.Pattern[str]:
    """Verbs of lasting, behind which "to" opens the end of a stretch: "the ban runs to 2029"."""
    return re.compile(rf"(?i:\b(?:{any_of(tuple(table('lasting', 'words')))})) (?P<link>to (?:the )?)$")
