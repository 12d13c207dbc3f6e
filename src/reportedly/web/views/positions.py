"""The positions of the actors as a grid: actor by statement by time."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.model import Assessment, Interval, Position, StatementPosition, interval_text

MOST_COLUMNS = 8  # statements beside each other; the others stand below each by itself

_SIGNS: dict[StatementPosition, str] = {"supports": "+", "denies": "\u2212", "open": "?"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One actor's utterance on a statement.

    Attributes:
        sign: plus for support, minus for denial, a question mark for neither.
        position: the same in a word.
        stance: what the speaker does with the content.
        said: when, in words.
        claim: the claim's id.
    """

    sign: str
    position: StatementPosition
    stance: str
    said: str
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One actor's marks.

    Attributes:
        actor: canonical name.
        principal: whom it speaks for, where that is somebody else.
        party: whether it is a party to the act of any of the statements.
        cells: marks by column, each in order of saying; empty where the actor is silent.
    """

    actor: str
    principal: str | None
    party: bool
    cells: tuple[tuple[Mark, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Actors down, statements or days across.

    Attributes:
        columns: what stands over each column.
        rows: the actors, those with most to say first.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementView:
    """A statement with its two sides, and the grid of actors by day.

    Attributes:
        assessment: the record.
        acknowledged: each party that conceded it, with the day in words and the claim.
        grid: actors down, days across.
        weight: how much speaks for showing it: its positions, and any dispute.
    """

    assessment: Assessment
    acknowledged: tuple[tuple[str, str, str], ...]
    grid: Grid
    weight: int


def ranked_statements(rows: Sequence[Assessment]) -> tuple[Assessment, ...]:
    """The statements on which anything was said, disputed and acknowledged ones first, then those on which most was said."""
    kept = [row for row in rows if row.positions]
    return tuple(sorted(kept, key=lambda row: (not row.disputes, row.support != "acknowledged", -len(row.positions), row.text)))


def statement_views(rows: Sequence[Assessment]) -> tuple[StatementView, ...]:
    """Statements as a page shows them, in their order."""
    return tuple(_view(row) for row in rows)


def overview(views: Sequence[StatementView]) -> Grid:
    """Actors by statement, for the first statements of a story."""
    chosen = views[:MOST_COLUMNS]
    by_actor: dict[str, list[list[Position]]] = {}
    for column, view in enumerate(chosen):
        for position in view.assessment.positions:
            cells = by_actor.setdefault(position.actor, [[] for _ in chosen])
            cells[column].append(position)
    return Grid(columns=tuple(view.assessment.text for view in chosen), rows=_rows(by_actor))


def _view(row: Assessment) -> StatementView:
    said = {position.claim: position.said for position in row.positions}
    return StatementView(
        assessment=row,
        acknowledged=tuple((name, interval_text(said.get(claim)), claim) for name, claim in row.acknowledged_by),
        grid=_by_day(row.positions),
        weight=len(row.positions) + 10 * len(row.disputes),
    )


def _by_day(positions: Sequence[Position]) -> Grid:
    days = sorted({_order(position.said) for position in positions})
    by_actor: dict[str, list[list[Position]]] = {}
    for position in positions:
        cells = by_actor.setdefault(position.actor, [[] for _ in days])
        cells[days.index(_order(position.said))].append(position)
    return Grid(columns=tuple(words for *_, words in days), rows=_rows(by_actor))


def _order(said: Interval | None) -> tuple[str, str, str]:
    """A sort key: by the last day; of those the one that may have been said long before comes first."""
    first, last = (said.first_day, said.last_day) if said else (None, None)
    return (last.isoformat() if last else "", first.isoformat() if first else "", interval_text(said))


def _rows(by_actor: dict[str, list[list[Position]]]) -> tuple[Row, ...]:
    rows = []
    for actor, cells in by_actor.items():
        flat = [position for cell in cells for position in cell]
        principal = flat[0].principal
        rows.append(
            Row(
                actor=actor,
                principal=principal if principal != actor else None,
                party=any(position.party for position in flat),
                cells=tuple(tuple(map(_mark, sorted(cell, key=lambda p: _order(p.said)))) for cell in cells),
            )
        )
    said = Counter[str]()  # a principal's actors stand together, the principal with most to say first
    for row in rows:
        said[row.principal or row.actor] += sum(map(len, row.cells))
    return tuple(
        sorted(rows, key=lambda row: (-said[row.principal or row.actor], row.principal or row.actor, bool(row.principal), row.actor))
    )


def short_days(interval: Interval | None) -> str:
    """An interval in few characters: `2024-10` for a whole month, its end shortened where both lie in one month or year."""
    first, last = (interval.first_day, interval.last_day) if interval else (None, None)
    if first is None or last is None or first == last:
        return interval_text(interval)
    if (first.year, first.month) == (last.year, last.month):
        whole = first.day == 1 and (last + dt.timedelta(days=1)).month != last.month
        return f"{first:%Y-%m}" if whole else f"{first}\u2013{last:%d}"
    return f"{first}\u2013{last:%m-%d}" if first.year == last.year else f"{first}\u2013{last}"


def _mark(position: Position) -> Mark:
    return Mark(
        sign=_SIGNS[position.position],
        position=position.position,
        stance=position.stance,
        said=short_days(position.said),
        claim=position.claim,
    )
