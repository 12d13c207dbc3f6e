"""The pages that trace: lives of numbers, documents that the heap has at second hand alone, what no longer holds of a printed text."""

from typing import Annotated

from fastapi import APIRouter, Depends, File, Query, Request, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from reportedly.model import Life, PrimaryRow, Row
from reportedly.query.listing import Page
from reportedly.tasks.inspection import draft_of, printed_text
from reportedly.web.asking import LONGEST_WORDS, Standpoint, read_day
from reportedly.web.making import listed, lives_shown, story_of, too_many, watched
from reportedly.web.pages.handing import stories_of
from reportedly.web.pages.typed import PrintedForm, fields_of
from reportedly.web.pages.working import marked
from reportedly.web.rendering import render
from reportedly.web.wiring import AnswersOf, ServingOf, Standing, own_form, reader

router = APIRouter(include_in_schema=False, dependencies=[Depends(reader)], default_response_class=HTMLResponse)

Words = Annotated[str, Query(max_length=LONGEST_WORDS)]

PAGE = 100  # rows of one page


@router.get("/lives")
def lives(
    request: Request, answers: AnswersOf, standpoint: Standing, story: Words = "", measure: Words = "", *, changed: bool = False
) -> HTMLResponse:
    """The lives of numbers."""
    question = standpoint.question(story=story or None, limit=PAGE)
    many = too_many(answers, story, request.query_params.get("whole"))
    nothing: tuple[Page[Life], tuple[str, ...]] = Page(rows=(), total=0), ()
    found, measures = nothing if many else answers.ask_beside(lives_shown, question, measure, changed, story=story_of(question))
    context = {
        "many": many,
        "rows": found.rows,
        "total": found.total,
        "measures": measures,
        "measure": measure,
        "changed": changed,
        "stories": stories_of(answers, story),
        "story": story,
        "standpoint": standpoint,
    }
    return render(request, "lives.html", context)


@router.get("/primaries")
def primaries(request: Request, answers: AnswersOf, standpoint: Standing, story: Words = "") -> HTMLResponse:
    """What the heap holds at second hand alone."""
    question = standpoint.question(story=story or None, limit=PAGE)
    many = too_many(answers, story, request.query_params.get("whole"))
    nothing: Page[PrimaryRow] = Page(rows=(), total=0)
    found = nothing if many else answers.ask_beside(listed, "primaries", question, story=story_of(question))
    stories = stories_of(answers, story)
    context = {"many": many, "rows": found.rows, "total": found.total, "stories": stories, "story": story, "standpoint": standpoint}
    return render(request, "primaries.html", context)


@router.get("/watch")
def ask_printed(request: Request, answers: AnswersOf, standpoint: Standing, story: Words = "") -> HTMLResponse:
    """The form for a printed text."""
    context = {"stories": stories_of(answers, story), "story": story, "draft": "", "rows": None, "standpoint": standpoint}
    return render(request, "watch.html", context)


@router.post("/watch", dependencies=[Depends(own_form)])
def watch_printed(
    request: Request,
    answers: AnswersOf,
    serving: ServingOf,
    form: Annotated[PrintedForm, Depends(fields_of(PrintedForm))],
    file: Annotated[UploadFile | None, File()] = None,
) -> HTMLResponse:
    """What no longer holds of a printed text, pasted or in a file."""
    standpoint = Standpoint(as_of=read_day(form.as_of, "as_of"))
    context: Row = {
        "stories": stories_of(answers, form.story),
        "story": form.story,
        "draft": form.draft,
        "rows": None,
        "standpoint": standpoint,
    }
    brought = file if file and file.filename else None
    if brought or form.draft.strip():
        reading = printed_text(brought.file.read(), brought.filename or "printed") if brought else draft_of(form.draft)
        if len(reading.text) > serving.longest_draft:
            raise HTTPException(413, f"a printed text may hold {serving.longest_draft:,} characters at most")
        question = standpoint.question(story=form.story or None)
        rows = answers.make_beside(watched, reading, question, story=story_of(question))
        context |= {"rows": rows, "pieces": marked(reading, rows), "name": brought.filename if brought else ""}
    return render(request, "watch.html", context)
