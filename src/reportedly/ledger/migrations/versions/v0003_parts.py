"""Schema version 3: links by parts of a ledger, and the marks by which a new article finds those near it."""

import sqlalchemy as sa
from alembic import op

from reportedly.ledger.migrations.columns import code, text

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the links anew, empty: the next `add` fills them; what reads before that links for itself."""
    op.drop_table("links")
    op.create_table(
        "links",
        sa.Column("kind", code(16), nullable=False),
        sa.Column("id", text(), nullable=False),
        sa.Column("payload", text(), nullable=False),
        sa.Column("part", code(18), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_part"), "links", ["part"], unique=False)
    op.create_table(
        "members",
        sa.Column("document", code(18), nullable=False),
        sa.Column("article", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", code(18), nullable=False),
        sa.PrimaryKeyConstraint("document", "article", name=op.f("pk_members")),
    )
    op.create_index(op.f("ix_members_part"), "members", ["part"], unique=False)
    _make_marks()
    op.execute("INSERT INTO unlinked (document) SELECT '*' WHERE EXISTS (SELECT 1 FROM documents)")
    op.execute("UPDATE meta SET value = '0' WHERE key = 'linked'")


def _make_marks() -> None:
    op.create_table(
        "pages",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", code(18), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("sampled", sa.Integer(), nullable=False),
        sa.Column("features", text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_pages")),
    )
    op.create_index(op.f("ix_pages_document"), "pages", ["document"], unique=False)
    op.create_table(
        "marks",
        sa.Column("mark", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("page", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["page"], ["pages.number"], name=op.f("fk_marks_page")),
        sa.PrimaryKeyConstraint("mark", "page", name=op.f("pk_marks")),
    )
    op.create_index(op.f("ix_marks_page"), "marks", ["page"], unique=False)
    op.create_table(
        "unlinked",
        sa.Column("document", code(18), nullable=False),
        sa.PrimaryKeyConstraint("document", name=op.f("pk_unlinked")),
    )
