"""Keeps the rows of large stories' documents in the process that links them, so that one more article reads its own alone.

What is kept is what was read, before judgements. A document's row in `documents` tells whether it is still so: another reading or
extraction of it, and another name, make that row another.
"""

import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from reportedly.ledger import schema
from reportedly.ledger.databases.choosing import chosen
from reportedly.ledger.documents.excerpts import load_stored
from reportedly.ledger.judgements.judging import Stored, apply_judgements
from reportedly.model import Article, ArticleKey, Document, Holdings, StoredClaim

MOST = 60_000
"""What is kept at most, a claim being 1 and so being a thousand characters of text: two large stories."""

LEAST = 2_000
"""Claims from which what is read at once is kept: of less, reading costs next to nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """One document as it was read.

    Attributes:
        row: its row in `documents`.
        document: its record.
        articles: its articles by key.
        text: its text.
        claims: its claims in their order.
    """

    row: tuple[Any, ...]
    document: Document
    articles: Mapping[ArticleKey, Article]
    text: str
    claims: tuple[StoredClaim, ...]

    @property
    def weight(self) -> int:
        """What it adds to `MOST`."""
        return len(self.claims) + len(self.text) // 1000


class KeptRows:
    """Documents as they were read, those longest unused going first where they become too many."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._weight = 0
        self._lock = threading.Lock()

    @property
    def documents(self) -> frozenset[str]:
        """Ids of the documents that are kept."""
        with self._lock:
            return frozenset(self._kept)

    def forget(self, documents: Collection[str]) -> None:
        """Keep some documents no longer, by their ids."""
        with self._lock:
            for document in documents:
                self._drop(document)

    def load(self, connection: Connection, documents: Collection[str]) -> Holdings:
        """What the ledger holds of some documents, judgements applied, as `excerpts.load_some` reads it.

        Args:
            connection: a connection, inside a transaction.
            documents: their ids; one that the ledger lacks is passed over.

        Returns:
            The same; records of documents that are as they were are those that were read before.
        """
        table = schema.documents
        rows = {row.id: tuple(row) for row in chosen(connection, select(table), table.c.id, sorted(documents))}
        self.forget([identity for identity in documents if identity not in rows])
        with self._lock:
            known = {identity: kept for identity, row in rows.items() if (kept := self._kept.get(identity)) and kept.row == row}
        stored = load_stored(connection, rows.keys(), known=frozenset(known))
        read = _parted(stored.holdings, {identity: rows[identity] for identity in rows.keys() - known.keys()})
        together = [known[identity] if identity in known else read[identity] for identity in sorted(rows)]
        if sum(len(each.claims) for each in together) >= LEAST:
            self._keep({**known, **read})
        return apply_judgements(_joined(stored, together))

    def _keep(self, found: Mapping[str, _Kept]) -> None:
        with self._lock:
            for identity in sorted(found):
                self._drop(identity)
                self._kept[identity] = found[identity]
                self._weight += found[identity].weight
            while self._kept and self._weight > MOST:
                self._drop(next(iter(self._kept)))

    def _drop(self, document: str) -> None:
        gone = self._kept.pop(document, None)
        self._weight -= gone.weight if gone else 0


def _parted(held: Holdings, rows: Mapping[str, tuple[Any, ...]]) -> dict[str, _Kept]:
    """What was read, a document each."""
    articles: dict[str, dict[ArticleKey, Article]] = {identity: {} for identity in rows}
    claims: dict[str, list[StoredClaim]] = {identity: [] for identity in rows}
    for key, article in held.articles.items():
        articles[key[0]][key] = article
    for stored in held.claims:
        claims[stored.document].append(stored)
    return {
        identity: _Kept(
            row=row,
            document=held.documents[identity],
            articles=articles[identity],
            text=held.text_of(identity),
            claims=tuple(claims[identity]),
        )
        for identity, row in rows.items()
    }


def _joined(stored: Stored, together: Sequence[_Kept]) -> Stored:
    """Documents that were read with those that were kept, sorted by id."""
    held = replace(
        stored.holdings,
        documents={each.document.id: each.document for each in together},
        articles={key: article for each in together for key, article in each.articles.items()},
        texts={each.document.text_digest: each.text for each in together},
        claims=tuple(claim for each in together for claim in each.claims),
    )
    return replace(stored, holdings=held)
