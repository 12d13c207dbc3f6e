import json
from pathlib import Path
from typing import Any

import pytest

Program = Any


def test_a_double_coding_from_queue_to_decision(program: Program, ledger: Path) -> None:
    """Two coders work from the queue, differ, an adjudicator decides; alpha and the log tell of it."""
    at = ("--ledger", ledger)
    first, second, *_ = program("queue", "--limit", "2", *at).rows
    assert first["moves"]
    for by, verdict in (("Ann", "accept"), ("Bo", "reject")):
        assert program("judge", verdict, first["claim"], "--by", by, "--coding", "one", *at).status == 0
        assert program("judge", "accept", second["claim"], "--by", by, "--coding", "one", *at).status == 0
    assert first["claim"] not in {row["claim"] for row in program("queue", "--coding", "one", "--by", "Bo", *at).rows}
    rows = program("adjudicate", "one", *at).rows
    assert [row["state"] for row in rows] == ["disagree", "agree"]
    view = next(v["judgement"] for v in rows[0]["codings"] if v["by"] == "Bo")
    verdict = next(row for row in program("agreement", "one", *at).rows if row["variable"] == "verdict")
    assert (verdict["units"], verdict["alpha"]) == (2, "0")
    decided = program("adjudicate", "one", first["claim"], "--choose", view, "--by", "Cy", "--reason", "not on the page", *at)
    assert decided.out.startswith("j:")
    settled = program("adjudicate", "one", "--agreed", "--by", "Cy", *at)
    assert settled.err == "1 settled\n"
    assert {row["state"] for row in settled.rows} == {"settled"}
    assert {row["by"] for row in program("history", "--viewer", "Di", *at).rows} == {"Ann", "Bo", "Cy"}
    assert program("history", first["claim"][:9], *at).rows[0]["reason"] == "not on the page"


def test_a_judgement_of_what_somebody_else_judged_is_refused(program: Program, ledger: Path) -> None:
    """The message names who did what since the revision that the second person looked at; a grade and an undoing go the same way."""
    at = ("--ledger", ledger)
    listed = program("queue", "--limit", "1", *at)
    claim, seen = listed.rows[0]["claim"], listed.err.split()[-1]
    made = program("judge", "accept", claim, "--by", "Ann", "--seen", seen, *at).out.strip()
    late = program("judge", "reject", claim, "--by", "Bo", "--seen", seen, *at)
    assert (late.status, "Ann did accept" in late.err, "Traceback" in late.err) == (2, True, False)
    assert program("judge", "undo", made, "--by", "Bo", "--seen", seen, *at).status == 0
    graded = program("judge", "grade", claim, "--by", "Bo", "--set", json.dumps({"credibility": 2}), *at)
    assert graded.out.startswith("j:")
    assert "graded     F2" in program("show", claim, "--format", "table", *at).out


@pytest.mark.parametrize("command", [("queue",), ("history",), ("adjudicate", "one"), ("agreement", "one")])
def test_coding_is_shown_as_tables_too(program: Program, ledger: Path, command: tuple[str, ...]) -> None:
    """People get a table whose columns hold something."""
    claim = program("queue", "--limit", "1", "--ledger", ledger).rows[0]["claim"]
    for by in ("Ann", "Bo"):
        program("judge", "amend", claim, "--by", by, "--coding", "one", "--set", '{"place": "Vest"}', "--reason", "map", "--ledger", ledger)
    shown = program(*command, "--ledger", ledger, "--format", "table")
    assert (shown.status, len(shown.out.splitlines()) > 2) == (0, True)


def test_adjudicating_needs_the_claim_and_the_view(program: Program, ledger: Path) -> None:
    """One without the other is a mistake, as is a coding that nobody began."""
    assert program("adjudicate", "one", "c:12", "--ledger", ledger).status == 2
    assert "no double coding 'one'" in program("adjudicate", "one", "--ledger", ledger).err
