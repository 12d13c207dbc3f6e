"""Lists of a ledger a page at a time, from its summaries: stories, articles, documents, claims, copies, problems, days and totals."""

import datetime as dt
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal, or_, select, true, tuple_, union_all

from reportedly.ledger import schema
from reportedly.ledger.codec import decode, json_text, read_document
from reportedly.ledger.databases.choosing import chosen, is_sound
from reportedly.ledger.schema import SafeText
from reportedly.ledger.search.speaking import said_by_named
from reportedly.ledger.summaries.catalogue import StoryPlace
from reportedly.ledger.summaries.counted_pages import page_by_day, page_of_claims, page_of_said
from reportedly.ledger.summaries.seeing import claim_seen, day_of, is_seen, speaks, undated_but_old
from reportedly.ledger.summaries.tallies import NEWEST
from reportedly.model import ArticleKey, Clocks, CopyLink, Document, Filters, StorySummary
from reportedly.model.summary import NO_DAY

_R, _S, _SHOWN = schema.reports.c, schema.stories.c, schema.shown.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What a ledger holds in short: the numbers of documents, of claims, each once, and of stories."""

    documents: int
    claims: int
    stories: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedArticle:
    """An article of a story: ids of document and story, the document's name, the article's number, the story's title."""

    document: str
    name: str
    article: int
    story: str
    title: str


def count_totals(connection: Connection) -> Totals:
    """The ledger in short."""
    documents = connection.execute(select(func.count()).select_from(schema.documents)).scalar_one()
    claims = connection.execute(select(func.sum(schema.parts.c.claims))).scalar_one()
    stories = connection.execute(select(func.count()).select_from(schema.stories)).scalar_one()
    return Totals(documents=documents, claims=claims or 0, stories=stories)


def list_days(connection: Connection) -> tuple[str, ...]:
    """The ISO days by which anything had been said, in order; each is found from the one before, however many parts have it."""
    column = schema.days.c.day
    days = select(func.min(column).label("day")).cte("found", recursive=True)
    later = select(func.min(column)).where(column > days.c.day).scalar_subquery()
    days = days.union_all(select(later).where(days.c.day.is_not(None)))
    return tuple(connection.execute(select(days.c.day).where(days.c.day.is_not(None))).scalars())


def list_articles(
    connection: Connection, clocks: Clocks, filters: Filters, place: StoryPlace | None = None
) -> tuple[list[ListedArticle], int]:
    """A page of the articles of stories that say anything under the clocks, by story and article; and how many there are.

    Args:
        connection: a connection, inside a transaction.
        clocks: as of when.
        filters: which page; nothing else is looked at.
        place: the only story that is listed; None lists all.
    """
    speaking = or_(speaks(clocks), and_(_R.claims > 0, undated_but_old(clocks)))
    told = and_(_R.story.is_not(None) if place is None else _R.story == place.story, speaking)
    order = (_R.story, _R.document, _R.article)
    page = _paged(select(*order).where(told).order_by(*order), filters).subquery()
    query = select(page, schema.documents.c.name, _S.title).join_from(page, schema.stories, _S.id == page.c.story)
    query = query.join(schema.documents, schema.documents.c.id == page.c.document)
    rows = connection.execute(query.order_by(page.c.story, page.c.document, page.c.article))
    found = [ListedArticle(document=r.document, name=r.name, article=r.article, story=r.story, title=r.title) for r in rows]
    total = select(func.count()).select_from(schema.reports).where(told)
    return found, connection.execute(total).scalar_one()


def list_places(connection: Connection) -> tuple[list[tuple[ArticleKey, str]], list[tuple[str, str]]]:
    """The articles in no story that say anything, in order, and the stories by id; each with the part that holds it."""
    loose = select(_R.document, _R.article, _R.part).where(_R.story.is_(None), _R.claims > 0).order_by(_R.document, _R.article)
    outside = [((row.document, row.article), row.part) for row in connection.execute(loose)]
    return outside, [(row.id, row.part) for row in connection.execute(select(_S.id, _S.part).order_by(_S.id))]


def list_stories(connection: Connection, filters: Filters) -> tuple[list[StorySummary], int]:
    """A page of the stories, that of the newest report first; and how many there are."""
    query = select(schema.stories).order_by(_S.last.desc(), _S.articles.desc(), _S.id.desc())
    rows = connection.execute(_paged(query, filters))
    found = [
        StorySummary(
            id=row.id,
            title=row.title,
            articles=row.articles,
            claims=row.claims,
            outlets=tuple(json.loads(row.outlets)),
            first=row.first,
            last=row.last,
        )
        for row in rows
    ]
    return found, connection.execute(select(func.count()).select_from(schema.stories)).scalar_one()


def large_stories(connection: Connection, least: int, most: int) -> dict[str, str]:
    """The stories with the most claims, those first, by id, with the versions of their parts.

    Args:
        connection: a connection, inside a transaction.
        least: claims that a story has at least.
        most: how many are given at most.
    """
    parts = schema.parts.c
    query = select(_S.id, parts.version).join_from(schema.stories, schema.parts, parts.id == _S.part).where(_S.claims >= least)
    return {row.id: row.version for row in connection.execute(query.order_by(_S.claims.desc(), _S.id).limit(most))}


def list_stories_seen(connection: Connection, clocks: Clocks, filters: Filters) -> tuple[list[str], int]:
    """Ids of a page of the stories with anything to see under the clocks, in the order of `list_stories`; and how many there are."""
    base = select(_R.story).where(_R.story.is_not(None), is_seen(clocks)).group_by(_R.story)
    order = (func.max(_R.published).desc(), func.count().desc(), _R.story.desc())
    found = connection.execute(_paged(base.order_by(*order), filters)).scalars()
    return [str(story) for story in found], connection.execute(select(func.count()).select_from(base.subquery())).scalar_one()


def list_documents(connection: Connection, clocks: Clocks, filters: Filters) -> tuple[list[str], int]:
    """Ids of a page of the documents that the clocks let see, sorted; and how many there are."""
    table = schema.documents.c
    if day_of(clocks) is None:
        found = connection.execute(_paged(select(table.id).order_by(table.id), filters)).scalars()
        return list(found), connection.execute(select(func.count()).select_from(schema.documents)).scalar_one()
    seen = select(_R.document.label("id")).where(is_seen(clocks)).group_by(_R.document)
    either = union_all(seen, select(table.id).where(_is_bare())).subquery().c.id
    found = connection.execute(_paged(select(either).order_by(either), filters)).scalars()
    return list(found), connection.execute(select(func.count()).select_from(seen.subquery())).scalar_one() + _count_bare(connection)


def list_sources(connection: Connection, clocks: Clocks, filters: Filters) -> tuple[list[str], int]:
    """Ids of a page of the documents that the clocks let see, that of the newest article first; and how many there are.

    How many documents have their newest article on each day tells on which days the page lies; only the documents of those are read.
    """
    newest = select(_R.document, func.max(_R.published).label("day")).where(is_seen(clocks)).group_by(_R.document)
    days = _newest_counted(connection, newest, clocks)
    dated = sum(many for day, many in days if day != NO_DAY)
    before = _documents_on(connection, newest, [day for day in days if day[0] != NO_DAY], filters)
    total = sum(many for _, many in days) + _count_bare(connection)
    if len(before) == filters.limit or filters.offset >= total:
        return before, total
    table = schema.documents.c
    undated = select(newest.having(func.max(_R.published) == NO_DAY).subquery().c.document)
    others = select(table.id).where(table.id.in_(undated) | _is_bare()).order_by(table.name.desc())
    asked = Filters(limit=None if filters.limit is None else filters.limit - len(before), offset=max(0, filters.offset - dated))
    return [*before, *connection.execute(_paged(others, asked)).scalars()], total


def _newest_counted(connection: Connection, newest: Select[Any], clocks: Clocks) -> list[tuple[str, int]]:
    """How many of the documents that the clocks let see have their newest article on each day, the last first; undated ones on `NO_DAY`."""
    if day_of(clocks) is None:
        tallies = schema.tallies.c
        counts = select(tallies.value.label("day"), tallies.many).where(tallies.kind == NEWEST).order_by(tallies.value.desc())
    else:
        by_day = newest.subquery().c
        counts = select(by_day.day, func.count().label("many")).group_by(by_day.day).order_by(by_day.day.desc())
    return [(row.day, row.many) for row in connection.execute(counts)]


def _is_bare() -> ColumnElement[bool]:
    """Whether a document has no article."""
    return ~select(literal(1)).where(_R.document == schema.documents.c.id).exists()


def _count_bare(connection: Connection) -> int:
    """How many documents have no article."""
    tallies = schema.tallies.c
    documents = connection.execute(select(func.count()).select_from(schema.documents)).scalar_one()
    reporting = connection.execute(select(func.sum(tallies.many)).where(tallies.kind == NEWEST)).scalar_one()
    return documents - (reporting or 0)


def _documents_on(connection: Connection, newest: Select[Any], days: Sequence[tuple[str, int]], filters: Filters) -> list[str]:
    """The documents of a page that lie on some days, that of the last day first, of one day the last name first.

    Args:
        connection: a connection, inside a transaction.
        newest: documents, each with the `day` of its newest article.
        days: the days with how many documents they have, the last first.
        filters: which page.
    """
    end = None if filters.limit is None else filters.offset + filters.limit
    skipped, there, place = 0, list[str](), 0
    for day, many in days:
        if place + many <= filters.offset:
            skipped += many
        elif end is None or place < end:
            there.append(day)
        place += many
    if not there:
        return []
    near = newest.where(_R.document.in_(select(_R.document).where(_R.published >= there[-1], _R.published <= there[0])))
    last = func.max(_R.published)
    found = near.having(last >= there[-1], last <= there[0]).subquery()
    query = select(found.c.document).join(schema.documents, schema.documents.c.id == found.c.document)
    ordered = query.order_by(found.c.day.desc(), schema.documents.c.name.desc())
    return list(connection.execute(_paged(ordered, replace(filters, offset=filters.offset - skipped))).scalars())


def count_claims(connection: Connection, clocks: Clocks, documents: Collection[str]) -> dict[str, int]:
    """How many claims of each of some documents the clocks let see; those without any are left out."""
    query = select(_SHOWN.document, func.count().label("many")).where(claim_seen(clocks)).group_by(_SHOWN.document)
    return {row.document: row.many for row in chosen(connection, query, _SHOWN.document, sorted(documents))}


def articles_seen(connection: Connection, clocks: Clocks, documents: Collection[str]) -> set[ArticleKey]:
    """The articles of some documents that the clocks let see."""
    rows = chosen(connection, select(_R.document, _R.article).where(is_seen(clocks)), _R.document, sorted(documents))
    return {(row.document, row.article) for row in rows}


def list_copies(connection: Connection, clocks: Clocks, filters: Filters) -> tuple[list[CopyLink], int]:
    """A page of what repeats what among the articles that the clocks let see; and how many such pairs there are."""
    links = schema.links.c
    query = select(links.payload).where(links.kind == "copies").order_by(links.id)
    if day_of(clocks) is None:
        total = connection.execute(select(func.count()).select_from(schema.links).where(links.kind == "copies")).scalar_one()
        return [decode(CopyLink, json.loads(payload)) for payload in connection.execute(_paged(query, filters)).scalars()], total
    found = [decode(CopyLink, json.loads(payload)) for payload in connection.execute(query).scalars()]
    documents = sorted({key[0] for link in found for key in (link.first, link.second)})
    seen = articles_seen(connection, clocks, documents)
    fitting = [link for link in found if link.first in seen and link.second in seen]
    end = None if filters.limit is None else filters.offset + filters.limit
    return fitting[filters.offset : end], len(fitting)


def list_claims(
    connection: Connection,
    clocks: Clocks,
    filters: Filters,
    documents: Collection[str] | None = None,
    place: StoryPlace | None = None,
) -> tuple[list[tuple[str, str]], int]:
    """A page of the claims that the clocks let see, in page order: document and claim, by id; and how many there are.

    Args:
        connection: a connection, inside a transaction.
        clocks: as of when.
        filters: which rows; its story and document are not looked at.
        documents: only those of these documents; None takes all.
        place: only those of this story; None takes all.
    """
    counted = _counted_page(connection, clocks, filters) if documents is None and place is None else None
    if counted is not None:
        return counted
    conditions = [claim_seen(clocks), _between(filters)]
    if filters.measure:
        conditions.append(_SHOWN.measures.contains(json_text(filters.measure), autoescape=True))
    if documents is not None:
        conditions.append(_SHOWN.document.in_(sorted(documents)))
    if place is not None:
        conditions += [_SHOWN.part == place.part, _SHOWN.story == place.story]
    base = select(_SHOWN.document, _SHOWN.claim).where(*conditions)
    if filters.speaker:
        voices = said_by_named(connection, filters.speaker).subquery()
        keys = (_SHOWN.document, _SHOWN.start, _SHOWN.end, _SHOWN.claim)
        base = base.where(tuple_(*keys).in_(select(*(voices.c[key.name] for key in keys))))
    order = (_SHOWN.document, _SHOWN.start, _SHOWN.end, _SHOWN.claim)
    rows = connection.execute(_paged(base.order_by(*order), filters))
    found = [(row.document, row.claim) for row in rows]
    return found, connection.execute(select(func.count()).select_from(base.subquery())).scalar_one()


def _counted_page(connection: Connection, clocks: Clocks, filters: Filters) -> tuple[list[tuple[str, str]], int] | None:
    """The page of claims that counts find; None where there are none of what is asked for."""
    if filters.limit is None or filters.first is not None or filters.last is not None:
        return None
    if day_of(clocks) is not None:
        return page_by_day(connection, clocks, filters) if filters.speaker is None and filters.measure is None else None
    if filters.speaker is None:
        return page_of_claims(connection, filters)
    return page_of_said(connection, filters) if filters.measure is None else None


def newest_days(connection: Connection, documents: Collection[str]) -> dict[str, dt.date]:
    """The last day on which an article of each of some documents was published; documents without a dated article are left out."""
    query = select(_R.document, func.max(_R.published).label("day")).group_by(_R.document)
    rows = chosen(connection, query, _R.document, sorted(documents))
    return {row.document: dt.date.fromisoformat(row.day) for row in rows if row.day != NO_DAY}


def published_days(connection: Connection, names: Collection[str]) -> dict[tuple[str, int], list[dt.date]]:
    """The last days of publication of the dated articles of documents of some names, by the document's name and the article's number."""
    query = select(schema.documents.c.name, _R.article, _R.published).join_from(
        schema.documents, schema.reports, _R.document == schema.documents.c.id
    )
    found: dict[tuple[str, int], list[dt.date]] = {}
    for row in chosen(connection, query.where(_R.published != NO_DAY), schema.documents.c.name, sorted(names)):
        found.setdefault((row.name, row.article), []).append(dt.date.fromisoformat(row.published))
    return found


def documents_by_name(connection: Connection, words: str) -> set[str]:
    """Ids of the documents that have this id, name or file name; several pages may have been saved under one name."""
    table = schema.documents.c
    exact = select(table.id).where((table.id == words) | (table.name == words) if is_sound(words) else table.name == words)
    found = set(connection.execute(exact).scalars())
    rows = () if found else connection.execute(select(table.id, table.name).where(table.name.contains(words, autoescape=True)))
    return found or {row.id for row in rows if PurePath(row.name).name == words}


def read_documents(connection: Connection, documents: Collection[str]) -> dict[str, Document]:
    """Some documents by their ids."""
    table = schema.documents.c
    query = select(table.id, table.payload, table.name, table.read_at)
    rows = chosen(connection, query, table.id, sorted(documents))
    return {row.id: read_document(row.payload, row.name, row.read_at) for row in rows}


def claims_holding(connection: Connection, word: str, parts: Collection[str] | None = None) -> tuple[set[str], set[str]]:
    """Ids of the claims of which the own words, or the speakers' names, hold a word, case folded.

    Args:
        connection: a connection, inside a transaction.
        word: the word, or a piece of one.
        parts: ids of the parts whose claims are looked at; None looks at all.

    Returns:
        The claims that hold it, and those looked at that do not; these are left empty where all are looked at.
    """
    place = func.instr if connection.dialect.name == "sqlite" else func.strpos
    there = place(_SHOWN.words, literal(word, SafeText())) > 0
    if parts is None:
        return set(connection.execute(select(_SHOWN.claim).where(there)).scalars()), set()
    rows = list(chosen(connection, select(_SHOWN.claim, there.label("there")), _SHOWN.part, sorted(parts)))
    holding = {row.claim for row in rows if row.there}
    return holding, {row.claim for row in rows} - holding


def speakers_of(connection: Connection, keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """By document and claim its speakers, in order, as they are known across documents, with whom they speak for."""
    voices, united = schema.voices.c, schema.united.c
    query = select(voices.document, voices.claim, voices.name, united.name.label("actor"), united.principal).select_from(
        schema.voices.outerjoin(schema.sides, schema.sides.c.id == voices.side).outerjoin(schema.united, united.id == schema.sides.c.united)
    )
    wanted, found = set(keys), dict[tuple[str, str], list[tuple[str, str]]]()
    for row in chosen(connection, query.order_by(voices.place), voices.claim, sorted({claim for _, claim in keys})):
        if (row.document, row.claim) in wanted:
            name = row.actor or row.name
            found.setdefault((row.document, row.claim), []).append((name, row.principal or name))
    return found


def articles_of_story(connection: Connection, story: str) -> dict[ArticleKey, tuple[str, str]]:
    """The articles of a story, by its id: the names of their documents, and the last days of publication, `NO_DAY` for undated ones."""
    query = select(_R.document, _R.article, _R.published, schema.documents.c.name).join(
        schema.documents, schema.documents.c.id == _R.document
    )
    return {(row.document, row.article): (row.name, row.published) for row in connection.execute(query.where(_R.story == story))}


def titles(connection: Connection, stories: Collection[str]) -> dict[str, str]:
    """Titles of some stories by their ids."""
    return {row.id: row.title for row in chosen(connection, select(_S.id, _S.title), _S.id, sorted(stories))}


def ids_of(connection: Connection, names: Collection[str]) -> dict[str, str]:
    """Ids of documents by some of their names; of several under one name the last."""
    table = schema.documents.c
    rows = chosen(connection, select(table.id, table.name).order_by(table.id), table.name, sorted(names))
    return {row.name: row.id for row in rows}


def _paged(query: Select[Any], filters: Filters) -> Select[Any]:
    """The rows of a query that a page asks for."""
    limited = query if filters.limit is None else query.limit(filters.limit)
    if filters.offset and filters.limit is None:
        limited = query.limit(1 << 31)  # SQLite knows no offset without a limit
    return limited.offset(filters.offset) if filters.offset else limited


def _between(filters: Filters) -> ColumnElement[bool]:
    """Whether a claim was said on one of the days asked for."""
    conditions: list[ColumnElement[bool]] = [true()]
    if filters.first or filters.last:
        conditions.append(_SHOWN.last != NO_DAY)
    if filters.first:
        conditions.append(_SHOWN.last >= filters.first.isoformat())
    if filters.last:
        conditions.append(_SHOWN.first <= filters.last.isoformat())
    return and_(*conditions)
