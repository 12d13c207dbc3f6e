"""`read`, `extract`, `add`: from files to articles, claims and a ledger."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from reportedly import api, pipeline
from reportedly.cli import tables
from reportedly.cli.engine_options import EngineOptions, takes_engine
from reportedly.cli.options import Format, FormatOption, LedgerOption, ModelOption, PathsArgument, StrictOption, model_name
from reportedly.cli.output import chosen_format, emit, print_line, print_whole, printable
from reportedly.cli.progress import TerminalProgress, count_files
from reportedly.interleaving import side_by_side
from reportedly.model import Problem, Reading, Row, row_of
from reportedly.tasks import adding

PROBLEMS_FOUND = 1  # exit status under --strict

WorkersOption = Annotated[int, typer.Option("--workers", min=1, max=256, help="How many processes extract; the output is the same.")]
PlacesArgument = Annotated[
    list[str], typer.Argument(help="Files, folders, addresses such as s3://bucket/folder; - for standard input.", show_default=False)
]


def readings_of(paths: Sequence[Path]) -> Iterator[Reading]:
    """The documents of `paths`, where `-` stands for standard input."""
    from reportedly.read import read_stream  # noqa: PLC0415 - the readers are heavy

    for path in paths:
        if str(path) == "-":
            yield from read_stream(sys.stdin.buffer.read(), "-")
        else:
            yield from api.read_files([path])


def report(problems: Sequence[Problem]) -> None:
    """Problems on standard error, a line each."""
    for problem in problems:
        where = f"{problem.document}: " if problem.document else ""
        sys.stderr.write(printable(f"{where}{problem.message} [{problem.code}]") + "\n")


def finish(problems: int, *, strict: bool) -> None:
    """Leave with 1 where there were problems and --strict asks for it."""
    if strict and problems:
        raise typer.Exit(PROBLEMS_FOUND)


def read(
    paths: PathsArgument,
    form: FormatOption = None,
    *,
    whole: Annotated[bool, typer.Option("--whole", help="Print each document's text as it is, the text that offsets count in.")] = False,
    strict: StrictOption = False,
) -> None:
    """Print the articles, live items and teasers of saved pages."""
    rows: list[Row] = []
    found = 0
    for reading in readings_of(paths):
        report(reading.problems)
        found += len(reading.problems)
        if whole:
            print_whole(reading.text)
        elif chosen_format(form) is Format.JSONL:
            for row in pipeline.article_rows(reading):
                print_line(row)
        else:
            rows += pipeline.article_rows(reading)
    if not whole and chosen_format(form) is not Format.JSONL:
        emit(rows, tables.ARTICLES, form)
    finish(found, strict=strict)


def extract(
    paths: PathsArgument, form: FormatOption = None, model: ModelOption = None, *, workers: WorkersOption = 1, strict: StrictOption = False
) -> None:
    """Print the claims of saved pages: who said what, when, through whom, with what figure."""
    rows: list[Row] = []
    found = 0
    for extracted in api.extract_rows(readings_of(paths), model=model_name(model), workers=workers):
        report(extracted.problems)
        found += len(extracted.problems)
        for row in extracted.rows:
            if chosen_format(form) is Format.JSONL:
                print_line(row)
            else:
                rows.append(row)
    if chosen_format(form) is not Format.JSONL:
        emit(rows, tables.CLAIMS, form)
    finish(found, strict=strict)


@takes_engine
def add(
    options: EngineOptions,
    places: PlacesArgument,
    ledger: LedgerOption = api.DEFAULT_LEDGER,
    form: FormatOption = None,
    model: ModelOption = None,
    *,
    strict: StrictOption = False,
) -> None:
    """Add saved pages to a ledger. What it already holds adds nothing; after Ctrl-C the same command goes on.

    A path that names nothing is said at once, the others are added, and the exit status is 1.
    """
    choice = options.choice()
    problems: list[Problem] = []
    missing = [place for place in places if not adding.is_address(place) and is_missing(place)]
    report([Problem(code="no-such-file", message="there is no such file or folder", document=place) for place in missing])
    places = [place for place in places if place not in missing]
    if not places:
        raise typer.Exit(PROBLEMS_FOUND)
    files = [Path(place) for place in places if not adding.is_address(place)]
    try:
        with api.Desk(ledger, create=True) as desk, TerminalProgress(count_files(files)) as progress:
            if choice.name == "local":
                readings = _noted(_readings_at(places), problems)
                added = adding.add_readings(desk, readings, workers=choice.workers or 1, model=model_name(model), progress=progress)
            else:
                added, found = adding.add_places(desk, places, choice, model=model_name(model), progress=progress)
                problems += found
    finally:
        report(problems)  # of an interrupted run too
    if chosen_format(form) is Format.TABLE:
        sys.stdout.write(
            f"{added.documents} documents read, {added.added} of them new; {added.claims} new claims, {added.problems} new problems\n"
        )
    elif form is Format.CSV:
        emit([row_of(added)], (), form)
    else:
        print_line(row_of(added))
    finish(len(problems) + len(missing), strict=strict or bool(missing))


def is_missing(place: str) -> bool:
    """Whether a path names nothing: a slip of whoever typed it, and no problem of a page that a ledger should remember."""
    try:
        return place != "-" and not Path(place).stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return True
    except OSError:
        return False


def _readings_at(places: Sequence[str]) -> Iterator[Reading]:
    return side_by_side([adding.read_places([place]) if adding.is_address(place) else readings_of([Path(place)]) for place in places])


def _noted(readings: Iterator[Reading], problems: list[Problem]) -> Iterator[Reading]:
    for reading in readings:
        problems.extend(reading.problems)
        yield reading


def draft_reading(path: Path) -> Reading:
    """One reading of a draft; what is not an article of its own is read all the same, for a draft has no furniture.

    Raises:
        typer.BadParameter: the draft cannot be read, or is several documents.
    """
    readings = list(readings_of([path]))
    report([p for r in readings for p in r.problems])
    found = [r for r in readings if r.document is not None]
    if not found:
        raise typer.BadParameter(f"cannot read the draft {path}")
    if len(found) > 1:
        raise typer.BadParameter(f"a draft is one document; {path} holds {len(found)}")
    return replace(found[0], articles=tuple(replace(a, kind="article") for a in found[0].articles))
