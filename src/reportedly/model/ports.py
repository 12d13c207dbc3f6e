"""What one room needs of another: small protocols, implemented elsewhere and joined only in `pipeline.py` and `api.py`."""

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol, runtime_checkable

from reportedly.model.answer import Hit, VerifyRow
from reportedly.model.claim import Extraction
from reportedly.model.document import Article, Document, Reading, Sidecar
from reportedly.model.holdings import Holdings
from reportedly.model.judgement import Judgement
from reportedly.model.links import Links
from reportedly.model.parts import Near, Page, Part


class Reader(Protocol):
    """Makes a document of some bytes: one a format."""

    def read(self, content: bytes, name: str, sidecar: Sidecar | None) -> Iterator[Reading]:
        """The documents in `content`, one or (for JSON Lines) many; problems travel inside, nothing raises for bad input."""
        ...


class Extractor(Protocol):
    """Makes claims of articles. The rules implement it now; a trained tagger replaces the attribution rules later."""

    @property
    def version(self) -> str:
        """Name and version of the extractor with a digest of its tables."""
        ...

    def extract(self, text: str, articles: Sequence[Article]) -> list[Extraction]:
        """The claims of each of a document's articles, in the articles' order."""
        ...


class Store(Protocol):
    """Where a ledger is kept: what the pipeline needs of it."""

    def put(self, reading: Reading, extractions: Sequence[Extraction]) -> tuple[int, int, int]:
        """Store one document with its claims in one transaction; counts of new documents, claims and problems."""
        ...

    def is_current(self, reading: Reading, extractor: str) -> bool:
        """Whether `put` would store nothing of this reading with this version of the extractor, so that it need not be extracted."""
        ...

    def links_outdated(self) -> bool:
        """Whether content changed since the links were stored, as after an interrupted run."""
        ...

    def put_links(self, links: Links) -> None:
        """Replace the links by newer ones, in one transaction, and raise the revision where they differ."""
        ...

    def holdings(self) -> Holdings:
        """Everything the ledger holds, judgements applied (rejected claims left out, amended ones amended)."""
        ...


@runtime_checkable
class Neighbourhood(Protocol):
    """What linking by neighbourhoods needs of a store, so that one more article touches only what is near it."""

    def unlinked(self) -> frozenset[str] | None:
        """Ids of the documents that changed since the links were made; None where all links must be made anew."""
        ...

    def holdings_of(self, documents: Collection[str] | None) -> Holdings:
        """What the ledger holds of some documents, without links, judgements applied; None asks for everything."""
        ...

    def near(self, page: Page) -> list[Near]:
        """The pages of the ledger that share something with one."""
        ...

    def parts_of(self, documents: Collection[str]) -> dict[str, frozenset[tuple[str, int]]]:
        """The parts that articles of some documents, or parts of these ids, stand in, with all their articles."""
        ...

    def put_parts(self, parts: Sequence[Part], pages: Sequence[Page], gone: Collection[str] | None, changed: Collection[str]) -> bool:
        """Put parts in the place of those `gone` (by id; None: of all) and pages in that of those of `changed` documents; else False."""
        ...


class Corrections(Protocol):
    """Where people's corrections go."""

    def judge(self, judgement: Judgement) -> None:
        """Append a judgement."""
        ...

    def remove(self, document: Document, reason: str) -> None:
        """Erase a document's text and claims; its digest and a tombstone stay."""
        ...


class Searcher(Protocol):
    """Finds words in a ledger's texts."""

    def search(self, words: str, *, limit: int, within: Collection[str] | None = None) -> list[Hit]:
        """Passages of all documents, or of some (by id), that hold all the words, a "quoted phrase" or a prefix*; best first."""
        ...


class Verifier(Protocol):
    """Checks a ledger's anchors."""

    def verify(self) -> Iterator[VerifyRow]:
        """Every anchor of every claim, with whether it holds."""
        ...

    def digest(self) -> str:
        """A digest of the content records: no row order, no recorded times, no redirects."""
        ...


class Progress(Protocol):
    """Where long work tells how far it is."""

    def step(self, name: str, *, characters: int) -> None:
        """One more document, of so many characters, is through."""
        ...

    def linking(self) -> None:
        """All documents are through; links across them are being made."""
        ...
