"""Tells whether a part is still as readers saw it, without its claims: by its version and by the actors across parts that its own are."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from reportedly.ledger import schema
from reportedly.ledger.databases.choosing import among
from reportedly.ledger.links.uniting import side_of
from reportedly.ledger.revisions import read_revision
from reportedly.ledger.summaries.catalogue import part_version

_LENGTH = 16  # hexadecimal digits of what tells states apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What tells the state of a part.

    Attributes:
        version: of the part itself, as `Catalogue.version_of` gives it.
        revision: the ledger's revision at which it was so.
        stories: ids of its stories.
        actors: ids of its own actors.
        sides: ids of the sides that these are.
        united: what tells the actors across parts that they are from how they were; see `united_state`.
    """

    version: str
    revision: int
    stories: frozenset[str]
    actors: frozenset[str]
    sides: frozenset[str]
    united: str


def note_part(connection: Connection, part: str) -> Noted | None:
    """What tells the state of a part; None where there is no such part.

    Args:
        connection: a connection, inside a transaction.
        part: the part's id.
    """
    version = part_version(connection, part)
    if version is None:
        return None
    links, stories = schema.links.c, schema.stories.c
    query = select(links.id, links.payload).where(links.part == part, links.kind == "actors")
    actors = {row.id: side_of(row.payload) for row in connection.execute(query)}
    sides = frozenset(actors.values())
    return Noted(
        version=version,
        revision=read_revision(connection),
        stories=frozenset(connection.execute(select(stories.id).where(stories.part == part)).scalars()),
        actors=frozenset(actors),
        sides=sides,
        united=united_state(connection, sides),
    )


def united_state(connection: Connection, sides: Collection[str]) -> str:
    """What tells the actors across parts that some sides belong to from how they were: their rows, those of their sides, their traits.

    Args:
        connection: a connection, inside a transaction.
        sides: ids of sides.
    """
    side, head, trait = schema.sides.c, schema.united, schema.traits.c
    own = select(side.united).where(among(connection, side.id, sides))
    rows = connection.execute(select(side.id, side.united, side.payload).where(side.united.in_(own))).all()
    told = connection.execute(select(trait.side, trait.kind, trait.digest).where(among(connection, trait.side, [row.id for row in rows])))
    heads = connection.execute(select(head).where(among(connection, head.c.id, {row.united for row in rows})))
    words = repr([sorted(map(tuple, found)) for found in (rows, told, heads)])  # each begins with a key of its own
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
