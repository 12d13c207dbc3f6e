"""Counts of what lists show, kept as parts are put: how many claims there are and who says how much, without reading any.

`tallies` counts by kind and value: appearances of claims (`claims` all, `measure` those with a figure of it) by *bucket*, the first
characters of the document's id (ids are hashes, so buckets are about as large as one another, and summing them finds any page of a list);
likewise, by fewer characters, those with a day by which they had been `said`, `published`, or `both`, the later of the two; by `side` the
different claims in which it speaks; and the documents whose `newest` article is of a day. `spoken` counts by side and name who is named how
often, `shared` holds the claims in which several sides speak: what a sum over sides counts more than once.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, delete, func, insert, literal_column, select
from sqlalchemy.dialects import postgresql, sqlite

from reportedly.ledger import schema
from reportedly.ledger.databases.choosing import chosen, drop_rows
from reportedly.model import digest
from reportedly.model.summary import NO_DAY

BUCKET = len("d:000")
"""Characters of a document's id that name its bucket: 4,096 of them, 250 appearances each in a ledger of a million."""

BROAD = len("d:0")
"""Characters that name a bucket of what is counted by day as well: 16 of them, so that there are a few times as many counts as days."""

CLAIMS, MEASURE, SIDE = "claims", "measure", "side"
SAID, PUBLISHED, BOTH = "said", "published", "both"
NEWEST = "newest"

Row = Mapping[str, Any]
Tallies = Counter[tuple[str, str, str]]

_NONE = "[]"
_LENGTH = 16
_TALLY = ("kind", "value", "bucket")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """All that is counted.

    Attributes:
        tallies: kind, value, bucket -> how many.
        spoken: side, name -> how often.
        shared: claim and side, where several speak.
    """

    tallies: Tallies = field(default_factory=Counter)
    spoken: Counter[tuple[str, str]] = field(default_factory=Counter)
    shared: set[tuple[str, str]] = field(default_factory=set)


def tally_shown(connection: Connection, old: Iterable[Row], new: Iterable[Row]) -> None:
    """Count rows of `shown` that go and come; those that stay may be left out of both.

    Args:
        connection: a connection, inside the transaction that replaces them.
        old: those that go.
        new: those that come.
    """
    change = _count_shown(new)
    change.subtract(_count_shown(old))
    _add(connection, schema.tallies, _TALLY, [_tally_row(key, many) for key, many in sorted(change.items()) if many])


def tally_voices(connection: Connection, old: Iterable[Row], new: Iterable[Row]) -> None:
    """Count rows of `voices` that go and come; all appearances of a claim must be among them, if any is.

    Args:
        connection: a connection, inside the transaction that replaces them.
        old: those that were there.
        new: those that will be.
    """
    before, after = _count_voices(old), _count_voices(new)
    after.tallies.subtract(before.tallies)
    after.spoken.subtract(before.spoken)
    _add(connection, schema.tallies, _TALLY, [_tally_row(key, many) for key, many in sorted(after.tallies.items()) if many])
    _add(connection, schema.spoken, ("side", "digest"), [_spoken_row(key, many) for key, many in sorted(after.spoken.items()) if many])
    if before.shared != after.shared:
        drop_rows(connection, schema.shared, schema.shared.c.claim, sorted({claim for claim, _ in before.shared}))
        if after.shared:
            connection.execute(insert(schema.shared), [{"claim": claim, "side": side} for claim, side in sorted(after.shared)])


def count_newest(connection: Connection, documents: Collection[str]) -> Tallies:
    """Of some documents how many have their newest article on each day; for `tally_newest`."""
    table = schema.reports.c
    query = select(table.document, func.max(table.published).label("day")).group_by(table.document)
    return Counter((NEWEST, row.day, "") for row in chosen(connection, query, table.document, sorted(documents)))


def tally_newest(connection: Connection, old: Tallies, new: Tallies) -> None:
    """Count the newest articles of documents that were `old` and are now `new`; of the same documents, as `count_newest` told them."""
    change = Counter(new)
    change.subtract(old)
    _add(connection, schema.tallies, _TALLY, [_tally_row(key, many) for key, many in sorted(change.items()) if many])


def forget_document(connection: Connection, document: str) -> None:
    """Take what is shown of a document out of the counts, before its rows go."""
    shown, voices = schema.shown, schema.voices
    query = select(shown.c.document, shown.c.measures, shown.c.day, shown.c.published).where(shown.c.document == document)
    tally_shown(connection, [dict(row) for row in connection.execute(query).mappings()], ())
    tally_newest(connection, count_newest(connection, [document]), Counter())
    claims = set(connection.execute(select(voices.c.claim).where(voices.c.document == document)).scalars())
    rows = [row._mapping for row in chosen(connection, select(voices), voices.c.claim, sorted(claims))]  # noqa: SLF001 - public by its documentation
    tally_voices(connection, rows, [row for row in rows if row["document"] != document])


def retally(connection: Connection) -> None:
    """Count everything anew."""
    counts = count_all(connection)
    for table in (schema.tallies, schema.spoken, schema.shared):
        connection.execute(delete(table))
    if counts.tallies:
        connection.execute(insert(schema.tallies), [_tally_row(key, many) for key, many in sorted(counts.tallies.items())])
    if counts.spoken:
        connection.execute(insert(schema.spoken), [_spoken_row(key, many) for key, many in sorted(counts.spoken.items())])
    if counts.shared:
        connection.execute(insert(schema.shared), [{"claim": claim, "side": side} for claim, side in sorted(counts.shared)])


def faults(connection: Connection) -> list[str]:
    """Which counts are not those of the rows, in words."""
    right, kept = count_all(connection), _read_counts(connection)
    wrong = sorted({key for key in kept.tallies.keys() | right.tallies.keys() if kept.tallies.get(key) != right.tallies.get(key)})
    names = sorted({name for side, name in kept.spoken.keys() | right.spoken.keys() if kept.spoken[side, name] != right.spoken[side, name]})
    return [
        *(f"the count of {' '.join(filter(None, key))} is not that of the claims" for key in wrong),
        *(f"the count of claims by {name!r} is not that of the claims" for name in names),
        *(f"{claim} is noted wrongly among the claims of several speakers" for claim, _ in sorted(kept.shared ^ right.shared)),
    ]


def count_all(connection: Connection) -> Counts:
    """The counts as they should be, by reading all that is shown."""
    shown, voices, counts = schema.shown.c, schema.voices.c, Counts()
    bucket = func.substr(shown.document, literal_column("1"), literal_column(str(BUCKET)))  # one expression: PostgreSQL groups by it
    grouped = select(bucket.label("bucket"), shown.measures, func.count().label("many")).group_by(bucket, shown.measures)
    for row in connection.execute(grouped):
        counts.tallies[CLAIMS, "", row.bucket] += row.many
        for measure in _measures(row.measures):
            counts.tallies[MEASURE, measure, row.bucket] += row.many
    broad = func.substr(shown.document, literal_column("1"), literal_column(str(BROAD)))
    dated = select(broad.label("bucket"), shown.day, shown.published, func.count().label("many"))
    for row in connection.execute(dated.group_by(broad, shown.day, shown.published)):
        for kind, day in _days(row.day, row.published):
            counts.tallies[kind, day, row.bucket] += row.many
    newest = select(func.max(schema.reports.c.published).label("day")).group_by(schema.reports.c.document).subquery().c
    for row in connection.execute(select(newest.day, func.count().label("many")).group_by(newest.day)):
        counts.tallies[NEWEST, row.day, ""] = row.many
    by_name = select(voices.side, voices.name, func.count().label("many")).group_by(voices.side, voices.name)
    for row in connection.execute(by_name):
        counts.spoken[row.side, row.name] = row.many
    named = voices.side != ""
    by_side = select(voices.side, func.count(voices.claim.distinct()).label("many")).where(named).group_by(voices.side)
    for row in connection.execute(by_side):
        counts.tallies[SIDE, row.side, ""] = row.many
    several = select(voices.claim).where(named).group_by(voices.claim).having(func.count(voices.side.distinct()) > 1)
    shared = select(voices.claim, voices.side).distinct().where(named, voices.claim.in_(several))
    counts.shared.update((row.claim, row.side) for row in connection.execute(shared))
    return counts


def _read_counts(connection: Connection) -> Counts:
    """The counts as they are kept."""
    counts, tallies = Counts(), schema.tallies.c
    for row in connection.execute(select(tallies.kind, tallies.value, tallies.bucket, tallies.many)):
        counts.tallies[row.kind, row.value, row.bucket] = row.many
    for row in connection.execute(select(schema.spoken)):
        counts.spoken[row.side, row.name] = row.many
    counts.shared.update((row.claim, row.side) for row in connection.execute(select(schema.shared)))
    return counts


def _count_shown(rows: Iterable[Row]) -> Tallies:
    found: Tallies = Counter()
    for row in rows:
        bucket = row["document"][:BUCKET]
        found[CLAIMS, "", bucket] += 1
        for measure in _measures(row["measures"]):
            found[MEASURE, measure, bucket] += 1
        for kind, day in _days(row["day"], row["published"]):
            found[kind, day, row["document"][:BROAD]] += 1
    return found


def _count_voices(rows: Iterable[Row]) -> Counts:
    counts = Counts()
    sides: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        counts.spoken[row["side"], row["name"]] += 1
        if row["side"]:
            sides[row["claim"]].add(row["side"])
    counts.tallies.update((SIDE, side, "") for several in sides.values() for side in several)
    counts.shared.update((claim, side) for claim, several in sides.items() if len(several) > 1 for side in several)
    return counts


def _days(said: str, published: str) -> Iterator[tuple[str, str]]:
    """The days by which an appearance of a claim counts, with their kinds; a day that is not known counts nowhere."""
    days = {SAID: said, PUBLISHED: published, BOTH: max(said, published) if NO_DAY not in (said, published) else NO_DAY}
    yield from ((kind, day) for kind, day in days.items() if day != NO_DAY)


def _measures(words: str) -> list[str]:
    return [] if words == _NONE else json.loads(words)


def _tally_row(key: tuple[str, str, str], many: int) -> dict[str, Any]:
    return {"kind": key[0], "value": key[1], "bucket": key[2], "many": many}


def _spoken_row(key: tuple[str, str], many: int) -> dict[str, Any]:
    return {"side": key[0], "digest": _short(key[1]), "name": key[1], "many": many}


def _short(words: str) -> str:
    return digest(words.encode("utf-8", "surrogatepass"))[:_LENGTH]


def _add(connection: Connection, table: Table, key: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    """Add to the counts of rows, which are made where they are not there and go where nothing is left."""
    if not rows:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    more = dialect.insert(table)
    raised = more.on_conflict_do_update(index_elements=list(key), set_={"many": table.c.many + more.excluded.many})
    connection.execute(raised, rows)
    fewer = [{f"old_{name}": row[name] for name in key} for row in rows if row["many"] < 0]
    if fewer:
        matches = and_(*(table.c[name] == bindparam(f"old_{name}") for name in key))
        connection.execute(delete(table).where(matches, table.c.many == 0), fewer)
