"""Figures of an article: quantities with measure, counted, population, share, status, reality and window."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from reportedly.extract.composites import Reading
from reportedly.extract.measures import read_measure
from reportedly.extract.parsed import ParsedArticle, ParsedPassage
from reportedly.extract.phrases import Phrase, read_phrase
from reportedly.extract.populations import find_population
from reportedly.extract.quantities import Quantity, find_quantities
from reportedly.extract.realities import find_reality, find_status
from reportedly.extract.shares import Surroundings, find_share, relate_parts
from reportedly.extract.singles import find_singles
from reportedly.extract.windows import window_basis, window_of
from reportedly.extract.wording import counted_words
from reportedly.language.counted import class_of, is_human
from reportedly.language.measures import row
from reportedly.language.qualifiers import bounds, trailing
from reportedly.language.tables import load_table
from reportedly.language.times import TimeExpression, find_times
from reportedly.language.units import per_after
from reportedly.model import Figure

_DEFINITE = frozenset({"the", "these", "those"})
"""`the two signed` takes somebody up and counts nobody."""

_OLDEST = 115
"""No age is greater."""


def find_figures(parsed: ParsedArticle) -> list[list[Figure]]:
    """The figures of an article.

    Args:
        parsed: the article.

    Returns:
        One list a passage, in text order, with spans in the document's text; `of` is a place in the same list.
    """
    figures: list[list[Figure]] = []
    phrases: list[list[Phrase | None]] = []
    for passage in parsed.passages:
        before = [figure for paragraph in figures for figure in paragraph]
        found = _passage_figures(parsed, passage, before)
        figures.append([figure for figure, _ in found])
        phrases.append([phrase for _, phrase in found])
    if not _tells_of_death(parsed):
        figures = [[_survived(figure) for figure in paragraph] for paragraph in figures]
    for paragraph, place in relate_parts(figures, phrases):
        figures[paragraph][place] = replace(figures[paragraph][place], share="part")
    return figures


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a figure is being read.

    Attributes:
        passage: its paragraph.
        times: the paragraph's expressions of time.
        before: figures of the paragraphs before.
        earlier: figures of this paragraph so far.
    """

    passage: ParsedPassage
    times: Sequence[TimeExpression]
    before: Sequence[Figure]
    earlier: Sequence[Figure]


def _passage_figures(parsed: ParsedArticle, passage: ParsedPassage, before: Sequence[Figure]) -> list[tuple[Figure, Phrase]]:
    phrases = _phrases(passage.doc)
    if not phrases:
        return []
    times = find_times(parsed.text, passage.start, passage.end, against=parsed.article.published)
    found: list[tuple[Figure, Phrase]] = []
    for phrase in phrases:
        place = _Place(passage=passage, times=times, before=before, earlier=[figure for figure, _ in found])
        found.append((_figure(phrase, place), phrase))
    return found


def _tells_of_death(parsed: ParsedArticle) -> bool:
    words = frozenset(row("killed")["death_words"])
    return any(token.lower_ in words for passage in parsed.passages for token in passage.doc)


def _survived(figure: Figure) -> Figure:
    """People hit by bullets are injured where their article tells of no death at all."""
    if figure.verb in row("killed")["struck_verbs"] + row("killed")["struck_by_verbs"] and figure.measure == "killed_or_injured":
        return replace(figure, measure="injured")
    return figure


def _phrases(doc: Doc) -> list[Phrase]:
    """The paragraph's phrases in text order, those with a numeral first where two meet."""
    quantities = find_quantities(doc.text)
    phrases: list[Phrase] = []
    for place, quantity in enumerate(quantities):
        limit = quantities[place + 1].start if place + 1 < len(quantities) else len(doc.text) + 1
        phrase = read_phrase(doc, quantity, limit, _more_words())
        if phrase is not None and not _is_none(phrase):
            phrases.append(phrase)
    taken = frozenset(t.i for phrase in phrases for t in doc[phrase.first.i : phrase.last.i + 1])
    phrases += find_singles(doc, taken)
    return sorted(phrases, key=lambda phrase: phrase.start)


def _figure(phrase: Phrase, place: _Place) -> Figure:
    quantity = _with_tail(phrase)
    age = _is_age(phrase)
    quantity = replace(quantity, unit="a") if age else quantity
    reading = Reading(measure="other", trigger=None, verb=None, way="none") if age else read_measure(phrase)
    counted = counted_words(phrase)
    article = [*place.before, *place.earlier]
    span = place.passage.cut(place.passage.start + quantity.start, place.passage.start + quantity.end)
    window = window_of(place.passage, span, place.times)
    draft = Figure(
        span=span,
        low=quantity.low,
        high=quantity.high,
        qualifier=quantity.qualifier,
        unit=quantity.unit,
        per=quantity.per,
        measure=reading.measure,
        verb=reading.verb,
        counted=counted,
        population=find_population(phrase, reading, counted, article),
        status=find_status(phrase, reading),
        reality=find_reality(phrase, reading),
        basis=window_basis(place.passage, span, place.times),
        window=window,
    )
    around = Surroundings(earlier=place.earlier, article=article, words=_sentence_before(phrase), window=window)
    share, of = find_share(phrase, reading, draft, around)
    related = _inherited(draft, share, of, around)
    return replace(related, share=share, of=of)


def _inherited(figure: Figure, share: str, of: int | None, around: Surroundings) -> Figure:
    """A part ("of whom 12 were children") measures what its whole measures."""
    if share != "part" or of is None or figure.measure != "other":
        return figure
    whole = around.earlier[of]
    return replace(figure, measure=whole.measure, verb=whole.verb, population=figure.population or whole.population)


def _with_tail(phrase: Phrase) -> Quantity:
    """The quantity with its noun, and with a bound or a denominator that stands behind the noun ("100 people or more")."""
    quantity = replace(phrase.quantity, end=max(phrase.quantity.end, phrase.end))
    text = phrase.doc.text
    per = per_after(text, quantity.end) if quantity.per is None and quantity.unit is None else None
    if per is not None and per.per:
        quantity = replace(quantity, per=per.per, end=per.end)
    bound = trailing(text, quantity.end) if quantity.qualifier in {"exact", "about"} else None
    if bound is None or quantity.low is None or bound.qualifier == "about":
        return quantity
    low, high = bounds(quantity.low, bound.qualifier)
    return replace(quantity, qualifier=bound.qualifier, low=low, high=high, end=bound.end)


def _sentence_before(phrase: Phrase) -> str:
    return str(phrase.doc.text[phrase.number.sent.start_char : phrase.start])


def _is_none(phrase: Phrase) -> bool:
    """Whether the parse shows that a numeral counts nothing: a pronoun, or a number inside a name."""
    quantity = phrase.quantity
    number = phrase.number
    if quantity.word and phrase.noun is None and quantity.unit is None and phrase.first.i and phrase.first.nbor(-1).lower_ in _DEFINITE:
        return read_measure(phrase).measure == "other"
    if quantity.word == "one" and quantity.number_end - quantity.number_start == len("one"):
        return _is_pronoun(phrase, number)
    if (
        not quantity.word
        and quantity.unit is None
        and quantity.qualifier == "exact"
        and phrase.doc.text[quantity.number_start : quantity.number_end].isdecimal()
    ):
        return _in_name(phrase)
    return False


def _is_age(phrase: Phrase) -> bool:
    """`Moore, 65, said`: a bare number between commas behind a person."""
    quantity, doc = phrase.quantity, phrase.doc
    place = phrase.first.i
    if place < 2 or phrase.head is not None or quantity.unit is not None or quantity.low is None or not 0 < quantity.low <= _OLDEST:  # noqa: PLR2004 - two tokens before
        return False
    before, person = doc[place - 1], doc[place - 2]
    following = doc[phrase.last.i + 1].lower_ if phrase.last.i + 1 < len(doc) else "."
    if before.lower_ in {"age", "aged", "ages"}:
        return True
    named = person.tag_ in {"NNP", "NNPS"} or is_human(class_of(person.lower_)) or person.pos_ == "NUM"
    return before.lower_ in {",", "and"} and named and following in {",", ".", ";", ")", "and", "of"}


def _is_pronoun(phrase: Phrase, number: Token) -> bool:
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
def _more_words() -> frozenset[str]:
    return frozenset(load_table("shares")["additional"]["words"])


@functools.cache
def _free_names() -> frozenset[str]:
    return frozenset(load_table("shares")["names"]["free"])
