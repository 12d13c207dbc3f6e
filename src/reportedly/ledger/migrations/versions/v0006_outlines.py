"""Schema version 6: outlines of large parts, so that a timeline reads no claims but those that it shows; claims counted by day."""

import sqlalchemy as sa
from alembic import op

from reportedly.ledger.migrations.columns import code

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is lost. Outlines come with the next linking; until then all rows are asked."""
    _make_outlines()
    _count_days()


def _make_outlines() -> None:
    """What timelines need of each document's claims, packed; where a part is large, the next `add` links anew, which fills it."""
    op.create_table(
        "outlines",
        sa.Column("document", code(18), nullable=False),
        sa.Column("part", code(18), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("document", "part", name=op.f("pk_outlines")),
    )
    op.create_index(op.f("ix_outlines_part"), "outlines", ["part"], unique=False)
    large = "SELECT 1 FROM shown GROUP BY part HAVING count(*) >= 2000"
    op.execute(f"UPDATE meta SET value = '' WHERE key = 'linker' AND EXISTS ({large})")  # noqa: S608 - our own words


def _count_days() -> None:
    """Claims said, published, and both, by day and first character of their document's id; documents by the day of their newest article."""
    page = ["document", "start", "end", "claim", "day", "published"]
    op.create_index(op.f("ix_shown_document_start_end_claim_day_published"), "shown", page, unique=False)
    known = ["document", "published", "said", "claims"]
    op.create_index(op.f("ix_reports_document_published_said_claims"), "reports", known, unique=False)
    later = "CASE WHEN day < published THEN published ELSE day END"
    kinds = {"said": ("day", "day <> ''"), "published": ("published", "published <> ''"), "both": (later, "day <> '' AND published <> ''")}
    for kind, (day, dated) in kinds.items():
        op.execute(f"DELETE FROM tallies WHERE kind = '{kind}'")  # noqa: S608 - our own words
        counted = f"SELECT '{kind}', {day}, substr(document, 1, 3), count(*) FROM shown WHERE {dated} GROUP BY 2, 3"  # noqa: S608 - our own words
        op.execute(f"INSERT INTO tallies (kind, value, bucket, many) {counted}")
    op.execute("DELETE FROM tallies WHERE kind = 'newest'")
    newest = "SELECT max(published) AS day FROM reports GROUP BY document"
    counted = f"SELECT 'newest', day, '', count(*) FROM ({newest}) AS newest GROUP BY 2"  # noqa: S608 - our own words
    op.execute(f"INSERT INTO tallies (kind, value, bucket, many) {counted}")
