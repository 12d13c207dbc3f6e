"""Figures of an article: quantities with measure, counted, population, share, status, reality and window."""

import bisect
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportedly.extract.figures.composites import Reading
from reportedly.extract.figures.currencies import own_currency
from reportedly.extract.figures.elliptical_counts import counted_alike, follows_place, stands_bare
from reportedly.extract.figures.fates import settle_fates
from reportedly.extract.figures.gapped_units import with_gapped_units
from reportedly.extract.figures.holding import holds
from reportedly.extract.figures.measures import follows_story, multiples, read_measure
from reportedly.extract.figures.memberships import predicate_noun
from reportedly.extract.figures.moves import with_moves
from reportedly.extract.figures.persons import NameBook, is_age
from reportedly.extract.figures.phrases import Phrase, names_kind, read_phrase
from reportedly.extract.figures.populations import find_population
from reportedly.extract.figures.quantities import Quantity, find_quantities
from reportedly.extract.figures.realities import find_reality, find_status
from reportedly.extract.figures.shares import Surroundings, find_share, part_by_sex, relate_parts
from reportedly.extract.figures.singles import find_singles
from reportedly.extract.figures.wording import counted_words
from reportedly.extract.parse.parsed import ParsedArticle, ParsedPassage
from reportedly.extract.parse.tokens import Doc, Token
from reportedly.extract.times.windows import window_basis, window_of
from reportedly.language.naming.states import is_people
from reportedly.language.numerals.counted import class_of, is_human
from reportedly.language.numerals.measures import counts, measures_of, row
from reportedly.language.numerals.qualifiers import bounds, trailing
from reportedly.language.numerals.units import per_after, usual_per
from reportedly.language.tables import load_table
from reportedly.language.times.finding import TimeExpression, find_times
from reportedly.model import Figure, Span

_DEFINITE = frozenset({"the", "these", "those"})
"""`the two signed` takes somebody up and counts nobody."""

_NEAR = 20
"""How many figures back a pronoun may take up."""

_SENTENCE = 600
"""No enumeration is longer, in characters."""

_LOOK_BACK = 150
"""How many tokens of the sentence before a figure are looked at."""

MOST_NUMERALS = 300
"""A paragraph of more numerals than this is a list of numbers and no report: what lies behind is not read."""

_DATES = 4
"""How many dates on each side of a figure may say what time it covers."""

_OF = re.compile(r"\sof\s(?:(?:the|its|their|some|about)\s)?")

_OLDEST = 115
"""No age is greater."""


def find_figures(parsed: ParsedArticle, times: Sequence[TimeExpression] | None = None) -> list[list[Figure]]:
    """The figures of an article.

    Args:
        parsed: the article.
        times: the article's expressions of time in text order; None has those of paragraphs with figures read here.

    Returns:
        One list a passage, in text order, with spans in the document's text; `of` is a place in the same list.
    """
    figures: list[list[Figure]] = []
    phrases: list[list[Phrase]] = []
    article: list[Figure] = []
    book = NameBook(text=parsed.text[parsed.passages[0].start : parsed.passages[-1].end]) if parsed.passages else NameBook(text="")
    dates = None if times is None else _dates(times)
    for passage in parsed.passages:
        read = _phrases(passage.doc, replace(book, headline=passage.role == "headline"))
        figures.append(_passage_figures(parsed, passage, read, article, dates) if read else [])
        phrases.append(read)
    for paragraph, place in (*relate_parts(figures, phrases), *part_by_sex(figures, phrases)):
        figures[paragraph][place] = replace(figures[paragraph][place], share="part")
    return settle_fates(parsed, figures, phrases)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a figure is being read.

    Attributes:
        passage: its paragraph.
        times: the dates of the paragraph in text order, as far as they could be told.
        article: figures of the paragraphs before and of this one so far.
        earlier: figures of this paragraph so far.
    """

    passage: ParsedPassage
    times: Sequence[TimeExpression]
    article: Sequence[Figure]
    earlier: Sequence[Figure]


def _passage_figures(
    parsed: ParsedArticle, passage: ParsedPassage, phrases: Sequence[Phrase], article: list[Figure], dates: Sequence[TimeExpression] | None
) -> list[Figure]:
    """The figures of a paragraph's phrases, added to those of the article."""
    if dates is None:
        dates = _dates(find_times(parsed.text, passage.start, passage.end, against=parsed.article.published))
    first, last = (bisect.bisect_left(dates, edge, key=lambda time: time.span.start) for edge in (passage.start, passage.end))
    figures: list[Figure] = []
    place = _Place(passage=passage, times=dates[first:last], article=article, earlier=figures)
    before = len(article)
    for phrase in phrases:
        figure = _figure(phrase, place)
        figures.append(figure)
        article.append(figure)
    figures[:] = article[before:] = with_moves(counted_alike(_of_whole(figures, phrases), phrases), phrases)
    return figures


def _of_whole(figures: Sequence[Figure], phrases: Sequence[Phrase]) -> list[Figure]:
    """`11 of 13 drones`: the 11 are drones, too."""
    found = list(figures)
    for place, phrase in enumerate(phrases[:-1]):
        between = phrase.text[phrase.end : phrases[place + 1].start]
        if found[place].counted is None and found[place].unit is None and _OF.fullmatch(between) and phrases[place + 1].head is not None:
            found[place] = _unstrict(replace(found[place], counted=found[place + 1].counted))
    return found


def _unstrict(figure: Figure) -> Figure:
    """A figure whose verb of many meanings measures nothing of what it turned out to count: `lost 41 of its 150 seats`."""
    strict = figure.measure != "other" and figure.verb in row(figure.measure.split("_or_")[0]).get("strict", ())
    return replace(figure, measure="other") if strict and class_of(figure.counted) is None else figure


def _dates(times: Sequence[TimeExpression]) -> list[TimeExpression]:
    return [time for time in times if time.kind == "date" and time.interval is not None]


def _phrases(doc: Doc, book: NameBook) -> list[Phrase]:
    """The paragraph's phrases in text order, those with a numeral first where two meet."""
    text = doc.text
    quantities = [own_currency(quantity, text, book.text) for quantity in find_quantities(text, most=MOST_NUMERALS)]
    phrases: list[Phrase] = []
    for place, quantity in enumerate(quantities):
        limit = quantities[place + 1].start if place + 1 < len(quantities) else len(text) + 1
        phrase = read_phrase(doc, text, quantity, limit, _more_words())
        if phrase is not None and (not _is_none(phrase) or _goes_on(phrase, phrases)):
            phrases.append(phrase)
    phrases = with_gapped_units(phrases)
    taken = frozenset(t.i for phrase in phrases for t in doc[phrase.first.i : phrase.last.i + 1])
    phrases += find_singles(doc, text, taken, book)
    return sorted(phrases, key=lambda phrase: phrase.start)


def _figure(phrase: Phrase, place: _Place) -> Figure:
    quantity = _with_tail(phrase)
    age = _is_age(phrase)
    quantity = replace(quantity, unit="a") if age else quantity
    reading = Reading(measure="other", trigger=None, verb=None, way="none") if age else _reading(phrase, place)
    counted = _counted(phrase, reading)
    if counted is None and reading.way == "object" and (counts_on := _counts_on(phrase, place)) is not None:
        counted = counts_on.counted if counts(reading.measure.split("_or_")[0], counts_on.counted, None) else None
    base = place.passage.start
    span = place.passage.cut(base + quantity.start, base + quantity.end)
    dates = _dates_near(span, place.times)
    window = window_of(place.passage, span, dates) if dates else None
    population = None if phrase.person == "name" else find_population(phrase, reading, counted, place.article)
    draft = Figure(
        span=span,
        low=quantity.low,
        high=quantity.high,
        qualifier=quantity.qualifier,
        unit=quantity.unit,
        per=quantity.per,
        measure=reading.measure,
        verb=reading.verb,
        counted="people" if population is not None and counted is not None and is_people(counted.capitalize()) else counted,
        population=population,
        status=find_status(phrase, reading),
        reality=find_reality(phrase, reading),
        basis=None if window is None else window_basis(place.passage, span, dates),
        window=window,
    )
    first = _enumeration_start(phrase)
    around = Surroundings(
        earlier=place.earlier, article=place.article, words=_sentence_before(phrase, first), enumerated=base + first, window=window
    )
    share, of = find_share(phrase, reading, draft, around)
    return _own_total(replace(_inherited(draft, share, of, around), share=share, of=of), around)


def _dates_near(span: Span, times: Sequence[TimeExpression]) -> Sequence[TimeExpression]:
    place = bisect.bisect_left(times, span.start, key=lambda time: time.span.start)
    return times[max(0, place - _DATES) : place + _DATES]


def _reading(phrase: Phrase, place: _Place) -> Reading:
    """The measure; none where a pronoun takes up things that it cannot count: `400,000 of them` are doses and were not deployed."""
    reading = read_measure(phrase)
    if reading.measure == "other" and (alike := _more_alike(phrase, place)) is not None:
        return alike
    if reading.way in {"gauge", "none"} and (sum_noun := follows_story(phrase)) is not None:
        return _as_before(phrase, reading, sum_noun, place)
    if phrase.whole is None or phrase.whole.tag_ not in {"PRP", "WP", "WDT", "DT"} or reading.measure == "other":
        return reading
    taken_up = next((f for f in reversed(place.earlier[-_NEAR:]) if f.unit is None and f.counted is not None), None)
    if taken_up is None or all(counts(part, taken_up.counted, None) for part in reading.measure.split("_or_")):
        return reading
    return Reading(measure="other", trigger=None, verb=reading.verb, way="none")


def _more_alike(phrase: Phrase, place: _Place) -> Reading | None:
    """`destroyed 42 homes and damaged 15 more`: the verb measures what the figure before it counts."""
    before = _counts_on(phrase, place)
    for hold in holds(phrase) if before is not None else ():
        lemma = hold.word.lemma_.lower()
        names = (
            [m for m in measures_of("object_verbs", lemma) if before and counts(m, before.counted, None)] if hold.way == "object" else []
        )
        if names:
            return Reading(measure=names[0], trigger=hold.word, verb=lemma, way="object")
    return None


def _counts_on(phrase: Phrase, place: _Place) -> Figure | None:
    """The figure of the same sentence whose things a bare `15 more` goes on to count; None where there is none."""
    if not phrase.more or phrase.noun is not None or phrase.quantity.unit is not None or not place.earlier:
        return None
    before = place.earlier[-1]
    close = before.span.start >= place.passage.start + phrase.number.sent[0].idx
    return before if close and before.unit is None and class_of(before.counted) is not None else None


def _as_before(phrase: Phrase, reading: Reading, noun: Token, place: _Place) -> Reading:
    """The measure of the latest figure of the same sentence, for a sum that says nothing of its own."""
    start = place.passage.start + phrase.number.sent[0].idx
    before = [f for f in place.earlier[-_NEAR:] if f.span.start >= start and f.measure != "other" and f.unit is None]
    if not before:
        return reading
    bodies = before[-1].measure == "recovered"  # "three more bodies were found, taking the toll to 19"
    return Reading(measure="killed" if bodies else before[-1].measure, trigger=noun, verb=None, way="gauge")


def _counted(phrase: Phrase, reading: Reading) -> str | None:
    """What is counted: the noun, else what members are said to be, else what the gauge counts (a death toll, people)."""
    if phrase.person in {"name", "pronoun"} or (phrase.person == "noun" and is_age(phrase.number)):
        return "person"
    if phrase.number.lower_ in multiples():
        return "people"
    counted = counted_words(phrase)
    if counted is None and reading.way == "member":
        noun = predicate_noun(phrase)
        return None if noun is None else noun.lower_
    if counted is None and reading.way == "gauge":
        gauged: str | None = row(reading.measure.split("_or_")[0]).get("gauge_counts")
        return gauged
    return counted


def _own_total(figure: Figure, around: Surroundings) -> Figure:
    """Those of one nation among the killed ("including 63 Canadians") are the total of the killed of that nation."""
    if figure.share != "part" or figure.of is None or figure.population is None or figure.measure == "other":
        return figure
    whole = around.earlier[figure.of]
    return figure if whole.population == figure.population else replace(figure, share="total", of=None)


def _inherited(figure: Figure, share: str, of: int | None, around: Surroundings) -> Figure:
    """A part ("of whom 12 were children") measures what its whole measures."""
    if share != "part" or of is None or figure.measure != "other":
        return figure
    whole = around.earlier[of]
    return replace(figure, measure=whole.measure, verb=whole.verb, population=figure.population or whole.population)


def _with_tail(phrase: Phrase) -> Quantity:
    """The quantity with its noun, and with a bound or a denominator that stands behind the noun ("100 people or more")."""
    quantity = replace(phrase.quantity, end=max(phrase.quantity.end, phrase.end))
    text = phrase.text
    open_rate = quantity.unit is None or phrase.whole is not None  # "60,000 barrels of oil a day"
    per = per_after(text, quantity.end) if quantity.per is None and open_rate else None
    if per is not None and per.per:
        quantity = replace(quantity, per=per.per, end=per.end)
    if quantity.per is None and quantity.unit is None and (usual := usual_per(text, quantity.end)):
        quantity = replace(quantity, per=usual)
    bound = trailing(text, quantity.end) if quantity.qualifier in {"exact", "about"} else None
    if bound is None or quantity.low is None or bound.qualifier == "about":
        return quantity
    low, high = bounds(quantity.low, bound.qualifier)
    return replace(quantity, qualifier=bound.qualifier, low=low, high=high, end=bound.end)


def _enumeration_start(phrase: Phrase) -> int:
    """Where the enumeration starts whose later member the phrase is; else where the phrase starts."""
    token = phrase.top
    while token.dep_ in {"conj", "appos"} and token.head.i < token.i and token.head.pos_ in {"NOUN", "PROPN", "NUM"}:
        numbered = any(c.dep_ == "nummod" for c in token.head.children) or (is_human(class_of(token.head.lower_)) and token.dep_ == "conj")
        if not numbered or phrase.start - token.head.idx > _SENTENCE:
            break
        token = token.head
    return phrase.start if token == phrase.top else int(token.left_edge.idx)


def _sentence_before(phrase: Phrase, end: int) -> str:
    first = phrase.first.i
    near = phrase.doc[max(0, first - _LOOK_BACK) : first + 1]
    start = next((t.idx for t in reversed(near) if t.is_sent_start), near[0].idx)
    return phrase.text[start:end]


def _goes_on(phrase: Phrase, before: Sequence[Phrase]) -> bool:
    """`four in the city and one in the port`, `259 died in Norland and in Sudland 56`: the last member of a list by places.

    Elsewhere "one" is a pronoun, and a number behind a proper noun is a name's.
    """
    if not before or before[-1].number.sent.start != phrase.number.sent.start:
        return False
    return (stands_bare(before[-1]) and stands_bare(phrase)) or (before[-1].noun is not None and follows_place(phrase))


def _is_none(phrase: Phrase) -> bool:
    """Whether the parse shows that a numeral counts nothing: a pronoun, or a number inside a name."""
    quantity = phrase.quantity
    number = phrase.number
    if names_kind(phrase.text, quantity) or (quantity.word == "zero" and _is_byword(phrase)):
        return True
    if quantity.word and phrase.noun is None and quantity.unit is None and phrase.first.i and phrase.first.nbor(-1).lower_ in _DEFINITE:
        return read_measure(phrase).measure == "other"
    if quantity.word == "one" and quantity.number_end - quantity.number_start == len("one"):
        return _is_pronoun(phrase, number)
    if (
        not quantity.word
        and quantity.unit is None
        and quantity.qualifier == "exact"
        and phrase.text[quantity.number_start : quantity.number_end].isdecimal()
    ):
        return _in_name(phrase)
    return False


def _is_byword(phrase: Phrase) -> bool:
    """`a zero day`, `zero tolerance`: bywords that count nothing."""
    following = phrase.doc[phrase.number.i + 1 : phrase.number.i + 3]
    return any(token.lower_ in load_table("numbers")["bywords"]["zero"] for token in following)


def _is_age(phrase: Phrase) -> bool:
    """`Moore, 65, said`: a bare number between commas behind a person."""
    quantity, doc = phrase.quantity, phrase.doc
    place = phrase.first.i
    bare = phrase.person is None and phrase.head is None and quantity.unit is None
    years = quantity.high if quantity.low is None else quantity.low
    if not bare or place < 2 or years is None or not 0 < years <= _OLDEST:  # noqa: PLR2004 - two tokens before
        return False
    before, person = doc[place - 1], doc[place - 2]
    following = doc[phrase.last.i + 1].lower_ if phrase.last.i + 1 < len(doc) else "."
    if before.lower_ in {"age", "aged", "ages"} or _is_age_group(phrase, before):
        return True
    if before.lower_ == "of" and person.lower_ in _single_words():
        return True
    named = person.tag_ in {"NNP", "NNPS"} or is_human(class_of(person.lower_)) or person.pos_ == "NUM"
    return before.lower_ in {",", "and"} and named and following in {",", ".", ";", ")", "and", "of"}


def _is_age_group(phrase: Phrase, before: Token) -> bool:
    """`those over 65`, `children under five`: a bound behind people, and no number of them."""
    bounded = phrase.first.lower_ in {"over", "under", "above", "below"} and phrase.first != phrase.number and phrase.whole is None
    plural = before.lower_ in {"those", "anyone", "everyone"} or (before.tag_ == "NNS" and is_human(class_of(before.lower_)))
    return bounded and plural


def _is_pronoun(phrase: Phrase, number: Token) -> bool:
    sorted_one = number.i > 1 and number.nbor(-1).tag_ == "JJ" and number.nbor(-2).lower_ in {"a", "an"} and number.dep_ == "dobj"
    if phrase.head is None and phrase.whole is None and sorted_one:
        return True  # "a fast one", and not "the other one died"
    if phrase.head is None and phrase.whole is None and phrase.quantity.unit is None:
        before = phrase.doc[number.i - 1].lower_ if number.i else ""
        return read_measure(phrase).measure == "other" or before in {"no", "any", "every", "each", "the"}
    before = phrase.doc[number.i - 1].lower_ if number.i else ""
    return before in {"no", "any", "every", "each", "the", "this", "that", "another", "-"} or number.tag_ in {"PRP", "NN"}


def _in_name(phrase: Phrase) -> bool:
    """`S&P 500`, `iPhone 11 Pro`: a proper noun right before, and no noun of its own behind."""
    number = phrase.number
    if not number.i or phrase.first.i != number.i:
        return False
    before = number.nbor(-1)
    if before.tag_ not in {"NNP", "NNPS"} or before.text in _free_names() or before.is_sent_start is None:
        return False
    if number.is_sent_start or before.whitespace_ == "":
        return False
    return phrase.head is None or phrase.head.tag_ != "NNS"


@functools.cache
def _single_words() -> frozenset[str]:
    """Nouns of one person, behind which "of" with a number tells an age: `a boy of 12`."""
    rows = load_table("shares")["single"]
    return frozenset([*rows["male"], *rows["female"], "child"])


@functools.cache
def _more_words() -> frozenset[str]:
    return frozenset(load_table("shares")["additional"]["words"])


@functools.cache
def _free_names() -> frozenset[str]:
    return frozenset(load_table("shares")["names"]["free"])
