"""Adding a claim that a person found in a page, in whatever language: its words as they stand there, the claim typed, a translation.

add_claim(desk, document, addition)      the judgement that adds it
figure_row(text, typed, near)            a number as a person types it, as the row of a figure
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from reportedly.api import Correction, Desk
from reportedly.errors import BadJudgementError, UnknownIdError
from reportedly.model import Article, Form, Interval, Judgement, Qualifier, Row, Stance, decimal_text, row_of

__all__ = [
    "Addition",
    "Quoted",
    "TypedAct",
    "TypedFigure",
    "act_choices",
    "add_claim",
    "figure_row",
    "measure_names",
    "number_of",
    "page_text",
    "qualifier_for",
]

_QUOTES = ("“", '"', "«", "„", "\u2018", "'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Words of a page, as a reader selected or copied them.

    Attributes:
        words: the words; blanks and line breaks may differ from the page's.
        at: first character of the selection in the text, in code points; None where nobody knows, and the words are looked for.
    """

    words: str
    at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedFigure:
    """A number as a person types it.

    Attributes:
        words: the printed words, a part of the claim's.
        measure: what is measured.
        low: its lower bound, as typed; empty leaves it open.
        high: its upper bound, as typed; empty leaves it open.
        qualifier: how the words bound the number; None reads it off the bounds.
        counted: what is counted; empty where nothing says.
        population: whose people or things are counted; empty where nothing says.
    """

    words: str
    measure: str = "other"
    low: str = ""
    high: str = ""
    qualifier: Qualifier | None = None
    counted: str = ""
    population: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedAct:
    """What a claim says is done, as a person types it; by it the claim joins what other reports say of the same act.

    Attributes:
        act: one of `act_choices()`.
        words: the words that name it, a part of the claim's; empty takes all of them.
        agent: the canonical name of who does it; empty where nobody is named.
        patient: the canonical name of whom or where it is done to; empty where none is named.
        counted: what is acted on ("troops"); empty where nothing says.
        negated: whether the words say that it did not happen.
    """

    act: str
    words: str = ""
    agent: str = ""
    patient: str = ""
    counted: str = ""
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A claim that a person found.

    Attributes:
        content: the words that put it forward.
        source: the words that name who is reported; None where none do.
        cue: the words that report it; None where none do.
        speakers: canonical names; none for the outlet's own voice or where nobody is named.
        stance: what the speaker does with the content.
        form: direct, indirect, mixed or narration; None reads it off the words and speakers.
        said: when it was uttered; None takes the article's publication as the latest day.
        happened: when what it is about took place; None where nothing says.
        place: where it took place; empty where nothing says.
        figures: its numbers.
        act: what it says is done; None where it is about no act, and enters no statement.
        translation: the content in the desk's language; empty where none is needed.
        language: the language of the translation, an ISO 639-1 code.
        by: who adds it.
        reason: why.
        seen: revision of the ledger that they looked at; None does not look whether somebody else judged since.
    """

    content: Quoted
    by: str
    source: Quoted | None = None
    cue: Quoted | None = None
    speakers: tuple[str, ...] = ()
    stance: Stance = "asserts"
    form: Form | None = None
    said: Interval | None = None
    happened: Interval | None = None
    place: str = ""
    figures: tuple[TypedFigure, ...] = field(default_factory=tuple)
    act: TypedAct | None = None
    translation: str = ""
    language: str = "en"
    reason: str = ""
    seen: int | None = None


def add_claim(desk: Desk, document: str, addition: Addition) -> Judgement:
    """Add a claim to a document.

    Args:
        desk: the ledger's desk.
        document: the document's id.
        addition: the claim.

    Returns:
        The judgement; its target is the claim's id.

    Raises:
        UnknownIdError: the ledger has no such document.
        BadJudgementError: the words do not stand there, or in several places, or a field does not fit.
        ConflictError: somebody else judged the same since the revision that they saw.
    """
    held = desk.store.holdings_of([document])
    if document not in held.documents:
        raise UnknownIdError("document", document[:80])
    text = held.text_of(document)
    first, last = find_words(text, addition.content)
    articles = [article for key, article in held.articles.items() if key[0] == document]
    article = next((a for a in articles if any(p.start <= first < p.end for p in a.passages)), None)
    changes = _changes(text, (first, last), article, addition)
    return desk.judge(
        Correction(kind="add", targets=(document,), by=addition.by, reason=addition.reason, changes=changes, seen=addition.seen)
    )


def page_text(desk: Desk, claim: str) -> str:
    """The text that a claim stands in.

    Args:
        desk: the ledger's desk.
        claim: the claim's id or the start of one.

    Raises:
        UnknownIdError: no claim has that id.
        AmbiguousIdError: several begin so.
    """
    document = desk.store.find_claim(claim).document
    return desk.store.holdings_of([document]).text_of(document)


def measure_names() -> tuple[str, ...]:
    """What may be measured, `other` last."""
    from reportedly.language.numerals.measures import measures  # noqa: PLC0415 - its tables are read only where somebody types

    return (*measures(), "other")


def act_choices() -> tuple[str, ...]:
    """The acts that a claim may be about."""
    from reportedly.language.acts import act_names  # noqa: PLC0415 - as above

    return act_names()


def _changes(text: str, content: tuple[int, int], article: Article | None, addition: Addition) -> dict[str, Any]:
    outlet = article.outlet if article else None
    form = addition.form or _form(text[content[0] : content[1]], addition)
    changes: dict[str, Any] = {
        "content": _span(content),
        "form": form,
        "stance": addition.stance,
        "speakers": list(addition.speakers) or ([outlet] if outlet and form == "narration" else []),
        "via": [outlet] if outlet and form != "narration" else [],
        "said": _said(addition.said, article),
        "part": _part(article, content[0]),
    }
    for name, quoted in (("source", addition.source), ("cue", addition.cue)):
        if quoted and quoted.words.strip():
            changes[name] = _span(find_words(text, quoted, near=content[0]))
    if addition.happened:
        changes["happened"] = row_of(addition.happened)
    if addition.place.strip():
        changes["place"] = addition.place.strip()
    if addition.figures:
        changes["figures"] = [figure_row(text, typed, content[0]) for typed in addition.figures]
    if addition.act:
        changes["acts"] = [act_row(text, addition.act, content)]
    if addition.translation.strip():
        words = " ".join(addition.translation.split())
        changes["translation"] = {"text": words, "by": addition.by, "language": addition.language.strip() or "en"}
    return changes


def _form(words: str, addition: Addition) -> Form:
    if not addition.speakers and not (addition.source and addition.source.words.strip()):
        return "narration"
    return "direct" if words.strip().startswith(_QUOTES) else "indirect"


def _said(said: Interval | None, article: Article | None) -> Row | None:
    """When it was said; where nobody tells, no later than the article was published (design section 5)."""
    if said is not None:
        return row_of(said)
    published = article.published if article else None
    return row_of(Interval(first=None, last=published.last, basis="published")) if published and published.last else None


def _part(article: Article | None, place: int) -> str:
    passages = article.passages if article else ()
    return next((passage.role for passage in passages if passage.start <= place < passage.end), "body")


def _span(place: tuple[int, int]) -> dict[str, int]:
    return {"start": place[0], "end": place[1]}


def find_words(text: str, quoted: Quoted, *, near: int | None = None) -> tuple[int, int]:
    """Where words stand in a text, whatever blanks and line breaks are between them there.

    Args:
        text: the text.
        quoted: the words.
        near: of several places the nearest to this one is taken; None takes none of several.

    Returns:
        First character and one past the last.

    Raises:
        BadJudgementError: they stand nowhere, or in several places.
    """
    words = quoted.words.split()
    if not words:
        raise BadJudgementError("a claim needs words of the page")
    pattern = r"\s+".join(map(re.escape, words))
    places = _places(rf"(?<!\w){pattern}(?!\w)", text) or _places(pattern, text)  # some scripts set no blanks between words
    if quoted.at is not None and (exact := [place for place in _places(pattern, text) if place[0] == quoted.at]):
        return exact[0]
    if not places:
        raise BadJudgementError(f"the words “{quoted.words.strip()[:80]}” do not stand in this text; copy them from it as they are")
    if quoted.at is not None:
        near = quoted.at
    if near is None and len(places) > 1:
        raise BadJudgementError(f"these words stand {len(places)} times in this text; copy a longer stretch, or select them on the page")
    return min(places, key=lambda place: abs(place[0] - (near or 0)))


def _places(pattern: str, text: str) -> list[tuple[int, int]]:
    """Where a pattern fits, also where one place laps over another."""
    return [found.span(1) for found in re.finditer(f"(?=({pattern}))", text)]


def figure_row(text: str, typed: TypedFigure, near: int) -> Row:
    """The row of a figure.

    Args:
        text: the document's text.
        typed: the number as typed.
        near: where its claim begins.

    Raises:
        BadJudgementError: its words do not stand in the text, or a bound is no number or above the other.
    """
    start, end = find_words(text, Quoted(words=typed.words), near=near)
    low, high = number_of(typed.low), number_of(typed.high)
    if low is not None and high is not None and low > high:
        raise BadJudgementError(f"{typed.low} is more than {typed.high}")
    return {
        "start": start,
        "end": end,
        "text": text[start:end],
        "low": None if low is None else decimal_text(low),
        "high": None if high is None else decimal_text(high),
        "qualifier": qualifier_for(low, high, typed.qualifier),
        "measure": typed.measure.strip() or "other",
        "counted": typed.counted.strip() or None,
        "population": typed.population.strip() or None,
    }


def act_row(text: str, typed: TypedAct, content: tuple[int, int]) -> Row:
    """The row of an act.

    Args:
        text: the document's text.
        typed: the act as typed.
        content: the place of its claim's content.

    Raises:
        BadJudgementError: its words do not stand in the content, or the act is none that is known.
    """
    if typed.act not in act_choices():
        raise BadJudgementError(f"{typed.act[:80]!r} is no act; there are {', '.join(act_choices())}")
    start, end = find_words(text, Quoted(words=typed.words), near=content[0]) if typed.words.strip() else content
    if not content[0] <= start < end <= content[1]:
        raise BadJudgementError(f"the words “{typed.words.strip()[:80]}” do not stand in the claim")
    return {
        "start": start,
        "end": end,
        "text": text[start:end],
        "act": typed.act,
        "agent": typed.agent.strip() or None,
        "patient": typed.patient.strip() or None,
        "counted": typed.counted.strip() or None,
        "negated": typed.negated,
    }


def number_of(words: str) -> Decimal | None:
    """A number as a person types it, thousands apart or not; None where nothing is typed: it is not known, and never nought.

    Raises:
        BadJudgementError: it is no number.
    """
    bare = re.sub(r"(?<=\d)[,\s\u00a0\u202f](?=\d{3})", "", words.strip())
    if not bare:
        return None
    try:
        number = Decimal(bare)
    except InvalidOperation as error:
        raise BadJudgementError(f"{words[:40]!r} is no number") from error
    if not number.is_finite():
        raise BadJudgementError(f"{words[:40]!r} is no number")
    return number


def qualifier_for(low: Decimal | None, high: Decimal | None, wished: Qualifier | None) -> Qualifier:
    """How words bound a number: as wished where that fits the bounds, else what the bounds say.

    Args:
        low: the lower bound; None is open.
        high: the upper bound; None is open.
        wished: what a person says, or what stood there before; None leaves it to the bounds.
    """
    if low is None and high is None:
        return "vague"
    fitting: tuple[Qualifier, ...]
    if high is None:
        fitting = ("at_least", "more_than")
    elif low is None:
        fitting = ("up_to", "fewer_than")
    else:
        fitting = ("exact", "about", "nearly") if low == high else ("range",)
    return wished if wished is not None and wished in fitting else fitting[0]
