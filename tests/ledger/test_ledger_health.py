"""The doctor: what is sound is called so, each kind of damage is found and told apart, and what can be made anew is."""

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from reportedly.ledger.databases.database import WRITES
from reportedly.ledger.store import LedgerStore
from reportedly.tasks import care

if TYPE_CHECKING:
    from tests.ledger.conftest import Press
else:
    Press = Any


def conditions(store: LedgerStore) -> dict[str, str]:
    """What the doctor says of each check that is not sound."""
    return {row.check: row.condition for row in care.examine(store.place) if row.condition != "sound" and row.check != "copies"}


def harm(store: LedgerStore, *statements: str) -> None:
    """Change the tables behind the program's back."""
    with store.engine.execution_options(**{WRITES: True}).begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


@pytest.fixture
def filled(shared: LedgerStore, press: Press) -> LedgerStore:
    """A ledger with two reports, linked."""
    shared.put(*press.report())
    shared.put(*press.report("other.txt", "The harbour was calm, the mayor said.", ()))
    care.mend(shared.place)
    return shared


def test_a_sound_ledger_is_called_sound(filled: LedgerStore) -> None:
    """Nothing but sound checks; looking changes nothing."""
    revision = filled.revision
    assert conditions(filled) == {}
    assert filled.revision == revision
    anchors = next(row for row in care.examine(filled.place) if row.check == "anchors")
    assert anchors.what == "7 anchors hold"


def test_an_empty_ledger_is_sound(shared: LedgerStore) -> None:
    """Of a new ledger there is nothing to say."""
    assert conditions(shared) == {}


@pytest.mark.parametrize(
    ("check", "statements", "words"),
    [
        ("anchors", ["UPDATE anchors SET quote = 'nobody said this' WHERE part = 'cue'"], "cue of c:"),
        ("anchors", ["UPDATE anchors SET start = start + 1"], "are not those of its spans"),
        ("anchors", ["UPDATE claims SET payload = replace(payload, 'denied', 'agreed')"], "cue of c:"),
        ("ids", ["UPDATE claims SET id = 'c:00000000' WHERE stance = 'denies'"], "c:00000000 of d:"),
        ("orphans", ["DELETE FROM articles"], "2 of claims without their row of articles"),
        ("orphans", ["DELETE FROM anchors"], "2 of claims without their row of anchors"),
        ("orphans", ["DELETE FROM claims"], "7 of anchors without their row of claims"),
        ("orphans", ["DELETE FROM names"], "2 of documents without their row of names"),
        ("orphans", ["DELETE FROM readings"], "2 of texts without their row of readings"),
        ("revisions", ["DELETE FROM revisions WHERE revision = 1"], "on record"),
        ("revisions", ["UPDATE revisions SET at = '2024' WHERE revision = 2"], "earlier time"),
        ("revisions", ["UPDATE claims SET recorded = 99"], "2 of claims came in a revision"),
        ("words", ["DELETE FROM words"], "is not in the index as it stands"),
        ("words", ["UPDATE words SET tokens = ' another '"], "is not in the index as it stands"),
        ("schema", ["UPDATE meta SET value = '3' WHERE key = 'schema'"], "schema 3"),
        ("links", ["DELETE FROM members"], "of pages without their row of members"),
        ("summaries", ["UPDATE shown SET stance = 'other'"], "shown of part n:"),
        ("summaries", ["DELETE FROM reports"], "reports of part n:"),
        ("summaries", ["UPDATE voices SET name = 'Nobody'"], "voices of part n:"),
        ("summaries", ["UPDATE parts SET claims = 77"], "parts of part n:"),
        ("summaries", ["UPDATE stories SET part = 'n:0'", "UPDATE days SET part = 'n:0'"], "rows of days are of no part"),
        ("summaries", ["UPDATE tallies SET many = many + 1"], "count"),
    ],
)
def test_damage_is_found(filled: LedgerStore, check: str, statements: list[str], words: str) -> None:
    """Rows changed or deleted behind the program's back: the check that is about them is broken, tells where, and what to do."""
    harm(filled, *statements)
    row = next(row for row in care.examine(filled.place) if row.check == check)
    assert (row.condition, row.found > 0, bool(row.remedy)) == ("broken", True, True)
    assert words in row.what


def test_what_comes_from_the_content_is_made_anew(filled: LedgerStore) -> None:
    """The index of words and the links: after mending all is sound, and search finds what it found; content is as it was."""
    digest, links = filled.digest(), filled.holdings().links
    harm(filled, "DELETE FROM words", "DELETE FROM links", "DELETE FROM members")
    assert "words" in conditions(filled)
    assert filled.search("harbour", limit=5) == []
    care.mend(filled.place)
    assert conditions(filled) == {}
    assert [hit.document for hit in filled.search("harbour", limit=5)] == ["other.txt"]
    assert (filled.digest(), filled.holdings().links) == (digest, links)


def test_what_waits_is_advice_and_nothing_broken(filled: LedgerStore, press: Press) -> None:
    """Documents that are not linked yet, as after an interrupted run, and several extractors: told, with what to do."""
    filled.put(*press.report("late.txt", "A bridge fell, the mayor said.", (), extractor="rules/2"))
    assert conditions(filled) == {"links": "advice", "summaries": "advice", "versions": "advice"}
    versions = next(row for row in care.examine(filled.place) if row.check == "versions")
    assert "2 by rules/1" in versions.what


def test_many_faults_are_counted_and_few_told(filled: LedgerStore) -> None:
    """A table of a thousand faults would help nobody."""
    harm(filled, "UPDATE anchors SET quote = 'nobody said this'")
    row = next(row for row in care.examine(filled.place) if row.check == "anchors")
    assert row.found == 7
    assert row.what.endswith("and 4 more")
