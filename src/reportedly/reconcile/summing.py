"""Sums up the parts of a ledger for lists, so that a list reads no claims."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reportedly.model import (
    Actor,
    Article,
    ArticleKey,
    ArticleSummary,
    ClaimSummary,
    Holdings,
    Interval,
    Part,
    StoredClaim,
    Story,
    StorySummary,
    Summary,
    carrier_name,
    group_id,
)
from reportedly.model.summary import LARGE, NO_DAY
from reportedly.reconcile.lookup import said_by
from reportedly.reconcile.outlines import make_outlines
from reportedly.reconcile.redating import redate


def sum_up(parts: Sequence[Part], holdings: Holdings) -> tuple[Summary, ...]:
    """The summaries of some parts.

    Args:
        parts: the parts with their links.
        holdings: rows of all their articles, judgements applied; others are passed over.

    Returns:
        One a part, in their order.
    """
    claims: dict[ArticleKey, list[StoredClaim]] = defaultdict(list)
    for stored in holdings.claims:
        claims[stored.article].append(stored)
    return tuple(_sum_up(part, _rows_of(part, holdings, claims)) for part in parts)


def _rows_of(part: Part, holdings: Holdings, claims: Mapping[ArticleKey, Sequence[StoredClaim]]) -> Holdings:
    """The rows of one part, its undated articles under the dates that others give them."""
    rows = replace(
        holdings,
        articles={key: holdings.articles[key] for key in part.articles},
        claims=tuple(stored for key in part.articles for stored in claims.get(key, ())),
        links=part.links,
    )
    return redate(rows)


def _sum_up(part: Part, held: Holdings) -> Summary:
    story_of = {key: story.id for story in part.links.stories for key in story.articles}
    actors = {actor.id: actor for actor in part.links.actors}
    rows = tuple(_claim(held, stored, story_of.get(stored.article), actors) for stored in held.claims)
    spoken: dict[ArticleKey, list[ClaimSummary]] = defaultdict(list)
    for row in rows:
        spoken[row.key].append(row)
    return Summary(
        part=part.id,
        claims=len({row.id for row in rows}),
        days=tuple(sorted({row.day for row in rows} - {NO_DAY})),
        stories=tuple(_story(held, story, spoken) for story in part.links.stories),
        articles=tuple(_article(held, key, story_of.get(key), spoken.get(key, ())) for key in part.articles),
        rows=rows,
        outlines=make_outlines(held) if len(rows) >= LARGE else {},
    )


def _story(held: Holdings, story: Story, spoken: Mapping[ArticleKey, Sequence[ClaimSummary]]) -> StorySummary:
    carriers = Counter(carrier_name(held.articles[key], held.documents[key[0]]) for key in story.articles)
    days = sorted({_last(held.articles[key]) for key in story.articles} - {NO_DAY})
    return StorySummary(
        id=story.id,
        title=story.title,
        articles=len(story.articles),
        claims=sum(len(spoken.get(key, ())) for key in story.articles),
        outlets=tuple(sorted(carriers, key=lambda name: (-carriers[name], name))),
        first=days[0] if days else NO_DAY,
        last=days[-1] if days else NO_DAY,
    )


def _article(held: Holdings, key: ArticleKey, story: str | None, rows: Iterable[ClaimSummary]) -> ArticleSummary:
    told = list(rows)
    return ArticleSummary(
        key=key,
        story=story,
        alone=group_id("s", [f"{key[0]}#{key[1]}"]),
        claims=len(told),
        published=_last(held.articles[key]),
        said=min((row.day for row in told if row.day != NO_DAY), default=NO_DAY),
    )


def _claim(held: Holdings, stored: StoredClaim, story: str | None, actors: Mapping[str, Actor]) -> ClaimSummary:
    claim, article = stored.claim, held.articles[stored.article]
    day = said_by(stored, article.published)
    first, last = _days(claim.said)
    ids = (held.links.actor_of.get((*stored.article, name), "") for name in claim.speakers)
    return ClaimSummary(
        id=claim.id,
        key=stored.article,
        start=claim.start,
        end=claim.end,
        story=story,
        day=day.isoformat() if day else NO_DAY,
        published=_last(article),
        first=first,
        last=last,
        stance=claim.stance,
        form=claim.form,
        outlet=carrier_name(article, held.documents[stored.document]),
        measures=tuple(sorted({figure.measure for figure in claim.figures})),
        voices=tuple(_voice(name, actors.get(identity)) for name, identity in zip(claim.speakers, ids, strict=True)),
        words=" ".join(_words(stored)).casefold(),
    )


def _voice(name: str, actor: Actor | None) -> tuple[str, str, str]:
    return (name, actor.name, actor.principal or "") if actor else (name, "", "")


def _words(stored: StoredClaim) -> Iterator[str]:
    claim = stored.claim
    yield from (span.text for span in (*claim.content, *claim.cue, *claim.source))
    yield from claim.speakers
    if claim.translation:
        yield claim.translation.text


def _days(said: Interval | None) -> tuple[str, str]:
    """First and last day of an interval with an end, the last standing for an open beginning."""
    last = said.last_day if said else None
    if said is None or last is None:
        return NO_DAY, NO_DAY
    return (said.first_day or last).isoformat(), last.isoformat()


def _last(article: Article) -> str:
    last = article.published.last_day if article.published else None
    return last.isoformat() if last else NO_DAY
