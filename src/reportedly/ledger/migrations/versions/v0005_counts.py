"""Schema version 5: counts of what lists show, so that a page costs what it shows; what linking worked from, so that none waits."""

import hashlib
import json
from collections import Counter

import sqlalchemy as sa
from alembic import op

from reportedly.ledger.migrations.columns import code, text

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is lost: the counts are those of the rows that are there. Links stay until the next linking makes them anew."""
    _make_tallies()
    _note_turns()
    _note_linker()


def _note_turns() -> None:
    """When a document came to wait for linking, and how often parts were written: what was worked out before may be out of date."""
    op.add_column("unlinked", sa.Column("recorded", sa.Integer(), nullable=False, server_default="0"))
    known = "EXISTS (SELECT 1 FROM meta WHERE key = 'kind') AND NOT EXISTS (SELECT 1 FROM meta WHERE key = 'parts')"
    op.execute(f"INSERT INTO meta (key, value) SELECT 'parts', '0' WHERE {known}")


def _note_linker() -> None:
    """Nobody knows which tables made the links: the next linking makes them anew."""
    unknown = "EXISTS (SELECT 1 FROM members) AND NOT EXISTS (SELECT 1 FROM meta WHERE key = 'linker')"
    op.execute(f"INSERT INTO meta (key, value) SELECT 'linker', '' WHERE {unknown}")


def _make_tallies() -> None:
    """How many claims there are, by measure and the first characters of their document's id; who is named how often, and says how much."""
    later = sa.text("place > 0")
    op.create_index("ix_voices_joint", "voices", ["side", "claim"], unique=False, sqlite_where=later, postgresql_where=later)
    op.create_table(
        "tallies",
        sa.Column("kind", code(16), nullable=False),
        sa.Column("value", text(), nullable=False),
        sa.Column("bucket", code(8), nullable=False),
        sa.Column("many", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "value", "bucket", name=op.f("pk_tallies")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "spoken",
        sa.Column("side", code(18), nullable=False),
        sa.Column("digest", code(16), nullable=False),
        sa.Column("name", text(), nullable=False),
        sa.Column("many", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("side", "digest", name=op.f("pk_spoken")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "shared",
        sa.Column("claim", code(18), nullable=False),
        sa.Column("side", code(18), nullable=False),
        sa.PrimaryKeyConstraint("claim", "side", name=op.f("pk_shared")),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    _fill_tallies(connection)
    _fill_spoken(connection)
    several = "SELECT claim FROM voices WHERE side <> '' GROUP BY claim HAVING count(DISTINCT side) > 1"
    shared = f"SELECT DISTINCT claim, side FROM voices WHERE side <> '' AND claim IN ({several})"  # noqa: S608 - our own words
    connection.execute(sa.text(f"INSERT INTO shared (claim, side) {shared}"))


def _fill_tallies(connection: sa.Connection) -> None:
    many: Counter[tuple[str, str, str]] = Counter()
    shown = "SELECT substr(document, 1, 5), measures, count(*) FROM shown GROUP BY 1, 2"
    for bucket, measures, count in connection.execute(sa.text(shown)):
        many["claims", "", bucket] += count
        for measure in json.loads(_plain(measures)):
            many["measure", measure, bucket] += count
    sides = "SELECT side, count(DISTINCT claim) FROM voices WHERE side <> '' GROUP BY 1"
    many.update({("side", side, ""): count for side, count in connection.execute(sa.text(sides))})
    rows = [{"k": kind, "v": value, "b": bucket, "m": count} for (kind, value, bucket), count in sorted(many.items())]
    if rows:
        connection.execute(sa.text("INSERT INTO tallies (kind, value, bucket, many) VALUES (:k, :v, :b, :m)"), rows)


def _fill_spoken(connection: sa.Connection) -> None:
    voices = "SELECT side, name, count(*) FROM voices GROUP BY 1, 2"
    rows = [
        {"s": side, "d": hashlib.sha256(_plain(name).encode("utf-8", "surrogatepass")).hexdigest()[:16], "n": name, "m": many}
        for side, name, many in connection.execute(sa.text(voices))
    ]
    if rows:
        connection.execute(sa.text("INSERT INTO spoken (side, digest, name, many) VALUES (:s, :d, :n, :m)"), rows)


def _plain(stored: str) -> str:
    """Text as it was before it was made safe for any database; see `schema.SafeText`."""
    pieces = stored.split("\\\\")
    return "\\".join(_unescaped(piece) for piece in pieces)


def _unescaped(piece: str) -> str:
    head, *rest = piece.split("\\u")
    return head + "".join(chr(int(each[:4], 16)) + each[4:] for each in rest)
