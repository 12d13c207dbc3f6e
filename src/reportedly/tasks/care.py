"""Care of a ledger: schema and place are changed, its health is looked at, and what comes from its content is made anew."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportedly import pipeline
from reportedly.errors import OlderLedgerError
from reportedly.model import Checkup, Migrated, Part, Place, PlaceLike, Transferred

if TYPE_CHECKING:
    from reportedly.ledger import LedgerStore

_SAMPLE = 40
"""Parts of which what lists show is made again to compare; `deep` takes all."""

_SHOWN = 3
"""Parts that are told by name of those found wrong."""


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
    from reportedly.ledger.databases.faults import naming_faults  # noqa: PLC0415
    from reportedly.ledger.databases.migrating import migrate as bring_up  # noqa: PLC0415
    from reportedly.ledger.databases.opening import opened  # noqa: PLC0415

    place = Place.of(where)
    with opened(place) as database, naming_faults(place):
        found = database.find_version() or 0
        copy = None
        if found < schema.SCHEMA:
            if place.file is None and not agreed:
                raise OlderLedgerError(place, found, schema.SCHEMA)
            copy = bring_up(database) or None
        return Migrated(ledger=str(place), before=found, after=schema.SCHEMA, copy=copy)


def transfer(where: PlaceLike, to: PlaceLike) -> Transferred:
    """Take a ledger whole to another place: from a file to a server, back, or from one server to another.

    All of it arrives or nothing; nobody can write to either meanwhile. Where it was, it stays as it is.

    Args:
        where: the ledger.
        to: where it goes; an empty database, or a file that is not there.

    Returns:
        What was done.

    Raises:
        FilledLedgerError: there is a ledger with content already.
        CannotRunError: there is no ledger, it is older and on a server, newer, or cannot be read; the other cannot be written.
    """
    from reportedly.ledger import open_ledger  # noqa: PLC0415 - SQLAlchemy is heavy
    from reportedly.ledger.databases.faults import naming_faults  # noqa: PLC0415
    from reportedly.ledger.databases.transferring import transfer as copy  # noqa: PLC0415

    source, target = Place.of(where), Place.of(to)
    with open_ledger(source, create=False) as old:
        made = target.file is not None and not target.file.exists()
        try:
            with open_ledger(target, create=True) as new, naming_faults(target):
                many = copy(old.database, new.database)
                return Transferred(ledger=str(source), to=str(target), revision=new.revision, rows=many)
        except BaseException:
            if made and target.file is not None:
                for ending in ("", "-wal", "-shm"):
                    target.file.with_name(f"{target.file.name}{ending}").unlink(missing_ok=True)
            raise


def examine(where: PlaceLike, *, deep: bool = False) -> list[Checkup]:
    """Look at a ledger's health; nothing is changed, and an older one is not brought up.

    Args:
        where: the ledger.
        deep: whether what lists show is made again of all parts to compare, and not of a sample.

    Returns:
        One row a check.

    Raises:
        CannotRunError: there is no ledger, it is newer, or cannot be read.
    """
    from reportedly.ledger.care.examining import examine as look  # noqa: PLC0415 - SQLAlchemy is heavy
    from reportedly.ledger.databases.faults import naming_faults  # noqa: PLC0415
    from reportedly.ledger.databases.opening import opened  # noqa: PLC0415
    from reportedly.ledger.moments import now  # noqa: PLC0415
    from reportedly.ledger.store import LedgerStore  # noqa: PLC0415

    place = Place.of(where)
    with opened(place) as database, naming_faults(place):
        found = list(look(database))
        place_of = {row.check: number for number, row in enumerate(found)}
        if "links" in place_of:
            with LedgerStore(database, now) as store:
                broken = [row.check for row in found if row.condition == "broken" and row.check != "words"]
                waiting = ["links"] if store.links_outdated() else []
                found.insert(place_of["links"] + 1, _examine_summaries(store, waiting or broken, deep=deep))
        return found


def _examine_summaries(store: "LedgerStore", first: Sequence[str], *, deep: bool) -> Checkup:
    """Whether what lists show of parts is what their articles, claims and links give, and the counts are those of what is shown."""
    from reportedly.ledger.summaries.summing import find_faults, list_parts  # noqa: PLC0415 - SQLAlchemy is heavy
    from reportedly.ledger.summaries.tallies import faults as count_faults  # noqa: PLC0415

    if first:
        what = f"not looked at before this is mended: {', '.join(first)}"
        return Checkup(check="summaries", condition="advice", found=len(first), what=what, remedy="mend that, and look again")
    parts = store.catalogue.ask(list_parts)
    taken = parts if deep else parts[:: max(1, len(parts) // _SAMPLE)]
    wrong = [words for part in taken for words in _faults_of(store, part)]
    wrong += store.catalogue.ask(find_faults) + store.catalogue.ask(count_faults)
    if wrong:
        more = f"; and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
        what = "; ".join(wrong[:_SHOWN]) + more
        return Checkup(check="summaries", condition="broken", found=len(wrong), what=what, remedy="reportedly doctor --mend")
    what = f"lists show what {len(taken)} of {len(parts)} parts hold"
    return Checkup(check="summaries", condition="sound", found=0, what=what)


def _faults_of(store: "LedgerStore", part: str) -> Sequence[str]:
    from reportedly.ledger.summaries.summing import compare_part  # noqa: PLC0415 - SQLAlchemy is heavy

    read = store.catalogue.read_part(part)
    if read is None:
        return [f"part {part} went while it was looked at"]
    held = read.holdings
    made = pipeline.sum_up([Part(id=part, articles=tuple(sorted(held.articles)), links=held.links)], held)
    return store.catalogue.ask(lambda connection: compare_part(connection, made[0]))


def mend(where: PlaceLike) -> None:
    """Make the index of words and the links anew, which both come from the content alone, and leave nothing of what was removed.

    Args:
        where: the ledger.

    Raises:
        UntidyError: others read the ledger as it was, so that its files keep the words of what was removed.
        CannotRunError: there is no ledger, or it cannot be read or written.
    """
    from reportedly.ledger import open_ledger  # noqa: PLC0415 - SQLAlchemy is heavy

    with open_ledger(where, create=False) as store:
        store.mend()
        pipeline.relink(store)
        store.tidy()
