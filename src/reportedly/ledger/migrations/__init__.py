"""Alembic's migrations of the ledger, run by `ledger/migrating.py`; there is no alembic.ini."""
