"""Questions about no story in particular, answered one story after the other: memory holds one part, and a page ends where it is full.

Stories come by id, before them the articles that are in none, each as a nameless story of its own.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from reportedly.model import ArticleKey, Clocks, Filters, Holdings
from reportedly.query.selection import in_page
from reportedly.query.shelves import Shelves

if TYPE_CHECKING:
    from reportedly.query.library import Library

T = TypeVar("T")


def rows_by_story(library: "Library", filters: Filters, clocks: Clocks) -> Iterator[Holdings]:
    """The rows of the story that the filters name, or of every story one after the other, before the clocks hide any.

    Raises:
        UnknownIdError: no story is named so.
        AmbiguousIdError: several are.
        BadDateError: the moment is none.
    """
    if filters.story is not None:
        yield library.rows(filters.story, clocks.recorded_before)
    elif clocks.recorded_before is not None or not library.by_parts:
        shelves = Shelves(library.everything(clocks.recorded_before))
        yield from map(shelves.loose, shelves.outside)
        yield from (shelves.story(story.id) for story in sorted(shelves.holdings.links.stories, key=lambda story: story.id))
    else:
        yield from _by_parts(library)


def rows_by_part(library: "Library", filters: Filters, clocks: Clocks) -> Iterator[Holdings]:
    """The rows of the story that the filters name, or of what hangs together in the ledger, one part after the other, before the clocks.

    For what may reach from one story into another, as a page that was rewritten does. Parts cannot be told where all rows are read;
    these then come at once.

    Raises:
        UnknownIdError: no story is named so.
        AmbiguousIdError: several are.
        BadDateError: the moment is none.
    """
    if filters.story is not None or clocks.recorded_before is not None or not library.by_parts:
        yield library.rows(filters.story, clocks.recorded_before)
        return
    from reportedly.ledger.summaries.summing import list_parts  # noqa: PLC0415 - SQLAlchemy is heavy

    for part in library.store.catalogue.ask(list_parts):
        shelves = library.part(part)
        if shelves is not None:
            yield shelves.holdings


def first_rows(rows: Iterable[T], filters: Filters) -> list[T]:
    """The page that is asked for, of rows in order; what comes after it is not made."""
    end = None if filters.limit is None else filters.offset + filters.limit
    return list(islice(rows, filters.offset, end))


def least_rows(rows: Iterable[T], filters: Filters, key: Callable[[T], Any]) -> list[T]:
    """The page that is asked for, of rows in no order; only as many as it takes are kept at a time."""
    if filters.limit is None:
        return in_page(sorted(rows, key=key), filters)
    return in_page(heapq.nsmallest(filters.offset + filters.limit, rows, key=key), filters)


def _by_parts(library: "Library") -> Iterator[Holdings]:
    from reportedly.ledger.summaries.lists import list_places  # noqa: PLC0415 - SQLAlchemy is heavy

    outside, stories = library.store.catalogue.ask(list_places)
    yield from _each(library, outside, lambda shelves, key: shelves.loose(key) if key in shelves.outside else None)
    yield from _each(library, stories, lambda shelves, story: shelves.story(story) if shelves.holds(story) else None)


Place = TypeVar("Place", ArticleKey, str)


def _each(library: "Library", places: Sequence[tuple[Place, str]], look: Callable[[Shelves, Place], Holdings | None]) -> Iterator[Holdings]:
    """What stands at some places in parts; what has gone elsewhere since they were told is passed over."""
    for place, part in places:
        shelves = library.part(part)
        found = look(shelves, place) if shelves is not None else None
        if found is not None:
            yield found
