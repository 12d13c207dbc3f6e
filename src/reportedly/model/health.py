"""What a look at a ledger's own health finds."""

from dataclasses import dataclass
from typing import Literal

CheckName = Literal["database", "schema", "anchors", "ids", "orphans", "revisions", "words", "links", "summaries", "versions", "copies"]
Condition = Literal["sound", "advice", "broken"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """One thing about a ledger that was looked at.

    Attributes:
        check: what: the database's own checks, the schema, anchors against texts, ids against what they are hashes of, rows without the row
            they belong to, revisions, the index of words, links, what lists show of parts, versions of extractors, copies of the ledger.
        condition: sound; advice, where nothing is wrong and something could be done; or broken.
        found: how many of its kind were found wrong or worth a word; 0 for sound.
        what: what was found.
        remedy: what to do; empty where there is nothing to do.
    """

    check: CheckName
    condition: Condition
    found: int
    what: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """How a ledger was brought to the schema of this version.

    Attributes:
        ledger: where it is.
        before: its schema before.
        after: its schema now.
        copy: where the ledger as it was lies; None where nothing was changed, or the copy is not ours to make.
    """

    ledger: str
    before: int
    after: int
    copy: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferred:
    """How a ledger was taken whole to another place; where it was, it stays as it is.

    Attributes:
        ledger: where it was.
        to: where it is as well.
        revision: its revision in both.
        rows: how many rows of its tables went there.
    """

    ledger: str
    to: str
    revision: int
    rows: int
