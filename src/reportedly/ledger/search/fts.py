"""The word index of a ledger over our own normalised tokens: FTS5 in a SQLite file, `tsvectors` in a PostgreSQL database.

FTS5's `ascii` tokenizer takes every character beyond ASCII as part of a word, so that it cuts our tokens at the spaces between
them and nowhere else (https://www.sqlite.org/fts5.html, 4.3.2). A question reaches it as quoted tokens alone: nobody's words are syntax.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, text

from reportedly.ledger.search import tsvectors
from reportedly.ledger.search.searching import Term
from reportedly.ledger.search.tokens import words_of

CREATE = "CREATE VIRTUAL TABLE words USING fts5(tokens, tokenize='ascii')"

_MOST_TERMS = 50
"""FTS5 bounds the depth of an expression at 256; what a longer question asks beyond is checked on the texts themselves."""


def create_index(connection: Connection) -> None:
    """Make the index, empty."""
    for statement in tsvectors.CREATE if _is_server(connection) else (CREATE,):
        connection.exec_driver_sql(statement)


def index_text(connection: Connection, number: int, content: str) -> None:
    """Enter a text by its number."""
    if _is_server(connection):
        tsvectors.index_text(connection, number, content)
        return
    connection.execute(text("INSERT INTO words(rowid, tokens) VALUES (:n, :t)"), {"n": number, "t": " ".join(words_of(content))})


def columns(connection: Connection) -> tuple[str, ...]:
    """The columns of the index: by what number it knows a text, its tokens, and what else its kind of database needs."""
    return (_key(connection), "tokens", "lexemes") if _is_server(connection) else (_key(connection), "tokens")


def row_maker(connection: Connection) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """What makes of a text's number and tokens, of whichever kind of database, the row for this one."""
    if _is_server(connection):
        return lambda row: tsvectors.row_of(row[0], row[1].split())
    return lambda row: (row[0], row[1].strip())


def drop_text(connection: Connection, number: int) -> None:
    """Take a text out, and its words out of the index's file too."""
    if _is_server(connection):
        tsvectors.drop_text(connection, number)
        return
    connection.execute(text("DELETE FROM words WHERE rowid = :n"), {"n": number})
    connection.execute(text("INSERT INTO words(words) VALUES ('optimize')"))


def find_texts(connection: Connection, terms: Sequence[Term], within: Collection[int] | None = None) -> Iterator[tuple[int, float]]:
    """Numbers of the texts that hold the terms, with how well they do (greater is better), best first.

    Args:
        connection: a connection, inside a transaction.
        terms: what is asked for.
        within: numbers of the texts looked into; None looks into all.
    """
    if _is_server(connection):
        yield from tsvectors.find_texts(connection, terms[:_MOST_TERMS], within)
        return
    question = " ".join(_quoted(term) for term in terms[:_MOST_TERMS])
    rows = connection.execute(text("SELECT rowid, bm25(words) FROM words WHERE words MATCH :q ORDER BY 2, 1"), {"q": question})
    yield from ((number, -score) for number, score in rows if within is None or number in within)


def numbers(connection: Connection) -> list[int]:
    """The numbers of all texts that the index has."""
    return list(connection.execute(text(f"SELECT {_key(connection)} FROM words ORDER BY 1")).scalars())  # noqa: S608 - our own words


def is_entered(connection: Connection, number: int, content: str) -> bool:
    """Whether the index has a text by its number, and with these words."""
    query = text(f"SELECT tokens FROM words WHERE {_key(connection)} = :n")  # noqa: S608 - likewise
    tokens = connection.execute(query, {"n": number}).scalar_one_or_none()
    return tokens is not None and tokens.split() == words_of(content)


def clear(connection: Connection) -> None:
    """Take every text out."""
    connection.execute(text("DELETE FROM words"))


def _key(connection: Connection) -> str:
    return "number" if _is_server(connection) else "rowid"


def _is_server(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def _quoted(term: Term) -> str:
    return f'"{" ".join(term.words)}"{" *" if term.prefix else ""}'
