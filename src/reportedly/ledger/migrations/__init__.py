"""Alembic's migrations of the ledger, run by `ledger/databases/migrating.py`; there is no alembic.ini."""
