"""The commands that ask a ledger: stories, figures, statements, claims, actors, timeline, changes, search, problems."""

import enum
from typing import Annotated

import typer

from reportedly import api
from reportedly.cli import tables
from reportedly.cli.options import CLOCKS, PAGE, Asked, asks, read_day
from reportedly.cli.output import emit
from reportedly.errors import BadDateError, UsageError
from reportedly.model import row_of


class Grain(enum.StrEnum):
    """How fine a timeline is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@asks("story", *CLOCKS, *PAGE)
def stories(asked: Asked) -> None:
    """List the stories and the articles in each."""
    with api.Desk(asked.ledger) as desk:
        rows = desk.stories(asked.question)
    emit(map(row_of, rows), tables.STORIES, asked.form)


@asks("story", "speaker", "measure", "since", "until", *CLOCKS, "policy", *PAGE)
def figures(asked: Asked) -> None:
    """List the series of figures: low, best, high, and every entry behind them."""
    with api.Desk(asked.ledger) as desk:
        rows = desk.figures(asked.question)
    emit(map(row_of, rows), tables.FIGURES, asked.form)


@asks("story", "speaker", "since", "until", *CLOCKS, *PAGE)
def statements(asked: Asked) -> None:
    """List what was put forward, who supports it and, apart from that, who disputes it."""
    with api.Desk(asked.ledger) as desk:
        rows = desk.statements(asked.question)
    emit(map(row_of, rows), tables.STATEMENTS, asked.form)


@asks("story", "speaker", "measure", "document", "since", "until", *CLOCKS, *PAGE)
def claims(asked: Asked) -> None:
    """List claims: who said what, when, through whom."""
    with api.Desk(asked.ledger) as desk:
        rows = desk.claims(asked.question)
    emit(map(api.claim_row, rows), tables.CLAIMS, asked.form)


@asks("story", "speaker", *CLOCKS, *PAGE)
def actors(asked: Asked) -> None:
    """List who speaks, and for whom."""
    with api.Desk(asked.ledger) as desk:
        rows = desk.actors(asked.question)
    emit(map(row_of, rows), tables.ACTORS, asked.form)


@asks("story", "speaker", "since", "until", *CLOCKS, *PAGE)
def timeline(asked: Asked, grain: Annotated[Grain, typer.Option("--grain", help="How fine.")] = Grain.DAY) -> None:
    """List dated events in the articles' own words."""
    with api.Desk(asked.ledger) as desk:
        rows = desk.timeline(asked.question, grain=grain.value)
    emit(map(row_of, rows), tables.TIMELINE, asked.form)


@asks("story", "policy", *PAGE)
def changes(
    asked: Asked,
    since: Annotated[str, typer.Argument(help="The earlier day; yesterday and today are days too.", show_default=False)],
    until: Annotated[str, typer.Argument(help="The later day.")] = "today",
) -> None:
    """List what is otherwise on the later of two days: figures, positions, withdrawals, edited pages."""
    first, last = read_day(since, "SINCE"), read_day(until, "UNTIL")
    if first is not None and last is not None and last < first:
        raise UsageError(f"SINCE UNTIL: {since} is later than {until}; the earlier day comes first")
    if first is None or last is None:  # both are given, so that each was read or refused
        raise BadDateError(f"{since} to {until}", name="SINCE UNTIL")
    with api.Desk(asked.ledger) as desk:
        rows = desk.changes(first, last, asked.question)
    emit(map(row_of, rows), tables.CHANGES, asked.form, empty="nothing changed between these days")


@asks("story", *CLOCKS, *PAGE)
def search(
    asked: Asked,
    words: Annotated[str, typer.Argument(help='Words that must all occur, a "quoted phrase" or a prefix*.', show_default=False)],
) -> None:
    """Find words in the ledger's texts and the claims around them."""
    with api.Desk(asked.ledger) as desk:
        rows = desk.search(words, asked.question)
    emit(map(row_of, rows), tables.HITS, asked.form)


@asks("document", *PAGE)
def problems(asked: Asked) -> None:
    """List what could not be used, and where it stands."""
    with api.Desk(asked.ledger) as desk:
        rows = desk.problems(asked.question)
    emit(map(row_of, rows), tables.PROBLEMS, asked.form, empty="no problems")
