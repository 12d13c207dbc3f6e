"""The parts of a ledger as readers ask for them: read when asked for, kept while they stay as they are, forgotten when there are many.

A question about one story costs what its part holds, not the ledger, and a write elsewhere leaves it warm.
"""

import copy
import threading
from collections import OrderedDict
from collections.abc import Collection, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportedly import pipeline
from reportedly.model import Clocks, Holdings, Settings
from reportedly.query.gists import Gists
from reportedly.query.holding import Holding
from reportedly.query.selection import find_claim, find_story, narrow
from reportedly.query.shelves import Shelves, with_united
from reportedly.settings import with_grades

if TYPE_CHECKING:
    from reportedly.ledger.store import LedgerStore
    from reportedly.ledger.summaries.catalogue import Standing
    from reportedly.ledger.summaries.columns import Columns
    from reportedly.ledger.summaries.sameness import Noted

MOST_KNOWN = 100
"""Stories whose names are remembered, with the rows of their parts, until the ledger changes."""

MOST_CLAIMS = 30_000
"""Claims of parts that are kept; one takes about 5 kB of memory."""

MOST_PARTS = 1_000
"""Parts of which is remembered what tells their state, so that answers about them hold when their rows are let go of."""


@dataclass(slots=True, kw_only=True)
class _Kept:
    """A part that was asked for.

    Attributes:
        noted: what tells its state.
        revision: the ledger's revision at which the part was last found to be so.
        rows: its rows as they were read, and as readers see them; None where they were not read, or let go of.
    """

    noted: "Noted"
    revision: int
    rows: tuple[Holdings, Shelves] | None

    @property
    def state(self) -> Hashable:
        """Tells its rows as readers see them from others."""
        return self.noted.version, self.noted.united


class Library:
    """The rows of one ledger: of a part, of a story, or of everything.

    Args:
        store: the ledger.
        settings: what `reportedly.toml` beside it holds.
        lagging: whether, while pages are being added, readers are answered from the last linking; else they wait for one of their own.

    Attributes:
        store: the ledger.
        holding: which claims hold a word.
        gists: what the figures and statements of large stories rest on.
    """

    def __init__(self, store: "LedgerStore", settings: Settings, *, lagging: bool = False) -> None:
        self.store = store
        self._settings = settings
        self._lagging = lagging
        self._held: Holdings | None = None
        self._columns: Columns | None = None
        self._standing: tuple[tuple[int, int, int] | None, Standing | None] = None, None
        self._found: dict[str, tuple[tuple[int, int, int], str, Shelves]] = {}
        self._counting = threading.Lock()
        self.holding = Holding(store.catalogue)
        self.gists = Gists(self)
        self._whole: Shelves | None = None
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = threading.Lock()
        self._reading: dict[str, threading.Lock] = {}
        self._pinned = threading.local()

    @contextmanager
    def still(self) -> Iterator[None]:
        """Let all that this thread asks meanwhile be of one moment, told once; what others write is for its next question."""
        if getattr(self._pinned, "state", None) is not None:
            yield
            return
        self._pinned.state = self.store.state
        try:
            yield
        finally:
            self._pinned.state = None

    @property
    def settings(self) -> Settings:
        """What `reportedly.toml` beside the ledger holds."""
        return self._settings

    @property
    def moment(self) -> tuple[int, int, int]:
        """What tells the ledger's state from others: its revision, that of the newest content, that which is linked."""
        return getattr(self._pinned, "state", None) or self.store.state

    @property
    def revision(self) -> int:
        """The ledger's revision."""
        return self.moment[0]

    def rows(self, story: str | None, recorded_before: str | int | None = None) -> Holdings:
        """The rows of a story, or of all, before the clocks hide any.

        Args:
            story: its id, the start of one, or words of its title; None asks for everything.
            recorded_before: only what the ledger held before; such a state is linked anew, all of it.

        Raises:
            UnknownIdError: no story is named so.
            AmbiguousIdError: several are.
            BadDateError: the moment is none.
        """
        if story is None or recorded_before is not None:
            return narrow(self.everything(recorded_before), story)
        if self.by_parts:
            return self._story(story)
        held, whole = self.everything(), self._whole
        if whole is None or whole.holdings is not held:
            self._whole = whole = Shelves(held)
        return whole.story(find_story(held, story).id)

    @property
    def by_parts(self) -> bool:
        """Whether parts and summaries answer for the ledger.

        They do not for what an interrupted run left unlinked, nor for the user's own names and parties: those are joined when the
        ledger is read, so that a change of them shows at once.
        """
        if self._settings.aliases or self._settings.parties:
            return False
        moment, (known, standing) = self.moment, self._standing
        if standing is None or known != moment:
            standing = self.store.catalogue.standing()
            self._standing = moment, standing
        return standing.linked or (self._lagging and standing.summed)

    def everything(self, recorded_before: str | int | None = None) -> Holdings:
        """All rows of the ledger, or of what it held before a revision or moment."""
        if recorded_before is not None:
            return pipeline.see(self._linked(self.store.holdings(recorded_before)), Clocks())
        held = self._held  # another thread may forget or renew it meanwhile
        if held is None or held.revision != self.store.revision:  # or another process may have written
            held = self._set(pipeline.united(self.store.holdings()))
            if self._settings.aliases or self._settings.parties or self.store.links_outdated():
                held = self._linked(held)
            self._held = held = pipeline.see(held, Clocks())
        return held

    def state(self, story: str) -> Hashable:
        """What tells the state of a story, as a reader names it, from others: it stays while nothing that the story shows changes.

        Raises:
            UnknownIdError: no story is named so.
            AmbiguousIdError: several are.
        """
        if not self.by_parts:
            return self.moment
        known, moment = self._found.get(story), self.moment
        if known is not None and known[0] == moment:
            return known[2].state
        place = self.store.catalogue.find_story(story)
        kept = self._check(place.part)[0] or self._note(place.part)
        if kept is not None and place.story in kept.noted.stories:
            return kept.state
        return self._find(story)[1].state

    def documents(self, identities: Collection[str], claims: Collection[str] | None = None) -> Holdings:
        """Some documents with their problems, undated articles under the dates that others give them; no other links.

        Args:
            identities: ids of the documents.
            claims: ids of the claims that are wanted; None takes all of the documents'.
        """
        return pipeline.see(self._set(self.store.catalogue.read_documents(identities, claims)), Clocks())

    def columns(self) -> "Columns":
        """The claims as columns of numbers, of the ledger as it is now; nobody else may make them anew meanwhile."""
        from reportedly.ledger.summaries.columns import Columns  # noqa: PLC0415 - NumPy is heavy

        with self._counting:
            fresh = copy.copy(self._columns) if self._columns is not None else Columns()
            self.store.catalogue.ask(fresh.refresh)
            self._columns = fresh
            return fresh

    def judged(self) -> Holdings:
        """All judgements, with the documents that they are about; no other links than dates."""
        if not self.by_parts:
            return self.everything()
        return pipeline.see(self._set(self.store.catalogue.read_judged()), Clocks())

    def with_claims(self, claims: Collection[str], clocks: Clocks) -> Holdings:
        """What the clocks let see of the documents in which some claims, by id, appear; see `documents`."""
        if clocks.recorded_before is not None or not self.by_parts:
            return pipeline.see(self.everything(clocks.recorded_before), clocks)
        return pipeline.see(self.documents(self.store.catalogue.documents_with(claims), claims), clocks)

    def around_claim(self, words: str) -> tuple[str, Holdings]:
        """A claim's id, by it or the start of it, and the rows about it: its documents, those of the same origin, its story and speakers.

        Raises:
            UnknownIdError: no claim has that id.
            AmbiguousIdError: several begin so.
        """
        if not self.by_parts:
            held = self.everything()
            return find_claim(held, words).claim.id, held
        identity = self.store.catalogue.find_claim(words)
        held = self.store.catalogue.read_around(identity)
        actors = self.store.united([actor.id for actor in held.links.actors])
        return identity, pipeline.see(self._set(replace(held, links=with_united(held.links, actors))), Clocks())

    def forget(self) -> None:
        """Let go of all rows: the ledger was written."""
        self._held = None

    def shut(self) -> None:
        """Let go of all parts that were read, as a process has that was asked about other stories since."""
        with self._lock:
            self._kept.clear()
            self._found.clear()
        self.gists.shut()

    def _linked(self, held: Holdings) -> Holdings:
        held = self._set(held)
        return replace(held, links=pipeline.resolve(held))

    def _set(self, held: Holdings) -> Holdings:
        return replace(held, settings=with_grades(self._settings, held.judgements))

    def _story(self, words: str) -> Holdings:
        identity, shelves = self._find(words)
        return shelves.story(identity)

    def _find(self, words: str) -> tuple[str, Shelves]:
        """The id of the story that words name, with the rows of its part; asked again only when the ledger changed."""
        moment = self.moment
        known = self._found.get(words)
        if known is not None and known[0] == moment:
            return known[1], known[2]
        while True:  # a part may be joined to another between the two questions
            place = self.store.catalogue.find_story(words)
            part = self.part(place.part)
            if part is not None and part.holds(place.story):
                break
        self._found = {name: found for name, found in self._found.items() if found[0] == moment}  # others hold rows that nobody asks for
        if len(self._found) > MOST_KNOWN:
            self._found.clear()
        self._found[words] = moment, place.story, part
        return place.story, part

    def part(self, identity: str) -> Shelves | None:
        """The rows of a part by its id; None where it is no more. Those who ask for one at once wait for one reading of it."""
        while True:
            kept, revision = self._check(identity)
            if kept is not None and kept.rows is not None:
                return kept.rows[1].at(revision)
            with self._lock:
                reading = self._reading.setdefault(identity, threading.Lock())
            if reading.acquire(blocking=False):
                try:
                    return self._read(identity)
                finally:
                    with self._lock:
                        self._reading.pop(identity, None)
                    reading.release()
            with reading:
                pass

    def _check(self, identity: str) -> tuple[_Kept | None, int]:
        """What is kept of a part, if that is still so; and the ledger's revision."""
        from reportedly.ledger.summaries.sameness import united_state  # noqa: PLC0415 - SQLAlchemy is heavy

        version, revision = self.store.catalogue.version_of(identity)
        with self._lock:
            kept = self._kept.get(identity)
            if kept is None or kept.noted.version != version:
                return None, revision
            self._kept.move_to_end(identity)
        if kept.revision != revision:
            noted, rows = kept.noted, kept.rows
            united = self.store.catalogue.ask(lambda connection: united_state(connection, noted.sides))
            if united != noted.united:
                noted = replace(noted, united=united)
                if rows is not None:
                    rows = rows[0], self._shelve(rows[0], noted)
            kept = self._keep(identity, _Kept(noted=noted, revision=revision, rows=rows))
        return kept, revision

    def _note(self, identity: str) -> _Kept | None:
        """What tells the state of a part, kept without its rows; None where the part is no more."""
        from reportedly.ledger.summaries.sameness import note_part  # noqa: PLC0415 - as above

        noted = self.store.catalogue.ask(lambda connection: note_part(connection, identity))
        return None if noted is None else self._keep(identity, _Kept(noted=noted, revision=noted.revision, rows=None))

    def _read(self, identity: str) -> Shelves | None:
        from reportedly.ledger.summaries.sameness import note_part  # noqa: PLC0415 - as above

        while True:
            noted = self.store.catalogue.ask(lambda connection: note_part(connection, identity))
            read = self.store.catalogue.read_part(identity) if noted is not None else None
            if noted is None or read is None:
                return None
            if read.version == noted.version:  # else it was written between the two questions
                break
        shelves = self._shelve(read.holdings, noted)
        self._keep(identity, _Kept(noted=noted, revision=noted.revision, rows=(read.holdings, shelves)))
        return shelves

    def _keep(self, identity: str, kept: _Kept) -> _Kept:
        with self._lock:
            before = self._kept.get(identity)
            if kept.rows is None and before is not None and before.state == kept.state:  # another thread read it meanwhile
                kept.rows = before.rows
            self._kept[identity] = kept
            self._kept.move_to_end(identity)
            self._let_go(identity)
        return kept

    def _let_go(self, newest: str) -> None:
        """Let go of the rows that were asked for longest ago where there are many, and at last of what is remembered of their parts."""
        held = [(name, kept, len(kept.rows[0].claims)) for name, kept in self._kept.items() if kept.rows is not None]
        total = sum(claims for *_, claims in held)
        for name, kept, claims in held:
            if total <= MOST_CLAIMS or name == newest:
                break
            kept.rows = None
            total -= claims
        while len(self._kept) > MOST_PARTS:
            self._kept.popitem(last=False)

    def _shelve(self, held: Holdings, noted: "Noted") -> Shelves:
        actors = self.store.united(noted.actors)
        shelves = Shelves(pipeline.see(self._set(replace(held, links=with_united(held.links, actors))), Clocks()))
        shelves.state = noted.version, noted.united
        return shelves
