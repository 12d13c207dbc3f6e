"""What Alembic runs to begin: it takes the connection, and the transaction on it, from `ledger/databases/migrating.py`."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=False)
context.run_migrations()
