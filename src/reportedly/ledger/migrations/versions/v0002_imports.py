"""Schema version 2: what was taken in from other ledgers, and what came with it; a page that was saved again is found by its address."""

import sqlalchemy as sa
from alembic import op

from reportedly.ledger.migrations.columns import code, text

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of imports, and index addresses and names."""
    op.create_index(op.f("ix_documents_url"), "documents", ["url"], unique=False)
    op.create_index(op.f("ix_documents_name"), "documents", ["name"], unique=False)
    op.create_table(
        "imports",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ledger", code(18), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("bundle", code(64), nullable=False),
        sa.Column("by", text(), nullable=False),
        sa.Column("reason", text(), nullable=False),
        sa.Column("recorded", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_imports")),
    )
    op.create_table(
        "carried",
        sa.Column("import", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", code(16), nullable=False),
        sa.Column("key", code(18), nullable=False),
        sa.ForeignKeyConstraint(["import"], ["imports.number"], name=op.f("fk_carried_import")),
        sa.PrimaryKeyConstraint("import", "kind", "key", name=op.f("pk_carried")),
    )
