"""Chooses rows of a ledger: by story, speaker, measure, document and dates."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import TypeVar

from reportedly.errors import AmbiguousIdError, UnknownIdError
from reportedly.model import (
    CREDIBILITIES,
    Actor,
    ActorRow,
    Article,
    ArticleKey,
    Claim,
    Clocks,
    Correction,
    Filters,
    Hit,
    Holdings,
    Interval,
    Position,
    Problem,
    Reading,
    Series,
    ShownClaim,
    Span,
    StoredClaim,
    Story,
    StoryRow,
    carrier_name,
    group_id,
    span_of,
)

T = TypeVar("T")

_OLD_ID = re.compile(r"[0-9a-f]{16}")

PASSAGE = 500  # characters shown on either side of a claim, unless its paragraph ends before


def in_page(rows: Sequence[T], filters: Filters) -> list[T]:
    """The rows that a page of a list asks for."""
    end = None if filters.limit is None else filters.offset + filters.limit
    return list(rows[filters.offset : end])


def find_story(held: Holdings, words: str) -> Story:
    """The story that an id, the start of one, or words of its title name.

    Raises:
        UnknownIdError: none does.
        AmbiguousIdError: several do.
    """
    stories = held.links.stories
    found = [s for s in stories if s.id in (words, f"s:{words}")]
    found = found or [s for s in stories if s.id.startswith((words, f"s:{words}"))]
    found = found or [s for s in stories if _had_id(s, words)]
    asked = words.casefold().split()
    found = found or [s for s in stories if all(word in s.title.casefold() for word in asked)]
    return _only(found, "story", words, [f"{s.id} ({s.title})" for s in found])


def _had_id(story: Story, words: str) -> bool:
    """Whether an id is one that a story had before it grew: the least digest of its articles then is still that of one of them."""
    old = words.removeprefix("s:")
    return _OLD_ID.fullmatch(old) is not None and any(group_id("s", [f"{key[0]}#{key[1]}"]) == f"s:{old}" for key in story.articles)


def narrow(held: Holdings, story: str | None) -> Holdings:
    """The rows of the story that `story` names; all rows where it is None."""
    return held if story is None else held.of_story(find_story(held, story).id)


def story_rows(seen: Holdings, whole: Holdings, old: Collection[ArticleKey] = ()) -> list[StoryRow]:
    """Which article belongs to which story, for articles with something to see.

    Args:
        seen: what the clocks let see.
        whole: the same rows without clocks.
        old: undated articles that are listed all the same, from `undated_but_old`.

    Returns:
        Rows by story, then by article.
    """
    speaking = {c.article for c in whole.claims} & {*old} | {c.article for c in seen.claims}
    titles = {story.id: story.title for story in seen.links.stories}
    rows = []
    for story in whole.links.stories:
        keys = [key for key in story.articles if key in speaking]
        title = titles.get(story.id) or _own_title(story, [whole.articles[key].title for key in keys])
        rows += [StoryRow(document=whole.documents[key[0]].name, article=key[1], story=story.id, title=title) for key in keys]
    return rows


def _own_title(story: Story, headlines: Sequence[str | None]) -> str:
    """A story's title in the words of the articles that are shown, and of no later one."""
    known = [words for words in headlines if words]
    return story.title if story.title in known else next(iter(known), "")


def newest_of(articles: Mapping[ArticleKey, Article]) -> dict[str, dt.date]:
    """The last day on which an article of each document was published; documents without a dated article are left out."""
    newest: dict[str, dt.date] = {}
    for (document, _), article in articles.items():
        if last := _last_day(article.published):
            newest[document] = max(last, newest.get(document, last))
    return newest


def undated_but_old(articles: Mapping[ArticleKey, Article], newest: Mapping[str, dt.date], clocks: Clocks) -> set[ArticleKey]:
    """Articles without a date of their own that cannot be younger than the clocks' day as far as their page tells.

    A saved page is no older than its newest article; where every dated article of the page had appeared by that day, and there is
    one, the undated ones beside them are taken to have stood there too. What they say stays hidden, for it might be later.

    Args:
        articles: articles, of one story or of all.
        newest: the day of the newest article of each of their documents, whatever story that belongs to.
        clocks: as of when; without a day nothing is undated in this sense.
    """
    day = min((day for day in (clocks.as_of, clocks.published_by) if day), default=None)
    if day is None:
        return set()
    return {key for key, a in articles.items() if _last_day(a.published) is None and newest.get(key[0], dt.date.max) <= day}


def _last_day(interval: Interval | None) -> dt.date | None:
    return interval.last_day if interval else None


def claims_that_fit(held: Holdings, filters: Filters) -> list[StoredClaim]:
    """Claims in page order that the filters for speaker, measure and dates let through."""
    actors = {a.id: a for a in held.links.actors}
    return [c for c in held.claims if _fits(c, held, filters, actors)]


def _fits(stored: StoredClaim, held: Holdings, filters: Filters, actors: Mapping[str, Actor]) -> bool:
    claim = stored.claim
    if filters.measure and all(f.measure != filters.measure for f in claim.figures):
        return False
    if filters.speaker:
        ids = [held.links.actor_of.get((*stored.article, name), "") for name in claim.speakers]
        names = [*claim.speakers, *(f"{actors[i].name} {actors[i].principal}" for i in ids if i in actors)]
        if not named(filters.speaker, names):
            return False
    return falls_between(claim.said, filters)


def named(words: str | None, names: Iterable[str | None]) -> bool:
    """Whether one of some names holds the words asked for; any does where nothing is asked."""
    return not words or any(words.casefold() in (name or "").casefold() for name in names)


def falls_between(interval: Interval | None, filters: Filters) -> bool:
    """Whether an interval shares a day with the days asked for; one without an end shares none, unless nothing is asked."""
    if filters.first is None and filters.last is None:
        return True
    last = interval.last_day if interval else None
    first = (interval.first_day or last) if interval else None
    return not (last is None or (filters.first and last < filters.first) or (filters.last and first is not None and first > filters.last))


def newest_day(held: Holdings) -> dt.date | None:
    """The last day on which any article of some holdings was published; None where none is dated."""
    days = [a.published.last_day for a in held.articles.values() if a.published and a.published.last_day]
    return max(days, default=None)


def series_fits(series: Series, filters: Filters) -> bool:
    """Whether the filters for speaker, measure and dates let a series through."""
    if filters.measure and series.measure != filters.measure:
        return False
    return any(named(filters.speaker, [*e.speakers, e.principal]) and falls_between(e.said, filters) for e in series.entries)


def position_fits(position: Position, filters: Filters) -> bool:
    """Whether the filters for speaker and dates let a position through."""
    return named(filters.speaker, [position.actor, position.principal]) and falls_between(position.said, filters)


def dated(draft: Reading, day: dt.date | None) -> Reading:
    """A draft is written on the day it is checked for, unless it says otherwise."""
    if day is None:
        return draft
    today = Interval(first=day.isoformat(), last=day.isoformat(), basis="published")
    articles = tuple(a if a.published else replace(a, published=today) for a in draft.articles)
    return replace(draft, articles=articles)


def documents_named(held: Holdings, words: str) -> set[str]:
    """Ids of the documents that have this id, name or file name; several pages may have been saved under one name.

    Args:
        held: the ledger's rows, whatever the clocks.
        words: what the user wrote.
    """
    names = {d.id: d.name for d in held.documents.values()}
    exact = {identity for identity, name in names.items() if words in (identity, name)}
    return exact or {identity for identity, name in names.items() if PurePath(name).name == words}


def hits_that_fit(hits: Iterable[Hit], seen: Holdings, clocks: Clocks) -> list[Hit]:
    """Search results that stand in articles to be seen.

    Under a clock only articles that had been published by its day are searched, since a passage shows more than one claim.

    Args:
        hits: the results in the whole ledger.
        seen: what story and clocks let see.
        clocks: as of when.
    """
    ids: dict[str, list[str]] = defaultdict(list)
    for document in seen.documents.values():
        ids[document.name].append(document.id)
    day = min((day for day in (clocks.as_of, clocks.published_by) if day), default=None)

    def shows(hit: Hit, document: str) -> bool:
        if hit.article is None:
            return not clocks.running
        article = seen.articles.get((document, hit.article))
        last = _last_day(article.published) if article else None
        return article is not None and (day is None or (last is not None and last <= day))

    return [hit for hit in hits if any(shows(hit, document) for document in ids[hit.document])]


def actor_rows(held: Holdings, filters: Filters, clocks: Clocks) -> list[ActorRow]:
    """Actors that made a claim to be seen, the most claims first; names and roles that only later reports give are left out."""
    seen = {c.claim.id for c in held.claims}
    spoken = _spoken_names(held)
    rows = [
        ActorRow(
            actor=actor.name,
            kind=actor.kind,
            principal=actor.principal,
            names=tuple(n for n in actor.names if not clocks.running or n in spoken[actor.id]),
            roles=_roles_by(actor, clocks.as_of or clocks.published_by),
            stands_for=actor.stands_for,
            claims=tuple(c for c in actor.claims if c in seen),
            evidence=tuple(e for e in actor.evidence if not clocks.running or not any(n in e for n in {*actor.names} - spoken[actor.id])),
        )
        for actor in held.links.actors
        if named(filters.speaker, [actor.name, *actor.names, actor.principal])
    ]
    return sorted((r for r in rows if r.claims), key=lambda r: (-len(r.claims), r.actor))


def check_names(held: Holdings, correction: Correction) -> None:
    """Hold the names that a person gave to those of the ledger's actors and, for a grade, its outlets; ids of claims pass.

    Raises:
        UnknownIdError: nobody bears such a name.
    """
    known = {name for actor in held.links.actors for name in (actor.name, *actor.names)}
    if correction.kind == "grade":
        known |= {actor.principal for actor in held.links.actors if actor.principal}
        known |= {carrier_name(article, held.documents[key[0]]) for key, article in held.articles.items()}
    for name in correction.targets:
        if name not in known and not name.startswith("c:"):
            raise UnknownIdError("actor or outlet" if correction.kind == "grade" else "actor", name)


def _spoken_names(held: Holdings) -> Mapping[str, set[str]]:
    """The names that each actor bears in the articles to be seen, by the actor's id."""
    names: dict[str, set[str]] = defaultdict(set)
    for (document, number, name), actor in held.links.actor_of.items():
        if (document, number) in held.articles:
            names[actor].add(name)
    return names


def _roles_by(actor: Actor, day: dt.date | None) -> tuple[tuple[str, str | None, str | None], ...]:
    """An actor's offices as reports until a day give them; one known until later is dated by the first report alone."""
    if day is None:
        return tuple((r.name, r.first, r.last) for r in actor.roles)
    end = day.isoformat()
    known = [r for r in actor.roles if r.first is not None and r.first[:10] <= end]
    return tuple((r.name, r.first, r.last if r.last is not None and r.last[:10] <= end else r.first) for r in known)


def problems_that_fit(problems: Iterable[Problem], words: str | None) -> list[Problem]:
    """Stored problems, of one document where its name or file name is given."""
    return [p for p in problems if words is None or (p.document is not None and words in (p.document, PurePath(p.document).name))]


def find_claim(held: Holdings, words: str) -> StoredClaim:
    """The claim that an id or the start of one names.

    Raises:
        UnknownIdError: none does.
        AmbiguousIdError: several do.
    """
    found = {c.claim.id: c for c in held.claims if c.claim.id.startswith((words, f"c:{words}"))}
    return _only(list(found.values()), "claim", words, sorted(found))


def shown(held: Holdings, words: str) -> ShownClaim:
    """A claim inside its passage, with the other claims of its origin."""
    stored = find_claim(held, words)
    claim, article = stored.claim, held.articles[stored.article]
    reference = next((r for r in _references(claim) if r in held.links.origin_of), None)
    origin = held.links.origin_of.get(reference) if reference else None
    found = next((o for o in held.links.origins if o.id == origin), None)
    members = {m.partition("#")[0] for m in found.members} if found else set()
    actors = {a.id: a.name for a in held.links.actors}
    speakers = tuple(actors.get(held.links.actor_of.get((*stored.article, s), ""), s) for s in claim.speakers)
    principal = found.principal if found else None
    graded = (*claim.speakers, *speakers, principal or "", carrier_name(article, held.documents[stored.document]))
    return ShownClaim(
        claim=claim,
        document=claim.document,
        outlet=article.outlet,
        title=article.title,
        published=article.published,
        dated_by=next((date.evidence for date in held.links.dates if date.article == stored.article), ()),
        story=next((s.id for s in held.links.stories if stored.article in s.articles), None),
        passage=passage_around(held.text_of(stored.document), claim),
        origin=origin,
        principal=principal,
        companions=tuple({c.claim.id: c.claim for c in held.claims if c.claim.id in members - {claim.id}}.values()),
        actors=speakers,
        reliability=min((held.settings.reliabilities[name] for name in graded if name in held.settings.reliabilities), default="F"),
        credibility=_credibility(held, claim.id),
    )


def _credibility(held: Holdings, claim: str) -> int:
    """The newest grade that a person gave a claim; 6, which cannot be judged, where nobody did."""
    given = [j.changes["credibility"] for j in held.judgements if j.in_force and claim in j.targets and "credibility" in j.changes]
    return int(str(given[-1])) if given else CREDIBILITIES[-1]


def _references(claim: Claim) -> list[str]:
    return [*(f"{claim.id}#{k}" for k in range(len(claim.figures))), claim.id]


def passage_around(text: str, claim: Claim) -> Span:
    """The paragraphs that a claim's spans touch, cut to `PASSAGE` characters on either side."""
    spans = [*claim.content, *claim.cue, *claim.source]
    first, last = min(s.start for s in spans), max(s.end for s in spans)
    start = max(text.rfind("\n", 0, first) + 1, first - PASSAGE)
    end = text.find("\n", last)
    return span_of(text, start, min(len(text) if end < 0 else end, last + PASSAGE))


def _only(found: Sequence[T], kind: str, words: str, candidates: Sequence[str]) -> T:
    if not found:
        raise UnknownIdError(kind, words)
    if len(found) > 1:
        raise AmbiguousIdError(kind, words, candidates)
    return found[0]
