"""The word index of a SQLite ledger: FTS5 over our own normalised tokens.

FTS5's `ascii` tokenizer takes every character beyond ASCII as part of a word, so that it cuts our tokens at the spaces between
them and nowhere else (https://www.sqlite.org/fts5.html, 4.3.2). A question reaches it as quoted tokens alone: nobody's words are syntax.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, text

from reportedly.ledger.searching import Term
from reportedly.ledger.tokens import words_of

CREATE = "CREATE VIRTUAL TABLE words USING fts5(tokens, tokenize='ascii')"

_MOST_TERMS = 50
"""FTS5 bounds the depth of an expression at 256; what a longer question asks beyond is checked on the texts themselves."""


def index_text(connection: Connection, number: int, content: str) -> None:
    """Enter a text by its number."""
    connection.execute(text("INSERT INTO words(rowid, tokens) VALUES (:n, :t)"), {"n": number, "t": " ".join(words_of(content))})


def drop_text(connection: Connection, number: int) -> None:
    """Take a text out, and its words out of the index's file too."""
    connection.execute(text("DELETE FROM words WHERE rowid = :n"), {"n": number})
    connection.execute(text("INSERT INTO words(words) VALUES ('optimize')"))


def find_texts(connection: Connection, terms: Sequence[Term]) -> Iterator[tuple[int, float]]:
    """Numbers of the texts that hold the terms, with how well they do (greater is better), best first."""
    question = " ".join(_quoted(term) for term in terms[:_MOST_TERMS])
    rows = connection.execute(text("SELECT rowid, bm25(words) FROM words WHERE words MATCH :q ORDER BY 2, 1"), {"q": question})
    for number, score in rows:
        yield number, -score


def _quoted(term: Term) -> str:
    return f'"{" ".join(term.words)}"{" *" if term.prefix else ""}'
