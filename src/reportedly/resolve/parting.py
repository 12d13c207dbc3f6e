"""Parting: which articles hang together, so that what is found about one of them depends on no other article."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from reportedly.model import ArticleKey, CopyLink, Judgement, Story, group_id
from reportedly.resolve.actors import Cast
from reportedly.resolve.groups import group
from reportedly.resolve.reports import Report, story_name


def find_parts(
    reports: Sequence[Report], stories: Iterable[Story], copies: Iterable[CopyLink], judgements: Iterable[Judgement]
) -> list[tuple[ArticleKey, ...]]:
    """The articles in groups that no link leaves.

    Args:
        reports: all articles, teasers included.
        stories: their stories.
        copies: near-duplicates.
        judgements: a person's merges of claims, which join the articles that they stand in.

    Returns:
        The groups, each sorted, in order of their first articles.
    """
    links = [pair for story in stories for pair in pairwise(story.articles)]
    links += [(pair.first, pair.second) for pair in copies]
    links += _same_texts(reports)
    links += _merged(reports, judgements)
    return group([report.key for report in reports], links)


def part_id(articles: Iterable[ArticleKey]) -> str:
    """The id of a part, by its articles."""
    return group_id("n", map(story_name, articles))


def in_part(cast: Cast, articles: Sequence[ArticleKey]) -> Cast:
    """The cast of one part, with ids that no actor of another part has, be it of the same name."""
    part = part_id(articles)
    renamed = {identity: f"{identity}@{part}" for identity in cast.actors}
    return replace(
        cast,
        actors={renamed[identity]: replace(actor, id=renamed[identity]) for identity, actor in cast.actors.items()},
        actor_of={where: renamed[identity] for where, identity in cast.actor_of.items()},
    )


def _same_texts(reports: Iterable[Report]) -> Iterator[tuple[ArticleKey, ArticleKey]]:
    """Appearances of one text, which have the same claims."""
    places: dict[tuple[str, int], list[ArticleKey]] = defaultdict(list)
    for report in reports:
        places[report.document.text_digest, report.article.number].append(report.key)
    for keys in places.values():
        yield from pairwise(keys)


def _merged(reports: Iterable[Report], judgements: Iterable[Judgement]) -> Iterator[tuple[ArticleKey, ArticleKey]]:
    wanted = [frozenset(j.targets) for j in judgements if j.kind == "merge" and not j.undone]
    if not wanted:
        return
    places: dict[str, ArticleKey] = {stored.claim.id: report.key for report in reports for stored in report.claims}
    for targets in wanted:
        yield from combinations(sorted({places[target] for target in targets if target in places}), 2)
