"""Pages of long lists at the cost of the page: found by counts that are kept, and not by going through what lies before.

page_of_claims(connection, filters)     claims in page order, of all or of one measure, and how many there are
page_by_day(connection, clocks, ...)    those that had been said or published by a day
page_of_said(connection, filters)       those of a speaker or principal
page_of_actors(connection, filters)     actors, those with the most claims first
actors_in_story(connection, ...)        those of one story
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select, true

from reportedly.ledger import schema
from reportedly.ledger.codec import json_text
from reportedly.ledger.databases.choosing import among, begins, chosen
from reportedly.ledger.search.speaking import actors_named, names_said
from reportedly.ledger.summaries.catalogue import StoryPlace, is_alone
from reportedly.ledger.summaries.tallies import BOTH, CLAIMS, MEASURE, PUBLISHED, SAID, SIDE
from reportedly.model import Clocks, Filters
from reportedly.model.summary import NO_DAY

_SHOWN, _V, _T = schema.shown.c, schema.voices.c, schema.tallies.c
_ORDER = (_SHOWN.document, _SHOWN.start, _SHOWN.end, _SHOWN.claim)
_PLACE = ("document", "start", "end", "claim")
_SPARE = 2
"""Times as many rows are read as a page should need, for they do not lie evenly."""

_DIGITS = 16  # hexadecimal, of a document's id
_FEW = 500  # rows that are rather read than estimated

Keys = list[tuple[str, str]]
"""Document and claim, by id."""


def page_of_claims(connection: Connection, filters: Filters) -> tuple[Keys, int]:
    """A page of all claims, or of those with a figure of one measure, in page order; and how many there are.

    Args:
        connection: a connection, inside a transaction.
        filters: measure and page, which has a limit; nothing else is looked at.
    """
    kind, value = (MEASURE, filters.measure) if filters.measure else (CLAIMS, "")
    upto = func.sum(_T.many).over(order_by=_T.bucket)
    counted = select(_T.bucket, _T.many, upto.label("upto")).where(_T.kind == kind, _T.value == value).subquery().c
    end = filters.offset + (filters.limit or 0)
    near = select(counted.bucket, counted.many, counted.upto).where(counted.upto > filters.offset, counted.upto - counted.many < end)
    rows = connection.execute(near.order_by(counted.bucket)).all()
    before = rows[0].upto - rows[0].many if rows else 0
    found = _read_page(connection, [(row.bucket, row.many) for row in rows], _has(filters.measure), (filters.offset - before, end - before))
    total = select(func.sum(_T.many)).where(_T.kind == kind, _T.value == value)
    return found, connection.execute(total).scalar_one() or 0


def page_by_day(connection: Connection, clocks: Clocks, filters: Filters) -> tuple[Keys, int] | None:
    """A page of all claims that clocks let see, in page order; and how many there are; None where no counts tell.

    Args:
        connection: a connection, inside a transaction.
        clocks: with a day by which claims had been said, or published; of two that differ nothing is counted.
        filters: the page, which has a limit; nothing else is looked at.
    """
    said, published = clocks.as_of, clocks.published_by
    day = said or published
    if day is None or (said and published and said != published):
        return None
    kind = BOTH if said and published else SAID if said else PUBLISHED
    counted = select(_T.bucket, func.sum(_T.many).label("many")).where(_T.kind == kind, _T.value <= day.isoformat())
    buckets = [(row.bucket, int(row.many)) for row in connection.execute(counted.group_by(_T.bucket).order_by(_T.bucket))]
    days = ([_SHOWN.day] if said else []) + ([_SHOWN.published] if published else [])
    seen = and_(*(and_(column != NO_DAY, column <= day.isoformat()) for column in days))
    place = (filters.offset, filters.offset + (filters.limit or 0))
    return _read_page(connection, buckets, seen, place), sum(many for _, many in buckets)


def _read_page(connection: Connection, buckets: Sequence[tuple[str, int]], fits: ColumnElement[bool], place: tuple[int, int]) -> Keys:
    """The rows of a page that lies in some buckets, each with the number of its rows that fit; the others are not read.

    Args:
        connection: a connection, inside a transaction.
        buckets: in page order.
        fits: which rows count.
        place: the first row of the page, counted from the first of the buckets, and one past its last.
    """
    (left, end), found = place, list[tuple[str, str]]()
    wanted = end - left
    for bucket, many in buckets:
        if len(found) >= wanted:
            break
        if left >= many:
            left -= many
            continue
        rows = select(_SHOWN.document, _SHOWN.claim).where(begins(_SHOWN.document, [bucket]), fits)
        page = rows.order_by(*_ORDER).limit(wanted - len(found)).offset(left)
        found += [(row.document, row.claim) for row in connection.execute(page)]
        left = 0
    return found


def page_of_said(connection: Connection, filters: Filters) -> tuple[Keys, int]:
    """A page of the claims of which a speaker or principal has words in its name, in page order; and how many there are.

    Args:
        connection: a connection, inside a transaction.
        filters: speaker and page, which has a limit; nothing else is looked at.
    """
    names = names_said(connection, filters.speaker or "")
    total = sum(names.values()) - _counted_twice(connection, names)
    end = filters.offset + (filters.limit or 0)
    reach = min(1.0, (_SPARE * end + _FEW) / max(1, total))
    while True:
        places = sorted({place for place, _ in _said(connection, names, reach)})
        if len(places) >= end or reach >= 1:
            return [(document, claim) for document, _, _, claim in places[filters.offset : end]], total
        reach = min(1.0, _SPARE * reach)


def page_of_actors(connection: Connection, filters: Filters) -> tuple[dict[str, tuple[str, ...]], int]:
    """A page of the actors across parts, those with the most claims first: ids with the claims of each; and how many actors there are.

    Args:
        connection: a connection, inside a transaction.
        filters: speaker and page.
    """
    sides, united = schema.sides.c, schema.united.c
    counted = (
        select(sides.united.label("actor"), func.sum(_T.many).label("many"))
        .join_from(schema.tallies, schema.sides, sides.id == _T.value)
        .where(_T.kind == SIDE)
        .group_by(sides.united)
        .subquery()
    )
    twice = _shared_by_one().subquery()
    many = counted.c.many - func.coalesce(twice.c.many, 0)
    query = (
        select(united.id, func.count().over().label("total"))
        .join_from(counted, schema.united, united.id == counted.c.actor)
        .outerjoin(twice, twice.c.actor == counted.c.actor)
    )
    if filters.speaker:
        query = query.where(among(connection, united.id, actors_named(connection, filters.speaker)))
    ordered = query.order_by(many.desc(), united.name, united.id)
    page = ordered if filters.limit is None else ordered.limit(filters.limit)
    if filters.offset:
        page = (page.limit(1 << 31) if filters.limit is None else page).offset(filters.offset)
    rows = connection.execute(page).all()
    if not rows:
        return {}, connection.execute(select(func.count()).select_from(query.subquery())).scalar_one() if filters.offset else 0
    claims: dict[str, set[str]] = defaultdict(set)
    spoken = select(sides.united, _V.claim).join_from(schema.sides, schema.voices, _V.side == sides.id)
    for actor, claim in chosen(connection, spoken, sides.united, [row.id for row in rows]):
        claims[actor].add(claim)
    return {row.id: tuple(sorted(claims[row.id])) for row in rows}, rows[0].total


def actors_in_story(connection: Connection, place: StoryPlace, filters: Filters) -> tuple[dict[str, tuple[str, ...]], int]:
    """A page of the actors that speak in a story, those with the most claims in it first: ids with those claims; and how many there are.

    Args:
        connection: a connection, inside a transaction.
        place: the story.
        filters: speaker and page.
    """
    sides, united = schema.sides.c, schema.united.c
    spoken = select(_V.side, _V.claim).where(_V.part == place.part, _V.side != "")
    if not is_alone(connection, place):
        in_story = and_(_SHOWN.story == place.story, *(_V[name] == _SHOWN[name] for name in _PLACE))
        spoken = spoken.join_from(schema.voices, schema.shown, in_story)
    said: dict[str, set[str]] = defaultdict(set)
    for side, claim in connection.execute(spoken):
        said[side].add(claim)
    claims: dict[str, set[str]] = defaultdict(set)
    for row in chosen(connection, select(sides.id, sides.united), sides.id, sorted(said)):
        claims[row.united] |= said[row.id]
    named = claims.keys() if filters.speaker is None else claims.keys() & actors_named(connection, filters.speaker)
    names = {row.id: row.name for row in chosen(connection, select(united.id, united.name), united.id, sorted(named))}
    ordered = sorted(names, key=lambda actor: (-len(claims[actor]), names[actor], actor))
    end = None if filters.limit is None else filters.offset + filters.limit
    return {actor: tuple(sorted(claims[actor])) for actor in ordered[filters.offset : end]}, len(ordered)


def _shared_by_one() -> Select[Any]:
    """By actor how often one of its claims is counted once more, because several of its sides speak in it."""
    shared, sides = schema.shared.c, schema.sides.c
    several = (
        select(sides.united.label("actor"), (func.count() - 1).label("more"))
        .join_from(schema.shared, schema.sides, sides.id == shared.side)
        .group_by(shared.claim, sides.united)
        .having(func.count() > 1)
        .subquery()
    )
    return select(several.c.actor, func.sum(several.c.more).label("many")).group_by(several.c.actor)


def _has(measure: str | None) -> ColumnElement[bool]:
    return _SHOWN.measures.contains(json_text(measure), autoescape=True) if measure else true()


def _said(connection: Connection, names: Counter[tuple[str, str]], reach: float) -> Iterator[tuple[tuple[str, int, int, str], int]]:
    """Where somebody of some sides and names speaks, in the first so many of all documents, and the place among the claim's speakers."""
    sides = sorted({side for side, _ in names})
    query = select(_V.side, _V.name, _V.document, _V.start, _V.end, _V.claim, _V.place)
    if reach < 1:
        query = query.where(_V.document < f"d:{int(reach * 16**_DIGITS):0{_DIGITS}x}")
    for side, name, document, start, end, claim, place in chosen(connection, query, _V.side, sides):
        if (side, name) in names:
            yield (document, start, end, claim), place


def _counted_twice(connection: Connection, names: Counter[tuple[str, str]]) -> int:
    """How many more speakers of some sides and names there are than claims in which they speak."""
    sides = sorted({side for side, _ in names})
    later = chosen(connection, select(_V.side, _V.name, _V.claim).where(_V.place > 0), _V.side, sides)
    claims = {row.claim for row in later if (row.side, row.name) in names}
    query = select(_V.side, _V.name, *(_V[name] for name in _PLACE))
    rows = chosen(connection, query, _V.claim, sorted(claims))
    times = Counter(tuple(row)[2:] for row in rows if (row.side, row.name) in names)
    return sum(many - 1 for many in times.values())
