"""People's corrections: of a claim, of actors, the coding queue, double coding side by side, the audit log."""

import re
from collections import Counter
from typing import Annotated, cast
from urllib.parse import parse_qsl, quote, urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from pydantic import Field
from starlette.responses import HTMLResponse, RedirectResponse, Response

from reportedly.api import Correction
from reportedly.model import Choice, Claim, Interval, JudgementKind, QueueItem, Row, row_of
from reportedly.query.listing import Page, titles_of
from reportedly.tasks import coding
from reportedly.tasks.claims_by_hand import page_text
from reportedly.web.access import Visitor
from reportedly.web.asking import LONGEST_WORDS
from reportedly.web.making import CASES, story_of, too_many, waiting
from reportedly.web.pages.typed import LONGEST_NAME, ClaimForm, Signed, Undone, Words, amendments
from reportedly.web.rendering import render
from reportedly.web.views.claim import words_of
from reportedly.web.views.paging import Pager
from reportedly.web.wiring import AnswersOf, Coder, Reader, ServingOf, Standing, at_one_moment, own_form, reader, serving_of

router = APIRouter(include_in_schema=False, dependencies=[Depends(reader)], default_response_class=HTMLResponse)
changes_only = [Depends(own_form)]

_ASKED = ("story", "coding", "coder", "as_of", "published", "policy", "page", "whole")
_MOST_DEEDS = 200  # on one page of the log
_JUDGEMENT = re.compile("j:[0-9a-f]{1,64}")  # whatever else an address names is not where a form may lead


class ActorsForm(Signed):
    """A judgement on actors."""

    kind: Annotated[str, Field(pattern="^(merge|split|grade)$")]
    names: Annotated[list[str], Field(max_length=100, default_factory=list)]
    reliability: Annotated[str, Field(pattern="^[A-F]?$")] = ""


class ChoiceForm(Signed):
    """The decision between two coders."""

    claim: Words
    judgement: Words


def signature(form: Signed, visitor: Visitor, *, named: bool) -> str:
    """Who signs: the token's name where one was shown, else who they say they are."""
    return visitor.name if named else form.by.strip() or visitor.name


def coder_of(request: Request, visitor: Visitor) -> str:
    """Who codes: the token's name where one was shown, else who the address says, so that two coders can share one machine."""
    return visitor.name if serving_of(request).asks_token else _said(request) or visitor.name


def signer_of(request: Request, visitor: Visitor) -> str:
    """What stands in a field for a name: who the address says, else who signed last in this browser."""
    return _said(request) or visitor.suggested


def _said(request: Request) -> str:
    return request.query_params.get("coder", "")[:LONGEST_NAME].strip()


@router.post("/claims/{claim}/judge", dependencies=changes_only)
def judge_claim(claim: str, answers: AnswersOf, serving: ServingOf, visitor: Coder, form: Annotated[ClaimForm, Form()]) -> Response:
    """Accept, reject, amend or grade a claim."""
    desk = answers.desk
    found = desk.show(claim)
    kind = cast("JudgementKind", form.kind)
    changes: Row = {"credibility": form.credibility} if kind == "grade" else {}
    if kind == "amend":
        changes = amendments(found.claim, page_text(desk, found.claim.id), form)
    correction = Correction(
        kind=kind,
        targets=(found.claim.id,),
        by=signature(form, visitor, named=serving.asks_token),
        reason=form.reason,
        changes=changes,
        coding=(form.coding or None) if kind != "grade" else None,
        seen=form.seen,
    )
    judgement = desk.judge(correction)
    if form.queue or form.back == "queue" or kind == "reject":
        words = {"coding": form.coding, "coder": correction.by} if form.coding else {}
        return RedirectResponse(queue_address(form.queue, done=judgement.id, **words), 303)
    return RedirectResponse(f"/claims/{found.claim.id}?done={judgement.id}", 303)


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
def undo(judgement: str, answers: AnswersOf, serving: ServingOf, visitor: Coder, form: Annotated[Undone, Form()]) -> Response:
    """Take a judgement back; both stay on record."""
    by = signature(form, visitor, named=serving.asks_token)
    answers.desk.undo(judgement, by=by, reason=form.reason, seen=form.seen)
    return RedirectResponse(queue_address(form.queue, done="undo") if form.queue else "/judgements?done=undo", 303)


def queue_address(words: str, **more: str) -> str:
    """The address of the queue that a form came from.

    Args:
        words: the query of its address, as the form brings it; what no queue is asked is left out.
        more: what it is asked besides.
    """
    asked = {name: value for name, value in parse_qsl(words) if name in _ASKED}
    return f"/queue?{urlencode(asked | more)}"


@router.get("/judgements")
@at_one_moment
def log(request: Request, answers: AnswersOf, visitor: Reader, standpoint: Standing, done: str = "") -> HTMLResponse:
    """Who did what, the newest first; what another coder says is hidden from a coder until it is settled."""
    seen = answers.revision
    deeds = coding.history(answers.desk, viewer=coder_of(request, visitor))[:_MOST_DEEDS]
    context = {"deeds": deeds, "seen": seen, "done": done[:40], "codings": coding.codings(answers.desk), "standpoint": standpoint}
    return render(request, "judgements.html", context)


@router.get("/queue")
@at_one_moment
def queue(
    request: Request,
    answers: AnswersOf,
    visitor: Reader,
    standpoint: Standing,
    name: Annotated[str, Query(alias="coding", max_length=LONGEST_NAME)] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> HTMLResponse:
    """What to judge first: the claims whose rejection would move low and high the most."""
    seen = answers.revision
    story, done = request.query_params.get("story", "")[:LONGEST_NAME], request.query_params.get("done", "")
    question = standpoint.question(story=story or None, limit=CASES, offset=(page - 1) * CASES)
    me = coder_of(request, visitor)
    whole = "yes" if request.query_params.get("whole") == "yes" else None
    many = too_many(answers, story, whole)
    nothing: Page[QueueItem] = Page(rows=(), total=0)
    found = nothing if many else answers.ask_beside(waiting, question, me if name else "", name or None, story=story_of(question))
    told = {move.story for item in found.rows for move in item.moves} | ({story} if story else set())
    context = {
        "items": found.rows,
        "left": found.total,
        "many": many,
        "whole": whole,
        "pager": Pager(page=page, size=CASES, total=found.total),
        "asked": urlencode({key: value for key, value in request.query_params.items() if key in _ASKED and value})[:LONGEST_WORDS],
        "seen": seen,
        "coding": name,
        "coder": me,
        "story": story,
        "titles": titles_of(answers.desk.library, told),
        "may": visitor.may("code"),
        "done": done[:40],
        "undoes": done if _JUDGEMENT.fullmatch(done) else None,
        "standpoint": standpoint,
    }
    return render(request, "queue.html", context)


@router.get("/codings")
def double_codings(request: Request, answers: AnswersOf, visitor: Reader, standpoint: Standing) -> HTMLResponse:
    """The double codings, how far each is, and how far its coders agree on the verdict."""
    rows = []
    for name in coding.codings(answers.desk):
        states = Counter(row.state for row in coding.adjudication(answers.desk, name))
        verdict = coding.agreement(answers.desk, name)[0]
        rows.append({"name": name, "states": states, "verdict": verdict})
    context = {"rows": rows, "signer": signer_of(request, visitor), "may": visitor.may("code"), "standpoint": standpoint}
    return render(request, "codings.html", context)


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
    said, happened = claim.said, claim.happened
    return {
        "stance": claim.stance,
        "speakers": "; ".join(claim.speakers),
        "place": row["place"] or "",
        "said_from": _day(said, first=True),
        "said_to": _day(said, first=False),
        "happened_from": _day(happened, first=True),
        "happened_to": _day(happened, first=False),
        "translation": claim.translation.text if claim.translation else "",
        "language": claim.translation.language if claim.translation else "en",
        "figures": row["figures"],
        "words": words_of(claim),
    }


def _day(interval: Interval | None, *, first: bool) -> str:
    day = (interval.first_day if first else interval.last_day) if interval else None
    return day.isoformat() if day else ""
