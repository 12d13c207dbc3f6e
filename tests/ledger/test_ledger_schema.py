"""The schema: migrations and metadata agree, text of any kind goes in and out, payloads decode as the model says."""

import json
import re
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, inspect
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.schema import CreateTable

from reportedly.ledger import open_ledger
from reportedly.ledger.codec import article_text, claim_text, decode, document_text, read_article, read_claim, read_document
from reportedly.ledger.databases.making import create_schema
from reportedly.ledger.databases.migrating import upgrade
from reportedly.ledger.schema import APPLICATION, SCHEMA, SafeText, metadata
from reportedly.model import (
    Act,
    Article,
    Claim,
    Document,
    Figure,
    Interval,
    Judgement,
    Passage,
    Relay,
    Sidecar,
    Span,
    Statement,
    StatementMember,
    record_of,
    row_of,
)

if TYPE_CHECKING:
    from tests.ledger.conftest import Press
else:
    Press = Any

PG: Dialect = postgresql.psycopg.dialect()  # type: ignore[no-untyped-call] # SQLAlchemy types it in part
ANY = st.text(st.characters(codec=None, categories=None), max_size=20)
SPAN = st.builds(Span, start=st.integers(0, 9), end=st.integers(10, 20), text=ANY)
DAYS = st.dates().map(str) | st.none()
INTERVAL = st.builds(Interval, first=DAYS, last=DAYS, words=SPAN | st.none(), basis=st.sampled_from(["words", None]))
DECIMAL = st.decimals(allow_nan=False, allow_infinity=False, places=2).map(lambda d: Decimal(d).normalize()) | st.none()
FIGURE = st.builds(
    Figure, span=SPAN, low=DECIMAL, high=DECIMAL, qualifier=st.just("about"), window=INTERVAL | st.none(), of=st.integers(0, 3) | st.none()
)
CLAIM = st.builds(
    Claim,
    document=ANY,
    article=st.integers(0, 3),
    id=ANY,
    content=st.lists(SPAN, min_size=1, max_size=3).map(tuple),
    cue=st.lists(SPAN, max_size=2).map(tuple),
    source=st.lists(SPAN, max_size=2).map(tuple),
    speakers=st.lists(ANY, max_size=2).map(tuple),
    relays=st.lists(st.builds(Relay, actor=ANY, source=SPAN | st.none()), max_size=2).map(tuple),
    said=INTERVAL | st.none(),
    figures=st.lists(FIGURE, max_size=2).map(tuple),
    acts=st.lists(st.builds(Act, span=SPAN, act=ANY, negated=st.booleans()), max_size=2).map(tuple),
    evidence=st.lists(SPAN, max_size=2).map(tuple),
    about=ANY | st.none(),
)
ARTICLE = st.builds(
    Article,
    document=ANY,
    number=st.integers(0, 3),
    kind=st.just("article"),
    passages=st.lists(st.builds(Passage, start=st.integers(0, 5), end=st.integers(6, 9), role=st.just("body")), max_size=2).map(tuple),
    credits=st.lists(ANY, max_size=2).map(tuple),
    published=INTERVAL | st.none(),
    corrections=st.lists(SPAN, max_size=2).map(tuple),
)
DOCUMENT = st.builds(
    Document,
    id=ANY,
    name=ANY,
    text_digest=ANY,
    bytes_digest=ANY,
    media_type=ANY,
    title=ANY | st.none(),
    sidecar=st.builds(Sidecar, url=ANY | st.none()) | st.none(),
)


def tables(connection: Connection) -> dict[str, str]:
    """The SQL of everything in a database, spaces apart."""
    rows = connection.exec_driver_sql("SELECT name, coalesce(sql, '') FROM sqlite_master").all()
    return {name: re.sub(r"\s+", " ", sql) for name, sql in rows}


def test_a_fresh_ledger_equals_a_migrated_one() -> None:
    """Tables, indexes and the word index, made at once or by migrations, are the same, and so is what they hold."""
    made, migrated = create_engine("sqlite://"), create_engine("sqlite://")
    with made.begin() as one, migrated.begin() as other:
        create_schema(one)
        upgrade(other)
        assert tables(one) == tables(other)
        assert {"claims", "words", "ix_claims_document_start", "alembic_version"} <= set(tables(one))
        for query in ("SELECT * FROM alembic_version", "SELECT key FROM meta ORDER BY key", "PRAGMA user_version", "PRAGMA application_id"):
            assert one.exec_driver_sql(query).all() == other.exec_driver_sql(query).all()
        assert sorted(inspect(one).get_table_names()) == sorted(inspect(other).get_table_names())
    made.dispose()
    migrated.dispose()


def test_an_older_ledger_is_brought_up_and_a_copy_kept(ledger_path: Path, press: Press) -> None:
    """A file that is ours but has no table yet, of schema 0, gets them; the file as it was stays beside it."""
    with closing(sqlite3.connect(ledger_path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
    with open_ledger(ledger_path, create=False) as store:
        assert store.put(*press.report()) == (1, 2, 0)
    with closing(sqlite3.connect(ledger_path.with_name(f"test.db.before-schema-{SCHEMA}"))) as copy:
        found = [copy.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")]
        assert (found, list(copy.iterdump())) == ([(APPLICATION,), (0,)], ["BEGIN TRANSACTION;", "COMMIT;"])


def test_the_tables_are_sql_that_postgresql_takes() -> None:
    """Each table compiles for PostgreSQL, and none uses a type that it does not have."""
    sql = [str(CreateTable(table).compile(dialect=PG)) for table in metadata.sorted_tables]
    assert len(sql) == len(metadata.tables)
    assert not any("BLOB" in statement for statement in sql)


@given(ANY)
def test_text_of_any_kind_is_stored_as_text_a_database_takes(value: str) -> None:
    """U+0000 and lone surrogates are escaped, backslashes doubled, and all comes back."""
    column = SafeText()
    stored = column.process_bind_param(value, PG)
    assert stored is not None
    assert "\x00" not in stored
    stored.encode()
    assert column.process_result_value(stored, PG) == value


@given(CLAIM)
def test_a_claim_comes_back_as_it_was_and_as_the_model_decodes_it(claim: Claim) -> None:
    """Our decoder and the model's give the same record; the payload is ASCII."""
    payload = claim_text(claim)
    assert payload.isascii()
    assert read_claim(payload, claim.document, claim.id) == claim
    assert record_of(Claim, {**json.loads(payload), "document": claim.document, "id": claim.id}) == claim


@given(ARTICLE)
def test_an_article_comes_back(article: Article) -> None:
    """With passages, dates, credits and corrections."""
    assert read_article(article_text(article), article.document) == article


@given(DOCUMENT)
def test_a_document_comes_back(document: Document) -> None:
    """With its sidecar; name and time of reading stand apart."""
    assert read_document(document_text(document), document.name, document.read_at) == document


@pytest.mark.parametrize(
    "record",
    [
        Judgement(
            id="j:1",
            kind="amend",
            targets=("c:1",),
            by="Ann",
            at="",
            reason="",
            spans=(Span(start=0, end=1, text="x"),),
            changes={"a": [1]},
        ),
        Statement(
            id="p:1",
            story="s:1",
            event=None,
            text="",
            act="sink",
            parties=("A",),
            serves_agent=True,
            members=(StatementMember(claim="c:1", position="open"),),
        ),
    ],
)
def test_other_records_come_back(record: Judgement | Statement) -> None:
    """Judgements and statements, through JSON."""
    assert decode(type(record), json.loads(json.dumps(row_of(record)))) == record
