"""Parts as this process wrote them last: what becomes otherwise of a large one is told without reading or writing out what stays."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import Connection, select

from reportedly.ledger import schema
from reportedly.model import ClaimSummary, Links, Part, Summary

R = TypeVar("R")
K = TypeVar("K", bound=Hashable)

_MOST = 60_000
"""Claims of parts that are kept at most."""

_LEAST = 2_000
"""Claims of a part from which it is kept."""

_FEW = 64
"""Documents that are linked at once up to which their parts are kept: more come seldom to one story again at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A part as it was written.

    Attributes:
        version: the version of the part that was written with it; every other writing gives it another.
        part: the part with its links.
        summary: what lists show of it.
    """

    version: str
    part: Part
    summary: Summary


class WrittenParts:
    """The large parts that a process wrote, those longest unused going first where they become too many."""

    def __init__(self) -> None:
        self._written: OrderedDict[str, Written] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, connection: Connection, parts: Iterable[Part], gone: Collection[str] | None, changed: Collection[str]) -> Written | None:
        """The one part that is to be written again, as this process wrote it; None where others wrote it since.

        Args:
            connection: a connection, inside the transaction in which it is asked what becomes otherwise.
            parts: the parts that come.
            gone: ids of those that go.
            changed: ids of the documents that changed. One that stood in the part may have been taken out of what lists show.
        """
        if gone is None or len(gone) != 1:
            return None
        with self._lock:
            known = self._written.get(next(iter(gone)))
        if known is None or known.part.id not in {part.id for part in parts}:
            return None
        columns = schema.parts.c
        version = connection.execute(select(columns.version).where(columns.id == known.part.id)).scalar_one_or_none()
        same = version == known.version and {document for document, _ in known.part.articles}.isdisjoint(changed)
        return known if same else None

    def note(
        self,
        parts: Iterable[Part],
        summaries: Iterable[Summary],
        gone: Collection[str] | None,
        changed: Collection[str],
        versions: Mapping[str, str],
    ) -> None:
        """Keep what was written of large parts, by the versions that it was written with."""
        by_part = {summary.part: summary for summary in summaries}
        with self._lock:
            for identity in [*self._written] if gone is None else gone:
                self._written.pop(identity, None)
            for part in parts:
                summary = by_part.get(part.id)
                if part.id in versions and summary and summary.claims >= _LEAST and len(changed) <= _FEW:
                    self._written[part.id] = Written(version=versions[part.id], part=part, summary=summary)
            while sum(written.summary.claims for written in self._written.values()) > _MOST:
                self._written.popitem(last=False)


def links_beside(one: Links, other: Links) -> Links:
    """What some links have that others have not, or otherwise."""
    return Links(
        actors=_beside(one.actors, other.actors, lambda record: record.id),
        stories=_beside(one.stories, other.stories, lambda record: record.id),
        events=_beside(one.events, other.events, lambda record: record.id),
        origins=_beside(one.origins, other.origins, lambda record: record.id),
        statements=_beside(one.statements, other.statements, lambda record: record.id),
        copies=_beside(one.copies, other.copies, lambda record: (record.first, record.second, record.kind)),
        dates=_beside(one.dates, other.dates, lambda record: record.article),
        event_of=_entries_beside(one.event_of, other.event_of),
        origin_of=_entries_beside(one.origin_of, other.origin_of),
        utterance_of=_entries_beside(one.utterance_of, other.utterance_of),
        actor_of=_entries_beside(one.actor_of, other.actor_of),
        superseded=_entries_beside(one.superseded, other.superseded),
    )


def summaries_beside(one: Summary, other: Summary) -> tuple[Summary, Summary]:
    """What two summaries of a part have of their own; of a claim of which an appearance is other or new all appearances."""
    mine, theirs = (_beside(a.rows, b.rows, _place) for a, b in ((one, other), (other, one)))
    touched = {row.id for row in (*mine, *theirs)}
    return _of_its_own(one, other, touched), _of_its_own(other, one, touched)


def _of_its_own(one: Summary, other: Summary, touched: Collection[str]) -> Summary:
    return replace(
        one,
        days=tuple(sorted(set(one.days).difference(other.days))),
        stories=_beside(one.stories, other.stories, lambda story: story.id),
        articles=_beside(one.articles, other.articles, lambda article: article.key),
        rows=tuple(row for row in one.rows if row.id in touched),
        outlines=_entries_beside(one.outlines, other.outlines),
    )


def _place(row: ClaimSummary) -> tuple[str, int, int, str]:
    return row.key[0], row.start, row.end, row.id


def _beside(one: Iterable[R], other: Iterable[R], key_of: Callable[[R], Hashable]) -> tuple[R, ...]:
    known = {key_of(record): record for record in other}
    return tuple(record for key, record in {key_of(record): record for record in one}.items() if known.get(key) != record)


def _entries_beside(one: Mapping[K, R], other: Mapping[K, R]) -> dict[K, R]:
    return {key: value for key, value in one.items() if other.get(key) != value}
