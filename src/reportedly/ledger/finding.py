"""Finds words in the texts of a SQLite ledger, and the documents and claims that words mean."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import islice

from sqlalchemy import Connection, Select, select

from reportedly.errors import UnknownIdError
from reportedly.ledger import fts, schema
from reportedly.ledger.anchors import decode_text
from reportedly.ledger.choosing import begins, chosen, is_sound
from reportedly.ledger.codec import read_article, read_claim, read_document
from reportedly.ledger.excerpts import load_stored
from reportedly.ledger.judging import apply_judgements
from reportedly.ledger.loading import load_judgements
from reportedly.ledger.lookup import Named, choose_document, choose_id, id_start
from reportedly.ledger.searching import Match, find_match, hit_of, read_terms
from reportedly.model import Article, Claim, Document, Hit, StoredClaim


def search_ledger(connection: Connection, words: str, limit: int, within: Collection[str] | None = None) -> Iterator[Hit]:
    """Passages that hold all the words, best first, one a document.

    Args:
        connection: a connection, inside a transaction.
        words: what is asked: words, a "quoted phrase", prefix*.
        limit: at most so many.
        within: ids of the documents looked into; None looks into all.
    """
    terms = read_terms(words)
    left = limit if terms else 0
    texts = schema.texts.c
    wanted = None if within is None else _numbers(connection, within)
    for number, rank in fts.find_texts(connection, terms) if left > 0 else ():
        if wanted is not None and number not in wanted:
            continue
        digest, content = connection.execute(select(texts.digest, texts.content).where(texts.number == number)).one()
        text = decode_text(content) or ""
        match = find_match(text, terms)
        for document in _documents_of(connection, digest) if match else ():
            if left > 0 and match and (within is None or document.id in within):
                yield _hit(connection, document, text, match, rank)
                left -= 1
        if left <= 0:
            return


def count_hits(connection: Connection, words: str, limit: int) -> int:
    """How many passages `search_ledger` finds, up to a limit, by the index of words alone."""
    terms = read_terms(words)
    numbers = [number for number, _ in islice(fts.find_texts(connection, terms), limit)] if terms else []
    columns = schema.texts.c
    query = select(columns.number).join(schema.documents, schema.documents.c.text == columns.digest)
    return min(limit, sum(1 for _ in chosen(connection, query, columns.number, numbers)))


def _numbers(connection: Connection, documents: Collection[str]) -> set[int]:
    """The numbers of the texts of some documents."""
    query = select(schema.texts.c.number).join(schema.documents, schema.documents.c.text == schema.texts.c.digest)
    return {row.number for row in chosen(connection, query, schema.documents.c.id, sorted(documents))}


def _documents_of(connection: Connection, text: str) -> list[Document]:
    columns = schema.documents.c
    query = select(columns.payload, columns.name, columns.read_at).where(columns.text == text).order_by(columns.id)
    return sorted((read_document(*row) for row in connection.execute(query)), key=lambda d: (d.name, d.id))


def _hit(connection: Connection, document: Document, text: str, match: Match, rank: float) -> Hit:
    """A hit with the article and the claim around it; only claims with an anchor there are read."""
    claims, articles, anchors = schema.claims.c, schema.articles.c, schema.anchors.c
    there = select(anchors.claim).where(anchors.document == document.id, anchors.start <= match.start, anchors.end > match.start)
    covering = select(claims.payload, claims.id).where(claims.document == document.id, claims.id.in_(there))
    around: list[Claim] = [read_claim(payload, document.name, k) for payload, k in connection.execute(covering)]
    payloads = connection.execute(select(articles.payload).where(articles.document == document.id)).scalars()
    found: list[Article] = [read_article(payload, document.name) for payload in payloads]
    return hit_of(document, text, match, rank, (found, around))


def find_document(connection: Connection, words: str) -> Document:
    """The document that words mean; see `lookup.choose_document`.

    Each way of meaning one is asked of the database, so that only documents that words may mean are read.

    Raises:
        UnknownIdError: they mean none.
        AmbiguousIdError: they mean several.
    """
    names, documents = schema.names.c, schema.documents.c
    as_id = words if is_sound(words) else "-"
    ways: tuple[Select[tuple[str]], ...] = (
        select(names.document).where((names.document == as_id) | (names.name == words)),
        select(documents.id).where(begins(documents.id, [as_id])),
        select(names.document).where(names.name.contains(words, autoescape=True)),
    )
    for way in ways if words else ():
        found = {str(row[0]) for row in connection.execute(way)}
        try:
            return choose_document(words, _named(connection, found))
        except UnknownIdError:
            continue
    titled = connection.execute(select(documents.id, documents.title).where(documents.title.is_not(None)))
    folded = words.casefold()
    return choose_document(words, _named(connection, {row.id for row in titled if folded in row.title.casefold()}))


def _named(connection: Connection, documents: Collection[str]) -> list[Named]:
    """Some documents with all the names that they were met under."""
    table, names, ids = schema.documents.c, schema.names.c, sorted(documents)
    known: defaultdict[str, set[str]] = defaultdict(set)
    for row in chosen(connection, select(names.document, names.name), names.document, ids):
        known[row.document].add(row.name)
    rows = chosen(connection, select(table.id, table.payload, table.read_at), table.id, ids)
    found = [read_document(row.payload, min(known[row.id]), row.read_at) for row in rows if row.id in known]
    return [Named(document=document, names=frozenset(known[document.id])) for document in found]


def find_claim(connection: Connection, words: str) -> StoredClaim:
    """The claim with an id that begins so, in its first appearance, as amended; a rejected one as extracted.

    Raises:
        UnknownIdError: none begins so.
        AmbiguousIdError: several do.
    """
    start = id_start("c:", words)
    shown, claims = schema.shown.c, schema.claims.c
    places: defaultdict[str, set[str]] = defaultdict(set)
    for column, document in ((claims.id, claims.document), (shown.claim, shown.document)):
        query = select(column, document).where(begins(column, [start]))
        for identity, place in connection.execute(query) if start else ():
            places[identity].add(place)
    identity = choose_id("claim", "c:", words, places or _by_hand(connection))
    if identity not in places:
        texts = [made.text_digest for made in load_judgements(connection)[0] if made.kind == "add" and identity in made.targets]
        places[identity].update(connection.execute(select(schema.documents.c.id).where(schema.documents.c.text.in_(texts))).scalars())
    stored = load_stored(connection, places[identity])
    known = [*apply_judgements(stored).claims, *stored.holdings.claims]
    found = next((claim for claim in known if claim.claim.id == identity), None)
    if found is None:
        raise UnknownIdError("claim", words)
    return found


def _by_hand(connection: Connection) -> list[str]:
    """Ids of the claims that people added, which are no rows before they are linked."""
    return [target for made in load_judgements(connection)[0] if made.kind == "add" and made.in_force for target in made.targets]
