"""Keeps what lists show of each part beside its links: stories, articles, days and claims as readers see them."""

import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, select, update

from reportedly.ledger import schema
from reportedly.ledger.choosing import chosen, drop_rows
from reportedly.ledger.codec import json_text
from reportedly.ledger.revisions import Turn
from reportedly.ledger.uniting import side_id
from reportedly.model import ArticleSummary, ClaimSummary, StorySummary, Summary

_OF_PARTS = (schema.days, schema.stories, schema.reports, schema.shown, schema.voices)

Row = Mapping[str, Any]


def store_summaries(turn: Turn, summaries: Sequence[Summary], gone: Collection[str] | None) -> None:
    """Put the summaries of some parts in the place of those of others.

    Rows that stay as they are are not written again, for a large part changes in few.

    Args:
        turn: the transaction.
        summaries: those of the new parts.
        gone: ids of the parts that go; None for all.
    """
    connection = turn.connection
    if gone is None:
        for table in (*_OF_PARTS, schema.parts):
            connection.execute(delete(table))
    left = () if gone is None else sorted({*gone, *(summary.part for summary in summaries)})
    drop_rows(connection, schema.parts, schema.parts.c.id, left)
    parts = [{"id": summary.part, "version": secrets.token_hex(8), "claims": summary.claims} for summary in summaries]
    if parts:
        connection.execute(insert(schema.parts), parts)
    _replace(turn, schema.days, [{"day": day, "part": s.part} for s in summaries for day in s.days], left)
    _replace(turn, schema.stories, [_story_row(story, s.part) for s in summaries for story in s.stories], left)
    _replace(turn, schema.reports, [_article_row(article, s.part) for s in summaries for article in s.articles], left)
    _replace(turn, schema.shown, [_claim_row(claim, s.part) for s in summaries for claim in s.rows], left)
    _replace(turn, schema.voices, [row for s in summaries for claim in s.rows for row in _voice_rows(claim, s.part)], left)


def touch_parts(turn: Turn, documents: Collection[str]) -> None:
    """Note that what readers see of the parts of some documents changed, though their links did not."""
    members = schema.members
    parts = {row.part for row in chosen(turn.connection, select(members.c.part), members.c.document, sorted(documents))}
    rows = [{"part": part, "new": secrets.token_hex(8)} for part in sorted(parts)]
    if rows:
        turn.connection.execute(update(schema.parts).where(schema.parts.c.id == bindparam("part")).values(version=bindparam("new")), rows)


def _replace(turn: Turn, table: Table, rows: Sequence[Row], gone: Sequence[str]) -> None:
    """Make the rows of parts that go those of others; what is the same stays."""
    names, keys = list(table.c.keys()), [column.name for column in table.primary_key]
    new = {tuple(row[key] for key in keys): row for row in rows}
    old = {tuple(row._mapping[key] for key in keys): row for row in chosen(turn.connection, select(table), table.c.part, gone)}  # noqa: SLF001 - public by its documentation
    left = [key for key, row in old.items() if key not in new or tuple(row) != tuple(new[key][name] for name in names)]
    if left:
        matches = [table.c[key] == bindparam(f"old_{key}") for key in keys]
        turn.connection.execute(delete(table).where(*matches), [{f"old_{k}": v for k, v in zip(keys, key, strict=True)} for key in left])
    going = set(left)
    come = [row for key, row in new.items() if key not in old or key in going]
    if come:
        turn.connection.execute(insert(table), come)


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
