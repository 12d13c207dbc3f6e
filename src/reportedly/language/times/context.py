"""Judges a number or a name by the words around it: a year or a count, a month or a verb, ahead of the article or past."""

import functools
import re

from reportedly.language.times.words import any_of, cased, table

_BEFORE = 48  # characters looked back at
_AHEAD = 80
_NEAR = 16
_RANK = re.compile(r"\b(?:first|second|third|fourth|fifth|\d(?:st|nd|rd|th)|most|only|[a-z]{3,}est|best|worst|least|time)\b")
_CERTAIN = {"will", "shall", "’ll", "'ll"}  # "will have left by Friday" lies ahead, "could have left on Friday" does not
_OPENING = re.compile(r"\W*(?:(?i:on|in|over|during|within|by|at|from|late|early|and|but|then|before|after|until) ){0,2}(?:the )?")
_POSSESSIVE = {"’s", "'s"}
_BEFORE_OUR_ERA = re.compile(r" ?B\.?C\b")
_CLAUSE_END = re.compile(r"[;:!?,]\s|(?<=[a-z]{2})\.\s|(?<=\d)\.\s(?=[A-Z])|[“”\"\n—]")


def allows_year(text: str, start: int, end: int, year: int) -> bool:
    """Whether a bare four-digit number is a year: "in 2024", "the 2022 invasion"; not "2000 troops", "some 1950"."""
    before, after = text[max(0, start - _BEFORE) : start], text[end : end + _BEFORE]
    if _counts().search(before) or _counted().match(after) or _BEFORE_OUR_ERA.match(after):
        return False
    if _year_prepositions().search(before):
        return int(table("years", "lowest_after_preposition")) <= year <= int(table("years", "highest"))
    return int(table("years", "lowest")) <= year <= int(table("years", "highest")) and not _round_count(year, after)


def allows_month(text: str, start: int, word: str, *, after: str = "", day_follows: bool = False) -> bool:
    """Whether a month's name stands for the month, not for a verb or a person ("May", "March", "April")."""
    if day_follows or after in _POSSESSIVE:
        return True
    before = text[max(0, start - _BEFORE) : start]
    if word.rstrip(".").capitalize() not in table("months", "ambiguous"):
        return True
    return _month_prepositions().search(before) is not None


def allows_weekday(text: str, start: int, end: int) -> bool:
    """Whether a weekday's name stands for the day, not in a name ("Bloody Sunday", "the Sunday Times")."""
    return not (_named_days().search(text[max(0, start - _BEFORE) : start]) or _titles().match(text[end : end + _BEFORE]))


def lies_ahead(text: str, start: int, end: int | None = None) -> bool:
    """Whether the clause before a date speaks of the future: "will meet on Friday"; a past verb between takes that away.

    A possessive ("will answer Friday's attack") tells which thing is meant, and that one is past.

    Args:
        text: the document's text.
        start: first character of the date.
        end: one past its last; None where a possessive does not matter.
    """
    if end is not None and text[end : end + 2] in _POSSESSIVE:
        return False
    clause = _CLAUSE_END.split(re.sub(r"\([^()]*\)", "", text[max(0, start - _AHEAD) : start]))[-1]
    future = [word for word in _future().finditer(clause) if word[0] in _CERTAIN or not clause.startswith(" have", word.end())]
    if future:
        return not _breaks().search(clause, future[-1].end())
    return end is not None and _OPENING.fullmatch(clause) is not None and _turns_ahead(text, end)


def _turns_ahead(text: str, end: int) -> bool:
    """Whether the clause that a date opens speaks of the future: "On Friday, the council will vote"."""
    clause = _clause_behind(text, end)
    future = _will().search(clause)
    return future is not None and not _past().search(clause, 0, future.start())


def tells_past(text: str, start: int, end: int) -> bool:
    """Whether a stretch of time opens a clause that tells of the past: "Over the next three days, 40 died"."""
    before = _CLAUSE_END.split(text[max(0, start - _AHEAD) : start])[-1]
    if not _OPENING.fullmatch(before):
        return False
    clause = _clause_behind(text, end)
    past, future = _past().search(clause), _will().search(clause)
    return past is not None and (future is None or past.start() < future.start())


def _clause_behind(text: str, end: int) -> str:
    return _CLAUSE_END.split(text[end : end + _AHEAD].lstrip(", "))[0]


def is_indefinite(text: str, start: int, end: int) -> bool:
    """Whether a weekday is any one: "born on a Sunday", "one Friday in May"; not "in a Friday statement"."""
    if not re.search(r"(?i:\b(?:an?|any|one|some|another|every other)) $", text[max(0, start - 16) : start]):
        return False
    return ends_clause(text, end) or re.match(r" (?:in|of|at|when|last|this|during)\b", text[end : end + 10]) is not None


def is_ranked(text: str, start: int) -> bool:
    """Whether a length of time is that over which something is the first or the worst: "the third strike in two weeks"."""
    clause = _CLAUSE_END.split(text[max(0, start - _AHEAD) : start])[-1]
    return _RANK.search(clause) is not None


def begins_sentence(text: str, start: int) -> bool:
    """Whether a place is the first of a sentence, a line or a quotation."""
    return re.search(r"(?:^|[.!?:;\n(“‘\"'—–/|*#-])\s*$", text[max(0, start - 8) : start]) is not None


def is_shouted(text: str, start: int, end: int) -> bool:
    """Whether words in capitals stand among others in capitals, as in transcripts; not the name "USA TODAY"."""
    around = text[max(0, start - _NEAR) : end + _NEAR]
    return around.isupper()


def ends_clause(text: str, end: int) -> bool:
    """Whether a clause ends at a place: a stop, a comma, or a word that opens another."""
    return re.match(r"[,.;:)”\"]|$|\s(?:and|but|that|when)\b|\s[,.;]", text[end : end + 8]) is not None


def is_rate(text: str, start: int, words: str) -> bool:
    """Whether "a day" says how often, as in "300 barrels a day", not how long."""
    if not re.match(r"(?i:an?) [a-z]+$", words):
        return False
    before = re.search(r"(\w+) $", text[max(0, start - _BEFORE) : start])
    return before is not None and before[1].casefold() not in table("rates", "lengths")


def _round_count(year: int, after: str) -> bool:
    """Whether a round number before a plural counts things: "2000 rescue teams", not "the 2000 election"."""
    return year % 100 == 0 and re.match(r" (?:[a-z-]+ )?[a-z-]+s\b", after) is not None


@functools.cache
def _counts() -> re.Pattern[str]:
    return re.compile(rf"(?i:\b(?:{any_of(tuple(table('years', 'quantifiers')))})) $|[$€£¥#×]$")


@functools.cache
def _counted() -> re.Pattern[str]:
    return re.compile(rf"[ -](?:{any_of(tuple(table('years', 'counted')))})\b")


@functools.cache
def _year_prepositions() -> re.Pattern[str]:
    return re.compile(rf"(?i:\b(?:{any_of(tuple(table('years', 'prepositions')))})[ -])$")


@functools.cache
def _month_prepositions() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(cased(tuple(table('months', 'needs'))))})[ -]$")


@functools.cache
def _named_days() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(tuple(table('weekdays', 'named')))}) $")


@functools.cache
def _titles() -> re.Pattern[str]:
    return re.compile(rf" (?:{any_of(tuple(table('weekdays', 'titles')))})\b")


@functools.cache
def _future() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of(cased(tuple(table('ahead', 'words'))))})(?!\w)")


@functools.cache
def _will() -> re.Pattern[str]:
    """Words behind a date that opens a clause by which it lies ahead."""
    return re.compile(rf"(?<!\w)(?:{any_of(tuple(table('ahead', 'behind')))})(?!\w)")


@functools.cache
def _past() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(tuple(table('ahead', 'past')))}|[a-z]{{3,}}ed)\b")


@functools.cache
def _breaks() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(tuple(table('ahead', 'breaks')))})\b")
