"""Series, statements and changes that answer a question: of a large story from its gist, of others from the rows of one after the other."""

import datetime as dt
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import accumulate
from typing import TYPE_CHECKING

from reportedly.model import Assessment, Change, Clocks, Filters, Series
from reportedly.query.selection import in_page, position_fits, series_fits
from reportedly.query.sweeping import first_rows, least_rows, rows_by_part, rows_by_story
from reportedly.reconcile import assess_statements, build_series, change_order, find_changes
from reportedly.reconcile.gists import build_measured_series
from reportedly.reconcile.keys import UNMEASURED
from reportedly.reconcile.measures import bound_to

if TYPE_CHECKING:
    from reportedly.query.library import Library

_CLAIMS_A_SERIES = 3  # what a page of series is expected to take


def series_of(library: "Library", filters: Filters, clocks: Clocks, policy: str) -> list[Series]:
    """A page of series with their assessments, in their order story by story.

    Args:
        library: the ledger.
        filters: which rows.
        clocks: as of when.
        policy: name of the policy by which low, best and high are formed, or its file.

    Raises:
        UnknownIdError: no story is named so.
        AmbiguousIdError: several are.
        BadPolicyError: nobody defined the policy.
    """
    known = _series_of_gist(library, filters, clocks, policy)
    if known is not None:
        return known
    every = (s for held in rows_by_story(library, filters, clocks) for s in build_series(held, clocks, policy))
    return first_rows((s for s in every if series_fits(s, filters)), filters)


def statements_of(library: "Library", filters: Filters, clocks: Clocks) -> list[Assessment]:
    """A page of statements with their support and, apart from it, their disputes.

    Raises:
        UnknownIdError: no story is named so.
        AmbiguousIdError: several are.
    """
    gist = None if filters.story is None else library.gists.rows(filters.story, clocks, None)
    each = rows_by_story(library, filters, clocks) if gist is None else (gist,)
    rows = (a for held in each for a in assess_statements(held, clocks))
    return first_rows((a for a in rows if not a.positions or any(position_fits(p, filters) for p in a.positions)), filters)


def changes_of(library: "Library", days: tuple[dt.date, dt.date], filters: Filters, clocks: Clocks, policy: str) -> list[Change]:
    """A page of what is otherwise on the later of two dates.

    Args:
        library: the ledger.
        days: the two dates.
        filters: which rows.
        clocks: what readers could know; `as_of` is set to each date in turn.
        policy: as for `series_of`.

    Raises:
        UnknownIdError: no story is named so.
        AmbiguousIdError: several are.
        BadPolicyError: nobody defined the policy.
    """
    parts = rows_by_part(library, filters, clocks)
    found = (change for held in parts for change in find_changes(held, *days, policy, published_by=clocks.published_by))
    return least_rows(found, filters, change_order)


def _series_of_gist(library: "Library", filters: Filters, clocks: Clocks, policy: str) -> list[Series] | None:
    """A page of the series of a large story, where those of measures fill it; None where all rows are to be asked.

    Series come by measure, so that a page takes the claims of the first measures, and of what arithmetic binds to these, alone.
    """
    measured = library.gists.measured(filters.story, clocks) if filters.story else None
    if measured is None or filters.story is None:
        return None
    counts = Counter(measure for claim in measured for measure in claim.measures)
    for wanted in _measures_first(counts, filters):
        held = library.gists.rows(filters.story, clocks, bound_to(wanted, counts.keys()))
        if held is None:
            return None
        known = (row for row in build_measured_series(held, clocks, policy) if row.measure in wanted)
        rows = [row for row in known if series_fits(row, filters)]
        if filters.measure is not None or (filters.limit is not None and len(rows) >= filters.offset + filters.limit):
            return in_page(rows, filters)
    return None


def _measures_first(counts: Mapping[str, int], filters: Filters) -> Iterator[Collection[str]]:
    """The measures whose series a page is looked for among: the first few, then all that come before what no measure counts."""
    if filters.measure == UNMEASURED:
        return
    if filters.measure is not None:
        yield {filters.measure}
        return
    before = sorted(measure for measure in counts if measure < UNMEASURED)
    if filters.limit is not None and before:
        enough = _CLAIMS_A_SERIES * (filters.offset + filters.limit)
        sums = list(accumulate(counts[measure] for measure in before))
        yield before[: bisect_left(sums, enough) + 1]
        yield before
