"""Finds words in the texts of a SQLite ledger, and the documents and claims that words mean."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, islice

from sqlalchemy import Connection, Select, and_, bindparam, or_, select

from reportedly.errors import UnknownIdError
from reportedly.ledger import schema
from reportedly.ledger.codec import read_article, read_claim, read_document
from reportedly.ledger.databases.choosing import begins, chosen, is_sound
from reportedly.ledger.documents.excerpts import load_stored
from reportedly.ledger.documents.loading import load_judgements
from reportedly.ledger.judgements.anchors import decode_text
from reportedly.ledger.judgements.judging import apply_judgements
from reportedly.ledger.search import fts
from reportedly.ledger.search.lookup import Named, choose_document, choose_id, id_start
from reportedly.ledger.search.searching import Match, Matches, hit_of, read_terms
from reportedly.model import Article, Claim, Document, Hit, StoredClaim

_TEXTS = 50
"""Texts that are read at a time."""

_KEPT = 1_000
"""Articles that are remembered as records."""

_FURTHER = 200
"""Hits that are counted beyond those that are given, where each has to be read to be counted."""

_PLACES = 25
"""Places that one statement asks about."""


def search_ledger(
    connection: Connection, words: str, limit: int, within: Collection[str] | None = None, matches: Matches | None = None
) -> Iterator[Hit]:
    """Passages that hold all the words, best first, one a document.

    Args:
        connection: a connection, inside a transaction.
        words: what is asked: words, a "quoted phrase", prefix*.
        limit: at most so many.
        within: ids of the documents looked into; None looks into all.
        matches: what earlier searches found in texts; None finds all anew.
    """
    terms, known = read_terms(words), matches or Matches()
    wanted = None if within is None else _numbers(connection, within)
    ranked = fts.find_texts(connection, terms, wanted) if terms and limit > 0 else iter(())
    yield from _best(connection, ranked, limit, within, lambda digest, text: known.find(digest, text, terms))


def _best(
    connection: Connection,
    ranked: Iterator[tuple[int, float]],
    limit: int,
    within: Collection[str] | None,
    match_of: Callable[[str, str], Match | None],
) -> Iterator[Hit]:
    """The first hits in texts, by number and rank."""
    left = limit
    while left > 0 and (some := list(islice(ranked, min(left, _TEXTS)))):
        for found in islice(_hits(connection, some, within, match_of), left):
            yield found
            left -= 1


def _hits(
    connection: Connection,
    ranked: Sequence[tuple[int, float]],
    within: Collection[str] | None,
    match_of: Callable[[str, str], Match | None],
) -> Iterator[Hit]:
    """The hits in some texts, by number and rank, in their order."""
    columns, named = schema.texts.c, schema.documents.c
    texts = {row.number: row for row in chosen(connection, select(schema.texts), columns.number, [number for number, _ in ranked])}
    query = select(named.text, named.payload, named.name, named.read_at)
    documents: defaultdict[str, list[Document]] = defaultdict(list)
    for row in chosen(connection, query, named.text, [row.digest for row in texts.values()]):
        documents[row.text].append(read_document(row.payload, row.name, row.read_at))
    places = []
    for number, rank in ranked:
        row = texts[number]
        text = decode_text(row.content) or ""
        match = match_of(row.digest, text)
        held = sorted(documents[row.digest], key=lambda document: (document.name, document.id)) if match else []
        places += [(document, text, match, rank) for document in held if match and (within is None or document.id in within)]
    articles = _articles_of(connection, [document for document, _, _, _ in places])
    claims = _claims_at(connection, [(document, match.start) for document, _, match, _ in places])
    for document, text, match, rank in places:
        yield hit_of(document, text, match, rank, (articles[document.id], claims[document.id]))


def search_counted(connection: Connection, words: str, limit: int, most: int, matches: Matches) -> tuple[list[Hit], int]:
    """The passages of `search_ledger` in all documents, and how many there are; the index is asked once for both.

    Args:
        connection: a connection, inside a transaction.
        words: what is asked.
        limit: at most so many passages.
        most: at most so many are counted; of phrases, for which a server has to read texts, no more than `_FURTHER` beyond those given.
        matches: what earlier searches found in texts.
    """
    terms = read_terms(words)
    if not terms or limit <= 0:
        return [], 0
    ranked = fts.find_texts(connection, terms)
    counted = most if all(len(term.words) == 1 for term in terms) else min(most, limit + _FURTHER)
    first = list(islice(ranked, counted))
    hits = list(_best(connection, chain(first, ranked), limit, None, lambda digest, text: matches.find(digest, text, terms)))
    if len(hits) < limit:
        return hits, len(hits)
    columns = schema.texts.c
    query = select(columns.number).join(schema.documents, schema.documents.c.text == columns.digest)
    documents = sum(1 for _ in chosen(connection, query, columns.number, [number for number, _ in first]))
    return hits, max(len(hits), min(counted, documents))


def _numbers(connection: Connection, documents: Collection[str]) -> set[int]:
    """The numbers of the texts of some documents."""
    query = select(schema.texts.c.number).join(schema.documents, schema.documents.c.text == schema.texts.c.digest)
    return {row.number for row in chosen(connection, query, schema.documents.c.id, sorted(documents))}


def _articles_of(connection: Connection, documents: Sequence[Document]) -> Mapping[str, list[Article]]:
    """The articles of some documents, by the document's id."""
    columns, names = schema.articles.c, {document.id: document.name for document in documents}
    found: defaultdict[str, list[Article]] = defaultdict(list)
    for row in chosen(connection, select(columns.document, columns.payload), columns.document, sorted(names)):
        found[row.document].append(_article(row.payload, names[row.document]))
    return found


@lru_cache(_KEPT)
def _article(payload: str, document: str) -> Article:
    """An article as it is stored; those found lately are remembered, since a story's readers ask about the same ones."""
    return read_article(payload, document)


def _claims_at(connection: Connection, places: Sequence[tuple[Document, int]]) -> Mapping[str, list[Claim]]:
    """The claims that have an anchor at a place, one place a document, by the document's id; no others are read."""
    found: defaultdict[str, dict[str, Claim]] = defaultdict(dict)
    names = {document.id: document.name for document, _ in places}
    for start in range(0, len(places), _PLACES):
        some = places[start : start + _PLACES]
        some = [*some, *([some[-1]] * (_PLACES - len(some)))]
        values = {f"document{n}": document.id for n, (document, _) in enumerate(some)} | {
            f"place{n}": place for n, (_, place) in enumerate(some)
        }
        for row in connection.execute(_covering(), values):
            if row.id not in found[row.document]:
                found[row.document][row.id] = read_claim(row.payload, names[row.document], row.id)
    return defaultdict(list, {document: list(claims.values()) for document, claims in found.items()})


@cache
def _covering() -> Select[tuple[str, str, str]]:
    """The claims with an anchor at one of some places, once for each anchor."""
    claims, anchors = schema.claims.c, schema.anchors.c
    there = (
        and_(anchors.document == bindparam(f"document{n}"), anchors.start <= bindparam(f"place{n}"), anchors.end > bindparam(f"place{n}"))
        for n in range(_PLACES)
    )
    joined = schema.anchors.join(schema.claims, and_(claims.document == anchors.document, claims.id == anchors.claim))
    return select(claims.document, claims.id, claims.payload).select_from(joined).where(or_(*there))


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
