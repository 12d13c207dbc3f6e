"""Readings and extractions made by hand, and every kind of store."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reportedly.ledger import MemoryStore, open_ledger
from reportedly.ledger.store import LedgerStore
from reportedly.model import (
    Article,
    Claim,
    Document,
    Extraction,
    Figure,
    Interval,
    Passage,
    PlaceLike,
    Problem,
    Reading,
    Sidecar,
    Span,
    claim_id,
    digest,
    document_id,
    span_of,
    text_digest,
)

AnyStore = MemoryStore | LedgerStore
Put = tuple[Reading, list[Extraction]]
Say = Callable[..., "Said"]

FERRY = "The ferry sank at dawn. At least 47 people drowned, the coast guard said. The owner denied that the boat was overloaded.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A claim of a made report: the words of its content, cue and source, each found in the text."""

    content: str
    cue: str = ""
    source: str = ""
    figure: str = ""
    fields: dict[str, Any] = field(default_factory=dict)


TOLL = Said(
    content="At least 47 people drowned", cue="said", source="the coast guard", figure="At least 47 people", fields={"form": "indirect"}
)
DENIAL = Said(content="that the boat was overloaded", cue="denied", source="The owner", fields={"stance": "denies", "speakers": ("Owner",)})


class Press:
    """Makes readings with their extractions, as `read` and `extract` would."""

    def report(
        self,
        name: str = "ferry.txt",
        text: str = FERRY,
        said: tuple[Said, ...] = (TOLL, DENIAL),
        *,
        extractor: str = "rules/1",
        **fields: Any,
    ) -> Put:
        """One document of one article that fills it; `fields` go into the document."""
        whole = text.encode("utf-8", "surrogatepass")
        publisher, url = fields.get("publisher"), fields.get("url")
        document = Document(
            **{
                "id": document_id(digest(whole), url, publisher),
                "name": name,
                "text_digest": text_digest(text),
                "bytes_digest": digest(whole),
                "media_type": "text/plain",
                "read_at": "2025-01-01T00:00:00+00:00",
                "reader": "text/1",
                **fields,
            }
        )
        passages = (Passage(start=0, end=len(text), role="body"),) if text else ()
        article = Article(document=name, number=0, kind="article", passages=passages, title="Ferry", outlet=publisher)
        claims = tuple(self.claim(document, text, spec) for spec in said)
        reading = Reading(document=document, text=text, articles=(article,))
        return reading, [Extraction(claims=claims, extractor=extractor)]

    def claim(self, document: Document, text: str, spec: Said) -> Claim:
        """One claim, its spans where the words first stand."""
        content, cue, source = (self.spans(text, words) for words in (spec.content, spec.cue, spec.source))
        figures = tuple(
            Figure(span=span, low=Decimal(47), high=None, qualifier="at_least", measure="killed", counted="people")
            for span in self.spans(text, spec.figure)
        )
        return Claim(
            document=document.name,
            article=0,
            id=claim_id(document.text_digest, content, cue, source),
            content=content,
            cue=cue,
            source=source,
            figures=figures,
            said=Interval(first=None, last="2024-06-01", basis="published"),
            **spec.fields,
        )

    def spans(self, text: str, words: str) -> tuple[Span, ...]:
        """Where words stand, none for none."""
        start = text.find(words)
        return (span_of(text, start, start + len(words)),) if words else ()

    def failed(self, name: str = "empty.txt") -> Reading:
        """A reading that gave no document."""
        return Reading(document=None, text="", problems=(Problem(code="empty-file", message="nothing in it", document=name),))

    def sidecar(self, **fields: str) -> Sidecar:
        """A sidecar."""
        return Sidecar(**fields)


@pytest.fixture(scope="session")
def press() -> Press:
    """Makes readings."""
    return Press()


@pytest.fixture(scope="session")
def say() -> "Say":
    """Makes claims of made reports."""

    def make(content: str, cue: str = "", source: str = "", **fields: Any) -> Said:
        return Said(content=content, cue=cue, source=source, fields=fields)

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def kinds(request: pytest.FixtureRequest, tmp_path: Path, clock: "Ticking") -> Iterator[tuple[AnyStore, AnyStore]]:
    """An empty ledger in memory and one in a database of each kind."""
    with make_store(request, tmp_path / "twin.db", clock) as made:
        yield MemoryStore(clock), made


class Ticking:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        """The time."""
        return self.now


@pytest.fixture
def clock() -> Ticking:
    """A clock at the beginning of 2025."""
    return Ticking()


@pytest.fixture
def ledger_path(tmp_path: Path) -> Path:
    """Where a test's ledger goes."""
    return tmp_path / "test.db"


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, ledger_path: Path, clock: Ticking) -> Iterator[AnyStore]:
    """An empty ledger of each kind."""
    with make_store(request, ledger_path, clock) as made:
        yield made


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path, clock: Ticking) -> Iterator[Callable[[], AnyStore]]:
    """Makes further empty ledgers of one kind."""
    made: list[AnyStore] = []

    def make() -> AnyStore:
        made.append(make_store(request, tmp_path / f"fresh-{len(made)}.db", clock))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def sqlite(ledger_path: Path, clock: Ticking) -> Iterator[LedgerStore]:
    """An empty ledger in a file."""
    with open_ledger(ledger_path, create=True, patience=0.2, clock=clock) as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def shared(request: pytest.FixtureRequest, ledger_path: Path, clock: Ticking) -> Iterator[LedgerStore]:
    """An empty ledger in a database of each kind, which waits for others a fifth of a second."""
    with open_ledger(find_place(request, ledger_path), create=True, patience=0.2, clock=clock) as made:
        yield made


def make_store(request: pytest.FixtureRequest, path: Path, clock: Ticking) -> AnyStore:
    """An empty ledger of the kind asked for."""
    return MemoryStore(clock) if request.param == "memory" else open_ledger(find_place(request, path), create=True, clock=clock)


def find_place(request: pytest.FixtureRequest, path: Path) -> PlaceLike:
    """Where a ledger of the kind asked for goes: the file, or a database of its own."""
    if request.param == "sqlite":
        return path
    make: Callable[[], str] = request.getfixturevalue("database")
    return make()
