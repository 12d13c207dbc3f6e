"""What one room needs of another: small protocols, implemented elsewhere and joined only in `pipeline.py` and `api.py`."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from reportedly.model.answer import Hit, VerifyRow
from reportedly.model.claim import Extraction
from reportedly.model.document import Article, Document, Reading, Sidecar
from reportedly.model.holdings import Holdings
from reportedly.model.judgement import Judgement
from reportedly.model.links import Links


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

    def search(self, words: str, *, limit: int) -> list[Hit]:
        """Passages that hold all the words, a "quoted phrase" or a prefix*; best first."""
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
