"""Joins neighbouring terms: weekday and date, date and clock, "early" and "late", ranges, and the prepositions before them."""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from reportedly.language.calendar_words import any_of, cased, table, weekday_number
from reportedly.language.time_arithmetic import Days, part_of
from reportedly.language.time_terms import Anchor, Resolve, Term

Direction = Literal["since", "until", "before", "after", "by"]

_LOOK_BACK = 48
_WEEKDAY_DATE = re.compile(r",? (?:the )?(?:on )?|, ?(?:the )?| \(")
_DATE_CLOCK = re.compile(
    r",? ?(?:on |at |(?:just|shortly) (?:before|after) |around |about )?"
    r"|(?: local time)?,? (?:on )?(?:the (?:morning|night|evening) of )?"
)
_PARTS = re.compile(r",? (?:in the )?(?:early |late )?(?:morning|afternoon|evening|night)(?![a-z])")
_RANGE = re.compile(r",? ?(?:to|until|till|through|and) (?:the |on |in )?| ?[-–—] ?")
_DATED = {"date", "month_day", "weekday", "day_word", "relative", "holiday"}


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
    terms = _join_pairs(text, terms, _weekday_with_date)
    terms = _join_pairs(text, terms, _date_with_clock)
    terms = [_with_before(text, start, _with_part_after(text, term)) for term in terms]
    terms = _join_pairs(text, terms, functools.partial(_range, start=start))
    return [_directed(text, start, term) for term in terms]


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


def _with_part_after(text: str, term: Term) -> Term:
    """`April 16 evening` is that day."""
    part = _PARTS.match(text, term.end) if term.granularity == "day" and term.form in {"date", "month_day"} else None
    return term if part is None else term.widened(term.start, part.end())


def _with_before(text: str, start: int, term: Term) -> Term:
    """`early March`, `mid-2024`, `the end of October`, `before dawn on Wednesday`, `Sat. April 16`."""
    if term.kind != "date":
        return term
    before = text[max(start, term.start - _LOOK_BACK) : term.start]
    if term.granularity == "day":
        short = _short_weekdays().search(before)
        if short and term.form in {"date", "month_day"}:
            return replace(term.widened(term.start - len(short[0]), term.end), weekday=weekday_number(short[1]))
        part = _parts_before().search(before)
        return term if part is None else term.widened(term.start - len(part[0].lstrip()), term.end)
    position = _positions().search(before)
    if position is None or term.form in {"span", "years"} or (term.anaphoric and term.form != "month"):
        return term
    where = _position_words()[position[1].casefold()]
    widened = term.widened(term.start - len(position[0]), term.end)
    return replace(widened, resolve=_placed(term.resolve, where), granularity="range")


def _placed(resolve: Resolve, where: str) -> Resolve:
    def of(anchor: Anchor) -> Days | None:
        days = resolve(anchor)
        if days is None or where == "whole":
            return days
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
    same = left.granularity == right.granularity and {left.form, right.form} & {"month", "date", "month_day", "weekday", "year"}
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
    onward = re.match(r",? (?:on|onwards?)(?=[\s,.;]|$)(?! (?:the|a|its|his|her|their|[A-Z])\b)", text[term.end : term.end + 10])
    since = re.search(r"(?i:\bfrom) (?:the )?$", before)
    if onward and since:
        return Joined(term=term.widened(term.start - len(since[0]), term.end + len(onward[0])), direction="since")
    if _names_event(text, term, before):
        event = re.search(r"(?i:\bsince) (?:[\w’'-]+ ){0,6}$", before)
        return Joined(term=term, direction="since" if event else None)
    word = _direction_words().search(before)
    if word and term.kind == "date":
        direction = table("directions", "words")[word[1].casefold()]
        return Joined(term=term.widened(term.start - len(word[0]), term.end), direction=direction)
    preposition = None if term.form == "day_word" else _prepositions().search(before)
    return Joined(term=term if preposition is None else term.widened(term.start - len(preposition[0]), term.end), direction=None)


def _names_event(text: str, term: Term, before: str) -> bool:
    """Whether a term only tells which event is meant: "Saturday's quake", "the 2022 invasion"."""
    if re.match(r"['’]s\b", text[term.end : term.end + 3]):
        return True
    return (
        term.form in {"year", "years", "month", "month_day"}
        and re.match(r" [A-Za-z]{3,}", text[term.end : term.end + 4]) is not None
        and re.search(r"(?:[Tt]he|[Aa]|[’']s|[’']|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[a-z]{4,}ing) $", before) is not None
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
    return re.compile(rf"\b({any_of(cased(tuple(table('directions', 'words'))))}) (?:the |on |at |in |about |around )?$")


@functools.cache
def _prepositions() -> re.Pattern[str]:
    return re.compile(rf"\b({any_of(cased(tuple(table('prepositions', 'words'))))}) (?:about |around |the )?$")
