"""The whole way across documents on one screen: claims -> copies, stories, actors, events, utterances, origins, statements."""

from collections.abc import Mapping, Sequence

from reportedly.model import ArticleKey, Event, Holdings, Links, Story
from reportedly.resolve.actors import join_actors
from reportedly.resolve.assertions import gather_assertions
from reportedly.resolve.copies import find_copies, superseding
from reportedly.resolve.events import build_events
from reportedly.resolve.origins import join_origins
from reportedly.resolve.reports import gather_reports
from reportedly.resolve.statements import build_statements
from reportedly.resolve.stories import build_stories
from reportedly.resolve.utterances import join_utterances, judged_pairs
from reportedly.resolve.voices import Voice, by_article, gather_voices


def link(holdings: Holdings) -> Links:
    """Find everything that joins the rows of a ledger across documents.

    Args:
        holdings: the ledger's rows in any order; their own `links` are not looked at.

    Returns:
        The links, the same for every order of the rows.
    """
    reports = gather_reports(holdings)
    copies = find_copies(reports)
    stories = build_stories(reports, copies)
    cast = join_actors(reports, stories, holdings.settings, holdings.judgements)
    voices = gather_voices(reports, cast)
    placed = by_article(voices)
    events, event_of = build_events(stories, {report.key: report for report in reports}, placed)
    judged = judged_pairs(holdings.judgements, (voice.claim.id for voice in voices))
    utterances = join_utterances(voices, judged)
    assertions = gather_assertions(voices, event_of, _story_of(stories))
    origins = join_origins(assertions, copies, utterances, judged)
    return Links(
        actors=tuple(cast.actors.values()),
        actor_of=cast.actor_of,
        copies=copies,
        stories=stories,
        events=events,
        event_of=event_of,
        origins=origins,
        origin_of={name: origin.id for origin in origins for name in origin.members},
        utterance_of=utterances,
        statements=build_statements(stories, _own(placed, events, event_of), cast, event_of, holdings.settings),
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
