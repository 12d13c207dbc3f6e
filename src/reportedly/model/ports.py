"""What one room needs of another: small protocols, implemented elsewhere and joined only in `pipeline.py` and `api.py`."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Protocol, runtime_checkable

from reportedly.model.actor import Actor
from reportedly.model.claim import Extraction
from reportedly.model.document import Article, Reading
from reportedly.model.holdings import Holdings
from reportedly.model.links import Links
from reportedly.model.parts import Near, Page, Part
from reportedly.model.place import Place
from reportedly.model.problem import Problem
from reportedly.model.sides import Side, Trait, United
from reportedly.model.summary import Summary


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

    def put_all(self, made: Sequence[tuple[Reading, Sequence[Extraction]]]) -> tuple[int, int, int]:
        """Store documents with their claims, all or none of what is one transaction; counts of new documents, claims and problems."""
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


class Holding(Protocol):
    """What merging what others read and extracted needs of a store."""

    def holds(self, document: str, extractor: str) -> bool:
        """Whether the ledger has this document (by id), extracted by this version of the extractor."""
        ...

    def put_problems(self, problems: Iterable[Problem]) -> int:
        """Store problems that belong to no document; how many were new."""
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

    def near(self, pages: Sequence[Page]) -> list[Near]:
        """The pages of the ledger that share something with some, these themselves left out."""
        ...

    def parts_of(self, documents: Collection[str]) -> dict[str, dict[tuple[str, int], str]]:
        """The parts that articles of some documents, or parts of these ids, stand in: all their articles with `Page.features` of each."""
        ...

    def put_parts(
        self,
        parts: Sequence[Part],
        pages: Sequence[Page],
        gone: Collection[str] | None,
        changed: Collection[str],
        summaries: Sequence[Summary] = (),
        unite: "Uniter | None" = None,
    ) -> bool:
        """Put parts in the place of those `gone` (by id; None: of all) and pages in that of those of `changed` documents; else False."""
        ...


@runtime_checkable
class Keeping(Protocol):
    """A store that keeps in the process what linking reads of large stories."""

    def holdings_kept(self, documents: Collection[str]) -> Holdings:
        """As `Neighbourhood.holdings_of`; records of documents that are as they were are the very same as last time."""
        ...

    def forget_gone(self, documents: Collection[str]) -> frozenset[str]:
        """Keep nothing of documents that it holds no more, whoever took them out; which of some these are."""
        ...


@runtime_checkable
class Renewing(Protocol):
    """A store whose links a newer version makes anew."""

    def outdate_links(self, version: str) -> int:
        """Have all documents linked anew where another version made the links; how many documents wait for that now."""
        ...


@runtime_checkable
class Reopening(Protocol):
    """A store that several processes have open at once."""

    @property
    def place(self) -> Place:
        """Where it is, so that another process can open it."""
        ...

    def let_go(self) -> None:
        """Close all connections; they are opened again where they are needed."""
        ...


class Sides(Protocol):
    """The sides of a ledger, with the changes that parts bring which are about to be written."""

    def sides(self, ids: Collection[str]) -> dict[str, Side]:
        """Some sides by their ids, without their keys; ids of none are passed over."""
        ...

    def sharing(self, keys: Collection[int], most: int | None = None) -> dict[int, frozenset[str]]:
        """Ids of the sides that leave each of some keys, of each at most so many; keys that none leaves are left out."""
        ...

    def fellows(self, ids: Collection[str]) -> dict[str, str]:
        """For all sides that are united with some, those themselves among them, the id of the actor that they are."""
        ...

    def put_sides(self, sides: Mapping[str, Side | None], traits: Mapping[Trait, int]) -> None:
        """Put sides in the place of those of the same ids (None: take them out), and count traits up or down."""
        ...

    def put_united(self, actors: Sequence[United]) -> None:
        """Put actors in the place of those that their sides were united in."""
        ...


Uniter = Callable[[Sides, Sequence[Actor], Sequence[Actor]], None]
"""Brings the sides of a ledger up to actors of parts that went (second) and came (third)."""


class Progress(Protocol):
    """Where long work tells how far it is."""

    def step(self, name: str, *, characters: int) -> None:
        """One more document, of so many characters, is through."""
        ...

    def linking(self) -> None:
        """All documents are through; links across them are being made."""
        ...

    def relinking(self, documents: int) -> None:
        """The links of so many documents are made anew, for another version made them."""
        ...
