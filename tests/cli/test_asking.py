import json
import re
from pathlib import Path
from typing import Any

import pytest

from reportedly.api import Desk

Run = Any  # the fixtures of conftest.py

LISTS = ["stories", "figures", "statements", "claims", "actors", "timeline", "search Skarvik", "changes 2024-11-12 2024-11-15"]
CLOCK = "2024-11-13"


def days_in(row: Any) -> set[str]:
    """Every day that says when something was said, in a row or inside it."""
    if isinstance(row, list):
        return {day for part in row for day in days_in(part)}
    if not isinstance(row, dict):
        return set()
    own = row.get("said") or {}
    last = {own["to"][:10]} if own.get("to") else set()
    return last | {day for part in row.values() for day in days_in(part)}


@pytest.mark.parametrize("command", LISTS)
def test_formats_hold_the_same_rows(ask: Run, command: str) -> None:
    """JSON, JSON Lines and CSV give the same rows, and a table shows something of them."""
    words = command.split()
    rows = ask(*words).rows
    assert rows
    assert ask(*words, "--format", "jsonl").rows == rows
    assert ask(*words, "--format", "json").json == rows
    table = ask(*words, "--format", "table").out
    assert len(table.splitlines()) >= len(rows)
    lines = ask(*words, "--format", "csv").csv
    assert list(lines[0]) == list(rows[0])
    assert [[_cell(value) for value in row.values()] for row in rows] == [list(line.values()) for line in lines]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize("command", LISTS)
def test_a_page_of_a_list_is_a_slice_of_it(ask: Run, command: str) -> None:
    """`--offset` and `--limit` cut the list and change nothing in it."""
    words = command.split()
    rows = ask(*words).rows
    assert ask(*words, "--limit", "2").rows == rows[:2]
    assert ask(*words, "--offset", "1", "--limit", "2").rows == rows[1:3]
    assert ask(*words, "--offset", len(rows)).rows == []
    assert ask(*words, "--limit", "0").rows == []


@pytest.mark.parametrize("command", ["figures", "statements", "claims", "timeline"])
def test_nothing_said_after_the_clock_is_shown(ask: Run, command: str) -> None:
    """Under `--as-of` no row holds anything that was said later, and what is hidden is there without the clock."""
    assert max(days_in(ask(command, "--as-of", CLOCK).rows), default="") <= CLOCK
    claims = {row["id"] for row in ask("claims").rows}
    seen = {row["id"] for row in ask("claims", "--as-of", CLOCK).rows}
    assert seen < claims
    text = ask(command, "--as-of", CLOCK).out
    assert not [claim for claim in claims - seen if claim in text]


def test_figures_carry_their_clock(ask: Run) -> None:
    """Each series names the day that it was asked for."""
    rows = ask("figures", "--as-of", CLOCK).rows
    assert {row["as_of"] for row in rows} == {CLOCK}


def test_months_and_years_are_clocks(ask: Run) -> None:
    """A month stands for its last day."""
    assert ask("claims", "--as-of", "2020-01").rows == ask("claims", "--as-of", "2020-01-31").rows


def test_published_by_hides_what_readers_could_not_know(ask: Run, filled: Path) -> None:
    """No claim of an article that was published later, or at no known time, is shown."""
    with Desk(filled) as desk:
        articles = desk.holdings().articles
        names = {d.id: d.name for d in desk.holdings().documents.values()}
    last = {(names[key[0]], key[1]): a.published.last_day if a.published else None for key, a in articles.items()}
    rows = ask("claims", "--published-by", CLOCK).rows
    days = [last[row["document"], row["article"]] for row in rows]
    assert days
    assert all(day is not None and day.isoformat() <= CLOCK for day in days)


def test_recorded_before_takes_a_revision_and_a_moment(ask: Run) -> None:
    """Before the first revision and before this century the ledger held nothing."""
    assert ask("claims", "--recorded-before", "1").rows == []
    assert ask("claims", "--recorded-before", "2001-01-01T00:00:00").rows == []
    assert ask("claims", "--recorded-before", "1000000").rows == ask("claims").rows


def test_search_under_a_clock_shows_published_pages_only(ask: Run) -> None:
    """A passage of a page that came later is not found, even where one of its claims was said before."""
    everywhere = {row["document"] for row in ask("search", "Skarvik").rows}
    early = {row["document"] for row in ask("search", "Skarvik", "--as-of", "2024-11-12").rows}
    assert any("06-third-day" in name for name in everywhere)
    assert early
    assert not any("06-third-day" in name or "07-owner" in name for name in early)


def test_search_finds_phrases_and_beginnings(ask: Run) -> None:
    """A quoted phrase must stand as it is; a star completes a word."""
    assert ask("search", '"passenger ferry sank"').rows
    assert ask("search", '"ferry passenger sank"').rows == []
    assert len(ask("search", "over*").rows) >= len(ask("search", "overloaded").rows) > 0


def story_ids(ask: Run) -> dict[str, str]:
    return {row["title"]: row["story"] for row in ask("stories").rows}


@pytest.mark.parametrize("command", ["stories", "figures", "statements", "claims", "timeline", "actors"])
def test_a_story_is_named_by_its_id_the_start_of_it_or_its_title(ask: Run, command: str) -> None:
    """The three ways give the same rows: those of the whole ledger that are of this story."""
    everything = ask(command).rows
    title, story = next((title, story) for title, story in story_ids(ask).items() if "ferry" in title.casefold())
    rows = ask(command, "--story", story).rows
    assert rows == ask(command, "--story", story[2:8]).rows == ask(command, "--story", title).rows
    if "story" in everything[0]:
        assert rows == [row for row in everything if row["story"] == story]
    else:
        assert 0 < len(rows) < len(everything)


def test_words_that_name_several_stories_list_them(program: Run, filled: Path, ask: Run) -> None:
    """Who asks for a story that is none yet sees which ones the words fit."""
    ran = program("figures", "--story", "s:", "--ledger", filled)
    assert ran.status == 2
    assert sum(story in ran.err for story in story_ids(ask).values()) >= 2


@pytest.mark.parametrize("command", ["claims", "actors", "timeline", "figures"])
def test_a_speaker_narrows_the_rows(ask: Run, command: str) -> None:
    """Only rows in which such a speaker or principal has a part are left; letter case does not count."""
    rows = ask(command, "--speaker", "hansen").rows
    assert rows == ask(command, "--speaker", "HANSEN").rows
    assert 0 < len(rows) < len(ask(command).rows)
    assert ask(command, "--speaker", "Nobody of this name").rows == []


def test_a_speaker_narrows_the_statements(ask: Run) -> None:
    """Statements are left in which the speaker, or one who speaks for it, takes a position."""
    everything = ask("statements").rows
    rows = ask("statements", "--speaker", "iran").rows
    assert rows
    assert rows == [r for r in everything if any("iran" in f"{p['actor']} {p['principal']}".casefold() for p in r["positions"])]
    assert ask("statements", "--speaker", "Nobody of this name").rows == []


def test_a_measure_narrows_the_rows(ask: Run) -> None:
    """Only figures of that measure, and claims that hold one, are left."""
    assert {row["measure"] for row in ask("figures", "--measure", "killed").rows} == {"killed"}
    rows = ask("claims", "--measure", "killed").rows
    assert rows
    assert all(any(figure["measure"] == "killed" for figure in row["figures"]) for row in rows)


@pytest.mark.parametrize("name", ["01-wire.txt", "ferry/01-wire.txt"])
def test_a_document_is_named_by_its_path_or_file_name(ask: Run, examples: Path, name: str) -> None:
    """A page's claims are found by its path and by the file's own name."""
    words = str(examples / name) if "/" in name else name
    rows = ask("claims", "--document", words).rows
    assert {row["document"] for row in rows} == {str(examples / "ferry/01-wire.txt")}


def test_days_of_saying_narrow_the_claims(ask: Run) -> None:
    """`--since` and `--until` keep what was said between the days, both included."""
    rows = ask("claims", "--since", "2024-11-15", "--until", "2024-11-15").rows
    assert rows
    assert all(row["said"]["from"] is None or row["said"]["from"][:10] <= "2024-11-15" <= row["said"]["to"][:10] for row in rows)


def test_days_of_happening_narrow_the_timeline(ask: Run) -> None:
    """In a timeline the days are those of the events."""
    rows = ask("timeline", "--since", "2024-11-01").rows
    assert rows
    assert all(row["to"][:10] >= "2024-11-01" for row in rows)
    assert len(rows) < len(ask("timeline").rows)


@pytest.mark.parametrize("grain", ["day", "week", "month"])
def test_a_timeline_has_its_grain(ask: Run, grain: str) -> None:
    """A coarser grain never gives more rows."""
    assert 0 < len(ask("timeline", "--grain", grain).rows) <= len(ask("timeline").rows)


def test_a_policy_is_named_on_every_series(ask: Run) -> None:
    """The policy asked for formed the series; without one the ledger's settings decide."""
    assert {row["policy"] for row in ask("figures", "--policy", "latest").rows} == {"latest"}
    assert {row["policy"] for row in ask("figures").rows} == {"widest"}


def test_settings_beside_the_ledger_hold(program: Run, ledger: Path) -> None:
    """A policy and an alias in `reportedly.toml` show at once, without adding anything, and go when they go."""
    before = {row["actor"] for row in program("actors", "--ledger", ledger).rows}
    other = next(name for name in sorted(before) if "coast guard" in name.casefold())
    settings = ledger.parent / "reportedly.toml"
    settings.write_text(f'policy = "latest"\n[aliases]\n"{other}" = "Kari Hansen"\n', encoding="utf-8")
    assert {row["policy"] for row in program("figures", "--ledger", ledger).rows} == {"latest"}
    assert other not in {row["actor"] for row in program("actors", "--ledger", ledger).rows}
    settings.unlink()
    assert {row["actor"] for row in program("actors", "--ledger", ledger).rows} == before


def test_a_table_on_a_narrow_terminal_cuts_no_words_off(ask: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every word of every claim stands in the table of an 80 column terminal."""
    monkeypatch.setenv("COLUMNS", "80")
    rows = ask("claims", "--limit", "5").rows
    table = ask("claims", "--limit", "5", "--format", "table").out
    assert max(map(len, table.splitlines())) <= 80
    words = [span["text"] for row in rows for span in ([row["content"]] if isinstance(row["content"], dict) else row["content"])]
    letters = re.sub(r"\W", "", table)
    assert all(re.sub(r"\W", "", word) in letters for part in words for word in part.split() if len(word) < 10)


def test_an_id_of_a_table_can_be_shown(ask: Run) -> None:
    """The short ids of the tables are enough for `show`."""
    table = ask("claims", "--limit", "3", "--format", "table").out
    ids = re.findall(r"c:[0-9a-f]+", table)
    assert len(ids) == 3
    for identity in ids:
        assert ask("show", identity, "--format", "json").json["claim"]["id"].startswith(identity)


def test_show_marks_the_claim_in_its_passage(ask: Run) -> None:
    """A claim is shown with its speaker, its dates, its figure and the words around it."""
    row = ask("claims", "--measure", "rescued").rows[0]
    shown = ask("show", row["id"], "--format", "table").out
    assert row["id"] in shown
    assert all(name in shown for name in row["speakers"])
    assert row["figures"][0]["text"] in shown
    found = ask("show", row["id"]).rows[0]
    passage = found["passage"]
    content = found["claim"]["content"]
    assert passage["text"][content["start"] - passage["start"] : content["end"] - passage["start"]] == content["text"]


def test_show_takes_every_format(ask: Run) -> None:
    """One JSON object, one line, or one row of CSV."""
    claim = ask("claims", "--limit", "1").rows[0]["id"]
    found = ask("show", claim, "--format", "json").json
    assert found["claim"]["id"] == claim
    assert ask("show", claim, "--format", "jsonl").rows == [found]
    assert json.loads(ask("show", claim, "--format", "csv").csv[0]["claim"])["id"] == claim


def test_changes_need_two_days_in_order(program: Run, filled: Path) -> None:
    """The later day cannot come first."""
    ran = program("changes", "2024-11-15", "2024-11-12", "--ledger", filled)
    assert (ran.status, "SINCE UNTIL" in ran.err) == (2, True)


def test_an_empty_answer_is_said_so_beside_the_output(ask: Run) -> None:
    """A table without rows leaves standard output empty and tells the user on standard error."""
    ran = ask("problems", "--document", "01-wire.txt", "--format", "table")
    assert (ran.out, ran.err.strip()) == ("", "no problems")


def test_changes_go_to_this_day_where_no_later_one_is_named(ask: Run) -> None:
    """The morning's question needs one word, for `yesterday` and `today` are days."""
    since = ask("changes", "2024-11-12").rows
    assert since
    assert ask("changes", "2024-11-12", "today").rows == since
    assert ask("changes", "yesterday").rows == []


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("reportedly fig", {"figures"}), ("reportedly figures --pol", {"--policy"}), ("reportedly read --format j", {"json", "jsonl"})],
)
def test_the_shell_completes_commands_options_and_words(
    monkeypatch: pytest.MonkeyPatch, program: Run, typed: str, offered: set[str]
) -> None:
    """As `--install-completion` sets it up."""
    monkeypatch.setenv("_REPORTEDLY_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(len(typed.split()) - 1))
    assert set(program().out.split()) == offered
