"""The ledger's revision: an integer that only grows, one step for each transaction that changed what the ledger holds."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, func, insert, select, update

from reportedly.ledger import schema
from reportedly.ledger.databases.choosing import drop_rows
from reportedly.ledger.moments import Clock, moment_text, parse_moment

EVERYTHING = "*"
"""Stands in `unlinked` where all links are outdated."""

_STATE = ("revision", "changed", "linked")
_LINKER = "linker"  # a key of `meta`

NO_DOCUMENT = ""
"""Stands in `unlinked` for what no link depends on."""


@dataclass(slots=True, kw_only=True)
class Turn:
    """One writing transaction.

    Attributes:
        connection: the connection, inside its transaction.
        revision: the revision that the ledger will have if anything changes.
        at: the moment, aware UTC in ISO form, never before an earlier revision's.
        content: whether content changed, so that links are outdated.
        links: whether the links changed.
        linked: whether the links are now those of the content.
        touched: ids of the documents whose content changed; where content changed and there is none, all links are outdated.
    """

    connection: Connection
    revision: int
    at: str
    content: bool = False
    links: bool = False
    linked: bool = False
    touched: set[str] = field(default_factory=set)


def begin_turn(connection: Connection, clock: Clock) -> Turn:
    """Begin to write, at the clock's moment or, where the clock went back, at the newest revision's."""
    rows = schema.revisions.c  # moments never go back, so that the last one is the newest
    newest = connection.execute(select(rows.at).order_by(rows.revision.desc()).limit(1)).scalar_one_or_none()
    return Turn(connection=connection, revision=_number(connection, "revision") + 1, at=max(moment_text(clock()), newest or ""))


def end_turn(turn: Turn) -> None:
    """Raise the revision where something changed, and note what the links belong to."""
    changed = turn.content or turn.links
    if changed:
        turn.connection.execute(insert(schema.revisions), {"revision": turn.revision, "at": turn.at})
        _set(turn.connection, "revision", turn.revision)
    if turn.content:
        _set(turn.connection, "changed", turn.revision)
        _note_unlinked(turn)
    if turn.linked:
        _set(turn.connection, "linked", turn.revision if changed else turn.revision - 1)


def _note_unlinked(turn: Turn) -> None:
    wanted = sorted(turn.touched or {EVERYTHING})
    drop_rows(turn.connection, schema.unlinked, schema.unlinked.c.document, wanted)
    turn.connection.execute(insert(schema.unlinked), [{"document": document, "recorded": turn.revision} for document in wanted])


def read_revision(connection: Connection) -> int:
    """The ledger's revision; 0 for an empty one."""
    return _number(connection, "revision")


def read_state(connection: Connection) -> tuple[int, int, int]:
    """What tells a state of content and links from others: the ledger's revision, that of the newest content, that which is linked.

    Links that turn out as they were raise no revision, though what lists show of a corrected claim changes with them.
    """
    rows = connection.execute(select(schema.meta.c.key, schema.meta.c.value).where(schema.meta.c.key.in_(_STATE)))
    found = {row.key: int(row.value) for row in rows}
    return found["revision"], found["changed"], found["linked"]


def links_outdated(connection: Connection) -> bool:
    """Whether content changed since the links were stored."""
    return _number(connection, "changed") > _number(connection, "linked")


def revision_before(connection: Connection, moment: str | int) -> int:
    """The first revision that was not yet there before a moment.

    Args:
        connection: a connection.
        moment: a revision, or an ISO date or timestamp; one without offset is UTC.

    Raises:
        BadDateError: the words are no date.
    """
    if isinstance(moment, int):
        return moment
    rows = schema.revisions.c
    newest = connection.execute(select(func.max(rows.revision)).where(rows.at < parse_moment(moment))).scalar_one()
    return (newest or 0) + 1


def count_written(connection: Connection) -> int:
    """How often the parts of the ledger were written: what was worked out of them holds as long as this stays."""
    return _number(connection, "parts")


def parts_written(connection: Connection) -> None:
    """Count that the parts were written, in the transaction at hand."""
    _set(connection, "parts", count_written(connection) + 1)


def read_linker(connection: Connection) -> str | None:
    """By which version the links were made, as `tables.linker_version` gives it; None for a ledger that was never linked."""
    return connection.execute(select(schema.meta.c.value).where(schema.meta.c.key == _LINKER)).scalar_one_or_none()


def note_linker(connection: Connection, version: str) -> None:
    """Note by which version links are made from now on."""
    connection.execute(delete(schema.meta).where(schema.meta.c.key == _LINKER))
    connection.execute(insert(schema.meta), {"key": _LINKER, "value": version})


def _number(connection: Connection, key: str) -> int:
    value = connection.execute(select(schema.meta.c.value).where(schema.meta.c.key == key)).scalar_one()
    return int(value)


def _set(connection: Connection, key: str, value: int) -> None:
    connection.execute(update(schema.meta).where(schema.meta.c.key == key), {"value": str(value)})
