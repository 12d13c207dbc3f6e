"""A page of a large story's timeline from the outlines of its documents, and the claims of that page alone."""

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly import pipeline
from reportedly.model import Clocks, Filters, Holdings, TimelineEntry
from reportedly.query.selection import falls_between
from reportedly.query.shelves import with_united
from reportedly.settings import with_grades

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from reportedly.ledger.summaries.gists import Gist
    from reportedly.query.library import Library

MOST = 200
"""Entries up to the end of a page beyond which all rows are asked: most of the claims would be read in any case."""


def timeline_page(library: "Library", filters: Filters, clocks: Clocks) -> list[TimelineEntry] | None:
    """A page of the timeline of the story that the filters name, by day; None where all rows of the story are to be asked.

    Raises:
        UnknownIdError: no story is named so.
        AmbiguousIdError: several are.
    """
    story = filters.story
    if story is None or filters.limit is None or filters.speaker or filters.measure or filters.document:
        return None
    end = filters.offset + filters.limit
    unfolding = library.gists.unfolding(story, clocks) if end <= MOST else None
    if unfolding is None:
        return None
    entries = unfolding.page(end, lambda when: falls_between(when, filters))
    return None if entries is None else entries[filters.offset :]


def read_claims(library: "Library", story: str, claims: Collection[tuple[str, str]]) -> Holdings | None:
    """The rows of some claims of a story as readers see them; None where only all actors of the story tell who speaks.

    Args:
        library: the ledger.
        story: as a reader names it.
        claims: ids of their documents and their own.
    """
    from reportedly.ledger.summaries.catalogue import find_place  # noqa: PLC0415 - SQLAlchemy is heavy
    from reportedly.ledger.summaries.gists import read_told  # noqa: PLC0415
    from reportedly.reconcile.gists import speakers_open  # noqa: PLC0415

    def read(connection: "Connection") -> "Gist":
        return read_told(connection, find_place(connection, story), claims)

    found = library.store.catalogue.ask(read)
    settings = with_grades(library.settings, found.holdings.judgements)
    links = with_united(found.holdings.links, found.actors)
    rows = pipeline.see(replace(found.holdings, settings=settings, links=links), Clocks())
    return None if speakers_open(rows) else rows
