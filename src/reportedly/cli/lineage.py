"""The commands that follow what is said to where it comes from: lives, primaries."""

from reportedly import api
from reportedly.cli.options import CLOCKS, PAGE, Asked, asks
from reportedly.cli.output import Column, emit
from reportedly.cli.phrasing import short
from reportedly.cli.tables import column, document
from reportedly.model import Row, row_of


def _reports(row: Row) -> str:
    """A report a line: day, outlet, the number in its words and what became of it."""
    return "\n".join(map(_report, row["tellings"]))


def _report(telling: Row) -> str:
    published = telling["published"] or {}
    changes = f"  [{', '.join(telling['changes'])}]" if telling["changes"] else ""
    return f"{(published.get('from') or published.get('to') or 'undated')[:10]}  {telling['outlet']}: {telling['text']}{changes}"


LIVES = (
    Column(title="story", cell=lambda row: short(row["story"]), least=10, once=True),
    column("principal", "principal", width=24),
    Column(title="measure", cell=lambda row: str(row["measure"]).replace("_", " ")),
    Column(title="outlets", cell=lambda row: str(len(row["outlets"])), right=True),
    Column(title="reports", cell=_reports),
)
PRIMARIES = (
    Column(title="story", cell=lambda row: short(row["story"]), least=10, once=True),
    column("principal", "principal", width=24),
    Column(title="outlets", cell=lambda row: str(len(row["outlets"])), right=True),
    column("words", "text", width=60),
    Column(title="first report", cell=lambda row: document().cell({"document": row["first"]})),
)


@asks("story", "speaker", "measure", *CLOCKS, *PAGE)
def lives(asked: Asked) -> None:
    """List the lives of numbers: first report, outlets, and every change on the way."""
    with api.Desk(asked.ledger) as desk:
        rows = desk.lives(asked.question)
    emit(map(row_of, rows), LIVES, asked.form)


@asks("story", "speaker", *CLOCKS, *PAGE)
def primaries(asked: Asked) -> None:
    """List what is had only at second hand: origins of which the speaker's own document is not in the heap."""
    with api.Desk(asked.ledger) as desk:
        rows = desk.primaries(asked.question)
    emit(map(row_of, rows), PRIMARIES, asked.form)
