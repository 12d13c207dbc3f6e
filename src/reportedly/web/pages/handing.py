"""The pages that hand over and take in: exports, an infobox, bundles and coded sheets."""

import io
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, cast

from fastapi import APIRouter, Depends, File, Query, Request, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from reportedly.errors import UnknownIdError
from reportedly.model import Row
from reportedly.query.listing import titles_of
from reportedly.tasks import handover
from reportedly.tasks.inspection import policies
from reportedly.web.answers import Answers
from reportedly.web.making import exported, infobox_of, story_of
from reportedly.web.pages.judging import signature
from reportedly.web.pages.typed import Signed, fields_of
from reportedly.web.rendering import render
from reportedly.web.wiring import AnswersOf, Coder, Reader, ServingOf, Standing, own_form, reader

router = APIRouter(include_in_schema=False, dependencies=[Depends(reader)], default_response_class=HTMLResponse)

FORMS: Mapping[handover.ExportForm, tuple[str, str]] = {
    "csv": ("Tables as CSV", "a ZIP of tables for spreadsheets and R: documents, articles, claims, figures, series, entries, positions, …"),
    "parquet": ("Tables as Parquet", "the same for pandas, Polars and DuckDB, with types"),
    "ucdp-style": ("Coding sheet, UCDP style", "a row for each series of people killed; filled in, it comes back"),
    "airwars-style": ("Coding sheet, Airwars style", "a row for each event with civilians killed or injured; filled in, it comes back"),
    "jsonld": ("Linked data", "JSON-LD: schema.org claims, Web Annotation anchors, PROV"),
    "ftm": ("FollowTheMoney", "statements for Aleph and nomenklatura"),
    "timelinejs": ("TimelineJS", "the timeline"),
    "bundle": ("Bundle", "documents with texts, claims and corrections as one file, for another desk and for whoever checks a brief"),
}
"""What an export is called, and what it is."""

_TYPES = {".csv": "text/csv", ".json": "application/json", ".jsonld": "application/ld+json", ".jsonl": "application/jsonl"}
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment that a ZIP archive can name
_LONGEST_ID = 200  # characters


def stories_of(answers: Answers, chosen: str) -> list[tuple[str, str]]:
    """Id and title of the stories that a form offers: those of the newest reports, and the one that is chosen."""
    return answers.ask(("titles", chosen), lambda desk: list(titles_of(desk.library, [chosen] if chosen else []).items()))


@router.get("/exports")
def ask_export(
    request: Request, answers: AnswersOf, standpoint: Standing, story: Annotated[str, Query(max_length=_LONGEST_ID)] = ""
) -> HTMLResponse:
    """The form for an export."""
    context = {
        "forms": FORMS,
        "stories": stories_of(answers, story),
        "story": story,
        "policies": policies(),
        "policy": standpoint.policy or answers.desk.settings.policy,
        "standpoint": standpoint,
    }
    return render(request, "exports.html", context)


@router.get("/exports/file")
def take_export(
    answers: AnswersOf,
    standpoint: Standing,
    form: Annotated[str, Query(alias="format", max_length=20)] = "csv",
    story: Annotated[str, Query(max_length=_LONGEST_ID)] = "",
    texts: Annotated[str, Query(max_length=3)] = "yes",
) -> Response:
    """An export as a file; several tables come as one ZIP archive."""
    if form not in handover.EXPORT_FORMS:
        raise UnknownIdError("export format", form)
    style = cast("handover.ExportForm", form)
    question = standpoint.question(story=story or None)
    files = answers.make_beside(exported, question, style, texts == "yes", story=story_of(question))
    name, content = next(iter(files.items())) if len(files) == 1 else (f"reportedly-{form}.zip", zipped(files))
    kind = _TYPES.get(Path(name).suffix, "application/zip" if Path(name).suffix in (".zip", ".bundle") else "application/octet-stream")
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files as one ZIP archive, the same bytes for the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


@router.get("/infobox")
def show_infobox(
    request: Request, answers: AnswersOf, standpoint: Standing, story: Annotated[str, Query(max_length=_LONGEST_ID)] = ""
) -> HTMLResponse:
    """Wikitext of a story's standing figures."""
    stories = stories_of(answers, story)
    chosen = story or (stories[0][0] if len(stories) == 1 else "")
    words = None
    if chosen:
        question = standpoint.question(story=chosen)
        words = answers.ask_beside(infobox_of, question, story=story_of(question))
    context = {"stories": stories, "story": chosen, "wikitext": words, "standpoint": standpoint}
    return render(request, "infobox.html", context)


@router.get("/import")
def ask_import(request: Request, visitor: Reader) -> HTMLResponse:
    """The form for a bundle or a coded sheet."""
    return render(request, "import.html", {"may": visitor.may("code"), "bundle": None, "sheet": None, "name": ""})


@router.post("/import", dependencies=[Depends(own_form)])
def take_import(
    request: Request,
    form: Annotated[Signed, Depends(fields_of(Signed))],
    answers: AnswersOf,
    serving: ServingOf,
    visitor: Coder,
    file: Annotated[UploadFile, File()],
) -> HTMLResponse:
    """Take a bundle or a coded sheet in, and say what it did."""
    if not file.filename:
        raise HTTPException(422, "no file was chosen")
    by = signature(form, visitor, named=serving.asks_token)
    context: Row = {"may": True, "bundle": None, "sheet": None, "name": file.filename}
    with tempfile.TemporaryDirectory(prefix="reportedly-") as folder:
        path = Path(folder) / "file"
        with path.open("wb") as kept:
            shutil.copyfileobj(file.file, kept)
        if handover.is_bundle(path):
            if not visitor.may("admin"):
                raise HTTPException(403, "a bundle needs a token of role admin")
            context["bundle"] = handover.take_in(answers.desk, path, by=by, reason=form.reason)
        else:
            context["sheet"] = handover.take_sheet(answers.desk, path, by=by, reason=form.reason, name=file.filename)
    return render(request, "import.html", context)
