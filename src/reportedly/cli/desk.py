"""The commands of the desk: brief, check, show, verify, judge, remove."""

import enum
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from reportedly import api
from reportedly.cli import tables
from reportedly.cli.intake import PROBLEMS_FOUND, draft_reading
from reportedly.cli.options import SIGNED, Asked, Format, FormatOption, LedgerOption, asks
from reportedly.cli.output import chosen_format, emit, print_rich
from reportedly.cli.showing import render_claim
from reportedly.errors import BadJudgementError
from reportedly.model import JudgementKind, row_of
from reportedly.tasks import handover

if TYPE_CHECKING:
    from reportedly.brief import Brief

HERE = api.DEFAULT_LEDGER


class BriefFormat(enum.StrEnum):
    """How a brief is written."""

    MD = "md"
    HTML = "html"
    JSON = "json"
    DOCX = "docx"
    PDF = "pdf"


class Kind(enum.StrEnum):
    """What a correction does."""

    ADD = "add"
    ACCEPT = "accept"
    REJECT = "reject"
    AMEND = "amend"
    MERGE = "merge"
    SPLIT = "split"
    GRADE = "grade"
    UNDO = "undo"


@asks("story", "as_of", "published_by", "policy")
def brief(
    asked: Asked,
    style: Annotated[BriefFormat, typer.Option("--format", help="How to write it.")] = BriefFormat.MD,
    out: Annotated[Path | None, typer.Option("--out", help="Write it to this file instead of printing it.")] = None,
    pictures: Annotated[
        Path | None, typer.Option("--pictures", help="Write each series' picture into this folder, as SVG and PNG.")
    ] = None,
    days: Annotated[int, typer.Option("--days", min=1, help="How many days back 'what changed' looks.")] = 7,
) -> None:
    """Write the cited report of a story: what is known, who says so, who denies it, how each figure moved."""
    from reportedly.brief import render_brief  # noqa: PLC0415 - templates are only wanted here

    with api.Desk(asked.ledger) as desk:
        written = desk.brief(asked.question, days=days)
    if pictures is not None:
        _save_pictures(written, pictures)
    if style in (BriefFormat.DOCX, BriefFormat.PDF):
        target = out or Path(f"brief.{style.value}")
        target.write_bytes(handover.brief_file(written, "docx" if style is BriefFormat.DOCX else "pdf"))
        sys.stderr.write(f"written to {target}\n")
        return
    text = render_brief(written, style.value).rstrip("\n") + "\n"
    if out is not None:
        out.write_text(text, encoding="utf-8")
        sys.stderr.write(f"written to {out}\n")
    elif style is BriefFormat.MD and sys.stdout.isatty():
        from rich.markdown import Markdown  # noqa: PLC0415 - slow to import

        print_rich(Markdown(text))
    else:
        sys.stdout.write(text)


def _save_pictures(written: "Brief", folder: Path) -> None:
    """Each series' picture, named by the series' id with a hyphen for the colon, which not every file system takes."""
    from reportedly.brief import to_png  # noqa: PLC0415 - only wanted here

    folder.mkdir(parents=True, exist_ok=True)
    for panel in written.figures:
        name = panel.id.replace(":", "-")
        (folder / f"{name}.svg").write_text(panel.picture, encoding="utf-8")
        (folder / f"{name}.png").write_bytes(to_png(panel.picture))
    sys.stderr.write(f"{len(written.figures)} pictures written to {folder}\n")


@asks("story", "as_of", "policy", "form")
def check(
    asked: Asked,
    draft: Annotated[Path, typer.Argument(help="The draft; - for standard input.", show_default=False)],
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 unless all is supported.")] = False,
) -> None:
    """Say of each figure and attribution in a draft what the ledger supports, with the passage."""
    with api.Desk(asked.ledger) as desk:
        rows = desk.check(draft_reading(draft), asked.question)
    emit(map(row_of, rows), tables.CHECKS, asked.form, empty="the draft holds no figure and no attribution")
    if strict and any(row.verdict != "supported" for row in rows):
        raise typer.Exit(PROBLEMS_FOUND)


def show(
    claim: Annotated[str, typer.Argument(help="A claim's id, or the start of one.", show_default=False)],
    ledger: LedgerOption = HERE,
    form: FormatOption = None,
) -> None:
    """Print a claim inside its passage, highlighted, with the other claims of its origin."""
    with api.Desk(ledger) as desk:
        found = desk.show(claim)
    chosen = chosen_format(form)
    if chosen is Format.TABLE:
        print_rich(render_claim(found))
    elif chosen is Format.JSON:
        sys.stdout.write(json.dumps(row_of(found), ensure_ascii=False, indent=1) + "\n")
    else:
        emit([row_of(found)], (), chosen)


def verify(
    written: Annotated[Path | None, typer.Argument(help="A brief (HTML or JSON) to hold to a bundle.", show_default=False)] = None,
    ledger: LedgerOption = HERE,
    form: FormatOption = None,
    bundle: Annotated[Path | None, typer.Option("--bundle", help="The bundle that a brief is held to; no ledger is needed.")] = None,
) -> None:
    """Re-read every stored text, or a brief: does each span, each passage still say what it is said to? Exits with 1 where not."""
    if (written is None) != (bundle is None):
        raise typer.BadParameter("a brief is held to a bundle: name both, or neither")
    if written is not None and bundle is not None:
        checks = handover.verify_brief(written, bundle)
        wrong = [row for row in checks if row.verdict in ("differs", "not_in_bundle")]
        emit(map(row_of, wrong), tables.BRIEF_CHECKS, form, empty="")
        unchecked = sum(row.verdict == "unchecked" for row in checks)
        sys.stderr.write(f"{len(checks)} passages and quotations checked, {len(wrong)} do not hold, {unchecked} could not be told\n")
        if wrong:
            raise typer.Exit(PROBLEMS_FOUND)
        return
    checked = 0
    broken = []
    with api.Desk(ledger) as desk:
        for row in desk.verify():
            checked += 1
            if not row.holds:
                broken.append(row)
    emit(map(row_of, broken), tables.ANCHORS, form, empty="")
    sys.stderr.write(f"{checked} anchors checked, {len(broken)} do not hold\n")
    if broken:
        raise typer.Exit(PROBLEMS_FOUND)


@asks(*SIGNED, "coding")
def judge(
    asked: Asked,
    kind: Annotated[Kind, typer.Argument(help="What to do.", show_default=False)],
    targets: Annotated[list[str], typer.Argument(help="Ids of claims, names, or a judgement's id to undo.", show_default=False)],
    changes: Annotated[
        str | None,
        typer.Option("--set", help='JSON: the fields of a claim with their new values, {"reliability": "B"}, {"credibility": 2}.'),
    ] = None,
) -> None:
    """Correct the ledger: accept, reject, amend or add a claim; merge or split actors or claims; grade a source or claim; undo."""
    signed, by = asked.signed, asked.signed.name
    given = _read_changes(changes)
    with api.Desk(asked.ledger) as desk:
        if kind is Kind.UNDO:
            for target in targets:
                desk.undo(target, by=by, reason=signed.reason, seen=signed.seen)
            sys.stdout.write("undone\n")
            return
        correction = api.Correction(
            kind=cast("JudgementKind", kind.value),
            targets=tuple(targets),
            by=by,
            reason=signed.reason,
            changes=given,
            coding=signed.coding,
            seen=signed.seen,
        )
        sys.stdout.write(desk.judge(correction).id + "\n")


def _read_changes(words: str | None) -> dict[str, Any]:
    if words is None:
        return {}
    try:
        changes = json.loads(words)
    except json.JSONDecodeError as error:
        raise BadJudgementError(f"--set is no JSON: {error}") from error
    if not isinstance(changes, dict):
        raise BadJudgementError("--set must be a JSON object of fields")
    return changes


def remove(
    document: Annotated[str, typer.Argument(help="A document's name or id.", show_default=False)],
    reason: Annotated[str, typer.Option("--reason", help="Why; it is kept.", show_default=False)],
    ledger: LedgerOption = HERE,
) -> None:
    """Erase a document's text and claims; its digest and a tombstone stay."""
    with api.Desk(ledger) as desk:
        name = desk.remove(document, reason)
    sys.stdout.write(f"removed {name}\n")
