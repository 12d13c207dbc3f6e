"""Reads what could not be used: the stored problems, and the judgements that fit nothing any more."""

import json
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, select

from reportedly.ledger import schema
from reportedly.ledger.codec import decode
from reportedly.ledger.databases.choosing import chosen
from reportedly.ledger.documents.entry import sort_problems
from reportedly.ledger.documents.excerpts import load_stored
from reportedly.ledger.documents.loading import load_judgements
from reportedly.ledger.documents.siblings import siblings
from reportedly.ledger.judgements.judging import apply_judgements
from reportedly.model import Judgement, Problem


class Complaints:
    """The problems of a ledger, each decoded once."""

    def __init__(self) -> None:
        self._stored: dict[str, Problem] = {}

    def read(self, connection: Connection) -> tuple[Problem, ...]:
        """All problems, by document, place and code."""
        columns, known = schema.problems.c, self._stored
        ids = set(connection.execute(select(columns.id)).scalars())
        new = chosen(connection, select(columns.id, columns.payload), columns.id, sorted(ids - known.keys()))
        self._stored = stored = {k: problem for k, problem in known.items() if k in ids} | {
            row.id: decode(Problem, json.loads(row.payload)) for row in new
        }
        return sort_problems([*stored.values(), *unapplied(connection)])


def unapplied(connection: Connection) -> tuple[Problem, ...]:
    """A problem for each judgement that cannot be applied; only the documents that judgements are about are read."""
    judgements, arrived = load_judgements(connection)
    if not judgements:
        return ()
    stored = load_stored(connection, judged_documents(connection, judgements))
    whole = replace(stored, holdings=replace(stored.holdings, judgements=judgements), arrived=arrived)
    return apply_judgements(whole).problems


def judged_documents(connection: Connection, judgements: Iterable[Judgement]) -> set[str]:
    """Ids of the documents that judgements are about, with other savings of them."""
    made = list(judgements)
    texts = sorted({judgement.text_digest for judgement in made if judgement.text_digest})
    targets = sorted({target for judgement in made for target in judgement.targets if target.startswith("c:")})
    readings, claims = schema.readings.c, schema.claims.c
    found = {row.document for row in chosen(connection, select(readings.document), readings.text, texts)}
    found |= {row.document for row in chosen(connection, select(claims.document), claims.id, targets)}
    return set(siblings(connection, found))
