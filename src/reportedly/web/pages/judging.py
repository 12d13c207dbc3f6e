"""People's corrections: of a claim, of actors, the coding queue, double coding side by side, the audit log."""

from typing import Annotated, Any, cast, get_args
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import HTMLResponse, RedirectResponse, Response

from reportedly import coding
from reportedly.api import Correction
from reportedly.errors import BadJudgementError, UnknownIdError
from reportedly.model import Choice, Claim, JudgementKind, Row, Stance, row_of
from reportedly.web.access import Visitor
from reportedly.web.asking import LONGEST_WORDS, read_day
from reportedly.web.rendering import render
from reportedly.web.views.claim import words_of
from reportedly.web.wiring import AnswersOf, Coder, Reader, ServingOf, Standing, own_form, reader

router = APIRouter(include_in_schema=False, dependencies=[Depends(reader)], default_response_class=HTMLResponse)
changes_only = [Depends(own_form)]

MOST_CASES = 20  # on one page of the queue
_MOST_DEEDS = 200  # on one page of the log
_NAME = 200  # characters

Words = Annotated[str, Field(max_length=LONGEST_WORDS)]


class Signed(BaseModel):
    """Who judges, why, and what they looked at."""

    by: Annotated[str, Field(max_length=_NAME)] = ""
    reason: Words = ""
    seen: int | None = None


class ClaimForm(Signed):
    """A judgement on a claim."""

    kind: Annotated[str, Field(pattern="^(accept|reject|amend)$")]
    back: Annotated[str, Field(pattern="^(claim|queue)$")] = "claim"
    coding: Annotated[str, Field(max_length=_NAME)] = ""
    stance: Words = ""
    speakers: Words = ""
    place: Words = ""
    said_from: Annotated[str, Field(max_length=40)] = ""
    said_to: Annotated[str, Field(max_length=40)] = ""


class AddedForm(Signed):
    """A claim that a person found."""

    content: Annotated[str, Field(min_length=1, max_length=5_000)]
    speakers: Words = ""
    stance: Words = "asserts"
    at: int | None = None


class ActorsForm(Signed):
    """A judgement on actors."""

    kind: Annotated[str, Field(pattern="^(merge|split|grade)$")]
    names: Annotated[list[str], Field(max_length=100)] = []
    reliability: Annotated[str, Field(pattern="^[A-F]?$")] = ""


class ChoiceForm(Signed):
    """The decision between two coders."""

    claim: Words
    judgement: Words


def signature(form: Signed, visitor: Visitor, *, named: bool) -> str:
    """Who signs: the token's name where one was shown, else who they say they are."""
    return visitor.name if named else form.by.strip() or visitor.name


def stances() -> tuple[Stance, ...]:
    """What a speaker may do with a content."""
    return cast("tuple[Stance, ...]", get_args(Stance))


@router.post("/claims/{claim}/judge", dependencies=changes_only)
def judge_claim(claim: str, answers: AnswersOf, serving: ServingOf, visitor: Coder, form: Annotated[ClaimForm, Form()]) -> Response:
    """Accept, reject or amend a claim."""
    desk = answers.desk
    found = desk.show(claim)
    kind = cast("JudgementKind", form.kind)
    changes = amendments(found.claim, form) if kind == "amend" else {}
    correction = Correction(
        kind=kind,
        targets=(found.claim.id,),
        by=signature(form, visitor, named=serving.asks_token),
        reason=form.reason,
        changes=changes,
        coding=form.coding or None,
        seen=form.seen,
    )
    judgement = desk.judge(correction)
    if form.back == "queue" or kind == "reject":
        return RedirectResponse(f"/queue?done={judgement.id}" + (f"&coding={quote(form.coding)}" if form.coding else ""), 303)
    return RedirectResponse(f"/claims/{found.claim.id}?done={judgement.id}", 303)


def amendments(claim: Claim, form: ClaimForm) -> Row:
    """The fields of a form that differ from the claim.

    Raises:
        BadJudgementError: none does.
        BadDateError: a day is none.
    """
    changes: Row = {}
    if form.stance and form.stance != claim.stance:
        changes["stance"] = form.stance
    speakers = [name.strip() for name in form.speakers.split(";") if name.strip()]
    if speakers != list(claim.speakers):
        changes["speakers"] = speakers
        changes["principals"] = []
    if form.place.strip() != (claim.place or ""):
        changes["place"] = form.place.strip() or None
    first, last = read_day(form.said_from, "said from", last=False), read_day(form.said_to, "said to")
    was = (claim.said.first_day, claim.said.last_day) if claim.said else (None, None)
    if (first, last) != was:
        changes["said"] = {"from": first.isoformat() if first else None, "to": last.isoformat() if last else None}
    if not changes:
        raise BadJudgementError("nothing was changed")
    return changes


@router.post("/documents/{document}/claims", dependencies=changes_only)
def add_claim(document: str, answers: AnswersOf, serving: ServingOf, visitor: Coder, form: Annotated[AddedForm, Form()]) -> Response:
    """Add a claim that a person found in a text."""
    desk = answers.desk
    held = desk.holdings()
    if document not in held.documents:
        raise UnknownIdError("document", document[:80])
    text, words = held.text_of(document), form.content.replace("\r\n", "\n")
    start = form.at if form.at is not None and text[form.at : form.at + len(words)] == words else text.find(words)
    if start < 0:
        raise BadJudgementError("these words do not stand in this text; copy them from it as they are")
    speakers = [name.strip() for name in form.speakers.split(";") if name.strip()]
    changes: dict[str, Any] = {
        "content": {"start": start, "end": start + len(words)},
        "stance": form.stance,
        "form": "indirect" if speakers else "narration",
        "speakers": speakers,
    }
    by = signature(form, visitor, named=serving.asks_token)
    judgement = desk.judge(Correction(kind="add", targets=(document,), by=by, reason=form.reason, changes=changes, seen=form.seen))
    return RedirectResponse(f"/claims/{judgement.targets[0]}?done={judgement.id}", 303)


@router.post("/actors", dependencies=changes_only)
def judge_actors(answers: AnswersOf, serving: ServingOf, visitor: Coder, form: Annotated[ActorsForm, Form()]) -> Response:
    """Merge or split actors, or grade a source."""
    changes = {"reliability": form.reliability} if form.kind == "grade" else {}
    judgement = answers.desk.judge(
        Correction(
            kind=cast("JudgementKind", form.kind),
            targets=tuple(dict.fromkeys(form.names)),
            by=signature(form, visitor, named=serving.asks_token),
            reason=form.reason,
            changes=changes,
            seen=form.seen,
        )
    )
    return RedirectResponse(f"/judgements?done={judgement.id}", 303)


@router.post("/judgements/{judgement}/undo", dependencies=changes_only)
def undo(judgement: str, answers: AnswersOf, serving: ServingOf, visitor: Coder, form: Annotated[Signed, Form()]) -> Response:
    """Take a judgement back; both stay on record."""
    by = signature(form, visitor, named=serving.asks_token)
    answers.desk.undo(judgement, by=by, reason=form.reason, seen=form.seen)
    return RedirectResponse("/judgements?done=undo", 303)


@router.get("/judgements")
def log(request: Request, answers: AnswersOf, visitor: Reader, standpoint: Standing, done: str = "") -> HTMLResponse:
    """Who did what, the newest first; what another coder says is hidden from a coder until it is settled."""
    seen = answers.revision
    deeds = coding.history(answers.desk, viewer=visitor.name)[:_MOST_DEEDS]
    context = {"deeds": deeds, "seen": seen, "done": done[:40], "codings": coding.codings(answers.desk), "standpoint": standpoint}
    return render(request, "judgements.html", context)


@router.get("/queue")
def queue(
    request: Request,
    answers: AnswersOf,
    visitor: Reader,
    standpoint: Standing,
    name: Annotated[str, Query(alias="coding", max_length=_NAME)] = "",
) -> HTMLResponse:
    """What to judge first: the claims whose rejection would move low and high the most."""
    seen = answers.revision
    story = request.query_params.get("story", "")[:_NAME]
    question = standpoint.question(story=story or None)
    coder = visitor.name if name else ""
    items = answers.ask(("queue", coder, name, question), lambda desk: coding.queue(desk, question, coder=coder, coding=name or None))
    titles = {found.id: found.title for found in answers.desk.holdings().links.stories}
    context = {
        "items": items[:MOST_CASES],
        "left": len(items),
        "seen": seen,
        "coding": name,
        "story": story,
        "titles": titles,
        "may": visitor.may("code"),
        "done": request.query_params.get("done", "")[:40],
        "standpoint": standpoint,
    }
    return render(request, "queue.html", context)


@router.get("/codings/{name}")
def adjudicate(request: Request, name: str, answers: AnswersOf, visitor: Reader, standpoint: Standing) -> HTMLResponse:
    """A double coding side by side, and how far its coders agree."""
    seen = answers.revision
    context = {
        "name": name,
        "rows": coding.adjudication(answers.desk, name),
        "agreement": coding.agreement(answers.desk, name),
        "seen": seen,
        "may": visitor.may("code"),
        "standpoint": standpoint,
    }
    return render(request, "coding.html", context)


@router.post("/codings/{name}", dependencies=changes_only)
def settle(name: str, answers: AnswersOf, serving: ServingOf, visitor: Coder, form: Annotated[ChoiceForm, Form()]) -> Response:
    """Put one coder's view in force."""
    by = signature(form, visitor, named=serving.asks_token)
    coding.settle(answers.desk, name, form.claim, Choice(judgement=form.judgement, by=by, reason=form.reason, seen=form.seen))
    return RedirectResponse(f"/codings/{quote(name)}", 303)


def claim_form(claim: Claim) -> Row:
    """What stands in the fields of a claim's form."""
    row = row_of(claim)
    said = claim.said
    return {
        "stance": claim.stance,
        "stances": stances(),
        "speakers": "; ".join(claim.speakers),
        "place": row["place"] or "",
        "said_from": said.first_day.isoformat() if said and said.first_day else "",
        "said_to": said.last_day.isoformat() if said and said.last_day else "",
        "words": words_of(claim),
    }
