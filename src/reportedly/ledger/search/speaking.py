"""Finds claims by words of a speaker's or principal's name, among the names of a ledger and not its claims."""

import json
from collections import Counter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select, type_coerce, union

from reportedly.ledger import schema
from reportedly.ledger.schema import SafeText

_V, _SIDES, _UNITED, _SPOKEN = schema.voices.c, schema.sides.c, schema.united.c, schema.spoken.c


def said_by_named(connection: Connection, words: str) -> Select[Any]:
    """The appearances of claims of which a speaker, as its article names it or across documents, or its principal has words in its name.

    Args:
        connection: a connection, inside a transaction.
        words: words of a name, in any case.

    Returns:
        A query for document, start, end and claim, each appearance once.
    """
    folded, place = words.casefold(), (_V.document, _V.start, _V.end, _V.claim)
    own = _holds(_V.name, folded) if words.isascii() else _V.name.in_(_names_with(connection, folded))
    ways = [
        select(*place).where(_V.side.in_(_sides_across(connection, folded))),
        select(*place).where(_V.side.in_(_sides_named(connection, folded)), own),
        select(*place).where(_V.side == "", own),
    ]
    found = union(*ways).subquery()
    return select(found)


def names_said(connection: Connection, words: str) -> Counter[tuple[str, str]]:
    """The sides and names under which a speaker who has words in the name, or whose principal has, speaks; and how often each does.

    Args:
        connection: a connection, inside a transaction.
        words: words of a name, in any case.
    """
    folded = words.casefold()
    across = _SPOKEN.side.in_(_sides_across(connection, folded))
    if words.isascii():
        wanted = or_(_holds(_SPOKEN.name, folded), across)
    else:
        wanted = or_(_SPOKEN.name.in_(_names_with(connection, folded)), across)
    rows = connection.execute(select(_SPOKEN.side, _SPOKEN.name, _SPOKEN.many).where(wanted))
    return Counter({(row.side, row.name): row.many for row in rows})


def actors_named(connection: Connection, words: str) -> set[str]:
    """Ids of the actors across parts of whom a name or the principal has words in it."""
    folded = words.casefold()
    own = [_holds(_UNITED.name, folded), _holds(_UNITED.principal, folded)] if words.isascii() else []
    query = select(_UNITED.id, _UNITED.name, _UNITED.principal)
    rows = connection.execute(query.where(or_(*own)) if own else query)
    found = {row.id for row in rows if folded in row.name.casefold() or folded in (row.principal or "").casefold()}
    borne = select(_SIDES.united, _SIDES.payload).where(_SIDES.id.in_(_sides_named(connection, folded)))
    return found | {row.united for row in connection.execute(borne) if any(folded in n.casefold() for n in json.loads(row.payload)[2])}


def _sides_across(connection: Connection, folded: str) -> Any:  # noqa: ANN401 - a query, or ids
    """Sides of actors that have the words in their name and principal."""
    query = select(_SIDES.id).join_from(schema.sides, schema.united, _UNITED.id == _SIDES.united)
    if folded.isascii():
        known = _UNITED.name + " " + func.coalesce(_UNITED.principal, "None")  # as `selection` puts them together
        return query.where(_holds(known, folded))
    rows = connection.execute(query.add_columns(_UNITED.name, _UNITED.principal))
    return [row.id for row in rows if folded in f"{row.name} {row.principal}".casefold()]


def _sides_named(connection: Connection, folded: str) -> Any:  # noqa: ANN401 - a query, or ids
    """Sides of actors that bear a name with the words in it."""
    if folded.isascii():
        return select(_SIDES.id).where(func.lower(_SIDES.payload).contains(json.dumps(folded)[1:-1], autoescape=True))
    rows = connection.execute(select(_SIDES.id, _SIDES.payload))
    return [row.id for row in rows if folded in json.dumps(json.loads(row.payload), ensure_ascii=False).casefold()]


def _names_with(connection: Connection, folded: str) -> list[str]:
    return [name for name in connection.execute(select(_SPOKEN.name).distinct()).scalars() if folded in name.casefold()]


def _holds(column: ColumnElement[Any], folded: str) -> ColumnElement[bool]:
    return type_coerce(func.lower(column), SafeText).contains(folded, autoescape=True)
