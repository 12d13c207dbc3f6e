"""The tables of a ledger, schema version 6, in SQL that SQLite and PostgreSQL both take.

texts ─< documents ─< articles, claims ─< anchors      what was read and extracted; documents ─< names, readings
problems, judgements, undone, tombstones               what could not be used, and what people decided
links, members                                         what `resolve` found, by parts of articles that hang together
parts ─< days, stories, reports, shown, voices         what lists show of each part, as judgements and other articles' dates have it
parts ─< outlines                                      of a large part, what timelines need of each document's claims, packed
tallies, spoken, shared                                how many of these there are, and who is named how often
pages ─< marks, unlinked                               by what a new article finds those near it, and what is not linked yet
united ─< sides ─< side_keys, traits                   which actors of different parts are one, and what tells it
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
    func,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine

SCHEMA = 6
"""Version of the schema that this package writes; `migrations/versions` leads up to it."""

HEAD = "0006"
"""Alembic's name for it."""

APPLICATION = 0x5250_544C
"""SQLite's application_id of our files: "RPTL" in ASCII."""

KIND = "reportedly-ledger"
"""What `meta` says under `kind`."""

_UNSAFE = re.compile("[\\\\\x00\ud800-\udfff]")
_ESCAPED = re.compile(r"\\(\\|u[0-9a-f]{4})")


def code(length: int) -> TypeEngine[str]:
    """Ids, digests, moments and words of ours, of so many characters at most as a rule that no database holds."""
    return String(length).with_variant(Text(collation="C"), "postgresql")


naming = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


PLAIN = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that is compared by code point whatever a server's locale."""


class SafeText(TypeDecorator[str]):
    r"""Text in which U+0000 and lone surrogates, which a database may refuse, stand as `\u0000`, and a backslash as two."""

    impl = PLAIN
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
    return Column("document", code(18), ForeignKey("documents.id"), primary_key=primary, nullable=False)


meta = Table(
    "meta",
    metadata,
    Column("key", code(32), primary_key=True),
    Column("value", PLAIN, nullable=False),
)
revisions = Table(
    "revisions",
    metadata,
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("at", code(32), nullable=False),
)
alembic_version = Table(
    "alembic_version",
    metadata,
    Column("version_num", code(32), primary_key=True),
)
alembic_version.primary_key.name = "alembic_version_pkc"

texts = Table(
    "texts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("digest", code(64), nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False),
)
documents = Table(
    "documents",
    metadata,
    Column("id", code(18), primary_key=True),
    Column("name", SafeText, nullable=False),
    Column("read_as", SafeText, nullable=False),
    Column("read_at", code(40), nullable=False),
    Column("text", code(64), ForeignKey("texts.digest"), nullable=False),
    Column("bytes", code(64), nullable=False),
    Column("media_type", SafeText, nullable=False),
    Column("url", SafeText),
    Column("publisher", SafeText),
    Column("published", SafeText),
    Column("fetched", SafeText),
    Column("title", SafeText),
    Column("reader", SafeText, nullable=False),
    Column("extractor", SafeText, nullable=False),
    Column("fingerprint", code(64), nullable=False),
    Column("payload", PLAIN, nullable=False),
    Column("recorded", Integer, nullable=False),
    Index(None, "text"),
    Index(None, "url", postgresql_using="hash"),
    Index(None, "name", postgresql_using="hash"),
)
names = Table(
    "names",
    metadata,
    _document(primary=True),
    Column("name", SafeText, primary_key=True),
    Column("recorded", Integer, nullable=False),
    Index(None, "name", postgresql_using="hash"),
)
readings = Table(
    "readings",
    metadata,
    _document(primary=True),
    Column("text", code(64), ForeignKey("texts.digest"), primary_key=True),
)
articles = Table(
    "articles",
    metadata,
    _document(primary=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("payload", PLAIN, nullable=False),
    Column("recorded", Integer, nullable=False),
)
claims = Table(
    "claims",
    metadata,
    Column("id", code(18), primary_key=True),
    _document(primary=True),
    Column("article", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("form", code(16), nullable=False),
    Column("stance", code(16), nullable=False),
    Column("said_first", code(40)),
    Column("said_last", code(40)),
    Column("measures", SafeText, nullable=False),
    Column("speakers", SafeText, nullable=False),
    Column("extractor", SafeText, nullable=False),
    Column("payload", PLAIN, nullable=False),
    Column("recorded", Integer, nullable=False),
    Index(None, "document", "start"),
)
anchors = Table(
    "anchors",
    metadata,
    _document(primary=True),
    Column("claim", code(18), primary_key=True),
    Column("part", code(16), primary_key=True),
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
    Column("id", code(64), primary_key=True),
    Column("document", code(18), ForeignKey("documents.id")),
    Column("code", code(64), nullable=False),
    Column("payload", PLAIN, nullable=False),
    Column("recorded", Integer, nullable=False),
    Index(None, "document"),
)
links = Table(
    "links",
    metadata,
    Column("kind", code(16), primary_key=True),
    Column("id", SafeText, primary_key=True),
    Column("payload", PLAIN, nullable=False),
    Column("part", code(18), nullable=False),
    Index(None, "part"),
)
members = Table(
    "members",
    metadata,
    Column("document", code(18), primary_key=True),
    Column("article", Integer, primary_key=True, autoincrement=False),
    Column("part", code(18), nullable=False),
    Index(None, "part"),
)
pages = Table(
    "pages",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("document", code(18), nullable=False),
    Column("article", Integer, nullable=False),
    Column("sampled", Integer, nullable=False),
    Column("features", PLAIN, nullable=False),
    Column("incident", PLAIN),
    Index(None, "document"),
)
marks = Table(
    "marks",
    metadata,
    Column("mark", BigInteger, primary_key=True, autoincrement=False),
    Column("page", Integer, ForeignKey("pages.number"), primary_key=True, autoincrement=False),
    Index(None, "page"),
    sqlite_with_rowid=False,
)
sides = Table(
    "sides",
    metadata,
    Column("id", code(18), primary_key=True),
    Column("name", SafeText, nullable=False),
    Column("principal", SafeText, nullable=False),
    Column("united", code(18), nullable=False),
    Column("payload", PLAIN, nullable=False),
    Index(None, "united"),
)
side_keys = Table(
    "side_keys",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("side", code(18), primary_key=True),
    Index(None, "side"),
    sqlite_with_rowid=False,
)
traits = Table(
    "traits",
    metadata,
    Column("side", code(18), primary_key=True),
    Column("kind", code(16), primary_key=True),
    Column("digest", code(16), primary_key=True),
    Column("value", SafeText, nullable=False),
    Column("many", Integer, nullable=False),
    sqlite_with_rowid=False,
)
united = Table(
    "united",
    metadata,
    Column("id", code(18), primary_key=True),
    Column("name", SafeText, nullable=False),
    Column("kind", code(16), nullable=False),
    Column("principal", SafeText),
    Column("reasons", PLAIN, nullable=False),
)
unlinked = Table(
    "unlinked",
    metadata,
    Column("document", code(18), primary_key=True),
    Column("recorded", Integer, nullable=False, server_default="0"),
)
parts = Table(
    "parts",
    metadata,
    Column("id", code(18), primary_key=True),
    Column("version", code(16), nullable=False),
    Column("claims", Integer, nullable=False),
)
days = Table(
    "days",
    metadata,
    Column("day", code(10), primary_key=True),
    Column("part", code(18), primary_key=True),
    Index(None, "part"),
)
stories = Table(
    "stories",
    metadata,
    Column("id", code(18), primary_key=True),
    Column("part", code(18), nullable=False),
    Column("title", SafeText, nullable=False),
    Column("words", SafeText, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("first", code(10), nullable=False),
    Column("last", code(10), nullable=False),
    Column("outlets", Text, nullable=False),
    Index(None, "part"),
    Index(None, "last", "articles", "id"),
)
reports = Table(
    "reports",
    metadata,
    Column("document", code(18), primary_key=True),
    Column("article", Integer, primary_key=True, autoincrement=False),
    Column("part", code(18), nullable=False),
    Column("story", code(18)),
    Column("alone", code(18), nullable=False),
    Column("claims", Integer, nullable=False),
    Column("published", code(10), nullable=False),
    Column("said", code(10), nullable=False),
    Index(None, "part"),
    Index(None, "story", "document", "article"),
    Index(None, "alone"),
    Index(None, "document", "published", "said", "claims"),
)
shown = Table(
    "shown",
    metadata,
    Column("document", code(18), primary_key=True),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("end", Integer, primary_key=True, autoincrement=False),
    Column("claim", code(18), primary_key=True),
    Column("article", Integer, nullable=False),
    Column("part", code(18), nullable=False),
    Column("story", code(18)),
    Column("day", code(10), nullable=False),
    Column("published", code(10), nullable=False),
    Column("first", code(10), nullable=False),
    Column("last", code(10), nullable=False),
    Column("stance", code(16), nullable=False),
    Column("form", code(16), nullable=False),
    Column("outlet", SafeText, nullable=False),
    Column("measures", SafeText, nullable=False),
    Column("words", SafeText, nullable=False),
    Index(None, "part"),
    Index(None, "claim"),
    Index(None, "document", "start", "end", "claim", "day", "published"),
    sqlite_with_rowid=False,
)
voices = Table(
    "voices",
    metadata,
    Column("side", code(18), primary_key=True),
    Column("document", code(18), primary_key=True),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("end", Integer, primary_key=True, autoincrement=False),
    Column("claim", code(18), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("name", SafeText, nullable=False),
    Column("part", code(18), nullable=False),
    Index(None, "part"),
    Index(None, "claim"),
    sqlite_with_rowid=False,
)
later_place = text("place > 0")
Index("ix_voices_joint", voices.c.side, voices.c.claim, sqlite_where=later_place, postgresql_where=later_place)
tallies = Table(
    "tallies",
    metadata,
    Column("kind", code(16), primary_key=True),
    Column("value", SafeText, primary_key=True),
    Column("bucket", code(8), primary_key=True),
    Column("many", Integer, nullable=False),
    sqlite_with_rowid=False,
)
spoken = Table(
    "spoken",
    metadata,
    Column("side", code(18), primary_key=True),
    Column("digest", code(16), primary_key=True),
    Column("name", SafeText, nullable=False),
    Column("many", Integer, nullable=False),
    sqlite_with_rowid=False,
)
shared = Table(
    "shared",
    metadata,
    Column("claim", code(18), primary_key=True),
    Column("side", code(18), primary_key=True),
    sqlite_with_rowid=False,
)
outlines = Table(
    "outlines",
    metadata,
    Column("document", code(18), primary_key=True),
    Column("part", code(18), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Index(None, "part"),
)
judgements = Table(
    "judgements",
    metadata,
    Column("id", code(18), primary_key=True),
    Column("kind", code(16), nullable=False),
    Column("at", code(40), nullable=False),
    Column("payload", PLAIN, nullable=False),
    Column("recorded", Integer, nullable=False),
    Column("text", code(64)),
    Index(None, "text"),
)
undone = Table(
    "undone",
    metadata,
    Column("judgement", code(18), ForeignKey("judgements.id"), primary_key=True),
    Column("by", SafeText, nullable=False),
    Column("reason", SafeText, nullable=False),
    Column("recorded", Integer, nullable=False),
)
tombstones = Table(
    "tombstones",
    metadata,
    Column("document", code(18), primary_key=True),
    Column("bytes", code(64), nullable=False),
    Column("text", code(64), nullable=False),
    Column("name", SafeText, nullable=False),
    Column("reason", SafeText, nullable=False),
    Column("at", code(32), nullable=False),
    Column("recorded", Integer, nullable=False),
)
imports = Table(
    "imports",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("ledger", code(18), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("bundle", code(64), nullable=False),
    Column("by", SafeText, nullable=False),
    Column("reason", SafeText, nullable=False),
    Column("recorded", Integer, nullable=False),
)
carried = Table(
    "carried",
    metadata,
    Column("import", Integer, ForeignKey("imports.number"), primary_key=True, autoincrement=False),
    Column("kind", code(16), primary_key=True),
    Column("key", code(18), primary_key=True),
)
past = Table(
    "past",
    metadata,
    Column("kind", code(16), primary_key=True),
    _document(primary=True),
    Column("key", code(18), primary_key=True),
    Column("gone", Integer, primary_key=True, autoincrement=False),
    Column("payload", PLAIN, nullable=False),
    Column("extractor", SafeText, nullable=False),
    Column("recorded", Integer, nullable=False),
    CheckConstraint("recorded < gone", name="order"),
)


def _allow_long_keys(table: Table, column: str) -> None:
    """Let a key's last column be of any length on PostgreSQL, whose B-trees take 2,704 bytes: there its MD5 is unique instead."""
    table.primary_key.ddl_if(dialect="sqlite")
    first, last = (c for c in table.primary_key.columns)
    Index(f"uq_{table.name}_{column}", first, func.md5(last), unique=True).ddl_if(dialect="postgresql")


_allow_long_keys(names, "name")
_allow_long_keys(links, "id")
Index("ix_links_id", links.c.id, postgresql_using="hash").ddl_if(dialect="postgresql")

KEYS = {"documents": "id", "articles": "number", "claims": "id"}
"""Tables whose replaced rows go to `past`, with the column that names a row within its document."""
