"""Whether a figure is a total, an addition, a part or the count of a period, and which figure it relates to."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportedly.extract.figures.composites import Reading
from reportedly.extract.figures.memberships import belongs_to_set
from reportedly.extract.figures.phrases import Phrase
from reportedly.extract.figures.wording import is_compared, is_whole
from reportedly.language.numerals.counted import class_of, is_human
from reportedly.language.tables import load_table
from reportedly.model import Figure, Interval, Share

MEMORY = 300
"""How many figures back (and on) a figure is related to; no report holds more, and lists of a million stay linear."""

_REACH = 28
_BESIDE = 6  # members of one enumeration stand close


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What was read before a figure, and the words beside it.

    Attributes:
        earlier: figures of the same paragraph that stand before it.
        article: figures of the paragraphs before, and of this one so far.
        words: the sentence up to the figure, or to the enumeration that it stands in.
        enumerated: where the enumeration starts in the document's text, else the figure itself.
        window: the time the count covers, or None.
    """

    earlier: Sequence[Figure]
    article: Sequence[Figure]
    words: str
    enumerated: int
    window: Interval | None


def find_share(phrase: Phrase, reading: Reading, figure: Figure, around: Surroundings) -> tuple[Share, int | None]:
    """The share of a figure and the place, in its paragraph, of the figure it relates to.

    Args:
        phrase: the figure's phrase.
        reading: its measure.
        figure: the figure so far.
        around: what stands before it.

    Returns:
        The share; the place is None for totals and periods and where that figure is not in the paragraph.
    """
    if reading.measure == "other" and figure.unit is not None:
        whole = _sum_before(figure, around)
        return ("total" if whole is None else "part"), whole
    if reading.way == "member":
        whole = is_whole(phrase) or (phrase.first.i > 0 and phrase.first.nbor(-1).lower_ == "of")  # "one of several injured"
        some = _is_partitive(phrase) or _of_set(reading) or (class_of(figure.counted) in {None, "people"} and not whole)
        return ("part" if figure.population is None and some else "total"), None
    in_set = belongs_to_set(phrase, reading.measure)
    if in_set or _part_words(around) or _part_of_them(phrase, figure, around):
        return "part", _place(figure, around, same_measure=in_set)
    if (phrase.more or _rose_by(phrase, figure)) and not is_compared(phrase):
        return _addition(figure, around)
    if _in_period(around.window) and not _sums_up(phrase, reading):
        return "period", None
    return "total", None


def relate_parts(figures: Sequence[Sequence[Figure]], phrases: Sequence[Sequence[Phrase]]) -> list[tuple[int, int]]:
    """The partitive figures ("a couple thousand of the troops") that a larger one of the same count makes a part.

    Args:
        figures: the figures of an article, paragraph by paragraph.
        phrases: their phrases, alike.

    Returns:
        Paragraph and place of each figure whose share is a part after all.
    """
    everywhere = [pair for one in zip(figures, phrases, strict=True) for pair in zip(*one, strict=True)]
    parts, at = [], -1
    for number, paragraph in enumerate(figures):
        for place, figure in enumerate(paragraph):
            phrase, at = phrases[number][place], at + 1
            if figure.measure == "other" or figure.share != "total":
                continue
            single = phrase.number == phrase.head and figure.low == figure.high
            near = everywhere[max(0, at - MEMORY) : at + MEMORY] if single or phrase.whole is not None else []
            told_apart = single and any(_holds_single(other, figure) and not _beside(phrase, its) for other, its in near)
            partitive = phrase.whole is not None and any(_larger(other, figure) for other, _ in near)
            if told_apart or partitive:
                parts.append((number, place))
    return parts


def part_by_sex(figures: Sequence[Sequence[Figure]], phrases: Sequence[Sequence[Phrase]]) -> list[tuple[int, int]]:
    """The members of an enumeration by sex or age ("12 women and 5 children"), each a part of a whole that nobody prints.

    Children are a class of their own, whose count is a total; men, women and adults are people, whose total the member is not.

    Args:
        figures: the figures of an article, paragraph by paragraph.
        phrases: their phrases, alike.

    Returns:
        Paragraph and place of each.
    """
    parts = []
    for number, (here, theirs) in enumerate(zip(figures, phrases, strict=True)):
        for place, (figure, phrase) in enumerate(zip(here, theirs, strict=True)):
            near = range(max(0, place - _BESIDE), min(len(here), place + _BESIDE + 1))
            others = [k for k in near if k != place and _other_sort(here[k], figure) and _listed(phrase, theirs[k])]
            if others and figure.share == "total" and _sex_word(figure):
                parts.append((number, place))
    return parts


def _other_sort(other: Figure, figure: Figure) -> bool:
    """Whether another figure counts other people by the same measure."""
    alike = other.measure == figure.measure != "other" and other.reality == figure.reality
    return alike and is_human(class_of(other.counted)) and other.counted != figure.counted


def _sex_word(figure: Figure) -> bool:
    return bool(figure.counted) and str(figure.counted).rpartition(" ")[2] in _rows("sorts", "words")


def same_count(one: Figure, other: Figure) -> bool:
    """Whether two figures measure the same of the same class of things and population."""
    if one.measure != other.measure:
        return False
    left, right = class_of(one.counted), class_of(other.counted)
    alike = left == right or None in {left, right} or one.counted is None or other.counted is None
    return alike and (None in {one.population, other.population} or one.population == other.population)


def _addition(figure: Figure, around: Surroundings) -> tuple[Share, int | None]:
    """`3,000 more` adds to the same count; `killed 272 and injured thousands more` gives two totals."""
    near = around.article[-MEMORY:]
    if any(same_count(other, figure) and _edge(other) == _edge(figure) for other in near if _edge(other) is not None):
        return "total", None  # told before as a total: "a further 29" adds to other things
    place = _place(figure, around, same_measure=True)
    if place is not None:
        return "additional", place
    sentence = figure.span.start - len(around.words)
    if any(_rivals(other, figure) for other in around.earlier[-MEMORY:] if other.span.start >= sentence):
        return "total", None
    if any(same_count(other, figure) for other in near):
        return "additional", None
    # in a sentence of its own only a bare "hundreds more" counts on from another fate; "3,000 additional troops" names its kind
    rival = figure.counted is None and any(_rivals(other, figure) for other in around.article[-1:])
    return ("total" if rival else "additional"), None


def _rivals(other: Figure, figure: Figure) -> bool:
    """Whether `more` only counts further people with another fate: "killed 272 people and injured thousands more"."""
    if other.measure in {"other", figure.measure} or other.share != "total" or other.unit is not None:
        return False
    kinds = class_of(figure.counted), class_of(other.counted)
    return figure.counted is None or kinds[0] == kinds[1] or all(is_human(kind) for kind in kinds)


def _place(figure: Figure, around: Surroundings, *, same_measure: bool) -> int | None:
    for place in range(len(around.earlier) - 1, max(-1, len(around.earlier) - 1 - MEMORY), -1):
        other = around.earlier[place]
        if not same_measure and other.span.start >= around.enumerated:
            continue  # "including 63 Canadians and 12 children": both are of the whole before
        if other.unit is None and (same_count(other, figure) or (not same_measure and other.measure != "other")):
            return place
    return None


def _sum_before(figure: Figure, around: Surroundings) -> int | None:
    """`33 million tonnes ... Of that, 17 million tonnes was corn`: the sum in the same unit that an amount is said to be a part of."""
    if not _part_words(around) or figure.per is not None:
        return None
    near = range(len(around.earlier) - 1, max(-1, len(around.earlier) - 1 - MEMORY), -1)
    return next((place for place in near if around.earlier[place].unit == figure.unit and figure.unit != "%"), None)


def _part_words(around: Surroundings) -> bool:
    if not (around.earlier or around.article):
        return False
    words = around.words.lower()
    return _part_before().search(words[-_REACH:]) is not None or _part_opening().search(words) is not None


def _part_of_them(phrase: Phrase, figure: Figure, around: Surroundings) -> bool:
    """`12 of them were children`: a part of what was counted just before by the same measure."""
    whole = phrase.whole
    if whole is None or whole.lower_ not in _rows("part", "pronouns"):
        return False
    return any(same_count(other, figure) for other in around.earlier[-MEMORY:]) or (figure.measure == "other" and bool(around.earlier))


def _rose_by(phrase: Phrase, figure: Figure) -> bool:
    """`rose by one, to 16`: only where a gauge moves."""
    before = phrase.doc[phrase.first.i - 1].lower_ if phrase.first.i else ""
    return before in _rows("additional", "by") and figure.measure != "other" and phrase.head is None


def _of_set(reading: Reading) -> bool:
    """`Of the dead, 12 were children`."""
    return reading.trigger is not None and reading.trigger.head.lower_ == "of" and reading.trigger.head.is_sent_start is True


def _sums_up(phrase: Phrase, reading: Reading) -> bool:
    """`taking the toll to 19`: a sum, whatever was added to it overnight."""
    before = phrase.doc[phrase.first.i - 1].lower_ if phrase.first.i else ""
    gauged = reading.way == "gauge" and reading.trigger is not None and reading.trigger.i < phrase.first.i
    return gauged and before in _rows("additional", "sums")


def _is_partitive(phrase: Phrase) -> bool:
    """`11 of the 176 dead`."""
    following = phrase.doc[phrase.last.i + 1].lower_ if phrase.last.i + 1 < len(phrase.doc) else ""
    return phrase.head is None and (phrase.whole is not None or following == "of")


def _edge(figure: Figure) -> Decimal | None:
    return figure.high if figure.low is None else figure.low


def _in_period(window: Interval | None) -> bool:
    if window is None or window.words is None:
        return False
    words = set(re.findall(r"[a-z]+", window.words.text.lower()))
    rows = load_table("shares")["period"]
    rolling = (
        bool(words & {"last", "past", "previous", "preceding"})
        and bool(words & set(rows["units"]))
        and bool(re.search(r"\d|past|hours|days", window.words.text))
    )
    return rolling or "overnight" in words or "alone" in words


def _holds_single(total: Figure, figure: Figure) -> bool:
    """Whether a total of several counts the one person that was told of apart."""
    if total is figure or total.measure != figure.measure or total.share != "total" or total.unit is not None:
        return False
    kinds = {class_of(total.counted), class_of(figure.counted)}
    if len(kinds) > 1 and not kinds & {None, "people"}:
        return False  # "two guards" hold no policeman
    above = total.low or total.high
    return total.qualifier == "vague" or (above is not None and figure.high is not None and above > figure.high)


def _beside(phrase: Phrase, other: Phrase) -> bool:
    """`a woman and two children`: members of one enumeration, none of which holds another."""
    return other.top in phrase.top.conjuncts or phrase.top in other.top.conjuncts


def _listed(phrase: Phrase, other: Phrase) -> bool:
    """Whether two phrases are members of one enumeration, by the parse or with nothing but a joint between them."""
    first, last = sorted((phrase, other), key=lambda one: one.start)
    return _beside(phrase, other) or phrase.text[first.end : last.start].strip(" ,") in {"", "and"}


def _larger(other: Figure, figure: Figure) -> bool:
    if other is figure or not same_count(other, figure) or other.share != "total":
        return False
    above, below = other.low or other.high, figure.high or figure.low
    return above is not None and below is not None and above > below


@functools.cache
def _part_before() -> re.Pattern[str]:
    rows = "|".join(re.escape(words) for words in sorted(_rows("part", "before"), key=len, reverse=True))
    return re.compile(rf"\b(?:{rows})\s*,?\s*$")


@functools.cache
def _part_opening() -> re.Pattern[str]:
    """`Of that, 17 million tonnes was corn`: only where a clause begins."""
    rows = "|".join(re.escape(words) for words in sorted(_rows("part", "opening"), key=len, reverse=True))
    return re.compile(rf"(?:^|[.,;:(\u2013\u2014-])[\s\"\u201c]*(?:{rows})\s*,?\s*$")


@functools.cache
def _rows(section: str, key: str) -> frozenset[str]:
    return frozenset(load_table("shares")[section][key])
