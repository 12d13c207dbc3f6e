"""The whole way on one screen; the only file that joins the stages.

In:  bytes -> Document -> Articles -> Claims -> ledger, then links across documents.
Out: ledger -> what the clocks let see -> series, assessments, timeline -> brief.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from reportedly.model import (
    Added,
    Clocks,
    Extraction,
    Holdings,
    Links,
    Page,
    Part,
    Place,
    Problem,
    Reading,
    Row,
    Summary,
    article_row,
    row_of,
)
from reportedly.model.ports import Extractor, Keeping, Neighbourhood, Progress, Renewing, Reopening, Store, Uniter
from reportedly.offshoots import in_offshoot

if TYPE_CHECKING:
    from reportedly.resolve import Remembered

LINK_EVERY = 1_000
"""New documents after which a ledger is linked: enough that linking reads little twice, few enough that they fit into memory."""

LINK_BESIDE = 128
"""The same while other processes extract: few enough that they need not wait, and that little is left to link when they are done."""

_REMEMBERED: "WeakKeyDictionary[Neighbourhood, Remembered]" = WeakKeyDictionary()
"""What a process remembers of the large stories that it linked, by ledger."""

_APART = 250
"""Documents that wait from which they are linked in an offshoot: enough that beginning it costs next to nothing beside them."""


def read(paths: Sequence[Path]) -> Iterator[Reading]:
    """Bytes -> documents and their articles; see `reportedly.read`."""
    from reportedly.read import read_paths  # noqa: PLC0415 - heavy, and only wanted here

    return read_paths(paths)


def extract(readings: Iterable[Reading], extractor: Extractor) -> Iterator[tuple[Reading, list[Extraction]]]:
    """Articles -> claims, one document after the other."""
    for reading in readings:
        yield reading, extractor.extract(reading.text, reading.articles)


def add(readings: Iterable[Reading], extractor: Extractor, store: Store, progress: Progress) -> Added:
    """Claims -> ledger, a transaction a document, then the links; what is already held is neither extracted nor stored again."""
    intake = Intake(store, progress)
    for reading in readings:
        held = store.is_current(reading, extractor.version)
        intake.take(reading, None if held else extractor.extract(reading.text, reading.articles))
    return intake.finish()


class Intake:
    """Fills a ledger, whoever read and extracted; links after every so many documents, so that memory does not grow with their number.

    Where the new ones had many others linked again, as many are waited for: in whatever order articles come, each is linked few times.

    Args:
        store: the ledger.
        progress: who is told how far it is.
        every: new documents after which it is linked at the earliest.
        at_most: and at the latest.
        link: links what is not linked, and tells how many articles that had not changed it linked again; None takes `relink_apart`.
    """

    def __init__(
        self,
        store: Store,
        progress: Progress,
        *,
        every: int = LINK_EVERY,
        at_most: int = LINK_EVERY,
        link: Callable[[], int] | None = None,
    ) -> None:
        self._every = self._due = every
        self._at_most = at_most
        self._link = link or (lambda: relink_apart(store, self._unlinked))
        self._store = store
        self._progress = progress
        self._sums = [0, 0, 0, 0]  # documents read; new documents, claims and problems
        self._unlinked = 0
        if outdated := outdate(store):
            progress.relinking(outdated)

    def take(self, reading: Reading, extractions: Sequence[Extraction] | None) -> None:
        """Store one document with its claims; None where the ledger holds it."""
        self.take_all([(reading, extractions)])

    def take_all(self, bundle: Sequence[tuple[Reading, Sequence[Extraction] | None]]) -> None:
        """Store documents with their claims together, as `take`: a transaction costs what storing half a document does."""
        if made := [(reading, extractions) for reading, extractions in bundle if extractions is not None]:
            self._count(0, *self._store.put_all(made))
        for reading, _ in bundle:
            self.pass_over(int(reading.document is not None), reading.document.name if reading.document else "", len(reading.text))

    def pass_over(self, documents: int, name: str, characters: int) -> None:
        """Count documents that the ledger holds."""
        self._count(documents, 0, 0, 0)
        self._progress.step(name, characters=characters)

    def finish(self) -> Added:
        """Link what is not linked yet; what was new."""
        if self._store.links_outdated():
            self._progress.linking()
            self._link()
        documents, added, claims, problems = self._sums
        return Added(documents=documents, added=added, claims=claims, problems=problems)

    def _count(self, *more: int) -> None:
        self._sums = [had + new for had, new in zip(self._sums, more, strict=True)]
        self._unlinked += more[1]
        if self._unlinked >= self._due:
            self._due = max(self._every, min(self._link(), self._at_most))
            self._unlinked = 0


def resolve(holdings: Holdings) -> Links:
    """Claims -> links across documents: actors, copies, stories, events, origins, statements."""
    from reportedly.resolve import link  # noqa: PLC0415 - heavy, and only wanted here

    return link(holdings)


def relink(store: Store, documents: Collection[str] | None = None) -> int:
    """Bring a ledger's links up to its content: by what is near the articles that changed where the store can find it, else all of them.

    Args:
        store: the ledger.
        documents: ids of those to be linked now; None links all that changed.

    Returns:
        How many articles that had not changed were linked again.
    """
    if isinstance(store, Neighbourhood):
        from reportedly.ledger.documents.loading import no_collecting  # noqa: PLC0415 - as above
        from reportedly.resolve import Remembered  # noqa: PLC0415 - as above
        from reportedly.resolve import relink as link_anew  # noqa: PLC0415 - as above

        outdate(store)
        summing = _Summing(store, documents)
        remembered = _REMEMBERED.pop(store, None) or Remembered()  # nobody else has it meanwhile
        with no_collecting():
            link_anew(cast("Neighbourhood", summing), remembered)
        _REMEMBERED[store] = remembered
        _forget_gone(store)
        return summing.again
    store.put_links(resolve(store.holdings()))
    return 0


def _forget_gone(store: Neighbourhood) -> None:
    """Leave nothing in memory of documents that were taken out of a ledger, by whomever."""
    if isinstance(store, Keeping):
        remembered = _REMEMBERED.get(store)
        gone = store.forget_gone(remembered.documents if remembered is not None else ())
        if remembered is not None:
            remembered.forget(gone)


def relink_apart(store: Store, new: int = 0) -> int:
    """As `relink`; where many documents wait in an offshoot of this process, which takes all memory with it that linking takes.

    Args:
        store: a ledger.
        new: how many documents wait at least; a ledger that is linked for the first time does not tell.

    Returns:
        As `relink`.
    """
    if isinstance(store, Neighbourhood) and isinstance(store, Reopening):
        outdate(store)
        if max(new, len(store.unlinked() or ())) >= _APART:
            store.let_go()
            again = in_offshoot(relink_at, store.place)
            if again is not None:
                _forget_gone(store)
                return again
    return relink(store)


def relink_at(place: Place) -> int:
    """As `relink`, of the ledger at a place.

    Args:
        place: where it is.
    """
    from reportedly.ledger import open_ledger  # noqa: PLC0415 - SQLAlchemy is heavy

    with open_ledger(place, create=False) as store:
        return relink(store)


def outdate(store: Store) -> int:
    """Have a ledger that another version linked linked anew; how many documents wait for that now."""
    from reportedly.language.tables import linker_version  # noqa: PLC0415 - reads all tables

    return store.outdate_links(linker_version()) if isinstance(store, Renewing) else 0


class _Summing:
    """A store that is given, with each part, what lists show of it.

    Args:
        store: the store.
        documents: ids of those to be linked; None for all that changed.

    Attributes:
        again: articles that were linked again though they had not changed.
    """

    def __init__(self, store: Neighbourhood, documents: Collection[str] | None) -> None:
        self._store = store
        self._documents = documents
        self._read = Holdings()
        self._few = False
        self.again = 0

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever else the store does
        return getattr(self._store, name)

    def unlinked(self) -> frozenset[str] | None:
        """As the store's, of the documents to be linked."""
        from reportedly.resolve import FEW  # noqa: PLC0415 - only wanted here

        changed = self._store.unlinked()
        if changed is not None and self._documents is not None:
            changed = changed.intersection(self._documents)
        self._few = changed is not None and len(changed) <= FEW
        return changed

    def holdings_of(self, documents: Collection[str] | None) -> Holdings:
        """As the store's; what was read last is remembered until parts are put."""
        self._read = Holdings()
        store = self._store
        if documents is not None and self._few and isinstance(store, Keeping):
            self._read = store.holdings_kept(documents)
        else:
            self._read = store.holdings_of(documents)
        return self._read

    def put_parts(
        self,
        parts: Sequence[Part],
        pages: Sequence[Page],
        gone: Collection[str] | None,
        changed: Collection[str],
        *,
        unite: Uniter | None = None,
    ) -> bool:
        """As the store's, with the summaries of the parts."""
        keys = {key for part in parts for key in part.articles}
        self.again += sum(document not in changed for document, _ in keys)
        if not keys <= self._read.articles.keys():
            self._read = self._store.holdings_of({document for document, _ in keys})
        summaries = sum_up(parts, self._read)
        self._read = Holdings()
        return self._store.put_parts(parts, pages, gone, changed, summaries, unite)


def sum_up(parts: Sequence[Part], holdings: Holdings) -> tuple[Summary, ...]:
    """Parts with their links -> what lists show of them."""
    from reportedly.reconcile import sum_up as summed  # noqa: PLC0415 - only wanted here

    return summed(parts, holdings)


def united(holdings: Holdings) -> Holdings:
    """Holdings as a store gives them, with actors that cross stories."""
    from reportedly.resolve import unite  # noqa: PLC0415 - as above

    return replace(holdings, links=unite(holdings.links, holdings.judgements))


def see(holdings: Holdings, clocks: Clocks) -> Holdings:
    """What the three clocks let see, articles that print no date under the one that others give them."""
    from reportedly.reconcile import redate, visible  # noqa: PLC0415 - readers of pages need no reconciling

    return visible(redate(holdings), clocks)


def article_rows(reading: Reading) -> list[Row]:
    """What `reportedly read` prints for a document."""
    return [article_row(article, reading.text) for article in reading.articles]


def claim_rows(extractions: Iterable[Extraction]) -> list[Row]:
    """What `reportedly extract` prints for a document."""
    return [row_of(claim) for extraction in extractions for claim in extraction.claims]


def problems_of(reading: Reading, extractions: Iterable[Extraction] = ()) -> list[Problem]:
    """Everything that reading and extracting a document could not use."""
    return [*reading.problems, *(problem for extraction in extractions for problem in extraction.problems)]
