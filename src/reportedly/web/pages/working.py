"""The pages that work: a draft to be checked, pages to be added, a brief to be taken away."""

from collections.abc import Sequence
from typing import Annotated, cast

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from reportedly.api import Desk
from reportedly.errors import UnknownIdError
from reportedly.model import CheckRow, Reading
from reportedly.query.listing import titles_of
from reportedly.tasks.inspection import draft_of
from reportedly.web.asking import Standpoint, read_day
from reportedly.web.making import BriefForm, brief_as, brief_of, checked, story_of
from reportedly.web.rendering import render
from reportedly.web.views.marking import MarkedSpan, Piece, mark
from reportedly.web.wiring import Admin, AnswersOf, IntakeOf, Reader, ServingOf, Standing, own_form, reader

router = APIRouter(include_in_schema=False, dependencies=[Depends(reader)], default_response_class=HTMLResponse)

_KINDS = {
    "md": "text/markdown",
    "html": "text/html",
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
_MOST_FILES = 500  # of one upload


@router.get("/check")
def ask_draft(request: Request, answers: AnswersOf, standpoint: Standing) -> HTMLResponse:
    """The form for a draft."""
    return render(request, "check.html", _check_context(answers.desk, standpoint, "", ""))


@router.post("/check", dependencies=[Depends(own_form)])
def check_draft(
    request: Request,
    answers: AnswersOf,
    serving: ServingOf,
    draft: Annotated[str, Form()] = "",
    story: Annotated[str, Form(max_length=100)] = "",
    as_of: Annotated[str, Form(max_length=40)] = "",
) -> HTMLResponse:
    """What the ledger supports of a draft."""
    if len(draft) > serving.longest_draft:
        raise HTTPException(413, f"a draft may hold {serving.longest_draft:,} characters at most")
    standpoint = Standpoint(as_of=read_day(as_of, "as_of"))
    context = _check_context(answers.desk, standpoint, draft, story)
    if draft.strip():
        reading, question = draft_of(draft), standpoint.question(story=story or None)
        rows = answers.make_beside(checked, reading, question, story=story_of(question))
        context |= {"rows": rows, "pieces": marked(reading, rows)}
    return render(request, "check.html", context)


def _check_context(desk: Desk, standpoint: Standpoint, draft: str, story: str) -> dict[str, object]:
    stories = list(titles_of(desk.library).items())
    return {"standpoint": standpoint, "stories": stories, "draft": draft, "story": story, "rows": None, "pieces": ()}


def marked(reading: Reading, rows: Sequence[CheckRow]) -> tuple[Piece, ...]:
    """A checked text in pieces, each verdict's words leading to its row."""
    spans = (
        MarkedSpan(
            start=row.start,
            end=row.end,
            kind="supported" if row.verdict == "supported" else "questioned",
            link=f"#row-{number}",
        )
        for number, row in enumerate(rows, 1)
    )
    return mark(reading.text, (0, len(reading.text)), spans)


@router.get("/add")
def ask_pages(request: Request, visitor: Reader, serving: ServingOf) -> HTMLResponse:
    """The form for saved pages."""
    return render(request, "add.html", {"may": visitor.may("admin"), "most": serving.largest_upload >> 20})


@router.post("/add", dependencies=[Depends(own_form)])
def add_pages(intake: IntakeOf, visitor: Admin, files: Annotated[list[UploadFile], File()]) -> Response:
    """Take saved pages in."""
    named = [(file.filename, file.file) for file in files if file.filename]
    if not named:
        raise HTTPException(422, "no file was chosen")
    if len(named) > _MOST_FILES:
        raise HTTPException(413, f"{_MOST_FILES} files at most at once; a ZIP or WARC holds more")
    return RedirectResponse(f"/jobs/{intake.take(named, visitor.name).id}", 303)


@router.get("/jobs/{job}")
def show_job(request: Request, job: str, intake: IntakeOf) -> HTMLResponse:
    """How far the adding is."""
    found = intake.find(job)
    if found is None:
        raise UnknownIdError("job", job[:40])
    return render(request, "job.html", {"job": found})


@router.get("/stories/{story}/brief")
def show_brief(request: Request, story: str, answers: AnswersOf, standpoint: Standing) -> HTMLResponse:
    """The cited report of a story."""
    brief = answers.ask_beside(brief_of, standpoint.question(story=story), story=story)
    return render(request, "brief.html", {"brief": brief, "standpoint": standpoint, "story": story})


@router.get("/stories/{story}/brief.{form}")
def take_brief(story: str, form: str, answers: AnswersOf, standpoint: Standing) -> Response:
    """The cited report as a file."""
    if form not in _KINDS:
        raise UnknownIdError("form of a brief", form[:20])
    content = answers.ask_beside(brief_as, standpoint.question(story=story), cast("BriefForm", form), story=story)
    return Response(content, media_type=_KINDS[form], headers={"Content-Disposition": f'attachment; filename="brief.{form}"'})


@router.get("/api")
def describe_api(request: Request) -> HTMLResponse:
    """The routes of the API for people."""
    return render(request, "api.html", {"document": request.app.openapi()})
