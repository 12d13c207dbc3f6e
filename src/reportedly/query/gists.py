"""The gist of a large story: what its series of measures and its statements rest on, read without the many claims that do neither.

An answer from it is that of all rows; where that cannot be told from it, all rows are asked.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from reportedly import pipeline
from reportedly.model import Clocks, Holdings, Settings
from reportedly.model.summary import LARGE
from reportedly.query.shelves import with_united
from reportedly.settings import with_grades

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from reportedly.ledger.store import LedgerStore
    from reportedly.ledger.summaries.catalogue import StoryPlace
    from reportedly.ledger.summaries.gists import Gist, MeasuredClaim
    from reportedly.reconcile.outlines import Outlines
    from reportedly.reconcile.unfolding import Unfolding

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

_KEPT = 8  # gists that are remembered
_NEVER = object()  # stands for what nobody asked for yet; None says that all rows are to be asked


State = tuple[int, int, int]
"""What tells a state of the ledger from others, as `Library.moment` gives it: to link raises no revision where links stay as they are,
though what lists and outlines show of a corrected claim changes then."""

Asked = frozenset[str] | None
"""Measures of which the series are asked; None asks of the statements."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A gist that was read.

    Attributes:
        place: the story.
        rows: its rows as readers see them.
    """

    place: "StoryPlace"
    rows: Holdings


class LedgerView(Protocol):
    """A ledger as a reader sees it now: what gists need of a library, which keeps them."""

    @property
    def store(self) -> "LedgerStore":
        """The ledger."""
        ...

    @property
    def settings(self) -> Settings:
        """What `reportedly.toml` beside the ledger holds."""
        ...

    @property
    def moment(self) -> State:
        """What tells the ledger's state from others."""
        ...

    @property
    def by_parts(self) -> bool:
        """Whether parts and summaries answer for the ledger."""
        ...


class Gists:
    """The gists of a ledger that were asked for lately.

    Args:
        ledger: the ledger.
    """

    def __init__(self, ledger: LedgerView) -> None:
        self._ledger = ledger
        self._measured: OrderedDict[tuple[str, State], Sequence[MeasuredClaim] | None] = OrderedDict()
        self._kept: OrderedDict[tuple[str, State, Asked], _Read | None] = OrderedDict()
        self._cut: OrderedDict[tuple[str, State, Asked, Clocks], Holdings | None] = OrderedDict()
        self._outlines: OrderedDict[tuple[str, State], tuple[StoryPlace, Outlines] | None] = OrderedDict()
        self._unfolding: OrderedDict[tuple[str, State, Clocks], Unfolding | None] = OrderedDict()

    def shut(self) -> None:
        """Let go of all that was read."""
        for kept in (self._measured, self._kept, self._cut, self._outlines, self._unfolding):
            kept.clear()

    def measured(self, story: str, clocks: Clocks) -> "Sequence[MeasuredClaim] | None":
        """The claims of a story with a figure of a measure of the table; None where all rows of the story are to be asked.

        Args:
            story: as a reader names it.
            clocks: as of when.

        Raises:
            UnknownIdError: no story is named so.
            AmbiguousIdError: several are.
        """
        if not self._answers(clocks):
            return None
        return _remembered(self._measured, (story, self._ledger.moment), lambda: self._read_measured(story))

    def rows(self, story: str, clocks: Clocks, asked: Asked) -> Holdings | None:
        """The rows of a story's gist, made ready for some clocks.

        Args:
            story: as a reader names it.
            clocks: as of when.
            asked: what is asked of it.

        Returns:
            The rows, before the clocks hide any; None where all rows of the story are to be asked.

        Raises:
            UnknownIdError: no story is named so.
            AmbiguousIdError: several are.
        """
        if not self._answers(clocks):
            return None
        key = story, self._ledger.moment, asked
        read = _remembered(self._kept, key, lambda: self._read(story, asked))
        if read is None or not clocks.running:
            return read.rows if read else None
        return _remembered(self._cut, (*key, clocks), lambda: self._clocked(read, clocks))

    def unfolding(self, story: str, clocks: Clocks) -> "Unfolding | None":
        """What draws up the timeline of a story; None where all rows of the story are to be asked.

        Args:
            story: as a reader names it.
            clocks: as of when.

        Raises:
            UnknownIdError: no story is named so.
            AmbiguousIdError: several are.
        """
        if not self._answers(clocks):
            return None
        key = story, self._ledger.moment, clocks
        return _remembered(self._unfolding, key, lambda: self._unfold(story, clocks))

    def _unfold(self, story: str, clocks: Clocks) -> "Unfolding | None":
        from reportedly.reconcile.unfolding import Unfolding, turns_of  # noqa: PLC0415 - only readers of large stories need it

        read = _remembered(self._outlines, (story, self._ledger.moment), lambda: self._read_outlines(story))
        if read is None:
            return None
        place, outlines = read
        measures = frozenset(measure for claim in self.measured(story, clocks) or () for measure in claim.measures)
        counted = self.rows(story, clocks, measures)
        if counted is None:
            return None
        turns = turns_of(counted, clocks)
        return Unfolding(outlines, place.story, clocks, turns, lambda claims: read_claims(self._ledger, place.story, claims))

    def _read_outlines(self, story: str) -> "tuple[StoryPlace, Outlines] | None":
        from reportedly.ledger.summaries.gists import packed_outlines  # noqa: PLC0415 - SQLAlchemy is heavy
        from reportedly.reconcile.outlines import read_outlines  # noqa: PLC0415

        found = self._ask_large(story, packed_outlines)
        outlines = read_outlines(found[1]) if found and found[1] else None
        return (found[0], outlines) if found and outlines is not None else None

    def _answers(self, clocks: Clocks) -> bool:
        """Whether gists may answer: not for earlier states of the ledger, nor where a title under the clock tells whom to trust."""
        ledger = self._ledger
        return clocks.recorded_before is None and ledger.by_parts and not (clocks.running and ledger.settings.ranking)

    def _clocked(self, read: _Read, clocks: Clocks) -> Holdings | None:
        from reportedly.ledger.summaries.gists import hidden_claims  # noqa: PLC0415 - SQLAlchemy is heavy
        from reportedly.reconcile.gists import cut_events  # noqa: PLC0415 - only readers of large stories need it

        hidden = self._ledger.store.catalogue.ask(lambda connection: hidden_claims(connection, read.place, clocks))
        return cut_events(read.rows, hidden, clocks)

    def _read_measured(self, story: str) -> "Sequence[MeasuredClaim] | None":
        from reportedly.ledger.summaries.gists import measured_claims  # noqa: PLC0415 - SQLAlchemy is heavy

        found = self._ask_large(story, measured_claims)
        return found and found[1]

    def _ask_large(self, story: str, make: "Callable[[Connection, StoryPlace], T]") -> "tuple[StoryPlace, T] | None":
        """Where a story is, and what is asked of it there; None where it is small."""
        from reportedly.ledger.summaries.catalogue import find_place  # noqa: PLC0415 - SQLAlchemy is heavy

        def read(connection: "Connection") -> "tuple[StoryPlace, T] | None":
            place = find_place(connection, story)
            return (place, make(connection, place)) if place.claims >= LARGE else None

        return self._ledger.store.catalogue.ask(read)

    def _read(self, story: str, asked: Asked) -> _Read | None:
        from reportedly.ledger.summaries.gists import read_gist  # noqa: PLC0415 - SQLAlchemy is heavy
        from reportedly.reconcile.gists import speakers_open  # noqa: PLC0415

        measured = self.measured(story, Clocks()) if asked is not None else None
        wanted = None if asked is None else [claim for claim in measured or () if not asked.isdisjoint(claim.measures)]
        found = self._ask_large(story, lambda connection, place: read_gist(connection, place, wanted))
        if found is None:
            return None
        place, gist = found
        settings = with_grades(self._ledger.settings, gist.holdings.judgements)
        links = with_united(gist.holdings.links, gist.actors)
        rows = pipeline.see(replace(gist.holdings, settings=settings, links=links), Clocks())
        known = None if speakers_open(rows) else self._with_bearers(place, rows) if asked is None else rows
        return None if known is None else _Read(place=place, rows=known)

    def _with_bearers(self, place: "StoryPlace", rows: Holdings) -> Holdings | None:
        """The rows with all actors of the story that bear a name of somebody who takes part in an act and is not told otherwise."""
        from reportedly.ledger.summaries.gists import read_bearers  # noqa: PLC0415
        from reportedly.reconcile.gists import open_roles  # noqa: PLC0415

        names = open_roles(rows)
        if not names:
            return rows
        found = self._ledger.store.catalogue.ask(lambda connection: read_bearers(connection, place, names))
        if found is None:
            return None
        actors = found | {actor.id: actor for actor in rows.links.actors}
        return replace(rows, links=replace(rows.links, actors=tuple(actors[identity] for identity in sorted(actors))))


def _remembered(kept: OrderedDict[K, T], key: K, make: Callable[[], T]) -> T:
    """What is kept under a key, made where it is not; what came first is forgotten where there are many."""
    found = kept.get(key, _NEVER)  # in one step: another thread may forget it meanwhile
    if found is not _NEVER:
        return cast("T", found)
    made = kept[key] = make()
    while len(kept) > _KEPT:
        kept.popitem(last=False)
    return made


def read_claims(ledger: LedgerView, story: str, claims: Collection[tuple[str, str]]) -> Holdings | None:
    """The rows of some claims of a story as readers see them; None where only all actors of the story tell who speaks.

    Args:
        ledger: the ledger.
        story: as a reader names it.
        claims: ids of their documents and their own.
    """
    from reportedly.ledger.summaries.catalogue import find_place  # noqa: PLC0415 - SQLAlchemy is heavy
    from reportedly.ledger.summaries.gists import read_told  # noqa: PLC0415
    from reportedly.reconcile.gists import speakers_open  # noqa: PLC0415

    def read(connection: "Connection") -> "Gist":
        return read_told(connection, find_place(connection, story), claims)

    found = ledger.store.catalogue.ask(read)
    settings = with_grades(ledger.settings, found.holdings.judgements)
    links = with_united(found.holdings.links, found.actors)
    rows = pipeline.see(replace(found.holdings, settings=settings, links=links), Clocks())
    return None if speakers_open(rows) else rows
