"""The tables of a ledger, schema version 3, in SQL that SQLite and PostgreSQL both take.

texts ─< documents ─< articles, claims ─< anchors      what was read and extracted; documents ─< names, readings
problems, judgements, undone, tombstones               what could not be used, and what people decided
links, members                                         what `resolve` found, by parts of articles that hang together
pages ─< marks, unlinked                               by what a new article finds those near it, and what is not linked yet
imports ─< carried                                     what was taken in from other ledgers
past                                                   rows that a newer extraction replaced, for `recorded_before`
meta, revisions                                        the ledger itself

Payloads are JSON text in ASCII. `recorded` is the revision in which a row arrived.
"""

import re

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.engine import Dialect

SCHEMA = 3
"""Version of the schema that this package writes; `migrations/versions` leads up to it."""

HEAD = "0003"
"""Alembic's name for it."""

APPLICATION = 0x5250_544C
"""SQLite's application_id of our files: "RPTL" in ASCII."""

KIND = "reportedly-ledger"
"""What `meta` says under `kind`."""

_UNSAFE = re.compile("[\\\\\x00\ud800-\udfff]")
_ESCAPED = re.compile(r"\\(\\|u[0-9a-f]{4})")

naming = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class SafeText(TypeDecorator[str]):
    r"""Text in which U+0000 and lone surrogates, which a database may refuse, stand as `\u0000`, and a backslash as two."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Text on its way in."""
        if value is None or not _UNSAFE.search(value):
            return value
        return _UNSAFE.sub(lambda m: "\\\\" if m.group() == "\\" else f"\\u{ord(m.group()):04x}", value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Text on its way out."""
        if value is None or "\\" not in value:
            return value
        return _ESCAPED.sub(lambda m: "\\" if m.group(1) == "\\" else chr(int(m.group(1)[1:], 16)), value)


metadata = MetaData(naming_convention=naming)


def _document(*, primary: bool = False) -> Column[str]:
    return Column("document", String(18), ForeignKey("documents.id"), primary_key=primary, nullable=False)


meta = Table(
    "meta",
    metadata,
    Column("key", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)
revisions = Table(
    "revisions",
    metadata,
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
)
alembic_version = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), primary_key=True),
)
alembic_version.primary_key.name = "alembic_version_pkc"

texts = Table(
    "texts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False),
)
documents = Table(
    "documents",
    metadata,
    Column("id", String(18), primary_key=True),
    Column("name", SafeText, nullable=False),
    Column("read_as", SafeText, nullable=False),
    Column("read_at", String(40), nullable=False),
    Column("text", String(64), ForeignKey("texts.digest"), nullable=False),
    Column("bytes", String(64), nullable=False),
    Column("media_type", SafeText, nullable=False),
    Column("url", SafeText),
    Column("publisher", SafeText),
    Column("published", SafeText),
    Column("fetched", SafeText),
    Column("title", SafeText),
    Column("reader", SafeText, nullable=False),
    Column("extractor", SafeText, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("payload", Text, nullable=False),
    Column("recorded", Integer, nullable=False),
    Index(None, "text"),
    Index(None, "url"),
    Index(None, "name"),
)
names = Table(
    "names",
    metadata,
    _document(primary=True),
    Column("name", SafeText, primary_key=True),
    Column("recorded", Integer, nullable=False),
    Index(None, "name"),
)
readings = Table(
    "readings",
    metadata,
    _document(primary=True),
    Column("text", String(64), ForeignKey("texts.digest"), primary_key=True),
)
articles = Table(
    "articles",
    metadata,
    _document(primary=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("payload", Text, nullable=False),
    Column("recorded", Integer, nullable=False),
)
claims = Table(
    "claims",
    metadata,
    Column("id", String(18), primary_key=True),
    _document(primary=True),
    Column("article", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("form", String(16), nullable=False),
    Column("stance", String(16), nullable=False),
    Column("said_first", String(40)),
    Column("said_last", String(40)),
    Column("measures", SafeText, nullable=False),
    Column("speakers", SafeText, nullable=False),
    Column("extractor", SafeText, nullable=False),
    Column("payload", Text, nullable=False),
    Column("recorded", Integer, nullable=False),
    Index(None, "document", "start"),
)
anchors = Table(
    "anchors",
    metadata,
    _document(primary=True),
    Column("claim", String(18), primary_key=True),
    Column("part", String(16), primary_key=True),
    Column("index", Integer, primary_key=True, autoincrement=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", SafeText, nullable=False),
    Column("prefix", SafeText, nullable=False),
    Column("suffix", SafeText, nullable=False),
)
problems = Table(
    "problems",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("document", String(18), ForeignKey("documents.id")),
    Column("code", String(64), nullable=False),
    Column("payload", Text, nullable=False),
    Column("recorded", Integer, nullable=False),
    Index(None, "document"),
)
links = Table(
    "links",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("id", SafeText, primary_key=True),
    Column("payload", Text, nullable=False),
    Column("part", String(18), nullable=False),
    Index(None, "part"),
)
members = Table(
    "members",
    metadata,
    Column("document", String(18), primary_key=True),
    Column("article", Integer, primary_key=True, autoincrement=False),
    Column("part", String(18), nullable=False),
    Index(None, "part"),
)
pages = Table(
    "pages",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("document", String(18), nullable=False),
    Column("article", Integer, nullable=False),
    Column("sampled", Integer, nullable=False),
    Column("features", Text, nullable=False),
    Index(None, "document"),
)
marks = Table(
    "marks",
    metadata,
    Column("mark", BigInteger, primary_key=True, autoincrement=False),
    Column("page", Integer, ForeignKey("pages.number"), primary_key=True, autoincrement=False),
    Index(None, "page"),
)
unlinked = Table(
    "unlinked",
    metadata,
    Column("document", String(18), primary_key=True),
)
judgements = Table(
    "judgements",
    metadata,
    Column("id", String(18), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("at", String(40), nullable=False),
    Column("payload", Text, nullable=False),
    Column("recorded", Integer, nullable=False),
)
undone = Table(
    "undone",
    metadata,
    Column("judgement", String(18), ForeignKey("judgements.id"), primary_key=True),
    Column("by", SafeText, nullable=False),
    Column("reason", SafeText, nullable=False),
    Column("recorded", Integer, nullable=False),
)
tombstones = Table(
    "tombstones",
    metadata,
    Column("document", String(18), primary_key=True),
    Column("bytes", String(64), nullable=False),
    Column("text", String(64), nullable=False),
    Column("name", SafeText, nullable=False),
    Column("reason", SafeText, nullable=False),
    Column("at", String(32), nullable=False),
    Column("recorded", Integer, nullable=False),
)
imports = Table(
    "imports",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("ledger", String(18), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("bundle", String(64), nullable=False),
    Column("by", SafeText, nullable=False),
    Column("reason", SafeText, nullable=False),
    Column("recorded", Integer, nullable=False),
)
carried = Table(
    "carried",
    metadata,
    Column("import", Integer, ForeignKey("imports.number"), primary_key=True, autoincrement=False),
    Column("kind", String(16), primary_key=True),
    Column("key", String(18), primary_key=True),
)
past = Table(
    "past",
    metadata,
    Column("kind", String(16), primary_key=True),
    _document(primary=True),
    Column("key", String(18), primary_key=True),
    Column("gone", Integer, primary_key=True, autoincrement=False),
    Column("payload", Text, nullable=False),
    Column("extractor", SafeText, nullable=False),
    Column("recorded", Integer, nullable=False),
    CheckConstraint("recorded < gone", name="order"),
)

KEYS = {"documents": "id", "articles": "number", "claims": "id"}
"""Tables whose replaced rows go to `past`, with the column that names a row within its document."""
