"""Brings an older ledger to this version's schema with the migrations that ship in the package; Alembic is imported here alone."""

import shutil
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from reportedly.ledger import schema
from reportedly.ledger.opening import WRITES, empty_log, stamp

FOLDER = Path(__file__).with_name("migrations")


def migrate(engine: Engine, path: Path) -> Path:
    """Bring a ledger's file to this version's schema, in one transaction, a copy of it kept beside it.

    Args:
        engine: an engine on the file.
        path: the file.

    Returns:
        The copy: the file's name with `.before-schema-N`.
    """
    copy = path.with_name(f"{path.name}.before-schema-{schema.SCHEMA}")
    empty_log(engine)
    shutil.copy2(path, copy)
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        upgrade(connection)
    return copy


def upgrade(connection: Connection) -> None:
    """Run every migration that the database lacks, inside the transaction at hand."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    stamp(connection)
