"""Publication: between which days the articles that print no date were published, as far as the other articles of their story tell.

The bounds are decisions about two articles each (`precedence`); the dates are their fixed point, so any order of adding gives the same.
An article's own record is not changed: what is found here lies beside it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportedly.model import ArticleDate, ArticleKey, CopyLink, Interval, Story
from reportedly.resolve.actors import Cast
from reportedly.resolve.precedence import Bound, Side, find_bounds, is_open
from reportedly.resolve.reports import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Between which days something was published; None is open.

    Attributes:
        first: its first day.
        last: its last day.
    """

    first: dt.date | None = None
    last: dt.date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no day is left."""
        return self.first is not None and self.last is not None and self.first > self.last

    def within(self, first: dt.date | None, last: dt.date | None) -> "Days":
        """The part of it that lies between two days."""
        return Days(
            first=max((day for day in (self.first, first) if day), default=None),
            last=min((day for day in (self.last, last) if day), default=None),
        )


def date_articles(
    reports: Iterable[Report], text_of: Callable[[str], str], stories: Iterable[Story], copies: Sequence[CopyLink], cast: Cast
) -> tuple[ArticleDate, ...]:
    """The dates that the articles of each story give those of them that print none.

    Args:
        reports: at least the articles of the stories.
        text_of: gives a document's text by its id; asked only for stories that hold an article without a date.
        stories: the stories; articles of different stories tell nothing about each other.
        copies: near-duplicate articles.
        cast: who is who.

    Returns:
        A date for each article that others bound more closely than it does itself, sorted by article.
    """
    by_key = {report.key: report for report in reports}
    bounds: set[Bound] = set()
    for story in stories:
        members = [by_key[key] for key in story.articles]
        if len(members) > 1 and any(is_open(report) for report in members):
            keys = set(story.articles)
            sides = [Side(report, text_of(report.key[0]), cast) for report in members]
            bounds.update(find_bounds(sides, [link for link in copies if link.first in keys and link.second in keys]))
    own = {key: _days(by_key[key].published) for bound in bounds for key in (bound.article, bound.by)}
    return tuple(_dates(own, bounds))


def settle(own: Mapping[ArticleKey, Days], bounds: Collection[Bound]) -> dict[ArticleKey, Days]:
    """The narrowest days that all bounds leave; an article whose bounds contradict each other keeps its own, and bounds no other.

    Args:
        own: the days that each article has of itself.
        bounds: what the articles tell about each other.

    Returns:
        The days of each article of `own`.
    """
    kept = list(bounds)
    while True:
        days = _narrow(own, kept)
        contradicted = {key for key, found in days.items() if found.is_empty and not own[key].is_empty}
        if not contradicted:
            return days
        kept = [bound for bound in kept if bound.article not in contradicted and bound.by not in contradicted]


def _narrow(own: Mapping[ArticleKey, Days], bounds: Collection[Bound]) -> dict[ArticleKey, Days]:
    days = dict(own)
    for _ in range(len(days) + 1):  # a day passes from article to article along an order, which visits each once
        before = dict(days)
        for bound in bounds:
            days[bound.article] = days[bound.article].within(*_limits(bound, days))
        if days == before:
            break
    return days


def _limits(bound: Bound, days: Mapping[ArticleKey, Days]) -> tuple[dt.date | None, dt.date | None]:
    other = days[bound.by]
    if bound.order == "after":
        return other.first, None
    if bound.order == "before":
        return None, other.last
    return bound.first, bound.last


def _dates(own: Mapping[ArticleKey, Days], bounds: Collection[Bound]) -> Iterator[ArticleDate]:
    settled = settle(own, bounds)
    by_article: dict[ArticleKey, list[Bound]] = defaultdict(list)
    for bound in bounds:
        by_article[bound.article].append(bound)
    for key in sorted(by_article):
        found = settled[key]
        if found != own[key]:
            telling = [bound for bound in by_article[key] if _tells(found, own[key], *_limits(bound, settled))]
            yield ArticleDate(
                article=key,
                published=Interval(first=_iso(found.first), last=_iso(found.last), basis="inferred"),
                evidence=tuple(sorted({bound.evidence for bound in telling})),
                rests_on=tuple(sorted({bound.by for bound in telling})),
            )


def _tells(found: Days, own: Days, first: dt.date | None, last: dt.date | None) -> bool:
    """Whether a bound is one of those that made the days what they are."""
    return (first is not None and first == found.first != own.first) or (last is not None and last == found.last != own.last)


def _days(published: Interval | None) -> Days:
    return Days(first=published.first_day, last=published.last_day) if published else Days()


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
