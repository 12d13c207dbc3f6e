"""The commands that hand over and take in: export, import, infobox, watch."""

import enum
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from reportedly import api
from reportedly.cli import tables
from reportedly.cli.intake import PROBLEMS_FOUND, draft_reading
from reportedly.cli.options import CLOCKS, SIGNED, Asked, Format, asks
from reportedly.cli.output import chosen_format, emit, print_line, printable
from reportedly.errors import UnreadableError
from reportedly.model import Row, row_of
from reportedly.tasks import handover


class ExportFormat(enum.StrEnum):
    """For which program an export is."""

    CSV = "csv"
    PARQUET = "parquet"
    UCDP = "ucdp-style"
    AIRWARS = "airwars-style"
    JSONLD = "jsonld"
    FTM = "ftm"
    TIMELINEJS = "timelinejs"
    BUNDLE = "bundle"


class InfoboxFormat(enum.StrEnum):
    """How an infobox is written."""

    WIKITEXT = "wikitext"


@asks("story", "speaker", "measure", "since", "until", *CLOCKS, "policy")
def export(
    asked: Asked,
    style: Annotated[ExportFormat, typer.Option("--format", help="For which program.", show_default=False)],
    out: Annotated[Path | None, typer.Option("--out", help="The file, or for csv and parquet the folder, to write.")] = None,
    *,
    without_texts: Annotated[bool, typer.Option("--without-texts", help="A bundle of digests, spans and short quotations only.")] = False,
) -> None:
    """Write a ledger's rows for another program: tables, coding sheets, linked data, a timeline, or a bundle for another ledger."""
    with api.Desk(asked.ledger) as desk:
        files = handover.export(desk, asked.question, style.value, texts=not without_texts)
    target = out or Path(next(iter(files)) if len(files) == 1 else f"reportedly-{style.value}")
    for path in save(files, target):
        sys.stderr.write(f"written to {path}\n")


def save(files: Mapping[str, bytes], target: Path) -> list[Path]:
    """Write files: one under the target's own name, several into a folder of that name.

    Raises:
        UnreadableError: the place cannot be written.
    """
    if len(files) == 1:
        return [_write(target, content) for content in files.values()]
    target.mkdir(parents=True, exist_ok=True)
    return [_write(target / name, content) for name, content in files.items()]


def _write(path: Path, content: bytes) -> Path:
    """Write a file whole or not at all."""
    if path.is_dir():
        raise UnreadableError(path, "it is a folder")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@asks(*SIGNED[:2], "form")
def import_file(
    asked: Asked,
    file: Annotated[Path, typer.Argument(help="A bundle, or a coding sheet that somebody filled in.", show_default=False)],
) -> None:
    """Take in another ledger's bundle or a coded sheet: what it knows is added, nothing here is lost, where it came from is kept."""
    bundled = handover.is_bundle(file)
    with api.Desk(asked.ledger, create=bundled) as desk:
        take = handover.take_in if bundled else handover.take_sheet
        taken = take(desk, file, by=asked.signed.name, reason=asked.signed.reason)
    if chosen_format(asked.form) is Format.TABLE:
        row = row_of(taken)
        left = row.pop("conflicts", [])
        lines = [", ".join(f"{name}: {_said(value)}" for name, value in row.items()), *map(_left, left)]
        sys.stdout.write("".join(printable(line) + "\n" for line in lines))
    else:
        print_line(row_of(taken))


def _left(conflict: Row) -> str:
    """What of a coded sheet was not applied, in a line."""
    cell = f", {conflict['cell']} = {conflict['value'] or 'empty'}" if conflict["cell"] else ""
    return f"not applied: row {conflict['row']}{cell}: {conflict['why']}"


def _said(value: object) -> str:
    return (", ".join(map(str, value)) or "none") if isinstance(value, list) else str(value)


import_file.__name__ = "import"  # a word that no function can have


@asks("story", "as_of", "published_by", "policy")
def infobox(
    asked: Asked,
    style: Annotated[InfoboxFormat, typer.Option("--format", help="How to write it.")] = InfoboxFormat.WIKITEXT,  # noqa: ARG001 - one so far
) -> None:
    """Write rows for an encyclopaedia's infobox: "per X, as of D", each with its citation and quotation, and no best number."""
    with api.Desk(asked.ledger) as desk:
        sys.stdout.write(handover.infobox(desk, asked.question))


@asks("story", "as_of", "policy", "form")
def watch(
    asked: Asked,
    printed: Annotated[Path, typer.Argument(help="The printed text; - for standard input.", show_default=False)],
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 if anything no longer holds.")] = False,
) -> None:
    """Say which numbers and attributions of a printed text no longer hold: outdated, disputed, or gone from the ledger."""
    with api.Desk(asked.ledger) as desk:
        rows = handover.watch(desk, draft_reading(printed), asked.question)
    emit(map(row_of, rows), tables.CHECKS, asked.form, empty="everything still holds")
    if strict and rows:
        raise typer.Exit(PROBLEMS_FOUND)
