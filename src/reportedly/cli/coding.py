"""The commands of coders: queue, history, adjudicate, agreement."""

import sys
from typing import Annotated

import typer

from reportedly import api
from reportedly.cli import tables
from reportedly.cli.desk import HERE
from reportedly.cli.options import CLOCKS, PAGE, SIGNED, Asked, FormatOption, LedgerOption, asks
from reportedly.cli.output import emit
from reportedly.errors import BadJudgementError
from reportedly.model import Choice, row_of
from reportedly.tasks import coding

CodingArgument = Annotated[str, typer.Argument(help="The double coding's name.", show_default=False)]


@asks("story", "speaker", "measure", "since", "until", *CLOCKS, "policy", *PAGE, "by", "coding")
def queue(asked: Asked) -> None:
    """List the claims to judge, those first whose rejection would move low and high the most; with --coding, what you did not code yet."""
    name = asked.signed.coding
    with api.Desk(asked.ledger) as desk:
        rows = coding.queue(desk, asked.question, coder="" if name is None else asked.signed.name, coding=name)
        revision = desk.revision
    emit(map(row_of, rows), tables.QUEUE, asked.form, empty="nothing is left to judge")
    sys.stderr.write(f"`judge --seen` refuses what others judged since this revision: {revision}\n")


def history(
    target: Annotated[str | None, typer.Argument(help="Only of this claim or name.", show_default=False)] = None,
    ledger: LedgerOption = HERE,
    viewer: Annotated[str | None, typer.Option("--viewer", help="Hide what other coders say until it is settled.")] = None,
    form: FormatOption = None,
) -> None:
    """List who did what to the ledger, the newest first."""
    with api.Desk(ledger) as desk:
        rows = coding.history(desk, target=target, viewer=viewer)
    emit(map(row_of, rows), tables.DEEDS, form, empty="nobody has corrected anything")


@asks(*SIGNED, "form")
def adjudicate(
    asked: Asked,
    name: CodingArgument,
    claim: Annotated[str | None, typer.Argument(help="Settle this claim.", show_default=False)] = None,
    choose: Annotated[str | None, typer.Option("--choose", help="The view that is right: its judgement's id.")] = None,
    *,
    agreed: Annotated[bool, typer.Option("--agreed", help="Settle all on which the coders agree.")] = False,
) -> None:
    """Show a double coding side by side, or settle claims of it."""
    signed = asked.signed
    if (claim is None) != (choose is None):
        raise BadJudgementError("name the claim and, with --choose, the view that is right")
    with api.Desk(asked.ledger) as desk:
        if claim is not None and choose is not None:
            choice = Choice(judgement=choose, by=signed.name, reason=signed.reason, seen=signed.seen)
            sys.stdout.write(coding.settle(desk, name, claim, choice).id + "\n")
            return
        if agreed:
            made = coding.settle_agreed(desk, name, signed.name, signed.reason)
            sys.stderr.write(f"{len(made)} settled\n")
        rows = coding.adjudication(desk, name)
    emit(map(row_of, rows), tables.CODED, asked.form)


def agreement(name: CodingArgument, ledger: LedgerOption = HERE, form: FormatOption = None) -> None:
    """Say how far the coders of a double coding agree: Krippendorff's alpha for each variable."""
    with api.Desk(ledger) as desk:
        rows = coding.agreement(desk, name)
    emit(map(row_of, rows), tables.AGREEMENT, form)
