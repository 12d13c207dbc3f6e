"""A digest of a ledger's content records, the same for two ledgers that were filled in different orders."""

import hashlib
from collections.abc import Iterable

from reportedly.ledger.codec import json_text
from reportedly.model import Judgement, digest, row_of


def digest_records(records: Iterable[tuple[str, ...]]) -> str:
    """SHA-256, hexadecimal, over the sorted digests of records.

    Args:
        records: each a kind, its ids and its payload; in any order, lone surrogates allowed.
    """
    lines = sorted(digest("\x1f".join(record).encode("utf-8", "surrogatepass")) for record in records)
    whole = hashlib.sha256()
    for line in lines:
        whole.update(line.encode())
    return whole.hexdigest()


def judgement_text(judgement: Judgement) -> str:
    """What a ledger keeps of a judgement; whether it is undone stands apart, for the record itself never changes."""
    row = row_of(judgement)
    del row["undone"]
    return json_text(row)
