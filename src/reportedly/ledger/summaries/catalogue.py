"""Answers from a ledger's summaries: which story, part or claim words mean, and lists a page at a time, without reading claims."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, true

from reportedly.errors import AmbiguousIdError, UnknownIdError
from reportedly.ledger import schema
from reportedly.ledger.care.complaints import judged_documents
from reportedly.ledger.codec import decode, json_text
from reportedly.ledger.databases.choosing import begins, chosen, is_sound
from reportedly.ledger.documents.entry import sort_problems
from reportedly.ledger.documents.excerpts import load_some, load_stored
from reportedly.ledger.documents.loading import load_judgements
from reportedly.ledger.judgements.judging import apply_judgements
from reportedly.ledger.links.linking import read_links
from reportedly.ledger.revisions import EVERYTHING, links_outdated, read_revision
from reportedly.model import Holdings, Links, Problem, StoredClaim

T = TypeVar("T")

Look = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What readers need to know before they ask.

    Attributes:
        revision: the ledger's revision.
        linked: whether the summaries and links are those of all that the ledger holds.
        summed: whether there are summaries at all, be it of an earlier moment.
    """

    revision: int
    linked: bool
    summed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPlace:
    """Where a story stands.

    Attributes:
        story: the story's id.
        part: id of the part that holds it.
        title: its title.
        claims: number of its claims, every appearance counted.
    """

    story: str
    part: str
    title: str
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRead:
    """A part as it was read.

    Attributes:
        version: tells this state of the part from others.
        holdings: its rows with its own links, actors not united with those of other parts.
    """

    version: str
    holdings: Holdings


class Catalogue:
    """The summaries of a ledger.

    Args:
        look: opens a reading transaction.
    """

    def __init__(self, look: Look) -> None:
        self._look = look

    def standing(self) -> Standing:
        """The ledger's revision, and whether its summaries are those of it."""
        with self._look() as connection:
            unlinked = schema.unlinked.c.document
            loose = connection.execute(select(unlinked).where(unlinked == EVERYTHING)).first() is not None
            parts = connection.execute(select(schema.parts.c.id).limit(1)).first() is not None
            revision = read_revision(connection)
            return Standing(
                revision=revision,
                linked=not loose and not links_outdated(connection),
                summed=parts or revision == 0,
            )

    def find_story(self, words: str) -> StoryPlace:
        """The story that an id, the start of one, an id that it had before it grew, or words of its title name.

        Raises:
            UnknownIdError: none does.
            AmbiguousIdError: several do.
        """
        return self.ask(lambda connection: find_place(connection, words))

    def find_claim(self, words: str) -> str:
        """The id of the claim that an id or the start of one names.

        Raises:
            UnknownIdError: none does.
            AmbiguousIdError: several do.
        """
        column = schema.shown.c.claim
        with self._look() as connection:
            query = select(column).distinct().where(begins(column, (words, f"c:{words}"))).order_by(column)
            found = [str(name) for name in connection.execute(query).scalars()] if is_sound(words) else []
        if not found:
            raise UnknownIdError("claim", words)
        if len(found) > 1:
            raise AmbiguousIdError("claim", words, found)
        return found[0]

    def knows_name(self, name: str, *, sources: bool) -> bool:
        """Whether an actor surely bears a name, or a claim has it for its id; of sources principals and outlets of claims count as well.

        Outlets without a claim are not looked for.
        """
        united, sides = schema.united.c, schema.sides.c
        ways = [select(united.id).where(united.name == name)]
        if sources:
            ways += [select(united.id).where(united.principal == name), select(schema.shown.c.claim).where(schema.shown.c.outlet == name)]
        with self._look() as connection:
            if name.startswith("c:") or any(connection.execute(way.limit(1)).first() is not None for way in ways):
                return True
            borne = connection.execute(select(sides.payload).where(sides.payload.contains(json_text(name), autoescape=True))).scalars()
            return any(name in json.loads(payload)[2] for payload in borne)

    def version_of(self, part: str) -> tuple[str | None, int]:
        """What tells the state of a part from others, None where there is no such part; and the ledger's revision."""
        with self._look() as connection:
            return part_version(connection, part), read_revision(connection)

    def read_around(self, claim: str) -> Holdings:
        """A claim, by its id, with the other claims of its origin, its story, and the actors of its part who speak in it.

        What else stands in its documents is left out, so that a claim of a large story costs no more than any other.
        """
        columns = schema.shown.c
        with self._look() as connection:
            own = {row.document for row in chosen(connection, select(columns.document), columns.claim, [claim])}
            held = load_some(connection, own, {claim})
            stored = [found for found in held.claims if found.claim.id == claim]
            if not stored:
                return held
            rows = _links_of(connection, stored)
            companions = {name.partition("#")[0] for origin in read_links(rows).origins for name in origin.members}
            if companions - {claim}:
                others = {row.document for row in chosen(connection, select(columns.document), columns.claim, sorted(companions))}
                held = load_some(connection, own | others, {claim, *companions})
            return replace(held, links=replace(read_links(rows), dates=_dates(connection, held).dates))

    def ask(self, question: Callable[[Connection], T]) -> T:
        """The answer of one of the functions of `lists`, or of another that reads in one transaction."""
        with self._look() as connection:
            return question(connection)

    def documents_with(self, claims: Collection[str]) -> set[str]:
        """Ids of the documents in which some claims, by id, appear."""
        columns = schema.shown.c
        with self._look() as connection:
            return {row.document for row in chosen(connection, select(columns.document), columns.claim, sorted(claims))}

    def read_judged(self) -> Holdings:
        """All judgements with the documents that they are about, and the dates that other articles give theirs; no other links."""
        with self._look() as connection:
            judgements, arrived = load_judgements(connection)
            stored = load_stored(connection, judged_documents(connection, judgements))
            whole = replace(stored, holdings=replace(stored.holdings, judgements=judgements), arrived=arrived)
            held = apply_judgements(whole)
            return replace(held, links=_dates(connection, held))

    def read_documents(self, documents: Collection[str], claims: Collection[str] | None = None) -> Holdings:
        """Some documents, by id, with their problems, and the dates that other articles give theirs; no other links.

        Args:
            documents: their ids.
            claims: ids of the claims that are wanted; None takes all of the documents'.
        """
        with self._look() as connection:
            held = load_some(connection, documents, claims)
            dates = _dates(connection, held)
            problems = schema.problems.c
            rows = chosen(connection, select(problems.payload), problems.document, sorted(documents))
            told = [decode(Problem, json.loads(row.payload)) for row in rows]
        return replace(held, links=dates, problems=sort_problems([*held.problems, *told]))

    def read_part(self, part: str) -> PartRead | None:
        """A part with its links, judgements applied; None where there is no such part."""
        members, links = schema.members.c, schema.links.c
        with self._look() as connection:
            version = part_version(connection, part)
            if version is None:
                return None
            query = select(members.document, members.article).where(members.part == part)
            keys = {(row.document, row.article) for row in connection.execute(query)}
            rows = connection.execute(select(links.kind, links.id, links.payload).where(links.part == part))
            found = read_links((kind, key, payload) for kind, key, payload in rows)
            held = load_some(connection, {document for document, _ in keys})
        return PartRead(version=version, holdings=held.of_articles(keys, found))


def find_place(connection: Connection, words: str) -> StoryPlace:
    """The story that words name, as `Catalogue.find_story`, in a transaction at hand.

    Raises:
        UnknownIdError: none does.
        AmbiguousIdError: several do.
    """
    found = _stories_named(connection, words)
    if not found:
        raise UnknownIdError("story", words)
    if len(found) > 1:
        raise AmbiguousIdError("story", words, [f"{place.story} ({place.title})" for place in found])
    return found[0]


def is_alone(connection: Connection, place: StoryPlace) -> bool:
    """Whether a story's part holds no article but its own."""
    reports = schema.reports.c
    others = select(reports.document).where(reports.part == place.part, reports.story.is_(None) | (reports.story != place.story))
    return connection.execute(others.limit(1)).first() is None


def _links_of(connection: Connection, stored: Sequence[StoredClaim]) -> list[tuple[str, str, str]]:
    """The rows of links about a claim: its origin, its story, who speaks in it, whether a later version of its page stands in its place."""
    links, claim = schema.links.c, stored[0].claim
    query = select(links.kind, links.id, links.payload)

    def rows(wanted: Mapping[str, Collection[str]]) -> list[tuple[str, str, str]]:
        of_kind = [and_(links.kind == kind, links.id.in_(sorted(ids))) for kind, ids in wanted.items() if ids]
        return [(row.kind, row.id, row.payload) for row in connection.execute(query.where(or_(*of_kind)))] if of_kind else []

    references = [*(f"{claim.id}#{place}" for place in range(len(claim.figures))), claim.id]
    names = {json_text([*found.article, name]) for found in stored for name in found.claim.speakers}
    near = rows({"origin_of": references, "actor_of": names, "superseded": {claim.id}})
    origins = {key: payload for kind, key, payload in near if kind == "origin_of"}
    origin = next((json.loads(origins[name]) for name in references if name in origins), None)
    told = schema.reports.c
    stories = chosen(connection, select(told.document, told.article, told.story), told.document, [found.document for found in stored])
    places = {found.article for found in stored}
    meant = {
        "origins": {origin} if origin else set(),
        "actors": {json.loads(payload) for kind, _, payload in near if kind == "actor_of"},
        "stories": {row.story for row in stories if row.story and (row.document, row.article) in places},
    }
    return [*near, *rows(meant)]


def _dates(connection: Connection, held: Holdings) -> Links:
    """When articles that print no date were published, as others tell."""
    links = schema.links.c
    query = select(links.kind, links.id, links.payload).where(links.kind == "dates")
    rows = chosen(connection, query, links.id, sorted(json_text(key) for key in held.articles))
    return read_links((row.kind, row.id, row.payload) for row in rows)


def part_version(connection: Connection, part: str) -> str | None:
    """The part's own version with that of the judgements on names, which touch every part."""
    columns, undone = schema.judgements.c, schema.undone
    own = connection.execute(select(schema.parts.c.version).where(schema.parts.c.id == part)).scalar_one_or_none()
    if own is None:
        return None
    made = connection.execute(select(func.max(columns.recorded)).where(columns.text.is_(None))).scalar_one()
    query = select(func.max(undone.c.recorded)).join_from(undone, schema.judgements).where(columns.text.is_(None))
    return f"{own} {made or 0} {connection.execute(query).scalar_one() or 0}"


def _stories_named(connection: Connection, words: str) -> list[StoryPlace]:
    """The stories that words name; the first way that fits any decides."""
    columns = schema.stories.c
    by_id: tuple[ColumnElement[bool], ...] = (
        columns.id.in_([words, f"s:{words}"]),
        begins(columns.id, (words, f"s:{words}")),
        columns.id.in_(_once_alone(words)),
    )
    by_title = and_(true(), *(columns.words.contains(word, autoescape=True) for word in words.casefold().split()))
    for way in (*(by_id if is_sound(words) else ()), by_title):
        query = select(columns.id, columns.part, columns.title, columns.claims).where(way).order_by(columns.id)
        rows = connection.execute(query)
        found = [StoryPlace(story=row.id, part=row.part, title=row.title, claims=row.claims) for row in rows]
        if found:
            return found
    return []


def _once_alone(words: str) -> Select[tuple[str | None]]:
    columns = schema.reports.c
    return select(columns.story).where(columns.alone == f"s:{words.removeprefix('s:')}", columns.story.is_not(None))
