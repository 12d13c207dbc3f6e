"""A document as it was read, and claims that a person finds in it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from reportedly.api import Desk
from reportedly.errors import BadDateError, BadJudgementError, UnknownIdError
from reportedly.model import Row
from reportedly.tasks.claims_by_hand import add_claim
from reportedly.web.pages.judging import signature
from reportedly.web.pages.typed import AddedForm, choices
from reportedly.web.rendering import render
from reportedly.web.views.claim import EVIDENCE
from reportedly.web.views.sources import DocumentPage, document_page
from reportedly.web.wiring import AnswersOf, Coder, Reader, ServingOf, Standing, at_one_moment, own_form, reader, standing

router = APIRouter(include_in_schema=False, dependencies=[Depends(reader)], default_response_class=HTMLResponse)

_BROUGHT = ("content", "content_at")
_LONGEST = 5_000  # characters that an address brings
_NO_CLAIM = AddedForm.model_construct(content="").model_dump()


@router.get("/documents/{document}")
@at_one_moment
def show(request: Request, document: str, answers: AnswersOf, standpoint: Standing, visitor: Reader) -> HTMLResponse:
    """A document as it was read, its claims marked; an address may bring words that were selected elsewhere."""
    page = answers.ask(("document", document), lambda desk: _page(desk, document))
    brought = {name: request.query_params[name][:_LONGEST] for name in _BROUGHT if name in request.query_params}
    context = {"page": page, "standpoint": standpoint, "may": visitor.may("code"), **adding({**_NO_CLAIM, **brought})}
    return render(request, "document.html", context)


@router.post("/documents/{document}/claims", dependencies=[Depends(own_form)])
def add(
    request: Request,
    document: str,
    answers: AnswersOf,
    serving: ServingOf,
    visitor: Coder,
    form: Annotated[AddedForm, Form()],
) -> Response:
    """Add a claim; where it cannot be, the page shows again what was typed, and why."""
    by = signature(form, visitor, named=serving.asks_token)
    try:
        judgement = add_claim(answers.desk, document, form.addition(by))
    except (BadJudgementError, BadDateError) as error:
        page = answers.ask(("document", document), lambda desk: _page(desk, document))
        context = {
            "page": page,
            "standpoint": standing(request),
            "may": True,
            "evidence": EVIDENCE,
            **adding(form.model_dump(), str(error)),
        }
        return render(request, "document.html", context, status=422)
    return RedirectResponse(f"/claims/{judgement.targets[0]}?done={judgement.id}", 303)


def _page(desk: Desk, document: str) -> DocumentPage:
    held = desk.library.documents({document})
    if document not in held.documents:
        raise UnknownIdError("document", document[:80])
    return document_page(held, document, desk.library.revision)


def adding(typed: Row, refused: str = "") -> Row:
    """What the form for a new claim shows, and how the page says where a date is from.

    Args:
        typed: what stands in its fields.
        refused: why what was typed could not be stored; empty where nothing was refused.
    """
    return {"typed": typed, "refused": refused, "choices": choices(), "evidence": EVIDENCE}
