"""The routes that change the ledger: corrections, pages."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, File, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from reportedly.api import Correction
from reportedly.errors import UnknownIdError
from reportedly.model import Added, Deed, Judgement, Problem, Row, row_of
from reportedly.tasks import coding
from reportedly.web.jobs import Job, Phase
from reportedly.web.rest import asked
from reportedly.web.rest.answering import one_of
from reportedly.web.wiring import Admin, AnswersOf, Coder, IntakeOf, ServingOf, reader

router = APIRouter(prefix="/api/v1", dependencies=[Depends(reader)])


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRow:
    """Files on their way into the ledger.

    Attributes:
        id: the job's id.
        files: their names.
        done: how many documents are through.
        phase: waiting, reading, linking, done or failed.
        added: what was new; null until it is done.
        problems: what could not be used.
        failure: why it failed; null where it did not.
    """

    id: str
    files: tuple[str, ...]
    done: int
    phase: Phase
    added: Added | None
    problems: tuple[Problem, ...]
    failure: str | None


@router.post("/judgements", status_code=201, responses=one_of(Judgement, 201), summary="Correct the ledger")
def judge(answers: AnswersOf, serving: ServingOf, visitor: Coder, given: asked.Corrected) -> Response:
    """Accept, reject, amend or add a claim, merge or split actors or claims, grade a source. Nothing is overwritten."""
    by = visitor.name if serving.asks_token else given.by
    correction = Correction(
        kind=given.kind,
        targets=tuple(given.targets),
        by=by,
        reason=given.reason,
        changes=given.changes,
        coding=given.coding,
        seen=given.seen,
    )
    return JSONResponse(row_of(answers.desk.judge(correction)), 201)


@router.post("/judgements/{judgement}/undo", responses=one_of(Deed), summary="Take a judgement back")
def undo(judgement: str, answers: AnswersOf, serving: ServingOf, visitor: Coder, given: asked.Undone) -> Response:
    """Take a judgement back; both stay on record."""
    by = visitor.name if serving.asks_token else given.by
    answers.desk.undo(judgement, by=by, reason=given.reason, seen=given.seen)
    return JSONResponse(row_of(next(deed for deed in coding.history(answers.desk) if deed.deed == "undo")))


@router.post("/documents", status_code=202, responses=one_of(JobRow, 202), summary="Add saved pages")
def add(intake: IntakeOf, visitor: Admin, files: Annotated[list[UploadFile], File(min_length=1)]) -> Response:
    """Take files in; the answer names the job that adds them."""
    named = [(file.filename, file.file) for file in files if file.filename]
    if not named:
        raise HTTPException(422, "no file was sent")
    return JSONResponse(job_row(intake.take(named, visitor.name)), 202)


@router.get("/jobs/{job}", responses=one_of(JobRow), summary="How far an adding is")
def job(job: str, intake: IntakeOf) -> Response:
    """The job of an id."""
    found = intake.find(job)
    if found is None:
        raise UnknownIdError("job", job[:40])
    return JSONResponse(job_row(found))


def job_row(job: Job) -> Row:
    """A job as a row."""
    row = JobRow(
        id=job.id,
        files=job.files,
        done=job.done,
        phase=job.phase,
        added=job.added,
        problems=tuple(job.problems),
        failure=job.failure,
    )
    return row_of(row)
