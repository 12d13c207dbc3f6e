"""`doctor` and `migrate`: care of a ledger."""

import sys
from typing import Annotated

import typer

from reportedly import api
from reportedly.cli import tables
from reportedly.cli.intake import PROBLEMS_FOUND
from reportedly.cli.options import FormatOption, LedgerOption
from reportedly.cli.output import emit
from reportedly.model import row_of
from reportedly.tasks import care


def doctor(
    ledger: LedgerOption = api.DEFAULT_LEDGER,
    form: FormatOption = None,
    *,
    deep: Annotated[bool, typer.Option("--deep", help="Make what lists show again of all parts to compare, not of a sample.")] = False,
    mend: Annotated[bool, typer.Option("--mend", help="First make the index of words and the links anew, from what is stored.")] = False,
) -> None:
    """Look at a ledger's health and say what to do: database, schema, anchors, ids, rows, index, links, lists. Exits with 1 if broken."""
    if mend:
        care.mend(ledger)
    found = care.examine(ledger, deep=deep)
    emit(map(row_of, found), tables.CHECKUPS, form)
    broken = sum(checkup.condition == "broken" for checkup in found)
    sys.stderr.write(f"{len(found)} checks, {broken} broken\n")
    if broken:
        raise typer.Exit(PROBLEMS_FOUND)


def migrate(
    ledger: LedgerOption = api.DEFAULT_LEDGER,
    form: FormatOption = None,
    *,
    agreed: Annotated[
        bool, typer.Option("--yes", help="Of a ledger on a server: it is saved with pg_dump, and nothing else uses it now.")
    ] = False,
    to: Annotated[
        str | None, typer.Option("--to", help="Take the whole ledger to an empty database, postgresql://user@host/name, or a new file.")
    ] = None,
) -> None:
    """Bring an older ledger to this version's schema, a file with a copy beside it, as opening one does; or take a ledger elsewhere."""
    if to is not None:
        emit([row_of(care.transfer(ledger, to))], tables.TRANSFERRED, form)
        return
    emit([row_of(care.migrate(ledger, agreed=agreed))], tables.MIGRATED, form)
