"""What an assistant gets: rows with the passage of every claim that they name, so that nothing need be taken on trust."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from reportedly.api import Desk, Question
from reportedly.errors import BadDateError
from reportedly.model import Clocks, Filters, Row, interval_text, parse_day, row_of
from reportedly.query.selection import passage_around

MOST_ROWS = 50
"""Rows of one answer."""

MOST_PASSAGES = 200
"""Passages of one answer; claims beyond are named without, and `passages_left_out` says how many."""

_CLAIM = re.compile("c:[0-9a-f]{16}")


def question(asked: Mapping[str, Any]) -> Question:
    """The question of a tool's arguments.

    Args:
        asked: any of story, speaker, measure, as_of, published_by, policy, limit, offset; dates are ISO days.

    Raises:
        BadDateError: a day is none.
    """
    return Question(
        filters=Filters(
            story=asked.get("story"),
            speaker=asked.get("speaker"),
            measure=asked.get("measure"),
            limit=max(0, min(asked.get("limit", MOST_ROWS), MOST_ROWS)),
            offset=max(0, asked.get("offset", 0)),
        ),
        clocks=Clocks(as_of=day(asked.get("as_of"), "as_of"), published_by=day(asked.get("published_by"), "published_by")),
        policy=asked.get("policy"),
    )


def day(words: str | None, name: str) -> dt.date | None:
    """The day of an argument; None where it is not given.

    Raises:
        BadDateError: it is none.
    """
    if words is None:
        return None
    try:
        return parse_day(words, last=True)
    except ValueError as error:
        raise BadDateError(words, name=name) from error


def answer(desk: Desk, asked: Question, records: Sequence[object]) -> Row:
    """An answer: the rows, the passage of each claim that they name, and what they rest on.

    Args:
        desk: the ledger's desk.
        asked: the question.
        records: the rows' records.
    """
    rows = [row_of(record) for record in records]
    named = list(dict.fromkeys(claim for row in rows for claim in _claims(row)))
    return {
        "rows": rows,
        "passages": _passages(desk, asked, named[:MOST_PASSAGES]),
        "passages_left_out": max(0, len(named) - MOST_PASSAGES),
        "as_of": asked.clocks.as_of.isoformat() if asked.clocks.as_of else None,
        "revision": desk.revision,
    }


def _claims(value: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON value
    """Ids of claims in a row, wherever they stand."""
    if isinstance(value, list):
        for inner in value:
            yield from _claims(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _claims(inner)
    elif isinstance(value, str) and _CLAIM.fullmatch(value):
        yield value


def _passages(desk: Desk, asked: Question, claims: Iterable[str]) -> dict[str, Row]:
    """By the claim's id its paragraph, where it stands and who published it."""
    wanted = set(claims)
    held = desk.library.with_claims(wanted, asked.clocks)
    found: dict[str, Row] = {}
    for stored in held.claims:
        if stored.claim.id in wanted and stored.claim.id not in found:
            article = held.articles[stored.article]
            passage = passage_around(held.text_of(stored.document), stored.claim)
            found[stored.claim.id] = {
                **row_of(passage),
                "document": stored.claim.document,
                "outlet": article.outlet,
                "published": interval_text(article.published),
                "content": " … ".join(span.text for span in stored.claim.content),
                "translation": row_of(stored.claim.translation) if stored.claim.translation else None,
            }
    return found
