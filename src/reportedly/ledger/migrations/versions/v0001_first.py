"""Schema version 1: texts, documents, articles, claims with their anchors, judgements, links."""

import sqlalchemy as sa
from alembic import op

from reportedly.ledger.migrations.columns import code, text

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table and the word index."""
    _make_ledger()
    _make_documents()
    _make_extractions()
    _make_anchors()
    if op.get_context().dialect.name == "sqlite":  # PostgreSQL's is made where it joins, in version 4
        op.execute("CREATE VIRTUAL TABLE words USING fts5(tokens, tokenize='ascii')")


def _make_ledger() -> None:
    """The ledger itself, what people decided, and the links."""
    op.create_table(
        "meta",
        sa.Column("key", code(32), nullable=False),
        sa.Column("value", text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "revisions",
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", code(32), nullable=False),
        sa.PrimaryKeyConstraint("revision", name=op.f("pk_revisions")),
    )
    op.create_table(
        "judgements",
        sa.Column("id", code(18), nullable=False),
        sa.Column("kind", code(16), nullable=False),
        sa.Column("at", code(40), nullable=False),
        sa.Column("payload", text(), nullable=False),
        sa.Column("recorded", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgements")),
    )
    op.create_table(
        "undone",
        sa.Column("judgement", code(18), nullable=False),
        sa.Column("by", text(), nullable=False),
        sa.Column("reason", text(), nullable=False),
        sa.Column("recorded", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["judgement"], ["judgements.id"], name=op.f("fk_undone_judgement")),
        sa.PrimaryKeyConstraint("judgement", name=op.f("pk_undone")),
    )
    op.create_table(
        "tombstones",
        sa.Column("document", code(18), nullable=False),
        sa.Column("bytes", code(64), nullable=False),
        sa.Column("text", code(64), nullable=False),
        sa.Column("name", text(), nullable=False),
        sa.Column("reason", text(), nullable=False),
        sa.Column("at", code(32), nullable=False),
        sa.Column("recorded", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("document", name=op.f("pk_tombstones")),
    )
    op.create_table(
        "links",
        sa.Column("kind", code(16), nullable=False),
        sa.Column("id", text(), nullable=False),
        sa.Column("payload", text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_links")),
    )


def _make_documents() -> None:
    """Texts and the documents they appeared in."""
    op.create_table(
        "texts",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", code(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_texts")),
        sa.UniqueConstraint("digest", name="uq_texts_digest"),
    )
    op.create_table(
        "documents",
        sa.Column("id", code(18), nullable=False),
        sa.Column("name", text(), nullable=False),
        sa.Column("read_as", text(), nullable=False),
        sa.Column("read_at", code(40), nullable=False),
        sa.Column("text", code(64), nullable=False),
        sa.Column("bytes", code(64), nullable=False),
        sa.Column("media_type", text(), nullable=False),
        sa.Column("url", text(), nullable=True),
        sa.Column("publisher", text(), nullable=True),
        sa.Column("published", text(), nullable=True),
        sa.Column("fetched", text(), nullable=True),
        sa.Column("title", text(), nullable=True),
        sa.Column("reader", text(), nullable=False),
        sa.Column("extractor", text(), nullable=False),
        sa.Column("fingerprint", code(64), nullable=False),
        sa.Column("payload", text(), nullable=False),
        sa.Column("recorded", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["text"], ["texts.digest"], name=op.f("fk_documents_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
    )
    op.create_index(op.f("ix_documents_text"), "documents", ["text"], unique=False)
    op.create_table(
        "names",
        sa.Column("document", code(18), nullable=False),
        sa.Column("name", text(), nullable=False),
        sa.Column("recorded", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_names_document")),
        sa.PrimaryKeyConstraint("document", "name", name=op.f("pk_names")),
    )
    op.create_index(op.f("ix_names_name"), "names", ["name"], unique=False)
    op.create_table(
        "readings",
        sa.Column("document", code(18), nullable=False),
        sa.Column("text", code(64), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_readings_document")),
        sa.ForeignKeyConstraint(["text"], ["texts.digest"], name=op.f("fk_readings_text")),
        sa.PrimaryKeyConstraint("document", "text", name=op.f("pk_readings")),
    )


def _make_extractions() -> None:
    """What was made of documents: articles and claims."""
    op.create_table(
        "articles",
        sa.Column("document", code(18), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("payload", text(), nullable=False),
        sa.Column("recorded", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_articles_document")),
        sa.PrimaryKeyConstraint("document", "number", name=op.f("pk_articles")),
    )
    op.create_table(
        "claims",
        sa.Column("id", code(18), nullable=False),
        sa.Column("document", code(18), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("form", code(16), nullable=False),
        sa.Column("stance", code(16), nullable=False),
        sa.Column("said_first", code(40), nullable=True),
        sa.Column("said_last", code(40), nullable=True),
        sa.Column("measures", text(), nullable=False),
        sa.Column("speakers", text(), nullable=False),
        sa.Column("extractor", text(), nullable=False),
        sa.Column("payload", text(), nullable=False),
        sa.Column("recorded", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_claims_document")),
        sa.PrimaryKeyConstraint("id", "document", name=op.f("pk_claims")),
    )
    op.create_index(op.f("ix_claims_document_start"), "claims", ["document", "start"], unique=False)


def _make_anchors() -> None:
    """Where claims stand, what could not be used, and what was replaced."""
    op.create_table(
        "anchors",
        sa.Column("document", code(18), nullable=False),
        sa.Column("claim", code(18), nullable=False),
        sa.Column("part", code(16), nullable=False),
        sa.Column("index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", text(), nullable=False),
        sa.Column("prefix", text(), nullable=False),
        sa.Column("suffix", text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_anchors_document")),
        sa.PrimaryKeyConstraint("document", "claim", "part", "index", name=op.f("pk_anchors")),
    )
    op.create_table(
        "problems",
        sa.Column("id", code(64), nullable=False),
        sa.Column("document", code(18), nullable=True),
        sa.Column("code", code(64), nullable=False),
        sa.Column("payload", text(), nullable=False),
        sa.Column("recorded", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_problems_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problems")),
    )
    op.create_index(op.f("ix_problems_document"), "problems", ["document"], unique=False)
    op.create_table(
        "past",
        sa.Column("kind", code(16), nullable=False),
        sa.Column("document", code(18), nullable=False),
        sa.Column("key", code(18), nullable=False),
        sa.Column("gone", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("payload", text(), nullable=False),
        sa.Column("extractor", text(), nullable=False),
        sa.Column("recorded", sa.Integer(), nullable=False),
        sa.CheckConstraint("recorded < gone", name=op.f("ck_past_order")),
        sa.ForeignKeyConstraint(["document"], ["documents.id"], name=op.f("fk_past_document")),
        sa.PrimaryKeyConstraint("kind", "document", "key", "gone", name=op.f("pk_past")),
    )
