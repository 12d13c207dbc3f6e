"""What one ledger hands to another: documents with all that was made of them, and what people decided.

Merging is the same in either direction: of two readings of one document the one that `outlasts` the other stays, whoever had it first.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from reportedly.ledger.documents.entry import Entry, Succession, Version
from reportedly.ledger.judgements.history import Undoing
from reportedly.model import Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A document on its way.

    Attributes:
        entry: the document with its articles, claims and problems; its text is empty where the bundle has none and none was at hand.
        names: every name it was met under.
        texts: digests of every text that it was read as, now and before.
        complete: whether its text is there, so that it can be stored.
    """

    entry: Entry
    names: frozenset[str]
    texts: frozenset[str]
    complete: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What stays of a document that was removed.

    Attributes:
        document: its id.
        bytes: the SHA-256 of the bytes that it was read from.
        text: the digest of its text.
        name: the name it had.
        reason: why it went.
        at: when, aware UTC in ISO form.
    """

    document: str
    bytes: str
    text: str
    name: str
    reason: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What a bundle holds.

    Attributes:
        ledger: id of the ledger that it came from: `l:` and a hash of the moment it was made.
        revision: that ledger's revision.
        digest: the SHA-256 of the bundle's manifest.
        documents: the documents, sorted by id.
        texts: text by digest, of those that are there.
        judgements: people's judgements, each with how it was taken back.
        removed: documents that the ledger removed, sorted by id; none in a part of a ledger.
    """

    ledger: str
    revision: int
    digest: str
    documents: tuple[Carried, ...]
    texts: Mapping[str, str]
    judgements: tuple[tuple[Judgement, Undoing | None], ...]
    removed: tuple[Tombstone, ...] = ()


def outlasts(new: Version, old: Version, new_at: str, old_at: str) -> Succession:
    """Whether a reading from another ledger takes the place of the one kept; the same answer from either ledger's side.

    Args:
        new: the version that comes.
        old: the version kept.
        new_at: when that was read.
        old_at: when this was.
    """
    if (new.reader, new.extractor, new.fingerprint) == (old.reader, old.extractor, old.fingerprint):
        return "same"
    if (new.reader, new.extractor) == (old.reader, old.extractor):
        # As `entry.compare` chooses between two readings by one version; the rest decides where that leaves it open.
        mine, theirs = ((not v.sidecar, v.name) for v in (new, old))
        if mine != theirs:
            return "replace" if mine < theirs else "keep"
    newest = (new_at, new.reader, new.extractor, new.fingerprint) > (old_at, old.reader, old.extractor, old.fingerprint)
    return "replace" if newest else "keep"
