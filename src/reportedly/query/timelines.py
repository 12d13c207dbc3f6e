"""A page of the timeline: of a large story from the outlines of its documents and the claims of that page alone, else from all rows."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from reportedly.model import Clocks, Filters, Holdings, Interval, TimelineEntry
from reportedly.query.selection import claims_that_fit, falls_between
from reportedly.query.sweeping import least_rows, rows_by_story
from reportedly.reconcile import build_timeline, timeline_order

if TYPE_CHECKING:
    from reportedly.query.library import Library

Grain = Literal["day", "week", "month"]
"""What entries of a timeline are put together by."""

MOST = 200
"""Entries up to the end of a page beyond which all rows are asked: most of the claims would be read in any case."""


def timeline_of(library: "Library", filters: Filters, clocks: Clocks, *, grain: Grain = "day") -> list[TimelineEntry]:
    """A page of dated events in the articles' own words; the days that the filters name are those of the events.

    Args:
        library: the ledger.
        filters: which rows.
        clocks: as of when.
        grain: what entries are put together by.

    Raises:
        UnknownIdError: no story is named so.
        AmbiguousIdError: several are.
    """
    known = _page_of_gist(library, filters, clocks) if grain == "day" else None
    if known is not None:
        return known
    by_speaker = replace(filters, first=None, last=None)

    def entries(held: Holdings) -> Iterator[TimelineEntry]:
        spoken = {c.claim.id for c in claims_that_fit(held, by_speaker)}
        for entry in build_timeline(held, clocks, grain=grain):
            if not spoken.isdisjoint(entry.claims) and falls_between(Interval(first=entry.date, last=entry.to), filters):
                yield entry

    rows = (entry for held in rows_by_story(library, filters, clocks) for entry in entries(held))
    return least_rows(rows, filters, timeline_order)


def _page_of_gist(library: "Library", filters: Filters, clocks: Clocks) -> list[TimelineEntry] | None:
    """A page of the timeline of the story that the filters name, by day; None where all rows of the story are to be asked."""
    story = filters.story
    if story is None or filters.limit is None or filters.speaker or filters.measure or filters.document:
        return None
    end = filters.offset + filters.limit
    unfolding = library.gists.unfolding(story, clocks) if end <= MOST else None
    if unfolding is None:
        return None
    entries = unfolding.page(end, lambda when: falls_between(when, filters))
    return None if entries is None else entries[filters.offset :]
