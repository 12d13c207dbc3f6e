"""The word index of a PostgreSQL ledger: an inverted index (GIN) over our own normalised tokens; none of the server's dictionaries.

A row a text: its tokens in order, a space on both sides of each, and the set of them as a `tsvector`, each with the weight of how
often it stands there. The index finds the texts that hold all words; a phrase is looked for in the tokens of those. A `tsvector`
takes a megabyte (PostgreSQL's documentation, 12.11): a text with more different words than that has none, and its tokens are read.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, bindparam, text

from reportedly.ledger.search.searching import Term
from reportedly.ledger.search.tokens import words_of

CREATE = (
    "CREATE TABLE words (number INTEGER NOT NULL CONSTRAINT pk_words PRIMARY KEY, tokens TEXT NOT NULL, lexemes TSVECTOR)",
    "CREATE INDEX ix_words_lexemes ON words USING gin (lexemes)",
    "CREATE INDEX ix_words_number_long ON words (number) WHERE lexemes IS NULL",
)

_LONGEST = 500
"""Characters of a word in the index: a lexeme takes 2,046 bytes, and a character four."""

_MOST_BYTES = 900_000
"""Bytes of all lexemes of a text; beyond, it has none."""

_PER_LEXEME = 8
"""Bytes that each takes beside its own."""

_RANKED = 2_000
"""Of more texts than these only the newest are ranked and come first: to rank one its words have to be read."""

_READ = 100
"""Texts whose tokens are read at a time for a phrase: a first page of hits needs few of them."""

_STEPS = ((8, "A"), (4, "B"), (2, "C"), (1, "D"))
"""How often a word stands in a text, at least, and the weight it then has."""

_INDEX_ALONE = "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off"
_ANY_WAY = "SET LOCAL enable_seqscan TO DEFAULT; SET LOCAL enable_indexscan TO DEFAULT"

_WEIGHTS = "{0.25, 0.5, 0.75, 1.0}"


def index_text(connection: Connection, number: int, content: str) -> None:
    """Enter a text by its number."""
    row = dict(zip("ntl", row_of(number, words_of(content)), strict=True))
    connection.execute(text("INSERT INTO words (number, tokens, lexemes) VALUES (:n, :t, CAST(:l AS tsvector))"), row)


def row_of(number: int, words: Sequence[str]) -> tuple[int, str, str | None]:
    """A text's row: its number, its tokens in order, and the set of them; None where they are too many."""
    return number, f" {' '.join(words)} ", _lexemes(words)


def drop_text(connection: Connection, number: int) -> None:
    """Take a text out."""
    connection.execute(text("DELETE FROM words WHERE number = :n"), {"n": number})


def find_texts(connection: Connection, terms: Sequence[Term], within: Collection[int] | None = None) -> Iterator[tuple[int, float]]:
    """Numbers of the texts that hold the terms, with how well they do (greater is better), best first; of all, or of some by number."""
    values: dict[str, Any] = {"all": " & ".join(_asked(terms)), "any": " | ".join(_asked(terms)), "weights": _WEIGHTS, "ranked": _RANKED}
    short, among_short = _patterns([term for term in terms if _needs_reading(term)], "s")
    long, among_long = _patterns(terms, "l")
    held = "lexemes @@ CAST(:all AS tsquery)"
    if within is not None:
        values["within"], known = sorted(within), " AND number = ANY(CAST(:within AS integer[]))"
        among_long = among_long | {"within": values["within"]}
        held, long = held + known, long + known
    newest = f"SELECT number, lexemes FROM words WHERE {held} ORDER BY number DESC LIMIT :ranked"  # noqa: S608 - our own words
    rank = "ts_rank(CAST(:weights AS real[]), lexemes, CAST(:any AS tsquery), 1)"
    best = f"SELECT number, {rank} FROM ({newest}) AS newest ORDER BY 2 DESC, 1"  # noqa: S608 - likewise
    with _by_words(connection, alone=within is None):
        ranked = [(number, float(score)) for number, score in connection.execute(text(best), values)]
    yield from _holding(connection, ranked, short, among_short) if short else ranked
    if len(ranked) == _RANKED:
        rest = text(f"SELECT number FROM words WHERE {held}{short} AND number < :least ORDER BY 1 DESC")  # noqa: S608 - likewise
        with _by_words(connection, alone=within is None):
            others = connection.execute(rest, values | among_short | {"least": min(number for number, _ in ranked)}).scalars().all()
        yield from ((number, 0.0) for number in others)
    huge = text(f"SELECT number FROM words WHERE lexemes IS NULL{long} ORDER BY 1 DESC")  # noqa: S608 - likewise
    for (number,) in connection.execute(huge, among_long):
        yield number, 0.0


@contextmanager
def _by_words(connection: Connection, *, alone: bool) -> Iterator[None]:
    """Let the index of words find rows, and nothing else, where `alone`.

    PostgreSQL takes a look into a `tsvector` for as cheap as one at a number. For common words it goes through the table then, though to
    look into each costs twenty times what the index takes (its documentation, 20.7.1, names the switches).
    """
    if alone:
        connection.exec_driver_sql(_INDEX_ALONE)
    yield
    if alone:
        connection.exec_driver_sql(_ANY_WAY)


def _holding(
    connection: Connection, ranked: Sequence[tuple[int, float]], patterns: str, values: Mapping[str, str]
) -> Iterator[tuple[int, float]]:
    """Those of some texts whose tokens fit the patterns, in their order; only as many tokens are read as somebody asks for."""
    query = text(f"SELECT number FROM words WHERE number IN :some{patterns}")  # noqa: S608 - our own words
    for start in range(0, len(ranked), _READ):
        some = ranked[start : start + _READ]
        wanted = {**values, "some": [number for number, _ in some]}
        kept = set(connection.execute(query.bindparams(bindparam("some", expanding=True)), wanted).scalars())
        yield from ((number, score) for number, score in some if number in kept)


def _lexemes(words: Sequence[str]) -> str | None:
    """The words of a text as PostgreSQL writes a `tsvector`; None where they are too many."""
    counted = Counter(word[:_LONGEST] for word in words)
    if sum(len(word.encode()) + _PER_LEXEME for word in counted) > _MOST_BYTES:
        return None
    weighed = ((word, next(weight for least, weight in _STEPS if count >= least)) for word, count in counted.items())
    return " ".join(f"'{word}':1{weight}" for word, weight in weighed)


def _asked(terms: Sequence[Term]) -> list[str]:
    """Each word of the terms as PostgreSQL writes it in a `tsquery`; our tokens hold no signs, so that nobody's words are syntax."""
    found: dict[str, None] = {}
    for term in terms:
        *body, last = (word[:_LONGEST] for word in term.words)
        found |= dict.fromkeys(f"'{word}'" for word in body)
        found[f"'{last}'{':*' if term.prefix else ''}"] = None
    return list(found)


def _needs_reading(term: Term) -> bool:
    """Whether the index alone does not tell: of a phrase, and of a word that was cut."""
    return len(term.words) > 1 or any(len(word) > _LONGEST for word in term.words)


def _patterns(terms: Sequence[Term], name: str) -> tuple[str, dict[str, str]]:
    """Conditions on the tokens of a text, each with ` AND ` before it, and their values."""
    values = {f"{name}{n}": f"% {' '.join(term.words)}{'' if term.prefix else ' '}%" for n, term in enumerate(terms)}
    return "".join(f" AND tokens LIKE :{key}" for key in values), values
