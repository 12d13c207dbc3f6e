import gzip
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Run = Any  # the fixtures of conftest.py

REPORT = "Bridge falls in Sandvik\n\nSANDVIK, Norway, Nov. 4, 2024 — Three people were injured when a bridge fell, the police said.\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A saved page with one claim."""
    path = tmp_path / "bridge.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.mark.parametrize("command", ["read", "extract"])
def test_formats_hold_the_same_rows(program: Run, examples: Path, command: str) -> None:
    """JSON, JSON Lines and CSV give the same rows of files; a table shows something of each."""
    path = examples / "ferry" / "05-front-page.txt"
    rows = program(command, path).rows
    assert rows
    assert program(command, path, "--format", "json").json == rows
    assert len(program(command, path, "--format", "csv").csv) == len(rows)
    assert len(program(command, path, "--format", "table").out.splitlines()) > len(rows)


def test_read_prints_articles_and_teasers(program: Run, examples: Path) -> None:
    """A page with two reports and teasers gives each of them, in page order."""
    rows = program("read", examples / "ferry" / "05-front-page.txt").rows
    assert [row["article"] for row in rows] == list(range(len(rows)))
    assert {row["kind"] for row in rows} == {"article", "teaser"}


@pytest.mark.parametrize("name", ["ferry/01-wire.txt", "ferry/05-front-page.txt", "ferry/07-owner-confirms.html"])
def test_whole_prints_the_text_that_offsets_count_in(program: Run, examples: Path, name: str) -> None:
    """Every span of every article and claim stands in the printed text at its place."""
    path = examples / name
    text = program("read", path, "--whole").raw.decode("utf-8")
    for row in program("read", path).rows:
        assert "\n".join(text[s["start"] : s["end"]] for s in row["spans"]).endswith(row["text"])
    for row in program("extract", path).rows:
        spans = [span for part in ("content", "cue", "source") if row[part] for span in _listed(row[part])] + row["figures"]
        assert all(text[s["start"] : s["end"]] == s["text"] for s in spans)


def _listed(part: Any) -> list[dict[str, Any]]:
    return part if isinstance(part, list) else [part]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\r\n\t"), min_size=1))
def test_whole_changes_no_character(program: Run, tmp_path: Path, text: str) -> None:
    """Line ends, combining marks, emoji and right-to-left text come out as they went in."""
    content = ("A report.\r\n" + text).encode()
    path = tmp_path / "any.txt"
    path.write_bytes(content)
    assert program("read", path, "--whole").raw == content


def test_whole_keeps_half_a_surrogate_pair(program: Run) -> None:
    """A broken record's text is printed so that offsets still count in it."""
    record = json.dumps({"id": "r", "text": "A \ud800 report of a storm."})
    assert program("read", "-", "--whole", stdin=record).raw == "A \ud800 report of a storm.".encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("command", ["read", "extract"])
def test_a_dash_is_standard_input(program: Run, page: Path, command: str) -> None:
    """A page that comes through a pipe gives what the file gives, named `-`."""
    rows = [{**row, "document": "-"} for row in program(command, page).rows]
    assert rows
    assert program(command, "-", stdin=REPORT).rows == rows
    assert program(command, "-", stdin=gzip.compress(REPORT.encode())).rows == rows


def test_add_from_standard_input_fills_a_ledger(program: Run, page: Path, tmp_path: Path) -> None:
    """What `add -` reads is held as any file's; the file itself is then no new document."""
    ledger = tmp_path / "new.db"
    assert program("add", "-", "--ledger", ledger, stdin=REPORT).json["added"] == 1
    assert program("add", page, "--ledger", ledger).json | {"documents": 0} == {"documents": 0, "added": 0, "claims": 0, "problems": 0}


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_add_counts_what_is_new(program: Run, page: Path, tmp_path: Path, form: str) -> None:
    """The first time all is new, the second time nothing."""
    words = ("add", page, "--ledger", tmp_path / "new.db", "--format", form)
    claims = len(program("extract", page).rows)
    assert claims
    assert program(*words).json == {"documents": 1, "added": 1, "claims": claims, "problems": 0}
    assert program(*words).json == {"documents": 1, "added": 0, "claims": 0, "problems": 0}


def test_add_tells_people_in_a_sentence(program: Run, page: Path, tmp_path: Path) -> None:
    """A table of one row is a sentence; CSV has a head."""
    said = program("add", page, "--ledger", tmp_path / "new.db", "--format", "table").out
    assert said.startswith("1 documents read, 1 of them new; ")
    assert program("add", page, "--ledger", tmp_path / "new.db", "--format", "csv").csv[0]["documents"] == "1"


def test_a_folder_and_its_files_by_name_are_the_same(program: Run, examples: Path) -> None:
    """What a shell makes of `folder/*`, sidecars among them, reads as the folder does."""
    folder = examples / "ferry"
    named = program("read", *sorted(folder.iterdir()))
    assert named.rows == program("read", folder).rows
    assert named.err == ""
    assert any(path.name.endswith(".meta.json") for path in folder.iterdir())


def test_a_sidecar_beside_its_folder_is_no_document(program: Run, examples: Path) -> None:
    """A sidecar that is named besides the folder it lies in is read with its page, once."""
    folder = examples / "ferry"
    ran = program("read", folder, folder / "01-wire.meta.json")
    assert (ran.rows, ran.err) == (program("read", folder).rows, "")


def test_a_sidecar_without_its_page_is_a_problem(program: Run, tmp_path: Path) -> None:
    """A sidecar that lies alone is not read as a document, and the user is told."""
    path = tmp_path / "lost.meta.json"
    path.write_text('{"publisher": "Coast Herald"}', encoding="utf-8")
    ran = program("read", path, "--strict")
    assert (ran.status, ran.rows) == (1, [])
    assert "[lone-sidecar]" in ran.err


def test_problems_end_with_1_under_strict_only(program: Run, page: Path, tmp_path: Path) -> None:
    """A problem never stops a run; --strict makes it the exit status of `read`, `extract` and `add`."""
    empty = tmp_path / "empty.txt"
    empty.touch()
    for words in (("read",), ("extract",), ("add", "--ledger", tmp_path / "new.db")):
        assert program(*words, empty, page).status == 0
        assert program(*words, empty, page, "--strict").status == 1
        assert program(*words, page, "--strict").status == 0


def test_order_of_adding_does_not_matter(program: Run, examples: Path, tmp_path: Path) -> None:
    """Two ledgers of the same pages, added in either order and with an interruption between, answer the same."""
    pages = [examples / "ferry" / name for name in ("01-wire.txt", "03-fjord-times.txt", "06-third-day.txt")]
    one, other = tmp_path / "one.db", tmp_path / "other.db"
    program("add", *pages, "--ledger", one)
    for path in reversed(pages):
        program("add", path, "--ledger", other)
    for command in ("stories", "figures", "statements", "claims", "actors"):
        assert program(command, "--ledger", other).rows == program(command, "--ledger", one).rows


def test_a_copied_ledger_answers_the_same(program: Run, filled: Path, tmp_path: Path) -> None:
    """A ledger is one file that can be taken elsewhere."""
    copy = Path(shutil.copy(filled, tmp_path / "elsewhere.db"))
    assert program("figures", "--ledger", copy).rows == program("figures", "--ledger", filled).rows
