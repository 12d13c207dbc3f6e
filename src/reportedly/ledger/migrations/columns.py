"""Types of columns as the migrations need them, for every kind of database; see `ledger/schema.py`. They never change."""

import sqlalchemy as sa


def code(length: int) -> sa.types.TypeEngine[str]:
    """Ids, digests, moments and words of ours."""
    return sa.String(length=length).with_variant(sa.Text(collation="C"), "postgresql")


def text() -> sa.types.TypeEngine[str]:
    """Text of any length."""
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
