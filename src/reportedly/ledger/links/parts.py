"""The parts of a ledger and the marks of its articles, as rows: what a new article touches is found and written by them alone."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, func, select

from reportedly.ledger import schema
from reportedly.ledger.databases.choosing import batched, chosen
from reportedly.ledger.links.changes import Change, anew, compare, write
from reportedly.ledger.links.linking import change_links, compare_links
from reportedly.ledger.links.sides import DraftSides
from reportedly.ledger.links.written import WrittenParts
from reportedly.ledger.revisions import EVERYTHING, Turn, count_written, parts_written
from reportedly.ledger.summaries.summing import Resummed, change_summaries, compare_summaries, write_summaries
from reportedly.model import ArticleKey, Near, Page, Part, Summary
from reportedly.model.ports import Uniter

_KINDS = 3  # what a mark is of, in its lowest bits: pairs of names, shingles, texts


def read_unlinked(connection: Connection) -> frozenset[str] | None:
    """Ids of documents that changed since the links were made; None where all are outdated."""
    found = frozenset(connection.execute(select(schema.unlinked.c.document)).scalars())
    return None if EVERYTHING in found else found


def find_near(connection: Connection, pages: Sequence[Page]) -> list[Near]:
    """The articles of the ledger that share a mark with some, these themselves left out, and those that are in no part yet as well."""
    left: dict[int, list[ArticleKey]] = defaultdict(list)
    for page in pages:
        for mark in _marks(page):
            left[mark].append(page.article)
    shared: dict[int, dict[ArticleKey, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0] * _KINDS))
    for mark, number in chosen(connection, select(schema.marks.c.mark, schema.marks.c.page), schema.marks.c.mark, sorted(left)):
        for article in left[mark]:
            shared[number][article][mark % _KINDS] += 1
    table, members = schema.pages.c, schema.members.c
    rows = select(table.number, table.document, table.article, table.sampled, table.incident, members.part).join(
        schema.members, (members.document == table.document) & (members.article == table.article)
    )
    own = {page.article for page in pages}
    return [
        Near(
            met=met,
            article=(row.document, row.article),
            part=row.part,
            names=counts[0],
            shingles=counts[1],
            texts=counts[2],
            sampled=row.sampled,
            incident=row.incident,
        )
        for row in chosen(connection, rows, table.number, sorted(shared))
        if (row.document, row.article) not in own
        for met, counts in shared[row.number].items()
    ]


def read_parts(connection: Connection, names: Collection[str]) -> dict[str, dict[ArticleKey, str]]:
    """The parts of these ids, and those that hold an article of a document of one: their articles with what is told of each."""
    members, pages = schema.members.c, schema.pages.c
    ids = set(chosen_values(connection, members.part, members.document, names)) | set(
        chosen_values(connection, members.part, members.part, names)
    )
    query = select(members.part, members.document, members.article, pages.features).outerjoin(
        schema.pages, (pages.document == members.document) & (pages.article == members.article)
    )
    found: dict[str, dict[ArticleKey, str]] = defaultdict(dict)
    for row in chosen(connection, query, members.part, sorted(ids)):
        found[row.part][row.document, row.article] = row.features or ""
    return dict(found)


def chosen_values(connection: Connection, wanted: ColumnElement[str], column: ColumnElement[str], values: Iterable[str]) -> list[str]:
    """The values of one column where another has one of some values."""
    return [row[0] for row in chosen(connection, select(wanted).distinct(), column, sorted(values))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What a linking found.

    Attributes:
        parts: the new parts.
        pages: the marks of every article of the documents that changed; with `gone` None, of all.
        gone: ids of the parts that go; None for all.
        changed: ids of the documents that are linked now.
        seen: revision at which it was asked what is not linked; what changed since stays unlinked.
        summaries: what lists show of the parts.
        unite: brings the actors that cross parts up to those of the parts; None leaves them for the next linking.
    """

    parts: Sequence[Part]
    pages: Sequence[Page]
    gone: Collection[str] | None
    changed: Collection[str]
    seen: int
    summaries: Sequence[Summary] = ()
    unite: Uniter | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What is to be written of a linking.

    Attributes:
        written: how often parts had been written when it was worked out.
        changes: what becomes of the tables of links, marks and sides.
        summaries: what becomes of what lists show.
        links: whether a link becomes another.
    """

    written: int
    changes: tuple[Change, ...]
    summaries: Resummed
    links: bool


def prepare_parts(connection: Connection, linked: Linked, written: WrittenParts | None = None) -> Prepared | None:
    """Work out what puts parts in the place of others, the marks of articles in that of those of changed documents, and unites actors.

    Args:
        connection: a connection, inside a transaction that need not be a writing one.
        linked: what linking found.
        written: parts as this process wrote them.

    Returns:
        What is to be written; None where another process linked some of these articles meanwhile, or a document was removed.
    """
    gone = linked.gone
    if _is_removed(connection, linked) or (gone is not None and _is_stale(connection, linked.parts, gone, linked.changed)):
        return None
    known = written.find(connection, linked.parts, gone, linked.changed) if written else None
    if known:
        change, went, came = change_links(known.part, linked.parts)
        summaries = change_summaries(known.summary, linked.summaries)
    else:
        change, went, came = compare_links(connection, {part.id: part.links for part in linked.parts}, gone)
        summaries = compare_summaries(connection, linked.summaries, gone)
    if gone is None:
        went, came = [], [actor for part in linked.parts for actor in part.links.actors]
    sides = DraftSides(connection, empty=gone is None)
    if linked.unite:
        linked.unite(sides, went, came)
    changes = [
        change,
        _change_members(connection, linked.parts, gone),
        *_change_pages(connection, linked.pages, None if gone is None else linked.changed),
        *(sides.changes() if linked.unite or gone is None else ()),
    ]
    return Prepared(
        written=count_written(connection),
        changes=tuple(changes),
        summaries=summaries,
        links=bool(change.left or change.come),
    )


def store_parts(turn: Turn, linked: Linked, prepared: Prepared | None) -> bool:
    """Write what was prepared.

    Args:
        turn: the transaction.
        linked: what linking found.
        prepared: of it, on an earlier moment of the ledger; None works it out now, which others wait for.

    Returns:
        Whether it was written; not where what was prepared is out of date.
    """
    connection = turn.connection
    if prepared is None:
        prepared = prepare_parts(connection, linked)
    elif prepared.written != count_written(connection) or _is_removed(connection, linked):
        return False
    if prepared is None:
        return False
    for change in prepared.changes:
        write(connection, change)
    write_summaries(connection, prepared.summaries)
    parts_written(connection)
    turn.links = turn.links or prepared.links
    column = schema.unlinked.c
    known = column.recorded <= linked.seen
    if linked.gone is None:
        connection.execute(delete(schema.unlinked).where(known))
    else:
        for ids in batched(sorted(linked.changed)):
            connection.execute(delete(schema.unlinked).where(column.document.in_(ids), known))
    turn.linked = connection.execute(select(column.document)).first() is None
    return True


def _is_removed(connection: Connection, linked: Linked) -> bool:
    """Whether a document of the parts was removed since: its words would come back with what lists show."""
    column = schema.tombstones.c
    documents = sorted({document for part in linked.parts for document, _ in part.articles})
    return any(chosen(connection, select(column.recorded).where(column.recorded > linked.seen), column.document, documents))


def _change_members(connection: Connection, parts: Sequence[Part], gone: Collection[str] | None) -> Change:
    """The articles of parts that go become those of the new ones; with `gone` None there are none of old."""
    rows = [{"document": d, "article": n, "part": part.id} for part in parts for d, n in part.articles]
    return anew(schema.members, rows) if gone is None else compare(connection, schema.members, rows, sorted(gone))[0]


def _is_stale(connection: Connection, parts: Sequence[Part], gone: Collection[str], changed: Collection[str]) -> bool:
    """Whether the parts that go hold other articles than those linked anew, or one of these stands in a part that stays."""
    columns, query = schema.members.c, select(schema.members)
    known = {article for part in parts for article in part.articles}
    going = chosen(connection, query, columns.part, sorted(gone))
    if any((row.document, row.article) not in known and row.document not in changed for row in going):
        return True
    here = chosen(connection, query, columns.document, sorted({document for document, _ in known}))
    return any((row.document, row.article) in known and row.part not in gone for row in here)


def _change_pages(connection: Connection, pages: Sequence[Page], changed: Collection[str] | None) -> Iterator[Change]:
    """Pages with their marks come in the place of those of changed documents, or with None of all."""
    table, marks = schema.pages, schema.marks
    first = connection.execute(select(func.max(table.c.number))).scalar_one() or 0
    rows = [
        {"number": number, "document": page.article[0], "article": page.article[1]}
        | {"sampled": page.sampled, "incident": page.incident, "features": page.features}
        for number, page in enumerate(pages, first + 1)
    ]
    if changed is None:
        yield anew(marks)
        yield anew(table, rows)
    else:
        found = chosen(connection, select(table.c.number), table.c.document, sorted(changed))
        old = [(row.number,) for row in found]
        yield Change(table=marks, by=("page",), left=old)
        yield Change(table=table, by=("number",), left=old, come=rows)
    come = [{"mark": mark, "page": number} for number, page in enumerate(pages, first + 1) for mark in sorted(_marks(page))]
    yield Change(table=marks, come=come)


def _marks(page: Page) -> set[int]:
    kinds = enumerate((page.names, page.shingles, page.texts))
    return {number * _KINDS + kind for kind, numbers in kinds for number in numbers}
