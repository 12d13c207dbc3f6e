"""Looks at a ledger's own health: what the database says, whether rows hang together, whether what is derived is in step."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, func, inspect, literal_column, select

from reportedly.language.tables import linker_version
from reportedly.ledger import schema
from reportedly.ledger.care.verifying import verify_ledger
from reportedly.ledger.codec import read_claim
from reportedly.ledger.databases.database import Database
from reportedly.ledger.judgements.anchors import anchors_of, decode_text
from reportedly.ledger.revisions import links_outdated, read_linker, read_revision
from reportedly.ledger.search import fts
from reportedly.model import Checkup, claim_id
from reportedly.model.health import CheckName

_SHOWN = 3
"""Faults of a kind that are told in words; of the others their number."""

_RESTORE = "restore a copy that was sound, or make a new ledger from the same pages"
_MEND = "reportedly doctor --mend"

_Belonging = tuple[Table, tuple[str, ...], Table, tuple[str, ...]]

_BELONG: tuple[_Belonging, ...] = (
    (schema.articles, ("document",), schema.documents, ("id",)),
    (schema.claims, ("document", "article"), schema.articles, ("document", "number")),
    (schema.anchors, ("document", "claim"), schema.claims, ("document", "id")),
    (schema.claims, ("document", "id"), schema.anchors, ("document", "claim")),
    (schema.documents, ("id",), schema.names, ("document",)),
    (schema.documents, ("id", "text"), schema.readings, ("document", "text")),
    (schema.texts, ("digest",), schema.readings, ("text",)),
    (schema.carried, ("import",), schema.imports, ("number",)),
)
"""Rows of content and the rows that each needs: a table, its columns, another table, its columns."""

_LINKED: tuple[_Belonging, ...] = (
    (schema.members, ("document", "article"), schema.articles, ("document", "number")),
    (schema.pages, ("document", "article"), schema.members, ("document", "article")),
    (schema.links, ("part",), schema.members, ("part",)),
)
"""The same of what linking made; it holds where nothing waits to be linked."""

_RECORDED = ("documents", "names", "articles", "claims", "problems", "judgements", "undone", "tombstones", "imports", "past")


def examine(database: Database) -> Iterator[Checkup]:
    """Look at everything about a ledger.

    Args:
        database: the ledger's, of whatever schema.

    Yields:
        One row a check, in the order of `CheckName`; of a ledger of another schema, that alone.
    """
    found = database.find_version()
    with database.engine.connect() as connection:
        yield _told("database", list(database.faults(connection)), "the database finds nothing wrong with itself", _RESTORE)
        if found != schema.SCHEMA:
            what = f"the ledger has schema {found}, this version {schema.SCHEMA}"
            yield Checkup(check="schema", condition="broken", found=1, what=what, remedy="reportedly migrate")
            return
        yield _told("schema", list(_schema_faults(connection)), f"schema {found}, every table there", _RESTORE)
        yield _check_anchors(connection)
        yield _told("ids", list(_wrong_ids(connection)), "every id is that of its words", _RESTORE)
        yield _told("orphans", list(_loose(connection, _BELONG)), "no row lacks the row that it belongs to", _RESTORE)
        yield _told("revisions", list(_revision_faults(connection)), f"{read_revision(connection)} revisions, without a gap", _RESTORE)
        yield _told("words", list(_unindexed(connection)), "the index of words is in step with the texts", _MEND)
        yield _check_links(connection)
        yield _check_versions(connection)
        yield _check_copies(database)


def _told(check: CheckName, faults: list[str], sound: str, remedy: str) -> Checkup:
    if not faults:
        return Checkup(check=check, condition="sound", found=0, what=sound)
    more = f"; and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
    return Checkup(check=check, condition="broken", found=len(faults), what="; ".join(faults[:_SHOWN]) + more, remedy=remedy)


def _schema_faults(connection: Connection) -> Iterator[str]:
    there = set(inspect(connection).get_table_names())
    for table in schema.metadata.sorted_tables:
        if table.name not in there:
            yield f"the table {table.name} is missing"
    head = connection.execute(select(schema.alembic_version.c.version_num)).scalar()
    if head != schema.HEAD:
        yield f"the migrations stand at {head}, not at {schema.HEAD}"
    noted = connection.execute(select(schema.meta.c.value).where(schema.meta.c.key == "schema")).scalar()
    if noted != str(schema.SCHEMA):
        yield f"the ledger calls its schema {noted}, not {schema.SCHEMA}"


def _check_anchors(connection: Connection) -> Checkup:
    checked = 0
    faults = []
    for row in verify_ledger(connection):
        checked += 1
        if not row.holds:
            faults.append(f"{row.document}: {row.part} of {row.claim or 'the document'} at {row.start}-{row.end}")
    return _told("anchors", [*faults, *_strayed(connection)], f"{checked} anchors hold", _RESTORE)


def _strayed(connection: Connection) -> Iterator[str]:
    """Claims whose stored anchors are not those of their spans."""
    claims, anchors = schema.claims.c, schema.anchors.c
    for document, name in connection.execute(select(schema.documents.c.id, schema.documents.c.name)).all():
        stored: defaultdict[str, set[tuple[str, int, int, int]]] = defaultdict(set)
        query = select(anchors.claim, anchors.part, anchors.index, anchors.start, anchors.end).where(anchors.document == document)
        for claim, *place in connection.execute(query):
            stored[claim].add((place[0], place[1], place[2], place[3]))
        for identity, payload in connection.execute(select(claims.id, claims.payload).where(claims.document == document)):
            spans = anchors_of(read_claim(payload, name, identity), "")
            if stored[identity] != {(a.part, a.index, a.start, a.end) for a in spans}:
                yield f"{name}: the anchors of {identity} are not those of its spans"


def _wrong_ids(connection: Connection) -> Iterator[str]:
    claims, documents = schema.claims.c, schema.documents.c
    digests = {identity: text for identity, text in connection.execute(select(documents.id, documents.text))}  # noqa: C416 - no mapping
    for document, identity, payload in connection.execute(select(claims.document, claims.id, claims.payload)):
        claim = read_claim(payload, document, identity)
        if claim_id(digests.get(document, ""), claim.content, claim.cue, claim.source) != identity:
            yield f"{identity} of {document}"


def _loose(connection: Connection, belonging: tuple[_Belonging, ...]) -> Iterator[str]:
    for table, own, other, theirs in belonging:
        pairs = list(zip(own, theirs, strict=True))
        there: Select[Any] = select(literal_column("1")).select_from(other).where(*(table.c[a] == other.c[b] for a, b in pairs))
        wanted = [table.c[own[-1]] != ""] if table is schema.links else []  # links without a part wait to be made anew
        many = connection.execute(select(func.count()).select_from(table).where(~there.exists(), *wanted)).scalar_one()
        if many:
            yield f"{many} of {table.name} without their row of {other.name}"


def _revision_faults(connection: Connection) -> Iterator[str]:
    rows = schema.revisions.c
    newest = read_revision(connection)
    last, many = connection.execute(select(func.coalesce(func.max(rows.revision), 0), func.count())).one()
    if (last, many) != (newest, newest):
        yield f"the ledger is at revision {newest}, and {many} are on record, the last {last}"
    moments = connection.execute(select(rows.at).order_by(rows.revision)).scalars().all()
    if any(later < earlier for earlier, later in zip(moments, islice(moments, 1, None), strict=False)):
        yield "a revision has an earlier time than the one before it"
    for name in _RECORDED:
        column: ColumnElement[int] = schema.metadata.tables[name].c.recorded
        many = connection.execute(select(func.count()).where(column > newest)).scalar_one()
        if many:
            yield f"{many} of {name} came in a revision that is not on record"


def _unindexed(connection: Connection) -> Iterator[str]:
    texts = schema.texts.c
    known = set()
    for number, digest in connection.execute(select(texts.number, texts.digest)).all():
        known.add(number)
        content = connection.execute(select(texts.content).where(texts.number == number)).scalar_one()
        if not fts.is_entered(connection, number, decode_text(content) or ""):
            yield f"text {digest[:12]} is not in the index as it stands"
    for number in fts.numbers(connection):
        if number not in known:
            yield f"the index has text number {number}, which is not there"


def _check_links(connection: Connection) -> Checkup:
    waiting = connection.execute(select(func.count()).select_from(schema.unlinked)).scalar_one()
    if waiting or links_outdated(connection):
        what = "some documents are not linked yet, as after an interrupted run; readers link them for themselves"
        return Checkup(check="links", condition="advice", found=max(1, waiting), what=what, remedy=f"run the same `add` again, or {_MEND}")
    made_by, linked = read_linker(connection), connection.execute(select(schema.members.c.part).limit(1)).first()
    faults = list(_loose(connection, _LINKED))
    if not faults and linked and made_by != linker_version():
        what = f"{made_by or 'an older version'} made the links, and this version has other tables; the next `add` makes them anew"
        return Checkup(check="links", condition="advice", found=1, what=what, remedy=_MEND)
    return _told("links", faults, "links are those of the content", _MEND)


def _check_versions(connection: Connection) -> Checkup:
    counts = Counter(connection.execute(select(schema.documents.c.extractor).where(schema.documents.c.extractor != "")).scalars())
    if len(counts) <= 1:
        return Checkup(check="versions", condition="sound", found=0, what="all documents were extracted by one version of the extractor")
    said = ", ".join(f"{many} by {name.splitlines()[0]}" for name, many in counts.most_common(_SHOWN))
    remedy = "add the same pages again to have all extracted by the version at hand"
    return Checkup(check="versions", condition="advice", found=len(counts), what=f"several versions extracted: {said}", remedy=remedy)


def _check_copies(database: Database) -> Checkup:
    file = database.place.file
    if file is None:
        what = "copies of a ledger on a server are made by whoever runs it"
        return Checkup(check="copies", condition="advice", found=0, what=what, remedy="have pg_dump run every day")
    copies = sorted(path.name for path in file.absolute().parent.glob(f"{file.name}.before-schema-*"))
    if not copies:
        return Checkup(check="copies", condition="sound", found=0, what="no copy of an older schema lies beside the ledger")
    what = f"copies from before it was brought to a newer schema lie beside it: {', '.join(copies)}"
    return Checkup(check="copies", condition="advice", found=len(copies), what=what, remedy="delete them when you no longer want them")


def mend_words(connection: Connection) -> int:
    """Make the index of words anew, in the transaction at hand; how many texts it has."""
    fts.clear(connection)
    rows = connection.execute(select(schema.texts.c.number, schema.texts.c.content)).all()
    for number, content in rows:
        fts.index_text(connection, number, decode_text(content) or "")
    return len(rows)
