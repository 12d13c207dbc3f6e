"""Care of a ledger: brings it to this version's schema, looks at its health, and makes anew what can be made from its content."""

from reportedly import pipeline
from reportedly.errors import OlderLedgerError
from reportedly.model import Checkup, Migrated, Place, PlaceLike


def migrate(where: PlaceLike, *, agreed: bool = False) -> Migrated:
    """Bring a ledger to the schema of this version; of a file a copy is kept beside it.

    Args:
        where: the ledger.
        agreed: whether the user says that a ledger on a server, which others may be using, is saved and may be changed.

    Returns:
        What was done; nothing where it had the schema already.

    Raises:
        OlderLedgerError: it is on a server, older, and nobody agreed.
        CannotRunError: there is no ledger, it is newer, or cannot be read or written.
    """
    from reportedly.ledger import schema  # noqa: PLC0415 - SQLAlchemy is heavy
    from reportedly.ledger.faults import naming_faults  # noqa: PLC0415
    from reportedly.ledger.migrating import migrate as bring_up  # noqa: PLC0415
    from reportedly.ledger.opening import opened  # noqa: PLC0415

    place = Place.of(where)
    with opened(place) as database, naming_faults(place):
        found = database.find_version() or 0
        copy = None
        if found < schema.SCHEMA:
            if place.file is None and not agreed:
                raise OlderLedgerError(place, found, schema.SCHEMA)
            copy = bring_up(database) or None
        return Migrated(ledger=str(place), before=found, after=schema.SCHEMA, copy=copy)


def examine(where: PlaceLike) -> list[Checkup]:
    """Look at a ledger's health; nothing is changed, and an older one is not brought up.

    Args:
        where: the ledger.

    Returns:
        One row a check.

    Raises:
        CannotRunError: there is no ledger, it is newer, or cannot be read.
    """
    from reportedly.ledger.examining import examine as look  # noqa: PLC0415 - SQLAlchemy is heavy
    from reportedly.ledger.faults import naming_faults  # noqa: PLC0415
    from reportedly.ledger.opening import opened  # noqa: PLC0415

    place = Place.of(where)
    with opened(place) as database, naming_faults(place):
        return list(look(database))


def mend(where: PlaceLike) -> None:
    """Make the index of words and the links anew, which both come from the content alone.

    Args:
        where: the ledger.

    Raises:
        CannotRunError: there is no ledger, or it cannot be read or written.
    """
    from reportedly.ledger import open_ledger  # noqa: PLC0415 - SQLAlchemy is heavy

    with open_ledger(where, create=False) as store:
        store.mend()
        pipeline.relink(store)
