"""Tells the numerals that count nothing: years, dates, times of day, ordinals, addresses, telephone numbers, scores, names."""

import re

from reportedly.language.numerals.beside import LAST_WORD, NEXT_WORD, designation_rows, word_before, word_behind
from reportedly.language.numerals.numbers import Numeral
from reportedly.language.numerals.units import currency_before
from reportedly.language.numerals.years import is_year
from reportedly.language.tables import load_table

_REACH = 48
"""How many characters of context either side a decision may use: what keeps the whole linear."""

_STREET = re.compile(r"(?:\s(?:[NSEW]\.?(?=\s)|[A-Z][\w'’.]+|\d+(?:st|nd|rd|th))){1,4}")
_BROKEN_BEFORE = re.compile(r"(?:\d[:./]|[\w@#/\\&=]|[^\W\d_]\.|\d-\d{1,9}-|[^\W\d_]\d{1,4}\+)$")
_TYPE_BEFORE = re.compile(r"(?P<before>.*\s)\d{1,4}[-\u2010\u2011]$", re.DOTALL)
_AGE_GROUP = re.compile(r"(?:^|[\s(\"“‘'])(?:under|over|[UO])[-\u2010\u2011]$", re.IGNORECASE)
_NAME_BEFORE = re.compile(r"(?P<word>[^\W\d_]\w*)(?P<gap>\s?)[-\u2010\u2011]$")
_PHONE = re.compile(r"(?:\+?\d{1,3}[-. ])?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\d)|(?<![\d,-])\d{3}-\d{4}(?!\d)|\b1-\d{3}-\d{3}-\d{4}")
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4})(?!\d)|(?<![\d/])(?:9/11|24/7|7/7|50/50)(?![\d/])"
)
_CLOCK = re.compile(
    r"(?<![\d,.:])\d{1,3}:\d{2}(?::\d{2})?(?:\.\d+)?(?![\d:])"
    r"|(?<![\d,.])(?:\d{1,2}(?:[.:]\d{2})?\s?(?:-|\u2013|to|and)\s?)?\d{1,4}(?:[.:]\d{2})?\s?(?:[ap]\.?\s?m\b\.?|o['’]clock|(?:GMT|UTC)\b|hrs\b)"
)
_ADDRESS = re.compile(r"https?://\S{1,300}|www\.\S{1,300}|\S{1,60}@\S{1,60}")
_SPAN_OF_YEARS = re.compile(r"(?<!\d)(?:1[5-9]|20)\d{2}\s?(?:[-\u2010-\u2014/])\s?(?:\d{2}|(?:1[5-9]|20)\d{2})(?![\d,%])")
_SIGNED = (
    (re.compile(r"\d\)?[-. ]\d{3}"), _PHONE),
    (re.compile(r"\d[/.-]\d"), _DATE),
    (re.compile(r"\d(?::\d|\s?(?:[ap]\.?\s?m\b|o['’]clock|GMT\b|UTC\b|hrs\b))"), _CLOCK),
    (re.compile(r"https?:|www\.|@"), _ADDRESS),
    (re.compile(r"\d\s?[-\u2010-\u2014/]\s?\d"), _SPAN_OF_YEARS),
)
"""Each pattern with a quick one for what it cannot do without: most paragraphs hold none of them."""

_DAY_BEFORE = re.compile(r"(?P<month>[A-Z][a-z]{2,8})\.?\s\d{1,2}(?:,\s|\s?[-\u2013]\s?|\sand\s|\sto\s|\sor\s|\s)$")
_DAY_CLOSED = re.compile(r"[\s,.;)]|$")
_COUNTED_BEHIND = re.compile(r"\s[a-z]+s\b")
_MONTH_BEHIND = re.compile(r"(?:\s?[-\u2013]\s?\d{1,2}|\s(?:and|to|or)\s\d{1,2})?\s(?:of\s)?(?P<month>[A-Z][a-z]{2,8})\b")
_YEAR_DIGITS, _LAST_DAY = 4, 31
_SHORT_WORD = 2  # letters of prepositions such as `in`, which the table of function words leaves out
_LIST_NUMBER = re.compile(r"(?:^|\n)\s*\(?$")


def find_designations(text: str) -> list[tuple[int, int]]:
    """Stretches of telephone numbers, dates in digits, times of day, addresses of pages and spans of years, in order."""
    patterns = [pattern for sign, pattern in _SIGNED if sign.search(text)]
    return sorted((m.start(), m.end()) for pattern in patterns for m in pattern.finditer(text))


def is_designation(text: str, numeral: Numeral) -> bool:
    """Whether a numeral, by the words right beside it, is a year, a date, an ordinal, an address, a score or part of a name.

    Args:
        text: the text the numeral stands in.
        numeral: the numeral.

    Returns:
        True where it counts nothing. Vague words never do, and number words only in a time of day.
    """
    if numeral.value is None:
        return False
    before, after = text[max(0, numeral.start - _REACH) : numeral.start], text[numeral.end : numeral.end + _REACH]
    if not numeral.in_digits:
        return _word_designation(before, after, numeral)
    return any(test(before, after, text[numeral.start : numeral.end]) for test in (_glued, _dated, is_year, _addressed, _named, _listed))


def _word_designation(before: str, after: str, numeral: Numeral) -> bool:
    following = word_behind(after)
    if before.rstrip().endswith(tuple(designation_rows("groups")["before"])):
        return True
    if following in designation_rows("clock")["words"]:
        return True
    if _NAME_BEFORE.search(before) and numeral.word == "one":
        return True
    named = LAST_WORD.search(before)
    if named and named["word"].lower() in designation_rows("worded")["words"] and not _COUNTED_BEHIND.match(after):
        return True
    return bool(named) and str(named["word"] if named else "") in designation_rows("designators")["case_kept"] and not after.startswith("-")


def _glued(before: str, after: str, words: str) -> bool:
    """Part of a longer code, a version, an ordinal or a decade."""
    if _in_code(before, after) or (_AGE_GROUP.search(before) and len(words) <= 2 and not after.startswith("%")):  # noqa: PLR2004 - "the under-21 side"
        return True
    hyphen = _NAME_BEFORE.search(before)
    if hyphen and hyphen["gap"]:
        return "." not in words and not after.startswith("%") and hyphen["word"].lower() in designation_rows("designators")["words"]
    if hyphen and hyphen["word"].lower() not in designation_rows("prefixes")["words"] and not _number_word(hyphen["word"].lower()):
        return True
    letters = re.match(r"[^\W\d_]+", after)
    if letters and letters.group().lower() in {*designation_rows("ordinals")["words"], "s"}:
        return True
    return bool(re.match(r"\.\d|:\d|['’]?s\b(?<=s)", after)) and not words.endswith(("m", "k", "K"))


def _in_code(before: str, after: str) -> bool:
    """`P5+1`, `1-800-555`, the second half of `a Boeing 737-800`."""
    if _BROKEN_BEFORE.search(before) and currency_before(before, len(before)) is None:
        return True
    kind = _TYPE_BEFORE.search(before)
    return re.match(r"-\d{1,9}-\d", after) is not None or (kind is not None and _named(kind["before"], "", ""))


def _dated(before: str, after: str, words: str) -> bool:
    number = words.replace(",", "")
    if not number.isdecimal() or len(number) > _YEAR_DIGITS or "," in words:
        return False
    day = int(number) <= _LAST_DAY
    percent = after.lstrip().startswith(("%", "percent"))
    if _month_before(before) and (day or len(number) == _YEAR_DIGITS) and not percent:
        return True
    earlier = _DAY_BEFORE.search(before)
    if earlier and _is_month(earlier["month"]):
        closed = _DAY_CLOSED.match(after) is not None and _COUNTED_BEHIND.match(after) is None
        if len(number) == _YEAR_DIGITS or (day and closed):
            return True
    following = _MONTH_BEHIND.match(after)
    return day and following is not None and _is_month(following["month"])


def _month_before(before: str) -> bool:
    last = LAST_WORD.search(before)
    return last is not None and last["word"][:1].isupper() and _is_month(last["word"].rstrip("."))


def _is_month(word: str) -> bool:
    return word.lower() in designation_rows("months")["words"]


def _addressed(before: str, after: str, words: str) -> bool:
    if word_behind(after) in designation_rows("streets")["block"] or word_behind(after) in designation_rows("streets")["zip"]:
        return True
    if words in designation_rows("emergency")["words"] and _calls_for_help(before, after):
        return True
    street = _STREET.match(re.sub(r"^-\d{1,5}", "", after))
    if street and words.replace("-", "").isdecimal():
        parts = [w.strip(".,'’").lower() for w in street.group().split()]
        named = next((place for place, part in enumerate(parts) if part in designation_rows("streets")["words"]), None)
        return named is not None and not any(part in designation_rows("streets")["never_inside"] for part in parts[: named + 1])
    return bool(re.search(r"\b[A-Z]{2}\s$", before)) and len(words) == 5 and words.isdecimal()  # noqa: PLR2004 - a ZIP code


def _named(before: str, after: str, words: str) -> bool:
    """`Flight 370`, `Section 12`, `No. 5`, `#5`; a comma or a counted noun right behind shows a count after all."""
    if before.endswith(("#", "No. ", "no. ", "№ ")):
        return True
    behind = NEXT_WORD.match(after)
    if behind and behind["word"] in designation_rows("models")["words"] and after[:1] == " ":
        return True
    last = LAST_WORD.search(before)
    if last is None or "," in words or "," in before[last.end("word") :] or "(" in before[last.end("word") :]:
        return False
    rows = designation_rows("designators")
    return (
        last["word"] in rows["case_kept"]
        or last["word"].lower() in rows["lower_too"]
        or (last["word"] != last["word"].lower() and last["word"].lower() in rows["words"])
    )


def _listed(before: str, after: str, words: str) -> bool:
    return bool(_LIST_NUMBER.search(before)) and len(before) < _REACH and len(words) <= 2 and bool(re.match(r"[.)]\s", after))  # noqa: PLR2004 - list numbers are short


def _number_word(word: str) -> bool:
    numbers = load_table("numbers")
    return word in numbers["ones"]["words"] or word in numbers["tens"]["words"]


def _calls_for_help(before: str, after: str) -> bool:
    """`dialled 911`, `a 911 call`; a number that counts what follows ("up to 110 people") is none."""
    following = word_behind(after)
    if following in designation_rows("emergency")["after"]:
        return True
    counts = len(following) > _SHORT_WORD and following not in load_table("function_words")["function"]["words"]
    return not counts and word_before(before) in designation_rows("emergency")["before"]
