"""Databases that hold a ledger: SQLite files and PostgreSQL servers, opened, made, migrated, copied."""
