"""Reads the gist of a story: its claims with a measured figure or a position, with all that answers about these rest on.

A large story has tens of thousands of claims, of which a few in a hundred count something or take a side; what series and statements say
follows from these alone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import Connection, select

from reportedly.ledger import schema
from reportedly.ledger.codec import decode, json_text, read_json
from reportedly.ledger.databases.choosing import chosen
from reportedly.ledger.documents.excerpts import load_some
from reportedly.ledger.links.linking import read_links
from reportedly.ledger.links.uniting import read_named, read_united, side_of
from reportedly.ledger.summaries.catalogue import StoryPlace, is_alone
from reportedly.model import Actor, ArticleKey, Claim, Clocks, Event, Holdings, Links, Origin, Statement, StoredClaim
from reportedly.model.summary import NO_DAY

_UNMEASURED = "other"  # the measure of figures that count what no table names

_DENIES = '"denies"'

_SHOWN, _R, _LINKS = schema.shown.c, schema.reports.c, schema.links.c

R = TypeVar("R", Actor, Event, Origin)
LinkRow = tuple[str, str, str]
"""Kind, id and payload."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """The rows of a story's gist as they were read.

    Attributes:
        holdings: documents, articles, claims and links; actors not united with those of other parts. Of origins and events all members
            are named, of which only some are among the claims.
        actors: the actors across parts that its own are.
    """

    holdings: Holdings
    actors: Mapping[str, Actor]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredClaim:
    """An appearance of a claim with a figure of a measure of the table.

    Attributes:
        id: the claim's id.
        article: the article it stands in.
        measures: the measures of its figures.
    """

    id: str
    article: ArticleKey
    measures: frozenset[str]


def read_gist(connection: Connection, place: StoryPlace, measured: Collection[MeasuredClaim] | None) -> Gist:
    """The gist of a story.

    Args:
        connection: a connection, inside a transaction.
        place: the story.
        measured: the claims with a figure that its series are asked of, with which come the statements of which somebody denies their
            number; None asks of its statements, by the claims with a position.
    """
    positions = measured is None
    statements = _statements(connection, place, denied=not positions)
    keys: dict[str, set[ArticleKey]] = defaultdict(set)
    for counted in measured or ():
        keys[counted.id].add(counted.article)
    if not positions:
        statements = tuple(statement for statement in statements if _denies_number(statement, keys))
    told = {member.claim for statement in statements for member in statement.members if positions or member.position == "denies"}
    for claim, several in _places(connection, place, told).items():
        keys[claim] |= several
    corrected = _corrected(connection, place)
    held = _load(connection, {*(key for several in keys.values() for key in several), *corrected}, keys, corrected)
    links = read_links([*_links_of(connection, held.claims), *_links_about(connection, place, copies=bool(corrected))])
    behind = _behind(held, links) - keys.keys()
    if behind:  # a sentence that repeats a joint statement has the principals of that statement
        more = _places(connection, place, behind)
        others = _load(connection, {key for several in more.values() for key in several}, more, ())
        held, links = _joined(held, others), _merged(links, read_links(_links_of(connection, others.claims)))
    later = set(links.superseded.values()) - held.articles.keys()
    if later:  # a version that a clock must see to know that it stands in the place of another
        held = _joined(held, _load(connection, later, (), ()))
    actors = read_united(connection, [actor.id for actor in links.actors])
    joint = read_links(_parts_of_joint(connection, held, links, actors))
    present = held.articles.keys() & {key for story in links.stories for key in story.articles}
    known = replace(
        links,
        origin_of={**links.origin_of, **joint.origin_of},
        statements=statements,
        copies=tuple(link for link in links.copies if {link.first, link.second} <= present),
        dates=tuple(date for date in held.links.dates if date.article in present),
    )
    return Gist(holdings=held.of_articles(present, known), actors=actors)


def read_told(connection: Connection, place: StoryPlace, claims: Collection[tuple[str, str]]) -> Gist:
    """Some claims of a story with all that a timeline shows of them: origins, events and speakers; articles without passages or texts.

    Args:
        connection: a connection, inside a transaction.
        place: the story.
        claims: ids of their documents and their own.
    """
    ids = {claim for _, claim in claims}
    documents = {document for document, _ in claims}
    known = _places(connection, place, ids)
    articles = {key for several in known.values() for key in several if key[0] in documents}
    held = _load(connection, articles, ids, ())
    links = read_links([*_links_of(connection, held.claims), *_links_about(connection, place, copies=False)])
    behind = _behind(held, links) - ids
    if behind:
        more = _places(connection, place, behind)
        others = _load(connection, {key for several in more.values() for key in several}, more, ())
        held, links = _joined(held, others), _merged(links, read_links(_links_of(connection, others.claims)))
    actors = read_united(connection, [actor.id for actor in links.actors])
    present = held.articles.keys() & {key for story in links.stories for key in story.articles}
    dates = tuple(date for date in held.links.dates if date.article in present)
    return Gist(holdings=held.of_articles(present, replace(links, dates=dates)), actors=actors)


def packed_outlines(connection: Connection, place: StoryPlace) -> list[tuple[str, bytes]]:
    """The outlines of the part that holds a story, by the ids of the documents; none where it has none."""
    columns = schema.outlines.c
    query = select(columns.document, columns.content).where(columns.part == place.part).order_by(columns.document)
    return [(document, content) for document, content in connection.execute(query)]


def measured_claims(connection: Connection, place: StoryPlace) -> list[MeasuredClaim]:
    """The appearances of the claims of a story with a figure of a measure of the table."""
    query = select(_SHOWN.claim, _SHOWN.document, _SHOWN.article, _SHOWN.measures).where(
        _SHOWN.part == place.part, _SHOWN.story == place.story, _SHOWN.measures.not_in([json_text(()), json_text((_UNMEASURED,))])
    )
    return [
        MeasuredClaim(id=claim, article=(document, article), measures=frozenset(read_json(measures)) - {_UNMEASURED})
        for claim, document, article, measures in connection.execute(query)
    ]


def read_bearers(connection: Connection, place: StoryPlace, names: Collection[str]) -> dict[str, Actor] | None:
    """The actors across parts, of those of a story, that bear some names or stand for them, by their own ids.

    Args:
        connection: a connection, inside a transaction.
        place: the story.
        names: the names.

    Returns:
        None where its part holds other articles as well, whose actors are not told apart from those of the story.
    """
    if not is_alone(connection, place):
        return None
    payloads = connection.execute(select(_LINKS.payload).where(_LINKS.kind == "actors", _LINKS.part == place.part)).scalars()
    return read_named(connection, {side_of(payload) for payload in payloads}, names)


def hidden_claims(connection: Connection, place: StoryPlace, clocks: Clocks) -> frozenset[str]:
    """Ids of the claims of a story of which the clocks hide an appearance.

    Args:
        connection: a connection, inside a transaction.
        place: the story.
        clocks: as of when.
    """
    query = select(_SHOWN.claim, _SHOWN.day, _SHOWN.published).where(_SHOWN.part == place.part, _SHOWN.story == place.story)
    said, known = (day.isoformat() if day else None for day in (clocks.as_of, clocks.published_by))

    def is_hidden(day: str, published: str) -> bool:
        late = said is not None and not NO_DAY < day <= said
        return late or (known is not None and not NO_DAY < published <= known)

    return frozenset(claim for claim, day, published in connection.execute(query) if is_hidden(day, published))


def _statements(connection: Connection, place: StoryPlace, *, denied: bool) -> tuple[Statement, ...]:
    """The statements of a story; where only those are wanted that somebody denies, these at least."""
    query = select(_LINKS.payload).where(_LINKS.kind == "statements", _LINKS.part == place.part).order_by(_LINKS.id)
    payloads = (payload for payload in connection.execute(query).scalars() if not denied or _DENIES in payload)
    found = (decode(Statement, read_json(payload)) for payload in payloads)
    return tuple(statement for statement in found if statement.story == place.story)


def _denies_number(statement: Statement, measured: Collection[str]) -> bool:
    """Whether somebody denies the number of a statement that a claim with a measured figure supports."""
    denied = any(m.position == "denies" and (m.aspect == "figure" or m.concerns_figure) for m in statement.members)
    return denied and any(m.position == "supports" and m.claim in measured for m in statement.members)


def _places(connection: Connection, place: StoryPlace, claims: Collection[str]) -> dict[str, set[ArticleKey]]:
    """Where some claims appear in a story: their ids with the articles."""
    found: dict[str, set[ArticleKey]] = defaultdict(set)
    query = select(_SHOWN.claim, _SHOWN.document, _SHOWN.article, _SHOWN.story)
    for claim, document, article, story in chosen(connection, query, _SHOWN.claim, sorted(claims)):
        if story == place.story:  # not asked of the database, which would go through the whole part for it
            found[claim].add((document, article))
    return found


def _corrected(connection: Connection, place: StoryPlace) -> set[ArticleKey]:
    """The articles of a story that print a correction."""
    articles = schema.articles.c
    query = select(articles.document, articles.number).join(
        schema.reports, (_R.document == articles.document) & (_R.article == articles.number)
    )
    rows = connection.execute(query.where(_R.story == place.story, articles.payload.not_like('%"corrections":[]%')))
    return {(row.document, row.number) for row in rows}


def _load(connection: Connection, articles: Collection[ArticleKey], claims: Collection[str], whole: Collection[ArticleKey]) -> Holdings:
    """The rows of some articles, of their claims only some; passages and texts only of those wanted whole, or that others date."""
    query = select(_LINKS.kind, _LINKS.id, _LINKS.payload).where(_LINKS.kind == "dates")
    rows = chosen(connection, query, _LINKS.id, sorted(json_text(key) for key in articles))
    dated = read_links((row.kind, row.id, row.payload) for row in rows)
    documents = {document for document, _ in articles}
    read_whole = {document for document, _ in (*whole, *(date.article for date in dated.dates))}
    held = load_some(connection, documents, claims, bare=documents - read_whole)
    return replace(held, claims=tuple(stored for stored in held.claims if stored.claim.id in claims), links=dated)


def _joined(one: Holdings, other: Holdings) -> Holdings:
    """The rows of both, articles as the first one has them, for the other has none of the passages."""
    claims = {(stored.document, stored.claim.id): stored for stored in (*one.claims, *other.claims)}
    dates = {date.article: date for date in (*one.links.dates, *other.links.dates)}
    judgements = {judgement.id: judgement for judgement in (*one.judgements, *other.judgements)}
    return replace(
        one,
        documents={**one.documents, **other.documents},
        articles={**other.articles, **one.articles},
        texts={**one.texts, **other.texts},
        claims=tuple(sorted(claims.values(), key=lambda s: (s.document, s.claim.start, s.claim.end, s.claim.id))),
        judgements=tuple(sorted(judgements.values(), key=lambda judgement: (judgement.at, judgement.id))),
        links=replace(one.links, dates=tuple(dates[key] for key in sorted(dates))),
    )


def _merged(one: Links, other: Links) -> Links:
    """The links of some claims and of others of the same story."""
    return replace(
        one,
        actors=_each_once((*one.actors, *other.actors)),
        events=_each_once((*one.events, *other.events)),
        origins=_each_once((*one.origins, *other.origins)),
        event_of={**one.event_of, **other.event_of},
        origin_of={**one.origin_of, **other.origin_of},
        utterance_of={**one.utterance_of, **other.utterance_of},
        actor_of={**one.actor_of, **other.actor_of},
        superseded={**one.superseded, **other.superseded},
    )


def _each_once(records: Sequence[R]) -> tuple[R, ...]:
    found = {record.id: record for record in records}
    return tuple(found[identity] for identity in sorted(found))


def _links_of(connection: Connection, claims: Sequence[StoredClaim]) -> list[LinkRow]:
    """The rows of links of some claims: origins, events, acts of speech, who speaks, what stands in their place."""
    ids = sorted({stored.claim.id for stored in claims})
    references = sorted({name for stored in claims for name in _references(stored.claim)})
    names = sorted({json_text([*stored.article, name]) for stored in claims for name in _named(stored.claim)})
    found = [
        *_rows(connection, references, "origin_of", "event_of"),
        *_rows(connection, ids, "utterance_of", "superseded"),
        *_rows(connection, names, "actor_of"),
    ]
    for kind, record in (("origin_of", "origins"), ("event_of", "events"), ("actor_of", "actors")):
        found += _rows(connection, sorted({read_json(payload) for name, _, payload in found if name == kind}), record)
    return found


def _links_about(connection: Connection, place: StoryPlace, *, copies: bool) -> list[LinkRow]:
    """The row of a story and, where asked for, those of what repeats what in it."""
    found = _rows(connection, [place.story], "stories")
    if copies:
        query = select(_LINKS.kind, _LINKS.id, _LINKS.payload).where(_LINKS.kind == "copies", _LINKS.part == place.part)
        found += [(row.kind, row.id, row.payload) for row in connection.execute(query)]
    return found


def _rows(connection: Connection, ids: Sequence[str], *kinds: str) -> list[LinkRow]:
    query = select(_LINKS.kind, _LINKS.id, _LINKS.payload).where(_LINKS.kind.in_(kinds))
    return [(kind, key, payload) for kind, key, payload in chosen(connection, query, _LINKS.id, ids)]


def _references(claim: Claim) -> Iterator[str]:
    yield claim.id
    yield from (f"{claim.id}#{place}" for place in range(len(claim.figures)))


def _named(claim: Claim) -> set[str]:
    """Whom a claim names as one who may speak."""
    return {*claim.speakers, *(act.agent for act in claim.acts if act.agent)}


def _behind(held: Holdings, links: Links) -> set[str]:
    """The claims that a sentence in an article's own voice may repeat, where no one principal stands behind it."""
    joint = {origin.id: origin for origin in links.origins if origin.principal is None}
    own = (stored.claim for stored in held.claims if stored.claim.form == "narration")
    origins = {links.origin_of.get(name, "") for claim in own for name in _references(claim)} & joint.keys()
    return {name.partition("#")[0] for origin in origins for name in joint[origin].members}


def _parts_of_joint(connection: Connection, held: Holdings, links: Links, actors: Mapping[str, Actor]) -> list[LinkRow]:
    """The rows of each principal's part in what several put forward together."""
    origins = {origin.id: origin for origin in links.origins}
    names: set[str] = set()
    for stored in held.claims:
        if len(stored.claim.speakers) > 1:
            known = [actors.get(links.actor_of.get((*stored.article, name), "")) for name in stored.claim.speakers]
            principals = {*stored.claim.speakers, *filter(None, stored.claim.principals)}
            principals |= {name for actor in known if actor for name in (actor.name, actor.principal) if name}
            here = {links.origin_of[name] for name in _references(stored.claim) if name in links.origin_of}
            members = (name for origin in here if origin in origins for name in origins[origin].members)
            names |= {f"{name}@{principal}" for name in (*_references(stored.claim), *members) for principal in principals}
    return _rows(connection, sorted(names), "origin_of")
