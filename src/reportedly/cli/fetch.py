"""`fetch`: from a list of addresses to a file of pages."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from reportedly import api
from reportedly.cli import tables
from reportedly.cli.intake import finish, report
from reportedly.cli.options import Format, FormatOption, StrictOption
from reportedly.cli.output import chosen_format, emit, print_line
from reportedly.errors import UnreadableError
from reportedly.model import Row, row_of

PagesArgument = Annotated[list[str], typer.Argument(help="Addresses, or files with one a line; - for standard input.", show_default=False)]
ToOption = Annotated[Path, typer.Option("--to", help="The WARC file that pages are saved in, or added to.")]
DelayOption = Annotated[float, typer.Option("--delay", min=0.5, help="Seconds between two requests to one host.")]


def fetch(
    pages: PagesArgument,
    to: ToOption = Path("pages.warc.gz"),
    delay: DelayOption = 2.0,
    form: FormatOption = None,
    *,
    strict: StrictOption = False,
) -> None:
    """Fetch pages from the web into a WARC file that `add` reads.

    One page after the other, as far as robots.txt allows; no private addresses; at most 16 MB and a minute a page. What the file
    holds is not fetched again, so that the same command goes on after Ctrl-C.
    """
    rows: list[Row] = []
    found = 0
    for fetched in api.fetch_pages(_addresses(pages), to, delay=delay):
        report(fetched.problems)
        found += len(fetched.problems)
        if chosen_format(form) is Format.JSONL:
            print_line(row_of(fetched))
        else:
            rows.append(row_of(fetched))
    if chosen_format(form) is not Format.JSONL:
        emit(rows, tables.FETCHED, form)
    finish(found, strict=strict)


def _addresses(words: Sequence[str]) -> Iterator[str]:
    """The addresses that some words are or that the files they name hold, one a line; empty lines and those after `#` say nothing.

    Raises:
        UnreadableError: a file cannot be read.
    """
    for word in words:
        if "://" in word:
            yield word
            continue
        try:
            lines = sys.stdin.read() if word == "-" else Path(word).read_text(encoding="utf-8-sig", errors="replace")
        except OSError as error:
            raise UnreadableError(Path(word), error.strerror or str(error)) from error
        yield from (line.strip() for line in lines.splitlines() if line.strip() and not line.lstrip().startswith("#"))
