"""Stories as clocks show them, from summaries: what a list says of each, without reading its claims."""

from collections import Counter, defaultdict
from collections.abc import Collection

from sqlalchemy import Connection, func, select

from reportedly.ledger import schema
from reportedly.ledger.codec import read_article, read_document
from reportedly.ledger.databases.choosing import chosen
from reportedly.ledger.links.linking import read_links
from reportedly.ledger.summaries.seeing import claim_seen, is_by, is_seen
from reportedly.model import Clocks, StorySummary, carrier_name
from reportedly.model.summary import NO_DAY

_R, _S, _SHOWN = schema.reports.c, schema.stories.c, schema.shown.c


def titles_seen(connection: Connection, clocks: Clocks, stories: Collection[str]) -> dict[str, str]:
    """Titles of some stories by their ids as the clocks show them: the first of their headlines that was out by the day.

    Stories of which no headline was out are left out: those take their title from what they say.
    """
    day, links, table, named = clocks.as_of or clocks.published_by, schema.links.c, schema.articles.c, schema.documents.c
    if day is None:
        return {row.id: row.title for row in chosen(connection, select(_S.id, _S.title), _S.id, sorted(stories))}
    rows = chosen(connection, select(links.kind, links.id, links.payload).where(links.kind == "stories"), links.id, sorted(stories))
    told = read_links((row.kind, row.id, row.payload) for row in rows).stories
    known = chosen(connection, select(_R.document, _R.article).where(is_seen(clocks), is_by(_R.published, day)), _R.story, sorted(stories))
    out = {(row.document, row.article) for row in known}
    first = {story.id: next((key for key in story.headlines or story.articles if key in out), None) for story in told}
    keys = {key: story for story, key in first.items() if key is not None}
    query = select(table.document, table.number, table.payload, named.name, named.title).join(schema.documents, named.id == table.document)
    found = {}
    for row in chosen(connection, query, table.document, sorted({document for document, _ in keys})):
        title = read_article(row.payload, row.name, bare=True).title or row.title if (row.document, row.number) in keys else None
        if title:
            found[keys[row.document, row.number]] = title
    return found


def summaries_seen(connection: Connection, clocks: Clocks, stories: Collection[str]) -> dict[str, StorySummary]:
    """Some stories by their ids as lists show them under the clocks; those that `titles_seen` leaves out are left out."""
    known, table, named = titles_seen(connection, clocks, stories), schema.articles.c, schema.documents.c
    ids = sorted(known)
    rows = chosen(connection, select(_R.story, _R.document, _R.article, _R.published).where(is_seen(clocks)), _R.story, ids)
    story_of = {(row.document, row.article): (row.story, row.published) for row in rows}
    parts = {row.part for row in chosen(connection, select(_S.part), _S.id, ids)}
    counted = select(_SHOWN.story, func.count().label("many")).where(claim_seen(clocks)).group_by(_SHOWN.story)
    claims = {row.story: row.many for row in chosen(connection, counted, _SHOWN.part, sorted(parts))}
    query = select(table.document, table.number, table.payload, named.payload.label("page"), named.name, named.read_at)
    carriers, days = defaultdict[str, Counter[str]](Counter), defaultdict[str, set[str]](set)
    joined = query.join(schema.documents, named.id == table.document)
    for row in chosen(connection, joined, table.document, sorted({document for document, _ in story_of})):
        story, published = story_of.get((row.document, row.number), (None, NO_DAY))
        if story is not None:
            document = read_document(row.page, row.name, row.read_at)
            carriers[story][carrier_name(read_article(row.payload, row.name, bare=True), document)] += 1
            days[story] |= {published} - {NO_DAY}
    return {
        story: StorySummary(
            id=story,
            title=known[story],
            articles=many.total(),
            claims=claims.get(story, 0),
            outlets=tuple(sorted(many, key=lambda name: (-many[name], name))),
            first=min(days[story], default=NO_DAY),
            last=max(days[story], default=NO_DAY),
        )
        for story, many in carriers.items()
    }
