"""The links of a ledger in its database: parts with their summaries, and what waits to be linked."""

import threading
from collections.abc import Collection, Sequence

from sqlalchemy import select

from reportedly.ledger import schema
from reportedly.ledger.databases.choosing import chosen
from reportedly.ledger.databases.database import Database
from reportedly.ledger.documents.keeping import KeptRows
from reportedly.ledger.links.linking import store_links
from reportedly.ledger.links.parts import Linked, find_near, prepare_parts, read_parts, read_unlinked, store_parts
from reportedly.ledger.links.uniting import read_united
from reportedly.ledger.links.written import WrittenParts
from reportedly.ledger.moments import Clock
from reportedly.ledger.revisions import links_outdated, note_linker, read_linker, read_revision
from reportedly.ledger.transactions import Transactions
from reportedly.model import Actor, ArticleKey, Holdings, Links, Near, Page, Part, Summary
from reportedly.model.ports import Uniter

_PREPARED = 3
"""How often the writing of a linking is worked out beside others before it is done in their way."""


class LinkStore(Transactions):
    """The part of a store that keeps links.

    Args:
        database: from `opening.open_database`.
        clock: tells the time of what is recorded.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database, clock)
        self._asked = threading.local()  # at which revision a thread asked what is not linked
        self.kept_rows = KeptRows()
        self._written = WrittenParts()

    def put_links(self, links: Links) -> None:
        """Replace the links by newer ones in one transaction; the revision rises where they differ."""
        with self._turn(queued=True) as turn:
            store_links(turn, links)

    def unlinked(self) -> frozenset[str] | None:
        """Ids of the documents that changed since the links were made; None where all links must be made anew."""
        with self._look() as connection:
            self._asked.revision = read_revision(connection)
            return read_unlinked(connection)

    def holdings_kept(self, documents: Collection[str]) -> Holdings:
        """As `holdings_of`; what is read of large stories is kept, and what is as it was when it was kept is not read again."""
        with self._look() as connection:
            return self.kept_rows.load(connection, documents)

    def forget_gone(self, documents: Collection[str]) -> frozenset[str]:
        """Keep in the process nothing of documents that the ledger holds no more, whoever took them out.

        Args:
            documents: ids of documents.

        Returns:
            Those of them that it holds no more.
        """
        asked = self.kept_rows.documents.union(documents)
        column = schema.documents.c.id
        with self._look() as connection:
            gone = asked.difference(row.id for row in chosen(connection, select(column), column, sorted(asked)))
        self.kept_rows.forget(gone)
        return gone.intersection(documents)

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
                prepared = prepare_parts(connection, linked, self._written)
            if prepared is None:
                return False
            with self._turn(queued=True) as turn:
                stored = store_parts(turn, linked, prepared)
            if stored:
                self._written.note(parts, summaries, gone, changed, prepared.summaries.versions)
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
