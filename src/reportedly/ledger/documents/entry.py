"""What one reading brings to a ledger, and which of several readings of one appearance describes it, in whatever order they come.

The same bytes may be met under several paths, one with a sidecar and another without. The reading with a sidecar wins, then the one
under the least name. A later reading under the same name is an update, and one by another reader or extractor a newer version.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from reportedly.ledger.codec import article_text, document_text
from reportedly.model import Article, Claim, Document, Extraction, Problem, Reading, digest

Succession = Literal["same", "keep", "replace"]

Counts = tuple[int, int, int]
"""New documents, claims and problems."""

Made = tuple[Reading, Sequence[Extraction]]
"""A document, or why there is none, with what was extracted of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What is needed to compare two readings of a document.

    Attributes:
        name: the name it was read under.
        sidecar: whether something came beside the bytes.
        reader: name and version of the reader.
        extractor: names and versions of the extractors, one a line; empty where there was nothing to extract from.
        fingerprint: digest of the document's and its articles' records, without name and time.
    """

    name: str
    sidecar: bool
    reader: str
    extractor: str
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One document with all that was made of it.

    Attributes:
        document: the document.
        text: its text.
        articles: its areas in page order.
        claims: claim and extractor by the claim's id.
        problems: what could not be used.
        version: what tells it from another reading of the same document.
    """

    document: Document
    text: str
    articles: tuple[Article, ...]
    claims: Mapping[str, tuple[Claim, str]]
    problems: tuple[Problem, ...]
    version: Version


def entry_of(document: Document, reading: Reading, extractions: Sequence[Extraction]) -> Entry:
    """The entry of a reading; spans of one text that are the same are the same claim, once."""
    claims: dict[str, tuple[Claim, str]] = {}
    for extraction in extractions:
        for claim in extraction.claims:
            claims.setdefault(claim.id, (claim, extraction.extractor))
    return Entry(
        document=document,
        text=reading.text,
        articles=reading.articles,
        claims=claims,
        problems=problems_of(reading, extractions),
        version=version_of(document, reading, "\n".join(sorted({e.extractor for e in extractions}))),
    )


def entered_together(made: Iterable[Made]) -> Iterator[list[Made]]:
    """Readings with their extractions in their order, parted where a document comes again.

    What takes the place of an earlier reading must be of a later revision than that.
    """
    some: list[Made] = []
    known: set[str] = set()
    for reading, extractions in made:
        document = reading.document.id if reading.document else None
        if document in known:
            yield some
            some, known = [], set()
        some.append((reading, extractions))
        known |= {document} if document else set()
    if some:
        yield some


def problems_of(reading: Reading, extractions: Sequence[Extraction]) -> tuple[Problem, ...]:
    """Everything that reading and extracting could not use."""
    return (*reading.problems, *(problem for e in extractions for problem in e.problems))


def version_of(document: Document, reading: Reading, extractor: str) -> Version:
    """The version of a reading, extracted by `extractor`."""
    records = [document_text(document), *(article_text(article) for article in reading.articles)]
    return Version(
        name=document.name,
        sidecar=document.sidecar is not None,
        reader=document.reader,
        extractor=extractor,
        fingerprint=digest("\n".join(records).encode()),
    )


def compare(new: Version, old: Version) -> Succession:
    """Whether a newer reading says the same as the one kept, is to be left aside, or takes its place."""
    if (new.reader, new.extractor) != (old.reader, old.extractor):
        return "replace"
    if new.fingerprint == old.fingerprint:
        return "same"
    return "replace" if (not new.sidecar, new.name) <= (not old.sidecar, old.name) else "keep"


def removed_before(document: Document) -> Problem:
    """The problem of a document that somebody removed and somebody adds again."""
    message = "this document was removed from the ledger before; it was not added again"
    return Problem(code="removed-before", message=message, document=document.name)


def problem_id(problem: Problem, document: str | None) -> str:
    """What makes a problem the same as one already stored: its content and its document, under whatever name.

    Args:
        problem: the problem.
        document: id of the document it belongs to; None where there is none, and then its name counts.
    """
    parts = (document or problem.document or "", problem.code, problem.message, str(problem.start), str(problem.end))
    return digest("\x1f".join(parts).encode("utf-8", "surrogatepass"))


def sort_problems(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems by document, place and code; those of no document first."""
    return tuple(sorted(problems, key=lambda p: (p.document or "", -1 if p.start is None else p.start, p.code, p.message)))
