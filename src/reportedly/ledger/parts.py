"""The parts of a ledger and the marks of its articles, as rows: what a new article touches is found and written by them alone."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, select

from reportedly.ledger import schema
from reportedly.ledger.choosing import chosen, drop_rows
from reportedly.ledger.linking import replace_rows
from reportedly.ledger.revisions import EVERYTHING, Turn
from reportedly.ledger.uniting import StoredSides, drop_sides
from reportedly.model import ArticleKey, Near, Page, Part
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


def store_parts(
    turn: Turn,
    parts: Sequence[Part],
    pages: Sequence[Page],
    gone: Collection[str] | None,
    changed: Collection[str],
    unite: Uniter | None = None,
) -> bool:
    """Put parts in the place of others, the marks of articles in that of those of the documents that changed, and unite their actors.

    Args:
        turn: the transaction.
        parts: the new parts.
        pages: the marks of every article of the documents that changed; with `gone` None, of all.
        gone: ids of the parts that go; None for all.
        changed: ids of the documents that are linked now; what others changed meanwhile stays unlinked.
        unite: brings the actors that cross parts up to those of the parts; None leaves them for the next linking.

    Returns:
        Whether they were put there; not where another process linked some of these articles meanwhile.
    """
    connection, members = turn.connection, schema.members
    if gone is not None and _is_stale(connection, parts, gone, changed):
        return False
    went, came = replace_rows(turn, {part.id: part.links for part in parts}, gone)
    if gone is None:
        for table in (members, schema.marks, schema.pages, schema.unlinked):
            connection.execute(delete(table))
    else:
        _drop_pages(connection, changed)
    _put_members(connection, parts, gone)
    drop_rows(connection, schema.unlinked, schema.unlinked.c.document, changed)
    _store_pages(connection, pages)
    if gone is None:
        drop_sides(connection)
        went, came = [], [actor for part in parts for actor in part.links.actors]
    if unite:
        unite(StoredSides(connection), went, came)
    turn.linked = connection.execute(select(schema.unlinked.c.document)).first() is None
    return True


def _put_members(connection: Connection, parts: Sequence[Part], gone: Collection[str] | None) -> None:
    """Make the articles of parts that go those of the new ones; with `gone` None there are none of old."""
    columns = schema.members.c
    new = {article: part.id for part in parts for article in part.articles}
    rows = [] if gone is None else list(chosen(connection, select(schema.members), columns.part, sorted(gone)))
    old = {(row.document, row.article): row.part for row in rows}
    if left := [{"of": d, "which": n} for d, n in old if old[d, n] != new.get((d, n))]:
        matches = (columns.document == bindparam("of"), columns.article == bindparam("which"))
        connection.execute(delete(schema.members).where(*matches), left)
    if come := [{"document": d, "article": n, "part": part} for (d, n), part in new.items() if old.get((d, n)) != part]:
        connection.execute(insert(schema.members), come)


def _is_stale(connection: Connection, parts: Sequence[Part], gone: Collection[str], changed: Collection[str]) -> bool:
    """Whether the parts that go hold other articles than those linked anew, or one of these stands in a part that stays."""
    columns, query = schema.members.c, select(schema.members)
    known = {article for part in parts for article in part.articles}
    going = chosen(connection, query, columns.part, sorted(gone))
    if any((row.document, row.article) not in known and row.document not in changed for row in going):
        return True
    here = chosen(connection, query, columns.document, sorted({document for document, _ in known}))
    return any((row.document, row.article) in known and row.part not in gone for row in here)


def _drop_pages(connection: Connection, documents: Iterable[str]) -> None:
    table = schema.pages.c
    old = [row.number for row in chosen(connection, select(table.number), table.document, sorted(documents))]
    drop_rows(connection, schema.marks, schema.marks.c.page, old)
    drop_rows(connection, schema.pages, table.number, old)


def _store_pages(connection: Connection, pages: Sequence[Page]) -> None:
    first = connection.execute(select(func.max(schema.pages.c.number))).scalar_one() or 0
    rows = [
        {"number": number, "document": page.article[0], "article": page.article[1]}
        | {"sampled": page.sampled, "incident": page.incident, "features": page.features}
        for number, page in enumerate(pages, first + 1)
    ]
    marks = [{"mark": mark, "page": number} for number, page in enumerate(pages, first + 1) for mark in sorted(_marks(page))]
    if rows:
        connection.execute(insert(schema.pages), rows)
    if marks:
        connection.execute(insert(schema.marks), marks)


def _marks(page: Page) -> set[int]:
    kinds = enumerate((page.names, page.shingles, page.texts))
    return {number * _KINDS + kind for kind, numbers in kinds for number in numbers}
