"""The ledger in a database: a transaction a document, readers beside one writer at a time."""

import threading
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Self

from sqlalchemy import Connection, select

from reportedly.errors import LedgerBusyError
from reportedly.ledger import schema
from reportedly.ledger.bundles.merging import merge
from reportedly.ledger.bundles.packing import pack
from reportedly.ledger.bundles.parcel import Parcel
from reportedly.ledger.care.complaints import Complaints
from reportedly.ledger.care.examining import mend_words
from reportedly.ledger.care.verifying import digest_ledger, verify_ledger
from reportedly.ledger.databases.database import WRITES, Database
from reportedly.ledger.databases.faults import naming_faults
from reportedly.ledger.documents.entering import enter_made, enter_problems, version_kept
from reportedly.ledger.documents.entry import Counts, compare, entered_together, version_of
from reportedly.ledger.documents.erasing import erase
from reportedly.ledger.documents.excerpts import load_some
from reportedly.ledger.documents.loading import load, load_texts
from reportedly.ledger.judgements.deciding import enter_judgement, read_history, undo_judgement
from reportedly.ledger.judgements.judging import Stored, apply_judgements
from reportedly.ledger.links.linking import store_links
from reportedly.ledger.links.parts import Linked, find_near, prepare_parts, read_parts, read_unlinked, store_parts
from reportedly.ledger.links.uniting import read_united
from reportedly.ledger.moments import QUEUE, Clock
from reportedly.ledger.revisions import (
    EVERYTHING,
    NO_DOCUMENT,
    Turn,
    begin_turn,
    end_turn,
    links_outdated,
    note_linker,
    read_linker,
    read_revision,
    read_state,
    revision_before,
)
from reportedly.ledger.search.finding import find_claim, find_document, search_counted, search_ledger
from reportedly.ledger.search.lookup import choose_id
from reportedly.ledger.search.searching import Matches
from reportedly.ledger.summaries.catalogue import Catalogue
from reportedly.model import (
    Actor,
    ArticleKey,
    Deed,
    Document,
    Extraction,
    Hit,
    Holdings,
    Judgement,
    Links,
    Merged,
    Near,
    Page,
    Part,
    Problem,
    Reading,
    StoredClaim,
    Summary,
    VerifyRow,
)
from reportedly.model.ports import Uniter

_PREPARED = 3
"""How often the writing of a linking is worked out beside others before it is done in their way."""


class LedgerStore:
    """A ledger in a database; `open_ledger` opens one.

    Args:
        database: from `opening.open_database`.
        clock: tells the time of what is recorded.

    Attributes:
        database: what differs between the kinds of database.
        engine: gives connections to it.
        place: where it is.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.engine = database.engine
        self.place = database.place
        self._clock = clock
        self._writing = database.engine.execution_options(**{WRITES: True})
        self._loaded: Stored | None = None
        self._asked = threading.local()  # at which revision a thread asked what is not linked
        self.catalogue = Catalogue(self._look)
        self._complaints = Complaints()
        self._matches = Matches()

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the file, or of the connections to the server."""
        self.engine.dispose()

    def let_go(self) -> None:
        """Close all connections; they are opened again where they are needed."""
        self.engine.dispose()

    @contextmanager
    def _turn(self, *, queued: bool = False) -> Iterator[Turn]:
        """A writing transaction: all of it is stored, or nothing where anything raises; `queued` is patient while others get on."""
        self.database.check_place()
        with naming_faults(self.place), ExitStack() as stack:
            connection = self._queue(stack) if queued else stack.enter_context(self._writing.begin())
            turn = begin_turn(connection, self._clock)
            yield turn
            end_turn(turn)
            self.database.check_place()

    def _queue(self, stack: ExitStack) -> Connection:
        """A writing transaction, waited for as long as the revision rises meanwhile: then others write, and none hangs."""
        end, before = time.monotonic() + QUEUE, None
        while True:
            turn: AbstractContextManager[Connection] = self._writing.begin()
            try:
                with naming_faults(self.place):
                    return stack.enter_context(turn)
            except LedgerBusyError:
                now = self.revision
                if now == before or time.monotonic() > end:
                    raise
                before = now

    @contextmanager
    def _look(self) -> Iterator[Connection]:
        """A reading transaction, in which everything is of one moment."""
        self.database.check_place()
        with naming_faults(self.place), self.engine.connect() as connection:
            yield connection

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

    def put_links(self, links: Links) -> None:
        """Replace the links by newer ones in one transaction; the revision rises where they differ."""
        with self._turn(queued=True) as turn:
            store_links(turn, links)

    def unlinked(self) -> frozenset[str] | None:
        """Ids of the documents that changed since the links were made; None where all links must be made anew."""
        with self._look() as connection:
            self._asked.revision = read_revision(connection)
            return read_unlinked(connection)

    def holdings_of(self, documents: Collection[str] | None) -> Holdings:
        """What the ledger holds of some documents, without links, judgements applied; None asks for everything."""
        if documents is None:
            return self.holdings()
        with self._look() as connection:
            return load_some(connection, documents)

    def near(self, pages: Sequence[Page]) -> list[Near]:
        """The articles of the ledger that share something with some, these themselves left out."""
        with self._look() as connection:
            return find_near(connection, pages)

    def parts_of(self, documents: Collection[str]) -> dict[str, dict[ArticleKey, str]]:
        """The parts that articles of some documents, or parts of these ids, stand in: all their articles with `Page.features` of each."""
        with self._look() as connection:
            return read_parts(connection, documents)

    def put_parts(
        self,
        parts: Sequence[Part],
        pages: Sequence[Page],
        gone: Collection[str] | None,
        changed: Collection[str],
        summaries: Sequence[Summary] = (),
        unite: Uniter | None = None,
    ) -> bool:
        """Put parts with what lists show of them in the place of others in one transaction.

        What is to be written is worked out before the transaction, on a snapshot, so that others wait for the writing alone; where another
        linked meanwhile it is worked out again, and after a few times inside the transaction.

        Args:
            parts: the new parts.
            pages: the marks of every article of the documents that changed; with `gone` None, of all.
            gone: ids of the parts that go; None for all.
            changed: ids of the documents that are linked now. What changed since this thread asked what is `unlinked` stays so.
            summaries: what lists show of the parts.
            unite: brings the actors that cross parts up to those of the parts; None leaves them for the next linking.

        Returns:
            Whether they were put there; not where another process linked some of these articles, or removed one, meanwhile.
        """
        seen = getattr(self._asked, "revision", None)
        linked = Linked(
            parts=parts,
            pages=pages,
            gone=gone,
            changed=changed,
            seen=self.revision if seen is None else seen,
            summaries=summaries,
            unite=unite,
        )
        for _ in range(_PREPARED):
            with self._look() as connection:
                prepared = prepare_parts(connection, linked)
            if prepared is None:
                return False
            with self._turn(queued=True) as turn:
                if store_parts(turn, linked, prepared):
                    return True
        with self._turn(queued=True) as turn:
            return store_parts(turn, linked, None)

    def united(self, actors: Collection[str]) -> dict[str, Actor]:
        """The actors across parts that actors of parts are, at a cost that depends on those asked for and not on the ledger.

        The links of a part name its actors by ids of its own (`a:...@n:...`), in `Links.actors` and as values of `Links.actor_of`; two
        parts that name one person do so by two ids. This gives for each such id the one actor that `resolve.unite` makes of all parts:
        to have the united links of some parts, put `united[id]` in the place of each actor and `united[id].id` in that of each value of
        `actor_of`, and each actor once, sorted by id.

        Args:
            actors: ids of actors of parts, as the rows of links have them; ids of no stored actor are left out.

        Returns:
            Actor of a part, by id -> the united actor: id, name, kind, principal, names, roles, words that stand for it and evidence over
            the whole ledger, but `claims` only those of the actors asked for (`unite` gives those of all). What is united already (an id
            without `@`) and what is not linked yet comes back as it is. Ids that mean one actor are given one and the same record.
        """
        with self._look() as connection:
            return read_united(connection, actors)

    def outdate_links(self, version: str) -> int:
        """Have all documents linked anew where another version made the links; readers have these meanwhile.

        Args:
            version: the one at hand, as `language.tables.linker_version` gives it.

        Returns:
            How many documents wait for that now; 0 where the links are of this version, or there are none yet.
        """
        with self._look() as connection:
            if read_linker(connection) == version:
                return 0
        with self._turn(queued=True) as turn:
            made_by = read_linker(turn.connection)
            note_linker(turn.connection, version)
            documents = set(turn.connection.execute(select(schema.members.c.document).distinct()).scalars())
            if made_by in (None, version) or not documents:
                return 0
            turn.touched |= documents
            turn.content = True
            return len(documents)

    def links_outdated(self) -> bool:
        """Whether content changed since the links were stored, as after an interrupted run."""
        with self._look() as connection:
            return links_outdated(connection)

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

    @property
    def revision(self) -> int:
        """The ledger's revision; 0 for an empty one."""
        with self._look() as connection:
            return read_revision(connection)

    @property
    def state(self) -> tuple[int, int, int]:
        """What tells a state of content and links from others: the revision, that of the newest content, that which is linked."""
        with self._look() as connection:
            return read_state(connection)

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
        """Take another ledger's parcel in, all of it or nothing; see `merging.merge`."""
        with self._turn() as turn:
            merged = merge(turn, parcel, by, reason)
        if merged.removed:
            self._loaded = None
            with naming_faults(self.place):
                self.database.tidy()
        return merged

    def texts(self) -> dict[str, str]:
        """Every text that any document is or was read as, by its digest."""
        with self._look() as connection:
            return load_texts(connection)

    def remove(self, document: Document, reason: str) -> None:
        """Erase a document's text and claims; its digest and a tombstone stay. A text that another document shares stays.

        Raises:
            UnknownIdError: the ledger has no such document.
        """
        with self._turn() as turn:
            erase(turn, document.id, reason)
        self._loaded = None
        with naming_faults(self.place):
            self.database.tidy()

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
