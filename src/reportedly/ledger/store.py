"""The ledger in a database: documents with their claims, people's judgements, and what readers ask; links are in `link_store.py`."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlalchemy import select

from reportedly.errors import UntidyError
from reportedly.ledger import schema
from reportedly.ledger.bundles.merging import merge
from reportedly.ledger.bundles.packing import pack
from reportedly.ledger.bundles.parcel import Parcel
from reportedly.ledger.care.complaints import Complaints
from reportedly.ledger.care.examining import mend_words
from reportedly.ledger.care.verifying import digest_ledger, verify_ledger
from reportedly.ledger.databases.database import Database
from reportedly.ledger.databases.faults import naming_faults
from reportedly.ledger.documents.entering import enter_made, enter_problems, version_kept
from reportedly.ledger.documents.entry import Counts, compare, entered_together, version_of
from reportedly.ledger.documents.erasing import erase
from reportedly.ledger.documents.excerpts import load_some
from reportedly.ledger.documents.loading import load, load_texts
from reportedly.ledger.judgements.deciding import enter_judgement, read_history, undo_judgement
from reportedly.ledger.judgements.judging import Stored, apply_judgements
from reportedly.ledger.link_store import LinkStore
from reportedly.ledger.moments import Clock
from reportedly.ledger.revisions import (
    EVERYTHING,
    NO_DOCUMENT,
    read_revision,
    revision_before,
)
from reportedly.ledger.search.finding import find_claim, find_document, search_counted, search_ledger
from reportedly.ledger.search.lookup import choose_id
from reportedly.ledger.search.searching import Matches
from reportedly.ledger.summaries.catalogue import Catalogue
from reportedly.model import (
    Deed,
    Document,
    Extraction,
    Hit,
    Holdings,
    Judgement,
    Merged,
    Problem,
    Reading,
    StoredClaim,
    VerifyRow,
)


class LedgerStore(LinkStore):
    """A ledger in a database; `open_ledger` opens one.

    Args:
        database: from `opening.open_database`.
        clock: tells the time of what is recorded.

    Attributes:
        catalogue: what lists and parts are read from.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database, clock)
        self._loaded: Stored | None = None
        self.catalogue = Catalogue(self._look)
        self._complaints = Complaints()
        self._matches = Matches()

    # What the pipeline needs

    def put(self, reading: Reading, extractions: Sequence[Extraction], *, forced: bool = False) -> Counts:
        """Store one document with its claims in one transaction.

        Args:
            reading: the document, or the problems why there is none.
            extractions: one an article.
            forced: whether a document that was removed comes back; else it gives a problem `removed-before`.

        Returns:
            How many documents, claims and problems were new; three noughts for what the ledger has.
        """
        with self._turn(queued=True) as turn:
            return enter_made(turn, reading, extractions, forced=forced)

    def put_all(self, made: Sequence[tuple[Reading, Sequence[Extraction]]]) -> Counts:
        """Store documents with their claims in one transaction, or in a few where a document comes again among them.

        Args:
            made: as for `put`.

        Returns:
            As `put`, of all together.
        """
        counts = (0, 0, 0)
        for some in entered_together(made):
            with self._turn(queued=True) as turn:
                for reading, extractions in some:
                    documents, claims, problems = enter_made(turn, reading, extractions)
                    counts = (counts[0] + documents, counts[1] + claims, counts[2] + problems)
        return counts

    def put_problems(self, problems: Iterable[Problem]) -> int:
        """Store problems that belong to no document; how many were new."""
        with self._turn(queued=True) as turn:
            turn.touched.add(NO_DOCUMENT)
            return enter_problems(turn, problems, None)

    def holds(self, document: str, extractor: str) -> bool:
        """Whether the ledger has this document (by id), extracted by this version of the extractor."""
        columns = schema.documents.c
        with self._look() as connection:
            found = connection.execute(select(columns.extractor).where(columns.id == document)).scalar_one_or_none()
        return found is not None and found in (extractor, "")  # a document without articles has nothing to extract

    def is_current(self, reading: Reading, extractor: str) -> bool:
        """Whether `put` would store nothing of this reading, so that it need not be extracted.

        Args:
            reading: the reading.
            extractor: version of the extractor that would be used.
        """
        document = reading.document
        if document is None:
            return False
        with self._look() as connection:
            kept = connection.execute(select(schema.documents).where(schema.documents.c.id == document.id)).one_or_none()
            names = schema.names.c
            known = connection.execute(select(names.name).where(names.document == document.id)).scalars().all()
        if kept is None or document.name not in known:
            return False
        by = extractor if reading.articles else ""
        return compare(version_of(document, reading, by), version_kept(kept)) != "replace"

    def holdings_of(self, documents: Collection[str] | None) -> Holdings:
        """What the ledger holds of some documents, without links, judgements applied; None asks for everything."""
        if documents is None:
            return self.holdings()
        with self._look() as connection:
            return load_some(connection, documents)

    def holdings(self, recorded_before: str | int | None = None) -> Holdings:
        """What the ledger holds, judgements applied.

        Args:
            recorded_before: only what it held before this revision, or this moment (ISO, UTC where no offset is given). An
                earlier state comes without links: they are made from it anew. What was removed since is gone from it too.

        Raises:
            BadDateError: the moment is none.
        """
        return apply_judgements(self._stored(recorded_before))

    def _stored(self, recorded_before: str | int | None = None) -> Stored:
        with self._look() as connection:
            if recorded_before is not None:
                return load(connection, revision_before(connection, recorded_before))
            loaded = self._loaded  # another thread may put a newer one there meanwhile
            if loaded is None or loaded.holdings.revision != read_revision(connection):
                self._loaded = loaded = load(connection, None)
            return loaded

    # What people do

    def judge(self, judgement: Judgement, *, seen: int | None = None) -> None:
        """Append a judgement; one that is there already adds nothing.

        Args:
            judgement: the judgement.
            seen: revision that its maker looked at; None does not look whether others judged the same since.

        Raises:
            ConflictError: others judged the same since, or what it is about was read anew.
        """
        with self._turn() as turn:
            enter_judgement(turn, judgement, seen)

    def undo(self, judgement: str, *, by: str = "", reason: str = "", seen: int | None = None) -> None:
        """Take a judgement back; both stay on record.

        Args:
            judgement: its id or the start of one.
            by: who takes it back.
            reason: why.
            seen: revision that they looked at; None does not look whether others judged the same since.

        Raises:
            UnknownIdError: there is no such judgement.
            AmbiguousIdError: several begin so.
            ConflictError: others judged the same since, or took it back already.
        """
        with self._turn() as turn:
            known = turn.connection.execute(select(schema.judgements.c.id)).scalars().all()
            undo_judgement(turn, choose_id("judgement", "j:", judgement, known), (by, reason), seen)

    def history(self, target: str | None = None) -> list[Deed]:
        """The audit log: what people did, the newest first; what cannot concern a target may be left out."""
        with self._look() as connection:
            return read_history(connection, target)

    def pack(self, documents: Collection[str] | None = None) -> Parcel:
        """What another ledger needs to hold the same: of some documents, by id, or of all."""
        with self._look() as connection:
            return pack(connection, documents)

    def merge(self, parcel: Parcel, *, by: str, reason: str) -> Merged:
        """Take another ledger's parcel in, all of it or nothing; see `merging.merge`. Where it removed anything, `tidy` comes after."""
        with self._turn() as turn:
            merged = merge(turn, parcel, by, reason)
        if merged.removed:
            self._loaded = None
        return merged

    def texts(self) -> dict[str, str]:
        """Every text that any document is or was read as, by its digest."""
        with self._look() as connection:
            return load_texts(connection)

    def remove(self, document: Document, reason: str) -> None:
        """Erase a document's text and claims; its digest and a tombstone stay. A text that another document shares stays.

        Links still name what it held: they belong made anew behind it, and then `tidy`.

        Raises:
            UnknownIdError: the ledger has no such document.
        """
        with self._turn() as turn:
            erase(turn, document.id, reason)
        self._loaded = None

    def tidy(self) -> None:
        """Leave nothing of what was removed in the database's files.

        Raises:
            UntidyError: others read the ledger as it was, for longer than one waits.
        """
        with naming_faults(self.place):
            if not self.database.tidy():
                raise UntidyError(self.place)

    def mend(self) -> None:
        """Make the index of words anew, and have all links made anew by the next linking."""
        with self._turn() as turn:
            mend_words(turn.connection)
            turn.content = True
            turn.touched.add(EVERYTHING)

    # What readers ask

    def find_document(self, words: str) -> Document:
        """The document that words mean: an id, a name or the start of either, a file's bare name, words of a title.

        Raises:
            UnknownIdError: they mean none.
            AmbiguousIdError: they mean several.
        """
        with self._look() as connection:
            return find_document(connection, words)

    def find_claim(self, words: str) -> StoredClaim:
        """The claim with an id that begins so, in its first appearance, as amended; a rejected one as extracted.

        Raises:
            UnknownIdError: none begins so.
            AmbiguousIdError: several do.
        """
        with self._look() as connection:
            return find_claim(connection, words)

    def all_claims(self) -> tuple[StoredClaim, ...]:
        """Every claim as extracted, whatever people judged, by document id and place."""
        return self._stored().holdings.claims

    def problems(self) -> tuple[Problem, ...]:
        """What could not be used, with judgements that fit nothing any more, by document, place and code."""
        with self._look() as connection:
            return self._complaints.read(connection)

    def search(self, words: str, *, limit: int, within: Collection[str] | None = None) -> list[Hit]:
        """Passages of all documents, or of some, that hold all the words, a "quoted phrase" or a prefix*; best first, one a document."""
        with self._look() as connection:
            return list(search_ledger(connection, words, limit, within, self._matches))

    def search_counted(self, words: str, *, limit: int, most: int) -> tuple[list[Hit], int]:
        """As `search` in all documents; and how many passages there are, of which no more than `most` are counted."""
        with self._look() as connection:
            return search_counted(connection, words, limit, most, self._matches)

    def verify(self) -> Iterator[VerifyRow]:
        """Every anchor of every claim, with whether it holds; a damaged text is a row of part `text`."""
        with self._look() as connection:
            yield from verify_ledger(connection)

    def digest(self) -> str:
        """A digest of the content records: no row order, no recorded times, no names but the least, no links."""
        with self._look() as connection:
            return digest_ledger(connection)
