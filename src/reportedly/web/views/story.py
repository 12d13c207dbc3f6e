"""A story as its page shows it: reports, the days its clock can be set to, figures, positions, timeline, contradictions, changes.

What a story holds is worked out once (`story_matter`); a page shows so many rows of each part, and what is dear is made of these alone.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reportedly.api import Desk
from reportedly.model import (
    ArticleKey,
    Assessment,
    Change,
    Entry,
    Holdings,
    Interval,
    StoredClaim,
    Story,
    StorySummary,
    TimelineEntry,
    carrier_name,
    interval_text,
)
from reportedly.tasks.inspection import Contradiction, Headed, Panel, contradictions, headed, panels, unclocked
from reportedly.web.asking import Standpoint
from reportedly.web.views.paging import Part, part_of
from reportedly.web.views.positions import Grid, StatementView, overview, ranked_statements, statement_views

FIGURES = 30  # main series on one page of them
NUMBERS = 100  # of the others
STATEMENTS = 30
ROWS = 100  # contradictions, changes, days of the timeline, reports


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryCard:
    """A story in the list of stories.

    Attributes:
        id: the story's id.
        title: a headline of one of its articles.
        reports: number of articles.
        outlets: who published them, those with most articles first.
        claims: number of claims.
        first: first day of publication; None where all are undated.
        last: the last one.
    """

    id: str
    title: str
    reports: int
    outlets: tuple[str, ...]
    claims: int
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An article of a story.

    Attributes:
        document: the document's id.
        article: the article's number in it.
        title: its headline, else its document's name.
        outlet: who carried it.
        published: when, in words.
        day: its last day, for order.
        claims: number of its claims to be seen.
        copy_of: what it repeats, in words; None where nothing was found.
    """

    document: str
    article: int
    title: str
    outlet: str
    published: str
    day: str
    claims: int
    copy_of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slider:
    """The days that the story's clock can be set to.

    Attributes:
        days: every day on which something was said, ISO, in order.
        place: which of them is set; None where no clock is.
        before: the day before the one that is set; None where there is none.
        after: the day after.
    """

    days: tuple[str, ...]
    place: int | None
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMatter:
    """What a story holds from one standpoint, before a page of it is chosen.

    Attributes:
        card: the story in short, as the clock shows it.
        slider: its days.
        series: its series, the main ones first.
        statements: its statements, those first that readers want first.
        timeline: dated events.
        contradictions: what cannot all hold.
        since: the earlier of the two days that `changes` compares; None where there is no later one.
        until: the later one.
        changes: what is otherwise on the later day.
        reports: its articles by day.
    """

    card: StoryCard
    slider: Slider
    series: tuple[Headed, ...]
    statements: tuple[Assessment, ...]
    timeline: tuple[TimelineEntry, ...]
    contradictions: tuple[Contradiction, ...]
    since: dt.date | None
    until: dt.date | None
    changes: tuple[Change, ...]
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPages:
    """Which page of each part of a story is shown, from 1; the names are those of the parts in `StoryPage`."""

    figures: int = 1
    numbers: int = 1
    statements: int = 1
    contradictions: int = 1
    changes: int = 1
    timeline: int = 1
    reports: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """All that the page of a story shows.

    Attributes:
        card: the story in short, as the clock shows it.
        slider: its days.
        since: the earlier of the two days that `changes` compares; None where there is no later one.
        until: the later one.
        figures: its main series.
        numbers: the other ones.
        statements: its statements.
        grid: actors by statement, for the first of those shown.
        contradictions: what cannot all hold.
        changes: what is otherwise on the later day.
        timeline: dated events.
        reports: its articles by day.
    """

    card: StoryCard
    slider: Slider
    since: dt.date | None
    until: dt.date | None
    figures: Part[Panel]
    numbers: Part[Headed]
    statements: Part[StatementView]
    grid: Grid
    contradictions: Part[Contradiction]
    changes: Part[Change]
    timeline: Part[TimelineEntry]
    reports: Part[Report]


def story_cards(summaries: Iterable[StorySummary]) -> tuple[StoryCard, ...]:
    """The cards of stories, in their order."""
    return tuple(
        StoryCard(
            id=row.id,
            title=row.title,
            reports=row.articles,
            outlets=row.outlets,
            claims=row.claims,
            first=dt.date.fromisoformat(row.first) if row.first else None,
            last=dt.date.fromisoformat(row.last) if row.last else None,
        )
        for row in summaries
    )


def story_matter(desk: Desk, identity: str, standpoint: Standpoint, since: dt.date | None) -> StoryMatter:
    """What a story holds.

    Args:
        desk: the ledger's desk.
        identity: the story's id.
        standpoint: as of when, and by which policy.
        since: from which day `what changed` looks; None takes a week before the day it looks to.
    """
    question = standpoint.question(story=identity)
    seen = desk.holdings(question)
    everything = unclocked(desk, question)
    story = everything.links.stories[0]
    slider = _slider(everything.claims, everything, standpoint.as_of)
    until = standpoint.as_of or (dt.date.fromisoformat(slider.days[-1]) if slider.days else None)
    start = since or (until - dt.timedelta(days=7) if until else None)
    return StoryMatter(
        card=_card(story, seen, Counter(stored.article for stored in seen.claims)),
        slider=slider,
        series=headed(desk, question),
        statements=ranked_statements(desk.statements(question)),
        timeline=tuple(desk.timeline(question)),
        contradictions=tuple(contradictions(desk, question)),
        since=start,
        until=until,
        changes=tuple(desk.changes(start, until, question)) if start and until and start <= until else (),
        reports=_reports(story, seen),
    )


def story_page(desk: Desk, matter: StoryMatter, standpoint: Standpoint, pages: StoryPages) -> StoryPage:
    """The page of a story.

    Args:
        desk: the ledger's desk.
        matter: what the story holds from there.
        standpoint: as of when, and by which policy.
        pages: which page of each part is shown.
    """
    figures = part_of([one for one in matter.series if one.main], pages.figures, FIGURES)
    statements = part_of(matter.statements, pages.statements, STATEMENTS)
    views = statement_views(statements.rows)
    drawn = panels(desk, standpoint.question(story=matter.card.id), figures.rows, lambda entry: claim_address(entry, standpoint))
    return StoryPage(
        card=matter.card,
        slider=matter.slider,
        since=matter.since,
        until=matter.until,
        figures=Part(rows=drawn, pager=figures.pager),
        numbers=part_of([one for one in matter.series if not one.main], pages.numbers, NUMBERS),
        statements=Part(rows=views, pager=statements.pager),
        grid=overview(views),
        contradictions=part_of(matter.contradictions, pages.contradictions, ROWS),
        changes=part_of(under_headings(matter.changes, matter.series), pages.changes, ROWS),
        timeline=part_of(matter.timeline, pages.timeline, ROWS),
        reports=part_of(matter.reports, pages.reports, ROWS),
    )


def under_headings(changes: Sequence[Change], series: Iterable[Headed]) -> tuple[Change, ...]:
    """Changes, those of figures told under the headings that the page has for what they count."""
    named = {
        (entry.claims, entry.words): f"{one.heading} · {entry.principal or ' and '.join(entry.outlets)}"
        for one in series
        for entry in one.series.entries
    }
    return tuple(replace(row, what=named.get((row.claims, row.after or row.before or ""), row.what)) for row in changes)


def claim_address(entry: Entry, standpoint: Standpoint) -> str:
    """Where the passage of an entry's first claim is shown."""
    return standpoint.at(f"/claims/{entry.claims[0]}")


def claim_days(claims: Iterable[StoredClaim], held: Holdings) -> tuple[str, ...]:
    """The days on which something was said, by the end of `said` else of publication, in order."""
    found = set()
    for stored in claims:
        day = _end(stored.claim.said) or _end(held.articles[stored.article].published)
        if day:
            found.add(day.isoformat())
    return tuple(sorted(found))


def _end(interval: Interval | None) -> dt.date | None:
    return interval.last_day if interval else None


def _slider(claims: Sequence[StoredClaim], held: Holdings, as_of: dt.date | None) -> Slider:
    days = claim_days(claims, held)
    if as_of is None:
        return Slider(days=days, place=None, before=days[-2] if len(days) > 1 else None, after=None)
    day = as_of.isoformat()
    before = [other for other in days if other < day]
    after = [other for other in days if other > day]
    place = max((k for k, other in enumerate(days) if other <= day), default=0)
    return Slider(days=days, place=place, before=before[-1] if before else None, after=after[0] if after else None)


def _card(story: Story, held: Holdings, claims: Counter[ArticleKey]) -> StoryCard:
    keys = [key for key in story.articles if key in held.articles]
    carriers = Counter(carrier_name(held.articles[key], held.documents[key[0]]) for key in keys)
    days = [day for key in keys if (day := _end(held.articles[key].published))]
    return StoryCard(
        id=story.id,
        title=story.title,
        reports=len(keys),
        outlets=tuple(sorted(carriers, key=lambda name: (-carriers[name], name))),
        claims=sum(claims[key] for key in keys),
        first=min(days, default=None),
        last=max(days, default=None),
    )


def _reports(story: Story, held: Holdings) -> tuple[Report, ...]:
    claims = Counter(stored.article for stored in held.claims)
    copies = {link.second: f"{link.kind} of {_name(held, link.first)}" for link in held.links.copies if link.first in held.articles}
    rows = []
    for key in story.articles:
        if key not in held.articles:
            continue
        article, document = held.articles[key], held.documents[key[0]]
        day = _end(article.published)
        rows.append(
            Report(
                document=document.id,
                article=key[1],
                title=article.title or document.name,
                outlet=carrier_name(article, document),
                published=interval_text(article.published),
                day=day.isoformat() if day else "",
                claims=claims[key],
                copy_of=copies.get(key),
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.day, row.outlet, row.article)))


def _name(held: Holdings, key: ArticleKey) -> str:
    return f"{carrier_name(held.articles[key], held.documents[key[0]])}, {interval_text(held.articles[key].published)}"
