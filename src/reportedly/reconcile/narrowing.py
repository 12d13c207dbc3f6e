"""Reduces the links to the claims that a clock shows, so that no id, title or label tells what came later."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TypeVar

from reportedly.model import Event, Holdings, Interval, Links, Origin, Statement, StoredClaim, Story
from reportedly.reconcile.lookup import Lookup

R = TypeVar("R")

_TITLE = 100  # characters of a claim that stand for a title or label


def narrow_links(holdings: Holdings, day: dt.date | None) -> Links:
    """The links of `holdings`, reduced to its claims and articles.

    Args:
        holdings: claims and articles already narrowed, links not yet.
        day: the clock's day; a headline of a later article is no title then. None where no such clock runs.

    Returns:
        Links with the same ids, whose members, outlets, words and dates rest on what is left alone.
    """
    lookup = Lookup(holdings)
    links, kept = holdings.links, lookup.claims
    return dataclasses.replace(
        links,
        actors=tuple(dataclasses.replace(actor, claims=tuple(c for c in actor.claims if c in kept)) for actor in links.actors),
        copies=tuple(c for c in links.copies if c.first in holdings.articles and c.second in holdings.articles),
        stories=_present(_story(lookup, story, day) for story in links.stories),
        events=_present(_event(lookup, event) for event in links.events),
        event_of={name: event for name, event in links.event_of.items() if name in kept or _claim(name) in kept},
        origins=_present(_origin(lookup, origin) for origin in links.origins),
        origin_of={name: origin for name, origin in links.origin_of.items() if name in kept or _claim(name) in kept},
        utterance_of={claim: utterance for claim, utterance in links.utterance_of.items() if claim in kept},
        dates=tuple(date for date in links.dates if date.article in holdings.articles),
        statements=_present(_statement(lookup, statement) for statement in links.statements),
        superseded={
            claim: article
            for claim, article in links.superseded.items()
            if claim in kept and article in holdings.articles and _by(holdings.articles[article].published, day)
        },
    )


def _present(rows: Iterable[R | None]) -> tuple[R, ...]:
    return tuple(row for row in rows if row is not None)


def _claim(reference: str) -> str:
    return reference.partition("#")[0]


def _by(published: Interval | None, day: dt.date | None) -> bool:
    return day is None or (published is not None and published.last_day is not None and published.last_day <= day)


def _story(lookup: Lookup, story: Story, day: dt.date | None) -> Story | None:
    """A story under the headline of the most central of its articles that were out by the day."""
    articles, documents = lookup.holdings.articles, lookup.holdings.documents
    keys = tuple(key for key in story.articles if key in articles)
    if not keys:
        return None
    titles = {
        key: title
        for key in story.headlines or keys
        if key in articles and _by(articles[key].published, day) and (title := articles[key].title or documents[key[0]].title)
    }
    title = next(iter(titles.values()), None)
    if not title:
        wanted = set(keys)
        told = {stored.claim.id: (stored,) for stored in lookup.holdings.claims if stored.article in wanted}
        title = _words(lookup, told) or ""
    return dataclasses.replace(story, title=title, articles=keys, headlines=tuple(titles))


def _event(lookup: Lookup, event: Event) -> Event | None:
    claims = {name: lookup.claims[name] for name in event.claims if name in lookup.claims}
    if not claims:
        return None
    if len(claims) == len(event.claims):
        return event
    said = any(event.label in lookup.words_of(stored) for appearances in claims.values() for stored in appearances)
    dates = [stored.claim.happened for appearances in claims.values() for stored in appearances if stored.claim.happened]
    happened = event.happened if event.happened in dates else min(dates, key=_width, default=None)
    label = event.label if said else _words(lookup, claims) or ""
    return dataclasses.replace(event, claims=tuple(claims), label=label, happened=happened)


def _width(interval: Interval) -> tuple[int, str, str]:
    first, last = interval.first_day, interval.last_day
    days = (last - first).days if first and last else 10**6
    return days, interval.first or "", interval.last or ""


def _words(lookup: Lookup, claims: Mapping[str, tuple[StoredClaim, ...]]) -> str | None:
    """The words of the earliest of some claims, cut to a title's length; None where there are no claims."""
    appearances = [stored for found in claims.values() for stored in found]
    return lookup.words_of(min(appearances, key=lookup.age))[:_TITLE] if appearances else None


def _origin(lookup: Lookup, origin: Origin) -> Origin | None:
    kept = lookup.claims
    members = tuple(name for name in origin.members if name in kept or _claim(name) in kept)
    if not members or len(members) == len(origin.members):
        return origin if members else None
    claims = sorted({_claim(name) for name in members})
    outlets = {lookup.outlet_of(stored) for name in claims for stored in lookup.claims[name]}
    spoken = {lookup.utterance_of(name) for name in claims if lookup.claims[name][0].claim.form != "narration"}
    return dataclasses.replace(origin, members=members, outlets=tuple(sorted(outlets)), utterances=len(spoken))


def _statement(lookup: Lookup, statement: Statement) -> Statement | None:
    members = tuple(member for member in statement.members if member.claim in lookup.claims)
    if not members:
        return None
    claims = {member.claim: lookup.claims[member.claim] for member in members}
    supports = {member.claim: claims[member.claim] for member in members if member.position == "supports"}
    wordings = tuple((claim, words) for claim, words in statement.wordings if claim in claims)
    text = wordings[0][1] if wordings else _words(lookup, supports or claims) or ""
    return dataclasses.replace(statement, members=members, text=text, wordings=wordings)
