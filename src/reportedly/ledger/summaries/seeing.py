"""What clocks let see of a ledger's summaries, as conditions on their rows: design section 5, 'Three clocks'."""

import datetime as dt

from sqlalchemy import ColumnElement, and_, func, or_, select, true

from reportedly.ledger import schema
from reportedly.model import Clocks
from reportedly.model.summary import NO_DAY

_R, _SHOWN = schema.reports.c, schema.shown.c


def day_of(clocks: Clocks) -> dt.date | None:
    """The day by which what is seen had been said and published; None where no clock but `recorded_before` runs."""
    return min((day for day in (clocks.as_of, clocks.published_by) if day), default=None)


def is_by(column: ColumnElement[str], day: dt.date) -> ColumnElement[bool]:
    """Whether a day is known, and no later than another."""
    return and_(column != NO_DAY, column <= day.isoformat())


def speaks(clocks: Clocks) -> ColumnElement[bool]:
    """Whether an article has a claim that the clocks let see."""
    return and_(_R.claims > 0, *_in_time(clocks, _R.said, _R.published))


def is_seen(clocks: Clocks) -> ColumnElement[bool]:
    """Whether the clocks let see an article: for its claims, or because it was published in time."""
    day = day_of(clocks)
    return true() if day is None else or_(speaks(clocks), is_by(_R.published, day))


def claim_seen(clocks: Clocks) -> ColumnElement[bool]:
    """Whether the clocks let see an appearance of a claim."""
    return and_(true(), *_in_time(clocks, _SHOWN.day, _SHOWN.published))


def _in_time(clocks: Clocks, said: ColumnElement[str], published: ColumnElement[str]) -> list[ColumnElement[bool]]:
    days = ((said, clocks.as_of), (published, clocks.published_by))
    return [is_by(column, day) for column, day in days if day]


def undated_but_old(clocks: Clocks) -> ColumnElement[bool]:
    """Whether an article is undated, and every dated article of its page, of which there is one, had appeared by the clocks' day."""
    day = day_of(clocks)
    if day is None:
        return true()
    page = schema.reports.alias("page")
    newest = select(func.max(page.c.published)).where(page.c.document == _R.document).correlate(schema.reports).scalar_subquery()
    return and_(_R.published == NO_DAY, newest != NO_DAY, newest <= day.isoformat())
