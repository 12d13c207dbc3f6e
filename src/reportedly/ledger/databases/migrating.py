"""Brings an older ledger to this version's schema with the migrations that ship in the package; Alembic is imported here alone."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from reportedly.errors import OlderLedgerError
from reportedly.ledger import schema
from reportedly.ledger.databases.database import WRITES, Database
from reportedly.ledger.databases.making import note_schema

FOLDER = Path(__file__).parents[1] / "migrations"


def migrate_unasked(database: Database, found: int) -> None:
    """Bring up a ledger that somebody opened: a file, of which a copy is kept; a server's only where a person says so.

    Args:
        database: the database.
        found: version of its schema.

    Raises:
        OlderLedgerError: it is on a server.
    """
    if database.place.file is None:
        raise OlderLedgerError(database.place, found, schema.SCHEMA)
    migrate(database)


def migrate(database: Database) -> str:
    """Bring a ledger to this version's schema, in one transaction, after a copy where that is ours to make.

    The copy is made in the writers' turn: nobody writes between it and the migration, and two who come at once make one.

    Args:
        database: the database; of several processes that come at once one does it and the others find it done.

    Returns:
        Where the copy lies: the file's name with `.before-schema-N`; empty for a server, and where another process was first.
    """
    with database.engine.execution_options(**{WRITES: True}).begin() as connection:
        if database.find_version() == schema.SCHEMA:
            return ""
        copy = database.back_up()
        upgrade(connection)
        database.stamp(connection)
    return copy


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run every migration that the database lacks, up to one, inside the transaction at hand."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    if revision == "head":
        note_schema(connection)
