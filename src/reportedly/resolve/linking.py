"""The whole way across documents on one screen: claims -> copies, stories, actors, events, utterances, origins, statements.

A ledger falls into parts that no link leaves: a story with its copies. Each is linked by itself, so that one more article touches its
part alone; only which actors of different parts are one is decided over all of them.
"""

from collections.abc import Mapping, Sequence

from reportedly.model import ArticleKey, CopyLink, Event, Holdings, Links, Part, Story
from reportedly.resolve.actors import join_actors
from reportedly.resolve.assertions import gather_assertions
from reportedly.resolve.copies import find_copies, superseding
from reportedly.resolve.events import build_events
from reportedly.resolve.features import Features
from reportedly.resolve.origins import join_origins
from reportedly.resolve.parting import find_parts, in_part, part_id
from reportedly.resolve.publication import date_articles
from reportedly.resolve.remembering import Remembered
from reportedly.resolve.reports import Report, gather_reports
from reportedly.resolve.statements import build_statements
from reportedly.resolve.stories import build_stories
from reportedly.resolve.uniting import unite
from reportedly.resolve.utterances import join_utterances, judged_pairs
from reportedly.resolve.voices import Voice, by_article, gather_voices


def link(holdings: Holdings) -> Links:
    """Find everything that joins the rows of a ledger across documents.

    Args:
        holdings: the ledger's rows in any order; their own `links` are not looked at.

    Returns:
        The links, the same for every order of the rows.
    """
    return unite(gather_links(link_parts(holdings)), holdings.judgements)


def link_parts(
    holdings: Holdings, known: Mapping[ArticleKey, Features] | None = None, remembered: Remembered | None = None
) -> tuple[Part, ...]:
    """The parts of a ledger, or of some whole parts of it, each with its own links.

    Args:
        holdings: the rows in any order.
        known: features of articles that were found before; see `stories.build_stories`.
        remembered: reports of an earlier linking; these are added to it.

    Returns:
        The parts, sorted by id.
    """
    reports = remembered.gather(holdings) if remembered is not None else gather_reports(holdings)
    copies = find_copies(reports)
    stories = build_stories(reports, copies, known)
    by_key = {report.key: report for report in reports}
    story_of = {key: story for story in stories for key in story.articles}
    copied: dict[ArticleKey, list[CopyLink]] = {key: [] for key in by_key}
    for pair in copies:
        copied[pair.first].append(pair)
    parts = [
        Part(
            id=part_id(members),
            articles=members,
            links=_link_part(
                holdings,
                [by_key[key] for key in members],
                sorted({story_of[key].id: story_of[key] for key in members if key in story_of}.values(), key=lambda story: story.id),
                [pair for key in members for pair in copied[key]],
            ),
        )
        for members in find_parts(reports, stories, copies, holdings.judgements)
    ]
    return tuple(sorted(parts, key=lambda part: part.id))


def gather_links(parts: Sequence[Part]) -> Links:
    """The links of parts side by side, actors not yet united."""
    links = [part.links for part in parts]
    return Links(
        actors=tuple(sorted((actor for each in links for actor in each.actors), key=lambda actor: actor.id)),
        actor_of=dict(sorted(pair for each in links for pair in each.actor_of.items())),
        copies=tuple(sorted((pair for each in links for pair in each.copies), key=lambda pair: (pair.first, pair.second))),
        stories=tuple(sorted((story for each in links for story in each.stories), key=lambda story: story.id)),
        events=tuple(sorted((event for each in links for event in each.events), key=lambda event: event.id)),
        event_of=dict(sorted(pair for each in links for pair in each.event_of.items())),
        origins=tuple(sorted((origin for each in links for origin in each.origins), key=lambda origin: origin.id)),
        origin_of=dict(sorted(pair for each in links for pair in each.origin_of.items())),
        utterance_of=dict(sorted(pair for each in links for pair in each.utterance_of.items())),
        statements=tuple(sorted((s for each in links for s in each.statements), key=lambda s: (s.id, s.act, s.parties))),
        superseded=dict(sorted(pair for each in links for pair in each.superseded.items())),
        dates=tuple(sorted((date for each in links for date in each.dates), key=lambda date: date.article)),
    )


def _link_part(holdings: Holdings, reports: Sequence[Report], stories: Sequence[Story], copies: Sequence[CopyLink]) -> Links:
    """The links among the articles of one part."""
    cast = in_part(join_actors(reports, stories, holdings.settings, holdings.judgements), [report.key for report in reports])
    by_key = {report.key: report for report in reports}
    voices = gather_voices(reports, cast)
    placed = by_article(voices)
    events, event_of = build_events(stories, by_key, placed)
    judged = judged_pairs(holdings.judgements, (voice.claim.id for voice in voices))
    utterances = join_utterances(voices, judged)
    assertions = gather_assertions(voices, event_of, _story_of(stories))
    origins = join_origins(assertions, copies, utterances, judged)
    return Links(
        actors=tuple(cast.actors.values()),
        actor_of=cast.actor_of,
        copies=tuple(copies),
        stories=tuple(stories),
        events=events,
        event_of=event_of,
        origins=origins,
        origin_of={name: origin.id for origin in origins for name in origin.members},
        utterance_of=utterances,
        statements=build_statements(stories, _own(placed, events, event_of), cast, event_of, holdings.settings),
        dates=date_articles(reports, holdings.text_of, stories, copies, cast),
        superseded=_superseded(voices, superseding(copies, reports)),
    )


def _own(
    placed: Mapping[ArticleKey, Sequence[Voice]], events: Sequence[Event], event_of: Mapping[str, str]
) -> dict[ArticleKey, list[Voice]]:
    """The claims that are not about an event of the past which the story only compares itself with."""
    past = {event.id for event in events if event.background}
    return {key: [voice for voice in voices if event_of.get(voice.claim.id) not in past] for key, voices in placed.items()}


def _story_of(stories: Sequence[Story]) -> dict[ArticleKey, str]:
    return {key: story.id for story in stories for key in story.articles}


def _superseded(voices: Sequence[Voice], later: Mapping[ArticleKey, ArticleKey]) -> dict[str, ArticleKey]:
    """Own-voice claims of which every appearance stands in an earlier version of a page."""
    return {
        voice.claim.id: min(later[key] for key in voice.articles)
        for voice in voices
        if voice.claim.form == "narration" and all(key in later for key in voice.articles)
    }
