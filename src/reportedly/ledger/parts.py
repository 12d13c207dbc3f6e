"""The parts of a ledger and the marks of its articles, as rows: what a new article touches is found and written by them alone."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from reportedly.ledger import schema
from reportedly.ledger.choosing import chosen, drop_rows
from reportedly.ledger.codec import json_text
from reportedly.ledger.linking import replace_rows
from reportedly.ledger.revisions import EVERYTHING, Turn
from reportedly.model import ArticleKey, Near, Page, Part

_KINDS = 3  # what a mark is of, in its lowest bits: pairs of names, shingles, texts


def read_unlinked(connection: Connection) -> frozenset[str] | None:
    """Ids of documents that changed since the links were made; None where all are outdated."""
    found = frozenset(connection.execute(select(schema.unlinked.c.document)).scalars())
    return None if EVERYTHING in found else found


def find_near(connection: Connection, page: Page) -> list[Near]:
    """The articles of the ledger that share a mark with one, itself left out, those that are in no part yet as well."""
    marks = sorted(_marks(page))
    shared: dict[int, Counter[int]] = defaultdict(Counter)
    kind = schema.marks.c.mark % _KINDS
    query = select(schema.marks.c.page, kind.label("kind"), func.count().label("many")).group_by(schema.marks.c.page, kind)
    for row in chosen(connection, query, schema.marks.c.mark, marks):
        shared[row.page][row.kind] += row.many
    table, members = schema.pages.c, schema.members.c
    rows = select(table.number, table.document, table.article, table.sampled, table.features, members.part).join(
        schema.members, (members.document == table.document) & (members.article == table.article)
    )
    return [
        Near(
            part=row.part,
            names=shared[row.number][0],
            shingles=shared[row.number][1],
            sampled=row.sampled,
            texts=shared[row.number][2],
            features=json.loads(row.features),
        )
        for row in chosen(connection, rows, table.number, sorted(shared))
        if (row.document, row.article) != page.article
    ]


def read_parts(connection: Connection, names: Collection[str]) -> dict[str, frozenset[ArticleKey]]:
    """The parts that have one of these ids, or hold an article of a document of one of these ids, with all their articles."""
    members = schema.members.c
    ids = set(chosen_values(connection, members.part, members.document, names)) | set(
        chosen_values(connection, members.part, members.part, names)
    )
    found: dict[str, set[ArticleKey]] = defaultdict(set)
    for row in chosen(connection, select(schema.members), members.part, sorted(ids)):
        found[row.part].add((row.document, row.article))
    return {part: frozenset(articles) for part, articles in found.items()}


def chosen_values(connection: Connection, wanted: ColumnElement[str], column: ColumnElement[str], values: Iterable[str]) -> list[str]:
    """The values of one column where another has one of some values."""
    return [row[0] for row in chosen(connection, select(wanted).distinct(), column, sorted(values))]


def store_parts(turn: Turn, parts: Sequence[Part], pages: Sequence[Page], gone: Collection[str] | None, changed: Collection[str]) -> bool:
    """Put parts in the place of others, and the marks of articles in the place of those of the documents that changed.

    Args:
        turn: the transaction.
        parts: the new parts.
        pages: the marks of every article of the documents that changed; with `gone` None, of all.
        gone: ids of the parts that go; None for all.
        changed: ids of the documents that are linked now; what others changed meanwhile stays unlinked.

    Returns:
        Whether they were put there; not where another process linked some of these articles meanwhile.
    """
    connection, members = turn.connection, schema.members
    if gone is not None and _is_stale(connection, parts, gone, changed):
        return False
    replace_rows(turn, {part.id: part.links for part in parts}, gone)
    if gone is None:
        for table in (members, schema.marks, schema.pages, schema.unlinked):
            connection.execute(delete(table))
    else:
        drop_rows(connection, members, members.c.part, gone)
        drop_rows(connection, schema.unlinked, schema.unlinked.c.document, changed)
        _drop_pages(connection, changed)
    rows = [{"document": d, "article": n, "part": part.id} for part in parts for d, n in part.articles]
    if rows:
        connection.execute(insert(members), rows)
    _store_pages(connection, pages)
    turn.linked = connection.execute(select(schema.unlinked.c.document)).first() is None
    return True


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
        | {"sampled": len(page.shingles), "features": json_text(page.features)}
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
