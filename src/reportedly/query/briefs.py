"""The brief of a story: what a question finds of every kind, put together for the report."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly import pipeline
from reportedly.brief import Brief, BriefMatter, compose_brief
from reportedly.model import Clocks, Filters, Problem
from reportedly.query.assessing import changes_of, series_of, statements_of
from reportedly.query.lineage import lives_of
from reportedly.query.listing import names_held
from reportedly.query.selection import newest_day
from reportedly.query.timelines import timeline_of
from reportedly.reconcile import find_contradictions

if TYPE_CHECKING:
    from reportedly.query.library import Library


def brief_of(library: "Library", filters: Filters, clocks: Clocks, policy: str, *, problems: Sequence[Problem], days: int) -> Brief:
    """The cited report of a story.

    A brief uses what was said *and* published by its day, so that a day of the first kind alone sets the other too.

    Args:
        library: the ledger.
        filters: the story.
        clocks: as of when.
        policy: name of the policy by which low, best and high are formed, or its file.
        problems: what could not be used.
        days: how many days before its day `what changed` looks back.

    Returns:
        The brief; render it with `reportedly.brief`.

    Raises:
        UnknownIdError: no story is named so.
        AmbiguousIdError: several are.
        BadPolicyError: nobody defined the policy.
    """
    until = clocks.as_of or newest_day(pipeline.see(library.rows(filters.story, clocks.recorded_before), clocks))
    clocks = replace(clocks, published_by=clocks.published_by or clocks.as_of)
    rows = library.rows(filters.story, clocks.recorded_before)
    changes = changes_of(library, (_days_before(until, days), until), filters, clocks, policy) if until else []
    matter = BriefMatter(
        holdings=pipeline.see(rows, clocks),
        clocks=clocks,
        policy=policy,
        series=tuple(series_of(library, filters, clocks, policy)),
        statements=tuple(statements_of(library, filters, clocks)),
        timeline=tuple(timeline_of(library, filters, clocks)),
        lives=tuple(lives_of(library, filters, clocks)),
        contradictions=tuple(find_contradictions(rows, clocks)),
        changes=tuple(changes),
        days=days,
        problems=tuple(problems),
        documents=names_held(library, {problem.document for problem in problems if problem.document}),
    )
    return compose_brief(matter)


def _days_before(day: dt.date, days: int) -> dt.date:
    """The day so many days before another, or the first that there is."""
    return dt.date.fromordinal(max(dt.date.min.toordinal(), day.toordinal() - days))
