"""What people type into the forms of a claim, and what it says."""

from collections.abc import Awaitable, Callable, Sequence
from itertools import zip_longest
from typing import Annotated, TypeVar, cast, get_args

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError

from reportedly.errors import BadJudgementError
from reportedly.model import Claim, Form, Interval, Qualifier, Row, Stance, decimal_text, row_of
from reportedly.tasks.claims_by_hand import (
    Addition,
    Quoted,
    TypedAct,
    TypedFigure,
    act_choices,
    figure_row,
    measure_names,
    number_of,
    qualifier_for,
)
from reportedly.web.asking import LONGEST_WORDS, read_day

M = TypeVar("M", bound=BaseModel)

LONGEST_NAME = 200  # characters of a name
_LONGEST_CONTENT = 5_000  # characters of a claim's words or their translation
_MOST_FIGURES = 50

Words = Annotated[str, Field(max_length=LONGEST_WORDS)]
Short = Annotated[str, Field(max_length=40)]
Content = Annotated[str, Field(max_length=_LONGEST_CONTENT)]
Column = Annotated[list[Words], Field(max_length=_MOST_FIGURES)]


class Signed(BaseModel):
    """Who judges, why, and what they looked at."""

    by: Annotated[str, Field(max_length=LONGEST_NAME)] = ""
    reason: Words = ""
    seen: int | None = None


class Undone(Signed):
    """A judgement that is taken back."""

    queue: Words = ""


class Described(Signed):
    """The fields of a claim; those of its figures are columns, a row a figure."""

    stance: Words = ""
    speakers: Words = ""
    place: Words = ""
    said_from: Short = ""
    said_to: Short = ""
    happened_from: Short = ""
    happened_to: Short = ""
    translation: Content = ""
    language: Short = "en"
    figure: Column = []
    measure: Column = []
    low: Column = []
    high: Column = []
    qualifier: Column = []
    counted: Column = []
    population: Column = []

    def names(self) -> tuple[str, ...]:
        """The speakers."""
        return tuple(name.strip() for name in self.speakers.split(";") if name.strip())

    def said(self) -> Interval | None:
        """When it was said; None where no day is typed."""
        return _days(self.said_from, self.said_to, "said")

    def happened(self) -> Interval | None:
        """When it happened; None where no day is typed."""
        return _days(self.happened_from, self.happened_to, "happened")

    def figures(self) -> tuple[TypedFigure, ...]:
        """The figures, row by row; a row without any words of the page stands there with none."""
        columns = (self.figure, self.measure, self.low, self.high, self.qualifier, self.counted, self.population)
        return tuple(
            TypedFigure(
                words=words,
                measure=measure,
                low=low,
                high=high,
                qualifier=next((known for known in qualifiers() if known == qualifier), None),
                counted=counted,
                population=population,
            )
            for words, measure, low, high, qualifier, counted, population in zip_longest(*columns, fillvalue="")
        )


class AddedForm(Described):
    """A claim that a person found."""

    content: Annotated[str, Field(min_length=1, max_length=_LONGEST_CONTENT)]
    content_at: int | None = None
    source: Words = ""
    source_at: int | None = None
    cue: Words = ""
    cue_at: int | None = None
    form: Annotated[str, Field(max_length=20)] = ""
    act: Short = ""
    act_words: Words = ""
    agent: Words = ""
    patient: Words = ""
    thing: Words = ""
    negated: Annotated[str, Field(max_length=3)] = ""

    def addition(self, by: str) -> Addition:
        """The claim as typed.

        Raises:
            BadDateError: a day is none.
            BadJudgementError: a number without words.
        """
        return Addition(
            content=Quoted(words=self.content, at=self.content_at),
            source=Quoted(words=self.source, at=self.source_at),
            cue=Quoted(words=self.cue, at=self.cue_at),
            speakers=self.names(),
            stance=cast("Stance", self.stance or "asserts"),
            form=cast("Form", self.form) if self.form in get_args(Form) else None,
            said=self.said(),
            happened=self.happened(),
            place=self.place,
            figures=tuple(typed for typed in self.figures() if _is_filled(typed)),
            act=self.typed_act(),
            translation=self.translation,
            language=self.language,
            by=by,
            reason=self.reason,
            seen=self.seen,
        )

    def typed_act(self) -> TypedAct | None:
        """What it says is done; None where no act is chosen.

        Raises:
            BadJudgementError: something is typed of an act that is not chosen.
        """
        told = (self.act_words, self.agent, self.patient, self.thing)
        if not self.act.strip():
            if any(words.strip() for words in told):
                raise BadJudgementError("choose what is done, or leave the fields of it empty")
            return None
        words, agent, patient, thing = told
        return TypedAct(act=self.act, words=words, agent=agent, patient=patient, counted=thing, negated=bool(self.negated))


class ClaimForm(Described):
    """A judgement on a claim."""

    kind: Annotated[str, Field(pattern="^(accept|reject|amend|grade)$")]
    credibility: Annotated[int, Field(ge=1, le=6)] = 6
    back: Annotated[str, Field(pattern="^(claim|queue)$")] = "claim"
    coding: Annotated[str, Field(max_length=LONGEST_NAME)] = ""
    queue: Words = ""
    drop: Annotated[list[int], Field(max_length=_MOST_FIGURES)] = []


class PrintedForm(BaseModel):
    """A printed text, pasted; it may come as a file instead."""

    draft: str = ""
    story: Annotated[str, Field(max_length=LONGEST_NAME)] = ""
    as_of: Short = ""


def fields_of(model: type[M]) -> Callable[[Request], Awaitable[M]]:
    """Reads the fields of a form that brings a file along with them."""

    async def read(request: Request) -> M:
        given = await request.form()
        try:
            return model.model_validate({name: value for name, value in given.items() if isinstance(value, str)})
        except ValidationError as error:
            raise RequestValidationError(error.errors()) from error

    return read


def qualifiers() -> tuple[Qualifier, ...]:
    """How words may bound a number."""
    return cast("tuple[Qualifier, ...]", get_args(Qualifier))


def stances() -> tuple[Stance, ...]:
    """What a speaker may do with a content."""
    return cast("tuple[Stance, ...]", get_args(Stance))


def _days(first: str, last: str, name: str) -> Interval | None:
    start, end = read_day(first, f"{name} from", last=False), read_day(last, f"{name} to")
    if start is None and end is None:
        return None
    if start and end and start > end:
        raise BadJudgementError(f"{name}: {start} is after {end}")
    return Interval(first=start.isoformat() if start else None, last=end.isoformat() if end else None)


def _is_filled(typed: TypedFigure) -> bool:
    """Whether a row of the form holds a figure.

    Raises:
        BadJudgementError: a number is typed, and no words of the page that say it.
    """
    if typed.words.strip():
        return True
    if typed.low.strip() or typed.high.strip():
        raise BadJudgementError("a number needs the words of the page that say it")
    return False


def amendments(claim: Claim, text: str, form: ClaimForm) -> Row:
    """The fields of a form that differ from the claim.

    Args:
        claim: the claim as the form showed it.
        text: its document's text.
        form: the form; one without figures leaves them as they are.

    Raises:
        BadJudgementError: none does, or a number does not fit.
        BadDateError: a day is none.
    """
    changes: Row = {}
    if form.stance and form.stance != claim.stance:
        changes["stance"] = form.stance
    if form.names() != claim.speakers:
        changes["speakers"] = list(form.names())
        changes["principals"] = []
    if form.place.strip() != (claim.place or ""):
        changes["place"] = form.place.strip() or None
    for name, typed, was in (("said", form.said(), claim.said), ("happened", form.happened(), claim.happened)):
        if _bounds(typed) != _bounds(was):
            changes[name] = row_of(typed) if typed else None
    words = " ".join(form.translation.split())
    if words != (claim.translation.text if claim.translation else ""):
        changes["translation"] = {"text": words, "language": form.language.strip() or "en"} if words else None
    rows = _figures(claim, text, form)
    if rows != [row_of(figure) for figure in claim.figures]:
        changes["figures"] = rows
    if not changes:
        raise BadJudgementError("nothing was changed")
    return changes


def _bounds(interval: Interval | None) -> tuple[object, object]:
    return (interval.first_day, interval.last_day) if interval else (None, None)


def _figures(claim: Claim, text: str, form: ClaimForm) -> list[Row]:
    """The claim's figures as typed: those of the claim first, in their order, then new ones."""
    typed = form.figures()
    old = [row_of(figure) for figure in claim.figures]
    if not typed:
        return old
    kept: Sequence[tuple[int, Row]] = [
        (place, _retyped(row, typed[place]) if place < len(typed) else row) for place, row in enumerate(old) if place not in form.drop
    ]
    moved = {place: new for new, (place, _) in enumerate(kept)}
    rows = [{**row, "of": moved.get(row["of"]) if row["of"] is not None else None} for _, row in kept]
    return rows + [figure_row(text, row, claim.start) for row in typed[len(old) :] if _is_filled(row)]


def _retyped(row: Row, typed: TypedFigure) -> Row:
    low, high = number_of(typed.low), number_of(typed.high)
    if low is not None and high is not None and low > high:
        raise BadJudgementError(f"{typed.low} is more than {typed.high}")
    bounds = {"low": None if low is None else decimal_text(low), "high": None if high is None else decimal_text(high)}
    wished: Qualifier = typed.qualifier or row["qualifier"]
    untouched = bounds == {"low": row["low"], "high": row["high"]} and wished == row["qualifier"]  # "nearly 50" may have one bound
    return {
        **row,
        **bounds,
        "qualifier": wished if untouched else qualifier_for(low, high, wished),
        "measure": typed.measure.strip() or row["measure"],
        "counted": typed.counted.strip() or None,
        "population": typed.population.strip() or None,
    }


def choices() -> dict[str, tuple[str, ...]]:
    """What the fields of a claim's form offer."""
    return {"stances": stances(), "forms": get_args(Form), "qualifiers": qualifiers(), "measures": measure_names(), "acts": act_choices()}
