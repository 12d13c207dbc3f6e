"""Lists of a ledger a page at a time: from its summaries where these answer for it, else from all of its rows.

story_rows_of, claims_of, documents_of, actors_of, hits_of     the rows of the commands of these names, with how many there are
stories_of, sources_of, copies_of, days_of, totals_of           what the desk's lists show
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from reportedly import pipeline
from reportedly.model import ActorRow, Clocks, CopyLink, Document, Filters, Hit, Holdings, StoredClaim, StoryRow, StorySummary, carrier_name
from reportedly.model.summary import NO_DAY
from reportedly.query.counting import count_actors
from reportedly.query.selection import (
    actor_rows,
    claims_that_fit,
    documents_named,
    hits_that_fit,
    in_page,
    newest_of,
    story_rows,
    undated_but_old,
)
from reportedly.reconcile.lookup import said_by

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from reportedly.ledger.summaries.catalogue import StoryPlace
    from reportedly.query.library import Library

T = TypeVar("T")

MOST_CHOICES = 300
"""Stories that a reader is given to choose from."""

MOST_HITS = 1_000
"""Documents that a search looks into at most."""

_MORE = 4  # times as many that are looked into where a page is not full


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """A page of a list.

    Attributes:
        rows: its rows.
        total: how many rows there are on all pages.
    """

    rows: Sequence[T]
    total: int


def page_of(rows: Sequence[T], filters: Filters) -> Page[T]:
    """The page that is asked for, of rows that are all at hand."""
    return Page(rows=in_page(rows, filters), total=len(rows))


def summed(library: "Library", filters: Filters, clocks: Clocks) -> bool:
    """Whether a question about the whole ledger is answered from summaries."""
    return filters.story is None and _has_summaries(library, clocks)


def _has_summaries(library: "Library", clocks: Clocks) -> bool:
    return clocks.recorded_before is None and library.by_parts


def _place(connection: "Connection", filters: Filters) -> "StoryPlace | None":
    """Where the story that the filters name stands; None where they name none."""
    from reportedly.ledger.summaries.catalogue import find_place  # noqa: PLC0415 - SQLAlchemy is heavy

    return None if filters.story is None else find_place(connection, filters.story)


def story_rows_of(library: "Library", filters: Filters, clocks: Clocks) -> Page[StoryRow]:
    """Which article belongs to which story, by story and article."""
    if not _has_summaries(library, clocks) or (filters.story is not None and clocks.running):
        whole = library.rows(filters.story, clocks.recorded_before)
        return page_of(_story_rows(library, whole, clocks), filters)
    from reportedly.ledger.summaries.lists import list_articles  # noqa: PLC0415 - SQLAlchemy is heavy

    found, total = library.store.catalogue.ask(lambda c: list_articles(c, clocks, filters, _place(c, filters)))
    rows = [StoryRow(document=row.name, article=row.article, story=row.story, title=row.title) for row in found]
    if not clocks.running:
        return Page(rows=rows, total=total)
    from reportedly.ledger.summaries.seen_stories import titles_seen  # noqa: PLC0415 - as above

    stories = {row.story for row in found}
    known = library.store.catalogue.ask(lambda c: titles_seen(c, clocks, stories))
    told = {
        (row.document, row.article): row for s in sorted(stories - known.keys()) for row in _story_rows(library, library.rows(s), clocks)
    }
    shown = [replace(row, title=known[row.story]) if row.story in known else row for row in rows]
    return Page(rows=[told.get((row.document, row.article), row) for row in shown], total=total)


def _story_rows(library: "Library", whole: Holdings, clocks: Clocks) -> list[StoryRow]:
    old = undated_but_old(whole.articles, newest_days_of(library, whole, clocks), clocks)
    return story_rows(pipeline.see(whole, clocks), whole, old)


def newest_days_of(library: "Library", held: Holdings, clocks: Clocks) -> Mapping[str, dt.date]:
    """The day of the newest article of each of some documents, whatever story it belongs to."""
    if clocks.recorded_before is not None or not library.by_parts:
        return newest_of(library.everything(clocks.recorded_before).articles)
    from reportedly.ledger.summaries.lists import newest_days  # noqa: PLC0415 - as above

    return library.store.catalogue.ask(lambda connection: newest_days(connection, held.documents))


def claims_of(library: "Library", filters: Filters, clocks: Clocks) -> Page[StoredClaim]:
    """Claims in page order.

    Raises:
        UnknownIdError: the ledger holds no document of the name asked for.
    """
    if not _has_summaries(library, clocks) or (filters.story is not None and filters.limit is None):
        rows = claims_that_fit(pipeline.see(library.rows(filters.story, clocks.recorded_before), clocks), filters)
        wanted = None if filters.document is None else documents_meant(library, filters.document, clocks)
        return page_of([stored for stored in rows if wanted is None or stored.document in wanted], filters)
    from reportedly.ledger.summaries.lists import list_claims  # noqa: PLC0415 - as above

    documents = None if filters.document is None else documents_meant(library, filters.document, clocks)
    keys, total = library.store.catalogue.ask(lambda c: list_claims(c, clocks, filters, documents, _place(c, filters)))
    wanted_claims = None if filters.limit is None else {claim for _, claim in keys}
    held = library.documents({document for document, _ in keys}, wanted_claims)
    found = {(stored.document, stored.claim.id): stored for stored in held.claims}
    return Page(rows=[found[key] for key in keys if key in found], total=total)


def documents_meant(library: "Library", words: str, clocks: Clocks) -> set[str]:
    """Ids of the documents that words name.

    Raises:
        UnknownIdError: the ledger knows none.
        AmbiguousIdError: the start of an id or name fits several.
    """
    if clocks.recorded_before is not None or not library.by_parts:
        named = documents_named(library.everything(clocks.recorded_before), words)
    else:
        from reportedly.ledger.summaries.lists import documents_by_name  # noqa: PLC0415 - as above

        named = library.store.catalogue.ask(lambda connection: documents_by_name(connection, words))
    return named or {library.store.find_document(words).id}


def documents_of(library: "Library", filters: Filters, clocks: Clocks) -> Page[Document]:
    """Documents by id."""
    if not summed(library, filters, clocks):
        held = pipeline.see(library.rows(filters.story, clocks.recorded_before), clocks)
        return page_of(sorted(held.documents.values(), key=lambda document: document.id), filters)
    from reportedly.ledger.summaries.lists import list_documents, read_documents  # noqa: PLC0415 - as above

    found, total = library.store.catalogue.ask(lambda connection: list_documents(connection, clocks, filters))
    known = library.store.catalogue.ask(lambda connection: read_documents(connection, found))
    return Page(rows=[known[identity] for identity in found if identity in known], total=total)


def actors_of(library: "Library", filters: Filters, clocks: Clocks) -> Page[ActorRow]:
    """Actors that made a claim to be seen, the most claims first."""
    if clocks.running or not _has_summaries(library, clocks):
        held = pipeline.see(library.rows(filters.story, clocks.recorded_before), clocks)
        return page_of(actor_rows(held, filters, clocks), filters)
    rows, total = count_actors(library, filters)
    return Page(rows=rows, total=total)


def hits_of(library: "Library", words: str, filters: Filters, clocks: Clocks) -> Page[Hit]:
    """A page of the passages that hold all the words, best first; no more than `MOST_HITS` are counted, of phrases fewer."""
    if not _has_summaries(library, clocks):
        rows = library.rows(filters.story, clocks.recorded_before)
        within = None if filters.story is None else frozenset(rows.documents)
        hits = library.store.search(words, limit=MOST_HITS, within=within)
        return page_of(hits_that_fit(hits, pipeline.see(rows, clocks), clocks), filters)
    if filters.story is not None:
        return page_of(_hits_in_story(library, words, filters, clocks, MOST_HITS), filters)
    if filters.limit is None or clocks.running:
        return page_of(_hits_in_time(library, library.store.search(words, limit=MOST_HITS), clocks), filters)
    wanted = min(MOST_HITS, filters.offset + filters.limit)
    shown, total = library.store.search_counted(words, limit=wanted, most=MOST_HITS)
    return Page(rows=in_page(shown, filters), total=total)


def best_hits(library: "Library", words: str, filters: Filters, clocks: Clocks) -> Sequence[Hit]:
    """A page of the passages that hold all the words, best first; how many there are is not counted."""
    if filters.limit is None or not _has_summaries(library, clocks):
        return hits_of(library, words, filters, clocks).rows
    wanted = filters.offset + filters.limit
    if filters.story is not None:
        return in_page(_hits_in_story(library, words, filters, clocks, wanted), filters)
    if filters.offset or clocks.running:
        return hits_of(library, words, filters, clocks).rows
    return library.store.search(words, limit=min(MOST_HITS, wanted))


def _hits_in_story(library: "Library", words: str, filters: Filters, clocks: Clocks, wanted: int) -> list[Hit]:
    """The passages of a story's articles that the clocks let search, best first: so many at least, where there are."""
    from reportedly.ledger.summaries.lists import articles_of_story  # noqa: PLC0415 - as above

    def told(connection: "Connection") -> Mapping[tuple[str, int], tuple[str, str]]:
        place = _place(connection, filters)
        return articles_of_story(connection, place.story) if place else {}

    articles = library.store.catalogue.ask(told)
    day = min((day for day in (clocks.as_of, clocks.published_by) if day), default=None)
    names = {name for name, _ in articles.values()}
    shown = {(name, n) for (_, n), (name, last) in articles.items() if day is None or NO_DAY < last <= day.isoformat()}

    def is_shown(hit: Hit) -> bool:
        return (day is None and hit.document in names) if hit.article is None else (hit.document, hit.article) in shown

    limit = min(MOST_HITS, wanted)
    while True:
        hits = library.store.search(words, limit=limit, within={document for document, _ in articles})
        fitting = [hit for hit in hits if is_shown(hit)]
        if len(fitting) >= wanted or len(hits) < limit or limit == MOST_HITS:
            return fitting
        limit = min(MOST_HITS, _MORE * limit)


def _hits_in_time(library: "Library", hits: Sequence[Hit], clocks: Clocks) -> list[Hit]:
    """Under a clock only the passages of articles that had been published by its day."""
    day = min((day for day in (clocks.as_of, clocks.published_by) if day), default=None)
    if day is None:
        return list(hits)
    from reportedly.ledger.summaries.lists import published_days  # noqa: PLC0415 - as above

    days = library.store.catalogue.ask(lambda connection: published_days(connection, {hit.document for hit in hits}))
    return [hit for hit in hits if any(published <= day for published in days.get((hit.document, hit.article or 0), ()))]


def stories_of(library: "Library", filters: Filters, clocks: Clocks) -> Page[StorySummary]:
    """The stories with anything to see, that of the newest report first."""
    if not summed(library, filters, clocks):
        held = pipeline.see(library.rows(filters.story, clocks.recorded_before), clocks)
        return page_of(sorted(summaries_in(held), key=lambda row: (row.last, row.articles, row.id), reverse=True), filters)
    from reportedly.ledger.summaries.lists import list_stories, list_stories_seen  # noqa: PLC0415 - as above

    if not clocks.running:
        summaries, total = library.store.catalogue.ask(lambda connection: list_stories(connection, filters))
        return Page(rows=summaries, total=total)
    from reportedly.ledger.summaries.seen_stories import summaries_seen  # noqa: PLC0415 - as above

    found, total = library.store.catalogue.ask(lambda connection: list_stories_seen(connection, clocks, filters))
    known = library.store.catalogue.ask(lambda connection: summaries_seen(connection, clocks, found))
    read = {row.id: row for story in found if story not in known for row in summaries_in(pipeline.see(library.rows(story), clocks))}
    return Page(rows=[row for story in found if (row := known.get(story) or read.get(story))], total=total)


def large_stories(library: "Library", least: int, most: int) -> dict[str, str]:
    """The stories with the most claims, those first: the id of each with what tells the state of its part from others.

    Args:
        library: the ledger; one that summaries do not answer for gives none.
        least: claims that a story has at least.
        most: how many stories are given at most.
    """
    if not library.by_parts:
        return {}
    from reportedly.ledger.summaries.lists import large_stories as largest  # noqa: PLC0415 - as above

    return library.store.catalogue.ask(lambda connection: largest(connection, least, most))


def summaries_in(held: Holdings) -> list[StorySummary]:
    """The stories of some rows as a list shows them, those without an article among the rows left out."""
    claims = Counter(stored.article for stored in held.claims)
    found = []
    for story in held.links.stories:
        keys = [key for key in story.articles if key in held.articles]
        carriers = Counter(carrier_name(held.articles[key], held.documents[key[0]]) for key in keys)
        published = (held.articles[key].published for key in keys)
        days = sorted({interval.last_day.isoformat() for interval in published if interval and interval.last_day})
        summary = StorySummary(
            id=story.id,
            title=story.title,
            articles=len(keys),
            claims=sum(claims[key] for key in keys),
            outlets=tuple(sorted(carriers, key=lambda name: (-carriers[name], name))),
            first=days[0] if days else NO_DAY,
            last=days[-1] if days else NO_DAY,
        )
        found += [summary] if keys else []
    return found


def days_of(library: "Library") -> tuple[str, ...]:
    """The ISO days by which anything had been said, in order."""
    if not library.by_parts:
        held = library.everything()
        days = (said_by(stored, held.articles[stored.article].published) for stored in held.claims)
        return tuple(sorted({day.isoformat() for day in days if day}))
    from reportedly.ledger.summaries.lists import list_days  # noqa: PLC0415 - as above

    return library.store.catalogue.ask(list_days)


def totals_of(library: "Library") -> tuple[int, int, int]:
    """The numbers of documents, of claims, each once, and of stories."""
    if not library.by_parts:
        held = library.everything()
        return len(held.documents), len({stored.claim.id for stored in held.claims}), len(held.links.stories)
    from reportedly.ledger.summaries.lists import count_totals  # noqa: PLC0415 - as above

    found = library.store.catalogue.ask(count_totals)
    return found.documents, found.claims, found.stories


def size_of(library: "Library", story: str | None) -> int:
    """How many claims have to be read at most for an answer about a story, or about the whole ledger.

    Args:
        library: the ledger.
        story: as a reader names it; None asks about the whole ledger.

    Raises:
        UnknownIdError: no story is named so.
        AmbiguousIdError: several are.
    """
    from reportedly.ledger.summaries.lists import count_totals  # noqa: PLC0415 - as above

    if story is None or not library.by_parts:
        return library.store.catalogue.ask(count_totals).claims
    return library.store.catalogue.find_story(story).claims


def sources_of(library: "Library", filters: Filters, clocks: Clocks) -> tuple[Holdings, Mapping[str, int], int]:
    """The rows of a page of the documents, that of the newest article first, in no order; how many claims each has; how many there are.

    The claims themselves are not among the rows.
    """
    if not summed(library, filters, clocks):
        held = pipeline.see(library.rows(filters.story, clocks.recorded_before), clocks)
        days: dict[str, str] = {}
        for (document, _), article in held.articles.items():
            last = article.published.last_day if article.published else None
            days[document] = max(days.get(document, NO_DAY), last.isoformat() if last else NO_DAY)
        newest = sorted(held.documents.values(), key=lambda document: (days.get(document.id, NO_DAY), document.name), reverse=True)
        shown = {document.id for document in in_page(newest, filters)}
        claims = Counter(stored.document for stored in held.claims)
        return replace(held.of_documents(shown), claims=()), {identity: claims[identity] for identity in shown}, len(newest)
    from reportedly.ledger.summaries.lists import articles_seen, count_claims, list_sources  # noqa: PLC0415 - as above

    found, total = library.store.catalogue.ask(lambda connection: list_sources(connection, clocks, filters))
    counts = library.store.catalogue.ask(lambda connection: count_claims(connection, clocks, found))
    held = library.documents(found, ())
    seen = library.store.catalogue.ask(lambda connection: articles_seen(connection, clocks, found))
    articles = {key: article for key, article in held.articles.items() if key in seen}
    return replace(held, articles=articles, claims=()), {identity: counts.get(identity, 0) for identity in found}, total


def copies_of(library: "Library", filters: Filters, clocks: Clocks) -> tuple[Page[CopyLink], Holdings]:
    """A page of what repeats what; and the rows of the documents that stand in it."""
    if not summed(library, filters, clocks):
        held = pipeline.see(library.rows(filters.story, clocks.recorded_before), clocks)
        seen = [link for link in held.links.copies if link.first in held.articles and link.second in held.articles]
        return page_of(seen, filters), held
    from reportedly.ledger.summaries.lists import list_copies  # noqa: PLC0415 - as above

    found, total = library.store.catalogue.ask(lambda connection: list_copies(connection, clocks, filters))
    named = {key[0] for link in found for key in (link.first, link.second)}
    return Page(rows=found, total=total), library.documents(named, ())


def names_held(library: "Library", names: Collection[str]) -> frozenset[str]:
    """Those of some names that documents of the ledger have."""
    return frozenset(ids_held(library, names))


def ids_held(library: "Library", names: Collection[str]) -> Mapping[str, str]:
    """Ids of the documents that have some names; of several under one name the last."""
    from reportedly.ledger.summaries.lists import ids_of  # noqa: PLC0415 - as above

    return library.store.catalogue.ask(lambda connection: ids_of(connection, names))


def titles_of(library: "Library", more: Collection[str] = ()) -> dict[str, str]:
    """Titles by the story's id: of the stories with the newest reports, as many as a reader can choose among, and of some more by id."""
    newest = {row.id: row.title for row in stories_of(library, Filters(limit=MOST_CHOICES), Clocks()).rows}
    return newest | titles_by_id(library, set(more) - newest.keys())


def titles_by_id(library: "Library", stories: Collection[str]) -> dict[str, str]:
    """Titles of some stories by their ids."""
    if not stories:
        return {}
    if not library.by_parts:
        return {story.id: story.title for story in library.everything().links.stories if story.id in stories}
    from reportedly.ledger.summaries.lists import titles  # noqa: PLC0415 - as above

    return library.store.catalogue.ask(lambda connection: titles(connection, stories))
