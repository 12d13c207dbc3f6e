"""Schema version 4: what large ledgers need to answer at once, and ledgers on a PostgreSQL server."""

import json

import sqlalchemy as sa
from alembic import op

from reportedly.ledger.migrations.columns import code, text

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is lost, and what is new is filled by the next `add`."""
    _note_texts()
    _make_summaries()
    _make_shown()
    _make_marks()
    _make_sides()
    op.execute("INSERT INTO unlinked (document) SELECT '*' WHERE EXISTS (SELECT 1 FROM documents)")
    op.execute("UPDATE meta SET value = '0' WHERE key = 'linked'")
    if op.get_context().dialect.name == "postgresql":
        _allow_long_keys()
        _make_words()


def _allow_long_keys() -> None:
    """Names, addresses and the ids of links may be longer than the 2,704 bytes that PostgreSQL's B-trees take."""
    for table, column in (("documents", "url"), ("documents", "name"), ("names", "name")):
        op.drop_index(op.f(f"ix_{table}_{column}"), table)
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False, postgresql_using="hash")
    for table, first, last in (("names", "document", "name"), ("links", "kind", "id")):
        op.drop_constraint(op.f(f"pk_{table}"), table, type_="primary")
        op.create_index(f"uq_{table}_{last}", table, [first, sa.text(f"md5({last})")], unique=True)
    op.create_index("ix_links_id", "links", ["id"], unique=False, postgresql_using="hash")


def _make_words() -> None:
    """The index of words, which SQLite's ledgers have had from the first."""
    op.execute("CREATE TABLE words (number INTEGER NOT NULL CONSTRAINT pk_words PRIMARY KEY, tokens TEXT NOT NULL, lexemes TSVECTOR)")
    op.execute("CREATE INDEX ix_words_lexemes ON words USING gin (lexemes)")
    op.execute("CREATE INDEX ix_words_number_long ON words (number) WHERE lexemes IS NULL")


def _note_texts() -> None:
    """Beside each judgement the text that it is about, so that those of a few documents are found without reading all."""
    op.add_column("judgements", sa.Column("text", code(64), nullable=True))
    op.create_index(op.f("ix_judgements_text"), "judgements", ["text"], unique=False)
    connection = op.get_bind()
    for identity, payload in connection.execute(sa.text("SELECT id, payload FROM judgements")).all():
        values = {"id": identity, "text": json.loads(payload).get("text_digest")}
        connection.execute(sa.text("UPDATE judgements SET text = :text WHERE id = :id"), values)


def _make_summaries() -> None:
    """What lists show of a part without reading it; every part is linked anew, which fills them."""
    op.execute("DELETE FROM unlinked")
    op.create_table(
        "parts",
        sa.Column("id", code(18), nullable=False),
        sa.Column("version", code(16), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parts")),
    )
    op.create_table(
        "days",
        sa.Column("day", code(10), nullable=False),
        sa.Column("part", code(18), nullable=False),
        sa.PrimaryKeyConstraint("day", "part", name=op.f("pk_days")),
    )
    op.create_index(op.f("ix_days_part"), "days", ["part"], unique=False)
    op.create_table(
        "stories",
        sa.Column("id", code(18), nullable=False),
        sa.Column("part", code(18), nullable=False),
        sa.Column("title", text(), nullable=False),
        sa.Column("words", text(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("first", code(10), nullable=False),
        sa.Column("last", code(10), nullable=False),
        sa.Column("outlets", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
    )
    op.create_index(op.f("ix_stories_part"), "stories", ["part"], unique=False)
    op.create_index(op.f("ix_stories_last_articles_id"), "stories", ["last", "articles", "id"], unique=False)
    op.create_table(
        "reports",
        sa.Column("document", code(18), nullable=False),
        sa.Column("article", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", code(18), nullable=False),
        sa.Column("story", code(18), nullable=True),
        sa.Column("alone", code(18), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("published", code(10), nullable=False),
        sa.Column("said", code(10), nullable=False),
        sa.PrimaryKeyConstraint("document", "article", name=op.f("pk_reports")),
    )
    for columns in (["part"], ["story", "document", "article"], ["alone"]):
        op.create_index(op.f(f"ix_reports_{'_'.join(columns)}"), "reports", columns, unique=False)


def _make_shown() -> None:
    """One row an appearance of a claim, as readers see it."""
    op.create_table(
        "shown",
        sa.Column("document", code(18), nullable=False),
        sa.Column("start", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("end", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("claim", code(18), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("part", code(18), nullable=False),
        sa.Column("story", code(18), nullable=True),
        sa.Column("day", code(10), nullable=False),
        sa.Column("published", code(10), nullable=False),
        sa.Column("first", code(10), nullable=False),
        sa.Column("last", code(10), nullable=False),
        sa.Column("stance", code(16), nullable=False),
        sa.Column("form", code(16), nullable=False),
        sa.Column("outlet", text(), nullable=False),
        sa.Column("measures", text(), nullable=False),
        sa.Column("words", text(), nullable=False),
        sa.PrimaryKeyConstraint("document", "start", "end", "claim", name=op.f("pk_shown")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_shown_part"), "shown", ["part"], unique=False)
    op.create_index(op.f("ix_shown_claim"), "shown", ["claim"], unique=False)
    op.create_table(
        "voices",
        sa.Column("side", code(18), nullable=False),
        sa.Column("document", code(18), nullable=False),
        sa.Column("start", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("end", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("claim", code(18), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", text(), nullable=False),
        sa.Column("part", code(18), nullable=False),
        sa.PrimaryKeyConstraint("side", "document", "start", "end", "claim", "place", name=op.f("pk_voices")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_voices_part"), "voices", ["part"], unique=False)
    op.create_index(op.f("ix_voices_claim"), "voices", ["claim"], unique=False)


def _make_marks() -> None:
    """The marks of articles without numbers of rows of their own; every part is linked anew, which fills them."""
    op.drop_table("marks")
    op.execute("DELETE FROM pages")
    op.add_column("pages", sa.Column("incident", text(), nullable=True))
    op.create_table(
        "marks",
        sa.Column("mark", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("page", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["page"], ["pages.number"], name=op.f("fk_marks_page")),
        sa.PrimaryKeyConstraint("mark", "page", name=op.f("pk_marks")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_marks_page"), "marks", ["page"], unique=False)


def _make_sides() -> None:
    """Which actors of different parts are one."""
    op.create_table(
        "sides",
        sa.Column("id", code(18), nullable=False),
        sa.Column("name", text(), nullable=False),
        sa.Column("principal", text(), nullable=False),
        sa.Column("united", code(18), nullable=False),
        sa.Column("payload", text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sides")),
    )
    op.create_index(op.f("ix_sides_united"), "sides", ["united"], unique=False)
    op.create_table(
        "side_keys",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("side", code(18), nullable=False),
        sa.PrimaryKeyConstraint("key", "side", name=op.f("pk_side_keys")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_side_keys_side"), "side_keys", ["side"], unique=False)
    op.create_table(
        "traits",
        sa.Column("side", code(18), nullable=False),
        sa.Column("kind", code(16), nullable=False),
        sa.Column("digest", code(16), nullable=False),
        sa.Column("value", text(), nullable=False),
        sa.Column("many", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("side", "kind", "digest", name=op.f("pk_traits")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "united",
        sa.Column("id", code(18), nullable=False),
        sa.Column("name", text(), nullable=False),
        sa.Column("kind", code(16), nullable=False),
        sa.Column("principal", text(), nullable=True),
        sa.Column("reasons", text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_united")),
    )
