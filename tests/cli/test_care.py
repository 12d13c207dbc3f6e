"""`doctor`, `migrate`, and a ledger on a server, as a user meets them."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reportedly import pipeline
from reportedly.ledger import open_ledger
from reportedly.ledger.schema import SCHEMA

Program = Any  # the fixtures of conftest.py

CHECKS = ["database", "schema", "anchors", "ids", "orphans", "revisions", "words", "links", "summaries", "versions", "copies"]


@pytest.fixture(scope="module")
def on_server(filled: Path, postgres: Any) -> Iterator[str]:
    """The address of a ledger on a server that holds what the file of the examples holds; tests only read it."""
    name = postgres.make_database("empty")
    with open_ledger(filled, create=False) as file, open_ledger(postgres.url(name), create=False) as server:
        server.merge(file.pack(), by="Ann", reason="to the newsroom's server")
        pipeline.relink(server)
    yield postgres.url(name)
    postgres.drop_database(name)


def test_the_doctor_of_a_sound_ledger(program: Program, filled: Path) -> None:
    """A row a check, all sound, exit status 0; the table says so in words."""
    ran = program("doctor", "--ledger", filled, "--format", "jsonl")
    assert (ran.status, [row["check"] for row in ran.rows]) == (0, CHECKS)
    assert {row["condition"] for row in ran.rows} == {"sound"}
    assert ran.err == "11 checks, 0 broken\n"
    assert "links are those of the content" in " ".join(program("doctor", "--ledger", filled, "--format", "table").out.split())


def test_the_doctor_says_what_to_do(program: Program, ledger: Path) -> None:
    """An index that lost its words: exit status 1 and the command that mends it, which does."""
    with closing(sqlite3.connect(ledger)) as connection, connection:
        connection.execute("DELETE FROM words")
    ran = program("doctor", "--ledger", ledger, "--format", "csv")
    (row,) = (row for row in ran.csv if row["condition"] == "broken")
    assert (ran.status, row["check"], row["remedy"]) == (1, "words", "reportedly doctor --mend")
    assert program("doctor", "--mend", "--ledger", ledger).status == 0
    assert program("search", "ferry", "--ledger", ledger).rows


def test_the_doctor_without_a_ledger(program: Program, tmp_path: Path) -> None:
    """None at all, and a file that is none: said, exit status 3, nothing made."""
    (tmp_path / "notes.txt").write_text("Dear diary, " * 500)
    for name in ("none.db", "notes.txt"):
        for command in ("doctor", "migrate"):
            assert program(command, "--ledger", tmp_path / name).status == 3
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_migrate_says_what_it_did(program: Program, ledger: Path) -> None:
    """A ledger of this schema is left alone; an older one is brought up, with a copy beside it."""
    assert program("migrate", "--ledger", ledger).rows == [{"ledger": str(ledger), "before": SCHEMA, "after": SCHEMA, "copy": None}]
    old = ledger.with_name("old.db")
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("PRAGMA application_id = 0x5250544C")
    ran = program("doctor", "--ledger", old)
    assert (ran.status, ran.rows[-1]["check"], ran.rows[-1]["remedy"]) == (1, "schema", "reportedly migrate")
    (row,) = program("migrate", "--ledger", old).rows
    assert (row["before"], row["after"], Path(row["copy"]).exists()) == (0, SCHEMA, True)


def test_migrate_takes_a_ledger_elsewhere(program: Program, filled: Path, tmp_path: Path) -> None:
    """The whole ledger in another file, sound and with the same stories; a second time is refused, exit status 3."""
    there = tmp_path / "there.db"
    (row,) = program("migrate", "--ledger", filled, "--to", there).rows
    assert (row["ledger"], row["to"], row["rows"] > 1000) == (str(filled), str(there), True)
    assert program("doctor", "--deep", "--ledger", there).status == 0
    assert program("stories", "--ledger", there).rows == program("stories", "--ledger", filled).rows
    again = program("migrate", "--ledger", filled, "--to", there)
    assert (again.status, "holds a ledger already" in again.err) == (3, True)


@pytest.mark.parametrize(
    "words",
    [
        ("stories",), ("figures",), ("figures", "--as-of", "2024-01-01"), ("statements",), ("claims",), ("claims", "--speaker", "minister"),
        ("actors",), ("timeline",), ("changes", "--since", "2020-01-01"), ("lives",), ("primaries",), ("queue",), ("problems",),
        ("verify",), ("brief", "--format", "json"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_server_answers_as_a_file_does(program: Program, filled: Path, on_server: str, words: tuple[str, ...]) -> None:
    """The same ledger in a file and in a PostgreSQL database: every question has the same answer, to the letter."""
    file, server = (program(*words, "--ledger", place) for place in (filled, on_server))
    assert (server.status, server.out) == (file.status, file.out)


def test_search_on_a_server_finds_what_it_finds_in_a_file(program: Program, filled: Path, on_server: str) -> None:
    """Words, phrases and beginnings; the order may differ."""

    def found(question: str, place: Path | str) -> set[tuple[str, int]]:
        return {(row["document"], row["start"]) for row in program("search", question, "--ledger", place).rows}

    for question in ("ferry", '"coast guard"', "drown*", "the", "nowhere"):
        assert found(question, filled) == found(question, on_server)


def test_a_ledger_on_a_server_is_filled_and_corrected(program: Program, database: Callable[[], str], examples: Path) -> None:
    """`add`, `judge`, `remove`, `history` and `doctor` with an address in the place of a file."""
    address = database()
    assert program("add", examples / "ferry" / "01-wire.txt", "--ledger", address, "--model", "rules").rows[0]["added"] == 1
    claim = program("claims", "--ledger", address).rows[0]["id"]
    assert program("judge", "reject", claim, "--by", "Ann", "--ledger", address).out.startswith("j:")
    assert claim not in [row["id"] for row in program("claims", "--ledger", address).rows]
    assert program("remove", "01-wire.txt", "--reason", "asked for", "--ledger", address).status == 0
    assert [row["deed"] for row in program("history", "--ledger", address).rows] == ["remove", "reject"]
    assert program("doctor", "--ledger", address).status == 0


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("mysql://ann@host/news", 2, "neither a file nor a PostgreSQL database"),
        ("postgresql://ann:secret@127.0.0.1:1/news", 3, "cannot be reached"),
    ],
)
def test_an_address_that_leads_nowhere_is_said(program: Program, address: str, status: int, words: str) -> None:
    """In a line, without the password."""
    ran = program("stories", "--ledger", address)
    assert (ran.status, words in ran.err, "secret" in ran.err) == (status, True, False)
