"""Keeps what lists show of each part beside its links: stories, articles, days and claims as readers see them."""

import secrets
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, Table, bindparam, func, select, update

from reportedly.ledger import schema
from reportedly.ledger.codec import json_text
from reportedly.ledger.databases.choosing import chosen
from reportedly.ledger.links.changes import Change, Row, anew, compare, write
from reportedly.ledger.links.uniting import side_id
from reportedly.ledger.links.written import summaries_beside
from reportedly.ledger.revisions import Turn
from reportedly.ledger.summaries.tallies import count_newest, retally, tally_newest, tally_shown, tally_voices
from reportedly.model import ArticleSummary, ClaimSummary, StorySummary, Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Resummed:
    """What becomes of what lists show.

    Attributes:
        changes: what becomes of the tables.
        shown: the rows of claims that were there, and those that are to be; None where all are counted anew.
        voices: the same of their speakers.
        versions: the version that each part is given.
    """

    changes: tuple[Change, ...]
    shown: tuple[Sequence[Row], Sequence[Row]] | None
    voices: tuple[Sequence[Row], Sequence[Row]] | None
    versions: Mapping[str, str] = field(default_factory=dict)


def compare_summaries(connection: Connection, summaries: Sequence[Summary], gone: Collection[str] | None) -> Resummed:
    """What puts the summaries of some parts in the place of those of others.

    Args:
        connection: a connection, inside a transaction that need not be a writing one.
        summaries: those of the new parts.
        gone: ids of the parts that go; None for all.
    """
    parts = _part_rows(summaries)
    if gone is None:
        changes = (anew(schema.parts, parts), *(anew(table, [row for s in summaries for row in make(s)]) for table, make in _ROWS))
        return Resummed(changes=changes, shown=None, voices=None)
    left = sorted({*gone, *(summary.part for summary in summaries)})
    compared = {table: compare(connection, table, (row for s in summaries for row in make(s)), left) for table, make in _ROWS}
    return Resummed(
        changes=(
            Change(table=schema.parts, by=("id",), left=[(part,) for part in left], come=parts),
            *(change for change, _ in compared.values()),
        ),
        shown=(compared[schema.shown][1], compared[schema.shown][0].come),
        voices=_whole_claims(summaries, *compared[schema.voices]),
        versions={row["id"]: row["version"] for row in parts},
    )


def change_summaries(old: Summary, summaries: Sequence[Summary]) -> Resummed:
    """As `compare_summaries`, where it is known what is stored: what puts some summaries in the place of one, whose part is among theirs.

    Args:
        old: what is stored.
        summaries: those of the new parts.
    """
    parts = _part_rows(summaries)
    same = next(summary for summary in summaries if summary.part == old.part)
    went, came = summaries_beside(old, same)
    new = [came if summary is same else summary for summary in summaries]
    rows = {table: (make(went), [row for summary in new for row in make(summary)]) for table, make in _ROWS}
    left = sorted(summary.part for summary in summaries)
    changes = [Change(table=schema.parts, by=("id",), left=[(part,) for part in left], come=parts)]
    for table, (gone, come) in rows.items():
        by = tuple(column.name for column in table.primary_key)
        changes.append(Change(table=table, by=by, left=[tuple(row[name] for name in by) for row in gone], come=come))
    versions = {row["id"]: row["version"] for row in parts}
    return Resummed(changes=tuple(changes), shown=rows[schema.shown], voices=rows[schema.voices], versions=versions)


def _part_rows(summaries: Sequence[Summary]) -> list[Row]:
    return [{"id": summary.part, "version": secrets.token_hex(8), "claims": summary.claims} for summary in summaries]


def _whole_claims(summaries: Sequence[Summary], change: Change, went: Sequence[Row]) -> tuple[Sequence[Row], Sequence[Row]]:
    """The rows of speakers of the claims that some row of goes or comes: all that were there, and all that are to be."""
    touched = {row["claim"] for row in (*went, *change.come)}
    new = [row for s in summaries for claim in s.rows if claim.id in touched for row in _voice_rows(claim, s.part)]
    keys = {tuple(row[name] for name in change.by) for row in change.come}
    return [*went, *(row for row in new if tuple(row[name] for name in change.by) not in keys)], new


def list_parts(connection: Connection) -> list[str]:
    """Ids of the parts that have articles, sorted."""
    part = schema.members.c.part
    return list(connection.execute(select(part).distinct().order_by(part)).scalars())


def compare_part(connection: Connection, summary: Summary) -> list[str]:
    """What the ledger keeps otherwise of a part than it should, in words."""
    parts, rows = schema.parts.c, {table.name: make(summary) for table, make in _ROWS}
    kept = connection.execute(select(parts.claims).where(parts.id == summary.part)).scalar_one_or_none()
    wrong = [] if kept == summary.claims else ["parts"]
    for table, _ in _ROWS:
        if table is schema.outlines and not _has_outlines(connection, summary.part):
            continue  # a ledger that an earlier version linked: all rows are asked
        change, _ = compare(connection, table, rows[table.name], [summary.part])
        wrong += [table.name] if change.left or change.come else []
    return [f"{', '.join(wrong)} of part {summary.part} are not what its claims and links give"] if wrong else []


def _has_outlines(connection: Connection, part: str) -> bool:
    columns = schema.outlines.c
    return connection.execute(select(columns.document).where(columns.part == part).limit(1)).first() is not None


def find_faults(connection: Connection) -> list[str]:
    """Parts that lists show and no article stands in, or the other way round, in words."""
    held = select(schema.members.c.part)
    found = []
    for table, column in ((schema.parts, schema.parts.c.id), *((table, table.c.part) for table, _ in _ROWS)):
        lost = connection.execute(select(func.count()).select_from(table).where(column.not_in(held))).scalar_one()
        found += [f"{lost} rows of {table.name} are of no part"] if lost else []
    return found


def write_summaries(connection: Connection, resummed: Resummed) -> None:
    """Write what was compared, with the counts of it, in the transaction at hand."""
    if resummed.shown is None or resummed.voices is None:
        for change in resummed.changes:
            write(connection, change)
        retally(connection)
        return
    reports = [change for change in resummed.changes if change.table is schema.reports]
    documents = {key[0] for change in reports for key in change.left or ()} | {row["document"] for change in reports for row in change.come}
    newest = count_newest(connection, documents)
    for change in resummed.changes:
        write(connection, change)
    tally_newest(connection, newest, count_newest(connection, documents))
    tally_shown(connection, *resummed.shown)
    tally_voices(connection, *resummed.voices)


def touch_parts(turn: Turn, documents: Collection[str]) -> None:
    """Note that what readers see of the parts of some documents changed, though their links did not."""
    members = schema.members
    parts = {row.part for row in chosen(turn.connection, select(members.c.part), members.c.document, sorted(documents))}
    rows = [{"part": part, "new": secrets.token_hex(8)} for part in sorted(parts)]
    if rows:
        turn.connection.execute(update(schema.parts).where(schema.parts.c.id == bindparam("part")).values(version=bindparam("new")), rows)


def _story_row(story: StorySummary, part: str) -> Row:
    return {
        "id": story.id,
        "part": part,
        "title": story.title,
        "words": story.title.casefold(),
        "articles": story.articles,
        "claims": story.claims,
        "first": story.first,
        "last": story.last,
        "outlets": json_text(story.outlets),
    }


def _article_row(article: ArticleSummary, part: str) -> Row:
    return {
        "document": article.key[0],
        "article": article.key[1],
        "part": part,
        "story": article.story,
        "alone": article.alone,
        "claims": article.claims,
        "published": article.published,
        "said": article.said,
    }


def _claim_row(claim: ClaimSummary, part: str) -> Row:
    return {
        "document": claim.key[0],
        "article": claim.key[1],
        "start": claim.start,
        "end": claim.end,
        "claim": claim.id,
        "part": part,
        "story": claim.story,
        "day": claim.day,
        "published": claim.published,
        "first": claim.first,
        "last": claim.last,
        "stance": claim.stance,
        "form": claim.form,
        "outlet": claim.outlet,
        "measures": json_text(claim.measures),
        "words": claim.words,
    }


def _voice_rows(claim: ClaimSummary, part: str) -> Iterator[Row]:
    place = {"document": claim.key[0], "start": claim.start, "end": claim.end, "claim": claim.id, "part": part}
    for number, (name, actor, principal) in enumerate(claim.voices):
        yield {**place, "place": number, "name": name, "side": side_id(actor, principal) if actor else ""}


_ROWS: tuple[tuple[Table, Callable[[Summary], list[Row]]], ...] = (
    (schema.days, lambda s: [{"day": day, "part": s.part} for day in s.days]),
    (schema.stories, lambda s: [_story_row(story, s.part) for story in s.stories]),
    (schema.reports, lambda s: [_article_row(article, s.part) for article in s.articles]),
    (schema.shown, lambda s: [_claim_row(claim, s.part) for claim in s.rows]),
    (schema.voices, lambda s: [row for claim in s.rows for row in _voice_rows(claim, s.part)]),
    (schema.outlines, lambda s: [{"document": d, "part": s.part, "content": packed} for d, packed in s.outlines.items()]),
)
"""The tables of summaries of parts, and what makes a part's rows of each."""
